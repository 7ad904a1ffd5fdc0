"""The latest captures above the line they were typed in, each with its mark: `…` on its way, `✓` safe."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from textual.content import Content

from facilitator_tui.console import plain
from facilitator_tui.console.scene import Scene
from facilitator_tui.core.calendar import hours_minutes
from facilitator_tui.core.capture import Capture
from facilitator_tui.core.grammar import SIGNS, kinds_of
from facilitator_tui.core.roster import named
from facilitator_tui.core.run import Run

_SIGN_OF = {kind: sign for sign, kind in SIGNS.items()}


def lines(scene: Scene, width: int, height: int) -> list[Content]:
    newest = list(_newest(scene.run, height))[::-1]
    if not newest:
        key = scene.key("capture.open")
        hint = f"nothing captured yet · {key} opens the line below · = takeaway  ++ enabler  -- inhibitor  ! action"
        return [*[plain.text("")] * (height - 1), plain.text(plain.cut(f"  {hint}", width), "$text-muted")]
    rows = [capture_line(scene.run, one, scene.unsaved, width) for one in newest]
    return [*[plain.text("")] * (height - len(rows)), *rows]


def _newest(run: Run, most: int) -> Iterator[Capture]:
    for place in range(len(run.captures) - 1, -1, -1):
        if most <= 0:
            return
        capture = run.captures[place]
        if not capture.removed:
            most -= 1
            yield capture


def sign_of(run: Run, kind: str) -> str:
    """What stands for a kind in a list: its sign, else its word."""
    if kind == "note":
        return ""
    if kind in _SIGN_OF:
        return _SIGN_OF[kind].replace("--", "−−")
    wording = kinds_of(run.plan.kinds).get(kind)
    return wording.word if wording else kind


def kind_title(run: Run, kind: str) -> str:
    """The heading of a kind, in the plan's words."""
    wording = kinds_of(run.plan.kinds).get(kind)
    return wording.title if wording else kind


def capture_line(run: Run, capture: Capture, unsaved: Collection[str], width: int) -> Content:
    """Time, kind, text, marks, and whether it is safe, in exactly `width` cells."""
    content = capture.content
    saved = not any(version in unsaved for version in capture.versions)
    time = hours_minutes(capture.at, run.plan.programme.tz)
    # In a narrow window the marks give way, so that text and ✓ are seen.
    marks = plain.cut(capture_marks(run, capture), max(0, width - 32))
    room = width - 18 - (plain.width(marks) + 2 if marks else 0)
    style = "$text-disabled" if "off" in content.flags else ""
    return plain.line(
        (f"  {time}  ", "$text-muted"),
        (plain.fit(sign_of(run, content.type), 5), "$text-accent bold"),
        " ",
        (plain.fit(content.text, max(0, room)), style),
        (f"  {marks}" if marks else "", "$text-muted"),
        (" ✓ " if saved else " … ", "$text-success" if saved else "$text-warning bold"),
    )


def capture_marks(run: Run, capture: Capture) -> str:
    """Room, question, count, people, tags and doubts of a capture, in few cells."""
    content = capture.content
    people = [named(run.roster, one) for one in (*content.by, *content.owner)]
    marks = [
        f"r{content.room}" if content.room else "",
        f"q{content.question}" if content.question else "",
        f"×{content.count}" if content.count > 1 else "",
        *(f"@{person}" for person in people),
        f"due {content.due}" if content.due else "",
        *(f"#{tag}" for tag in content.tags),
        *(f"/{flag}" for flag in content.flags),
        f"unsure: {' '.join(content.unsure)}" if content.unsure else "",
        f"{len(capture.others) + 1} versions" if capture.others else "",
    ]
    return plain.cut(" ".join(mark for mark in marks if mark), 40)

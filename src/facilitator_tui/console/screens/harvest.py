"""The session by kind: what was said, the strongest first, ready to be presented or exported."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial

from textual.content import Content

from facilitator_tui.console import plain
from facilitator_tui.console.drawing.latest import capture_marks, kind_title
from facilitator_tui.console.drawing.page import Page, PageLine, fixed
from facilitator_tui.console.kept import Kept
from facilitator_tui.console.scene import Scene
from facilitator_tui.console.screens.notes import KIND
from facilitator_tui.core.capture import Capture
from facilitator_tui.core.ideas import results, votes_held
from facilitator_tui.core.run import Run
from facilitator_tui.core.text import count_of

_FIRST = ("message", "takeaway", "enabler", "inhibitor", "decision", "action", "question", "quote", "idea")


def by_kind(captures: Iterable[Capture]) -> dict[str, list[Capture]]:
    """Lines by kind in the order of a harvest, each kind with the most supported first; plain notes come last."""
    found: dict[str, list[Capture]] = {}
    for capture in captures:
        if not capture.removed:
            found.setdefault(capture.content.type, []).append(capture)
    order = [kind for kind in _FIRST if kind in found]
    order += [kind for kind in found if kind not in order and kind != "note"] + ["note"] * ("note" in found)
    return {kind: sorted(found[kind], key=lambda one: -one.content.count) for kind in order}


_LINES: Kept[list[PageLine]] = Kept()


def harvest_page(scene: Scene) -> Page:
    run = scene.run
    lines = _LINES.get(
        lambda: _lines(scene), run.captures, run.votes, run.plan, run.added, equal=(scene.notes.presented,)
    )
    total = sum(1 for one in lines if one.id and not one.id.startswith(KIND))
    return Page(
        f"Harvest · {count_of(total, 'line')}",
        lines,
        keys=_keys(scene),
        empty=f"Nothing to harvest yet: {scene.key('capture.open')} opens the capture line.",
    )


def _lines(scene: Scene) -> list[PageLine]:
    lines = _votes(scene.run)
    for kind, captures in by_kind(scene.run.captures).items():
        lines.append(_heading(scene, kind, captures))
        lines += [PageLine(partial(_draw, scene.run, one), one.id) for one in captures]
        lines.append(fixed(""))
    return lines


def _keys(scene: Scene) -> str:
    words = (
        (scene.key("harvest.present"), "presents what is ticked"),
        (scene.key("harvest.kind"), "ticks a kind"),
        ("enter", "edits"),
        (scene.key("copy"), "copies"),
        (scene.key("page.plain"), "plain text"),
        (scene.key("harvest.export"), "writes the team's notes"),
    )
    return " · ".join(f"{key} {word}" for key, word in words if key)


def _heading(scene: Scene, kind: str, captures: Sequence[Capture]) -> PageLine:
    ticked = "[x] " if kind in scene.notes.presented else "[ ] "
    return fixed(
        (ticked, "$text-muted"),
        (kind_title(scene.run, kind), "$text-accent bold"),
        (f"  {len(captures)}", "$text-muted"),
        id=f"{KIND}{kind}",
    )


def _votes(run: Run) -> list[PageLine]:
    """How the votes came out, most dots first."""
    lines = []
    for item in votes_held(run):
        lines.append(fixed((f"Vote: {item.title}", "$text-accent bold")))
        lines += [
            fixed("  ", (plain.fit(f"{one.dots}", 4, right=True), "bold"), f"  {one.text}")
            for one in results(run, item.id)
        ]
        lines.append(fixed(""))
    return lines


def _draw(run: Run, capture: Capture, width: int) -> Content:
    marks = capture_marks(run, capture)
    text = plain.fit(capture.content.text, max(8, width - 4 - plain.width(marks)))
    return plain.line("  ", text, (f" {marks}", "$text-muted"))

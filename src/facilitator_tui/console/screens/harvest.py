"""The session by kind: what was said, the strongest first, ready to be read out or exported."""

from __future__ import annotations

from functools import partial

from textual.content import Content

from facilitator_tui.console import plain
from facilitator_tui.console.drawing.latest import capture_marks
from facilitator_tui.console.drawing.page import Page, PageLine, fixed
from facilitator_tui.console.scene import Scene
from facilitator_tui.core.capture import Capture
from facilitator_tui.core.grammar import kinds_of

_FIRST = ("message", "takeaway", "enabler", "inhibitor", "decision", "action", "question", "quote", "idea")


def harvest_page(scene: Scene) -> Page:
    run = scene.run
    by_kind: dict[str, list[Capture]] = {}
    for capture in run.shown_captures():
        by_kind.setdefault(capture.content.type, []).append(capture)
    order = [kind for kind in _FIRST if kind in by_kind]
    order += [kind for kind in by_kind if kind not in order and kind != "note"] + ["note"] * ("note" in by_kind)
    lines: list[PageLine] = []
    for kind in order:
        wording = kinds_of(run.plan.kinds).get(kind)
        lines.append(
            fixed(
                (f"{wording.title if wording else kind}", "$text-accent bold"),
                (f"  {len(by_kind[kind])}", "$text-muted"),
            )
        )
        captures = sorted(by_kind[kind], key=lambda one: -one.content.count)
        lines += [PageLine(partial(_draw, scene, one), one.id) for one in captures]
        lines.append(fixed(""))
    total = sum(len(one) for one in by_kind.values())
    return Page(
        f"Harvest · {total} lines",
        lines,
        keys=f"{scene.key('harvest.export')} writes the notes for the team · {scene.key('copy')} copies them",
        empty=f"Nothing to harvest yet: {scene.key('capture.open')} opens the capture line.",
    )


def _draw(scene: Scene, capture: Capture, width: int) -> Content:
    marks = capture_marks(scene.run, capture)
    text = plain.fit(capture.content.text, max(8, width - 4 - plain.width(marks)))
    return plain.line("  ", text, (f" {marks}", "$text-muted"))

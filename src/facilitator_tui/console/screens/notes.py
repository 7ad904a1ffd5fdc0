"""Everything that was captured, to be found, filtered and edited."""

from __future__ import annotations

from functools import partial

from textual.content import Content

from facilitator_tui.console.drawing.latest import capture_line
from facilitator_tui.console.drawing.page import Page, PageLine
from facilitator_tui.console.scene import Scene
from facilitator_tui.core.capture import Capture
from facilitator_tui.core.grammar import kinds_of
from facilitator_tui.core.text import fold_case


def found_captures(scene: Scene) -> list[Capture]:
    """The captures that the filter lets through, newest first."""
    words = fold_case(scene.filter).split()
    shown = scene.run.shown_captures()
    return [one for one in reversed(shown) if not words or _fits(scene, one, words)]


def _fits(scene: Scene, capture: Capture, words: list[str]) -> bool:
    content = capture.content
    wording = kinds_of(scene.run.plan.kinds).get(content.type)
    text = " ".join(
        (
            content.raw,
            content.text,
            content.type,
            wording.title if wording else "",
            content.item,
            f"r:{content.room}" if content.room else "",
            f"q:{content.question}" if content.question else "",
            *(f"@{one}" for one in (*content.by, *content.owner)),
            *(f"#{tag}" for tag in content.tags),
        )
    )
    folded = fold_case(text)
    return all(word in folded for word in words)


def notes_page(scene: Scene) -> Page:
    found = found_captures(scene)
    title = f"Notes · {len(found)}" + (f" with “{scene.filter}”" if scene.filter else "")
    empty = "Nothing matches; esc shows everything." if scene.filter else "Nothing captured yet."
    keys = (
        f"enter edits · {scene.key('page.find')} finds a word, kind, item, @person, #tag or r:room · "
        f"{scene.key('undo')} takes the last back"
    )
    return Page(title, [PageLine(partial(_draw, scene, one), one.id) for one in found], keys=keys, empty=empty)


def _draw(scene: Scene, capture: Capture, width: int) -> Content:
    return capture_line(scene.run, capture, scene.unsaved, width)

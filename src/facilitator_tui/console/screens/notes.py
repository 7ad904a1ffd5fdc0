"""Everything that was captured, to be found, filtered, changed and joined: a line a capture, newest first."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import partial

from textual.content import Content

from facilitator_tui.console import plain
from facilitator_tui.console.drawing.latest import capture_line, kind_title
from facilitator_tui.console.drawing.page import Page, PageLine
from facilitator_tui.console.kept import Kept
from facilitator_tui.console.notes_index import NotesIndex
from facilitator_tui.console.scene import Scene
from facilitator_tui.core.capture import Capture
from facilitator_tui.core.roster import named
from facilitator_tui.core.run import Run

VERSION = "~"
"""Between the id of a line and the number of one of its versions."""
KIND = "kind:"
"""Before the name of a kind, where a heading can be chosen."""

_INDEX = NotesIndex()


def found_captures(scene: Scene) -> Sequence[Capture]:
    """The captures that the search and the chosen kind let through, newest first."""
    return _INDEX.find(scene.run, scene.filter, scene.notes.kind)


def notes_page(scene: Scene) -> Page:
    found = found_captures(scene)
    lines = _lines(scene, found)
    only = f" · {kind_title(scene.run, scene.notes.kind)}" if scene.notes.kind else ""
    searched = f" with “{scene.filter}”" if scene.filter else ""
    return Page(
        f"Notes · {len(found)}{only}{searched}",
        lines,
        head=_about(scene, lines),
        keys=_keys(scene, lines),
        empty=_empty(scene),
    )


def _keys(scene: Scene, lines: Sequence[PageLine]) -> str:
    if not lines:
        return ""
    if scene.notes.joining:
        return f"choose the other line, {scene.key('line.join')} joins them · esc lets go"
    words = (
        ("enter", "edits"),
        (scene.key("page.find"), "finds"),
        (scene.key("harvest.kind"), "kind alone"),
        (scene.key("line.count"), "one more said so"),
        (scene.key("line.kind"), "kind"),
        (scene.key("line.join"), "joins"),
        (scene.key("line.settle"), "settles"),
        (scene.key("line.off"), "off record"),
        (scene.key("line.remove"), "removes"),
    )
    return " · ".join(f"{key} {word}" for key, word in words if key)


def _empty(scene: Scene) -> str:
    if scene.filter:
        return (
            "Nothing matches; esc shows everything. A search takes words, @person, #tag, r:3, q:1, item:groups, "
            "kind:take, ++, unsure, versions."
        )
    if scene.notes.kind:
        return f"No line of this kind is left; esc shows everything, {scene.key('harvest.kind')} the next kind."
    return f"Nothing captured yet: {scene.key('capture.open')} opens the capture line, and paste takes a whole chat."


# ---------------------------------------------------------------- the lines


_Drawn = dict[str, tuple[Capture, PageLine]]

_LINES: Kept[list[PageLine]] = Kept()
_DRAWN: Kept[_Drawn] = Kept()
"""The line of each capture: the same ones serve every search, there may be ten thousand."""


def _lines(scene: Scene, found: Sequence[Capture]) -> list[PageLine]:
    run, joining, unsaved = scene.run, scene.notes.joining, scene.unsaved
    empty: _Drawn = {}
    drawn = _DRAWN.get(lambda: empty, run.plan, run.added, equal=(joining, unsaved))

    def line(capture: Capture) -> PageLine:
        known = drawn.get(capture.id)
        if known is None or known[0] is not capture:
            made = PageLine(partial(_draw, run, capture, unsaved, joining == capture.id), capture.id)
            known = drawn[capture.id] = (capture, made)
        return known[1]

    def make() -> list[PageLine]:
        lines: list[PageLine] = []
        for one in found:
            lines.append(line(one))
            if one.others:
                lines += _versions(one)
        return lines

    return _LINES.get(make, found, drawn)


def _draw(run: Run, capture: Capture, unsaved: Collection[str], is_joining: bool, width: int) -> Content:
    line = capture_line(run, capture, unsaved, width - 2 if is_joining else width)
    return plain.line(("⇥ ", "$text-warning bold"), line) if is_joining else line


def _versions(capture: Capture) -> list[PageLine]:
    """Versions that were written elsewhere at the same time, below the line; one of them can be chosen."""

    def line(number: int, text: str) -> PageLine:
        def draw(width: int) -> Content:
            said = plain.cut(text, max(8, width - 28))
            return plain.line(" " * 9, ("or  ", "$text-warning bold"), said, ("  enter chooses it", "$text-muted"))

        return PageLine(draw, f"{capture.id}{VERSION}{number}")

    return [line(number, one.text) for number, one in enumerate(capture.others, 1)]


# ---------------------------------------------------------------- what is known of the chosen line


def _about(scene: Scene, lines: Sequence[PageLine]) -> list[Content]:
    """Two lines on the chosen line: where it comes from, and what stands underneath."""
    chosen = lines[min(scene.place, len(lines) - 1)].id.partition(VERSION)[0] if lines else ""
    capture = next((one for one in found_captures(scene) if one.id == chosen), None) if chosen else None
    if capture is None:
        return []
    return [plain.text(_where(scene.run, capture), "$text-muted"), plain.text(_underneath(capture), "$text-muted")]


def _where(run: Run, capture: Capture) -> str:
    content = capture.content
    people = ", ".join(named(run.roster, one) for one in (*content.by, *content.owner))
    parts = (
        kind_title(run, content.type),
        f"in {content.item}" if content.item else "",
        f"room {content.room}" if content.room else "",
        f"question {content.question}" if content.question else "",
        f"{'to be done by' if content.type == 'action' else 'said by'} {people}" if people else "",
        f"unsure: {', '.join(content.unsure)}" if content.unsure else "",
    )
    return " · ".join(part for part in parts if part)


def _underneath(capture: Capture) -> str:
    raw = capture.content.raw.split("\n")
    return f"underneath {len(raw)}: {' ｜ '.join(raw)}" if len(raw) > 1 else f"typed: {raw[0]}"

"""Planned against actual, an item a bar, and the day as a whole. Every bar has its figures beside it."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from textual.content import Content

from facilitator_tui.console import plain
from facilitator_tui.console.drawing import cells
from facilitator_tui.console.drawing.agenda import drift_cell
from facilitator_tui.console.drawing.page import Page, PageLine
from facilitator_tui.console.scene import Scene
from facilitator_tui.core.durations import SECOND, ZERO, clock, in_words, minutes_text
from facilitator_tui.core.rundown import Row, Rundown

_MARKS = {"done": "✓", "live": "▶", "future": " ", "skipped": "×", "not-run": "○"}
_WORDS = {"skipped": "skipped", "not-run": "not run", "future": "to come"}
_FIGURES = 24
"""Cells of the figures behind a bar."""


def times_page(scene: Scene) -> Page:
    rows = [row for row in scene.view.rows if row.item.kind != "cue"]
    longest = max((max(_planned(row), row.active + row.paused) for row in rows), default=ZERO)
    return Page(
        "Planned and actual",
        [PageLine(partial(_line, row, longest), row.item.id) for row in rows],
        head=[*_day(scene, rows), plain.text(cells.LEGEND, "$text-muted"), plain.text("")],
        keys="↑ ↓ move · enter shows the item in the agenda · esc back",
        empty=f"The agenda is empty: {scene.key('page.agenda')} goes back, {scene.key('item.insert')} inserts an item.",
        airy=True,
    )


def _planned(row: Row) -> timedelta:
    """What the plan gives the item; nothing for one that was inserted live."""
    return max(ZERO, row.planned_end - row.planned_start)


# ---------------------------------------------------------------- an item


def _line(row: Row, longest: timedelta, width: int) -> Content:
    title = max(14, (width - _FIGURES) * 2 // 5)
    room = width - title - _FIGURES - 5
    actual, tone = _actual(row)
    variance, late = drift_cell(row.active - _planned(row)) if row.state == "done" else ("", "")
    return plain.line(
        (f"{_MARKS[row.state]} ", "$text-success" if row.state in ("done", "live") else "$text-muted"),
        (plain.fit(row.item.title, title), "bold" if row.state == "live" else ""),
        " ",
        bar(row, longest, max(4, room)),
        " ",
        (plain.fit(minutes_text(_planned(row)), 6, right=True), "$text-muted"),
        (plain.fit(actual, 9, right=True), tone),
        (plain.fit(variance, 9, right=True), late),
    )


def _actual(row: Row) -> tuple[str, str]:
    if row.state in _WORDS:
        return _WORDS[row.state], "$text-muted"
    return clock(row.active), "bold"


def bar(row: Row, longest: timedelta, width: int) -> Content:
    """Used, used beyond the plan, left unused, and paused, in cells that end where the times end."""
    return cells.time_bar(_planned(row), row.active, row.paused, longest, width, done=row.state == "done")


# ---------------------------------------------------------------- the day


def _day(scene: Scene, rows: list[Row]) -> list[Content]:
    planned = sum((_planned(row) for row in rows), ZERO)
    used = sum((row.active for row in rows), ZERO)
    paused = sum((row.paused for row in rows), ZERO)
    idle = max(ZERO, _span(scene) - used - paused)
    words = [f"{clock(used)} used of {clock(planned)} planned"]
    words += [f"paused {clock(paused)}"] if paused >= SECOND else []
    words += [f"nothing running {clock(idle)}"] if idle >= SECOND else []
    text = "The day: " + " · ".join(words)
    return [plain.line((text, "bold"), ("  " + _ending(scene.view), "$text-muted"))]


def _span(scene: Scene) -> timedelta:
    """From the start of the first item until the end, or now."""
    visits = scene.run.visits
    if not visits:
        return ZERO
    return max(ZERO, (scene.run.finished or scene.view.now) - visits[0].started)


def _ending(view: Rundown) -> str:
    if view.state == "not-started":
        return ""
    word = "ended" if view.state == "finished" else "ends"
    return f"{word} {in_words(view.end_over)}"

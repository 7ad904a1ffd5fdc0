"""The agenda: what is done with its variance, what is on, what is to come and when it is expected.

A fact is a plain time, an expectation carries a tilde: `15:46` happened, `~16:21` should. Columns have one width
each, so nothing moves as figures grow; a figure that would not fit is written coarser, never cut.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache

from textual.content import Content

from facilitator_tui.console import plain
from facilitator_tui.console.scene import Scene
from facilitator_tui.core.calendar import hours_minutes
from facilitator_tui.core.durations import MINUTE, ZERO, clock, minutes_text, signed
from facilitator_tui.core.rundown import Row

WIDE = 72
"""From this width on planned and expected start have a column each."""

MINUTES_CELLS = (4, 6)
"""Cells of the length, narrow and wide."""

DRIFT_CELLS = 8
_COARSE_FROM = timedelta(hours=1)

_MARKS = {"done": "✓", "live": "▶", "future": " ", "skipped": "×", "not-run": "○"}
_LOOKS = {
    "done": "$text-muted",
    "live": "bold",
    "future": "",
    "skipped": "$text-disabled strike",
    "not-run": "$text-disabled",
}


@dataclass(frozen=True, slots=True)
class _Line:
    content: Content
    item: str = ""


def heading(scene: Scene) -> Content:
    zone = scene.run.plan.programme.tz
    start = hours_minutes(scene.view.layout.start, zone)
    day = scene.view.layout.start.astimezone(zone).date()
    return plain.text(f"Agenda · {start}–{hours_minutes(scene.view.hard_stop, zone, day)}")


def lines(scene: Scene, width: int, height: int) -> list[Content]:
    made = _lines(scene, width)
    airy = height >= 2 * len(made) + 1
    if width >= WIDE and height > len(made):
        made = [_Line(_names(scene, width)), *made]
    if airy:
        made = [line for one in made for line in (one, _Line(plain.text("")))]
    wanted = scene.cursor or (scene.view.live.row.item.id if scene.view.live else "")
    place = next((y for y, one in enumerate(made) if one.item == wanted), 0)
    first = plain.window(place, len(made), height)
    shown = [one.content for one in made[first : first + height]]
    if first:
        shown[0] = plain.text(f"   ▲ {first + 1} more", "$text-muted")
    if first + height < len(made):
        shown[-1] = plain.text(f"   ▼ {len(made) - first - height + 1} more", "$text-muted")
    return shown


def _lines(scene: Scene, width: int) -> list[_Line]:
    view, zone = scene.view, scene.run.plan.programme.tz
    day = view.layout.start.astimezone(zone).date()
    stop = hours_minutes(view.hard_stop, zone, day)
    made: list[_Line] = []
    stopped = view.state == "finished"
    shown_day = day
    for row in view.rows:
        gap = row.live_gap if scene.run.laid else row.gap
        if row.state == "future" and gap > ZERO:
            made.append(_Line(_rule(f"{clock(gap)} buffer", width)))
        if not stopped and row.state in ("live", "future") and row.expected_end > view.hard_stop:
            made.append(_Line(_rule(f"no longer fits · hard stop {stop}", width, "$text-error")))
            stopped = True
        today = row.expected_start.astimezone(zone).date()
        if row.state in ("done", "live", "future") and today > shown_day:
            made.append(_Line(_rule(f"{today:%a} {today.day} {today:%b} {(today - day).days:+d}d", width)))
            shown_day = today
        made.append(_Line(_row(scene, row, width), row.item.id))
    if not stopped:
        made.append(_Line(_rule(f"hard stop {stop}", width)))
    return made


def _names(scene: Scene, width: int) -> Content:
    """What the columns hold, where there are too many to guess."""
    planned = plain.fit("plan", 7, right=True) if scene.run.laid else " " * 7
    lead = f"  {plain.fit('start', 6, right=True)}{planned}"
    room = width - plain.width(lead) - 2 - MINUTES_CELLS[1] - DRIFT_CELLS
    tail = f"{plain.fit('min', MINUTES_CELLS[1], right=True)}{plain.fit('drift', DRIFT_CELLS, right=True)}"
    return plain.text(f"{lead}  {' ' * max(4, room)}{tail}", "$text-disabled")


def _rule(words: str, width: int, style: str = "$text-muted") -> Content:
    return plain.text(plain.cut(" " + "┄" * (width - plain.width(words) - 7) + f" {words} ┄┄┄", width), style)


def _row(scene: Scene, row: Row, width: int) -> Content:
    zone = scene.run.plan.programme.tz
    mark = "‖" if row.state == "live" and scene.view.state == "paused" else _MARKS[row.state]
    if scene.view.waiting is row:
        mark = "◷"
    start = hours_minutes(row.expected_start, zone) if row.state in ("done", "live", "future") else ""
    if scene.run.laid and row.state == "future":
        start = f"~{start}"
    planned = hours_minutes(row.planned_start, zone) if scene.run.laid and width >= WIDE else ""
    title = f"⚓ {row.item.title}" if row.item.at is not None else row.item.title
    # Beside a narrow title there is room for whole minutes only; a compress gives seconds too.
    minutes = minutes_text(row.length) if width >= WIDE else str(round(row.length / MINUTE))
    cells = (mark, start, planned, title, minutes, *_drift(scene, row))
    return _drawn(cells, row.state, scene.cursor == row.item.id, width)


@lru_cache(maxsize=512)
def _drawn(cells: tuple[str, ...], state: str, here: bool, width: int) -> Content:
    """A row from its texts; the same row is asked for every second and changes about once a minute."""
    mark, start, planned, title, minutes, drift, tone = cells
    look = _LOOKS[state]
    parts: list[plain.Part] = [
        ("›" if here else " ", "$text-accent bold"),
        (mark, "$text-success" if state in ("done", "live") else "$text-muted"),
        (plain.fit(start, 6, right=True), f"{look} italic" if start.startswith("~") else look),
    ]
    if width >= WIDE:
        parts.append((plain.fit(planned, 7, right=True), "$text-muted"))
    room = width - plain.line(*parts).cell_length - 2 - MINUTES_CELLS[width >= WIDE] - DRIFT_CELLS
    parts += [
        ("  " + plain.fit(title, max(4, room)), look),
        (plain.fit(minutes, MINUTES_CELLS[width >= WIDE], right=True), "$text-muted"),
        (plain.fit(drift, DRIFT_CELLS, right=True), tone),
    ]
    return plain.padded(plain.line(*parts), width, "$cursor" if here else "")


def _drift(scene: Scene, row: Row) -> tuple[str, str]:
    """Variance of what is done, lateness of what is on or to come: + is late, − is early."""
    if row.state == "not-run":
        return "not run", "$text-disabled"
    if row.state == "skipped":
        return "skipped", "$text-disabled"
    if not scene.run.laid:
        return "", ""
    if row.state == "done" and row.started and row.ended:
        amount = row.ended - row.started - row.item.length
    else:
        amount = row.drift_end if row.state == "live" else row.drift_start
    text, tone = drift_cell(amount)
    return (_coarse(amount) if abs(amount) >= _COARSE_FROM else text), tone


def _coarse(amount: timedelta) -> str:
    """`+3h17`: hours and minutes, where seconds no longer matter."""
    hours, minutes = divmod(abs(amount) // MINUTE, 60)
    return f"{'+' if amount > ZERO else '−'}{hours}h{minutes:02}"


def drift_cell(amount: timedelta) -> tuple[str, str]:
    if not amount:
        return "·", "$text-muted"
    return signed(amount), "$text-warning" if amount > ZERO else "$text-success"

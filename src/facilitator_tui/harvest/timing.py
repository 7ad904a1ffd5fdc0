"""What a session's time came to: planned and held minutes by item, pauses, and the spans a drawing is made of.

Owns the reading of a rundown for people. It must not know how minutes are laid out. What was inserted live was never
planned: it has no planned minutes, neither by itself nor in the sum.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from facilitator_tui.core.durations import MINUTE, SECOND, ZERO, minutes_text
from facilitator_tui.core.run import Run
from facilitator_tui.core.rundown import Row, Rundown

Span = tuple[int, int]
"""From and to, in seconds after the planned start of the session; negative before it."""


@dataclass(frozen=True, slots=True)
class TimeRow:
    """One item's minutes as text, and its spans."""

    title: str
    planned: str
    """Empty for an item that was inserted live."""
    actual: str
    """Time that was really spent, pauses taken out; empty for an item that is not over."""
    note: str = ""
    """Why there is no actual time, or that the item was not in the plan."""
    difference: str = ""
    """Held minus planned in whole minutes, with its sign; empty when they are the same."""
    paused: str = ""
    planned_span: Span | None = None
    held: tuple[Span, ...] = ()
    """A span a visit, pauses taken out."""
    pauses: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Timing:
    """The time of one session. Clock times are the programme's."""

    rows: tuple[TimeRow, ...] = ()
    planned_minutes: int = 0
    actual_minutes: int = 0
    paused_minutes: int = 0
    began: str = ""
    ended: str = ""
    origin: datetime | None = None
    """The planned start that all spans count from, in the programme's zone; None while there is no date."""
    planned_end_s: int = 0

    @property
    def difference(self) -> str:
        """Actual minus planned minutes of a session that is over."""
        return signed_minutes(self.actual_minutes - self.planned_minutes) if self.ended else ""


def timing(run: Run, view: Rundown, dated: bool, title: Callable[[str], str]) -> Timing:
    """The time of a run. `dated` says whether its planned start is known; `title` writes an item's title."""
    zone = run.plan.programme.tz
    rows = [row for row in view.rows if row.item.kind != "cue"]
    start = view.layout.start
    over = [row for row in rows if row.state == "done"]
    finished = run.finished is not None and run.visits
    return Timing(
        rows=tuple(_row(row, run, view.now, start, title) for row in rows),
        planned_minutes=minutes(sum((_planned(row) for row in rows), ZERO)),
        actual_minutes=minutes(sum((row.active for row in over), ZERO)),
        paused_minutes=minutes(sum((row.paused for row in over), ZERO)),
        began=f"{run.visits[0].started.astimezone(zone):%H:%M}" if run.visits else "",
        ended=f"{view.expected_end.astimezone(zone):%H:%M}" if finished else "",
        origin=start.astimezone(zone) if dated else None,
        planned_end_s=max((_after(row.planned_end, start) for row in rows), default=0),
    )


def minutes(length: timedelta) -> int:
    """Whole minutes, the nearest."""
    return int((length + MINUTE / 2) // MINUTE)


def signed_minutes(number: int) -> str:
    """`+3`, `−2`, or nothing."""
    return "" if not number else f"+{number}" if number > 0 else f"−{-number}"


def _planned(row: Row) -> timedelta:
    return max(ZERO, row.planned_end - row.planned_start)


def _row(row: Row, run: Run, now: datetime, start: datetime, title: Callable[[str], str]) -> TimeRow:
    in_plan = any(item.id == row.item.id for item in run.session.agenda)
    words = {"skipped": "skipped", "not-run": "not run", "live": "running", "future": "", "done": ""}
    note = words[row.state] or ("" if in_plan else "added")
    done = row.state == "done"
    return TimeRow(
        title=title(row.item.title),
        planned=minutes_text(_planned(row)) if in_plan else "",
        actual=str(minutes(row.active)) if done else "",
        note=note,
        difference=signed_minutes(minutes(row.active) - minutes(_planned(row))) if done else "",
        paused=str(minutes(row.paused)) if minutes(row.paused) else "",
        planned_span=(_after(row.planned_start, start), _after(row.planned_end, start)) if in_plan else None,
        held=tuple(_held(row, now, start)),
        pauses=tuple(_pauses(row, now, start)),
    )


def _held(row: Row, now: datetime, start: datetime) -> Iterable[Span]:
    for visit in row.visits:
        at, end = visit.started, visit.end_at(now)
        for pause in visit.pauses:
            if pause.started > at:
                yield _after(at, start), _after(min(pause.started, end), start)
            at = min(pause.ended or end, end)
        if end > at:
            yield _after(at, start), _after(end, start)


def _pauses(row: Row, now: datetime, start: datetime) -> Iterable[Span]:
    for visit in row.visits:
        end = visit.end_at(now)
        for pause in visit.pauses:
            until = min(pause.ended or end, end)
            if until > pause.started:
                yield _after(pause.started, start), _after(until, start)


def _after(moment: datetime, start: datetime) -> int:
    return (moment - start) // SECOND

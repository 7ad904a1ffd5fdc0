"""Agenda and run at an instant: planned, actual, expected, drift, phases. Derived, never saved.

Owns every formula of time. It must not know how the figures are shown or stored. Planned comes from the plan
alone, actual from the run alone, expected from both at `now`; no field mixes two of them. All instants are UTC,
whole seconds. One sign everywhere: plus is late or over, minus is early or under.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from facilitator_tui.core.breakout import RoomsClock as RoomsClock
from facilitator_tui.core.breakout import rooms_clock as rooms_clock
from facilitator_tui.core.calendar import Layout, floor_second, lay_out
from facilitator_tui.core.durations import ZERO
from facilitator_tui.core.plan import Item
from facilitator_tui.core.run import Run, Visit, agenda, length_in_force

State = Literal["not-started", "running", "paused", "waiting", "finished"]
RowState = Literal["future", "live", "done", "skipped", "not-run"]
Phase = Literal["running", "warning", "danger", "overtime", "paused"]


@dataclass(frozen=True, slots=True)
class Row:
    """One item of the agenda in force, with its three channels."""

    item: Item
    state: RowState
    planned_start: datetime
    planned_end: datetime
    expected_start: datetime
    expected_end: datetime
    length: timedelta
    """The length in force: plan, compress and extensions."""
    must_start_by: datetime
    """The latest start that still meets the hard stop when everything behind takes its planned length."""
    fixed_end: datetime | None = None
    """The end the plan fixes (`until`), with live extensions."""
    started: datetime | None = None
    ended: datetime | None = None
    active: timedelta = ZERO
    paused: timedelta = ZERO
    visits: tuple[Visit, ...] = ()
    live_gap: timedelta = ZERO
    """Hard start minus the expected end of the item before; negative is an overlap."""
    gap: timedelta = ZERO
    """Planned start minus the planned end before: a buffer, or an overlap when negative."""

    @property
    def drift_start(self) -> timedelta:
        """How much later than planned the item starts or started; zero for one that does not take place."""
        return ZERO if self.state in {"skipped", "not-run"} else self.expected_start - self.planned_start

    @property
    def drift_end(self) -> timedelta:
        return ZERO if self.state in {"skipped", "not-run"} else self.expected_end - self.planned_end


@dataclass(frozen=True, slots=True)
class Live:
    """The item under way."""

    row: Row
    visit: Visit
    phase: Phase
    elapsed: timedelta
    remaining: timedelta
    """Negative in overtime."""
    fixed_end: bool
    """The item ends at a fixed time: a pause does not stop its remaining time."""

    @property
    def drift(self) -> timedelta:
        return self.row.drift_end


@dataclass(frozen=True, slots=True)
class Rundown:
    """Everything that can be said about a session's time at `now`."""

    now: datetime
    state: State
    rows: tuple[Row, ...]
    layout: Layout
    hard_stop: datetime
    expected_end: datetime
    live: Live | None
    waiting: Row | None
    """The item whose hard start is awaited."""
    following: Row | None
    """What comes next: the first future item behind the live one, or the first of all before the start."""
    rooms: RoomsClock | None
    idle_since: datetime | None
    """Since when nothing runs although the session should be under way."""

    @property
    def end_over(self) -> timedelta:
        return self.expected_end - self.hard_stop

    @property
    def item_drift(self) -> timedelta:
        return self.live.drift if self.live else ZERO

    @property
    def idle_for(self) -> timedelta:
        return self.now - self.idle_since if self.idle_since else ZERO

    def row(self, item: str) -> Row | None:
        return next((row for row in self.rows if row.item.id == item), None)


def rundown(run: Run, now: datetime) -> Rundown:
    """Where a session stands at an instant. Pure: the same run and instant give the same rundown."""
    now = floor_second(now)
    layout = lay_out(run.session, run.plan.programme.tz, now, run.laid)
    items = agenda(run)
    planned = _planned(run, items, layout)
    hard_stop = planned.end if run.session.hard_stop is None else layout.instant(run.session.hard_stop)
    rows = _expected(run, items, planned, layout, hard_stop - planned.end, now)
    visit = run.live
    current = next((row for row in rows if visit and row.item.id == visit.item), None)
    live = _live(run, current, visit, layout, now) if visit and current and current.state == "live" else None
    return Rundown(
        now=now,
        state=_state(run, live),
        rows=rows,
        layout=layout,
        hard_stop=hard_stop,
        expected_end=_session_end(run, rows, planned.end),
        live=live,
        waiting=None if live else current,
        following=_following(rows, current),
        rooms=rooms_clock(run, now),
        idle_since=_idle_since(run, live, layout, hard_stop, now),
    )


# ---------------------------------------------------------------- planned


@dataclass(frozen=True, slots=True)
class _Planned:
    spans: dict[str, tuple[datetime, datetime]]
    gaps: dict[str, timedelta]
    end: datetime


def _planned(run: Run, items: Sequence[Item], layout: Layout) -> _Planned:
    """P.start = S or the previous P.end; P.end = U or P.start + d. Items that are not in the plan take none.

    A cue is a reminder at a moment: it stands aside, and nothing follows from it.
    """
    spans: dict[str, tuple[datetime, datetime]] = {}
    gaps: dict[str, timedelta] = {}
    end = layout.start
    for item in run.session.agenda:
        start = end if item.at is None else layout.instant(item.at)
        if item.kind == "cue":
            spans[item.id] = (start, start)
            continue
        gaps[item.id] = start - end
        end = start + item.length if item.until is None else layout.instant(item.until)
        spans[item.id] = (start, end)
    before = layout.start
    for item in items:
        if item.id not in spans:
            spans[item.id] = (before, before)
        elif item.kind != "cue":
            before = spans[item.id][1]
    return _Planned(spans, gaps, end)


# ---------------------------------------------------------------- expected


def _expected(
    run: Run, items: Sequence[Item], planned: _Planned, layout: Layout, slack: timedelta, now: datetime
) -> tuple[Row, ...]:
    """Walk the agenda once: records behind the cursor, the live item, and what follows from it.

    `slack` is H − last P.end, by which every planned start may slip: must_start_by = P.start + slack.
    """
    cursor = _cursor(run, items)
    records = _records(run, now)
    awaited = run.live if run.live and run.live.started > now else None
    previous_end = layout.start
    rows = []
    for index, item in enumerate(items):
        ran = tuple(records.get(item.id, ()))
        waits = awaited if index == cursor else None
        state = _row_state(run, item, index - cursor, bool(ran), waits is not None)
        hard = waits.started if waits else layout.instant(item.at) if item.at is not None else None
        start, end, length = _span(run, item, state, ran, hard, previous_end, layout, now)
        planned_start, planned_end = planned.spans[item.id]
        comes = state == "future" and item.kind != "cue"
        started, ended = _record(state, ran)
        active, paused = _spent(ran, now)
        rows.append(
            Row(
                item=item,
                state=state,
                planned_start=planned_start,
                planned_end=planned_end,
                expected_start=start,
                expected_end=end,
                length=length,
                must_start_by=planned_start + slack,
                fixed_end=_fixed_end(run, item, layout) if item.until is not None else None,
                started=started,
                ended=ended,
                active=active,
                paused=paused,
                visits=ran,
                live_gap=hard - previous_end if hard and comes else ZERO,
                gap=planned.gaps.get(item.id, ZERO),
            )
        )
        previous_end = previous_end if item.kind == "cue" and state != "live" else end
    return tuple(rows)


def _records(run: Run, now: datetime) -> dict[str, list[Visit]]:
    """The visits of each item, but for one whose hard start is still awaited."""
    records: dict[str, list[Visit]] = {}
    for visit in run.visits:
        if visit.started <= now or visit is not run.live:
            records.setdefault(visit.item, []).append(visit)
    return records


def _span(
    run: Run,
    item: Item,
    state: RowState,
    ran: tuple[Visit, ...],
    hard: datetime | None,
    previous_end: datetime,
    layout: Layout,
    now: datetime,
) -> tuple[datetime, datetime, timedelta]:
    """Expected start and end, and the length in force, of one row."""
    if item.kind == "cue" and state != "live":
        start = previous_end if hard is None else hard
        return start, start, ZERO
    fixed = None if item.until is None else _fixed_end(run, item, layout)
    length = length_in_force(run, item)
    if state == "live":
        start, end = ran[-1].started, _live_end(run, item, ran[-1], layout, now)
    elif state == "done" and ran:
        start, end = ran[0].started, ran[-1].end_at(now)
    elif state == "future":
        # Before the start expected is planned, overlaps included; afterwards nothing starts twice at once.
        start = previous_end if hard is None else max(hard, previous_end) if run.laid else hard
        end = start + length if fixed is None else max(fixed, start)
    else:
        start = end = previous_end
    return start, end, length if fixed is None else max(ZERO, fixed - start)


def _cursor(run: Run, items: Sequence[Item]) -> int:
    """The position of the live, awaited or last item; −1 before the start, behind the end when finished."""
    if run.finished is not None:
        return len(items)
    if not run.visits:
        return -1
    return next((i for i, item in enumerate(items) if item.id == run.visits[-1].item), -1)


def _row_state(run: Run, item: Item, beyond_cursor: int, ran: bool, awaited: bool) -> RowState:
    if beyond_cursor == 0 and not awaited:
        return "live" if run.live else "done"
    if beyond_cursor < 0 and ran:
        return "done"
    if run.change(item.id).skipped:
        return "skipped"
    if beyond_cursor < 0:
        return "done" if item.kind == "cue" else "not-run"
    return "future"


def _record(state: RowState, ran: tuple[Visit, ...]) -> tuple[datetime | None, datetime | None]:
    """When it really ran: the visit under way, or all visits of an item that is over."""
    if state == "live":
        return ran[-1].started, None
    return (ran[0].started, ran[-1].ended) if ran else (None, None)


def _spent(ran: tuple[Visit, ...], now: datetime) -> tuple[timedelta, timedelta]:
    """Time active and time paused in all visits together."""
    active = paused = ZERO
    for visit in ran:
        held = visit.paused_for(now)
        active += visit.end_at(now) - visit.started - held
        paused += held
    return active, paused


def _fixed_end(run: Run, item: Item, layout: Layout) -> datetime:
    assert item.until is not None
    return layout.instant(item.until) + run.change(item.id).extension


def _remaining(run: Run, item: Item, visit: Visit, layout: Layout, now: datetime) -> timedelta:
    """r = d + extensions − e; with a fixed end r = U + extensions − now, which a pause does not stop."""
    if item.until is not None:
        return _fixed_end(run, item, layout) - now
    return length_in_force(run, item) - visit.elapsed(now)


def _live_end(run: Run, item: Item, visit: Visit, layout: Layout, now: datetime) -> datetime:
    """E.end = now + max(0, r): one rule for running, paused and overtime."""
    now = max(now, visit.started)
    return now + max(ZERO, _remaining(run, item, visit, layout, now))


def _session_end(run: Run, rows: Sequence[Row], planned_end: datetime) -> datetime:
    if run.finished is not None:
        return run.visits[-1].end_at(run.finished) if run.visits else run.finished
    return next((row.expected_end for row in reversed(rows) if row.item.kind != "cue"), planned_end)


# ---------------------------------------------------------------- the live item and the session


def _live(run: Run, row: Row, visit: Visit, layout: Layout, now: datetime) -> Live:
    remaining = _remaining(run, row.item, visit, layout, now)
    return Live(
        row=row,
        visit=visit,
        phase=phase_of(row.item, remaining, row.length, visit.paused),
        elapsed=visit.elapsed(now),
        remaining=remaining,
        fixed_end=row.item.until is not None,
    )


def phase_of(item: Item, remaining: timedelta, length: timedelta, paused: bool) -> Phase:
    """Warning and danger by their thresholds, overtime only below zero.

    A threshold that is as long as the item itself is left out, or it would alert at the very start.
    """
    if paused:
        return "paused"
    if remaining < ZERO:
        return "overtime"
    if remaining <= item.danger < length:
        return "danger"
    if remaining <= item.warn < length:
        return "warning"
    return "running"


def _state(run: Run, live: Live | None) -> State:
    if run.finished is not None:
        return "finished"
    if live is None:
        return "waiting" if run.visits else "not-started"
    return "paused" if live.phase == "paused" else "running"


def _following(rows: Sequence[Row], current: Row | None) -> Row | None:
    behind = current is None
    for row in rows:
        if behind and row.state == "future" and row.item.kind != "cue":
            return row
        behind = behind or row is current
    return None


def _idle_since(run: Run, live: Live | None, layout: Layout, hard_stop: datetime, now: datetime) -> datetime | None:
    """Nothing runs: since the planned start when nobody has pressed start, or since the last item ended."""
    if live or run.finished is not None:
        return None
    if run.live is not None:
        return floor_second(run.live.pressed)
    if run.visits:
        return run.visits[-1].ended
    return layout.start if layout.start < now < hard_stop else None

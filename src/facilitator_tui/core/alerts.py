"""What to tell a facilitator now: which thresholds lie between two looks at a rundown, each told once.

Owns the rules of alerts and of what a computer does to clocks: sleep, a clock that steps, a call left open. It
must not know how an alert is shown or heard, and it changes nothing: nothing advances by itself.

A threshold is remembered by how far the live visit, and the rooms, had come at the last look. Whatever brings
them back above it (an extension, an undo) arms it again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Literal

from facilitator_tui.core.durations import MINUTE, SECOND, ZERO, clock
from facilitator_tui.core.run import GRACE, Run
from facilitator_tui.core.rundown import Live, RoomsClock, Row, Rundown, phase_of, rundown

ItemKind = Literal["warning", "danger", "overtime"]
RoomsKind = Literal["rooms", "change", "grace", "closed"]
Kind = ItemKind | RoomsKind | Literal["hard-start", "must-start", "cue", "away"]
Severity = Literal["note", "warning", "danger"]

ASLEEP = timedelta(seconds=30)
"""A longer gap between two looks means that nobody was looking."""

LEFT_OPEN = timedelta(hours=3)
"""A call that nothing was done in for so long behind its hard stop, and on another date, was left open."""

ROOM_NOTICES = (5 * MINUTE, MINUTE)
CHANGE_NOTICE = 30 * SECOND

_PHASES = ("running", "warning", "danger", "overtime")
_SEVERITY: Mapping[Kind, Severity] = {
    "warning": "warning",
    "danger": "danger",
    "overtime": "danger",
    "must-start": "warning",
    "grace": "warning",
    "hard-start": "warning",
    "away": "warning",
}
_ORDER: tuple[Severity, ...] = ("note", "warning", "danger")


@dataclass(frozen=True, slots=True)
class Alert:
    """One thing to say. `item` is the id it is about, empty for the rooms' or the session's."""

    kind: Kind
    words: str
    item: str = ""

    @property
    def severity(self) -> Severity:
        return _SEVERITY.get(self.kind, "note")


@dataclass(frozen=True, slots=True)
class Summary(Alert):
    """Everything that was passed while nobody looked, in one."""

    passed: tuple[Alert, ...] = ()

    @property
    def severity(self) -> Severity:
        return max((alert.severity for alert in self.passed), key=_ORDER.index, default="note")


@dataclass(frozen=True, slots=True)
class AlertMemory:
    """What the last look saw. A fresh one tells nothing of what was so before."""

    looked: datetime | None = None
    levels: Mapping[str, int] = field(default_factory=dict)
    """How far each visit had come, as an index into running, warning, danger, overtime."""
    rooms: tuple[int, int] | None = None
    """Round, and how far it had come (see `_rooms_stage`)."""
    rooms_closed: datetime | None = None
    """When the grace minute of the rooms is over."""
    told: frozenset[str] = frozenset()
    """Hard starts and cues that are past."""
    too_late: bool = False
    """The latest start of what comes next was missed, and it does not fit since."""


def due(before: AlertMemory, rundown: Rundown, patience: timedelta = ASLEEP) -> tuple[tuple[Alert, ...], AlertMemory]:
    """The alerts between the last look and this one, and what to remember.

    After a gap longer than `patience` they come as one `Summary`. A clock that runs fast needs more patience.
    """
    alerts: list[Alert] = []
    after = replace(before, looked=rundown.now)
    for part in (_live, _rooms, _moments, _must_start):
        found, after = part(before, after, rundown)
        alerts.extend(found)
    if before.looked is None:
        return (), after
    gap = rundown.now - before.looked
    if gap > patience:
        under_way = rundown.state in {"running", "paused", "waiting"}
        return ((_summary(gap, alerts),) if alerts or under_way else ()), after
    return tuple(_last_of_each(alerts)), after


def _summary(gap: timedelta, alerts: Iterable[Alert]) -> Summary:
    passed = tuple(alerts)
    meanwhile = "; ".join(alert.words for alert in passed)
    words = f"away {clock(gap)}" + (f", meanwhile: {meanwhile}" if passed else "")
    return Summary("away", words, passed=passed)


def _last_of_each(alerts: list[Alert]) -> Iterable[Alert]:
    """Of several thresholds of one clock that were passed at once, only the last is news."""
    for index, alert in enumerate(alerts):
        later = alerts[index + 1 :]
        item_passed = alert.kind in _PHASES and any(other.kind in _PHASES for other in later)
        rooms_passed = alert.kind in _ROOM_KINDS and any(other.kind in _ROOM_KINDS for other in later)
        if not (item_passed or rooms_passed):
            yield alert


_Told = tuple[list[Alert], AlertMemory]

# ---------------------------------------------------------------- the live item


def _live(before: AlertMemory, after: AlertMemory, rundown: Rundown) -> _Told:
    live = rundown.live
    if live is None:
        return [], after
    visit = f"{live.row.item.id}#{len(live.row.visits)}"
    level = _PHASES.index(phase_of(live.row.item, live.remaining, live.row.length, paused=False))
    known = before.levels.get(visit, 0)
    after = replace(after, levels={**before.levels, visit: level})
    return [alert for stage in range(known + 1, level + 1) if (alert := _threshold(live, stage))], after


def _threshold(live: Live, stage: int) -> Alert | None:
    item = live.row.item
    if stage == 3:
        return Alert("overtime", f"time is up: {item.title}", item.id)
    limit = item.warn if stage == 1 else item.danger
    if limit >= live.row.length:
        return None
    left = max(ZERO, min(limit, live.remaining) if live.remaining > ZERO else limit)
    return Alert("warning" if stage == 1 else "danger", f"{clock(left)} left: {item.title}", item.id)


# ---------------------------------------------------------------- the rooms

_ROOM_KINDS = frozenset({"rooms", "change", "grace", "closed"})
_CLOSING, _CLOSED = 8, 9


def _rooms(before: AlertMemory, after: AlertMemory, rundown: Rundown) -> _Told:
    clock_now = rundown.rooms
    if clock_now is None:
        gone = before.rooms_closed is not None and before.rooms_closed <= rundown.now
        open_before = before.rooms is not None and before.rooms[1] < _CLOSED
        told = [Alert("closed", "the rooms are closed")] if gone and open_before else []
        return told, replace(after, rooms=None, rooms_closed=None)
    stage = _rooms_stage(clock_now)
    after = replace(after, rooms=stage, rooms_closed=clock_now.ends + GRACE)
    known = before.rooms or (1, 0)
    return [_room_alert(clock_now, passed) for passed in _stages(clock_now, known, stage)], after


def _rooms_stage(now: RoomsClock) -> tuple[int, int]:
    """The round, and in it: 0 under way, then one more for each notice passed, at last closing and closed."""
    if now.phase != "running":
        return now.rounds, _CLOSING if now.phase == "closing" else _CLOSED
    notices = enumerate(_notices(now.round, now.rounds), 1)
    return now.round, max((place for place, left in notices if now.remaining <= left < now.length), default=0)


def _notices(round: int, rounds: int) -> tuple[timedelta, ...]:
    return ROOM_NOTICES if round == rounds else (CHANGE_NOTICE,)


def _stages(now: RoomsClock, known: tuple[int, int], stage: tuple[int, int]) -> Iterable[tuple[int, int]]:
    """Every stage behind `known` up to `stage`. Notices of rounds that are over are left out."""
    for round in range(known[0], now.rounds + 1):
        for place in (0, 1, 2, _CLOSING, _CLOSED):
            last = round == now.rounds
            real = place == 0 or (last and place >= _CLOSING) or _is_notice(now, round, place)
            over = round < stage[0] and place > 0
            if real and not over and known < (round, place) <= stage:
                yield round, place


def _is_notice(now: RoomsClock, round: int, place: int) -> bool:
    notices = _notices(round, now.rounds)
    return place <= len(notices) and notices[place - 1] < now.length


def _room_alert(now: RoomsClock, stage: tuple[int, int]) -> Alert:
    round, place = stage
    if place == _CLOSED:
        return Alert("closed", "the rooms are closed", now.item)
    if place == _CLOSING:
        return Alert("grace", f"the rooms close in {clock(now.remaining or GRACE)}", now.item)
    if place == 0:
        return Alert("change", f"change rooms now: round {round} of {now.rounds}", now.item)
    notice = _notices(round, now.rounds)[place - 1]
    left = min(notice, now.remaining) if now.phase == "running" and now.remaining else notice
    if round < now.rounds:
        return Alert("change", f"change rooms in {clock(left)}", now.item)
    return Alert("rooms", f"{clock(left)} left in the rooms", now.item)


# ---------------------------------------------------------------- moments of the plan


def _moments(before: AlertMemory, after: AlertMemory, rundown: Rundown) -> _Told:
    """Hard starts and cues whose moment has come."""
    alerts = []
    told = set(before.told)
    for row in rundown.rows:
        alert = _moment(row, rundown)
        if alert is None:
            continue
        key = f"{alert.kind} {row.item.id}"
        if key not in told:
            told.add(key)
            alerts.append(alert)
    return alerts, replace(after, told=frozenset(told))


def _moment(row: Row, rundown: Rundown) -> Alert | None:
    item = row.item
    if item.kind == "cue":
        begun = rundown.state != "not-started" or item.at is not None
        past = row.state == "done" or (row.state == "future" and row.expected_start <= rundown.now)
        return Alert("cue", item.title, item.id) if past and begun else None
    if item.at is None or rundown.layout.instant(item.at) > rundown.now:
        return None
    if row.state == "future":
        return Alert("hard-start", f"{item.title} should begin now: hard start", item.id)
    if rundown.live and rundown.live.row is row and rundown.live.visit.started > rundown.live.visit.pressed:
        return Alert("hard-start", f"{item.title} begins now: hard start", item.id)
    return None


def _must_start(before: AlertMemory, after: AlertMemory, rundown: Rundown) -> _Told:
    """The latest start of what comes next has passed and the session runs over: told once until it fits."""
    row = rundown.following
    if rundown.end_over <= ZERO and rundown.state != "not-started":
        return [], replace(after, too_late=False)
    if row is None or before.too_late or rundown.now <= row.must_start_by:
        return [], after
    words = f"{row.item.title} can't start in time any more"
    if rundown.end_over > ZERO:
        words += f": over by {clock(rundown.end_over)}"
    return [Alert("must-start", words, row.item.id)], replace(after, too_late=True)


# ---------------------------------------------------------------- what a computer does to clocks


def slept(last_look: datetime, now: datetime, expected_gap: timedelta = SECOND) -> timedelta | None:
    """How long nobody looked when that is longer than it should be, in whole seconds; else None.

    `expected_gap` is the usual time between two looks. `actions.subtract` makes the sleep a pause.
    """
    gap = now - last_look
    return gap // SECOND * SECOND if gap > ASLEEP + expected_gap else None


def clock_step(previous: tuple[datetime, float], current: tuple[datetime, float]) -> int:
    """By how many seconds the wall clock was set between two looks; 0 below one second.

    A look is the wall clock and, in seconds, a clock that nobody sets. That one must count on while the
    computer sleeps (CLOCK_BOOTTIME on Linux), or a sleep would look like a step.
    """
    step = (current[0] - previous[0]).total_seconds() - (current[1] - previous[1])
    return round(step) if abs(step) >= 1 else 0


@dataclass(frozen=True, slots=True)
class LeftOpen:
    """A call of another day that was never finished."""

    day: date
    last: datetime
    """The last thing that was done."""
    close_at: datetime
    """When it probably ended: what was expected after the last thing done, unless that is still to come."""


def left_open(run: Run, now: datetime) -> LeftOpen | None:
    """The call of another day that this run is, to be closed or resumed; None while it can be going on."""
    if run.began is None or run.finished is not None or run.last is None:
        return None
    zone = run.plan.programme.tz
    then = rundown(run, run.last)
    if now.astimezone(zone).date() <= run.last.astimezone(zone).date():
        return None
    if now - max(run.last, then.hard_stop) < LEFT_OPEN:
        return None
    return LeftOpen(run.began.astimezone(zone).date(), run.last, min(now, max(run.last, then.expected_end)))

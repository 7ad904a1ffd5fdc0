"""What events mean for the session's clock, its agenda and the clock of the rooms.

Owns one step a kind of event: run and event to run. It must not know in which order events are applied, nor what is
undone (`core.fold`). An event that makes no sense changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from facilitator_tui.core import events as ev
from facilitator_tui.core.calendar import floor_second
from facilitator_tui.core.durations import SECOND, ZERO, from_seconds
from facilitator_tui.core.events import Event
from facilitator_tui.core.run import BreakoutClock, ItemChange, Pause, Run, Step, Visit

MOST_ROUNDS = 1000

# ---------------------------------------------------------------- the session and its items


def session_started(run: Run, payload: ev.SessionStarted, at: datetime, _: Event) -> Run:
    return replace(run, laid=floor_second(payload.laid), began=run.began or at, finished=None)


def session_finished(run: Run, _payload: ev.SessionFinished, at: datetime, _: Event) -> Run:
    run = _rooms_held(run, at)
    return replace(run, visits=_ended(run.visits, at), finished=at)


def item_started(run: Run, payload: ev.ItemStarted, at: datetime, event: Event) -> Run:
    started = floor_second(payload.starts) if payload.starts else at
    visit = Visit(
        payload.item,
        started,
        event.at,
        payload.title,
        payload.item_kind,
        from_seconds(payload.length_s),
    )
    run = _rooms_held(run, at)
    return replace(
        run,
        visits=(*_ended(run.visits, at), visit),
        finished=None,
        laid=run.laid or at,
        began=run.began or at,
    )


def _ended(visits: tuple[Visit, ...], at: datetime) -> tuple[Visit, ...]:
    """The visits with the last one ended; one that was only awaited never happened."""
    if not visits or visits[-1].ended is not None:
        return visits
    last = visits[-1]
    if last.started > at and last.started > last.pressed:
        return visits[:-1]
    # Another computer's clock may be behind the one that started the item.
    at = max(at, last.started)
    pauses = (*last.pauses[:-1], Pause(last.pauses[-1].started, at)) if last.paused else last.pauses
    return (*visits[:-1], replace(last, ended=at, pauses=pauses))


def _with_live(run: Run, change: Callable[[Visit], Visit]) -> Run:
    if run.live is None:
        return run
    return replace(run, visits=(*run.visits[:-1], change(run.visits[-1])))


def item_paused(run: Run, payload: ev.ItemPaused, at: datetime, _: Event) -> Run:
    began = floor_second(payload.since) if payload.since else at
    return _with_live(run, lambda v: v if v.paused else replace(v, pauses=(*v.pauses, Pause(max(began, v.started)))))


def item_resumed(run: Run, _payload: ev.ItemResumed, at: datetime, _: Event) -> Run:
    def resumed(visit: Visit) -> Visit:
        if not visit.paused:
            return visit
        started = visit.pauses[-1].started
        return replace(visit, pauses=(*visit.pauses[:-1], Pause(started, max(started, at))))

    return _with_live(_rooms_held(run, at), resumed)


def _rooms_held(run: Run, at: datetime) -> Run:
    """A pause ends at `at`: rooms that follow it, and were running when it began, get its length back."""
    live, clock = run.live, run.breakout
    if not (live and live.paused and clock and clock.follows_pause):
        return run
    began = max(live.pauses[-1].started, clock.opened)
    if at <= began or began >= clock.ends or clock.recalled is not None:
        return run
    return _with_clock(run, _lengthened(clock, at - began, began))


def item_extended(run: Run, payload: ev.ItemExtended, at: datetime, _: Event) -> Run:
    change = run.change(payload.item)
    extension = change.extension + from_seconds(payload.seconds)
    return _changed(run, payload.item, replace(change, extension=extension))


def item_backdated(run: Run, payload: ev.ItemBackdated, at: datetime, _: Event) -> Run:
    started = floor_second(payload.started)
    return _with_live(run, lambda v: replace(v, started=started, pressed=started) if v.item == payload.item else v)


def item_skipped(run: Run, payload: ev.ItemSkipped, at: datetime, _: Event) -> Run:
    return _changed(run, payload.item, replace(run.change(payload.item), skipped=True))


def item_unskipped(run: Run, payload: ev.ItemUnskipped, at: datetime, _: Event) -> Run:
    return _changed(run, payload.item, replace(run.change(payload.item), skipped=False))


def item_renamed(run: Run, payload: ev.ItemRenamed, at: datetime, _: Event) -> Run:
    return _changed(run, payload.item, replace(run.change(payload.item), title=payload.title))


def agenda_edited(run: Run, payload: ev.ItemInserted | ev.ItemMoved, at: datetime, _: Event) -> Run:
    return replace(run, edits=(*run.edits, payload))


def agenda_compressed(run: Run, payload: ev.AgendaCompressed, at: datetime, _: Event) -> Run:
    for entry in payload.lengths:
        item, _equals, seconds = entry.rpartition("=")
        if item and seconds.isdecimal() and len(seconds) <= 8:
            change = replace(run.change(item), base=from_seconds(int(seconds)), extension=ZERO)
            run = _changed(run, item, change)
    return run


def _changed(run: Run, item: str, change: ItemChange) -> Run:
    return replace(run, changes={**run.changes, item: change})


def clock_stepped(run: Run, payload: ev.ClockStepped, at: datetime, event: Event) -> Run:
    """The whole call is moved with the clock, so that time spent, time left and every gap stay what they were.

    The plan is not moved: if the clock was wrong before, it is now that the drift is right. A call that is over
    keeps its record. Two consoles of one computer that note the same jump move it once.
    """
    noted = Step(event.device, payload.console, payload.seconds, at)
    if run.finished is not None or (run.step is not None and run.step.same(noted)):
        return run
    step = from_seconds(payload.seconds)

    def moved(visit: Visit) -> Visit:
        return replace(
            visit,
            # A hard start that is awaited stands in the plan; if the clock jumps over it, the item begins.
            started=visit.started + step if visit.started <= at - step else max(visit.started, at),
            pressed=visit.pressed + step,
            ended=visit.ended + step if visit.ended else None,
            pauses=tuple(Pause(p.started + step, p.ended + step if p.ended else None) for p in visit.pauses),
        )

    def clock_moved(clock: BreakoutClock) -> BreakoutClock:
        recalled = clock.recalled + step if clock.recalled else None
        return replace(clock, opened=clock.opened + step, recalled=recalled)

    return replace(
        run,
        laid=run.laid + step if run.laid else None,
        began=run.began + step if run.began else None,
        visits=tuple(moved(visit) for visit in run.visits),
        breakouts=tuple(clock_moved(clock) for clock in run.breakouts),
        step=noted,
    )


# ---------------------------------------------------------------- the clock of the rooms


def rooms_opened(run: Run, payload: ev.RoomsOpened, at: datetime, _: Event) -> Run:
    clock = BreakoutClock(payload.item, at, _round_lengths(payload), follows_pause=payload.follows_pause)
    return replace(run, breakouts=(*run.breakouts, clock))


def _round_lengths(payload: ev.RoomsOpened) -> tuple[timedelta, ...]:
    """The length of each round as it is said; shared out evenly where it is not, or where it makes no sense."""
    said = payload.rounds_s
    if 1 <= len(said) <= MOST_ROUNDS and all(one.isdecimal() and len(one) <= 8 for one in said):
        return tuple(from_seconds(int(one)) for one in said)
    rounds = max(1, min(payload.rounds, MOST_ROUNDS))
    share, rest = divmod(max(ZERO, from_seconds(payload.seconds)) // SECOND, rounds)
    return tuple(SECOND * (share + (number < rest)) for number in range(rounds))


def _with_clock(run: Run, clock: BreakoutClock) -> Run:
    return replace(run, breakouts=(*run.breakouts[:-1], clock))


def rooms_extended(run: Run, payload: ev.RoomsExtended, at: datetime, _: Event) -> Run:
    clock, live = run.breakout, run.live
    if clock is None:
        return run
    if clock.follows_pause and live and live.paused:
        at = max(clock.opened, min(at, live.pauses[-1].started))
    return _with_clock(run, _lengthened(clock, from_seconds(payload.seconds), at))


def _lengthened(clock: BreakoutClock, by: timedelta, at: datetime) -> BreakoutClock:
    """The round under way at `at` gets longer or shorter, later rounds follow.

    It never ends before `at`. Rooms that are over, or were called back, open again for `by` more.
    """
    if at >= clock.ends and by <= ZERO:
        return clock
    number = clock.round_at(min(at, clock.recalled or at)) - 1
    lengths = list(clock.lengths if clock.recalled is None else clock.lengths[: number + 1])
    spent = max(ZERO, at - clock.opened - sum(lengths[:number], ZERO))
    length = spent if at >= clock.ends else lengths[number]
    lengths[number] = max(spent, length + by)
    return replace(clock, lengths=tuple(lengths), recalled=None)


def rooms_recalled(run: Run, _payload: ev.RoomsRecalled, at: datetime, _: Event) -> Run:
    return _with_clock(run, replace(run.breakout, recalled=at)) if run.breakout else run

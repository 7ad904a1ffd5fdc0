"""From events to a `Run`: one small function a kind of event, and the order they are applied in.

Owns the meaning of events. It must not know where they come from. An event costs the same at the start and at
the end of a day. Undo, redo and an event that arrives late (from another device) fold anew only what comes
behind the place they change, from the nearest mark: a `Run` is a value, so a mark is kept for nothing.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from facilitator_tui.core import events as ev
from facilitator_tui.core.calendar import floor_second
from facilitator_tui.core.capture import Capture
from facilitator_tui.core.durations import SECOND, ZERO, from_seconds
from facilitator_tui.core.events import Event
from facilitator_tui.core.plan import Participant, Plan, Session
from facilitator_tui.core.run import (
    BreakoutClock,
    Deed,
    ItemChange,
    Pause,
    Run,
    Seating,
    Turn,
    Visit,
)
from facilitator_tui.core.vector import Vector

MARK_EVERY = 64
MOST_ROUNDS = 1000


class Fold:
    """Keeps a run up to date with its events. `run` is the latest state; older ones stay valid values."""

    def __init__(self, plan: Plan, session: Session, events: Iterable[Event] = ()) -> None:
        self.run = Run(plan, session)
        self._known: dict[str, Event] = {}
        self._events: list[Event] = []
        self._verdicts: list[Event] = []
        """Undo and redo, in order: the last one about an action decides."""
        self._dead: set[str] = set()
        self._first_of: dict[str, _Order] = {}
        """Where the first event of an action stands."""
        self._folded = 0
        self._marks = [self.run]
        """The run as it was before every 64th event."""
        self._places: dict[str, int] = {}
        self.add(events)

    @property
    def events(self) -> tuple[Event, ...]:
        """Everything that was folded, in order."""
        return tuple(self._events)

    def replan(self, plan: Plan, session: Session) -> Run:
        """The same events over a changed plan."""
        self._marks = [Run(plan, session)]
        self._fold_from(0)
        return self.run

    def add(self, events: Iterable[Event]) -> Run:
        """Fold events in; one that is known already changes nothing, a better copy of it takes its place."""
        fresh = {event.id: event for event in events if self._known.get(event.id) != event}
        if not fresh:
            return self.run
        if any(id in self._known for id in fresh):
            changed = self._take_over(fresh)
        else:
            changed = min(self._insert(event) for event in sorted(fresh.values(), key=_order))
        self._known.update(fresh)
        if any(isinstance(event.payload, _VERDICTS) for event in fresh.values()):
            changed = min(changed, self._judge())
        self._fold_from(changed)
        return self.run

    def _insert(self, event: Event) -> int:
        """Put one event in its place, which is nearly always the end, and tell that place."""
        if isinstance(event.payload, _VERDICTS):
            insort(self._verdicts, event, key=_order)
        first = self._first_of.get(event.action)
        if first is None or event.order < first:
            self._first_of[event.action] = event.order
        if not self._events or event.order > self._events[-1].order:
            self._events.append(event)
            return len(self._events) - 1
        place = bisect_left(self._events, event.order, key=_order)
        self._events.insert(place, event)
        return place

    def _take_over(self, fresh: dict[str, Event]) -> int:
        """Sort everything anew, since a better copy may stand in another place."""
        everything = sorted({**self._known, **fresh}.values(), key=_order)
        self._events, self._verdicts, self._first_of = [], [], {}
        for event in everything:
            self._insert(event)
        self._judge()
        return 0

    def _judge(self) -> int:
        """Find out which actions are undone, and the place of the first event that this changes."""
        dead: set[str] = set()
        for event in self._verdicts:
            if isinstance(event.payload, ev.ActionUndone):
                dead.add(event.payload.action)
            elif isinstance(event.payload, ev.ActionRedone):
                dead.discard(event.payload.action)
        changed = [self._first_of[action] for action in dead ^ self._dead if action in self._first_of]
        self._dead = dead
        return bisect_left(self._events, min(changed), key=_order) if changed else len(self._events)

    def _fold_from(self, place: int) -> None:
        """Fold what stands at `place` and behind it, going back to the nearest mark if that was folded."""
        if place < self._folded or place == 0:
            mark = place // MARK_EVERY
            del self._marks[mark + 1 :]
            self._folded, self.run = mark * MARK_EVERY, self._marks[mark]
            captures = len(self.run.captures)
            self._places = {id: at for id, at in self._places.items() if at < captures}
        while self._folded < len(self._events):
            event = self._events[self._folded]
            self._take(event, alive=event.action not in self._dead)
            self._folded += 1
            if self._folded % MARK_EVERY == 0:
                self._marks.append(self.run)

    def _take(self, event: Event, alive: bool) -> None:
        run = _remember(self.run, event)
        if alive:
            if isinstance(event.payload, ev.CaptureAdded | ev.CaptureEdited | ev.CaptureRemoved):
                run = _fold_capture(run, event, self._places)
            elif step := _STEPS.get(type(event.payload)):
                run = step(run, event.payload, floor_second(event.at), event)
        self.run = run


_Order = tuple[str, int, str]
_VERDICTS = (ev.ActionUndone, ev.ActionRedone)


def _order(event: Event) -> _Order:
    return event.order


def _remember(run: Run, event: Event) -> Run:
    """Keep the line of actions that can be undone and of those that can be redone."""
    payload = event.payload
    last = event.at if run.last is None or event.at > run.last else run.last
    if isinstance(payload, ev.ActionUndone):
        done, deed = _without(run.done, payload.action)
        return replace(run, done=done, undone=run.undone.appended(deed) if deed else run.undone, last=last)
    if isinstance(payload, ev.ActionRedone):
        undone, deed = _without(run.undone, payload.action)
        return replace(run, undone=undone, done=run.done.appended(deed) if deed else run.done, last=last)
    if not payload.undoable or (event.group and event.group != event.id):
        return replace(run, last=last)
    return replace(run, done=run.done.appended(Deed(event.action, payload, event.at)), undone=Vector[Deed](), last=last)


def _without(deeds: Vector[Deed], action: str) -> tuple[Vector[Deed], Deed | None]:
    if len(deeds) and deeds[-1].action == action:
        return deeds.popped(), deeds[-1]
    found = next((deed for deed in deeds if deed.action == action), None)
    return (Vector(d for d in deeds if d is not found), found) if found else (deeds, None)


# ---------------------------------------------------------------- the clock


def _session_started(run: Run, payload: ev.SessionStarted, at: datetime, _: Event) -> Run:
    return replace(run, laid=floor_second(payload.laid), began=run.began or at, finished=None)


def _session_finished(run: Run, _payload: ev.SessionFinished, at: datetime, _: Event) -> Run:
    run = _rooms_held(run, at)
    return replace(run, visits=_ended(run.visits, at), finished=at)


def _item_started(run: Run, payload: ev.ItemStarted, at: datetime, event: Event) -> Run:
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


def _item_paused(run: Run, payload: ev.ItemPaused, at: datetime, _: Event) -> Run:
    began = floor_second(payload.since) if payload.since else at
    return _with_live(run, lambda v: v if v.paused else replace(v, pauses=(*v.pauses, Pause(max(began, v.started)))))


def _item_resumed(run: Run, _payload: ev.ItemResumed, at: datetime, _: Event) -> Run:
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


def _item_extended(run: Run, payload: ev.ItemExtended, at: datetime, _: Event) -> Run:
    change = run.change(payload.item)
    extension = change.extension + from_seconds(payload.seconds)
    return _changed(run, payload.item, replace(change, extension=extension))


def _item_backdated(run: Run, payload: ev.ItemBackdated, at: datetime, _: Event) -> Run:
    started = floor_second(payload.started)
    return _with_live(run, lambda v: replace(v, started=started, pressed=started) if v.item == payload.item else v)


def _item_skipped(run: Run, payload: ev.ItemSkipped, at: datetime, _: Event) -> Run:
    return _changed(run, payload.item, replace(run.change(payload.item), skipped=True))


def _item_unskipped(run: Run, payload: ev.ItemUnskipped, at: datetime, _: Event) -> Run:
    return _changed(run, payload.item, replace(run.change(payload.item), skipped=False))


def _item_renamed(run: Run, payload: ev.ItemRenamed, at: datetime, _: Event) -> Run:
    return _changed(run, payload.item, replace(run.change(payload.item), title=payload.title))


def _agenda_edited(run: Run, payload: ev.ItemInserted | ev.ItemMoved, at: datetime, _: Event) -> Run:
    return replace(run, edits=(*run.edits, payload))


def _agenda_compressed(run: Run, payload: ev.AgendaCompressed, at: datetime, _: Event) -> Run:
    for entry in payload.lengths:
        item, _equals, seconds = entry.rpartition("=")
        if item and seconds.isdecimal() and len(seconds) <= 8:
            change = replace(run.change(item), base=from_seconds(int(seconds)), extension=ZERO)
            run = _changed(run, item, change)
    return run


def _changed(run: Run, item: str, change: ItemChange) -> Run:
    return replace(run, changes={**run.changes, item: change})


def _clock_stepped(run: Run, payload: ev.ClockStepped, at: datetime, _: Event) -> Run:
    """The whole call is moved with the clock, so that time spent, time left and every gap stay what they were.

    The plan is not moved: if the clock was wrong before, it is now that the drift is right. A call that is over
    keeps its record.
    """
    if run.finished is not None:
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
    )


# ---------------------------------------------------------------- people


def _person_added(run: Run, payload: ev.PersonAdded, at: datetime, _: Event) -> Run:
    if run.roster.person(payload.person):
        return run
    return replace(run, added=(*run.added, Participant(payload.person, payload.name, role="participant")))


def _person_arrived(run: Run, payload: ev.PersonArrived, at: datetime, _: Event) -> Run:
    left = {person: when for person, when in run.left.items() if person != payload.person}
    return replace(run, here={payload.person: at, **run.here}, left=left)


def _person_left(run: Run, payload: ev.PersonLeft, at: datetime, _: Event) -> Run:
    hands = {person: when for person, when in run.hands.items() if person != payload.person}
    return replace(run, left={**run.left, payload.person: at}, hands=hands)


def _turn_taken(run: Run, payload: ev.TurnTaken, at: datetime, _: Event) -> Run:
    hands = {person: when for person, when in run.hands.items() if person != payload.person}
    return replace(run, turns=run.turns.appended(Turn(payload.person, payload.item, at)), hands=hands)


def _hand_raised(run: Run, payload: ev.HandRaised, at: datetime, _: Event) -> Run:
    return replace(run, hands={payload.person: at, **run.hands})


def _hand_lowered(run: Run, payload: ev.HandLowered, at: datetime, _: Event) -> Run:
    return replace(run, hands={p: when for p, when in run.hands.items() if p != payload.person})


# ---------------------------------------------------------------- rooms


def _rooms_planned(run: Run, payload: ev.RoomsPlanned, at: datetime, _: Event) -> Run:
    if not len(payload.rooms) == len(payload.names) == len(payload.seats):
        return run
    seating = Seating(payload.rooms, payload.names, tuple(tuple(seat.split()) for seat in payload.seats))
    return replace(run, seatings={**run.seatings, (payload.item, payload.round): seating})


def _seat_changed(run: Run, payload: ev.SeatChanged, at: datetime, _: Event) -> Run:
    seating = run.seating(payload.item, payload.round)
    if seating is None:
        return run
    key = (payload.item, payload.round)
    return replace(run, seatings={**run.seatings, key: seating.with_seat(payload.person, payload.room)})


def _room_chosen(run: Run, payload: ev.RoomChosen, at: datetime, _: Event) -> Run:
    before = {p: r for p, r in run.choices.get(payload.item, {}).items() if p != payload.person}
    chosen = {**before, payload.person: payload.room} if payload.room else before
    return replace(run, choices={**run.choices, payload.item: chosen})


def _rooms_opened(run: Run, payload: ev.RoomsOpened, at: datetime, _: Event) -> Run:
    rounds = max(1, min(payload.rounds, MOST_ROUNDS))
    share, rest = divmod(max(ZERO, from_seconds(payload.seconds)) // SECOND, rounds)
    lengths = tuple(SECOND * (share + (number < rest)) for number in range(rounds))
    clock = BreakoutClock(payload.item, at, lengths, follows_pause=payload.follows_pause)
    return replace(run, breakouts=(*run.breakouts, clock))


def _with_clock(run: Run, clock: BreakoutClock) -> Run:
    return replace(run, breakouts=(*run.breakouts[:-1], clock))


def _rooms_extended(run: Run, payload: ev.RoomsExtended, at: datetime, _: Event) -> Run:
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


def _rooms_recalled(run: Run, _payload: ev.RoomsRecalled, at: datetime, _: Event) -> Run:
    return _with_clock(run, replace(run.breakout, recalled=at)) if run.breakout else run


# ---------------------------------------------------------------- captures


def _fold_capture(run: Run, event: Event, places: dict[str, int]) -> Run:
    """Add a capture or a version of one. Versions that an edit did not see stay visible beside it."""
    payload = event.payload
    if isinstance(payload, ev.CaptureAdded):
        places[event.id] = len(run.captures)
        return replace(run, captures=run.captures.appended(Capture(event.id, event.at, payload, (event.id,))))
    assert isinstance(payload, ev.CaptureEdited | ev.CaptureRemoved)
    place = places.get(payload.capture)
    if place is None:
        if isinstance(payload, ev.CaptureRemoved):
            return run
        places[payload.capture] = len(run.captures)
        fresh = Capture(payload.capture, event.at, payload, (event.id,))
        return replace(run, captures=run.captures.appended(fresh))
    capture = run.captures[place]
    contents = dict(zip(capture.versions, (capture.content, *capture.others), strict=True))
    unseen = [] if capture.removed else [v for v in capture.versions if v not in payload.over]
    if isinstance(payload, ev.CaptureEdited):
        heads, first = (event.id, *unseen), payload
        changed = replace(
            capture, content=first, versions=heads, others=tuple(contents[v] for v in unseen), removed=False
        )
    elif unseen:
        kept = tuple(contents[v] for v in unseen)
        changed = replace(capture, content=kept[0], versions=tuple(unseen), others=kept[1:])
    else:
        changed = replace(capture, versions=(event.id,), others=(), removed=True)
    return replace(run, captures=run.captures.replaced(place, changed))


_STEPS: dict[type[ev.Payload], Callable[[Run, Any, datetime, Event], Run]] = {
    ev.SessionStarted: _session_started,
    ev.SessionFinished: _session_finished,
    ev.ItemStarted: _item_started,
    ev.ItemPaused: _item_paused,
    ev.ItemResumed: _item_resumed,
    ev.ItemExtended: _item_extended,
    ev.ItemBackdated: _item_backdated,
    ev.ItemSkipped: _item_skipped,
    ev.ItemUnskipped: _item_unskipped,
    ev.ItemInserted: _agenda_edited,
    ev.ItemMoved: _agenda_edited,
    ev.ItemRenamed: _item_renamed,
    ev.AgendaCompressed: _agenda_compressed,
    ev.ClockStepped: _clock_stepped,
    ev.PersonAdded: _person_added,
    ev.PersonArrived: _person_arrived,
    ev.PersonLeft: _person_left,
    ev.TurnTaken: _turn_taken,
    ev.HandRaised: _hand_raised,
    ev.HandLowered: _hand_lowered,
    ev.RoomsPlanned: _rooms_planned,
    ev.SeatChanged: _seat_changed,
    ev.RoomChosen: _room_chosen,
    ev.RoomsOpened: _rooms_opened,
    ev.RoomsExtended: _rooms_extended,
    ev.RoomsRecalled: _rooms_recalled,
}

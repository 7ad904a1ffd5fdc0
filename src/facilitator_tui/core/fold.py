"""From events to a `Run`: the order they are applied in, what is undone, and the table of what each kind does.

Owns the order of events and undo. It must not know where events come from; what a kind of event means stands in
`core.fold_clock` and `core.fold_people`, but for captures, whose place in the list is remembered here. An event costs
the same at the start and at the end of a day. Undo, redo and an event that arrives late (from another device) fold
anew only what comes behind the place they change, from the nearest mark: a `Run` is a value, so a mark is kept for
nothing.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from itertools import groupby
from typing import Any

from facilitator_tui.core import events as ev
from facilitator_tui.core import fold_clock, fold_people
from facilitator_tui.core.calendar import floor_second
from facilitator_tui.core.capture import Capture
from facilitator_tui.core.events import Event
from facilitator_tui.core.plan import Plan, Session
from facilitator_tui.core.run import Deed, Run
from facilitator_tui.core.vector import Vector

MARK_EVERY = 64


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
            end = (self._folded // MARK_EVERY + 1) * MARK_EVERY
            stretch = self._events[self._folded : end]
            for adds, events in groupby(stretch, self._adds_capture):
                if adds:
                    self._add_captures(events)
                else:
                    for event in events:
                        self._take(event, alive=event.action not in self._dead)
            self._folded += len(stretch)
            if self._folded == end:
                self._marks.append(self.run)

    def _adds_capture(self, event: Event) -> bool:
        return isinstance(event.payload, ev.CaptureAdded) and event.action not in self._dead

    def _add_captures(self, events: Iterable[Event]) -> None:
        """Add captures that follow each other. They are by far the most frequent, and each copy of a run has its price,
        so it is copied once for all of them."""
        run = self.run
        captures, done, last = run.captures, run.done, run.last
        for event in events:
            assert isinstance(event.payload, ev.CaptureAdded)
            self._places[event.id] = len(captures)
            captures = captures.appended(Capture(event.id, event.at, event.payload, (event.id,)))
            done, last = _with_deed(done, event), _later(last, event)
        undone = run.undone if done is run.done else Vector[Deed]()
        self.run = replace(run, captures=captures, done=done, undone=undone, last=last)

    def _take(self, event: Event, alive: bool) -> None:
        run = replace(self.run, **_remembered(self.run, event))
        if alive:
            if isinstance(event.payload, ev.CaptureEdited | ev.CaptureRemoved):
                run = _fold_capture(run, event, self._places)
            elif step := _STEPS.get(type(event.payload)):
                run = step(run, event.payload, floor_second(event.at), event)
        self.run = run


_Order = tuple[str, int, str]
_VERDICTS = (ev.ActionUndone, ev.ActionRedone)


def _order(event: Event) -> _Order:
    return event.order


def _remembered(run: Run, event: Event) -> dict[str, Any]:
    """What an event changes in every case: the lines of actions that can be undone and redone, and the last instant."""
    payload = event.payload
    last = _later(run.last, event)
    if isinstance(payload, ev.ActionUndone):
        done, deed = _without(run.done, payload.action)
        return {"done": done, "undone": run.undone.appended(deed) if deed else run.undone, "last": last}
    if isinstance(payload, ev.ActionRedone):
        undone, deed = _without(run.undone, payload.action)
        return {"undone": undone, "done": run.done.appended(deed) if deed else run.done, "last": last}
    done = _with_deed(run.done, event)
    return {"last": last} if done is run.done else {"done": done, "undone": Vector[Deed](), "last": last}


def _later(last: datetime | None, event: Event) -> datetime:
    return event.at if last is None or event.at > last else last


def _with_deed(done: Vector[Deed], event: Event) -> Vector[Deed]:
    """The line of deeds with that of an event, if it begins an action that can be undone."""
    if not event.payload.undoable or (event.group and event.group != event.id):
        return done
    return done.appended(Deed(event.action, event.payload, event.at))


def _without(deeds: Vector[Deed], action: str) -> tuple[Vector[Deed], Deed | None]:
    if len(deeds) and deeds[-1].action == action:
        return deeds.popped(), deeds[-1]
    found = next((deed for deed in deeds if deed.action == action), None)
    return (Vector(d for d in deeds if d is not found), found) if found else (deeds, None)


def _fold_capture(run: Run, event: Event, places: dict[str, int]) -> Run:
    """Add a version of a capture. Versions that an edit did not see stay visible beside it."""
    payload = event.payload
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
    ev.SessionStarted: fold_clock.session_started,
    ev.SessionFinished: fold_clock.session_finished,
    ev.ItemStarted: fold_clock.item_started,
    ev.ItemPaused: fold_clock.item_paused,
    ev.ItemResumed: fold_clock.item_resumed,
    ev.ItemExtended: fold_clock.item_extended,
    ev.ItemBackdated: fold_clock.item_backdated,
    ev.ItemSkipped: fold_clock.item_skipped,
    ev.ItemUnskipped: fold_clock.item_unskipped,
    ev.ItemInserted: fold_clock.agenda_edited,
    ev.ItemMoved: fold_clock.agenda_edited,
    ev.ItemRenamed: fold_clock.item_renamed,
    ev.AgendaCompressed: fold_clock.agenda_compressed,
    ev.ClockStepped: fold_clock.clock_stepped,
    ev.PersonAdded: fold_people.person_added,
    ev.PersonArrived: fold_people.person_arrived,
    ev.PersonLeft: fold_people.person_left,
    ev.TurnTaken: fold_people.turn_taken,
    ev.HandRaised: fold_people.hand_raised,
    ev.HandLowered: fold_people.hand_lowered,
    ev.HandMoved: fold_people.hand_moved,
    ev.VoteCast: fold_people.vote_cast,
    ev.IdeaPlaced: fold_people.idea_placed,
    ev.MessageCopied: fold_people.message_copied,
    ev.RoomsPlanned: fold_people.rooms_planned,
    ev.SeatChanged: fold_people.seat_changed,
    ev.RoomChosen: fold_people.room_chosen,
    ev.RoomLocked: fold_people.room_locked,
    ev.RoomsOpened: fold_clock.rooms_opened,
    ev.RoomsExtended: fold_clock.rooms_extended,
    ev.RoomsRecalled: fold_clock.rooms_recalled,
}

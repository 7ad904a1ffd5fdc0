"""What has happened in a session so far: one frozen `Run`, the values it is made of, and their questions.

Owns the state of a call. It must not know how it came about (`core.fold`), what is expected (`core.rundown`) or
where it is kept. All instants are UTC in whole seconds, all lengths are `timedelta`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from facilitator_tui.core.capture import Capture
from facilitator_tui.core.durations import ZERO, from_seconds
from facilitator_tui.core.events import ItemInserted, ItemMoved, Payload
from facilitator_tui.core.plan import Item, Participant, Plan, Roster, Session, default_least
from facilitator_tui.core.vector import Vector

SAME_STEP = timedelta(seconds=5)
"""Consoles look at their clock once a second, so they note a jump of it within this time of each other."""

GRACE = timedelta(minutes=1)
"""After the last round people get a minute to say goodbye before the rooms count as closed."""


@dataclass(frozen=True, slots=True)
class Pause:
    started: datetime
    ended: datetime | None = None


@dataclass(frozen=True, slots=True)
class Visit:
    """One time an item was live. Going back to an item is a second visit; the first one stays as it was."""

    item: str
    started: datetime
    pressed: datetime
    """When the key was pressed: earlier than `started` while a hard start is awaited."""
    title: str = ""
    kind: str = "plenary"
    length: timedelta = ZERO
    ended: datetime | None = None
    pauses: tuple[Pause, ...] = ()

    @property
    def paused(self) -> bool:
        return bool(self.pauses) and self.pauses[-1].ended is None

    def paused_for(self, now: datetime) -> timedelta:
        """The sum of the pauses up to `now`."""
        if not self.pauses:
            return ZERO
        until = self.end_at(now)
        return sum((max(ZERO, min(p.ended or until, until) - p.started) for p in self.pauses), ZERO)

    def end_at(self, now: datetime) -> datetime:
        return max(self.started, self.ended or now)

    def elapsed(self, now: datetime) -> timedelta:
        """Time spent on the item, pauses taken out: never negative."""
        return self.end_at(now) - self.started - self.paused_for(now)


@dataclass(frozen=True, slots=True)
class ItemChange:
    """What was changed live on an item's row: nothing of it is in the plan."""

    base: timedelta | None = None
    """A length set by a compress, in place of the plan's."""
    extension: timedelta = ZERO
    skipped: bool = False
    title: str = ""


UNCHANGED = ItemChange()


@dataclass(frozen=True, slots=True)
class BreakoutClock:
    """The clock of the rooms: parallel to the item's and independent of it."""

    item: str
    opened: datetime
    lengths: tuple[timedelta, ...]
    """One length a round."""
    recalled: datetime | None = None
    follows_pause: bool = False

    @property
    def ends(self) -> datetime:
        """When the last round ends; a recall ends all of them."""
        return self.recalled or self.opened + sum(self.lengths, ZERO)

    def round_at(self, now: datetime) -> int:
        """The round under way at `now`, from 1; the last one when all are over."""
        end = self.opened
        now = min(now, self.recalled or now)
        for number, length in enumerate(self.lengths, 1):
            end += length
            if now < end:
                return number
        return len(self.lengths)

    def round_ends(self, number: int) -> datetime:
        """When round `number` (from 1) ends."""
        return min(self.ends, self.opened + sum(self.lengths[:number], ZERO))


@dataclass(frozen=True, slots=True)
class Seating:
    """Who sits where in one round: rooms in order, people in each."""

    rooms: tuple[str, ...]
    names: tuple[str, ...]
    seats: tuple[tuple[str, ...], ...]

    def room_of(self, person: str) -> str:
        """The room's id, empty when the person is not seated."""
        return next((room for room, seat in zip(self.rooms, self.seats, strict=True) if person in seat), "")

    def with_seat(self, person: str, room: str) -> Seating:
        """The seating with one person in `room` (empty: nowhere)."""
        seats = tuple(
            tuple(p for p in seat if p != person) + ((person,) if id == room else ())
            for id, seat in zip(self.rooms, self.seats, strict=True)
        )
        return replace(self, seats=seats)


@dataclass(frozen=True, slots=True)
class Turn:
    person: str
    item: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Deed:
    """An action that can be undone or redone: the id it is named by and the payload that opened it."""

    action: str
    first: Payload
    at: datetime


@dataclass(frozen=True, slots=True)
class Step:
    """A computer's clock jumped: which computer, which of its consoles said so, by how much, and when it was seen."""

    device: str
    console: str
    seconds: int
    at: datetime

    def same(self, other: Step) -> bool:
        """Whether two consoles of one computer speak of the same jump."""
        return (
            self.device == other.device
            and bool(self.console and other.console)
            and self.console != other.console
            and abs(self.seconds - other.seconds) <= 2
            and abs(self.at - other.at) <= SAME_STEP
        )


@dataclass(frozen=True, slots=True)
class Run:
    """The one truth of a session: the plan it follows and the fold of its events."""

    plan: Plan
    session: Session
    laid: datetime | None = None
    """The planned start in force once the session has begun; None before."""
    began: datetime | None = None
    finished: datetime | None = None
    visits: tuple[Visit, ...] = ()
    changes: Mapping[str, ItemChange] = field(default_factory=dict)
    edits: tuple[ItemInserted | ItemMoved, ...] = ()
    breakouts: tuple[BreakoutClock, ...] = ()
    """The clocks of the rooms that were opened, in order."""
    seatings: Mapping[tuple[str, int], Seating] = field(default_factory=dict)
    choices: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Item id to the rooms that people named (`-`: they sit out), first come first."""
    locks: frozenset[tuple[str, int, str]] = frozenset()
    """Item, round and room: these rooms keep their people when rooms are planned again."""
    added: tuple[Participant, ...] = ()
    here: Mapping[str, datetime] = field(default_factory=dict)
    left: Mapping[str, datetime] = field(default_factory=dict)
    turns: Vector[Turn] = field(default_factory=Vector)
    hands: Mapping[str, datetime] = field(default_factory=dict)
    hand_moves: tuple[tuple[str, str], ...] = ()
    """Hands that the facilitator moved, in order: who, and before whom (empty: last)."""
    votes: Mapping[tuple[str, str], int] = field(default_factory=dict)
    """Dots by item and option, options in the order of their first dot; never negative."""
    voted_on: Mapping[str, str] = field(default_factory=dict)
    """What each option that was voted on says."""
    placed: Mapping[str, str] = field(default_factory=dict)
    """Ideas to the session they were given to during the call; an empty one: open again."""
    copied: tuple[tuple[str, str], ...] = ()
    """Messages that were copied, each with the item that was live."""
    captures: Vector[Capture] = field(default_factory=Vector)
    """Every capture ever made, in order; removed ones are kept and marked."""
    done: Vector[Deed] = field(default_factory=Vector)
    undone: Vector[Deed] = field(default_factory=Vector)
    last: datetime | None = None
    """The latest instant that an event spoke of."""
    step: Step | None = None
    """The jump of a clock that was noted last."""

    @property
    def roster(self) -> Roster:
        """The plan's people and those who came without being on the list."""
        roster = self.plan.roster
        return replace(roster, people=roster.people + self.added) if self.added else roster

    @property
    def live(self) -> Visit | None:
        """The visit under way or awaited; None before the start and after the end."""
        last = self.visits[-1] if self.visits else None
        return last if last and last.ended is None and self.finished is None else None

    @property
    def breakout(self) -> BreakoutClock | None:
        """The clock of the rooms opened last."""
        return self.breakouts[-1] if self.breakouts else None

    def change(self, item: str) -> ItemChange:
        return self.changes.get(item, UNCHANGED)

    def seating(self, item: str, round: int) -> Seating | None:
        return self.seatings.get((item, round))

    def shown_captures(self) -> list[Capture]:
        """The captures that were not removed, in order."""
        return [capture for capture in self.captures if not capture.removed]

    def capture(self, id: str) -> Capture | None:
        return next((capture for capture in self.captures if capture.id == id), None)


def agenda(run: Run) -> tuple[Item, ...]:
    """The agenda in force: the plan's, with what was inserted, moved and renamed live.

    An item that ran and was deleted from the plan since keeps its place behind the one that ran before it.
    """
    order = _Order(run.session.agenda)
    inserted = {edit.item for edit in run.edits if isinstance(edit, ItemInserted)}
    _keep_orphans(run, order, inserted)
    for edit in run.edits:
        if isinstance(edit, ItemMoved):
            order.move(edit.item, edit.after)
        elif edit.item not in order.taken:
            # One that the plan has by now, or that two people inserted at once, is not there twice.
            length = from_seconds(edit.length_s)
            least = default_least(edit.item_kind, length)
            known = edit.after in order.taken or not edit.after
            after = edit.after if known else _ran_before(run, edit)
            order.put(Item(edit.item, edit.title, length, edit.item_kind, least), after)
    return tuple(_renamed(run, order.taken[id]) for id in order.ids)


class _Order:
    """Items by id in the order they are in, while an agenda is put together."""

    def __init__(self, items: tuple[Item, ...]) -> None:
        self.taken = {item.id: item for item in items}
        self.ids = [item.id for item in items]

    def put(self, item: Item, after: str) -> None:
        """Behind `after`; first when that is empty, last when it is unknown."""
        place = 0 if not after else self.ids.index(after) + 1 if after in self.taken else len(self.ids)
        self.ids.insert(place, item.id)
        self.taken[item.id] = item

    def move(self, id: str, after: str) -> None:
        if id in self.taken and id != after and (not after or after in self.taken):
            self.ids.remove(id)
            self.put(self.taken[id], after)


def _ran_before(run: Run, edit: ItemInserted) -> str:
    """What ran before an inserted item whose neighbour is gone from the plan; itself when it never ran."""
    ran = [visit.item for visit in run.visits]
    place = ran.index(edit.item) if edit.item in ran else 0
    return ran[place - 1] if place else edit.item


def _keep_orphans(run: Run, order: _Order, inserted: set[str]) -> None:
    before = ""
    for visit in run.visits:
        if visit.item not in order.taken and visit.item not in inserted:
            least = default_least(visit.kind, visit.length)
            order.put(Item(visit.item, visit.title, visit.length, visit.kind, least), before)
        if visit.item in order.taken:
            before = visit.item


def _renamed(run: Run, item: Item) -> Item:
    change = run.changes.get(item.id)
    return replace(item, title=change.title) if change and change.title else item


def length_in_force(run: Run, item: Item) -> timedelta:
    """Plan, compress and extensions together; never negative. Without regard to a fixed end."""
    change = run.change(item.id)
    return max(ZERO, (item.length if change.base is None else change.base) + change.extension)

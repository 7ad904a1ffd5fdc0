"""The rounds of an item with rooms: who is seated, which rooms there are in each round, how its method regroups.

Owns the reading of an item as rounds of rooms. It must not know who sits where, what happened, or how seats are
found. Rounds count from 1.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from facilitator_tui import rotation
from facilitator_tui.core.actions import Refused
from facilitator_tui.core.people import is_here
from facilitator_tui.core.plan import Item, Participant, Plan, SessionRoom
from facilitator_tui.core.run import Run, Seating, agenda
from facilitator_tui.rotation import Person, RoomSpec

USUAL_SIZE = 4
"""People a room when the plan says neither a size nor a number of rooms."""

SITS_OUT = "-"
"""Chosen in place of a room by whoever stays in the main room."""


@dataclass(frozen=True, slots=True)
class Grouping:
    """One round of a method: it begins with step `step` (from 1, over all repetitions), `size` people a group."""

    step: int
    size: int
    merge: bool
    """The groups of the round before join, so that nobody loses a partner."""


def is_breakout(item: Item) -> bool:
    return item.kind == "breakout" or item.size is not None or item.rooms is not None


def has_rooms(plan: Plan, item: Item) -> bool:
    """Whether people sit in rooms: a breakout, or a method with a step in groups."""
    return is_breakout(item) or bool(groupings(plan, item))


def groupings(plan: Plan, item: Item) -> tuple[Grouping, ...]:
    """The rounds that the steps of an item's method make; none where the item counts its own rounds."""
    method = plan.methods.get(item.method)
    if method is None or item.rounds > 1:
        return ()
    found: list[Grouping] = []
    for number, step in enumerate(method.steps * max(1, method.times), 1):
        if step.group > 1 and (not found or step.new_rooms or step.merge or step.group != found[-1].size):
            found.append(Grouping(number, step.group, step.merge and bool(found)))
    return tuple(found)


def round_count(plan: Plan, item: Item) -> int:
    return len(groupings(plan, item)) or item.rounds


def merges(plan: Plan, item: Item, number: int) -> bool:
    """Whether the groups of the round before stay whole in this one."""
    made = groupings(plan, item)
    return number <= len(made) and made[number - 1].merge


def item_before(run: Run, item: Item) -> Item | None:
    """The breakout that `keep` and `swap` look at: the one named, else the last one before the item."""
    before = []
    for other in agenda(run):
        if other.id == item.id:
            break
        if has_rooms(run.plan, other) and not run.change(other.id).skipped:
            before.append(other)
    if item.after:
        return next((other for other in before if other.id == item.after), None)
    return before[-1] if before else None


# ---------------------------------------------------------------- who


def named_rooms(run: Run, item: Item) -> tuple[SessionRoom, ...]:
    """The session's rooms that an item names; none where it only says how many."""
    named = item.rooms if isinstance(item.rooms, tuple) else ()
    return tuple(room for room in run.session.rooms if room.id in named)


def guests(run: Run, item: Item) -> dict[str, str]:
    """The guest of each room of an item, by room id: shown there, never counted or moved.

    A participant who is a room's guest is no visitor but has a seat there, as if chosen (`pinned`).
    """
    seated = {person.id for person in run.roster.people if person.role == "participant"}
    rooms = named_rooms(run, item)
    return {room.id: room.guest for room in rooms if room.guest and room.guest not in seated}


def sitting_out(run: Run, item: Item) -> tuple[str, ...]:
    """Ids of those who asked to stay out of the rooms of an item."""
    return tuple(person for person, room in run.choices.get(item.id, {}).items() if room == SITS_OUT)


def seated_people(run: Run, item: Item) -> list[Participant]:
    """Those who get a seat: participants who are here. Team, speakers, visitors and who sits out do not."""
    without = set(sitting_out(run, item))
    return [
        person
        for person in run.roster.people
        if person.role == "participant" and person.id not in without and is_here(run, person.id)
    ]


def as_person(person: Participant, seated: frozenset[str]) -> Person:
    """A participant as the rotation sees one: marks, languages, newcomer, and the buddy if seated too."""
    marks = {"org": person.org, "region": person.region, "sector": person.sector, "country": person.country}
    known = {name: value for name, value in marks.items() if value}
    if person.new:
        known["new"] = "new"
    buddy = person.buddy if person.buddy in seated else None
    return Person(person.id, known, frozenset(person.langs), person.new, buddy)


# ---------------------------------------------------------------- which rooms


def room_specs(run: Run, item: Item, people: int, number: int = 1) -> tuple[RoomSpec, ...]:
    """The rooms of a round for so many people: sizes even within one unless a room has a size of its own.

    Raises RotationProblem when there is nobody or no room.
    """
    made = groupings(run.plan, item)
    step = made[number - 1] if number <= len(made) else None
    own = item.rooms if step is None or len(made) == 1 or not step.merge else None
    if isinstance(own, tuple):
        named = [room for id in own for room in run.session.rooms if room.id == id]
        return _with_choice(item, _named(run, named, people), people, _limited(run))
    if own is not None:
        return _with_choice(item, _even(rotation.room_sizes(people, rooms=min(own, max(1, people)))), people)
    size = step.size if step and (item.size is None or len(made) > 1) else item.size or USUAL_SIZE
    return _with_choice(item, _even(_sizes(people, size, run.plan.rooms.min_size)), people)


def _sizes(people: int, size: int, least: int) -> list[int]:
    """Rooms of about this size, fewer ones rather than one with hardly anybody in it."""
    sizes = rotation.room_sizes(people, size=size)
    while len(sizes) > 1 and sizes[-1] < min(least, size):
        sizes = rotation.room_sizes(people, rooms=len(sizes) - 1)
    return sizes


def _even(sizes: Sequence[int]) -> tuple[RoomSpec, ...]:
    low, high = min(sizes), max(sizes)
    return tuple(RoomSpec(str(number), f"Room {number}", low, high, high) for number in range(1, len(sizes) + 1))


def _named(run: Run, rooms: Sequence[SessionRoom], people: int) -> tuple[RoomSpec, ...]:
    if not rooms:
        raise Refused(f"none of the rooms is known in {run.session.id}: write them into its rooms")
    sizes = shared_sizes(people, [room.size for room in rooms])
    return tuple(_named_room(room, size) for room, size in zip(rooms, sizes, strict=True))


def shared_sizes(people: int, limits: Sequence[int | None]) -> list[tuple[int, int]]:
    """Smallest and largest size of each room: even within one, but for rooms that take fewer than their share.

    Some rooms stay empty when there are more of them than people.
    """
    left, open_rooms = people, list(range(len(limits)))
    sizes = [(0, 0)] * len(limits)
    while open_rooms:
        share = -(-left // len(open_rooms))
        small = [at for at in open_rooms if (limit := limits[at]) is not None and limit < share]
        if not small:
            break
        for at in small:
            limit = limits[at] or 0
            sizes[at] = (limit, limit)
            left = max(0, left - limit)
            open_rooms.remove(at)
    low, rest = divmod(left, len(open_rooms)) if open_rooms else (0, 0)
    for at in open_rooms:
        sizes[at] = (low, low + (rest > 0))
    return sizes


def _named_room(room: SessionRoom, size: tuple[int, int]) -> RoomSpec:
    low, high = size
    largest = room.size if room.size is not None else max(1, high)
    return RoomSpec(room.id, room.name, min(low, largest), min(high, largest), largest, frozenset(room.langs))


def _with_choice(
    item: Item, specs: tuple[RoomSpec, ...], people: int, limited: frozenset[str] = frozenset()
) -> tuple[RoomSpec, ...]:
    """Where people choose, a room is as small or as large as they make it, unless the plan limits it."""
    if item.mode != "choose":
        return specs
    return tuple(
        replace(spec, smallest=min(1, spec.smallest), largest=spec.largest if spec.id in limited else max(1, people))
        for spec in specs
    )


def _limited(run: Run) -> frozenset[str]:
    return frozenset(room.id for room in run.session.rooms if room.size is not None)


def respecced(run: Run, item: Item, seating: Seating, people: int) -> tuple[RoomSpec, ...]:
    """The rooms of a published round again, for another head count: call tools hold one set of rooms a meeting."""
    known = {room.id: room for room in run.session.rooms} if isinstance(item.rooms, tuple) else {}
    rooms = [known.get(id) or SessionRoom(id, name) for id, name in zip(seating.rooms, seating.names, strict=True)]
    sizes = shared_sizes(people, [room.size for room in rooms])
    specs = tuple(_named_room(room, size) for room, size in zip(rooms, sizes, strict=True))
    return _with_choice(item, specs, people, _limited(run) & frozenset(known))


def frozen_specs(seating: Seating) -> tuple[RoomSpec, ...]:
    """The rooms of a round that happened, as they were."""
    return tuple(
        RoomSpec(id, name, 0, max(1, len(seat)), max(1, len(seat)))
        for id, name, seat in zip(seating.rooms, seating.names, seating.seats, strict=True)
    )


# ---------------------------------------------------------------- fixed places


def pinned(run: Run, item: Item, specs: Sequence[RoomSpec], present: frozenset[str]) -> dict[str, str]:
    """Who has a room as its guest, by choice or as a host: first come first, as many as a room of the plan takes."""
    limits = {room.id: room.size for room in run.session.rooms} if isinstance(item.rooms, tuple) else {}
    left = {spec.id: limits.get(spec.id) for spec in specs}
    found: dict[str, str] = {}
    invited = {room.guest: room.id for room in run.session.rooms if room.guest} if limits else {}
    for person, room in {**invited, **run.choices.get(item.id, {})}.items():
        if person not in present or room not in left:
            continue
        free = left[room]
        if free is None or free > 0:
            found[person] = room
            left[room] = None if free is None else free - 1
    return found


def wishes(run: Run, item: Item, specs: Sequence[RoomSpec], people: frozenset[str]) -> dict[str, frozenset[str]]:
    """The rooms that these people named without getting a fixed seat in them, since others had filled them."""
    rooms = {spec.id for spec in specs}
    chosen = run.choices.get(item.id, {})
    return {person: frozenset((room,)) for person, room in chosen.items() if person in people and room in rooms}


def barred(run: Run, specs: Sequence[RoomSpec], before: Seating, present: frozenset[str]) -> dict[str, frozenset[str]]:
    """Rooms with the topic that a person had before; a room without a topic is its own topic."""
    topics: Mapping[str, object] = {room.id: room.ask or room.id for room in run.session.rooms}
    closed = {}
    for person in present:
        was = before.room_of(person)
        if was:
            topic = topics.get(was, was)
            closed[person] = frozenset(spec.id for spec in specs if topics.get(spec.id, spec.id) == topic)
    return closed

"""Locked rooms: who keeps a seat in them, and who may not enter, when rooms are planned again.

Owns what a lock means for a round that is asked of the rotation. It must not know how locks are set nor how seats
are found. Rounds count from 1.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from facilitator_tui.core.plan import Item
from facilitator_tui.core.room_rounds import merges, named_rooms, round_count
from facilitator_tui.core.run import Run, Seating
from facilitator_tui.rotation import RoomSpec, RoundSpec


@dataclass(frozen=True, slots=True)
class Held:
    """The locked rooms of one round: the seats as they are published, and who keeps one, by person."""

    seating: Seating
    seats: Mapping[str, str]
    limited: frozenset[str] = frozenset()
    """Rooms whose size the plan sets."""


def held_rooms(run: Run, item: Item, present: frozenset[str]) -> dict[int, Held]:
    """The locked rooms of each round of an item with those of their people who are here.

    A locked room that was joined from smaller ones holds these too, or its people would not come together. Where
    the groups are the same all the time, a lock holds in every round.
    """
    held: dict[int, dict[str, str]] = {}
    for number in range(round_count(run.plan, item), 0, -1):
        seating = run.seating(item.id, number)
        if seating is None:
            continue
        seats = {
            person: room
            for room, seat in zip(seating.rooms, seating.seats, strict=True)
            for person in seat
            if (item.id, number, room) in run.locks and person in present
        }
        above = held.get(number + 1, {}) if merges(run.plan, item, number + 1) else {}
        held[number] = {**{person: room for person in above if (room := seating.room_of(person))}, **seats}
    if item.mode == "fixed":
        everywhere = {person: room for seats in held.values() for person, room in seats.items()}
        held = dict.fromkeys(held, everywhere)
    limited = frozenset(room.id for room in named_rooms(run, item) if room.size is not None)
    return {number: Held(run.seatings[item.id, number], seats, limited) for number, seats in held.items() if seats}


def with_held(spec: RoundSpec, held: Held | None) -> RoundSpec:
    """A round in which locked rooms keep their people and let nobody else in; the others share the rest evenly.

    Who has chosen or hosts a room goes there all the same. Where every room is locked, newcomers may enter.
    """
    if held is None:
        return spec
    known = {room.id for room in spec.rooms}
    seats = {person: room for person, room in held.seats.items() if room in known}
    pinned = {**seats, **spec.pinned}
    bars = closed_to(spec.present - frozenset(pinned), held, known)
    barred = {person: spec.barred.get(person, frozenset()) | rooms for person, rooms in bars.items()}
    locked = frozenset(seats.values())
    inside = {id: sum(1 for room in pinned.values() if room == id) for id in locked}
    rooms = _sized(spec.rooms, inside, held.limited, len(spec.present))
    return replace(spec, rooms=rooms, pinned=pinned, barred={**spec.barred, **barred})


def closed_to(people: Iterable[str], held: Held, rooms: Iterable[str]) -> dict[str, frozenset[str]]:
    """The locked rooms, for each of these people who is not held in one; nothing where no other room is left."""
    locked = frozenset(held.seats.values())
    if not set(rooms) - locked:
        return {}
    return {person: locked for person in people if person not in held.seats}


def _sized(
    rooms: tuple[RoomSpec, ...], inside: Mapping[str, int], limited: frozenset[str], people: int
) -> tuple[RoomSpec, ...]:
    """Locked rooms are as large as they are; the others take the rest, even within one where they were before."""
    others = len(rooms) - len(inside)
    if not others:
        return rooms
    low, more = divmod(max(0, people - sum(inside.values())), others)
    high = low + (more > 0)
    return tuple(
        _of_size(room, inside[room.id])
        if room.id in inside
        else _sharing(room, low, max(1, high), most=room.largest if room.id in limited else None)
        for room in rooms
    )


def _of_size(room: RoomSpec, people: int) -> RoomSpec:
    return replace(room, smallest=people, wished=people, largest=max(1, people))


def _sharing(room: RoomSpec, low: int, high: int, most: int | None) -> RoomSpec:
    largest = max(room.largest, high) if most is None else most
    return replace(room, smallest=min(room.smallest, low), wished=min(high, largest), largest=largest)

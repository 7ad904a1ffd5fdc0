"""The bare question: so many people, rooms of that size, so many rounds, no rules.

This module owns building a Problem from three numbers. It must not know anybody's name.
"""

from __future__ import annotations

from facilitator_tui.rotation.problem import ImpossibleRooms, Person, Problem, RoomSpec, RoundSpec
from facilitator_tui.rotation.sizes import room_sizes


def even_rooms(people: int, *, size: int | None = None, rooms: int | None = None) -> tuple[RoomSpec, ...]:
    """Rooms "1", "2", ... for so many people, with sizes that differ by at most one. Raises ImpossibleRooms."""
    sizes = room_sizes(people, size=size, rooms=rooms)
    return tuple(
        RoomSpec(str(number), f"Room {number}", sizes[-1], sizes[0], sizes[0]) for number in range(1, len(sizes) + 1)
    )


def even_problem(people: int, size: int | None, rounds: int, rooms: int | None = None) -> Problem:
    """People p1 ... pN, all present in all rounds. Raises ImpossibleRooms with a sentence."""
    if rounds < 1:
        raise ImpossibleRooms(f"{rounds} rounds is no rotation; give one round or more.")
    specs = even_rooms(people, size=size, rooms=rooms)
    everybody = tuple(Person(f"p{number}") for number in range(1, people + 1))
    present = frozenset(person.id for person in everybody)
    return Problem(everybody, tuple(RoundSpec(specs, present) for _ in range(rounds)))

"""What a rotation is once it has been found: seats, counts, the bound, what was broken, and moves.

This module owns the values handed back to a caller and the one sentence a person reads. It must not know how
seats are found.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from facilitator_tui.rotation.problem import RoomSpec

Seats: TypeAlias = tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True)
class Broken:
    """A rule or wish that isn't kept, in plain words. `round` counts from 0, and is -1 for all rounds."""

    rule: str
    people: tuple[str, ...]
    round: int
    room: str
    reason: str


@dataclass(frozen=True, slots=True)
class Tier:
    """One level of the objective; `bound` is what nothing can beat, None where no bound is known.

    Smaller is better, except for "new faces", where `value` and `bound` are to be as large as possible.
    """

    name: str
    value: int
    bound: int | None


@dataclass(frozen=True, slots=True)
class Rotation:
    """Who sits where in all rounds, and how good that is.

    Meetings count the history. `coincidences` is the sum over pairs of C(meetings, 2), `repeats` that of
    max(0, meetings - 1), `earlier` the coincidences that history and frozen rounds hold already. `bound` is a
    lower bound of `coincidences`; `proven` says that it is reached.
    """

    rounds: tuple[Seats, ...]
    coincidences: int
    repeats: int
    most_meetings: int
    pairs_met: int
    pairs_possible: int
    bound: int
    proven: bool
    reason: str
    broken: tuple[Broken, ...]
    seconds: float
    method: str
    tiers: tuple[Tier, ...]
    earlier: int = 0


@dataclass(frozen=True, slots=True)
class Move:
    """One person changes rooms; None stands for not having been, or no longer being, in a room.

    `round` (from 0) is set where moves of several rounds are listed together.
    """

    person: str
    from_room: str | None
    to_room: str | None
    round: int = 0


def moves_between(
    before: Sequence[Collection[str]],
    after: Sequence[Collection[str]],
    *,
    rooms_before: Sequence[RoomSpec] = (),
    rooms_after: Sequence[RoomSpec] = (),
) -> tuple[Move, ...]:
    """The printed list of moves from the seats of one round to those of another, ordered by person.

    Rooms are named by id; without room specs they are "1", "2", ... in order.
    """
    old = _where(before, rooms_before)
    new = _where(after, rooms_after or rooms_before)
    return tuple(
        Move(person, old.get(person), new.get(person))
        for person in sorted(old.keys() | new.keys(), key=_natural)
        if old.get(person) != new.get(person)
    )


def _where(seats: Sequence[Collection[str]], rooms: Sequence[RoomSpec]) -> dict[str, str]:
    names = [room.id for room in rooms] or [str(number) for number in range(1, len(seats) + 1)]
    return {person: name for name, group in zip(names, seats, strict=False) for person in group}


def _natural(name: str) -> tuple[int, str]:
    return (len(name), name)


def sentence(rotation: Rotation) -> str:
    """The quality of a rotation in one sentence a person can act on."""
    met = f"{rotation.pairs_met} of {rotation.pairs_possible} pairs have met"
    again = rotation.coincidences - rotation.earlier
    least = rotation.bound - rotation.earlier
    if again == 0:
        # What happened already can't be changed, and may hold pairs that did meet twice.
        first = "none of the rounds to come repeats a meeting" if rotation.earlier else "nobody meets twice"
        return f"{first}; {met}; proven best"
    if rotation.earlier == 0 and rotation.most_meetings == 2:
        first = f"{_pairs(again)} again"
        if rotation.proven:
            return f"{first}; at least {least} must; {met}"
        return f"{first}; {'at least ' + str(least) + ' must' if least else 'none may have to'}; {met}"
    first = f"{again} meetings are repeats, no pair meets more than {rotation.most_meetings} times"
    if rotation.proven:
        return f"{first}; fewer is impossible; {met}"
    return f"{first}; at least {least} must be; {met}"


def _pairs(count: int) -> str:
    return "1 pair meets" if count == 1 else f"{count} pairs meet"

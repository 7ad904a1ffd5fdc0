"""What is asked of a rotation: people, rooms, rounds, history and rules, as plain frozen values.

This module owns the words in which a caller states a problem and the check that the words refer to each other
correctly. It must not know how a rotation is found or judged, nor where people and rooms come from.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

NewPeople = Literal["with-buddy", "never-alone", "free"]


class RotationProblem(ValueError):
    """The question itself is wrong. The message is one plain sentence with a next step."""


class ImpossibleRooms(RotationProblem):
    """These people can't be spread over these rooms. The message is one plain sentence with a next step."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who can be seated.

    `marks` are the attributes people are mixed by (`{"org": "o07", "region": "Africa"}`); a missing mark is
    unknown and never counts as equal. Empty `langs` means unknown, and counts as speaking everything.
    """

    id: str
    marks: Mapping[str, str] = field(default_factory=dict, hash=False)
    langs: frozenset[str] = frozenset()
    new: bool = False
    buddy: str | None = None


@dataclass(frozen=True, slots=True)
class RoomSpec:
    """A room with its smallest, wished and largest number of people; empty `langs` means any language."""

    id: str
    name: str
    smallest: int
    wished: int
    largest: int
    langs: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class RoundSpec:
    """One round: its rooms, who is present, and who sits where by decision.

    `pinned` maps a person to a room (hosts, guests, choices made); `barred` maps a person to rooms that are
    out of the question (the topic that was already visited), and `wished` to rooms that would be welcome: to
    stay in a room, or to come to a topic, as far as nothing that stands above speaks against it. `frozen`
    holds the seats of a round that has happened or is running, in the order of `rooms`: it is counted and never
    changed.
    """

    rooms: tuple[RoomSpec, ...]
    present: frozenset[str]
    pinned: Mapping[str, str] = field(default_factory=dict, hash=False)
    frozen: tuple[frozenset[str], ...] | None = None
    barred: Mapping[str, frozenset[str]] = field(default_factory=dict, hash=False)
    wished: Mapping[str, frozenset[str]] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Problem:
    """A rotation to be found.

    `history` says how often a pair met before these rounds. `together` and `separate` are pairs (or larger
    sets) that must or must not share a room. `apart` are marks that should not be shared within a room and
    stand above coincidences; `spread` are marks to be mixed, below them. With `no_repeat` off, meeting again
    is judged last.
    """

    people: tuple[Person, ...]
    rounds: tuple[RoundSpec, ...]
    history: Mapping[frozenset[str], int] = field(default_factory=dict, hash=False)
    together: tuple[frozenset[str], ...] = ()
    separate: tuple[frozenset[str], ...] = ()
    apart: tuple[str, ...] = ()
    spread: tuple[str, ...] = ()
    new_people: NewPeople = "free"
    no_repeat: bool = True
    share_lang: bool = False


MOST_MEETINGS = 10_000
"""A pair can't have met more often; a larger number is a slip of the pen."""


def check(problem: Problem) -> None:
    """Raise RotationProblem when the parts of a problem don't refer to each other; rules aren't judged here."""
    ids = [person.id for person in problem.people]
    known = set(ids)
    if len(known) != len(ids):
        twice = next(name for name in ids if ids.count(name) > 1)
        raise RotationProblem(f"{twice} is listed twice; give every person an id of their own.")
    if problem.new_people not in ("with-buddy", "never-alone", "free"):
        raise RotationProblem(f"new_people can't be {problem.new_people!r}; use with-buddy, never-alone or free.")
    for pair, times in problem.history.items():
        if times > MOST_MEETINGS:
            who = " and ".join(sorted(pair))
            raise RotationProblem(f"{who} can't have met {times} times; give the number of rounds that they shared.")
    for rule, groups in (("together", problem.together), ("separate", problem.separate)):
        for group in groups:
            _known(sorted(group), known, f"the {rule} list")
    for number, spec in enumerate(problem.rounds, start=1):
        _check_round(spec, known, number)


def _check_round(spec: RoundSpec, known: set[str], number: int) -> None:
    where = f"round {number}"
    _known(sorted(spec.present), known, where)
    _known(spec.pinned, known, f"the fixed seats of {where}")
    _known(spec.barred, known, f"the closed doors of {where}")
    _known(spec.wished, known, f"the wishes of {where}")
    rooms = [room.id for room in spec.rooms]
    if len(set(rooms)) != len(rooms):
        raise RotationProblem(f"Two rooms of {where} have the same id; give every room an id of its own.")
    if spec.present and not rooms:
        raise RotationProblem(f"There is no room for the {len(spec.present)} people of {where}; add a room.")
    for person, room in spec.pinned.items():
        _known((room,), set(rooms), f"the rooms of {where}, where {person} is to sit")
    for room_spec in spec.rooms:
        if room_spec.largest < 1 or room_spec.smallest > room_spec.largest:
            raise ImpossibleRooms(
                f"{room_spec.name} takes {room_spec.smallest} to {room_spec.largest} people, which is nobody; "
                "give it a largest size of one or more that isn't below its smallest."
            )
    if spec.frozen is not None:
        if len(spec.frozen) != len(rooms):
            raise RotationProblem(
                f"{where.capitalize()} is fixed with {len(spec.frozen)} groups for {len(rooms)} rooms; "
                "give one group a room."
            )
        seated = [name for group in spec.frozen for name in sorted(group)]
        _known(seated, known, f"the seats of {where}")
        if len(set(seated)) != len(seated):
            raise RotationProblem(f"Somebody sits in two rooms of {where}; a person can only be in one room a round.")


def _known(names: Iterable[str], known: set[str], where: str) -> None:
    for name in names:
        if name not in known:
            near = difflib.get_close_matches(name, sorted(known)[:2000], n=1)
            hint = f"did you mean {near[0]}?" if near else "add it or correct the name."
            raise RotationProblem(f"{where[0].upper()}{where[1:]}: {name} is unknown; {hint}")

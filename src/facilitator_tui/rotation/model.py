"""A problem in numbers: people and rooms as indexes, rules as weights, ready for searching and bounding.

This module owns the translation from names to numbers. Rounds that are frozen become history. It must not
decide who sits where.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import combinations

from facilitator_tui.rotation.measure import alike
from facilitator_tui.rotation.problem import Problem
from facilitator_tui.rotation.result import Broken, Seats
from facilitator_tui.rotation.rules import round_rules
from facilitator_tui.rotation.sizes import Sizing

PAIR_LIMIT = 400_000
"""Wishes are searched pair by pair up to so many pairs; beyond, they are judged but not searched."""


@dataclass(frozen=True, slots=True)
class OpenRound:
    """A round still to be seated: `units` are the people who move as one, singles included, pinned left out."""

    number: int
    rooms: int
    sizing: Sizing
    present: tuple[int, ...]
    pinned: dict[int, int]
    units: tuple[tuple[int, ...], ...]
    bars: frozenset[tuple[int, int]]
    followed: dict[int, int]
    """Newcomers who may not be without this buddy in rooms of three or more; their round has smaller ones too."""
    most: tuple[int, ...]
    """The largest size of each room, or the planned one where that is larger."""
    tongues: tuple[int, ...]
    """Bit mask of the languages of each room, -1 for any."""


@dataclass(frozen=True, slots=True)
class Bound:
    """A lower bound of the coincidences, and half a sentence that says why."""

    value: int
    reason: str


@dataclass(frozen=True, slots=True)
class Model:
    """A problem in numbers. Pair tables are one dict a person: other person to number."""

    problem: Problem
    names: tuple[str, ...]
    index: dict[str, int]
    rounds: tuple[OpenRound, ...]
    past: tuple[dict[int, int], ...]
    separate: tuple[dict[int, int], ...]
    apart: tuple[dict[int, int], ...]
    spread: tuple[dict[int, int], ...]
    new: frozenset[int]
    tongues: tuple[int, ...]
    impossible: tuple[Broken, ...]
    bounds: dict[tuple[bool, bool, tuple[tuple[int, ...], ...] | None], Bound] = field(default_factory=dict)
    """Bounds worked out so far, by what they take for granted: see bounds.coincidence_bound."""

    @property
    def met(self) -> Mapping[frozenset[str], int]:
        """How often pairs met before these rounds."""
        return self.problem.history

    @property
    def people(self) -> int:
        """How many people the problem lists, present or not."""
        return len(self.names)

    @property
    def size(self) -> int:
        """How much there is to judge: seats in open rounds, and pairs who met before."""
        return sum(len(opened.present) for opened in self.rounds) + len(self.problem.history)

    @property
    def room_rules(self) -> bool:
        """Whether rules speak of a whole room and not of pairs."""
        return (
            self.problem.new_people == "never-alone"
            or any(opened.followed for opened in self.rounds)
            or (self.problem.share_lang and any(mask != -1 for mask in self.tongues))
        )

    @property
    def carefree(self) -> bool:
        """Whether nothing matters but that nobody meets twice."""
        return not self.room_rules and not any(
            any(table) for table in (self.past, self.separate, self.apart, self.spread)
        )

    def seats(self, number: int, rooms: list[list[int]]) -> Seats:
        """Rooms of indexes as rooms of ids."""
        return tuple(frozenset(self.names[person] for person in room) for room in rooms)


def compile_problem(problem: Problem) -> Model:
    """Translate a checked problem."""
    names = tuple(person.id for person in problem.people)
    index = {name: number for number, name in enumerate(names)}
    size = len(names)
    past: tuple[dict[int, int], ...] = tuple({} for _ in range(size))
    for before, times in problem.history.items():
        known = [index[name] for name in before if name in index]
        if len(known) == 2 and times > 0:
            _count(past, known[0], known[1], times)
    for spec in problem.rounds:
        for group in spec.frozen or ():
            members = sorted(index[name] for name in group)
            for place, first in enumerate(members):
                for second in members[place + 1 :]:
                    _count(past, first, second, 1)
    languages: dict[str, int] = {}
    spoken = [person.langs for person in problem.people] + [
        room.langs for spec in problem.rounds for room in spec.rooms
    ]
    for tongue in sorted(frozenset().union(*spoken)):
        languages[tongue] = 1 << len(languages)
    rounds: list[OpenRound] = []
    impossible: list[Broken] = []
    for number, spec in enumerate(problem.rounds):
        if spec.frozen is None and spec.rooms:
            opened, broken = _open_round(problem, index, languages, number)
            rounds.append(opened)
            impossible.extend(broken)
    separate: tuple[dict[int, int], ...] = tuple({} for _ in range(size))
    for one, other in _few_pairs(problem.separate):
        _count(separate, index[one], index[other], 1)
    return Model(
        problem=problem,
        names=names,
        index=index,
        rounds=tuple(rounds),
        past=past,
        separate=separate,
        apart=_alike_table(problem, index, problem.apart),
        spread=_alike_table(problem, index, problem.spread),
        new=frozenset(index[person.id] for person in problem.people if person.new),
        tongues=tuple(
            sum(languages[tongue] for tongue in person.langs) if person.langs else -1 for person in problem.people
        ),
        impossible=tuple(impossible),
    )


def _few_pairs(groups: Iterable[frozenset[str]]) -> list[tuple[str, str]]:
    """The pairs within groups, each once, as long as they aren't too many to search."""
    pairs: set[tuple[str, str]] = set()
    for group in groups:
        if len(pairs) + len(group) ** 2 // 2 <= PAIR_LIMIT:
            pairs.update(combinations(sorted(group), 2))
    return sorted(pairs)


def _open_round(
    problem: Problem, index: dict[str, int], languages: dict[str, int], number: int
) -> tuple[OpenRound, tuple[Broken, ...]]:
    spec = problem.rounds[number]
    rules = round_rules(problem, number)
    present = tuple(sorted(index[name] for name in spec.present))
    pinned = {index[name]: room for name, room in rules.pinned.items()}
    units = [tuple(sorted(index[name] for name in block)) for block in rules.blocks]
    grouped = {person for unit in units for person in unit}
    units = [unit for unit in units if unit[0] not in pinned]
    units.extend((person,) for person in present if person not in grouped and person not in pinned)
    places = {room.id: at for at, room in enumerate(spec.rooms)}
    bars = frozenset(
        (index[name], places[room])
        for name, rooms in spec.barred.items()
        for room in rooms
        if room in places and name not in spec.pinned
    )
    opened = OpenRound(
        number=number,
        rooms=len(spec.rooms),
        sizing=rules.sizing,
        present=present,
        pinned=pinned,
        units=tuple(units),
        bars=bars,
        followed={index[name]: index.get(buddy, -1) for name, buddy in rules.followed.items()},
        most=tuple(max(room.largest, high) for room, high in zip(spec.rooms, rules.sizing.highs, strict=True)),
        tongues=tuple(sum(languages[tongue] for tongue in room.langs) if room.langs else -1 for room in spec.rooms),
    )
    return opened, rules.impossible


def _alike_table(problem: Problem, index: dict[str, int], marks: tuple[str, ...]) -> tuple[dict[int, int], ...]:
    table: tuple[dict[int, int], ...] = tuple({} for _ in problem.people)
    pairs = 0
    for mark in marks:
        for names in alike(problem.people, mark).values():
            pairs += len(names) * (len(names) - 1) // 2
            if pairs > PAIR_LIMIT:
                return table
            members = [index[name] for name in names]
            for place, first in enumerate(members):
                for second in members[place + 1 :]:
                    _count(table, first, second, 1)
    return table


def _count(table: tuple[dict[int, int], ...], first: int, second: int, times: int) -> None:
    table[first][second] = table[first].get(second, 0) + times
    table[second][first] = table[second].get(first, 0) + times

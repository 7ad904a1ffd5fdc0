"""Schedules without a repeat that mathematics gives away: exact and instant.

This module owns the constructions over abstract points and the choice of one for a shape. It must not know about
people, wishes or history; seating people on points is done elsewhere.

Sources: the circle method is Kirkman's (1847). The clock and the transversal designs are the classical
construction of orthogonal arrays from a cyclic group and from a finite field (Bose 1938; Handbook of
Combinatorial Designs, 2nd ed., III.3). Rounds inside the columns make resolvable group-divisible designs into
affine planes and spaces. Starters are base rounds developed by a cyclic permutation, as in the difference
families of the same handbook; the shipped ones were found by our own search.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from itertools import combinations

from facilitator_tui.rotation.fields import field, prime_power

Rounds = tuple[tuple[tuple[int, ...], ...], ...]


@dataclass(frozen=True, slots=True)
class Design:
    """Rounds of rooms of points 0 ... points - 1; no two points share a room twice."""

    name: str
    points: int
    rounds: Rounds


def find_design(people: int, rooms: int, rounds: int) -> Design | None:
    """A design for so many people in so many even rooms with at least so many rounds, cut to these rounds.

    Rooms have s people, or s and s - 1; the surplus points of a full design are left out, chosen so that no two
    of them ever share a room. None where no construction reaches.
    """
    if rooms < 1 or people < rooms:
        return None
    size = -(-people // rooms)
    if size == 1 or rounds == 1:
        deal = tuple(tuple(range(room, people, rooms)) for room in range(rooms))
        return Design("one round", people, (deal,) * rounds)
    if size > rooms or rounds * (size - 1) > rooms * size - 1:
        return None
    for make in (_circle, _transversal, _clock, _starter):
        full = make(rooms, size, rounds)
        if full is not None:
            cut = leave_out(full, rooms * size - people)
            if cut is not None:
                return cut
    return None


@lru_cache(maxsize=64)
def most_rounds(rooms: int, size: int) -> int:
    """How many rounds the constructions reach for full rooms."""
    bound = (rooms * size - 1) // (size - 1) if size > 1 else 1
    return next((count for count in range(bound, 1, -1) if find_design(rooms * size, rooms, count) is not None), 1)


def _circle(rooms: int, size: int, rounds: int) -> Design | None:
    """Pairs: the last point stays, the others walk around it; 2g - 1 rounds."""
    if size != 2:
        return None
    ring = 2 * rooms - 1
    made = tuple(
        ((ring, turn), *(((turn + step) % ring, (turn - step) % ring) for step in range(1, rooms)))
        for turn in range(rounds)
    )
    return Design("circle method", 2 * rooms, made)


def _clock(rooms: int, size: int, rounds: int) -> Design | None:
    """Point (column k, x) sits in round t in room x + k t modulo the number of rooms."""
    spread = rounds
    while spread and any(d * e % rooms == 0 for d in range(1, size) for e in range(1, spread)):
        spread -= 1
    made = tuple(
        tuple(tuple(k * rooms + (room - k * turn) % rooms for k in range(size)) for room in range(rooms))
        for turn in range(spread)
    )
    return _with_columns("clock", rooms, size, made, rounds)


def _transversal(rooms: int, size: int, rounds: int) -> Design | None:
    """Point (column k, x) sits in round m in room x - m k over GF(g), for g a prime power and rooms up to g."""
    if rooms > 256 or prime_power(rooms) is None:
        return None
    numbers = field(rooms)
    made = tuple(
        tuple(
            tuple(k * rooms + numbers.plus[room][numbers.times[turn][k]] for k in range(size)) for room in range(rooms)
        )
        for turn in range(min(rooms, rounds))
    )
    return _with_columns("transversal design", rooms, size, made, rounds)


def _with_columns(name: str, rooms: int, size: int, made: Rounds, rounds: int) -> Design | None:
    """Add rounds that play inside the columns, where no pair has met, if the size divides them."""
    missing = rounds - len(made)
    if missing > 0:
        if rooms % size:
            return None
        inner = find_design(rooms, rooms // size, missing) if rooms > size else None
        if rooms == size and missing == 1:
            inside: Rounds = ((tuple(range(rooms)),),)
        elif inner is not None and (missing > 1 or inner.name == "one round"):
            inside = inner.rounds
        else:
            return None
        made += tuple(
            tuple(tuple(k * rooms + x for x in room) for k in range(size) for room in turn) for turn in inside
        )
        name += " with rounds inside its columns"
    return Design(name, rooms * size, made)


@dataclass(frozen=True, slots=True)
class Starter:
    """Base rounds of rooms of points, and the cycle lengths of the permutation that develops them."""

    cycles: tuple[int, ...]
    base: Rounds
    coincidences: int = 0


@lru_cache(maxsize=2)
def starters(file: str = "starters.json") -> dict[str, Starter]:
    """The shipped base rounds by "rooms-size"; in nearly.json by "rooms-size-rounds", with a few repeats."""
    text = resources.files("facilitator_tui.rotation").joinpath(file).read_text("utf-8")
    return {
        shape: Starter(
            tuple(entry["cycles"]),
            tuple(tuple(tuple(room) for room in turn) for turn in entry["base"]),
            entry.get("coincidences", 0),
        )
        for shape, entry in json.loads(text).items()
    }


def develop(cycles: Sequence[int], base: Sequence[Sequence[Sequence[int]]]) -> Rounds:
    """Turn base rounds by the permutation with these cycles, as often as its longest cycle is long.

    Points are numbered cycle after cycle; a cycle of length one is a fixed point.
    """
    after: list[int] = []
    for length in cycles:
        first = len(after)
        after.extend(first + (place + 1) % length for place in range(length))
    made = []
    for turn in base:
        current = [tuple(room) for room in turn]
        for _ in range(max(cycles)):
            made.append(tuple(current))
            current = [tuple(after[point] for point in room) for room in current]
    return tuple(made)


def _starter(rooms: int, size: int, rounds: int) -> Design | None:
    entry = starters().get(f"{rooms}-{size}")
    if entry is None:
        return None
    made = develop(entry.cycles, entry.base)
    return Design("starter", rooms * size, made[:rounds]) if len(made) >= rounds else None


def nearly(people: int, rooms: int, rounds: int) -> Design | None:
    """A schedule with few repeats for a shape where none without is known here: a place to search from."""
    entry = starters("nearly.json").get(f"{rooms}-{people // rooms}-{rounds}") if people % rooms == 0 else None
    return Design("starter with few repeats", people, develop(entry.cycles, entry.base)) if entry else None


def leave_out(design: Design, surplus: int) -> Design | None:
    """Take out points that never share a room, and number the rest anew."""
    if not surplus:
        return design
    out = independent(design, surplus)
    if out is None:
        return None
    kept = {point: number for number, point in enumerate(p for p in range(design.points) if p not in out)}
    cut = tuple(tuple(tuple(kept[p] for p in room if p in kept) for room in turn) for turn in design.rounds)
    return Design(design.name, len(kept), cut)


def independent(design: Design, count: int) -> frozenset[int] | None:
    """So many points of which no two ever share a room, or None when a short search finds none."""
    near: list[set[int]] = [set() for _ in range(design.points)]
    for turn in design.rounds:
        for room in turn:
            for first, second in combinations(room, 2):
                near[first].add(second)
                near[second].add(first)
    free = list(range(design.points - 1, -1, -1))
    chosen: list[int] = []
    blocked: set[int] = set()
    for point in free:
        if len(chosen) < count and point not in blocked:
            chosen.append(point)
            blocked |= near[point]
    if len(chosen) == count:
        return frozenset(chosen)
    found = _grow(near, [], free, count, [4000]) if count <= 60 else None
    return frozenset(found) if found is not None else None


def _grow(near: list[set[int]], chosen: list[int], free: list[int], count: int, tries: list[int]) -> list[int] | None:
    if len(chosen) == count:
        return chosen
    tries[0] -= 1
    for place, point in enumerate(free):
        if tries[0] < 0 or len(chosen) + len(free) - place < count:
            return None
        rest = [other for other in free[place + 1 :] if other not in near[point]]
        found = _grow(near, [*chosen, point], rest, count, tries)
        if found is not None:
            return found
    return None

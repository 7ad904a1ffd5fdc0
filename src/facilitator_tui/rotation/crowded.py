"""Schedules for rooms that hold more people than there are rooms, where pairs must meet again: as seldom as can be.

This module owns two constructions that reach the overlap bound. It must not know about people, wishes or history.

Lines: people are the 32 vectors over GF(2) with 5 digits, a round is a pair of digit sums, which has four
values. Where no sum of one round is a sum of another, any two rounds cross in cells of exactly two people: rounds
are lines of a partial spread of PG(4, 2) (an orthogonal array OA(32, w, 4, 2); Handbook of Combinatorial Designs,
2nd ed., III.6).

Doubles: q rooms of q without a repeat, and up to q more people, each of whom follows one of the others; the
followed never share a room, so every cell holds one person or two.
"""

from __future__ import annotations

from itertools import combinations

from facilitator_tui.rotation.designs import Design, find_design, independent, leave_out

VECTORS = 32
MOST_LINES = 9
"""Lines of PG(4, 2) without a common point: there are no more than nine (Beutelspacher 1975)."""


def crowded_design(people: int, rooms: int, rounds: int) -> Design | None:
    """Rounds in which any two cross as evenly as whole people allow, or None where no construction reaches."""
    if rooms == 4 and VECTORS - 4 <= people <= VECTORS:
        return _lines(VECTORS - people, rounds)
    if rooms**2 < people <= rooms**2 + rooms:
        return _doubles(people - rooms**2, rooms, rounds)
    return None


def _lines(left_out: int, rounds: int) -> Design | None:
    """Rounds of a few people less than 32: those lines are taken that leave so many who never share a room."""
    if rounds > MOST_LINES:
        return None
    for sums in combinations(_spread(frozenset(range(1, VECTORS)), MOST_LINES) or (), rounds):
        made = tuple(
            tuple(tuple(vector for vector in range(VECTORS) if _room(vector, pair) == room) for room in range(4))
            for pair in sums
        )
        cut = leave_out(Design("lines of a spread", VECTORS, made), left_out)
        if cut is not None:
            return cut
    return None


def _spread(free: frozenset[int], lines: int) -> list[tuple[int, int]] | None:
    """So many lines, each given by two of its points, that have no point in common.

    Some line may be taken to lie on the first free point, or else the point stays free for good.
    """
    if not lines:
        return []
    if len(free) < 3 * lines:
        return None
    one = min(free)
    for other in sorted(free):
        if other > one and one ^ other > other and one ^ other in free:
            rest = _spread(free - {one, other, one ^ other}, lines - 1)
            if rest is not None:
                return [(one, other), *rest]
    return _spread(free - {one}, lines)


def _room(vector: int, sums: tuple[int, int]) -> int:
    return (vector & sums[0]).bit_count() % 2 * 2 + (vector & sums[1]).bit_count() % 2


def _doubles(extra: int, rooms: int, rounds: int) -> Design | None:
    plain = find_design(rooms**2, rooms, rounds)
    followed = independent(plain, extra) if plain else None
    if plain is None or followed is None:
        return None
    follower = {point: plain.points + number for number, point in enumerate(sorted(followed))}
    made = tuple(
        tuple(room + tuple(follower[point] for point in room if point in follower) for room in turn)
        for turn in plain.rounds
    )
    return Design("doubled people", plain.points + extra, made)

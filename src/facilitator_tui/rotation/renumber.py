"""Which group goes to which room, so that as many people as possible stay where they were.

Call tools hold one set of rooms a meeting, and every later round is moved by hand. This module owns matching
groups to rooms between rounds. It must not change who is with whom.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from facilitator_tui.rotation.budget import never
from facilitator_tui.rotation.problem import Problem, RoomSpec, RoundSpec
from facilitator_tui.rotation.result import Seats

MANY_TIMES = 1000
"""A wish for a room outweighs all who stay; staying where a plan was published outweighs all wishes."""
EXACT_HURRIED = 12
EXACT_ROOMS = 40
"""Rooms up to which the best matching is found; above, the largest overlaps are taken first."""


def renumber(
    problem: Problem, rounds: Sequence[Seats], published: Sequence[Seats] = (), hurry: Callable[[], bool] = never
) -> tuple[Seats, ...]:
    """Give the groups of each open round rooms that keep most people in the room of the round before.

    Wishes for a room come before that. Against a published plan, the room of the same round there comes first.
    Only rooms of one kind trade groups, fixed seats stay, and frozen rounds are left alone. In a `hurry` large
    rounds are matched greedily.
    """
    result: list[Seats] = []
    for number, seats in enumerate(rounds):
        spec = problem.rounds[number]
        before: Seats = published[number] if number < len(published) else result[-1] if result else ()
        old = problem.rounds[number if number < len(published) else number - 1].rooms if before else ()
        if spec.frozen is not None or not (before or spec.wished):
            result.append(seats)
            continue
        at = {room.id: index for index, room in enumerate(old)}
        was = [
            before[at[room.id]] if room.id in at and at[room.id] < len(before) else frozenset() for room in spec.rooms
        ]
        weights = (MANY_TIMES, 1) if number < len(published) else (1, MANY_TIMES)
        result.append(_rematched(problem, spec, seats, was, EXACT_HURRIED if hurry() else EXACT_ROOMS, *weights))
    return tuple(result)


def _rematched(
    problem: Problem, spec: RoundSpec, seats: Seats, was: Sequence[frozenset[str]], exact: int, stays: int, wishes: int
) -> Seats:
    tied = {
        index for index, group in enumerate(seats) if any(name in spec.pinned or name in spec.barred for name in group)
    }
    kinds: dict[tuple[object, ...], list[int]] = {}
    for index, described in enumerate(spec.rooms):
        if index not in tied:
            kinds.setdefault(_kind(described, len(seats[index])), []).append(index)
    hosts = {name for item in problem.rounds for name in item.pinned}
    before = {name: index for index, group in enumerate(was) for name in group}
    number_of = {room.id: index for index, room in enumerate(spec.rooms)}
    result = list(seats)
    for places in kinds.values():
        column = {index: at for at, index in enumerate(places)}
        stay: list[dict[int, int]] = [{} for _ in places]
        for row, index in enumerate(places):
            for name in seats[index]:
                at = column.get(before.get(name, -1))
                if at is not None:
                    stay[row][at] = stay[row].get(at, 0) + stays * (3 if name in hosts else 1)
                for room in spec.wished.get(name, ()):
                    at = column.get(number_of[room]) if room in number_of else None
                    if at is not None:
                        stay[row][at] = stay[row].get(at, 0) + wishes
        if len(places) <= exact:
            chosen = best_matching([[row.get(at, 0) for at in range(len(places))] for row in stay])
        else:
            chosen = _greedy_matching(stay)
        for row, at in enumerate(chosen):
            result[places[at]] = seats[places[row]]
    return tuple(result)


def _kind(room: RoomSpec, people: int) -> tuple[object, ...]:
    fits = room.smallest <= people <= room.largest
    return (room.smallest, room.wished, room.largest, room.langs, fits or people)


def best_matching(value: Sequence[Sequence[int]]) -> list[int]:
    """The column for each row with the largest total value: the Hungarian method (Kuhn 1955, Munkres 1957)."""
    size = len(value)
    top = max((max(row) for row in value), default=0)
    row_price, column_price = [0] * (size + 1), [0] * (size + 1)
    owner = [0] * (size + 1)
    for row in range(1, size + 1):
        owner[0] = row
        column = 0
        least = [1 << 60] * (size + 1)
        came = [0] * (size + 1)
        done = [False] * (size + 1)
        while owner[column]:
            done[column] = True
            here, step, next_column = owner[column], 1 << 60, 0
            for other in range(1, size + 1):
                if done[other]:
                    continue
                slack = top - value[here - 1][other - 1] - row_price[here] - column_price[other]
                if slack < least[other]:
                    least[other], came[other] = slack, column
                if least[other] < step:
                    step, next_column = least[other], other
            for other in range(size + 1):
                if done[other]:
                    row_price[owner[other]] += step
                    column_price[other] -= step
                else:
                    least[other] -= step
            column = next_column
        while column:
            owner[column] = owner[came[column]]
            column = came[column]
    result = [0] * size
    for column in range(1, size + 1):
        result[owner[column] - 1] = column - 1
    return result


def _greedy_matching(value: Sequence[dict[int, int]]) -> list[int]:
    order = sorted(
        ((row, column) for row, columns in enumerate(value) for column in columns),
        key=lambda cell: -value[cell[0]][cell[1]],
    )
    result, used = [-1] * len(value), set[int]()
    for row, column in order:
        if result[row] < 0 and column not in used:
            result[row] = column
            used.add(column)
    left = [column for column in range(len(value)) if column not in used]
    return [column if column >= 0 else left.pop() for column in result]

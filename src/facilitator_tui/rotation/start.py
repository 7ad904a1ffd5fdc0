"""A first seating to search from: person by person into the room with the fewest repeats.

This module owns filling rooms to their planned sizes, blocks first. It must not improve what it made.
"""

from __future__ import annotations

import random
from collections.abc import Sequence

from facilitator_tui.rotation.budget import Budget
from facilitator_tui.rotation.desk import HARD
from facilitator_tui.rotation.model import Model, OpenRound

CARE_LIMIT = 1_500_000
"""Looks at a room-mate that seating one round with care may take."""


def greedy(model: Model, rng: random.Random, budget: Budget) -> list[list[list[int]]]:
    """Seat everybody in all open rounds, one round after the other."""
    return extended(model, [], rng, budget)


def extended(
    model: Model, seats: Sequence[list[list[int]]], rng: random.Random, budget: Budget
) -> list[list[list[int]]]:
    """The given seats of the first open rounds, and the other rounds seated with care.

    Rounds with more room-and-person pairs than can be looked at, and those after time is up, are dealt.
    """
    met: list[dict[int, int]] = [dict(row) for row in model.past]
    result: list[list[list[int]]] = []
    for number, opened in enumerate(model.rounds):
        if number < len(seats):
            rooms = seats[number]
        else:
            careful = len(opened.present) ** 2 < CARE_LIMIT and not budget.cut()
            rooms = seat_round(model, opened, rng, met if careful else None, budget)
        for room in rooms if len(opened.present) ** 2 < CARE_LIMIT else ():
            for person in room:
                row = met[person]
                for other in room:
                    if other != person:
                        row[other] = row.get(other, 0) + 1
        result.append(rooms)
    return result


def seat_round(
    model: Model,
    opened: OpenRound,
    rng: random.Random,
    met: Sequence[dict[int, int]] | None,
    budget: Budget,
) -> list[list[int]]:
    """Seat one round; `met` holds the meetings so far, None to ignore them. Who is left when time is up is dealt."""
    rooms: list[list[int]] = [[] for _ in range(opened.rooms)]
    for person, at in opened.pinned.items():
        rooms[at].append(person)
    units = list(opened.units)
    rng.shuffle(units)
    units.sort(key=len, reverse=True)
    targets = list(opened.sizing.targets)
    if met is None:
        _deal(opened, units, rooms)
        return rooms
    for place, unit in enumerate(units):
        if place % 16 == 0 and budget.cut():
            _deal(opened, units[place:], rooms)
            break
        at = min(
            _fitting(opened, rooms, targets, len(unit)),
            key=lambda at: (_cost(model, opened, rooms, unit, at, met), rng.random()),
        )
        rooms[at].extend(unit)
    return rooms


def _fitting(opened: OpenRound, rooms: list[list[int]], targets: list[int], size: int) -> list[int]:
    """Rooms that still have space for a unit, by a trade of seats where need be; else the least overfull ones."""
    space = [target - len(room) for target, room in zip(targets, rooms, strict=True)]
    free = [at for at, seats in enumerate(space) if seats >= size]
    if free:
        return free
    for at in sorted(range(len(rooms)), key=lambda at: -space[at]):
        if len(rooms[at]) + size <= opened.sizing.highs[at] and _trade(opened, rooms, targets, at, size - space[at]):
            return [at]
    most = max(space)
    return [at for at, seats in enumerate(space) if seats == most]


def _trade(opened: OpenRound, rooms: list[list[int]], targets: list[int], at: int, seats: int) -> bool:
    """Give a room so many seats of the others, which may have fewer; False, and nothing done, where they can't."""
    lows = opened.sizing.lows
    givers = [
        giver
        for giver, target in enumerate(targets)
        if giver != at
        for _ in range(target - max(lows[giver], len(rooms[giver])))
    ][:seats]
    if len(givers) < seats:
        return False
    for giver in givers:
        targets[giver] -= 1
    targets[at] += seats
    return True


def _cost(
    model: Model,
    opened: OpenRound,
    rooms: list[list[int]],
    unit: tuple[int, ...],
    at: int,
    met: Sequence[dict[int, int]],
) -> int:
    total = 0
    for person in unit:
        row, separate, apart, spread = (
            met[person],
            model.separate[person],
            model.apart[person],
            model.spread[person],
        )
        tongue = model.tongues[person] if model.problem.share_lang else -1
        if (person, at) in opened.bars or not tongue & opened.tongues[at]:
            total += HARD
        for other in rooms[at]:
            total += 100 * row.get(other, 0)
            if separate or apart or spread:
                total += HARD * separate.get(other, 0) + 200 * apart.get(other, 0) + 40 * spread.get(other, 0)
            if not tongue & model.tongues[other]:
                total += HARD
    return total


def _deal(opened: OpenRound, units: list[tuple[int, ...]], rooms: list[list[int]]) -> None:
    at, full = 0, 0
    for unit in units:
        size = len(unit)
        for _ in range(opened.rooms if size != full else 0):
            if len(rooms[at]) + size <= opened.sizing.targets[at]:
                break
            at = (at + 1) % opened.rooms
        else:
            full, at = size, (at + 1) % opened.rooms
        rooms[at].extend(unit)

"""Design, then assign: seat people on the points of a repeat-free schedule so that other wishes hold too.

This module owns the choice of who plays which point. Whoever swaps points, nobody meets twice; what changes is
who meets whom at all: same organisation, kept apart, met in an earlier session. It must not change a design.
"""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass
from itertools import combinations

from facilitator_tui.rotation.budget import Budget
from facilitator_tui.rotation.crowded import crowded_design
from facilitator_tui.rotation.designs import Design, find_design, independent, nearly
from facilitator_tui.rotation.desk import HARD
from facilitator_tui.rotation.model import Model
from facilitator_tui.rotation.start import extended
from facilitator_tui.rotation.tabu import Snapshot

ASSIGN_LIMIT = 1200
"""People up to which points are swapped; above, they are dealt at random."""


@dataclass(frozen=True, slots=True)
class Constructed:
    """Seats with the name of their construction; `complete` says that it reached all rounds."""

    seats: Snapshot
    method: str
    complete: bool


def constructed(model: Model, budget: Budget, rng: random.Random) -> Constructed | None:
    """Seats from a construction with the people arranged over it; None where none fits.

    A construction fits when the same people are present in all open rounds, in equally many even rooms, with
    nobody tied to anybody and at most one fixed person a room. Where it has too few rounds, the last ones are
    filled person by person.
    """
    rounds = model.rounds
    if not rounds or any(
        opened.present != rounds[0].present
        or opened.rooms != rounds[0].rooms
        or max(opened.sizing.targets) - min(opened.sizing.targets) > 1
        or min(opened.sizing.targets) < 1
        or len(opened.units) + len(opened.pinned) < len(opened.present)
        or any(count > 1 for count in Counter(opened.pinned.values()).values())
        or opened.bars
        for opened in rounds
    ):
        return None
    design = next(
        (
            found
            for count in range(len(rounds), max(1, len(rounds) // 2), -1)
            if (found := find_design(len(rounds[0].present), rounds[0].rooms, count)) is not None
        ),
        None,
    )
    exact = design is not None and len(design.rounds) == len(rounds)
    shape = (len(rounds[0].present), rounds[0].rooms, len(rounds))
    design = nearly(*shape) or design or crowded_design(*shape)
    if design is None:
        return None
    hosts = sorted({person for opened in rounds for person in opened.pinned})
    places = independent(design, len(hosts)) if hosts else frozenset()
    if places is None:
        return None
    people = [person for person in rounds[0].present if person not in set(hosts)]
    rng.shuffle(people)
    on: dict[int, int] = dict(zip(sorted(places), hosts, strict=True))
    free = [point for point in range(design.points) if point not in on]
    on.update(zip(free, people, strict=True))
    if design.points <= ASSIGN_LIMIT:
        weights = _weights(model)
        if any(weights):
            _improve(weights, design, on, free, budget, rng)
    seats = [
        _numbered([[on[point] for point in room] for room in turn], opened.pinned, opened.sizing.targets)
        for turn, opened in zip(design.rounds, rounds, strict=False)
    ]
    for opened, groups in zip(rounds, seats, strict=False):
        sizes = zip(opened.sizing.lows, map(len, groups), opened.sizing.highs, strict=True)
        if any(not low <= size <= high for low, size, high in sizes):
            return None
    if len(seats) == len(rounds):
        return Constructed(seats, design.name, exact)
    return Constructed(extended(model, seats, rng, budget), f"{design.name}, then search", False)


def _numbered(groups: list[list[int]], pinned: dict[int, int], targets: tuple[int, ...]) -> list[list[int]]:
    """Give groups their rooms: a fixed person's group to that room, the others by size, larger ones first."""
    rooms: list[list[int]] = [[] for _ in groups]
    rest = []
    for group in groups:
        at = next((pinned[person] for person in group if person in pinned), None)
        if at is None:
            rest.append(group)
        else:
            rooms[at] = group
    open_rooms = [at for at, room in enumerate(rooms) if not room]
    open_rooms.sort(key=lambda at: -targets[at])
    for at, group in zip(open_rooms, sorted(rest, key=len, reverse=True), strict=True):
        rooms[at] = group
    return rooms


def _weights(model: Model) -> list[dict[int, int]]:
    """What it costs to let two people meet once."""
    table: list[dict[int, int]] = []
    for person in range(model.people):
        row = {other: 100 * times for other, times in model.past[person].items()}
        for rule, weight in ((model.separate, HARD), (model.apart, 300), (model.spread, 15)):
            for other, times in rule[person].items():
                row[other] = row.get(other, 0) + weight * times
        table.append(row)
    if model.problem.share_lang:
        limited = [person for person in range(model.people) if model.tongues[person] != -1]
        for first, second in combinations(limited, 2):
            if not model.tongues[first] & model.tongues[second]:
                table[first][second] = table[first].get(second, 0) + HARD
                table[second][first] = table[second].get(first, 0) + HARD
    return table


def _improve(
    weights: list[dict[int, int]],
    design: Design,
    on: dict[int, int],
    free: list[int],
    budget: Budget,
    rng: random.Random,
) -> None:
    """Tabu search over swaps of two people's points; `on` maps points to people and is changed in place.

    Nothing is changed where the table of prices would take more than a third of the budget to fill.
    """
    near: list[set[int]] = [set() for _ in range(design.points)]
    for turn in design.rounds:
        for room in turn:
            for first, second in combinations(room, 2):
                near[first].add(second)
                near[second].add(first)
    filling = sum(map(len, weights)) * max(map(len, near))
    if 3 * filling > budget.work_left:
        return
    budget.spend(filling)
    where = {person: point for point, person in on.items()}
    cost = {person: [0] * design.points for person in where}
    for person, prices in cost.items():
        for other, weight in weights[person].items():
            if other in where:
                for point in near[where[other]]:
                    prices[point] += weight
    current = best = sum(cost[person][point] for point, person in on.items()) // 2
    kept = dict(on)
    tabu: dict[tuple[int, int], int] = {}
    quiet, step = 0, 0
    while best and quiet < 600 and not budget.over():
        step += 1
        quiet += 1
        hot = [point for point in free if cost[on[point]][point]]
        if len(hot) > 12:
            hot = rng.sample(hot, 12)
        found, low = None, 1 << 60
        for x in hot:
            a = on[x]
            mine, meets, to = cost[a], near[x], weights[a]
            own = mine[x]
            for y in free:
                b = on[y]
                theirs = cost[b]
                delta = mine[y] - own + theirs[x] - theirs[y]
                if y in meets and b in to:
                    delta += 2 * to[b]
                if delta < low and y != x and (tabu.get((a, y), 0) < step or current + delta < best):
                    found, low = (x, y), delta
        budget.spend(len(hot) * len(free) + 100)
        if found is None:
            continue
        x, y = found
        a, b = on[x], on[y]
        until = step + rng.randint(4, 20)
        tabu[a, x] = tabu[b, y] = until
        for person, source, target in ((a, x, y), (b, y, x)):
            for other_person, weight in weights[person].items():
                if other_person in cost:
                    row = cost[other_person]
                    for point in near[source]:
                        row[point] -= weight
                    for point in near[target]:
                        row[point] += weight
            on[target] = person
        current += low
        if current < best:
            best, quiet, kept = current, 0, dict(on)
    on.update(kept)

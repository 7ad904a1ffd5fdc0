"""Changing a published plan: who moves when people come late, leave, or rooms change.

This module owns the three ways of re-planning, the seat of a latecomer and the repair of seats that no longer
fit. It must not touch rounds that have happened: they are frozen and count as history.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from facilitator_tui.rotation.budget import Budget, never
from facilitator_tui.rotation.desk import HARD, Desk
from facilitator_tui.rotation.judge import finished, seats_of
from facilitator_tui.rotation.model import Model, compile_problem
from facilitator_tui.rotation.problem import Problem, RotationProblem, check
from facilitator_tui.rotation.result import Move, Rotation, Seats, moves_between
from facilitator_tui.rotation.solve import CELLS_PER_SECOND, desk_cells, goal_of, solve_from
from facilitator_tui.rotation.tabu import Snapshot, Tabu, Target, weights_for

Way = Literal["patch", "few", "fresh"]

LAST_MINUTE_S = 60.0
LOOK_ROOMS = 40
"""So many rooms that are too full, and so many with space, are looked at for one move."""


@dataclass(frozen=True, slots=True)
class Replan:
    """A changed plan, with everybody whose seat differs from the published one."""

    rotation: Rotation
    moves: tuple[Move, ...]
    way: Way

    @property
    def moved(self) -> tuple[Move, ...]:
        """Only those who had a seat in a round and get another one in the same round."""
        return tuple(move for move in self.moves if move.from_room is not None and move.to_room is not None)


def replan(
    problem: Problem,
    published: Rotation,
    *,
    way: Way = "few",
    from_round: int,
    seed: int = 1,
    seconds: float = 0.25,
    on_progress: Callable[[Rotation], None] | None = None,
    cancelled: Callable[[], bool] = never,
) -> Replan:
    """Plan the rounds from `from_round` (counted from 0) on again, starting from the published ones.

    `patch` moves nobody who still has a seat, `few` trades a move against a tenth of a repeat, `fresh` plans as
    if nothing had been published. Rooms are compared by their order. Raises RotationProblem.
    """
    if way not in ("patch", "few", "fresh"):
        raise RotationProblem(f"There is no way {way!r} to plan again; use patch, few or fresh.")
    problem = replace(
        problem,
        rounds=tuple(
            replace(spec, frozen=published.rounds[number])
            if number < from_round and spec.frozen is None and number < len(published.rounds)
            else spec
            for number, spec in enumerate(problem.rounds)
        ),
    )
    if way == "fresh":
        budget = Budget(seconds, cancelled)
        rotation = solve_from(problem, published.rounds, seed, budget, on_progress)
    else:
        rotation = _from_published(problem, published, way, seed, Budget(seconds, cancelled))
    return Replan(rotation, _moves(problem, published, rotation, from_round), way)


def _moves(problem: Problem, published: Rotation, rotation: Rotation, from_round: int) -> tuple[Move, ...]:
    moves: list[Move] = []
    for number in range(from_round, len(rotation.rounds)):
        before: Seats = published.rounds[number] if number < len(published.rounds) else ()
        for move in moves_between(before, rotation.rounds[number], rooms_before=problem.rounds[number].rooms):
            moves.append(replace(move, round=number))
    return tuple(moves)


def _from_published(problem: Problem, published: Rotation, way: Way, seed: int, budget: Budget) -> Rotation:
    check(problem)
    model = compile_problem(problem)
    budget.keep_back(model.size)
    home = _home(model, published)
    seats = _patched(model, home, budget)
    method = "patch"
    if way == "few" and model.rounds:
        method = "few moves"
        for number in range(len(seats)):
            _reunite(model, number, seats)
            _refit(model, number, seats, budget)
    if way == "few" and model.rounds and desk_cells(model) <= budget.left * CELLS_PER_SECOND:
        rng = random.Random(seed)
        target = Target(not problem.no_repeat, True, goal_of(model, stay=True))
        tabu = Tabu(model, target, budget, rng, loose=True)
        for leg in range(8):
            start = seats if leg % 2 == 0 else tabu.best_seats
            desk = Desk(model, start, weights_for(leg, repeat_last=not problem.no_repeat, stay=True), home)
            if tabu.leg(desk, 400) or budget.over():
                break
        seats = tabu.best_seats
    return finished(model, seats_of(model, seats), method, budget, published.rounds)


def _home(model: Model, published: Rotation) -> list[list[int]]:
    """Where everybody sits in the published plan, by open round; -1 for nowhere."""
    home: list[list[int]] = []
    for opened in model.rounds:
        where = [-1] * model.people
        if opened.number < len(published.rounds):
            for at, group in enumerate(published.rounds[opened.number][: opened.rooms]):
                for name in group:
                    if name in model.index:
                        where[model.index[name]] = at
        home.append(where)
    return home


def _patched(model: Model, home: list[list[int]], budget: Budget) -> Snapshot:
    """Published seats for everybody who has one; fixed seats as they are now; the others where it hurts least."""
    seats: Snapshot = []
    for opened, where in zip(model.rounds, home, strict=True):
        rooms: list[list[int]] = [[] for _ in range(opened.rooms)]
        for person in opened.present:
            at = opened.pinned.get(person, where[person])
            if at >= 0:
                rooms[at].append(person)
        seats.append(rooms)
    met = _meetings(model, seats)
    for number, (opened, where) in enumerate(zip(model.rounds, home, strict=True)):
        for person in opened.present:
            if person not in opened.pinned and where[person] < 0:
                if budget.cut():
                    at = min(range(opened.rooms), key=lambda at: len(seats[number][at]) - opened.sizing.targets[at])
                else:
                    at = _best_room(model, number, seats[number], person, met[person])
                for other in seats[number][at]:
                    met[person][other] = met[person].get(other, 0) + 1
                    met[other][person] = met[other].get(person, 0) + 1
                seats[number][at].append(person)
    return seats


def _meetings(model: Model, seats: Snapshot) -> list[dict[int, int]]:
    met = [dict(row) for row in model.past]
    for rooms in seats:
        for room in rooms:
            for person in room:
                for other in room:
                    if other != person:
                        met[person][other] = met[person].get(other, 0) + 1
    return met


def _best_room(model: Model, number: int, rooms: Sequence[Sequence[int]], person: int, met: dict[int, int]) -> int:
    """The room where a person who comes in costs least: rules, then space, then repeats, then the smaller."""
    opened = model.rounds[number]
    specs = model.problem.rounds[opened.number].rooms
    unit = next((unit for unit in opened.units if person in unit), (person,))
    share = model.problem.share_lang

    def price(at: int) -> tuple[int, ...]:
        room = rooms[at]
        tongue = opened.tongues[at] & model.tongues[person] if share else -1
        for other in room:
            tongue &= model.tongues[other] if share else -1
        alone = sum(1 for mate in unit if mate != person and mate not in room and any(mate in r for r in rooms))
        broken = alone + (not tongue) + ((person, at) in opened.bars)
        return (
            broken + sum(model.separate[person].get(other, 0) for other in room),
            max(0, len(room) + 1 - specs[at].largest),
            sum(model.apart[person].get(other, 0) for other in room),
            int(len(room) >= specs[at].wished),
            sum(met.get(other, 0) for other in room),
            len(room),
            at,
        )

    return min(range(opened.rooms), key=price)


def _reunite(model: Model, number: int, seats: Snapshot) -> None:
    """Bring people who belong together, and were published apart, into the room that holds most of them."""
    opened, rooms = model.rounds[number], seats[number]
    for unit in opened.units:
        if len(unit) == 1:
            continue
        held = [sum(person in room for person in unit) for room in rooms]
        if max(held) == len(unit):
            continue
        closed = [sum((person, at) in opened.bars for person in unit) for at in range(len(rooms))]
        best = min(range(len(rooms)), key=lambda at: (closed[at], -held[at], len(rooms[at]), at))
        for room in rooms:
            room[:] = [person for person in room if person not in unit]
        rooms[best].extend(unit)


def _refit(model: Model, number: int, seats: Snapshot, budget: Budget) -> None:
    """Bring rooms back within their smallest and largest by moving single people where it costs least."""
    opened = model.rounds[number]
    specs = model.problem.rounds[opened.number].rooms
    rooms = seats[number]
    lows = [min(low, room.smallest) for low, room in zip(opened.sizing.lows, specs, strict=True)]
    highs = [max(high, room.largest) for high, room in zip(opened.sizing.highs, specs, strict=True)]
    movable = {unit[0] for unit in opened.units if len(unit) == 1}
    met = _meetings(model, seats)
    for _ in range(len(opened.present)):
        over = [at for at, room in enumerate(rooms) if len(room) > highs[at]]
        under = [at for at, room in enumerate(rooms) if len(room) < lows[at]]
        sources = over or [at for at, room in enumerate(rooms) if len(room) > lows[at]]
        targets = under or [at for at, room in enumerate(rooms) if len(room) < highs[at]]
        if not (over or under) or budget.cut():
            return
        moves = [
            (
                _repeats(model, person, rooms[target], met) - _repeats(model, person, rooms[source], met) // 2,
                -len(rooms[source]),
                person,
                source,
                target,
            )
            for source in sources[:LOOK_ROOMS]
            for target in targets[:LOOK_ROOMS]
            if source != target
            for person in rooms[source]
            if person in movable
        ]
        if not moves:
            return
        _, _, person, source, target = min(moves)
        rooms[source].remove(person)
        rooms[target].append(person)


def _repeats(model: Model, person: int, room: Sequence[int], met: list[dict[int, int]]) -> int:
    separate, apart = model.separate[person], model.apart[person]
    return sum(
        100 * met[person].get(other, 0) + HARD * separate.get(other, 0) + 200 * apart.get(other, 0)
        for other in room
        if other != person
    )


def seat_latecomer(
    problem: Problem, rotation: Rotation, person: str, *, round: int, seconds_left: float | None = None
) -> str | None:
    """The id of the room a late person goes to in a round that is running or planned.

    Below its wished size, with the fewest repeats, and with every rule that can be kept. None means: wait for
    the next round, there is less than a minute left. Raises RotationProblem for unknown people or rounds.
    """
    if not 0 <= round < len(problem.rounds) or round >= len(rotation.rounds):
        raise RotationProblem(f"There is no round {round + 1}; name one of the {len(rotation.rounds)} rounds.")
    if person not in {known.id for known in problem.people}:
        raise RotationProblem(f"{person} is unknown; add the person to the roster first.")
    if seconds_left is not None and seconds_left < LAST_MINUTE_S:
        return None
    seats = tuple(group - {person} for group in rotation.rounds[round])
    spec = problem.rounds[round]
    seated = frozenset(name for group in seats for name in group)
    now = replace(spec, present=seated | {person}, frozen=None)
    if person in now.pinned:
        return now.pinned[person]
    others = tuple(
        replace(other, frozen=rotation.rounds[number]) if number < len(rotation.rounds) else other
        for number, other in enumerate(problem.rounds)
        if number != round
    )
    model = compile_problem(replace(problem, rounds=(now, *others)))
    rooms = [[model.index[name] for name in sorted(group)] for group in seats]
    late = model.index[person]
    return spec.rooms[_best_room(model, 0, rooms, late, model.past[late])].id

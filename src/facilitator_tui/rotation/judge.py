"""From seats to a Rotation: counts, tiers with their bounds, what was broken and why.

This module owns putting a result together. It must not change seats.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from facilitator_tui.rotation.bounds import bound_of
from facilitator_tui.rotation.budget import Budget
from facilitator_tui.rotation.measure import alike_pairs, broken_rules, count
from facilitator_tui.rotation.model import Bound, Model, compile_problem
from facilitator_tui.rotation.problem import Problem, check
from facilitator_tui.rotation.result import Broken, Rotation, Seats
from facilitator_tui.rotation.tabu import Snapshot
from facilitator_tui.rotation.tiers import tiers_of

HARD_RULES = frozenset({"size", "pinned", "barred", "separate", "together", "buddy", "newcomer", "language"})


def seats_of(model: Model, seats: Snapshot) -> tuple[Seats, ...]:
    """All rounds as ids, frozen ones as they are."""
    result: list[Seats] = []
    opened = 0
    for spec in model.problem.rounds:
        if spec.frozen is not None:
            result.append(spec.frozen)
        elif not spec.rooms:
            result.append(())
        else:
            result.append(model.seats(opened, seats[opened]))
            opened += 1
    return tuple(result)


def judged(
    problem: Problem,
    rounds: Sequence[Seats],
    method: str = "given",
    seconds: float = 0.0,
    settled: frozenset[str] = frozenset(),
) -> Rotation:
    """What seats that somebody else chose are worth, with the bound of the problem. Raises RotationProblem.

    The seats of `settled` people were never in question, so the bound takes them for granted.
    """
    check(problem)
    model = compile_problem(problem)
    bounding = compile_problem(_with_settled(problem, rounds, settled)) if settled else model
    return replace(finished(model, rounds, method, Budget(0), bounding=bounding), seconds=seconds)


def _with_settled(problem: Problem, rounds: Sequence[Seats], settled: frozenset[str]) -> Problem:
    """The same question with the seats of settled people fixed."""
    return replace(
        problem,
        rounds=tuple(
            spec
            if spec.frozen is not None
            else replace(
                spec,
                pinned={name: room.id for room, seat in zip(spec.rooms, seats, strict=True) for name in seat & settled},
            )
            for spec, seats in zip(problem.rounds, rounds, strict=True)
        ),
    )


def finished(
    model: Model,
    rounds: Sequence[Seats],
    method: str,
    budget: Budget,
    published: Sequence[Seats] = (),
    bounding: Model | None = None,
) -> Rotation:
    """Judge seats; everything is counted anew from the seats alone, against the bound of `bounding`, else `model`.

    Pairs that may not meet sharpen the bound, as long as the seats keep them from meeting.
    """
    problem = model.problem
    counts = count(problem, rounds)
    earlier = sum(times * (times - 1) // 2 for row in model.past for times in row.values()) // 2
    broken = _explained(model, rounds, broken_rules(problem, rounds))
    hard = sum(1 for item in broken if item.rule in HARD_RULES)
    people = {person.id: person for person in problem.people}
    shared = {
        rule: sum(
            alike_pairs([people[name] for name in group], mark)
            for opened in model.rounds
            for group in rounds[opened.number]
            for mark in marks
        )
        for rule, marks in (("apart", problem.apart), ("spread", problem.spread))
    }
    kept = not any(item.rule in ("separate", "language") for item in broken)
    sizes = tuple(tuple(map(len, rounds[opened.number])) for opened in model.rounds)
    bound = bound_of(bounding or model, sizes, rules=kept, apart=kept and not shared["apart"])
    proven = counts.coincidences <= bound.value
    return Rotation(
        rounds=tuple(rounds),
        coincidences=counts.coincidences,
        repeats=counts.repeats,
        most_meetings=counts.most,
        pairs_met=counts.met,
        pairs_possible=counts.possible,
        bound=bound.value,
        proven=proven,
        reason=_reason(bound, counts.coincidences, proven),
        broken=tuple(broken),
        seconds=budget.elapsed,
        method=method,
        tiers=tiers_of(model, rounds, counts, hard=hard, alike=shared, bound=bound, published=published),
        earlier=earlier,
    )


def _reason(bound: Bound, coincidences: int, proven: bool) -> str:
    if proven and not coincidences:
        return "Nobody meets anybody twice, which can't be beaten."
    if proven:
        return f"Fewer than {coincidences} coincidences are impossible: {bound.reason}."
    if not bound.value:
        return f"{coincidences} coincidences were found; it isn't known whether fewer are possible."
    return f"{coincidences} coincidences were found and {bound.value} can't be avoided: {bound.reason}."


def _explained(model: Model, rounds: Sequence[Seats], broken: list[Broken]) -> list[Broken]:
    """Where a rule was impossible from the start, give that reason instead of what happened.

    Pairs who were not to be tied together, and have come to share a room nevertheless, have nothing to complain of.
    """
    known = {(item.rule, item.people, item.round): item for item in model.impossible}
    result = []
    told: set[tuple[str, tuple[str, ...], int]] = set()
    for item in broken:
        key = (item.rule, item.people, item.round)
        told.add(key)
        result.append(known.get(key, item))
    result.extend(item for key, item in known.items() if key not in told and not _kept_anyway(item, rounds[item.round]))
    return result


def _kept_anyway(item: Broken, seats: Seats) -> bool:
    tied = item.rule in ("together", "buddy")
    return tied and any(group.issuperset(item.people) for group in seats)

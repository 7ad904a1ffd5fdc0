"""Cooling seats down: what it keeps, and what it finds that steps downhill do not."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from facilitator_tui.rotation import Person, Problem, RoomSpec, RoundSpec
from facilitator_tui.rotation.anneal import STRETCH, Annealing, cooling_weights
from facilitator_tui.rotation.budget import Budget
from facilitator_tui.rotation.desk import Desk
from facilitator_tui.rotation.model import Model, compile_problem
from facilitator_tui.rotation.solve import goal_of, solve_from
from facilitator_tui.rotation.start import greedy
from facilitator_tui.rotation.tabu import Snapshot, Target
from rotation.problems import problems


def standing() -> float:
    """A clock that stands: work alone ends a search."""
    return 0.0


def cooled(problem: Problem, seed: int) -> tuple[Model, Annealing, Snapshot]:
    """The model, the search after a short cooling, and the seats from before."""
    model, rng, budget = compile_problem(problem), random.Random(seed), Budget(1.0, clock=standing)
    search = Annealing(model, Target(not problem.no_repeat, False, goal_of(model)), budget, rng)
    before = greedy(model, rng, budget)
    search.cool(Desk(model, before, cooling_weights(not problem.no_repeat)), 5 * STRETCH)
    return model, search, before


@given(problems(), st.integers(0, 9))
def test_after_cooling_the_counts_are_those_of_the_seats(problem: Problem, seed: int) -> None:
    model, search, _ = cooled(problem, seed)
    kept, anew = search.desk, Desk(model, search.desk.snapshot(), search.desk.weights)
    assert (kept.coincidences, kept.count_hard, kept.count_apart, kept.count_spread, kept.worst) == (
        anew.coincidences,
        anew.count_hard,
        anew.count_apart,
        anew.count_spread,
        anew.worst,
    )
    for opened, ours, fresh in zip(model.rounds, kept.cost, anew.cost, strict=True):
        assert [ours[person] for person in opened.present] == [fresh[person] for person in opened.present]


@given(problems(), st.integers(0, 9))
def test_cooling_moves_nobody_in_or_out_and_keeps_the_best_seats_it_saw(problem: Problem, seed: int) -> None:
    model, search, before = cooled(problem, seed)
    target = search.target
    for old, new in zip(before, search.best_seats, strict=True):
        assert sorted(person for room in old for person in room) == sorted(person for room in new for person in room)
    again = Annealing(model, target, search.budget, search.rng)
    for seats in (before, search.best_seats):
        again.take(Desk(model, seats, search.desk.weights))
        again.record()
    assert again.best == search.best


def blocks_and_history() -> Problem:
    """24 people, newcomers beside their buddies, two rounds in rooms of five, and three rounds of pairs before."""
    names = [f"p{number:02d}" for number in range(24)]
    people = tuple(
        Person(name, {"org": f"o{number // 2}"}, new=number % 3 == 0, buddy=names[(number + 7) % 24])
        for number, name in enumerate(names)
    )
    rooms = tuple(RoomSpec(str(number), f"Room {number}", 4, 5, 5) for number in range(5))
    met = {frozenset((names[at], names[(at + by) % 24])): 1 for by in (5, 9, 11) for at in range(0, 24, 2)}
    rounds = (RoundSpec(rooms, frozenset(names)),) * 2
    return Problem(people, rounds, met, apart=("org",), new_people="with-buddy")


def test_seats_of_blocks_are_cooled_and_the_answer_follows_from_the_seed() -> None:
    answers = [solve_from(blocks_and_history(), (), 3, Budget(0.5, clock=standing)).rounds for _ in range(2)]
    assert answers[0] == answers[1]

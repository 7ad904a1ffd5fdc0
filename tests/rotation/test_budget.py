"""A search asks for the time often enough, on any shape, and leaves some for judging."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from facilitator_tui.rotation import (
    Person,
    Problem,
    RoomSpec,
    RotationProblem,
    RoundSpec,
    even_problem,
    even_rooms,
    replan,
    solve,
)
from facilitator_tui.rotation.budget import JUDGING, LOOK_AT_CLOCK, Budget
from facilitator_tui.rotation.solve import solve_from

ONE_PERSON = 60_000
"""Looks that one person's moves in the largest room may take after the clock was last asked for."""


class Watched(Budget):
    """Never out of time; remembers the most work that was done between two looks at the clock."""

    def __init__(self, work: int) -> None:
        super().__init__(1e9)
        self.work_left = work
        self.since = self.most = 0

    def spend(self, work: int) -> None:
        super().spend(work)
        self.since += work
        self.most = max(self.most, self.since)

    def over(self) -> bool:
        self.since = 0
        return super().over()

    def cut(self) -> bool:
        self.since = 0
        return super().cut()


def crowd(count: int, size: int, rounds: int, **rules: object) -> Problem:
    """People with marks, languages and buddies, pairs apart and together, and a history."""
    rng = random.Random(count)
    ids = [f"p{number}" for number in range(count)]
    people = tuple(
        Person(
            name,
            {"org": f"o{rng.randrange(9)}"},
            frozenset(rng.sample(["en", "es", "fr"], rng.randrange(3))),
            rng.random() < 0.2,
            rng.choice(ids),
        )
        for name in ids
    )
    some = [frozenset(rng.sample(ids, 2)) for _ in range(count)]
    present = frozenset(ids)
    return Problem(
        people,
        tuple(RoundSpec(even_rooms(count, size=size), present) for _ in range(rounds)),
        {pair: rng.randrange(1, 4) for pair in some},
        together=tuple(some[: count // 8]),
        separate=tuple(some[count // 2 :]),
        **rules,  # type: ignore[arg-type]
    )


HOSTILE = {
    "rules": crowd(60, 5, 4, apart=("org",), new_people="with-buddy", share_lang=True),
    "large rooms": crowd(90, 45, 3, new_people="with-buddy", share_lang=True),
    "one room": crowd(40, 40, 3, new_people="never-alone", share_lang=True),
    "many rounds": crowd(20, 4, 60, apart=("org",)),
    "plain": even_problem(90, None, 6, 8),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_the_clock_is_asked_for_after_little_work(name: str) -> None:
    budget = Watched(150_000)
    solve_from(HOSTILE[name], (), 1, budget)
    assert budget.most <= LOOK_AT_CLOCK + ONE_PERSON


def test_a_clock_that_ran_out_at_once_still_gives_seats() -> None:
    ticks = iter(range(0, 10**9, 100))
    budget = Budget(1.0, clock=lambda: float(next(ticks)))
    problem = HOSTILE["rules"]
    rotation = solve_from(problem, (), 1, budget)
    assert all(sum(map(len, seats)) == len(problem.people) for seats in rotation.rounds)


def test_time_for_judging_is_kept_back_in_proportion_to_reading() -> None:
    now = [0.0]
    budget = Budget(2.0, clock=lambda: now[0])
    now[0] = 0.1
    budget.keep_back(10_000)
    assert budget.left == pytest.approx(1.9 - JUDGING * 0.1)
    now[0] = 1.5
    assert budget.over()


def test_a_small_question_read_slowly_keeps_back_little() -> None:
    now = [0.0]
    budget = Budget(2.0, clock=lambda: now[0])
    now[0] = 0.4
    budget.keep_back(50)
    assert budget.left == pytest.approx(1.59)


def test_a_cancelled_search_looks_at_no_more_moves() -> None:
    asked = [0]

    def cancelled() -> bool:
        asked[0] += 1
        return asked[0] > 3

    rotation = solve(HOSTILE["plain"], seconds=1e9, cancelled=cancelled)
    assert all(sum(map(len, seats)) == 90 for seats in rotation.rounds)


def test_a_group_of_hundreds_apart_or_together_is_answered() -> None:
    everybody = frozenset(f"p{number}" for number in range(1, 401))
    apart = solve(replace(even_problem(400, 5, 2), separate=(everybody,)), seconds=0.5)
    assert any("should all be apart and there are 80 rooms" in item.reason for item in apart.broken)
    together = solve(replace(even_problem(400, 5, 2), together=(everybody,)), seconds=0.5)
    assert any("p1 and 399 more should be together" in item.reason for item in together.broken)


def test_a_pair_that_met_ten_thousand_times_is_counted_and_not_seated_together() -> None:
    problem = even_problem(8, 4, 2)
    rotation = solve(replace(problem, history={frozenset(("p1", "p2")): 10_000}))
    assert rotation.most_meetings == 10_000
    with pytest.raises(RotationProblem, match="p1 and p2 can't have met 1000000 times"):
        solve(replace(problem, history={frozenset(("p1", "p2")): 1_000_000}))


def test_thousands_who_come_late_are_seated_by_a_replan() -> None:
    specs = tuple(RoomSpec(str(n), f"Room {n}", 1, 5, 6) for n in range(1, 401))
    people = tuple(Person(f"p{n}") for n in range(2000))
    here = frozenset(person.id for person in people[:1000])
    problem = Problem(people, (RoundSpec(specs, here),))
    plan = solve(problem, seconds=0.2)
    more = replace(problem, rounds=(RoundSpec(specs, frozenset(person.id for person in people)),))
    changed = replan(more, plan, from_round=0, seconds=0.2)
    assert sum(map(len, changed.rotation.rounds[0])) == 2000

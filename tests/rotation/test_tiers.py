"""Every tier of the objective is shown with its bound, in its order."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import HealthCheck, given, settings

from facilitator_tui.rotation import Problem, Rotation, even_problem, judged, replan, solve
from rotation.problems import problems

NEW_FACES = "new faces of the person with fewest"


def tier(rotation: Rotation, name: str) -> tuple[int, int | None]:
    return next((item.value, item.bound) for item in rotation.tiers if item.name == name)


def names(rotation: Rotation) -> list[str]:
    return [item.name for item in rotation.tiers]


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(problems())
def test_no_tier_is_better_than_its_bound(problem: Problem) -> None:
    rotation = solve(problem, seconds=0.03)
    kept = not rotation.broken
    for item in rotation.tiers:
        if item.bound is None or (item.name == "coincidences" and not kept):
            continue
        assert item.value <= item.bound if item.name == NEW_FACES else item.value >= item.bound


def test_everybody_meets_three_new_people_a_round_and_nobody_can_meet_more() -> None:
    assert tier(solve(even_problem(32, 4, 5)), NEW_FACES) == (15, 15)


def test_who_met_everybody_before_meets_nobody_new() -> None:
    history = {frozenset(("p1", f"p{n}")): 1 for n in range(2, 9)}
    rotation = solve(replace(even_problem(8, 4, 1), history=history))
    assert tier(rotation, NEW_FACES) == (0, 0)


def test_a_wish_for_a_room_is_met_where_it_costs_no_repeat() -> None:
    problem = even_problem(16, 4, 4)
    specs = [replace(spec, wished={"p1": frozenset({"3"}), "p2": frozenset({"1", "2"})}) for spec in problem.rounds]
    rotation = solve(replace(problem, rounds=tuple(specs)))
    assert rotation.coincidences == 0
    assert all("p1" in seats[2] for seats in rotation.rounds)
    assert tier(rotation, "wishes for a room not met")[0] <= 1


def test_more_wishes_than_a_room_has_seats_are_counted_in_the_bound() -> None:
    problem = even_problem(8, 4, 1)
    spec = replace(problem.rounds[0], wished={f"p{n}": frozenset({"1"}) for n in range(1, 7)})
    value, bound = tier(solve(replace(problem, rounds=(spec,))), "wishes for a room not met")
    assert bound == 2
    assert value >= 2


def test_moves_from_the_published_plan_come_right_after_coincidences() -> None:
    problem = even_problem(16, 4, 4)
    plan = solve(problem)
    less = replace(problem, rounds=tuple(replace(spec, present=spec.present - {"p7"}) for spec in problem.rounds))
    changed = replan(less, plan, way="few", from_round=1)
    order = names(changed.rotation)
    assert order[order.index("coincidences") + 1] == "moves from the published plan"
    assert tier(changed.rotation, "moves from the published plan") == (len(changed.moved), 0)


def test_the_busiest_host_is_counted() -> None:
    problem = even_problem(12, 4, 3)
    specs = [replace(spec, pinned={"p1": "1"} if number < 2 else {}) for number, spec in enumerate(problem.rounds)]
    assert tier(solve(replace(problem, rounds=tuple(specs))), "rounds of the busiest host") == (2, 2)


def test_moves_between_rounds_are_people_who_change_rooms() -> None:
    problem = even_problem(4, 2, 2)
    seats = (frozenset({"p1", "p2"}), frozenset({"p3", "p4"}))
    other = (frozenset({"p1", "p3"}), frozenset({"p2", "p4"}))
    assert tier(judged(problem, [seats, other]), "moves between rounds") == (2, 0)

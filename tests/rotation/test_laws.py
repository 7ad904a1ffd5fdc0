"""What holds for every rotation of every problem."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from facilitator_tui.rotation import Problem, even_problem, replan, room_sizes, sentence, solve
from facilitator_tui.rotation.budget import Budget
from facilitator_tui.rotation.solve import solve_from
from rotation.counting import best_coincidences, coincidences, meetings, repeats, seated_once
from rotation.problems import problems

QUICK = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
FEW = settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
SECONDS = 0.04


@QUICK
@given(problems())
def test_everybody_present_sits_in_exactly_one_room_a_round(problem: Problem) -> None:
    rotation = solve(problem, seconds=SECONDS)
    for number, spec in enumerate(problem.rounds):
        assert seated_once(rotation, number) == sorted(spec.present)
        assert len(rotation.rounds[number]) == len(spec.rooms)


@QUICK
@given(problems())
def test_counts_equal_a_count_by_hand(problem: Problem) -> None:
    rotation = solve(problem, seconds=SECONDS)
    met = meetings(rotation.rounds, problem.history)
    assert rotation.coincidences == coincidences(met)
    assert rotation.repeats == repeats(met)
    assert rotation.most_meetings == max(met.values(), default=0)
    assert rotation.pairs_met == len(met)
    assert rotation.bound <= rotation.coincidences
    assert rotation.proven == (rotation.bound == rotation.coincidences)
    assert sentence(rotation)


@QUICK
@given(problems())
def test_a_hard_rule_holds_or_is_listed(problem: Problem) -> None:
    rotation = solve(problem, seconds=SECONDS)
    listed = {(item.rule, frozenset(item.people), item.round) for item in rotation.broken}
    people = {person.id: person for person in problem.people}
    for number, spec in enumerate(problem.rounds):
        if spec.frozen is not None:
            continue
        at = {name: room for room, group in enumerate(rotation.rounds[number]) for name in group}
        for pair in problem.separate:
            one, other = sorted(pair)
            assert at.get(one) is None or at[one] != at.get(other) or ("separate", pair, number) in listed
        for pair in problem.together:
            if pair <= spec.present and len({at[name] for name in pair}) > 1:
                assert ("together", pair, number) in listed
        for name, room in spec.pinned.items():
            assert name not in at or spec.rooms[at[name]].id == room
        for group in rotation.rounds[number]:
            known = [people[name].langs for name in group if people[name].langs]
            if problem.share_lang and known and not frozenset.intersection(*known):
                assert any(item.rule == "language" and item.round == number for item in rotation.broken)
            new = [name for name in group if people[name].new]
            if problem.new_people == "with-buddy" and len(group) >= 3:
                for name in new:
                    buddy = people[name].buddy
                    if buddy not in (None, name) and buddy not in group:
                        assert ("buddy", frozenset((name, buddy)), number) in listed
            if problem.new_people == "never-alone" and len(group) >= 3 and len(new) == 1:
                assert ("newcomer", frozenset(new), number) in listed


@QUICK
@given(problems())
def test_frozen_rounds_do_not_change(problem: Problem) -> None:
    rotation = solve(problem, seconds=SECONDS)
    for spec, seats in zip(problem.rounds, rotation.rounds, strict=True):
        assert spec.frozen is None or seats == spec.frozen


@FEW
@given(problems(), st.integers(0, 5))
def test_the_same_seed_gives_the_same_answer(problem: Problem, seed: int) -> None:
    first, again = (solve_from(problem, (), seed, Budget(0.02, clock=lambda: 0.0)) for _ in range(2))
    assert first.rounds == again.rounds


@st.composite
def tiny(draw: st.DrawFn) -> tuple[int, int, int, dict[frozenset[str], int]]:
    people = draw(st.integers(2, 8))
    rooms = draw(st.integers(1, min(4, people)))
    rounds = draw(st.integers(1, 3 if people < 7 else 2))
    names = [f"p{number}" for number in range(1, people + 1)]
    pairs = st.frozensets(st.sampled_from(names), min_size=2, max_size=2)
    return people, rooms, rounds, draw(st.dictionaries(pairs, st.integers(1, 2), max_size=4))


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(tiny())
def test_the_bound_is_never_above_the_optimum_and_proven_is_never_wrong(
    case: tuple[int, int, int, dict[frozenset[str], int]],
) -> None:
    people, rooms, rounds, history = case
    problem = replace(even_problem(people, None, rounds, rooms), history=history)
    names = tuple(person.id for person in problem.people)
    rotation = solve(problem, seconds=SECONDS)
    optimum = best_coincidences(names, tuple(room_sizes(people, rooms=rooms)), rounds, history)
    assert rotation.bound <= optimum <= rotation.coincidences
    if rotation.proven:
        assert rotation.coincidences == optimum


@pytest.mark.parametrize("people", range(2, 9))
def test_every_tiny_rotation_is_the_best_there_is_and_no_bound_is_above_it(people: int) -> None:
    for rooms in range(1, people + 1):
        for rounds in range(1, 4):
            problem = even_problem(people, None, rounds, rooms)
            names = tuple(person.id for person in problem.people)
            optimum = best_coincidences(names, tuple(room_sizes(people, rooms=rooms)), rounds, {})
            rotation = solve(problem, seconds=0.3)
            assert rotation.bound <= optimum == rotation.coincidences
            assert not rotation.proven or rotation.bound == optimum


@FEW
@given(problems(), st.sampled_from(["patch", "few", "fresh"]), st.data())
def test_a_replan_seats_everybody_and_leaves_the_past_alone(problem: Problem, way: str, data: st.DataObject) -> None:
    published = solve(problem, seconds=SECONDS)
    start = data.draw(st.integers(0, len(problem.rounds)))
    names = st.frozensets(st.sampled_from([person.id for person in problem.people]))
    changed = replace(
        problem,
        rounds=tuple(
            spec if number < start or spec.frozen is not None else replace(spec, present=data.draw(names))
            for number, spec in enumerate(problem.rounds)
        ),
    )
    result = replan(changed, published, way=way, from_round=start, seconds=SECONDS)  # type: ignore[arg-type]
    for number, spec in enumerate(changed.rounds):
        if number < start:
            assert result.rotation.rounds[number] == published.rounds[number]
        else:
            assert seated_once(result.rotation, number) == sorted(spec.present)
    if way == "patch":
        pinned = {name for spec in changed.rounds for name in spec.pinned}
        tied = bool(problem.together) or problem.new_people == "with-buddy"
        assert tied or all(move.person in pinned for move in result.moved)

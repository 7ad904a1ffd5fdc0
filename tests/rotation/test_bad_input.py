"""What a person can get wrong is answered with one sentence, or with the best rotation there is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from facilitator_tui.rotation import (
    ImpossibleRooms,
    Person,
    Problem,
    RoomSpec,
    Rotation,
    RotationProblem,
    RoundSpec,
    even_problem,
    replan,
    room_sizes,
    seat_latecomer,
    solve,
)


def crowd(count: int, **kinds: object) -> tuple[Person, ...]:
    return tuple(Person(f"p{number}", **kinds) for number in range(1, count + 1))  # type: ignore[arg-type]


def rooms(count: int, smallest: int = 1, wished: int = 3, largest: int = 4) -> tuple[RoomSpec, ...]:
    return tuple(RoomSpec(str(n), f"Room {n}", smallest, wished, largest) for n in range(1, count + 1))


def one_round(people: tuple[Person, ...], specs: tuple[RoomSpec, ...], **more: object) -> Problem:
    present = frozenset(person.id for person in people)
    return Problem(people, (RoundSpec(specs, present),), **more)  # type: ignore[arg-type]


def reasons(rotation: Rotation) -> str:
    return " / ".join(item.reason for item in rotation.broken)


@pytest.mark.parametrize(
    ("people", "size", "count"),
    [(0, 4, None), (-3, 4, None), (8, 0, None), (8, None, 0), (5, None, 9), (8, None, None), (20, 4, 3), (8, 4, 6)],
)
def test_impossible_sizes_are_refused_in_one_sentence(people: int, size: int | None, count: int | None) -> None:
    with pytest.raises(ImpossibleRooms) as refusal:
        room_sizes(people, size=size, rooms=count)
    assert str(refusal.value).endswith(".")
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize(
    ("people", "size", "sizes"),
    [(18, 5, [5, 5, 4, 4]), (33, 4, [5] + [4] * 7), (5, 4, [5]), (7, 3, [4, 3]), (1, 4, [1]), (6, 4, [3, 3])],
)
def test_sizes_are_even_and_nobody_is_left_out(people: int, size: int, sizes: list[int]) -> None:
    assert room_sizes(people, size=size) == sizes


def test_no_rounds_are_refused() -> None:
    with pytest.raises(ImpossibleRooms, match="one round"):
        even_problem(8, 4, 0)


def test_nobody_and_one_person_are_answered() -> None:
    nobody = solve(one_round((), rooms(2)))
    assert nobody.rounds == ((frozenset(), frozenset()),)
    assert nobody.proven
    alone = solve(one_round(crowd(1), rooms(1)))
    assert alone.rounds == ((frozenset({"p1"}),),)


@pytest.mark.parametrize(("people", "size", "count"), [(10_000, 5, None), (10_000, None, 3), (10_001, 7, None)])
def test_ten_thousand_people_are_seated(people: int, size: int | None, count: int | None) -> None:
    problem = even_problem(people, size, 2, count)
    rotation = solve(problem, seconds=1.0)
    assert all(sum(map(len, seats)) == people for seats in rotation.rounds)
    assert rotation.bound <= rotation.coincidences


def test_a_room_for_nobody_stays_empty_and_is_named() -> None:
    rotation = solve(one_round(crowd(3), rooms(5)))
    assert sorted(map(len, rotation.rounds[0])) == [0, 0, 1, 1, 1]
    assert "Room 5 has nobody" in reasons(rotation)


def test_more_hosts_than_a_room_takes_is_named_and_they_still_sit_there() -> None:
    people = crowd(6)
    problem = one_round(people, rooms(2, 1, 3, 3))
    spec = replace(problem.rounds[0], pinned={f"p{n}": "1" for n in range(1, 5)})
    rotation = solve(replace(problem, rounds=(spec,)))
    assert rotation.rounds[0][0] == {"p1", "p2", "p3", "p4"}
    assert "4 people have a fixed seat in Room 1, which takes 3" in reasons(rotation)


def test_too_many_people_go_above_the_largest_and_nobody_is_left_out() -> None:
    rotation = solve(one_round(crowd(10), rooms(2, 1, 3, 4)))
    assert sorted(map(len, rotation.rounds[0])) == [5, 5]
    assert "10 people are here and the rooms take 8" in reasons(rotation)


def test_a_buddy_with_another_fixed_room_is_put_into_words() -> None:
    people = (Person("p02", new=True, buddy="p19"), Person("p19"), *crowd(6))
    problem = one_round(people, rooms(2, 3, 4, 5), new_people="with-buddy")
    spec = replace(problem.rounds[0], pinned={"p02": "1", "p19": "2"})
    rotation = solve(replace(problem, rounds=(spec,)), seconds=0.2)
    assert "p02 and the buddy p19 can't be kept together: both host a room" in reasons(rotation)


def test_a_pair_both_together_and_apart_is_put_into_words() -> None:
    pair = frozenset({"p1", "p2"})
    rotation = solve(one_round(crowd(6), rooms(2), together=(pair,), separate=(pair,)), seconds=0.2)
    assert "p1 and p2 can't be kept together: they should also be kept apart" in reasons(rotation)


def test_a_group_kept_apart_that_is_larger_than_the_rooms_is_named() -> None:
    group = frozenset({"p1", "p2", "p3"})
    rotation = solve(one_round(crowd(6), rooms(2), separate=(group,)), seconds=0.2)
    assert "p1, p2, p3 should all be apart and there are 2 rooms" in reasons(rotation)


def test_an_organisation_larger_than_the_rooms_is_named() -> None:
    people = tuple(replace(person, marks={"org": "o7"}) for person in crowd(3))
    rotation = solve(one_round((*people, Person("q1"), Person("q2")), rooms(2), apart=("org",)), seconds=0.2)
    assert "3 people share org o7 and there are 2 rooms" in reasons(rotation)


def test_a_person_without_a_common_language_is_named() -> None:
    people = (Person("p1", langs=frozenset({"es"})), *crowd(6, langs=frozenset({"en"}))[1:])
    rotation = solve(one_round(people, rooms(2), share_lang=True), seconds=0.2)
    assert "no language is common to everybody" in reasons(rotation)


@pytest.mark.parametrize(
    ("problem", "word"),
    [
        (one_round((Person("a"), Person("a")), rooms(1)), "twice"),
        (Problem(crowd(2), (RoundSpec(rooms(1), frozenset({"p1", "zoe"})),)), "zoe"),
        (Problem(crowd(2), (RoundSpec(rooms(1), frozenset({"p1"}), {"p1": "9"}),)), "9"),
        (Problem(crowd(2), (RoundSpec((), frozenset({"p1"})),)), "no room"),
        (Problem(crowd(2), (RoundSpec(rooms(1) + rooms(1), frozenset()),)), "same id"),
        (Problem(crowd(2), (RoundSpec(rooms(2), frozenset(), {}, (frozenset(),)),)), "groups"),
        (Problem(crowd(2), (RoundSpec(rooms(1, 5, 5, 4), frozenset({"p1"})),)), "nobody"),
        (one_round(crowd(2), rooms(1), separate=(frozenset({"p1", "pp2"}),)), "did you mean p2"),
        (one_round(crowd(2), rooms(1), new_people="sometimes"), "never-alone"),
    ],
)
def test_a_wrong_question_is_one_sentence(problem: Problem, word: str) -> None:
    with pytest.raises(RotationProblem) as refusal:
        solve(problem)
    assert word in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_unknown_ways_rounds_and_latecomers_are_refused() -> None:
    problem = even_problem(8, 4, 2)
    plan = solve(problem)
    with pytest.raises(RotationProblem, match="patch, few or fresh"):
        replan(problem, plan, way="anyhow", from_round=0)  # type: ignore[arg-type]
    with pytest.raises(RotationProblem, match="no round 3"):
        seat_latecomer(problem, plan, "p1", round=2)
    with pytest.raises(RotationProblem, match="zoe"):
        seat_latecomer(problem, plan, "zoe", round=0)

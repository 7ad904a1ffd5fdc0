"""Every construction gives the rounds it promises, and nobody meets twice in any of them."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

import pytest

from facilitator_tui.rotation import even_problem, solve
from facilitator_tui.rotation.bounds import least_overlap
from facilitator_tui.rotation.crowded import crowded_design
from facilitator_tui.rotation.designs import Rounds, develop, find_design, most_rounds, starters
from facilitator_tui.rotation.fields import field, prime_power

FRONTIER = (
    "4-4-5 5-3-7 5-4-5 5-5-6 6-3-8 6-4-7 6-5-6 6-6-3 7-3-10 7-4-9 7-7-8 8-3-11 8-4-9 8-8-9 9-3-13 10-4-9 "
    "10-5-7 9-4-11 10-4-12 10-5-9 10-6-7 13-4-13 16-4-21 8-2-15 25-2-12 60-5-15 200-5-5"
)


def holds(rounds: Rounds, people: int) -> bool:
    seen: set[tuple[int, int]] = set()
    for turn in rounds:
        assert sorted(point for room in turn for point in room) == list(range(people))
        for room in turn:
            for pair in combinations(sorted(room), 2):
                if pair in seen:
                    return False
                seen.add(pair)
    return True


@pytest.mark.parametrize("text", FRONTIER.split())
def test_the_published_frontier_is_constructed(text: str) -> None:
    rooms, size, rounds = map(int, text.split("-"))
    design = find_design(rooms * size, rooms, rounds)
    assert design is not None
    assert len(design.rounds) == rounds
    assert holds(design.rounds, rooms * size)


@pytest.mark.parametrize("shape", sorted(starters()))
def test_a_shipped_starter_recounts(shape: str) -> None:
    rooms, size = map(int, shape.split("-"))
    entry = starters()[shape]
    rounds = develop(entry.cycles, entry.base)
    assert sum(entry.cycles) == rooms * size
    assert all(len(room) == size for turn in rounds for room in turn)
    assert holds(rounds, rooms * size)


@pytest.mark.parametrize("shape", sorted(starters("nearly.json")))
def test_a_shipped_schedule_with_few_repeats_recounts(shape: str) -> None:
    rooms, size, rounds = map(int, shape.split("-"))
    entry = starters("nearly.json")[shape]
    made = develop(entry.cycles, entry.base)
    assert len(made) == rounds
    met: Counter[tuple[int, int]] = Counter()
    for turn in made:
        assert sorted(point for room in turn for point in room) == list(range(rooms * size))
        assert all(len(room) == size for room in turn)
        met.update(pair for room in turn for pair in combinations(sorted(room), 2))
    assert sum(times * (times - 1) // 2 for times in met.values()) == entry.coincidences
    assert find_design(rooms * size, rooms, rounds) is None


def test_the_search_starts_from_the_best_schedule_that_is_known() -> None:
    rotation = solve(even_problem(32, 4, 10), seconds=0.3)
    assert rotation.coincidences <= starters("nearly.json")["8-4-10"].coincidences


@pytest.mark.parametrize(("people", "rooms", "rounds"), [(31, 8, 8), (29, 8, 7), (15, 8, 10), (9, 9, 4), (23, 5, 5)])
def test_people_can_be_left_out_of_a_larger_design(people: int, rooms: int, rounds: int) -> None:
    design = find_design(people, rooms, rounds)
    assert design is not None
    assert holds(design.rounds, people)
    assert {len(room) for turn in design.rounds for room in turn} <= {people // rooms, -(-people // rooms)}


def test_no_construction_claims_what_is_impossible() -> None:
    assert find_design(36, 6, 4) is None
    assert find_design(12, 4, 5) is None
    assert find_design(20, 5, 6) is None
    assert find_design(12, 2, 2) is None
    assert most_rounds(6, 6) == 3


@pytest.mark.parametrize("order", [2, 3, 4, 5, 7, 8, 9, 16, 25, 27])
def test_a_field_has_inverses_and_distributes(order: int) -> None:
    numbers = field(order)
    for a in range(1, order):
        assert sorted(numbers.times[a]) == list(range(order))
    for a in range(0, order, 2):
        for b in range(order):
            left = numbers.times[a][numbers.plus[b][1]]
            assert left == numbers.plus[numbers.times[a][b]][numbers.times[a][1]]


def test_a_number_that_is_no_prime_power_has_no_field() -> None:
    assert prime_power(12) is None
    with pytest.raises(ValueError, match="12"):
        field(12)


def test_a_repeat_free_schedule_is_proven_at_once() -> None:
    rotation = solve(even_problem(32, 4, 9))
    assert rotation.proven
    assert rotation.coincidences == 0
    assert rotation.pairs_met == 32 * 9 * 3 // 2


@pytest.mark.parametrize(
    ("people", "rooms", "rounds", "least"),
    [
        (32, 4, 6, 240),
        (31, 4, 6, 225),
        (30, 4, 6, 210),
        (29, 4, 6, 195),
        (32, 4, 9, 576),
        (27, 5, 5, 20),
        (30, 5, 3, 15),
    ],
)
def test_crowded_rooms_are_constructed_at_the_overlap_bound(people: int, rooms: int, rounds: int, least: int) -> None:
    design = crowded_design(people, rooms, rounds)
    assert design is not None
    assert all(sorted(point for room in turn for point in room) == list(range(people)) for turn in design.rounds)
    assert all(max(map(len, turn)) - min(map(len, turn)) <= 1 for turn in design.rounds)
    sizes = list(map(len, design.rounds[0]))
    pairs = rounds * (rounds - 1) // 2
    overlap = least_overlap(sizes, sizes, people)
    shared = sum(
        len(one & other) * (len(one & other) - 1) // 2
        for first, second in combinations([[set(room) for room in turn] for turn in design.rounds], 2)
        for one in first
        for other in second
    )
    assert shared == least == pairs * overlap


def test_no_crowded_construction_claims_more_than_it_has() -> None:
    assert crowded_design(32, 4, 10) is None
    assert crowded_design(33, 4, 3) is None
    assert crowded_design(37, 6, 4) is None


def test_one_person_missing_in_six_rooms_of_six_still_costs_one() -> None:
    rotation = solve(even_problem(35, None, 4, 6))
    assert (rotation.bound, rotation.coincidences >= 1) == (1, True)


def test_six_rooms_of_six_reach_the_proven_two() -> None:
    rotation = solve(even_problem(36, 6, 4))
    assert (rotation.coincidences, rotation.bound, rotation.proven) == (2, 2, True)

"""Rules and wishes are kept wherever they can be, and the screen's words say how good a rotation is."""

from __future__ import annotations

from dataclasses import replace

from facilitator_tui.rotation import (
    Move,
    Person,
    Problem,
    Replan,
    RoomSpec,
    Rotation,
    RoundSpec,
    even_problem,
    even_rooms,
    moves_between,
    replan,
    seat_latecomer,
    sentence,
    solve,
)
from facilitator_tui.rotation.bounds import least_overlap
from facilitator_tui.rotation.measure import least_pairs
from facilitator_tui.rotation.renumber import best_matching
from rotation.counting import coincidences, meetings


def people_of(count: int, orgs: int) -> tuple[Person, ...]:
    return tuple(Person(f"p{n}", {"org": f"o{n % orgs}"}) for n in range(count))


def rounds_of(people: tuple[Person, ...], rooms: int, count: int) -> tuple[RoundSpec, ...]:
    present = frozenset(person.id for person in people)
    return tuple(RoundSpec(even_rooms(len(people), rooms=rooms), present) for _ in range(count))


def rules_broken(rotation: Rotation) -> set[str]:
    return {item.rule for item in rotation.broken}


def test_uneven_rooms_reach_the_overlap_bound_with_nobody_met_three_times() -> None:
    rotation = solve(even_problem(18, None, 3, 4))
    assert (rotation.coincidences, rotation.bound, rotation.most_meetings) == (6, 6, 2)
    assert "share pairs" in rotation.reason


def test_organisations_and_pairs_are_kept_apart_over_a_construction() -> None:
    people = people_of(32, 8)
    pairs = tuple(frozenset((f"p{n}", f"p{n + 9}")) for n in range(10))
    rotation = solve(Problem(people, rounds_of(people, 8, 6), apart=("org",), separate=pairs))
    assert rotation.coincidences == 0
    assert not rotation.broken


def test_hosts_stay_in_their_rooms_while_everybody_else_meets_new_people() -> None:
    people = people_of(24, 24)
    hosts = {f"p{n}": str(n + 1) for n in range(6)}
    rounds = tuple(replace(spec, pinned=hosts) for spec in rounds_of(people, 6, 3))
    rotation = solve(Problem(people, rounds))
    assert rotation.coincidences == 0
    for seats in rotation.rounds:
        assert all(host in seats[int(room) - 1] for host, room in hosts.items())


def test_newcomers_sit_with_their_buddies_and_pay_for_nothing_else() -> None:
    people = tuple(Person(f"p{n}", new=n < 4, buddy=f"p{n + 10}" if n < 4 else None) for n in range(20))
    rotation = solve(Problem(people, rounds_of(people, 5, 2), new_people="with-buddy"), seconds=1.0)
    assert not rotation.broken
    assert rotation.coincidences == 4
    assert rotation.proven


def test_no_newcomer_is_alone_where_that_is_possible() -> None:
    people = tuple(Person(f"p{n}", new=n < 6) for n in range(20))
    rotation = solve(Problem(people, rounds_of(people, 5, 2), new_people="never-alone"), seconds=1.0)
    assert "newcomer" not in rules_broken(rotation)


def test_every_room_has_a_common_language() -> None:
    tongues = [frozenset({"es"}), frozenset({"en"}), frozenset({"es", "en"}), frozenset({"de", "en"})]
    people = tuple(Person(f"p{n}", langs=tongues[n % 4]) for n in range(20))
    rotation = solve(Problem(people, rounds_of(people, 5, 2), share_lang=True), seconds=1.0)
    assert "language" not in rules_broken(rotation)


def test_a_barred_room_is_not_visited_again() -> None:
    people = people_of(12, 12)
    spec = rounds_of(people, 3, 1)[0]
    barred = {f"p{n}": frozenset({str(n % 3 + 1)}) for n in range(12)}
    rotation = solve(Problem(people, (replace(spec, barred=barred),)), seconds=0.5)
    assert not rotation.broken


def test_planning_all_rounds_counts_earlier_sessions() -> None:
    problem = even_problem(12, 3, 2)
    first = solve(problem)
    history = meetings(first.rounds)
    later = solve(replace(problem, history=history))
    assert later.coincidences == coincidences(meetings(later.rounds, history))
    assert later.coincidences == 0


def test_with_no_repeat_off_marks_are_mixed_first() -> None:
    people = people_of(12, 3)
    rotation = solve(Problem(people, rounds_of(people, 4, 3), spread=("org",), no_repeat=False), seconds=0.3)
    assert all(len({name: int(name[1:]) % 3 for name in group}) == 3 for seats in rotation.rounds for group in seats)
    assert "spread" not in rules_broken(rotation)


def without(problem: Problem, *gone: str) -> Problem:
    return replace(problem, rounds=tuple(replace(s, present=s.present - set(gone)) for s in problem.rounds))


def change(problem: Problem, plan: Rotation, way: str, start: int) -> Replan:
    return replan(problem, plan, way=way, from_round=start)  # type: ignore[arg-type]


def test_one_absent_person_moves_nobody_and_repeats_nothing() -> None:
    problem = even_problem(32, 4, 8)
    plan = solve(problem)
    result = change(without(problem, "p7"), plan, "few", 1)
    assert len(result.moved) <= 3
    assert result.rotation.coincidences == 0
    assert result.rotation.rounds[0] == plan.rounds[0]
    assert all(move.round >= 1 for move in result.moves)


def test_a_room_that_got_too_small_is_filled_with_few_moves() -> None:
    people = people_of(16, 16)
    specs = tuple(RoomSpec(str(n), f"Room {n}", 3, 4, 5) for n in range(1, 5))
    present = frozenset(person.id for person in people)
    problem = Problem(people, tuple(RoundSpec(specs, present) for _ in range(3)))
    plan = solve(problem)
    gone = sorted(plan.rounds[1][2])[:2]
    result = change(without(problem, *gone), plan, "few", 1)
    assert "size" not in rules_broken(result.rotation)
    assert len(result.moved) <= 4
    patch = change(without(problem, *gone), plan, "patch", 1)
    assert not patch.moved


def test_a_latecomer_joins_a_room_below_its_wished_size_or_waits() -> None:
    problem = even_problem(16, 4, 4)
    plan = solve(without(problem, "p16"))
    small = next(number for number, group in enumerate(plan.rounds[2]) if len(group) == 3)
    assert seat_latecomer(problem, plan, "p16", round=2, seconds_left=300.0) == str(small + 1)
    assert seat_latecomer(problem, plan, "p16", round=2, seconds_left=40.0) is None


def test_moves_between_rounds_are_listed_by_person() -> None:
    moves = moves_between([{"a", "b"}, {"c"}], [{"b", "c"}, {"d"}])
    assert moves == (Move("a", "1", None), Move("c", "2", "1"), Move("d", None, "2"))


def test_rooms_are_numbered_so_that_many_stay_where_they_were() -> None:
    rotation = solve(even_problem(20, 4, 2))
    stayed = sum(len(one & two) for one, two in zip(*rotation.rounds, strict=True))
    assert stayed == 5


def test_progress_is_told_and_a_search_can_be_cancelled() -> None:
    told: list[Rotation] = []
    rotation = solve(
        even_problem(40, None, 6, 6), seconds=5.0, on_progress=told.append, cancelled=lambda: len(told) > 2
    )
    assert told
    assert rotation.coincidences <= told[0].coincidences


def test_the_sentence_says_what_can_be_done() -> None:
    assert sentence(solve(even_problem(16, 4, 2))) == "nobody meets twice; 48 of 120 pairs have met; proven best"
    assert sentence(solve(even_problem(18, None, 3, 4))).startswith("6 pairs meet again; at least 6 must; ")


def test_known_least_overlaps() -> None:
    assert least_overlap((5, 5, 4, 4), (5, 5, 4, 4), 18) == 2
    assert least_overlap((10, 10, 10), (10, 10, 10), 30) == 36
    assert least_overlap((4,) * 8, (4,) * 8, 32) == 0
    assert least_pairs(7, (5, 5, 4, 4)) == 3


def test_the_matching_is_the_best_of_all() -> None:
    value = [[3, 1, 2], [3, 0, 1], [2, 2, 0]]
    chosen = best_matching(value)
    assert sorted(chosen) == [0, 1, 2]
    assert sum(value[row][column] for row, column in enumerate(chosen)) == 7


def test_pairs_merge_into_fours_and_stay_together() -> None:
    pairs = solve(even_problem(24, 2, 1)).rounds[0]
    fours = solve(replace(even_problem(24, 4, 1), together=pairs, history=dict.fromkeys(pairs, 1)))
    assert not fours.broken
    assert all(any(pair <= four for four in fours.rounds[0]) for pair in pairs)
    assert fours.proven


def test_people_who_chose_a_room_sit_there_and_the_others_fill_up() -> None:
    people = people_of(24, 24)
    specs = tuple(RoomSpec(str(n), f"Room {n}", 3, 6, 8) for n in range(1, 5))
    chosen = {f"p{n}": "1" for n in range(7)}
    spec = RoundSpec(specs, frozenset(person.id for person in people), chosen)
    rotation = solve(Problem(people, (spec,)))
    assert rotation.rounds[0][0] == set(chosen)
    assert not rotation.broken


def test_no_time_at_all_still_seats_everybody() -> None:
    for problem in (even_problem(40, None, 6, 6), even_problem(24, 5, 2)):
        rotation = solve(problem, seconds=0.0)
        assert all(sum(map(len, seats)) == len(problem.people) for seats in rotation.rounds)


def test_no_rounds_are_no_trouble() -> None:
    assert solve(Problem((), ())).proven

"""Breakouts of a call: modes, history, presence, re-planning, locks and moves by hand."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.rooms import Breakouts, breakout, groups_of, item, pairs, person, roomed_plan, seated
from facilitator_tui.core import events as ev
from facilitator_tui.core import seating
from facilitator_tui.core.actions import Refused
from facilitator_tui.core.meetings import happened_rounds, meetings
from facilitator_tui.core.plan import Item, RoomRules, SessionRoom
from facilitator_tui.core.room_change import apply_change, judge_rooms, presence_gap, replan_rooms
from facilitator_tui.core.room_moves import move_effect, moves_list
from facilitator_tui.core.room_rounds import groupings, round_count, seated_people

QUICK = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
TOPICS = (
    SessionRoom("a1", "Topic A, 1", ask=1),
    SessionRoom("a2", "Topic A, 2", ask=1),
    SessionRoom("b1", "Topic B, 1", ask=2),
    SessionRoom("b2", "Topic B, 2", ask=2),
)
FOUR = ("a1", "a2", "b1", "b2")


def call(*agenda: Item, count: int = 12, **more: object) -> Breakouts:
    return Breakouts(roomed_plan(list(agenda), count, **more))  # type: ignore[arg-type]


# ---------------------------------------------------------------- modes


def test_mix_seats_everybody_once_a_round_and_nobody_meets_twice() -> None:
    played = call(breakout(size=3, rounds=3))
    plan = played.publish("08:50")
    for number in (1, 2, 3):
        assert len(seated(plan, number)) == 12
    met = Counter(pair for number in (1, 2, 3) for pair in pairs(played.groups(number=number)))
    assert set(met.values()) == {1}
    assert "nobody meets twice" in plan.said


def test_fixed_keeps_the_same_people_together_in_every_round() -> None:
    played = call(breakout(size=3, rounds=3, mode="fixed"))
    played.publish("08:50")
    assert played.groups(number=1) == played.groups(number=2) == played.groups(number=3)


def test_fixed_keeps_a_room_as_it_was_written_when_it_is_planned_again() -> None:
    played = call(breakout(size=3, rounds=2, mode="fixed"))
    first = played.publish("08:50")
    before = seated(first)
    played.everybody_here("08:55")
    played.away("08:56", "p05")
    again = played.found("08:57")
    assert seated(again) == {name: room for name, room in before.items() if name != "p05"}


def test_choices_come_first_and_the_rest_are_spread_evenly() -> None:
    played = call(breakout(mode="choose", rooms=FOUR), rooms=TOPICS)
    for name in ("p01", "p02", "p03", "p04", "p05"):
        played.take("08:50", seating.choose(played.run, played.instant("08:50"), name, "a1"))
    plan = played.found("08:51")
    where = seated(plan)
    sizes = Counter(where.values())
    assert [where[name] for name in ("p01", "p02", "p03", "p04", "p05")] == ["a1"] * 5
    assert sizes["a1"] == 5 and max(sizes[room] for room in FOUR[1:]) - min(sizes[room] for room in FOUR[1:]) <= 1


def test_a_room_with_a_size_takes_the_first_who_come_and_refuses_the_next() -> None:
    small = (SessionRoom("a1", "Small", size=2), *TOPICS[1:])
    played = call(breakout(mode="choose", rooms=FOUR), rooms=small)
    for name in ("p03", "p01"):
        played.take("08:50", seating.choose(played.run, played.instant("08:50"), name, "Small"))
    with pytest.raises(Refused, match=r"Small is full \(2 people\)"):
        seating.choose(played.run, played.instant("08:51"), "p02", "a1")
    assert {name for name, room in seated(played.found("08:52")).items() if room == "a1"} == {"p01", "p03"}


def test_keep_has_exactly_the_groups_of_the_breakout_before() -> None:
    played = call(breakout("one", size=4), breakout("two", mode="keep", after="one"))
    played.publish("08:50", "one")
    assert groups_of(played.found("08:51", "two")) == played.groups("one")


def test_groups_that_are_kept_or_repeated_are_proven_best_since_nothing_else_is_asked() -> None:
    played = call(breakout("one", size=4), breakout("two", size=4, mode="keep"))
    kept = played.found("08:50", "two").rotation
    assert kept.proven and kept.coincidences == kept.bound == 18
    fixed = call(breakout(size=3, rounds=2, mode="fixed"))
    repeated = fixed.publish("08:50").rotation
    assert repeated.proven and repeated.coincidences == repeated.bound == 12
    fixed.everybody_here("08:55")
    fixed.away("08:56", "p05")
    assert fixed.found("08:57").rotation.proven


def test_keep_drops_who_is_away_and_adds_who_came_without_moving_anybody() -> None:
    played = call(breakout("one", size=4), breakout("two", mode="keep"))
    played.publish("08:50", "one")
    before = {name: played.seating("one").room_of(name) for name in ("p01", "p05", "p12")}
    played.everybody_here("09:00")
    played.away("09:01", "p07")
    played.here("09:02", "+Dana")
    where = seated(played.found("09:03", "two"))
    assert "p07" not in where and where["dana"] == played.seating("one").room_of("p07")
    assert {name: where[name] for name in before} == before


def test_swap_sends_everybody_to_another_topic_and_mixes_the_groups() -> None:
    played = call(
        breakout("one", mode="choose", rooms=FOUR), breakout("two", mode="swap", rooms=FOUR), count=16, rooms=TOPICS
    )
    played.publish("08:50", "one")
    before = {f"p{n:02}": played.seating("one").room_of(f"p{n:02}") for n in range(1, 17)}
    plan = played.found("08:51", "two")
    after = seated(plan)
    assert all(before[name][0] != after[name][0] for name in before)
    assert max(len(old & new) for old in played.groups("one") for new in groups_of(plan)) == 2


def test_a_breakout_that_looks_back_at_one_without_rooms_is_planned_with_it() -> None:
    played = call(breakout("one", size=4), breakout("two", mode="keep"))
    plan = played.publish("08:50", "two")
    assert {payload.item for payload in plan.payloads} == {"one", "two"}
    assert played.groups("one") == played.groups("two")


def test_a_breakout_that_looks_back_at_nothing_says_so() -> None:
    with pytest.raises(Refused, match="there is none: change its mode"):
        call(breakout("two", mode="keep")).found("08:50", "two")


def test_the_host_of_a_cafe_stays_while_the_others_move() -> None:
    played = call(breakout(size=4, rounds=3))
    for name, room in (("p01", "1"), ("p02", "2"), ("p03", "3")):
        played.take("08:50", seating.host(played.run, played.instant("08:50"), name, room))
    plan = played.found("08:51")
    for number in (1, 2, 3):
        where = seated(plan, number)
        assert [where[name] for name in ("p01", "p02", "p03")] == ["1", "2", "3"]


def test_more_hosts_than_rooms_are_refused_in_a_sentence() -> None:
    played = call(breakout(size=6))
    for name, room in (("p01", "1"), ("p02", "2")):
        played.take("08:50", seating.host(played.run, played.instant("08:50"), name, room))
    with pytest.raises(Refused, match="3 hosts are more than the 2 rooms"):
        seating.host(played.run, played.instant("08:51"), "p03", "1")


def test_the_same_host_once_more_is_free_again() -> None:
    played = call(breakout(size=6))
    for _ in range(2):
        played.take("08:50", seating.host(played.run, played.instant("08:50"), "p01", "1"))
    assert played.run.choices["groups"] == {}


def test_a_visitor_is_listed_in_the_room_and_takes_no_seat() -> None:
    rooms = (SessionRoom("a1", "Fire", guest="A visitor"), SessionRoom("b1", "Water"))
    played = call(breakout(rooms=("a1", "b1")), rooms=rooms)
    plan = played.publish("08:50")
    assert len(seated(plan)) == 12
    listed = seating.room_list(played.run, played.seating(), played.item("groups"))
    assert listed.splitlines()[0].startswith("Fire: A visitor, ")


def test_a_participant_who_is_the_guest_of_a_room_sits_there() -> None:
    rooms = (SessionRoom("a1", "Fire", guest="p12"), SessionRoom("b1", "Water"))
    played = call(breakout(rooms=("a1", "b1")), rooms=rooms)
    plan = played.publish("08:50")
    assert len(seated(plan)) == 12
    assert played.seating().room_of("p12") == "a1"


# ---------------------------------------------------------------- methods that regroup


def test_pairs_join_into_fours_and_nobody_loses_a_partner() -> None:
    played = call(item("think", 12, method="1-2-4-all"), count=16)
    played.publish("08:50", "think")
    twos, fours = played.groups("think", 1), played.groups("think", 2)
    assert {len(group) for group in twos} == {2} and {len(group) for group in fours} == {4}
    assert all(any(pair <= four for four in fours) for pair in twos)


@pytest.mark.parametrize("count", [5, 7, 9, 13, 23])
def test_an_odd_person_makes_a_three_and_is_never_alone(count: int) -> None:
    played = call(item("think", 12, method="1-2-4-all"), count=count)
    played.publish("08:50", "think")
    assert {len(group) for group in played.groups("think", 1)} <= {2, 3}
    assert all(any(pair <= four for four in played.groups("think", 2)) for pair in played.groups("think", 1))


def test_new_pairs_at_each_step_are_new_people() -> None:
    played = call(item("meet", 20, "checkin", method="impromptu"))
    played.publish("08:50", "meet")
    assert round_count(played.plan, played.item("meet")) == 3
    assert len(set().union(*(played.groups("meet", number) for number in (1, 2, 3)))) == 18


def test_a_method_that_keeps_its_groups_is_one_round() -> None:
    assert [
        one.size for one in groupings(call(item("x", 30, method="troika")).plan, item("x", 30, method="troika"))
    ] == [3]


def test_the_rounds_of_a_method_happen_with_its_steps() -> None:
    played = call(item("meet", 20, "checkin", method="impromptu"))
    played.publish("08:50", "meet")
    played.do("09:00", "start", "meet")
    at = [seating.current_round(played.run, played.instant(f"09:{minute:02}"), "meet") for minute in (1, 3, 8, 13, 19)]
    assert at == [1, 1, 2, 3, 3]
    assert [number for _, number in happened_rounds(played.run, played.instant("09:08"))] == [1, 2]


# ---------------------------------------------------------------- who has met


def test_only_rounds_that_happened_count_as_meetings() -> None:
    played = call(breakout(length=20, size=3, rounds=2))
    played.publish("08:50")
    assert not meetings(played.run, played.instant("08:59"))
    played.do("09:00", "start", "groups")
    played.open("09:00")
    assert set(meetings(played.run, played.instant("09:05"))) == pairs(played.groups(number=1))
    both = pairs(played.groups(number=1)) | pairs(played.groups(number=2))
    assert set(meetings(played.run, played.instant("09:11"))) == both


def test_a_round_that_a_recall_cut_off_never_happened() -> None:
    played = call(breakout(length=20, size=3, rounds=2))
    played.publish("08:50")
    played.do("09:00", "start", "groups")
    played.open("09:00")
    played.take("09:08", seating.recall_rooms(played.run, played.instant("09:08")))
    assert set(meetings(played.run, played.instant("09:30"))) == pairs(played.groups(number=1))


def test_who_had_left_before_a_round_or_never_came_met_nobody_there() -> None:
    played = call(breakout(length=20, size=3))
    played.publish("08:50")
    played.everybody_here("08:55")
    played.away("08:59", "p04")
    played.do("09:00", "start", "groups")
    played.open("09:00")
    assert not [pair for pair in meetings(played.run, played.instant("09:10")) if "p04" in pair]


def test_who_leaves_in_the_middle_of_a_round_has_met_the_room() -> None:
    played = call(breakout(length=20, size=3))
    played.publish("08:50")
    played.do("09:00", "start", "groups")
    played.open("09:00")
    played.away("09:10", "p04")
    assert [pair for pair in meetings(played.run, played.instant("09:15")) if "p04" in pair]


def test_somebody_moved_by_hand_met_those_of_the_new_room() -> None:
    played = call(breakout(length=20, size=3))
    played.publish("08:50")
    here = played.seating().room_of("p01")
    there = next(room for room in played.seating().rooms if room != here)
    played.move("08:51", "p01", there)
    played.do("09:00", "start", "groups")
    played.open("09:00")
    met = meetings(played.run, played.instant("09:01"))
    assert all(met[frozenset(("p01", other))] for other in played.seating().seats[int(there) - 1] if other != "p01")


def test_the_next_breakout_avoids_published_groups_that_are_still_to_come() -> None:
    played = call(breakout("one", size=3), breakout("two", size=3))
    played.publish("08:50", "two")
    one = played.publish("08:51", "one")
    assert not pairs(groups_of(one)) & pairs(played.groups("two"))


def test_a_planned_breakout_that_was_jumped_over_is_forgotten() -> None:
    played = call(breakout("one", size=3), breakout("two", size=3))
    played.publish("08:50", "one")
    played.do("09:00", "start", "hello")
    played.happen(played.instant("09:05"), ev.ItemSkipped("one"))
    plan = played.found("09:06", "two")
    assert plan.rotation.earlier == 0 and plan.rotation.pairs_met == len(pairs(groups_of(plan)))


def test_history_of_earlier_sessions_is_avoided() -> None:
    known = Counter(frozenset((f"p{n:02}", f"p{n + 1:02}")) for n in range(1, 12))
    plan = call(breakout(size=3)).found("08:50", history=known)
    assert not pairs(groups_of(plan)) & set(known)


# ---------------------------------------------------------------- presence and re-planning


def present(played: Breakouts) -> None:
    played.publish("08:50")
    played.everybody_here("08:55")


def test_who_is_marked_away_is_not_seated() -> None:
    played = call(breakout(size=3))
    played.everybody_here("08:50")
    played.away("08:51", "p03", "p09")
    assert set(seated(played.found("08:52"))) == {f"p{n:02}" for n in range(1, 13)} - {"p03", "p09"}


def test_the_gap_names_who_is_seated_and_away_and_who_has_no_seat() -> None:
    played = call(breakout(size=3))
    present(played)
    assert not presence_gap(played.run, played.item("groups"), 1)
    played.away("08:56", "p03")
    played.here("08:57", "+Dana")
    gap = presence_gap(played.run, played.item("groups"), 1)
    assert (gap.away, gap.unseated) == (("p03",), ("dana",))
    assert gap.said == "1 of those seated is away, 1 here has no seat"


def test_a_patch_moves_nobody_and_seats_whoever_came() -> None:
    played = call(breakout(size=3, rounds=3))
    present(played)
    played.away("08:56", "p03")
    played.here("08:57", "+Dana")
    change = replan_rooms(played.run, played.instant("08:58"), played.item("groups"), "patch")
    assert change.moved == () and {move.person for move in change.moves} == {"p03", "dana"}
    played.take("08:58", apply_change(change))
    assert not presence_gap(played.run, played.item("groups"), 2)


def test_one_absent_person_moves_few() -> None:
    played = call(breakout(size=4, rounds=3), count=32)
    present(played)
    played.away("08:56", "p07")
    change = replan_rooms(played.run, played.instant("08:57"), played.item("groups"))
    assert len({(move.person, move.round) for move in change.moved}) <= 3
    assert change.after.coincidences == 0


@pytest.mark.parametrize("way", ["patch", "few"])
@pytest.mark.parametrize("count", [16, 23, 24])
def test_one_absent_person_moves_at_most_one_where_pairs_join(count: int, way: str) -> None:
    played = call(item("think", 12, method="1-2-4-all"), count=count)
    played.publish("08:50", "think")
    played.everybody_here("08:55")
    played.away("08:56", "p03")
    change = replan_rooms(played.run, played.instant("08:57"), played.item("think"), way)  # type: ignore[arg-type]
    assert len({move.person for move in change.moved}) <= (way == "few")


@pytest.mark.parametrize("way", ["few", "fresh"])
def test_pairs_stay_together_in_their_four_after_a_re_plan_with_people_who_came_and_left(way: str) -> None:
    played = call(item("think", 12, method="1-2-4-all"), count=16)
    played.publish("08:50", "think")
    played.everybody_here("08:55")
    played.away("08:56", "p03", "p10")
    played.here("08:56", "+Dana", "+Eve", "+Finn")
    change = replan_rooms(played.run, played.instant("08:57"), played.item("think"), way)  # type: ignore[arg-type]
    played.take("08:57", apply_change(change))
    assert all(any(pair <= four for four in played.groups("think", 2)) for pair in played.groups("think", 1))


def test_a_difference_is_only_shown_until_it_is_applied() -> None:
    played = call(breakout(size=3))
    present(played)
    played.away("08:56", "p03")
    before = played.run
    replan_rooms(played.run, played.instant("08:57"), played.item("groups"), "fresh")
    assert played.run is before


def test_rounds_that_happened_or_run_are_never_changed() -> None:
    played = call(breakout(size=3, rounds=2))
    present(played)
    played.do("09:00", "start", "groups")
    played.open("09:00")
    played.away("09:02", "p03")
    change = replan_rooms(played.run, played.instant("09:03"), played.item("groups"), "fresh")
    assert {one.round for one in change.payloads if isinstance(one, ev.RoomsPlanned)} <= {2}


def test_who_comes_late_gets_a_seat_in_the_round_under_way() -> None:
    played = call(breakout(size=3, rounds=2))
    present(played)
    played.do("09:00", "start", "groups")
    played.open("09:00")
    played.here("09:03", "+Dana")
    played.take("09:04", apply_change(replan_rooms(played.run, played.instant("09:04"), played.item("groups"))))
    assert played.seating(number=1).room_of("dana") and played.seating(number=2).room_of("dana")


def test_in_the_last_minute_of_a_round_a_late_person_waits_for_the_next() -> None:
    played = call(breakout(size=3, rounds=2))
    present(played)
    played.do("09:00", "start", "groups")
    played.open("09:00")
    played.here("09:09:10", "+Dana")
    change = replan_rooms(played.run, played.instant("09:09:20"), played.item("groups"))
    assert change.waits == ("dana",)
    played.take("09:09:20", apply_change(change))
    assert not played.seating(number=1).room_of("dana") and played.seating(number=2).room_of("dana")


def test_nothing_published_can_not_be_planned_again() -> None:
    played = call(breakout(size=3))
    with pytest.raises(Refused, match="no rooms are planned for groups; plan them first"):
        replan_rooms(played.run, played.instant("08:50"), played.item("groups"))


def test_a_re_plan_is_there_within_its_budget() -> None:
    played = call(breakout(size=4, rounds=4), count=32, rules=RoomRules(apart=("org",), spread=("region",)))
    present(played)
    played.away("08:56", "p01", "p02")
    change = replan_rooms(played.run, played.instant("08:57"), played.item("groups"), seconds=0.1)
    assert change.after.seconds <= 0.4


# ---------------------------------------------------------------- moves by hand


def test_the_effect_of_a_swap_is_told_before_anything_happens() -> None:
    played = call(breakout(size=3, rounds=2))
    present(played)
    first, second = (sorted(seat)[0] for seat in played.seating().seats[:2])
    before = played.run
    effect = move_effect(played.run, played.instant("08:56"), played.item("groups"), 1, first, second)
    assert played.run is before and effect.before == 0 and "change places" in effect.words
    played.happen(played.instant("08:57"), *effect.payloads)
    judged = judge_rooms(played.run, played.instant("08:57"), played.item("groups"))
    assert judged and judged.rotation.coincidences == effect.after


def test_a_move_that_breaks_a_rule_names_it() -> None:
    everybody = (person(1, new=True, buddy="p02"), *(person(n) for n in range(2, 10)))
    played = call(breakout(size=3), everybody=everybody, rules=RoomRules(new_people="with-buddy"))
    present(played)
    there = next(room for room in played.seating().rooms if room != played.seating().room_of("p01"))
    effect = move_effect(played.run, played.instant("08:56"), played.item("groups"), 1, "p01", there)
    assert any("p01 is new" in one for one in effect.broken)


def test_two_in_one_room_can_not_change_places() -> None:
    played = call(breakout(size=3))
    present(played)
    first, second = sorted(played.seating().seats[0])[:2]
    with pytest.raises(Refused, match="choose somebody in another room"):
        move_effect(played.run, played.instant("08:56"), played.item("groups"), 1, first, second)


def test_the_list_of_moves_names_whoever_changes_rooms_and_nobody_else() -> None:
    played = call(breakout(size=3, rounds=2))
    present(played)
    listed = moves_list(played.run, played.item("groups"), 2).splitlines()
    moved = [f"p{n:02}" for n in range(1, 13)]
    moved = [name for name in moved if played.seating(number=1).room_of(name) != played.seating(number=2).room_of(name)]
    assert [f"p{line[7:9]}" for line in listed] == moved and all(
        ": Room " in line and " → Room " in line for line in listed
    )
    assert moves_list(played.run, played.item("groups"), 1) == ""


# ---------------------------------------------------------------- bad input


def test_a_call_without_people_says_what_to_do() -> None:
    played = call(breakout(size=3))
    played.everybody_here("08:50")
    played.away("08:51", *(f"p{n:02}" for n in range(1, 13)))
    with pytest.raises(Refused, match="nobody to seat"):
        played.found("08:52")


def test_one_person_sits_in_one_room() -> None:
    assert seated(call(breakout(size=3, rounds=2), count=1).found("08:50")) == {"p01": "1"}


def test_a_room_for_nobody_is_refused_in_a_sentence() -> None:
    rooms = (SessionRoom("a1", "Fire", size=0), SessionRoom("b1", "Water"))
    with pytest.raises(Refused, match="Fire takes 0 to 0 people, which is nobody"):
        call(breakout(rooms=("a1", "b1")), rooms=rooms).found("08:50")


def test_people_all_kept_apart_in_too_few_rooms_are_named() -> None:
    everybody = tuple(person(n, org="o1") for n in range(1, 6))
    plan = call(breakout(rooms=2), everybody=everybody, rules=RoomRules(apart=("org",))).found("08:50")
    assert any("p01" in one.people and one.reason for one in plan.rotation.broken)
    assert len(seated(plan)) == 5


# ---------------------------------------------------------------- laws


@QUICK
@given(
    count=st.integers(1, 20),
    size=st.integers(1, 7),
    rounds=st.integers(1, 3),
    mode=st.sampled_from(["mix", "fixed", "choose"]),
    gone=st.sets(st.integers(1, 20), max_size=6),
    late=st.integers(0, 3),
    way=st.sampled_from(["patch", "few", "fresh"]),
)
def test_after_any_re_plan_everybody_here_has_one_seat_a_round_and_nobody_else(
    count: int, size: int, rounds: int, mode: str, gone: set[int], late: int, way: str
) -> None:
    played = call(breakout(size=size, rounds=rounds, mode=mode), count=count)
    present(played)
    played.away("08:56", *(f"p{n:02}" for n in sorted(gone) if n <= count))
    played.here("08:57", *(f"+Late {n}" for n in range(late)))
    groups = played.item("groups")
    here = {one.id for one in seated_people(played.run, groups)}
    if not here:
        return
    change = replan_rooms(played.run, played.instant("08:58"), groups, way, seconds=0.05)  # type: ignore[arg-type]
    if change.payloads:
        played.take("08:58", apply_change(change))
    for number in range(1, rounds + 1):
        sat = [name for seat in played.seating(number=number).seats for name in seat]
        assert sorted(sat) == sorted(here)
        assert not presence_gap(played.run, groups, number)
    if way == "patch":
        assert change.moved == ()


@QUICK
@given(
    count=st.integers(2, 14),
    size=st.integers(2, 5),
    swaps=st.lists(st.tuples(st.integers(0, 13), st.integers(0, 3)), max_size=4),
)
def test_the_judgement_of_published_rooms_is_a_count_of_their_seats(
    count: int, size: int, swaps: list[tuple[int, int]]
) -> None:
    played = call(breakout(size=size, rounds=2), count=count)
    played.publish("08:50")
    for who, where in swaps:
        name, rooms = f"p{who % count + 1:02}", played.seating().rooms
        room = rooms[where % len(rooms)]
        if played.seating().room_of(name) != room:
            played.happen(played.instant("08:51"), ev.SeatChanged("groups", 1, name, room))
    judged = judge_rooms(played.run, played.instant("08:52"), played.item("groups"))
    met = Counter(pair for number in (1, 2) for pair in pairs(played.groups(number=number)))
    assert judged and judged.rotation.coincidences == sum(n * (n - 1) // 2 for n in met.values())
    assert judged.rotation.bound <= judged.rotation.coincidences

"""Sitting out, staying in a room, and what presence means for rooms as the call goes on."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.rooms import Breakouts, breakout, groups_of, item, person, roomed_plan, seated
from facilitator_tui.core import events as ev
from facilitator_tui.core import seating
from facilitator_tui.core.actions import Refused
from facilitator_tui.core.meetings import meetings
from facilitator_tui.core.plan import RoomRules, SessionRoom
from facilitator_tui.core.room_change import apply_change, presence_gap, replan_rooms
from facilitator_tui.core.room_moves import moves_list
from facilitator_tui.core.room_rounds import seated_people, sitting_out


def call(**more: object) -> Breakouts:
    return Breakouts(roomed_plan([breakout(length=20, size=3, rounds=2)], **more))  # type: ignore[arg-type]


def out(played: Breakouts, when: str, name: str) -> str:
    return played.take(when, seating.choose(played.run, played.instant(when), name, "-")).said


def replanned(played: Breakouts, when: str) -> None:
    played.take(when, apply_change(replan_rooms(played.run, played.instant(when), played.item("groups"))))


def test_who_sits_out_is_not_seated() -> None:
    played = call()
    assert out(played, "08:50", "p04") == "Person 04 sits out"
    plan = played.found("08:51")
    assert "p04" not in seated(plan, 1) and "p04" not in seated(plan, 2)


def test_sitting_out_gives_the_seats_back_at_once() -> None:
    played = call()
    played.publish("08:50")
    out(played, "08:51", "p04")
    assert not played.seating(number=1).room_of("p04") and not played.seating(number=2).room_of("p04")
    assert not presence_gap(played.run, played.item("groups"), 1)


def test_undo_brings_somebody_back_to_the_same_seats() -> None:
    played = call()
    played.publish("08:50")
    before = played.run.seatings
    out(played, "08:51", "p04")
    played.do("08:52", "undo")
    assert played.run.seatings == before and not sitting_out(played.run, played.item("groups"))


def test_the_same_once_more_takes_part_again_and_is_offered_a_seat() -> None:
    played = call()
    played.publish("08:50")
    out(played, "08:51", "p04")
    assert out(played, "08:52", "p04") == "Person 04 takes part in groups again; planning again gives a seat"
    assert presence_gap(played.run, played.item("groups"), 1).unseated == ("p04",)
    replanned(played, "08:53")
    assert played.seating(number=1).room_of("p04") and played.seating(number=2).room_of("p04")


def test_naming_a_room_ends_sitting_out() -> None:
    played = call()
    out(played, "08:50", "p04")
    played.take("08:51", seating.choose(played.run, played.instant("08:51"), "p04", "2"))
    assert seated(played.found("08:52"))["p04"] == "2"


def test_naming_a_room_gives_a_seat_in_it_in_every_published_round_to_come() -> None:
    played = call()
    played.publish("08:50")
    out(played, "08:51", "p04")
    played.take("08:52", seating.choose(played.run, played.instant("08:52"), "p04", "2"))
    assert played.seating(number=1).room_of("p04") == played.seating(number=2).room_of("p04") == "2"


def test_sitting_out_in_a_running_round_keeps_that_round_and_leaves_the_next() -> None:
    played = call()
    played.publish("08:50")
    played.do("09:00", "start", "groups")
    played.open("09:00")
    assert out(played, "09:05", "p04") == "Person 04 sits out from the next round on"
    assert played.seating(number=1).room_of("p04") and not played.seating(number=2).room_of("p04")
    assert not presence_gap(played.run, played.item("groups"), 1).away


def test_who_sits_out_has_met_nobody() -> None:
    played = call()
    played.publish("08:50")
    out(played, "08:51", "p04")
    played.do("09:00", "start", "groups")
    played.open("09:00")
    assert not [pair for pair in meetings(played.run, played.instant("09:15")) if "p04" in pair]


def test_a_re_plan_never_seats_who_sits_out() -> None:
    played = call()
    played.publish("08:50")
    out(played, "08:51", "p04")
    played.here("08:52", "+Dana")
    replanned(played, "08:53")
    assert not played.seating(number=1).room_of("p04") and played.seating(number=1).room_of("dana")


def test_who_is_away_has_no_seat_to_give_back() -> None:
    played = call()
    played.everybody_here("08:50")
    played.away("08:51", "p04")
    with pytest.raises(Refused, match="Person 04 has no seat in groups"):
        out(played, "08:52", "p04")


def test_who_sits_out_is_no_host_who_takes_a_room() -> None:
    played = Breakouts(roomed_plan([breakout(size=6)]))
    out(played, "08:50", "p04")
    for name, room in (("p01", "1"), ("p02", "2")):
        played.take("08:51", seating.host(played.run, played.instant("08:51"), name, room))
    assert seated(played.found("08:52"))["p02"] == "2"


def test_in_a_breakout_where_people_choose_sitting_out_is_a_choice() -> None:
    rooms = (SessionRoom("a", "A"), SessionRoom("b", "B"))
    played = Breakouts(roomed_plan([breakout(mode="choose", rooms=("a", "b"))], rooms=rooms))
    out(played, "08:50", "p04")
    assert "p04" not in seated(played.found("08:51"))


def test_a_person_who_asks_for_the_same_room_stays_there_while_the_others_move() -> None:
    played = call()
    played.publish("08:50")
    room = played.seating(number=1).room_of("p05")
    played.take("08:51", seating.choose(played.run, played.instant("08:51"), "p05", room))
    replanned(played, "08:52")
    assert played.seating(number=1).room_of("p05") == played.seating(number=2).room_of("p05") == room


def test_a_choice_that_is_not_known_to_be_a_room_seats_by_the_rest_of_the_plan() -> None:
    played = call()
    played.happen(played.instant("08:50"), ev.RoomChosen("groups", "p04", "gone"))
    assert "p04" in seated(played.found("08:51"))


# ---------------------------------------------------------------- presence


def test_a_newcomer_who_comes_late_sits_with_the_buddy() -> None:
    everybody = (*(person(n) for n in range(1, 12)), person(12, new=True, buddy="p03"))
    played = call(everybody=everybody, rules=RoomRules(new_people="with-buddy"))
    for name in (f"p{n:02}" for n in range(1, 12)):
        played.here("08:40", name)
    played.away("08:41", "p12")
    played.publish("08:50")
    played.here("08:55", "p12")
    replanned(played, "08:56")
    for number in (1, 2):
        assert played.seating(number=number).room_of("p12") == played.seating(number=number).room_of("p03")


def test_a_newcomer_whose_buddy_leaves_keeps_a_seat() -> None:
    everybody = (*(person(n) for n in range(1, 12)), person(12, new=True, buddy="p03"))
    played = call(everybody=everybody, rules=RoomRules(new_people="with-buddy"))
    played.publish("08:50")
    played.everybody_here("08:51")
    played.away("08:52", "p03")
    replanned(played, "08:53")
    assert played.seating(number=1).room_of("p12") and not presence_gap(played.run, played.item("groups"), 1)


def test_everybody_away_is_said_and_changes_nothing() -> None:
    played = call(count=3)
    played.publish("08:50")
    played.everybody_here("08:51")
    played.away("08:52", "p01", "p02", "p03")
    with pytest.raises(Refused, match="nobody to seat"):
        replan_rooms(played.run, played.instant("08:53"), played.item("groups"))


def test_one_person_left_gets_one_room() -> None:
    played = call(count=6)
    played.publish("08:50")
    played.everybody_here("08:51")
    played.away("08:52", *(f"p{n:02}" for n in range(2, 7)))
    replanned(played, "08:53")
    assert [one for seat in played.seating().seats for one in seat] == ["p01"]


def test_a_round_that_begins_with_changed_presence_is_noticed() -> None:
    played = call()
    played.publish("08:50")
    played.everybody_here("08:51")
    played.away("08:52", "p04")
    before = played.run
    assert seating.noticed_gap(before, played.instant("08:53"), [ev.ItemStarted("hello")]) is None
    noticed = seating.noticed_gap(before, played.instant("08:53"), [ev.ItemStarted("groups")])
    assert noticed and noticed[1].said == "1 of those seated is away"


def test_people_who_come_and_go_are_noticed_while_rooms_are_open() -> None:
    played = call()
    played.publish("08:50")
    played.everybody_here("08:51")
    left = [ev.PersonLeft("p04")]
    assert seating.noticed_gap(played.run, played.instant("08:55"), left) is None
    played.do("09:00", "start", "groups")
    played.open("09:00")
    played.away("09:02", "p04")
    assert seating.noticed_gap(played.run, played.instant("09:02"), left)


def test_who_leaves_minutes_before_a_breakout_is_noticed() -> None:
    played = call()
    played.publish("08:50")
    played.everybody_here("08:51")
    played.do("09:00", "start", "hello")
    played.away("09:02", "p04")
    noticed = seating.noticed_gap(played.run, played.instant("09:02"), [ev.PersonLeft("p04")])
    assert noticed and noticed[0].id == "groups"


# ---------------------------------------------------------------- from round to round


def test_hosts_who_stay_are_never_in_the_list_of_moves() -> None:
    played = Breakouts(roomed_plan([breakout(length=30, size=4, rounds=3)], 16))
    hosts = (("p01", "1"), ("p06", "2"), ("p11", "3"), ("p16", "4"))
    for name, room in hosts:
        played.take("08:50", seating.host(played.run, played.instant("08:50"), name, room))
    played.publish("08:51")
    for number in (2, 3):
        listed = moves_list(played.run, played.item("groups"), number)
        assert not [name for name, _ in hosts if f"Person {name[1:]}:" in listed]


def test_following_the_list_of_moves_leads_to_the_seats_of_the_next_round() -> None:
    played = Breakouts(roomed_plan([breakout(length=30, size=4, rounds=3)], 18))
    played.publish("08:50")
    played.take("08:51", seating.choose(played.run, played.instant("08:51"), "p07", "-"))
    for number in (2, 3):
        before, after = played.seating(number=number - 1), played.seating(number=number)
        where = {f"Person {n:02}": before.room_of(f"p{n:02}") for n in range(1, 19)}
        for line in moves_list(played.run, played.item("groups"), number).splitlines():
            name, _, way = line.partition(": ")
            source, _, target = way.partition(" → ")
            assert source == f"Room {where[name]}"
            where[name] = target.removeprefix("Room ")
        assert where == {f"Person {n:02}": after.room_of(f"p{n:02}") for n in range(1, 19)}


def test_as_many_people_as_can_stay_where_they_are_between_rounds() -> None:
    played = Breakouts(roomed_plan([breakout(length=30, size=4, rounds=2, mode="fixed")], 16))
    played.publish("08:50")
    assert moves_list(played.run, played.item("groups"), 2) == ""
    mixed = Breakouts(roomed_plan([breakout(length=30, size=4, rounds=2)], 16))
    mixed.publish("08:50")
    assert len(moves_list(mixed.run, mixed.item("groups"), 2).splitlines()) <= 12


@pytest.mark.parametrize("count", [16, 17, 23, 24])
def test_when_pairs_join_into_fours_one_pair_of_each_stays_where_it_is(count: int) -> None:
    played = Breakouts(roomed_plan([item("think", 12, method="1-2-4-all")], count))
    played.publish("08:50", "think")
    fours = len(played.groups("think", 2))
    staying = count - len(moves_list(played.run, played.item("think"), 2).splitlines())
    assert staying >= 2 * fours


def test_the_copied_list_names_whoever_is_here_and_has_no_room() -> None:
    played = call()
    played.publish("08:50")
    out(played, "08:51", "p04")
    played.here("08:52", "+Dana")
    listed = seating.room_list(played.run, played.seating(), played.item("groups"))
    assert listed.splitlines()[-1] == "Not in a room yet: Dana" and "Person 04" not in listed


def test_nobody_is_left_without_a_room_when_pairs_join() -> None:
    played = Breakouts(roomed_plan([item("think", 12, method="1-2-4-all")], 11))
    played.publish("08:50", "think")
    assert len(seated_people(played.run, played.item("think"))) == 11
    assert "no room" not in moves_list(played.run, played.item("think"), 2)
    assert groups_of(played.found("08:51", "think"), 2)


def test_a_newcomer_moved_away_from_the_buddy_by_hand_is_brought_back_by_a_re_plan() -> None:
    everybody = (*(person(n) for n in range(1, 12)), person(12, new=True, buddy="p03"))
    played = call(everybody=everybody, rules=RoomRules(new_people="with-buddy"))
    played.publish("08:50")
    there = next(room for room in played.seating().rooms if room != played.seating().room_of("p12"))
    played.move("08:51", "p12", there)
    replanned(played, "08:52")
    assert played.seating().room_of("p12") == played.seating().room_of("p03")


@settings(max_examples=25, deadline=None)
@given(
    buddies=st.dictionaries(st.integers(1, 16), st.integers(1, 16), max_size=6),
    moves=st.lists(st.tuples(st.integers(1, 16), st.integers(0, 3), st.integers(1, 2)), max_size=8),
    gone=st.sets(st.integers(1, 16), max_size=4),
    way=st.sampled_from(["patch", "few", "fresh"]),
)
def test_whoever_is_moved_by_hand_or_leaves_a_re_plan_seats_everybody_here_once(
    buddies: dict[int, int], moves: list[tuple[int, int, int]], gone: set[int], way: str
) -> None:
    everybody = tuple(
        person(n, new=n in buddies, buddy=f"p{buddies[n]:02}" if n in buddies and buddies[n] != n else "")
        for n in range(1, 17)
    )
    played = Breakouts(
        roomed_plan([breakout(size=4, rounds=2)], everybody=everybody, rules=RoomRules(new_people="with-buddy"))
    )
    played.publish("08:50")
    played.everybody_here("08:51")
    for who, room, number in moves:
        rooms = played.seating(number=number).rooms
        played.happen(played.instant("08:52"), ev.SeatChanged("groups", number, f"p{who:02}", rooms[room % len(rooms)]))
    played.away("08:53", *(f"p{n:02}" for n in sorted(gone)))
    change = replan_rooms(played.run, played.instant("08:54"), played.item("groups"), way, seconds=0.05)  # type: ignore[arg-type]
    if change.payloads:
        played.take("08:54", apply_change(change))
    here = sorted(f"p{n:02}" for n in range(1, 17) if n not in gone)
    for number in (1, 2):
        assert sorted(name for seat in played.seating(number=number).seats for name in seat) == here

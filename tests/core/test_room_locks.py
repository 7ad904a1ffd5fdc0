"""Locked rooms: in the log, kept whole by every way of planning, undone like anything else."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.rooms import Breakouts, breakout, groups_of, item, person, roomed_plan, seated
from facilitator_tui.core import events as ev
from facilitator_tui.core import seating
from facilitator_tui.core.actions import Refused
from facilitator_tui.core.plan import Item, RoomRules, SessionRoom
from facilitator_tui.core.room_change import apply_change, judge_rooms, replan_rooms
from facilitator_tui.core.room_moves import move_effect
from facilitator_tui.rotation.judge import HARD_RULES

QUICK = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def call(*agenda: Item, count: int = 12, **more: object) -> Breakouts:
    """A call with everybody here and its breakouts planned."""
    played = Breakouts(roomed_plan(list(agenda), count, **more))  # type: ignore[arg-type]
    for one in agenda:
        played.publish("08:50", one.id)
    played.everybody_here("08:55")
    return played


def test_a_lock_is_an_event_that_comes_back_with_the_log() -> None:
    played = call(breakout(size=3))
    played.lock("08:56", "2")
    assert played.reloaded().run.locks == {("groups", 1, "2")}


def test_the_same_lock_once_more_sets_the_room_free() -> None:
    played = call(breakout(size=3))
    assert "keeps its people" in played.lock("08:56", "2").said
    assert "is mixed again" in played.lock("08:57", "Room 2").said
    assert not played.run.locks


def test_undo_takes_a_lock_back_and_redo_sets_it_again() -> None:
    played = call(breakout(size=3))
    played.lock("08:56", "2")
    assert played.do("08:57", "undo").said == "undone: lock of a room"
    assert not played.run.locks
    played.do("08:58", "redo")
    assert played.run.locks


def test_a_room_that_is_not_there_can_not_be_locked() -> None:
    played = call(breakout(size=3))
    with pytest.raises(Refused, match="no room '9': the rooms are 1, 2, 3, 4"):
        played.lock("08:56", "9")


def test_rooms_that_nobody_planned_can_not_be_locked() -> None:
    played = Breakouts(roomed_plan([breakout(size=3)]))
    with pytest.raises(Refused, match="no rooms are planned for that round; plan them first"):
        played.lock("08:56", "1")


def test_planning_from_outside_keeps_a_locked_room_as_it_is() -> None:
    played = call(breakout(size=3))
    kept = set(played.seating().seats[1])
    played.lock("08:56", "2")
    where = seated(played.found("08:57"))
    assert {name for name, room in where.items() if room == "2"} == kept


def test_a_lock_of_one_round_leaves_the_other_rounds_to_be_mixed() -> None:
    played = call(breakout(size=3, rounds=2))
    kept = frozenset(played.seating().seats[1])
    played.lock("08:56", "2")
    plan = played.found("08:57")
    assert kept in groups_of(plan, 1) and kept not in groups_of(plan, 2)


@pytest.mark.parametrize("way", ["patch", "few", "fresh"])
def test_a_late_person_never_enters_a_locked_room(way: str) -> None:
    played = call(breakout(size=3))
    kept = set(played.seating().seats[0])
    played.lock("08:56", "1")
    played.away("08:57", sorted(kept)[0])
    played.here("08:58", "+Dana")
    change = replan_rooms(played.run, played.instant("08:59"), played.item("groups"), way)  # type: ignore[arg-type]
    played.take("08:59", apply_change(change))
    assert set(played.seating().seats[0]) == kept - {sorted(kept)[0]}


def test_a_late_person_gets_a_seat_where_every_room_is_locked() -> None:
    played = call(breakout(size=6))
    played.lock("08:56", "1")
    played.lock("08:56", "2")
    played.here("08:57", "+Dana")
    played.take("08:58", apply_change(replan_rooms(played.run, played.instant("08:58"), played.item("groups"))))
    assert played.seating().room_of("dana")


def test_a_late_person_in_a_running_round_goes_to_a_room_that_is_open() -> None:
    played = call(breakout(length=20, size=6, rounds=2))
    played.do("09:00", "start", "groups")
    played.open("09:00")
    played.lock("09:01", "1")
    played.here("09:02", "+Dana")
    played.take("09:03", apply_change(replan_rooms(played.run, played.instant("09:03"), played.item("groups"))))
    assert played.seating(number=1).room_of("dana") == "2"


def test_rooms_beside_a_locked_one_are_even_and_no_rule_is_broken() -> None:
    played = call(breakout(size=4), count=16)
    played.lock("08:56", "1")
    played.away("08:57", *sorted(played.seating().seats[0])[:2])
    played.take("08:58", apply_change(replan_rooms(played.run, played.instant("08:58"), played.item("groups"))))
    assert sorted(len(seat) for seat in played.seating().seats) == [2, 4, 4, 4]
    judged = judge_rooms(played.run, played.instant("08:59"), played.item("groups"))
    assert judged and not [one for one in judged.rotation.broken if one.rule in HARD_RULES]


def test_a_locked_four_keeps_the_pairs_it_was_joined_from() -> None:
    played = call(item("think", 12, method="1-2-4-all"), count=16)
    four = frozenset(played.seating("think", 2).seats[1])
    pairs = {pair for pair in played.groups("think", 1) if pair <= four}
    played.lock("08:56", "2", "think", 2)
    change = replan_rooms(played.run, played.instant("08:57"), played.item("think"), "fresh")
    if change.payloads:
        played.take("08:57", apply_change(change))
    assert four in played.groups("think", 2) and pairs <= played.groups("think", 1)
    assert all(any(pair <= other for other in played.groups("think", 2)) for pair in played.groups("think", 1))


def test_a_host_goes_into_a_locked_room_all_the_same() -> None:
    played = call(breakout(size=3))
    played.lock("08:56", "1")
    guest = next(name for name in ("p01", "p02", "p03", "p04") if played.seating().room_of(name) != "1")
    played.take("08:57", seating.host(played.run, played.instant("08:57"), guest, "1"))
    assert seated(played.found("08:58"))[guest] == "1"


def test_a_move_by_hand_into_a_locked_room_is_allowed_and_said() -> None:
    played = call(breakout(size=3))
    played.lock("08:56", "1")
    name = next(one for one in ("p01", "p02", "p03", "p04") if played.seating().room_of(one) != "1")
    effect = move_effect(played.run, played.instant("08:57"), played.item("groups"), 1, name, "1")
    assert "Room 1 is locked" in effect.words


def test_a_lock_of_a_plan_that_was_undone_holds_nobody() -> None:
    played = Breakouts(roomed_plan([breakout(size=3)]))
    played.happen(played.instant("08:56"), ev.RoomLocked("groups", 1, "1"))
    assert len(seated(played.publish("08:57"))) == 12


def test_a_room_with_a_size_of_the_plan_never_grows_for_a_lock_beside_it() -> None:
    rooms = (SessionRoom("a", "A", size=3), SessionRoom("b", "B"), SessionRoom("c", "C"))
    played = call(breakout(rooms=("a", "b", "c")), count=11, rooms=rooms)
    played.lock("08:56", "b")
    played.away("08:57", *sorted(played.seating().seats[1])[:3])
    played.take("08:58", apply_change(replan_rooms(played.run, played.instant("08:58"), played.item("groups"))))
    assert len(played.seating().seats[0]) == 3


@QUICK
@given(
    count=st.integers(4, 18),
    size=st.integers(2, 5),
    rounds=st.integers(1, 2),
    mode=st.sampled_from(["mix", "fixed", "choose"]),
    locks=st.sets(st.tuples(st.integers(1, 2), st.integers(1, 6)), max_size=4),
    gone=st.sets(st.integers(1, 18), max_size=4),
    late=st.integers(0, 2),
    way=st.sampled_from(["patch", "few", "fresh"]),
    buddies=st.dictionaries(st.integers(1, 18), st.integers(1, 18), max_size=4),
)
def test_whatever_is_locked_everybody_has_one_seat_and_locked_people_keep_theirs(
    count: int,
    size: int,
    rounds: int,
    mode: str,
    locks: set[tuple[int, int]],
    gone: set[int],
    late: int,
    way: str,
    buddies: dict[int, int],
) -> None:
    everybody = tuple(
        person(n, new=n in buddies, buddy=f"p{buddies.get(n, 0):02}" if buddies.get(n, n) != n else "")
        for n in range(1, count + 1)
    )
    rules = RoomRules(new_people="with-buddy")
    played = call(breakout(size=size, rounds=rounds, mode=mode), everybody=everybody, rules=rules)
    held: dict[int, dict[str, str]] = {}
    for number, room in sorted(locks):
        if number <= rounds and str(room) in played.seating(number=number).rooms:
            played.lock("08:56", str(room), number=number)
            held.setdefault(number, {}).update(
                (name, str(room)) for name in played.seating(number=number).seats[room - 1]
            )
    played.away("08:57", *(f"p{n:02}" for n in sorted(gone) if n <= count))
    played.here("08:58", *(f"+Late {n}" for n in range(late)))
    here = {f"p{n:02}" for n in range(1, count + 1) if n not in gone} | {f"late-{n}" for n in range(late)}
    if not here:
        return
    change = replan_rooms(played.run, played.instant("08:59"), played.item("groups"), way, seconds=0.05)  # type: ignore[arg-type]
    if change.payloads:
        played.take("08:59", apply_change(change))
    for number in range(1, rounds + 1):
        sat = sorted(name for seat in played.seating(number=number).seats for name in seat)
        assert sat == sorted(here)
        for name, room in held.get(number, {}).items():
            assert name not in here or played.seating(number=number).room_of(name) == room

"""Rounds of unequal length: the rooms' clock follows the steps of a method, through extensions and recalls."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.rooms import Breakouts, breakout, item, minutes, roomed_plan
from facilitator_tui.core import events as ev
from facilitator_tui.core import seating
from facilitator_tui.core.actions import Refused
from facilitator_tui.core.durations import ZERO
from facilitator_tui.core.events import payload_of, values_of
from facilitator_tui.core.meetings import happened_rounds
from facilitator_tui.core.methods import SHIPPED
from facilitator_tui.core.plan import Item, Method, MethodStep
from facilitator_tui.core.room_lengths import round_lengths
from facilitator_tui.core.room_rounds import groupings, has_rooms
from facilitator_tui.core.rundown import RoomsClock
from facilitator_tui.core.steps import timed_steps

BOTH_WAYS = Method(
    "both",
    "In and out and in",
    (
        MethodStep("Pairs", minutes(4), 2, new_rooms=True),
        MethodStep("All together", minutes(3)),
        MethodStep("Fours", minutes(8), 4, new_rooms=True),
        MethodStep("All together", minutes(5)),
    ),
)


def playing(*agenda: Item, count: int = 12, method: Method | None = None) -> Breakouts:
    plan = roomed_plan(list(agenda), count)
    if method:
        from dataclasses import replace

        plan = replace(plan, methods={**plan.methods, method.id: method})
    played = Breakouts(plan)
    played.publish("08:50", agenda[0].id)
    played.do("09:00", "start", agenda[0].id)
    return played


def think() -> Breakouts:
    """1-2-4-all in twelve minutes: alone 1, pairs 2, fours 4, all 5."""
    return playing(item("think", 12, method="1-2-4-all"))


def rooms(played: Breakouts, when: str) -> RoomsClock:
    found = played.read(when).rooms
    assert found
    return found


def shown(played: Breakouts, when: str) -> tuple[int, str, timedelta]:
    clock = rooms(played, when)
    return clock.round, clock.phase, clock.remaining


def test_pairs_and_fours_end_with_their_own_steps() -> None:
    played = think()
    said = played.open("09:01").said
    assert said == "rooms open for 6:00 in 2 rounds: 2:00, 4:00"
    assert shown(played, "09:02:30") == (1, "running", minutes(0.5))
    assert shown(played, "09:03") == (2, "running", minutes(4))
    assert shown(played, "09:07:10") == (2, "closing", timedelta(seconds=50))
    assert shown(played, "09:09") == (2, "closed", ZERO)


def test_rooms_opened_while_everybody_thinks_alone_still_end_with_the_steps() -> None:
    played = think()
    played.open("09:00")
    assert rooms(played, "09:00").round_ends == played.instant("09:03")
    assert rooms(played, "09:04").ends == played.instant("09:07")


def test_rooms_opened_in_a_later_step_begin_with_its_round() -> None:
    played = think()
    assert played.open("09:04").said == "rooms open for 3:00, round 2 of 2"
    assert shown(played, "09:04") == (2, "running", minutes(3))
    assert rooms(played, "09:04").rounds == 2


def test_when_the_steps_in_groups_are_over_rooms_say_so() -> None:
    played = think()
    with pytest.raises(Refused, match="the steps in groups of think are over"):
        played.open("09:08")


def test_a_step_in_plenary_closes_the_rooms_and_the_next_one_opens_them_again() -> None:
    played = playing(item("both", 20, method="both"), method=BOTH_WAYS)
    assert played.open("09:00").said == "rooms open for 4:00, round 1 of 2"
    assert shown(played, "09:04:30")[:2] == (1, "closing")
    assert played.open("09:07").said == "rooms open for 8:00, round 2 of 2"
    assert shown(played, "09:07") == (2, "running", minutes(8))


def test_a_method_that_ends_in_plenary_lets_the_rooms_end_before() -> None:
    played = playing(item("share", 25, method="15-percent"))
    played.open("09:04")
    assert rooms(played, "09:04").ends == played.instant("09:20")


def test_equal_rounds_are_written_as_before() -> None:
    played = playing(breakout(length=20, size=3, rounds=2))
    outcome = seating.open_rooms(played.run, played.instant("09:00"))
    assert values_of(outcome.payloads[0]) == {"item": "groups", "seconds": 1200, "rounds": 2}


def test_a_minute_more_says_that_the_steps_stay() -> None:
    played = think()
    played.open("09:01")
    said = seating.extend_rooms(played.run, played.instant("09:02"), minutes(1)).said
    assert said == "rooms +1:00; the steps of think keep their times"


def test_an_old_event_without_lengths_shares_the_time_evenly() -> None:
    old = payload_of("rooms.opened", {"item": "think", "seconds": 361, "rounds": 2})
    played = think()
    played.happen(played.instant("09:01"), old)
    assert played.run.breakout and [one.total_seconds() for one in played.run.breakout.lengths] == [181, 180]


def test_lengths_come_back_with_the_log() -> None:
    played = think()
    played.open("09:01")
    clock = played.reloaded().run.breakout
    assert clock and clock.lengths == (minutes(2), minutes(4))


@pytest.mark.parametrize("nonsense", [("x", "60"), ("-5", "60"), ("999999999999",), ("",)])
def test_lengths_that_make_no_sense_are_shared_evenly(nonsense: tuple[str, ...]) -> None:
    played = think()
    played.happen(played.instant("09:01"), ev.RoomsOpened("think", 120, 2, rounds_s=nonsense))
    assert played.run.breakout and played.run.breakout.lengths == (minutes(1), minutes(1))


@pytest.mark.parametrize(("when", "first", "last"), [("09:02", "09:04", "09:08"), ("09:05", "09:03", "09:08")])
def test_a_minute_more_lengthens_the_round_under_way(when: str, first: str, last: str) -> None:
    played = think()
    played.open("09:01")
    played.take(when, seating.extend_rooms(played.run, played.instant(when), minutes(1)))
    clock = played.run.breakout
    assert clock and (clock.round_ends(1), clock.ends) == (played.instant(first), played.instant(last))


@pytest.mark.parametrize(("when", "round"), [("09:02", 1), ("09:05", 2)])
def test_a_recall_ends_the_rooms_in_every_step_and_a_minute_more_opens_them_again(when: str, round: int) -> None:
    played = think()
    played.open("09:01")
    played.take(when, seating.recall_rooms(played.run, played.instant(when)))
    assert shown(played, f"{when}:30")[:2] == (round, "closing")
    played.take(f"{when}:30", seating.extend_rooms(played.run, played.instant(f"{when}:30"), minutes(1)))
    assert shown(played, f"{when}:30") == (round, "running", minutes(1))


def test_a_round_that_was_over_when_the_rooms_opened_counts_with_its_step() -> None:
    played = think()
    played.open("09:04")
    assert [number for _, number in happened_rounds(played.run, played.instant("09:05"))] == [1, 2]


def test_a_finished_session_opens_no_rooms() -> None:
    played = think()
    played.do("09:05", "finish")
    with pytest.raises(Refused, match="the session is finished; undo reopens it"):
        played.open("09:06", "think")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    method=st.sampled_from(sorted(SHIPPED)),
    seconds=st.integers(60, 7200),
    part=st.floats(0, 0.999),
)
def test_a_round_ends_exactly_where_a_step_ends_and_never_behind_the_item(
    method: str, seconds: int, part: float
) -> None:
    one = item("x", seconds / 60, method=method)
    plan = roomed_plan([one])
    if not has_rooms(plan, one):
        return
    length, gone = timedelta(seconds=seconds), timedelta(seconds=int(seconds * part))
    try:
        found = round_lengths(plan, one, length, gone)
    except Refused:
        return
    ends = {step.ends for step in timed_steps(plan.methods[method], length)}
    reached = gone
    for at, round_length in enumerate(found.lengths):
        reached += round_length
        assert round_length >= ZERO
        assert round_length == ZERO or reached in ends
        assert at < len(groupings(plan, one))
    assert gone < reached <= length

"""The formulae of the rundown: planned, actual and expected apart, phases, drift, gaps, rooms."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from core.calls import Call, item, minutes, plan_of
from facilitator_tui.core import events as ev
from facilitator_tui.core.durations import SECOND, ZERO
from facilitator_tui.core.plan import Plan

pytestmark = pytest.mark.usefixtures("anywhere")


def with_fixed_end() -> Plan:
    return plan_of([item("A", 20), item("B", 30, until="09:50"), item("C", 10)], stop="10:05")


# ---------------------------------------------------------------- planned


def test_a_hard_start_behind_the_planned_end_leaves_a_gap() -> None:
    row = Call().row("08:50", "E")
    assert (row.gap, row.planned_start - Call().row("08:50", "D").planned_end) == (minutes(5), minutes(5))


def test_a_hard_start_before_the_planned_end_is_an_overlap() -> None:
    call = Call(plan_of([item("A", 30), item("B", 10, at="09:20")]))
    assert call.row("08:50", "B").gap == minutes(-10)
    assert call.shown(call.row("08:50", "B").expected_start) == "09:20"
    call.do("09:00", "start")
    row = call.row("09:05", "B")
    assert (call.shown(row.expected_start), row.live_gap) == ("09:30", minutes(-10))


def test_before_the_start_the_live_gap_is_the_planned_one() -> None:
    call = Call(plan_of([item("A", 30), item("B", 10, at="09:20"), item("C", 10, at="09:40"), item("D", 5)]))
    rows = call.read("08:50").rows
    assert [row.live_gap for row in rows] == [ZERO, minutes(-10), minutes(10), ZERO]


def test_an_item_whose_hard_start_lies_before_the_session_begins_at_once() -> None:
    call = Call(plan_of([item("A", 10), item("B", 10, at="08:59")]))
    call.do("09:00", "start")
    assert call.shown(call.row("09:05", "B").expected_start) == "09:10"
    call.do("09:10", "next_item")
    assert call.read("09:10").state == "running"


def test_the_plan_never_moves_whatever_happens() -> None:
    call = Call()
    before = [(row.planned_start, row.planned_end) for row in call.read("08:50").rows]
    call.do("09:12", "start")
    call.do("09:13", "extend", minutes(7))
    call.do("09:14", "skip", "D")
    call.do("09:30", "next_item")
    call.do("10:40", "compress_agenda")
    assert [(row.planned_start, row.planned_end) for row in call.read("10:50").rows] == before


def test_without_a_hard_stop_the_planned_end_is_it() -> None:
    view = Call(plan_of([item("A", 10), item("B", 20)])).read("08:00")
    assert view.hard_stop == view.rows[-1].planned_end


def test_must_start_by_is_the_planned_start_and_the_slack_before_the_hard_stop() -> None:
    call = Call(plan_of([item("A", 10), item("B", 20)], stop="09:45"))
    assert call.shown(call.row("08:00", "B").must_start_by) == "09:25"


def test_a_cue_takes_no_time_and_holds_nothing_up() -> None:
    call = Call(plan_of([item("A", 10), item("cue", 0, "cue", at="09:30"), item("B", 20)]))
    call.do("09:00", "start")
    assert call.shown(call.row("09:05", "B").expected_start) == "09:10"
    assert call.row("09:05", "B").drift_start == ZERO
    assert call.shown(call.row("09:05", "cue").expected_start) == "09:30"
    call.do("09:10", "next_item")
    assert call.fold.run.live and call.fold.run.live.item == "B"


# ---------------------------------------------------------------- the live item


@pytest.mark.parametrize(
    ("when", "phase", "remaining"),
    [
        ("09:00", "running", 600),
        ("09:07:59", "running", 121),
        ("09:08", "warning", 120),
        ("09:08:59", "warning", 61),
        ("09:09", "danger", 60),
        ("09:10", "danger", 0),
        ("09:10:01", "overtime", -1),
    ],
)
def test_phases_begin_at_their_thresholds_and_overtime_only_below_zero(when: str, phase: str, remaining: int) -> None:
    call = Call()
    call.do("09:00", "start")
    live = call.read(when).live
    assert live and (live.phase, live.remaining) == (phase, remaining * SECOND)


@pytest.mark.parametrize(("length", "phase"), [(1, "running"), (1.5, "running"), (2, "running"), (2.5, "running")])
def test_an_item_shorter_than_its_threshold_does_not_begin_in_it(length: float, phase: str) -> None:
    call = Call(plan_of([item("A", length), item("B", 5)]))
    call.do("09:00", "start")
    live = call.read("09:00").live
    assert live and live.phase == phase


def test_thresholds_of_its_own_are_those_of_the_item() -> None:
    own = replace(item("A", 30), warn=minutes(10), danger=minutes(5))
    call = Call(plan_of([own]))
    call.do("09:00", "start")
    assert [live.phase for when in ("09:19:59", "09:20", "09:25") if (live := call.read(when).live)] == [
        "running",
        "warning",
        "danger",
    ]


def test_being_early_never_pulls_a_hard_start_forward() -> None:
    call = Call()
    call.do("09:00", "goto", "D")
    assert call.shown(call.row("09:01", "E").expected_start) == "10:20"
    assert call.shown(call.row("09:01", "F").expected_start) == "10:45"


def test_without_a_hard_start_being_early_pulls_what_follows_forward() -> None:
    call = Call()
    call.do("09:00", "start")
    call.do("09:04", "next_item")
    assert call.row("09:04", "C").drift_start == minutes(-6)


def test_the_rundown_is_in_whole_seconds_whenever_it_is_read() -> None:
    call = Call()
    call.do(call.instant("09:00") + timedelta(milliseconds=700), "start")
    live = call.read(call.instant("09:05") + timedelta(milliseconds=300)).live
    assert live and (live.elapsed, live.remaining) == (minutes(5), minutes(5))


def test_a_skipped_item_has_zero_length_and_what_follows_moves_up() -> None:
    call = Call()
    call.do("09:00", "start")
    call.do("09:01", "skip", "B")
    row = call.row("09:02", "B")
    assert (row.state, row.expected_end - row.expected_start, row.drift_end) == ("skipped", ZERO, ZERO)
    assert call.shown(call.row("09:02", "C").expected_start) == "09:10"


def test_what_is_over_is_shown_as_it_was() -> None:
    call = Call()
    call.do("09:03", "start")
    call.do("09:11:30", "next_item")
    row = call.row("09:20", "A")
    assert (row.state, call.shown(row.started), call.shown(row.ended)) == ("done", "09:03", "09:11:30")
    assert (row.drift_start, row.drift_end, row.active) == (minutes(3), minutes(1.5), minutes(8.5))


# ---------------------------------------------------------------- a fixed end


def test_a_fixed_end_absorbs_lateness_by_a_shorter_item() -> None:
    call = Call(with_fixed_end())
    call.do("09:07", "start")
    row = call.row("09:07", "B")
    assert (call.shown(row.expected_start), call.shown(row.expected_end)) == ("09:27", "09:50")
    assert (row.length, call.read("09:07").end_over) == (minutes(23), minutes(-5))


def test_a_fixed_end_that_is_past_pushes_what_follows() -> None:
    call = Call(with_fixed_end())
    call.do("09:40", "start")
    assert call.shown(call.row("09:40", "B").expected_end) == "10:00"
    assert call.read("09:40").end_over == minutes(5)


def test_a_pause_does_not_stop_what_is_left_before_a_fixed_end() -> None:
    call = Call(with_fixed_end())
    call.do("09:00", "start")
    call.do("09:20", "next_item")
    call.do("09:25", "pause")
    live = call.read("09:35").live
    assert live and live.fixed_end
    assert (live.remaining, live.elapsed, live.phase) == (minutes(15), minutes(5), "paused")
    assert call.shown(live.row.expected_end) == "09:50"
    live = call.read("09:55").live
    assert live and live.remaining == minutes(-5)
    assert live.row.expected_end == call.instant("09:55")


def test_an_extension_moves_a_fixed_end() -> None:
    call = Call(with_fixed_end())
    call.do("09:00", "goto", "B")
    call.do("09:10", "extend", minutes(5))
    live = call.read("09:10").live
    assert live and live.remaining == minutes(45)
    assert call.shown(live.row.expected_end) == "09:55"
    assert live.drift == minutes(5)


def test_a_fixed_end_begun_within_its_threshold_does_not_alert_at_once() -> None:
    call = Call(with_fixed_end())
    call.do("09:48:30", "goto", "B")
    assert [live.phase for when in ("09:48:30", "09:49", "09:50:01") if (live := call.read(when).live)] == [
        "running",
        "danger",
        "overtime",
    ]


# ---------------------------------------------------------------- the session


def test_item_drift_and_end_drift_are_two_figures() -> None:
    call = Call()
    call.do("09:04", "start")
    view = call.read("09:04")
    assert (view.item_drift, view.end_over) == (minutes(4), ZERO)


def test_nothing_running_is_counted_from_the_planned_start() -> None:
    call = Call()
    assert call.read("08:59").idle_for == ZERO
    assert call.read("09:01:20").idle_for == 80 * SECOND
    assert call.read("11:01").idle_for == ZERO
    call.do("09:02", "start")
    assert call.read("09:03").idle_for == ZERO


def test_waiting_before_a_hard_start_counts_as_nothing_running() -> None:
    call = Call()
    call.do("10:00", "start", "D")
    call.do("10:10", "next_item")
    view = call.read("10:11:20")
    assert (view.state, view.idle_for) == ("waiting", 80 * SECOND)


def test_the_following_item_is_the_next_one_that_takes_place() -> None:
    call = Call()
    following = call.read("08:50").following
    assert following and following.item.id == "A"
    call.do("09:00", "start")
    call.do("09:00", "skip", "B")
    following = call.read("09:01").following
    assert following and following.item.id == "C"


def test_a_finished_session_ends_when_it_was_finished() -> None:
    call = Call()
    call.do("09:00", "start")
    call.do("09:40", "finish")
    view = call.read("12:00")
    assert (view.state, call.shown(view.expected_end), view.end_over) == ("finished", "09:40", minutes(-80))
    assert [row.state for row in view.rows] == ["done"] + ["not-run"] * 5


# ---------------------------------------------------------------- the rooms' clock


def rooms_of(call: Call, when: str) -> tuple[int, int, str]:
    rooms = call.read(when).rooms
    assert rooms
    return rooms.round, int(rooms.remaining.total_seconds()), rooms.phase


def in_rooms(seconds: int = 1200, rounds: int = 2, follows: bool = False) -> Call:
    call = Call()
    call.do("09:40", "goto", "C")
    call.happen(call.instant("09:42"), ev.RoomsOpened("C", seconds, rounds, follows))
    return call


def test_rounds_share_the_rooms_time() -> None:
    call = in_rooms()
    assert rooms_of(call, "09:42") == (1, 600, "running")
    assert rooms_of(call, "09:51:59") == (1, 1, "running")
    assert rooms_of(call, "09:52") == (2, 600, "running")


def test_seconds_that_do_not_divide_go_to_the_first_rounds() -> None:
    clock = in_rooms(100, 3).fold.run.breakout
    assert clock and [length // SECOND for length in clock.lengths] == [34, 33, 33]


def test_after_the_last_round_a_grace_minute_runs_and_then_the_rooms_are_closed() -> None:
    call = in_rooms()
    assert rooms_of(call, "10:01:59") == (2, 1, "running")
    assert rooms_of(call, "10:02") == (2, 60, "closing")
    assert rooms_of(call, "10:02:59") == (2, 1, "closing")
    assert rooms_of(call, "10:03") == (2, 0, "closed")


def test_closed_rooms_are_forgotten_when_their_item_is_left() -> None:
    call = in_rooms()
    call.do("10:02:30", "next_item")
    assert rooms_of(call, "10:02:40")[2] == "closing"
    assert call.read("10:04").rooms is None


def test_the_rooms_clock_runs_on_while_the_item_is_paused() -> None:
    call = in_rooms()
    call.do("09:45", "pause")
    assert rooms_of(call, "09:50") == (1, 120, "running")
    call.do("09:51", "resume")
    assert rooms_of(call, "09:51") == (1, 60, "running")


def test_rooms_that_follow_the_pause_stand_still_with_it() -> None:
    call = in_rooms(follows=True)
    call.do("09:45", "pause")
    assert rooms_of(call, "09:50") == (1, 420, "running")
    call.do("09:51", "resume")
    assert rooms_of(call, "09:51") == (1, 420, "running")
    assert rooms_of(call, "09:58") == (2, 600, "running")


def test_rooms_that_follow_the_pause_go_on_when_the_paused_item_is_left() -> None:
    call = in_rooms(follows=True)
    call.do("09:45", "pause")
    call.do("09:50", "next_item")
    assert rooms_of(call, "09:50") == (1, 420, "running")


def test_a_recall_holds_although_the_item_is_paused_and_resumed() -> None:
    call = in_rooms(follows=True)
    call.do("09:45", "pause")
    call.happen(call.instant("09:46"), ev.RoomsRecalled())
    assert rooms_of(call, "09:46:20") == (1, 40, "closing")
    call.do("09:48", "resume")
    assert rooms_of(call, "09:48") == (1, 0, "closed")


def test_extending_moves_the_round_under_way_and_those_behind_it() -> None:
    call = in_rooms()
    call.happen(call.instant("09:50"), ev.RoomsExtended(180))
    assert rooms_of(call, "09:50") == (1, 300, "running")
    assert rooms_of(call, "09:55") == (2, 600, "running")


def test_extending_while_the_rooms_stand_still_moves_the_round_they_stand_in() -> None:
    call = in_rooms(follows=True)
    call.do("09:45", "pause")
    call.happen(call.instant("09:58"), ev.RoomsExtended(60))
    assert rooms_of(call, "09:58") == (1, 480, "running")


def test_shortening_below_what_was_spent_ends_the_round_now() -> None:
    call = in_rooms()
    call.happen(call.instant("09:50"), ev.RoomsExtended(-300))
    assert rooms_of(call, "09:50") == (2, 600, "running")


def test_closed_rooms_open_again_for_what_they_are_extended_by() -> None:
    call = in_rooms()
    call.happen(call.instant("10:04"), ev.RoomsExtended(180))
    assert rooms_of(call, "10:04") == (2, 180, "running")


def test_recalled_rooms_open_again_for_what_they_are_extended_by() -> None:
    call = in_rooms()
    call.happen(call.instant("09:45"), ev.RoomsRecalled())
    assert rooms_of(call, "09:45:10") == (1, 50, "closing")
    call.happen(call.instant("09:45:30"), ev.RoomsExtended(180))
    assert rooms_of(call, "09:45:30") == (1, 180, "running")
    assert rooms_of(call, "09:48:30") == (1, 60, "closing")


def test_rooms_that_are_over_are_not_shortened() -> None:
    call = in_rooms()
    call.happen(call.instant("10:04"), ev.RoomsExtended(-60))
    assert rooms_of(call, "10:04") == (2, 0, "closed")

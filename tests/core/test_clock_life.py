"""What life does to clocks, row by row of the table in the design."""

from __future__ import annotations

import os
import time
from datetime import date, timedelta

import pytest

from core.calls import Call, item, minutes, plan_of
from facilitator_tui.core import events as ev
from facilitator_tui.core.alerts import AlertMemory, clock_step, due, left_open, slept
from facilitator_tui.core.durations import SECOND

pytestmark = pytest.mark.usefixtures("anywhere")


def running() -> Call:
    call = Call()
    call.do("09:00", "start")
    call.do("09:10", "next_item")
    return call


def killed_and_opened(call: Call) -> Call:
    call.fold = call.reloaded()
    return call


# ---------------------------------------------------------------- killed and opened again


def test_an_item_runs_on_while_the_console_is_dead() -> None:
    call = killed_and_opened(running())
    live = call.read("09:24").live
    assert live and (live.elapsed, live.remaining, live.phase) == (minutes(14), minutes(16), "running")


def test_a_pause_holds_while_the_console_is_dead() -> None:
    call = running()
    call.do("09:20", "pause")
    live = killed_and_opened(call).read("09:24").live
    assert live and (live.elapsed, live.remaining, live.phase) == (minutes(10), minutes(20), "paused")


def test_waiting_goes_on_and_ends_while_the_console_is_dead() -> None:
    call = running()
    call.do("10:10", "goto", "E")
    killed_and_opened(call)
    assert call.read("10:15").state == "waiting"
    live = call.read("10:24").live
    assert live and live.elapsed == minutes(4)


def test_the_rooms_clock_runs_on_while_the_console_is_dead() -> None:
    call = running()
    call.do("09:40", "next_item")
    call.happen(call.instant("09:41"), ev.RoomsOpened("C", 1200, 2))
    rooms = killed_and_opened(call).read("09:52").rooms
    assert rooms and (rooms.round, rooms.remaining) == (2, minutes(9))


# ---------------------------------------------------------------- opened the next day


def test_a_call_opened_the_next_day_is_one_that_was_left_open() -> None:
    call = killed_and_opened(running())
    found = left_open(call.fold.run, call.instant("+1 08:00"))
    assert found and found.day == date(2026, 3, 10)
    assert found.last == call.instant("09:10")
    assert call.shown(found.close_at) == "11:00"


@pytest.mark.parametrize("when", ["09:30", "12:00", "23:59"])
def test_a_call_opened_the_same_day_goes_on(when: str) -> None:
    call = running()
    assert left_open(call.fold.run, call.instant(when)) is None


def test_a_call_that_runs_over_midnight_was_not_left_open() -> None:
    call = Call(plan_of([item("A", 30), item("B", 60)], start="23:30"))
    call.do("23:30", "start")
    assert left_open(call.fold.run, call.instant("+1 01:30")) is None
    assert left_open(call.fold.run, call.instant("+1 09:00")) is not None


def test_a_session_that_never_began_or_was_finished_was_not_left_open() -> None:
    call = Call()
    assert left_open(call.fold.run, call.instant("+1 08:00")) is None
    call = running()
    call.do("09:40", "finish")
    assert left_open(call.fold.run, call.instant("+1 08:00")) is None


def test_a_call_left_open_is_closed_as_of_then() -> None:
    call = running()
    next_day = call.instant("+1 08:00")
    found = left_open(call.fold.run, next_day)
    assert found
    assert call.do(next_day, "close", found.close_at).said == "closed as of 11:00"
    view = call.read(next_day)
    assert (view.state, call.shown(view.expected_end)) == ("finished", "11:00")
    assert call.row(next_day, "B").active == minutes(110)
    call.do(next_day, "undo")
    assert call.read(next_day).state == "running"


@pytest.mark.parametrize(
    ("at", "why"),
    [
        ("09:05", "B began at 09:10; close it later than that"),
        ("+1 09:00", "09:00 is still to come; finish ends it now"),
    ],
)
def test_a_call_is_not_closed_before_its_last_item_nor_in_the_future(at: str, why: str) -> None:
    call = running()
    assert call.refuse("+1 08:00", "close", call.instant(at)) == why


def test_a_call_left_open_is_resumed_without_the_night() -> None:
    call = running()
    next_day = call.instant("+1 08:00")
    call.do(next_day, "subtract", call.instant("09:20"))
    live = call.read(next_day + minutes(1)).live
    assert live and (live.elapsed, live.remaining) == (minutes(11), minutes(19))


# ---------------------------------------------------------------- the lid is closed


def test_sleep_counts_as_time_spent_until_it_is_subtracted() -> None:
    call = running()
    live = call.read("09:27").live
    assert live and live.elapsed == minutes(17)
    said = call.do("09:27", "subtract", call.instant("09:20")).said
    assert said == "a pause of 7:00 in B"
    live = call.read("09:27").live
    assert live and (live.elapsed, live.remaining, live.phase) == (minutes(10), minutes(20), "running")
    assert call.row("09:27", "B").paused == minutes(7)
    call.fold = call.reloaded()
    call.do("09:28", "undo")
    live = call.read("09:28").live
    assert live and live.elapsed == minutes(18)


def test_a_choice_made_later_subtracts_the_sleep_and_not_the_thinking() -> None:
    call = running()
    call.do("09:30", "subtract", call.instant("09:20"), call.instant("09:27"))
    live = call.read("09:30").live
    assert live and live.elapsed == minutes(13)


def test_only_the_part_of_a_sleep_in_which_the_item_ran_is_subtracted() -> None:
    call = running()
    call.do("09:12", "pause")
    call.do("09:20", "resume")
    call.do("09:27", "subtract", call.instant("09:05"))
    live = call.read("09:27").live
    assert live and live.elapsed == minutes(2)


def test_nothing_is_subtracted_from_a_pause_or_before_an_item() -> None:
    call = running()
    assert "nothing to subtract" in call.refuse("09:11", "subtract", call.instant("09:05"), call.instant("09:10"))
    call.do("09:12", "pause")
    assert "stood still already" in call.refuse("09:27", "subtract", call.instant("09:20"))


def test_rooms_that_follow_the_pause_get_a_subtracted_sleep_back() -> None:
    call = running()
    call.do("09:40", "next_item")
    call.happen(call.instant("09:40"), ev.RoomsOpened("C", 1200, 1, True))
    call.do("09:52", "subtract", call.instant("09:45"))
    rooms = call.read("09:52").rooms
    assert rooms and rooms.remaining == minutes(15)


def test_a_gap_of_more_than_thirty_seconds_between_two_looks_is_sleep() -> None:
    look = Call().instant("09:20")
    assert slept(look, look + timedelta(seconds=31.2)) == timedelta(seconds=31)
    assert slept(look, look + minutes(7)) == minutes(7)
    assert slept(look, look + 30 * SECOND) is None
    assert slept(look, look - minutes(7)) is None
    assert slept(look, look + minutes(1), minutes(1)) is None


def test_sleep_through_warning_and_end_is_told_once_and_nothing_advances() -> None:
    call = running()
    _, memory = due(AlertMemory(), call.read("09:30"))
    events = call.fold.events
    alerts, memory = due(memory, call.read("09:42"))
    assert [alert.kind for alert in alerts] == ["away"]
    assert alerts[0].words == "away 12:00, meanwhile: 2:00 left: B; 1:00 left: B; time is up: B"
    assert due(memory, call.read("09:42:01"))[0] == ()
    assert call.fold.events == events
    live = call.read("09:42").live
    assert live and live.row.item.id == "B"


# ---------------------------------------------------------------- the clock steps


@pytest.mark.parametrize("step", [-2, 3600, -3600, 2, 86400])
def test_a_clock_that_steps_leaves_what_is_left_right_within_two_seconds(step: int) -> None:
    call = running()
    when = call.instant("09:20") + step * SECOND
    call.happen(when, ev.ClockStepped(step))
    live = call.read(when + minutes(1)).live
    assert live and (live.elapsed, live.remaining) == (minutes(11), minutes(19))
    call.do(when + minutes(19), "next_item")
    assert call.fold.run == call.reloaded().run
    assert sum((row.active for row in call.read(when + minutes(20)).rows), minutes(0)) == minutes(40)


def test_a_step_of_two_seconds_that_is_not_noted_is_off_by_two_seconds_only() -> None:
    call = running()
    live = call.read("09:19:58").live
    assert live and live.remaining == minutes(20) + 2 * SECOND


def test_a_clock_set_right_puts_the_drift_right_too() -> None:
    call = Call()
    call.do("08:00", "start")
    assert call.read("08:05").item_drift == minutes(-60)
    call.happen(call.instant("09:05"), ev.ClockStepped(3600))
    assert call.read("09:05").item_drift == minutes(0)


def test_a_step_over_an_awaited_hard_start_begins_it() -> None:
    call = running()
    call.do("10:10", "goto", "E")
    call.happen(call.instant("11:10"), ev.ClockStepped(3600))
    live = call.read("11:11").live
    assert live and (live.row.item.id, live.elapsed) == ("E", minutes(1))


def test_a_step_back_leaves_an_awaited_hard_start_where_it_stands() -> None:
    call = running()
    call.do("10:10", "goto", "E")
    call.happen(call.instant("10:05"), ev.ClockStepped(-300))
    assert call.read("10:19:59").state == "waiting"
    assert call.read("10:20").state == "running"


def test_a_step_after_the_end_leaves_the_record_alone() -> None:
    call = running()
    call.do("09:40", "finish")
    before = call.read("12:00")
    call.happen(call.instant("10:40"), ev.ClockStepped(3600))
    assert call.read("12:00") == before


@pytest.mark.parametrize(
    ("wall", "unset", "step"),
    [(1, 1, 0), (1.9, 1, 0), (-1, 1, -2), (3601, 1, 3600), (420, 420, 0), (1, 1.4, 0), (0, 1, -1), (-3599, 1, -3600)],
)
def test_a_step_is_what_the_wall_clock_went_more_than_one_that_nobody_sets(
    wall: float, unset: float, step: int
) -> None:
    look = Call().instant("09:20")
    assert clock_step((look, 1000.0), (look + timedelta(seconds=wall), 1000.0 + unset)) == step


# ---------------------------------------------------------------- zones, midnight, clock changes


def test_a_changed_time_zone_of_the_computer_changes_nothing() -> None:
    call = running()
    before = call.read("09:20")
    zone = os.environ["TZ"]
    try:
        os.environ["TZ"] = "Asia/Kathmandu"
        time.tzset()
        assert call.read("09:20") == before
    finally:
        os.environ["TZ"] = zone
        time.tzset()


@pytest.mark.parametrize(
    ("day", "ends"), [(date(2026, 3, 28), "05:00"), (date(2026, 10, 24), "03:00"), (date(2026, 3, 10), "04:00")]
)
def test_a_night_session_takes_real_hours_over_both_clock_changes(day: date, ends: str) -> None:
    call = Call(plan_of([item("A", 120), item("B", 180)], day=day, start="23:00"))
    call.do("23:00", "start")
    began = call.instant("23:00")
    call.do(began + minutes(120), "next_item")
    view = call.read(began + minutes(180))
    assert view.live and (view.live.elapsed, view.live.remaining) == (minutes(60), minutes(120))
    assert call.shown(view.expected_end) == ends


def test_a_pause_over_a_clock_change_is_as_long_as_it_really_was() -> None:
    call = Call(plan_of([item("A", 60)], day=date(2026, 3, 29), start="01:30"))
    began = call.instant("01:30")
    call.do(began, "start")
    call.do(began + minutes(20), "pause")
    call.do(began + minutes(50), "resume")
    live = call.read(began + minutes(55)).live
    assert live and (live.elapsed, live.row.paused) == (minutes(25), minutes(30))


def test_a_fixed_end_after_midnight_is_tomorrows() -> None:
    call = Call(plan_of([item("A", 60, until="00:30")], start="23:30"))
    call.do("23:30", "start")
    live = call.read("+1 00:10").live
    assert live and live.remaining == minutes(20)


def test_an_item_left_running_overnight_is_over_by_the_whole_night() -> None:
    call = running()
    live = call.read("+1 09:10").live
    assert live and (live.phase, live.remaining) == ("overtime", minutes(30) - timedelta(days=1))

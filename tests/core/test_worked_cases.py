"""The worked cases of the clock, to the second, with the computer in four time zones."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from core.calls import Call, item, minutes, plan_of
from facilitator_tui.core.durations import ZERO

pytestmark = pytest.mark.usefixtures("anywhere")


def test_before_the_start_expected_is_planned_and_nothing_has_drifted() -> None:
    view = Call().read("08:50")
    assert view.state == "not-started"
    assert all((row.expected_start, row.expected_end) == (row.planned_start, row.planned_end) for row in view.rows)
    assert all(row.drift_start == row.drift_end == ZERO for row in view.rows)
    assert view.layout.start - view.now == minutes(10)
    assert view.end_over == ZERO


def test_a_start_five_minutes_late_is_absorbed_by_the_gap() -> None:
    call = Call()
    call.do("09:05", "start", "A")
    view = call.read("09:05")
    ends = [call.shown(row.expected_end) for row in view.rows]
    assert ends == ["09:15", "09:45", "10:10", "10:20", "10:45", "11:00"]
    assert call.shown(call.row("09:05", "E").expected_start) == "10:20"
    assert (view.item_drift, view.end_over, call.row("09:05", "E").live_gap) == (minutes(5), ZERO, ZERO)


def test_a_start_eight_minutes_late_pushes_the_hard_start_and_the_end() -> None:
    call = Call()
    call.do("09:08", "start", "A")
    row = call.row("09:08", "E")
    assert call.shown(row.expected_start) == "10:23"
    assert row.live_gap == minutes(-3)
    assert call.shown(call.read("09:08").expected_end) == "11:03"
    assert call.read("09:08").end_over == minutes(3)


def test_overtime_pushes_what_follows() -> None:
    call = Call()
    call.do("09:00", "start", "A")
    view = call.read("09:20")
    assert view.live is not None
    assert (view.live.phase, view.live.remaining) == ("overtime", minutes(-10))
    assert call.shown(call.row("09:20", "D").expected_end) == "10:25"
    assert view.end_over == minutes(5)


def test_extending_and_shortening_change_what_is_left_and_never_what_is_elapsed() -> None:
    call = Call()
    call.do("09:00", "start", "A")
    call.do("09:05", "extend", minutes(5))
    live = call.read("09:05").live
    assert live and (live.remaining, live.elapsed) == (minutes(10), minutes(5))
    call.do("09:05", "extend", minutes(-8))
    live = call.read("09:05").live
    assert live and (live.remaining, live.elapsed) == (minutes(2), minutes(5))


def test_a_pause_holds_the_item_and_moves_its_end() -> None:
    call = Call()
    call.do("09:10", "start", "B")
    call.do("09:20", "pause")
    live = call.read("09:23").live
    assert live and (live.remaining, live.elapsed, live.phase) == (minutes(20), minutes(10), "paused")
    assert call.shown(call.row("09:23", "B").expected_end) == "09:43"
    call.do("09:25", "resume")
    live = call.read("09:26").live
    assert live and (live.remaining, live.elapsed) == (minutes(19), minutes(11))
    assert call.shown(call.row("09:26", "B").expected_end) == "09:45"


def test_going_to_an_item_leaves_out_what_lies_between() -> None:
    call = Call()
    call.do("09:00", "start", "A")
    call.do("09:05", "goto", "C")
    b, c, e = (call.row("09:05", id) for id in "BCE")
    assert (b.state, b.expected_end - b.expected_start) == ("not-run", ZERO)
    assert (call.shown(c.expected_start), call.shown(c.expected_end)) == ("09:05", "09:30")
    assert e.live_gap == minutes(40)


def test_compress_shares_the_loss_in_proportion_and_ends_on_the_second() -> None:
    call = Call()
    call.do("09:00", "start", "A")
    call.do("09:10", "next_item")
    call.do("09:52", "next_item")
    assert call.read("09:52").live is not None
    call.do("09:52", "compress_agenda")
    assert call.row("09:52", "E").length == timedelta(minutes=20, seconds=37)
    assert call.row("09:52", "F").length == timedelta(minutes=12, seconds=23)
    assert call.shown(call.read("09:52").expected_end) == "11:00"


def test_a_spring_night_takes_real_minutes() -> None:
    call = Call(plan_of([item("A", 60)], day=date(2026, 3, 29), start="01:30"))
    began = call.instant("01:30")
    call.do(began, "start")
    view = call.read(began + minutes(45))
    assert view.live and view.live.remaining == minutes(15)
    assert call.shown(view.now) == "03:15"
    assert call.shown(view.expected_end) == "03:30"


def test_an_item_runs_over_midnight() -> None:
    call = Call(plan_of([item("A", 20)], start="23:50"))
    call.do("23:50", "start")
    view = call.read("+1 00:05")
    assert view.live and view.live.remaining == minutes(5)
    assert view.expected_end == datetime(2026, 3, 10, 23, 10, tzinfo=UTC)
    assert call.shown(view.expected_end) == "00:10"

"""Clock times become instants: days, zones, both clock changes, a session of another day."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from core.calls import BERLIN, Call, clock, item, minutes, plan_of
from facilitator_tui.core.calendar import at_local, floor_second, hours_minutes, lay_out, planned_start_for
from facilitator_tui.core.durations import ZERO
from facilitator_tui.core.plan import Session

pytestmark = pytest.mark.usefixtures("anywhere")


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type,misc]


def session(**changes: object) -> Session:
    return replace(plan_of([item("A", 30)]).sessions[0], **changes)  # type: ignore[arg-type]


def test_an_instant_is_floored_to_the_second_in_utc() -> None:
    local = datetime(2026, 3, 10, 9, 0, 0, 999_999, tzinfo=BERLIN)
    assert floor_second(local) == utc(2026, 3, 10, 8)
    assert floor_second(local).tzinfo is UTC


def test_a_local_time_that_is_skipped_is_read_as_if_the_clock_had_not_been_changed() -> None:
    assert at_local(date(2026, 3, 29), clock("02:30"), BERLIN) == utc(2026, 3, 29, 1, 30)


def test_a_local_time_that_exists_twice_is_its_first_occurrence() -> None:
    assert at_local(date(2026, 10, 25), clock("02:30"), BERLIN) == utc(2026, 10, 25, 0, 30)


def test_twenty_four_hundred_is_the_midnight_that_ends_the_day() -> None:
    assert at_local(date(2026, 3, 10), clock("24:00"), BERLIN) == utc(2026, 3, 10, 23)


def test_an_end_on_a_later_day_says_so() -> None:
    day = date(2026, 3, 10)
    assert hours_minutes(utc(2026, 3, 10, 22, 59), BERLIN, day) == "23:59"
    assert hours_minutes(utc(2026, 3, 10, 23, 10), BERLIN, day) == "00:10 +1d"
    assert hours_minutes(utc(2026, 3, 10, 23, 10), BERLIN) == "00:10"


def test_the_computers_zone_plays_no_part() -> None:
    layout = lay_out(session(), BERLIN, utc(2026, 3, 10, 8))
    assert layout.start == utc(2026, 3, 10, 8)


def test_without_a_date_the_session_is_todays_in_the_plans_zone() -> None:
    late_in_utc = utc(2026, 3, 9, 23, 30)
    assert lay_out(session(date=None), BERLIN, late_in_utc).day == date(2026, 3, 10)


def test_without_a_date_a_late_evenings_session_may_begin_after_midnight() -> None:
    late = session(date=None, start=clock("23:50"))
    assert lay_out(late, BERLIN, utc(2026, 3, 10, 23, 5)).start == utc(2026, 3, 10, 22, 50)
    assert lay_out(late, BERLIN, utc(2026, 3, 10, 8)).start == utc(2026, 3, 10, 22, 50)


@pytest.mark.parametrize(
    ("now", "start"),
    [((8, 0, 0), (8, 0)), ((8, 0, 1), (8, 5)), ((8, 4, 59), (8, 5)), ((8, 57, 0), (9, 0))],
)
def test_without_a_start_it_begins_at_the_next_full_five_minutes(
    now: tuple[int, int, int], start: tuple[int, int]
) -> None:
    plain = session(date=None, start=None)
    assert lay_out(plain, BERLIN, utc(2026, 3, 10, *now)).start == utc(2026, 3, 10, *start)


def test_without_a_start_hard_starts_keep_their_clock_times() -> None:
    plain = session(date=None, start=None)
    layout = lay_out(plain, BERLIN, utc(2026, 3, 10, 8), laid=utc(2026, 3, 10, 8, 7, 13))
    assert layout.start == utc(2026, 3, 10, 8, 7, 13)
    assert layout.instant(clock("10:20")) == utc(2026, 3, 10, 9, 20)


def test_a_clock_time_shortly_before_the_start_is_over_and_not_tomorrows() -> None:
    for start in (clock("09:00"), None):
        plain = session(date=None, start=start)
        layout = lay_out(plain, BERLIN, utc(2026, 3, 10, 8), laid=utc(2026, 3, 10, 8, 2))
        assert layout.instant(clock("08:55")) == utc(2026, 3, 10, 7, 55)


def test_a_clock_time_more_than_half_a_day_before_the_start_is_in_the_night_behind_it() -> None:
    layout = lay_out(session(start=clock("22:00")), BERLIN, utc(2026, 3, 10, 8))
    assert layout.instant(clock("00:30")) == utc(2026, 3, 10, 23, 30)
    assert layout.instant(clock("09:59")) == utc(2026, 3, 11, 8, 59)


def test_a_start_in_the_second_of_two_equal_hours_means_the_clock_times_of_the_second() -> None:
    plain = session(date=None, start=None)
    layout = lay_out(plain, BERLIN, utc(2026, 10, 25, 1, 30), laid=utc(2026, 10, 25, 1, 30))
    assert layout.instant(clock("02:45")) == utc(2026, 10, 25, 1, 45)
    assert layout.instant(clock("04:00")) == utc(2026, 10, 25, 3)


def test_a_session_of_another_day_is_laid_from_the_moment_it_was_started() -> None:
    then = utc(2032, 5, 1, 12, 7)
    assert planned_start_for(session(), BERLIN, then) == then
    layout = lay_out(session(), BERLIN, then, laid=then)
    assert layout.start == then
    assert layout.instant(clock("09:20")) == then + minutes(20)


def test_a_session_of_another_day_keeps_its_real_minutes_over_a_clock_change_there() -> None:
    spring = session(date=date(2026, 3, 29), start=clock("01:30"))
    then = utc(2026, 6, 1, 12)
    layout = lay_out(spring, BERLIN, then, laid=then)
    assert layout.instant(clock("03:30")) == then + minutes(60)


@pytest.mark.parametrize(
    ("start", "started"),
    [
        ("09:00", utc(2026, 3, 10, 3)),
        ("09:00", utc(2026, 3, 10, 22)),
        ("00:30", utc(2026, 3, 9, 22, 50)),
        ("23:50", utc(2026, 3, 10, 23, 30)),
    ],
)
def test_early_or_late_on_its_own_day_or_night_the_plan_stays_in_force(start: str, started: datetime) -> None:
    plan = session(start=clock(start))
    nominal = lay_out(plan, BERLIN, started).start
    assert planned_start_for(plan, BERLIN, started) == nominal
    assert lay_out(plan, BERLIN, started, laid=nominal).shift == ZERO


def test_a_start_changed_in_the_plan_while_the_call_runs_does_not_move_hard_starts() -> None:
    laid = utc(2026, 3, 10, 8)
    layout = lay_out(session(start=clock("09:30")), BERLIN, laid, laid=laid)
    assert layout.start == utc(2026, 3, 10, 8, 30)
    assert layout.instant(clock("10:20")) == utc(2026, 3, 10, 9, 20)


def test_a_session_of_another_day_started_now_is_not_six_years_late() -> None:
    call = Call()
    now = utc(2032, 5, 1, 12, 7)
    call.do(now, "start")
    view = call.read(now)
    assert (view.item_drift, view.end_over) == (ZERO, ZERO)
    assert view.hard_stop == now + minutes(120)
    row = view.row("E")
    assert row and row.expected_start == now + minutes(80)


def test_a_session_without_date_and_start_is_planned_from_its_real_start() -> None:
    call = Call(plan_of([item("A", 10), item("B", 20, at="10:00")], day=None, start=None))
    now = utc(2026, 3, 10, 8, 31, 20)
    assert call.read(now).layout.start == utc(2026, 3, 10, 8, 35)
    call.do(now, "start")
    later = call.read(now + minutes(5))
    assert (later.layout.start, later.item_drift) == (now, ZERO)
    row = later.row("B")
    assert row and call.shown(row.expected_start) == "10:00"


def test_a_session_without_a_date_that_was_started_stays_on_its_day() -> None:
    call = Call(plan_of([item("A", 10)], day=None))
    call.do(utc(2026, 3, 10, 8), "start")
    assert call.read(utc(2026, 3, 12, 8)).layout.day == date(2026, 3, 10)


@pytest.mark.parametrize("stop", ["24:00", "00:00"])
def test_a_hard_stop_at_midnight_ends_the_day(stop: str) -> None:
    call = Call(plan_of([item("A", 60)], start="22:30", stop=stop))
    call.do("22:50", "start")
    view = call.read("23:00")
    assert call.shown(view.hard_stop) == "00:00"
    assert view.end_over == minutes(-10)


def test_a_hard_start_after_midnight_is_tomorrows() -> None:
    call = Call(plan_of([item("A", 20), item("B", 20, at="00:30")], start="23:50"))
    call.do("23:50", "start")
    assert call.row("23:55", "B").live_gap == minutes(20)


def test_an_autumn_night_takes_real_minutes() -> None:
    call = Call(plan_of([item("A", 60)], day=date(2026, 10, 25), start="02:30"))
    began = utc(2026, 10, 25, 0, 30)
    call.do(began, "start")
    view = call.read(began + minutes(45))
    assert view.live and view.live.remaining == minutes(15)
    assert (call.shown(view.now), call.shown(view.expected_end)) == ("02:15", "02:30")


def test_a_zone_far_from_the_computers_is_the_one_that_counts() -> None:
    zone = ZoneInfo("Pacific/Auckland")
    call = Call(plan_of([item("A", 30, until="09:30")], zone=zone))
    began = utc(2026, 3, 9, 20)
    call.do(began, "start")
    view = call.read(began + timedelta(minutes=10))
    assert view.live and view.live.remaining == minutes(20)

"""Lengths of time: typed in many ways, shown in one."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilitator_tui.core.durations import (
    SECOND,
    clock,
    from_seconds,
    in_words,
    minutes_text,
    parse_change,
    parse_length,
    signed,
    whole_seconds,
)


def seconds(number: float) -> timedelta:
    return timedelta(seconds=number)


@pytest.mark.parametrize(
    ("left", "shown"),
    [
        (600, "10:00"),
        (599.01, "10:00"),
        (599, "9:59"),
        (61, "1:01"),
        (60, "1:00"),
        (1, "0:01"),
        (0.2, "0:01"),
        (0, "0:00"),
        (-0.9, "0:00"),
        (3600, "1:00:00"),
        (3599.5, "1:00:00"),
        (90061, "25:01:01"),
    ],
)
def test_a_clock_shows_ten_minutes_at_the_start_and_one_second_in_the_last(left: float, shown: str) -> None:
    assert clock(seconds(left)) == shown


@pytest.mark.parametrize(
    ("over", "shown", "words"),
    [
        (300, "+5:00", "+5:00 late"),
        (1, "+0:01", "+0:01 late"),
        (0, "0:00", "on time"),
        (-0.5, "0:00", "on time"),
        (-120, "−2:00", "−2:00 early"),
    ],
)
def test_plus_is_late_minus_is_early_and_zero_has_no_sign(over: float, shown: str, words: str) -> None:
    assert signed(seconds(over)) == shown
    assert in_words(seconds(over)) == words


@given(st.integers(-(10**6), 10**6))
def test_minutes_and_seconds_shown_never_reach_sixty(number: int) -> None:
    parts = [int(part) for part in clock(seconds(number)).split(":")]
    assert all(part < 60 for part in parts[1:])
    assert signed(seconds(number)) != "−0:00"
    assert whole_seconds(seconds(number)) == number


@pytest.mark.parametrize(
    ("typed", "length"),
    [
        ("5", 300),
        ("90m", 5400),
        ("90 min", 5400),
        ("1h30", 5400),
        ("1h 30m", 5400),
        ("1.5h", 5400),
        ("1h", 3600),
        ("45s", 45),
        ("45 sec", 45),
        ("1:30", 90),
        ("1:02:03", 3723),
        ("2.5", 150),
        (" 7 ", 420),
        ("0", 0),
    ],
)
def test_a_length_may_be_typed_in_the_ways_people_do(typed: str, length: int) -> None:
    assert parse_length(typed) == seconds(length)


@pytest.mark.parametrize(
    "typed", ["", " ", "five", "1:75", "1:75:00", "-5", "5 5", "9" * 20, "9" * 400, "9" * 400 + "s", "1:2"]
)
def test_what_is_no_length_is_refused_with_a_way_to_write_one(typed: str) -> None:
    with pytest.raises(ValueError, match="write minutes"):
        parse_length(typed)


@pytest.mark.parametrize(
    ("typed", "change"), [("+5", 300), ("-3", -180), ("−3", -180), ("+1:30", 90), ("-1:30", -90), ("5", 300)]
)
def test_a_change_has_a_sign_and_a_bare_number_is_more_time(typed: str, change: int) -> None:
    assert parse_change(typed) == seconds(change)


@given(st.integers(0, 100 * 3600))
def test_a_length_that_is_shown_can_be_typed_again(number: int) -> None:
    assert parse_length(clock(seconds(number))) == seconds(number)


def test_a_planned_length_is_shown_in_minutes_unless_it_is_none() -> None:
    assert (minutes_text(seconds(2100)), minutes_text(seconds(150))) == ("35", "2:30")


def test_seconds_of_a_log_edited_by_hand_stay_within_what_a_clock_can_bear() -> None:
    assert from_seconds(90) == 90 * SECOND
    assert from_seconds(10**18) == -from_seconds(-(10**18)) == timedelta(days=36600)

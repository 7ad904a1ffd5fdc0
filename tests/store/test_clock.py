"""Stamps rise, whatever the computers' clocks say."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from facilitator_tui.store.clock import STAMP, Clock

NOON = datetime(2026, 5, 12, 12, 0, 0, 123000, tzinfo=UTC)


def test_a_stamp_is_written_as_the_design_says() -> None:
    assert Clock("k7x2m", lambda: NOON).stamp() == "2026-05-12T12:00:00.123Z-0000-k7x2m"


def test_stamps_of_one_instant_are_counted() -> None:
    clock = Clock("k7x2m", lambda: NOON)
    assert [clock.stamp()[25:29] for _ in range(3)] == ["0000", "0001", "0002"]


@given(st.lists(st.integers(-100_000_000, 100_000_000), min_size=2, max_size=30))
@settings(deadline=None)
def test_stamps_rise_however_the_clock_jumps(jumps_ms: list[int]) -> None:
    moments = iter([NOON + timedelta(milliseconds=jump) for jump in jumps_ms])
    clock = Clock("k7x2m", lambda: next(moments))
    stamps = [clock.stamp() for _ in jumps_ms]
    assert stamps == sorted(set(stamps))
    assert all(STAMP.fullmatch(stamp) for stamp in stamps)


def test_after_ten_thousand_stamps_of_one_instant_they_still_rise() -> None:
    clock = Clock("k7x2m", lambda: NOON)
    stamps = [clock.stamp() for _ in range(10_003)]
    assert stamps == sorted(set(stamps))


def test_a_stamp_seen_moves_ours_behind_it() -> None:
    clock = Clock("k7x2m", lambda: NOON)
    seen = "2026-05-12T12:04:00.000Z-0007-other"
    assert clock.merge([seen]) == ()
    assert clock.stamp() == "2026-05-12T12:04:00.000Z-0008-k7x2m"


def test_a_stamp_over_five_minutes_ahead_is_shown_and_does_not_move_ours() -> None:
    clock = Clock("k7x2m", lambda: NOON)
    seen = "2026-05-12T12:05:00.124Z-0000-other"
    assert clock.merge([seen]) == (seen,)
    assert clock.stamp() == "2026-05-12T12:00:00.123Z-0000-k7x2m"


def test_our_own_stamps_from_before_the_clock_was_set_back_still_move_ours() -> None:
    clock = Clock("k7x2m", lambda: NOON)
    seen = "2026-05-12T14:00:00.000Z-0000-k7x2m"
    assert clock.merge([seen]) == (seen,)
    assert clock.stamp() == "2026-05-12T14:00:00.000Z-0001-k7x2m"


def test_an_absurd_stamp_of_our_own_does_not_move_ours() -> None:
    clock = Clock("k7x2m", lambda: NOON)
    clock.merge(["2099-01-01T00:00:00.000Z-0000-k7x2m"])
    assert clock.stamp().startswith("2026-05-12T12:00:00.123Z")

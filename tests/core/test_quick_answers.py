"""When a call is, how long, and how many people: in the few words in which people answer."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facilitator_tui.core.actions import Refused
from facilitator_tui.core.quick_answers import People, When, read_people, read_when

TODAY = date(2026, 11, 22)
TOMORROW = date(2026, 11, 23)


def clock(hours: int, minutes: int = 0) -> timedelta:
    return timedelta(hours=hours, minutes=minutes)


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("", When()),
        ("now 45", When(length=clock(0, 45))),
        ("15:00 60", When(start=clock(15), length=clock(1))),
        ("tomorrow 10:00 1h30", When(TOMORROW, clock(10), clock(1, 30))),
        ("9 oct 10:00-11:30", When(date(2027, 10, 9), clock(10), clock(1, 30))),
        ("2026-12-01 at 14:30, for 1 hour", When(date(2026, 12, 1), clock(14, 30), clock(1))),
        ("fri 3pm 90 min", When(date(2026, 11, 27), clock(15), clock(1, 30))),
        ("23:30–00:30", When(start=clock(23, 30), length=clock(1))),
        ("2h", When(length=clock(2))),
    ],
)
def test_a_day_a_start_and_a_length_are_told_in_few_words(text: str, when: When) -> None:
    assert read_when(text, TODAY) == when


@pytest.mark.parametrize("text", ["soon", "15:00 later", "0", "15:00 99999"])
def test_what_is_no_time_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(Refused, match="write it like: tomorrow 15:00 60"):
        read_when(text, TODAY)


@pytest.mark.parametrize(
    ("text", "people"),
    [("", People()), ("12", People(12)), ("24 x4", People(24, 4)), ("24x4", People(24, 4)), ("x3", People(None, 3)),
     ("24 people, rooms of 4", People(24, 4)), ("12 pairs", People(12, 2))],
)  # fmt: skip
def test_head_count_and_room_size_are_told_in_few_words(text: str, people: People) -> None:
    assert read_people(text) == people


@pytest.mark.parametrize("text", ["many", "0", "24 x1", "9999"])
def test_numbers_that_can_not_be_are_refused_with_an_example(text: str) -> None:
    with pytest.raises(Refused, match="like: 24 x4"):
        read_people(text)


@settings(deadline=None, max_examples=150)
@given(st.text(max_size=40))
def test_any_answer_is_read_or_refused_and_nothing_else(text: str) -> None:
    for read in (lambda: read_when(text, TODAY), lambda: read_people(text)):
        with suppress(Refused):
            read()

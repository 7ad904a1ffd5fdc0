"""Days in words, the same whatever the computer's language is."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def day_in_words(day: date, weekday: bool = True) -> str:
    """`Tuesday, 29 September 2020`."""
    dated = f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
    return f"{_DAYS[day.weekday()]}, {dated}" if weekday else dated


def short_day(day: date) -> str:
    """`Tue 29 Sep`."""
    return f"{_DAYS[day.weekday()][:3]} {day.day} {_MONTHS[day.month - 1][:3]}"


def due_day(due: str) -> str:
    """The day of an ISO date in short; another program's text as it stands."""
    with suppress(ValueError):
        return short_day(date.fromisoformat(due))
    return due

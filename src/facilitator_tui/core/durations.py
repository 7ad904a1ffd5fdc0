"""Lengths of time and how they are written: typed by a person, and shown on every panel alike.

Owns the one format of a duration. It must not know any instant. Everything shown is in whole seconds.
"""

from __future__ import annotations

import re
from datetime import timedelta

SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
ZERO = timedelta(0)

_MOST_SECONDS = 100 * 366 * 24 * 3600

_MOST_DIGITS = 8
"""More digits than this are no length, and would overflow."""

_CLOCK = re.compile(r"(?:(\d{1,3}):)?(\d{1,3}):(\d{2})")
_PARTS = re.compile(r"(?:(\d+(?:\.\d+)?)\s*h)?\s*(?:(\d+(?:\.\d+)?)\s*(?:min|m)?)?\s*(?:(\d+)\s*s)?", re.IGNORECASE)
_SECONDS = re.compile(r"(\d+)\s*s(?:ec)?", re.IGNORECASE)


def parse_length(text: str) -> timedelta:
    """Read a length a person typed: `5` and `90m` are minutes, `1:30`, `1h30`, `45s`. ValueError otherwise."""
    text = text.strip()
    if match := _CLOCK.fullmatch(text):
        hours, minutes, seconds = (int(part or 0) for part in match.groups())
        if seconds > 59 or (match[1] and minutes > 59):
            raise ValueError(f"{text!r} is no length: write minutes and seconds like 1:30")
        return timedelta(hours=hours, minutes=minutes, seconds=seconds)
    if (match := _SECONDS.fullmatch(text)) and len(match[1]) <= _MOST_DIGITS:
        return timedelta(seconds=int(match[1]))
    match = _PARTS.fullmatch(text)
    if not text or not match or any(len(part or "") > _MOST_DIGITS for part in match.groups()):
        raise ValueError(f"{text!r} is no length: write minutes like 5, or 1:30, 1h30, 45s")
    parts = [float(part or 0) for part in match.groups()]
    return timedelta(seconds=round(parts[0] * 3600 + parts[1] * 60 + parts[2]))


def parse_change(text: str) -> timedelta:
    """Read a signed length: `+5`, `-3`, `+1:30`; a bare number is more time. ValueError otherwise."""
    text = text.strip().replace("−", "-")
    sign = -1 if text.startswith("-") else 1
    return sign * parse_length(text.lstrip("+-"))


def from_seconds(number: int) -> timedelta:
    """Seconds that a log names, within what a clock can bear however the log was edited by hand."""
    return max(-_MOST_SECONDS, min(number, _MOST_SECONDS)) * SECOND


def whole_seconds(length: timedelta) -> int:
    """Seconds, rounded up: 9:59.2 left is shown as 10:00, and −0.5 as 0:00, never as −0:00."""
    return -int((-length) // SECOND)


def clock(length: timedelta) -> str:
    """`9:05`, `1:02:03`; the sign is left to `signed`. Ten minutes are 10:00, never 9:60."""
    seconds = abs(whole_seconds(length))
    hours, rest = divmod(seconds, 3600)
    minutes, seconds = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def signed(length: timedelta) -> str:
    """`+5:00`, `−2:00`, `0:00`: plus is late or over, minus is early or under."""
    seconds = whole_seconds(length)
    return clock(length) if seconds == 0 else ("+" if seconds > 0 else "−") + clock(length)


def in_words(length: timedelta, late: str = "late", early: str = "early") -> str:
    """A signed duration with its word: `+5:00 late`, `−2:00 early`, `on time`."""
    seconds = whole_seconds(length)
    if seconds == 0:
        return "on time"
    return f"{signed(length)} {late if seconds > 0 else early}"


def minutes_text(length: timedelta) -> str:
    """A planned length in an agenda: `35`, or `2:30` when it is no whole minute."""
    minutes, rest = divmod(length, MINUTE)
    return str(minutes) if not rest else clock(length)

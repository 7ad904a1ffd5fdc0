"""The shapes of times in a plan: lengths, clock times, days and zones.

Owns the many ways in which people write a time and what each was meant to say. It must not know which fields
hold one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from facilitator_tui.core.problems import nearest
from facilitator_tui.store.plan_shapes import Plain, UnfitError, shown, told

MAX_LENGTH = timedelta(hours=24)

_PARTS = re.compile(
    r"(?:(?P<h>\d{1,4}(?:[.,]\d{1,3})?)\s*h(?:ours?|rs?|)?)?\s*"
    r"(?:(?P<m>\d{1,6}(?:[.,]\d{1,3})?)\s*(?:m|min|mins|minutes?|′|'|(?=\s*$)))?\s*"
    r"(?:(?P<s>\d{1,6})\s*(?:s|sec|secs|seconds?))?",
    re.IGNORECASE,
)
_COLON = re.compile(r"(\d{1,4}):([0-5]\d)(?::([0-5]\d))?")


@dataclass(eq=False, repr=False)
class Length(Plain):
    """A length: a number of minutes, or a text such as 1h30, 90m or 45s. Whole seconds."""

    zero: bool = False
    words: str = "minutes"

    def read(self, value: Any) -> timedelta:
        seconds = self._seconds(value)
        if seconds < 0:
            raise UnfitError("cannot be negative")
        if seconds == 0 and not self.zero:
            raise UnfitError("is 0", "give it some time")
        if seconds > MAX_LENGTH.total_seconds():
            raise UnfitError(f"is {told(value)}: more than a day", "minutes are meant")
        return timedelta(seconds=round(seconds))

    def _seconds(self, value: Any) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float | str):
            raise UnfitError(f"is a number of minutes, not {told(value)}")
        if isinstance(value, int | float):
            if not -1e6 < value < 1e6:
                raise UnfitError(f"is no sensible length: {str(value)[:20]}")
            return value * 60.0
        text = value.strip()
        if re.fullmatch(r"-\s*\d.*", text):
            return -1.0
        if match := _COLON.fullmatch(text):
            raise UnfitError(
                f"{shown(text)} could be minutes or hours", f'write "{match[1]}h{match[2]}" or "{match[1]}m"'
            )
        match = _PARTS.fullmatch(text)
        if not text or not match:
            raise UnfitError(f"{shown(text)} is no length", 'write a number of minutes, or "1h30", "90m", "45s"')
        hours, minutes, secs = (float((match[part] or "0").replace(",", ".")) for part in "hms")
        return hours * 3600 + minutes * 60 + secs

    def schema(self) -> dict[str, Any]:
        number: dict[str, Any] = {"type": "number", "minimum": 0, "maximum": 1440}
        return {"anyOf": [number, {"type": "string", "pattern": r"^[0-9][0-9.,hms ]*$"}]}


_CLOCK = re.compile(r"([01]?\d|2[0-4]):([0-5]\d)(?::00)?")


@dataclass(eq=False, repr=False)
class Clock(Plain):
    """A clock time of the programme's zone as the time since midnight; 24:00 is the end of the day."""

    words: str = 'clock time "15:00"'

    def read(self, value: Any) -> timedelta:
        if isinstance(value, time):
            return timedelta(hours=value.hour, minutes=value.minute, seconds=value.second)
        if not isinstance(value, str):
            raise UnfitError(f'is a clock time like "15:00", not {told(value)}', _clock_hint(value))
        text = value.strip()
        match = _CLOCK.fullmatch(text)
        if not match or (match[1] == "24" and match[2] != "00"):
            raise UnfitError(f"{shown(text)} is no clock time", _clock_hint(text))
        return timedelta(hours=int(match[1]), minutes=int(match[2]))

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": r"^([01]?[0-9]|2[0-4]):[0-5][0-9]$"}


def _clock_hint(value: Any) -> str:
    """The clock time that was meant by 15.00, 15h, 3pm or 1500."""
    text = f"{value:.2f}" if isinstance(value, float) else str(value).strip().casefold()
    match = re.fullmatch(r"(\d{1,2})(?:[.:h\s-]\s*(\d{2})?)?\s*(uhr|h|am|pm|a\.m\.|p\.m\.)?", text)
    match = match or re.fullmatch(r"(\d{1,2})(\d{2})()", text)
    if not match:
        return 'write it like "15:00"'
    hour, minute = int(match[1]), int(match[2] or 0)
    if (match[3] or "").startswith("p") and hour < 12:
        hour += 12
    if hour > 24 or minute > 59:
        return 'write it like "15:00"'
    return f'write "{hour:02}:{minute:02}"'


@dataclass(eq=False, repr=False)
class Day(Plain):
    """A day of the calendar, with or without quotes."""

    words: str = "date 2020-09-29"

    def read(self, value: Any) -> date:
        if isinstance(value, datetime):
            raise UnfitError("is a day without a time", f"write {value.date()} here and the time in `start`")
        if isinstance(value, date):
            return value
        if isinstance(value, str):
            try:
                return date.fromisoformat(value.strip())
            except ValueError:
                raise UnfitError(f"{shown(value)} is no day", _day_hint(value)) from None
        raise UnfitError(f"is a day, not {told(value)}", "write it like 2020-09-29")

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "format": "date"}


def _day_hint(text: str) -> str:
    match = re.fullmatch(r"(\d{1,2})[./](\d{1,2})[./](\d{4})", text.strip())
    if match and int(match[2]) <= 12:
        return f"write {match[3]}-{int(match[2]):02}-{int(match[1]):02}"
    return "write it like 2020-09-29"


@dataclass(eq=False, repr=False)
class Zone(Plain):
    """A time zone by its IANA name."""

    words: str = 'zone "Europe/Berlin"'

    def read(self, value: Any) -> str:
        if not isinstance(value, str):
            raise UnfitError(f"is the name of a time zone, not {told(value)}")
        name = value.strip()
        if zone_exists(name):
            return name
        from zoneinfo import available_timezones

        names = sorted(available_timezones())
        by_folding = {each.casefold().split("/")[-1]: each for each in names}
        close = nearest(name.casefold(), [each.casefold() for each in names])
        right = {each.casefold(): each for each in names}.get(close)
        right = right or by_folding.get(name.casefold().replace(" ", "_"))
        hint = f'did you mean "{right}"?' if right else 'write it like "Europe/Berlin"'
        raise UnfitError(f"{shown(name)} is no time zone", hint)

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "examples": ["Europe/Berlin", "UTC"]}


def zone_exists(name: str) -> bool:
    """Whether the computer knows a time zone of this name."""
    try:
        ZoneInfo(name)
    except (ValueError, OSError, KeyError):  # ZoneInfoNotFoundError is a KeyError
        return False
    return True

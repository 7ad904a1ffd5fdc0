"""The shapes of the values in a plan: a text, a length, a clock time, one of some words, a list of those.

Owns how each is read, which near misses are accepted, what is said about the others, and how the shape is
told in JSON Schema and in a word. It must not know which fields there are (`plan_schema`). Frozen, comparable
dataclasses cost five times as much at every start of the program, so these are bare.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from facilitator_tui.core.problems import did_you_mean, nearest
from facilitator_tui.core.text import clean, slug

MAX_LENGTH = timedelta(hours=24)
MAX_TEXT = 20_000


class UnfitError(Exception):
    """A value that does not fit its field: what is wrong in plain words, and what would be right."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class Shape(Protocol):
    """How a value is read. `read` raises `UnfitError`; `doubt` says what is odd about a good value."""

    @property
    def words(self) -> str: ...

    def read(self, value: Any) -> Any: ...

    def doubt(self, value: Any) -> tuple[str, str] | None: ...

    def schema(self) -> dict[str, Any]: ...


def _shown(value: Any) -> str:
    text = clean(str(value))
    return f'"{text[:40]}…"' if len(text) > 41 else f'"{text}"'


def _kind_of(value: Any) -> str:
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, str):
        return f"the text {_shown(value)}"
    if isinstance(value, int | float):
        return f"the number {value}"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, dict):
        return "a table"
    return "a date or a time"


class _Plain:
    """Shapes about whose good values there is nothing more to say."""

    def doubt(self, value: Any) -> tuple[str, str] | None:
        return None


@dataclass(eq=False, repr=False)
class Text(_Plain):
    """Any text; cleaned, blanks at the ends taken off, never empty unless `empty`."""

    newlines: bool = False
    empty: bool = False
    words: str = "text"

    def read(self, value: Any) -> str:
        if not isinstance(value, str):
            raise UnfitError(
                f"is a text, not {_kind_of(value)}",
                f'write "{clean(str(value))[:40]}"' if _small(value) else "",
            )
        if len(value) > MAX_TEXT:
            raise UnfitError(f"is longer than {MAX_TEXT} characters")
        text = clean(value, newlines=self.newlines).strip()
        if not text and not self.empty:
            raise UnfitError("is empty", "write a text, or take the field out")
        return text

    def schema(self) -> dict[str, Any]:
        return {"type": "string"}


def _small(value: Any) -> bool:
    return isinstance(value, int | float | date | time) and not isinstance(value, bool)


_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}")


@dataclass(eq=False, repr=False)
class Id(_Plain):
    """A short name without blanks, as files and commands can carry it."""

    words: str = "id"

    def read(self, value: Any) -> str:
        if isinstance(value, int) and not isinstance(value, bool):
            value = str(value)
        if not isinstance(value, str):
            raise UnfitError(f"is a text, not {_kind_of(value)}")
        if not _ID.fullmatch(value):
            better = slug(value)
            message = f"{_shown(value)} is no id: letters a-z, digits and -, at most 40"
            raise UnfitError(message, f'write "{better}"' if better else "")
        return value

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": "^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$"}


@dataclass(eq=False, repr=False)
class Flag(_Plain):
    """true or false."""

    words: str = "true or false"

    def read(self, value: Any) -> bool:
        if isinstance(value, bool):
            return value
        if isinstance(value, str) and value.strip().casefold() in ("true", "false", "yes", "no"):
            right = "true" if value.strip().casefold() in ("true", "yes") else "false"
            raise UnfitError(
                f"is true or false, not the text {_shown(value)}", f"write {right} without quotes"
            )
        raise UnfitError(f"is true or false, not {_kind_of(value)}")

    def schema(self) -> dict[str, Any]:
        return {"type": "boolean"}


@dataclass(eq=False, repr=False)
class Whole(_Plain):
    """A whole number within limits; a text that holds one is accepted."""

    low: int
    high: int

    @property
    def words(self) -> str:
        return f"number {self.low}–{self.high}"

    def read(self, value: Any) -> int:
        if isinstance(value, str) and re.fullmatch(r"\s*[+-]?\d{1,9}\s*", value):
            value = int(value)
        if isinstance(value, float) and value == int(value if abs(value) < 1e9 else 0):
            value = int(value)
        if isinstance(value, bool) or not isinstance(value, int):
            raise UnfitError(f"is a whole number, not {_kind_of(value)}")
        if not self.low <= value <= self.high:
            raise UnfitError(f"is {value}; it has to be from {self.low} to {self.high}")
        return value

    def schema(self) -> dict[str, Any]:
        return {"type": "integer", "minimum": self.low, "maximum": self.high}


_PARTS = re.compile(
    r"(?:(?P<h>\d{1,4}(?:[.,]\d{1,3})?)\s*h(?:ours?|rs?|)?)?\s*"
    r"(?:(?P<m>\d{1,6}(?:[.,]\d{1,3})?)\s*(?:m|min|mins|minutes?|′|')?)?\s*"
    r"(?:(?P<s>\d{1,6})\s*(?:s|sec|secs|seconds?))?",
    re.IGNORECASE,
)
_COLON = re.compile(r"(\d{1,4}):([0-5]\d)(?::([0-5]\d))?")


@dataclass(eq=False, repr=False)
class Length(_Plain):
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
            raise UnfitError(f"is {_kind_of(value)}: more than a day", "minutes are meant")
        return timedelta(seconds=round(seconds))

    def _seconds(self, value: Any) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float | str):
            raise UnfitError(f"is a number of minutes, not {_kind_of(value)}")
        if isinstance(value, int | float):
            if not -1e6 < value < 1e6:
                raise UnfitError(f"is no sensible length: {str(value)[:20]}")
            return value * 60.0
        text = value.strip()
        if re.fullmatch(r"-\s*\d.*", text):
            return -1.0
        if match := _COLON.fullmatch(text):
            raise UnfitError(
                f"{_shown(text)} could be minutes or hours", f'write "{match[1]}h{match[2]}" or "{match[1]}m"'
            )
        match = _PARTS.fullmatch(text)
        if not text or not match:
            raise UnfitError(
                f"{_shown(text)} is no length", 'write a number of minutes, or "1h30", "90m", "45s"'
            )
        hours, minutes, secs = (float((match[part] or "0").replace(",", ".")) for part in "hms")
        return hours * 3600 + minutes * 60 + secs

    def schema(self) -> dict[str, Any]:
        number: dict[str, Any] = {"type": "number", "minimum": 0, "maximum": 1440}
        return {"anyOf": [number, {"type": "string", "pattern": r"^[0-9][0-9.,hms ]*$"}]}


_CLOCK = re.compile(r"([01]?\d|2[0-4]):([0-5]\d)(?::00)?")


@dataclass(eq=False, repr=False)
class Clock(_Plain):
    """A clock time of the programme's zone as the time since midnight; 24:00 is the end of the day."""

    words: str = 'clock time "15:00"'

    def read(self, value: Any) -> timedelta:
        if isinstance(value, time):
            return timedelta(hours=value.hour, minutes=value.minute, seconds=value.second)
        if not isinstance(value, str):
            raise UnfitError(f'is a clock time like "15:00", not {_kind_of(value)}', _clock_hint(value))
        text = value.strip()
        match = _CLOCK.fullmatch(text)
        if not match or (match[1] == "24" and match[2] != "00"):
            raise UnfitError(f"{_shown(text)} is no clock time", _clock_hint(text))
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
class Day(_Plain):
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
                raise UnfitError(f"{_shown(value)} is no day", _day_hint(value)) from None
        raise UnfitError(f"is a day, not {_kind_of(value)}", "write it like 2020-09-29")

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "format": "date"}


def _day_hint(text: str) -> str:
    match = re.fullmatch(r"(\d{1,2})[./](\d{1,2})[./](\d{4})", text.strip())
    if match and int(match[2]) <= 12:
        return f"write {match[3]}-{int(match[2]):02}-{int(match[1]):02}"
    return "write it like 2020-09-29"


@dataclass(eq=False, repr=False)
class Zone(_Plain):
    """A time zone by its IANA name."""

    words: str = 'zone "Europe/Berlin"'

    def read(self, value: Any) -> str:
        if not isinstance(value, str):
            raise UnfitError(f"is the name of a time zone, not {_kind_of(value)}")
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
        raise UnfitError(f"{_shown(name)} is no time zone", hint)

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "examples": ["Europe/Berlin", "UTC"]}


def zone_exists(name: str) -> bool:
    """Whether the computer knows a time zone of this name."""
    try:
        ZoneInfo(name)
    except (ValueError, OSError, KeyError):  # ZoneInfoNotFoundError is a KeyError
        return False
    return True


@dataclass(eq=False, repr=False)
class Choice(_Plain):
    """One of some words."""

    options: tuple[str, ...]

    @property
    def words(self) -> str:
        return " / ".join(self.options)

    def read(self, value: Any) -> str:
        if not isinstance(value, str):
            raise UnfitError(f"is one of {', '.join(self.options)}, not {_kind_of(value)}")
        word = value.strip()
        if word in self.options:
            return word
        raise UnfitError(f"{_shown(word)} is not known here", did_you_mean(word, self.options))

    def schema(self) -> dict[str, Any]:
        return {"enum": list(self.options)}


@dataclass(eq=False, repr=False)
class Habit(Text):
    """A text that is usually one of some words: another is kept and doubted."""

    options: tuple[str, ...] = ()
    words: str = "word"

    def doubt(self, value: Any) -> tuple[str, str] | None:
        if value in self.options:
            return None
        return f"{_shown(value)} is not one of {', '.join(self.options)}", did_you_mean(value, self.options)

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "examples": list(self.options)}


@dataclass(eq=False, repr=False)
class Formed(Text):
    """A text that usually has a form: another is kept and doubted."""

    pattern: str = ""
    complaint: str = ""
    example: str = ""

    def doubt(self, value: Any) -> tuple[str, str] | None:
        if re.fullmatch(self.pattern, value):
            return None
        return f"{_shown(value)} {self.complaint}", f"write it like {self.example}"


@dataclass(eq=False, repr=False)
class Url(Text):
    """An address to paste into a message."""

    words: str = "URL"

    def doubt(self, value: Any) -> tuple[str, str] | None:
        if re.match(r"(https?://\S|mailto:|tel:|sip:|ftp://)", value):
            return None
        return f"{_shown(value)} does not look like an address", "write it with https://"

    def schema(self) -> dict[str, Any]:
        return {"type": "string"}


@dataclass(eq=False, repr=False)
class Group(_Plain):
    """How many people work together: a number, or "all" (0)."""

    words: str = 'number or "all"'

    def read(self, value: Any) -> int:
        if value == "all":
            return 0
        if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= 100:
            return value
        raise UnfitError(f'is a number of people or "all", not {_kind_of(value)}')

    def schema(self) -> dict[str, Any]:
        return {"anyOf": [{"type": "integer", "minimum": 1, "maximum": 100}, {"const": "all"}]}


@dataclass(eq=False, repr=False)
class Ask(_Plain):
    """A guiding question: a number into the session's `questions`, or a text of its own."""

    words: str = "number or text"

    def read(self, value: Any) -> int | str:
        if isinstance(value, str):
            if re.fullmatch(r"\s*\d{1,3}\s*", value):
                return int(value)
            return str(Text().read(value))
        if isinstance(value, bool) or not isinstance(value, int):
            raise UnfitError(f"is the number of a question or a text, not {_kind_of(value)}")
        if value < 1:
            raise UnfitError("is the number of a question, counted from 1")
        return value

    def schema(self) -> dict[str, Any]:
        return {"anyOf": [{"type": "integer", "minimum": 1}, {"type": "string"}]}


@dataclass(eq=False, repr=False)
class ListOf:
    """A list of values of one shape; a single value is taken for a list of one."""

    each: Shape

    @property
    def words(self) -> str:
        return f"list of {self.each.words}"


@dataclass(eq=False, repr=False)
class RoomsOf:
    """The rooms of a breakout: a number of them, or a list of ids."""

    words: str = "number, or list of ids"
    number: Whole = field(default_factory=lambda: Whole(1, 200))
    each: Id = field(default_factory=Id)


@dataclass(eq=False, repr=False)
class MapOf:
    """A table with keys of the writer's choice. `check_key` gives a doubt about a key, or None."""

    each: Shape | ListOf
    check_key: Callable[[str], tuple[str, str] | None] | None = None
    key_words: str = "name"

    @property
    def words(self) -> str:
        return f"table {self.key_words} = {self.each.words}"


@dataclass(eq=False, repr=False)
class One:
    """One table of the given name."""

    table: str
    words: str = "table"


@dataclass(eq=False, repr=False)
class Rows:
    """A list of tables of the given name."""

    table: str
    words: str = "list of rows"


@dataclass(eq=False, repr=False)
class NamedRows:
    """A table whose every value is a table of the given name, under a key of the writer's choice."""

    table: str
    words: str = "table of tables"


AnyShape = Shape | ListOf | RoomsOf | MapOf | One | Rows | NamedRows

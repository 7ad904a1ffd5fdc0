"""The shapes of the values in a plan: a text, a length, a clock time, one of some words, a list of those.

Owns how each is read, which near misses are accepted, what is said about the others, and how the shape is
told in JSON Schema and in a word. It must not know which fields there are (`plan_schema`). Frozen, comparable
dataclasses cost five times as much at every start of the program, so these are bare.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any, Protocol

from facilitator_tui.core.problems import did_you_mean
from facilitator_tui.core.text import clean, slug

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


def shown(value: Any) -> str:
    text = clean(str(value))
    return f'"{text[:40]}…"' if len(text) > 41 else f'"{text}"'


def told(value: Any) -> str:
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, str):
        return f"the text {shown(value)}"
    if isinstance(value, int | float):
        return f"the number {value}"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, dict):
        return "a table"
    return "a date or a time"


class Plain:
    """Shapes about whose good values there is nothing more to say."""

    def doubt(self, value: Any) -> tuple[str, str] | None:
        return None


@dataclass(eq=False, repr=False)
class Text(Plain):
    """Any text; cleaned, blanks at the ends taken off, never empty unless `empty`."""

    newlines: bool = False
    empty: bool = False
    words: str = "text"

    def read(self, value: Any) -> str:
        if not isinstance(value, str):
            raise UnfitError(
                f"is a text, not {told(value)}",
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
class Id(Plain):
    """A short name without blanks, as files and commands can carry it."""

    words: str = "id"

    def read(self, value: Any) -> str:
        if isinstance(value, int) and not isinstance(value, bool):
            value = str(value)
        if not isinstance(value, str):
            raise UnfitError(f"is a text, not {told(value)}")
        if not _ID.fullmatch(value):
            better = slug(value) if re.search("[^\\W_]", value) else ""
            message = f"{shown(value)} is no id: letters a-z, digits and -, at most 40"
            raise UnfitError(message, f'write "{better}"' if better else "")
        return value

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": "^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$"}


@dataclass(eq=False, repr=False)
class Flag(Plain):
    """true or false."""

    words: str = "true or false"

    def read(self, value: Any) -> bool:
        if isinstance(value, bool):
            return value
        if isinstance(value, str) and value.strip().casefold() in ("true", "false", "yes", "no"):
            right = "true" if value.strip().casefold() in ("true", "yes") else "false"
            raise UnfitError(f"is true or false, not the text {shown(value)}", f"write {right} without quotes")
        raise UnfitError(f"is true or false, not {told(value)}")

    def schema(self) -> dict[str, Any]:
        return {"type": "boolean"}


@dataclass(eq=False, repr=False)
class Whole(Plain):
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
            raise UnfitError(f"is a whole number, not {told(value)}")
        if not self.low <= value <= self.high:
            raise UnfitError(f"is {value}; it has to be from {self.low} to {self.high}")
        return value

    def schema(self) -> dict[str, Any]:
        return {"type": "integer", "minimum": self.low, "maximum": self.high}


@dataclass(eq=False, repr=False)
class Choice(Plain):
    """One of some words."""

    options: tuple[str, ...]

    @property
    def words(self) -> str:
        return " / ".join(self.options)

    def read(self, value: Any) -> str:
        if not isinstance(value, str):
            raise UnfitError(f"is one of {', '.join(self.options)}, not {told(value)}")
        word = value.strip()
        if word in self.options:
            return word
        raise UnfitError(f"{shown(word)} is not known here", did_you_mean(word, self.options))

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
        return f"{shown(value)} is not one of {', '.join(self.options)}", did_you_mean(value, self.options)

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
        return f"{shown(value)} {self.complaint}", f"write it like {self.example}"


@dataclass(eq=False, repr=False)
class Url(Text):
    """An address to paste into a message."""

    words: str = "URL"

    def doubt(self, value: Any) -> tuple[str, str] | None:
        if re.match(r"(https?://\S|mailto:|tel:|sip:|ftp://)", value):
            return None
        return f"{shown(value)} does not look like an address", "write it with https://"

    def schema(self) -> dict[str, Any]:
        return {"type": "string"}


@dataclass(eq=False, repr=False)
class Group(Plain):
    """How many people work together: a number, or "all" (0)."""

    words: str = 'number or "all"'

    def read(self, value: Any) -> int:
        if value == "all":
            return 0
        if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= 100:
            return value
        raise UnfitError(f'is a number of people or "all", not {told(value)}')

    def schema(self) -> dict[str, Any]:
        return {"anyOf": [{"type": "integer", "minimum": 1, "maximum": 100}, {"const": "all"}]}


@dataclass(eq=False, repr=False)
class Ask(Plain):
    """A guiding question: a number into the session's `questions`, or a text of its own."""

    words: str = "number or text"

    def read(self, value: Any) -> int | str:
        if isinstance(value, str):
            if re.fullmatch(r"\s*\d{1,3}\s*", value):
                return int(value)
            return str(Text().read(value))
        if isinstance(value, bool) or not isinstance(value, int):
            raise UnfitError(f"is the number of a question or a text, not {told(value)}")
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

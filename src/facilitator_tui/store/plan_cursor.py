"""Reading a TOML text by offsets: where the reader stands, and what was wrong so far.

Owns the values that know where they were written, the list of mistakes, and the limits within which a text is
read at all. It must not know what TOML looks like beyond blanks, lines and comments.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

MAX_DEPTH = 12
MAX_DOTS = 8
MAX_KEY = 120
MAX_SLIPS = 60
MAX_VALUES = 30_000

_SPACES = re.compile(r"[ \t]*+")
_BLANK = re.compile(r"(?:[ \t\n]++|#[^\n]*+)*")
STATEMENT = re.compile(r"[ \t]*+[A-Za-z_][\w-]*+(?:[ \t]*+\.[ \t]*+[\w-]++)*[ \t]*+=")
_HEADER = re.compile(
    r"[ \t]*+\[\[?[ \t]*+[A-Za-z_][\w-]*+(?:[ \t]*+\.[ \t]*+[\w-]++){0,20}"
    r"[ \t]*+\]{0,2}[ \t]*+(?:#[^\n]*+)?$",
    re.MULTILINE,
)


class Table(dict[str, Any]):
    """A TOML table. `marks` has for each key the offsets of the key and of its value."""

    __slots__ = ("at", "broken", "marks", "origin")

    def __init__(self, at: int, origin: str) -> None:
        super().__init__()
        self.at = at
        self.origin = origin
        self.marks: dict[str, tuple[int, int]] = {}
        self.broken = False


class Array(list[Any]):
    """A TOML array. `marks` has the offset of each element; `rows` tells `[[name]]` from `name = [...]`."""

    __slots__ = ("at", "marks", "rows")

    def __init__(self, at: int, *, rows: bool = False) -> None:
        super().__init__()
        self.at = at
        self.rows = rows
        self.marks: list[int] = []


class Mistake(NamedTuple):
    """Something wrong in the writing, at an offset of the text. `fatal` is False for what TOML 1.1 allows."""

    at: int
    message: str
    hint: str = ""
    fatal: bool = True
    path: str = ""


class LostError(Exception):
    """The statement cannot be followed further; its mistake has been noted."""


class RefusedError(Exception):
    """The rest of the text is not worth reading; the reason has been noted."""


class Cursor:
    """A place in a text, and the mistakes found up to there. `base` is added to every offset that is kept."""

    def __init__(self, text: str, base: int = 0) -> None:
        self.text = text
        self.base = base
        self.pos = 0
        self.values = 0
        self.mistakes: list[Mistake] = []
        self.heading: list[str] = []
        self.names: list[str] = []
        self.root = Table(base, "header")

    # --- noting ---

    def _slip(self, at: int, message: str, hint: str = "", *, fatal: bool = True) -> None:
        path = ".".join((*self.heading, *self.names))
        self.mistakes.append(Mistake(self.base + at, message, hint, fatal, path))
        if len(self.mistakes) >= MAX_SLIPS:
            self.mistakes.append(Mistake(self.base + at, "too many mistakes: the rest of the file was not read"))
            raise RefusedError

    def _refuse(self, at: int, message: str) -> RefusedError:
        self.mistakes.append(Mistake(self.base + at, message))
        return RefusedError()

    # --- moving ---

    def _spaces(self) -> str:
        """Skip blanks within the line; the character that follows, or nothing at the end."""
        match = _SPACES.match(self.text, self.pos)
        self.pos = match.end() if match else self.pos
        return self.text[self.pos : self.pos + 1]

    def _blank(self) -> str:
        """Skip blanks, line ends and comments; the character that follows."""
        self.pos = self._past_blank(self.pos)
        return self.text[self.pos : self.pos + 1]

    def _past_blank(self, at: int) -> int:
        match = _BLANK.match(self.text, at)
        return match.end() if match else at

    def _line_end(self, at: int) -> int:
        end = self.text.find("\n", at)
        return len(self.text) if end < 0 else end

    def _starts_statement(self, at: int) -> bool:
        return bool(STATEMENT.match(self.text, at) or _HEADER.match(self.text, at))

    def _count(self, at: int) -> None:
        self.values += 1
        if self.values > MAX_VALUES:
            raise self._refuse(at, f"more than {MAX_VALUES} values are refused")

    def _line_of(self, offset: int) -> int:
        return self.text.count("\n", 0, offset - self.base) + 1

"""A line typed into the line mode: is it a command, a key of the console, or something to write down?

Owns that grammar. It must not know how anything is done. A sentence is never taken for a command because of its
first word: a command that takes nothing more stands alone, one that takes a number has one.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass

CAPTURE, DO, SHOW, ANSWER, LEAVE, UNKNOWN, NOTHING = "capture", "do", "show", "answer", "leave", "unknown", "nothing"

ALONE = {
    "n": ("next",), "p": ("previous",), "c": ("compress",), "u": ("undo",), "U": ("redo",),
    "next": ("next",), "previous": ("previous",), "back": ("previous",), "pause": ("pause",), "resume": ("resume",),
    "space": ("toggle",), "finish": ("finish",), "undo": ("undo",), "redo": ("redo",), "compress": ("compress",),
    "+": ("extend", "+1"), "-": ("extend", "-1"), "]": ("extend", "+5"), "[": ("extend", "-5"),
    "subtract": ("subtract",), "t": ("clock-of-rooms",),
}  # fmt: skip
"""Commands that take nothing more, with the action they mean."""

WITH_WORDS = {
    "s": "start", "x": "skip", "start": "start", "goto": "goto", "extend": "extend", "backdate": "backdate",
    "skip": "skip", "unskip": "unskip", "insert": "insert", "move": "move", "rename": "rename", "here": "here",
    "away": "away", "spoke": "spoke", "rooms": "rooms", "choose": "choose", ".": "spoke",
}  # fmt: skip
"""Commands with something behind them; `start` may stand alone."""

NUMBERED = {"e": "exact", "b": "backdate", "o": "insert", "until": "until"}
"""Keys that ask for a number in the console; without one the line is no command."""

SHOWS = {
    "status": "status", "agenda": "agenda", "who": "who", "w": "who", "r": "rooms", "rooms": "rooms",
    "m": "messages", "messages": "messages", "message": "messages", "h": "captures", "notes": "captures",
    "captures": "captures", "find": "captures", "help": "help", "?": "help", "/help": "help", "/status": "status",
    "1": "agenda", "2": "rooms", "3": "who", "4": "captures",
}  # fmt: skip
"""What is told when asked for; `messages` and `find` take a word."""

LEAVES = frozenset({"q", "quit", "exit", "leave", "/quit"})
WRITES = ("i ", "note ", "capture ")

_MARKED = re.compile(r"(?:=|\+\+|--|[!?>&@#/])")
_CHANGE = re.compile(r"[+\-−]\s*\d\S*")
_NUMBER = re.compile(r"\d")
_WORDS_ENOUGH = 2


@dataclass(frozen=True, slots=True)
class Typed:
    """What a line means: `what` is one of the words above, `name` the action or list, `rest` what stands behind."""

    what: str
    name: str = ""
    rest: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        return " ".join(self.rest)


def read_line(line: str, *, asked: bool = False) -> Typed:
    """What a line means; `asked` while a question waits for yes or no."""
    text = line.strip()
    if not text:
        return Typed(NOTHING)
    if asked and text.lower() in {"y", "yes", "n", "no"}:
        return Typed(ANSWER, "yes" if text.lower().startswith("y") else "no")
    if text.lower() in LEAVES:
        return Typed(LEAVE)
    for lead in WRITES:
        if text.lower().startswith(lead):
            return Typed(CAPTURE, rest=(text[len(lead) :].strip(),))
    return _command(text) or _writing(text)


def _command(text: str) -> Typed | None:
    first, *rest = text.split()
    word = first if first in ALONE else first.lower()
    if not rest and word in ALONE:
        name, *more = ALONE[word]
        return Typed(DO, name, tuple(more))
    if not rest and word in SHOWS:
        return Typed(SHOW, SHOWS[word])
    if word in {"messages", "m", "find"} and rest:
        return Typed(SHOW, SHOWS[word], tuple(rest))
    if _CHANGE.fullmatch(text):
        return Typed(DO, "extend", (text.replace(" ", ""),))
    if word in NUMBERED and rest and _NUMBER.search(rest[0] + rest[-1]):
        return _numbered(word, rest)
    if word in WITH_WORDS and (rest or word in {"s", "start"}):
        return Typed(DO, WITH_WORDS[word], tuple(rest))
    return None


def _numbered(word: str, rest: list[str]) -> Typed:
    if word == "until":
        return Typed(DO, "extend", ("until", *rest))
    return Typed(DO, NUMBERED[word], tuple(rest))


def _writing(text: str) -> Typed:
    """A line with a mark or of several words is written down; a single word is more likely a slip."""
    if _MARKED.match(text) or len(text.split()) >= _WORDS_ENOUGH:
        return Typed(CAPTURE, rest=(text,))
    return Typed(UNKNOWN, text)


def nearest(word: str) -> str:
    """The command that is written almost so."""
    known = [name for name in (*ALONE, *WITH_WORDS, *SHOWS, *LEAVES) if len(name) > 1]
    return next(iter(difflib.get_close_matches(word.lower(), known, n=1)), "")

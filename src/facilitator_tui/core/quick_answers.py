"""Two answers in a few words: when a call is and how long, and how many people sit in how large rooms.

Owns how they are read; whatever is not said is left open. It must not know who asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from facilitator_tui.core.actions import Refused
from facilitator_tui.core.durations import ZERO, parse_length
from facilitator_tui.core.grammar import due_date
from facilitator_tui.core.quick import LARGEST_ROOM, LONGEST, SIZES, UNITS, read_clock
from facilitator_tui.core.text import clean, fold_case

MOST_PEOPLE = 2000


@dataclass(frozen=True, slots=True)
class When:
    """A day, a start as time since midnight, a length: what was said of them."""

    day: date | None = None
    start: timedelta | None = None
    length: timedelta | None = None


@dataclass(frozen=True, slots=True)
class People:
    """How many take part, and how many sit in a room."""

    count: int | None = None
    size: int | None = None


def read_when(text: str, today: date) -> When:
    """`tomorrow 15:00 60`, `9 oct 10:00-11:30`, `now, 1h30`; nothing said is left open. Raises Refused."""
    words = list(_words(re.sub(r"(?<=\d)\s*[-–—]\s*(?=\d{1,2}[:.])", " until ", clean(text))))
    day, start, end, length = None, None, None, None
    at = 0
    while at < len(words):
        word, following = words[at], words[at + 1] if at + 1 < len(words) else ""
        at += 1
        named = due_date(word + following, today) if word.isdecimal() and following.isalpha() else None
        clock = read_clock(word) if ":" in word or "." in word or word.endswith(("am", "pm")) else None
        if word in {"now", "at", "for", "on", "from"}:
            continue
        if named and not following.startswith(("min", "h")):
            day, at = named, at + 1
        elif found := _day(word, today):
            day = found
        elif word in {"until", "to", "till"} and start is not None and (clock := read_clock(following)) is not None:
            end, at = clock, at + 1
        elif clock is not None and start is None:
            start = clock
        else:
            length, used = _said_length(word, following, text)
            at += used
    if end is not None and start is not None:
        length = end - start if end > start else end - start + LONGEST
    return When(day, start, length)


def _day(word: str, today: date) -> date | None:
    return None if re.fullmatch(r"\+?\d+(m|h|min)?", word) else due_date(word, today)


def _words(text: str) -> Iterator[str]:
    for word in fold_case(text).replace(",", " ").split():
        yield word.strip("()")


def _said_length(word: str, following: str, text: str) -> tuple[timedelta, int]:
    unit = following.strip(".") if following.strip(".") in UNITS else ""
    try:
        length = parse_length(f"{word}h" if unit.startswith("h") else word)
    except ValueError:
        length = ZERO
    if not ZERO < length <= LONGEST:
        raise Refused(
            f"“{' '.join(text.split())}”: {word!r} is no day, time or length; write it like: tomorrow 15:00 60"
        )
    return length, bool(unit)


def read_people(text: str) -> People:
    """`24 x4`, `24 people, rooms of 4`, `12`, or nothing. Raises Refused."""
    count, size = None, None
    words: list[str] = re.findall(r"[x×*]|\d+|[^\W\d]+", clean(text).lower())
    sized = False
    for word in words:
        if word in {"x", "×", "*", "of"}:
            sized = True
        elif word in SIZES:
            size = SIZES[word]
        elif word.isdecimal() and len(word) <= 6:
            number, seat = int(word), sized or count is not None
            if seat and not 2 <= number <= LARGEST_ROOM:
                raise Refused(f"rooms of {number} can't be; write 2 to {LARGEST_ROOM}, like: 24 x4")
            if not seat and not 1 <= number <= MOST_PEOPLE:
                raise Refused(f"{number} people can't be; write 1 to {MOST_PEOPLE}, like: 24 x4")
            count, size = (count, number) if seat else (number, size)
            sized = False
    if words and count is None and size is None:
        raise Refused(f"“{' '.join(clean(text).split())}” has no number; write how many people, like: 24 x4")
    return People(count, size)

"""A call told in one line, `Welcome 5, Input 20, Breakout 30 x4, Harvest 15`: read into steps.

Owns that small grammar. It must not know how a plan file is written. Steps stand between commas, semicolons, bars or
line breaks, or between dashes where there is nothing else; a step is a title with, in any order, its minutes, `x4`
(people a room), `x4x2` or `2 rounds`, and `@10:00` (a hard start; on the first step the start of the call).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

from facilitator_tui.core.actions import Refused
from facilitator_tui.core.durations import MINUTE, ZERO, minutes_text, parse_length
from facilitator_tui.core.text import clean, fold_case

MINUTES = {
    "welcome": 5, "checkin": 10, "input": 15, "qa": 10, "plenary": 15, "breakout": 20,
    "harvest": 15, "vote": 5, "energiser": 5, "break": 10, "close": 5,
}  # fmt: skip
"""How long a step of each kind takes when nothing says so."""

_KIND_WORDS = {
    "welcome": "welcome hello opening arrival hi bienvenida bienvenidos willkommen bienvenue",
    "checkin": "checkin check-in icebreaker",
    "input": "input inputs talk talks keynote lecture presentation presentations impulse demo",
    "qa": "qa q&a q+a questions",
    "breakout": "breakout breakouts group groups groupwork pairs trios rooms",
    "harvest": "harvest harvesting synthesis debrief sharing report-back",
    "vote": "vote votes voting poll",
    "energiser": "energiser energizer stretch",
    "break": "break coffee lunch pause tea pausa pause",
    "close": "close closing goodbye bye farewell checkout check-out wrap-up wrapup end",
}
_KINDS = {word: kind for kind, words in _KIND_WORDS.items() for word in words.split()}
_TWO_WORDS = {"check in": "checkin", "check out": "close", "wrap up": "close", "report back": "harvest"}
SIZES = {"pairs": 2, "trios": 3}
"""Words that name how many sit together."""

MOST_STEPS = 60
LONGEST = timedelta(hours=24)
LARGEST_ROOM = 200
MOST_ROUNDS = 30

_BETWEEN = re.compile(r"[,;|\n\r→]+")
_DASH = re.compile(r"\s+[-–—]+\s+|\s*—\s*")
_TOKEN = re.compile(r'["“„][^"”“]*["”“]|\S+')
_QUOTES = '"“”„'
_SIZED = re.compile(r"[x×*](\d{1,6})(?:[x×*](\d{1,6}))?")
_CLOCK = re.compile(r"(\d{1,2})(?:[:.h](\d{2}))?\s*(am|pm|h)?")
_LENGTH = re.compile(r"\(?(\d[\d.:hms]*(?:in)?)['′]?\)?")
UNITS = frozenset({"m", "min", "mins", "minute", "minutes", "h", "hr", "hour", "hours"})


@dataclass(frozen=True, slots=True)
class Step:
    """One step as it was told. `length` is None where the line names none, `at` is time since midnight."""

    title: str
    kind: str
    length: timedelta | None = None
    size: int | None = None
    rounds: int = 1
    at: timedelta | None = None

    @property
    def minutes(self) -> timedelta:
        """The length told, else the usual one of its kind."""
        return self.length if self.length is not None else MINUTES[self.kind] * MINUTE


@dataclass
class _Reading:
    """A part of the line while it is read; `place` and `text` name it in a refusal."""

    place: int
    text: str
    title: list[str] = field(default_factory=list)
    length: timedelta | None = None
    size: int | None = None
    rounds: int | None = None
    at: timedelta | None = None

    def wrong(self, why: str) -> Refused:
        return Refused(f"part {self.place}, “{self.text}”: {why}")

    @property
    def bare(self) -> bool:
        """It has no title: it belongs to the part before it."""
        return not self.title


# ---------------------------------------------------------------- the steps


def read_steps(line: str) -> tuple[Step, ...]:
    """The steps of a line. Raises Refused with a sentence that names the part it can't read."""
    parts = [_read_part(place, text) for place, text in enumerate(_parts(line), 1)]
    if not parts:
        raise Refused("say the steps of the call, like: Welcome 5, Input 20, Breakout 30 x4, Harvest 15")
    merged: list[_Reading] = []
    for part in parts:
        if not part.bare:
            merged.append(part)
        elif merged:
            _join(merged[-1], part)
        else:
            raise part.wrong("it has no title; write one before the minutes, like: Welcome 5")
    if len(merged) > MOST_STEPS:
        raise Refused(f"{len(merged)} steps are too many for one line: write a plan with `facilitator new`")
    return tuple(_step(part) for part in merged)


def _parts(line: str) -> list[str]:
    text = clean(line, newlines=True)
    for pattern in (_BETWEEN, _DASH):
        pieces = _split(text, pattern)
        if len(pieces) > 1:
            return pieces
    return _split(text, _BETWEEN)


def _split(text: str, pattern: re.Pattern[str]) -> list[str]:
    """Cut at a pattern, but not within quotes."""
    hidden = re.sub(r'["“„][^"”“]*["”“]', lambda found: "\0" * len(found[0]), text)
    pieces, at = [], 0
    for found in [*pattern.finditer(hidden), None]:
        piece = " ".join(text[at : found.start() if found else None].split())
        if piece:
            pieces.append(piece)
        at = found.end() if found else at
    return pieces


def _read_part(place: int, text: str) -> _Reading:
    part = _Reading(place, text)
    tokens = _TOKEN.findall(text)
    lengths: list[tuple[int, timedelta]] = []
    at = 0
    while at < len(tokens):
        at += _take(part, tokens, at, lengths)
    if lengths:
        place_in_title, part.length = lengths[-1]
        part.title.pop(place_in_title)
    part.title = [word for word in part.title if word not in {"-", "–", "—", "for", ":"}]
    return part


def _take(part: _Reading, tokens: Sequence[str], at: int, lengths: list[tuple[int, timedelta]]) -> int:
    """Read the token at a place; how many tokens that took. Numbers stay in the title until the last one is known."""
    token, following = tokens[at], tokens[at + 1].lower() if at + 1 < len(tokens) else ""
    word = token.lower()
    if token[0] in _QUOTES and len(token) > 1:
        part.title.append(token.strip(_QUOTES))
        return 1
    if word in {"x", "×"} and following.isdecimal():
        _seat(part, following, None)
        return 2
    if sized := _SIZED.fullmatch(word):
        rounds = following in {"round", "rounds"} and not sized[2]
        if rounds:
            part.rounds = _count(part, sized[1], "rounds", MOST_ROUNDS)
            return 2
        _seat(part, sized[1], sized[2])
        return 1
    if word.isdecimal() and following in {"round", "rounds"}:
        part.rounds = _count(part, word, "rounds", MOST_ROUNDS)
        return 2
    if word == "of" and following.isdecimal() and (part.rounds or (part.title and _is_rooms(part.title[-1]))):
        _seat(part, following, None)
        return 2
    if word.startswith("@"):
        clock = word[1:] or following
        part.at = _clock(part, clock)
        return 1 if word[1:] else 2
    return _take_length_or_word(part, token, following, lengths)


def _is_rooms(word: str) -> bool:
    return fold_case(word) in {"rooms", "groups", "room", "group"}


def _take_length_or_word(part: _Reading, token: str, following: str, lengths: list[tuple[int, timedelta]]) -> int:
    found = _LENGTH.fullmatch(token.lower())
    unit = following if found and following.strip("().") in UNITS else ""
    part.title.append(token)
    if found is None:
        return 1
    try:
        length = parse_length(f"{found[1]}h" if unit.strip("().").startswith("h") else found[1])
    except ValueError:
        return 1
    if not ZERO < length <= LONGEST:
        raise part.wrong("a step takes more than 0 minutes and at most a day")
    lengths.append((len(part.title) - 1, length))
    return 2 if unit else 1


def _seat(part: _Reading, size: str, rounds: str | None) -> None:
    part.size = _count(part, size, "people in a room", LARGEST_ROOM, least=2)
    if rounds:
        part.rounds = _count(part, rounds, "rounds", MOST_ROUNDS)


def _count(part: _Reading, digits: str, what: str, most: int, least: int = 1) -> int:
    number = int(digits)
    if not least <= number <= most:
        raise part.wrong(f"{number} {what} can't be; write {least} to {most}")
    return number


def _clock(part: _Reading, text: str) -> timedelta:
    clock = read_clock(text)
    if clock is None:
        raise part.wrong(f"@{text} is no time of day; write it like @10:00")
    return clock


def _join(part: _Reading, more: _Reading) -> None:
    """`Welcome, 5`: what has no title belongs to the step before."""
    for name in ("length", "size", "rounds", "at"):
        value = getattr(more, name)
        if value is None:
            continue
        if getattr(part, name) is not None:
            raise more.wrong("it has no title; write one before the minutes, like: Welcome 5")
        setattr(part, name, value)


def _step(part: _Reading) -> Step:
    title = " ".join(part.title)
    kind = _kind_of(title)
    size = part.size or SIZES.get(fold_case(title))
    if part.size or part.rounds:
        kind = "breakout"
    rounds = part.rounds or 1
    if rounds > 1 and part.length and part.length < rounds * MINUTE:
        raise part.wrong(f"{rounds} rounds do not fit into {minutes_text(part.length)} min; give it more")
    return Step(title, kind, part.length, size, rounds, part.at)


def _kind_of(title: str) -> str:
    """By the first words of a title, else by its last word; anything else is plenary."""
    words = fold_case(title).split() or [""]
    two = " ".join(words[:2])
    return _TWO_WORDS.get(two) or _KINDS.get(words[0]) or _KINDS.get(words[-1]) or "plenary"


def fitted(steps: Sequence[Step], total: timedelta | None, unit: timedelta = MINUTE) -> tuple[Step, ...]:
    """The steps with a length each: those that name none share what the others leave of `total`, in whole `unit`s
    and in proportion to what their kinds usually take. Where nothing is left they take what is usual."""
    fixed = sum((step.length for step in steps if step.length is not None), ZERO)
    weights = [MINUTES[step.kind] for step in steps if step.length is None]
    left, rest = divmod(total - fixed, unit) if total is not None else (0, ZERO)
    if rest and unit > MINUTE:
        return fitted(steps, total)
    if left < len(weights):
        return tuple(replace(step, length=step.minutes) for step in steps)
    shares = iter(_shares(weights, left))
    return tuple(step if step.length is not None else replace(step, length=next(shares) * unit) for step in steps)


def _shares(weights: list[int], amount: int) -> list[int]:
    """Whole numbers of at least 1 that sum up to `amount`, as near to the weights as that allows."""
    shares: list[int] = []
    for place, weight in enumerate(weights):
        left, behind = amount - sum(shares), len(weights) - place - 1
        shares.append(max(1, min(round(left * weight / sum(weights[place:])), left - behind)))
    return shares


def read_clock(text: str) -> timedelta | None:
    """A time of day as time since midnight: `10:00`, `10.30`, `9h`, `3pm`; None for anything else."""
    found = _CLOCK.fullmatch(text.strip().lower())
    if found is None:
        return None
    hours, minutes = int(found[1]), int(found[2] or 0)
    if found[3] in {"am", "pm"}:
        if not 1 <= hours <= 12:
            return None
        hours = hours % 12 + (12 if found[3] == "pm" else 0)
    return timedelta(hours=hours, minutes=minutes) if hours < 24 and minutes < 60 else None

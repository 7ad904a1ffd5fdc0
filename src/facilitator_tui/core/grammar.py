"""How one typed line is cut up: its prefix, its tokens and its dates.

Owns the shapes of the grammar (what opens a line, what a token looks like, how a date may be written). It
must not know who is on the roster, which rooms there are or what a capture is: `core.capture` asks those
questions about the shapes found here. Lines given to it are already cleaned.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

from facilitator_tui.core.plan import KindWording
from facilitator_tui.core.text import fold_case

BUILT_IN_KINDS: Mapping[str, KindWording] = MappingProxyType(
    {
        "note": KindWording("Notes", "note"),
        "action": KindWording("Actions", "act"),
        "question": KindWording("Open questions", "ask"),
        "takeaway": KindWording("Take-aways", "take"),
        "message": KindWording("Key messages", "msg"),
        "enabler": KindWording("Enablers", "ena"),
        "inhibitor": KindWording("Inhibitors", "inh"),
        "quote": KindWording("Quotes", "quote"),
        "resource": KindWording("Resources", "res"),
        "decision": KindWording("Decisions", "dec"),
        "idea": KindWording("Ideas", "idea"),
        "park": KindWording("Parked", "park"),
    }
)
"""Every kind of capture that needs no plan, with its heading and the word that types it."""

FLAGS = ("ok", "anon", "off", "done")

SIGNS: Mapping[str, str] = MappingProxyType(
    {
        "==": "message",
        "++": "enabler",
        "--": "inhibitor",
        "=": "takeaway",
        "!": "action",
        "?": "question",
        ">": "quote",
        "&": "resource",
    }
)
"""Prefixes made of signs, the longest first."""

_MORE_WORDS = {"todo": "action"}
_TASK = re.compile(r"(?:[-*+•]\s*)?\[([ xX])\](?!\()")
_WORD = re.compile(r"([^\W\d_][\w-]*):(?!//)")
_BULLET = re.compile(r"([-*+•])(\s*)(.?)", re.DOTALL)
_URL = re.compile(r"(?:[a-z][a-z0-9+.-]*://|www\.)[^\s/]", re.IGNORECASE)
_SAYS_SOMETHING = re.compile(r"[^\s=+\-!?>&*•\[\]]")


# ---------------------------------------------------------------- kinds


def kinds_of(planned: Mapping[str, KindWording]) -> dict[str, KindWording]:
    """Every kind of capture: the built-in ones in the plan's wording, then the plan's own."""
    kinds: dict[str, KindWording] = {}
    for kind in (*BUILT_IN_KINDS, *(own for own in planned if own not in BUILT_IN_KINDS)):
        usual = BUILT_IN_KINDS.get(kind, KindWording(kind.replace("-", " ").capitalize(), kind))
        own = planned.get(kind, usual)
        kinds[kind] = KindWording(own.title or usual.title, own.word or usual.word)
    return kinds


def kind_words(planned: Mapping[str, KindWording]) -> dict[str, str]:
    """Words before a colon, folded, to the kind they type. The plan's words win over the built-in ones."""
    words = dict(_MORE_WORDS)
    for kind, wording in BUILT_IN_KINDS.items():
        words[kind] = words[fold_case(wording.word)] = kind
    for kind in planned:
        words[fold_case(kind)] = kind
    for kind, wording in planned.items():
        if wording.word:
            words[fold_case(wording.word.removesuffix(":"))] = kind
    return words


# ---------------------------------------------------------------- the prefix


@dataclass(frozen=True, slots=True)
class Opening:
    """What the start of a line says: its kind, whether its box is ticked, and the rest of the line."""

    kind: str
    rest: str
    done: bool = False


def opening(line: str, words: Mapping[str, str]) -> Opening:
    """Read the prefix of a line; with nothing but signs behind it, the whole line is the text of a note."""
    line = line.strip()
    found = _task(line) or _sign(line) or _word(line, words) or _bullet(line)
    if found is None:
        return Opening("resource" if _URL.match(line) else "note", line)
    if not _SAYS_SOMETHING.search(found.rest):
        return Opening("note", line)
    return found


def _task(line: str) -> Opening | None:
    box = _TASK.match(line)
    return box and Opening("action", line[box.end() :].lstrip(), done=box[1] != " ")


def _sign(line: str) -> Opening | None:
    for sign, kind in SIGNS.items():
        if line.startswith(sign):
            return Opening(kind, line[len(sign) :].lstrip())
    return None


def _word(line: str, words: Mapping[str, str]) -> Opening | None:
    word = _WORD.match(line)
    kind = words.get(fold_case(word[1])) if word else None
    return Opening(kind, line[word.end() :].lstrip()) if word and kind else None


def _bullet(line: str) -> Opening | None:
    """A bullet set close to its text is one only before a word, so that -5, +1 and *so* keep their sign."""
    bullet = _BULLET.match(line)
    if bullet is None:
        return None
    sign, space, following = bullet.groups()
    rest = line[1:].lstrip()
    close = following.isalpha() or following in tuple("@#([\"'“«¿¡")
    if space or sign == "•" or (close and not (sign == "*" and "*" in rest)):
        return Opening("note", rest)
    return None


# ---------------------------------------------------------------- tokens


@dataclass(frozen=True, slots=True)
class Token:
    """A word that has the shape of a token; whether its value means anything is not known here.

    `sort` is person, tag, room, question, count, due, flag, or unknown for a shape without a meaning.
    `before` and `after` are the brackets, quotes and stops around it, which belong to the text.
    """

    sort: str
    value: str
    typed: str
    before: str = ""
    after: str = ""


_OPENING_SIGNS = "([{<\"'“„‘«"
_CLOSING_SIGNS = ".,;:!?…)]}>\"'”’»"
_VALUED = re.compile(r"(r|q|n|due):(?!//)(.+)", re.IGNORECASE | re.DOTALL)
_SORTS = {"r": "room", "q": "question", "n": "count", "due": "due"}
_TAG = re.compile(r"\w[\w-]*")
_FLAG = re.compile(r"/([^\W\d_]+)")
_PAIRS = {"(": ")", "[": "]", "{": "}", "<": ">", '"': '"', "'": "'", "“": "”", "„": "“", "‘": "’", "«": "»"}


def token(word: str) -> Token | None:
    """The token that a word between blanks may be, or None for plain text."""
    if not any(sign in word for sign in "@#/:"):
        return None
    inner = word.lstrip(_OPENING_SIGNS)
    body = inner.rstrip(_CLOSING_SIGNS)
    before, after = word[: len(word) - len(inner)], inner[len(body) :]
    found = _shape(body)
    if found is None:
        return None
    while before and after.startswith(_PAIRS[before[-1]]):
        before, after = before[:-1], after[1:]
    return Token(*found, typed=body, before=before, after=after)


def _shape(body: str) -> tuple[str, str] | None:
    sign, value = body[:1], body[1:]
    if sign == "@" and any(letter.isalnum() for letter in value):
        return "person", re.sub(r"['’]s$", "", value)
    if sign == "#" and any(letter.isalpha() for letter in value):
        return ("tag" if _TAG.fullmatch(value) else "unknown"), value
    flag = _FLAG.fullmatch(body)
    if flag:
        name = fold_case(flag[1])
        return ("flag" if name in FLAGS else "unknown"), name
    valued = _VALUED.fullmatch(body)
    return (_SORTS[valued[1].lower()], valued[2]) if valued else None


def small_number(text: str, most: int) -> int | None:
    """A whole number from 1 to `most` in plain digits, else None."""
    if not re.fullmatch(r"[0-9]{1,6}", text):
        return None
    number = int(text)
    return number if 1 <= number <= most else None


# ---------------------------------------------------------------- what is left as text


_STOPS = ".,;:!?…"


class Remainder:
    """The text of a line while its tokens are taken out: spacing stays as typed, no word gets lost.

    Stops behind a token move to the word before it; a comma only if more text follows.
    """

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._gap = ""
        self._comma = ""
        self._opened = ""

    def keep(self, gap: str, word: str) -> None:
        self._widen(gap)
        if self._parts:
            self._parts += [self._comma, self._gap]
        self._parts.append(self._opened + word)
        self._gap = self._comma = self._opened = ""

    def drop(self, gap: str, taken: Token) -> None:
        self._widen(gap)
        self._opened += taken.before
        if not taken.after or not self._parts:
            return
        is_stopped = self._parts[-1][-1] in _STOPS
        if not taken.after.strip(",;:"):
            self._comma = "" if is_stopped else taken.after
        elif not is_stopped or taken.after[0] not in _STOPS:
            self._parts.append(taken.after)

    @property
    def text(self) -> str:
        return "".join(self._parts) + self._opened if self._parts else ""

    def _widen(self, gap: str) -> None:
        if "\n" in gap or not self._gap:
            self._gap = gap or self._gap


# ---------------------------------------------------------------- dates

_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_LONG_PAST = timedelta(days=31)


def due_date(text: str, day: date | None) -> date | None:
    """The date that `text` names, seen from the session's `day` (None: only whole dates are understood).

    A weekday is the next one after `day`, never `day` itself. A day and month are those of the session's
    year, or of the next one when they passed more than a month before the session.
    """
    text = fold_case(text)
    try:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            return date.fromisoformat(text)
        return _relative(text, day) if day else None
    except (ValueError, OverflowError):
        return None


def _relative(text: str, day: date) -> date | None:
    if text in ("today", "tomorrow"):
        return day + timedelta(days=text == "tomorrow")
    if step := re.fullmatch(r"\+([0-9]{1,4})([dw])", text):
        return day + timedelta(days=int(step[1]) * (7 if step[2] == "w" else 1))
    if named := re.fullmatch(r"([0-9]{1,2})([a-z]{3,9})", text):
        return _day_and_month(int(named[1]), named[2], day)
    weekday = _index_of(text, _DAYS)
    if weekday is None:
        return None
    return day + timedelta(days=(weekday - day.weekday() - 1) % 7 + 1)


def _day_and_month(number: int, name: str, day: date) -> date | None:
    month = _index_of(name, _MONTHS)
    if month is None:
        return None
    for year in (day.year, day.year + 1):
        try:
            found = date(year, month + 1, number)
        except ValueError:
            continue
        if found >= day - _LONG_PAST:
            return found
    return None


def _index_of(text: str, names: tuple[str, ...]) -> int | None:
    """Where the only name stands that begins with `text`; fewer than three letters name nothing."""
    if len(text) < 3:
        return None
    return next((index for index, name in enumerate(names) if name.startswith(text)), None)

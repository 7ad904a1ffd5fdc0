"""The capture line: what a typed line means where and when it is typed.

Owns the reading of a line into a capture or a command, and a capture as the log folds it. It must not know
how captures are kept, drawn or exported. Nothing is ever refused: what is not understood stays in the text
and is named in `unsure`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from facilitator_tui.core.events import CaptureAdded, CaptureContent, instant_text
from facilitator_tui.core.grammar import (
    BUILT_IN_KINDS,
    Opening,
    Remainder,
    Token,
    due_date,
    kind_words,
    kinds_of,
    opening,
    small_number,
    token,
)
from facilitator_tui.core.plan import KindWording, Roster
from facilitator_tui.core.roster import id_of
from facilitator_tui.core.text import clean, fold_case

__all__ = [
    "BUILT_IN_KINDS",
    "COMMANDS",
    "Capture",
    "Command",
    "Context",
    "Nothing",
    "as_json",
    "kind_words",
    "kinds_of",
    "line_of",
    "parse",
    "read_capture",
]

COMMANDS: Mapping[str, str] = {
    "undo": "none",
    "edit": "none",
    "off": "none",
    "purge": "none",
    "room": "word",
    "q": "word",
    "kind": "word",
    "by": "text",
    "find": "text",
}
"""Commands of the line and what they take. With more behind them than that, they are the text of a note."""

_COMMAND = re.compile(r"/([^\W\d_]+)(?:\s+(.*))?", re.DOTALL)
_ROOM_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_MOST_QUESTIONS = 99
_MOST_ROOMS = 999
_MOST_COUNTED = 99_999
_MOST_NAMES = 100
"""Different names looked up in one line; a line of thousands of them was not typed by anybody."""


@dataclass(frozen=True, slots=True)
class Context:
    """What the console knows while a line is typed; a line takes its item, room and question from here."""

    item: str = ""
    room: str = ""
    question: int = 0
    session_day: date | None = None
    kinds: Mapping[str, KindWording] = field(default_factory=dict)
    """The plan's `[kinds]`."""
    roster: Roster = field(default_factory=Roster)
    rooms: tuple[str, ...] = ()
    """Ids of the rooms there are now; while there are none, any id is taken."""
    tags: tuple[str, ...] = ()
    """Tags already in use: the theme, those of the session, those typed before. Their spelling is kept."""


@dataclass(frozen=True, slots=True)
class Command:
    """A line that asks the console for something. `argument` is empty when none was typed."""

    name: str
    argument: str = ""


@dataclass(frozen=True, slots=True)
class Nothing:
    """An empty line."""


@dataclass(frozen=True, slots=True)
class Capture:
    """A capture as folded from its events. `at` is the instant it was first said, in UTC."""

    id: str
    at: datetime
    content: CaptureContent
    versions: tuple[str, ...]
    """Ids of the events whose versions stand now: that of `content`, then those of `others`."""
    others: tuple[CaptureContent, ...] = ()
    """Versions made elsewhere at the same time; they stay visible until somebody chooses."""
    removed: bool = False


def parse(line: str, context: Context) -> CaptureAdded | Command | Nothing:
    """What a line means. Never raises; the line as typed (made safe to keep) is always in `raw`."""
    raw = clean(line, newlines=True)
    if not raw.strip():
        return Nothing()
    return _command(raw.strip()) or read_capture(raw, context)


def _command(line: str) -> Command | None:
    found = _COMMAND.fullmatch(line)
    if found is None:
        return None
    name, argument = fold_case(found[1]), (found[2] or "").strip()
    takes = COMMANDS.get(name)
    fits = {"none": not argument, "word": len(argument.split()) <= 1, "text": True}
    return Command(name, argument) if takes and fits[takes] else None


def read_capture(line: str, context: Context) -> CaptureAdded:
    """Read a line as a capture even if it looks like a command: what was pasted never gives orders."""
    raw = clean(line, newlines=True)
    literal = raw.lstrip()
    if literal.startswith("'") and literal[1:].strip():
        return CaptureAdded(raw, literal[1:], item=context.item, room=context.room, question=context.question)
    return _Reader(context).read(raw, opening(raw, kind_words(context.kinds)))


class _Reader:
    """Reads the words behind a prefix: tokens into their fields, everything else into the text."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._people: list[str] = []
        self._named: dict[str, str] = {}
        self._tags: dict[str, str] = {}
        self._flags: list[str] = []
        self._unsure: list[str] = []
        self._room = context.room
        self._question = context.question
        self._count = 1
        self._due = ""

    def read(self, raw: str, start: Opening) -> CaptureAdded:
        if start.done:
            self._flags.append("done")
        text = self._text(start.rest)
        people = tuple(dict.fromkeys(self._people))
        is_action = start.kind == "action"
        return CaptureAdded(
            raw,
            text or start.rest.strip(),
            type=start.kind,
            item=self._context.item,
            room=self._room,
            question=self._question,
            by=() if is_action else people,
            owner=people if is_action else (),
            tags=tuple(self._tags.values()),
            count=self._count,
            due=self._due,
            flags=tuple(dict.fromkeys(self._flags)),
            unsure=tuple(dict.fromkeys(self._unsure)),
        )

    def _text(self, rest: str) -> str:
        remainder = Remainder()
        for spaced in re.finditer(r"(\s*)(\S+)", rest):
            gap, word = spaced.groups()
            found = token(word)
            if found is None:
                remainder.keep(gap, word)
            elif self._take(found):
                remainder.drop(gap, found)
            else:
                self._unsure.append(found.typed)
                remainder.keep(gap, word)
        return remainder.text

    def _take(self, found: Token) -> bool:
        """Put a token into its field; False when its value means nothing here."""
        match found.sort:
            case "person":
                return self._take_person(found.value)
            case "tag":
                self._tags.setdefault(fold_case(found.value), self._spelling(found.value))
            case "flag":
                self._flags.append(found.value)
            case "room":
                return self._take_room(found.value)
            case "due":
                day = due_date(found.value, self._context.session_day)
                self._due = day.isoformat() if day else self._due
                return day is not None
            case "question" | "count":
                return self._take_number(found)
            case _:
                return False
        return True

    def _take_person(self, name: str) -> bool:
        if name not in self._named and len(self._named) < _MOST_NAMES:
            self._named[name] = id_of(self._context.roster, name)
        who = self._named.get(name, "")
        self._people += [who] if who else []
        return bool(who)

    def _take_number(self, found: Token) -> bool:
        if found.sort == "question":
            number = small_number(found.value, _MOST_QUESTIONS)
            self._question = number or self._question
        else:
            number = small_number(found.value, _MOST_COUNTED)
            self._count = number or self._count
        return number is not None

    def _take_room(self, value: str) -> bool:
        room = room_of(value, self._context.rooms)
        self._room = room or self._room
        return bool(room)

    def _spelling(self, tag: str) -> str:
        folded = fold_case(tag)
        return next((known for known in self._context.tags if fold_case(known) == folded), tag)


def room_of(value: str, rooms: tuple[str, ...]) -> str:
    """The id of the room meant: one of `rooms`, any number, any id while there are none; else empty."""
    folded = fold_case(value)
    known = next((id for id in rooms if fold_case(id) == folded), "")
    number = small_number(value, _MOST_ROOMS)
    if known or number is not None:
        return known or str(number)
    return folded if not rooms and _ROOM_ID.fullmatch(folded) else ""


def line_of(content: CaptureContent) -> str:
    """The line as it was typed. `core.revision.line_to_edit` also knows lines that were pasted or merged."""
    return content.raw


def as_json(capture: Capture) -> dict[str, object]:
    """A capture as `captures --json` prints it."""
    content = capture.content
    return {
        "id": capture.id,
        "at": instant_text(capture.at.replace(microsecond=0)),
        "item": content.item or None,
        "kind": content.type,
        "text": content.text,
        "raw": content.raw,
        "by": ", ".join(content.by) or None,
        "owner": list(content.owner),
        "tags": list(content.tags),
        "room": content.room or None,
        "question": content.question or None,
        "count": content.count,
        "due": content.due or None,
        "flags": list(content.flags),
        "unsure": list(content.unsure),
    }

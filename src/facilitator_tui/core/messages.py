"""Messages for the chat: which one fits this moment, in which language, with its `{fields}` filled.

Owns the names of fields and how they are filled. It must not know how a message reaches anybody: the console
copies it, a person sends it. Instants are aware datetimes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from facilitator_tui.core.plan import Item, MessageTemplate, Plan

_FIELD = re.compile(r"\{([^\W\d][\w-]*)\}")


@dataclass(frozen=True, slots=True)
class Moment:
    """What stands in the fields of a message now, as plain text. A field without a value shows `…`."""

    title: str = ""
    minutes: str = ""
    ends: str = ""
    """See `local_times` for people spread over time zones."""
    speaker: str = ""
    questions: str = ""
    question: str = ""
    rooms: str = ""
    next: str = ""
    mine: str = ""
    takeaways3: str = ""
    links: Mapping[str, str] = field(default_factory=dict)
    """The plan's `[links]`: `{call}`, `{pad}` and any other name."""


FIELDS = (*(part.name for part in fields(Moment) if part.name != "links"), "call", "pad")
"""Fields that every message may use; a plan's links add to them."""

EMPTY = "…"


def known_fields(links: Iterable[str] = ()) -> frozenset[str]:
    """Every field that a message of a plan with these links may use."""
    return frozenset((*FIELDS, *links))


def fill(text: str, moment: Moment) -> str:
    """A text with its fields filled. Braces that are no field, and unknown fields, stay as they were typed.

    What is filled in is never read again, so that `{` in a title stays text.
    """
    known = known_fields(moment.links)

    def value(found: re.Match[str]) -> str:
        name = found[1]
        if name not in known:
            return found[0]
        return (moment.links.get(name) or str(getattr(moment, name, ""))) or EMPTY

    return _FIELD.sub(value, text)


def in_language(template: MessageTemplate, language: str = "") -> str:
    """The text in a language by its two letters; the plan's own language where there is no translation."""
    return template.translations.get(language.strip().lower()[:2], template.text)


def languages(template: MessageTemplate, language: str = "") -> tuple[str, ...]:
    """The languages `L` steps through: the plan's own (empty when it names none), then the translations."""
    return (language, *(code for code in sorted(template.translations) if code != language))


def filled(template: MessageTemplate, moment: Moment, language: str = "") -> str:
    """A message ready to copy."""
    return fill(in_language(template, language), moment)


def numbered(questions: Sequence[str]) -> str:
    """Guiding questions as the lines of a message; a single one needs no number."""
    if len(questions) == 1:
        return questions[0]
    return "\n".join(f"{number}. {question}" for number, question in enumerate(questions, 1))


def room_lines(rooms: Iterable[tuple[str, Sequence[str]]]) -> str:
    """Rooms and who sits in them, one line a room."""
    return "\n".join(f"{name}: {', '.join(people)}" if people else name for name, people in rooms)


# ---------------------------------------------------------------- local times


def local_times(instant: datetime, home: ZoneInfo, zones: Iterable[str] = ()) -> str:
    """A clock time in the plan's zone, then where others are, each different time once.

    `zones` are the IANA names of people's zones, one for each person: the city that most of them share names
    a time. Names without a zone are left out. `+1d` marks another date than at home.
    """
    at_home = instant.astimezone(home)
    cities: dict[datetime, dict[str, int]] = {}
    for name in zones:
        zone = _zone(name)
        if zone is None:
            continue
        there = instant.astimezone(zone).replace(tzinfo=None)
        named = cities.setdefault(there, {})
        named[name] = named.get(name, 0) + 1
    others = [there for there in sorted(cities) if there != at_home.replace(tzinfo=None)]
    if not others:
        return f"{at_home:%H:%M}"
    parts = [f"{at_home:%H:%M} {_city(str(home))}"]
    for there in others:
        name = max(sorted(cities[there]), key=lambda zone: cities[there][zone])
        days = (there.date() - at_home.date()).days
        parts.append(f"{there:%H:%M}{f' {days:+d}d' if days else ''} {_city(name)}")
    return " · ".join(parts)


def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name) if name else None
    except (KeyError, ValueError, OSError):
        return None


def _city(zone: str) -> str:
    return zone.rsplit("/", 1)[-1].replace("_", " ")


# ---------------------------------------------------------------- the right one for this moment

NEAR_THE_END = timedelta(minutes=2)
_HALF = re.compile(r"\b(?:half|halftime|midway)\b")
_LAST = re.compile(r"\b(?:minutes?|last|closing|end)\b")
"""Ids that say when their message is due; others go by their place in the list."""


@dataclass(frozen=True, slots=True)
class Stage:
    """How far the session is: before it (neither live nor finished), in an item, or after it."""

    live: Item | None = None
    finished: bool = False
    rooms_total: timedelta | None = None
    """The length of the breakout clock while rooms run, else None."""
    rooms_remaining: timedelta = timedelta(0)
    copied: frozenset[str] = frozenset()
    """Ids of messages already copied during this item."""


def messages_of(plan: Plan, item: Item) -> tuple[MessageTemplate, ...]:
    """The messages of an item: its own, else those of its kind. Ids without a message are left out."""
    ids = plan.send.get(item.kind, ()) if item.send is None else item.send
    return tuple(message for message in map(plan.message, ids) if message)


def suggest(plan: Plan, stage: Stage) -> str:
    """The id of the message for this moment, or empty when none is due.

    Before the session that of its welcome, after it that of its close. Messages to the main chat are due when
    their item begins, also after rooms have closed; those to rooms while rooms run: one about half time from
    the middle on, the last one when two minutes are left, others spread between.
    """
    if stage.live is None:
        ids = plan.send.get("close" if stage.finished else "welcome", ())
        return next((id for id in ids if plan.message(id)), "")
    ready = messages_of(plan, stage.live)
    if stage.rooms_total:
        due = _due_in_rooms([one for one in ready if one.where in ("rooms", "room")], stage)
    else:
        due = [one for one in ready if one.where == "main"]
        due = due[:1] + [one for one in due[1:] if due[0].id in stage.copied]
    fresh = [one.id for one in due if one.id not in stage.copied]
    if stage.rooms_total:
        return fresh[-1] if fresh else ""
    return next(iter(fresh), due[0].id if due else "")


def _due_in_rooms(messages: list[MessageTemplate], stage: Stage) -> list[MessageTemplate]:
    assert stage.rooms_total is not None
    gone = stage.rooms_total - stage.rooms_remaining
    timed = sorted(
        ((_moment_of(one, index, len(messages), stage.rooms_total), index) for index, one in enumerate(messages))
    )
    due = [(moment, index) for moment, index in timed if moment <= gone]
    latest = [list(group) for _, group in groupby(due, key=lambda pair: pair[0])][-1:]
    return [messages[index] for group in latest for _, index in group]


def _moment_of(message: MessageTemplate, index: int, number: int, total: timedelta) -> timedelta:
    """When a message to the rooms is due, counted from their opening."""
    end = max(total - NEAR_THE_END, total / 2)
    if _HALF.search(message.id):
        return total / 2
    if _LAST.search(message.id) or index == number - 1:
        return end
    return min(total * (index + 1) / number, end)

"""Drafts of sessions from other people's programmes: pretalx or frab `schedule.json`, and iCalendar.

Owns how a day of such a programme becomes a session. A draft is text for the plan, which a person reads and
corrects; nothing of it is loaded by itself.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from facilitator_tui.core.durations import MINUTE
from facilitator_tui.core.text import clean, slug
from facilitator_tui.errors import FacilitatorError

_BREAK = re.compile(r"\b(break|lunch|coffee|pause|pausa|mittag|kaffee|dejeuner)\b", re.IGNORECASE)
_LONGEST_DAY = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class DraftItem:
    """One step of a draft; `start` is the wall clock of the programme."""

    title: str
    start: datetime
    length: timedelta
    speakers: tuple[str, ...] = ()
    room: str = ""

    @property
    def kind(self) -> str:
        if _BREAK.search(self.title):
            return "break"
        return "input" if self.speakers else "plenary"


@dataclass(frozen=True, slots=True)
class Draft:
    """One day as a session."""

    title: str
    day: date
    items: tuple[DraftItem, ...]

    def toml(self) -> str:
        """The session as it is written in `sessions.toml`; speakers are named in a note, ids are not guessed."""
        lines = [
            "[[session]]",
            f"id     = {_quoted(slug(self.title))}",
            f"date   = {self.day.isoformat()}",
            f"start  = {_quoted(f'{self.items[0].start:%H:%M}')}",
            f"title  = {_quoted(self.title)}",
            "agenda = [",
        ]
        return "\n".join([*lines, *(f"  {_row(item)}," for item in self.items), "]"]) + "\n"


def _row(item: DraftItem) -> str:
    fields = [
        f"minutes = {max(1, item.length // MINUTE)}",
        f'kind = "{item.kind}"',
        f"title = {_quoted(item.title)}",
        f'at = "{item.start:%H:%M}"',
    ]
    note = "; ".join(filter(None, (", ".join(item.speakers), item.room)))
    return "{ " + ", ".join([*fields, *([f"note = {_quoted(note)}"] if note else [])]) + " }"


def _quoted(text: str) -> str:
    """A TOML basic string; JSON's escapes are a part of TOML's."""
    return json.dumps(" ".join(clean(text).split()), ensure_ascii=False)


def _text(value: object) -> str:
    return " ".join(clean(value).split()) if isinstance(value, str) else ""


# ---------------------------------------------------------------- schedule.json


def from_schedule(text: str) -> tuple[Draft, ...]:
    """The days of a pretalx or frab schedule. FacilitatorError when it is none."""
    try:
        root = json.loads(text)
        conference = root["schedule"]["conference"]
        days = conference["days"]
        if not isinstance(days, list):
            raise TypeError
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise FacilitatorError(
            "The file is no schedule of pretalx or frab: export schedule.json and import that file."
        ) from error
    title = _text(conference.get("title")) or "Programme"
    drafts = (_day(day, title, number) for number, day in enumerate(days, 1) if isinstance(day, Mapping))
    return _some([draft for draft in drafts if draft])


def _day(day: Mapping[str, Any], title: str, number: int) -> Draft | None:
    rooms = day.get("rooms")
    talks = [
        (name, talk)
        for name, listed in (rooms.items() if isinstance(rooms, Mapping) else ())
        if isinstance(listed, list)
        for talk in listed
        if isinstance(talk, Mapping)
    ]
    several = len({name for name, _ in talks}) > 1
    items = [item for name, talk in talks if (item := _talk(talk, _text(day.get("date")), name if several else ""))]
    return _draft(f"{title}, day {number}", items)


def _talk(talk: Mapping[str, Any], day: str, room: str) -> DraftItem | None:
    start = _start(talk, day)
    length = _length(_text(talk.get("duration")))
    if start is None or length is None or not _text(talk.get("title")):
        return None
    persons = talk.get("persons")
    names = [
        _text(person.get("public_name") or person.get("name") or person.get("full_public_name"))
        for person in (persons if isinstance(persons, list) else ())
        if isinstance(person, Mapping)
    ]
    return DraftItem(_text(talk["title"]), start, length, tuple(filter(None, names)), _text(room))


def _start(talk: Mapping[str, Any], day: str) -> datetime | None:
    for text in (_text(talk.get("date")), f"{day}T{_text(talk.get('start'))}"):
        try:
            return datetime.fromisoformat(text).replace(tzinfo=None)
        except ValueError:
            continue
    return None


def _length(text: str) -> timedelta | None:
    """`HH:MM`, or `D:HH:MM` for talks of days."""
    numbers = [int(part) for part in text.split(":") if part.isdecimal()]
    if not 2 <= len(numbers) <= 3:
        return None
    days, hours, minutes = ([0] * (3 - len(numbers))) + numbers
    length = timedelta(days=days, hours=hours, minutes=minutes)
    return length if timedelta(0) < length <= _LONGEST_DAY else None


# ---------------------------------------------------------------- iCalendar


def from_calendar(text: str, zone: ZoneInfo) -> tuple[Draft, ...]:
    """The days of an iCalendar file on the clocks of `zone`. Events of whole days are left out."""
    from icalendar import Calendar

    try:
        events = Calendar.from_ical(text).walk("VEVENT")
        items = [item for event in events if (item := _event(event, zone))]
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, OverflowError) as error:
        raise FacilitatorError("The calendar can't be read: export it again as an .ics file.") from error
    by_day: dict[date, list[DraftItem]] = {}
    for item in items:
        by_day.setdefault(item.start.date(), []).append(item)
    drafts = []
    for day, listed in sorted(by_day.items()):
        title = listed[0].title if len(listed) == 1 else f"Programme of {day.isoformat()}"
        drafts.append(_draft(title, listed))
    return _some([draft for draft in drafts if draft])


def _event(event: Any, zone: ZoneInfo) -> DraftItem | None:
    begin, end = event.get("DTSTART"), event.get("DTEND")
    start = begin.dt if begin else None
    if not isinstance(start, datetime):
        return None
    if end is not None and isinstance(end.dt, datetime):
        length = _on_clock(end.dt, zone) - _on_clock(start, zone)
    else:
        given = event.get("DURATION")
        length = given.dt if given is not None and isinstance(given.dt, timedelta) else timedelta(0)
    if not timedelta(0) < length <= _LONGEST_DAY:
        return None
    title = _text(str(event.get("SUMMARY") or "")) or "Untitled"
    return DraftItem(title, _on_clock(start, zone), length)


def _on_clock(moment: datetime, zone: ZoneInfo) -> datetime:
    local = moment.astimezone(zone) if moment.tzinfo else moment
    return local.replace(tzinfo=None)


def _draft(title: str, items: Iterable[DraftItem]) -> Draft | None:
    ordered = sorted(items, key=lambda item: (item.start, item.room, item.title))
    return Draft(title, ordered[0].start.date(), tuple(ordered)) if ordered else None


def _some(drafts: Sequence[Draft]) -> tuple[Draft, ...]:
    if not drafts:
        raise FacilitatorError("The file has no event with a start and an end: there is no agenda to draft.")
    return tuple(drafts)

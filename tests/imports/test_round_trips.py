"""Whoever is written into a report by its published columns is read out of it again, and nobody else."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facilitator_tui.core.plan import Roster
from facilitator_tui.imports import Import, read

BERLIN = ZoneInfo("Europe/Berlin")
START = datetime(2020, 9, 29, 15, 0)
TO = re.compile(r" (?:a|an|à|to) (?=\S)")
"""The word between sender and receiver in the languages of Zoom: in a name it can't be told from that."""
LETTERS = "abcdefgh ijkXYZ éüñßłø 日本語 кий ' - , \" ; 7 ."


@dataclass(frozen=True)
class Came:
    """Somebody in a report."""

    name: str
    email: str
    joined: datetime
    left: datetime

    @property
    def minutes(self) -> int:
        return (self.left - self.joined) // timedelta(minutes=1)


@st.composite
def crowds(draw: st.DrawFn) -> list[Came]:
    """People of different names; as many have a mail address as have none."""
    stems = draw(st.lists(st.text(st.sampled_from(LETTERS), max_size=14), min_size=1, max_size=12))
    people = []
    for number, stem in enumerate(stems):
        name = " ".join(f"N{number} {stem} Q".split())
        joined = START + timedelta(seconds=draw(st.integers(0, 3000)))
        left = joined + timedelta(seconds=draw(st.integers(60, 4000)))
        people.append(Came(name, draw(st.sampled_from(("", f"p{number}@example.org"))), joined, left))
    return people


def rows(lines: Sequence[Sequence[object]], delimiter: str = ",") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\r\n").writerows(lines)
    return out.getvalue()


def us(moment: datetime) -> str:
    return f"{moment:%m/%d/%Y %I:%M:%S %p}"


def zoom_participants(people: Sequence[Came]) -> bytes:
    head = "Name (original name),Email,Join time,Leave time,Duration (minutes),Guest,Recording disclaimer response"
    body = [(one.name, one.email, us(one.joined), us(one.left), one.minutes, "No", "OK") for one in people]
    meeting = [
        ("Topic", "ID", "Host name", "Duration (minutes)", "Start time", "End time", "Participants"),
        ("Tuesday, all", "123 456 789", "Host", 120, us(START), us(START), len(people)),
        (),
    ]
    return ("\ufeff" + rows([*meeting, head.split(","), *body])).encode()


def zoom_unique(people: Sequence[Came]) -> bytes:
    """Zoom's report with the box `Show unique users` ticked: minutes, and no clock times."""
    body = [(one.name, one.email, one.minutes, "Yes") for one in people]
    return rows([("Name (Original Name)", "User Email", "Total Duration (Minutes)", "Guest"), *body]).encode()


def zoom_webinar(people: Sequence[Came]) -> bytes:
    def when(moment: datetime) -> str:
        return f"{moment:%b %d, %Y %H:%M:%S}"

    head = (
        *("Attended", "User Name (Original Name)", "First Name", "Last Name", "Email", "Registration Time"),
        *("Approval Status", "Join Time", "Leave Time", "Time in Session (minutes)", "Is Guest", "Country/Region Name"),
    )
    body = [
        (
            *("Yes", one.name, "x", "y", one.email, "Sep 20, 2020 13:00:00", "approved"),
            *(when(one.joined), when(one.left), one.minutes, "No", "Kenya"),
        )
        for one in people
    ]
    return rows(
        [
            ("Attendee Report",),
            ("Report Generated:", "Sep 29, 2020 5:30 PM"),
            ("Topic", "Webinar ID", "Actual Start Time", "Actual Duration (minutes)", "# Registered"),
            ("Tuesday", "123", "Sep 29, 2020 3:00 PM", 120, len(people)),
            (),
            ("Attendee Details", ""),
            head,
            *body,
        ]
    ).encode()


def zoom_registration(people: Sequence[Came]) -> bytes:
    head = ("First Name", "Last Name", "Email", "Organization", "Registration Time", "Approval Status")
    halves = [one.name.partition(" ") for one in people]
    body = [
        (first, last, one.email, "", "Sep 20, 2020 1:00 PM", "approved")
        for one, (first, _, last) in zip(people, halves, strict=True)
    ]
    return rows(
        [
            ("Registration Report",),
            ("Report Generated:", "Sep 28, 2020 10:00 AM"),
            ("Topic", "Meeting ID", "Scheduled Time", "Duration (minutes)"),
            ("Tuesday", "123", "Sep 29, 2020 3:00 PM", 120),
            (),
            ("Attendee Details",),
            head,
            *body,
        ]
    ).encode()


def teams(people: Sequence[Came]) -> bytes:
    def when(moment: datetime) -> str:
        return f"{moment:%m/%d/%y, %I:%M:%S %p}"

    summary = [
        ("1. Summary",),
        ("Meeting title", "Tuesday"),
        ("Attended participants", len(people)),
        ("Start time", when(START)),
        ("Average attendance time", "1h 2m"),
        (),
    ]
    second = [
        ("2. Participants",),
        ("Name", "First Join", "Last Leave", "In-Meeting Duration", "Email", "Participant ID (UPN)", "Role"),
        *((one.name, when(one.joined), when(one.left), "1h", one.email, one.email, "Attendee") for one in people),
        (),
    ]
    third = [
        ("3. In-Meeting Activities",),
        ("Name", "Join Time", "Leave Time", "Duration", "Email", "Role"),
        *((one.name, when(one.joined), when(one.left), "1h", one.email, "Attendee") for one in people),
    ]
    return rows([*summary, *second, *third], "\t").encode("utf-16")


def big_blue_button(people: Sequence[Came]) -> bytes:
    head = (
        *("Name", "Moderator", "Activity Score", "Talk time", "Webcam Time", "Messages", "Emojis", "Poll Votes"),
        *("Raise Hands", "Join", "Left", "Duration"),
    )
    body = [
        (one.name, "FALSE", "2.0", "00:01:00", "00:00:00", 1, 0, 1, 0, f"{one.joined}", f"{one.left}", "01:00:00")
        for one in people
    ]
    return rows([head, *body]).encode()


def plain(people: Sequence[Came]) -> bytes:
    return rows([("Name", "E-Mail"), *((one.name, one.email) for one in people)], ";").encode("utf-8-sig")


FORMATS: dict[str, tuple[Callable[[Sequence[Came]], bytes], str, str, bool]] = {
    "zoom participants": (zoom_participants, "presence", "Zoom participants", True),
    "zoom unique users": (zoom_unique, "presence", "Zoom participants", False),
    "zoom webinar": (zoom_webinar, "presence", "Zoom webinar", True),
    "zoom registration": (zoom_registration, "people", "Zoom registration", False),
    "teams": (teams, "presence", "Teams", True),
    "big blue button": (big_blue_button, "presence", "BigBlueButton", True),
    "plain": (plain, "people", "", False),
}
"""How a format is written; what it is taken for, its source, and whether it has clock times."""
WITHOUT_MAIL = frozenset(("big blue button",))


def taken(content: bytes) -> Import:
    return read(content, None, Roster(), BERLIN)


@pytest.mark.parametrize("name", FORMATS)
@settings(deadline=None, max_examples=40)
@given(people=crowds())
def test_everybody_who_is_written_is_read(name: str, people: list[Came]) -> None:
    write, what, source, has_times = FORMATS[name]
    made = taken(write(people))
    assert (made.what, made.source) == (what, source)
    found = {(row.name, row.email): (row.joined, row.left) for row in made.people.unknown}
    assert found == {
        (one.name, "" if name in WITHOUT_MAIL else one.email): (one.joined, one.left) if has_times else (None, None)
        for one in people
    }


@settings(deadline=None, max_examples=60)
@given(crowds(), st.sampled_from(("old", "new", "file")))
def test_every_line_of_a_saved_chat_is_read_with_its_sender(people: list[Came], form: str) -> None:
    forms = {
        "old": "{at:%H:%M:%S}\t From  {name} : said by {name}\n",
        "new": "{at:%H:%M:%S} From {name} to Everyone:\n\tsaid by {name}\n",
        "file": "{at:%H:%M:%S}\t{name}:\tsaid by {name}\n",
    }
    names = [TO.sub(" ", one.name) for one in people]
    text = "".join(forms[form].format(at=one.joined, name=name) for one, name in zip(people, names, strict=True))
    made = taken(text.encode())
    assert made.what == "chat"
    assert [(line.sender, line.text) for line in made.lines] == [(name, f"said by {name}") for name in names]


@settings(deadline=None, max_examples=40)
@given(crowds())
def test_every_talk_of_a_schedule_is_in_the_draft(people: list[Came]) -> None:
    talks = [
        {
            "title": f"Talk of {one.name}",
            "date": f"{one.joined.replace(second=0).isoformat()}+02:00",
            "start": f"{one.joined:%H:%M}",
            "duration": "00:20",
            "persons": [{"public_name": one.name}],
        }
        for one in people
    ]
    days = [{"index": 1, "date": "2020-09-29", "rooms": {"Main": talks}}]
    schedule = {"schedule": {"version": "1", "conference": {"title": "Week", "days": days}}}
    [draft] = taken(json.dumps(schedule).encode()).drafts
    assert {(item.title, item.speakers) for item in draft.items} == {
        (f"Talk of {one.name}", (one.name,)) for one in people
    }


@settings(deadline=None, max_examples=40)
@given(crowds())
def test_every_event_of_a_calendar_is_in_the_draft(people: list[Came]) -> None:
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//test//EN")
    calendar.add("version", "2.0")
    for number, one in enumerate(people):
        event = icalendar.Event()
        event.add("uid", f"{number}")
        event.add("summary", one.name)
        event.add("dtstart", one.joined.replace(tzinfo=BERLIN))
        event.add("dtend", one.left.replace(tzinfo=BERLIN))
        calendar.add_component(event)
    [draft] = taken(calendar.to_ical()).drafts
    assert {(item.title, item.start, item.start + item.length) for item in draft.items} == {
        (one.name, one.joined, one.left) for one in people
    }

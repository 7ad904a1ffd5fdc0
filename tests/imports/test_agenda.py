"""Programmes of other tools become drafts of sessions that the plan can load."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

from facilitator_tui.core.plan import Roster
from facilitator_tui.imports import Import, read
from facilitator_tui.store.plan_file import load_plan

SCHEDULE = {
    "schedule": {
        "version": "1.0",
        "conference": {
            "acronym": "plw",
            "title": 'Peer [Learning] "Week"',
            "start": "2020-09-29",
            "daysCount": 2,
            "timeslot_duration": "00:05",
            "days": [
                {
                    "index": 1,
                    "date": "2020-09-29",
                    "rooms": {
                        "Main": [
                            {
                                "title": "Coffee break",
                                "start": "15:20",
                                "duration": "00:10",
                                "date": "2020-09-29T15:20:00+02:00",
                            },
                            {
                                "title": "Crisis partnering",
                                "start": "15:00",
                                "duration": "00:20",
                                "date": "2020-09-29T15:00:00+02:00",
                                "persons": [{"id": 1, "public_name": "Darian Stibbe"}],
                            },
                            {"title": "broken", "start": "late", "duration": "?"},
                        ],
                        "Side": [{"title": "Clinic", "start": "15:00", "duration": "00:30", "persons": []}],
                    },
                },
                {"index": 2, "date": "2020-09-30", "rooms": {"Main": []}},
            ],
        },
    }
}

CALENDAR = """\
BEGIN:VCALENDAR\r
VERSION:2.0\r
PRODID:-//x//y//EN\r
BEGIN:VEVENT\r
UID:1\r
DTSTART:20200929T130000Z\r
DTEND:20200929T132000Z\r
SUMMARY:Welcome\\, all\r
END:VEVENT\r
BEGIN:VEVENT\r
UID:2\r
DTSTART;TZID=Europe/Berlin:20200929T152000\r
DURATION:PT40M\r
SUMMARY:Groups\r
END:VEVENT\r
BEGIN:VEVENT\r
UID:3\r
DTSTART;VALUE=DATE:20200930\r
SUMMARY:A holiday\r
END:VEVENT\r
END:VCALENDAR\r
"""


def taken(text: str) -> Import:
    return read(text.encode(), None, Roster(), ZoneInfo("Europe/Berlin"))


def test_a_day_of_a_schedule_is_a_session_with_its_talks_in_order() -> None:
    [draft] = taken(json.dumps(SCHEDULE)).drafts
    assert draft.day == date(2020, 9, 29)
    assert [(item.title, item.kind, item.room) for item in draft.items] == [
        ("Crisis partnering", "input", "Main"),
        ("Clinic", "plenary", "Side"),
        ("Coffee break", "break", "Main"),
    ]
    assert draft.items[0].speakers == ("Darian Stibbe",)


def test_a_calendars_day_is_a_session_on_the_programmes_clock() -> None:
    [draft] = taken(CALENDAR).drafts
    assert [(item.title, f"{item.start:%H:%M}", item.length.seconds // 60) for item in draft.items] == [
        ("Welcome, all", "15:00", 20),
        ("Groups", "15:20", 40),
    ]


def test_a_draft_is_text_that_the_plan_loads(tmp_path: Path) -> None:
    for name, text in (("a", json.dumps(SCHEDULE)), ("b", CALENDAR)):
        path = tmp_path / f"{name}.toml"
        path.write_text('[programme]\ntitle = "P"\ntz = "Europe/Berlin"\n\n' + taken(text).agenda_toml, "utf-8")
        loaded = load_plan(path)
        assert loaded.plan is not None, loaded.problems
        assert f"{loaded.plan.sessions[0].start}" == "15:00:00"

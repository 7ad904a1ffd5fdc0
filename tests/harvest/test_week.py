"""The week drawn together, and its calendar."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import icalendar
from hypothesis import given, settings
from hypothesis import strategies as st

from core.calls import item, plan_of
from facilitator_tui.core.plan import Participant, Plan, Roster
from facilitator_tui.core.run import Seating
from facilitator_tui.harvest.export import files
from facilitator_tui.harvest.ics import calendar
from facilitator_tui.harvest.ink import one_line
from facilitator_tui.harvest.room_lists import file_name, without_mail, zoom
from harvest.tuesday import call_of, real_week, tuesday, typed

NOW = datetime(2020, 9, 29, 18, 0, tzinfo=UTC)
LATER = NOW + timedelta(days=1)


def read(text: str) -> list[icalendar.Event]:
    return list(icalendar.Calendar.from_ical(text).walk("VEVENT"))


def test_the_calendar_is_read_back_by_the_icalendar_library() -> None:
    events = read(calendar(real_week(), NOW))
    assert [str(event["UID"]) for event in events] == [
        f"{day}.plw2020@facilitator" for day in ["mon", "tue", "wed", "thu", "fri"]
    ]
    assert events[1]["DTSTART"].dt == datetime(2020, 9, 29, 13, 0, tzinfo=UTC)
    assert events[1]["DTEND"].dt == datetime(2020, 9, 29, 15, 0, tzinfo=UTC)
    assert str(events[1]["SUMMARY"]).endswith(": Learning the lessons from crisis partnering")


def test_a_calendar_written_again_is_the_same_byte_for_byte() -> None:
    first = calendar(real_week(), NOW)
    assert calendar(real_week(), LATER, first) == first


def test_a_moved_session_gets_the_next_sequence_number_and_keeps_its_uid() -> None:
    plan = real_week()
    first = calendar(plan, NOW)
    moved = tuple(replace(one, start=timedelta(hours=16)) if one.id == "wed" else one for one in plan.sessions)
    events = read(calendar(replace(plan, sessions=moved), LATER, first))
    assert [event["SEQUENCE"] for event in events] == [0, 0, 1, 0, 0]
    assert [event["UID"] for event in events] == [event["UID"] for event in read(first)]
    assert events[2]["DTSTAMP"].dt == LATER


@settings(deadline=None, max_examples=80)
@given(st.text(max_size=120), st.text(max_size=60))
def test_any_title_is_folded_at_75_octets_and_comes_back(title: str, question: str) -> None:
    plan = plan_of([item("A", 10)])
    session = replace(plan.sessions[0], title=title, questions=(question,))
    text = calendar(replace(plan, sessions=(session,)), NOW)
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    [event] = read(text)
    assert str(event["SUMMARY"]) == one_line(f"Programme: {title}")


def test_sessions_without_a_date_are_not_in_the_calendar() -> None:
    assert read(calendar(plan_of([item("A", 10)], day=None, start=None), NOW)) == []


def week_files(plan: Plan | None = None) -> dict[str, str]:
    call = tuesday(plan)
    made = files([call.fold.run], call.plan, call.instant("18:00"), week=True)
    return {path: text.decode() for path, text in made.files.items()}


def test_the_digest_follows_the_theme_through_all_sessions() -> None:
    tue = tuesday()
    mon = call_of(real_week(), "mon")
    mon.do("15:00", "start")
    typed(mon, "15:01", "equity begins with the invitation #Equity")
    made = files([mon.fold.run, tue.fold.run], real_week(), tue.instant("18:00"), week=True)
    digest = made.files["week/digest.md"].decode()
    thread = digest[digest.index("## The red thread: equity") :]
    assert thread.index("equity begins with the invitation – Mon 28 Sep") < thread.index("the loudest organisation")


def test_the_digest_leads_from_an_idea_to_its_result() -> None:
    row = next(line for line in week_files()["week/digest.md"].splitlines() if line.startswith("| What did the crisis"))
    assert row.endswith("| 12 | Learning the lessons from crisis partnering | Build trust before you need it |")


def test_an_article_never_holds_what_is_only_for_the_team() -> None:
    made = week_files()
    assert "argued for three months" in made["tue/notes.md"]
    assert "argued for three months" not in made["week/article.md"]
    assert "his director" not in made["week/article.md"]


def test_a_week_without_any_call_has_all_its_files() -> None:
    made = files([], real_week(), NOW, week=True)
    assert sorted(made.files) == [
        "week/actions.csv",
        "week/actions.md",
        "week/actions.todo.txt",
        "week/article.md",
        "week/digest.md",
        "week/week.ics",
    ]


def test_zooms_room_list_has_exactly_its_two_columns() -> None:
    people = (Participant("a", "Ann", email="a@x.org"), Participant("b", "Bo"), Participant("c", "Cy", email="c@x.org"))
    seating = Seating(("1", "2"), ("Room 1", "=Room, 2"), (("a", "b"), ("c",)))
    text = zoom(seating, Roster(people))
    assert text == 'Pre-assign Room Name,Email Address\nRoom 1,a@x.org\n"\'=Room, 2",c@x.org\n'
    assert len(list(csv.reader(io.StringIO(text)))) == 3
    assert without_mail(seating, Roster(people)) == ("Bo",)
    assert file_name("groups", 2) == "rooms-groups-2.csv"


def test_room_lists_with_addresses_are_in_the_teams_export_only() -> None:
    plan = real_week()
    people = tuple(replace(one, email=f"{one.id}@example.org") for one in plan.roster.people)
    call = tuesday(replace(plan, roster=replace(plan.roster, people=people)))
    team, public = (files([call.fold.run], call.plan, NOW, edition).files for edition in ("team", "public"))  # type: ignore[arg-type]
    assert team["tue/rooms-groups-1.csv"].startswith(b"Pre-assign Room Name,Email Address\nRoom 1,p01@example.org\n")
    assert not any(b"@example.org" in text for text in public.values())
    assert not any(b"@example.org" in text for path, text in team.items() if "rooms" not in path)


def test_the_mail_to_the_missed_is_the_plans_own_message_filled() -> None:
    text = week_files()["tue/mail-missed.txt"]
    flat = " ".join(text.split())
    assert "In three lines: Build trust before you need it; Agree in calm times how to decide in a hurry" in flat
    assert max(map(len, text.splitlines())) <= 72

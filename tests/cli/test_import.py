"""`facilitator import`: what a file would change is shown, and taken only when somebody agrees."""

from __future__ import annotations

import pytest

from cli.commandline import CommandLine

AT = "2020-09-28T15:02"

ZOOM = """Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest
Participant 01,p01@example.org,09/28/2020 02:55:10 PM,,40,Yes
Participant 01,p01@example.org,09/28/2020 03:01:00 PM,,34,Yes
Participant 3,,09/28/2020 02:59:41 PM,,35,Yes
"""

CHAT = """14:58:20 From Participant 09 to Everyone: what does equity cost?
14:58:41 From Participant 13 to Everyone: what does equity cost?
14:59:05 From Participant 20 to Everyone: good evening
"""

CALENDAR = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//example//EN
BEGIN:VEVENT
UID:one@example.org
SUMMARY:A call of ours
DTSTART:20260310T080000Z
DTEND:20260310T093000Z
END:VEVENT
END:VCALENDAR
"""


@pytest.fixture
def files(week: CommandLine) -> CommandLine:
    for name, text in (("presence.csv", ZOOM), ("chat.txt", CHAT), ("week.ics", CALENDAR)):
        (week.folder / name).write_text(text, encoding="utf-8")
    return week


def test_without_a_terminal_and_a_yes_a_file_is_shown_and_nothing_taken(files: CommandLine) -> None:
    answer = files.ok("import", "presence.csv", "--as", "presence", at=AT)
    assert "matched  Participant 01" in answer.out
    assert "nothing was taken yet; with --yes: 1 person marked as here" in answer.err
    assert files.log("--session", "mon") == []


def test_presence_marks_the_matched_people_once_and_shows_the_others(files: CommandLine) -> None:
    answer = files.ok("import", "presence.csv", "--as", "presence", "--yes", at=AT)
    assert [(event["kind"], event["person"]) for event in files.log("--session", "mon")] == [("person.arrived", "p01")]
    assert "unknown  Participant 3" in answer.out
    assert "1 person marked as here" in answer.out


def test_presence_of_people_who_are_here_already_changes_nothing(files: CommandLine) -> None:
    files.ok("do", "here", "p01", at=AT)
    assert "nothing to take" in files.ok("import", "presence.csv", "--as", "presence", "--yes", at=AT).err


def test_people_who_are_unknown_join_the_session(files: CommandLine) -> None:
    files.ok("import", "presence.csv", "--as", "people", "--yes", at=AT)
    assert [event["name"] for event in files.log("--session", "mon")] == ["Participant 3"]


def test_unknown_people_whose_names_look_alike_all_join(files: CommandLine) -> None:
    files.folder.joinpath("alike.csv").write_text("Name\nPat Doe\nPat-Doe\n", encoding="utf-8")
    files.ok("import", "alike.csv", "--as", "people", "--yes", at=AT)
    assert len({event["person"] for event in files.log("--session", "mon")}) == 2


def test_rows_with_an_address_and_no_name_are_shown_by_it_and_nobody_is_made_of_them(files: CommandLine) -> None:
    files.folder.joinpath("mails.csv").write_text("Email\nsomebody@example.org\n", encoding="utf-8")
    answer = files.ok("import", "mails.csv", "--as", "people", "--yes", at=AT)
    assert "unknown  somebody@example.org" in answer.out
    assert "nothing to take" in answer.err


def test_a_name_with_a_comma_in_a_file_is_one_person(files: CommandLine) -> None:
    files.folder.joinpath("comma.csv").write_text('Name,Email\n"Quill, Zora",\n', encoding="utf-8")
    files.ok("import", "comma.csv", "--as", "people", "--yes", at=AT)
    assert [event["name"] for event in files.log("--session", "mon")] == ["Quill, Zora"]


def test_a_chat_that_was_saved_again_adds_its_new_lines_only(files: CommandLine) -> None:
    files.ok("import", "chat.txt", "--yes", at=AT)
    once = [capture["text"] for capture in files.captures()]
    files.ok("import", "chat.txt", "--yes", at=AT)
    assert [capture["text"] for capture in files.captures()] == once


def test_a_chat_becomes_captures_that_count_what_several_wrote(files: CommandLine) -> None:
    files.ok("import", "chat.txt", "--yes", at=AT)
    taken = [(one["text"], one["count"]) for one in files.captures("--session", "mon")]
    assert taken == [("what does equity cost?", 2), ("good evening", 1)]


def test_an_agenda_is_printed_as_a_plan_and_never_taken(files: CommandLine) -> None:
    answer = files.ok("import", "week.ics", "--as", "agenda", at=AT)
    assert "[[session]]" in answer.out
    assert "A call of ours" in answer.out
    files.plan(answer.out, "draft/sessions.toml")
    files.ok("check", "draft")


def test_what_is_shown_can_be_read_by_a_program(files: CommandLine) -> None:
    found = files("import", "presence.csv", "--as", "presence", "--json", at=AT).json
    assert found["matched"] == [{"name": "Participant 01", "person": "p01", "by": "name"}]
    assert found["unknown"] == ["Participant 3"]
    assert found["taken"] is False


def test_a_program_learns_that_a_file_was_taken(files: CommandLine) -> None:
    assert files.ok("import", "presence.csv", "--as", "presence", "--json", "--yes", at=AT).json["taken"] is True
    assert files.ok("import", "presence.csv", "--as", "presence", "--json", "--yes", at=AT).json["taken"] is False


@pytest.mark.parametrize("name", ["nothing.csv", "."])
def test_a_file_that_is_not_there_is_one_sentence(files: CommandLine, name: str) -> None:
    assert "check the path" in files.refused("import", name)

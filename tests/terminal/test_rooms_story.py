"""Monday's breakout in a real terminal: planned, changed for those who came and went, turned by its own clock."""

from __future__ import annotations

import base64
import csv
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from terminal.person import Person

pytestmark = pytest.mark.terminal

WEEK = Path(__file__).parents[2] / "sessions.toml"
SPEED = "30"
COPIED = re.compile(rb"\x1b\]52;[a-z]*;([A-Za-z0-9+/=]+)(?:\x07|\x1b\\)")


@pytest.fixture
def week(tmp_path: Path) -> Path:
    """The real week, with mail addresses for those who sit in rooms, and a breakout of five minutes on Monday."""
    text = WEEK.read_text(encoding="utf-8")
    text = re.sub(r'\{ id = "(p\d\d)",', r'{ id = "\1", email = "\1@example.org",', text)
    text = text.replace('minutes = 30, least = 20, title = "Deep dive', 'minutes = 5, title = "Deep dive')
    (tmp_path / "sessions.toml").write_text(text, encoding="utf-8")
    return tmp_path


def without_tools(folder: Path) -> dict[str, str]:
    """Surroundings in which copying goes through the terminal, so that it can be read back."""
    empty = folder / "bin"
    empty.mkdir()
    return {"PATH": str(empty), "DISPLAY": "", "WAYLAND_DISPLAY": ""}


def copied(person: Person, number: int) -> str:
    """What was put into the clipboard the `number`-th time."""
    person.sees_bytes(COPIED, number)
    return base64.b64decode(COPIED.findall(bytes(person.raw))[number - 1]).decode()


def test_a_breakout_lives_through_late_people_absent_ones_and_its_change_of_rooms(week: Path) -> None:
    arguments = ("rehearse", "--speed", SPEED, "--session", "mon")
    with Person(*arguments, folder=week, size=(120, 40), env=without_tools(week)) as person:
        person.sees("Agenda")
        person.press("r")
        person.sees("24 people to seat")
        person.press("P")
        person.sees(r"Room 1 +5 people")
        person.sees("of 276 pairs have met")
        person.press("w")
        person.sees("Who is here")
        person.type("all\r")
        person.sees("here 24/24|here 24 of 24")
        person.type("+Dana\r")
        person.sees("Dana is here")
        person.type("07")
        person.sees("Participant 07 is away")
        person.type("12")
        person.sees("Participant 12 is away")
        person.press("escape")
        person.sees("Agenda")
        person.press("r")
        person.sees("2 of those seated are away, 1 here has no seat")
        person.press("P")
        person.sees("a preview, nothing has changed")
        moved = person.sees(r"(\d+) (?:person changes|people change) rooms|nobody moves")
        assert int(moved[1] or 0) <= 4
        person.press("enter")
        person.sees_no_more("a preview")
        person.sees_no_more("of those seated")
        person.press("1")
        person.press("s")
        person.sees("▶")
        for _ in range(6):
            person.press("j")
        person.press("enter")
        person.sees("enter yes|Deep dive in groups started|▶.*Deep dive")
        person.press("y")
        person.sees(r"breakout · item 6 of 8|▶.*Deep dive")
        person.press("r", "t")
        person.sees("round 1 of 2 · ")
        person.press("y")
        listed = copied(person, 1)
        assert listed.startswith("Room 1: ") and "Dana" in listed
        assert "Participant 07" not in listed and "Participant 12" not in listed
        person.press("Z")
        person.sees("written: 2 files for Zoom")
        person.sees("round 2 of 2 · ")
        person.press("y")
        second = copied(person, 2)
        person.press("M", "M")
        person.sees("From round 1 to round 2")
        person.press("y")
        moves = copied(person, 3).splitlines()
        assert moves and all(re.fullmatch(r"\S.+: Room \d → Room \d", line) for line in moves)
        person.press("q")
        assert person.leaves() == 0
    seated = [who_is_where(week / "export" / "mon" / f"rooms-groups-{number}.csv") for number in (1, 2)]
    assert [len(one) for one in seated] == [22, 22]
    assert [in_the_list(one) for one in (listed, second)] == [in_the_files(one) for one in seated]
    assert followed(in_the_list(listed), moves) == in_the_list(second) != in_the_list(listed)


def who_is_where(path: Path) -> dict[str, str]:
    with path.open(newline="", encoding="utf-8") as file:
        return {row["Email Address"]: row["Pre-assign Room Name"] for row in csv.DictReader(file)}


def in_the_list(copied_list: str) -> dict[str, str]:
    """Room by name, without those whom no mail address names."""
    rooms = (line.split(": ") for line in copied_list.splitlines())
    return {name: room for room, people in rooms for name in people.split(", ") if name != "Dana"}


def in_the_files(seated: dict[str, str]) -> dict[str, str]:
    return {f"Participant {mail[1:3]}": room for mail, room in seated.items()}


def followed(where: dict[str, str], moves: list[str]) -> dict[str, str]:
    """Where everybody is after the list of moves was followed line by line."""
    for line in moves:
        name, source, target = re.split(": | → ", line)
        assert name == "Dana" or where[name] == source
        where = where if name == "Dana" else {**where, name: target}
    return where


def test_locks_and_seats_outlive_a_kill_in_the_middle_of_a_search(week: Path) -> None:
    with Person("--session", "mon", folder=week) as person:
        person.sees("Agenda")
        person.press("r")
        person.sees("24 people to seat")
        person.press("P")
        person.sees(r"Room 1 +5 people")
        person.press("l")
        person.sees(r"Room 1 +5 people +· locked")
        person.press("P")
        person.sees("a preview, nothing has changed")
        person.press("3")
        person.sees("planning Deep dive in groups again")
        person.kill()
        person.leaves()
    with Person("--session", "mon", folder=week) as person:
        person.sees("Agenda")
        person.press("r")
        person.sees(r"Room 1 +5 people +· locked")
        person.press("u")
        person.sees("undone: lock of a room")
        person.press("U")
        person.sees(r"Room 1 +5 people +· locked")
        person.press("q")
        assert person.leaves() == 0


def test_what_another_facilitator_locks_and_whom_they_let_out_is_seen_within_moments(week: Path) -> None:
    with Person("--session", "mon", folder=week, size=(120, 60)) as person:
        person.sees("Agenda")
        person.press("r")
        person.sees("24 people to seat")
        elsewhere(week, "rooms", "plan", "groups")
        person.sees(r"Room 1 +5 people")
        elsewhere(week, "rooms", "lock", "1")
        person.sees(r"Room 1 +5 people +· locked")
        elsewhere(week, "choose", "p05", "-")
        person.sees("sitting out")
        person.press("q")
        assert person.leaves() == 0


def elsewhere(week: Path, *words: str) -> None:
    """Another facilitator does something in the same records."""
    command = [sys.executable, "-m", "facilitator_tui", "do", *words, "--session", "mon"]
    subprocess.run(command, cwd=week, check=True, capture_output=True, timeout=60)


def test_a_terminal_that_changes_its_size_during_a_search_shows_the_rooms_found(week: Path) -> None:
    with Person("--session", "thu", folder=week, size=(120, 36)) as person:
        person.sees("Agenda")
        person.press("r")
        person.sees("24 people to seat")
        person.press("P")
        person.sees("planning rooms for")
        person.resize(80, 24)
        person.type("xyzQ")
        person.resize(200, 60)
        person.sees(r"Leadership 1 +\d people")
        person.press("O", "l", "q")
        assert person.leaves() == 0


def test_a_search_can_be_dropped_and_blocks_no_key(week: Path) -> None:
    shutil.copy(WEEK, week / "sessions.toml")
    with Person("--session", "thu", folder=week) as person:
        person.sees("Agenda")
        person.press("r")
        person.sees("24 people to seat")
        person.press("P")
        person.sees("planning rooms for")
        person.press("escape")
        person.sees("nothing was changed", patience_s=5)
        person.sees("24 people to seat")
        person.press("P")
        person.sees("planning rooms for")
        person.press("P")
        person.sees(r"Leadership 1 +\d people", patience_s=5)
        person.press("q")
        assert person.leaves() == 0

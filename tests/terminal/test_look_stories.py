"""Stories of how the console looks in a real terminal: without colour, with the terminal's own, and very small."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from terminal.person import Person

pytestmark = pytest.mark.terminal

WEEK = Path(__file__).parents[2] / "sessions.toml"
LOOKS = re.compile(rb"\x1b\[([\d;:]*)m")


@pytest.fixture
def week(tmp_path: Path) -> Path:
    """A folder with the real week."""
    shutil.copy(WEEK, tmp_path / "sessions.toml")
    return tmp_path


def colours(raw: bytes) -> set[str]:
    """What was told to the terminal about colours other than its own two."""
    found = set()
    for look in LOOKS.findall(raw):
        numbers = look.decode().replace(":", ";").split(";")
        found |= {number for number in numbers if number.isdecimal() and int(number) not in (0, 39, 49)}
    weights = {str(number) for number in (*range(1, 10), *range(21, 30))}
    return found - weights


def test_without_colour_the_terminal_is_told_of_none_and_the_cursor_is_reversed(week: Path) -> None:
    with Person("--session", "tue", folder=week, env={"NO_COLOR": "1"}) as person:
        person.sees("Agenda")
        person.press("s", "down", "down", "enter")
        person.sees("enter yes")
        person.press("escape")
        person.sees_no_more("enter yes")
        person.press("i")
        person.type("= seen")
        person.sees("= seen")
        person.press("escape")
        person.sees("draft, i goes on")
        person.press("q")
        assert person.leaves() == 0
    assert colours(bytes(person.raw)) == set()
    assert re.search(rb"\x1b\[(?:[\d;]*;)?7(?:;[\d;]*)?m", bytes(person.raw))


def test_the_ansi_look_tells_the_terminal_of_its_own_sixteen_colours_only(week: Path, tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    config.write_text('theme = "ansi"\n', encoding="utf-8")
    with Person("--session", "tue", folder=week, env={"FACILITATOR_CONFIG": str(config)}) as person:
        person.sees("Agenda")
        person.press("s")
        person.sees("▶")
        person.press("5")
        person.sees("What was heard")
        person.press("q")
        assert person.leaves() == 0
    told = colours(bytes(person.raw))
    assert told and not told & {"38", "48"}


def test_a_small_window_keeps_the_clock_and_the_capture_line_and_says_what_is_missing(week: Path) -> None:
    with Person("--session", "tue", folder=week, size=(60, 18)) as person:
        person.sees(r"below 80 × 24")
        person.press("s")
        person.sees(r"left +until \d\d:\d\d")
        person.press("i")
        person.type("= heard in a small window")
        person.press("enter")
        person.resize(120, 36)
        person.sees(r"=\s+heard in a small window.*✓")
        person.press("escape")
        person.sees("i writes a line")
        person.press("q")
        assert person.leaves() == 0

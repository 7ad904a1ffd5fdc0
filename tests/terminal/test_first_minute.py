"""The newcomer's path in a real terminal: an empty folder, a fresh home, and nothing but the keys on the screen."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

import pytest

from terminal.person import Person

pytestmark = pytest.mark.terminal


@pytest.fixture
def home(tmp_path: Path) -> dict[str, str]:
    """The surroundings of somebody who never ran this program."""
    folder = tmp_path / "home"
    folder.mkdir()
    state = str(folder / "state")
    return {"HOME": str(folder), "FACILITATOR_STATE": state, "FACILITATOR_CONFIG": f"{state}.toml", "EDITOR": ""}


@pytest.fixture
def here(tmp_path: Path) -> Path:
    folder = tmp_path / "here"
    folder.mkdir()
    return folder


def test_from_an_empty_folder_to_a_running_call_and_a_note(here: Path, home: dict[str, str]) -> None:
    with Person(folder=here, env=home, size=(80, 24)) as person:
        person.sees("How do you want to begin")
        person.press("o")
        person.sees("steps ›")
        person.type("Welcome 5, Talk 20\r")
        person.sees("New here")
        person.press("s")
        person.sees("▶")
        person.sees_no_more("New here")
        person.type("i= evidence\r")
        person.sees("evidence.*✓")
        person.press("escape")
        person.sees("i writes a line")
        person.press("q")
        assert person.leaves() == 0
    assert list(here.glob("*/sessions.toml")) and list(here.glob("*/records/*/notes.md"))


def test_esc_and_a_letter_in_one_breath_are_two_keys(here: Path, home: dict[str, str]) -> None:
    with Person(folder=here, env=home) as person:
        person.sees("How do you want to begin")
        person.press("n")
        person.sees("title ›")
        person.type("\x1bq")
        assert person.leaves() == 0
    assert list(here.iterdir()) == []


def test_the_hint_of_the_first_time_never_comes_back(here: Path, home: dict[str, str]) -> None:
    for first in (True, False):
        with Person(folder=here, env=home) as person:
            if first:
                person.sees("How do you want to begin")
                person.press("n")
                person.type("Tea\r60\r\r\r")
                person.sees("New here")
            else:
                person.sees("Agenda")
            assert ("New here" in person.text()) == first
            person.press("q")
            assert person.leaves() == 0


def test_the_plan_is_edited_in_place_while_the_clock_goes_on(here: Path, home: dict[str, str], tmp_path: Path) -> None:
    (here / "sessions.toml").write_text('[[session]]\nagenda = [{ id = "a", minutes = 5, title = "Welcome" }]\n')
    editor = tmp_path / "vi"
    editor.write_text(
        f"#!{sys.executable}\nimport sys, pathlib\nprint('EDITING', sys.argv[1:-1])\ninput()\n"
        "path = pathlib.Path(sys.argv[-1])\npath.write_text(path.read_text().replace('Welcome', 'Hello'))\n"
    )
    editor.chmod(editor.stat().st_mode | stat.S_IXUSR)
    with Person(folder=here, env={**home, "EDITOR": str(editor)}) as person:
        person.sees("Welcome")
        person.press("s")
        person.sees("▶")
        person.press("E")
        person.sees(r"EDITING")
        person.press("\x03")
        person.sees_no_more("EDITING")
        person.press("E")
        person.sees(r"EDITING")
        person.press("enter")
        person.sees("▶.*Hello")
        person.press("q")
        assert person.leaves() == 0


def test_the_line_mode_speaks_in_a_terminal_and_asks_before_it_finishes(here: Path, home: dict[str, str]) -> None:
    (here / "sessions.toml").write_text('[[session]]\nagenda = [{ id = "a", minutes = 5, title = "Welcome" }]\n')
    with Person("--plain", folder=here, env=home) as person:
        person.sees("help tells the commands")
        person.type("s\r")
        person.sees("Now: Welcome, 5 minutes left|Now: Welcome, 4 minutes 59 seconds left")
        person.type("-4\r")
        person.sees("Welcome minus 4 minutes")
        person.type("finish\r")
        person.sees("Say yes or no")
        person.type("n\r")
        person.sees("Nothing is done")
        person.type("q\r")
        assert person.leaves() == 0
        assert b"\x1b" not in person.raw

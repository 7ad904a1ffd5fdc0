"""Stories of several terminals: a console, a co-facilitator's, and the screen that everybody sees."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import pytest

from terminal.person import Person

pytestmark = pytest.mark.terminal

WEEK = Path(__file__).parents[2] / "sessions.toml"
CLOSED = "i writes a line"
NOTE = "a note that nobody else shall see"


@pytest.fixture
def week(tmp_path: Path) -> Path:
    """A folder with the real week."""
    shutil.copy(WEEK, tmp_path / "sessions.toml")
    return tmp_path


def at(week: Path, computer: str, *words: str, size: tuple[int, int] = (120, 36)) -> Person:
    """Somebody at a computer of their own, in the shared folder."""
    return Person(*words, folder=week, size=size, env={"FACILITATOR_STATE": str(week.parent / computer)})


def write(person: Person, text: str) -> None:
    person.press("i")
    person.sees_no_more(CLOSED)
    person.type(text)
    person.sees(text)
    person.press("enter")
    person.sees(f"{text}.*✓")
    person.press("escape")
    person.sees(CLOSED)


def test_the_stage_follows_a_console_and_shows_no_note(week: Path, tmp_path: Path) -> None:
    with at(week, "ana", "--session", "tue") as ana, at(week, "screen", "stage", size=(80, 24)) as stage:
        ana.sees("Agenda")
        stage.sees("we begin")
        assert not (week / "records").exists()
        ana.press("s")
        ana.sees("▶")
        pressed = time.monotonic()
        stage.sees("left · until")
        # A second for the look, and time for a slow machine.
        assert time.monotonic() - pressed < 5
        write(ana, NOTE)
        ana.press("n")
        ana.sees("Leave “|One word.*▶|▶.*One word")
        ana.press("enter")
        stage.sees("One word from your week")
        assert NOTE not in stage.text()
        assert NOTE.encode() not in stage.raw
        stage.resize(200, 60)
        stage.sees("One word from your week")
        shutil.rmtree(week / "records")
        stage.press("escape")
        assert stage.leaves() == 0
        ana.press("q")
        assert ana.leaves() == 0
    assert not (tmp_path.parent / "screen").exists()


def test_two_facilitators_see_each_other_and_what_the_other_writes(week: Path, tmp_path: Path) -> None:
    with at(week, "ana", "--session", "tue") as ana, at(week, "ben", "--session", "tue") as ben:
        ana.sees("Agenda")
        ben.sees("Agenda")
        ana.press("s")
        ana.sees("▶")
        ben.sees("▶")
        ana.sees(r"with [a-z0-9]{5}")
        ben.sees(r"with [a-z0-9]{5}")
        write(ben, "said by ben")
        written = time.monotonic()
        ana.sees("said by ben")
        # Two seconds are promised; the rest is for a slow machine.
        assert time.monotonic() - written < 6
        ben.press("q")
        assert ben.leaves() == 0
        ana.sees_no_more(r"with [a-z0-9]{5}")
        ana.press("q")
        assert ana.leaves() == 0
    notes = (week / "records" / "tue" / "notes.md").read_text(encoding="utf-8")
    assert "said by ben" in notes
    assert list((week / "records" / "tue" / "here").iterdir()) == []

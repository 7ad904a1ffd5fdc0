"""Stories in a real terminal: the real program on the real week, driven by keys and read from its screen."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from terminal.person import Person

pytestmark = pytest.mark.terminal

WEEK = Path(__file__).parents[2] / "sessions.toml"
LINE = "= evidence is needed, but learning as well #impact"


@pytest.fixture
def week(tmp_path: Path) -> Path:
    """A folder with the real week."""
    shutil.copy(WEEK, tmp_path / "sessions.toml")
    return tmp_path


def facilitator(folder: Path, *arguments: str) -> str:
    """A command in the folder; what it prints."""
    command = [sys.executable, "-m", "facilitator_tui", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True).stdout


def test_a_line_with_its_mark_and_an_unfinished_one_survive_a_kill(week: Path) -> None:
    with Person("--session", "tue", folder=week) as person:
        person.sees("Agenda")
        person.press("s")
        person.sees("▶")
        person.press("i")
        person.type(LINE)
        person.press("enter")
        person.sees(r"evidence is needed.*✓")
        person.type("++ trust built before")
        person.sees("trust built before")
        person.kill(signal.SIGKILL)
        assert person.leaves() == -signal.SIGKILL
    with Person("--session", "tue", folder=week) as person:
        person.sees("evidence is needed")
        person.sees("trust built before")
        person.press("q")
        assert person.leaves() == 0
    facilitator(week, "export", "--session", "tue")
    notes = (week / "export" / "tue" / "notes.md").read_text(encoding="utf-8")
    heading, line = notes.index("## Take-aways"), notes.rindex("evidence is needed, but learning as well")
    assert heading < line


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_the_program_with_its_code_and_leaves_the_terminal_as_it_was(
    week: Path, number: signal.Signals
) -> None:
    with Person("--session", "tue", folder=week) as person:
        person.sees("Agenda")
        person.press("s")
        person.sees("▶")
        person.kill(number)
        assert person.leaves() == 128 + number
        assert b"\x1b[?1049l" in person.raw
    assert "item.started" in facilitator(week, "log", "--session", "tue")


def test_a_window_that_is_too_small_says_so_and_comes_back(week: Path) -> None:
    with Person("--session", "tue", folder=week) as person:
        person.sees("Agenda")
        person.resize(60, 15)
        person.sees("80")
        person.resize(120, 36)
        person.sees("Agenda")
        person.press("q")
        assert person.leaves() == 0


def test_a_broken_edit_of_the_plan_changes_nothing_and_a_mended_one_is_taken(week: Path) -> None:
    plan = week / "sessions.toml"
    good = plan.read_text(encoding="utf-8")
    with Person("--session", "tue", folder=week) as person:
        person.sees("One word from your week")
        plan.write_text(good.replace('"One word from your week"', '"One word from your week'), encoding="utf-8")
        person.sees(r"line \d+|:\d+")
        person.sees("One word from your week")
        plan.write_text(good.replace("One word from your week", "A word about equity"), encoding="utf-8")
        person.sees("A word about equity")
        person.press("q")
        assert person.leaves() == 0


def test_what_was_pasted_is_one_capture_a_line_and_never_a_key(week: Path) -> None:
    with Person("--session", "tue", folder=week) as person:
        person.sees("Agenda")
        person.press("s")
        person.sees("▶")
        person.press("i")
        person.paste("first voice\nsecond voice\x1b[3~q\nthird voice\n")
        person.sees("third voice")
        person.send_bytes(b"\xff")
        person.type("fourth voice")
        person.press("enter")
        person.sees("fourth voice.*✓")
        person.press("escape")
        person.sees("i writes a line")
        person.press("q")
        assert person.leaves() == 0
    captured = facilitator(week, "captures", "--session", "tue")
    assert [captured.count(word) for word in ("first", "second", "third", "fourth")] == [1, 1, 1, 1]

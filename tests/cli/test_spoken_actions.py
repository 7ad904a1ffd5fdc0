"""`do hand`, `do vote` and `do idea`: what the pages of people and ideas do, by the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.commandline import REAL_WEEK, CommandLine


@pytest.fixture
def friday(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    """Friday of the real week, with the marketplace running."""
    (tmp_path / "sessions.toml").write_bytes(REAL_WEEK.read_bytes())
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("FACILITATOR_STATE", str(tmp_path / "state"))
    line = CommandLine(tmp_path, capsys)
    line.ok("do", "start", "--session", "fri", at="2020-10-02T13:00:00Z")
    line.ok("do", "goto", "market", "--session", "fri", at="2020-10-02T13:30:00Z")
    return line


def done(line: CommandLine, *words: str) -> str:
    return line.ok("do", *words, "--session", "fri", at="2020-10-02T13:31:00Z").out


def test_a_hand_goes_up_and_down(friday: CommandLine) -> None:
    assert "raised a hand" in done(friday, "hand", "p07")
    assert "lowered the hand" in done(friday, "hand", "p07")


def test_dots_are_given_by_the_beginning_of_an_option_and_taken_back(friday: CommandLine) -> None:
    assert done(friday, "vote", "Funding").startswith("1 dot for")
    assert done(friday, "vote", "Funding models", "3").startswith("4 dots for")
    assert done(friday, "vote", "i5", "-2").startswith("2 dots for")


def test_an_option_that_is_not_there_is_refused_with_those_that_are(friday: CommandLine) -> None:
    said = friday.refused("do", "vote", "xyz", "--session", "fri", at="2020-10-02T13:31:00Z")
    assert "Funding models" in said


def test_an_idea_goes_to_a_session(friday: CommandLine) -> None:
    assert "goes to wed" in done(friday, "idea", "Funding", "wed")
    assert "open again" in done(friday, "idea", "i5", "-")

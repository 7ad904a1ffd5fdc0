"""`facilitator stage` needs a terminal, and says so; a plan that is not there is named."""

from __future__ import annotations

from cli.commandline import CommandLine


def test_without_a_terminal_it_says_what_to_use_instead(x: CommandLine) -> None:
    answer = x("stage")
    assert answer.code == 2
    assert "needs a terminal" in answer.err and "facilitator status" in answer.err
    assert not (x.folder / "records").exists()


def test_its_help_says_what_is_shown_and_how_to_leave(x: CommandLine) -> None:
    told = x.ok("stage", "--help").out
    assert "No notes" in told and "q leaves" in told

"""Without a terminal and without a plan: one sentence with what to do, and nothing is written."""

from __future__ import annotations

from cli.commandline import CommandLine, spawn


def test_without_a_plan_one_sentence_names_the_ways_to_begin(empty: CommandLine) -> None:
    said = empty.refused()
    assert all(f"`facilitator {way}" in said for way in ("new`", "new --example`", "quick "))
    assert list(empty.folder.iterdir()) == []


def test_a_folder_without_a_plan_is_answered_likewise(empty: CommandLine) -> None:
    empty.folder.joinpath("calls").mkdir()
    assert "in calls: write one with `facilitator new`" in empty.refused("calls")


def test_a_plan_that_was_named_and_is_not_there_is_told_as_missing(empty: CommandLine) -> None:
    assert "There is no plan at no/such.toml" in empty.refused("no/such.toml")


def test_with_a_plan_the_console_asks_for_a_terminal_and_names_the_line_mode(x: CommandLine) -> None:
    assert "facilitator --plain" in x.misused()


def test_a_terminal_that_can_not_draw_is_sent_to_the_line_mode(x: CommandLine, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setenv("TERM", "dumb")
    for stream in ("stdin", "stdout"):
        monkeypatch.setattr(f"sys.{stream}.isatty", lambda: True)
    assert "use facilitator --plain" in x.misused()


def test_a_closed_standard_input_is_no_terminal(empty: CommandLine) -> None:
    assert spawn(folder=empty.folder, stdin=None).code == 1

"""`quick` writes a plan into a folder of today and never over anything."""

from __future__ import annotations

from pathlib import Path

from cli.commandline import CommandLine

LINE = "Welcome 5, Input 20, Breakout 30 x4, Harvest 15"
NOON = "2026-11-22T12:00"


def plans(folder: Path) -> list[str]:
    return sorted(path.parent.name for path in folder.glob("*/sessions.toml"))


def test_one_line_becomes_a_plan_that_checks_and_runs(empty: CommandLine) -> None:
    said = empty.ok("quick", LINE, at=NOON).out
    assert "2026-11-22/sessions.toml written" in said and "--plain" in said
    empty.ok("check", "2026-11-22")
    empty.ok("do", "start", "--plan", "2026-11-22")
    status = empty.status("--plan", "2026-11-22")
    assert [row["length"] // 60 for row in status["items"]] == [5, 20, 30, 15]


def test_a_second_call_of_the_day_gets_a_folder_of_its_own(empty: CommandLine) -> None:
    empty.ok("quick", LINE, at=NOON)
    before = empty.folder.joinpath("2026-11-22/sessions.toml").read_bytes()
    empty.ok("quick", "Talk 10", at=NOON)
    empty.ok("quick", "Talk 10", "--title", "Tea time", at=NOON)
    assert plans(empty.folder) == ["2026-11-22", "2026-11-22-2", "2026-11-22-tea-time"]
    assert empty.folder.joinpath("2026-11-22/sessions.toml").read_bytes() == before


def test_a_folder_that_is_named_is_used_and_never_written_over(empty: CommandLine) -> None:
    assert empty.ok("quick", LINE, "--to", "mine", "--json").json == {"path": "mine/sessions.toml"}
    before = empty.folder.joinpath("mine/sessions.toml").read_bytes()
    empty.refused("quick", "Talk 10", "--to", "mine")
    assert empty.folder.joinpath("mine/sessions.toml").read_bytes() == before


def test_printing_writes_nothing(empty: CommandLine) -> None:
    for option in ("--print", "--check"):
        printed = empty.ok("quick", option, LINE)
        assert 'title = "Breakout", size = 4' in printed.out and "you will be asked" in printed.err
    assert list(empty.folder.iterdir()) == []


def test_what_is_printed_is_what_would_be_written(empty: CommandLine) -> None:
    printed = empty.ok("quick", "--print", LINE, at=NOON).out
    empty.ok("quick", LINE, at=NOON)
    assert empty.folder.joinpath("2026-11-22/sessions.toml").read_text(encoding="utf-8") == printed


def test_a_line_without_quotes_is_taken_too(empty: CommandLine) -> None:
    assert 'title = "Input"' in empty.ok("quick", "--print", "Welcome", "5,", "Input", "20").out


def test_a_slip_in_an_option_is_no_title(empty: CommandLine) -> None:
    assert "--prnit" in empty.misused("quick", "--prnit", LINE)


def test_a_part_that_can_not_be_read_is_named_and_nothing_is_written(empty: CommandLine) -> None:
    assert "part 2, “Talk x0”" in empty.refused("quick", "Welcome 5, Talk x0")
    assert list(empty.folder.iterdir()) == []

"""`paths` says where everything lies; `config` what is set and what is wrong with it. Both create nothing."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from cli.commandline import CommandLine

NAMES = {"plan", "records", "export", "templates", "state", "drafts", "second-place", "config"}


def test_every_place_is_told_with_whether_it_is_there(x: CommandLine) -> None:
    told = x.ok("paths", "--json").json
    assert set(told) == NAMES
    assert told["plan"] == {"path": str(x.folder / "sessions.toml"), "exists": True}
    assert told["records"] == {"path": str(x.folder / "records"), "exists": False}
    x.ok("do", "start")
    assert x.ok("paths", "--json").json["records"]["exists"]


def test_without_a_plan_it_says_where_one_would_be_looked_for(empty: CommandLine) -> None:
    told = empty.ok("paths", "--json").json
    assert told["plan"] == {"path": str(empty.folder / "sessions.toml"), "exists": False}
    assert list(empty.folder.iterdir()) == []


def test_options_and_variables_move_the_places(x: CommandLine, tmp_path: Path) -> None:
    told = x.ok("paths", "--json", "--records", str(tmp_path / "elsewhere")).json
    assert told["records"]["path"] == str(tmp_path / "elsewhere")
    assert told["state"]["path"] == os.environ["FACILITATOR_STATE"]
    assert told["config"]["path"] == os.environ["FACILITATOR_CONFIG"]


def test_in_words_every_place_is_a_line_with_what_it_is_for(x: CommandLine) -> None:
    lines = x.ok("paths").lines
    assert len(lines) == 2 * len(NAMES)
    assert any(line.startswith("records      not there yet: ") for line in lines)


@pytest.fixture
def settings() -> Path:
    return Path(os.environ["FACILITATOR_CONFIG"])


def test_without_a_file_everything_has_its_default(empty: CommandLine) -> None:
    told = empty.ok("config", "--json").json
    assert (told["exists"], told["theme"], told["bell"], told["problems"]) == (False, "dark", False, [])


def test_mistakes_of_settings_and_keys_are_told_and_are_exit_code_1(empty: CommandLine, settings: Path) -> None:
    settings.write_text('bell = "yes"\n[keymap]\n"item.nxt" = "n"\n"item.start" = "z"\n"item.next" = "z"\n')
    answer = empty("config")
    assert answer.code == 1
    assert "config: bell must be true or false, not 'yes'" in answer.out
    assert "did you mean 'item.next'?" in answer.out and "z is given to 'item.start' already" in answer.out


def test_a_command_that_lost_its_keys_is_named(empty: CommandLine, settings: Path) -> None:
    settings.write_text('[keymap]\n"item.start" = "u"\n')
    answer = empty.ok("config", "--json").json
    assert answer["without_keys"] == ["undo"] and answer["problems"] == []

"""A command line in an empty folder, one with plan X, and one with the real week."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from cli.commandline import PLAN_X, REAL_WEEK, CommandLine


@pytest.fixture
def empty(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    folder = tmp_path / "programme"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return CommandLine(folder, capsys)


@pytest.fixture
def x(empty: CommandLine) -> CommandLine:
    """Plan X of the rundown's worked cases."""
    empty.plan(PLAN_X)
    return empty


@pytest.fixture
def week(empty: CommandLine) -> CommandLine:
    """The real week."""
    shutil.copy(REAL_WEEK, empty.folder / "sessions.toml")
    return empty

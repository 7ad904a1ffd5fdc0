"""A story of keys that reach the terminal in one piece, as a text expander or a slow line sends them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from terminal.person import Person

pytestmark = pytest.mark.terminal

WEEK = Path(__file__).parents[2] / "sessions.toml"


def test_a_whole_string_of_keys_does_what_the_same_keys_do_one_by_one(tmp_path: Path) -> None:
    shutil.copy(WEEK, tmp_path / "sessions.toml")
    with Person("--session", "tue", folder=tmp_path) as person:
        person.sees("not started")
        person.type("si= one\r? two\r\x1b4K>\rT")
        person.sees(r"Notes · 2")
        person.sees(r">     two .*/done")
        person.type("\x1b\x1bI")
        person.sees("Ideas")
        person.type("\x1b6")
        person.sees("Planned and actual")

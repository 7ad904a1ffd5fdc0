"""Every screen as plain text at two sizes, on a clock that stands. `UPDATE_GOLDEN=1` writes them anew."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from console.played import shown
from facilitator_tui.console.plain import width
from screens.scenes import MOMENTS, shown_moment

GOLDEN = Path(__file__).parent / "golden"
SIZES = ((80, 24), (120, 36))
LARGEST = ("running", "crowded", "week-ran", "rooms", "help")
"""Screens that are also held at 200 × 60, where the room is to be used."""


def sizes(name: str) -> tuple[tuple[int, int], ...]:
    return (*SIZES, (200, 60)) if name in LARGEST else SIZES


def golden(name: str, size: tuple[int, int]) -> Path:
    return GOLDEN / f"{name}-{size[0]}x{size[1]}.txt"


@pytest.mark.parametrize("name", MOMENTS)
async def test_a_screen_looks_as_it_was_agreed_at_every_size(name: str, tmp_path: Path) -> None:
    async with shown_moment(MOMENTS[name], tmp_path, SIZES[0]) as (app, pilot, _):
        for size in sizes(name):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            text = shown(app) + "\n"
            if os.environ.get("UPDATE_GOLDEN"):
                golden(name, size).write_text(text, encoding="utf-8")
            assert text == golden(name, size).read_text(encoding="utf-8"), size


def test_every_golden_text_belongs_to_a_screen() -> None:
    assert set(GOLDEN.glob("*.txt")) == {golden(name, size) for name in MOMENTS for size in sizes(name)}


def test_every_line_of_every_screen_fits_its_width() -> None:
    for path in GOLDEN.glob("*.txt"):
        columns = int(path.stem.rsplit("-", 1)[1].split("x")[0])
        assert all(width(line) <= columns for line in path.read_text(encoding="utf-8").splitlines()), path.name

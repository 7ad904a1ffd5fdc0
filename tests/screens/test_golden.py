"""Every screen as plain text at two sizes, on a clock that stands. `UPDATE_GOLDEN=1` writes them anew."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from console.played import WEEK, Clock, shown
from facilitator_tui.console.drawing import shared
from facilitator_tui.console.plain import width
from facilitator_tui.core.rundown import rundown
from screens.scenes import MOMENTS, played, shown_moment

GOLDEN = Path(__file__).parent / "golden"
SIZES = ((80, 24), (120, 36))
LARGEST = ("running", "crowded", "week-ran", "rooms", "help")
"""Screens that are also held at 200 × 60, where the room is to be used."""
SHARED = ("not-started", "running", "danger", "paused", "overtime", "finished", "rooms-running", "waiting", "crowded")


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


@pytest.mark.parametrize("name", SHARED)
def test_the_shared_screen_looks_as_it_was_agreed_at_every_size(name: str, tmp_path: Path) -> None:
    plan = tmp_path / "sessions.toml"
    plan.write_text(MOMENTS[name].plan, encoding="utf-8")
    store, now = played(tmp_path, MOMENTS[name], plan if MOMENTS[name].plan else WEEK)
    view = rundown(store.run, Clock(now)())
    for size in (*SIZES, (200, 60)):
        text = "\n".join(line.plain.rstrip() for line in shared.lines(store.run, view, *size)) + "\n"
        if os.environ.get("UPDATE_GOLDEN"):
            golden(f"stage-{name}", size).write_text(text, encoding="utf-8")
        assert text == golden(f"stage-{name}", size).read_text(encoding="utf-8"), size


def test_every_golden_text_belongs_to_a_screen() -> None:
    assert set(GOLDEN.glob("*.txt")) == {golden(name, size) for name in MOMENTS for size in sizes(name)} | {
        golden(f"stage-{name}", size) for name in SHARED for size in (*SIZES, (200, 60))
    }


def test_every_line_of_every_screen_fits_its_width() -> None:
    for path in GOLDEN.glob("*.txt"):
        columns = int(path.stem.rsplit("-", 1)[1].split("x")[0])
        assert all(width(line) <= columns for line in path.read_text(encoding="utf-8").splitlines()), path.name

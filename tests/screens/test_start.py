"""The screens of the first minute as plain text at two sizes. `UPDATE_GOLDEN=1` writes them anew."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from console.played import shown
from console.test_first_minute import first_screen
from facilitator_tui.console.plain import width

GOLDEN = Path(__file__).parent / "golden_start"
SIZES = ((80, 24), (120, 36))
MOMENTS = {
    "offer": ("down",),
    "title": ("n",),
    "when": ("n", *"Tea", "enter"),
    "agenda": ("n", *"Tea", "enter", *"16:00 90", "enter"),
    "people": ("n", *"Tea", "enter", *"16:00 90", "enter", "enter", *"24 x6"),
    "wrong": ("o", *"Welcome 5, Talk x0", "enter"),
}


@pytest.mark.parametrize("size", SIZES, ids="{0[0]}x{0[1]}".format)
@pytest.mark.parametrize("name", MOMENTS)
async def test_a_screen_looks_as_it_was_agreed(
    name: str, size: tuple[int, int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    here = tmp_path / "calls"
    here.mkdir()
    golden = GOLDEN / f"{name}-{size[0]}x{size[1]}.txt"
    async with first_screen(here, size) as (app, pilot):
        for key in MOMENTS[name]:
            await pilot.press(key)
        await pilot.pause()
        text = shown(app) + "\n"
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")
    assert all(width(line) <= size[0] for line in text.splitlines())

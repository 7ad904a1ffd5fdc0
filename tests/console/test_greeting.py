"""The hint of the first time: three lines that go with the first key and never return."""

from __future__ import annotations

from pathlib import Path

import pytest

from console.played import Play, console, shown
from facilitator_tui.console import greeting
from facilitator_tui.console.drawing import foot


def test_it_is_the_first_time_only_once(tmp_path: Path) -> None:
    mark = tmp_path / "state" / "greeted"
    assert greeting.is_first_time(mark) and not greeting.is_first_time(mark)


def test_where_no_mark_can_be_left_nobody_is_greeted(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert not greeting.is_first_time(tmp_path / "file" / "greeted")


@pytest.mark.parametrize("key", ["s", "z", "question_mark"])
async def test_it_goes_with_the_first_key_and_the_key_acts(key: str, tmp_path: Path) -> None:
    async with console(tmp_path, size=(80, 24)) as (app, pilot, _):
        assert app.conductor
        app.conductor.greeted = True
        app.conductor.draw()
        await pilot.pause()
        assert "New here?  s starts the first item" in shown(app)
        await pilot.press(key)
        await pilot.pause()
        assert "New here?" not in shown(app)
        assert bool(app.conductor.run.live) == (key == "s")


async def test_it_stands_beside_the_clock_and_not_over_it(tmp_path: Path) -> None:
    async with console(tmp_path, size=(80, 24)) as (app, pilot, _):
        assert app.conductor
        rows = shown(app).splitlines()
        app.conductor.greeted = True
        app.conductor.draw()
        await pilot.pause()
        greeted = shown(app).splitlines()
        assert greeted[:2] == rows[:2] and sum("█" in row or "▀" in row for row in greeted) >= 3


def test_its_lines_name_the_keys_that_are_set(tmp_path: Path) -> None:
    play = Play(tmp_path)
    play.conductor.greeted = True
    play.conductor.draw()
    lines = greeting.lines(play.scene, 80)
    assert len(lines) == greeting.LINES == foot.notice_height(play.scene)
    text = "\n".join(line.plain for line in lines)
    assert all(f" {key} " in text for key in "sin?q") and all(line.cell_length == 80 for line in lines)

"""A session whose time went by without it is not said to be still to come."""

from __future__ import annotations

from pathlib import Path

import pytest

from console.played import Play
from facilitator_tui.console import week_view
from facilitator_tui.core.rundown import rundown


@pytest.mark.parametrize(
    ("at", "state"),
    [
        ("2020-09-28 12:00", "not-started"),
        ("2020-09-29 16:59", "not-started"),
        ("2020-09-29 17:01", week_view.NOT_HELD),
        ("2020-10-05 09:00", week_view.NOT_HELD),
    ],
)
def test_it_is_to_come_until_its_hard_stop_and_not_held_behind_it(tmp_path: Path, at: str, state: str) -> None:
    play = Play(tmp_path, at)
    view = rundown(play.store.run, play.clock())
    day = week_view.day(play.store.run.session, view, view.state, week_view.NOTHING)
    assert (day.state, day.begun) == (state, False)


def test_one_that_was_begun_keeps_its_own_state(tmp_path: Path) -> None:
    play = Play(tmp_path)
    play.press("item.start")
    play.clock.on(minutes=200)
    view = rundown(play.store.run, play.clock())
    assert week_view.day(play.store.run.session, view, view.state, week_view.NOTHING).state == "running"

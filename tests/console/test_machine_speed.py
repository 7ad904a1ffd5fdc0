"""Keys that come faster than the screen hears of them mean what they meant in their order."""

from __future__ import annotations

from pathlib import Path

from textual import events
from textual.keys import _character_to_key
from textual.pilot import Pilot

from console.played import console
from facilitator_tui.console.app import Console

KEYS = {"\r": "enter", "\x1b": "escape"}


async def burst(app: Console, pilot: Pilot[int], typed: str) -> None:
    """All of a text in one breath, as a fast hand, a text expander or a slow line sends it."""
    for character in typed:
        app.post_message(events.Key(KEYS.get(character) or _character_to_key(character), character))
    for _ in range(4):
        await pilot.pause()


async def test_keys_behind_the_enter_of_a_field_that_closes_are_commands(tmp_path: Path) -> None:
    async with console(tmp_path) as (app, pilot, _):
        assert app.conductor is not None
        await burst(app, pilot, "i= a\r? b\r\x1b4")
        await burst(app, pilot, "K>\rT")
        newest = app.conductor.run.shown_captures()[-1].content
        assert (newest.type, newest.flags) == ("quote", ("done",))


async def test_a_key_that_means_nothing_here_means_nothing_on_the_page_opened_behind_it(tmp_path: Path) -> None:
    async with console(tmp_path) as (app, pilot, _):
        assert app.conductor is not None
        await burst(app, pilot, "i= a\r\x1b")
        await burst(app, pilot, "a4")
        assert app.conductor.page == "notes"
        assert app.conductor.run.shown_captures()[0].content.count == 1


async def test_keys_pressed_while_something_is_asked_are_not_kept_for_later(tmp_path: Path) -> None:
    async with console(tmp_path) as (app, pilot, _):
        assert app.conductor is not None
        await burst(app, pilot, "s")
        app.conductor.ask("Really?", "enter yes · esc no", lambda: None)
        await burst(app, pilot, "4+\r")
        assert app.conductor.page == "agenda"
        assert [change.extension for change in app.conductor.run.changes.values()] == []

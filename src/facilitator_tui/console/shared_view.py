"""The view to share on screen: it follows the log of a console elsewhere, and only shows.

Owns the program around the picture: its thread that reads, its second hand, its end. It must not know what is drawn
(`drawing.shared`) nor how the log is followed (`following`). Nothing is written and no key changes anything.
"""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Callable
from datetime import datetime
from functools import partial
from threading import Event, Thread

from textual.app import App, ComposeResult
from textual.driver import Driver
from textual.message import Message

from facilitator_tui.config import Config, load_config
from facilitator_tui.console import themes
from facilitator_tui.console.drawing import shared
from facilitator_tui.console.following import Follower
from facilitator_tui.console.widgets.canvas import Canvas
from facilitator_tui.core.run import Run
from facilitator_tui.core.rundown import rundown

LOOK_EVERY_S = 0.5
"""A look that finds nothing costs a stat a file; what is found is drawn at once."""


class SharedView(App[int]):
    """One picture of a call, drawn every second and whenever the log has changed."""

    ENABLE_COMMAND_PALETTE = False
    TITLE = "facilitator stage"
    CSS_PATH = "styles/shared.tcss"
    BINDINGS = [("q,escape,ctrl+c,ctrl+q", "leave", "leave")]  # noqa: RUF012 - Textual names its type

    class Seen(Message):
        """The log has said something new."""

        def __init__(self, run: Run) -> None:
            super().__init__()
            self.run = run

    def __init__(
        self,
        follower: Follower,
        *,
        now: Callable[[], datetime],
        config: Config,
        driver_class: type[Driver] | None = None,
    ) -> None:
        colourless = themes.colourless()
        super().__init__(driver_class=driver_class, ansi_color=True if colourless else None)
        self.animation_level = "none"
        self._follower, self._now, self._run = follower, now, follower.run
        self._canvas, self._left = Canvas(id="shared"), Event()
        for theme in themes.THEMES:
            self.register_theme(theme)
        self.theme = themes.chosen(config.theme, self.available_themes, colours=not colourless)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return themes.ELSEWHERE

    def compose(self) -> ComposeResult:
        yield self._canvas

    def on_mount(self) -> None:
        Thread(target=self._follow, name="following", daemon=True).start()
        self.draw()
        self._wait_for_second()

    def on_unmount(self) -> None:
        self._left.set()

    def _follow(self) -> None:
        """In a thread of its own: a slow disk holds up neither the clock nor the way out."""
        shown = self._run
        while not self._left.wait(LOOK_EVERY_S):
            run = self._follower.look()
            if run is not shown and self.is_running:
                shown = run
                self.post_message(self.Seen(run))

    def _wait_for_second(self) -> None:
        """The next picture is due when the clock's next second begins."""
        until = 1 - self._now().timestamp() % 1
        asyncio.get_running_loop().call_later(until, self.call_later, self._tick)

    def _tick(self) -> None:
        self._wait_for_second()
        self.draw()

    def on_shared_view_seen(self, event: Seen) -> None:
        self._run = event.run
        self.draw()

    def draw(self) -> None:
        self._canvas.show(partial(shared.lines, self._run, rundown(self._run, self._now())))

    def action_leave(self) -> None:
        self.exit(0)

    def action_help_quit(self) -> None:
        self.action_leave()

    def attributes(self) -> list[object] | None:
        """The terminal's attributes from before, where the driver keeps them."""
        return getattr(self._driver, "attrs_before", None)


def run_shared_view(follower: Follower, now: Callable[[], datetime], config: Config | None = None) -> int:
    """Show a call until the view is left; the exit code."""
    from facilitator_tui.console.leaving import save_on_signals

    app = SharedView(follower, now=now, config=config or load_config(), driver_class=_driver())
    save_on_signals(lambda: None, app.attributes)
    app.run(mouse=False)
    return app.return_code or 0


def _driver() -> type[Driver] | None:
    """The safe driver where Textual would take its own for Unix."""
    if sys.platform == "win32" or os.environ.get("TEXTUAL_DRIVER"):
        return None
    from facilitator_tui.console.terminal import SafeDriver

    return SafeDriver

"""What every program of ours on a screen has: one of our looks, a safe terminal, and a clock that is not lost.

Owns the looks, the driver, what is put off and what is done in threads. It must not know what a program is for.
"""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Callable
from typing import TypeVar

from textual.app import App
from textual.driver import Driver
from textual.worker import Worker, WorkerCancelled

from facilitator_tui.config import Config
from facilitator_tui.console import themes

T = TypeVar("T")


class Program(App[int]):
    """A Textual app without animations and without Textual's palette; its result is the exit code."""

    ENABLE_COMMAND_PALETTE = False

    def __init__(self, config: Config) -> None:
        # The terminal's own colours can be left out altogether, others only become grey.
        colourless = themes.colourless()
        super().__init__(ansi_color=True if colourless else None)
        self.animation_level = "none"
        for theme in themes.THEMES:
            self.register_theme(theme)
        self.theme = themes.chosen(config.theme, self.available_themes, colours=not colourless)
        known = colourless or themes.NAMES.get(config.theme, config.theme) in self.available_themes
        self.theme_problem = (
            "" if known else f"config: there is no theme {config.theme!r}: dark, light, contrast or ansi"
        )

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return themes.ELSEWHERE

    def get_driver_class(self) -> type[Driver]:
        """The safe driver where Textual would take its own for Unix."""
        if sys.platform == "win32" or os.environ.get("TEXTUAL_DRIVER"):
            return super().get_driver_class()
        from facilitator_tui.console.terminal import SafeDriver

        return SafeDriver

    def later(self, seconds: float, call: Callable[[], None]) -> None:
        """Call once after so many seconds of real time.

        By the loop's own clock: a timer of Textual never comes when the process stood still as it was set.
        """
        asyncio.get_running_loop().call_later(seconds, self.call_later, call)

    def behind(self, work: Callable[[], T], then: Callable[[T], None]) -> None:
        """Do slow work in a thread, then give its result back on the screen's thread."""

        async def wait() -> None:
            worker = self.run_worker(work, thread=True)
            try:
                then(await worker.wait())
            except WorkerCancelled:
                return

        _: Worker[None] = self.run_worker(wait)

    def attributes(self) -> list[object] | None:
        """The terminal's attributes from before, where the driver keeps them."""
        return getattr(self._driver, "attrs_before", None)

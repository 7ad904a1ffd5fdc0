"""What the conductor asks of whoever owns the screen: one small interface, so that it can be played without one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

from facilitator_tui.console.drawing.page import Page
from facilitator_tui.console.scene import Scene

T = TypeVar("T")


class Stage(Protocol):
    def draw(self, scene: Scene, page: Page | None) -> None:
        """Show a scene; `page` covers the agenda and the live item."""

    def open_line(self, text: str) -> None:
        """Put the cursor into the capture line."""

    def set_line(self, text: str) -> None:
        """Change what stands in the capture line."""

    def close_line(self) -> None:
        """Take the cursor out of the capture line; what was typed stays."""

    def open_field(self, prompt: str, text: str) -> None:
        """Ask for a short text under a prompt."""

    def set_field(self, text: str) -> None: ...

    def close_field(self) -> None: ...

    def later(self, seconds: float, call: Callable[[], None]) -> None:
        """Call once after so many seconds of real time."""

    def behind(self, work: Callable[[], T], then: Callable[[T], None]) -> None:
        """Do slow work in a thread, then give its result back on the screen's thread.

        `work` catches what it expects to go wrong; anything else ends the program with a report.
        """

    def copy(self, text: str) -> None:
        """Put a text where it can be pasted from."""

    def edit(self, command: Sequence[str]) -> str:
        """Give the terminal to another program until it ends; why it could not be run, else nothing."""

    def switch(self, session: str) -> None:
        """Leave this session and open another one."""

    def ring(self) -> None: ...

    def leave(self) -> None: ...

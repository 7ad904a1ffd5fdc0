"""The view to share on screen: it follows the log of a console elsewhere, and only shows.

Owns the program around the picture: its thread that reads, its second hand, its end. It must not know what is drawn
(`drawing.shared`) nor how the log is followed (`following`). Nothing is written and no key changes anything.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from threading import Event, Thread

from textual.app import ComposeResult
from textual.message import Message

from facilitator_tui.config import Config, load_config
from facilitator_tui.console.drawing import shared
from facilitator_tui.console.following import Follower
from facilitator_tui.console.program import Program
from facilitator_tui.console.widgets.canvas import Canvas
from facilitator_tui.core.run import Run
from facilitator_tui.core.rundown import rundown

LOOK_EVERY_S = 0.5
"""A look that finds nothing costs a stat a file; what is found is drawn at once."""


class SharedView(Program):
    """One picture of a call, drawn every second and whenever the log has changed."""

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
    ) -> None:
        super().__init__(config)
        self._follower, self._now, self._run = follower, now, follower.run
        self._canvas, self._left = Canvas(id="shared"), Event()

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
        self.later(1 - self._now().timestamp() % 1, self._tick)

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


def run_shared_view(follower: Follower, now: Callable[[], datetime], config: Config | None = None) -> int:
    """Show a call until the view is left; the exit code."""
    from facilitator_tui.console.leaving import save_on_signals

    app = SharedView(follower, now=now, config=config or load_config())
    save_on_signals(lambda: None, app.attributes)
    app.run(mouse=False)
    return app.return_code or 0

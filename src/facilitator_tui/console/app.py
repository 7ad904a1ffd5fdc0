"""The console's program: it paints, opens a session, and is the stage of the conductor.

Owns the beginning and the end of the program. It must not know what a key means nor what is drawn. Only what
the first picture needs is imported with it: the session, its log and all that can be done are imported behind
that picture, while the keys that are pressed already wait.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta, tzinfo
from functools import partial
from typing import TYPE_CHECKING, Any

from textual import events
from textual.app import SuspendNotSupported
from textual.message import Message
from textual.screen import Screen

from facilitator_tui.config import Config
from facilitator_tui.console import plain
from facilitator_tui.console.program import Program
from facilitator_tui.console.screens.live import LiveScreen
from facilitator_tui.console.widgets.line import Field
from facilitator_tui.errors import FacilitatorError

if TYPE_CHECKING:
    from facilitator_tui.console.conductor import Conductor
    from facilitator_tui.console.drawing.page import Page
    from facilitator_tui.console.scene import Scene
    from facilitator_tui.store.session_store import SessionStore
    from facilitator_tui.store.writer import Trouble

    Opened = SessionStore | Screen[Any]

CLOSE_S = 5.0
PATIENCE = timedelta(seconds=30)
STALL = timedelta(seconds=5)
"""Between two looks at a call lie no more than PATIENCE, and on a fast clock no more than this of real time."""


def real_now() -> datetime:
    """The real clock, in whole milliseconds as the log keeps it."""
    now = datetime.now(UTC)
    return now.replace(microsecond=now.microsecond // 1000 * 1000)


class Console(Program):
    """One program for the whole stay; sessions are opened and left inside it."""

    TITLE = "facilitator"
    CSS_PATH = [  # noqa: RUF012 - Textual names its type
        "styles/live.tcss",
        "styles/choose.tcss",
    ]

    class Saved(Message):
        """Events are safe on disk."""

    class Troubled(Message):
        """The log's writer has something to say."""

        def __init__(self, trouble: Trouble) -> None:
            super().__init__()
            self.trouble = trouble

    def __init__(
        self,
        first: Callable[[], Opened],
        reopen: Callable[[str], SessionStore],
        *,
        config: Config,
        now: Callable[[], datetime] = real_now,
        local: tzinfo | None = None,
        banner: str = "",
        speed: float = 1.0,
    ) -> None:
        super().__init__(config)
        self.store: SessionStore | None = None
        self.conductor: Conductor | None = None
        self.failure: FacilitatorError | None = None
        self.live = LiveScreen()
        self._first, self._reopen, self._config, self._now = first, reopen, config, now
        self._local, self._banner, self._speed = local, banner, speed
        self._greeted = self._ending = False
        self.greets = False
        """Somebody who opens the console for the first time is greeted with the keys to begin with."""

    def get_default_screen(self) -> LiveScreen:
        return self.live

    def on_mount(self) -> None:
        self.call_after_refresh(self._open_first)

    def _open_first(self) -> None:
        try:
            opened = self._first()
        except FacilitatorError as problem:
            self.failure = problem
            self.exit(problem.exit_code)
            return
        self._enter(opened)
        self._wait_for_second()

    def _enter(self, opened: Opened | None) -> None:
        """Play a session, or show the screen that leads to one. None: the console is left."""
        if opened is None:
            self.exit(0)
        elif isinstance(opened, Screen):
            self.push_screen(opened, self._enter)
        else:
            self._play(opened)

    def _play(self, store: SessionStore) -> None:
        from facilitator_tui.console.attention import steady_seconds
        from facilitator_tui.console.conductor import Conductor
        from facilitator_tui.console.keymap import check_keymap

        self.store = store
        store.on_saved = lambda ids: self._tell(self.Saved())
        store.on_trouble = lambda trouble: self._tell(self.Troubled(trouble))
        keymap, wrong = check_keymap(self._config.keymap)
        self.conductor = self.live.conductor = Conductor(
            store,
            self,
            now=self._now,
            local=self._zone(),
            steady=steady_seconds if self._now is real_now else None,
            keymap=keymap,
            banner=self._banner,
            bell=self._config.bell,
            patience=max(PATIENCE, STALL * self._speed),
        )
        if self.greets:
            from facilitator_tui import paths
            from facilitator_tui.console.greeting import is_first_time

            self.conductor.greeted = is_first_time(paths.greeted_file())
        self.conductor.begin()
        # What was loaded stays for the whole call: looking through it for garbage again and again costs idle time.
        gc.freeze()
        self._tell_problems((*self._config.problems, *wrong, *filter(None, [self.theme_problem])))

    def _tell_problems(self, problems: tuple[str, ...]) -> None:
        """What is wrong with the settings, once for all sessions of this stay."""
        if problems and not self._greeted and self.conductor is not None:
            self._greeted = True
            more = f" (and {len(problems) - 1} more: facilitator config)" if len(problems) > 1 else ""
            self.conductor.say(f"{problems[0]}{more}", "alert")
            self.conductor.draw()

    def _tell(self, message: Message) -> None:
        """Called from the writer's threads; a console that is closing needs no news."""
        if self.is_running:
            self.post_message(message)

    # ---------------------------------------------------------------- keys

    async def on_event(self, event: events.Event) -> None:
        """A command's key acts before the next key is looked at, so that a line it opens has the focus by then.

        A key that is left to the screen is only queued for it, and one typed right behind `i` would be taken for a
        command.
        """
        fresh = isinstance(event, events.Key) and not event.is_forwarded
        if fresh and self.screen is self.live and not isinstance(self.live.focused, Field):
            assert isinstance(event, events.Key)
            if self.conductor is not None:
                if self.conductor.press(event.key):
                    return
                # It means nothing now, and must mean nothing on whatever a key behind it opens.
                self.live.meaningless.append(event)
        await super().on_event(event)

    # ---------------------------------------------------------------- what happens

    def _wait_for_second(self) -> None:
        """The next look is due when the clock's next second begins; on a fast clock, its next whole `speed` seconds."""
        stride = max(1.0, self._speed)
        behind = self._now().timestamp() % stride
        self.later((stride - behind) / stride, self._tick)

    def _tick(self) -> None:
        self._wait_for_second()
        if self.conductor is not None:
            self.conductor.local = self._zone()
            self.conductor.tick()

    def _zone(self) -> tzinfo:
        """The computer's time zone as it is now: somebody may change it while a call runs."""
        if self._local is not None:
            return self._local
        if hasattr(time, "tzset"):
            time.tzset()
        return self._now().astimezone().tzinfo or UTC

    def on_console_saved(self, event: Saved) -> None:
        if self.conductor is not None:
            self.conductor.draw()

    def on_console_troubled(self, event: Troubled) -> None:
        if self.conductor is not None:
            self.conductor.trouble(event.trouble)

    def action_help_quit(self) -> None:
        """Ctrl+C leaves like `q`: the run goes on in the log."""
        self.leave()

    # ---------------------------------------------------------------- the stage

    def draw(self, scene: Scene, page: Page | None) -> None:
        from facilitator_tui.console.drawing.picture import picture

        if self.live.is_mounted and not self._ending:
            self.live.show(picture(scene, page, self.size))

    def open_line(self, text: str) -> None:
        self.live.open_line(text)

    def set_line(self, text: str) -> None:
        self.live.capture.field.set_text(text)

    def close_line(self) -> None:
        self.live.close_line()

    def open_field(self, prompt: str, text: str) -> None:
        self.live.open_field(prompt, text)

    def set_field(self, text: str) -> None:
        self.live.entry.field.set_text(text)

    def close_field(self) -> None:
        self.live.close_field()

    def copy(self, text: str) -> None:
        from facilitator_tui.console.clipboard import by_tool

        self.behind(partial(by_tool, text), partial(self._copied, text))

    def _copied(self, text: str, tool: str) -> None:
        if not tool:
            self.copy_to_clipboard(text)
        if self.conductor is not None:
            key = self.conductor.scene().key("page.plain")
            blind = f"through the terminal (OSC 52); if nothing is pasted, {key} shows it alone"
            self.conductor.say(f"copied with {tool}" if tool else f"copied {blind}")
            self.conductor.draw()

    def ring(self) -> None:
        self.bell()

    def edit(self, command: Sequence[str]) -> str:
        from facilitator_tui.console.editing import run_editor

        try:
            with self.suspend():
                return run_editor(command)
        except SuspendNotSupported:
            return "this terminal can't be given to another program"

    def switch(self, session: str) -> None:
        if self.store is not None and session != self.store.session_id:
            self.close_store()
            self._play(self._reopen(session))
        elif self.conductor is not None:
            self.conductor.turn("agenda")

    def leave(self) -> None:
        self.exit(0)

    def close_store(self) -> bool:
        """Save what is queued, and write the notes once more on a disk that answers; True when everything is safe."""
        if self.store is None:
            return True
        self.store.drafts.close()
        safe = self.store.close(CLOSE_S)
        if safe and self.conductor is not None:
            self.conductor.keeper.last()
        return safe

    def end(self) -> None:
        """Save everything before the program is ended from outside, and draw nothing more into the terminal."""
        self._ending = True
        self.close_store()

    def _fatal_error(self) -> None:
        """A fault of ours: three lines without the values at hand, which hold what people said."""
        from facilitator_tui.console.leaving import fault_lines

        error = self._exception
        self.panic(*(plain.text(line) for line in fault_lines(error)) if error else ())

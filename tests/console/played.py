"""A console to play with: a clock that is set by hand, a log in memory, and a stage without a terminal."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

from textual.app import App
from textual.pilot import Pilot

from facilitator_tui.config import Config
from facilitator_tui.console.app import Console
from facilitator_tui.console.conductor import Conductor
from facilitator_tui.console.drawing.page import Page
from facilitator_tui.console.scene import Scene
from facilitator_tui.console.screens.choose import choose_from
from facilitator_tui.store.journal import MemoryJournal
from facilitator_tui.store.session_store import SessionStore, usable_plan

WEEK = Path(__file__).parents[2] / "sessions.toml"
BERLIN = ZoneInfo("Europe/Berlin")
MOST_TURNS = 500

T = TypeVar("T")


class Clock:
    """The call's clock: it stands until it is set or moved."""

    def __init__(self, text: str = "2020-09-29 15:00") -> None:
        self.now = datetime.fromisoformat(text).replace(tzinfo=BERLIN).astimezone(UTC)

    def __call__(self) -> datetime:
        return self.now

    def on(self, minutes: float = 0, seconds: float = 0) -> None:
        self.now += timedelta(minutes=minutes, seconds=seconds)


def opened(folder: Path, session: str = "tue", plan: Path = WEEK) -> SessionStore:
    """A session whose log is kept in memory; whatever is written goes below `folder`.

    The week is read from this checkout once for all tests, and stands in a copy for each, since exports go beside it.
    """
    if plan == WEEK:
        read, loaded = _read(WEEK)
        plan = folder / WEEK.name
        if not plan.exists():
            folder.mkdir(parents=True, exist_ok=True)
            shutil.copy(WEEK, plan)
    else:
        read, loaded = usable_plan(plan)
    chosen = read.session(session)
    assert chosen is not None
    return SessionStore(
        plan, loaded, read, chosen, folder / "records", lambda saved, trouble: MemoryJournal(on_saved=saved)
    )


_read = lru_cache(maxsize=1)(usable_plan)


class BareStage:
    """Keeps what a screen would show. Slow work is done at once, timers go off when told."""

    def __init__(self) -> None:
        self.scene: Scene | None = None
        self.page: Page | None = None
        self.line = ""
        self.line_open = False
        self.prompt = ""
        self.field = ""
        self.copied: list[str] = []
        self.timers: list[tuple[float, Callable[[], None]]] = []
        self.switched: list[str] = []
        self.rung = 0
        self.left = False
        self.edited: list[list[str]] = []

    def draw(self, scene: Scene, page: Page | None) -> None:
        self.scene, self.page = scene, page

    def open_line(self, text: str) -> None:
        self.line, self.line_open = text, True

    def set_line(self, text: str) -> None:
        self.line = text

    def close_line(self) -> None:
        self.line_open = False

    def open_field(self, prompt: str, text: str) -> None:
        self.prompt, self.field = prompt, text

    def set_field(self, text: str) -> None:
        self.field = text

    def close_field(self) -> None:
        self.prompt = ""

    def later(self, seconds: float, call: Callable[[], None]) -> None:
        self.timers.append((seconds, call))

    def behind(self, work: Callable[[], T], then: Callable[[T], None]) -> None:
        then(work())

    def copy(self, text: str) -> None:
        self.copied.append(text)

    def edit(self, command: Sequence[str]) -> str:
        self.edited.append(list(command))
        return ""

    def switch(self, session: str) -> None:
        self.switched.append(session)

    def ring(self) -> None:
        self.rung += 1

    def leave(self) -> None:
        self.left = True


class Play:
    """A conductor on a bare stage, played by command ids and typed lines."""

    def __init__(self, folder: Path, at: str = "2020-09-29 15:00", store: SessionStore | None = None) -> None:
        self.clock = Clock(at)
        self.seconds = 100.0
        self.stage = BareStage()
        self.store = store or opened(folder)
        self.conductor = Conductor(
            self.store, self.stage, now=self.clock, local=ZoneInfo("America/Bogota"), since=lambda: self.seconds
        )
        self.conductor.begin()

    def press(self, *ids: str) -> None:
        """Commands, each some seconds after the other, as a calm person would."""
        for id in ids:
            self.seconds += 5
            self.conductor.do(id)

    def note(self, line: str) -> None:
        self.stage.line = ""
        self.conductor.writing.enter(line)
        self.conductor.draw()

    def fill(self, text: str) -> None:
        """Type into the open field and press enter."""
        self.conductor.fields.typed(text)
        self.conductor.fields.enter(text)

    def go(self, item: str) -> None:
        """Go to an item and answer whatever is asked."""
        self.conductor.cursor = item
        self.press("cursor.choose")
        if self.conductor.asking:
            self.conductor.answer("enter")

    @property
    def scene(self) -> Scene:
        assert self.stage.scene is not None
        return self.stage.scene

    @property
    def said(self) -> str:
        return self.scene.said.text if self.scene.said else ""

    @property
    def live(self) -> str:
        return self.store.run.live.item if self.store.run.live else ""


@asynccontextmanager
async def console(
    folder: Path,
    at: str = "2020-09-29 15:00",
    *,
    size: tuple[int, int] = (120, 36),
    store: SessionStore | None = None,
    plan: Path = WEEK,
    keymap: dict[str, str] | None = None,
    banner: str = "",
    choose: bool = False,
) -> AsyncIterator[tuple[Console, Pilot[int], Clock]]:
    """The real program under the pilot, on a clock that stands."""
    clock = Clock(at)

    def reopen(session: str) -> SessionStore:
        return opened(folder, session, plan)

    app = Console(
        lambda: choose_from(plan, folder / "records", clock, reopen) if choose else store or opened(folder, plan=plan),
        reopen,
        config=Config(keymap=keymap or {}),
        now=clock,
        local=ZoneInfo("America/Bogota"),
        banner=banner,
    )
    async with app.run_test(size=size, notifications=True) as pilot:
        while not (app.conductor or app.screen is not app.live):
            await pilot.pause()
        await pilot.pause()
        yield app, pilot, clock
        app.exit(0)
    app.close_store()


async def until(pilot: Pilot[int], seen: Callable[[], bool]) -> None:
    """Let the program work until something has happened, however busy the computer is."""
    for _ in range(MOST_TURNS):
        if seen():
            return
        await pilot.pause()
    raise AssertionError(f"it never happened:\n{shown(pilot.app)}")


def shown(app: App[int]) -> str:
    """The screen as plain text, without blanks at the ends of lines."""
    screen = app.screen
    rows = screen._compositor.render_strips(app.size)
    return "\n".join("".join(segment.text for segment in row).rstrip() for row in rows)

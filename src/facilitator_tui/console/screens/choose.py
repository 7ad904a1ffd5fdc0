"""Choosing a session of the programme, when none was named on the command line."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget

from facilitator_tui.console import plain
from facilitator_tui.console.pages import session_line
from facilitator_tui.console.scene import SessionLine
from facilitator_tui.console.screens.week import week_lines
from facilitator_tui.console.widgets.canvas import Canvas
from facilitator_tui.errors import FacilitatorError
from facilitator_tui.store.session_store import SessionStore, choose_session, overview, usable_plan


class _List(Canvas):
    """The sessions, one a line, with a cursor."""

    def __init__(self, week: tuple[SessionLine, ...], place: int) -> None:
        super().__init__(id="week")
        self.week, self.place = week, place

    def move(self, by: int) -> None:
        self.place = max(0, min(self.place + by, len(self.week) - 1))
        self._redraw()

    def _redraw(self) -> None:
        width, height = self.content_size
        first = plain.window(self.place, len(self.week), height)
        self._drawn = [
            plain.padded(
                plain.line(("›" if at == self.place else " ", "$text-accent bold"), one.draw(width - 2)),
                width,
                "on $boost" if at == self.place else "",
            )
            for at, one in enumerate(week_lines(self.week))
        ][first : first + height]
        self.refresh()


class _Said(Widget):
    """The line of keys, or what went wrong."""

    text = " ↑ ↓ choose   enter opens   q leaves"

    def render(self) -> Content:
        return plain.text(plain.cut(self.text, self.content_size.width), "$text-muted")


def choose_from(
    plan_path: Path, records: Path, now: Callable[[], datetime], reopen: Callable[[str], SessionStore]
) -> SessionStore | ChooseScreen:
    """The only session or the one that runs, opened; else a screen to choose, its cursor on the session meant now.

    Raises FacilitatorError.
    """
    plan, _ = usable_plan(plan_path)
    meant = choose_session(plan, records, now()).id
    every = overview(plan, records, now())
    if len(every) == 1 or any(one.session.id == meant and one.run.live and not one.unfinished for one in every):
        return reopen(meant)
    week = tuple(session_line(one) for one in every)
    place = next((at for at, one in enumerate(week) if one.id == meant), 0)
    return ChooseScreen(plan.programme.title, week, place, reopen)


class ChooseScreen(Screen[SessionStore | None]):
    """Gives the opened session, or None when the console is left."""

    AUTO_FOCUS = ""

    def __init__(
        self, title: str, week: tuple[SessionLine, ...], place: int, reopen: Callable[[str], SessionStore]
    ) -> None:
        super().__init__()
        self._reopen = reopen
        self._list, self._said = _List(week, place), _Said(id="week-said")
        self._list.border_title = plain.text(title)

    def compose(self) -> ComposeResult:
        yield self._list
        yield self._said

    def on_key(self, event: events.Key) -> None:
        event.stop()
        match event.key:
            case "up" | "k":
                self._list.move(-1)
            case "down" | "j":
                self._list.move(1)
            case "enter" if self._list.week:
                self._open(self._list.week[self._list.place].id)
            case "q" | "escape" | "ctrl+c" | "ctrl+q":
                self.dismiss(None)

    def _open(self, session: str) -> None:
        try:
            store = self._reopen(session)
        except FacilitatorError as problem:
            self._said.text = f" {problem}"
            self._said.refresh()
            return
        self.dismiss(store)

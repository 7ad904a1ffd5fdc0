"""Choosing a session of the programme, when none was named on the command line."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget

from facilitator_tui.console import plain
from facilitator_tui.console.drawing import page
from facilitator_tui.console.drawing.page import Page
from facilitator_tui.console.screens.week import week_lines
from facilitator_tui.console.week_desk import day_of
from facilitator_tui.console.week_view import Day
from facilitator_tui.console.widgets.canvas import Canvas
from facilitator_tui.errors import FacilitatorError
from facilitator_tui.store.session_store import SessionStore, choose_session, overview, usable_plan


class _List(Canvas):
    """The sessions as the page of the week shows them, with a cursor."""

    def __init__(self, title: str, week: tuple[Day, ...], place: int) -> None:
        super().__init__(id="week")
        self.week, self.place = week, place
        head = [plain.text("Which session? Nothing starts by opening one.", "bold"), plain.text("")]
        self._page = Page(title, week_lines(week), head=head, empty="The plan has no sessions.")

    def on_mount(self) -> None:
        self.show_at(self.place)

    def move(self, by: int) -> None:
        self.show_at(self.place + by)

    def show_at(self, place: int) -> None:
        self.place = max(0, min(place, len(self.week) - 1))
        self.show(partial(page.lines, self._page, self.place), plain.text(self._page.title))


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
    week = tuple(day_of(one, now()) for one in every)
    place = next((at for at, one in enumerate(week) if one.session.id == meant), 0)
    return ChooseScreen(plan.programme.title, week, place, reopen)


class ChooseScreen(Screen[SessionStore | None]):
    """Gives the opened session, or None when the console is left."""

    AUTO_FOCUS = ""

    def __init__(self, title: str, week: tuple[Day, ...], place: int, reopen: Callable[[str], SessionStore]) -> None:
        super().__init__()
        self._reopen = reopen
        self._list, self._said = _List(title, week, place), _Said(id="week-said")

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
                self._open(self._list.week[self._list.place].session.id)
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

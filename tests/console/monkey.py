"""A monkey at the keys: what the live screen does with a key, over the real conductor and without a terminal.

Owns where a key goes: to the open line, the open field, or the conductor. It must not know what a key means.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

from textual.content import Content

from console.played import BareStage, Clock, Play, opened
from facilitator_tui.console.commands import COMMANDS
from facilitator_tui.console.conductor import Conductor
from facilitator_tui.console.drawing.picture import LEAST, picture, too_small
from facilitator_tui.core import actions, people
from facilitator_tui.core.actions import Outcome, Refused
from facilitator_tui.core.run import Run

T = TypeVar("T")

SIZES = ((40, 16), (60, 15), (80, 24), (120, 36), (200, 60))

CHROME = 8
"""Rows around a page: header, border, a sentence, line, field, footer."""

TEXTS = (
    "= we begin 會議 with 👩‍👩‍👧 water #equity",
    "> @p01 a quote /ok",
    "! p02 sends the list by fri",
    "? what about a[/b]c [bold]",
    "* an idea for later",
    "/edit",
    "/find water",
    "/hand p03",
    "r:1 in the room",
    "/q1",
    "ab",
    "all",
    "+ Renée 李 of nowhere",
    "!!",
    "break 5",
    "+3",
    "until 16:40",
    "7",
    "1:30",
    "p05 lead1",
    "-",
    "wed",
    "\u202e\x1b[31m\x00é",
    "無" * 90,
)

KEYS = tuple(
    dict.fromkeys(
        key for command in COMMANDS for key in (*command.keys, *(k for ks in command.on_page.values() for k in ks))
    )
)

CHARACTERS = {
    "space": " ",
    "slash": "/",
    "plus": "+",
    "minus": "-",
    "full_stop": ".",
    "colon": ":",
    "question_mark": "?",
    "less_than_sign": "<",
    "greater_than_sign": ">",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "comma": ",",
}


OTHERS: dict[str, Callable[[Run, datetime], Outcome]] = {
    "next": actions.next_item,
    "start": actions.start,
    "finish": actions.finish,
    "all here": people.everybody_here,
    "p05 leaves": lambda run, now: people.away(run, now, "p05"),
    "p07 comes": lambda run, now: people.here(run, now, "p07"),
}
"""What a second facilitator does at the same moment."""


class SlowStage(BareStage):
    """Knows which of its two fields has the focus; slow work is kept until it is settled."""

    def __init__(self) -> None:
        super().__init__()
        self.focus = ""
        self.slow: list[Callable[[], None]] = []

    def open_line(self, text: str) -> None:
        super().open_line(text)
        self.focus = "line"

    def close_line(self) -> None:
        super().close_line()
        self.focus = ""

    def open_field(self, prompt: str, text: str) -> None:
        super().open_field(prompt, text)
        self.focus = "field"

    def close_field(self) -> None:
        super().close_field()
        self.focus = ""

    def behind(self, work: Callable[[], T], then: Callable[[T], None]) -> None:
        self.slow.append(lambda: then(work()))

    def settle(self) -> None:
        """Everything slow ends."""
        while self.slow:
            self.slow.pop(0)()


class Monkey(Play):
    """Keys as `LiveScreen` takes them."""

    stage: SlowStage

    def __init__(self, folder: Path, at: str = "2020-09-29 15:00", session: str = "tue") -> None:
        self.history: list[str] = []
        self.clock = Clock(at)
        self.seconds = 100.0
        self.stage = SlowStage()
        self.store = opened(folder, session)
        self.conductor = Conductor(
            self.store, self.stage, now=self.clock, local=ZoneInfo("America/Bogota"), since=lambda: self.seconds
        )
        self.conductor.begin()

    def do(self, step: str) -> None:
        """A key by name; or `type TEXT`, `other DEED`, `wait MINUTES`, `settle`, `tick`."""
        verb, _, what = step.partition(" ")
        self.history.append(step)
        if verb == "type" and what:
            for character in what:
                self.key(character, character)
        elif verb == "other":
            self._other(what)
        elif verb == "wait":
            self.clock.on(float(what))
            self.seconds += 60 * float(what)
            self.conductor.tick()
        elif step == "settle":
            self.stage.settle()
        elif step == "tick":
            self.clock.on(seconds=1)
            self.seconds += 1
            self.conductor.tick()
        else:
            self.key(step, CHARACTERS.get(step, step if len(step) == 1 else ""))

    def key(self, key: str, character: str = "") -> None:
        stage, conductor = self.stage, self.conductor
        self.seconds += 0.05
        if stage.focus == "line":
            self._to_line(key, character)
        elif stage.focus == "field":
            self._to_field(key, character)
        else:
            conductor.press(key)

    def _to_line(self, key: str, character: str) -> None:
        stage, writing = self.stage, self.conductor.writing
        if character and character.isprintable():
            stage.line += character
            writing.typed(stage.line)
        elif key == "enter":
            text, stage.line = stage.line, ""
            writing.enter(text)
        elif key == "escape":
            writing.leave(stage.line)
        elif key in ("up", "down"):
            writing.edit_other(-1 if key == "up" else 1)
        elif key == "tab":
            writing.complete(stage.line, len(stage.line))
        else:
            self.conductor.press(key)
        self.conductor.draw()

    def _to_field(self, key: str, character: str) -> None:
        stage, conductor = self.stage, self.conductor
        if character and character.isprintable():
            stage.field += character
            conductor.fields.typed(stage.field)
        elif key == "enter":
            text, stage.field = stage.field, ""
            conductor.fields.enter(text)
        elif key == "escape":
            conductor.fields.leave()
        elif key in ("up", "down"):
            conductor.move_cursor(-1 if key == "up" else 1)
        else:
            conductor.press(key)
        conductor.draw()

    def _other(self, deed: str) -> None:
        try:
            outcome = OTHERS[deed](self.store.run, self.clock())
        except Refused:
            return
        self.store.perform(outcome, self.clock())
        self.conductor.tick()

    def look(self, size: tuple[int, int]) -> None:
        """Draw everything at a size; AssertionError names a line that does not fit."""
        scene, page = self.stage.scene, self.stage.page
        assert scene is not None
        width, height = size
        drawn = picture(scene, page, size)
        for name, (lines, _) in drawn.panes.items():
            if name == "latest" and (width < LEAST[0] or height < LEAST[1]):
                continue  # It is left out there.
            rows: list[Content] = list(lines(width - 2, max(1, height - CHROME)))
            for row in rows:
                assert row.cell_length <= width - 2, f"{name} at {size}: {row.plain!r}"
            if name == "page" and not too_small(size):
                assert len(rows) <= height - CHROME, f"{name} has {len(rows)} rows at {size}"

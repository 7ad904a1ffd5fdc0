"""The calm first screen where there is no plan: three ways to begin, then one question at a time.

Owns how the offer and the questions are drawn and answered. It must not know what the answers come to
(`console.first_minute`).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from textual import events, on
from textual.app import ComposeResult
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input

from facilitator_tui.console import plain
from facilitator_tui.console.first_minute import Interview, Offer, Preview, offers, write_example
from facilitator_tui.console.widgets.canvas import Canvas
from facilitator_tui.console.widgets.line import Field, PromptLine
from facilitator_tui.errors import FacilitatorError
from facilitator_tui.store.plan_places import PLAN_NAME, as_seen, new_folder, todays_folder
from facilitator_tui.store.session_store import SessionStore

Opened = SessionStore | Screen[Any]

TAGLINE = "agenda, rooms and notes of a call in one window"
HEAD = 4
"""Lines above the field; always as many, so that nothing jumps from question to question."""


class StartScreen(Screen[Opened | None]):
    """Gives what was opened on the plan that was made, or None when the console is left."""

    AUTO_FOCUS = ""
    CSS_PATH = "../styles/start.tcss"

    def __init__(self, here: Path, now: Callable[[], datetime], open_plan: Callable[[Path], Opened]) -> None:
        super().__init__()
        self._here, self._now, self._open_plan = here, now, open_plan
        self._offered = offers(here)
        self._place = 0
        self._interview: Interview | None = None
        self._wrong, self._suggested = "", ""
        self._head, self._body, self._foot = (Canvas(id=f"start-{name}") for name in ("head", "body", "foot"))
        self._line = PromptLine(id="start-field")

    def compose(self) -> ComposeResult:
        yield self._head
        yield self._line
        yield self._body
        yield self._foot

    def on_mount(self) -> None:
        self._head.styles.height = HEAD
        self._show()

    # ---------------------------------------------------------------- keys

    def on_key(self, event: events.Key) -> None:
        if isinstance(self.focused, Field):
            if event is not self.focused.seen:
                # Pressed in one breath with the key that opened the field, before it had the focus.
                event.stop()
                self.focused.post_message(events.Key(event.key, event.character))
            return
        event.stop()
        self._wrong = ""
        match event.key:
            case "up" | "k":
                self._place = max(0, self._place - 1)
            case "down" | "j":
                self._place = min(len(self._offered) - 1, self._place + 1)
            case "enter":
                self._begin(self._offered[self._place])
            case "q" | "escape" | "ctrl+c" | "ctrl+q":
                self.dismiss(None)
                return
            case key:
                for place, offer in enumerate(self._offered):
                    if key == offer.key:
                        self._place = place
                        self._begin(offer)
        self._show()

    def _begin(self, offer: Offer) -> None:
        plan = offer.plan
        if plan is not None:
            self._finish(lambda: plan)
        elif offer.start == "example":
            self._finish(lambda: write_example(self._here))
        else:
            self._interview = Interview(self._here, self._now().astimezone(), offer.start)
            self._ask("")

    def _ask(self, text: str) -> None:
        interview = self._interview
        assert interview is not None
        self._wrong = ""
        self.add_class("answering")
        self._line.prompt.set(plain.line((f" {interview.question.prompt} › ", "$text-accent bold")))
        if not text and interview.suggestion:
            text = self._suggested = interview.suggestion
        self._line.begin(text)

    def _by_hand(self, text: str) -> str:
        """What was typed, without a suggestion that came into the field behind the enter it was meant for."""
        asked = self._interview.suggestion if self._interview else ""
        return text if asked else text.removeprefix(self._suggested)

    @on(Field.Told)
    def _told(self, event: Field.Told) -> None:
        event.stop()
        event.field.unheard = False
        if event.key == "enter":
            self._answered(event.text)
        elif event.key == "escape":
            self._went_back()
        event.field.left = self._interview is None
        self._show()

    def _answered(self, text: str) -> None:
        interview = self._interview
        if interview is None or interview.done:
            return
        text = self._by_hand(text)
        try:
            interview.answer(text)
        except FacilitatorError as problem:
            self._line.field.set_text(text)
            self._wrong = str(problem)
            return
        if not interview.done:
            # What was typed in the same breath behind enter is the next answer.
            self._ask(self._by_hand(self._line.field.value))
        elif not self._finish(interview.write):
            self._ask(interview.back() or "")

    def _went_back(self) -> None:
        """Esc: to the question before with its answer, from the first one to the offer."""
        before = self._interview.back() if self._interview else None
        if before is not None:
            self._ask(before)
            return
        self._interview, self._wrong = None, ""
        self.remove_class("answering")
        self._line.field.set_text("")
        self.set_focus(None)

    def _finish(self, write: Callable[[], Path]) -> bool:
        """Write the plan and open it. What goes wrong is said here, and nothing is half done."""
        try:
            opened = self._open_plan(write())
        except FacilitatorError as problem:
            self._wrong = str(problem)
            return False
        self.dismiss(opened)
        return True

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._wrong = ""
        self._show()

    def on_resize(self, event: events.Resize) -> None:
        self._show()

    # ---------------------------------------------------------------- drawing

    def _show(self) -> None:
        if self._interview is not None and self._interview.done:
            return
        if self._interview is None:
            self._head.show(self._title)
            self._body.show(self._offers)
            keys = " ↑ ↓ choose   enter takes it   q leaves"
        else:
            preview = self._interview.preview(self._line.field.value)
            interview = self._interview
            self._head.show(lambda width, height: self._question(interview, width))
            self._body.show(lambda width, height: self._preview(interview, preview, width, height))
            last = len(interview.answers) + 1 == len(interview.questions)
            keys = f" enter {'writes the plan and opens it' if last else 'goes on'}   esc goes back"
        self._foot.show(lambda width, height: [plain.text(plain.cut(keys, width), "$text-muted")])

    def _title(self, width: int, height: int) -> list[Content]:
        where = f"{_from_home(self._here)} has no {PLAN_NAME} yet"
        return [
            plain.line(("facilitator", "$text-accent bold"), (f"  {TAGLINE}", "$text-muted")),
            plain.text(""),
            plain.text("How do you want to begin?", "bold"),
            plain.text(plain.cut(where, width), "$text-muted"),
        ]

    def _offers(self, width: int, height: int) -> list[Content]:
        rows: list[Content] = []
        for place, offer in enumerate(self._offered):
            here = place == self._place
            row = plain.line(
                ("› " if here else "  ", "$text-accent bold"),
                (f"{offer.key}  ", "$text-accent bold"),
                (plain.fit(offer.label, 26), "bold"),
                (plain.cut(offer.about, max(8, width - 32)), "$text-muted"),
            )
            rows += [plain.padded(row, width, "$cursor" if here else ""), plain.text("")]
        said = self._wrong or self._will()
        tone = "$text-warning bold" if self._wrong else "$text-muted"
        return [*rows, *(plain.text(one, tone) for one in plain.wrap(said, width, 3))]

    def _will(self) -> str:
        """What taking the offer under the cursor would do."""
        offer = self._offered[self._place]
        if offer.plan is not None:
            return f"This opens {as_seen(offer.plan.parent, self._here)}"
        if offer.start == "questions":
            return f"At the end this writes a {PLAN_NAME} that you can change; nothing is ever overwritten"
        today = self._now().astimezone().date()
        folder = (
            new_folder(self._here, "example-week") if offer.start == "example" else todays_folder(self._here, today)
        )
        return f"This writes {as_seen(folder, self._here)}; nothing is ever overwritten"

    def _question(self, interview: Interview, width: int) -> list[Content]:
        question = interview.question
        hints = [plain.text(plain.cut(hint, width), "$text-muted") for hint in question.hints]
        place = plain.text(interview.place, "$text-muted")
        return [plain.spread(plain.text(question.heading, "bold"), place, width), plain.text(""), *hints]

    def _preview(self, interview: Interview, preview: Preview, width: int, height: int) -> list[Content]:
        wrong = self._wrong or preview.wrong
        rows = [plain.text(one, "$text-warning bold") for one in plain.wrap(wrong, width, 2)] if wrong else []
        rows += [plain.text("")] * (2 - len(rows))
        most = max(1, height - len(rows) - 3)
        shown = preview.lines[:most]
        titles = max((plain.width(one.title) for one in shown), default=0)
        cells = min(max(titles, 12), max(12, width - 46))
        for one in shown:
            rows.append(
                plain.line(
                    (f"{one.clock}  ", "$text-accent"),
                    (plain.fit(one.title, cells), ""),
                    (plain.cut(f"  {one.about}", max(0, width - cells - 7)), "$text-muted"),
                )
            )
        if len(preview.lines) > most:
            rows.append(plain.text(f"and {len(preview.lines) - most} more", "$text-muted"))
        if preview.said:
            rows += [plain.text(""), plain.text(plain.cut(preview.said, width), "$text-muted")]
        return rows


def _from_home(folder: Path) -> str:
    """A folder as a person names it."""
    whole = folder.absolute()
    home = Path.home()
    return f"~/{whole.relative_to(home)}" if whole.is_relative_to(home) and whole != home else str(whole)

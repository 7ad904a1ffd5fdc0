"""The short texts that are asked for: exact times, new items, names, the palette, finding.

Owns what each field is for and what happens while it is typed. It must not know how the field is drawn.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from facilitator_tui.console.palette import matching
from facilitator_tui.console.scene import person_marks
from facilitator_tui.console.screens.ideas import letters, options
from facilitator_tui.core import actions, agenda_actions, ideas, people, undo
from facilitator_tui.core.actions import Outcome, Refused
from facilitator_tui.core.durations import parse_length
from facilitator_tui.core.ideas import Idea
from facilitator_tui.core.roster import find
from facilitator_tui.core.run import Run, agenda

if TYPE_CHECKING:
    from datetime import datetime

    from facilitator_tui.console.conductor import Conductor


@dataclass(frozen=True)
class Field:
    """A prompt, what enter does with the text (True: done, close), and what every key does."""

    prompt: str
    submit: Callable[[str], bool]
    changed: Callable[[str], None] = lambda text: None
    belongs_to_page: bool = False
    """Closing it leaves its page too."""
    mended: bool = False
    """A text that was refused comes back to be mended."""


class Fields:
    def __init__(self, conductor: Conductor) -> None:
        self._conductor = conductor
        self._field: Field | None = None
        self._acted_at = -1
        """Where the cursor stood when letters acted at once: an enter out of habit behind them does nothing."""

    @property
    def open(self) -> bool:
        return self._field is not None

    def show(self, field: Field, text: str = "") -> None:
        self._field = field
        self._conductor.stage.open_field(field.prompt, text)

    def close(self) -> None:
        if self._field is not None:
            self._field = None
            self._conductor.stage.close_field()

    def typed(self, text: str) -> None:
        if self._field:
            self._field.changed(text)
            self._conductor.draw()

    def enter(self, text: str) -> None:
        field = self._field
        if field is None:
            return
        done = field.submit(text)
        if done and self._field is field:
            self.close()
        elif not done and self._field is field and field.mended:
            self._conductor.stage.set_field(text)
        self._conductor.draw()

    def leave(self) -> None:
        """Esc: nothing happens to the session."""
        field = self._field
        self.close()
        if field and field.belongs_to_page:
            self._conductor.turn("agenda")
        self._conductor.draw()

    # ---------------------------------------------------------------- time

    def exact(self) -> None:
        conductor = self._conductor
        row = conductor.scene().view.row(conductor.cursor)
        name = row.item.id if row and row.state == "future" else ""
        about = f" for {row.item.title}" if name and row else ""
        prompt = f"time{about}: 7, +3, -2, until 10:40"
        self.show(Field(prompt, lambda text: self._act(_changed_time, text, name), mended=True))

    def backdate(self) -> None:
        self.show(Field("started how long ago: 3, 1:30", lambda text: self._act(_backdated, text), mended=True))

    def _act(self, action: Callable[..., Outcome], text: str, *more: str) -> bool:
        """True: done, or given up with an empty text. A refusal leaves the field open to be mended."""
        if not text.strip():
            return True
        return self._conductor.act(lambda run, now: action(run, now, text.strip(), *more)) or self._conductor.asking

    # ---------------------------------------------------------------- the agenda

    def insert(self) -> None:
        after = self._conductor.cursor
        insert = agenda_actions.insert
        self.show(Field("insert, like: break 5", lambda text: self._act(insert, text, after), mended=True))

    def rename(self) -> None:
        item = next((one for one in agenda(self._conductor.run) if one.id == self._conductor.cursor), None)
        if item is None:
            self._conductor.say("choose an item first", "refused")
            return
        self.show(Field("title", lambda text: self._act(_renamed, text, item.id), mended=True), item.title)

    # ---------------------------------------------------------------- people

    def presence(self) -> None:
        """Two letters of a mark act at once; a name acts with enter."""
        self.show(Field("who", self._name_typed, partial(self._mark_typed, self._toggle), belongs_to_page=True))

    def voices(self) -> None:
        self.show(Field("spoke", self._voice_typed, self._voice_marks, belongs_to_page=True))

    def _mark_typed(self, action: Callable[[str], None], text: str) -> None:
        """Two letters act at once; several marks typed in one breath act one after the other."""
        rest = self._marks_taken(action, text)
        if rest != text:
            self._acted_at = self._conductor.place
            self._conductor.stage.set_field(rest)

    def _marks_taken(self, action: Callable[[str], None], text: str) -> str:
        """Act on every mark that the text begins with; what is left of it."""
        by_mark = {mark: id for id, mark in person_marks(self._conductor.run).items()}
        while text[:1] not in ("+", "!") and (person := by_mark.get(text[:2].lower())):
            action(person)
            text = text[2:]
        return text

    def _toggle(self, person: str) -> None:
        self._conductor.act(lambda run, now: toggled(run, now, person))

    def _spoke(self, person: str) -> None:
        self._conductor.act(lambda run, now: people.spoke(run, now, person))

    def _hand(self, person: str) -> None:
        self._conductor.act(lambda run, now: people.hand(run, now, person))

    def _out_of_habit(self) -> bool:
        """Whether enter was pressed behind letters that have acted already, with the cursor where it was."""
        habit, self._acted_at = self._acted_at == self._conductor.place, -1
        if habit:
            self._conductor.say("that was done at the second letter; enter once more takes the line under the cursor")
        return habit

    def _by_marks(self, action: Callable[[str], None], text: str) -> bool:
        """Marks that were typed so fast that enter came with them. False when the text is something else."""
        run = self._conductor.run
        marks = set(person_marks(run).values())
        pairs = [text[at : at + 2].lower() for at in range(0, len(text), 2)]
        if find(run.roster, text).found or not all(pair in marks for pair in pairs):
            return False
        self._marks_taken(action, text)
        return True

    def _name_typed(self, text: str) -> bool:
        text = text.strip()
        if not text:
            chosen = self._conductor.chosen()
            if chosen and not self._out_of_habit():
                self._toggle(chosen)
        elif self._by_marks(self._toggle, text):
            return False
        elif text.casefold() == "all":
            self._conductor.everybody_here()
        elif text.startswith("+"):
            self._conductor.act(lambda run, now: people.here(run, now, text))
        else:
            self._conductor.act(lambda run, now: toggled(run, now, people.find_person(run, text).id))
        return False

    def _voice_marks(self, text: str) -> None:
        if text == "!!":
            self._conductor.act(people.lower_hands)
            self._conductor.stage.set_field("")
        elif text in ("+", "-"):
            self._move_hand(-1 if text == "+" else 1)
            self._conductor.stage.set_field("")
        elif text.startswith("!"):
            self._mark_after_hand(text)
        else:
            self._mark_typed(self._spoke, text)

    def _mark_after_hand(self, text: str) -> None:
        """`!` and two letters, and what was typed behind them in the same breath."""
        rest = text
        while rest.startswith("!") and len(rest) > 2:
            left = self._marks_taken(self._hand, rest[1:3])
            if left:
                break
            rest = rest[3:]
        if rest != text:
            self._acted_at = -1
            self._conductor.stage.set_field(rest)
            if rest:
                self._voice_marks(rest)

    def _move_hand(self, by: int) -> None:
        """The hand under the cursor is called earlier or later; the cursor goes with it."""
        conductor = self._conductor
        person = conductor.chosen()
        if conductor.act(lambda run, now: people.move_hand(run, now, person, by)):
            conductor.place = max(0, conductor.scene().place + by)

    def _voice_typed(self, text: str) -> bool:
        name = text.strip()
        if not name and self._out_of_habit():
            return False
        hand = name.startswith("!")
        if not hand and name and self._by_marks(self._spoke, name):
            return False
        person = name.lstrip("!").strip() or self._conductor.chosen()
        if person:
            action = people.hand if hand else people.spoke
            self._conductor.act(lambda run, now: action(run, now, person))
            self._conductor.place = 0
        return False

    # ---------------------------------------------------------------- dots

    def dots(self) -> None:
        """A letter gives a dot at once; a number before it gives more, a minus takes them back."""
        self.show(Field("dots", self._dots_entered, self._dots_typed, belongs_to_page=True))

    def _dots_typed(self, text: str) -> None:
        if text == ",":
            self._conductor.act(undo.undo)
            self._conductor.stage.set_field("")
            return
        rest = re.sub(r"[^-a-z0-9]|-+(?=-)", "", text.lower())
        offered = options(self._conductor.scene())
        keys = letters(len(offered))
        shape = re.compile(rf"\s*(-?)(\d{{0,3}})([a-z]{{{len(keys[0]) if keys else 1}}})")
        while typed := shape.match(rest):
            rest = rest[typed.end() :]
            if typed[3] in keys:
                self._vote(offered[keys.index(typed[3])], int(typed[2] or 1) * (-1 if typed[1] else 1))
            else:
                self._conductor.say(f"no option {typed[3]!r}: the letters stand before them", "refused")
        if rest != text:
            self._conductor.stage.set_field(rest)

    def _vote(self, option: Idea, number: int) -> None:
        self._conductor.act(lambda run, now: ideas.vote(run, now, option.id, option.text, number))

    def _dots_entered(self, text: str) -> bool:
        if text.strip():
            self._conductor.say(f"{text.strip()!r} is no letter of an option", "refused")
        else:
            self._conductor.notes.sort_dots()
        return False

    # ---------------------------------------------------------------- finding

    def find(self, text: str = "") -> None:
        if self._conductor.page != "notes":
            self._conductor.turn("notes")
        self._conductor.filter = text
        self.show(Field("find", lambda typed: True, self._narrow), text)

    def palette(self) -> None:
        self._conductor.turn("palette")
        self.show(Field(":", self._palette_chosen, self._narrow, belongs_to_page=True))

    def _narrow(self, text: str) -> None:
        self._conductor.filter, self._conductor.place = text, 0

    def _palette_chosen(self, text: str) -> bool:
        conductor = self._conductor
        found = matching(text, conductor.scene())
        if not found:
            return False
        command = found[max(0, min(conductor.place, len(found) - 1))]
        self.close()
        conductor.turn("agenda")
        conductor.do(command.id)
        return False


def toggled(run: Run, now: datetime, person: str) -> Outcome:
    """Here for somebody who is not marked as here, away for somebody who is."""
    if person in run.here and person not in run.left:
        return people.away(run, now, person)
    return people.here(run, now, person)


def _changed_time(run: Run, now: datetime, text: str, item: str) -> Outcome:
    return actions.change_time(run, now, text, item)


def _backdated(run: Run, now: datetime, text: str) -> Outcome:
    try:
        return actions.backdate(run, now, parse_length(text))
    except ValueError as error:
        raise Refused(str(error)) from None


def _renamed(run: Run, now: datetime, title: str, item: str) -> Outcome:
    return agenda_actions.rename(run, now, item, title)

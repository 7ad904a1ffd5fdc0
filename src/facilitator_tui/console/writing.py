"""The capture line: opening, typing, saving, recalling, completing, pasting.

Owns what happens between the keys of the line and an event; the draft is kept at every key. It must not know
the grammar (`core.capture`) nor how the line is drawn.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from facilitator_tui.core import dictation
from facilitator_tui.core.actions import Outcome, Refused
from facilitator_tui.core.capture import Command
from facilitator_tui.core.completion import Completion, complete
from facilitator_tui.core.dictation import Focus
from facilitator_tui.core.revision import line_to_edit

if TYPE_CHECKING:
    from facilitator_tui.console.conductor import Conductor


class Writing:
    def __init__(self, conductor: Conductor) -> None:
        self._conductor = conductor
        self.is_open = False
        self.draft = ""
        self._focus = Focus()
        self._editing = ""
        self._edited = ""
        """The line that is edited, as it stood."""
        self._kept = ""
        """The draft that stood in the line when an earlier line was called back."""
        self._offers: tuple[Completion, ...] = ()
        self._offered = 0
        self._before_offers = ""

    @property
    def editing(self) -> bool:
        """Whether the line is an earlier one that is changed."""
        return bool(self._editing)

    @property
    def focus(self) -> Focus:
        """The room and question that stick, as far as they still hold."""
        return dictation.focus_now(self._conductor.run, self._focus)

    def restore(self) -> None:
        """Bring back what was being typed when the console was left or killed."""
        kept = self._conductor.store.drafts.load()
        self.draft = kept.text
        number = kept.sticky.get("question", "")
        self._focus = Focus(
            kept.sticky.get("item", ""), kept.sticky.get("room", ""), int(number) if number.isdecimal() else 0
        )

    def open(self) -> None:
        self.is_open = True
        self._conductor.fields.close()
        self._conductor.stage.open_line(self.draft)

    def typed(self, text: str) -> None:
        """A key changed the line: the draft is kept before anything is drawn."""
        self.draft = text
        self._offers = ()
        if not self._editing:
            self._keep()

    def _keep(self) -> None:
        focus = self._focus
        sticky = {"item": focus.item, "room": focus.room, "question": str(focus.question or "")}
        self._conductor.store.drafts.save(self.draft, {name: value for name, value in sticky.items() if value})

    def leave(self, text: str = "") -> None:
        """Esc: the line closes, what was typed stays as a draft. An edit is given up."""
        if not self._editing and text != self.draft:
            self.typed(text)
        if self._editing:
            self._end_edit()
            self._conductor.say("the line stays as it was")
            return
        self.is_open = False
        self._conductor.stage.close_line()

    def enter(self, line: str) -> None:
        """Save the line and stay; an empty one closes it."""
        if self._editing:
            self._save_edit(line)
        elif not line.strip():
            self.leave()
        else:
            self._take(line)

    def _take(self, line: str) -> None:
        conductor = self._conductor
        try:
            typed = dictation.type_line(conductor.run, conductor.now(), line, self._focus)
        except Refused as reason:
            conductor.say(str(reason), "refused")
            self._set(line)
            return
        quiet = bool(typed.outcome.payloads) and not line.lstrip().startswith("/")
        if not conductor.keeps(typed.outcome, quiet=quiet):
            self._set(line)
            return
        self._focus = typed.focus
        self.draft = ""
        self._keep()
        if typed.handed_back is not None:
            self._hand_back(typed.handed_back)

    def _hand_back(self, command: Command) -> None:
        if command.name == "edit":
            self.edit_last()
        else:
            self.leave()
            self._conductor.fields.find(command.argument)

    def _set(self, text: str) -> None:
        self.draft = text
        self._keep()
        self._conductor.stage.set_line(text)

    def paste(self, block: str) -> None:
        """Several lines at once: one capture a line, whatever stood in the line stays."""
        conductor = self._conductor
        conductor.perform(dictation.paste_block(conductor.run, conductor.now(), block, self._focus))

    # ---------------------------------------------------------------- editing

    def edit_other(self, by: int) -> None:
        """Up and down: the last line comes back to be edited, and from there the lines before and behind it."""
        if not self._editing:
            if by < 0:
                self.edit_last()
            return
        if self.draft != self._edited:
            self._conductor.say("enter saves the change, esc leaves the line as it was", "refused")
            return
        standing = [one.id for one in self._conductor.run.shown_captures()]
        place = standing.index(self._editing) + by if self._editing in standing else len(standing)
        if place >= len(standing):
            self._end_edit()
        elif place >= 0:
            self.edit(standing[place])

    def edit_last(self) -> None:
        """The last line comes back to be edited."""
        try:
            self.edit(dictation.last_capture(self._conductor.run).id)
        except Refused as reason:
            self._conductor.say(str(reason), "refused")

    def edit(self, id: str) -> None:
        capture = self._conductor.run.capture(id)
        if capture is None:
            return
        if not self._editing:
            self._kept = self.draft
        if not self.is_open:
            self.open()
        self._editing = id
        context = dictation.context_of(self._conductor.run, self._conductor.now())
        line = line_to_edit(capture.content, context)
        self.draft = self._edited = line
        self._conductor.stage.set_line(line)
        self._conductor.say("editing: enter saves it, esc leaves it as it was, an empty line removes it")

    def _save_edit(self, line: str) -> None:
        conductor, id = self._conductor, self._editing
        if line == self._edited:
            self._end_edit()
            conductor.say("the line stays as it was")
            return
        try:
            outcome: Outcome = dictation.edit_capture(conductor.run, conductor.now(), id, line)
        except Refused as reason:
            conductor.say(str(reason), "refused")
            self._keep_refused(line)
            return
        conductor.perform(outcome)
        self._end_edit()

    def _keep_refused(self, line: str) -> None:
        """What was typed stays in the line; where the edited one is gone, it can be saved as a new one."""
        capture = self._conductor.run.capture(self._editing)
        if capture is not None and not capture.removed:
            self.draft = line
            self._conductor.stage.set_line(line)
            return
        self._editing, self._kept = "", ""
        self._set(line)

    def _end_edit(self) -> None:
        self._editing = ""
        self._set(self._kept)
        self._kept = ""

    # ---------------------------------------------------------------- completing

    def complete(self, line: str, cursor: int) -> None:
        """Tab: the word before the cursor; once more for the next offer."""
        conductor = self._conductor
        if not self._offers:
            context = dictation.context_of(conductor.run, conductor.now(), self._focus)
            self._offers = complete(line, cursor, context)
            self._offered, self._before_offers = 0, line
        else:
            self._offered = (self._offered + 1) % len(self._offers)
        if not self._offers:
            conductor.say("tab completes @people, #tags, r:rooms and /commands", "refused")
            return
        offers, offer = self._offers, self._offers[self._offered]
        before = self._before_offers
        completed = before[: offer.start] + offer.text + before[offer.end :]
        self.draft = completed
        self._keep()
        conductor.stage.set_line(completed)
        others = f" · {self._offered + 1} of {len(offers)}, tab for the next" if len(offers) > 1 else ""
        conductor.say(f"{offer.label or offer.text.strip()}{others}")

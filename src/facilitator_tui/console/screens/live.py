"""The screen of a running session: everything on it is there from the start and shown or hidden by class.

Owns the arrangement and the way from keys and fields to the conductor. It must not know what anything means.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.keys import _character_to_key
from textual.screen import Screen
from textual.widgets import Input

from facilitator_tui.console import plain
from facilitator_tui.console.widgets.canvas import Canvas
from facilitator_tui.console.widgets.line import LONGEST_LINE, Field, PromptLine

if TYPE_CHECKING:
    from facilitator_tui.console.conductor import Conductor
    from facilitator_tui.console.drawing.picture import Picture
    from facilitator_tui.console.writing import Writing

CANVASES = ("header", "notice", "agenda", "live", "page", "small", "rooms", "latest", "foot")


class LiveScreen(Screen[None]):
    """Draws what the conductor tells; gives it every key."""

    AUTO_FOCUS = ""

    def __init__(self) -> None:
        super().__init__()
        self.conductor: Conductor | None = None
        self.canvases = {name: Canvas(id=name) for name in CANVASES}
        self.capture, self.entry = PromptLine(id="capture"), PromptLine(id="field")
        self._notices = 0
        self.meaningless: list[events.Key] = []
        """Keys on their way here that meant nothing at the moment they were pressed."""

    def compose(self) -> ComposeResult:
        parts = self.canvases
        yield parts["header"]
        yield parts["notice"]
        with Horizontal(id="middle"):
            yield parts["agenda"]
            yield parts["live"]
        yield parts["page"]
        yield parts["small"]
        with Vertical(id="bottom"):
            yield parts["rooms"]
            yield parts["latest"]
            yield self.capture
            yield self.entry
            yield parts["foot"]

    def show(self, picture: Picture) -> None:
        """Draw a picture; what looks as before is left alone."""
        for name, wanted in picture.classes.items():
            if self.has_class(name) != wanted:
                self.set_class(wanted, name)
        if picture.notices != self._notices:
            self._notices = picture.notices
            notice = self.canvases["notice"]
            notice.display = bool(picture.notices)
            notice.styles.height = max(1, picture.notices)
        for name, (lines, heading) in picture.panes.items():
            self.canvases[name].show(lines, heading)
        self.capture.prompt.set(picture.prompt)

    def on_resize(self, event: events.Resize) -> None:
        if self.conductor is not None:
            self.conductor.draw()

    # ---------------------------------------------------------------- keys and fields

    def on_key(self, event: events.Key) -> None:
        """Every key that no field takes: an answer while something is asked, else a command."""
        conductor, field = self.conductor, self.focused
        if conductor is None:
            return
        if any(one is event for one in self.meaningless):
            self.meaningless = [one for one in self.meaningless if one is not event]
            return
        if isinstance(field, Field):
            if event is not field.seen:
                # It was pressed before the field had the focus, and after the key that opened it.
                event.stop()
                field.post_message(events.Key(event.key, event.character))
                return
            if event.is_printable or event.key in Field.OWN_KEYS:
                return
        if conductor.press(event.key):
            event.stop()

    def on_mount(self) -> None:
        self.watch(self.capture.field, "value", self._keep_draft, init=False)

    def _keep_draft(self, text: str) -> None:
        """Called while the key is handled: messages of a burst come after its letters were drawn."""
        field = self.capture.field
        if self.conductor is not None and not (field.setting or field.unheard):
            self.conductor.writing.typed(text)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        """The text as it stands now, which may be newer than the event."""
        event.stop()
        if self.conductor is None:
            return
        if event.input is self.capture.field:
            self.conductor.writing.typed(event.input.value)
        elif self.conductor.fields.open:
            self.conductor.fields.typed(event.input.value)

    @on(Field.Told)
    def _told(self, event: Field.Told) -> None:
        event.stop()
        event.field.unheard = False
        if self.conductor is None:
            return
        if event.field is self.capture.field:
            self._told_by_line(self.conductor.writing, event)
            event.field.left = not self.conductor.writing.is_open
        else:
            # Typed in the same breath behind an enter, before anybody knew what the enter comes to.
            behind = event.field.value if event.key == "enter" else ""
            self._told_by_field(self.conductor, event)
            event.field.left = not self.conductor.fields.open
            if event.field.left:
                self._press_each(behind)
        self.conductor.draw()

    def _press_each(self, typed: str) -> None:
        """A text that was typed into a field which is closed by now: its characters are keys."""
        for character in typed:
            self.post_message(events.Key(_character_to_key(character), character))

    def _told_by_line(self, writing: Writing, event: Field.Told) -> None:
        match event.key:
            case "enter":
                writing.enter(event.text)
            case "escape":
                writing.leave(event.text)
            case "up" | "down":
                writing.edit_other(-1 if event.key == "up" else 1)
            case "tab":
                writing.complete(event.text, event.cursor)

    def _told_by_field(self, conductor: Conductor, event: Field.Told) -> None:
        match event.key:
            case "enter":
                conductor.fields.enter(event.text)
            case "escape":
                conductor.fields.leave()
            case "up" | "down":
                conductor.move_cursor(-1 if event.key == "up" else 1)

    @on(Field.Pasted)
    def _pasted(self, event: Field.Pasted) -> None:
        event.stop()
        if self.conductor is None:
            return
        if event.field is self.capture.field:
            self.conductor.writing.paste(event.block)
            self.conductor.draw()
        else:
            event.field.insert_text_at_cursor(event.block.replace("\n", " ")[:LONGEST_LINE])

    def open_field(self, prompt: str, text: str) -> None:
        self.entry.prompt.set(plain.line((f" {prompt} › ", "$text-accent bold")))
        self.add_class("entering")
        self.entry.begin(text)

    def close_field(self) -> None:
        self.remove_class("entering")
        self.entry.field.set_text("")
        self.set_focus(None)

    def open_line(self, text: str) -> None:
        self.add_class("capturing")
        self.capture.begin(text)

    def close_line(self) -> None:
        self.remove_class("capturing")
        self.set_focus(None)

"""A prompt and the text typed behind it: the capture line, and the field for exact times, finding and names.

Owns what keys mean while text is typed, and pastes: nothing pasted is lost and nothing pasted runs as keys. It
must not know what a line means; every line is posted as a message.
"""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Input

from facilitator_tui.console import plain
from facilitator_tui.console.widgets.canvas import Canvas
from facilitator_tui.core.text import clean

LONGEST_LINE = 4000
"""Characters of a pasted line: a field draws all of its text at every key."""


def in_parts(text: str) -> list[str]:
    """A text cut into parts of at most `LONGEST_LINE` characters, at blanks where it has some; nothing is left out."""
    parts = []
    while len(text) > LONGEST_LINE:
        place = text.rfind(" ", 1, LONGEST_LINE) + 1 or LONGEST_LINE
        parts.append(text[:place])
        text = text[place:]
    return [*parts, text]


class Field(Input):
    """An input that tells the screen of keys that mean more than editing, in the order they were pressed.

    Such a key goes straight to the screen with the text as it stood then. What is typed behind it in the same
    breath is neither lost nor taken for something else: behind enter it is the next line, behind a key that
    leaves the field it is a command.
    """

    TOLD: ClassVar[frozenset[str]] = frozenset({"enter", "up", "down", "tab", "escape"})
    OWN_KEYS: ClassVar[frozenset[str]] = TOLD | frozenset(
        key.strip() for binding in Input.BINDINGS if isinstance(binding, Binding) for key in binding.key.split(",")
    )
    """Keys that mean something while a text is typed; all others may be commands."""

    class Told(Message):
        """A key of `TOLD` was pressed while the text was `text`. Behind `enter` the field is empty already."""

        def __init__(self, field: Field, key: str, text: str, cursor: int) -> None:
            super().__init__()
            self.field, self.key, self.text, self.cursor = field, key, text, cursor

    class Pasted(Message):
        """Several lines were pasted."""

        def __init__(self, field: Field, block: str) -> None:
            super().__init__()
            self.field, self.block = field, block

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id, compact=True, select_on_focus=False)
        self.cursor_blink = False
        self.left = False
        """It was left, and the screen has not heard of it yet: what is typed now are commands."""
        self.unheard = False
        """The screen has not heard of an enter yet: what was sent is still the draft to keep."""
        self.setting = False
        """The text is replaced by the program, not typed."""
        self.seen: events.Key | None = None
        """The last key that came here first; the screen gives back what overtook the focus."""

    def on_key(self, event: events.Key) -> None:
        self.seen = event
        if self.left:
            event.stop()
            event.prevent_default()
            self.screen.post_message(events.Key(event.key, event.character))
        elif event.key in self.TOLD:
            event.stop()
            event.prevent_default()
            self._tell(event.key)

    def _tell(self, key: str) -> None:
        told = self.Told(self, key, self.value, self.cursor_position)
        self.left = key == "escape" or (key == "enter" and not self.value.strip())
        if key == "enter":
            self.unheard = True
            self.set_text("")
        self.screen.post_message(told)

    def set_text(self, text: str) -> None:
        """Replace the typed text without telling anybody, with the cursor behind it."""
        self.setting = True
        with self.prevent(Input.Changed):
            self.value = text
            self.cursor_position = len(text)
        self.setting = False

    def _on_paste(self, event: events.Paste) -> None:
        """One line goes in at the cursor; of several, each becomes a line of its own, and so do parts of a huge one."""
        event.stop()
        event.prevent_default()
        texts = clean(event.text, newlines=True).split("\n")
        lines = [part for one in texts if one.strip() for part in in_parts(one)]
        if len(lines) == 1:
            self.replace(lines[0], *self.selection)
        elif lines:
            self.screen.post_message(self.Pasted(self, "\n".join(lines)))


class _Prompt(Canvas):
    """What stands before the typed text; as wide as it says."""

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self.content_line = plain.text("")

    def set(self, content: Content) -> None:
        if content.is_same(self.content_line):
            return
        if content.cell_length != self.content_line.cell_length:
            self.styles.width = content.cell_length
        self.content_line = content
        self._redraw()

    def _redraw(self) -> None:
        self._drawn = [self.content_line]
        self.refresh()


class PromptLine(Horizontal):
    """A docked line: prompt and field. `field` may be hidden, then the prompt is a sentence."""

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self.prompt = _Prompt(id=f"{id}-prompt")
        self.field = Field(id=f"{id}-field")

    def compose(self) -> ComposeResult:
        yield self.prompt
        yield self.field

    def begin(self, text: str) -> None:
        """Open the field with a text; what is typed from now on is typed into it."""
        self.field.left = False
        self.field.set_text(text)
        self.screen.set_focus(self.field, scroll_visible=False)

"""A prompt and the text typed behind it: the capture line, and the field for exact times, finding and names.

Owns what keys mean while text is typed, and pastes: nothing pasted is lost and nothing pasted runs as keys. It
must not know what a line means; every line is posted as a message.
"""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Input

from facilitator_tui.console import plain
from facilitator_tui.console.widgets.canvas import Canvas
from facilitator_tui.core.text import clean


class Field(Input):
    """An input whose keys are told to the line around it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "tell('up')", "last line", show=False),
        Binding("down", "tell('down')", "down", show=False),
        Binding("tab", "tell('tab')", "complete", show=False, priority=True),
        Binding("escape", "tell('escape')", "leave", show=False),
    ]

    class Told(Message):
        """A key that means more than editing was pressed."""

        def __init__(self, field: Field, key: str) -> None:
            super().__init__()
            self.field = field
            self.key = key

    class Pasted(Message):
        """Several lines were pasted; the first one continues what stood in the field."""

        def __init__(self, field: Field, block: str) -> None:
            super().__init__()
            self.field = field
            self.block = block

    OWN_KEYS: ClassVar[frozenset[str]] = frozenset(
        key.strip()
        for binding in (*Input.BINDINGS, *BINDINGS)
        if isinstance(binding, Binding)
        for key in binding.key.split(",")
    )
    """Keys that mean something while a text is typed; all others may be commands."""

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id, compact=True, select_on_focus=False)
        self.cursor_blink = False

    def action_tell(self, key: str) -> None:
        self.post_message(self.Told(self, key))

    def _on_paste(self, event: events.Paste) -> None:
        """One line goes in at the cursor; of several, each becomes a line of its own."""
        event.stop()
        event.prevent_default()
        lines = [one for one in clean(event.text, newlines=True).split("\n") if one.strip()]
        if len(lines) == 1:
            self.replace(lines[0].strip("\n"), *self.selection)
        elif lines:
            self.post_message(self.Pasted(self, "\n".join(lines)))


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

    def begin(self, value: str) -> None:
        """Open the field with a text and put the cursor behind it."""
        self.set_value(value)
        self.field.focus()

    def set_value(self, value: str) -> None:
        """Replace the typed text without telling anybody."""
        with self.field.prevent(Input.Changed):
            self.field.value = value
            self.field.cursor_position = len(value)

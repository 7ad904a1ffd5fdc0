"""A widget that draws lines, and repaints only those that changed.

Owns the way from lines to the terminal: comparing, and the strip of one row. It must not
know what the lines say.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rich.segment import Segment
from textual.content import Content
from textual.events import Resize
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

Lines = Callable[[int, int], Sequence[Content]]
"""What to draw into a width and a height of cells; fewer lines leave the rest blank."""


class Canvas(Widget):
    """Give it what makes its lines; it asks for them whenever it is shown or resized."""

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._lines: Lines | None = None
        self._heading = ""
        self._drawn: list[Content] = []

    def show(self, lines: Lines, heading: Content | None = None) -> None:
        """Draw anew. Lines that look as before are not painted again."""
        self._lines = lines
        if heading is not None and heading.plain != self._heading:
            self._heading = heading.plain
            self.border_title = heading
            self._drawn = []
        self._redraw()

    def on_resize(self, event: Resize) -> None:
        self._drawn = []
        self._redraw()

    def _redraw(self) -> None:
        width, height = self.content_size
        if self._lines is None or not self.display or width <= 0 or height <= 0:
            return
        before, self._drawn = self._drawn, list(self._lines(width, height))[:height]
        if not before:
            self.refresh()
            return
        changed = [y for y in range(max(len(before), len(self._drawn))) if not self._same(before, y)]
        if changed:
            self.refresh(*(Region(0, y, width, 1) for y in changed))

    def _same(self, before: list[Content], y: int) -> bool:
        drawn = self._drawn
        return y < len(before) and y < len(drawn) and before[y].is_same(drawn[y])

    def render_line(self, y: int) -> Strip:
        style = self.visual_style
        width = self.content_size.width
        if y >= len(self._drawn):
            return Strip.blank(width, style.rich_style)
        pieces = self._drawn[y].render(style, end="", parse_style=self._get_style)
        strip = Strip([Segment(piece, look.rich_style) for piece, look in pieces])
        return strip.adjust_cell_length(width, style.rich_style)

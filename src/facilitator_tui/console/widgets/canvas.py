"""A widget that draws lines made from a scene, and repaints only those that changed.

Owns the way from lines to the terminal: comparing, windows over long lists, the strip of one row. It must not
know what the lines say.
"""

from __future__ import annotations

from collections.abc import Sequence

from rich.segment import Segment
from textual.content import Content
from textual.events import Resize
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from facilitator_tui.console.scene import Scene


class Canvas(Widget):
    """Give it a scene with `show`; it asks `lines` what to draw."""

    def __init__(self, *, id: str, classes: str = "") -> None:
        super().__init__(id=id, classes=classes)
        self._scene: Scene | None = None
        self._drawn: list[Content] = []

    def lines(self, scene: Scene, width: int, height: int) -> Sequence[Content]:
        """What to draw into `width` × `height` cells; fewer lines leave the rest blank."""
        raise NotImplementedError

    def heading(self, scene: Scene) -> Content | None:
        """The title in the frame, where there is one."""
        return None

    def show(self, scene: Scene) -> None:
        """Draw a scene. Lines that look as before are not painted again."""
        self._scene = scene
        self._redraw()

    def on_resize(self, event: Resize) -> None:
        self._drawn = []
        self._redraw()

    def _redraw(self) -> None:
        width, height = self.content_size
        if self._scene is None or not self.display or width <= 0 or height <= 0:
            return
        title = self.heading(self._scene)
        if title is not None and str(title) != str(self._border_title or ""):
            self.border_title = title
            self._drawn = []
        before, self._drawn = self._drawn, list(self.lines(self._scene, width, height))[:height]
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


def window(place: int, count: int, height: int) -> int:
    """The first line to show so that line `place` of `count` is seen with some lines around it."""
    return max(0, min(place - height // 2, count - height))

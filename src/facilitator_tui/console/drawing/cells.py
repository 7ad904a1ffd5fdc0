"""Pictures made of cells: bars of time, columns of an eighth of a cell, and tables of dots, two rows a line.

Owns the inks. It must not know what is drawn with them; words and figures stand beside every picture, so nobody
has to count cells.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from textual.content import Content

from facilitator_tui.console import plain
from facilitator_tui.core.durations import ZERO

USED, BEYOND, UNUSED, PAUSED = "█", "▓", "░", "╌"
LEGEND = f"{USED} as planned  {BEYOND} more than planned  {UNUSED} planned, not used  {PAUSED} paused"
_LEVELS = "▁▂▃▄▅▆▇█"
_HALVES = {(False, False): " ", (True, False): "▀", (False, True): "▄", (True, True): "█"}


def time_bar(
    planned: timedelta, used: timedelta, paused: timedelta, longest: timedelta, cells: int, *, done: bool
) -> Content:
    """Used, used beyond the plan, paused and left unused; every piece ends where its time ends.

    `longest` is what all `cells` stand for.
    """
    parts: list[plain.Part] = []
    reached = 0
    for ink, style, end in _ends(planned, used, paused, done):
        at = max(reached, round(cells * (end / longest))) if longest else 0
        parts.append((ink * (at - reached), style))
        reached = at
    return plain.line(*parts, " " * max(0, cells - reached))


def _ends(planned: timedelta, used: timedelta, paused: timedelta, done: bool) -> Iterator[tuple[str, str, timedelta]]:
    """Each piece of a bar: what it is drawn with, its style, and where it ends."""
    yield USED, "$text-success" if done else "$text-accent", min(planned, used)
    yield BEYOND, "$text-warning", max(ZERO, used)
    yield PAUSED, "$text-warning", used + paused
    yield UNUSED, "$text-disabled", max(planned, used + paused)


def share_bar(part: int, whole: int, cells: int) -> Content:
    """How much of a whole, as the clock shows it: a heavy line for the part, a light one for the rest."""
    full = min(cells, round(cells * part / whole)) if whole > 0 else 0
    return plain.line(("━" * full, "$text-success"), ("╌" * (cells - full), "$text-disabled"))


def level(value: int, most: int) -> str:
    """One cell as high as a value is against the most; blank for none, and never blank for some."""
    if value <= 0 or most <= 0:
        return " "
    return _LEVELS[min(7, max(0, -(-value * 8 // most) - 1))]


def dots(rows: Sequence[Sequence[int]]) -> list[list[tuple[str, int]]]:
    """A table of figures as cells of two rows each: the ink, and the larger of its two figures."""
    width = max((len(row) for row in rows), default=0)
    even = [*rows, [0] * width] if len(rows) % 2 else list(rows)
    return [
        [(_HALVES[up > 0, down > 0], max(up, down)) for up, down in zip(above, below, strict=True)]
        for above, below in zip(even[::2], even[1::2], strict=True)
    ]

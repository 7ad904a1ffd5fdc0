"""Digits large enough to be read from across the room, made of cells.

Owns the shapes and the choice of the largest size that fits. It must not know what a number means.
"""

from __future__ import annotations

from functools import lru_cache

_SHAPES = {
    "0": "### #.# #.# #.# ###",
    "1": ".#. ##. .#. .#. ###",
    "2": "### ..# ### #.. ###",
    "3": "### ..# ### ..# ###",
    "4": "#.# #.# ### ..# ..#",
    "5": "### #.. ### ..# ###",
    "6": "### #.. ### #.# ###",
    "7": "### ..# ..# ..# ..#",
    "8": "### #.# ### #.# ###",
    "9": "### #.# ### ..# ###",
    ":": ". # . # .",
    "+": "... .#. ### .#. ...",
    "−": "... ... ### ... ...",
    " ": "... ... ... ... ...",
    "\u2009": ". . . . .",
}
_BLANKS = str.maketrans("0123456789+−:", " " * 12 + "\u2009")
_ROWS = 5
_SIZES = ((9, 5), (8, 5), (7, 4), (6, 4), (6, 3), (5, 3), (4, 2), (3, 2), (2, 1))
"""Cells of a dot, across and down, the largest first: a cell is about twice as high as it is wide."""
_HALVES = {(False, False): " ", (True, False): "▀", (False, True): "▄", (True, True): "█"}


def filled_up(text: str, widest: str) -> str:
    """`text` as wide as `widest` in large digits: a blank in place of each sign that it lacks at the left."""
    return widest[: len(widest) - len(text)].translate(_BLANKS) + text if len(text) < len(widest) else text


@lru_cache(maxsize=64)
def big(text: str, width: int, height: int, ink: str = "█") -> tuple[str, ...]:
    """`text` in the largest size that fits into `width` × `height` cells, else as it is.

    `ink` fills the cells; a paused clock is drawn with a lighter one.
    """
    for across, down in _SIZES:
        if _ROWS * down <= height and _columns(text, across) <= width:
            return _solid(text, across, down, ink)
    if height >= 3 and _columns(text, 1) <= width:
        return _halved(text, ink)
    return (text,)


def _columns(text: str, pixel: int) -> int:
    return sum((len(_SHAPES[sign].split()[0]) + 1) * pixel for sign in text) - pixel


def _bitmap(text: str) -> list[str]:
    shapes = [_SHAPES[sign].split() for sign in text]
    return [".".join(shape[row] for shape in shapes) for row in range(_ROWS)]


def _solid(text: str, across: int, down: int, ink: str) -> tuple[str, ...]:
    rows = ["".join((ink if dot == "#" else " ") * across for dot in row) for row in _bitmap(text)]
    return tuple(row for row in rows for _ in range(down))


def _halved(text: str, ink: str) -> tuple[str, ...]:
    rows = [*_bitmap(text), "." * len(_bitmap(text)[0])]
    pairs = zip(rows[::2], rows[1::2], strict=True)
    lines = ["".join(_HALVES[up == "#", down == "#"] for up, down in zip(*pair, strict=True)) for pair in pairs]
    return tuple(line if ink == "█" else line.replace("█", ink) for line in lines)

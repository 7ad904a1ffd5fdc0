"""A screen as an SVG picture that looks the same wherever it is shown.

Lines and blocks are drawn as shapes, so they meet whatever font there is; words are placed cell by cell, so no
viewer can move them; nothing outside the file is referred to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import escape

from rich.cells import cell_len
from rich.color import Color
from rich.style import Style
from textual.strip import Strip

WIDTH, HEIGHT, FONT, MARGIN = 10, 21, 16, 12
FONTS = "ui-monospace,'DejaVu Sans Mono',Menlo,Consolas,'Liberation Mono',monospace"

_EIGHTHS = {sign: number for number, sign in enumerate("▁▂▃▄▅▆▇█", 1)}
_SHADES = {"░": 0.25, "▒": 0.5, "▓": 0.75}
_ACROSS = {"─": (1.2, ""), "━": (3, ""), "╌": (1.2, "4 1"), "┄": (1.2, "2.3 1"), "╍": (3, "4 1"), "═": (3, "")}
_DOWN = {"│": (1.2, ""), "┃": (3, ""), "╎": (1.2, "7 3.5"), "┊": (1.2, "3 2"), "╏": (3, "7 3.5"), "║": (3, "")}
_CORNERS = {
    "╭": ("M{c} {b}V{m}q0 -{r} {r} -{r}H{e}", 1.2),
    "╮": ("M{s} {h}H{k}q{r} 0 {r} {r}V{b}", 1.2),
    "╰": ("M{c} {t}V{n}q0 {r} {r} {r}H{e}", 1.2),
    "╯": ("M{s} {h}H{k}q{r} 0 {r} -{r}V{t}", 1.2),
    "┏": ("M{c} {b}V{h}H{e}", 3),
    "┓": ("M{s} {h}H{c}V{b}", 3),
    "┗": ("M{c} {t}V{h}H{e}", 3),
    "┛": ("M{s} {h}H{c}V{t}", 3),
}
_DRAWN = re.escape("".join((*_EIGHTHS, *_SHADES, *_ACROSS, *_DOWN, *_CORNERS, "▀")))
_RUN = re.compile(rf"([{_DRAWN}])\1*|[^\s{_DRAWN}]+(?: [^\s{_DRAWN}]+)*")


@dataclass
class Picture:
    """A picture that is being drawn: boxes and lines behind, words before them, and a class for each look of text."""

    ground: str
    letters: str
    boxes: list[str] = field(default_factory=list)
    shapes: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    looks: dict[str, str] = field(default_factory=dict)

    def look(self, css: str) -> str:
        return self.looks.setdefault(css, f"l{len(self.looks)}")

    def box(self, x: float, y: float, width: float, height: float, fill: str, opacity: float = 1) -> None:
        light = f' opacity="{opacity}"' if opacity < 1 else ""
        self.boxes.append(f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" fill="{fill}"{light}/>')

    def line(self, path: str, stroke: str, thick: float, dashes: str = "") -> None:
        dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
        self.shapes.append(f'<path d="{path}" stroke="{stroke}" stroke-width="{thick:g}" fill="none"{dashed}/>')


def svg(rows: Sequence[Strip], ground: str, letters: str) -> str:
    """The rows of a screen as a picture; `ground` and `letters` are the colours of what has none of its own."""
    picture = Picture(ground, letters)
    columns = max(row.cell_length for row in rows)
    for number, row in enumerate(rows):
        at = 0
        for segment in row:
            _segment(picture, segment.text, segment.style or Style.null(), at, number)
            at += cell_len(segment.text)
    width, height = columns * WIDTH + 2 * MARGIN, len(rows) * HEIGHT + 2 * MARGIN
    css = "".join(f".{name}{{{rule}}}" for rule, name in picture.looks.items())
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img">',
            f"<style>text{{font:{FONT}px {FONTS}}}{css}</style>",
            f'<rect width="{width}" height="{height}" rx="10" fill="{ground}"/>',
            '<g shape-rendering="crispEdges">',
            *picture.boxes,
            "</g>",
            *picture.shapes,
            *picture.words,
            "</svg>\n",
        )
    )


def _segment(picture: Picture, text: str, style: Style, at: int, row: int) -> None:
    fore = _hex(style.color, picture.letters)
    back = _hex(style.bgcolor, picture.ground)
    if style.reverse:
        fore, back = back, fore
    if back != picture.ground:
        picture.box(_x(at), _y(row), cell_len(text) * WIDTH, HEIGHT, back)
    for sign, run, start in _runs(text):
        place = at + start
        if sign:
            _shape(picture, sign, len(run), place, row, fore)
        else:
            css = f"fill:{fore}" + (";font-weight:700" if style.bold else "")
            css += (";font-style:italic" if style.italic else "") + (
                ";text-decoration:line-through" if style.strike else ""
            )
            picture.words.append(
                f'<text x="{_x(place)}" y="{_y(row) + HEIGHT * 0.74:g}" textLength="{cell_len(run) * WIDTH}" '
                f'lengthAdjust="spacingAndGlyphs" class="{picture.look(css)}">{escape(run)}</text>'
            )


def _runs(text: str) -> Iterator[tuple[str, str, int]]:
    """Pieces with the cell they begin at: runs of one drawn sign, with that sign, and words with single blanks."""
    for found in _RUN.finditer(text):
        yield found[1] or "", found[0], cell_len(text[: found.start()])


def _shape(picture: Picture, sign: str, many: int, at: int, row: int, fill: str) -> None:
    x, y, wide = _x(at), _y(row), many * WIDTH
    middle = y + HEIGHT / 2
    if sign == "▀":
        picture.box(x, y, wide, HEIGHT / 2, fill)
    elif sign in _EIGHTHS:
        high = HEIGHT * _EIGHTHS[sign] / 8
        picture.box(x, y + HEIGHT - high, wide, high, fill)
    elif sign in _SHADES:
        picture.box(x, y, wide, HEIGHT, fill, _SHADES[sign])
    elif sign in _ACROSS:
        thick, dashes = _ACROSS[sign]
        picture.line(f"M{x} {middle:g}H{x + wide}", fill, thick, dashes)
    else:
        for cell in range(many):
            _upright(picture, sign, x + cell * WIDTH, y, fill)


def _upright(picture: Picture, sign: str, x: float, y: float, fill: str) -> None:
    middle = y + HEIGHT / 2
    if sign in _DOWN:
        thick, dashes = _DOWN[sign]
        picture.line(f"M{x + WIDTH / 2:g} {y:g}V{y + HEIGHT:g}", fill, thick, dashes)
        return
    path, thick = _CORNERS[sign]
    r = WIDTH / 2
    places = {"s": x, "e": x + WIDTH, "c": x + WIDTH / 2, "k": x + WIDTH / 2 - r, "t": y, "b": y + HEIGHT, "h": middle}
    picture.line(path.format(r=r, m=f"{middle + r:g}", n=f"{middle - r:g}", **places), fill, thick)


def _hex(colour: Color | None, otherwise: str) -> str:
    return otherwise if colour is None or colour.triplet is None else colour.triplet.hex


def _x(cell: int) -> int:
    return MARGIN + cell * WIDTH


def _y(row: int) -> int:
    return MARGIN + row * HEIGHT

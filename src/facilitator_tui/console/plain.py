"""The only door for text to the screen: cleaned, never read as markup, measured in cells.

Owns how a piece of text becomes `Content` and how it is cut, padded and wrapped to a number of cells. It must
not know what the text says. Styles are theme variables and words (`$text-muted bold`), never colours.
"""

from __future__ import annotations

from functools import lru_cache

from rich.cells import cell_len
from textual.content import Content, Span

from facilitator_tui.core.text import clean

Part = str | tuple[str, str] | Content

ELLIPSIS = "…"
_JOINERS = ("\u200d", "\u200c")


def text(value: str, style: str = "") -> Content:
    """A piece of text as it is: `[/]` and ESC in it are shown, not obeyed."""
    return Content.styled(clean(value), style) if style else Content(clean(value))


def line(*parts: Part) -> Content:
    """Pieces side by side; each is text, text with a style, or made by this module already."""
    words: list[str] = []
    spans: list[Span] = []
    at = 0
    for part in parts:
        if isinstance(part, Content):
            word = part.plain
            spans += [Span(at + span.start, at + span.end, span.style) for span in part.spans]
        elif isinstance(part, str):
            word = clean(part)
        else:
            word = clean(part[0])
            if part[1] and word:
                spans.append(Span(at, at + len(word), part[1]))
        words.append(word)
        at += len(word)
    return Content("".join(words), spans)


def width(value: str) -> int:
    """How many cells a text takes."""
    return cell_len(value)


def cut(value: str, cells: int) -> str:
    """At most `cells` cells of a text; what was cut off is marked with `…`."""
    value = clean(value)
    if cell_len(value) <= cells:
        return value
    if cells <= 0:
        return ""
    kept, used = [], 0
    for character in value:
        used += cell_len(character)
        if used > cells - 1:
            break
        kept.append(character)
    return "".join(kept).rstrip(" " + "".join(_JOINERS)) + ELLIPSIS


def fit(value: str, cells: int, *, right: bool = False) -> str:
    """Exactly `cells` cells: cut when too long, padded when too short."""
    # A joiner at the end would swallow the first blank behind it.
    value = cut(value, cells).rstrip("\u200d")
    space = " " * (cells - cell_len(value))
    return space + value if right else value + space


def wrap(value: str, cells: int, most: int = 99) -> list[str]:
    """A text broken at blanks into at most `most` lines of `cells` cells; the last one is cut."""
    if cells <= 0 or most <= 0:
        return []
    lines: list[str] = []
    rest = ""
    for word in clean(value).split():
        joined = f"{rest} {word}" if rest else word
        if cell_len(joined) <= cells:
            rest = joined
            continue
        if rest:
            lines.append(rest)
        rest = word
    lines.append(rest)
    if len(lines) > most:
        lines = [*lines[: most - 1], " ".join(lines[most - 1 :])]
    return [cut(one, cells) for one in lines]


def spread(left: Content, right: Content, cells: int) -> Content:
    """Two pieces at the two ends of a line of `cells` cells; the left one gives way, then the end of the right one."""
    if right.cell_length > cells:
        right = right.truncate(cells, ellipsis=True)
    room = cells - right.cell_length
    if left.cell_length > room - 1:
        left = left.truncate(max(0, room - 1), ellipsis=True)
    return line(left, " " * max(0, room - left.cell_length), right)


def padded(piece: Content, cells: int, style: str = "") -> Content:
    """A line filled up to `cells` cells, with a style laid under all of it."""
    if piece.cell_length > cells:
        piece = piece.truncate(cells, ellipsis=True)
    filled = line(piece, " " * (cells - piece.cell_length))
    return filled.stylize_before(style) if style else filled


@lru_cache(maxsize=64)
def centred(pieces: tuple[str, ...], cells: int, style: str) -> list[Content]:
    """Lines of equal look in the middle of `cells` cells."""
    widest = max((cell_len(piece) for piece in pieces), default=0)
    margin = " " * max(0, (cells - widest) // 2)
    return [line(margin, (piece, style)) for piece in pieces]


def window(place: int, count: int, height: int) -> int:
    """The first line to show so that line `place` of `count` is seen with some lines around it."""
    return max(0, min(place - height // 2, count - height))

"""A page over the middle of the screen: lines with a cursor, only those drawn that can be seen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from textual.content import Content

from facilitator_tui.console import plain

Draw = Callable[[int], Content]

MOST_KEY_LINES = 2
Told = Callable[[str, int], list[str]]
"""What a line stands for and a width to rows of text."""
Whole = Callable[[int, int, int], list[Content]]
"""Place of the cursor, width and height to the rows of a page."""


@dataclass(frozen=True, slots=True)
class PageLine:
    """A line that is made when it is seen; `id` names what it stands for, empty when it can't be chosen."""

    draw: Draw
    id: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """A title, what stands fast above the lines, the lines, and the keys that act here."""

    title: str
    lines: Sequence[PageLine]
    head: Sequence[Content | Draw] = ()
    """Lines as they are, or made for a width."""
    keys: str = ""
    empty: str = ""
    whole: Whole | None = None
    """Draws the page without cursor, head and keys, from the line under the cursor on."""
    told: Told | None = None
    """What is said below of the line under the cursor; as many rows for each line, so that nothing jumps."""
    airy: bool = False
    """A blank line between the lines, as long as all of them fit."""

    def ids(self) -> list[str]:
        """What can be chosen, in order."""
        return [one.id for one in self.lines if one.id]


def fixed(*parts: plain.Part, id: str = "") -> PageLine:
    """A line that looks the same at every width."""
    content = plain.line(*parts)
    return PageLine(lambda width: content, id)


def lines(page: Page, place: int, width: int, height: int) -> list[Content]:
    """A page with its cursor on the line `place`; the keys stand at the bottom."""
    if page.whole is not None:
        return page.whole(place, width, height)
    above = [one(width - 2) if callable(one) else one for one in page.head]
    head = [plain.line(" ", one.truncate(width - 2, ellipsis=True)) for one in above]
    keys = [plain.text(f" {one}") for one in _told(page, place, width - 2)]
    keys += [plain.text(f" {one}", "$text-muted") for one in _keys(page.keys, width - 2)]
    room = max(1, height - len(head) - len(keys))
    body = _body(page, place, width, room)
    return [*head[: height - 1], *body, *[plain.text("")] * (room - len(body)), *keys]


def _told(page: Page, place: int, width: int) -> list[str]:
    chosen = _chosen(page, place)
    return page.told(page.lines[chosen].id, width) if page.told and chosen is not None else []


def _keys(keys: str, width: int) -> list[str]:
    """The keys of a page in one line, or two where they are many; they break between two of them."""
    rows = [""]
    for one in keys.split(" · ") if keys else []:
        longer = f"{rows[-1]} · {one}" if rows[-1] else one
        if rows[-1] and plain.width(longer) > width and len(rows) < MOST_KEY_LINES:
            rows.append(one)
        else:
            rows[-1] = longer
    return [plain.cut(row, width) for row in rows if row]


def _body(page: Page, place: int, width: int, height: int) -> list[Content]:
    if not page.lines:
        return [plain.line(" ", (one, "$text-muted")) for one in plain.wrap(page.empty, width - 2, height)]
    chosen = _chosen(page, place)
    first = _first(page, chosen, height)
    rows = []
    for at, one in enumerate(page.lines[first : first + height], first):
        here = at == chosen
        row = plain.line(("›" if here else " ", "$text-accent bold"), one.draw(width - 2))
        rows.append(plain.padded(row, width, "$cursor" if here else ""))
    if first and chosen != first:
        rows[0] = plain.text(f" ▲ {first + 1} more", "$text-muted")
    below = len(page.lines) - first - height
    if below > 0 and chosen != first + height - 1:
        rows[-1] = plain.text(f" ▼ {below + 1} more", "$text-muted")
    if page.airy and 2 * len(rows) <= height:
        rows = [line for row in rows for line in (row, plain.text(""))]
    return rows


def _first(page: Page, chosen: int | None, height: int) -> int:
    """The first line to show. On its first or last line that can be chosen, the page is seen to its very end."""
    count = len(page.lines)
    first = plain.window(chosen or 0, count, height)
    if chosen is None or count <= height:
        return first
    if all(not one.id for one in page.lines[chosen + 1 :]):
        return max(first, min(chosen, count - height))
    if all(not one.id for one in page.lines[:chosen]) and chosen < height:
        return 0
    return first


def _chosen(page: Page, place: int) -> int | None:
    """The line under the cursor: the cursor counts lines that can be chosen only."""
    choosable = [at for at, one in enumerate(page.lines) if one.id]
    return choosable[max(0, min(place, len(choosable) - 1))] if choosable else None

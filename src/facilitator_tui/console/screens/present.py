"""What others may look at: the chosen kinds in large, without names, and a text alone on the screen to select.

Owns which lines can be shown to everybody, which is less than any export prints: a line whose text points at
somebody is left out. It must not know how kinds are chosen.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from textual.content import Content

from facilitator_tui.console import plain
from facilitator_tui.console.drawing.latest import kind_title
from facilitator_tui.console.drawing.page import Page, PageLine, fixed
from facilitator_tui.console.kept import Kept
from facilitator_tui.console.scene import Scene
from facilitator_tui.console.screens.harvest import by_kind
from facilitator_tui.core.calendar import hours_minutes
from facilitator_tui.core.capture import Capture
from facilitator_tui.core.events import CaptureContent
from facilitator_tui.core.ideas import results, votes_held
from facilitator_tui.core.run import Run
from facilitator_tui.harvest.consent import Disclosure, strictest
from facilitator_tui.harvest.leaks import Finder

WIDEST = 96
"""Longer lines are hard to read from across a room."""

_HARMLESS = ("due:", "r:", "q:", "n:", "#", "/")
"""Unsure marks that name nobody."""


MOST_LEAFED = 6
"""Entries that are passed at once, so that none is passed unseen."""

Entry = tuple[str, str, str]
"""Heading, text, and how often it was said or voted for."""


@dataclass(frozen=True, slots=True)
class Slides:
    """What is presented, in order. `held` lines are kept back for the sake of somebody."""

    entries: tuple[Entry, ...]
    held: int
    lines: tuple[PageLine, ...]
    """One an entry, so that the cursor can go through them."""


_SLIDES: Kept[Slides] = Kept()


class _Showable:
    """Which lines everybody may see; each line is looked at once, however often its neighbours change."""

    def __init__(self) -> None:
        self._finder: Kept[Finder] = Kept()
        self._known: dict[str, tuple[CaptureContent, bool]] = {}
        self._made_with: Finder | None = None

    def lines(self, run: Run, kinds: tuple[str, ...]) -> list[Capture]:
        finder = self._finder.get(lambda: Finder(run.roster), run.plan, run.added)
        if finder is not self._made_with:
            self._made_with, self._known = finder, {}
        allowed = Disclosure(run, "public")
        wanted = (one for one in run.captures if not one.removed and one.content.type in kinds)
        return [one for one in wanted if not allowed.withheld(strictest(one)) and not self._points(one)]

    def _points(self, capture: Capture) -> bool:
        known = self._known.get(capture.id)
        if known is None or known[0] is not capture.content:
            assert self._made_with is not None
            known = self._known[capture.id] = (capture.content, points(self._made_with, capture.content))
        return known[1]


_SHOWABLE = _Showable()


def points(finder: Finder, content: CaptureContent) -> bool:
    """Whether a line says of somebody who it is."""
    if any(not mark.startswith(_HARMLESS) for mark in content.unsure):
        return True
    return bool(finder.find(content.text))


def presented_kinds(scene: Scene) -> tuple[str, ...]:
    """The kinds to show: the one alone, else all that were chosen."""
    return (scene.notes.alone,) if scene.notes.alone else scene.notes.presented


def slides(scene: Scene) -> Slides:
    """The lines of the chosen kinds, then the results of votes, without those that point at somebody."""
    run, kinds = scene.run, presented_kinds(scene)

    def make() -> Slides:
        found = by_kind(_SHOWABLE.lines(run, kinds))
        titles = {kind: kind_title(run, kind) for kind in found}
        entries = [
            (titles[kind], one.content.text, f"×{one.content.count}" if one.content.count > 1 else "")
            for kind in sorted(found, key=kinds.index)
            for one in found[kind]
        ]
        asked = sum(1 for one in run.captures if not one.removed and one.content.type in kinds)
        held = asked - len(entries)
        entries += [] if scene.notes.alone else _votes(run)
        lines = tuple(fixed("", id=str(number)) for number in range(len(entries)))
        return Slides(tuple(entries), held, lines)

    return _SLIDES.get(make, run.captures, run.votes, run.plan, run.added, equal=(kinds, scene.notes.alone))


def _votes(run: Run) -> list[Entry]:
    """Results of votes, whose options may not point at anybody either, nor be lines that are kept back."""
    finder, allowed = Finder(run.roster), Disclosure(run, "public")
    kept_back = {one.id for one in run.captures if one.removed or allowed.withheld(strictest(one))}
    return [
        (item.title, one.text, f"{one.dots} ●")
        for item in votes_held(run)
        for one in results(run, item.id)
        if one.option not in kept_back and not finder.find(one.text)
    ]


def present_page(scene: Scene) -> Page:
    """The chosen kinds, a heading and its lines each, from the line under the cursor on."""
    shown = slides(scene)
    return Page("", shown.lines, whole=_Presented(scene, shown).draw)


def leafed(scene: Scene, by: int) -> int:
    """The entry to go on with: the first of the next heading, or some entries on where a heading has many."""
    entries = slides(scene).entries
    place = max(0, min(scene.place, len(entries) - 1))
    if not entries:
        return 0
    steps = range(1, MOST_LEAFED + 1)
    headings = [place + by * step for step in steps if 0 <= place + by * step < len(entries)]
    begins = (at for at in headings if at == 0 or entries[at - 1][0] != entries[at][0])
    return next(begins, headings[-1] if headings else place)


class _Presented:
    """The presentation as rows: as many lines from the cursor on as fit, headings with the first of their kind."""

    def __init__(self, scene: Scene, shown: Slides) -> None:
        self._scene, self._entries, self._held = scene, shown.entries, shown.held

    def draw(self, place: int, width: int, height: int) -> list[Content]:
        first = max(0, min(place, len(self._entries) - 1))
        margin = " " * max(2, (width - WIDEST) // 2)
        room = width - 2 * len(margin)
        blocks = self._blocks(first, margin, room, height - 3)
        spare = height - 3 - sum(map(len, blocks))
        gap = [plain.text("")] * (1 if blocks and spare >= 2 * len(blocks) else 0)
        rows = [self._top(width), plain.text("")]
        for block in blocks:
            rows += [*block, *gap]
        if not self._entries:
            rows += [plain.text(f"{margin}{one}", "$text-muted") for one in plain.wrap(self._nothing(), room)]
        rows = rows[: height - 1]
        rows += [plain.text("")] * (height - 1 - len(rows))
        return [*rows, self._bottom(first, len(blocks), width)]

    def _blocks(self, first: int, margin: str, room: int, height: int) -> list[list[Content]]:
        """The rows of each entry from the first on, as many entries as fit; one at least."""
        blocks: list[list[Content]] = []
        used, last = 0, ""
        for title, text, times in self._entries[first:]:
            block = list(_block("" if title == last else title, text, times, margin, room))
            used += len(block)
            if blocks and used > height:
                break
            blocks.append(block)
            last = title
        return blocks

    def _top(self, width: int) -> Content:
        scene = self._scene
        clock = hours_minutes(scene.view.now, scene.run.plan.programme.tz)
        title = plain.line(" ", (plain.cut(scene.run.session.title, max(8, width - 12)), "$text-muted"))
        return plain.spread(title, plain.text(f"{clock} ", "$text-muted"), width)

    def _bottom(self, first: int, shown: int, width: int) -> Content:
        scene, number = self._scene, len(self._entries)
        places = f"{first + 1}–{first + shown} of {number}" if number else ""
        held = f"{self._held} held back" if self._held else ""
        key = scene.key("harvest.kind")
        keys = " · ".join(("↓ ↑ a line", "→ ← on and back", *([f"{key} next kind"] if key else []), "esc leaves"))
        said = " · ".join(part for part in (places, held) if part)
        return plain.spread(plain.text(f" {keys}", "$text-disabled"), plain.text(f"{said} ", "$text-muted"), width)

    def _nothing(self) -> str:
        held = f" {self._held} are held back, since they name somebody or are off the record." if self._held else ""
        return f"No line of the chosen kinds can be shown.{held} Esc goes back to the harvest, where kinds are ticked."


def _block(title: str, text: str, times: str, margin: str, room: int) -> Iterator[Content]:
    if title:
        yield plain.line(margin, (title.upper(), "$text-accent bold"))
        yield plain.text("")
    behind = f"  {times}" if times else ""
    rows = plain.wrap(text, room - 3 - len(behind), 6)
    for number, row in enumerate(rows):
        last = number == len(rows) - 1
        sign = ("•  ", "$text-accent bold") if not number else "   "
        yield plain.line(margin, sign, (row, "bold"), (behind, "$text-accent bold") if last else "")
    yield plain.text("")


# ---------------------------------------------------------------- nothing but the text


def plain_page(scene: Scene) -> Page:
    """A text and nothing else, so that the terminal's own selection takes nothing else."""
    source = scene.notes.plain.split("\n")

    def draw(place: int, width: int, height: int) -> list[Content]:
        first = max(0, min(place, len(source) - 1))
        rows: list[Content] = []
        for line in source[first:]:
            rows += [plain.text(row) for row in wrapped(line, width)]
            if len(rows) >= height:
                break
        return rows[:height]

    return Page("", [fixed("", id=str(number)) for number in range(len(source))], whole=draw)


def wrapped(line: str, cells: int) -> list[str]:
    """A line broken at blanks; its leading blanks stay, a word that is too long for a row is broken anywhere."""
    if plain.width(line) <= cells:
        return [line]
    bare = line.lstrip(" ")
    rows, row = [], " " * min(len(line) - len(bare), cells // 2)
    for word in bare.split(" "):
        joined = f"{row} {word}" if row.strip() else row + word
        if plain.width(joined) <= cells:
            row = joined
            continue
        if row.strip():
            rows.append(row)
            row = ""
        pieces = _broken(row + word, cells)
        rows += pieces[:-1]
        row = pieces[-1]
    return [*rows, row]


def _broken(word: str, cells: int) -> list[str]:
    """A word without blanks in pieces of at most so many cells."""
    pieces = [""]
    for sign in word:
        if pieces[-1] and plain.width(pieces[-1] + sign) > cells:
            pieces.append("")
        pieces[-1] += sign
    return pieces

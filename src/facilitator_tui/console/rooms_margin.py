"""What stands right of the seats where a screen is wide: who met whom, or all rooms at a glance.

Owns the choice between the two and their place. It must not know what a seat's line shows.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache, partial

from textual.content import Content

from facilitator_tui.console import plain
from facilitator_tui.console.drawing.page import Draw, PageLine
from facilitator_tui.console.rooms_view import RoomsView
from facilitator_tui.console.scene import Scene, person_marks
from facilitator_tui.console.screens import who_met
from facilitator_tui.core.plan import Organisation, Roster
from facilitator_tui.core.room_words import org_marks
from facilitator_tui.core.roster import organisation_of

ROOM_CELLS, GLANCE_CELLS = 7, 30
MARKS_ACROSS = 8
BETWEEN = 2
MOST_CELLS = 250
"""No screen is wider: what needs more is never drawn beside the seats."""


@lru_cache(maxsize=4)
def _org_marks(orgs: tuple[Organisation, ...]) -> dict[str, str]:
    return org_marks(orgs)


def org_mark(roster: Roster, org: Organisation | None) -> str:
    """The two signs of an organisation; empty for none."""
    return _org_marks(tuple(roster.orgs)).get(org.id, "").upper() if org else ""


def beside(scene: Scene, view: RoomsView, seats: Sequence[PageLine], cells: int) -> list[PageLine]:
    """The lines of the seats with, right of them, the table where the whole of it has room, else the rooms' marks."""
    table, wide = who_met.table(scene, view)
    glance = _glance(scene, view)
    needed = cells + BETWEEN + wide
    if needed > MOST_CELLS:
        table = []
    lines = []
    for at in range(max(len(seats), len(table), len(glance))):
        left = seats[at] if at < len(seats) else PageLine(lambda width: plain.text(""))
        met = table[at] if at < len(table) else None
        marks = glance[at] if at < len(glance) else None
        lines.append(PageLine(partial(_two, left, met, marks, cells, needed if table else MOST_CELLS + 1), left.id))
    return lines


def _two(left: PageLine, met: Draw | None, marks: Draw | None, cells: int, needed: int, width: int) -> Content:
    right = met if width >= needed else marks if width >= cells + BETWEEN + GLANCE_CELLS else None
    if right is None:
        return left.draw(width)
    return plain.line(plain.padded(left.draw(cells), cells), " " * BETWEEN, right(width - cells - BETWEEN))


def _glance(scene: Scene, view: RoomsView) -> list[Draw]:
    """Two lines a room: the marks of its people, and below them those of their organisations."""
    seating = view.seating
    if seating is None:
        return []
    lines: list[Draw] = []
    short = all(plain.width(name) < ROOM_CELLS for name in seating.names)
    for label, seat in zip(seating.names if short else seating.rooms, seating.seats, strict=True):
        people = sorted(seat)
        for at in range(0, max(1, len(people)), MARKS_ACROSS):
            part = people[at : at + MARKS_ACROSS]
            lines += [partial(_people, scene, "" if at else label, part), partial(_organisations, scene, part)]
    return lines


def _people(scene: Scene, name: str, people: Sequence[str], width: int) -> Content:
    marks = person_marks(scene.run)
    row = " ".join(marks.get(one, one[:2]).upper() for one in people)
    return plain.line((plain.fit(name, ROOM_CELLS - 1), "$text-accent bold"), " ", plain.cut(row, width - ROOM_CELLS))


def _organisations(scene: Scene, people: Sequence[str], width: int) -> Content:
    roster = scene.run.roster
    row = " ".join(plain.fit(org_mark(roster, organisation_of(roster, one)), 2) for one in people)
    return plain.line(" " * ROOM_CELLS, (plain.cut(row.rstrip(), width - ROOM_CELLS), "$text-muted"))

"""Who has met whom: everybody against everybody, in as many cells as a line has.

Owns the drawing of that table, alone on the page or beside the seats on a wide screen. A figure is the number of
meetings in rounds that happened; an `o` marks a pair that is going to meet.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from textual.content import Content

from facilitator_tui.console import plain
from facilitator_tui.console.drawing.page import Draw, Page, PageLine
from facilitator_tui.console.rooms_view import RoomsView
from facilitator_tui.console.scene import Scene, person_marks
from facilitator_tui.core.room_rounds import seated_people
from facilitator_tui.core.run import Run

LABEL = 4
WIDE, CLOSE = 3, 2
"""Cells a column: with a blank between, and without where there are too many people."""


def page(scene: Scene, view: RoomsView, title: Content, keys: str) -> Page:
    """The table on a page of its own; the cursor is on a person's line, and the columns follow it."""
    people = _people(scene.run, view)
    chosen = people[max(0, min(scene.place, len(people) - 1))] if people else ""
    lines = [PageLine(partial(_named_row, scene, view, people, chosen, one), one) for one in people]
    pairs = len(people) * (len(people) - 1) // 2
    met = sum(1 for pair in view.met if pair <= frozenset(people))
    coming = sum(1 for pair in view.coming if pair <= frozenset(people) and pair not in view.met)
    words = f"{met} of {pairs} pairs have met, {coming} more will · figure: times met this week · o: will"
    head: list[Content | Draw] = [
        title,
        plain.text(words, "$text-muted"),
        plain.text(""),
        partial(_columns, scene, people, chosen),
    ]
    return Page("Rooms · who met whom", lines, head=head, keys=keys, empty="Nobody is here yet.")


def table(scene: Scene, view: RoomsView) -> tuple[list[Draw], int]:
    """The whole table without a cursor, and the cells it needs."""
    people = _people(scene.run, view)
    rows: list[Draw] = [partial(_columns, scene, people, "")]
    rows += [partial(_row, scene, view, people, "", one) for one in people]
    return rows, LABEL + len(people) * WIDE


def _people(run: Run, view: RoomsView) -> list[str]:
    """Those who are seated or to be seated, in the order of the roster."""
    seated = {one for seat in (view.seating.seats if view.seating else ()) for one in seat}
    seated |= {one.id for one in seated_people(run, view.item)}
    return [one.id for one in run.roster.people if one.id in seated]


def _window(people: Sequence[str], chosen: str, width: int) -> tuple[Sequence[str], int]:
    """The people whose columns are shown and the cells of each: those around the chosen one where not all fit."""
    room = max(1, width - LABEL)
    if len(people) * WIDE <= room:
        return people, WIDE
    shown = max(1, room // CLOSE)
    place = people.index(chosen) if chosen in people else 0
    first = plain.window(place, len(people), shown)
    return people[first : first + shown], CLOSE


def _columns(scene: Scene, people: Sequence[str], chosen: str, width: int) -> Content:
    mark = person_marks(scene.run)
    shown, cells = _window(people, chosen, width)
    parts: list[plain.Part] = [" " * LABEL]
    for at, one in enumerate(shown):
        style = "$text-accent bold reverse" if one == chosen else "$text-accent" if at % 2 else "$text-muted"
        parts += [(mark.get(one, one[:2]).upper(), style), " " * (cells - 2)]
    return plain.line(*parts)


def _row(scene: Scene, view: RoomsView, people: Sequence[str], chosen: str, person: str, width: int) -> Content:
    shown, cells = _window(people, chosen, width)
    parts: list[plain.Part] = [(plain.fit(person_marks(scene.run).get(person, "").upper(), LABEL), "$text-accent bold")]
    for other in shown:
        parts += [_cell(view, person, other), " " * (cells - 2)]
    return plain.line(*parts)


def _cell(view: RoomsView, person: str, other: str) -> plain.Part:
    if person == other:
        return ("▪ ", "$text-disabled")
    pair = frozenset((person, other))
    times, coming = view.met.get(pair, 0), view.coming.get(pair, 0)
    if not times and not coming:
        return ("· ", "$text-disabled")
    figure = f"{min(times, 9) if times else ''}{'o' if coming else ''}"
    again = times + coming > 1
    return (f"{figure:<2}", "$text-warning bold" if again else "$text-success")


def _named_row(scene: Scene, view: RoomsView, people: Sequence[str], chosen: str, person: str, width: int) -> Content:
    """A row and, where there is room, the name and how many people were met."""
    row = _row(scene, view, people, chosen, person, width)
    known = scene.run.roster.person(person)
    faces = sum(1 for other in people if other != person and view.met.get(frozenset((person, other)), 0))
    words = f"{known.name if known else person} · has met {faces}"
    left = width - row.cell_length - 2
    return plain.line(row, "  ", (plain.cut(words, left), "$text-muted")) if left >= 12 else row

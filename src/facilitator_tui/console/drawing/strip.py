"""The rooms while they run: who sits where, and how long until they change or close."""

from __future__ import annotations

from textual.content import Content

from facilitator_tui.console import plain
from facilitator_tui.console.scene import Scene, person_marks
from facilitator_tui.core.alerts import CHANGE_NOTICE as SOON
from facilitator_tui.core.durations import MINUTE, clock
from facilitator_tui.core.room_change import presence_gap
from facilitator_tui.core.run import Run, agenda
from facilitator_tui.core.rundown import RoomsClock

BETWEEN = 3
"""Blanks between two rooms."""


def heading(scene: Scene) -> Content:
    rooms = scene.view.rooms
    if rooms is None:
        return plain.text("Rooms")
    hurry = rooms.phase != "running" or rooms.remaining <= (SOON if rooms.round < rooms.rounds else MINUTE)
    held = " · paused with the item" if _held(scene) else ""
    words = (rooms_in_words(rooms), "$text-warning bold" if hurry else "")
    return plain.line("Rooms · ", words, held, (_presence(scene, rooms), "$text-warning bold"))


def _presence(scene: Scene, rooms: RoomsClock) -> str:
    """Who has no seat, and who is gone from a round to come, with the key that plans again; empty when all is well."""
    item = next((one for one in agenda(scene.run) if one.id == rooms.item), None)
    if item is None or rooms.phase != "running":
        return ""
    now, coming = (presence_gap(scene.run, item, number) for number in (rooms.round, rooms.round + 1))
    waiting = len({*now.unseated, *coming.unseated})
    parts = [f"{len(coming.away)} away" if coming.away else "", f"{waiting} without a seat" if waiting else ""]
    said = ", ".join(part for part in parts if part)
    return f" · {said}: {scene.key('rooms.plan')}" if said else ""


def _held(scene: Scene) -> bool:
    """The rooms' clock stands still because it goes with the item's."""
    clocks, rooms = scene.run.breakout, scene.view.rooms
    paused = scene.view.state == "paused" and bool(rooms and rooms.phase == "running")
    return paused and clocks is not None and clocks.follows_pause


def lines(scene: Scene, width: int, height: int) -> list[Content]:
    rooms = scene.view.rooms
    seating = scene.run.seating(rooms.item, rooms.round) if rooms else None
    if rooms is None or seating is None:
        return [plain.text(f" nobody is seated · {scene.key('page.rooms')} plans the rooms", "$text-muted")]
    seats = _seats(scene.run, seating.rooms, seating.seats)
    return _columns(seats, scene.room, width - 2, height)


def rooms_in_words(rooms: RoomsClock) -> str:
    """`round 1 of 2 · 9:40 left`, or what comes after the last round."""
    lead = f"round {rooms.round} of {rooms.rounds} · " if rooms.rounds > 1 else ""
    if rooms.phase == "closing":
        return f"{lead}closing, back in {clock(rooms.remaining)}"
    if rooms.phase == "closed":
        return f"{lead}closed, everybody is back"
    left = clock(rooms.remaining)
    return f"{lead}change rooms in {left}" if rooms.round < rooms.rounds else f"{lead}{left} left"


def _seats(run: Run, rooms: tuple[str, ...], seats: tuple[tuple[str, ...], ...]) -> list[tuple[str, str]]:
    mark = person_marks(run)
    return [
        (room, " ".join(mark.get(person, person).upper() for person in seat) or "–")
        for room, seat in zip(rooms, seats, strict=True)
    ]


def _columns(seats: list[tuple[str, str]], chosen: str, width: int, height: int) -> list[Content]:
    """Rooms side by side in equal columns; what does not fit is counted."""
    if not seats:
        return []
    widest = max(plain.width(room) + plain.width(people) + 1 for room, people in seats)
    across = max(1, min(len(seats), (width + BETWEEN) // (widest + BETWEEN)))
    widest = min(widest, width)
    rows = [seats[at : at + across] for at in range(0, len(seats), across)][: max(0, height)]
    hidden = len(seats) - sum(len(row) for row in rows)
    if not hidden or not rows:
        return [_band(row, chosen, widest) for row in rows]
    last = rows[-1]
    note = plain.width(_more(len(seats)))
    while len(last) > 1 and 1 + len(last) * (widest + BETWEEN) + note > width:
        last, hidden = last[:-1], hidden + 1
    drawn = [_band(row, chosen, widest) for row in (*rows[:-1], last)]
    return [*drawn[:-1], plain.line(drawn[-1], (_more(hidden), "$text-muted"))]


def _more(hidden: int) -> str:
    return f"+{hidden} more"


def _band(row: list[tuple[str, str]], chosen: str, widest: int) -> Content:
    parts: list[plain.Part] = [" "]
    for room, people in row:
        style = "$text-accent bold reverse" if room == chosen else "$text-accent bold"
        room = plain.cut(room, max(1, widest - min(4, plain.width(people) + 1)))
        parts += [(room, style), " ", plain.fit(people, widest - plain.width(room) - 1), "   "]
    return plain.line(*parts)

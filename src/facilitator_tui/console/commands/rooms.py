"""The commands of the breakout rooms."""

from __future__ import annotations

from facilitator_tui.console.commands.command import Command, refusal
from facilitator_tui.console.scene import Scene
from facilitator_tui.core import seating
from facilitator_tui.core.room_rounds import has_rooms


def _no_breakout(scene: Scene) -> str:
    live, chosen = scene.view.live, scene.view.row(scene.cursor)
    rows = [row for row in (live.row if live else None, chosen) if row]
    if any(has_rooms(scene.run.plan, row.item) for row in rows):
        return ""
    return refusal(seating.breakout_item)(scene)


def _off_rooms(scene: Scene) -> str:
    if scene.page != "rooms":
        return f"open the rooms first ({scene.key('page.rooms')})"
    return "" if scene.rooms else "no breakout is running or still to come"


def _no_seats(scene: Scene) -> str:
    """Why nothing can be done to the seats that are shown."""
    if scene.rooms is None:
        return _off_rooms(scene)
    return "" if scene.rooms.seating else f"no rooms are there yet ({scene.key('rooms.plan')})"


ROOMS: tuple[Command, ...] = (
    Command(
        "rooms.clock",
        ("t",),
        "rooms clock",
        "Open the rooms, extend them, or call everybody back.",
        "People and rooms",
        lambda c: c.rooms_clock(),
        lambda scene: "" if scene.view.rooms else refusal(seating.open_rooms)(scene),
    ),
    Command(
        "rooms.with-item",
        (),
        "pausing rooms",
        "Open the rooms; a pause of the item stops their clock too.",
        "People and rooms",
        lambda c: c.open_rooms(with_item=True),
        refusal(seating.open_rooms),
    ),
    Command(
        "rooms.plan",
        ("P",),
        "plan rooms",
        "Plan the rooms, or plan them again and see first who moves.",
        "People and rooms",
        lambda c: c.rooms.planner.plan(),
        _no_breakout,
    ),
    Command(
        "rooms.earlier",
        ("less_than_sign",),
        "earlier round",
        "Show the round before.",
        "People and rooms",
        lambda c: c.rooms.step(-1),
        _off_rooms,
    ),
    Command(
        "rooms.later",
        ("greater_than_sign",),
        "later round",
        "Show the round after.",
        "People and rooms",
        lambda c: c.rooms.step(1),
        _off_rooms,
    ),
    Command(
        "rooms.look",
        ("M",),
        "who met",
        "Seats, who met whom, or who moves between rounds.",
        "People and rooms",
        lambda c: c.rooms.next_look(),
        _off_rooms,
    ),
    Command(
        "rooms.lock",
        ("l",),
        "lock room",
        "The room under the cursor keeps its people, or no longer.",
        "People and rooms",
        lambda c: c.rooms.lock(),
        _no_seats,
    ),
    Command(
        "rooms.sit-out",
        ("O",),
        "sit out",
        "The person under the cursor stays in the main room, or takes part again.",
        "People and rooms",
        lambda c: c.rooms.sit_out(),
        _off_rooms,
    ),
    Command(
        "rooms.host",
        ("H",),
        "host",
        "The person under the cursor hosts the room, or is free again.",
        "People and rooms",
        lambda c: c.rooms.host(),
        _no_seats,
    ),
    Command(
        "rooms.choose",
        ("C",),
        "room choice",
        "People name a room: two letters or NAME, then ROOM; - sits out.",
        "People and rooms",
        lambda c: c.rooms.choose(),
        _no_breakout,
    ),
    Command(
        "rooms.export",
        ("Z",),
        "for Zoom",
        "Write the lists that Zoom takes, one a round.",
        "People and rooms",
        lambda c: c.rooms.export(),
        _no_seats,
    ),
)

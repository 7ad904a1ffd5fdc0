"""The actions on breakout rooms and the words for them: publish, open, extend, recall, choose, host, move.

Owns what a person can do to rooms, and the rooms' own clock. It must not know how seats are found
(`core.room_plan`) nor how rooms are shown. Rounds count from 1.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from facilitator_tui.core import events as ev
from facilitator_tui.core.actions import Outcome, Refused, find_item
from facilitator_tui.core.calendar import floor_second
from facilitator_tui.core.durations import MINUTE, ZERO, signed
from facilitator_tui.core.events import Payload
from facilitator_tui.core.meetings import happened_rounds, step_round
from facilitator_tui.core.people import find_person, is_here
from facilitator_tui.core.plan import Item
from facilitator_tui.core.room_change import PresenceGap, presence_gap
from facilitator_tui.core.room_lengths import round_lengths
from facilitator_tui.core.room_plan import RoomPlan
from facilitator_tui.core.room_rounds import (
    SITS_OUT,
    groupings,
    guests,
    has_rooms,
    is_breakout,
    room_specs,
    round_count,
    seated_people,
    sitting_out,
)
from facilitator_tui.core.run import Run, Seating, agenda
from facilitator_tui.core.rundown import rooms_clock, rundown
from facilitator_tui.rotation import RoomSpec, RotationProblem

SOON = 5 * MINUTE
"""So long before a breakout a change of presence is said."""
MOST_NAMED = 4
"""More rooms than this are counted and not named in a sentence."""

# ---------------------------------------------------------------- actions


def breakout_item(run: Run, now: datetime, name: str = "") -> Item:
    """The breakout meant: the one named, the live one, else the next to come. Refused when there is none."""
    if name:
        return find_item(run, name)
    view = rundown(run, now)
    if view.live and has_rooms(run.plan, view.live.row.item):
        return view.live.row.item
    for row in view.rows:
        if row.state == "future" and is_breakout(row.item):
            return row.item
    raise Refused("no breakout is running or still to come; name an item")


def publish(plan: RoomPlan) -> Outcome:
    """Make a found rotation the plan of the rooms."""
    if not plan.payloads:
        raise Refused(f"every round of {plan.item.title} has happened; nothing is left to plan")
    return Outcome(plan.payloads, f"{plan.item.title}: {plan.said}")


def open_rooms(run: Run, now: datetime, name: str = "") -> Outcome:
    """Start the breakout clock: what is left of the live breakout, for the rounds that are still to come."""
    if run.finished is not None:
        raise Refused("the session is finished; undo reopens it")
    running = rooms_clock(run, now)
    if running and running.phase == "running":
        raise Refused("the rooms are open already; extend or recall them")
    view = rundown(run, now)
    item = find_item(run, name) if name else view.live.row.item if view.live else None
    if item is None or not has_rooms(run.plan, item):
        raise Refused("no breakout is running; go to one first")
    row = view.row(item.id)
    length = row.length if row else item.length
    gone = ZERO
    if view.live and view.live.row.item.id == item.id and view.live.remaining > ZERO:
        gone = length - view.live.remaining
    rounds = round_lengths(run.plan, item, length, gone)
    opened = ev.RoomsOpened(item.id, rounds.seconds, len(rounds.lengths), rounds_s=rounds.each_s)
    return Outcome((opened,), f"rooms open for {rounds.words}")


def pausing_with_item(opening: Outcome) -> Outcome:
    """The same opening of rooms, but a pause of the item stops their clock too."""
    payloads = (
        replace(one, follows_pause=True) if isinstance(one, ev.RoomsOpened) else one for one in opening.payloads
    )
    return replace(opening, payloads=tuple(payloads), said=f"{opening.said}; they pause with the item")


def extend_rooms(run: Run, now: datetime, by: timedelta) -> Outcome:
    """Give the round under way more or less time; closed rooms open again."""
    breakout = run.breakout
    if breakout is None or rooms_clock(run, now) is None:
        raise Refused("no rooms are open; start them first")
    if not by:
        raise Refused("give minutes like +3 or -1")
    item = next((one for one in agenda(run) if one.id == breakout.item), None)
    steps = f"; the steps of {item.title} keep their times" if item and len(groupings(run.plan, item)) > 1 else ""
    return Outcome((ev.RoomsExtended(int(by.total_seconds())),), f"rooms {signed(by)}{steps}")


def recall_rooms(run: Run, now: datetime) -> Outcome:
    """Call everybody back; a grace minute runs until the rooms count as closed."""
    running = rooms_clock(run, now)
    if running is None or running.phase != "running":
        raise Refused("no rooms are open")
    return Outcome((ev.RoomsRecalled(),), "everybody is called back, one minute to close")


def choose(run: Run, now: datetime, name: str, room: str, item_name: str = "") -> Outcome:
    """Somebody names a room, or is given one for all rounds; capacities hold, first come first. `-` sits out.

    It holds from the next planning on; who has no seat in a published round takes it at once.
    """
    person = find_person(run, name)
    item = _choosing_item(run, now, item_name)
    if room.strip() == SITS_OUT:
        return sit_out(run, now, person.id, item.id)
    specs = _specs(run, item)
    spec = _meant_room(item, specs, room)
    chosen = run.choices.get(item.id, {})
    if chosen.get(person.id) == spec.id:
        raise Refused(f"{person.name} has chosen {spec.name} already")
    others = [p for p, r in chosen.items() if r == spec.id and p != person.id]
    limit = next((r.size for r in run.session.rooms if r.id == spec.id and isinstance(item.rooms, tuple)), None)
    limit = spec.largest if limit is None and item.mode != "choose" else limit
    if limit is not None and len(others) >= limit:
        raise Refused(f"{spec.name} is full ({limit} people); choose another room")
    # Who sits out is not among those seated until the choice is made.
    entitled = {one.id for one in seated_people(run, item)} | set(sitting_out(run, item))
    seats = tuple(
        ev.SeatChanged(item.id, number, person.id, spec.id)
        for number, seating in _coming(run, now, item)
        if not seating.room_of(person.id) and spec.id in seating.rooms
        if person.id in entitled and is_here(run, person.id)
    )
    return Outcome((ev.RoomChosen(item.id, person.id, spec.id), *seats), f"{person.name} goes to {spec.name}")


def sit_out(run: Run, now: datetime, name: str, item_name: str = "") -> Outcome:
    """Somebody stays in the main room for all rounds that have not begun; the same once more takes part again."""
    person = find_person(run, name)
    item = breakout_item(run, now, item_name)
    if person.id in sitting_out(run, item):
        said = f"{person.name} takes part in {item.title} again"
        waits = any(not seating.room_of(person.id) for _, seating in _coming(run, now, item))
        said += "; planning again gives a seat" if waits else ""
        return Outcome((ev.RoomChosen(item.id, person.id, ""),), said)
    if person.id not in {one.id for one in seated_people(run, item)}:
        raise Refused(f"{person.name} has no seat in {item.title}: guests and those who are away have none to give")
    seats = tuple(
        ev.SeatChanged(item.id, number, person.id, "")
        for number, seating in _coming(run, now, item)
        if seating.room_of(person.id)
    )
    begun = {number for id, number in happened_rounds(run, now) if id == item.id}
    later = " from the next round on" if begun and len(begun) < round_count(run.plan, item) else ""
    return Outcome((ev.RoomChosen(item.id, person.id, SITS_OUT), *seats), f"{person.name} sits out{later}")


def _coming(run: Run, now: datetime, item: Item) -> list[tuple[int, Seating]]:
    """The published rounds of an item that have not begun."""
    begun = {number for id, number in happened_rounds(run, now) if id == item.id}
    rounds = sorted(run.seatings.items())
    return [(number, seating) for (id, number), seating in rounds if id == item.id and number not in begun]


def lock_room(run: Run, now: datetime, item: str, round: int, room: str) -> Outcome:
    """A room keeps its people and lets nobody in when rooms are planned again; the same once more sets it free."""
    seating = run.seating(item, round)
    if seating is None:
        raise Refused("no rooms are planned for that round; plan them first")
    wanted = room.strip().casefold()
    known = zip(seating.rooms, seating.names, strict=True)
    id, name = next(((i, n) for i, n in known if wanted in {i.casefold(), n.casefold()}), ("", ""))
    if not id:
        raise Refused(f"no room {room!r}: the rooms are {', '.join(seating.rooms)}")
    held = (item, round, id) not in run.locks
    words = "keeps its people when the rooms are planned again" if held else "is mixed again"
    return Outcome((ev.RoomLocked(item, round, id, held),), f"{name} {words}")


def host(run: Run, now: datetime, name: str, room: str, item_name: str = "") -> Outcome:
    """Somebody stays in a room as its host while others move; the same once more sets them free.

    Hosts hold from the next planning on. Every room has one host at most.
    """
    person = find_person(run, name)
    item = breakout_item(run, now, item_name)
    specs = _specs(run, item)
    spec = _meant_room(item, specs, room)
    hosts = run.choices.get(item.id, {})
    if hosts.get(person.id) == spec.id:
        return Outcome((ev.RoomChosen(item.id, person.id, ""),), f"{person.name} is free to move")
    if person.id not in {one.id for one in seated_people(run, item)}:
        raise Refused(f"{person.name} has no seat in {item.title}: guests and those who are away host no room")
    others = {other: at for other, at in hosts.items() if other != person.id and at != SITS_OUT}
    if len(others) >= len(specs):
        raise Refused(f"{len(others) + 1} hosts are more than the {len(specs)} rooms; set one free first")
    there = next((other for other, at in others.items() if at == spec.id), "")
    if there:
        host_name = next((one.name for one in run.roster.people if one.id == there), there)
        raise Refused(f"{spec.name} has a host, {host_name}; choose another room or set the host free")
    hosted = {*others.values(), spec.id}
    short = [one.name for one in specs if one.id not in hosted] if item.mode != "choose" else []
    few = ", ".join(short) if len(short) <= MOST_NAMED else f"{len(short)} rooms"
    lacking = f"; no host yet in {few}" if short else ""
    said = f"{person.name} hosts {spec.name} in every round{lacking}"
    return Outcome((ev.RoomChosen(item.id, person.id, spec.id),), said)


def _specs(run: Run, item: Item) -> tuple[RoomSpec, ...]:
    """The rooms of an item by the plan; where rooms were published, those."""
    try:
        specs = room_specs(run, item, max(1, len(seated_people(run, item))))
    except RotationProblem as error:
        raise Refused(str(error)) from None
    seating = run.seating(item.id, 1)
    if seating is None:
        return specs
    known = {spec.id: spec for spec in specs}
    low, high = min(spec.smallest for spec in specs), max(spec.largest for spec in specs)
    return tuple(
        known.get(id) or RoomSpec(id, name, low, high, high)
        for id, name in zip(seating.rooms, seating.names, strict=True)
    )


def _meant_room(item: Item, specs: tuple[RoomSpec, ...], room: str) -> RoomSpec:
    wanted = room.strip().casefold()
    spec = next((s for s in specs if wanted in {s.id.casefold(), s.name.casefold()}), None)
    if spec is None:
        raise Refused(f"no room {room!r} in {item.title}: the rooms are {', '.join(s.id for s in specs)}")
    return spec


def _choosing_item(run: Run, now: datetime, name: str) -> Item:
    if name:
        return find_item(run, name)
    view = rundown(run, now)
    rows = [view.live.row] if view.live else []
    rows += [row for row in view.rows if row.state == "future"]
    found = next((row.item for row in rows if row.item.mode == "choose" and is_breakout(row.item)), None)
    return found or breakout_item(run, now)


# ---------------------------------------------------------------- words


def current_round(run: Run, now: datetime, item: str) -> int:
    """The round to show: the one under way, else the first that has not happened."""
    clock_now = rooms_clock(run, floor_second(now))
    if clock_now and clock_now.item == item:
        return clock_now.round
    live = run.live
    meant = next((one for one in agenda(run) if one.id == item), None)
    if live and meant and live.item == item and groupings(run.plan, meant):
        return max(1, step_round(run, meant, live, now))
    happened = [number for id, number in happened_rounds(run, now) if id == item]
    planned = [number for id, number in run.seatings if id == item]
    return min((n for n in planned if n not in happened), default=max(happened, default=1))


def noticed_gap(run: Run, now: datetime, payloads: Iterable[Payload]) -> tuple[Item, PresenceGap] | None:
    """What those events mean for seats: a breakout begins, or somebody comes or goes during or just before one.

    None when it is nothing.
    """
    happened = tuple(payloads)
    begun = next((one.item for one in happened if isinstance(one, ev.ItemStarted | ev.RoomsOpened)), "")
    if not begun and any(isinstance(one, ev.PersonArrived | ev.PersonLeft) for one in happened):
        running = rooms_clock(run, now)
        begun = running.item if running and running.phase == "running" else _about_to_begin(run, now)
    item = next((one for one in agenda(run) if one.id == begun), None)
    gap = presence_gap(run, item, current_round(run, now, item.id)) if item else None
    return (item, gap) if item and gap else None


def _about_to_begin(run: Run, now: datetime) -> str:
    """The breakout that comes next within a few minutes; empty for none."""
    view = rundown(run, now)
    soon = view.live is not None and view.live.remaining <= SOON
    return view.following.item.id if soon and view.following else ""


def room_list(run: Run, seating: Seating, item: Item | None = None) -> str:
    """The list to paste into a chat: a line a room, names as on the roster, the room's guest first.

    Whoever is here and has no seat stands in a line below; who sits out does not.
    """
    names = {person.id: person.name for person in run.roster.people}
    invited = guests(run, item) if item else {room.id: room.guest for room in run.session.rooms if room.guest}
    lines = []
    for id, name, seat in zip(seating.rooms, seating.names, seating.seats, strict=True):
        people = ([invited[id]] if id in invited and invited[id] not in seat else []) + list(seat)
        lines.append(f"{name}: {', '.join(names.get(person, person) for person in people)}")
    seated = {person for seat in seating.seats for person in seat}
    waiting = [one.name for one in seated_people(run, item) if one.id not in seated] if item else []
    return "\n".join([*lines, *([f"Not in a room yet: {', '.join(waiting)}"] if waiting else [])])

"""`facilitator do rooms …`: the rooms' clock, and rooms that are planned, planned again or locked from outside.

Owns the words behind `do rooms` and what presence means for the rooms when anything is done. It must not know how
rooms are found, nor how an outcome is saved.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from facilitator_tui.cli.place import Place
from facilitator_tui.core import seating
from facilitator_tui.core.actions import Outcome, Refused
from facilitator_tui.core.durations import parse_change
from facilitator_tui.core.events import Payload
from facilitator_tui.core.plan import Item
from facilitator_tui.core.room_change import RoomChange, apply_change, replan_rooms
from facilitator_tui.core.room_moves import room_title
from facilitator_tui.core.room_plan import plan_rooms
from facilitator_tui.core.run import Run
from facilitator_tui.errors import UsageError
from facilitator_tui.rotation import Way
from facilitator_tui.store.session_store import SessionStore

USAGE = "say rooms start, rooms extend +3, rooms recall, rooms plan, rooms replan, or rooms lock ROOM"
PLAN_S, OPENING_S = 2.0, 1.0
WAYS: dict[str, Way] = {"patch": "patch", "few": "few", "fresh": "fresh"}


def rooms_action(run: Run, now: datetime, words: list[str]) -> Outcome:
    """What needs nothing but the run: the clock, and locks. Raises UsageError for other words."""
    match words:
        case ["start", *name]:
            return seating.open_rooms(run, now, " ".join(name))
        case ["extend", by]:
            return seating.extend_rooms(run, now, _change(by))
        case ["recall"]:
            return seating.recall_rooms(run, now)
        case ["lock", *room] if room:
            item = seating.breakout_item(run, now)
            return seating.lock_room(run, now, item.id, seating.current_round(run, now, item.id), " ".join(room))
    raise UsageError(USAGE)


def _change(text: str) -> timedelta:
    try:
        return parse_change(text)
    except ValueError as error:
        raise UsageError(str(error)) from None


def rooms_outcome(store: SessionStore, place: Place, words: list[str], *, with_item: bool, preview: bool) -> Outcome:
    """`do rooms` with everything it may look at. A preview has words and no events. Raises Refused, UsageError."""
    match words:
        case ["plan", *name]:
            return _planned(store, place, _meant(store, place, name), PLAN_S)
        case ["replan", *more]:
            way: Way = next((WAYS[word] for word in more if word in WAYS), "few")
            item = _meant(store, place, [word for word in more if word not in WAYS])
            change = replan_rooms(store.run, place.now, item, way, store.history(place.now))
            said = "\n".join(move_lines(store.run, change))
            if preview:
                return Outcome((), f"{said}\n{change.said}; nothing has changed" if said else change.said)
            applied = apply_change(change)
            return replace(applied, said=f"{said}\n{applied.said}" if said else applied.said)
        case ["start", *name]:
            opening = rooms_action(store.run, place.now, words)
            return _with_rooms(store, place, seating.pausing_with_item(opening) if with_item else opening, name)
    return rooms_action(store.run, place.now, words)


def _meant(store: SessionStore, place: Place, name: list[str]) -> Item:
    return seating.breakout_item(store.run, place.now, " ".join(name))


def _planned(store: SessionStore, place: Place, item: Item, seconds: float) -> Outcome:
    found = plan_rooms(store.run, place.now, item, store.history(place.now), seconds=seconds)
    return seating.publish(found)


def _with_rooms(store: SessionStore, place: Place, opening: Outcome, name: list[str]) -> Outcome:
    """Rooms that nobody planned yet are planned in the same action that opens them."""
    item = _meant(store, place, name)
    if any(id == item.id for id, _ in store.run.seatings) or not store.run.roster.people:
        return opening
    try:
        made = _planned(store, place, item, OPENING_S)
    except Refused as reason:
        return replace(opening, said=f"{opening.said}; nobody is seated: {reason}")
    return Outcome((*made.payloads, *opening.payloads), f"{opening.said}; {made.said.removeprefix(f'{item.title}: ')}")


def move_lines(run: Run, change: RoomChange) -> list[str]:
    """Who would move, a line a person and round, with names."""
    names = {person.id: person.name for person in run.roster.people}
    return [
        f"round {move.round}  {names.get(move.person, move.person)}: "
        f"{room_title(run, change.item, move.round, move.source) or 'no seat'} → "
        f"{room_title(run, change.item, move.round, move.target) or 'no seat'}"
        for move in change.moves
    ]


def presence_words(run: Run, now: datetime, payloads: Iterable[Payload]) -> str:
    """What an action just done means for seats, with the command that shows it; empty when it means nothing."""
    noticed = seating.noticed_gap(run, now, payloads)
    return f"{noticed[1].said}: do rooms replan --preview shows who would move" if noticed else ""

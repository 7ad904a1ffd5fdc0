"""Moving people between rooms by hand: what a move or a change of places comes to, and the list of moves.

Owns the effect of a single move before it is done, and who has to be moved from round to round in the call
tool. It must not know how a move is asked for. Rounds count from 1.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from facilitator_tui.core import events as ev
from facilitator_tui.core.actions import Refused
from facilitator_tui.core.meetings import Meetings
from facilitator_tui.core.people import find_person
from facilitator_tui.core.plan import Item
from facilitator_tui.core.room_change import judge_rooms
from facilitator_tui.core.run import Run, Seating


@dataclass(frozen=True, slots=True)
class Effect:
    """What a move by hand comes to: coincidences of the whole breakout, and rules that would newly be broken."""

    payloads: tuple[ev.SeatChanged, ...]
    said: str
    before: int
    after: int
    broken: tuple[str, ...]

    @property
    def words(self) -> str:
        """`3 → 4 repeats; P02 and the buddy P19 sit apart`."""
        same = "as many repeats as now" if self.before == self.after else f"{self.before} → {self.after} repeats"
        return "; ".join((f"{self.said}: {same}", *self.broken))


def move_effect(
    run: Run, now: datetime, item: Item, number: int, name: str, target: str, history: Meetings | None = None
) -> Effect:
    """What it comes to when one person goes to a room, or changes places with another person.

    `target` is a room's id, or a person who sits in another room. Raises Refused.
    """
    person = find_person(run, name)
    seating = run.seating(item.id, number)
    if seating is None:
        raise Refused("no rooms are planned for that round; plan them first")
    titles = dict(zip(seating.rooms, seating.names, strict=True))
    here = seating.room_of(person.id)
    if target in titles:
        if here == target:
            raise Refused(f"{person.name} sits there already")
        payloads: tuple[ev.SeatChanged, ...] = (ev.SeatChanged(item.id, number, person.id, target),)
        said = f"{person.name} goes to {titles[target]}"
    else:
        other = find_person(run, target)
        there = seating.room_of(other.id)
        if there == here or not there:
            raise Refused(f"{person.name} and {other.name} can't change places: choose somebody in another room")
        if not here:
            raise Refused(f"{person.name} has no seat to give; choose a room")
        payloads = (
            ev.SeatChanged(item.id, number, person.id, there),
            ev.SeatChanged(item.id, number, other.id, here),
        )
        said = f"{person.name} and {other.name} change places"
    return _judged_effect(run, now, item, payloads, said, history)


def _judged_effect(
    run: Run, now: datetime, item: Item, payloads: tuple[ev.SeatChanged, ...], said: str, history: Meetings | None
) -> Effect:
    seatings = dict(run.seatings)
    for one in payloads:
        key = (one.item, one.round)
        seatings[key] = seatings[key].with_seat(one.person, one.room)
    before = judge_rooms(run, now, item, history)
    after = judge_rooms(replace(run, seatings=seatings), now, item, history)
    if before is None or after is None:
        return Effect(payloads, said, 0, 0, ())
    known = {broken.reason for broken in before.rotation.broken}
    new = tuple(one.reason for one in after.rotation.broken if one.reason not in known)
    new = (*_locked(run, payloads), *new)
    return Effect(payloads, said, before.rotation.coincidences, after.rotation.coincidences, new)


def _locked(run: Run, payloads: tuple[ev.SeatChanged, ...]) -> tuple[str, ...]:
    """Locked rooms that a move changes: allowed, and said."""
    touched: dict[str, None] = {}
    for one in payloads:
        seating = run.seatings[one.item, one.round]
        for id in (seating.room_of(one.person), one.room):
            if (one.item, one.round, id) in run.locks:
                touched[dict(zip(seating.rooms, seating.names, strict=True)).get(id, id)] = None
    return tuple(f"{name} is locked" for name in touched)


# ---------------------------------------------------------------- from round to round


def moves_list(run: Run, item: Item, number: int) -> str:
    """Who changes rooms when a round begins, a line a person: `Participant 05: Room 1 → Room 3`.

    Call tools hold one set of rooms a meeting, so every later round is moved by hand. Empty for the first round
    and where nobody moves.
    """
    before, after = run.seating(item.id, number - 1), run.seating(item.id, number)
    if before is None or after is None:
        return ""
    return "\n".join(moves_between(before, after, {person.id: person.name for person in run.roster.people}))


def moves_between(before: Seating, after: Seating, names: Mapping[str, str]) -> list[str]:
    """The moves from one round to the next, a line a person, in the order of `names`."""
    lines = []
    for person, name in names.items():
        source, target = _title(before, person), _title(after, person)
        if source != target:
            lines.append(f"{name}: {source or 'no room'} → {target or 'no room'}")
    return lines


def _title(seating: Seating, person: str) -> str:
    return dict(zip(seating.rooms, seating.names, strict=True)).get(seating.room_of(person), "")


def room_title(run: Run, item: Item, number: int, room: str) -> str:
    """What a room of an item is called, in this round or any other; `Room 7` for one that is not there yet."""
    rounds = [number, *sorted(other for id, other in run.seatings if id == item.id)]
    for seating in (run.seating(item.id, other) for other in rounds):
        if seating and room in seating.rooms:
            return seating.names[seating.rooms.index(room)]
    named = next((one.name for one in run.session.rooms if one.id == room), "")
    return named or (f"Room {room}" if room else "")

"""What events mean for people: who is here, who spoke, who votes for what, who sits where.

Owns one step a kind of event: run and event to run. It must not know in which order events are applied, nor what is
undone (`core.fold`). An event that makes no sense changes nothing.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from facilitator_tui.core import events as ev
from facilitator_tui.core.events import Event
from facilitator_tui.core.plan import Participant
from facilitator_tui.core.run import Run, Seating, Turn


def person_added(run: Run, payload: ev.PersonAdded, at: datetime, _: Event) -> Run:
    if run.roster.person(payload.person):
        return run
    return replace(run, added=(*run.added, Participant(payload.person, payload.name, role="participant")))


def person_arrived(run: Run, payload: ev.PersonArrived, at: datetime, _: Event) -> Run:
    left = {person: when for person, when in run.left.items() if person != payload.person}
    return replace(run, here={payload.person: at, **run.here}, left=left)


def person_left(run: Run, payload: ev.PersonLeft, at: datetime, _: Event) -> Run:
    return _hand_down(replace(run, left={**run.left, payload.person: at}), payload.person)


def turn_taken(run: Run, payload: ev.TurnTaken, at: datetime, _: Event) -> Run:
    turns = run.turns.appended(Turn(payload.person, payload.item, at))
    return _hand_down(replace(run, turns=turns), payload.person)


def hand_raised(run: Run, payload: ev.HandRaised, at: datetime, _: Event) -> Run:
    return replace(run, hands={payload.person: at, **run.hands})


def hand_lowered(run: Run, payload: ev.HandLowered, at: datetime, _: Event) -> Run:
    return _hand_down(run, payload.person)


def _hand_down(run: Run, person: str) -> Run:
    """A hand goes down, and with it what was said about its place: raised again it stands where the rule says."""
    return replace(
        run,
        hands={one: when for one, when in run.hands.items() if one != person},
        hand_moves=tuple(move for move in run.hand_moves if move[0] != person),
    )


def hand_moved(run: Run, payload: ev.HandMoved, at: datetime, _: Event) -> Run:
    if payload.person not in run.hands:
        return run
    moves = tuple(move for move in run.hand_moves if move[0] != payload.person)
    return replace(run, hand_moves=(*moves, (payload.person, payload.before)))


def vote_cast(run: Run, payload: ev.VoteCast, at: datetime, _: Event) -> Run:
    key = (payload.item, payload.option)
    dots = max(0, run.votes.get(key, 0) + payload.number)
    text = payload.text or run.voted_on.get(payload.option, "")
    return replace(run, votes={**run.votes, key: dots}, voted_on={**run.voted_on, payload.option: text})


def idea_placed(run: Run, payload: ev.IdeaPlaced, at: datetime, _: Event) -> Run:
    return replace(run, placed={**run.placed, payload.idea: payload.session})


def message_copied(run: Run, payload: ev.MessageCopied, at: datetime, _: Event) -> Run:
    copied = (payload.message, payload.item)
    return run if copied in run.copied else replace(run, copied=(*run.copied, copied))


def rooms_planned(run: Run, payload: ev.RoomsPlanned, at: datetime, _: Event) -> Run:
    if not len(payload.rooms) == len(payload.names) == len(payload.seats):
        return run
    seating = Seating(payload.rooms, payload.names, tuple(tuple(seat.split()) for seat in payload.seats))
    return replace(run, seatings={**run.seatings, (payload.item, payload.round): seating})


def seat_changed(run: Run, payload: ev.SeatChanged, at: datetime, _: Event) -> Run:
    seating = run.seating(payload.item, payload.round)
    if seating is None:
        return run
    key = (payload.item, payload.round)
    return replace(run, seatings={**run.seatings, key: seating.with_seat(payload.person, payload.room)})


def room_chosen(run: Run, payload: ev.RoomChosen, at: datetime, _: Event) -> Run:
    before = {p: r for p, r in run.choices.get(payload.item, {}).items() if p != payload.person}
    chosen = {**before, payload.person: payload.room} if payload.room else before
    return replace(run, choices={**run.choices, payload.item: chosen})


def room_locked(run: Run, payload: ev.RoomLocked, at: datetime, _: Event) -> Run:
    key = (payload.item, payload.round, payload.room)
    return replace(run, locks=run.locks | {key} if payload.held else run.locks - {key})

"""Undo and redo: events that name an action, and the action in a few words.

Owns which action is meant and how it is called. It must not know how it is taken back: `core.fold` leaves it out.
"""

from __future__ import annotations

from datetime import datetime

from facilitator_tui.core import events as ev
from facilitator_tui.core.actions import Outcome, Refused
from facilitator_tui.core.events import Payload
from facilitator_tui.core.run import Run, agenda


def undo(run: Run, now: datetime) -> Outcome:
    """Take back the latest action; also after a restart."""
    if not len(run.done):
        raise Refused("nothing to undo")
    deed = run.done[-1]
    return Outcome((ev.ActionUndone(deed.action),), f"undone: {deed_text(run, deed.first)}")


def redo(run: Run, now: datetime) -> Outcome:
    if not len(run.undone):
        raise Refused("nothing to redo")
    deed = run.undone[-1]
    return Outcome((ev.ActionRedone(deed.action),), f"done again: {deed_text(run, deed.first)}")


_DEEDS: dict[type[Payload], str] = {
    ev.SessionStarted: "start of the session",
    ev.SessionFinished: "end of the session",
    ev.ItemStarted: "start of {item}",
    ev.ItemPaused: "pause",
    ev.ItemResumed: "end of the pause",
    ev.ItemExtended: "change of time of {item}",
    ev.ItemBackdated: "earlier start of {item}",
    ev.ItemSkipped: "skipping {item}",
    ev.ItemUnskipped: "taking {item} back in",
    ev.ItemInserted: "inserting {title}",
    ev.ItemMoved: "moving {item}",
    ev.ItemRenamed: "renaming {item}",
    ev.AgendaCompressed: "compress",
    ev.PersonAdded: "adding {name}",
    ev.PersonArrived: "arrival of {person}",
    ev.PersonLeft: "leaving of {person}",
    ev.TurnTaken: "turn of {person}",
    ev.HandRaised: "hand of {person}",
    ev.HandLowered: "hand of {person}",
    ev.HandMoved: "order of the hands",
    ev.VoteCast: "vote for “{text}”",
    ev.IdeaPlaced: "place of “{text}”",
    ev.RoomsPlanned: "room plan",
    ev.RoomsOpened: "opening the rooms",
    ev.RoomsExtended: "change of the rooms' time",
    ev.RoomsRecalled: "recall from the rooms",
    ev.SeatChanged: "moving {person}",
    ev.RoomChosen: "choice of {person}",
    ev.RoomLocked: "lock of a room",
    ev.CaptureAdded: "“{text}”",
    ev.CaptureEdited: "edit of “{text}”",
    ev.CaptureRemoved: "removing a line",
}


def deed_text(run: Run, payload: Payload) -> str:
    """An action in a few words, with titles and names instead of ids."""
    template = _DEEDS.get(type(payload), payload.kind)
    words: dict[str, str] = {}
    for name in ("item", "person", "name", "title", "text"):
        value = str(getattr(payload, name, ""))
        if name == "item":
            value = next((item.title for item in agenda(run) if item.id == value), value)
        elif name == "person":
            person = run.roster.person(value)
            value = person.name if person else value
        words[name] = value if len(value) <= 40 else value[:39] + "…"
    return template.format_map(words)

"""What can happen in a call: one small frozen class a kind of event.

Owns the names and fields of events. It must not know how events travel (`core.envelope`), how they are stored
(`store.block`) nor what they mean (`core.fold`).

Instants are aware datetimes in UTC; durations in a field's name end in `_s` and are whole seconds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar

from facilitator_tui.core.envelope import ENVELOPE_KEYS as ENVELOPE_KEYS
from facilitator_tui.core.envelope import PAYLOADS as PAYLOADS
from facilitator_tui.core.envelope import Event as Event
from facilitator_tui.core.envelope import Payload as Payload
from facilitator_tui.core.envelope import Unknown as Unknown
from facilitator_tui.core.envelope import Value as Value
from facilitator_tui.core.envelope import instant as instant
from facilitator_tui.core.envelope import instant_text as instant_text
from facilitator_tui.core.envelope import payload as _payload
from facilitator_tui.core.envelope import payload_of as payload_of
from facilitator_tui.core.envelope import unknown_keys as unknown_keys
from facilitator_tui.core.envelope import values_of as values_of

# ---------------------------------------------------------------- the session and its clock


@_payload
class SessionStarted(Payload):
    """The call began; `laid` is the planned start in force from now on (it may be another day's)."""

    kind: ClassVar[str] = "session.started"
    laid: datetime


@_payload
class SessionFinished(Payload):
    kind: ClassVar[str] = "session.finished"


@_payload
class ItemStarted(Payload):
    """An item goes live and ends the one before. `starts` is later than `at` while a hard start is awaited.

    Title, kind and planned length are kept, so that the item survives its deletion from the plan.
    """

    kind: ClassVar[str] = "item.started"
    item: str
    title: str = ""
    item_kind: str = "plenary"
    length_s: int = 0
    starts: datetime | None = None


@_payload
class ItemPaused(Payload):
    """The live item is held. `since` is earlier than `at` when a sleep is made a pause afterwards."""

    kind: ClassVar[str] = "item.paused"
    since: datetime | None = None


@_payload
class ItemResumed(Payload):
    kind: ClassVar[str] = "item.resumed"


@_payload
class ItemExtended(Payload):
    """The length in force of an item changes by `seconds` (negative: shortened)."""

    kind: ClassVar[str] = "item.extended"
    item: str
    seconds: int


@_payload
class ItemBackdated(Payload):
    kind: ClassVar[str] = "item.backdated"
    item: str
    started: datetime


@_payload
class ItemSkipped(Payload):
    kind: ClassVar[str] = "item.skipped"
    item: str


@_payload
class ItemUnskipped(Payload):
    kind: ClassVar[str] = "item.unskipped"
    item: str


@_payload
class ItemInserted(Payload):
    """A new item stands behind `after` (empty: first)."""

    kind: ClassVar[str] = "item.inserted"
    item: str
    after: str
    title: str
    item_kind: str
    length_s: int


@_payload
class ItemMoved(Payload):
    """An item stands behind `after` (empty: first) from now on."""

    kind: ClassVar[str] = "item.moved"
    item: str
    after: str


@_payload
class ItemRenamed(Payload):
    kind: ClassVar[str] = "item.renamed"
    item: str
    title: str


@_payload
class AgendaCompressed(Payload):
    """Lengths in force from now on, each written `item=seconds`."""

    kind: ClassVar[str] = "agenda.compressed"
    lengths: tuple[str, ...]


@_payload
class ClockStepped(Payload):
    """The computer's clock jumped by `seconds`, and shows the event's instant since; the call moves with it.

    `console` is that of the several on one computer which noted it: what two of them note at once is one jump.
    """

    kind: ClassVar[str] = "clock.stepped"
    undoable: ClassVar[bool] = False
    seconds: int
    console: str = ""


# ---------------------------------------------------------------- people


@_payload
class PersonAdded(Payload):
    """Somebody who is not on the plan's roster."""

    kind: ClassVar[str] = "person.added"
    person: str
    name: str


@_payload
class PersonArrived(Payload):
    kind: ClassVar[str] = "person.arrived"
    person: str


@_payload
class PersonLeft(Payload):
    kind: ClassVar[str] = "person.left"
    person: str


@_payload
class TurnTaken(Payload):
    kind: ClassVar[str] = "turn.taken"
    person: str
    item: str = ""


@_payload
class HandRaised(Payload):
    kind: ClassVar[str] = "hand.raised"
    person: str


@_payload
class HandLowered(Payload):
    kind: ClassVar[str] = "hand.lowered"
    person: str


@_payload
class HandMoved(Payload):
    """The facilitator calls a hand just before that of another person (empty: last), whatever the rule says."""

    kind: ClassVar[str] = "hand.moved"
    person: str
    before: str = ""


# ---------------------------------------------------------------- breakout rooms


@_payload
class RoomsPlanned(Payload):
    """Who sits where in one round of a breakout. The three lists run in step; `seats` are ids with spaces."""

    kind: ClassVar[str] = "rooms.planned"
    item: str
    round: int
    rooms: tuple[str, ...]
    names: tuple[str, ...]
    seats: tuple[str, ...]


@_payload
class RoomsOpened(Payload):
    """The breakout clock starts: `seconds` in all over `rounds`.

    The rounds share them evenly unless `rounds_s` says how many seconds each of them has (0: it is over already).
    """

    kind: ClassVar[str] = "rooms.opened"
    item: str
    seconds: int
    rounds: int = 1
    follows_pause: bool = False
    rounds_s: tuple[str, ...] = ()


@_payload
class RoomsExtended(Payload):
    kind: ClassVar[str] = "rooms.extended"
    seconds: int


@_payload
class RoomsRecalled(Payload):
    kind: ClassVar[str] = "rooms.recalled"


@_payload
class SeatChanged(Payload):
    """One person sits in another room of a round (an empty room: nowhere)."""

    kind: ClassVar[str] = "seat.changed"
    item: str
    round: int
    person: str
    room: str


@_payload
class RoomChosen(Payload):
    """Somebody sits in a room in every round (empty: free again; `-`: sits out)."""

    kind: ClassVar[str] = "room.chosen"
    item: str
    person: str
    room: str


@_payload
class RoomLocked(Payload):
    """A room keeps its people in one round when rooms are planned again, or no longer (`held` false)."""

    kind: ClassVar[str] = "room.locked"
    item: str
    round: int
    room: str
    held: bool = True


# ---------------------------------------------------------------- captures and messages


@dataclass(frozen=True, slots=True)
class CaptureContent(Payload):
    """A typed line: the raw text and what was understood of it. A block without `raw` was typed as its text says."""

    stands_in: ClassVar[Mapping[str, str]] = {"raw": "text"}

    raw: str
    text: str
    type: str = "note"
    item: str = ""
    room: str = ""
    question: int = 0
    by: tuple[str, ...] = ()
    owner: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    count: int = 1
    due: str = ""
    flags: tuple[str, ...] = ()
    unsure: tuple[str, ...] = ()


@_payload
class CaptureAdded(CaptureContent):
    """A new capture; its id is the event's."""

    kind: ClassVar[str] = "capture.added"


@_payload
class CaptureEdited(CaptureContent):
    """A whole new version of a capture; `over` names the versions (event ids) that its author saw."""

    kind: ClassVar[str] = "capture.edited"
    capture: str = field(kw_only=True)
    over: tuple[str, ...] = field(kw_only=True)


@_payload
class CaptureRemoved(Payload):
    kind: ClassVar[str] = "capture.removed"
    capture: str
    over: tuple[str, ...]


@_payload
class VoteCast(Payload):
    """`number` dots for an option during an item (negative: taken away). Its text is kept beside its id."""

    kind: ClassVar[str] = "vote.cast"
    item: str
    option: str
    text: str = ""
    number: int = 1


@_payload
class IdeaPlaced(Payload):
    """An idea goes to a session of the programme (empty: it is open again)."""

    kind: ClassVar[str] = "idea.placed"
    idea: str
    session: str = ""
    text: str = ""


@_payload
class MessageCopied(Payload):
    kind: ClassVar[str] = "message.copied"
    undoable: ClassVar[bool] = False
    message: str
    item: str = ""
    lang: str = ""


# ---------------------------------------------------------------- undo


@_payload
class ActionUndone(Payload):
    """Takes an action (a group of events) back; it is as if it had never happened."""

    kind: ClassVar[str] = "action.undone"
    undoable: ClassVar[bool] = False
    action: str


@_payload
class ActionRedone(Payload):
    kind: ClassVar[str] = "action.redone"
    undoable: ClassVar[bool] = False
    action: str

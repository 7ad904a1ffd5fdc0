"""What can happen in a call: one small frozen class a kind of event, and the envelope they travel in.

Owns the names and fields of events and their plain form (a flat mapping of strings, integers, booleans and
lists of strings). It must not know how events are stored (`store.block`) nor what they mean (`core.run` folds
them).

Instants are aware datetimes in UTC; durations in a field's name end in `_s` and are whole seconds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, Field, dataclass, field, fields
from datetime import UTC, datetime
from typing import Any, ClassVar, TypeVar, dataclass_transform

Value = str | int | bool | list[str]

ENVELOPE_KEYS = ("id", "seq", "hlc", "device", "at", "group", "kind", "crc")
"""Keys of a block that belong to the envelope; no payload field has one of these names."""


@dataclass(frozen=True, slots=True)
class Payload:
    """What an event says. Every concrete class names its `kind`; `undoable` ones can be taken back."""

    kind: ClassVar[str] = ""
    undoable: ClassVar[bool] = True


PAYLOADS: dict[str, type[Payload]] = {}
"""Every kind of event that this version knows."""


P = TypeVar("P", bound=Payload)


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def _payload(cls: type[P]) -> type[P]:
    made = dataclass(frozen=True, slots=True)(cls)
    PAYLOADS[made.kind] = made
    return made


@dataclass(frozen=True, slots=True)
class Unknown(Payload):
    """An event of a kind or shape this version does not know: kept, counted, never folded."""

    name: str
    values: Mapping[str, Value]
    undoable: ClassVar[bool] = False


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
    """The computer's clock jumped by `seconds`, and shows the event's instant since; the call moves with it."""

    kind: ClassVar[str] = "clock.stepped"
    undoable: ClassVar[bool] = False
    seconds: int


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
    """The breakout clock starts: `seconds` in all, shared out over `rounds`."""

    kind: ClassVar[str] = "rooms.opened"
    item: str
    seconds: int
    rounds: int = 1
    follows_pause: bool = False


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
    kind: ClassVar[str] = "room.chosen"
    item: str
    person: str
    room: str


# ---------------------------------------------------------------- captures and messages


@dataclass(frozen=True, slots=True)
class CaptureContent(Payload):
    """A typed line: the raw text and what was understood of it."""

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


# ---------------------------------------------------------------- the envelope and the plain form


@dataclass(frozen=True, slots=True)
class Event:
    """A payload with its identity and its two times.

    `hlc` orders events over devices; `at` is the instant the event speaks of. Events of one action share
    `group`, the id of its first event; an event without one is its own group.
    """

    id: str
    seq: int
    hlc: str
    at: datetime
    payload: Payload
    group: str = ""

    @property
    def action(self) -> str:
        """The id that undo names: the group, or the event itself."""
        return self.group or self.id

    @property
    def order(self) -> tuple[str, int, str]:
        """Sorts events of all devices the same way everywhere."""
        return (self.hlc, self.seq, self.id)


def instant(text: str) -> datetime:
    """Read an ISO 8601 instant with a zone; ValueError without one, or in a year that no call is held in."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(f"{text!r} has no time zone")
    if not 1900 <= moment.year <= 3000:
        raise ValueError(f"{text!r} is in no year that a call could be held in")
    return moment.astimezone(UTC)


def instant_text(moment: datetime) -> str:
    """An instant as UTC with `Z`, in whole seconds unless it has a fraction."""
    moment = moment.astimezone(UTC)
    spec = "milliseconds" if moment.microsecond else "seconds"
    return moment.isoformat(timespec=spec).replace("+00:00", "Z")


_SHAPES: dict[str, type] = {"str": str, "int": int, "bool": bool, "tuple[str, ...]": list}


_FIELDS: dict[type[Payload], tuple[Field[Any], ...]] = {}


def _fields_of(cls: type[Payload]) -> tuple[Field[Any], ...]:
    """The fields of a kind of event; looked up once a kind, since every event of a day goes through here."""
    if cls not in _FIELDS:
        _FIELDS[cls] = fields(cls)
    return _FIELDS[cls]


def values_of(payload: Payload) -> dict[str, Value]:
    """The payload's plain form, without fields that hold their default."""
    if isinstance(payload, Unknown):
        return dict(payload.values)
    plain: dict[str, Value] = {}
    for part in _fields_of(type(payload)):
        value = getattr(payload, part.name)
        if value == part.default:
            continue
        if isinstance(value, datetime):
            value = instant_text(value)
        plain[part.name] = list(value) if isinstance(value, tuple) else value
    return plain


def payload_of(kind: str, values: Mapping[str, Value]) -> Payload:
    """The payload of a plain form. What this version can't read comes back as `Unknown`, nothing raises."""
    cls = PAYLOADS.get(kind)
    if cls is None:
        return Unknown(kind, values)
    taken: dict[str, object] = {}
    for part in _fields_of(cls):
        if part.name not in values:
            if part.default is MISSING:
                return Unknown(kind, values)
            continue
        value = values[part.name]
        if str(part.type).startswith("datetime"):
            try:
                taken[part.name] = instant(str(value))
            except (ValueError, OverflowError):
                return Unknown(kind, values)
        elif type(value) is not _SHAPES[str(part.type)]:
            return Unknown(kind, values)
        else:
            taken[part.name] = tuple(value) if isinstance(value, list) else value
    return cls(**taken)


def unknown_keys(kind: str, values: Mapping[str, Value]) -> tuple[str, ...]:
    """Keys of a known kind that this version does not read; they stay in the log."""
    cls = PAYLOADS.get(kind)
    if cls is None:
        return ()
    known = {part.name for part in fields(cls)}
    return tuple(key for key in values if key not in known)

"""How an event travels: its envelope, and the plain form of what it says.

Owns identity and order of events, the registry of their kinds, and the way to and from a flat mapping of strings,
integers, booleans and lists of strings. It must not know the kinds themselves (`core.events`) nor how events are
stored (`store.block`).

Instants are aware datetimes in UTC; durations in a field's name end in `_s` and are whole seconds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import Field, dataclass, field, fields
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
    stands_in: ClassVar[Mapping[str, str]] = {}
    """Fields that a block may leave out, each with the field whose value it then has."""


PAYLOADS: dict[str, type[Payload]] = {}
"""Every kind of event that this version knows, by name; `core.events` fills it."""


P = TypeVar("P", bound=Payload)


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def payload(cls: type[P]) -> type[P]:
    made = dataclass(frozen=True, slots=True)(cls)
    PAYLOADS[made.kind] = made
    return made


@dataclass(frozen=True, slots=True)
class Unknown(Payload):
    """An event of a kind or shape this version does not know: kept, counted, never folded."""

    name: str
    values: Mapping[str, Value]
    undoable: ClassVar[bool] = False


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
    def device(self) -> str:
        """The computer that the event was made on: the end of its stamp."""
        return self.hlc.rpartition("-")[2]

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


_FIELDS: dict[type[Payload], Mapping[str, Field[Any]]] = {}


def _fields_of(cls: type[Payload]) -> Mapping[str, Field[Any]]:
    """The fields of a kind of event by name; looked up once a kind, since every event of a day goes through here."""
    if cls not in _FIELDS:
        _FIELDS[cls] = {part.name: part for part in fields(cls)}
    return _FIELDS[cls]


def values_of(payload: Payload) -> dict[str, Value]:
    """The payload's plain form, without fields that hold their default."""
    if isinstance(payload, Unknown):
        return dict(payload.values)
    plain: dict[str, Value] = {}
    for name, part in _fields_of(type(payload)).items():
        value = getattr(payload, name)
        if value == part.default:
            continue
        if isinstance(value, datetime):
            value = instant_text(value)
        plain[name] = list(value) if isinstance(value, tuple) else value
    return plain


def payload_of(kind: str, values: Mapping[str, Value]) -> Payload:
    """The payload of a plain form. What this version can't read comes back as `Unknown`, nothing raises."""
    cls = PAYLOADS.get(kind)
    if cls is None:
        return Unknown(kind, values)
    given = {name: values[other] for name, other in cls.stands_in.items() if other in values} | dict(values)
    known = _fields_of(cls)
    taken: dict[str, object] = {}
    for name, value in given.items():
        part = known.get(name)
        if part is None:
            continue
        if str(part.type).startswith("datetime"):
            try:
                taken[name] = instant(str(value))
            except (ValueError, OverflowError):
                return Unknown(kind, values)
        elif type(value) is not _SHAPES[str(part.type)]:
            return Unknown(kind, values)
        else:
            taken[name] = tuple(value) if isinstance(value, list) else value
    try:
        return cls(**taken)
    except TypeError:  # a field that must be there is missing
        return Unknown(kind, values)


def unknown_keys(kind: str, values: Mapping[str, Value]) -> tuple[str, ...]:
    """Keys of a known kind that this version does not read; they stay in the log."""
    cls = PAYLOADS.get(kind)
    if cls is None:
        return ()
    known = _fields_of(cls)
    return tuple(key for key in values if key not in known)

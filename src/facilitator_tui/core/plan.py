"""The plan of a programme as plain values: what is meant to happen.

Owns the vocabulary of a plan (programme, session, agenda item, roster, message, method). It must not know how
a plan is written down (`store.plan_file`), what happened (`core.run`) or what time it is: instants are laid
out by `core.rundown` from the clock times kept here.

Clock times are `timedelta` since local midnight in the programme's zone (24:00 is one day), lengths are
`timedelta`; no instant is kept here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

KINDS = (
    "welcome",
    "checkin",
    "input",
    "qa",
    "plenary",
    "breakout",
    "harvest",
    "vote",
    "energiser",
    "break",
    "close",
    "cue",
)
"""Kinds of agenda items."""

FIRM_KINDS = frozenset({"input", "breakout", "break"})
"""Kinds whose least length is all of it unless the plan says otherwise."""

DEFAULT_WARN = timedelta(minutes=2)
DEFAULT_DANGER = timedelta(minutes=1)

Mode = Literal["mix", "choose", "keep", "swap", "fixed"]


@dataclass(frozen=True, slots=True)
class Organisation:
    """Where people belong; a person takes `country`, `tz`, `region` and `sector` from here."""

    id: str
    name: str
    short: str = ""
    country: str = ""
    tz: str = ""
    region: str = ""
    sector: str = ""


@dataclass(frozen=True, slots=True)
class Participant:
    """A person on the roster, with what was inherited from the organisation already filled in."""

    id: str
    name: str
    org: str = ""
    role: str = "participant"
    pronouns: str = ""
    langs: tuple[str, ...] = ()
    new: bool = False
    buddy: str = ""
    needs: str = ""
    email: str = ""
    tz: str = ""
    country: str = ""
    region: str = ""
    sector: str = ""


@dataclass(frozen=True, slots=True)
class Roster:
    """The people and organisations of a programme."""

    people: tuple[Participant, ...] = ()
    orgs: tuple[Organisation, ...] = ()

    def person(self, id: str) -> Participant | None:
        return next((person for person in self.people if person.id == id), None)

    def org(self, id: str) -> Organisation | None:
        return next((org for org in self.orgs if org.id == id), None)


@dataclass(frozen=True, slots=True)
class Programme:
    """The whole week. `tz` is the zone of every clock time in the plan."""

    id: str
    title: str
    tz: ZoneInfo
    host: str = ""
    language: str = ""
    purpose: str = ""
    theme: str = ""
    team: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Consent:
    """What may leave the room; obeyed by every export."""

    rule: Literal["chatham", "ask", "open"] = "ask"
    speakers: Literal["name", "org", "group", "none"] = "name"
    participants: Literal["name", "org", "group", "none"] = "none"
    quotes: Literal["ask", "open"] = "ask"
    recording: bool = False


@dataclass(frozen=True, slots=True)
class Voice:
    """Equity of voice: which self-declared groups are counted, and when silence is noticed."""

    groups: tuple[str, ...] = ()
    silent_after: timedelta = timedelta(minutes=30)
    share_alert: int = 25
    """Percent of the turns by one person before a gentle hint."""
    export: Literal["aggregate", "none"] = "aggregate"


@dataclass(frozen=True, slots=True)
class RoomRules:
    """Defaults for every breakout: who should not, and who should, share a room."""

    apart: tuple[str, ...] = ()
    spread: tuple[str, ...] = ()
    new_people: Literal["with-buddy", "never-alone", "free"] = "free"
    no_repeat: bool = True
    min_size: int = 2
    share_lang: bool = False


@dataclass(frozen=True, slots=True)
class Idea:
    """Something the community asked for; `session` is empty while the idea is still open."""

    id: str
    text: str
    votes: int = 0
    session: str = ""


@dataclass(frozen=True, slots=True)
class KindWording:
    """How a kind of capture is headed, and the word that types it (`word:`)."""

    title: str = ""
    word: str = ""


@dataclass(frozen=True, slots=True)
class MessageTemplate:
    """A ready-to-paste chat message with `{fields}`; translations by two-letter language code."""

    id: str
    text: str
    where: Literal["main", "rooms", "room", "mail"] = "main"
    translations: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MethodStep:
    """A timed sub-step of a method. `group` is a head count, or 0 for everybody together."""

    say: str
    length: timedelta
    group: int = 0
    new_rooms: bool = False
    merge: bool = False
    capture: str = ""


@dataclass(frozen=True, slots=True)
class Method:
    """A way of working in timed steps, repeated `times` times."""

    id: str
    name: str
    steps: tuple[MethodStep, ...]
    times: int = 1


@dataclass(frozen=True, slots=True)
class SessionRoom:
    """A named room of a session; `ask` is a question number of the session or 0."""

    id: str
    name: str
    ask: int = 0
    guest: str = ""
    langs: tuple[str, ...] = ()
    size: int | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One step of the agenda. `at` is a hard start (never earlier), `until` a fixed end."""

    id: str
    title: str
    length: timedelta
    kind: str = "plenary"
    least: timedelta = timedelta(0)
    at: timedelta | None = None
    until: timedelta | None = None
    speakers: tuple[str, ...] = ()
    asks: tuple[int, ...] = ()
    """Numbers into `Session.questions`, from 1."""
    method: str = ""
    size: int | None = None
    rooms: int | tuple[str, ...] | None = None
    """A number of rooms, or ids of rooms of the session; None derives them from `size`."""
    rounds: int = 1
    mode: Mode = "mix"
    after: str = ""
    send: tuple[str, ...] | None = None
    """Message ids; None takes those of the item's kind from `Plan.send`."""
    collect: tuple[str, ...] = ()
    show: str = ""
    draws_from: tuple[str, ...] = ()
    """The row's `from`: where a vote or an open space takes its topics from."""
    note: str = ""
    warn: timedelta = DEFAULT_WARN
    danger: timedelta = DEFAULT_DANGER


@dataclass(frozen=True, slots=True)
class Session:
    """One call. Without `date` it happens today, without `start` at the next full five minutes."""

    id: str
    title: str
    agenda: tuple[Item, ...]
    date: date | None = None
    start: timedelta | None = None
    hard_stop: timedelta | None = None
    """None: the planned end."""
    tags: tuple[str, ...] = ()
    team: Mapping[str, str] = field(default_factory=dict)
    questions: tuple[str, ...] = ()
    """The session's questions, then those that items state as texts of their own."""
    rooms: tuple[SessionRoom, ...] = ()

    def item(self, id: str) -> Item | None:
        return next((item for item in self.agenda if item.id == id), None)


@dataclass(frozen=True, slots=True)
class Plan:
    """A whole `sessions.toml` with its defaults filled in."""

    programme: Programme
    sessions: tuple[Session, ...]
    roster: Roster = field(default_factory=Roster)
    links: Mapping[str, str] = field(default_factory=dict)
    consent: Consent = field(default_factory=Consent)
    voice: Voice = field(default_factory=Voice)
    rooms: RoomRules = field(default_factory=RoomRules)
    ideas: tuple[Idea, ...] = ()
    kinds: Mapping[str, KindWording] = field(default_factory=dict)
    messages: tuple[MessageTemplate, ...] = ()
    send: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    methods: Mapping[str, Method] = field(default_factory=dict)
    """Shipped methods, overridden by those of the plan."""

    def session(self, id: str) -> Session | None:
        return next((session for session in self.sessions if session.id == id), None)

    def message(self, id: str) -> MessageTemplate | None:
        return next((message for message in self.messages if message.id == id), None)


def default_least(kind: str, length: timedelta) -> timedelta:
    """The shortest an item may become when the session runs late and the plan says nothing."""
    return length if kind in FIRM_KINDS else timedelta(seconds=int(length.total_seconds() // 2))

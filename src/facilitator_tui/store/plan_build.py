"""From checked rows to the plan: defaults, inheritance, ids, and whether every name that is used exists.

Owns what the fields of a plan mean together. It must not know TOML or files.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from facilitator_tui.core import methods
from facilitator_tui.core.grammar import BUILT_IN_KINDS
from facilitator_tui.core.messages import known_fields
from facilitator_tui.core.plan import (
    DEFAULT_DANGER,
    DEFAULT_WARN,
    Consent,
    Idea,
    Item,
    KindWording,
    MessageTemplate,
    Method,
    MethodStep,
    Organisation,
    Participant,
    Plan,
    Programme,
    RoomRules,
    Roster,
    Session,
    SessionRoom,
    Voice,
    default_least,
)
from facilitator_tui.core.problems import did_you_mean, nearest
from facilitator_tui.core.text import slug as slug_of_text
from facilitator_tui.store.plan_problems import Problems
from facilitator_tui.store.plan_rows import Row
from facilitator_tui.store.plan_syntax import Table

HALF_A_DAY = timedelta(hours=12)
"""A clock time this much before the start, or more, means the next day."""
_FIELD = re.compile(r"\{([ \t]*[^\W\d][\w-]*[ \t]*)\}")
INHERITED = ("country", "tz", "region", "sector")


@dataclass(slots=True)
class PlanBuilder:
    """Builds the plan. `places` maps paths by id to the tables they were written in, for later findings."""

    problems: Problems
    line_of: Callable[[int], str]
    folder_name: str
    local_zone: Callable[[], str]
    places: dict[str, Table] = field(default_factory=dict)

    def build(self, top: Row) -> Plan:
        """The plan as far as it could be understood; whether it may be used is for `problems` to say."""
        programme = self._programme(top.row("programme"))
        kinds = self._kinds(top.get("kinds", {}))
        roster = self._roster(top.row("roster"))
        own = self._methods(top.rows("method"), kinds)
        known_methods = {**methods.SHIPPED, **own}
        links = {str(name): str(url) for name, url in top.row("links").values.items()}
        messages = self._messages(top.rows("message"), links)
        send = self._send(top.row("send"), messages)
        names = _Names(kinds, known_methods, [message.id for message in messages])
        sessions = self._sessions(top.rows("session"), programme, names)
        for name in ("programme", "links", "consent", "voice", "rooms", "roster", "send"):
            self.places[name] = top.row(name).raw
        return Plan(
            programme=programme,
            sessions=sessions,
            roster=roster,
            links=links,
            consent=Consent(**top.row("consent").values),
            voice=Voice(**_tuples(top.row("voice").values)),
            rooms=RoomRules(**_tuples(top.row("rooms").values)),
            ideas=self._ideas(top.row("ideas").rows("list"), sessions),
            kinds=kinds,
            messages=messages,
            send=send,
            methods=known_methods,
        )

    # --- names ---

    def _ids(self, rows: Sequence[Row], what: str, made_from: Callable[[Row, int], str]) -> list[str]:
        """An id for each row. Two written alike are an error; made ones get -2, -3 where they clash."""
        taken: dict[str, int] = {}
        for row in rows:
            if id := row.get("id"):
                if id.casefold() in taken:
                    where = self.line_of(taken[id.casefold()])
                    path = f"{row.path}.id"
                    self.problems.error(
                        row.at("id"), path, f'the {what} id "{id}" is there twice, first in {where}'
                    )
                taken.setdefault(id.casefold(), row.at("id"))
        ids: list[str] = []
        for number, row in enumerate(rows, 1):
            id = row.get("id")
            if not id:
                id = _free(made_from(row, number), taken)
                taken[id] = row.raw.at
            ids.append(id)
        return ids

    def _known(
        self, word: str, known: Iterable[str], what: str, at: int, path: str, folds: bool = False
    ) -> bool:
        """Whether a name that is used exists; where not, an error with the nearest one."""
        names = list(known)
        if word in names:
            return True
        hint = did_you_mean(word, names) if names else ""
        self.problems.error(at, path, f'there is no {what} "{word}"', hint)
        return False

    # --- the whole ---

    def _programme(self, row: Row) -> Programme:
        title = row.get("title") or self.folder_name or "Programme"
        name = row.get("tz") or self._own_zone(row)
        return Programme(
            id=row.get("id") or _slug(title) or "programme",
            title=title,
            tz=ZoneInfo(name),
            host=row.get("host", ""),
            language=row.get("language", ""),
            purpose=row.get("purpose", ""),
            theme=row.get("theme", "").removeprefix("#"),
            team=dict(row.get("team", {})),
        )

    def _own_zone(self, row: Row) -> str:
        name = self.local_zone()
        if not name:
            message = "the computer does not tell its time zone, so clock times are taken as UTC"
            self.problems.warn(
                row.raw.at, "programme.tz", message, 'write tz = "Europe/Berlin" under [programme]'
            )
        return name or "UTC"

    def _kinds(self, rows: Mapping[str, Row]) -> dict[str, KindWording]:
        words: dict[str, str] = {}
        for kind, wording in BUILT_IN_KINDS.items():
            words[kind] = words[wording.word] = kind
        kinds: dict[str, KindWording] = {}
        for name, row in rows.items():
            kind = _slug(name)
            if kind != name:
                hint = f"write {kind}" if kind else ""
                self.problems.error(
                    row.raw.at, row.path, f'"{name[:40]}" cannot name a kind of capture', hint
                )
                continue
            word = row.get("word", "").removesuffix(":").casefold()
            if word and words.setdefault(word, kind) != kind:
                message = f'the word "{word}" types `{words[word]}` already'
                self.problems.warn(row.at("word"), f"{row.path}.word", message, "choose another word")
            kinds[kind] = KindWording(row.get("title", ""), word)
        return kinds

    def _roster(self, row: Row) -> Roster:
        org_rows, people_rows = row.rows("orgs"), row.rows("people")
        org_ids = self._ids(
            org_rows, "organisation", lambda each, number: _slug(each.get("name", "")) or f"o{number}"
        )
        ids = self._ids(
            people_rows, "person", lambda each, number: _slug(each.get("name", "")) or f"p{number}"
        )
        orgs: dict[str, Organisation] = {}
        for id, each in zip(org_ids, org_rows, strict=True):
            self.places[f"roster.orgs.{id}"] = each.raw
            orgs[id] = Organisation(**{"name": id, **each.values, "id": id})
        people = tuple(self._person(id, each, orgs) for id, each in zip(ids, people_rows, strict=True))
        return Roster(people, tuple(orgs.values()))

    def _person(self, id: str, row: Row, orgs: Mapping[str, Organisation]) -> Participant:
        self.places[f"roster.people.{id}"] = row.raw
        values = _tuples(row.values)
        if org_id := values.get("org"):
            self._known(org_id, orgs, "organisation", row.at("org"), f"{row.path}.org")
        org = orgs.get(org_id or "")
        if org:
            values = {**{name: getattr(org, name) for name in INHERITED}, **values}
        return Participant(**{"name": id, **values, "id": id})

    def _methods(self, rows: Sequence[Row], kinds: Mapping[str, KindWording]) -> dict[str, Method]:
        ids = self._ids(rows, "method", lambda each, number: _slug(each.get("name", "")) or f"method-{number}")
        known = {**BUILT_IN_KINDS, **kinds}
        found: dict[str, Method] = {}
        for id, row in zip(ids, rows, strict=True):
            steps: list[MethodStep] = []
            for step in row.rows("steps"):
                capture = step.get("capture", "")
                if capture:
                    self._known(capture, known, "kind of capture", step.at("capture"), f"{step.path}.capture")
                steps.append(
                    MethodStep(
                        step.get("say", ""),
                        step.get("minutes", timedelta(minutes=1)),
                        step.get("group", 0),
                        step.get("new_rooms", False),
                        step.get("merge", False),
                        capture,
                    )
                )
            if not steps and "steps" in row.raw:
                self.problems.error(row.at("steps"), f"{row.path}.steps", "a method has at least one step")
            self.places[f"method.{id}"] = row.raw
            found[id] = Method(id, row.get("name") or id, tuple(steps), row.get("times", 1))
        return found

    def _messages(self, rows: Sequence[Row], links: Mapping[str, str]) -> tuple[MessageTemplate, ...]:
        ids = self._ids(rows, "message", lambda _, number: f"message-{number}")
        known = sorted(known_fields(links))
        found: list[MessageTemplate] = []
        for id, row in zip(ids, rows, strict=True):
            self.places[f"message.{id}"] = row.raw
            translations = {
                key: text for key, text in row.values.items() if key not in ("id", "text", "where")
            }
            for key in ("text", *translations):
                self._message_fields(row, key, known)
            found.append(MessageTemplate(id, row.get("text", ""), row.get("where", "main"), translations))
        return tuple(found)

    def _message_fields(self, row: Row, key: str, known: Sequence[str]) -> None:
        """Note every field of a message that nothing fills: better now than in the call."""
        for match in _FIELD.finditer(row.get(key, "")):
            if match[1] not in known:
                close = nearest(match[1].strip(), known)
                hint = f"did you mean {{{close}}}?" if close else "add it to [links] if it is an address"
                message = f"nothing fills {{{match[1]}}} in this message"
                self.problems.error(row.at(key), f"{row.path}.{key}", message, hint)

    def _send(self, row: Row, messages: Sequence[MessageTemplate]) -> dict[str, tuple[str, ...]]:
        known = [message.id for message in messages]
        send: dict[str, tuple[str, ...]] = {}
        for kind in row.values:
            for id, at in row.placed(kind):
                self._known(id, known, "message", at, f"send.{kind}")
            send[kind] = tuple(row.values[kind])
        return send

    def _ideas(self, rows: Sequence[Row], sessions: Sequence[Session]) -> tuple[Idea, ...]:
        ids = self._ids(rows, "idea", lambda each, number: _slug(each.get("text", "")) or f"i{number}")
        known = [session.id for session in sessions]
        found: list[Idea] = []
        for id, row in zip(ids, rows, strict=True):
            self.places[f"ideas.list.{id}"] = row.raw
            session = row.get("session", "")
            if session:
                self._known(session, known, "session", row.at("session"), f"{row.path}.session")
            found.append(Idea(id, row.get("text", ""), row.get("votes", 0), session))
        return tuple(found)

    # --- sessions ---

    def _sessions(self, rows: Sequence[Row], programme: Programme, names: _Names) -> tuple[Session, ...]:
        def made_from(row: Row, number: int) -> str:
            day = row.get("date")
            fallback = "session" if len(rows) == 1 else f"session-{number}"
            return _slug(row.get("title", "")) or (day.isoformat() if day else fallback)

        ids = self._ids(rows, "session", made_from)
        return tuple(
            self._session(id, row, number if len(rows) > 1 else 0, programme, names)
            for number, (id, row) in enumerate(zip(ids, rows, strict=True), 1)
        )

    def _session(self, id: str, row: Row, number: int, programme: Programme, names: _Names) -> Session:
        self.places[f"session.{id}"] = row.raw
        questions = [*row.get("questions", [])]
        asks = _Asks(questions, len(questions))
        rooms = self._session_rooms(id, row, asks)
        agenda = self._agenda(id, row, asks, [room.id for room in rooms], names)
        start = row.get("start")
        hard_stop = row.get("hard_stop")
        if hard_stop is not None and start is not None and timedelta(0) <= start - hard_stop < HALF_A_DAY:
            self.problems.error(
                row.at("hard_stop"), f"{row.path}.hard_stop", "`hard_stop` is not after `start`"
            )
        theme = [programme.theme] if programme.theme else []
        tags = [*theme, *(tag.removeprefix("#") for tag in row.get("tags", []))]
        return Session(
            id=id,
            title=row.get("title") or (f"Session {number}" if number else programme.title),
            agenda=agenda,
            date=row.get("date"),
            start=start,
            hard_stop=hard_stop,
            tags=tuple(dict.fromkeys(tags)),
            team={**programme.team, **row.get("team", {})},
            questions=tuple(questions),
            rooms=rooms,
        )

    def _session_rooms(self, session: str, row: Row, asks: _Asks) -> tuple[SessionRoom, ...]:
        rows = row.rows("rooms")
        ids = self._ids(rows, "room", lambda each, number: _slug(each.get("name", "")) or f"room-{number}")
        found: list[SessionRoom] = []
        for id, each in zip(ids, rows, strict=True):
            self.places[f"session.{session}.rooms.{id}"] = each.raw
            numbers = self._numbers([(each.get("ask"), each.at("ask"))], f"{each.path}.ask", asks)
            found.append(
                SessionRoom(
                    id=id,
                    name=each.get("name", id),
                    ask=numbers[0] if numbers else 0,
                    guest=each.get("guest", ""),
                    langs=tuple(each.get("langs", ())),
                    size=each.get("size"),
                )
            )
        return tuple(found)

    def _numbers(self, wanted: Iterable[tuple[Any, int]], path: str, asks: _Asks) -> tuple[int, ...]:
        """Numbers of the questions asked; texts of an item's own are put behind the session's questions."""
        found: list[int] = []
        for ask, at in wanted:
            if isinstance(ask, int) and not 1 <= ask <= asks.own:
                has = f"has {asks.own}" if asks.own else "has none"
                self.problems.error(at, path, f"there is no question {ask}: the session {has}")
            elif isinstance(ask, int):
                found.append(ask)
            elif ask is not None:
                found.append(asks.number_of(ask))
        return tuple(dict.fromkeys(found))

    def _agenda(
        self, session: str, row: Row, asks: _Asks, rooms: Sequence[str], names: _Names
    ) -> tuple[Item, ...]:
        rows = row.rows("agenda")
        if not rows and "agenda" in row.raw and not row.raw.broken and isinstance(row.get("agenda"), list):
            self.problems.error(row.at("agenda"), f"{row.path}.agenda", "the agenda is empty", "add a row")
        ids = self._ids(
            rows, "item", lambda each, _: _slug(each.get("title", "")) or each.get("kind", "plenary")
        )
        items: list[Item] = []
        for id, each in zip(ids, rows, strict=True):
            self.places[f"session.{session}.agenda.{id}"] = each.raw
            items.append(self._item(id, each, asks, rooms, ids, names))
        return tuple(items)

    def _item(
        self,
        id: str,
        row: Row,
        asks: _Asks,
        rooms: Sequence[str],
        ids: Sequence[str],
        names: _Names,
    ) -> Item:
        kind = row.get("kind", "plenary")
        length = self._length(row, kind)
        self._item_names(row, rooms, ids, names)
        chosen = row.get("rooms")
        send = row.get("send")
        return Item(
            id=id,
            title=row.get("title") or kind.capitalize(),
            length=length,
            kind=kind,
            least=self._least(row, kind, length),
            at=row.get("at"),
            until=row.get("until"),
            speakers=tuple(row.get("speaker", ())),
            asks=self._numbers(row.placed("ask"), f"{row.path}.ask", asks),
            method=row.get("method", ""),
            size=row.get("size"),
            rooms=tuple(chosen) if isinstance(chosen, list) else chosen,
            rounds=row.get("rounds", 1),
            mode=row.get("mode", "mix"),
            after=row.get("after", ""),
            send=None if send is None else tuple(send),
            collect=tuple(row.get("collect", ())),
            show=row.get("show", ""),
            draws_from=tuple(row.get("from", ())),
            note=row.get("note", ""),
            warn=row.get("warn", DEFAULT_WARN),
            danger=row.get("danger", DEFAULT_DANGER),
        )

    def _length(self, row: Row, kind: str) -> timedelta:
        length: timedelta = row.get("minutes", timedelta(0))
        path = f"{row.path}.minutes"
        if kind == "cue" and length:
            self.problems.error(
                row.at("minutes"), path, "a cue has 0 minutes: it is a reminder", "write minutes = 0"
            )
        elif kind != "cue" and "minutes" in row.values and not length:
            self.problems.error(
                row.at("minutes"), path, "`minutes` is 0", 'give it time, or write kind = "cue"'
            )
        return length

    def _least(self, row: Row, kind: str, length: timedelta) -> timedelta:
        least: timedelta | None = row.get("least")
        if least is None:
            return default_least(kind, length)
        if least > length and "minutes" in row.values:
            message = "`least` is longer than the item itself, so it is taken as all of it"
            self.problems.warn(row.at("least"), f"{row.path}.least", message)
        return min(least, length)

    def _item_names(self, row: Row, rooms: Sequence[str], ids: Sequence[str], names: _Names) -> None:
        """Every name that an item uses has to exist, speakers apart (readiness looks at those)."""
        sources = ("ideas", *names.kinds)
        for id, at in row.placed("send"):
            self._known(id, names.messages, "message", at, f"{row.path}.send")
        for kind, at in row.placed("collect"):
            self._known(kind, names.kinds, "kind of capture", at, f"{row.path}.collect")
        for kind, at in row.placed("from"):
            self._known(kind, sources, "kind of capture", at, f"{row.path}.from")
        for room, at in row.placed("rooms") if isinstance(row.get("rooms"), list) else ():
            self._known(room, rooms, "room of this session", at, f"{row.path}.rooms")
        if method := row.get("method"):
            self._known(method, names.methods, "method", row.at("method"), f"{row.path}.method")
        if after := row.get("after"):
            self._known(after, ids, "item of this session", row.at("after"), f"{row.path}.after")


@dataclass(frozen=True, slots=True)
class _Names:
    """What a session may refer to: kinds of capture, methods, ids of messages."""

    own_kinds: Mapping[str, KindWording]
    methods: Mapping[str, Method]
    messages: Sequence[str]

    @property
    def kinds(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*BUILT_IN_KINDS, *self.own_kinds)))


@dataclass(slots=True)
class _Asks:
    """The questions of a session: `own` of them are numbered by the writer, the texts of items follow."""

    questions: list[str]
    own: int

    def number_of(self, text: str) -> int:
        if text not in self.questions:
            self.questions.append(text)
        return self.questions.index(text) + 1


def _tuples(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in values.items()}


def _free(wanted: str, taken: Mapping[str, int]) -> str:
    """The id wanted, or the first of `wanted-2`, `wanted-3`, … that is free and still short enough."""
    if wanted not in taken:
        return wanted
    number = 2
    while (candidate := f"{wanted[: 39 - len(str(number))].rstrip('-')}-{number}") in taken:
        number += 1
    return candidate


def _slug(text: str) -> str:
    """An id made from a text; "" where there is no text to make it from."""
    return slug_of_text(text) if text.strip() else ""

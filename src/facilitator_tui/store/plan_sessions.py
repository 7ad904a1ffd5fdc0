"""Sessions of a plan: agenda, rooms and questions, with their defaults and all names that they use.

Owns what the fields of a session mean together. It must not know TOML or files.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from facilitator_tui.core.grammar import BUILT_IN_KINDS
from facilitator_tui.core.plan import (
    DEFAULT_DANGER,
    DEFAULT_WARN,
    Item,
    KindWording,
    Method,
    Programme,
    Session,
    SessionRoom,
    default_least,
)
from facilitator_tui.store.plan_names import Names, slug_of
from facilitator_tui.store.plan_rows import Row

HALF_A_DAY = timedelta(hours=12)
"""A clock time this much before the start, or more, means the next day."""


@dataclass(eq=False, repr=False)
class Vocabulary:
    """What a session may refer to: kinds of capture, methods, ids of messages."""

    own_kinds: Mapping[str, KindWording]
    methods: Mapping[str, Method]
    messages: Sequence[str]

    @property
    def kinds(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*BUILT_IN_KINDS, *self.own_kinds)))


@dataclass(eq=False, repr=False)
class _Asks:
    """The questions of a session: `own` of them are numbered by the writer, the texts of items follow."""

    questions: list[str]
    own: int

    def number_of(self, text: str) -> int:
        if text not in self.questions:
            self.questions.append(text)
        return self.questions.index(text) + 1


@dataclass(eq=False, repr=False)
class SessionBuilder:
    """Builds the sessions of one plan."""

    names: Names
    programme: Programme
    words: Vocabulary

    def sessions(self, rows: Sequence[Row]) -> tuple[Session, ...]:
        def made_from(row: Row, number: int) -> str:
            day = row.get("date")
            fallback = "session" if len(rows) == 1 else f"session-{number}"
            return slug_of(row.get("title", "")) or (day.isoformat() if day else fallback)

        ids = self.names.ids(rows, "session", made_from)
        return tuple(
            self._session(id, row, number if len(rows) > 1 else 0)
            for number, (id, row) in enumerate(zip(ids, rows, strict=True), 1)
        )

    def _session(self, id: str, row: Row, number: int) -> Session:
        self.names.places[f"session.{id}"] = row.raw
        questions = [*row.get("questions", [])]
        asks = _Asks(questions, len(questions))
        rooms = self._session_rooms(id, row, asks)
        agenda = self._agenda(id, row, asks, [room.id for room in rooms])
        start = row.get("start")
        hard_stop = row.get("hard_stop")
        if hard_stop is not None and start is not None and timedelta(0) <= start - hard_stop < HALF_A_DAY:
            self.names.problems.error(row.at("hard_stop"), f"{row.path}.hard_stop", "`hard_stop` is not after `start`")
        theme = [self.programme.theme] if self.programme.theme else []
        tags = [*theme, *(tag.removeprefix("#") for tag in row.get("tags", []))]
        return Session(
            id=id,
            title=row.get("title") or (f"Session {number}" if number else self.programme.title),
            agenda=agenda,
            date=row.get("date"),
            start=start,
            hard_stop=hard_stop,
            tags=tuple(dict.fromkeys(tags)),
            team={**self.programme.team, **row.get("team", {})},
            questions=tuple(questions),
            rooms=rooms,
        )

    def _session_rooms(self, session: str, row: Row, asks: _Asks) -> tuple[SessionRoom, ...]:
        rows = row.rows("rooms")
        ids = self.names.ids(rows, "room", lambda each, number: slug_of(each.get("name", "")) or f"room-{number}")
        found: list[SessionRoom] = []
        for id, each in zip(ids, rows, strict=True):
            self.names.places[f"session.{session}.rooms.{id}"] = each.raw
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
                self.names.problems.error(at, path, f"there is no question {ask}: the session {has}")
            elif isinstance(ask, int):
                found.append(ask)
            elif ask is not None:
                found.append(asks.number_of(ask))
        return tuple(dict.fromkeys(found))

    def _agenda(self, session: str, row: Row, asks: _Asks, rooms: Sequence[str]) -> tuple[Item, ...]:
        rows = row.rows("agenda")
        if not rows and "agenda" in row.raw and not row.raw.broken and isinstance(row.get("agenda"), list):
            self.names.problems.error(row.at("agenda"), f"{row.path}.agenda", "the agenda is empty", "add a row")
        ids = self.names.ids(
            rows, "item", lambda each, _: slug_of(each.get("title", "")) or each.get("kind", "plenary")
        )
        items: list[Item] = []
        for id, each in zip(ids, rows, strict=True):
            self.names.places[f"session.{session}.agenda.{id}"] = each.raw
            items.append(self._item(id, each, asks, rooms, ids))
        return tuple(items)

    def _item(
        self,
        id: str,
        row: Row,
        asks: _Asks,
        rooms: Sequence[str],
        ids: Sequence[str],
    ) -> Item:
        kind = row.get("kind", "plenary")
        length = self._length(row, kind)
        self._item_names(id, row, rooms, ids)
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
            self.names.problems.error(
                row.at("minutes"), path, "a cue has 0 minutes: it is a reminder", "write minutes = 0"
            )
        elif kind != "cue" and "minutes" in row.values and not length:
            self.names.problems.error(row.at("minutes"), path, "`minutes` is 0", 'give it time, or write kind = "cue"')
        return length

    def _least(self, row: Row, kind: str, length: timedelta) -> timedelta:
        least: timedelta | None = row.get("least")
        if least is None:
            return default_least(kind, length)
        if least > length and "minutes" in row.values:
            message = "`least` is longer than the item itself, so it is taken as all of it"
            self.names.problems.warn(row.at("least"), f"{row.path}.least", message)
        return min(least, length)

    def _item_names(self, id: str, row: Row, rooms: Sequence[str], ids: Sequence[str]) -> None:
        """Every name that an item uses has to exist, speakers apart (readiness looks at those)."""
        sources = ("ideas", *self.words.kinds)
        for message, at in row.placed("send"):
            self.names.known(message, self.words.messages, "message", at, f"{row.path}.send")
        for kind, at in row.placed("collect"):
            self.names.known(kind, self.words.kinds, "kind of capture", at, f"{row.path}.collect")
        for kind, at in row.placed("from"):
            self.names.known(kind, sources, "kind of capture", at, f"{row.path}.from")
        for room, at in row.placed("rooms") if isinstance(row.get("rooms"), list) else ():
            self.names.known(room, rooms, "room of this session", at, f"{row.path}.rooms")
        if method := row.get("method"):
            self.names.known(method, self.words.methods, "method", row.at("method"), f"{row.path}.method")
        if after := row.get("after"):
            before = ids[: ids.index(id)]
            known = before if after not in ids else ids
            self.names.known(after, known, "item before this one", row.at("after"), f"{row.path}.after")

"""From checked rows to the plan: defaults, inheritance, ids, and whether every name that is used exists.

Owns what the fields of a plan mean together. It must not know TOML or files.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from facilitator_tui.core import methods
from facilitator_tui.core.grammar import BUILT_IN_KINDS
from facilitator_tui.core.messages import known_fields
from facilitator_tui.core.plan import (
    Consent,
    Idea,
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
    Voice,
)
from facilitator_tui.core.problems import nearest
from facilitator_tui.store.plan_names import Names, slug_of
from facilitator_tui.store.plan_rows import Row
from facilitator_tui.store.plan_sessions import SessionBuilder, Vocabulary

_FIELD = re.compile(r"\{([ \t]*[^\W\d][\w-]*[ \t]*)\}")
INHERITED = ("country", "tz", "region", "sector")


@dataclass(eq=False, repr=False)
class PlanBuilder:
    """Builds everything but the sessions itself."""

    names: Names
    folder_name: str
    local_zone: Callable[[], str]

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
        words = Vocabulary(kinds, known_methods, [message.id for message in messages])
        sessions = SessionBuilder(self.names, programme, words).sessions(top.rows("session"))
        for name in ("programme", "links", "consent", "voice", "rooms", "roster", "send"):
            self.names.places[name] = top.row(name).raw
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

    # --- the whole ---

    def _programme(self, row: Row) -> Programme:
        title = row.get("title") or self.folder_name or "Programme"
        name = row.get("tz") or self._own_zone(row)
        return Programme(
            id=row.get("id") or slug_of(title) or "programme",
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
            self.names.problems.warn(
                row.raw.at, "programme.tz", message, 'write tz = "Europe/Berlin" under [programme]'
            )
        return name or "UTC"

    def _kinds(self, rows: Mapping[str, Row]) -> dict[str, KindWording]:
        words: dict[str, str] = {}
        for kind, wording in BUILT_IN_KINDS.items():
            words[kind] = words[wording.word] = kind
        kinds: dict[str, KindWording] = {}
        for name, row in rows.items():
            kind = slug_of(name)
            if kind != name:
                hint = f"write {kind}" if kind else ""
                self.names.problems.error(row.raw.at, row.path, f'"{name[:40]}" cannot name a kind of capture', hint)
                continue
            word = row.get("word", "").removesuffix(":").casefold()
            if word and words.setdefault(word, kind) != kind:
                message = f'the word "{word}" types `{words[word]}` already'
                self.names.problems.warn(row.at("word"), f"{row.path}.word", message, "choose another word")
            kinds[kind] = KindWording(row.get("title", ""), word)
        return kinds

    def _roster(self, row: Row) -> Roster:
        org_rows, people_rows = row.rows("orgs"), row.rows("people")
        org_ids = self.names.ids(
            org_rows, "organisation", lambda each, number: slug_of(each.get("name", "")) or f"o{number}"
        )
        ids = self.names.ids(people_rows, "person", lambda each, number: slug_of(each.get("name", "")) or f"p{number}")
        orgs: dict[str, Organisation] = {}
        for id, each in zip(org_ids, org_rows, strict=True):
            self.names.places[f"roster.orgs.{id}"] = each.raw
            orgs[id] = Organisation(**{"name": id, **each.values, "id": id})
        people = tuple(self._person(id, each, orgs) for id, each in zip(ids, people_rows, strict=True))
        return Roster(people, tuple(orgs.values()))

    def _person(self, id: str, row: Row, orgs: Mapping[str, Organisation]) -> Participant:
        self.names.places[f"roster.people.{id}"] = row.raw
        values = _tuples(row.values)
        if org_id := values.get("org"):
            self.names.known(org_id, orgs, "organisation", row.at("org"), f"{row.path}.org")
        org = orgs.get(org_id or "")
        if org:
            values = {**{name: getattr(org, name) for name in INHERITED}, **values}
        return Participant(**{"name": id, **values, "id": id})

    def _methods(self, rows: Sequence[Row], kinds: Mapping[str, KindWording]) -> dict[str, Method]:
        ids = self.names.ids(rows, "method", lambda each, number: slug_of(each.get("name", "")) or f"method-{number}")
        known = {**BUILT_IN_KINDS, **kinds}
        found: dict[str, Method] = {}
        for id, row in zip(ids, rows, strict=True):
            steps: list[MethodStep] = []
            for step in row.rows("steps"):
                capture = step.get("capture", "")
                if capture:
                    self.names.known(capture, known, "kind of capture", step.at("capture"), f"{step.path}.capture")
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
                self.names.problems.error(row.at("steps"), f"{row.path}.steps", "a method has at least one step")
            self.names.places[f"method.{id}"] = row.raw
            found[id] = Method(id, row.get("name") or id, tuple(steps), row.get("times", 1))
        return found

    def _messages(self, rows: Sequence[Row], links: Mapping[str, str]) -> tuple[MessageTemplate, ...]:
        ids = self.names.ids(rows, "message", lambda _, number: f"message-{number}")
        known = sorted(known_fields(links))
        found: list[MessageTemplate] = []
        for id, row in zip(ids, rows, strict=True):
            self.names.places[f"message.{id}"] = row.raw
            translations = {key: text for key, text in row.values.items() if key not in ("id", "text", "where")}
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
                self.names.problems.error(row.at(key), f"{row.path}.{key}", message, hint)

    def _send(self, row: Row, messages: Sequence[MessageTemplate]) -> dict[str, tuple[str, ...]]:
        known = [message.id for message in messages]
        send: dict[str, tuple[str, ...]] = {}
        for kind in row.values:
            for id, at in row.placed(kind):
                self.names.known(id, known, "message", at, f"send.{kind}")
            send[kind] = tuple(row.values[kind])
        return send

    def _ideas(self, rows: Sequence[Row], sessions: Sequence[Session]) -> tuple[Idea, ...]:
        ids = self.names.ids(rows, "idea", lambda each, number: slug_of(each.get("text", "")) or f"i{number}")
        known = [session.id for session in sessions]
        found: list[Idea] = []
        for id, row in zip(ids, rows, strict=True):
            self.names.places[f"ideas.list.{id}"] = row.raw
            session = row.get("session", "")
            if session:
                self.names.known(session, known, "session", row.at("session"), f"{row.path}.session")
            found.append(Idea(id, row.get("text", ""), row.get("votes", 0), session))
        return tuple(found)


def _tuples(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in values.items()}

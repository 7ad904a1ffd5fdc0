"""From a run to its sheet: which line stands where, and what may be told of it.

Owns the sorting of captures into the sections of a harvest. It must not know how a document is laid out. It
depends on the events alone: an item under way is said to be running, its minutes are not counted.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from facilitator_tui.core.calendar import lay_out
from facilitator_tui.core.capture import Capture
from facilitator_tui.core.events import CaptureContent
from facilitator_tui.core.grammar import kinds_of
from facilitator_tui.core.ideas import results, votes_held
from facilitator_tui.core.messages import local_times
from facilitator_tui.core.plan import Item, Participant
from facilitator_tui.core.run import Run
from facilitator_tui.core.rundown import rundown
from facilitator_tui.core.voices import LEAST_ORGANISATIONS, LEAST_PEOPLE, shares
from facilitator_tui.harvest import ink
from facilitator_tui.harvest.consent import Disclosure, Edition, HeldBack, gathered, strictest
from facilitator_tui.harvest.ink import Ink
from facilitator_tui.harvest.sheet import (
    SECTIONS,
    Block,
    Entry,
    Group,
    Review,
    Sheet,
    VoiceTable,
    VoteTable,
    code,
    typed_titles,
)
from facilitator_tui.harvest.timing import timing

MOST_IN_SHORT = 5
"""Take-aways shown at the head of the notes; all of them stand further below."""

_ROOM_WORDS = "rooms? breakouts? groups? raum gruppenraum gruppen? groupes? grupos? salas? salles? zaal kamer"
_NUMBERS = "one two three four five six seven eight nine ten eins zwei drei vier uno dos tres cuatro un deux trois"
_ROOM = re.compile(
    rf"\b(?:{'|'.join(_ROOM_WORDS.split())})\s*(?:#|nr\.?|no\.?)?\s*(?:\d|(?:{'|'.join(_NUMBERS.split())})\b)"
)
"""A room by its number, in a text whose case is folded."""


def sheet(
    run: Run,
    now: datetime,
    edition: Edition,
    write: Ink = ink.item,
    review: Review | None = None,
    only: str = "",
) -> Sheet:
    """Sort a run into its sheet. `now` matters only for a session without a date that has not begun.

    With `only` the sheet holds the lines of that kind and no others.
    """
    return _Sorting(run, now, edition, write, review or Review(), only).sheet()


class _Sorting:
    """The sorting of one run: holds what every step of it needs."""

    def __init__(self, run: Run, now: datetime, edition: Edition, write: Ink, review: Review, only: str) -> None:
        run = _retitled(run, review)
        self.run, self.edition, self.write, self.review, self.only = run, edition, write, review, only
        self.allowed = Disclosure(run, edition)
        self.now = run.last or now
        self.rundown = rundown(run, self.now)
        self.items = {row.item.id: row.item for row in self.rundown.rows}
        self._titles: dict[str, str] = {}
        self.ideas = {
            one.id: self.title(review.rewritten.get(one.id, one.text))
            for one in run.plan.ideas
            if self.allowed.is_team or one.id not in review.withheld
        }
        self.kinds = {kind: self.title(wording.title) for kind, wording in kinds_of(run.plan.kinds).items()}
        self.held: list[HeldBack] = []
        self.rooms = self._room_names()
        self._room_words = {name.casefold() for name in self.rooms.values() if name.strip()}

    def title(self, text: str) -> str:
        """A short text on one line in the medium's ink; names and tags come again and again."""
        written = self._titles.get(text)
        if written is None:
            written = self._titles[text] = self.write(ink.one_line(text))
        return written

    def sheet(self) -> Sheet:
        run, write = self.run, self.title
        entries = self._entries()
        by_kind = _by_kind(entries)
        homes = self._homes(entries)
        programme, present = run.plan.programme, gathered(run)
        came = [one for one in present if one.id in run.here] if run.here else []
        day = self._day()
        return Sheet(
            edition=self.edition,
            id=run.session.id,
            title=write(run.session.title),
            programme=write(programme.title),
            programme_id=programme.id,
            host=write(self._host()),
            day=day,
            zone=programme.tz.key,
            **self._clocks(),
            state=self.rundown.state,
            tags=tuple(write(tag) for tag in run.session.tags),
            rule=run.plan.consent.rule,
            call=write(run.plan.links.get("call", "")),
            people=len(came),
            organisations=len({one.org for one in came if one.org}),
            newcomers=sum(one.new for one in came),
            names=self._names(came),
            absent=sum(1 for one in run.plan.roster.people if one.id not in run.here) if came else 0,
            questions=tuple(write(question) for question in run.session.questions),
            kinds=self.kinds,
            entries=entries,
            short=tuple(by_kind.get("takeaway", ())[:MOST_IN_SHORT]),
            inputs=self._inputs(homes),
            breakouts=self._breakouts(homes),
            others=self._groups(entry for entry in homes.get("", ()) if entry.kind != "note"),
            notes=self._notes(homes.get("", ())),
            timing=timing(run, self.rundown, day is not None, self.title),
            turns=len(run.turns),
            voices=self._voices(present),
            held=tuple(self.held),
            by_kind=by_kind,
            votes=self._votes(entries),
            ideas=self.ideas,
        )

    # ------------------------------------------------------------ lines

    def _entries(self) -> tuple[Entry, ...]:
        entries = []
        for number, capture in enumerate(self.run.captures, 1):
            content = capture.content
            if capture.removed or (self.only and content.type != self.only):
                continue
            rules = strictest(capture)
            reason = self.allowed.withheld(rules) or ("leak" if capture.id in self.review.withheld else "")
            if reason:
                self.held.append(HeldBack(capture.id, reason))
                continue
            entries.append(self._entry(capture, number, rules))
        return tuple(entries)

    def _entry(self, capture: Capture, number: int, rules: CaptureContent) -> Entry:
        content, write, title = capture.content, self.write, self.title
        said = self.review.rewritten.get(capture.id, content.text)
        who = content.owner or content.by
        named = self.allowed.people(who, rules) if who and not self._tells_room(said, content) else ()
        if who and not self.allowed.is_team and (not named or self.allowed.level(rules) != "name"):
            self.held.append(HeldBack(capture.id, "source"))
        team = self.allowed.is_team
        also = tuple(write(other.text) for other in capture.others) if team else ()
        return Entry(
            id=capture.id,
            code=code(self.run.session.id, number),
            kind=content.type,
            text=write(said),
            said=said,
            source=title(", ".join(named)) if named else "",
            room=title(self._room(content)) if team and content.room else "",
            question=self._question(content),
            item=content.item,
            tags=tuple(title(tag) for tag in content.tags) if content.tags else (),
            count=content.count,
            due=content.due,
            done="done" in content.flags,
            off="off" in rules.flags,
            anonymous="anon" in rules.flags,
            unsure=tuple(title(mark) for mark in content.unsure) if team and content.unsure else (),
            also=also,
        )

    def _tells_room(self, said: str, content: CaptureContent) -> bool:
        """Outside the team, whether a line tells its room, by its words or by a question that one room alone was
        given: group and room together would point at a person."""
        if self.allowed.is_team:
            return False
        asked_in = [room for room in self.run.session.rooms if room.ask and room.ask == self._question(content)]
        folded = " ".join((said, *content.tags)).casefold()
        return len(asked_in) == 1 or bool(_ROOM.search(folded)) or any(name in folded for name in self._room_words)

    def _room_names(self) -> dict[tuple[str, str], str]:
        """Names of rooms by item and room; by the room alone for those that the plan names."""
        names = {("", room.id): room.name for room in self.run.session.rooms}
        for (item, _), seating in self.run.seatings.items():
            names.update(((item, id), name) for id, name in zip(seating.rooms, seating.names, strict=True))
        return names

    def _room(self, content: CaptureContent) -> str:
        named = self.rooms.get((content.item, content.room)) or self.rooms.get(("", content.room))
        return named or (f"Room {content.room}" if content.room.isdecimal() else content.room)

    def _question(self, content: CaptureContent) -> int:
        """The question a line answers: its own; the only one of its item; or, where an item collects as many
        kinds as it asks questions, the one in the place of the line's kind."""
        if 1 <= content.question <= len(self.run.session.questions):
            return content.question
        item = self.items.get(content.item)
        if item is None or content.type in SECTIONS:
            return 0
        if len(item.asks) == len(item.collect) and content.type in item.collect:
            return item.asks[item.collect.index(content.type)]
        return item.asks[0] if len(item.asks) == 1 else 0

    # ------------------------------------------------------------ where lines stand

    def _homes(self, entries: Sequence[Entry]) -> dict[str, list[Entry]]:
        """Lines without a section of their own by where they belong: `input:ID`, `ask:N`, `room:ID`, or none."""
        heard_in = self._inputs_by_item()
        homes: dict[str, list[Entry]] = {}
        for entry in entries:
            if entry.kind in SECTIONS:
                continue
            item = self.items.get(entry.item)
            if entry.question:
                home = f"ask:{entry.question}"
            elif item and item.kind == "breakout":
                home = f"room:{item.id}"
            else:
                home = f"input:{heard_in[entry.item]}" if entry.item in heard_in else ""
            homes.setdefault(home, []).append(entry)
        return homes

    def _inputs_by_item(self) -> dict[str, str]:
        """Inputs, and the questions and answers that follow one, to the input they belong to."""
        owner: dict[str, str] = {}
        current = ""
        for item in self.items.values():
            current = item.id if _is_input(item) else current if item.kind in ("qa", "cue") else ""
            if current:
                owner[item.id] = current
        return owner

    def _inputs(self, homes: Mapping[str, Sequence[Entry]]) -> tuple[Block, ...]:
        blocks = []
        for item in self.items.values():
            if _is_input(item):
                speakers = tuple(self.title(name) for name in map(self.allowed.speaker, item.speakers) if name)
                groups = self._groups(homes.get(f"input:{item.id}", ()))
                blocks.append(Block(self.title(item.title), speakers, groups))
        return tuple(blocks)

    def _breakouts(self, homes: Mapping[str, Sequence[Entry]]) -> tuple[Block, ...]:
        """By guiding question; what has no question stands under its breakout's title behind them."""
        blocks = [
            Block(self.title(question), (), self._groups(homes[f"ask:{number}"]), number)
            for number, question in enumerate(self.run.session.questions, 1)
            if f"ask:{number}" in homes
        ]
        blocks += [
            Block(self.title(item.title), (), self._groups(homes[f"room:{item.id}"]))
            for item in self.items.values()
            if f"room:{item.id}" in homes
        ]
        return tuple(blocks)

    def _notes(self, entries: Sequence[Entry]) -> tuple[Block, ...]:
        by_item: dict[str, list[Entry]] = {}
        for entry in entries:
            if entry.kind == "note":
                by_item.setdefault(entry.item if entry.item in self.items else "", []).append(entry)
        order = [id for id in (*self.items, "") if id in by_item]
        titles = {id: self.title(item.title) for id, item in self.items.items()}
        return tuple(Block(titles.get(id, ""), (), self._groups(by_item[id])) for id in order)

    def _groups(self, entries: Iterable[Entry]) -> tuple[Group, ...]:
        """Lines by kind: kinds in the plan's order, notes last."""
        by_kind = _by_kind(entries)
        order = [kind for kind in (*self.kinds, *by_kind) if kind in by_kind and kind != "note"]
        order = [*dict.fromkeys(order), *(["note"] if "note" in by_kind else [])]
        return tuple(Group(kind, self.kinds.get(kind) or self.title(kind), by_kind[kind]) for kind in order)

    # ------------------------------------------------------------ the session itself

    def _host(self) -> str:
        programme, roster = self.run.plan.programme, self.run.plan.roster
        org = roster.org(programme.host)
        return org.name if org else programme.host

    def _day(self) -> date | None:
        laid = self.run.laid
        zone = self.run.plan.programme.tz
        return laid.astimezone(zone).date() if laid else self.run.session.date

    def _clocks(self) -> dict[str, str]:
        """Planned start and end on the clocks of the programme, and the start where people are."""
        session, zone = self.run.session, self.run.plan.programme.tz
        if self.run.laid is None and (session.date is None or session.start is None):
            return {"start": "", "end": "", "starts": ""}
        start = lay_out(session, zone, self.now, self.run.laid).start
        end = self.rundown.rows[-1].planned_end if self.rundown.rows else start
        local = local_times(start, zone, self._zones())
        return {
            "start": f"{start.astimezone(zone):%H:%M}",
            "end": f"{end.astimezone(zone):%H:%M}",
            # A single time is the start that stands there already.
            "starts": self.title(local) if " " in local else "",
        }

    def _zones(self) -> tuple[str, ...]:
        """The zones of people, one for each. Outside the team only those that three people of two organisations share,
        since the clock of a single person is that person's place; for everybody none."""
        zones = [person.tz for person in self.run.roster.people]
        if self.allowed.is_team or self.edition == "public":
            return tuple(zones if self.allowed.is_team else ())
        people = Counter(zones)
        houses = Counter(zone for zone, org in {(one.tz, one.org) for one in self.run.roster.people} if org)
        return tuple(zone for zone in zones if people[zone] >= LEAST_PEOPLE and houses[zone] >= LEAST_ORGANISATIONS)

    def _names(self, came: Sequence[Participant]) -> tuple[str, ...]:
        """Who came, by name, in the team's edition only."""
        if not self.allowed.is_team:
            return ()
        names = []
        for one in came:
            org = self.allowed.shown(one.id, "org")
            left = self.run.left.get(one.id)
            zone = self.run.plan.programme.tz
            gone = f", left at {left.astimezone(zone):%H:%M}" if left else ""
            names.append(self.title(f"{one.name}{f' ({org})' if org else ''}{gone}"))
        return tuple(names)

    def _votes(self, entries: Sequence[Entry]) -> tuple[VoteTable, ...]:
        """Votes with their options as this edition prints them; an option that it holds back is not told of."""
        texts = self.ideas | {one.id: one.text for one in entries}
        tables = []
        for item in votes_held(self.run):
            found = results(self.run, item.id)
            if self.allowed.is_team:
                texts = {one.option: self.title(one.text) for one in found} | texts
            rows = tuple((texts[one.option], one.dots) for one in found if one.option in texts)
            tables.append(VoteTable(self.title(item.title), rows))
        return tuple(table for table in tables if table.rows)

    def _voices(self, present: Sequence[Participant]) -> tuple[VoiceTable, ...]:
        """Turns by declared group, for the facilitators only: two tables laid over each other could tell of one person,
        however large the groups of each of them are."""
        if not self.allowed.is_team or self.run.plan.voice.export == "none" or not self.run.turns:
            return ()
        tables = []
        for field_name in self.run.plan.voice.groups:
            found = shares(present, self.run.turns, field_name)
            total = sum(share.turns for share in found)
            rows = tuple(
                (self.title(share.label), share.people, share.turns, round(100 * share.turns / total))
                for share in found
                if total
            )
            if len(rows) > 1:
                tables.append(VoiceTable(self.title(field_name), rows))
        return tuple(tables)


def _retitled(run: Run, review: Review) -> Run:
    """The run with other titles for the items whose typed ones are not to be printed: the plan's, else their kind."""
    planned = {item.id: item.title for item in run.session.agenda}
    changes = dict(run.changes)
    for item in typed_titles(run):
        name = f"{run.session.id}-{item.id}"
        held = planned.get(item.id, item.kind.capitalize()) if name in review.withheld else ""
        if title := review.rewritten.get(name, held):
            changes[item.id] = replace(run.change(item.id), title=title)
    return run if changes == run.changes else replace(run, changes=changes)


def _is_input(item: Item) -> bool:
    return item.kind == "input" or bool(item.speakers)


def _by_kind(entries: Iterable[Entry]) -> dict[str, tuple[Entry, ...]]:
    """Lines by kind; the most supported first, notes and actions in the order they were said."""
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        found.setdefault(entry.kind, []).append(entry)
    for kind, lines in found.items():
        if kind not in ("note", "action"):
            lines.sort(key=lambda entry: -entry.count)
    return {kind: tuple(lines) for kind, lines in found.items()}

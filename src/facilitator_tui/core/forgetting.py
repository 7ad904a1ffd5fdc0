"""Forgetting a person: what stays of an event, a typed line or any other text when somebody is taken out of it.

Owns which spellings mean the person, which fields name people, and what happens to an action of which a part is
gone. It must not know files or bytes (`store.forget`), nor who asked. It errs on the side of taking out: a first
name alone goes too, if nobody else on the roster bears it.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from facilitator_tui.core.events import (
    ENVELOPE_KEYS,
    PAYLOADS,
    ActionRedone,
    ActionUndone,
    Event,
    ItemInserted,
    Value,
    values_of,
)
from facilitator_tui.core.grammar import Token, token
from facilitator_tui.core.plan import Participant, Roster
from facilitator_tui.core.roster import everybody, id_of
from facilitator_tui.core.text import fold_case

MARK = "[removed]"

_WORD = re.compile("(?:[^\\W_]|[\u0300-\u036f])+")
_PIECE = re.compile(r"\S+")
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff]")
"""Thai, Lao, Burmese, Khmer, Japanese, Chinese, Korean."""
_JOINTS = frozenset(" \t-.'’_\u2010\u2011\u00a0")
"""Signs over which two removed words become one mark; a comma may part two cells of a table."""
_LONGEST_JOINT = 3
_SHORTEST_WORD = 2

_PEOPLE = frozenset({"by", "owner"})
_NOT_PEOPLE = frozenset(
    {"item", "after", "room", "rooms", "capture", "over", "message", "lang", "type", "due", "flags", "lengths"}
    | {"item_kind", "action", "id", "hlc", "at", "group", "kind", "laid", "starts", "started", "since", "device"}
)
"""Fields of known kinds that hold instants, fixed words, and ids of other things."""
_UNDOING = frozenset({ActionUndone.kind, ActionRedone.kind})

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Person:
    """Who is to be forgotten. `ids` is empty for somebody who is on no roster."""

    ids: frozenset[str]
    names: tuple[str, ...]
    mails: tuple[str, ...] = ()


def person_of(people: Iterable[Participant], also: Iterable[str] = ()) -> Person:
    """One person out of all entries that are hers or his, with further spellings given by hand."""
    known = tuple(people)
    return Person(
        frozenset(one.id for one in known),
        tuple(dict.fromkeys((*(one.name for one in known), *also))),
        tuple(dict.fromkeys(one.email for one in known if one.email)),
    )


def _words(text: str) -> Words:
    return tuple(fold_case(found[0]) for found in _WORD.finditer(text))


def _whole_only(name: str) -> str:
    """The pattern of a name that is looked for as it is, sign by sign; empty for one that is taken word by word.

    Some scripts have no blanks between words, others write vowels as marks that no word pattern knows.
    """
    exact = unicodedata.normalize("NFC", name.strip())
    pattern = "|".join(re.escape(unicodedata.normalize(form, exact)) for form in ("NFC", "NFD"))
    if _UNSPACED.search(exact):
        return pattern
    marked = any(unicodedata.category(sign)[0] == "M" for sign in exact)
    return rf"(?<!\w)(?:{pattern})(?!\w)" if marked else ""


class Eraser:
    """Takes one person out of texts. `roster` says which words others bear too.

    `pointless` are folded words that point at nobody; `everyday` ones are names only with a capital letter.
    `keep` are words that stay although they are a part of the name.
    """

    def __init__(
        self,
        person: Person,
        roster: Roster,
        *,
        pointless: Collection[str] = (),
        everyday: Collection[str] = (),
        keep: Iterable[str] = (),
    ) -> None:
        self.person = person
        self._roster = roster
        self._alone = Roster(tuple(Participant(id, name) for id in person.ids for name in person.names))
        self._everyday = frozenset(everyday)
        self._kept = {_words(word) for word in keep}
        others = [one for one in everybody(roster) if one.id not in person.ids]
        self._protected = [words for one in others if len(words := _words(one.name)) > 1]
        self._of_others = {word for one in others for word in (*_words(one.name), *_words(getattr(one, "short", "")))}
        self._phrases = sorted(self._spellings(frozenset(pointless)) - self._kept, key=len, reverse=True)
        plain = [re.escape(mail) for mail in person.mails]
        plain += filter(None, map(_whole_only, person.names))
        self._plain = re.compile("|".join(plain), re.IGNORECASE) if plain else None
        self.counted: Counter[str] = Counter()
        """How often each spelling was taken out."""

    def _spellings(self, pointless: frozenset[str]) -> set[Words]:
        found: set[Words] = set()
        own: set[str] = set()
        for name in self.person.names:
            if _whole_only(name):
                continue
            whole = _words(name)
            own.update(whole)
            found.add(whole)
            parts = {_words(part) for part in name.split()} | {(word,) for word in whole}
            found.update(part for part in parts if self._points(part, pointless))
        for id in self.person.ids:
            words = _words(id)
            if (re.search(r"\d", id) and re.search(r"[^\W\d_]", id)) or own & set(words):
                found.add(words)
        return {phrase for phrase in found if phrase and len("".join(phrase)) >= _SHORTEST_WORD}

    def _points(self, part: Words, pointless: frozenset[str]) -> bool:
        """Whether a part of the name points at this person and nobody else."""
        if not part or all(len(word) < _SHORTEST_WORD or word.isdecimal() for word in part):
            return False
        return not any(word in self._of_others or word in pointless for word in part if len(word) > 1)

    # ------------------------------------------------------------ texts

    def text(self, text: str) -> str:
        """A text with a mark in the place of each spelling of the name."""
        if self._plain is not None:
            text = self._plain.sub(self._marked, text)
        found = [(one.start(), one.end(), one[0]) for one in _WORD.finditer(text)]
        folded = [fold_case(word) for _, _, word in found]
        gone = self._gone(text, found, folded)
        if not gone:
            return text
        pieces, at = [], 0
        for first, last in gone:
            pieces += [text[at : found[first][0]], MARK]
            at = found[last][1]
        return "".join((*pieces, text[at:]))

    def _marked(self, found: re.Match[str]) -> str:
        self.counted[found[0]] += 1
        return MARK

    def _gone(self, text: str, found: list[tuple[int, int, str]], folded: list[str]) -> list[tuple[int, int]]:
        """First and last word of each stretch to take out; stretches side by side are one."""
        stretches: list[tuple[int, int]] = []
        at = 0
        while at < len(found):
            length = self._length_at(text, found, folded, at)
            if not length:
                at += self._guarded(text, found, folded, at) or 1
                continue
            last = at + length - 1
            self.counted[text[found[at][0] : found[last][1]]] += 1
            for place in range(at, last + 1):
                near = stretches and stretches[-1][1] == place - 1
                if near and _joined(text, found[place - 1][1], found[place][0]):
                    stretches[-1] = (stretches[-1][0], place)
                else:
                    stretches.append((place, place))
            at = last + 1
        return stretches

    def _length_at(self, text: str, found: list[tuple[int, int, str]], folded: list[str], at: int) -> int:
        guarded = self._guarded(text, found, folded, at)
        for phrase in self._phrases:
            if len(phrase) < guarded or not _stands(phrase, text, found, folded, at):
                continue
            if len(phrase) > 1 or phrase[0] not in self._everyday or found[at][2][0].isupper():
                return len(phrase)
        return 0

    def _guarded(self, text: str, found: list[tuple[int, int, str]], folded: list[str], at: int) -> int:
        """How many words from here are the whole name of somebody else."""
        fitting = (len(words) for words in self._protected if _stands(words, text, found, folded, at))
        return max(fitting, default=0)

    def line(self, line: str, *, sure: bool = False) -> str:
        """A line as it was typed: its `@name` goes without a mark, names in the text get one.

        `sure` when the line is known to be this person's: then a name that others could bear goes too.
        """
        pieces = []
        for found in re.finditer(r"\s*(\S+)|\s+$", line):
            source = self._source(found[1], sure) if found[1] else None
            pieces.append(source.before + source.after if source else found[0])
        kept = "".join(pieces)
        if not line[:1].isspace():
            kept = kept.lstrip()
        return self.text(kept if kept.strip() or kept == line else MARK)

    def loose(self, text: str) -> str:
        """Any text that may hold lines as they were typed: each `@name` becomes a mark."""
        return self.text(_PIECE.sub(self._marked_source, text) if "@" in text else text)

    def _marked_source(self, word: re.Match[str]) -> str:
        source = self._source(word[0])
        return f"{source.before}{MARK}{source.after}" if source else word[0]

    def _source(self, word: str, sure: bool = False) -> Token | None:
        """The token of an `@name` that means this person."""
        found = token(word) if "@" in word else None
        if found is None or found.sort != "person":
            return None
        meant = id_of(self._roster, found.value)
        if not meant and sure:
            meant = next((one.id for one in self._alone.people if id_of(Roster((one,)), found.value)), "")
        if meant not in self.person.ids:
            return None
        self.counted[f"@{found.value}"] += 1
        return found

    def leftovers(self, text: str) -> tuple[str, ...]:
        """Words that look like a part of the name and were left: lower case, another ending, or shared."""
        parts = {word for name in self.person.names for word in _words(name) if len(word) > 3 and not word.isdecimal()}
        left = (found[0] for found in _WORD.finditer(text))
        return tuple(word for word in left if any(fold_case(word).startswith(part) for part in parts))

    # ------------------------------------------------------------ events

    def values(self, kind: str, values: Mapping[str, Value]) -> dict[str, Value] | None:
        """What stays of an event's plain form; None when the whole event was about the person."""
        ids = self.person.ids
        if kind not in PAYLOADS:
            return {key: value if key in ENVELOPE_KEYS else self._anything(value) for key, value in values.items()}
        if values.get("person") in ids:
            return None
        sources = [one for key in _PEOPLE for one in _list(values.get(key))]
        sure = any(one in ids for one in sources)
        return {key: self._field(key, value, sure) for key, value in values.items()}

    def _field(self, key: str, value: Value, sure: bool) -> Value:
        if key in _NOT_PEOPLE:
            return value
        if key in _PEOPLE:
            return [one for one in _list(value) if one not in self.person.ids]
        if key == "seats":
            return [" ".join(one for one in seat.split() if one not in self.person.ids) for seat in _list(value)]
        if key in {"tags", "unsure"}:
            return [one for one in _list(value) if self.loose(one) == one]
        if key == "raw" and isinstance(value, str):
            return "\n".join(self.line(part, sure=sure) for part in value.split("\n"))
        return self._anything(value)

    def _anything(self, value: Value) -> Value:
        if isinstance(value, str):
            return MARK if value in self.person.ids else self.loose(value)
        if isinstance(value, list):
            return [self.loose(one) for one in value if one not in self.person.ids]
        return value


def _list(value: Value | None) -> list[str]:
    return value if isinstance(value, list) else []


def _joined(text: str, end: int, start: int) -> bool:
    return all(sign in _JOINTS for sign in text[end:start])


def _stands(phrase: Words, text: str, found: list[tuple[int, int, str]], folded: list[str], at: int) -> bool:
    """Whether the words stand here one behind the other, with little more than a blank between them."""
    if tuple(folded[at : at + len(phrase)]) != phrase:
        return False
    gaps = (text[found[place][1] : found[place + 1][0]] for place in range(at, at + len(phrase) - 1))
    return all(len(gap.strip()) <= _LONGEST_JOINT and ("\n" not in gap or not gap.strip()) for gap in gaps)


# ---------------------------------------------------------------- one log


@dataclass(frozen=True, slots=True)
class LogErasure:
    """What forgetting does to the events of one session: `values` gives what stays of each."""

    eraser: Eraser
    items: Mapping[str, str] = field(default_factory=dict)
    """New ids for items that were inserted during the call and have the name in their id."""
    actions: Mapping[str, str] = field(default_factory=dict)
    """New names of actions whose first event is gone; undo goes on naming the same action."""
    alone: frozenset[str] = frozenset()
    """Events that are all that is left of such an action."""

    def values(self, values: Mapping[str, Value]) -> dict[str, Value] | None:
        """What stays of a block (envelope and payload together), or None."""
        kind = values.get("kind")
        left = self.eraser.values(kind if isinstance(kind, str) else "", values)
        if left is None:
            return None
        for key in ("item", "after"):
            left = self._renamed(left, key, self.items)
        if left.get("id") in self.alone:
            left.pop("group", None)
        left = self._renamed(left, "group", self.actions)
        if kind in _UNDOING:
            left = self._renamed(left, "action", self.actions)
        if self.items and isinstance(left.get("lengths"), list):
            left["lengths"] = [self._length(entry) for entry in _list(left["lengths"])]
        return left

    def _renamed(self, values: dict[str, Value], key: str, names: Mapping[str, str]) -> dict[str, Value]:
        value = values.get(key)
        return {**values, key: names[value]} if isinstance(value, str) and value in names else values

    def _length(self, entry: str) -> str:
        item, equals, seconds = entry.rpartition("=")
        return f"{self.items.get(item, item)}{equals}{seconds}"


def erasure_of(eraser: Eraser, events: Sequence[Event], planned: Collection[str] = ()) -> LogErasure:
    """How to take the person out of a log. `events` are all of the session, in order; `planned` are ids of
    items of the plan, which keep their names."""
    gone = {event.id for event in events if eraser.values(event.payload.kind, values_of(event.payload)) is None}
    left: dict[str, list[str]] = {}
    for event in events:
        if event.group in gone and event.id not in gone:
            left.setdefault(event.group, []).append(event.id)
    actions = {group: members[0] for group, members in left.items()}
    alone = frozenset(members[0] for members in left.values() if len(members) == 1)
    return LogErasure(eraser, _new_items(eraser, events, planned), actions, alone)


def _new_items(eraser: Eraser, events: Sequence[Event], planned: Collection[str]) -> dict[str, str]:
    inserted = dict.fromkeys(event.payload.item for event in events if isinstance(event.payload, ItemInserted))
    named = [id for id in inserted if id not in planned and eraser.text(id) != id]
    taken = {*inserted, *planned}
    free = (f"removed-{number}" for number in range(1, len(taken) + len(named) + 1))
    spare = [id for id in free if id not in taken]
    return dict(zip(named, spare, strict=False))

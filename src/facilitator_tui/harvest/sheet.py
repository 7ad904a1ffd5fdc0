"""One session in one edition as values: what is to be said, ready to be laid out by a template.

Owns the shape of a harvest: its lines, groups, blocks and tables. Everything in a `Sheet` has passed consent and is
written in the medium's ink already (`harvest.sorting`), so that no template can print what it must not. It must not
know the order or the headings of a document.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from facilitator_tui.core.plan import Item
from facilitator_tui.core.run import Run, agenda
from facilitator_tui.harvest.consent import REASONS, Edition, HeldBack
from facilitator_tui.harvest.days import due_day
from facilitator_tui.harvest.timing import TimeRow, Timing

SECTIONS = ("message", "takeaway", "quote", "question", "decision", "idea", "park", "resource", "action")
"""Kinds with a section of their own; what is of another kind stands with its input or its question."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the harvest. Its strings are written in the medium's ink, `said` is not."""

    id: str
    code: str
    kind: str
    text: str
    said: str
    source: str = ""
    room: str = ""
    question: int = 0
    item: str = ""
    tags: tuple[str, ...] = ()
    count: int = 1
    due: str = ""
    done: bool = False
    off: bool = False
    anonymous: bool = False
    unsure: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    """Versions written elsewhere at the same time, in the team's edition."""

    @property
    def brief(self) -> str:
        """The text with its support; a line off the record says so wherever it stands."""
        support = f" ({self.count}×)" if self.count > 1 else ""
        return f"{self.text}{support}{' (off the record)' if self.off else ''}"

    @property
    def line(self) -> str:
        """The text with its support, tags, source and room behind it."""
        behind = ", ".join(part for part in (self.source, self.room) if part)
        marks = ["not to be named"] * bool(self.anonymous and self.source)
        marks += [f"unsure: {mark}" for mark in self.unsure]
        marked = f" ({'; '.join(marks)})" if marks else ""
        return f"{self._tagged}{f' – {behind}' if behind else ''}{marked}"

    @property
    def task(self) -> str:
        """An action as a line of a task list: its code, what, who, until when."""
        behind = (self.source, f"by {self.due}" if self.due else "", self.room)
        said = ", ".join(part for part in behind if part)
        return f"[{'x' if self.done else ' '}] {self.code} {self._tagged}{f' – {said}' if said else ''}"

    @property
    def agreed(self) -> str:
        """An action for those who were there: what, who, until when, and whether it is done."""
        by = f"by {due_day(self.due)}" if self.due else ""
        said = ", ".join(part for part in (self.source, by) if part)
        return f"{self.brief}{f' – {said}' if said else ''}{' (done)' if self.done else ''}"

    @property
    def _tagged(self) -> str:
        return self.brief + "".join(f" #{tag}" for tag in self.tags)


@dataclass(frozen=True, slots=True)
class Group:
    """Lines of one kind under their heading."""

    kind: str
    title: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A question, an input or an item, with its lines by kind."""

    title: str
    speakers: tuple[str, ...] = ()
    groups: tuple[Group, ...] = ()
    number: int = 0


@dataclass(frozen=True, slots=True)
class VoiceTable:
    """Turns by one field of the roster: label, people, turns, share of the turns in per cent."""

    field: str
    rows: tuple[tuple[str, int, int, int], ...]


@dataclass(frozen=True, slots=True)
class VoteTable:
    """How a vote came out: what each option says and its dots, most dots first."""

    title: str
    rows: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One session in one edition."""

    edition: Edition
    id: str
    title: str
    programme: str
    programme_id: str
    host: str
    day: date | None
    zone: str
    start: str
    end: str
    starts: str
    state: str
    tags: tuple[str, ...]
    rule: str
    call: str
    people: int
    organisations: int
    newcomers: int
    names: tuple[str, ...]
    absent: int
    questions: tuple[str, ...]
    kinds: Mapping[str, str]
    entries: tuple[Entry, ...]
    short: tuple[Entry, ...]
    inputs: tuple[Block, ...]
    breakouts: tuple[Block, ...]
    others: tuple[Group, ...]
    """Kinds without a section, said outside inputs and breakouts."""
    notes: tuple[Block, ...]
    """Notes of the remaining items, by item."""
    timing: Timing
    turns: int
    voices: tuple[VoiceTable, ...]
    held: tuple[HeldBack, ...] = ()
    by_kind: Mapping[str, tuple[Entry, ...]] = field(default_factory=dict)
    votes: tuple[VoteTable, ...] = ()
    ideas: Mapping[str, str] = field(default_factory=dict)
    """The ideas of the plan that this edition may print, by their id."""

    @property
    def times(self) -> tuple[TimeRow, ...]:
        return self.timing.rows

    @property
    def planned_minutes(self) -> int:
        return self.timing.planned_minutes

    @property
    def actual_minutes(self) -> int:
        return self.timing.actual_minutes

    def of(self, kind: str) -> tuple[Entry, ...]:
        """The lines of a kind, those with most support first, else in the order they were said."""
        return self.by_kind.get(kind, ())

    @property
    def actions(self) -> tuple[Entry, ...]:
        return tuple(entry for entry in self.entries if entry.kind == "action")

    @property
    def held_back(self) -> tuple[str, ...]:
        """How many lines or sources were held back, a reason each, in words."""
        numbers = Counter(one.reason for one in self.held)
        return tuple(
            f"{numbers[reason]} {words[numbers[reason] != 1]}" for reason, words in REASONS.items() if numbers[reason]
        )


@dataclass(frozen=True, slots=True)
class Review:
    """What people decided about single lines before an edition is written."""

    withheld: Collection[str] = ()
    """Lines, ideas of the plan and typed titles that wait for somebody to confirm them, see `harvest.leaks`."""
    rewritten: Mapping[str, str] = field(default_factory=dict)
    """Texts to print instead, by what was found."""


def typed_titles(run: Run) -> tuple[Item, ...]:
    """The items whose titles were typed during the call, in words that the plan does not have for them."""
    planned = {item.id: item.title for item in run.session.agenda}
    return tuple(item for item in agenda(run) if item.title != planned.get(item.id))


def code(session: str, number: int) -> str:
    """The name of a capture that people can write down: `tue-027` is the 27th line of that session."""
    return f"{session}-{number:03}"

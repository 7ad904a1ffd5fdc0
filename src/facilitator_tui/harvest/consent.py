"""What may leave the room: the rules of `[consent]`, applied to one session and one edition.

Owns who may be named, by what label a source appears instead, and which lines stay in the team's file. It must
not know how anything is printed. The team's edition holds everything; the two others obey the same rules.

- Under `chatham` a source is never more than a group label. Under `ask` it is one too, unless the line is marked
  `/ok`. `open` allows what `participants` says. `/anon` leaves no source at all, `/off` leaves no line.
- Speakers are named as `speakers` says, in the inputs that they give.
- A group label is printed only if three people of two organisations share it; smaller groups are joined
  (`core.voices.safe_groups`).
- While a line has several versions of the same time, what one of them keeps back is kept back.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import Literal

from facilitator_tui.core.capture import Capture
from facilitator_tui.core.events import CaptureContent
from facilitator_tui.core.people import roll_call_taken
from facilitator_tui.core.plan import Organisation, Participant
from facilitator_tui.core.run import Run
from facilitator_tui.core.voices import safe_groups

Edition = Literal["team", "participants", "public"]
Level = Literal["name", "org", "group", "none"]

EDITIONS: tuple[Edition, ...] = ("team", "participants", "public")
TEAM_ROLES = frozenset({"lead", "tech", "harvest"})
LABEL_FIELDS = ("sector", "region")
"""Fields of the roster that a label may be made of; one of them for a whole session, so that two labels for
the same person can't be laid over each other."""

_LEVELS: tuple[Level, ...] = ("name", "org", "group", "none")


def less(one: Level, other: Level) -> Level:
    """The level that tells less."""
    return max(one, other, key=_LEVELS.index)


@dataclass(frozen=True, slots=True)
class HeldBack:
    """A line, or its source, that an edition does not print. `reason` is one of `REASONS`."""

    capture: str
    reason: str


REASONS = {
    "off": ("line off the record", "lines off the record"),
    "quote": ("quote without consent", "quotes without consent"),
    "source": ("source shown as a group or left out", "sources shown as groups or left out"),
    "leak": ("line that names somebody in its text", "lines that name somebody in their text"),
}


def strictest(capture: Capture) -> CaptureContent:
    """What the rules go by for a line. While nobody has chosen among versions that were written at the same time, what
    one of them keeps back is kept back, and a yes counts only if all of them hold it."""
    if not capture.others:
        return capture.content
    versions = (capture.content, *capture.others)
    flags = dict.fromkeys(flag for one in versions for flag in one.flags)
    agreed = all("ok" in one.flags for one in versions)
    kind = "quote" if any(one.type == "quote" for one in versions) else capture.content.type
    return replace(capture.content, type=kind, flags=tuple(flag for flag in flags if flag != "ok" or agreed))


class Disclosure:
    """Answers, for one run and one edition, what may be printed of a line and of a person."""

    def __init__(self, run: Run, edition: Edition) -> None:
        self.edition = edition
        self._consent = run.plan.consent
        roster = run.roster
        self._people = {person.id: person for person in roster.people}
        self._orgs = {org.id: org for org in roster.orgs}
        self._speaks_in = {item.id: frozenset(item.speakers) for item in run.session.agenda}
        self._labels = {} if edition == "team" else labels_of(gathered(run))

    @property
    def is_team(self) -> bool:
        return self.edition == "team"

    def withheld(self, content: CaptureContent) -> str:
        """Why a line is not printed in this edition; empty when it is."""
        if self.is_team:
            return ""
        if "off" in content.flags:
            return "off"
        if content.type == "quote" and self._consent.quotes == "ask" and "ok" not in content.flags:
            return "quote"
        return ""

    def level(self, content: CaptureContent) -> Level:
        """How much may be told of the people behind a line."""
        if self.is_team:
            return "name"
        if "anon" in content.flags:
            return "none"
        wished = self._consent.participants
        if self._consent.rule == "open":
            return wished
        if self._consent.rule == "ask" and "ok" in content.flags:
            return wished
        return less("group", wished)

    def people(self, ids: tuple[str, ...], content: CaptureContent) -> tuple[str, ...]:
        """What stands for the people of a line: names, organisations or labels, each once."""
        if not ids:
            return ()
        level = self.level(content)
        spoke = self._speaks_in.get(content.item, frozenset())
        shown = (
            self.shown(id, self._speaker_level(content) if id in spoke and not self.is_team else level) for id in ids
        )
        return tuple(dict.fromkeys(name for name in shown if name))

    def speaker(self, id: str) -> str:
        """A speaker at the head of an input: with the organisation where the name is printed."""
        level = "name" if self.is_team else self._consent.speakers
        shown = self.shown(id, level)
        org = self.shown(id, "org") if level == "name" and id in self._people else ""
        return f"{shown} ({org})" if shown and org else shown

    def shown(self, id: str, level: Level) -> str:
        """A person or organisation at a level; empty where nothing may be printed."""
        person, org = self._people.get(id), self._orgs.get(id)
        if level == "name":
            return person.name if person else _org_name(org) if org else id
        if level == "org":
            return _org_name(self._orgs.get(person.org) if person else org)
        if level == "group":
            return self._labels.get(id, "") if person else self._label_of_org(id)
        return ""

    def _speaker_level(self, content: CaptureContent) -> Level:
        return "none" if "anon" in content.flags else self._consent.speakers

    def _label_of_org(self, id: str) -> str:
        labels = {self._labels.get(person.id, "") for person in self._people.values() if person.org == id}
        return labels.pop() if len(labels) == 1 else ""


def _org_name(org: Organisation | None) -> str:
    return (org.short or org.name) if org else ""


# ---------------------------------------------------------------- labels


def gathered(run: Run) -> tuple[Participant, ...]:
    """Those who took part, as far as it is known: who came, or all but those who stayed away."""
    people = run.roster.people
    if roll_call_taken(run):
        return tuple(person for person in people if person.id in run.here)
    return tuple(person for person in people if person.id in run.here or person.id not in run.left)


def labels_of(people: tuple[Participant, ...]) -> dict[str, str]:
    """A label for each person who can have one, by id.

    All labels of a session come from one field, the one that tells groups apart best. People who have not
    stated it, or no organisation, and the team, neither get a label nor help to make one.
    """
    best: dict[str, str] = {}
    for field in LABEL_FIELDS:
        stated = [p for p in people if getattr(p, field) and p.org and p.role not in TEAM_ROLES]
        # All of them state an organisation, so that every group is of three people of two organisations at least.
        found = {person.id: " or ".join(labels) for labels, members in safe_groups(stated, field) for person in members}
        if (len(Counter(found.values())), len(found)) > (len(Counter(best.values())), len(best)):
            best = found
    return best

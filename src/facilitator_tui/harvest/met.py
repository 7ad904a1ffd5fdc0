"""Who met whom in the breakout rooms, as a table that an edition may show.

Owns who stands in that table: people by name for the team; groups that nobody can be worked out of, or numbers alone,
for everybody else. It must not know how a table is drawn, and it never says in which room anybody met.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import combinations
from typing import Literal

from facilitator_tui.core.meetings import happened_rounds, meetings
from facilitator_tui.core.plan import Participant
from facilitator_tui.core.run import Run
from facilitator_tui.harvest.consent import Edition, gathered, labels_of
from facilitator_tui.harvest.ink import one_line

MOST_NAMES = 60
"""With more people a table of names can't be read; groups are shown instead."""

FEWEST_COUNTED = 3
"""Numbers about fewer people than this would be about somebody."""

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class MetTable:
    """Pairs by two places in `labels`, the first never larger than the second."""

    by: Literal["person", "group", ""]
    """What the labels are; empty when only numbers may be shown."""
    rounds: int
    pairs_met: int
    pairs_possible: int
    repeats: int
    """Pairs that met more than once."""
    labels: tuple[str, ...] = ()
    met: Mapping[Place, int] = field(default_factory=dict)
    """For people how often a pair met; for groups how many of their pairs did."""
    possible: Mapping[Place, int] = field(default_factory=dict)
    """For groups: how many pairs there are."""

    @property
    def said(self) -> str:
        """The table in a sentence."""
        rounds = "one round" if self.rounds == 1 else f"{self.rounds} rounds"
        again = f"; {self.repeats} of them more than once" if self.repeats else "; nobody met twice"
        return f"In {rounds} of breakout rooms, {self.pairs_met} of {self.pairs_possible} pairs met{again}."


def met_table(runs: Sequence[Run], now: datetime, edition: Edition) -> MetTable | None:
    """Who met whom in these sessions; None when too few people met to be told of.

    `now` matters only for a run without any event.
    """
    pairs: Counter[frozenset[str]] = Counter()
    for run in runs:
        pairs += meetings(run, run.last or now)
    roster = {person.id: person for run in runs for person in run.roster.people}
    people = [roster[id] for id in roster if any(id in pair for pair in pairs)]
    if not people or (edition != "team" and len(people) < FEWEST_COUNTED):
        return None
    known = {one.id for one in people}
    pairs = Counter({pair: times for pair, times in pairs.items() if pair <= known})
    rounds = sum(len(happened_rounds(run, run.last or now)) for run in runs)
    numbers = MetTable(
        "", rounds, len(pairs), len(people) * (len(people) - 1) // 2, sum(times > 1 for times in pairs.values())
    )
    if edition == "team" and len(people) <= MOST_NAMES:
        return _of_people(numbers, people, pairs)
    silent = any(run.plan.consent.participants == "none" for run in runs) and edition != "team"
    return numbers if silent else _of_groups(numbers, runs, people, pairs)


def _of_people(numbers: MetTable, people: Sequence[Participant], pairs: Mapping[frozenset[str], int]) -> MetTable:
    met = {
        (first, second): times
        for (first, one), (second, other) in combinations(enumerate(people), 2)
        if (times := pairs.get(frozenset((one.id, other.id)), 0))
    }
    return replace(numbers, by="person", labels=tuple(one_line(person.name) for person in people), met=met)


def _of_groups(
    numbers: MetTable, runs: Sequence[Run], people: Sequence[Participant], pairs: Mapping[frozenset[str], int]
) -> MetTable:
    """Pairs between and within groups of three people of two organisations or more, among those who met at all."""
    came = {person.id for run in runs for person in gathered(run)}
    labelled = labels_of(tuple(person for person in people if person.id in came))
    sizes = Counter(labelled.values())
    labels = tuple(sorted(sizes, key=lambda label: (-sizes[label], label)))
    if len(labels) < 2:
        return numbers
    place = {label: at for at, label in enumerate(labels)}
    met: Counter[Place] = Counter()
    for pair in pairs:
        if len(places := sorted(place[labelled[id]] for id in pair if id in labelled)) == 2:
            met[places[0], places[1]] += 1
    possible = {
        (first, second): sizes[one] * sizes[other] if first != second else sizes[one] * (sizes[one] - 1) // 2
        for first, one in enumerate(labels)
        for second, other in enumerate(labels)
        if first <= second
    }
    return replace(numbers, by="group", labels=tuple(map(one_line, labels)), met=dict(met), possible=possible)

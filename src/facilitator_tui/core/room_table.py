"""What is asked of the rotation for one item: who is here, which rounds are open, whom everybody has met.

Owns the way from a run to a question. It must not know what a mode makes of the answers. Rounds count from 1.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from facilitator_tui.core.actions import Refused
from facilitator_tui.core.meetings import Meetings, happened_rounds, meetings, planned_meetings
from facilitator_tui.core.plan import Item, Participant
from facilitator_tui.core.room_locks import Held, closed_to, held_rooms, with_held
from facilitator_tui.core.room_rounds import (
    as_person,
    barred,
    frozen_specs,
    has_rooms,
    item_before,
    pinned,
    respecced,
    room_specs,
    round_count,
    seated_people,
    wishes,
)
from facilitator_tui.core.run import Run, Seating
from facilitator_tui.rotation import Problem, RoomSpec, RoundSpec

NOBODY = "nobody to seat: mark people as here, add people to the plan's roster, or say how many there are"


@dataclass(frozen=True, slots=True)
class Table:
    """Everything that stays the same while an item's rounds are planned: people, history, rules."""

    run: Run
    now: datetime
    item: Item
    people: tuple[Participant, ...]
    history: Meetings
    """All meetings but those of the item's own rounds."""
    happened: frozenset[int]
    """The item's own rounds that happened or are under way."""
    before: Seating | None = None
    """The groups that `keep` and `swap` look at."""
    held: Mapping[int, Held] = field(default_factory=dict)
    """The locked rooms of each round."""

    @property
    def present(self) -> frozenset[str]:
        return frozenset(person.id for person in self.people)

    def rounds(self) -> range:
        return range(1, round_count(self.run.plan, self.item) + 1)

    def round(self, number: int, specs: tuple[RoomSpec, ...] | None = None) -> RoundSpec:
        """One round as a question; one that happened is frozen. `specs` are other rooms than the item's own."""
        seating = self.run.seating(self.item.id, number)
        if number in self.happened and seating:
            return self._frozen(seating)
        held = self.held.get(number)
        if specs is None:
            people = len(self.people)
            specs = (
                respecced(self.run, self.item, held.seating, people)
                if held
                else room_specs(self.run, self.item, people, number)
            )
        return with_held(open_round(self, self.item, specs), held)

    def closed(self, number: int) -> Mapping[str, frozenset[str]]:
        """The locked rooms of a round that nobody else may enter, by person."""
        held = self.held.get(number)
        return closed_to(self.present, held, held.seating.rooms) if held else {}

    def _frozen(self, seating: Seating) -> RoundSpec:
        seats = tuple(frozenset(seat) & self.known for seat in seating.seats)
        return RoundSpec(frozen_specs(seating), frozenset().union(*seats), frozen=seats)

    @property
    def known(self) -> frozenset[str]:
        """Those here, and those who sat in a round of this item before they left."""
        return frozenset(person.id for person in everybody_ever(self))

    def problem(
        self,
        rounds: Sequence[RoundSpec],
        together: tuple[frozenset[str], ...] = (),
        separate: tuple[frozenset[str], ...] = (),
    ) -> Problem:
        rules = self.run.plan.rooms
        people = everybody_ever(self)
        known = frozenset(person.id for person in people)
        return Problem(
            tuple(as_person(person, known) for person in people),
            tuple(rounds),
            {pair: count for pair, count in self.history.items() if pair <= known},
            together=together,
            separate=separate,
            apart=rules.apart,
            spread=rules.spread,
            new_people=rules.new_people,
            no_repeat=rules.no_repeat,
            share_lang=rules.share_lang,
        )


def everybody_ever(table: Table) -> tuple[Participant, ...]:
    """Those here now, and those who sat in a round of the item that happened."""
    here = table.present
    roster = {person.id: person for person in table.run.roster.people}
    gone: dict[str, Participant] = {}
    for number in sorted(table.happened):
        seating = table.run.seating(table.item.id, number)
        for seat in seating.seats if seating else ():
            gone |= {id: roster[id] for id in seat if id in roster and id not in here}
    return (*table.people, *gone.values())


def open_round(table: Table, item: Item, specs: tuple[RoomSpec, ...]) -> RoundSpec:
    present = table.present
    fixed = pinned(table.run, item, specs, present)
    wished = wishes(table.run, item, specs, present - fixed.keys())
    if item.mode == "swap" and table.before:
        closed = barred(table.run, specs, table.before, present)
        return RoundSpec(specs, present, fixed, barred=closed, wished=wished)
    return RoundSpec(specs, present, fixed, wished=wished)


def laid_table(
    run: Run, now: datetime, item: Item, history: Meetings | None = None, people: int | None = None
) -> Table:
    """Who is to be seated and what counts as met. Raises Refused when nobody can be seated.

    `history` is that of earlier sessions. `people` is the head count where the plan has no roster.
    """
    if not has_rooms(run.plan, item):
        raise Refused(f"{item.title} is no breakout: give it a size or rooms in the plan")
    seated = seated_people(run, item)
    if people is not None:
        seated = [Participant(f"p{number}", f"Participant {number}") for number in range(1, people + 1)]
    if not seated:
        raise Refused(NOBODY)
    met = meetings(run, now, item.id) + planned_meetings(run, now, item.id) + Counter(dict(history or {}))
    own = frozenset(number for id, number in happened_rounds(run, now) if id == item.id)
    held = held_rooms(run, item, frozenset(person.id for person in seated))
    return Table(run, now, item, tuple(seated), met, own, seating_before(run, item), held)


def seating_before(run: Run, item: Item) -> Seating | None:
    """The last planned round of the breakout that `keep` and `swap` look at."""
    before = item_before(run, item) if item.mode in ("keep", "swap") else None
    rounds = [number for id, number in run.seatings if before and id == before.id]
    return run.seating(before.id, max(rounds)) if before and rounds else None

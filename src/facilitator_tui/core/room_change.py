"""Changing published rooms: who came, who left, who moves, and what a move would come to, before anything is done.

Owns the difference between the rooms that are published and those that would be. It must not know how a
difference is shown. Rounds count from 1.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from facilitator_tui import rotation
from facilitator_tui.core import events as ev
from facilitator_tui.core.actions import Outcome, Refused
from facilitator_tui.core.events import Payload
from facilitator_tui.core.meetings import Meetings
from facilitator_tui.core.plan import Item
from facilitator_tui.core.room_plan import (
    RoomPlan,
    finished,
    merged_rounds,
    plan_table,
    seated_late,
    settled_people,
)
from facilitator_tui.core.room_rounds import guests, merges, respecced, seated_people, sitting_out
from facilitator_tui.core.room_search import Search, never
from facilitator_tui.core.room_table import Table, laid_table
from facilitator_tui.core.run import Run, Seating
from facilitator_tui.core.rundown import rooms_clock
from facilitator_tui.rotation import Problem, Rotation, RotationProblem, RoundSpec, Seats, Way
from facilitator_tui.rotation.replan import LAST_MINUTE_S

REPLAN_S = 0.25
"""A re-plan has to be there before anybody wonders."""


@dataclass(frozen=True, slots=True)
class RoomMove:
    """One person and one round: room ids, empty for no room."""

    person: str
    round: int
    source: str
    target: str


@dataclass(frozen=True, slots=True)
class RoomChange:
    """What would change, and what it is worth. Nothing has happened yet."""

    item: Item
    way: Way
    payloads: tuple[Payload, ...]
    moves: tuple[RoomMove, ...]
    """Everybody whose seat would differ, absent people and newcomers too, by round."""
    before: Rotation
    after: Rotation
    waits: tuple[str, ...] = ()
    """Those who came in the last minute of a round: they have a seat from the next one on."""

    @property
    def moved(self) -> tuple[RoomMove, ...]:
        """Only those who lose a seat and get another one."""
        return tuple(move for move in self.moves if move.source and move.target)

    @property
    def said(self) -> str:
        """The change in one sentence."""
        people = len({move.person for move in self.moved})
        seated = len({move.person for move in self.moves if not move.source})
        away = len({move.person for move in self.moves if not move.target})
        parts = [
            f"{people} {'person changes' if people == 1 else 'people change'} rooms" if people else "nobody moves",
            f"{seated} get a seat" if seated > 1 else "1 gets a seat" if seated else "",
            f"{away} away" if away else "",
        ]
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class PresenceGap:
    """How the seats of a round differ from who is here and wants one."""

    away: tuple[str, ...]
    """Seated, but not here."""
    unseated: tuple[str, ...]
    """Here, but without a seat."""

    def __bool__(self) -> bool:
        return bool(self.away or self.unseated)

    @property
    def brief(self) -> str:
        """The same in as few words as a narrow line has room for: `1 away, 2 without a seat`."""
        away, late = len(self.away), len(self.unseated)
        parts = [f"{away} away" if away else "", f"{late} without a seat" if late else ""]
        return ", ".join(part for part in parts if part)

    @property
    def said(self) -> str:
        away, late = len(self.away), len(self.unseated)
        parts = [
            f"{away} of those seated {'is' if away == 1 else 'are'} away" if away else "",
            f"{late} here {'has' if late == 1 else 'have'} no seat" if late else "",
        ]
        return ", ".join(part for part in parts if part)


def presence_gap(run: Run, item: Item, number: int) -> PresenceGap:
    """Who is seated in a round and away, and who is here and not seated; nothing without a plan."""
    seating = run.seating(item.id, number)
    if seating is None:
        return PresenceGap((), ())
    here = [person.id for person in seated_people(run, item)]
    invited = set(guests(run, item).values())
    seated = [one for seat in seating.seats for one in seat if one not in invited]
    known = {*here, *sitting_out(run, item)}
    return PresenceGap(
        tuple(one for one in seated if one not in known),
        tuple(one for one in here if one not in set(seated)),
    )


def judge_rooms(run: Run, now: datetime, item: Item, history: Meetings | None = None) -> RoomPlan | None:
    """What the published rounds of an item are worth, judged anew; None while nothing is published."""
    numbers = sorted(number for id, number in run.seatings if id == item.id)
    if not numbers:
        return None
    try:
        table = laid_table(run, now, item, history)
        rounds = {number: _as_published(table, number, run.seatings[item.id, number]) for number in numbers}
        problem = table.problem([spec for spec, _ in rounds.values()])
        judged = rotation.judged(problem, [seats for _, seats in rounds.values()], settled=settled_people(table))
        return RoomPlan(item, (), problem, judged)
    except (RotationProblem, Refused):
        return None


def _as_published(table: Table, number: int, seating: Seating) -> tuple[RoundSpec, Seats]:
    """A published round as a question with its answer; absent people are dropped unless it happened."""
    spec = table.round(number, respecced(table.run, table.item, seating, len(table.people)))
    if spec.frozen is not None:
        return spec, spec.frozen
    return spec, tuple(frozenset(seat) & table.present for seat in seating.seats)


# ---------------------------------------------------------------- re-planning


def replan_rooms(
    run: Run,
    now: datetime,
    item: Item,
    way: Way = "few",
    history: Meetings | None = None,
    *,
    seed: int = 1,
    seconds: float = REPLAN_S,
    on_progress: Callable[[Rotation], None] | None = None,
    cancelled: Callable[[], bool] = never,
) -> RoomChange:
    """Plan what has not happened of a published breakout again, with those who are here now.

    `patch` moves nobody, `few` weighs a move as a tenth of a repeat, `fresh` plans anew. A round under way keeps
    its people; whoever came late gets a seat in it unless less than a minute is left. Locked rooms keep the people
    they have and let nobody else in. Raises Refused when nothing is published or nobody is here.
    """
    numbers = sorted(number for id, number in run.seatings if id == item.id)
    if not numbers:
        raise Refused(f"no rooms are planned for {item.title}; plan them first")
    search = Search(seed, seconds, on_progress, cancelled)
    try:
        table = laid_table(run, now, item, history)
        published = {number: _as_published(table, number, run.seatings[item.id, number]) for number in numbers}
        plan = _replanned(table, published, way, search)
        late, waits = _late_seats(table)
    except RotationProblem as error:
        raise Refused(str(error)) from None
    before_problem = table.problem([spec for spec, _ in published.values()])
    before = rotation.judged(before_problem, [seats for _, seats in published.values()])
    payloads = (*late, *(one for one in plan.payloads if _differs(run, one)))
    return RoomChange(item, way, payloads, _moves(run, payloads), before, plan.rotation, waits)


def _differs(run: Run, planned: ev.RoomsPlanned) -> bool:
    seating = run.seating(planned.item, planned.round)
    if seating is None or (seating.rooms, seating.names) != (planned.rooms, planned.names):
        return True
    return any(set(seat) != set(new.split()) for seat, new in zip(seating.seats, planned.seats, strict=True))


def _replanned(
    table: Table,
    published: dict[int, tuple[RoundSpec, Seats]],
    way: Way,
    search: Search,
) -> RoomPlan:
    mixing = table.item.mode in ("mix", "choose", "swap")
    if not mixing or way == "fresh":
        return plan_table(_anew(table) if way == "fresh" else table, search)
    plan = table.run.plan
    numbers = [number for number in table.rounds() if not merges(plan, table.item, number)]
    rounds = {number: published.get(number) or (table.round(number), ()) for number in numbers}
    specs = [rounds[number][0] for number in numbers]
    found = _found_again(table.problem(specs), [rounds[number][1] for number in numbers], way, search)
    answer = {number: (spec, found.rounds[at]) for at, (number, spec) in enumerate(zip(numbers, specs, strict=True))}

    def join_again(number: int, problem: Problem) -> Seats:
        return _found_again(problem, [published[number][1]], way, search.half()).rounds[0]

    joined = merged_rounds(table, answer, search, {number: spec for number, (spec, _) in published.items()}, join_again)
    return finished(table, {**answer, **joined}, "", found)


def _found_again(problem: Problem, seats: Sequence[Seats], way: Way, search: Search) -> Rotation:
    """Rounds found again from the seats that are published."""
    # Only the seats of what is published are read; its figures are judged elsewhere.
    old = replace(rotation.judged(replace(problem, rounds=()), ()), rounds=tuple(seats))
    return rotation.replan(
        problem,
        old,
        way=way,
        from_round=0,
        seed=search.seed,
        seconds=search.seconds,
        on_progress=search.on_progress,
        cancelled=search.cancelled,
    ).rotation


def _anew(table: Table) -> Table:
    """The same question with nothing of the item published but what happened."""
    kept = {
        key: seating
        for key, seating in table.run.seatings.items()
        if key[0] != table.item.id or key[1] in table.happened
    }
    return replace(table, run=replace(table.run, seatings=kept))


def _late_seats(table: Table) -> tuple[tuple[ev.SeatChanged, ...], tuple[str, ...]]:
    """Seats in the round under way for those who came late; in its last minute they wait."""
    running = rooms_clock(table.run, table.now)
    if running is None or running.item != table.item.id or running.phase != "running":
        return (), ()
    late = presence_gap(table.run, table.item, running.round).unseated
    seating = table.run.seating(table.item.id, running.round)
    if not late or seating is None:
        return (), ()
    if running.remaining.total_seconds() < LAST_MINUTE_S:
        return (), late
    spec, seats = seated_late(table, seating, running.round)
    where = {one: room.id for room, seat in zip(spec.rooms, seats, strict=True) for one in seat}
    return tuple(ev.SeatChanged(table.item.id, running.round, one, where[one]) for one in late), ()


def _moves(run: Run, payloads: tuple[Payload, ...]) -> tuple[RoomMove, ...]:
    moves: list[RoomMove] = []
    for one in payloads:
        if isinstance(one, ev.SeatChanged):
            seating = run.seating(one.item, one.round)
            moves.append(RoomMove(one.person, one.round, seating.room_of(one.person) if seating else "", one.room))
        elif isinstance(one, ev.RoomsPlanned):
            moves += _moves_of(one, run.seating(one.item, one.round))
    return tuple(sorted(moves, key=lambda move: (move.round, move.person)))


def _moves_of(planned: ev.RoomsPlanned, before: Seating | None) -> list[RoomMove]:
    new = {p: room for room, seat in zip(planned.rooms, planned.seats, strict=True) for p in seat.split()}
    old = {p: id for id, seat in zip(before.rooms, before.seats, strict=True) for p in seat} if before else {}
    return [
        RoomMove(person, planned.round, old.get(person, ""), new.get(person, ""))
        for person in sorted(old.keys() | new.keys())
        if old.get(person, "") != new.get(person, "")
    ]


def apply_change(change: RoomChange) -> Outcome:
    """Make a change the plan of the rooms. Refused when there is nothing to change."""
    if not change.payloads:
        raise Refused("nothing to change: everybody who is here has a seat")
    return Outcome(change.payloads, f"{change.item.title}: {change.said}")

"""From plan, presence and history to rooms: every mode of a breakout, for all its rounds.

Owns what each mode asks of the rotation. The search itself is `facilitator_tui.rotation`, which knows nothing
of calls. It must not know how rooms are published or shown. Rounds count from 1.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from facilitator_tui import rotation
from facilitator_tui.core import events as ev
from facilitator_tui.core.actions import Refused
from facilitator_tui.core.meetings import Meetings, is_over
from facilitator_tui.core.plan import Item
from facilitator_tui.core.room_rounds import (
    groupings,
    is_breakout,
    item_before,
    merges,
    pinned,
    respecced,
    room_specs,
    round_count,
)
from facilitator_tui.core.room_search import Progress, Search, never, solved
from facilitator_tui.core.room_table import Table, laid_table, open_round
from facilitator_tui.core.run import Run, Seating, agenda
from facilitator_tui.rotation import Problem, RoomSpec, Rotation, RotationProblem, RoundSpec, Seats, Tier
from facilitator_tui.rotation.renumber import renumber


@dataclass(frozen=True, slots=True)
class RoomPlan:
    """The rooms of one item: the payloads that publish them and how good they are.

    `problem` and `rotation` hold the item's rounds and nothing else; `payloads` may publish the breakout that
    this one looks back at as well, and leave out rounds that happened.
    """

    item: Item
    payloads: tuple[ev.RoomsPlanned, ...]
    problem: Problem
    rotation: Rotation
    kept: str = ""
    """Why groups are what they are, where they were not mixed."""

    @property
    def said(self) -> str:
        """How good the rooms are, in one sentence."""
        if not self.kept:
            return rotation.sentence(self.rotation)
        return f"{self.kept}; {self.rotation.pairs_met} of {self.rotation.pairs_possible} pairs have met"


# ---------------------------------------------------------------- planning


def plan_rooms(
    run: Run,
    now: datetime,
    item: Item,
    history: Meetings | None = None,
    *,
    people: int | None = None,
    seed: int = 1,
    seconds: float = 2.0,
    on_progress: Progress | None = None,
    cancelled: Callable[[], bool] = never,
) -> RoomPlan:
    """Find rooms for every round of an item. Slow: up to `seconds` of work.

    All mixing breakouts that nobody planned yet are planned together, so that a good first round does not spoil
    the second; rounds that happened, published rounds to come and `history` of earlier sessions count as
    meetings. `people` is the head count where the plan has no roster. Raises Refused when no rooms can be made.
    """
    search = Search(seed, seconds, on_progress, cancelled)
    try:
        table = laid_table(run, now, item, history, people)
        if item.mode in ("keep", "swap") and table.before is None:
            return _with_breakout_before(table, history, people, search)
        return _looking_ahead(table, history, people, search)
    except RotationProblem as error:
        raise Refused(str(error)) from None


TRIES = 4
"""How many ways to begin are compared where a later breakout swaps topics."""


def _looking_ahead(table: Table, history: Meetings | None, people: int | None, search: Search) -> RoomPlan:
    """Plan an item so that a breakout that is to swap its topics can be good too.

    Who may sit with whom after a swap depends on the rooms before it, so a few answers are followed through to
    the end, and the one with the fewest broken rules and coincidences in both is taken.
    """
    later = _swaps_after(table)
    if later is None:
        return plan_table(table, search)
    best: tuple[tuple[int, ...], RoomPlan] | None = None
    for attempt in range(TRIES):
        part = replace(search, seed=search.seed + attempt, seconds=search.seconds / (2 * TRIES))
        first = plan_table(table, part)
        second = plan_table(laid_table(_with_published(table.run, first), table.now, later, history, people), part)
        price = tuple(
            one + other for one, other in zip(_price(first.rotation.tiers), _price(second.rotation.tiers), strict=True)
        )
        if best is None or price < best[0]:
            best = (price, first)
        if search.cancelled():
            break
    assert best is not None
    return best[1]


def _swaps_after(table: Table) -> Item | None:
    """The breakout to come that swaps the topics of this one and has no rooms yet."""
    planned = {id for id, _ in table.run.seatings}
    for other in agenda(table.run):
        before = item_before(table.run, other) if other.mode == "swap" and is_breakout(other) else None
        if before and before.id == table.item.id and other.id not in planned and not is_over(table.run, other.id):
            return other
    return None


def _price(tiers: Sequence[Tier]) -> tuple[int, ...]:
    """The tiers from rules down to coincidences."""
    return tuple(tier.value for tier in tiers[:3])


def _with_published(run: Run, plan: RoomPlan) -> Run:
    made = {(one.item, one.round): seating_of(one) for one in plan.payloads}
    return replace(run, seatings={**run.seatings, **made})


def _with_breakout_before(table: Table, history: Meetings | None, people: int | None, search: Search) -> RoomPlan:
    """The breakout that is looked back at has no rooms yet: both are planned, and published together."""
    before = item_before(table.run, table.item)
    if before is None:
        if table.item.after:
            raise Refused(f"{table.item.title} looks back at {table.item.after!r}, which is no breakout before it")
        raise Refused(f"{table.item.title} looks back at an earlier breakout, and there is none: change its mode")
    half = search.half()
    first = _looking_ahead(laid_table(table.run, table.now, before, history, people), history, people, half)
    run = _with_published(table.run, first)
    second = plan_table(laid_table(run, table.now, table.item, history, people), half)
    return replace(second, payloads=(*first.payloads, *second.payloads))


def seating_of(planned: ev.RoomsPlanned) -> Seating:
    """What a published round will be once it is in the log."""
    return Seating(planned.rooms, planned.names, tuple(tuple(seat.split()) for seat in planned.seats))


def plan_table(table: Table, search: Search) -> RoomPlan:
    """Plan an item by its mode. Raises RotationProblem."""
    match table.item.mode:
        case "keep" if table.before:
            return kept_groups(table, table.before)
        case "fixed":
            return _fixed(table, search)
    return _mixed(table, search)


def finished(
    table: Table,
    rounds: Mapping[int, tuple[RoundSpec, Seats]],
    kept: str,
    found: Rotation,
    settled: frozenset[str] = frozenset(),
) -> RoomPlan:
    """Judge the seats of all rounds by themselves, and make them ready to be published.

    `settled` are those whose seats follow from the mode alone.
    """
    numbers = sorted(rounds)
    problem = table.problem([rounds[number][0] for number in numbers])
    own = rotation.judged(problem, [rounds[number][1] for number in numbers], found.method, found.seconds, settled)
    payloads = tuple(
        published(table.item, number, *rounds[number]) for number in numbers if number not in table.happened
    )
    return RoomPlan(table.item, payloads, problem, own, kept)


def published(item: Item, number: int, spec: RoundSpec, seats: Seats) -> ev.RoomsPlanned:
    return ev.RoomsPlanned(
        item.id,
        number,
        tuple(room.id for room in spec.rooms),
        tuple(room.name for room in spec.rooms),
        tuple(" ".join(sorted(seat)) for seat in seats),
    )


def _mixed(table: Table, search: Search) -> RoomPlan:
    plan = table.run.plan
    chains = _whole_chains(table)
    alone = {
        number: table.round(number)
        for number in table.rounds()
        if number in chains or not (merges(plan, table.item, number) or _in_chain(chains, number))
    }
    joint = [
        open_round(table, other, room_specs(table.run, other, len(table.people), number))
        for other in _planned_along(table)
        for number in range(1, round_count(plan, other) + 1)
    ]
    found = _solved(table, [*alone.values()], joint, search)
    rounds = {number: (spec, found.rounds[at]) for at, (number, spec) in enumerate(alone.items())}
    for top, base in chains.items():
        for number in range(top - 1, base - 1, -1):
            rounds[number] = _split(table, rounds[number + 1][1], number, search)
    joined = merged_rounds(table, rounds, search)
    if not joined and not chains:
        return finished(table, rounds, "", found)
    return finished(table, _renumbered(table, {**rounds, **joined}), JOINED, found)


def _renumbered(table: Table, rounds: Mapping[int, tuple[RoundSpec, Seats]]) -> dict[int, tuple[RoundSpec, Seats]]:
    """The same groups in rooms that keep most people where they were in the round before."""
    numbers = sorted(rounds)
    problem = table.problem([rounds[number][0] for number in numbers])
    seats = renumber(problem, [rounds[number][1] for number in numbers])
    return {number: (rounds[number][0], seats[at]) for at, number in enumerate(numbers)}


def _solved(table: Table, own: list[RoundSpec], joint: list[RoundSpec], search: Search) -> Rotation:
    """Own rounds and those of other breakouts together.

    Talks in pairs can always be without a repeat; where the sum of all rounds cost them one, they go first.
    """
    pairs_apart = _buddies_in_pairs(table, own)
    by_itself = table.problem(own, separate=pairs_apart)
    if not joint:
        return solved(by_itself, search)
    found = _solved_together(table, own, joint, search)
    shown = rotation.judged(table.problem(own), found.rounds[: len(own)])
    if shown.proven or not pairs_apart or search.cancelled():
        return found
    alone = solved(by_itself, replace(search, seconds=search.seconds / 4))
    return alone if _price(alone.tiers) < _price(shown.tiers) else found


def _solved_together(table: Table, own: list[RoundSpec], joint: list[RoundSpec], search: Search) -> Rotation:
    """All rounds; then once more the own ones, with the others as they were found.

    The first search spends itself on all of them; the second brings those that are published now to their best.
    """
    part = search.half()
    both = table.problem([*own, *joint])
    found = solved(both, part)
    if found.proven or search.cancelled():
        return found
    others = [replace(spec, frozen=seats) for spec, seats in zip(joint, found.rounds[len(own) :], strict=True)]
    again = solved(table.problem([*own, *others]), part)
    judged = rotation.judged(both, again.rounds, again.method, found.seconds + again.seconds)
    return judged if _price(judged.tiers) < _price(found.tiers) else found


def _buddies_in_pairs(table: Table, own: list[RoundSpec]) -> tuple[frozenset[str], ...]:
    """Newcomers with their buddies, where everybody talks in pairs: in all larger rooms they sit together anyway."""
    if any(room.largest > 2 for spec in own for room in spec.rooms) or len(table.people) < 4:
        return ()
    if table.run.plan.rooms.new_people != "with-buddy":
        return ()
    present = table.present
    return tuple(frozenset((one.id, one.buddy)) for one in table.people if one.new and one.buddy in present)


def _whole_chains(table: Table) -> dict[int, int]:
    """Rounds that join again and again, none of which happened: the last one, and the first.

    The largest groups are found first and then split, so that they too have a common language and all else. Locked
    rooms are known by their number and people, so their rounds are found in the order they come in.
    """
    plan, item = table.run.plan, table.item
    chains: dict[int, int] = {}
    for number in table.rounds() if item.rooms is None else ():
        if merges(plan, item, number) and number - 1 not in table.happened:
            chains[number] = chains.pop(number - 1, number - 1)
    return {top: base for top, base in chains.items() if not any(base <= number <= top for number in table.held)}


def _in_chain(chains: Mapping[int, int], number: int) -> bool:
    return any(base <= number < top for top, base in chains.items())


def _split(table: Table, whole: Seats, number: int, search: Search) -> tuple[RoundSpec, Seats]:
    """The round before groups join: each group by itself in smaller rooms, so that nobody can lose a partner."""
    size = groupings(table.run.plan, table.item)[number - 1].size
    sizes = [rotation.room_sizes(len(group), rooms=max(1, len(group) // size)) for group in whole]
    # The first part of every group comes first: when groups join, it stays in a room that goes on.
    parts = [(nth, at) for at, sized in enumerate(sizes) for nth in range(len(sized))]
    owner = [at for _, at in sorted(parts)]
    flat = [sizes[at][nth] for nth, at in sorted(parts)]
    specs = tuple(RoomSpec(str(at), f"Room {at}", min(flat), part, max(flat)) for at, part in enumerate(flat, 1))
    seats: list[frozenset[str]] = [frozenset()] * len(specs)
    for at, group in enumerate(whole):
        own = [place for place, owned in enumerate(owner) if owned == at]
        spec = RoundSpec(tuple(specs[place] for place in own), group)
        found = rotation.solve(
            table.problem([spec]),
            seed=search.seed,
            seconds=search.seconds / (4 * len(whole)),
            cancelled=search.cancelled,
        )
        for place, seat in zip(own, found.rounds[0], strict=True):
            seats[place] = seat
    return RoundSpec(specs, table.present), tuple(seats)


JOINED = "the groups of the round before stay together"


JoinAgain = Callable[[int, Problem], Seats]
"""Finds the seats of one published round again, from its number and its question."""


def merged_rounds(
    table: Table,
    rounds: Mapping[int, tuple[RoundSpec, Seats]],
    search: Search,
    published: Mapping[int, RoundSpec] | None = None,
    join_again: JoinAgain | None = None,
) -> dict[int, tuple[RoundSpec, Seats]]:
    """Rounds in which the groups of the one before join: each is a question of its own with them together.

    One that is `published` is found by `join_again`, in the rooms it has.
    """
    made: dict[int, tuple[RoundSpec, Seats]] = {}
    for number in table.rounds():
        before = made.get(number - 1) or rounds.get(number - 1)
        if number in rounds or before is None:
            continue
        known = published.get(number) if published and join_again else None
        spec = known or table.round(number)
        if spec.frozen is not None:
            made[number] = (spec, spec.frozen)
            continue
        together = tuple(seat & table.present for seat in before[1])
        problem = table.problem([spec], tuple(group for group in together if len(group) > 1))
        if known and join_again:
            made[number] = (spec, join_again(number, problem))
            continue
        found = rotation.solve(problem, seed=search.seed, seconds=search.seconds / 2, cancelled=search.cancelled)
        made[number] = (spec, found.rounds[0])
    return made


def _planned_along(table: Table) -> list[Item]:
    """Other mixing breakouts of the session that nobody planned and that are still to come."""
    if table.item.mode != "mix":
        return []
    planned = {id for id, _ in table.run.seatings}
    return [
        other
        for other in agenda(table.run)
        if is_breakout(other) and other.mode == "mix" and other.id != table.item.id
        if other.id not in planned and not is_over(table.run, other.id)
    ]


def _fixed(table: Table, search: Search) -> RoomPlan:
    """Rooms as written: the first round that is known holds for all, newcomers added and absent people dropped."""
    known = _known(table)
    if known is not None:
        settled = settled_people(table)
        spec, seats = same_groups(table, known)
        moved = pinned(table.run, table.item, spec.rooms, table.present)
        seats = tuple(
            frozenset(p for p in seat if moved.get(p, room.id) == room.id)
            | {p for p, id in moved.items() if id == room.id}
            for room, seat in zip(spec.rooms, seats, strict=True)
        )
    else:
        spec = table.round(1)
        found = solved(table.problem([spec]), search)
        seats = found.rounds[0]
        # The best groups for one round are the best to repeat: every repeat costs all groups the same.
        settled = table.present if found.proven else frozenset()
    said = "the rooms as they are written" if known is None else "the rooms as they were"
    return repeated(table, spec, seats, said, settled)


def kept_groups(table: Table, before: Seating) -> RoomPlan:
    """Exactly the groups of the breakout before: absent people dropped, newcomers added where they fit best."""
    title = item_before(table.run, table.item)
    said = f"the groups of {title.title if title else 'before'}"
    return repeated(table, *same_groups(table, before), said, settled_people(table))


def settled_people(table: Table) -> frozenset[str]:
    """Those whose groups follow from the mode: kept from the breakout before, or published as fixed rooms."""
    given = table.before if table.item.mode == "keep" else None
    if table.item.mode == "fixed":
        given = _known(table)
    return frozenset(one for seat in given.seats for one in seat) & table.known if given else frozenset()


def _known(table: Table) -> Seating | None:
    """The first round of the item that is published."""
    return next((seating for n in table.rounds() if (seating := table.run.seating(table.item.id, n))), None)


def same_groups(table: Table, before: Seating) -> tuple[RoundSpec, Seats]:
    """The groups of an earlier round with those who are here, in this item's rooms of the same id or place."""
    own = room_specs(table.run, table.item, len(table.people)) if isinstance(table.item.rooms, tuple) else ()
    names = {spec.id: spec.name for spec in own}
    rooms, titles = before.rooms, before.names
    if len(own) == len(rooms) and set(names) != set(rooms):
        rooms, titles = tuple(names), tuple(names.values())
    present = table.present
    seats = tuple(tuple(one for one in seat if one in present) for seat in before.seats)
    moved = Seating(rooms, titles, seats)
    return seated_late(table, moved)


def seated_late(table: Table, seating: Seating, number: int = 1) -> tuple[RoundSpec, Seats]:
    """A round with everybody who is here and has no seat put where it hurts least; nobody else moves.

    Rooms that are locked in round `number` stay closed.
    """
    rooms = respecced(table.run, table.item, seating, len(table.people))
    spec = RoundSpec(rooms, table.present, barred=table.closed(number))
    seats = tuple(frozenset(seat) & table.present for seat in seating.seats)
    for person in (one.id for one in table.people if not any(one.id in seat for seat in seats)):
        problem = table.problem([replace(spec, present=frozenset().union(*seats) | {person})])
        now = rotation.judged(replace(problem, rounds=(replace(spec, present=frozenset().union(*seats)),)), [seats])
        room = rotation.seat_latecomer(problem, now, person, round=0)
        seats = tuple(seat | {person} if at.id == room else seat for at, seat in zip(spec.rooms, seats, strict=True))
    return spec, seats


def repeated(table: Table, spec: RoundSpec, seats: Seats, kept: str, settled: frozenset[str]) -> RoomPlan:
    """The same seats in every round that has not happened."""
    rounds: dict[int, tuple[RoundSpec, Seats]] = {}
    for number in table.rounds():
        happened = table.round(number, spec.rooms)
        rounds[number] = (happened, happened.frozen) if happened.frozen is not None else (spec, seats)
    judged = rotation.judged(table.problem([spec]), [seats], "given")
    return finished(table, rounds, kept, judged, settled)

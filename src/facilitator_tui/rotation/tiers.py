"""The levels of the objective from coincidences down, each counted from the seats and with its bound.

This module owns the order of the tiers and what each is called. It must not look for better seats.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from facilitator_tui.rotation.bounds import alike_bound, most_bound
from facilitator_tui.rotation.measure import Counts
from facilitator_tui.rotation.model import Bound, Model, OpenRound
from facilitator_tui.rotation.result import Seats, Tier


def tiers_of(
    model: Model,
    rounds: Sequence[Seats],
    counts: Counts,
    *,
    hard: int,
    alike: Mapping[str, int],
    bound: Bound,
    published: Sequence[Seats] = (),
) -> tuple[Tier, ...]:
    """All tiers in their order. `alike` counts pairs with the same mark for "apart" and "spread".

    Moves from a published plan come right after coincidences, and only where there is one; wishes for a room
    and the load of hosts only where somebody wishes or hosts.
    """
    problem = model.problem
    meetings = [
        Tier("coincidences", counts.coincidences, bound.value),
        *([Tier("moves from the published plan", _moved(model, rounds, published), 0)] if published else []),
        # A coincidence that can't be avoided is a pair that meets twice.
        Tier("most meetings of a pair", counts.most, max(most_bound(model), 2 if bound.value else 0)),
    ]
    spread = [Tier("same mark in a room", alike["spread"], alike_bound(model, problem.spread))]
    return (
        Tier("rules not kept", hard, None if model.impossible else 0),
        Tier("people to be apart in one room", alike["apart"], alike_bound(model, problem.apart)),
        *(meetings + spread if problem.no_repeat else spread + meetings),
        _new_faces(model, rounds, counts),
        *_wishes(model, rounds),
        *_host_load(model),
        Tier("moves between rounds", _between(model, rounds), 0),
    )


def _new_faces(model: Model, rounds: Sequence[Seats], counts: Counts) -> Tier:
    """New people met by the one who meets fewest of all who are in a round still to come, and how many at most.

    Nobody meets more than the seats beside them, nor more than those here at the same time and not yet met.
    """
    present = [frozenset(opened.present) for opened in model.rounds]
    beside = [max(_room_for(opened, rounds[opened.number])) - 1 for opened in model.rounds]
    around: dict[tuple[int, ...], frozenset[int]] = {}
    values, most = [], []
    for person in sorted(frozenset().union(*present)):
        mine = tuple(number for number, here in enumerate(present) if person in here)
        if mine not in around:
            around[mine] = frozenset().union(*(present[number] for number in mine))
        known = model.past[person]
        strangers = len(around[mine]) - 1 - sum(other in around[mine] for other in known)
        before = sum(1 for other in known if frozenset((model.names[person], model.names[other])) not in model.met)
        values.append(counts.faces.get(model.names[person], 0))
        most.append(before + min(strangers, sum(beside[number] for number in mine)))
    return Tier("new faces of the person with fewest", min(values, default=0), min(most, default=0))


def _room_for(opened: OpenRound, seats: Seats) -> list[int]:
    """How many each room may take: what is planned, what the room allows, or what it had to take."""
    return [max(high, len(group)) for high, group in zip(opened.most, seats, strict=True)]


def _wishes(model: Model, rounds: Sequence[Seats]) -> list[Tier]:
    """Wishes for a room that aren't met, and how many can't be: a room takes its largest, fixed seats included."""
    asked = unmet = least = 0
    for opened in model.rounds:
        spec = model.problem.rounds[opened.number]
        at = {name: room.id for room, group in zip(spec.rooms, rounds[opened.number], strict=True) for name in group}
        wishes = {name: rooms for name, rooms in spec.wished.items() if name in at and name not in spec.pinned}
        asked += len(wishes)
        unmet += sum(at[name] not in rooms for name, rooms in wishes.items())
        single = Counter(next(iter(rooms)) for rooms in wishes.values() if len(rooms) == 1)
        room_for = {
            room.id: most for room, most in zip(spec.rooms, _room_for(opened, rounds[opened.number]), strict=True)
        }
        taken = Counter(room for name, room in spec.pinned.items() if at.get(name) == room)
        least += sum(max(0, count - max(0, room_for.get(room, 0) - taken[room])) for room, count in single.items())
    return [Tier("wishes for a room not met", unmet, least)] if asked else []


def _host_load(model: Model) -> list[Tier]:
    """Rounds of the person who has a fixed room most often; decided before any search, so it is its own bound."""
    load = Counter(name for spec in model.problem.rounds for name in spec.pinned if name in spec.present)
    return [Tier("rounds of the busiest host", max(load.values()), max(load.values()))] if load else []


def _moved(model: Model, rounds: Sequence[Seats], published: Sequence[Seats]) -> int:
    """Seats still to come that differ from the published ones, of people who had one."""
    return sum(
        1
        for opened in model.rounds
        if opened.number < len(published)
        for at, group in enumerate(published[opened.number])
        for name in group
        if _elsewhere(rounds[opened.number], at, name)
    )


def _elsewhere(seats: Seats, at: int, name: str) -> bool:
    if at < len(seats) and name in seats[at]:
        return False
    return any(name in group for group in seats)


def _between(model: Model, rounds: Sequence[Seats]) -> int:
    """People who go to another room from one round to the next, over all rounds still to come."""
    specs = model.problem.rounds
    where: list[dict[str, str]] = [
        {name: room.id for room, group in zip(spec.rooms, seats, strict=False) for name in group}
        for spec, seats in zip(specs, rounds, strict=True)
    ]
    return sum(
        1
        for opened in model.rounds
        if opened.number
        for name, room in where[opened.number].items()
        if where[opened.number - 1].get(name, room) != room
    )

"""Breakout rooms of a call: from plan, presence and history to a rotation, and the rooms' own clock.

Owns which people are seated in which rooms of an item, what counts as having met, and the actions on rooms. The
search itself is `facilitator_tui.rotation`, which knows nothing of calls. It must not know how rooms are shown.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from facilitator_tui import rotation
from facilitator_tui.core import events as ev
from facilitator_tui.core.actions import Outcome, Refused, find_item
from facilitator_tui.core.calendar import floor_second
from facilitator_tui.core.durations import ZERO, clock, signed
from facilitator_tui.core.people import find_person, is_here
from facilitator_tui.core.plan import Item, Participant, SessionRoom
from facilitator_tui.core.run import Run, Seating, agenda
from facilitator_tui.core.rundown import rooms_clock, rundown
from facilitator_tui.rotation import Person, Problem, RoomSpec, Rotation, RotationProblem, RoundSpec

Meetings = Mapping[frozenset[str], int]

USUAL_SIZE = 4
"""People a room when the plan says neither a size nor a number of rooms."""


@dataclass(frozen=True, slots=True)
class RoomPlan:
    """The rooms found for one item: the payloads that publish them and how good they are.

    `problem` and `rotation` hold the item's rounds first; behind them may stand rounds that happened and count.
    """

    item: Item
    payloads: tuple[ev.RoomsPlanned, ...]
    problem: Problem
    rotation: Rotation


# ---------------------------------------------------------------- who and where


def is_breakout(item: Item) -> bool:
    return item.kind == "breakout" or item.size is not None or item.rooms is not None


def seated_people(run: Run, item: Item) -> list[Participant]:
    """Those who get a seat: participants who are here. Team, speakers and guests of rooms do not."""
    guests = {room.guest for room in run.session.rooms}
    return [
        person
        for person in run.roster.people
        if person.role == "participant" and person.id not in guests and is_here(run, person.id)
    ]


def room_specs(run: Run, item: Item, people: int) -> tuple[RoomSpec, ...]:
    """The rooms of an item for so many people, sizes even within one unless a room has a size of its own."""
    if isinstance(item.rooms, tuple):
        named = [room for id in item.rooms for room in run.session.rooms if room.id == id]
        sizes = rotation.room_sizes(people, rooms=min(len(named), max(1, people)))
        sizes += [0] * (len(named) - len(sizes))
        return tuple(_named_room(room, sizes) for room in named)
    if item.rooms is None:
        return rotation_rooms(people, item.size or USUAL_SIZE)
    return _even(people, rotation.room_sizes(people, rooms=min(item.rooms, max(1, people))))


def _named_room(room: SessionRoom, sizes: Sequence[int]) -> RoomSpec:
    largest = room.size if room.size is not None else max(sizes)
    smallest = min(min(sizes), largest)
    return RoomSpec(room.id, room.name, smallest, min(max(sizes), largest), largest, frozenset(room.langs))


def rotation_rooms(people: int, size: int) -> tuple[RoomSpec, ...]:
    """Rooms `1`, `2`, … of about this size."""
    return _even(people, rotation.room_sizes(people, size=size))


def _even(people: int, sizes: Sequence[int]) -> tuple[RoomSpec, ...]:
    low, high = min(sizes), max(sizes)
    return tuple(RoomSpec(str(number), f"Room {number}", low, high, high) for number in range(1, len(sizes) + 1))


def as_person(person: Participant) -> Person:
    """A participant as the rotation sees one: marks, languages, newcomer and buddy."""
    marks = {"org": person.org, "region": person.region, "sector": person.sector, "country": person.country}
    known = {name: value for name, value in marks.items() if value}
    if person.new:
        known["new"] = "new"
    return Person(person.id, known, frozenset(person.langs), person.new, person.buddy or None)


# ---------------------------------------------------------------- who has met


def happened_rounds(run: Run, now: datetime) -> list[tuple[str, int]]:
    """The rounds that took place or are under way: those whose clock was opened, else the first of a visit."""
    rounds = []
    clocked = set()
    for breakout in run.breakouts:
        clocked.add(breakout.item)
        begun = breakout.opened
        for number, length in enumerate(breakout.lengths, 1):
            if begun <= now and (breakout.recalled is None or begun < breakout.recalled):
                rounds.append((breakout.item, number))
            begun += length
    for visit in run.visits:
        if visit.item not in clocked and visit.started <= now:
            clocked.add(visit.item)
            rounds.append((visit.item, 1))
    return [key for key in dict.fromkeys(rounds) if key in run.seatings]


def meetings(run: Run, now: datetime) -> Counter[frozenset[str]]:
    """How often each pair sat in one room of this session, in rounds that happened."""
    met: Counter[frozenset[str]] = Counter()
    for key in happened_rounds(run, now):
        for seat in run.seatings[key].seats:
            met.update(frozenset(pair) for pair in itertools.combinations(sorted(seat), 2))
    return met


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
    on_progress: Callable[[Rotation], None] | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> RoomPlan:
    """Find rooms for every round of an item. Slow: up to `seconds` of work.

    All mixing breakouts from this one on are planned together, so that a good first round does not spoil the
    second; rounds of this session that happened and `history` of earlier sessions count as meetings. `people`
    is the head count where the plan has no roster. Raises Refused when no rooms can be made.
    """
    if not is_breakout(item):
        raise Refused(f"{item.title} is no breakout: give it a size or rooms in the plan")
    everybody = _everybody(run, item, people)
    if not everybody:
        raise Refused("nobody to seat: add people to the plan's roster, or say how many are here")
    happened = set(happened_rounds(run, now))
    planned = [other for other in agenda(run) if _mixes(other)] if _mixes(item) else []
    planned = [other for other in planned if other.id == item.id or not _over(run, other, now)]
    items = [item, *(other for other in planned if other.id != item.id)]
    try:
        rounds = [
            _round(run, part, number, everybody, (part.id, number) in happened)
            for part in items
            for number in range(1, part.rounds + 1)
        ]
        met = meetings(run, now) + Counter(dict(history or {}))
        own = {(part.id, n) for part in items for n in range(1, part.rounds + 1)}
        problem = _problem(run, everybody, rounds, _without_frozen(run, met, happened & own))
        found = rotation.solve(problem, seed=seed, seconds=seconds, on_progress=on_progress, cancelled=cancelled)
    except RotationProblem as error:
        raise Refused(str(error)) from None
    payloads = tuple(
        _published(item, number, problem.rounds[number - 1], found.rounds[number - 1])
        for number in range(1, item.rounds + 1)
        if (item.id, number) not in happened
    )
    return RoomPlan(item, payloads, *_of_item(item, problem, found))


def _of_item(item: Item, problem: Problem, found: Rotation) -> tuple[Problem, Rotation]:
    """The part of a joint plan that is published now, judged by itself: later breakouts are planned again."""
    numbers = [n for n, spec in enumerate(problem.rounds) if n < item.rounds or spec.frozen is not None]
    own = replace(problem, rounds=tuple(problem.rounds[n] for n in numbers))
    return own, rotation.judged(own, [found.rounds[n] for n in numbers], found.method, found.seconds)


def _everybody(run: Run, item: Item, people: int | None) -> list[Participant]:
    if people is not None:
        return [Participant(f"p{number}", f"Participant {number}") for number in range(1, people + 1)]
    return seated_people(run, item)


def _mixes(item: Item) -> bool:
    return is_breakout(item) and item.mode == "mix"


def _over(run: Run, item: Item, now: datetime) -> bool:
    """Whether an item was left already: its rounds are history and are not planned again."""
    return any(visit.item == item.id and visit.ended for visit in run.visits)


def _round(run: Run, item: Item, number: int, everybody: Sequence[Participant], happened: bool) -> RoundSpec:
    present = frozenset(person.id for person in everybody)
    specs = room_specs(run, item, len(present))
    seating = run.seating(item.id, number)
    if happened and seating:
        sat = tuple(frozenset(seat) for seat in seating.seats)
        specs = tuple(
            RoomSpec(id, name, 0, max(1, len(seat)), max(1, len(seat)))
            for id, name, seat in zip(seating.rooms, seating.names, sat, strict=True)
        )
        return RoundSpec(specs, frozenset().union(*sat) & present, frozen=tuple(s & present for s in sat))
    rooms = {spec.id for spec in specs}
    chosen = {p: r for p, r in run.choices.get(item.id, {}).items() if p in present and r in rooms}
    before = _seating_before(run, item)
    if item.mode == "keep" and before:
        kept = {p: before.room_of(p) for p in present if before.room_of(p) in rooms}
        return RoundSpec(specs, present, {**kept, **chosen})
    if item.mode == "swap" and before:
        return RoundSpec(specs, present, chosen, barred=_barred(run, specs, before, present))
    return RoundSpec(specs, present, chosen)


def _seating_before(run: Run, item: Item) -> Seating | None:
    """The last round of the breakout that `keep` and `swap` look at."""
    rounds = [number for id, number in run.seatings if id == item.after]
    return run.seating(item.after, max(rounds)) if rounds else None


def _barred(run: Run, specs: Sequence[RoomSpec], before: Seating, present: frozenset[str]) -> dict[str, frozenset[str]]:
    """Rooms with the topic that a person had before; a room without a topic is its own topic."""
    topics = {room.id: room.ask or room.id for room in run.session.rooms}
    barred = {}
    for person in present:
        was = before.room_of(person)
        if was:
            topic = topics.get(was, was)
            barred[person] = frozenset(spec.id for spec in specs if topics.get(spec.id, spec.id) == topic)
    return barred


def _without_frozen(run: Run, met: Counter[frozenset[str]], frozen: set[tuple[str, int]]) -> Meetings:
    """The history without the rounds that the problem itself holds as frozen, so that none counts twice."""
    left = Counter(met)
    for key in frozen:
        for seat in run.seatings[key].seats:
            left.subtract(frozenset(pair) for pair in itertools.combinations(sorted(seat), 2))
    return {pair: count for pair, count in left.items() if count > 0}


def _problem(run: Run, everybody: Sequence[Participant], rounds: Sequence[RoundSpec], history: Meetings) -> Problem:
    rules = run.plan.rooms
    seated = {person.id for person in everybody}
    people = tuple(as_person(person) for person in everybody)
    people = tuple(replace(p, buddy=p.buddy if p.buddy in seated else None) for p in people)
    known = frozenset(seated)
    return Problem(
        people,
        tuple(rounds),
        {pair: count for pair, count in history.items() if pair <= known},
        apart=rules.apart,
        spread=rules.spread,
        new_people=rules.new_people,
        no_repeat=rules.no_repeat,
        share_lang=rules.share_lang,
    )


def _published(item: Item, number: int, spec: RoundSpec, seats: rotation.Seats) -> ev.RoomsPlanned:
    return ev.RoomsPlanned(
        item.id,
        number,
        tuple(room.id for room in spec.rooms),
        tuple(room.name for room in spec.rooms),
        tuple(" ".join(sorted(seat)) for seat in seats),
    )


# ---------------------------------------------------------------- actions


def breakout_item(run: Run, now: datetime, name: str = "") -> Item:
    """The breakout meant: the one named, the live one, else the next to come. Refused when there is none."""
    if name:
        return find_item(run, name)
    view = rundown(run, now)
    if view.live and is_breakout(view.live.row.item):
        return view.live.row.item
    for row in view.rows:
        if row.state == "future" and is_breakout(row.item):
            return row.item
    raise Refused("no breakout is running or still to come; name an item")


def publish(plan: RoomPlan) -> Outcome:
    """Make a found rotation the plan of the rooms."""
    if not plan.payloads:
        raise Refused(f"every round of {plan.item.title} has happened; nothing is left to plan")
    return Outcome(plan.payloads, f"{plan.item.title}: {rotation.sentence(plan.rotation)}")


def open_rooms(run: Run, now: datetime, name: str = "") -> Outcome:
    """Start the breakout clock: what is left of the live breakout, shared out over its rounds."""
    running = rooms_clock(run, now)
    if running and running.phase == "running":
        raise Refused("the rooms are open already; extend or recall them")
    view = rundown(run, now)
    item = find_item(run, name) if name else view.live.row.item if view.live else None
    if item is None or not is_breakout(item):
        raise Refused("no breakout is running; go to one first")
    row = view.row(item.id)
    length = row.length if row else item.length
    if view.live and view.live.row.item.id == item.id and view.live.remaining > ZERO:
        length = view.live.remaining
    seconds = int(length.total_seconds())
    said = f"rooms open for {clock(length)}" + (f" in {item.rounds} rounds" if item.rounds > 1 else "")
    return Outcome((ev.RoomsOpened(item.id, seconds, item.rounds),), said)


def extend_rooms(run: Run, now: datetime, by: timedelta) -> Outcome:
    """Give the round under way more or less time; closed rooms open again."""
    breakout = run.breakout
    if breakout is None or rooms_clock(run, now) is None:
        raise Refused("no rooms are open; start them first")
    if not by:
        raise Refused("give minutes like +3 or -1")
    return Outcome((ev.RoomsExtended(int(by.total_seconds())),), f"rooms {signed(by)}")


def recall_rooms(run: Run, now: datetime) -> Outcome:
    """Call everybody back; a grace minute runs until the rooms count as closed."""
    running = rooms_clock(run, now)
    if running is None or running.phase != "running":
        raise Refused("no rooms are open")
    return Outcome((ev.RoomsRecalled(),), "everybody is called back, one minute to close")


def choose(run: Run, now: datetime, name: str, room: str, item_name: str = "") -> Outcome:
    """Somebody names a room; capacities hold, first come first."""
    person = find_person(run, name)
    item = _choosing_item(run, now, item_name)
    specs = room_specs(run, item, max(1, len(seated_people(run, item))))
    wanted = room.strip().casefold()
    spec = next((s for s in specs if wanted in {s.id.casefold(), s.name.casefold()}), None)
    if spec is None:
        raise Refused(f"no room {room!r} in {item.title}: the rooms are {', '.join(s.id for s in specs)}")
    others = [p for p, r in run.choices.get(item.id, {}).items() if r == spec.id and p != person.id]
    limit = next((r.size for r in run.session.rooms if r.id == spec.id), None)
    if limit is not None and len(others) >= limit:
        raise Refused(f"{spec.name} is full ({limit} people); choose another room")
    if run.choices.get(item.id, {}).get(person.id) == spec.id:
        raise Refused(f"{person.name} has chosen {spec.name} already")
    payloads: list[ev.Payload] = [ev.RoomChosen(item.id, person.id, spec.id)]
    return Outcome(tuple(payloads), f"{person.name} goes to {spec.name}")


def _choosing_item(run: Run, now: datetime, name: str) -> Item:
    if name:
        return find_item(run, name)
    view = rundown(run, now)
    rows = [view.live.row] if view.live else []
    rows += [row for row in view.rows if row.state == "future"]
    found = next((row.item for row in rows if row.item.mode == "choose" and is_breakout(row.item)), None)
    return found or breakout_item(run, now)


def change_seat(run: Run, now: datetime, item: str, round: int, name: str, room: str) -> Outcome:
    """Move one person to another room of a published round."""
    person = find_person(run, name)
    seating = run.seating(item, round)
    if seating is None:
        raise Refused("no rooms are planned for that round; plan them first")
    if room and room not in seating.rooms:
        raise Refused(f"no room {room!r}: the rooms are {', '.join(seating.rooms)}")
    if seating.room_of(person.id) == room:
        raise Refused(f"{person.name} sits there already")
    where = dict(zip(seating.rooms, seating.names, strict=True)).get(room, "no room")
    return Outcome((ev.SeatChanged(item, round, person.id, room),), f"{person.name} goes to {where}")


# ---------------------------------------------------------------- words


def current_round(run: Run, now: datetime, item: str) -> int:
    """The round to show: the one under way, else the first that has not happened."""
    clock_now = rooms_clock(run, floor_second(now))
    if clock_now and clock_now.item == item:
        return clock_now.round
    happened = [number for id, number in happened_rounds(run, now) if id == item]
    planned = [number for id, number in run.seatings if id == item]
    return min((n for n in planned if n not in happened), default=max(happened, default=1))


def room_list(run: Run, seating: Seating) -> str:
    """The list to paste into a chat: a line a room, names as on the roster, the room's guest first."""
    names = {person.id: person.name for person in run.roster.people}
    guests = {room.id: room.guest for room in run.session.rooms if room.guest}
    lines = []
    for id, name, seat in zip(seating.rooms, seating.names, seating.seats, strict=True):
        people = ([guests[id]] if id in guests and guests[id] not in seat else []) + list(seat)
        lines.append(f"{name}: {', '.join(names.get(person, person) for person in people)}")
    return "\n".join(lines)

"""Judging seats: how often everybody meets, and which rules and wishes are not kept.

This module counts from the seats alone, by ways that share nothing with the search, so that it can be trusted
to check it. It must not change seats or know how they were found.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from facilitator_tui.rotation.problem import Person, Problem, RoundSpec
from facilitator_tui.rotation.result import Broken, Seats

MANY = 12
"""A group kept together that is larger than this is told of as one, not pair by pair."""


@dataclass(frozen=True, slots=True)
class Counts:
    """Meetings over all pairs, with the history: see Rotation for the words.

    `faces` counts, for everybody, the people met for the first time.
    """

    coincidences: int
    repeats: int
    most: int
    met: int
    possible: int
    faces: Mapping[str, int]


def count(problem: Problem, rounds: Sequence[Seats]) -> Counts:
    """Count meetings with history.

    Each person has one row of bits a binary digit: bit q of digit k is digit k of the number of meetings with
    q. A room adds its row to all members at once, so 10,000 people cost milliseconds.
    """
    index = {person.id: number for number, person in enumerate(problem.people)}
    rows: list[list[int]] = [[] for _ in index]
    taking_part: set[int] = set()
    for seats in rounds:
        for group in seats:
            members = [index[name] for name in group]
            taking_part.update(members)
            mask = 0
            for member in members:
                mask |= 1 << member
            for member in members:
                _add(rows[member], mask & ~(1 << member))
    faces = [sum_bits(row) for row in rows]
    for person, digits in _history_rows(problem, index).items():
        taking_part.add(person)
        faces[person] &= ~sum_bits(digits)
        for digit, bits in enumerate(digits):
            _add(rows[person], bits, digit)
    ones = squares = met = most = 0
    for row in rows:
        for digit, bits in enumerate(row):
            ones += bits.bit_count() << digit
            for other, more in enumerate(row):
                squares += (bits & more).bit_count() << (digit + other)
        any_met = sum_bits(row)
        met += any_met.bit_count()
        most = max(most, _largest(row))
    names = [person.id for person in problem.people]
    people = len(taking_part)
    return Counts(
        coincidences=(squares - ones) // 4,
        repeats=(ones - met) // 2,
        most=most,
        met=met // 2,
        possible=people * (people - 1) // 2,
        faces={names[number]: faces[number].bit_count() for number in sorted(taking_part)},
    )


def _history_rows(problem: Problem, index: Mapping[str, int]) -> dict[int, list[int]]:
    """For everybody with a history, the rows of bits as in `count`, made from bytes to stay quick."""
    width = len(index) // 8 + 1
    rows: dict[int, list[bytearray]] = {}
    for pair, times in problem.history.items():
        known = [index[name] for name in pair if name in index]
        if len(known) != 2 or times <= 0:
            continue
        for here, there in (known, known[::-1]):
            digits = rows.setdefault(here, [])
            while len(digits) < times.bit_length():
                digits.append(bytearray(width))
            for digit in range(times.bit_length()):
                if times >> digit & 1:
                    digits[digit][there >> 3] |= 1 << (there & 7)
    return {person: [int.from_bytes(bits, "little") for bits in digits] for person, digits in rows.items()}


def _add(row: list[int], carry: int, digit: int = 0) -> None:
    while carry:
        while digit >= len(row):
            row.append(0)
        row[digit], carry = row[digit] ^ carry, row[digit] & carry
        digit += 1


def sum_bits(row: Sequence[int]) -> int:
    """All bits that are set in any digit."""
    result = 0
    for bits in row:
        result |= bits
    return result


def _largest(row: Sequence[int]) -> int:
    among = -1
    value = 0
    for digit in range(len(row) - 1, -1, -1):
        if row[digit] & among:
            among &= row[digit]
            value |= 1 << digit
    return value


def mark_of(person: Person, mark: str) -> str | None:
    """The value of a mark; "new" is known for everybody, and only newcomers count as alike."""
    value = person.marks.get(mark)
    if value is None and mark == "new" and person.new:
        return "new"
    return value


def alike(people: Iterable[Person], mark: str) -> dict[str, list[str]]:
    """The ids of people by their value of a mark, for values that two or more of them share."""
    groups: dict[str, list[str]] = defaultdict(list)
    for person in people:
        value = mark_of(person, mark)
        if value is not None:
            groups[value].append(person.id)
    return {value: sorted(names) for value, names in groups.items() if len(names) > 1}


def alike_pairs(people: Iterable[Person], mark: str) -> int:
    """How many pairs among these people share a value of a mark."""
    return sum(len(names) * (len(names) - 1) // 2 for names in alike(people, mark).values())


def common_languages(people: Iterable[Person], room: frozenset[str]) -> frozenset[str] | None:
    """Languages everybody in a room speaks; None when nobody and nothing limits them."""
    shared: frozenset[str] | None = room or None
    for person in people:
        if person.langs:
            shared = person.langs if shared is None else shared & person.langs
    return shared


def broken_rules(problem: Problem, rounds: Sequence[Seats]) -> list[Broken]:
    """Every rule and wish that the seats don't keep, round by round; frozen rounds are not complained about."""
    people = {person.id: person for person in problem.people}
    found: list[Broken] = []
    for number, (spec, seats) in enumerate(zip(problem.rounds, rounds, strict=True)):
        if spec.frozen is None:
            found.extend(_in_round(problem, people, number, spec, seats))
    return found


def _in_round(
    problem: Problem, people: Mapping[str, Person], number: int, spec: RoundSpec, seats: Seats
) -> Iterable[Broken]:
    room_of = {name: at for at, group in enumerate(seats) for name in group}
    names = [room.name for room in spec.rooms]
    ids = [room.id for room in spec.rooms]
    for at, group in enumerate(seats):
        room = spec.rooms[at]
        count_here = len(group)
        if count_here > room.largest:
            reason = f"{room.name} has {count_here} people, more than its largest of {room.largest}"
            yield Broken("size", tuple(sorted(group)), number, room.id, reason)
        elif count_here < room.smallest and spec.present:
            few = f"{count_here} of at least {room.smallest} people" if count_here else "nobody"
            yield Broken("size", tuple(sorted(group)), number, room.id, f"{room.name} has {few}")
    for name, wanted in sorted(spec.pinned.items()):
        if name in room_of and ids[room_of[name]] != wanted:
            reason = f"{name} sits in {names[room_of[name]]} instead of {names[ids.index(wanted)]}"
            yield Broken("pinned", (name,), number, ids[room_of[name]], reason)
    for name, rooms in sorted(spec.barred.items()):
        if name in room_of and ids[room_of[name]] in rooms and spec.pinned.get(name) is None:
            reason = f"{name} is in {names[room_of[name]]} again"
            yield Broken("barred", (name,), number, ids[room_of[name]], reason)
    for first, second in sharing(problem.separate, room_of):
        where = room_of[first]
        reason = f"{first} and {second} should be apart and are both in {names[where]}"
        yield Broken("separate", (first, second), number, ids[where], reason)
    for torn in _torn(problem.together, room_of):
        who = f"{torn[0]} and {torn[1] if len(torn) == 2 else f'{len(torn) - 1} more'}"
        reason = f"{who} should be together and are in different rooms"
        yield Broken("together", torn, number, "", reason)
    for at, group in enumerate(seats):
        yield from _newcomers(problem, people, number, spec, at, group)
        members = [people[name] for name in sorted(group)]
        if problem.share_lang and len(members) > 1:
            shared = common_languages(members, spec.rooms[at].langs)
            if shared is not None and not shared:
                speakers = tuple(person.id for person in members if person.langs)
                reason = f"no language is common to everybody in {names[at]}"
                yield Broken("language", speakers, number, ids[at], reason)
        for mark in problem.apart:
            for value, same in alike(members, mark).items():
                reason = f"{' and '.join(same)} share {mark} {value} in {names[at]}"
                yield Broken("apart", tuple(same), number, ids[at], reason)
    yield from _unspread(problem, people, number, seats)


def sharing(groups: Iterable[frozenset[str]], room_of: Mapping[str, int]) -> list[tuple[str, str]]:
    """The pairs within groups that share a room, each once, in a stable order."""
    found: set[tuple[str, str]] = set()
    for group in groups:
        rooms: dict[int, list[str]] = defaultdict(list)
        for name in sorted(group & room_of.keys()):
            rooms[room_of[name]].append(name)
        for same in rooms.values():
            found.update(combinations(same, 2))
    return sorted(found)


def _torn(groups: Iterable[frozenset[str]], room_of: Mapping[str, int]) -> list[tuple[str, ...]]:
    """The pairs within groups that sit in different rooms; a group of many counts as one."""
    found: set[tuple[str, ...]] = set()
    for group in groups:
        here = sorted(group & room_of.keys())
        if len({room_of[name] for name in here}) > 1:
            if len(here) > MANY:
                found.add(tuple(here))
            else:
                found.update(pair for pair in combinations(here, 2) if room_of[pair[0]] != room_of[pair[1]])
    return sorted(found)


def _newcomers(
    problem: Problem,
    people: Mapping[str, Person],
    number: int,
    spec: RoundSpec,
    at: int,
    group: frozenset[str],
) -> Iterable[Broken]:
    if problem.new_people == "free" or len(group) < 3:
        return
    room = spec.rooms[at]
    new = sorted(name for name in group if people[name].new)
    if problem.new_people == "never-alone":
        if len(new) == 1:
            reason = f"{new[0]} is the only newcomer in {room.name}"
            yield Broken("newcomer", (new[0],), number, room.id, reason)
        return
    for name in new:
        buddy = people[name].buddy
        if buddy is None or buddy == name or buddy in group:
            continue
        away = "isn't here" if buddy not in spec.present else "is in another room"
        reason = f"{name} is new and the buddy {buddy} {away}"
        yield Broken("buddy", tuple(sorted((name, buddy))), number, room.id, reason)


def _unspread(problem: Problem, people: Mapping[str, Person], number: int, seats: Seats) -> Iterable[Broken]:
    capacities = sorted((len(group) for group in seats), reverse=True)
    for mark in problem.spread:
        rooms: dict[str, list[list[str]]] = defaultdict(list)
        singles: Counter[str | None] = Counter()
        for group in seats:
            members = [people[name] for name in group]
            singles.update(mark_of(person, mark) for person in members)
            for value, names in alike(members, mark).items():
                rooms[value].append(names)
        for value, crowds in sorted(rooms.items()):
            pairs = sum(_pairs(len(names)) for names in crowds)
            if pairs > least_pairs(singles[value], capacities):
                crowd = max(crowds, key=len)
                reason = f"{mark} {value} could be more even: {len(crowd)} of {singles[value]} share a room"
                yield Broken("spread", tuple(crowd), number, "", reason)


def _pairs(people: int) -> int:
    return people * (people - 1) // 2


def least_pairs(people: int, capacities: Sequence[int]) -> int:
    """Fewest pairs within rooms when so many alike people are spread as evenly as the capacities allow."""
    left = people
    level = 0
    pairs = 0
    while left > 0:
        fitting = sum(1 for capacity in capacities if capacity > level)
        if not fitting:
            return pairs
        placed = min(fitting, left)
        pairs += placed * level
        left -= placed
        level += 1
    return pairs

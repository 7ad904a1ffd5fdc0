"""Rules that belong together, and rules that contradict each other, found before any search.

This module turns kept-together people into blocks for each round and says in words which rules can't hold
whatever is done. It must not seat anybody.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

from facilitator_tui.rotation.measure import MANY, alike, common_languages, sharing
from facilitator_tui.rotation.problem import Person, Problem, RoundSpec
from facilitator_tui.rotation.result import Broken
from facilitator_tui.rotation.sizes import Sizing, sizing

SMALLEST_WITH_BUDDY = 3
"""Talks in pairs may be without the buddy; a newcomer in a larger room may not."""
CLIQUE_LIMIT = 20_000
"""Pairs kept apart, about, up to which groups made of several lists are looked for."""


@dataclass(frozen=True, slots=True)
class RoundRules:
    """What holds in one round: room sizes, blocks of people who sit together, people with a fixed room."""

    sizing: Sizing
    blocks: tuple[tuple[str, ...], ...]
    pinned: Mapping[str, int]
    followed: Mapping[str, str]
    """Newcomers and their buddies where some rooms hold less than three: only in the larger ones they must share it."""
    impossible: tuple[Broken, ...]


def round_rules(problem: Problem, number: int) -> RoundRules:
    """Blocks and pins of a round; contradictions are taken out of the rules and put into words.

    Where rules collide, a fixed room stands above keep-apart, that above keep-together, that above buddies.
    """
    spec = problem.rounds[number]
    people = {person.id: person for person in problem.people}
    at = {room.id: index for index, room in enumerate(spec.rooms)}
    pinned = {name: at[room] for name, room in sorted(spec.pinned.items()) if name in spec.present}
    found: list[Broken] = list(_overfull(spec, pinned, number))
    for first, second in sharing(problem.separate, pinned):
        room = spec.rooms[pinned[first]]
        reason = f"{first} and {second} can't be kept apart: both have a fixed seat in {room.name}"
        found.append(Broken("separate", (first, second), number, room.id, reason))
    counts = Counter(pinned.values())
    pinned_counts = [counts[index] for index in range(len(spec.rooms))]
    sizes = sizing(spec.rooms, len(spec.present), pinned_counts)
    blocks = _Blocks(problem, people, spec, number, pinned, sizes)
    for first, second in _links(problem.together, spec.present):
        blocks.join("together", first, second)
    followed = _buddies(problem, spec)
    always = min((low for low in sizes.lows if low), default=0) >= SMALLEST_WITH_BUDDY
    for newcomer, buddy in followed.items() if always else ():
        if buddy in spec.present:
            blocks.join("buddy", newcomer, buddy)
        else:
            reason = f"{newcomer} is new and the buddy {buddy} isn't here"
            found.append(Broken("buddy", tuple(sorted((newcomer, buddy))), number, "", reason))
    groups = blocks.groups()
    for group in groups:
        rooms = {pinned[name] for name in group if name in pinned}
        if len(rooms) == 1:
            pinned.update(dict.fromkeys(group, rooms.pop()))
    found.extend(blocks.refused)
    found.extend(_crowded(problem, people, spec, number))
    return RoundRules(sizes, tuple(groups), pinned, {} if always else followed, tuple(found))


def _buddies(problem: Problem, spec: RoundSpec) -> dict[str, str]:
    """The buddy of every newcomer who is here, the buddy present or not, where the plan asks for buddies."""
    if problem.new_people != "with-buddy":
        return {}
    return {
        person.id: person.buddy
        for person in problem.people
        if person.new and person.id in spec.present and person.buddy and person.buddy != person.id
    }


class _Blocks:
    """Groups of people who sit together, grown pair by pair as long as no other rule speaks against it."""

    def __init__(
        self,
        problem: Problem,
        people: Mapping[str, Person],
        spec: RoundSpec,
        number: int,
        pinned: Mapping[str, int],
        sizes: Sizing,
    ) -> None:
        self._problem = problem
        self._people = people
        self._spec = spec
        self._number = number
        self._pinned = pinned
        self._apart: dict[str, list[frozenset[str]]] = {}
        for kept_apart in problem.separate:
            for name in kept_apart:
                self._apart.setdefault(name, []).append(kept_apart)
        self._room_for = max((max(high, room.largest) for high, room in zip(sizes.highs, spec.rooms, strict=True)))
        self._of: dict[str, frozenset[str]] = {}
        self.refused: list[Broken] = []

    def join(self, rule: str, first: str, second: str) -> None:
        """Keep two people together, or say why that is impossible."""
        group = self._of.get(first, frozenset((first,))) | self._of.get(second, frozenset((second,)))
        why = self._why_not(group, first, second)
        if why:
            words = f"{first} and her buddy {second}" if rule == "buddy" else f"{first} and {second}"
            words = words.replace("her buddy", "the buddy")
            reason = f"{words} can't be kept together: {why}"
            self.refused.append(Broken(rule, tuple(sorted((first, second))), self._number, "", reason))
            return
        for name in group:
            self._of[name] = group

    def _why_not(self, group: frozenset[str], first: str, second: str) -> str:
        rooms = {self._pinned[name] for name in group if name in self._pinned}
        if len(rooms) > 1:
            if first in self._pinned and second in self._pinned:
                return "both host a room" if len(group) == 2 else "both have a fixed room"
            return "they are tied to people with different fixed rooms"
        for one in sorted(group & self._apart.keys()):
            others = {name for kept_apart in self._apart[one] for name in group & kept_apart if name > one}
            if others:
                other = min(others)
                same = {one, other} == {first, second}
                return "they should also be kept apart" if same else f"{one} and {other} should be apart"
        if len(group) > self._room_for:
            return f"that makes a group of {len(group)} and no room takes more than {self._room_for}"
        if self._problem.share_lang:
            shared = common_languages((self._people[name] for name in group), frozenset())
            if shared is not None and not shared:
                return "they have no language in common"
        return ""

    def groups(self) -> list[tuple[str, ...]]:
        """The blocks of two and more, each sorted, in a stable order."""
        return sorted({tuple(sorted(group)) for group in self._of.values()})


def _overfull(spec: RoundSpec, pinned: Mapping[str, int], number: int) -> Iterable[Broken]:
    for index, room in enumerate(spec.rooms):
        hosts = tuple(sorted(name for name, place in pinned.items() if place == index))
        if len(hosts) > room.largest:
            reason = f"{len(hosts)} people have a fixed seat in {room.name}, which takes {room.largest}"
            yield Broken("size", hosts, number, room.id, reason)
    space = sum(room.largest for room in spec.rooms)
    if len(spec.present) > space:
        reason = f"{len(spec.present)} people are here and the rooms take {space}; rooms go above their largest"
        yield Broken("size", (), number, "", reason)


def _crowded(problem: Problem, people: Mapping[str, Person], spec: RoundSpec, number: int) -> Iterable[Broken]:
    rooms = len(spec.rooms)
    here = [people[name] for name in sorted(spec.present)]
    for mark in problem.apart:
        for value, names in alike(here, mark).items():
            if len(names) > rooms:
                reason = f"{len(names)} people share {mark} {value} and there are {rooms} rooms; some must share one"
                yield Broken("apart", tuple(names), number, "", reason)
    clique = _all_apart(problem, spec)
    if len(clique) > rooms:
        reason = f"{', '.join(clique)} should all be apart and there are {rooms} rooms; some must share one"
        yield Broken("separate", tuple(clique), number, "", reason)


def _all_apart(problem: Problem, spec: RoundSpec) -> list[str]:
    """A large set of people who are all to be kept apart from each other, grown greedily from each person."""
    groups = [sorted(group & spec.present) for group in problem.separate]
    best = max(groups, key=len, default=[])
    if len(groups) < 2 or sum(len(group) ** 2 for group in groups) > CLIQUE_LIMIT:
        return best if len(best) > 1 else []
    names = sorted({name for group in groups for name in group})
    at = {name: number for number, name in enumerate(names)}
    near = [0] * len(names)
    for group in groups:
        mask = sum(1 << at[name] for name in group)
        for name in group:
            near[at[name]] |= mask & ~(1 << at[name])
    found = [at[name] for name in best] if len(best) > 1 else []
    for start, open_to in enumerate(near):
        clique = [start]
        while open_to and len(clique) + open_to.bit_count() > len(found):
            number = max(_bits(open_to), key=lambda other: ((near[other] & open_to).bit_count(), -other))
            clique.append(number)
            open_to &= near[number]
        if len(clique) > max(1, len(found)):
            found = clique
    return sorted(names[number] for number in found)


def _bits(mask: int) -> Iterable[int]:
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


def _links(groups: Iterable[frozenset[str]], present: frozenset[str]) -> list[tuple[str, str]]:
    """The pairs of people here who are kept together; a group of many hangs on its first person."""
    links: set[tuple[str, str]] = set()
    for group in groups:
        here = sorted(group & present)
        if len(here) > MANY:
            links.update((here[0], name) for name in here[1:])
        else:
            links.update(combinations(here, 2))
    return sorted(links)

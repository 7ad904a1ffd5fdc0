"""Lower bounds that no rotation can beat, quick enough to be shown beside every answer.

This module owns proofs by counting. It must not look at any found seats of open rounds.

All bounds are of the coincidences K = sum over pairs of C(meetings, 2), and all hold for the planned room sizes:
even sizes are the best case, since both the seats next to each other and the overlaps are convex in them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import heapify, heapreplace
from itertools import combinations

from facilitator_tui.rotation.measure import alike, least_pairs
from facilitator_tui.rotation.model import Bound, Model, OpenRound

KNOWN_MOST: Mapping[tuple[int, int], tuple[int, int]] = {(4, 3): (4, 1), (5, 4): (5, 1), (6, 6): (3, 2)}
"""(rooms, size): most rounds without a repeat, and the least K of one round more.

4 rooms of 3: a nearly Kirkman triple system of order 12 doesn't exist (Kotzig and Rosa 1974). 5 rooms of 4: a
resolvable group-divisible design of type 2^10 with blocks of 4 doesn't exist (Handbook of Combinatorial
Designs, 2nd ed., part IV). 6 rooms of 6: no two orthogonal Latin squares of order 6 (Tarry 1900); two full
6 x 6 rounds overlap in no pair or in two and more, for a doubled cell empties a cell in its row, which
doubles one in that column. With one person missing there, two rounds without a repeat leave only the cell empty
where their two smaller rooms cross; somebody put there in all rounds would complete what can't be complete, so
at least one pair meets again.
"""


LANGUAGE_LIMIT = 1500
"""People up to whom the bound looks at who shares no language with whom."""

KEPT = "people are kept together or have met before"


@dataclass(frozen=True, slots=True)
class _Round:
    """A round as the bounds see it: sizes and people; pairs that are together whatever is done."""

    sizes: tuple[int, ...]
    present: frozenset[int]
    forced: frozenset[tuple[int, int]]
    frozen: bool
    exact: bool = True
    """Whether the blocks are sure to fit into rooms of these sizes."""


Sizes = tuple[tuple[int, ...], ...]
"""Room sizes of every open round."""


def coincidence_bound(model: Model, *, rules: bool = True, apart: bool = False, seated: Sizes | None = None) -> Bound:
    """The best of all bounds of K, history and frozen rounds included, for the planned sizes or those `seated`.

    It holds for rotations that keep the rules about pairs (kept apart, no common language) with `rules`, and
    that share no `apart` mark in a room with `apart`: both stand above K.
    """
    known = model.bounds.get((rules, apart, seated))
    if known is None:
        rounds = _rounds(model, seated)
        bounds = [
            _counting(model, rounds, _strangers(model, rules, apart)),
            _overlaps(model, rounds),
            _known(model, rounds),
        ]
        known = max(bounds, key=lambda bound: bound.value)
        model.bounds[rules, apart, seated] = known
    return known


def bound_of(model: Model, seated: Sizes, *, rules: bool, apart: bool) -> Bound:
    """What neither seats of these sizes nor of the planned ones can go below.

    With a past, rooms less even than planned may have fewer coincidences: after a few moves or moves by hand.
    """
    planned = coincidence_bound(model, rules=rules, apart=apart)
    if all(sorted(sizes) == sorted(opened.sizing.targets) for sizes, opened in zip(seated, model.rounds, strict=True)):
        return planned
    other = coincidence_bound(model, rules=rules, apart=apart, seated=seated)
    return min(planned, other, key=lambda bound: bound.value)


def _rounds(model: Model, seated: Sizes | None = None) -> list[_Round]:
    rounds = []
    for spec in model.problem.rounds:
        if spec.frozen is not None:
            groups = [sorted(model.index[name] for name in group) for group in spec.frozen]
            forced = frozenset(pair for group in groups for pair in combinations(group, 2))
            present = frozenset(person for group in groups for person in group)
            rounds.append(_Round(tuple(map(len, groups)), present, forced, True))
    for at, opened in enumerate(model.rounds):
        rooms: dict[int, list[int]] = {}
        for person, room in opened.pinned.items():
            rooms.setdefault(room, []).append(person)
        groups = [sorted(group) for group in rooms.values()] + [list(unit) for unit in opened.units]
        forced = frozenset(pair for group in groups for pair in combinations(group, 2))
        exact = seated is not None or _fits(opened)
        planned = opened.sizing.targets if exact else _even(len(opened.present), opened.rooms)
        sizes = planned if seated is None else seated[at]
        rounds.append(_Round(sizes, frozenset(opened.present), forced, False, exact))
    return rounds


def _even(people: int, rooms: int) -> tuple[int, ...]:
    """The sizes that seat fewest pairs: what is sure where blocks make rooms other than planned."""
    small, extra = divmod(people, rooms)
    return (small + 1,) * extra + (small,) * (rooms - extra)


def _fits(opened: OpenRound) -> bool:
    """Whether blocks go into the planned sizes, largest blocks first into the emptiest rooms."""
    space = list(opened.sizing.targets)
    for at in opened.pinned.values():
        space[at] -= 1
    if min(space, default=0) < 0:
        return False
    emptiest = [-seats for seats in space]
    heapify(emptiest)
    for size in sorted((len(unit) for unit in opened.units if len(unit) > 1), reverse=True):
        if heapreplace(emptiest, emptiest[0] + size) + size > 0:
            return False
    return True


def _strangers(model: Model, rules: bool, apart: bool) -> list[set[int]]:
    """For everybody, who can't be met under the rules that stand above K."""
    tables: list[set[int]] = [set() for _ in range(model.people)]
    for person, others in enumerate(tables):
        if rules:
            others.update(model.separate[person])
        if apart:
            others.update(model.apart[person])
    if rules and model.problem.share_lang and model.people <= LANGUAGE_LIMIT:
        limited = [person for person in range(model.people) if model.tongues[person] != -1]
        for tongue in {model.tongues[person] for person in limited}:
            foreign = {other for other in limited if not model.tongues[other] & tongue}
            for person in limited:
                if model.tongues[person] == tongue:
                    tables[person] |= foreign
    return tables


def _counting(model: Model, rounds: Sequence[_Round], strangers: Sequence[set[int]]) -> Bound:
    """Every person has so many neighbours to fill and so many people to fill them with, level by level.

    A pair that met h times adds h when it meets again, so the cheapest levels are filled first. Once for all
    pairs together, once person by person (the sum of convex costs, seats shared out as cheaply as can be).
    """
    opened = [item for item in rounds if not item.frozen]
    base: list[dict[int, int]] = [dict(row) for row in model.past]
    forced: list[Counter[int]] = [Counter() for _ in range(model.people)]
    for item in opened:
        for first, second in item.forced:
            for here, there in ((first, second), (second, first)):
                base[here][there] = base[here].get(there, 0) + 1
                forced[here][there] += 1
    already = sum(times * (times - 1) // 2 for row in base for times in row.values()) // 2
    pattern = [0] * model.people
    for bit, item in enumerate(opened):
        for person in item.present:
            pattern[person] |= 1 << bit
    classes = Counter(pattern)
    total_levels: Counter[int] = Counter()
    sure, sure_cost = 0, 0
    loose: Counter[int] = Counter()
    beside = [
        (item.present, min((size for size in item.sizes if size), default=1) - 1, max(item.sizes) - 1)
        if item.exact
        else (item.present, 0, len(item.present) - 1)
        for item in opened
    ]
    for person in range(model.people):
        if not pattern[person]:
            continue
        levels = _levels(person, pattern, classes, base[person], forced[person], strangers[person])
        total_levels.update(levels)
        least = most = -sum(forced[person].values())
        for present, fewest, many in beside:
            if person in present:
                least += fewest
                most += many
        cost, _ = _fill(levels, 0, least)
        sure += max(0, least)
        sure_cost += cost
        loose.update(_rest(levels, max(0, least), most))
    slots = sum(size * (size - 1) // 2 for item in opened for size in item.sizes)
    slots -= sum(len(item.forced) for item in opened)
    pairs = Counter({level: count // 2 for level, count in total_levels.items()})
    together, _ = _fill(pairs, 0, slots)
    extra, _ = _fill(loose, 0, 2 * slots - sure)
    single = -(-(sure_cost + extra) // 2)
    if not together and not single:
        return Bound(already, KEPT if already else "nothing forces a repeat")
    if single > together:
        return Bound(already + single, "some people have more seats beside them than people they haven't met")
    return Bound(already + together, "there are more seats side by side than pairs who haven't met")


def _levels(
    person: int,
    pattern: Sequence[int],
    classes: Counter[int],
    base: Mapping[int, int],
    forced: Mapping[int, int],
    strangers: set[int],
) -> Counter[int]:
    """How many meetings of a person are to be had at each level of repetition."""
    mine = pattern[person]
    levels: Counter[int] = Counter()
    for other_pattern, count in classes.items():
        shared = (mine & other_pattern).bit_count()
        for level in range(shared):
            levels[level] += count - (other_pattern == mine)
    for other in strangers:
        if other not in base:
            for level in range((mine & pattern[other]).bit_count()):
                levels[level] -= 1
    for other, start in base.items():
        shared = (mine & pattern[other]).bit_count()
        for level in range(shared):
            levels[level] -= 1
        if other in strangers:
            continue
        for level in range(start, start + shared - forced.get(other, 0)):
            levels[level] += 1
    return levels


def _fill(levels: Mapping[int, int], cost: int, slots: int) -> tuple[int, int]:
    for level in sorted(levels):
        if slots <= 0:
            break
        taken = min(slots, levels[level])
        cost += taken * level
        slots -= taken
    return cost, slots


def _rest(levels: Mapping[int, int], skip: int, upto: int) -> Counter[int]:
    """The meetings between the `skip` and the `upto` cheapest ones, by level."""
    rest: Counter[int] = Counter()
    seen = 0
    for level in sorted(levels):
        first, last = max(seen, skip), min(seen + levels[level], upto)
        if last > first:
            rest[level] += last - first
        seen += levels[level]
    return rest


def _overlaps(model: Model, rounds: Sequence[_Round]) -> Bound:
    """K is the sum over pairs of rounds of the pairs seated together in both; each has a least value."""
    index = model.index
    surely = Counter(pair for item in rounds for pair in item.forced)
    total = 0
    for pair, times in model.problem.history.items():
        known = [index[name] for name in pair if name in index]
        if len(known) == 2 and times > 0:
            total += times * (times - 1) // 2 + times * surely[min(known), max(known)]
    cache: dict[tuple[tuple[int, ...], tuple[int, ...], int], int] = {}
    crowded = False
    for first, second in combinations(rounds, 2):
        common = len(first.present & second.present)
        key = (first.sizes, second.sizes, common)
        if key not in cache:
            cache[key] = least_overlap(*key)
        crowded = crowded or cache[key] > 0
        total += max(cache[key], len(first.forced & second.forced))
    why = "any two rounds with these room sizes share pairs" if crowded else KEPT
    return Bound(total, why)


def least_overlap(first: Iterable[int], second: Iterable[int], people: int) -> int:
    """Fewest pairs that share a room in both of two rounds with these room sizes and so many people in both.

    The least sum of C(n_ij, 2) over integer tables with at most these margins: a transportation problem with
    convex costs. With cells of at most l people, at most F(l) people fit (the smallest cut, over the x largest
    rooms of the first round, of the rest of these rooms plus the smaller of each room of the second and
    l * x), and everybody beyond F(l) costs one for every l (Gale-Ryser for l = 1).
    """
    rows, columns = sorted(first, reverse=True), Counter(second)
    cost, level = 0, 1
    while True:
        after = sum(rows)
        fitting = after
        for chosen in range(1, len(rows) + 1):
            after -= rows[chosen - 1]
            through = sum(many * min(column, level * chosen) for column, many in columns.items())
            fitting = min(fitting, after + through)
        if fitting >= people or level > people:
            return cost
        cost += people - fitting
        level += 1


def _known(model: Model, rounds: Sequence[_Round]) -> Bound:
    """Shapes that are known to have no further round without a repeat; every such set of rounds holds one."""
    if model.problem.history:
        return Bound(0, "")
    shapes = Counter((item.sizes, item.present) for item in rounds)
    best = Bound(0, "")
    for (sizes, _), count in shapes.items():
        rooms, size = len(sizes), max(sizes, default=0)
        most, least = KNOWN_MOST.get((rooms, size), (count, 0))
        missing = rooms * size - sum(sizes)
        if missing == 1 and rooms == size:
            least = 1
        elif missing:
            continue
        if count > most:
            sets, shared = _choose(count, most + 1), _choose(count - 2, most - 1)
            value = -(-sets * least // shared)
            if value > best.value:
                why = f"{rooms} rooms of {size} are known to allow {most} rounds without a repeat"
                best = Bound(value, why)
    return best


def _choose(total: int, part: int) -> int:
    result = 1
    for step in range(part):
        result = result * (total - step) // (step + 1)
    return result


def alike_bound(model: Model, marks: Sequence[str]) -> int:
    """Fewest pairs of people with the same mark in one room, over all open rounds and marks."""
    total = 0
    for opened in model.rounds:
        people = [model.problem.people[person] for person in opened.present]
        sizes = sorted(opened.sizing.targets, reverse=True)
        for mark in marks:
            for names in alike(people, mark).values():
                total += least_pairs(len(names), sizes)
    return total


def most_bound(model: Model) -> int:
    """Least possible number of meetings of the pair that meets most."""
    forced: Counter[tuple[int, int]] = Counter()
    for item in _rounds(model):
        if not item.frozen:
            forced.update(item.forced)
    before = max((times for row in model.past for times in row.values()), default=0)
    tied = max((model.past[first].get(second, 0) + times for (first, second), times in forced.items()), default=0)
    return max(before, tied)

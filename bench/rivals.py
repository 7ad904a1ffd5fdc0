"""What rotations are compared with: shuffles, a genetic search and CP-SAT, all given the same time.

The genetic search is written from the published description of "good enough golfers", CP-SAT is OR-Tools with a
plain model (only when it is installed). Every rival takes room sizes, rounds, a random generator and an end on
time.monotonic, and gives groups.
"""

from __future__ import annotations

import importlib.util
import random
import statistics
import time
from collections.abc import Callable, Iterator
from itertools import combinations

from facilitator_tui.rotation import Rotation, even_problem, solve

Groups = list[list[list[int]]]
Way = Callable[[list[int], int, random.Random, float], Groups]


def repeats(groups: Groups) -> int:
    met: dict[tuple[int, int], int] = {}
    for turn in groups:
        for room in turn:
            for pair in combinations(sorted(room), 2):
                met[pair] = met.get(pair, 0) + 1
    return sum(times - 1 for times in met.values())


def coincidences(groups: Groups) -> int:
    met: dict[tuple[int, int], int] = {}
    for turn in groups:
        for room in turn:
            for pair in combinations(sorted(room), 2):
                met[pair] = met.get(pair, 0) + 1
    return sum(times * (times - 1) // 2 for times in met.values())


def cut(order: list[int], sizes: list[int]) -> list[list[int]]:
    rooms, start = [], 0
    for size in sizes:
        rooms.append(order[start : start + size])
        start += size
    return rooms


def shuffles(sizes: list[int], rounds: int, rng: random.Random, end: float) -> Groups:
    """Every round shuffled, nothing remembered, the way call tools assign rooms: one draw."""
    people = list(range(sum(sizes)))
    return [cut(rng.sample(people, len(people)), sizes) for _ in range(rounds)]


def best_shuffles(sizes: list[int], rounds: int, rng: random.Random, end: float) -> Groups:
    """The best of as many draws as the time allows."""
    best = shuffles(sizes, rounds, rng, end)
    low = repeats(best)
    while low and time.monotonic() < end:
        other = shuffles(sizes, rounds, rng, end)
        if (count := repeats(other)) < low:
            best, low = other, count
    return best


def genetic(sizes: list[int], rounds: int, rng: random.Random, end: float) -> Groups:
    """Round by round: a population of rounds, scored by squared past meetings; the fittest have mutated children.

    As "good enough golfers" describes itself: 30 generations, random mutations that swap people of the worst
    groups, a few fresh rounds in every generation. Restarted until the time is up.
    """
    people = list(range(sum(sizes)))
    best: Groups = []
    low = 1 << 60
    while time.monotonic() < end and low:
        met = [[0] * len(people) for _ in people]
        made: Groups = []
        for _ in range(rounds):
            turn = _evolve(people, sizes, met, rng, end)
            made.append(turn)
            for room in turn:
                for one, other in combinations(room, 2):
                    met[one][other] += 1
                    met[other][one] += 1
        if (count := repeats(made)) < low:
            best, low = made, count
    return best or shuffles(sizes, rounds, rng, end)


def _evolve(
    people: list[int], sizes: list[int], met: list[list[int]], rng: random.Random, end: float
) -> list[list[int]]:
    def price(room: list[int]) -> int:
        return sum(met[one][other] ** 2 for one, other in combinations(room, 2))

    def total(turn: list[list[int]]) -> int:
        return sum(map(price, turn))

    population = [cut(rng.sample(people, len(people)), sizes) for _ in range(5)]
    for _ in range(30):
        if time.monotonic() > end:
            break
        population.sort(key=total)
        if total(population[0]) == 0:
            break
        children = []
        for parent in population[:5]:
            order = sorted(range(len(parent)), key=lambda at, turn=parent: -price(turn[at]))  # type: ignore[misc]
            for worst in order[: min(len(order), 4)]:
                for _ in range(6):
                    child = [list(room) for room in parent]
                    other = rng.choice([at for at in range(len(child)) if at != worst])
                    i, j = rng.randrange(len(child[worst])), rng.randrange(len(child[other]))
                    child[worst][i], child[other][j] = child[other][j], child[worst][i]
                    children.append(child)
        fresh = [cut(rng.sample(people, len(people)), sizes) for _ in range(2)]
        population = sorted(population[:5] + children, key=total)[:5] + fresh
    return min(population, key=total)


def cpsat(sizes: list[int], rounds: int, rng: random.Random, end: float) -> Groups:
    """A plain model: who sits where, whether a pair meets in a round, repeats above one meeting are minimised."""
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    people, rooms = range(sum(sizes)), range(len(sizes))
    sits = {(p, g, w): model.new_bool_var(f"s{p}_{g}_{w}") for p in people for g in rooms for w in range(rounds)}
    for w in range(rounds):
        for p in people:
            model.add_exactly_one(sits[p, g, w] for g in rooms)
        for g in rooms:
            model.add(sum(sits[p, g, w] for p in people) == sizes[g])
    over = []
    for one, other in combinations(people, 2):
        meets = []
        for w in range(rounds):
            for g in rooms:
                both = model.new_bool_var("")
                model.add_bool_or(sits[one, g, w].negated(), sits[other, g, w].negated(), both)
                meets.append(both)
        extra = model.new_int_var(0, rounds, "")
        model.add(extra >= sum(meets) - 1)
        over.append(extra)
    model.minimize(sum(over))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = max(0.1, end - time.monotonic())
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = rng.randrange(1 << 30)
    if solver.solve(model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return shuffles(sizes, rounds, rng, end)
    return [[[p for p in people if solver.boolean_value(sits[p, g, w])] for g in rooms] for w in range(rounds)]


def ours(sizes: list[int], rounds: int, rng: random.Random, end: float) -> Groups:
    run = solve(
        even_problem(sum(sizes), None, rounds, len(sizes)),
        seed=rng.randrange(1 << 30),
        seconds=end - time.monotonic(),
    )
    return groups_of(run)


def groups_of(run: Rotation) -> Groups:
    return [[[int(name[1:]) for name in group] for group in seats] for seats in run.rounds]


def ways() -> dict[str, Way]:
    """All ways by name, our own last."""
    found: dict[str, Way] = {"one shuffle": shuffles, "best shuffle": best_shuffles, "genetic": genetic}
    if importlib.util.find_spec("ortools"):
        found["CP-SAT"] = cpsat
    else:
        print("OR-Tools isn't installed; CP-SAT is left out")
    found["ours"] = ours
    return found


def side_by_side(
    shapes: list[tuple[str, int, int, int]], seeds: int, seconds: float, line: Callable[..., None]
) -> Iterator[tuple[str, dict[str, list[int]]]]:
    """Print repeats, coincidences, pairs met and seconds for shapes (name, people, rooms, rounds); give the repeats."""
    named = ways()
    line("shape", "", *named)
    for text, people, rooms, rounds in shapes:
        small, extra = divmod(people, rooms)
        sizes = [small + 1] * extra + [small] * (rooms - extra)
        counts: dict[str, list[int]] = {}
        rows: dict[str, list[str]] = {"repeats": [], "coincidences": [], "pairs met": [], "median s": []}
        for name, way in named.items():
            squares, met, took = [], [], []
            counts[name] = []
            for seed in range(1, seeds + 1):
                start = time.monotonic()
                groups = way(sizes, rounds, random.Random(seed), start + seconds)
                took.append(time.monotonic() - start)
                counts[name].append(repeats(groups))
                squares.append(coincidences(groups))
                met.append(len({pair for turn in groups for room in turn for pair in combinations(sorted(room), 2)}))
            for row, values in (("repeats", counts[name]), ("coincidences", squares), ("pairs met", met)):
                rows[row].append(f"{min(values)}-{max(values)}")
            rows["median s"].append(f"{statistics.median(took):.2f}")
        for number, (row, cells) in enumerate(rows.items()):
            line("" if number else text, row, *cells)
        yield text, counts

"""Measure the rotation library: the frontier, everyday shapes, large calls, the real week, and three rivals.

    python bench/rotation.py                     all parts, about half an hour
    python bench/rotation.py frontier week       some parts
    python bench/rotation.py rivals --seconds 10 --seeds 5

The rivals are random shuffles (what call tools do), a genetic search written from the published description of
"good enough golfers" and OR-Tools CP-SAT with a plain model (only when it is installed). Figures are printed as
they come; docs/rotation.md holds the last ones.
"""

from __future__ import annotations

import argparse
import importlib.util
import random
import statistics
import time
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import combinations
from pathlib import Path

from facilitator_tui.rotation import (
    Person,
    Problem,
    RoomSpec,
    Rotation,
    RoundSpec,
    even_problem,
    even_rooms,
    replan,
    solve,
)
from facilitator_tui.rotation.designs import most_rounds

Groups = list[list[list[int]]]

FRONTIER = [
    "4-4-5",
    "5-3-7",
    "5-4-5",
    "5-5-6",
    "6-3-8",
    "6-5-6",
    "6-6-3",
    "7-3-10",
    "7-4-9",
    "7-7-8",
    "8-3-11",
    "8-4-9",
    "8-8-9",
    "9-3-11",
    "10-4-9",
    "10-5-7",
    "13-4-13",
    "8-2-15",
    "25-2-12",
    "6-6-4",
    "8-4-10",
]
LARGE = ((18, 4, 3, 2.0), (50, 12, 6, 2.0), (100, 25, 10, 2.0), (300, 60, 8, 2.0), (1000, 200, 5, 10.0))
RIVAL_SHAPES = ["4-4-5", "5-3-7", "5-4-5", "5-5-6", "6-3-8", "6-6-4", "7-4-9", "8-4-9", "8-4-10", "10-5-7"]


def shape(text: str) -> tuple[int, int, int]:
    """rooms-size-rounds."""
    rooms, size, rounds = map(int, text.split("-"))
    return rooms, size, rounds


def line(*cells: object) -> None:
    print("  ".join(f"{cell!s:>14}" for cell in cells), flush=True)


def frontier(seeds: int) -> None:
    """Shapes at the published frontier: every seed within a second."""
    line("shape", "worst K", "bound", "slowest s", "method")
    for text in FRONTIER:
        rooms, size, rounds = shape(text)
        runs = [solve(even_problem(rooms * size, size, rounds), seed=seed, seconds=1.0) for seed in range(1, seeds + 1)]
        worst = max(runs, key=lambda run: run.coincidences)
        slowest = max(run.seconds for run in runs)
        line(text, worst.coincidences, worst.bound, f"{slowest:.3f}", worst.method)
    print("rounds without a repeat that are reached by construction, rooms-size: rounds")
    print(", ".join(f"{rooms}-{size}: {most_rounds(rooms, size)}" for size in range(3, 7) for rooms in range(size, 11)))


def everyday(limit: int | None) -> None:
    """8-40 people, 2.5-8 a room, 2-6 rounds: how many are proven within a second."""
    proven = 0
    times: list[float] = []
    open_by_rounds: dict[int, list[str]] = {}
    shapes = list(everyday_shapes())[:limit]
    for people, rooms, rounds in shapes:
        run = solve(even_problem(people, None, rounds, rooms), seconds=1.0)
        if run.proven:
            proven += 1
            times.append(run.seconds)
        else:
            text = f"{people}/{rooms}x{rounds}: {run.coincidences} (bound {run.bound})"
            open_by_rounds.setdefault(rounds, []).append(text)
    print(f"{proven} of {len(shapes)} proven; median {1000 * statistics.median(times):.1f} ms, max {max(times):.2f} s")
    for rounds, texts in sorted(open_by_rounds.items()):
        print(f"  not proven, {rounds} rounds: {len(texts)}: {', '.join(texts)}")


def everyday_shapes() -> Iterator[tuple[int, int, int]]:
    for people in range(8, 41):
        for rooms in range(1, people):
            if 2.5 <= people / rooms <= 8:
                for rounds in range(2, 7):
                    yield people, rooms, rounds


def large(seeds: int) -> None:
    """Uneven and large calls, at their bound."""
    line("people", "rooms", "rounds", "worst K", "bound", "slowest s", "method")
    for people, rooms, rounds, seconds in LARGE:
        problem = even_problem(people, None, rounds, rooms)
        runs = [solve(problem, seed=seed, seconds=seconds) for seed in range(1, seeds + 1)]
        worst = max(runs, key=lambda run: run.coincidences)
        slowest = max(run.seconds for run in runs)
        line(people, rooms, rounds, worst.coincidences, worst.bound, f"{slowest:.3f}", worst.method)
    for people, rooms, rounds, orgs in ((32, 8, 6, 8), (100, 25, 10, 10)):
        crowd = tuple(Person(f"p{n}", {"org": f"o{n % orgs}"}) for n in range(people))
        present = frozenset(person.id for person in crowd)
        specs = even_rooms(people, rooms=rooms)
        rng = random.Random(7)
        apart = tuple(frozenset(rng.sample(sorted(present), 2)) for _ in range(10))
        problem = Problem(
            crowd, tuple(RoundSpec(specs, present) for _ in range(rounds)), apart=("org",), separate=apart
        )
        run = solve(problem, seconds=2.0)
        broken = len(run.broken)
        print(
            f"{people} in {rooms} rooms x {rounds}, {orgs} organisations and 10 pairs apart: "
            f"K {run.coincidences}, {broken} broken, {run.seconds:.2f} s, {run.method}"
        )


def changed(seeds: int) -> None:
    """One absent person in a planned round of 8 x 4."""
    problem = even_problem(32, 4, 8)
    for seed in range(1, seeds + 1):
        plan = solve(problem, seed=seed)
        gone = f"p{7 * seed % 32 + 1}"
        less = replace(problem, rounds=tuple(replace(spec, present=spec.present - {gone}) for spec in problem.rounds))
        for way in ("few", "fresh"):
            result = replan(less, plan, way=way, from_round=1, seed=seed)  # type: ignore[arg-type]
            print(
                f"without {gone}, {way}: {len(result.moved)} moves, K {result.rotation.coincidences}, "
                f"{result.rotation.seconds:.3f} s"
            )


WEEK = (
    ("mon pairs", "size", 2, 3),
    ("mon groups", "size", 5, 2),
    ("tue groups", "size", 5, 1),
    ("tue forward", "size", 4, 1),
    ("wed troika", "size", 3, 1),
    ("thu topic 1", "rooms", 4, 1),
    ("thu topic 2", "rooms", 4, 1),
    ("fri open", "rooms", 4, 1),
)


def week_people(path: Path) -> tuple[tuple[Person, ...], dict[str, object]]:
    """The participants of a plan file, with their organisation's region and sector, and its [rooms]."""
    plan = tomllib.loads(path.read_text("utf-8"))
    orgs = {org["id"]: org for org in plan["roster"]["orgs"]}
    people = []
    for row in plan["roster"]["people"]:
        if row.get("role", "participant") != "participant":
            continue
        org = orgs[row["org"]]
        marks = {"org": row["org"]}
        marks.update({key: row.get(key, org.get(key)) for key in ("region", "sector") if row.get(key, org.get(key))})
        people.append(
            Person(row["id"], marks, frozenset(row.get("langs", ())), row.get("new", False), row.get("buddy"))
        )
    return tuple(people), plan["rooms"]


def week_problem(
    people: tuple[Person, ...],
    rules: dict[str, object],
    step: tuple[str, str, int, int],
    history: dict[frozenset[str], int],
) -> Problem:
    _, key, number, rounds = step
    specs = even_rooms(len(people), **{key: number})  # type: ignore[arg-type]
    least = int(str(rules["min_size"]))
    rooms = tuple(RoomSpec(room.id, room.name, min(room.smallest, least), room.wished, room.largest) for room in specs)
    present = frozenset(person.id for person in people)
    return Problem(
        people,
        tuple(RoundSpec(rooms, present) for _ in range(rounds)),
        dict(history),
        apart=tuple(rules["apart"]),  # type: ignore[arg-type]
        spread=tuple(rules["spread"]),  # type: ignore[arg-type]
        new_people=rules["new_people"],  # type: ignore[arg-type]
        share_lang=bool(rules["share_lang"]),
    )


def week(path: Path, seeds: int, seconds: float) -> None:
    """The example week, one breakout after the other, with its history and every rule of its [rooms]."""
    people, rules = week_people(path)
    line("breakout", "rules broken", "apart", "K new", "K bound", "spread", "seconds", f"K of {seeds} long")
    history: dict[frozenset[str], int] = {}
    for step in WEEK:
        problem = week_problem(people, rules, step, history)
        run = solve(problem, seconds=2.0)
        tiers = {tier.name: tier for tier in run.tiers}
        long = [solve(problem, seed=seed, seconds=seconds) for seed in range(1, seeds + 1)] if seconds else []
        best = min(((r.tiers[0].value, r.tiers[1].value, r.coincidences - r.earlier) for r in long), default="-")
        line(
            step[0],
            tiers["rules not kept"].value,
            tiers["people to be apart in one room"].value,
            run.coincidences - run.earlier,
            run.bound - run.earlier,
            tiers["same mark in a room"].value,
            f"{run.seconds:.2f}",
            best,
        )
        for seats in run.rounds:
            for group in seats:
                for pair in combinations(sorted(group), 2):
                    history[frozenset(pair)] = history.get(frozenset(pair), 0) + 1


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


def rivals(seeds: int, seconds: float) -> None:
    """Repeats, distinct pairs met and seconds, side by side, on the same shapes with the same time."""
    ways: dict[str, Callable[[list[int], int, random.Random, float], Groups]] = {
        "one shuffle": shuffles,
        "best shuffle": best_shuffles,
        "genetic": genetic,
    }
    if importlib.util.find_spec("ortools"):
        ways["CP-SAT"] = cpsat
    else:
        print("OR-Tools isn't installed; CP-SAT is left out")
    ways["ours"] = ours
    line("shape", "", *ways)
    for text in [*RIVAL_SHAPES, "18 in 4 x 3", "50 in 12 x 6"]:
        if "in" in text:
            numbers = [int(word) for word in text.split() if word.isdigit()]
            people, rooms, rounds = numbers
        else:
            rooms, size, rounds = shape(text)
            people = rooms * size
        small, extra = divmod(people, rooms)
        sizes = [small + 1] * extra + [small] * (rooms - extra)
        cells, together, pairs, times = [], [], [], []
        for way in ways.values():
            counts, squares, met, took = [], [], [], []
            for seed in range(1, seeds + 1):
                start = time.monotonic()
                groups = way(sizes, rounds, random.Random(seed), start + seconds)
                took.append(time.monotonic() - start)
                counts.append(repeats(groups))
                squares.append(coincidences(groups))
                met.append(len({pair for turn in groups for room in turn for pair in combinations(sorted(room), 2)}))
            cells.append(f"{min(counts)}-{max(counts)}")
            together.append(f"{min(squares)}-{max(squares)}")
            pairs.append(f"{min(met)}-{max(met)}")
            times.append(f"{statistics.median(took):.2f}")
        line(text, "repeats", *cells)
        line("", "coincidences", *together)
        line("", "pairs met", *pairs)
        line("", "median s", *times)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", choices=["frontier", "everyday", "large", "changed", "week", "rivals", []])
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=10.0, help="a rival's time per run")
    parser.add_argument("--long", type=float, default=0.0, help="seconds of each long run of the week, 0 for none")
    parser.add_argument("--limit", type=int, default=None, help="only so many everyday shapes")
    parser.add_argument("--plan", type=Path, default=Path(__file__).parents[1] / "sessions.toml")
    options = parser.parse_args()
    parts = {
        "frontier": lambda: frontier(options.seeds),
        "everyday": lambda: everyday(options.limit),
        "large": lambda: large(options.seeds),
        "changed": lambda: changed(options.seeds),
        "week": lambda: week(options.plan, options.seeds, options.long),
        "rivals": lambda: rivals(options.seeds, options.seconds),
    }
    for name in options.parts or parts:
        print(f"\n== {name}", flush=True)
        parts[name]()


if __name__ == "__main__":
    main()

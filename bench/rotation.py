"""Measure the rotation library against what is wanted of it: one command, everything side by side.

    python bench/rotation.py                     all parts, about an hour and a quarter
    python bench/rotation.py --quick             all parts in a few minutes, one seed, rivals 1 s each
    python bench/rotation.py frontier week       some parts
    python bench/rotation.py week --long 60 --seeds 10
    python bench/rotation.py rivals --seconds 10 --seeds 5

Figures are printed as they come, with "reached" or "not reached" against every wanted one, and once more at the
end, also when the run is cut off. docs/rotation.md holds the last ones. The rivals are described in rivals.py.
"""

from __future__ import annotations

import argparse
import random
import statistics
import time
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations
from pathlib import Path

from facilitator_tui.rotation import (
    Person,
    Problem,
    RoomSpec,
    Rotation,
    RoundSpec,
    Seats,
    even_problem,
    even_rooms,
    replan,
    solve,
)
from facilitator_tui.rotation.designs import most_rounds
from rivals import side_by_side
from stress import STRESS

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
UNEVEN = (("18 in 4 x 3", 18, 4, 3), ("50 in 12 x 6", 50, 12, 6), ("100 in 25 x 10", 100, 25, 10))
VERDICTS: list[str] = []


def shape(text: str) -> tuple[int, int, int]:
    """rooms-size-rounds."""
    rooms, size, rounds = map(int, text.split("-"))
    return rooms, size, rounds


def line(*cells: object) -> None:
    print("  ".join(f"{cell!s:>14}" for cell in cells), flush=True)


def verdict(wanted: str, reached: bool, got: str) -> None:
    """One wanted figure: printed now, and kept for the end."""
    VERDICTS.append(f"{'reached' if reached else 'NOT reached':12} {wanted}: {got}")
    print(VERDICTS[-1], flush=True)


def frontier(seeds: int) -> None:
    """Shapes at the published frontier: every seed within a second."""
    line("shape", "worst K", "bound", "slowest s", "method")
    for text in FRONTIER:
        rooms, size, rounds = shape(text)
        runs = [solve(even_problem(rooms * size, size, rounds), seed=seed, seconds=1.0) for seed in range(1, seeds + 1)]
        worst = max(runs, key=lambda run: run.coincidences)
        slowest = max(run.seconds for run in runs)
        line(text, worst.coincidences, worst.bound, f"{slowest:.3f}", worst.method)
        least = 2 if text == "6-6-4" else 0
        verdict(f"{text} at {least} within 1 s", worst.coincidences == least, f"{worst.coincidences}, {slowest:.3f} s")
    print("rounds without a repeat that are reached by construction, rooms-size: rounds")
    print(", ".join(f"{rooms}-{size}: {most_rounds(rooms, size)}" for size in range(3, 7) for rooms in range(size, 11)))


def everyday(every: int) -> None:
    """8-40 people, rooms of 2.4 (for which a plan says two or three) to 8, 2-6 rounds: proven within a second."""
    proven = strict = of_strict = 0
    times: list[float] = []
    open_by_rounds: dict[int, list[str]] = {}
    shapes = list(everyday_shapes())[::every]
    for people, rooms, rounds in shapes:
        run = solve(even_problem(people, None, rounds, rooms), seconds=1.0)
        times.append(run.seconds)
        of_strict += 2 * people >= 5 * rooms
        if run.proven:
            proven += 1
            strict += 2 * people >= 5 * rooms
        else:
            text = f"{people}/{rooms}x{rounds}: {run.coincidences} (bound {run.bound})"
            open_by_rounds.setdefault(rounds, []).append(text)
            print("  not proven", text, flush=True)
    print(f"median {1000 * statistics.median(times):.1f} ms; with rooms of 2.5 and more {strict} of {of_strict}")
    wanted = f"1,110 of 1,175 everyday shapes proven{', of every ' + str(every) + 'th' if every > 1 else ''}"
    verdict(wanted, proven * 1175 >= 1110 * len(shapes), f"{proven} of {len(shapes)}")
    few = len(open_by_rounds.get(2, [])) + len(open_by_rounds.get(3, []))
    verdict("every everyday shape with 2 or 3 rounds proven", few == 0, f"{few} are not")


def everyday_shapes() -> Iterator[tuple[int, int, int]]:
    for people in range(8, 41):
        for rooms in range(1, people):
            if 2.4 <= people / rooms <= 8:
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
        wanted = f"{people} in {rooms} rooms x {rounds} at its bound within {seconds:g} s"
        verdict(
            wanted, all(run.proven for run in runs) and slowest <= seconds, f"{worst.coincidences}, {slowest:.2f} s"
        )
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
    moved, slowest = [], 0.0
    for seed in range(1, seeds + 1):
        plan = solve(problem, seed=seed)
        gone = f"p{7 * seed % 32 + 1}"
        less = replace(problem, rounds=tuple(replace(spec, present=spec.present - {gone}) for spec in problem.rounds))
        for way in ("few", "fresh"):
            start = time.monotonic()
            result = replan(less, plan, way=way, from_round=1, seed=seed)  # type: ignore[arg-type]
            took = time.monotonic() - start
            slowest = max(slowest, took)
            if way == "few":
                moved.append(len(result.moved))
            print(
                f"without {gone}, {way}: {len(result.moved)} moves, K {result.rotation.coincidences}, {took:.3f} s",
                flush=True,
            )
    verdict("8 x 4 without one person: at most 3 others move", max(moved) <= 3, f"{max(moved)}")
    verdict("a re-plan within 0.3 s", slowest <= 0.3, f"{slowest:.3f} s")


def limits(seconds: float) -> None:
    """How long after its budget a search ends, on shapes that are meant to hurt."""
    line("shape", "wall over s", "processor s")
    worst, most = -seconds, 0.0
    for name, make in STRESS.items():
        problem = make()
        start, used = time.monotonic(), time.process_time()
        solve(problem, seconds=seconds)
        over, used = time.monotonic() - start - seconds, time.process_time() - used
        worst, most = max(worst, over), max(most, used)
        line(name, f"{over:.2f}", f"{used:.2f}")
    verdict(
        f"every search ends by its budget ({seconds:g} s) + 0.2 s",
        worst <= 0.2,
        f"{worst:.2f} s over, {most:.2f} s of work",
    )


def rivals(seeds: int, seconds: float) -> None:
    """Repeats, distinct pairs met and seconds, side by side, on the same shapes with the same time."""
    shapes = [(text, rooms * size, rooms, rounds) for text in FRONTIER for rooms, size, rounds in [shape(text)]]
    for text, counts in side_by_side([*shapes, *UNEVEN], seeds, seconds, line):
        others = [value for name, values in counts.items() if name != "ours" for value in values]
        stochastic = min(value for name in ("best shuffle", "genetic") for value in counts[name])
        worst = max(counts["ours"])
        verdict(f"{text}: no worse than any rival", worst <= min(others), f"{worst} against {min(others)}")
        least = _proven_least(text)
        verdict(
            f"{text}: below both stochastic ones, unless they reach our proven bound",
            worst < stochastic or worst == stochastic == least,
            f"{worst} against {stochastic}, proven {'-' if least is None else least}",
        )


def _proven_least(text: str) -> int | None:
    """The repeats of a rotation that is proven best; None where the bound is not reached.

    The bound is of coincidences, which are the same number of repeats as long as no pair meets three times.
    """
    uneven = {name: (people, rooms, rounds) for name, people, rooms, rounds in UNEVEN}
    if text in uneven:
        people, rooms, rounds = uneven[text]
        run = solve(even_problem(people, None, rounds, rooms), seconds=2.0)
    else:
        rooms, size, rounds = shape(text)
        run = solve(even_problem(rooms * size, size, rounds), seconds=2.0)
    return run.repeats if run.proven and run.repeats == run.coincidences else None


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
            _remember(history, seats)
        at_bound = run.proven or all(_order(run) <= _order(other) for other in long)
        if long or run.proven:
            verdict(f"{step[0]}: proven or the best of the long runs", at_bound, f"{run.coincidences - run.earlier}")
        verdict(
            f"{step[0]}: no hard rule broken", tiers["rules not kept"].value == 0, str(tiers["rules not kept"].value)
        )
    print(f"K at the end of the week, breakout by breakout: {_coincidences(history)}", flush=True)
    print(f"the same with all breakouts to come planned along: {week_ahead(people, rules)}", flush=True)


def week_ahead(people: tuple[Person, ...], rules: dict[str, object]) -> int:
    """K at the end of the week where each breakout is planned with all later ones in view, 2 s each."""
    parts = [week_problem(people, rules, step, {}) for step in WEEK]
    done: list[Seats] = []
    for number, part in enumerate(parts):
        past = [spec for earlier in parts[:number] for spec in earlier.rounds]
        frozen = tuple(replace(spec, frozen=seats) for spec, seats in zip(past, done, strict=True))
        here = (*frozen, *part.rounds)
        later = [spec for other in parts[number + 1 :] for spec in other.rounds]
        along = solve(replace(part, rounds=(*here, *later)), seconds=1.0)
        ahead = [replace(spec, frozen=seats) for spec, seats in zip(later, along.rounds[len(here) :], strict=True)]
        alone = solve(replace(part, rounds=(*here, *ahead)), seconds=1.0)
        best = min((along, alone), key=_order)
        done.extend(best.rounds[len(past) : len(here)])
    history: dict[frozenset[str], int] = {}
    for seats in done:
        _remember(history, seats)
    return _coincidences(history)


def _order(run: Rotation) -> list[int]:
    """Rules not kept, people to be apart, coincidences."""
    return [tier.value for tier in run.tiers[:3]]


def _remember(history: dict[frozenset[str], int], seats: Seats) -> None:
    for group in seats:
        for pair in combinations(sorted(group), 2):
            history[frozenset(pair)] = history.get(frozenset(pair), 0) + 1


def _coincidences(history: dict[frozenset[str], int]) -> int:
    return sum(times * (times - 1) // 2 for times in history.values())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    names = ["frontier", "everyday", "large", "changed", "limits", "week", "rivals"]
    parser.add_argument("parts", nargs="*", choices=[*names, []])
    parser.add_argument("--quick", action="store_true", help="one seed, a tenth of the everyday shapes, rivals 1 s")
    parser.add_argument("--seeds", type=int, default=None, help="5, or 1 with --quick")
    parser.add_argument("--seconds", type=float, default=None, help="a rival's time per run: 10, or 1 with --quick")
    parser.add_argument("--long", type=float, default=0.0, help="seconds of each long run of the week, 0 for none")
    parser.add_argument("--plan", type=Path, default=Path(__file__).parents[1] / "sessions.toml")
    options = parser.parse_args()
    seeds = options.seeds or (1 if options.quick else 5)
    seconds = options.seconds or (1.0 if options.quick else 10.0)
    parts = {
        "frontier": lambda: frontier(seeds),
        "everyday": lambda: everyday(10 if options.quick else 1),
        "large": lambda: large(seeds),
        "changed": lambda: changed(seeds),
        "limits": lambda: limits(2.0),
        "week": lambda: week(options.plan, seeds, options.long),
        "rivals": lambda: rivals(seeds, seconds),
    }
    try:
        for name in options.parts or parts:
            print(f"\n== {name}", flush=True)
            parts[name]()
    except KeyboardInterrupt:
        print("\ncut off")
    finally:
        print("\n== wanted figures", *VERDICTS, sep="\n", flush=True)


if __name__ == "__main__":
    main()

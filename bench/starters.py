"""Find base rounds that a cyclic permutation develops into schedules without a repeat.

Writes src/facilitator_tui/rotation/starters.json. Every shape is tried with all ways to write its people as
cycles of one length k and a few fixed points, from the most rounds downwards, by annealing over swaps:

    python bench/starters.py --seconds 20 [--shapes 6-3 7-4 ...]

Where a C compiler is at hand the same annealing runs compiled (starters.c), some hundred times as fast: 9-4, 10-4, 10-5
and 10-6 took 1 to 16 seconds there. The entry of nearly.json comes from `--nearly 8-4-10 --seconds 1200`: two base
rounds of six cycles of 5 and two fixed points, with one orbit of pairs hit twice.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import shutil
import subprocess
import tempfile
import time
from itertools import combinations
from pathlib import Path

from facilitator_tui.rotation.designs import develop, most_rounds, starters

TARGET = Path(__file__).parents[1] / "src/facilitator_tui/rotation/starters.json"


def orbits(cycles: list[int], length: int) -> list[list[int]]:
    """The orbit of every pair of points, -1 where developing the pair would repeat it."""
    after: list[int] = []
    for cycle in cycles:
        first = len(after)
        after.extend(first + (place + 1) % cycle for place in range(cycle))
    people = len(after)
    table = [[-1] * people for _ in range(people)]
    number = 0
    seen: set[frozenset[int]] = set()
    for one, other in combinations(range(people), 2):
        if frozenset((one, other)) in seen:
            continue
        orbit, pair = set(), (one, other)
        while frozenset(pair) not in orbit:
            orbit.add(frozenset(pair))
            pair = (after[pair[0]], after[pair[1]])
        seen |= orbit
        if len(orbit) == length:
            for first, second in map(tuple, orbit):
                table[first][second] = table[second][first] = number
            number += 1
    return table


def compiled(
    rooms: int, size: int, turns: int, table: list[list[int]], seconds: float, seed: int
) -> tuple[int, list[list[list[int]]]]:
    """The best base rounds that the compiled annealing finds, and how many hits of an orbit are too many."""
    with tempfile.TemporaryDirectory() as folder:
        program = str(Path(folder) / "starters")
        source = str(Path(__file__).with_suffix(".c"))
        subprocess.run(["cc", "-O3", "-o", program, source, "-lm"], check=True)
        steps = 400_000 * rooms * size * turns
        words = [program, *map(str, (rooms, size, turns, seconds, seed, steps))]
        text = "\n".join(" ".join(map(str, row)) for row in table)
        told = subprocess.run(words, input=text, capture_output=True, text=True, check=True).stdout.split()
    surplus, *points = map(int, told)
    groups = [sorted(points[at : at + size]) for at in range(0, len(points), size)]
    return surplus, [sorted(groups[at : at + rooms]) for at in range(0, len(groups), rooms)]


def search(
    rooms: int, size: int, length: int, turns: int, seconds: float, rng: random.Random
) -> list[list[list[int]]] | None:
    """Base rounds in which every orbit of pairs is hit at most once, or None within the time."""
    people = rooms * size
    cycles = [length] * (people // length) + [1] * (people % length)
    table = orbits(cycles, length)
    if shutil.which("cc"):
        surplus, base = compiled(rooms, size, turns, table, seconds, rng.randrange(1 << 30))
        return None if surplus else base
    width = max(map(max, table)) + 1
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        seats = [rng.sample(range(people), people) for _ in range(turns)]
        hits = [0] * (width + 1)
        for turn in seats:
            for room in range(rooms):
                for one, other in combinations(turn[room * size : room * size + size], 2):
                    hits[table[one][other]] += 1
        cost = hits[-1] + sum(h * (h - 1) // 2 for h in hits[:-1])
        heat = 0.7
        steps = 60_000 + 4_000 * people
        for step in range(steps):
            if step % 500 == 0:
                heat = 0.7 * (1 - step / steps) + 0.12
                if time.monotonic() > end:
                    return None
            turn = seats[rng.randrange(turns)]
            here, there = rng.randrange(people), rng.randrange(people)
            one, two = here // size, there // size
            if one == two:
                continue
            p, q = turn[here], turn[there]
            row_p, row_q = table[p], table[q]
            delta = 0
            changed = []
            for at in range(one * size, one * size + size):
                if at != here:
                    changed += ((row_p[turn[at]], -1), (row_q[turn[at]], 1))
            for at in range(two * size, two * size + size):
                if at != there:
                    changed += ((row_q[turn[at]], -1), (row_p[turn[at]], 1))
            for orbit, sign in changed:
                before = hits[orbit]
                hits[orbit] = before + sign
                if orbit < 0:
                    delta += sign
                else:
                    delta += before if sign > 0 else 1 - before
            if delta <= 0 or rng.random() < math.exp(-delta / heat):
                turn[here], turn[there] = q, p
                cost += delta
                if cost == 0:
                    return [sorted(sorted(turn[r * size : r * size + size]) for r in range(rooms)) for turn in seats]
            else:
                for orbit, sign in changed:
                    hits[orbit] -= sign
    return None


def plans(rooms: int, size: int, least: int) -> list[tuple[int, int]]:
    """Ways to make more than `least` rounds: (cycle length, base rounds), most rounds first."""
    people = rooms * size
    found = []
    for rounds in range((people - 1) // (size - 1), least, -1):
        for turns in range(1, 5):
            length = rounds // turns
            if rounds % turns == 0 and length > 2 and people % length <= rooms and length <= people:
                found.append((length, turns))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=20.0, help="per way of writing a shape")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--shapes", nargs="*", default=[])
    parser.add_argument("--nearly", default="", help="rooms-size-rounds: print the best base rounds of 5 turns each")
    options = parser.parse_args()
    if options.nearly:
        rooms, size, rounds = map(int, options.nearly.split("-"))
        cycles = [5] * (rooms * size // 5) + [1] * (rooms * size % 5)
        surplus, base = compiled(rooms, size, rounds // 5, orbits(cycles, 5), options.seconds, options.seed)
        print(json.dumps({"cycles": cycles, "coincidences": 5 * surplus, "base": base}))
        return
    shapes = [tuple(map(int, shape.split("-"))) for shape in options.shapes] or [
        (rooms, size) for size in range(3, 8) for rooms in range(size, 61 // size + 1)
    ]
    found = {shape: {"cycles": list(entry.cycles), "base": entry.base} for shape, entry in starters().items()}
    for rooms, size in shapes:
        known = starters().get(f"{rooms}-{size}")
        least = max(most_rounds(rooms, size), len(develop(known.cycles, known.base)) if known else 0)
        for length, turns in plans(rooms, size, least):
            base = search(rooms, size, length, turns, options.seconds, random.Random(options.seed))
            if base is not None:
                people = rooms * size
                cycles = [length] * (people // length) + [1] * (people % length)
                found[f"{rooms}-{size}"] = {"cycles": cycles, "base": base}
                order = sorted(found, key=lambda shape: [int(part) for part in shape.split("-")])
                lines = [f"{json.dumps(shape)}: {json.dumps(found[shape])}" for shape in order]
                TARGET.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
                print(f"{rooms}-{size}-{length * turns} (was {least})", flush=True)
                break


if __name__ == "__main__":
    main()

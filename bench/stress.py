"""Questions that are meant to take too long: many people, many rules, huge histories, rounds of an odd shape."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import combinations

from facilitator_tui.rotation import Person, Problem, RoomSpec, RoundSpec, even_problem, even_rooms


def tangled(
    count: int, size: int, rounds: int, *, history: int = 0, here: float = 1.0, odd: bool = False, alone: bool = False
) -> Problem:
    """People with marks, languages, buddies and a past; pairs apart and together; every rule switched on."""
    rng = random.Random(count)
    ids = [f"p{number}" for number in range(count)]
    people = tuple(
        Person(
            name,
            {"org": f"o{rng.randrange(10)}", "region": f"r{rng.randrange(4)}"},
            frozenset(rng.sample(["en", "es", "fr"], rng.randrange(3))),
            rng.random() < 0.2,
            rng.choice(ids),
        )
        for name in ids
    )
    even = even_rooms(count, size=size)
    specs = []
    for _ in range(rounds):
        rooms = even
        if odd:
            number = max(1, count // rng.randrange(3, 9))
            rooms = tuple(
                RoomSpec(str(n), f"Room {n}", rng.randrange(3), 5, rng.randrange(7, 9)) for n in range(number)
            )
        specs.append(RoundSpec(rooms, frozenset(name for name in ids if rng.random() < here)))

    def pairs(many: int) -> tuple[frozenset[str], ...]:
        return tuple(frozenset(rng.sample(ids, 2)) for _ in range(many))

    return Problem(
        people,
        tuple(specs),
        {pair: rng.randrange(1, 4) for pair in pairs(history)},
        together=pairs(min(100, count // 4)),
        separate=pairs(min(200, count // 2)),
        apart=("org",),
        spread=("region",),
        new_people="never-alone" if alone else "with-buddy",
        share_lang=True,
    )


def _everybody(count: int) -> tuple[frozenset[str], ...]:
    return (frozenset(f"p{number}" for number in range(1, count + 1)),)


STRESS: Mapping[str, Callable[[], Problem]] = {
    "10000 even x2": lambda: even_problem(10_000, 5, 2),
    "10000 even x6": lambda: even_problem(10_000, 5, 6),
    "10000 in 3": lambda: even_problem(10_000, None, 4, 3),
    "10000 rules": lambda: tangled(10_000, 5, 2, history=20_000),
    "3000 rules": lambda: tangled(3000, 5, 4, history=30_000),
    "1000 rules": lambda: tangled(1000, 5, 5, history=20_000),
    "1000 come, go": lambda: tangled(1000, 5, 5, history=20_000, here=0.8),
    "1000 odd rooms": lambda: tangled(1000, 5, 5, history=20_000, here=0.8, odd=True),
    "600 plain": lambda: even_problem(600, None, 6, 130),
    "300 rules": lambda: tangled(300, 5, 8, history=20_000),
    "300 big rooms": lambda: tangled(300, 60, 8, history=20_000),
    "300 alone": lambda: tangled(300, 5, 8, history=20_000, alone=True),
    "100 in 2": lambda: tangled(100, 50, 10, history=4000),
    "60 in 1": lambda: tangled(60, 60, 10, history=1000),
    "40 rules": lambda: tangled(40, 4, 40, history=700),
    "40, 200 rounds": lambda: tangled(40, 4, 200, history=700),
    "400 all apart": lambda: replace(even_problem(400, 5, 3), separate=_everybody(400)),
    "400 together": lambda: replace(even_problem(400, 5, 3), together=_everybody(400)),
    "2000, 800 apart": lambda: replace(even_problem(2000, 5, 3), separate=_everybody(800)),
    "500 all met": lambda: replace(
        even_problem(500, 5, 3), history={frozenset(pair): 3 for pair in combinations(sorted(*_everybody(500)), 2)}
    ),
}

"""Slow and obvious ways to count and to find optima, which the tests compare the library with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from facilitator_tui.rotation import Rotation

Groups = Sequence[Iterable[str]]


def meetings(
    rounds: Iterable[Groups], history: Mapping[frozenset[str], int] | None = None
) -> dict[frozenset[str], int]:
    met: dict[frozenset[str], int] = dict(history or {})
    for seats in rounds:
        for group in seats:
            for pair in combinations(sorted(group), 2):
                met[frozenset(pair)] = met.get(frozenset(pair), 0) + 1
    return met


def coincidences(met: Mapping[frozenset[str], int]) -> int:
    return sum(times * (times - 1) // 2 for times in met.values())


def repeats(met: Mapping[frozenset[str], int]) -> int:
    return sum(max(0, times - 1) for times in met.values())


def seatings(people: tuple[str, ...], sizes: tuple[int, ...]) -> Iterator[tuple[frozenset[str], ...]]:
    """Every way to seat people in rooms of these sizes."""
    if not sizes:
        yield ()
        return
    for group in combinations(people, sizes[0]):
        rest = tuple(person for person in people if person not in group)
        for others in seatings(rest, sizes[1:]):
            yield (frozenset(group), *others)


def best_coincidences(
    people: tuple[str, ...],
    sizes: tuple[int, ...],
    rounds: int,
    history: Mapping[frozenset[str], int],
) -> int:
    """The least coincidences of all rotations, by trying them all with a running best.

    Without a history, people can be renamed, so the first round is any one.
    """
    pairs = [frozenset(pair) for pair in combinations(people, 2)]
    number = {pair: at for at, pair in enumerate(pairs)}
    ways = sorted(
        {
            tuple(sorted(number[frozenset(pair)] for group in seats for pair in combinations(sorted(group), 2)))
            for seats in seatings(people, sizes)
        }
    )
    met = [history.get(pair, 0) for pair in pairs]
    best = 1 << 60

    def descend(left: int, first: int, cost: int) -> None:
        nonlocal best
        if cost >= best:
            return
        if not left:
            best = cost
            return
        for at in range(first, len(ways)):
            more = sum(met[pair] for pair in ways[at])
            if cost + more < best:
                for pair in ways[at]:
                    met[pair] += 1
                descend(left - 1, at, cost + more)
                for pair in ways[at]:
                    met[pair] -= 1

    if history:
        descend(rounds, 0, sum(times * (times - 1) // 2 for times in met))
    else:
        for pair in ways[0]:
            met[pair] += 1
        descend(rounds - 1, 0, 0)
    return best


def seated_once(rotation: Rotation, number: int) -> list[str]:
    return sorted(name for group in rotation.rounds[number] for name in group)

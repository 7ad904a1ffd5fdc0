"""`facilitator rooms`: a rotation for a plan's item, or for bare numbers."""

from __future__ import annotations

import csv
import json
from collections import Counter
from itertools import combinations
from math import comb
from pathlib import Path
from typing import Any

import click

from facilitator_tui import rotation
from facilitator_tui.cli.place import Place, place_options
from facilitator_tui.core import seating
from facilitator_tui.core.actions import find_item
from facilitator_tui.core.text import slug
from facilitator_tui.errors import FacilitatorError, UsageError
from facilitator_tui.rotation import Problem, Rotation, RotationProblem

ZOOM_HEAD = ("Pre-assign Room Name", "Email Address")


@click.command("rooms")
@click.option("--item", metavar="ITEM", help="A breakout of the session's agenda.")
@click.option("--people", type=int, metavar="N", help="So many people, without a plan: p1 … pN.")
@click.option("--size", type=int, metavar="S", help="People a room.")
@click.option("--rounds", type=int, metavar="W", default=1, show_default=True, help="Rounds.")
@click.option("--rooms", type=int, metavar="N", help="So many rooms.")
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed gives the same answer.")
@click.option("--seconds", type=float, default=5.0, show_default=True, help="Time to search.")
@click.option("--zoom", metavar="DIR", help="Write a pre-assignment CSV a round.")
@place_options
def rooms_command(
    place: Place,
    item: str | None,
    people: int | None,
    size: int | None,
    rounds: int,
    rooms: int | None,
    seed: int,
    seconds: float,
    zoom: str | None,
) -> None:
    """Make a rotation of breakout rooms and print it, with its quality and bound."""
    emails: dict[str, str] = {}
    if item is None:
        if people is None:
            raise UsageError("say --item ITEM, or --people N with --size S or --rooms N")
        problem, found = _bare(people, size, rounds, rooms, seed, seconds)
        shown, name = range(len(found.rounds)), "rooms"
    else:
        store = place.open()
        chosen = find_item(store.run, item)
        emails = {person.id: person.email for person in store.run.roster.people if person.email}
        plan = seating.plan_rooms(
            store.run, place.now, chosen, store.history(place.now), people=people, seed=seed, seconds=seconds
        )
        problem, found = plan.problem, plan.rotation
        shown, name = range(chosen.rounds), chosen.id
    if zoom:
        _write_zoom(Path(zoom), name, problem, found, shown, emails)
    if place.json:
        click.echo(json.dumps(as_json(problem, found, shown), ensure_ascii=False, indent=2))
    else:
        _print(problem, found, shown)


def _bare(
    people: int, size: int | None, rounds: int, rooms: int | None, seed: int, seconds: float
) -> tuple[Problem, Rotation]:
    try:
        problem = rotation.even_problem(people, size, rounds, rooms)
        return problem, rotation.solve(problem, seed=seed, seconds=seconds)
    except RotationProblem as error:
        raise FacilitatorError(str(error)) from None


def as_json(problem: Problem, found: Rotation, shown: range) -> dict[str, Any]:
    """The document of `rooms --json`: the rounds shown, and counts of exactly those."""
    met: Counter[tuple[str, ...]] = Counter()
    for number in shown:
        for seat in found.rounds[number]:
            met.update(combinations(sorted(seat), 2))
    present = set().union(*(problem.rounds[number].present for number in shown))
    coincidences = sum(comb(count, 2) for count in met.values())
    whole = len(shown) == len(found.rounds) and not problem.history
    return {
        "rounds": [
            {
                "rooms": [
                    {"id": room.id, "name": room.name, "people": sorted(seat, key=_natural)}
                    for room, seat in zip(problem.rounds[number].rooms, found.rounds[number], strict=True)
                ]
            }
            for number in shown
        ],
        "coincidences": coincidences,
        "repeats": sum(count - 1 for count in met.values()),
        "most_meetings": max(met.values(), default=0),
        "pairs_met": len(met),
        "pairs_possible": comb(len(present), 2),
        "bound": found.bound if whole else min(found.bound, coincidences),
        "proven": found.proven,
        "broken": [
            {
                "rule": b.rule,
                "people": list(b.people),
                "round": b.round + 1,
                "room": b.room,
                "reason": b.reason,
            }
            for b in found.broken
            if b.round < 0 or b.round in shown
        ],
        "seconds": round(found.seconds, 3),
    }


def _natural(name: str) -> tuple[int, str]:
    return (len(name), name)


def _print(problem: Problem, found: Rotation, shown: range) -> None:
    for number in shown:
        click.echo(f"Round {number + 1}")
        for room, seat in zip(problem.rounds[number].rooms, found.rounds[number], strict=True):
            click.echo(f"  {room.name:<12} {' '.join(sorted(seat, key=_natural))}")
    click.echo(rotation.sentence(found))
    for broken in found.broken:
        click.echo(f"not kept: {broken.reason}")


def _write_zoom(
    folder: Path, name: str, problem: Problem, found: Rotation, shown: range, emails: dict[str, str]
) -> None:
    """One CSV a round, as Zoom's pre-assignment takes it; people without an address are listed."""
    folder.mkdir(parents=True, exist_ok=True)
    missing: set[str] = set()
    for number in shown:
        path = folder / f"rooms-{slug(name)}-{number + 1}.csv"
        with path.open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow(ZOOM_HEAD)
            for room, seat in zip(problem.rounds[number].rooms, found.rounds[number], strict=True):
                for person in sorted(seat, key=_natural):
                    if person in emails:
                        writer.writerow((room.name, emails[person]))
                    else:
                        missing.add(person)
        click.echo(f"{path} written", err=True)
    if missing:
        listed = ", ".join(sorted(missing, key=_natural))
        click.echo(f"without a mail address, to be moved by hand: {listed}", err=True)

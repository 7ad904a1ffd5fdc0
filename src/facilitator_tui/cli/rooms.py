"""`facilitator rooms`: a rotation for a plan's item, or for bare numbers."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from math import isfinite
from pathlib import Path
from typing import Any

import click

from facilitator_tui import rotation
from facilitator_tui.cli.place import Place, place_options
from facilitator_tui.core.actions import find_item
from facilitator_tui.core.plan import Roster
from facilitator_tui.core.room_moves import moves_between
from facilitator_tui.core.room_plan import plan_rooms
from facilitator_tui.core.room_rounds import sitting_out
from facilitator_tui.core.room_words import broken_rule, tier_lines, with_names
from facilitator_tui.core.run import Seating
from facilitator_tui.errors import FacilitatorError, UsageError
from facilitator_tui.harvest import room_lists
from facilitator_tui.rotation import Problem, Rotation, RotationProblem
from facilitator_tui.store import atomic

MOST_PEOPLE = 10_000
MOST_ROUNDS = 100
MOST_SEATS = 100_000
LONGEST_SEARCH_S = 3_600
"""Far beyond any call, and still answered in bounded memory."""


@click.command("rooms")
@click.option("--item", metavar="ITEM", help="A breakout of the session's agenda.")
@click.option("--people", type=int, metavar="N", help="So many people, without a plan: p1 … pN.")
@click.option("--size", type=int, metavar="S", help="People a room.")
@click.option("--rounds", type=int, metavar="W", help="Rounds; 1 unless said.")
@click.option("--rooms", type=int, metavar="N", help="So many rooms.")
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed gives the same answer.")
@click.option("--seconds", type=float, default=5.0, show_default=True, help="Time to search.")
@click.option("--zoom", metavar="DIR", help="Write a pre-assignment CSV a round.")
@click.option("--moves", is_flag=True, help="Print who changes rooms between two rounds.")
@place_options
def rooms_command(
    place: Place,
    item: str | None,
    people: int | None,
    size: int | None,
    rounds: int | None,
    rooms: int | None,
    seed: int,
    seconds: float,
    zoom: str | None,
    moves: bool,
) -> None:
    """Make a rotation of breakout rooms and print it, with its quality and bound."""
    _check_bounds(people, size, rounds, rooms, seconds)
    roster, away = Roster(), ""
    if item is None:
        if people is None:
            raise UsageError("say --item ITEM, or --people N with --size S or --rooms N")
        problem, found = _bare(people, size, rounds or 1, rooms, seed, seconds)
        shown, name, said = len(found.rounds), "rooms", rotation.sentence(found)
    else:
        store = place.open()
        chosen = find_item(store.run, item)
        if not store.run.roster.people and people is None:
            raise UsageError("the plan has no people: say how many there are, like --people 20")
        # A bare head count speaks of nobody on the roster, though an id may be the same.
        run = store.run if people is None else replace(store.run, choices={}, seatings={}, locks=frozenset())
        history = store.history(place.now) if people is None else {}
        plan = plan_rooms(run, place.now, chosen, history, people=people, seed=seed, seconds=seconds)
        _say_unused(size=size, rounds=rounds, rooms=rooms)
        problem, found = plan.problem, plan.rotation
        shown, name, said = len(found.rounds), chosen.id, plan.said
        if people is None:
            roster = store.run.roster
            away = with_names(roster, ", ".join(sitting_out(store.run, chosen)))
    if zoom:
        _write_zoom(Path(zoom), name, [_seating(problem, found, number) for number in range(shown)], roster)
    if place.json:
        click.echo(json.dumps(as_json(problem, found, shown), ensure_ascii=False, indent=2))
    else:
        _print(problem, found, shown, roster, said, moves=moves)
        if away:
            click.echo(f"sitting out: {away}")


def _say_unused(**options: int | None) -> None:
    """Say which options an item's own fields stand above."""
    given = [f"--{name}" for name, value in options.items() if value is not None]
    if given:
        click.echo(f"{', '.join(given)} not used: an item is spread as the plan says", err=True)


def _check_bounds(people: int | None, size: int | None, rounds: int | None, rooms: int | None, seconds: float) -> None:
    """Refuse numbers that no rotation has. Raises UsageError."""
    for option, number, most in (
        ("--people", people, MOST_PEOPLE),
        ("--size", size, MOST_PEOPLE),
        ("--rounds", rounds, MOST_ROUNDS),
        ("--rooms", rooms, MOST_PEOPLE),
    ):
        if number is not None and not 1 <= number <= most:
            raise UsageError(f"{option} {number} is out of reach: give a number from 1 to {most:,}")
    if (people or 0) * (rounds or 1) > MOST_SEATS:
        raise UsageError(f"{people:,} people in {rounds} rounds are out of reach: give fewer rounds")
    if not (isfinite(seconds) and 0 <= seconds <= LONGEST_SEARCH_S):
        raise UsageError(f"--seconds {seconds:g} is no time to search: give 0 to {LONGEST_SEARCH_S:,} seconds")


def _bare(
    people: int, size: int | None, rounds: int, rooms: int | None, seed: int, seconds: float
) -> tuple[Problem, Rotation]:
    try:
        problem = rotation.even_problem(people, size, rounds, rooms)
        return problem, rotation.solve(problem, seed=seed, seconds=seconds)
    except RotationProblem as error:
        raise FacilitatorError(str(error)) from None


def as_json(problem: Problem, found: Rotation, shown: int) -> dict[str, Any]:
    """The document of `rooms --json`: the first `shown` rounds; the counts are with what happened before."""
    return {
        "rounds": [
            {
                "rooms": [
                    {"id": room.id, "name": room.name, "people": sorted(seat, key=_natural)}
                    for room, seat in zip(problem.rounds[number].rooms, found.rounds[number], strict=True)
                ]
            }
            for number in range(shown)
        ],
        "coincidences": found.coincidences,
        "repeats": found.repeats,
        "most_meetings": found.most_meetings,
        "pairs_met": found.pairs_met,
        "pairs_possible": found.pairs_possible,
        "bound": found.bound,
        "proven": found.proven,
        "broken": [
            {"rule": b.rule, "people": list(b.people), "round": b.round + 1, "room": b.room, "reason": b.reason}
            for b in found.broken
            if b.round < shown
        ],
        "seconds": round(found.seconds, 3),
    }


def _natural(name: str) -> tuple[int, str]:
    return (len(name), name)


def _named(problem: Problem, roster: Roster) -> dict[str, str]:
    """Names of those who are seated, by id; a bare head count has ids only."""
    names = {person.id: person.name for person in roster.people}
    return {person.id: names.get(person.id, person.id) for person in problem.people}


def _print(problem: Problem, found: Rotation, shown: int, roster: Roster, said: str, *, moves: bool) -> None:
    names = _named(problem, roster)
    for number in range(shown):
        click.echo(f"Round {number + 1}")
        if moves and number:
            before, after = _seating(problem, found, number - 1), _seating(problem, found, number)
            click.echo("\n".join(f"  move {line}" for line in moves_between(before, after, names)) or "  nobody moves")
        for room, seat in zip(problem.rounds[number].rooms, found.rounds[number], strict=True):
            people = (names.get(person, person) for person in sorted(seat, key=_natural))
            click.echo(f"  {room.name:<12} {', '.join(people)}")
    click.echo(said)
    for line in tier_lines(found.tiers):
        click.echo(f"  {line}")
    for broken in found.broken:
        if broken.round < shown:
            click.echo(f"not kept: {broken_rule(roster, broken)}")


def _seating(problem: Problem, found: Rotation, number: int) -> Seating:
    rooms = problem.rounds[number].rooms
    seats = tuple(tuple(sorted(seat, key=_natural)) for seat in found.rounds[number])
    return Seating(tuple(room.id for room in rooms), tuple(room.name for room in rooms), seats)


def _write_zoom(folder: Path, name: str, rounds: Sequence[Seating], roster: Roster) -> None:
    """One CSV a round, as Zoom's pre-assignment takes it; people without an address are listed."""
    missing: dict[str, None] = {}
    for number, seated in enumerate(rounds, 1):
        path = folder / room_lists.file_name(name, number)
        atomic.replace(path, room_lists.zoom(seated, roster).encode())
        missing |= dict.fromkeys(room_lists.without_mail(seated, roster))
        click.echo(f"{path} written", err=True)
    if missing:
        click.echo(f"without a mail address, to be moved by hand: {', '.join(missing)}", err=True)

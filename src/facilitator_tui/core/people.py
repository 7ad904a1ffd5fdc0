"""Who is here, who has spoken, whose hand is up: each action is run + now -> events, or a refusal.

Owns the rules of presence and turns. It must not know how people are shown or imported.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from datetime import datetime
from itertools import chain, count

from facilitator_tui.core import events as ev
from facilitator_tui.core.actions import Outcome, Refused
from facilitator_tui.core.plan import Participant
from facilitator_tui.core.roster import find, why_not
from facilitator_tui.core.run import Run, Turn
from facilitator_tui.core.text import clean, count_of, slug
from facilitator_tui.core.voices import dominant, queue_of


def find_person(run: Run, name: str) -> Participant:
    """The only person a name means; Refused with the candidates otherwise."""
    match = find(run.roster, name)
    if isinstance(match.found, Participant):
        return match.found
    if match.found:
        raise Refused(f"{match.found.name} is an organisation: name a person")
    raise Refused(why_not(name, match))


def is_here(run: Run, person: str) -> bool:
    """Whether somebody takes part now, as far as was noted (see `roll_call_taken`)."""
    if person in run.left:
        return False
    return person in run.here or not roll_call_taken(run)


def roll_call_taken(run: Run) -> bool:
    """Whether presence says who is missing.

    Until at least half of the participants were marked here or away, the rest counts as here: marking one
    latecomer must not make everybody else absent.
    """
    expected = [person.id for person in run.roster.people if person.role == "participant"]
    marked = sum(1 for person in expected if person in run.here or person in run.left)
    return bool(run.here) and 2 * marked >= len(expected)


def here(run: Run, now: datetime, name: str) -> Outcome:
    """Somebody has arrived. `+Name` adds a person who is not on the roster, `+Name, Name` several."""
    if name.startswith("+") or not run.roster.people:
        new = added(run, (one.strip().removeprefix("+") for one in re.split("[,;\n]", name)))
        come = [(one.person, one.name) for one in new]
    else:
        new, found = (), find_person(run, name)
        come = [(found.id, found.name)]
        if found.id in run.here and found.id not in run.left:
            raise Refused(f"{found.name} is here already")
    names = " and ".join(filter(None, (", ".join(one for _, one in come[:-1]), come[-1][1])))
    said = f"{names} {'is' if len(come) == 1 else 'are'} here"
    return Outcome((*new, *(ev.PersonArrived(id) for id, _ in come)), said)


def added(run: Run, names: Iterable[str]) -> tuple[ev.PersonAdded, ...]:
    """People who are not on the roster, each with an id of their own whatever their name; Refused without any."""
    taken = {person.id for person in run.roster.people} | {org.id for org in run.roster.orgs}
    new = []
    for name in names:
        name = " ".join(clean(name).split())
        if name:
            new.append(ev.PersonAdded(_free_id(name, taken), name))
            taken.add(new[-1].person)
    if not new:
        raise Refused("give the name of the person to add")
    return tuple(new)


def _free_id(name: str, taken: Collection[str]) -> str:
    base = slug(name)
    numbered = (f"{base[:36]}-{number}" for number in count(2))
    return next(candidate for candidate in chain((base,), numbered) if candidate not in taken)


def away(run: Run, now: datetime, name: str) -> Outcome:
    """Somebody has left, or is known not to come."""
    person = find_person(run, name)
    if person.id in run.left:
        raise Refused(f"{person.name} is away already")
    return Outcome((ev.PersonLeft(person.id),), f"{person.name} is away")


def everybody_here(run: Run, now: datetime) -> Outcome:
    """Mark all who are not marked yet; those who are away stay away."""
    new = [p.id for p in run.roster.people if p.id not in run.here and p.id not in run.left]
    if not new:
        raise Refused("everybody is marked already")
    return Outcome(tuple(ev.PersonArrived(id) for id in new), f"{len(new)} people marked as here")


def spoke(run: Run, now: datetime, name: str) -> Outcome:
    """Somebody took a turn; a raised hand goes down with it."""
    person = find_person(run, name)
    turns = 1 + sum(1 for turn in run.turns if turn.person == person.id)
    item = run.live.item if run.live else ""
    count = f"turn {turns}" if turns > 1 else "first turn"
    taken = (*run.turns, Turn(person.id, item, now))
    often = person.id in dominant(taken, run.plan.voice.share_alert)
    hint = f", {turns} of all {len(taken)}" if often else ""
    return Outcome((ev.TurnTaken(person.id, item),), f"{person.name} spoke, {count} today{hint}")


def hand(run: Run, now: datetime, name: str) -> Outcome:
    """A hand goes up, or down again."""
    person = find_person(run, name)
    if person.id in run.hands:
        return Outcome((ev.HandLowered(person.id),), f"{person.name} lowered the hand")
    return Outcome((ev.HandRaised(person.id),), f"{person.name} raised a hand")


def move_hand(run: Run, now: datetime, name: str, by: int) -> Outcome:
    """The facilitator calls a hand `by` places later (negative: earlier) than the rule would."""
    person = find_person(run, name)
    if person.id not in run.hands:
        raise Refused(f"{person.name} has no hand up")
    order = [one for one in queue_of(run) if one != person.id]
    place = queue_of(run).index(person.id)
    wanted = max(0, min(place + by, len(order)))
    if wanted == place:
        raise Refused(f"{person.name} is {'first' if by < 0 else 'last'} already")
    before = order[wanted] if wanted < len(order) else ""
    return Outcome((ev.HandMoved(person.id, before),), f"{person.name} is number {wanted + 1} of {len(order) + 1}")


def lower_hands(run: Run, now: datetime) -> Outcome:
    """All hands go down, without a turn."""
    if not run.hands:
        raise Refused("no hand is up")
    count = len(run.hands)
    said = f"{count_of(count, 'hand')} taken down"
    return Outcome(tuple(ev.HandLowered(person) for person in run.hands), said)

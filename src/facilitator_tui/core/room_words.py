"""Words about rooms and people: names in place of ids, marks of organisations, who hosts nothing yet.

Owns how people, organisations and broken rules of a breakout are called. It must not know where that is shown.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import product

from facilitator_tui.core.people import is_here
from facilitator_tui.core.plan import Item, Organisation, Roster
from facilitator_tui.core.room_rounds import SITS_OUT
from facilitator_tui.core.run import Run, Seating
from facilitator_tui.core.text import fold_case
from facilitator_tui.rotation import Broken, Tier

_ID = re.compile(r"[\w-]+")
_WORD = re.compile(r"[a-z0-9]+")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
MOST_NAMED = 8


def with_names(roster: Roster, words: str) -> str:
    """A sentence that speaks of people and organisations by id, with their names."""
    names = {org.id: org.short or org.name for org in roster.orgs}
    names |= {person.id: person.name for person in roster.people}
    return _ID.sub(lambda found: names.get(found[0], found[0]), words)


def broken_rule(roster: Roster, broken: Broken) -> str:
    """Why a rule could not be kept, with the names of those it is about where the reason leaves them out."""
    reason = with_names(roster, broken.reason)
    told = set(_ID.findall(broken.reason))
    people = [] if told & set(broken.people) or broken.rule not in {"apart", "size"} else list(broken.people)
    if not people:
        return reason
    more = f" and {len(people) - MOST_NAMED} more" if len(people) > MOST_NAMED else ""
    return f"{reason} ({with_names(roster, ', '.join(people[:MOST_NAMED]))}{more})"


def tier_lines(tiers: Sequence[Tier]) -> list[str]:
    """The levels of the objective in their order, each with its bound; those with nothing to say are left out."""
    told = [tier for tier in tiers if tier.value or tier.bound]
    wide = max((len(tier.name) for tier in told), default=0)
    return [f"{tier.name:<{wide}}  {tier.value:>5,}  {_bound(tier)}".rstrip() for tier in told]


def _bound(tier: Tier) -> str:
    if tier.bound is None:
        return ""
    return "can't be better" if tier.value == tier.bound else f"bound {tier.bound:,}"


def absent_buddies(run: Run, seating: Seating) -> list[str]:
    """Newcomers with a seat whose buddy is not in the call, one sentence each."""
    roster = run.roster
    seated = {one for seat in seating.seats for one in seat}
    told = []
    for person in roster.people:
        buddy = roster.person(person.buddy) if person.new and person.buddy and person.id in seated else None
        if buddy and not is_here(run, buddy.id):
            told.append(f"{person.name} is new and the buddy {buddy.name} is away")
    return told


def rooms_without_host(run: Run, item: Item, seating: Seating) -> tuple[str, ...]:
    """Names of the rooms that lack a host who is here, once hosts were named; nothing where people choose rooms."""
    hosts = {person: room for person, room in run.choices.get(item.id, {}).items() if room != SITS_OUT}
    if item.mode == "choose" or not hosts:
        return ()
    hosted = {room for person, room in hosts.items() if is_here(run, person)}
    return tuple(name for id, name in zip(seating.rooms, seating.names, strict=True) if id not in hosted)


# ---------------------------------------------------------------- marks of organisations


def org_marks(orgs: Iterable[Organisation]) -> dict[str, str]:
    """A mark of two signs for each organisation, by id: no two are alike; earlier ones choose first.

    Short names and initials where they are free, a letter first, so that none looks like the number of a person.
    After 676 organisations there is none left: the rest is missing from the answer.
    """
    taken: dict[str, str] = {}
    for org in orgs:
        mark = next((mark for mark in _wishes(org) if mark not in taken), None)
        if mark is None:
            break
        taken[mark] = org.id
    return {id: mark for mark, id in taken.items()}


def _wishes(org: Organisation) -> Iterator[str]:
    for name in (org.short, org.name, org.id):
        words = _WORD.findall(fold_case(name))
        every = "".join(words)
        first = next((sign for sign in every if sign in _LETTERS), "")
        if not first:
            continue
        rest = every[every.index(first) + 1 :]
        if len(words) > 1:
            yield from (first + word[:1] for word in words[1:] if not word.isdigit())
        number = every[-1:] if every[-1:].isdigit() else ""
        yield from (first + sign for sign in (number, *rest) if sign)
    yield from ("".join(pair) for pair in product(_LETTERS, repeat=2))


def legend(roster: Roster, people: Collection[str]) -> list[tuple[str, str]]:
    """Marks and names of the organisations that these people belong to, by mark."""
    marks = org_marks(roster.orgs)
    belonging = {person.org for person in roster.people if person.id in people}
    return sorted((marks[org.id], org.short or org.name) for org in roster.orgs if org.id in belonging & marks.keys())

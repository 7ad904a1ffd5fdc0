"""Equity of voice: who has been heard, whose hand is next, how turns are shared between groups.

Owns how turns are counted. It must not know who looks at the figures: they are the facilitator's only. No
group is ever guessed; people are counted where they placed themselves, and no figure lets anybody work out
what one person did.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from facilitator_tui.core.plan import Participant
from facilitator_tui.core.run import Run, Turn

LEAST_PEOPLE = 3
LEAST_ORGANISATIONS = 2
NOT_SAID = "not said"


@dataclass(frozen=True, slots=True)
class Unheard:
    """Ids of those present who have not spoken, in the order given."""

    in_item: tuple[str, ...]
    in_session: tuple[str, ...]


def unheard(present: Sequence[str], turns: Iterable[Turn], item: str) -> Unheard:
    """Who of those present has not been heard in this item, and who in the whole session."""
    taken = list(turns)
    heard = {turn.person for turn in taken}
    heard_here = {turn.person for turn in taken if turn.item == item}
    return Unheard(
        tuple(person for person in present if person not in heard_here),
        tuple(person for person in present if person not in heard),
    )


def silent(arrived: Mapping[str, datetime], turns: Iterable[Turn], now: datetime, after: timedelta) -> tuple[str, ...]:
    """Who has said nothing for `after` since arriving or since the last turn, the longest silence first."""
    since = dict(arrived)
    for turn in turns:
        if turn.person in since:
            since[turn.person] = max(since[turn.person], turn.at)
    quiet = [(moment, person) for person, moment in since.items() if now - moment >= after]
    return tuple(person for _, person in sorted(quiet))


def silent_now(run: Run, now: datetime) -> tuple[str, ...]:
    """Participants who have been silent for as long as the plan allows; until anybody is marked, all have been here."""
    people = [one.id for one in run.roster.people if one.role == "participant"]
    arrived = run.here or {id: run.began for id in people if run.began}
    return silent({id: arrived[id] for id in people if id in arrived}, run.turns, now, run.plan.voice.silent_after)


def counts(turns: Iterable[Turn]) -> dict[str, int]:
    """Turns by person, the most first."""
    return dict(Counter(turn.person for turn in turns).most_common())


def dominant(turns: Iterable[Turn], percent: int, least_turns: int = 8) -> tuple[str, ...]:
    """Who took more than `percent` of the turns, once there are enough turns to say so."""
    taken = counts(turns)
    total = sum(taken.values())
    if total < least_turns or percent <= 0:
        return ()
    return tuple(person for person, number in taken.items() if number * 100 > percent * total)


def queue(
    hands: Mapping[str, datetime],
    turns: Iterable[Turn],
    newcomers: Collection[str] = (),
    moves: Iterable[tuple[str, str]] = (),
) -> tuple[str, ...]:
    """Raised hands (id to the instant of asking) in the order to call them.

    Who was not heard today comes first, then newcomers, then who waits longest. `turns` are those of the day.
    `moves` are the facilitator's: who is called just before whom (empty: last). One whose neighbour has lowered
    the hand says nothing any more.
    """
    heard = {turn.person for turn in turns}
    order = sorted(hands, key=lambda one: (one in heard, one not in newcomers, hands[one], one))
    for person, before in moves:
        if person in hands and (not before or (before in hands and before != person)):
            order.remove(person)
            order.insert(order.index(before) if before else len(order), person)
    return tuple(order)


def queue_of(run: Run) -> tuple[str, ...]:
    """The raised hands of a call in the order to call them."""
    return queue(run.hands, run.turns, {person.id for person in run.roster.people if person.new}, run.hand_moves)


def is_moved(run: Run, person: str) -> bool:
    """Whether the facilitator put this hand where it stands."""
    return any(moved == person for moved, _ in run.hand_moves)


# ---------------------------------------------------------------- shares by group


@dataclass(frozen=True, slots=True)
class Share:
    """A group, or several joined, with how many people it has and how many turns they took."""

    labels: tuple[str, ...]
    people: int
    turns: int

    @property
    def label(self) -> str:
        return " or ".join(self.labels)


def shares(present: Iterable[Participant], turns: Iterable[Turn], group: str) -> tuple[Share, ...]:
    """Turns by a field of the roster (`region`, `sector`, `new`, …) that people declared themselves.

    Every group in the answer has at least three people of two organisations; smaller ones are joined with
    another until that holds, and when even all together are too few the answer is empty. Turns of people who
    are not among `present` are left out. While nobody states an organisation, only the three people count.
    """
    everybody = {person.id: person for person in present}
    taken = Counter(turn.person for turn in turns if turn.person in everybody)
    return tuple(
        Share(labels, len(people), sum(taken[person.id] for person in people))
        for labels, people in safe_groups(everybody.values(), group)
    )


def safe_groups(
    people: Iterable[Participant], group: str
) -> tuple[tuple[tuple[str, ...], tuple[Participant, ...]], ...]:
    """People by what they declared, with groups joined until nobody can be worked out. Largest first.

    The smallest unsafe group is joined with the smallest other one, an unsafe one if there is any.
    """
    members: dict[tuple[str, ...], tuple[Participant, ...]] = {}
    for person in people:
        label = (_declared(person, group),)
        members[label] = (*members.get(label, ()), person)
    organisations = LEAST_ORGANISATIONS if any(one.org for who in members.values() for one in who) else 1

    def is_safe(labels: tuple[str, ...]) -> bool:
        who = members[labels]
        return len(who) >= LEAST_PEOPLE and len({one.org for one in who}) >= organisations

    while unsafe := [labels for labels in members if not is_safe(labels)]:
        if len(members) == 1:
            return ()
        small = min(unsafe, key=lambda labels: (len(members[labels]), labels))
        others = [labels for labels in members if labels != small]
        other = min(others, key=lambda labels: (is_safe(labels), len(members[labels]), labels))
        joined = tuple(sorted((*small, *other)))
        members[joined] = (*members.pop(other), *members.pop(small))
    return tuple(sorted(members.items(), key=lambda pair: (-len(pair[1]), pair[0])))


def _declared(person: Participant, group: str) -> str:
    value = getattr(person, group, "")
    if group == "new":
        return "new" if value else "here before"
    if isinstance(value, tuple):
        value = ", ".join(value)
    return str(value) or NOT_SAID

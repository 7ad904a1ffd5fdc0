"""Who has met whom: the rounds that happened and who really sat in them.

Owns what counts as having met. It must not know how rooms are planned. Rounds count from 1.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta

from facilitator_tui.core.durations import ZERO
from facilitator_tui.core.people import roll_call_taken
from facilitator_tui.core.plan import Item
from facilitator_tui.core.room_rounds import groupings
from facilitator_tui.core.run import Run, Visit, agenda, length_in_force
from facilitator_tui.core.steps import timed_steps

Meetings = Mapping[frozenset[str], int]
Round = tuple[str, int]
"""An item's id and the number of a round."""


def happened_rounds(run: Run, now: datetime) -> list[Round]:
    """The planned rounds that took place or are under way, in order."""
    return list(dict.fromkeys(key for key, _ in _begun(run, now) if key in run.seatings))


def _begun(run: Run, now: datetime) -> Iterator[tuple[Round, datetime]]:
    """Rounds with the instant they began: by the rooms' clock, else by the steps, else the first of a past visit."""
    clocked = {breakout.item for breakout in run.breakouts if breakout.opened <= now}
    for breakout in run.breakouts:
        begun = breakout.opened
        for number, length in enumerate(breakout.lengths, 1):
            if begun <= now and (breakout.recalled is None or begun < breakout.recalled):
                yield (breakout.item, number), begun
            begun += length
    items = {item.id: item for item in agenda(run)}
    for visit in run.visits:
        if visit.item in clocked or visit.started > now:
            continue
        item = items.get(visit.item)
        steps = _step_starts(run, item) if item else ()
        for number, after in enumerate(steps, 1):
            if visit.elapsed(now) >= after:
                yield (visit.item, number), visit.started + after
        if not steps and visit.ended is not None:
            yield (visit.item, 1), visit.started


def _step_starts(run: Run, item: Item) -> tuple[timedelta, ...]:
    """When each round of a method begins, since the start of its item."""
    made = groupings(run.plan, item)
    if not made:
        return ()
    steps = timed_steps(run.plan.methods[item.method], length_in_force(run, item))
    return tuple(steps[grouping.step - 1].begins for grouping in made)


def step_round(run: Run, item: Item, visit: Visit, now: datetime) -> int:
    """The round of a method's item that its steps have reached; 0 before the first, and without a method."""
    elapsed = max(ZERO, visit.elapsed(now))
    return sum(1 for begins in _step_starts(run, item) if begins <= elapsed)


def meetings(run: Run, now: datetime, leave_out: str = "") -> Counter[frozenset[str]]:
    """How often each pair sat in one room of this session, in rounds that happened.

    Whoever had left before a round began, or never came, met nobody there. `leave_out` is an item that is
    counted elsewhere.
    """
    starts: dict[Round, datetime] = {}
    for key, begun in _begun(run, now):
        starts.setdefault(key, begun)
    taken = roll_call_taken(run)
    met: Counter[frozenset[str]] = Counter()
    for key, begun in starts.items():
        if key in run.seatings and key[0] != leave_out:
            seats = run.seatings[key].seats
            met += pairs([one for one in seat if _was_there(run, one, begun, taken)] for seat in seats)
    return met


def _was_there(run: Run, person: str, begun: datetime, taken: bool) -> bool:
    left = run.left.get(person)
    if left is not None:
        return left > begun
    return person in run.here or not taken


def planned_meetings(run: Run, now: datetime, leave_out: str) -> Counter[frozenset[str]]:
    """Pairs of published rounds that are still to come, in other items than `leave_out`."""
    happened = set(happened_rounds(run, now))
    met: Counter[frozenset[str]] = Counter()
    for (item, number), seating in run.seatings.items():
        if item != leave_out and (item, number) not in happened and not is_over(run, item):
            met += pairs(seating.seats)
    return met


def pairs(seats: Iterable[Iterable[str]]) -> Counter[frozenset[str]]:
    """Every pair of people who share a room."""
    return Counter(frozenset(pair) for seat in seats for pair in itertools.combinations(sorted(seat), 2))


def is_over(run: Run, item: str) -> bool:
    """Whether an item was left or skipped: what has not happened of it is not going to."""
    live = run.live is not None and run.live.item == item
    ended = any(visit.item == item and visit.ended for visit in run.visits)
    return run.finished is not None or run.change(item).skipped or (ended and not live)

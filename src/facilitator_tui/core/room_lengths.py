"""How long each round of rooms lasts: shared out evenly, or with the steps of a method that regroups.

Owns the lengths that the rooms' clock starts with. It must not know any instant, nor what happens to the clock
afterwards. Rounds count from 1.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise

from facilitator_tui.core.actions import Refused
from facilitator_tui.core.durations import SECOND, ZERO, clock
from facilitator_tui.core.plan import Item, Plan
from facilitator_tui.core.room_rounds import Grouping, groupings, round_count
from facilitator_tui.core.steps import TimedStep, timed_steps


@dataclass(frozen=True, slots=True)
class RoundLengths:
    """The rounds the rooms are opened for: nothing for one that is over, whole seconds for the others."""

    lengths: tuple[timedelta, ...]
    rounds: int
    """Of the whole item; rounds behind a step in plenary are opened when it is over."""
    even: bool

    @property
    def seconds(self) -> int:
        return sum((length for length in self.lengths), ZERO) // SECOND

    @property
    def each_s(self) -> tuple[str, ...]:
        """The seconds of each round; empty where they share the whole evenly."""
        return () if self.even else tuple(str(length // SECOND) for length in self.lengths)

    @property
    def words(self) -> str:
        """`13:00 in 2 rounds: 5:00, 8:00`, `4:00, round 2 of 2`."""
        total = clock(SECOND * self.seconds)
        open_now = [length for length in self.lengths if length > ZERO]
        if self.rounds == 1:
            return total
        first, last = len(self.lengths) - len(open_now) + 1, len(self.lengths)
        if len(open_now) < 2:
            return f"{total}, round {last} of {self.rounds}"
        each = "" if self.even else f": {', '.join(clock(length) for length in open_now)}"
        if len(open_now) == self.rounds:
            return f"{total} in {self.rounds} rounds{each}"
        return f"{total} in rounds {first} to {last} of {self.rounds}{each}"


def round_lengths(plan: Plan, item: Item, length: timedelta, gone: timedelta) -> RoundLengths:
    """The rounds of an item of `length` of which `gone` is spent.

    Rounds made by a method end with its steps: what is over is left out, and a step in plenary closes the rooms.
    Raises Refused when no step in groups is left.
    """
    length, gone = length // SECOND * SECOND, gone // SECOND * SECOND
    made = groupings(plan, item)
    if not made:
        rounds = round_count(plan, item)
        share, rest = divmod((length - gone) // SECOND, rounds)
        return RoundLengths(tuple(SECOND * (share + (number < rest)) for number in range(rounds)), rounds, True)
    spans = _spans(timed_steps(plan.methods[item.method], length), made)
    first = next((at for at, (_, end) in enumerate(spans) if end > gone), None)
    if first is None:
        raise Refused(f"the steps in groups of {item.title} are over; give it more time, or go to it again")
    last = first
    while last + 1 < len(spans) and spans[last][1] == spans[last + 1][0]:
        last += 1
    ends = [gone, *(end for _, end in spans[first : last + 1])]
    lengths = (ZERO,) * first + tuple(end - begin for begin, end in pairwise(ends))
    return RoundLengths(lengths, len(made), len(lengths) == 1)


def _spans(steps: Sequence[TimedStep], made: Sequence[Grouping]) -> list[tuple[timedelta, timedelta]]:
    """Since the item's start: when each round begins, and when new rooms or a step in plenary end it."""
    firsts = [grouping.step for grouping in made]
    spans = []
    for at, number in enumerate(firsts):
        until = firsts[at + 1] if at + 1 < len(firsts) else len(steps) + 1
        own = steps[number - 1 : until - 1]
        end = next((step.begins for step in own if step.step.group < 2), own[-1].ends)
        spans.append((steps[number - 1].begins, end))
    return spans

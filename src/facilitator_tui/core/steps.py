"""A method as timed steps inside an item: which step it is now, what to say, and how long it has left.

Owns the laying out of a method's steps over the length in force of an item. It must not know any instant, nor
how a step is shown. Steps are counted over every repetition: three rounds of four steps are twelve.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from facilitator_tui.core.durations import SECOND, ZERO
from facilitator_tui.core.plan import Method, MethodStep, Plan
from facilitator_tui.core.rundown import Live


@dataclass(frozen=True, slots=True)
class TimedStep:
    """A step with its place in the item: lengths as scaled, `begins` and `ends` since the item's start."""

    number: int
    """From 1, over all repetitions."""
    step: MethodStep
    time: int
    """Which repetition it belongs to, from 1."""
    begins: timedelta
    ends: timedelta

    @property
    def length(self) -> timedelta:
        return self.ends - self.begins

    @property
    def regroups(self) -> bool:
        """People change places as this step begins: new rooms, or rooms that join."""
        return self.step.new_rooms or self.step.merge


@dataclass(frozen=True, slots=True)
class StepNow:
    """Where an item stands in its method."""

    at: TimedStep
    of: int
    remaining: timedelta
    """Of this step; negative only in the last one, which takes the overtime of the item."""
    following: TimedStep | None

    @property
    def say(self) -> str:
        return self.at.step.say

    @property
    def group(self) -> int:
        """People a group, or 0 for everybody together."""
        return self.at.step.group

    @property
    def words(self) -> str:
        return f"step {self.at.number} of {self.of}"


def timed_steps(method: Method, length: timedelta) -> tuple[TimedStep, ...]:
    """The steps of a method, scaled in proportion so that they end with an item of this length.

    Whole seconds: each boundary is rounded down, so no second is lost or counted twice.
    """
    steps = method.steps * max(1, method.times)
    total = sum((step.length for step in steps), ZERO)
    timed: list[TimedStep] = []
    reached = begins = ZERO
    for number, step in enumerate(steps, 1):
        reached += step.length
        ends = reached * (length // SECOND) // (total // SECOND) if total >= SECOND else ZERO
        ends = length if number == len(steps) else ends // SECOND * SECOND
        time = (number - 1) // len(method.steps) + 1
        timed.append(TimedStep(number, step, time, begins, ends))
        begins = ends
    return tuple(timed)


def step_at(method: Method, length: timedelta, elapsed: timedelta) -> StepNow | None:
    """The step under way when an item of `length` has spent `elapsed`; None for a method without steps."""
    timed = timed_steps(method, length)
    if not timed:
        return None
    at = next((step for step in timed if elapsed < step.ends), timed[-1])
    following = timed[at.number] if at.number < len(timed) else None
    return StepNow(at, len(timed), at.ends - elapsed, following)


def live_step(plan: Plan, live: Live) -> StepNow | None:
    """The step of the live item's method; None when it has none.

    It is found by the time that is left, so that the last step ends with the item, at a fixed end too.
    """
    method = plan.methods.get(live.row.item.method)
    return step_at(method, live.row.length, live.row.length - live.remaining) if method else None

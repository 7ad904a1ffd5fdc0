"""What the second hand brings: alerts, a sleep of the computer, a clock that was set, a call left open.

Owns when each of these is told and what can be answered to it. It must not know how words are drawn, and it
moves nothing by itself: what a person answers becomes an action, only a clock that was set is noted unasked.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from facilitator_tui.core import actions
from facilitator_tui.core.actions import Outcome
from facilitator_tui.core.alerts import (
    ASLEEP,
    Alert,
    AlertMemory,
    LeftOpen,
    Summary,
    clock_step,
    due,
    left_open,
    slept,
)
from facilitator_tui.core.calendar import hours_minutes
from facilitator_tui.core.durations import SECOND, clock
from facilitator_tui.core.events import ClockStepped
from facilitator_tui.core.rundown import Rundown, rundown
from facilitator_tui.core.steps import live_step

if TYPE_CHECKING:
    from facilitator_tui.console.conductor import Conductor

TOLD_FOR_S = 10.0
AWAY = timedelta(seconds=20)
NEARLY_S = 2
"""Seconds by which two consoles may differ in how far a clock jumped."""
_BETWEEN_READINGS_S = 0.2
"""Two clocks that were read further apart than this can't be compared."""
_CLOCK_OF = {
    **dict.fromkeys(("warning", "danger", "overtime"), "item"),
    **dict.fromkeys(("rooms", "change", "grace", "closed"), "rooms"),
}


def steady_seconds() -> float:
    """Seconds of a clock that nobody sets and that counts on while the computer sleeps."""
    if hasattr(time, "CLOCK_BOOTTIME"):
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    if sys.platform == "darwin":
        return time.clock_gettime(time.CLOCK_MONOTONIC)
    return time.monotonic()


@dataclass(frozen=True, slots=True)
class _StepSeen:
    """Which step of a method the last look saw, and in which visit."""

    visit: tuple[str, datetime]
    number: int


class Attention:
    """Looks at the call once a second on the conductor's behalf.

    `steady` is a clock as `steady_seconds` gives it; without one nothing is known about clocks that were set.
    `patience` is the longest time of the call's clock between two looks that is no sleep.
    """

    def __init__(
        self, conductor: Conductor, *, steady: Callable[[], float] | None, patience: timedelta, bell: bool
    ) -> None:
        self._conductor = conductor
        self._steady, self._patience, self._bell = steady, patience, bell
        self._memory = AlertMemory()
        self._looked: datetime | None = None
        self._clocks: tuple[datetime, float] | None = None
        self._step: _StepSeen | None = None
        self._told: dict[int, Alert] = {}
        self._number = 0
        self.left_open: LeftOpen | None = None
        """The run is left over from another day, and nobody has said yet what shall become of it."""

    @property
    def alerts(self) -> tuple[Alert, ...]:
        """What is being told at the moment, the oldest first."""
        return tuple(self._told.values())

    # ---------------------------------------------------------------- the first look and every other

    def begin(self) -> None:
        """The session was opened: say what was missed meanwhile."""
        conductor = self._conductor
        now = conductor.now()
        self.check_clock()
        self._forget_before(now)
        alive = conductor.store.heartbeat.last_alive()
        self._ask_about_left_open(now, alive)
        view = rundown(conductor.run, now)
        began = conductor.run.began
        was_there = alive is not None and began is not None and alive >= began
        if self.left_open is None and conductor.run.live and alive and was_there and now - alive >= AWAY:
            now_it = {"paused": "still paused", "waiting": "still waiting"}.get(view.state, "the clock has counted on")
            conductor.say(f"away {clock(now - alive)}; {now_it}")

    def look(self) -> None:
        """Once a second: tell what has come due since the last look."""
        self.check_clock()
        now = self._conductor.now()
        before, self._looked = self._looked or now, now
        view = rundown(self._conductor.run, now)
        found, self._memory = due(self._memory, view, self._patience)
        new_step = self._new_step(view)
        if self.left_open is not None:
            return
        away = slept(before, now, self._patience - ASLEEP)
        if away is None:
            self._tell((*found, *new_step))
            return
        self._ask_about_left_open(now, before)
        if self.left_open is None:
            self._woke(view, before, away, found)

    def catch_up(self) -> None:
        """Somebody was away on purpose: what passed meanwhile is told in one, and nothing is asked."""
        if self.left_open is not None:
            return
        now = self._conductor.now()
        view = rundown(self._conductor.run, now)
        found, self._memory = due(self._memory, view, self._patience)
        self._looked = now
        self._new_step(view)
        self._tell(tuple(alert for alert in found if not isinstance(alert, Summary) or alert.passed))

    def _forget_before(self, now: datetime) -> None:
        """What is so now is not news."""
        view = rundown(self._conductor.run, now)
        self._memory = due(AlertMemory(), view)[1]
        self._looked = now
        self._new_step(view)

    # ---------------------------------------------------------------- telling

    def _tell(self, alerts: tuple[Alert, ...]) -> None:
        """Show every alert for ten seconds, or until a later one of the same clock takes its place.

        The bell rings once for all of them, and not for what is long past.
        """
        if not alerts:
            return
        first = self._number + 1
        for alert in alerts:
            self._number += 1
            same = _CLOCK_OF.get(alert.kind, alert)
            kept = {number: told for number, told in self._told.items() if _CLOCK_OF.get(told.kind, told) != same}
            self._told = {**kept, self._number: alert}
        last = self._number
        self._conductor.stage.later(TOLD_FOR_S, lambda: self._fall_silent(first, last))
        if self._bell and not all(isinstance(alert, Summary) for alert in alerts):
            self._conductor.stage.ring()

    def _fall_silent(self, first: int, last: int) -> None:
        self._told = {number: alert for number, alert in self._told.items() if not first <= number <= last}
        self._conductor.draw()

    def _new_step(self, view: Rundown) -> tuple[Alert, ...]:
        """The method of the live item has come to its next step."""
        live = view.live
        step = live_step(self._conductor.run.plan, live) if live else None
        if live is None or step is None:
            self._step = None
            return ()
        seen, self._step = self._step, _StepSeen((live.visit.item, live.visit.pressed), step.at.number)
        if seen is None or seen.visit != self._step.visit or step.at.number <= seen.number:
            return ()
        regroup = " · new groups" if step.at.regroups else ""
        return (Alert("cue", f"{step.words}: {step.say}{regroup}", live.row.item.id),)

    # ---------------------------------------------------------------- sleep

    def _woke(self, view: Rundown, since: datetime, away: timedelta, found: tuple[Alert, ...]) -> None:
        """Nobody looked for a while. What passed is told in one; a running item asks what the time shall count as."""
        running = view.live is not None and view.state == "running"
        self._tell(tuple(alert for alert in found if not running or (isinstance(alert, Summary) and alert.passed)))
        if not running:
            return

        def subtract() -> None:
            self._conductor.act(lambda run, now: actions.subtract(run, now, since, since + away))

        self._conductor.ask(
            f"Away {clock(away)}, the clock counted on.",
            f"k keeps it · s subtracts a pause of {clock(away)}",
            self._keep,
            {"k": self._keep, "s": subtract, "escape": self._keep, "n": self._keep},
        )

    def _keep(self) -> None:
        self._conductor.say("kept: the time away counts")

    # ---------------------------------------------------------------- a clock that was set

    def check_clock(self) -> None:
        """Note a clock that was set since the last look, before anything is done at the new time."""
        if self._steady is None:
            return
        early, now, late = self._steady(), self._conductor.now(), self._steady()
        if late - early > _BETWEEN_READINGS_S:
            return
        before, self._clocks = self._clocks, (now, late)
        step = clock_step(before, self._clocks) if before else 0
        if before and step:
            self._stepped(step, before[0])

    def _stepped(self, seconds: int, looked: datetime) -> None:
        """The call is moved with the clock, and so is what is remembered of the last look, which was at `looked`."""
        conductor, step = self._conductor, seconds * SECOND
        words = f"the clock was set {'forward' if seconds > 0 else 'back'} by {clock(step)}"
        if self._looked is not None:
            self._looked += step
        memory = self._memory
        self._memory = replace(
            memory,
            looked=memory.looked and memory.looked + step,
            rooms_closed=memory.rooms_closed and memory.rooms_closed + step,
        )
        run = conductor.run
        if run.laid is not None and run.finished is None and self.left_open is None:
            if not self._noted_elsewhere(seconds, looked + step):
                conductor.perform(Outcome((ClockStepped(seconds, conductor.store.presence.console),), ""))
            words += "; the call goes on as it was"
        self._tell((Alert("away", words),))

    def _noted_elsewhere(self, seconds: int, since: datetime) -> bool:
        """Whether another console of this computer has noted the same jump, `since` in what its clock shows now."""
        store = self._conductor.store
        self._conductor.take_in()
        return any(
            isinstance(event.payload, ClockStepped)
            and event.device == store.journal.device
            and event.payload.console != store.presence.console
            and abs(event.payload.seconds - seconds) <= NEARLY_S
            and event.at >= since - NEARLY_S * SECOND
            for event in reversed(store.events)
        )

    # ---------------------------------------------------------------- a call of another day

    def _ask_about_left_open(self, now: datetime, alive: datetime | None) -> None:
        conductor = self._conductor
        left = self.left_open = left_open(conductor.run, now)
        if left is None:
            return

        def close() -> None:
            self.left_open = None
            conductor.act(lambda run, now: actions.close(run, now, left.close_at))

        def resume() -> None:
            self.left_open = None
            self._resume(left, alive)

        ended = hours_minutes(left.close_at, conductor.run.plan.programme.tz, left.day)
        conductor.ask(
            f"Unfinished session of {left.day.day} {left.day:%B}.",
            f"enter closes it at {ended} · R resumes it",
            close,
            {"R": resume, "escape": conductor.ignore, "n": conductor.ignore},
        )

    def _resume(self, left: LeftOpen, alive: datetime | None) -> None:
        """Go on where it was: the time since somebody was last there becomes a pause."""
        conductor = self._conductor
        live = conductor.run.live
        if live is None or live.paused:
            conductor.say("it goes on, still paused" if live else "it goes on")
        else:
            since = self._there_until(left, alive)
            conductor.act(lambda run, now: actions.subtract(run, now, since))
        self._forget_before(conductor.now())

    def _there_until(self, left: LeftOpen, alive: datetime | None) -> datetime:
        """The last moment that somebody was there: seen alive, but not behind the end of the item under way."""
        then = rundown(self._conductor.run, left.last)
        item_end = then.live.row.expected_end if then.live else left.last
        return max(left.last, min(alive or left.last, item_end))

"""What the page of the week shows, as one frozen value: a day a session, and what the days come to together.

Owns what is counted. It must not know how a log is read nor how a figure is drawn. Lengths are timedeltas.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from facilitator_tui.console.scene import presence
from facilitator_tui.core.durations import ZERO
from facilitator_tui.core.ideas import Idea
from facilitator_tui.core.meetings import Meetings, meetings
from facilitator_tui.core.plan import Session
from facilitator_tui.core.run import Run
from facilitator_tui.core.rundown import Rundown

UNREAD, UNREADABLE, NOT_HELD = "unread", "unreadable", "not-held"
"""States of a day besides those of a session: its log was not looked at yet, or could not be read, or its time went by
without it."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What a run holds whatever the time is: people and lines."""

    here: int
    expected: int
    kinds: Mapping[str, int]
    met: Meetings

    @property
    def lines(self) -> int:
        return sum(self.kinds.values())


NOTHING = Heard(0, 0, {}, {})


def heard(run: Run, now: datetime) -> Heard:
    """Head count, lines by kind and meetings of one session. Linear in its captures."""
    who = presence(run)
    kinds = Counter(capture.content.type for capture in run.captures if not capture.removed)
    here = who.here if who.taken else len({person for pair in meetings(run, now) for person in pair})
    return Heard(here, who.expected, kinds, meetings(run, now))


@dataclass(frozen=True, slots=True)
class Day:
    """One session: its plan, where it stands, and what was heard."""

    session: Session
    state: str = UNREAD
    planned: timedelta = ZERO
    used: timedelta = ZERO
    paused: timedelta = ZERO
    over: timedelta = ZERO
    """The end, expected or actual, against the hard stop."""
    heard: Heard = NOTHING

    @property
    def begun(self) -> bool:
        return self.state not in (UNREAD, UNREADABLE, NOT_HELD, "not-started")


def unread(session: Session, state: str = UNREAD) -> Day:
    return Day(session, state, sum((item.length for item in session.agenda), ZERO))


def day(session: Session, view: Rundown, state: str, of_run: Heard) -> Day:
    """A session whose run is known, at the instant of its rundown."""
    rows = [row for row in view.rows if row.item.kind != "cue"]
    planned = sum((max(ZERO, row.planned_end - row.planned_start) for row in rows), ZERO)
    used = sum((row.active for row in rows), ZERO)
    paused = sum((row.paused for row in rows), ZERO)
    if state == "not-started" and view.now > view.hard_stop:
        state = NOT_HELD
    return Day(session, state, planned, used, paused, view.end_over, of_run)


@dataclass(frozen=True, slots=True)
class WeekView:
    """All sessions in the order of the plan. `left` of them are still to be read."""

    days: Sequence[Day] = ()
    left: int = 0
    ideas: Sequence[Idea] = ()
    met: Meetings = field(default_factory=dict)
    """How often each pair sat together, over all days."""


def all_met(days: Sequence[Day]) -> Meetings:
    met: Counter[frozenset[str]] = Counter()
    for one in days:
        met.update(one.heard.met)
    return met

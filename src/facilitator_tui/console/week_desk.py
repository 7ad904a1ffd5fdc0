"""The desk of the week: reads the logs of the other sessions behind the screen and keeps what it read.

Owns the order of reading, what is known already, and letting go when the page is left. It must not know what the
figures mean nor how they are drawn. One log is read at a time, so a key never waits and the progress can be seen;
a log whose files did not change is not read again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from facilitator_tui import paths
from facilitator_tui.console.week_view import (
    UNREADABLE,
    Day,
    Heard,
    WeekView,
    all_met,
    day,
    heard,
    unread,
)
from facilitator_tui.core.ideas import Idea, ideas_of
from facilitator_tui.core.plan import Plan, Session
from facilitator_tui.core.run import Run
from facilitator_tui.core.rundown import Rundown, rundown
from facilitator_tui.errors import FacilitatorError
from facilitator_tui.store.journal import LOG
from facilitator_tui.store.session_store import Overview, look_at

if TYPE_CHECKING:
    from facilitator_tui.console.conductor import Conductor

Marks = tuple[tuple[str, int, int], ...]
"""Name, size and time of every file of a log: equal marks mean that nothing was written."""


@dataclass(frozen=True, slots=True)
class _Read:
    """One session as it was read; `seen` is None when its log could not be read."""

    plan: Plan
    marks: Marks
    day: Day
    seen: Overview | None


class WeekDesk:
    def __init__(self, conductor: Conductor) -> None:
        self._conductor = conductor
        self._read: dict[str, _Read] = {}
        self._waiting: list[Session] = []
        self._reading = 0
        self._here: tuple[Run, Heard] | None = None
        self._ideas: tuple[tuple[int, ...], tuple[Idea, ...]] = ((), ())

    # ---------------------------------------------------------------- reading

    def entered(self) -> None:
        """The page was opened: look at every other session, one after the other."""
        run = self._conductor.run
        self._reading += 1
        self._waiting = [one for one in run.plan.sessions if one.id != run.session.id]
        self._next(self._reading)

    def left(self) -> None:
        """Another page was opened: what is not read yet is read when the page is opened again."""
        if self._waiting:
            self._waiting = []
            self._conductor.busy = ""
        self._reading += 1

    def _next(self, reading: int) -> None:
        conductor = self._conductor
        if not self._waiting:
            conductor.busy = ""
            return
        session, plan, now = self._waiting[0], conductor.run.plan, conductor.now()
        whole = len(plan.sessions) - 1
        conductor.busy = f"reading the week, {whole - len(self._waiting) + 1} of {whole} · {self._back()} stops it"
        records, known = conductor.store.records, self._read.get(session.id)

        def read() -> _Read:
            marks = _marks(records, session.id)
            if known and known.plan is plan and known.marks == marks:
                return known
            try:
                seen = look_at(plan, session, records, now)
            except (FacilitatorError, OSError):
                return _Read(plan, marks, unread(session, UNREADABLE), None)
            return _Read(plan, marks, day_of(seen, now), seen)

        def took(found: _Read) -> None:
            if reading != self._reading:
                return
            self._read[session.id] = found
            self._waiting = self._waiting[1:]
            self._next(reading)
            conductor.draw()

        conductor.stage.behind(read, took)

    def _back(self) -> str:
        return "esc" if "escape" in self._conductor.keys.get("back", ()) else "leaving"

    # ---------------------------------------------------------------- showing

    def view(self, now_here: Rundown) -> WeekView:
        """The week as far as it is read; the session that is open here is always known."""
        run = self._conductor.run
        days = [self._day_of(session, run, now_here) for session in run.plan.sessions]
        return WeekView(days, len(self._waiting), self._ideas_of(run), all_met(days))

    def _day_of(self, session: Session, run: Run, now_here: Rundown) -> Day:
        if session.id == run.session.id:
            if self._here is None or self._here[0] is not run:
                self._here = run, heard(run, now_here.now)
            return day(session, now_here, now_here.state, self._here[1])
        known = self._read.get(session.id)
        return known.day if known else unread(session)

    def _ideas_of(self, run: Run) -> Sequence[Idea]:
        runs = [run if one.id == run.session.id else self._run_of(one.id) for one in run.plan.sessions]
        known = [one for one in runs if one is not None]
        seen = tuple(id(one) for one in known)
        if seen != self._ideas[0]:
            self._ideas = seen, ideas_of(known)
        return self._ideas[1]

    def _run_of(self, session: str) -> Run | None:
        known = self._read.get(session)
        return known.seen.run if known and known.seen else None


def _marks(records: Path, session: str) -> Marks:
    found = []
    elsewhere = paths.second_place(records, session)
    for folder in (records / session / LOG, elsewhere, elsewhere / LOG):
        try:
            files = sorted(folder.iterdir())
            found += [(str(file), file.stat().st_size, file.stat().st_mtime_ns) for file in files]
        except OSError:
            continue
    return tuple(found)


def day_of(seen: Overview, now: datetime) -> Day:
    """A session left running on another day counts until the last thing that was noted in it."""
    run = seen.run
    at = run.last if seen.unfinished and run.last else now
    return day(seen.session, rundown(run, at), "unfinished" if seen.unfinished else seen.state, heard(run, at))

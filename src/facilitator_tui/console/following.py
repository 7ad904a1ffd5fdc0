"""Following a call from outside: its log is read again and again, and nothing is left behind.

Owns which session is meant, and when it is another one. It must not know screens. It writes no file and makes no
folder: neither in the records nor in the user's state.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from facilitator_tui import paths
from facilitator_tui.core.run import Run
from facilitator_tui.errors import FacilitatorError
from facilitator_tui.store.journal import LOG
from facilitator_tui.store.session_store import SessionStore, overview

READER = "reads"
"""Stands where a writer has its device id: nothing is ever written under it."""

Trace = frozenset[tuple[str, int, int]]
"""Name, length and time of change (ns) of the files of a log."""


class Follower:
    """A session seen from outside. For one thread; every look may take as long as the disk does.

    Without a session named it goes over to whichever begins or goes on while it looks. Raises FacilitatorError
    when the plan or the session can't be opened at the beginning, and never afterwards.
    """

    def __init__(self, plan_path: Path, records: Path, now: Callable[[], datetime], session: str = "") -> None:
        self._plan_path, self._records, self._now, self._named = plan_path, records, now, bool(session)
        self._logs: dict[str, tuple[str, ...]] = {}
        """Where each session's segments lie."""
        self._store = self._open(session)
        self._own = self._trace(self._store.session_id)
        self._others: dict[str, Trace] = {}
        self._away = False
        """There was a log, and at the last look there was none."""

    @property
    def run(self) -> Run:
        return self._store.run

    def look(self) -> Run:
        """The run as the disk has it now. What can't be read any more stays as it was last seen."""
        self._store.refresh()
        own = self._trace(self._store.session_id)
        if own and (self._away or {name for name, _, _ in self._own} - {name for name, _, _ in own}):
            # Files were gone and others are there: this may be another call, so everything is read anew.
            self._take(self._store.session_id)
        self._away = bool(self._own) and not own
        self._own = own or self._own
        if not self._named:
            self._go_over()
        return self._store.run

    def _go_over(self) -> None:
        """Show the session under way that was touched last, if any is."""
        shown = self._store.session_id
        others = {one.id: self._trace(one.id) for one in self._store.run.plan.sessions if one.id != shown}
        if others == self._others:
            return
        self._others = others
        going = [
            one
            for one in overview(self._store.run.plan, self._records, self._now())
            if one.run.live and one.run.last and not one.unfinished
        ]
        if going:
            newest = max(going, key=lambda one: one.run.last or one.start).session.id
            if newest != shown:
                self._take(newest)

    def _take(self, session: str) -> None:
        with suppress(FacilitatorError):  # a plan that can't be used just now: the last picture stays
            self._store = self._open(session)
            self._own, self._others = self._trace(session), {}

    def _open(self, session: str) -> SessionStore:
        return SessionStore.open(self._plan_path, self._records, self._now(), session, READER)

    def _trace(self, session: str) -> Trace:
        found = set()
        if session not in self._logs:
            both = (self._records / session, paths.second_place(self._records, session))
            self._logs[session] = tuple(str(place / LOG) for place in both)
        for log in self._logs[session]:
            with suppress(OSError), os.scandir(log) as entries:
                for entry in entries:
                    with suppress(OSError):
                        status = entry.stat(follow_symlinks=False)
                        found.add((entry.path, status.st_size, status.st_mtime_ns))
        return frozenset(found)

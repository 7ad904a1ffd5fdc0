"""The notes file, rewritten as the call goes: at most every two seconds, in a thread, and once at the end.

Owns when it is written. It must not know what stands in it (`harvest.notes`) nor where it lies and how it
becomes safe (`notes_file`).
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from facilitator_tui.core.run import Run

if TYPE_CHECKING:
    from facilitator_tui.console.conductor import Conductor

EVERY_S = 2.0


class NotesKeeper:
    def __init__(self, conductor: Conductor) -> None:
        self._conductor = conductor
        self._waiting = False
        self._stale = False

    def changed(self) -> None:
        """Something was captured or done: the file on disk is old now."""
        self._stale = True
        if not self._waiting:
            self._waiting = True
            self._conductor.stage.later(EVERY_S, self._write)

    def _write(self) -> None:
        run, now, folder = self._conductor.run, self._conductor.now(), self._conductor.store.folder
        self._stale = False
        self._conductor.stage.behind(lambda: _rewrite(folder, run, now), self._written)

    def _written(self, trouble: str) -> None:
        self._waiting = False
        if trouble:
            self._conductor.say(f"the notes can't be written: {trouble}; the log is complete", "alert")
            self._conductor.draw()
        if self._stale:
            self.changed()

    def last(self) -> str:
        """Write once more before leaving, if something changed since; what went wrong, or nothing."""
        if not (self._stale or self._waiting):
            return ""
        return _rewrite(self._conductor.store.folder, self._conductor.run, self._conductor.now())

    def export(self) -> None:
        """Write the team's notes where exports lie, and say where that is."""
        store, now = self._conductor.store, self._conductor.now()
        run, rehearsed = store.run, self._conductor.rehearsed

        def work() -> str:
            from facilitator_tui import paths
            from facilitator_tui.console.notes_file import NOTES
            from facilitator_tui.harvest.notes import notes
            from facilitator_tui.store.atomic import write_export

            exports = store.records / "export" if rehearsed else paths.export_folder(store.plan_path)
            path = exports / store.session_id / NOTES
            try:
                return f"written: {write_export(path, notes(run, now).encode())}"
            except OSError as problem:
                return f"can't be written: {problem.strerror or problem}"

        self._conductor.busy = "writing the export"
        self._conductor.stage.behind(work, self._exported)

    def _exported(self, said: str) -> None:
        self._conductor.busy = ""
        self._conductor.say(said, "done" if said.startswith("written") else "refused")
        self._conductor.draw()


def _rewrite(folder: Path, run: Run, now: datetime) -> str:
    """Rewrite the notes of a session. Slow; returns what went wrong in words, empty when they are safe."""
    from facilitator_tui.console.notes_file import write_notes

    try:
        write_notes(folder, run, now)
    except OSError as problem:
        return (problem.strerror or str(problem)).lower()
    return ""

"""The notes file, rewritten as the call goes: at most every two seconds, in a thread, and once at the end.

Owns when it is written. It must not know what stands in it (`harvest.notes`) nor how a file becomes safe
(`store.atomic`).
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from facilitator_tui.core.run import Run

if TYPE_CHECKING:
    from facilitator_tui.console.conductor import Conductor

EVERY_S = 2.0
NOTES = "notes.md"


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
        run, now, path = self._conductor.run, self._conductor.now(), self._path()
        self._stale = False
        self._conductor.stage.behind(lambda: write_notes(path, run, now), self._written)

    def _written(self, trouble: str) -> None:
        self._waiting = False
        if trouble:
            self._conductor.say(f"{NOTES} can't be written: {trouble}; the log is complete", "alert")
            self._conductor.draw()
        if self._stale:
            self.changed()

    def last(self) -> str:
        """Write once more before leaving, if something changed since; what went wrong, or nothing."""
        if not (self._stale or self._waiting):
            return ""
        return write_notes(self._path(), self._conductor.run, self._conductor.now())

    def export(self) -> None:
        """Write the team's notes where exports lie, and say where that is."""
        store, now = self._conductor.store, self._conductor.now()
        run, rehearsed = store.run, self._conductor.rehearsed

        def work() -> str:
            from facilitator_tui import paths
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

    def _path(self) -> Path:
        return self._conductor.store.folder / NOTES


def write_notes(path: Path, run: Run, now: datetime) -> str:
    """Rewrite the notes of a session as a whole. Slow; returns what went wrong in words, empty when it is safe."""
    from facilitator_tui.harvest.notes import notes
    from facilitator_tui.store.atomic import replace

    try:
        replace(path, notes(run, now).encode())
    except OSError as problem:
        return (problem.strerror or str(problem)).lower()
    return ""

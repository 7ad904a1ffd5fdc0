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
    from facilitator_tui.console.exports import Ticked
    from facilitator_tui.store.session_store import SessionStore

EVERY_S = 2.0
SAFE_WITHIN_S = 10.0
"""How long an export waits for a slow disk before it leaves the files as they are."""


class NotesKeeper:
    def __init__(self, conductor: Conductor) -> None:
        self._conductor = conductor
        self._waiting = False
        self._stale = False

    def changed(self) -> None:
        """Something was captured or done: the file on disk is old now, if it is ours to write."""
        if not self._conductor.store.keeps_notes:
            return
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
        """Write the team's files where exports lie, with what was ticked there read first; say where that is."""
        from facilitator_tui import paths
        from facilitator_tui.console.exports import read_back

        conductor, store, now = self._conductor, self._conductor.store, self._conductor.now()
        target = store.records / "export" if conductor.rehearsed else paths.export_folder(store.plan_path)
        ticks = read_back(target, store.run)
        if ticks.outcome.payloads:
            conductor.perform(ticks.outcome)
        conductor.busy = "writing the export"
        conductor.stage.behind(lambda: _export(store, target, now, ticks), self._exported)

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


def _export(store: SessionStore, target: Path, now: datetime, ticks: Ticked) -> str:
    """Write the files of a session once its ticks are safe. Slow; returns what came of it in words."""
    from facilitator_tui.console.exports import has_pages, own_templates, write_all
    from facilitator_tui.console.notes_file import NOTES
    from facilitator_tui.errors import FacilitatorError
    from facilitator_tui.harvest.export import files
    from facilitator_tui.store.session_store import other_runs

    if ticks.outcome.payloads and not store.journal.wait_saved(SAFE_WITHIN_S):
        return "can't be written: what was ticked in the export is not safe on disk yet"
    run = store.run
    try:
        pages = has_pages(target, [store.session_id], "team")
        others = other_runs(run.plan, store.records, now, store.session_id)
        elsewhere = [person for other in others for person in other.added]
        templates = own_templates(store.plan_path)
        made = files([run], run.plan, now, html=pages, templates=templates, elsewhere=elsewhere)
        written = write_all(target, made.files, "team", ticks.seen - ticks.doubtful)
    except FacilitatorError as fault:
        return f"can't be written: {fault}"
    except OSError as problem:
        return f"can't be written: {problem.strerror or problem}"
    remarks = "".join(f"; {remark}" for remark in written.remarks)
    return f"written: {written.paths[f'{store.session_id}/{NOTES}']}{remarks}"

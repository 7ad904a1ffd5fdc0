"""`records/<session>/notes.md`: written anew from the run while the call goes on.

Owns where the live notes lie and that they appear whole or not at all. It must not know Textual: the command
line writes the same file.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from facilitator_tui.core.run import Run
from facilitator_tui.harvest.notes import notes
from facilitator_tui.store import atomic

NOTES = "notes.md"


def write_notes(folder: Path, run: Run, now: datetime) -> Path | None:
    """Replace the notes in a session's folder; None when nothing has happened yet. Raises OSError."""
    if run.last is None:
        return None
    path = folder / NOTES
    atomic.replace(path, notes(run, now, "team").encode())
    return path

"""Where everything of a session lies that is not its log, and what of it a person should know.

Owns the second half of `facilitator doctor`: notes, exports, the unfinished line, conflict copies, signs of life. It
must not change anything, nor print what anybody wrote.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from facilitator_tui import paths
from facilitator_tui.store.atomic import exported
from facilitator_tui.store.device import kept_device_id
from facilitator_tui.store.drafts import Drafts, Heartbeat
from facilitator_tui.store.journal import LOG
from facilitator_tui.store.presence import Presence, Sign

NOTES = "notes.md"

_SEGMENT = re.compile(r"\d{8}T\d{6}Z-[a-z0-9]{1,16}(?:-rescue)?-\d{2,4}\.toml", re.ASCII)
_COPY = re.compile(
    r"\.sync-conflict-\d|conflicted copy|_conflict-\d|case clash|\[conflict|\.orig$|[ ]\(\d+\)\.|[ ]\d+\.[a-z]+$",
    re.IGNORECASE,
)
"""What Syncthing, Nextcloud, Dropbox, ownCloud, Seafile, git, Google Drive and iCloud call the loser of a conflict."""


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Paths as text; an empty one stands for what is not there."""

    notes: str
    exports: str
    exports_changed: tuple[str, ...]
    """Files of the last exports that somebody has changed since, or that can't be read; none is overwritten."""
    draft: str
    draft_length: int
    """Characters of the unfinished line."""
    copies: tuple[str, ...]
    """Files that look like a sync tool's conflict copies, or log files under names that are not ours."""
    state: str
    device: str
    alive: datetime | None
    """When a console on this computer last had the session open."""
    others: tuple[Sign, ...]
    """Consoles that have it open now."""

    def as_json(self) -> dict[str, object]:
        return {
            "notes": self.notes,
            "exports": {"folder": self.exports, "changed": list(self.exports_changed)},
            "draft": {"file": self.draft, "characters": self.draft_length},
            "copies": list(self.copies),
            "state": {"folder": self.state, "device": self.device},
            "last_alive": self.alive.isoformat(timespec="seconds").replace("+00:00", "Z") if self.alive else None,
            "open": [{"device": one.device, "name": one.name} for one in self.others],
        }

    def sentences(self) -> tuple[str, ...]:
        """Plain lines, without anybody's text in them."""
        lines = [f"notes: {self.notes}"] if self.notes else []
        lines += [f"exports: {self.exports}"] if self.exports else []
        lines += [f"changed by hand since it was exported: {file}" for file in self.exports_changed]
        if self.draft:
            lines.append(f"an unfinished line of {self.draft_length} characters: {self.draft}")
        for file in self.copies:
            what = "read like any other" if Path(file).parent.name == LOG else "made again from the log, can be deleted"
            lines.append(f"a copy under another name, {what}: {file}")
        lines.append(f"this computer's own files: {self.state}" + (f", its id is {self.device}" if self.device else ""))
        for one in self.others:
            lines.append(f"open now: {one.device}" + (f" ({one.name})" if one.name else ""))
        return tuple(lines)


def whereabouts(records: Path, session: str, exports: Path) -> Whereabouts:
    """Look at what lies around the log of a session; `exports` is the folder of all exports. Reads only."""
    folder, state = records / session, paths.state_folder()
    device = kept_device_id(state)
    draft_file = paths.draft_file(records, session)
    length = len(Drafts(draft_file).load().text)
    changed = []
    for place in (exports / session, exports / "week"):
        changed += [str(place / name) for name, by_hand in exported(place).items() if by_hand]
    notes = folder / NOTES
    return Whereabouts(
        notes=str(notes) if notes.is_file() else "",
        exports=str(exports / session) if (exports / session).is_dir() else "",
        exports_changed=tuple(changed),
        draft=str(draft_file) if length else "",
        draft_length=length,
        copies=tuple(sorted(_copies(folder, exports / session, exports / "week"))),
        state=str(state),
        device=device,
        alive=Heartbeat(paths.heartbeat_file(records, session)).last_alive(),
        others=Presence(folder, device, name="").others(),
    )


def _copies(folder: Path, *exports: Path) -> Iterator[str]:
    for name in _names(folder / LOG):
        if name.lower().endswith(".toml") and not _SEGMENT.fullmatch(name):
            yield str(folder / LOG / name)
    for place in (folder, *exports):
        yield from (str(place / name) for name in _names(place) if _COPY.search(name))


def _names(folder: Path) -> list[str]:
    with suppress(OSError), os.scandir(folder) as entries:
        return [entry.name for entry in entries if entry.is_file(follow_symlinks=False)]
    return []

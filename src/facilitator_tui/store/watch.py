"""Notices that a plan was saved, by looking: once a second is enough and works on every file system.

Owns when a plan is worth reading again. It must not know what is done with it: whoever asks keeps the last
good plan and shows the problems of a broken one.
"""

from __future__ import annotations

import hashlib
import os
import time
from pathlib import Path

from facilitator_tui.store.plan_file import LoadedPlan, load_plan
from facilitator_tui.store.plan_source import read_bytes

Stamp = tuple[int, int, int, int] | None

SETTLED_NS = 2_000_000_000
"""A file younger than this may be written again within the same tick of the file system's clock."""


class PlanWatch:
    """Looks at the files of a loaded plan. `poll` costs a stat a file while nothing changes."""

    def __init__(self, path: Path, loaded: LoadedPlan | None = None) -> None:
        self.path = path
        self.loaded = load_plan(path) if loaded is None else loaded
        self._gone = False
        self._stamps: dict[Path, Stamp] = {}
        self._digests: dict[Path, bytes] = {}
        self._remember()

    def poll(self) -> LoadedPlan | None:
        """The plan read again when one of its files has other content than before, else None.

        A plan that is gone is given one more look, since many editors save by taking the file away and
        putting a new one in its place.
        """
        stamps = {path: _stamp(path) for path in self._stamps}
        if stamps == self._stamps and not self._fresh(stamps):
            return None
        if stamps.get(self.path) is None and self._stamps.get(self.path) is not None and not self._gone:
            self._gone = True
            return None
        self._gone = False
        digests = {path: _digest(path) for path in stamps}
        if digests == self._digests:
            self._stamps = stamps
            return None
        self.loaded = load_plan(self.path)
        self._remember()
        return self.loaded

    def _remember(self) -> None:
        """Stamps first: a change in between is then seen at the next look."""
        files = self.loaded.files or (self.path,)
        self._stamps = {path: _stamp(path) for path in files}
        self._digests = {path: _digest(path) for path in files}

    def _fresh(self, stamps: dict[Path, Stamp]) -> bool:
        """Whether a file was written so short before it was looked at that its stamp proves nothing."""
        looked = [stamp for stamp in stamps.values() if stamp is not None]
        if not looked:
            return False
        newest = max(stamp[0] for stamp in looked)
        return time.time_ns() - newest < SETTLED_NS


def _stamp(path: Path) -> Stamp:
    try:
        status = os.stat(path)
    except (OSError, ValueError):
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino, status.st_ctime_ns


def _digest(path: Path) -> bytes:
    try:
        return hashlib.sha256(read_bytes(path)).digest()
    except (OSError, ValueError) as error:
        return type(error).__name__.encode()

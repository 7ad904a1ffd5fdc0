"""One segment while it is written: a file of this run that nobody else writes.

Owns how a segment comes to be, when its bytes count as safe, and how it is noticed that somebody replaced it.
It must not know what is done about an error (`store.writer`): any OSError means that the segment is left.
"""

from __future__ import annotations

import errno
from pathlib import Path

from facilitator_tui.store import disk

_MOST_NAMES = 1000
_PARENTS = 3
"""The session's folder, the records folder and the plan's: whoever made them may not have lived to flush."""


class SegmentLost(OSError):
    """The path of a segment no longer holds what was written there."""


class Segment:
    """One new file, written by nobody else. Any OSError means: leave it, never touch it again."""

    def __init__(self, path: Path, fd: int) -> None:
        self.path = path
        self._fd: int | None = fd
        who = disk.identity_of(fd)
        self._device, self._inode, self._size = who
        self._steady = disk.identity(path) == who
        """Some network file systems give a file another number by name than by descriptor."""

    @classmethod
    def create(cls, folder: Path, stem: str, number: int) -> tuple[Segment, int]:
        """A new segment with the first free number from `number`, and that number."""
        disk.make_folder(folder)
        for free in range(number, number + _MOST_NAMES):
            path = folder / f"{stem}-{free:02d}.toml"
            try:
                return cls(path, disk.create(path)), free
            except FileExistsError:
                continue
        raise FileExistsError(errno.EEXIST, "no free name for a segment", str(folder))

    @property
    def size(self) -> int:
        return self._size

    @property
    def open(self) -> bool:
        return self._fd is not None

    def add(self, data: bytes, *, settle_folder: bool) -> None:
        """Write, flush and check. When this returns the bytes are safe."""
        if self._fd is None:
            raise SegmentLost(errno.EBADF, "the segment is closed", str(self.path))
        disk.write_all(self._fd, data)
        disk.sync(self._fd)
        if settle_folder:
            disk.sync_folder(self.path.parent)
            disk.settle_parents(self.path.parent, _PARENTS)
        self._size += len(data)
        self.check()

    def check(self) -> None:
        """SegmentLost when somebody replaced, cut, lengthened or deleted the file."""
        try:
            now = disk.identity(self.path)
        except FileNotFoundError as problem:
            raise SegmentLost(errno.ENOENT, "the file is gone", str(self.path)) from problem
        device, inode, size = now
        if size != self._size or (self._steady and (inode != self._inode or device != self._device)):
            raise SegmentLost(errno.ESTALE, "the file was changed by somebody else", str(self.path))

    def close(self) -> None:
        if self._fd is not None:
            disk.close(self._fd)
            self._fd = None

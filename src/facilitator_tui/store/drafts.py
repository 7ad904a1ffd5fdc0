"""The unfinished line: kept at every key, there again after a crash. And the heartbeat beside it.

Owns one small file a session in the state folder. It must not know how a line is edited nor what the sticky
fields mean.

The file is a list of records `<crc32> <json>`, one a key, of which the last whole one counts. Appending costs
no flush, and whatever a power cut tears off, the last flushed record still stands; a thread flushes at most
once a second and begins the file anew when it has grown.
"""

from __future__ import annotations

import json
import os
import re
import secrets
import time
import zlib
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from threading import Event, Lock, Thread

from facilitator_tui.store import atomic, disk
from facilitator_tui.store.clock import wall_now

LONGEST_FILE = 16 << 20
_ANEW_AT = 256 << 10
_CLOSING_S = 2.0
_SURROGATES = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Draft:
    """A line as it stands, and whatever sticks from line to line (a room, a question)."""

    text: str = ""
    sticky: Mapping[str, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.text or self.sticky)


class Drafts:
    """The draft of one session. `save` is for the thread of the keys: it writes, it never flushes.

    A disk that refuses costs the draft and nothing else: `trouble` then holds the reason.
    """

    def __init__(self, path: Path, every_s: float = 1.0) -> None:
        self.path = path
        self.trouble = ""
        self._every_s = every_s
        self._fd: int | None = None
        self._size = 0
        self._latest = Draft()
        self._lock = Lock()
        self._wake = Event()
        self._stop = Event()
        self._unsettled = False
        self._thread: Thread | None = None

    def load(self) -> Draft:
        """The last draft that is whole; an empty one when there is none."""
        draft = Draft()
        with suppress(OSError):
            content, _, _ = disk.read_regular(self.path, LONGEST_FILE)
            found = (_read(line) for line in reversed(content.split(b"\n")))
            draft = next((one for one in found if one is not None), draft)
        with self._lock:
            self._latest = draft
        return draft

    def save(self, text: str, sticky: Mapping[str, str] | None = None) -> None:
        """Keep the line as it stands. Without `sticky` the fields stay as they were last given."""
        with self._lock:
            kept = self._latest.sticky if sticky is None else dict(sticky)
            draft = Draft(_SURROGATES.sub("\ufffd", text), kept)
            if draft == self._latest and self._fd is not None:
                return
            self._latest = draft
            self._put(_record(draft))
        self._wake.set()

    def clear(self) -> None:
        """The line was saved or given up. Sticky fields stay."""
        self.save("")

    def close(self) -> None:
        """Flush and stop. Nothing relies on it."""
        self._stop.set()
        self._wake.set()
        if self._thread is not None:
            self._thread.join(_CLOSING_S)
        with self._lock:
            self._drop()

    # ------------------------------------------------------------ under the lock

    def _put(self, record: bytes) -> None:
        try:
            if self._fd is None:
                self._fd, self._size = self._begin()
            disk.write_all(self._fd, record)
            self._size += len(record)
            self.trouble = ""
        except OSError as problem:
            self._give_up(problem)

    def _begin(self) -> tuple[int, int]:
        """Open the file for this process; a line end first, should the last record be torn."""
        # On the screen's thread: what is made here is flushed by the other one.
        disk.make_folder(self.path.parent, settle=False)
        fd = disk.open_to_append(self.path)
        size = disk.identity_of(fd).size
        disk.write_all(fd, b"\n")
        self._unsettled = True
        self._stop.clear()
        if self._thread is None or not self._thread.is_alive():
            self._thread = Thread(target=self._flush_now_and_then, name="drafts", daemon=True)
            self._thread.start()
        return fd, size + 1

    def _give_up(self, problem: OSError) -> None:
        """Leave the descriptor; the next key tries a new one."""
        self.trouble = (problem.strerror or str(problem)).lower()
        self._drop()

    def _drop(self) -> None:
        if self._fd is not None:
            disk.close(self._fd)
            self._fd = None

    # ------------------------------------------------------------ the flushing thread

    def _flush_now_and_then(self) -> None:
        while not self._stop.is_set():
            self._wake.wait()
            self._wake.clear()
            began = time.monotonic()
            self._flush()
            self._stop.wait(max(0.0, self._every_s - (time.monotonic() - began)))
        self._flush()

    def _flush(self) -> None:
        """Flush through a copy of the descriptor: keys go on writing meanwhile."""
        with self._lock:
            if self._fd is None:
                return
            copy, large, unsettled = os.dup(self._fd), self._size > _ANEW_AT, self._unsettled
        try:
            if large or self._replaced(copy):
                self._anew()
            else:
                disk.sync(copy)
                if unsettled:
                    disk.sync_folder(self.path.parent)
                    disk.settle_parents(self.path.parent, 2)
                    self._unsettled = False
        except OSError as problem:
            with self._lock:
                self._give_up(problem)
        finally:
            disk.close(copy)

    def _replaced(self, fd: int) -> bool:
        """Whether another window began the file anew, or somebody deleted it."""
        try:
            there = disk.identity(self.path)
        except FileNotFoundError:
            return True
        return there.inode != disk.identity_of(fd).inode

    def _anew(self) -> None:
        """Begin the file anew with the draft as it stands; the old one stays until the new one is safe."""
        disk.make_folder(self.path.parent)
        with self._lock:
            draft = self._latest
        temporary = self.path.with_name(f".{self.path.name}.{secrets.token_hex(4)}.tmp")
        fd = disk.create(temporary)
        try:
            disk.write_all(fd, _record(draft))
            disk.sync(fd)
            with self._lock:
                if self._latest != draft:
                    disk.write_all(fd, _record(self._latest))
                disk.replace(temporary, self.path)
                self._drop()
                self._fd, self._size = fd, disk.identity_of(fd).size
        except OSError:
            disk.close(fd)
            disk.remove(temporary)
            raise
        disk.sync_folder(self.path.parent)


def _record(draft: Draft) -> bytes:
    body = json.dumps([draft.text, dict(draft.sticky)], ensure_ascii=True).encode()
    return b"%08x %s\n" % (zlib.crc32(body), body)


def _read(line: bytes) -> Draft | None:
    crc, _, body = line.partition(b" ")
    if crc != b"%08x" % zlib.crc32(body):
        return None
    try:
        text, sticky = json.loads(body)
        return Draft(str(text), {str(key): str(value) for key, value in sticky.items()})
    except (ValueError, TypeError, AttributeError, RecursionError):
        return None


def rewrite(path: Path, change: Callable[[str], str], *, rehearsal: bool = False) -> bool:
    """Change the texts of a kept draft; whether anything was. Earlier keystrokes in the file are gone then.

    A `rehearsal` only tells. OSError when there is none, or when it can't be written.
    """
    content, _, _ = disk.read_regular(path, LONGEST_FILE)
    drafts = [draft for draft in map(_read, content.split(b"\n")) if draft is not None]
    changed = [Draft(change(one.text), {key: change(value) for key, value in one.sticky.items()}) for one in drafts]
    torn = [line for line in content.split(b"\n") if line and _read(line) is None]
    torn_text = b"\n".join(torn).decode("utf-8", "replace")
    if changed == drafts and change(torn_text) == torn_text:
        return False
    if not rehearsal:
        atomic.replace(path, _record(changed[-1]) if changed else b"")
    return True


class Heartbeat:
    """When the console was last alive, by the time of a file: after a crash it says how long it was away."""

    def __init__(self, path: Path, wall: Callable[[], datetime] = wall_now, every_s: float = 5.0) -> None:
        self._path = path
        self._wall = wall
        self._every_s = every_s
        self._last: float | None = None

    def last_alive(self) -> datetime | None:
        """The instant of the last beat, of this or an earlier run."""
        with suppress(OSError):
            return datetime.fromtimestamp(disk.modified(self._path), UTC)
        return None

    def beat(self) -> None:
        """Say that we live; does nothing when the last beat is younger than a few seconds."""
        now = self._wall().timestamp()
        if self._last is not None and 0 <= now - self._last < self._every_s:
            return
        self._last = now
        with suppress(OSError):
            try:
                disk.touch(self._path, now)
            except FileNotFoundError:
                disk.make_folder(self._path.parent, settle=False)
                disk.close(disk.create(self._path))
                disk.touch(self._path, now)

"""The writer: two threads that bring blocks to safety, and what they do when a disk refuses.

Owns this run's segments, the order write, flush, check, acknowledge, and the ladder: a new segment, a
second place, memory. It must not know what the blocks say. Nobody waits for it but who asks to (`wait`); a
flush that hangs holds up neither keys nor, when there is a second place, the safety of what is typed
meanwhile.

Two invariants carry the promise. Blocks are kept in memory for the whole run, so that any segment can be left
at any time and all of them written again to a new one. And a descriptor on which a flush failed is never
flushed again: the kernel forgets the error, and the data with it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Condition, Event, Lock, Thread
from typing import Literal, NamedTuple

from facilitator_tui.core.text import count_of
from facilitator_tui.store import disk
from facilitator_tui.store.segment import Segment

ROLL_AT = 16 << 20
"""A segment this long is closed and a new one begun; `log_folder.LARGEST_FILE` is well above."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How often the writer looks again, in seconds."""

    retry_s: float = 2.0
    """Until the next attempt when nothing could be written."""
    check_s: float = 2.0
    """Until an idle writer looks whether its segments are still there."""
    patience_s: float = 3.0
    """How long one write or flush may take before the watchdog says so and uses the second place."""


CALM = Pace()


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something a person should see, or its end (`well`). `text` is one plain sentence, `place` a path.

    `moved`: a segment was left and a new one begun, nothing is at risk. `second-place`: what is written is
    safe, but not where it belongs. `unsaved`: `unsaved` events are in memory only. `slow`: the disk has not
    answered for seconds.
    """

    kind: Literal["well", "moved", "second-place", "unsaved", "slow"]
    text: str = ""
    unsaved: int = 0
    place: str = ""

    @property
    def banner(self) -> str:
        """What has to stay in sight until it is over; empty when nothing has to."""
        if self.kind == "unsaved":
            return f"{count_of(self.unsaved, 'line')} NOT SAVED · {self.text}"
        return self.text if self.kind in ("second-place", "slow") else ""


WELL = Trouble("well")


class Entry(NamedTuple):
    """A block on its way, and the id to acknowledge (empty: nobody waits for it)."""

    id: str
    block: bytes


class Writer:
    """Takes blocks at any time, saves them in order, tells which are safe. Starts its threads on first use.

    `places` are log folders, the best first. `on_saved` and `on_trouble` are called from the writer's
    threads, outside its lock, and must not raise. `stem` is asked once for the beginning of segment names.
    `first` gives blocks of earlier runs that go into the first segment of the best place.
    """

    def __init__(
        self,
        places: Sequence[Path],
        stem: Callable[[], str],
        on_saved: Callable[[tuple[str, ...]], None],
        on_trouble: Callable[[Trouble], None],
        first: Callable[[], bytes] = lambda: b"",
        pace: Pace = CALM,
    ) -> None:
        self._places = tuple(places)
        self._stem = stem
        self._on_saved = on_saved
        self._on_trouble = on_trouble
        self._first = first
        self._pace = pace
        self._lock = Lock()
        self._changed = Condition(self._lock)
        self._bell: SimpleQueue[None] = SimpleQueue()
        """Wakes the writing thread; waiting on the condition would cost it twice the time."""
        self._waiting = 0
        self._entries: list[Entry] = []
        self._saved = 0
        self._closing = False
        self._thread: Thread | None = None
        self._watchdog: Thread | None = None
        self._stop_watch = Event()
        self._busy_since: float | None = None
        self._trouble = self._standing = WELL
        self._segments: list[Segment] = []
        self._written = 0
        self._tried = 0
        self._rank = 0
        self._climb_at = 0.0
        self._number = 1
        self._leftover: Segment | None = None
        self._name = ""

    # ------------------------------------------------------------ asked from any thread

    def put(self, entries: Sequence[Entry]) -> None:
        """Queue blocks; entries of one call are written in one piece. Returns at once."""
        with self._lock:
            self._entries.extend(entries)
            self._closing = False
            self._bell.put(None)
            self._start()

    def wait(self, timeout: float | None = None) -> bool:
        """Wait until everything queued is safe; False when `timeout` seconds were not enough."""
        with self._lock:
            self._waiting += 1
            try:
                return self._changed.wait_for(lambda: self._saved == len(self._entries), timeout)
            finally:
                self._waiting -= 1

    def unsaved(self) -> tuple[str, ...]:
        """Ids of what is not yet safe, in order."""
        with self._lock:
            return tuple(entry.id for entry in self._entries[self._saved :])

    @property
    def trouble(self) -> Trouble:
        """What was last told to `on_trouble`."""
        return self._trouble

    @property
    def files(self) -> frozenset[str]:
        """Names of the segments that this run wrote and still trusts."""
        with self._lock:
            return frozenset(segment.path.name for segment in self._segments)

    def close(self, timeout: float | None = 5.0) -> bool:
        """Save what is queued, with one last attempt, and stop; True when all of it is safe."""
        with self._lock:
            self._closing = True
            thread = self._thread
        self._bell.put(None)
        if thread is not None:
            thread.join(timeout)
        self._stop_watch.set()
        return self.wait(0)

    # ------------------------------------------------------------ the writing thread

    def _start(self) -> None:
        """Called under the lock. A thread that ended, for whatever reason, is followed by a new one."""
        if self._thread is None or not self._thread.is_alive():
            self._thread = Thread(target=self._work, name="journal", daemon=True)
            self._thread.start()
        if self._watchdog is None or not self._watchdog.is_alive():
            self._stop_watch.clear()
            self._watchdog = Thread(target=self._watch, name="journal-watchdog", daemon=True)
            self._watchdog.start()

    def _work(self) -> None:
        rest_s = self._pace.check_s
        while True:
            with suppress(Empty):
                self._bell.get(timeout=rest_s)
                while not self._bell.empty():
                    self._bell.get_nowait()
            with self._lock:
                end, last = len(self._entries), self._closing
            rest_s = self._turn(end)
            if last and self._done():
                return

    def _done(self) -> bool:
        """Whether a closing writer may stop: everything was attempted at least once."""
        with self._lock:
            if not self._closing or len(self._entries) > self._tried:
                self._bell.put(None)
                return False
            for segment in self._segments:
                segment.close()
            self._thread = None
            return True

    def _turn(self, end: int) -> float:
        """One look at the work; returns how many seconds to rest when nothing new comes."""
        self._busy_since = time.monotonic()
        try:
            return self._save(end) if end else self._pace.check_s
        finally:
            self._busy_since = None
            self._tried = end

    def _save(self, end: int) -> float:
        reason = ""
        if self._segments:
            try:
                self._extend(end)
            except OSError as problem:
                self._leave(problem)
                reason = _reason(problem)
            else:
                self._settle(end, self._standing)
                if self._rank == 0:
                    return self._pace.check_s
                wait_s = self._climb_at - time.monotonic()
                if wait_s > 0:
                    return wait_s
        return self._climb(end, reason)

    def _extend(self, end: int) -> None:
        """Bring the newest segment up to `end`, or look whether all are as they were left."""
        newest = self._segments[-1]
        if end == self._written:
            for segment in self._segments:
                segment.check()
        elif not newest.open or newest.size > ROLL_AT:
            newest.close()
            self._publish(self._rank, self._written, end, b"")
        else:
            newest.add(self._bytes(self._written, end), settle_folder=False)
            self._written = end

    def _leave(self, problem: OSError) -> None:
        for segment in self._segments:
            segment.close()
        with self._lock:
            self._segments = []
            self._written = 0
        text = f"The log file could not be kept ({_reason(problem)}); a new one was begun."
        self._tell(Trouble("moved", text, place=str(problem.filename or "")))

    def _climb(self, end: int, reason: str) -> float:
        """Write the whole run anew to the best place that takes it, none worse than where it is now."""
        for rank in range(len(self._places)):
            if self._segments and rank == self._rank:
                self._climb_at = time.monotonic() + self._pace.retry_s
                return self._pace.retry_s
            try:
                self._publish(rank, 0, end, self._first() if rank == 0 else b"")
            except OSError as problem:
                reason = _reason(problem) if rank == 0 else reason
                continue
            self._rank = rank
            self._climb_at = time.monotonic() + self._pace.retry_s
            self._standing = WELL if rank == 0 else self._second_place(rank, reason)
            self._settle(end, self._standing)
            return self._pace.check_s if rank == 0 else self._pace.retry_s
        self._say_unsaved(reason)
        return self._pace.retry_s

    def _publish(self, rank: int, begin: int, end: int, first: bytes) -> None:
        """Write entries to new segments of a place. Either all of it is safe, or an OSError is raised."""
        made: list[Segment] = []
        try:
            for start, stop in self._portions(begin, end):
                segment, number = Segment.create(self._places[rank], self._segment_name(), self._number)
                made.append(segment)
                self._number = number + 1
                data = self._bytes(start, stop)
                segment.add(first + data if start == begin else data, settle_folder=True)
        except OSError:
            self._drop(made)
            raise
        if self._leftover is not None:
            disk.remove(self._leftover.path)
            self._leftover = None
        for segment in made[:-1]:
            segment.close()
        if not begin:
            for segment in self._segments:
                segment.close()
        with self._lock:
            self._segments = [*self._segments, *made] if begin else made
            self._written = end

    def _drop(self, made: list[Segment]) -> None:
        """Clear up after a failed attempt. The newest attempt stays, it may hold more than memory will."""
        for segment in made:
            segment.close()
        for segment in made[:-1]:
            disk.remove(segment.path)
        if made:
            if self._leftover is not None:
                disk.remove(self._leftover.path)
            self._leftover = made[-1]

    def _portions(self, begin: int, end: int) -> list[tuple[int, int]]:
        portions, start, size = [], begin, 0
        for index in range(begin, end):
            size += len(self._entries[index].block)
            if size > ROLL_AT:
                portions.append((start, index + 1))
                start, size = index + 1, 0
        if start < end or not portions:
            portions.append((start, end))
        return portions

    def _bytes(self, begin: int, end: int) -> bytes:
        return b"".join(b"\n" + entry.block for entry in self._entries[begin:end])

    def _segment_name(self) -> str:
        if not self._name:
            self._name = self._stem()
        return self._name

    # ------------------------------------------------------------ telling

    def _settle(self, end: int, trouble: Trouble) -> None:
        """Acknowledge everything up to `end`."""
        with self._lock:
            safe = tuple(entry.id for entry in self._entries[self._saved : end] if entry.id)
            self._saved = max(self._saved, end)
            if self._waiting:
                self._changed.notify_all()
        self._tell(trouble)
        if safe:
            self._on_saved(safe)

    def _tell(self, trouble: Trouble) -> None:
        if trouble is not self._trouble and trouble != self._trouble:
            self._trouble = trouble
            self._on_trouble(trouble)

    def _say_unsaved(self, reason: str) -> None:
        with self._lock:
            count = len(self._entries) - self._saved
        if count:
            noun = "note is" if count == 1 else "notes are"
            text = f"{count} {noun} NOT SAVED ({reason}); trying again every {self._pace.retry_s:g} seconds."
        else:
            text = f"The log can't be written ({reason}); what is written next may not be saved."
        self._tell(Trouble("unsaved", text, count, str(self._places[0])))

    def _second_place(self, rank: int, reason: str) -> Trouble:
        place = str(self._places[rank])
        text = f"The records folder can't be written ({reason or 'no answer'}); notes are saved in {place}."
        return Trouble("second-place", text, place=place)

    # ------------------------------------------------------------ the watchdog

    def _watch(self) -> None:
        """Look a few times within the patience whether the writer hangs; save elsewhere while it does."""
        rescue: Segment | None = None
        rescued = 0
        while not self._stop_watch.wait(self._pace.patience_s / 3):
            since = self._busy_since
            if since is None or time.monotonic() - since < self._pace.patience_s:
                if rescue is not None:
                    rescue.close()
                    rescue = None
                continue
            rescue, rescued = self._rescue(rescue, rescued)

    def _rescue(self, rescue: Segment | None, rescued: int) -> tuple[Segment | None, int]:
        with self._lock:
            end, unsaved = len(self._entries), len(self._entries) - self._saved
        if not unsaved:
            return rescue, rescued
        if len(self._places) < 2:
            self._tell(Trouble("slow", f"The disk does not answer; {unsaved} not yet saved.", unsaved))
            return None, 0
        try:
            fresh = rescue is None
            if rescue is None:
                rescue, _ = Segment.create(self._places[1], f"{self._segment_name()}-rescue", 1)
                rescued = 0
            rescue.add(self._bytes(rescued, end), settle_folder=fresh)
        except OSError:
            if rescue is not None:
                rescue.close()
            self._tell(Trouble("slow", f"The disk does not answer; {unsaved} not yet saved.", unsaved))
            return None, 0
        place = str(self._places[1])
        text = f"The disk does not answer; notes are saved in {place} meanwhile."
        self._settle(end, Trouble("slow", text, place=place))
        return rescue, end


def _reason(problem: OSError) -> str:
    return (problem.strerror or str(problem)).lower()

"""How long an acknowledged note takes, beside a bare write and flush of the same bytes on the same disk.

Prints the medians in microseconds and their ratio (wanted: at most 1.5), then how long logs take to open
(wanted: 2,000 events in 200 files within 0.5 s, 10,000 events within 1.5 s).
"""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from queue import SimpleQueue

from facilitator_tui.core.events import CaptureAdded, Event
from facilitator_tui.store import disk
from facilitator_tui.store.block import encode
from facilitator_tui.store.journal import Journal

ROUNDS = 400
AT = datetime(2026, 5, 12, 19, 3, 10, tzinfo=UTC)


def note(number: int) -> CaptureAdded:
    text = f"Evidence is needed, but learning as well ({number})"
    return CaptureAdded(raw=f"= {text} #impact @ana", text=text, type="takeaway", tags=("impact",), by=("ana",))


def event(number: int) -> Event:
    stamp = f"2026-05-12T19:{number // 60000:02d}:{number // 1000 % 60:02d}.{number % 1000:03d}Z-0000-other"
    return Event(f"01982f3a-7b1c-7d2e-9a41-{number:012d}", number, stamp, AT, note(number))


class Clocked:
    """A journal whose acknowledgements are clocked at the instant they are given."""

    def __init__(self, folder: Path) -> None:
        self.journal = Journal(folder, device="k7x2m", on_saved=self._saved)
        self._told: SimpleQueue[float] = SimpleQueue()

    def _saved(self, ids: tuple[str, ...]) -> None:
        self._told.put(time.perf_counter())

    def append(self, number: int) -> float:
        began = time.perf_counter()
        self.journal.append([note(number)], AT)
        return self._told.get() - began


def bare(fd: int, block: bytes) -> float:
    began = time.perf_counter()
    os.write(fd, block)
    disk.sync(fd)
    return time.perf_counter() - began


def compare(home: Path) -> tuple[float, float]:
    """Medians of both in seconds, measured in turns so that a busy disk is busy for both."""
    clocked = Clocked(home / "records" / "tue")
    fd = disk.create(home / "bare.toml")
    block = encode(event(1))
    clocked.append(0)
    ours: list[float] = []
    theirs: list[float] = []
    for number in range(ROUNDS):
        # Whoever comes second finds the disk's journal freshly written, so each comes first every other time.
        if number % 2:
            theirs.append(bare(fd, block))
        ours.append(clocked.append(number))
        if not number % 2:
            theirs.append(bare(fd, block))
    os.close(fd)
    clocked.journal.close()
    return statistics.median(ours), statistics.median(theirs)


def opened(home: Path, events: int, files: int) -> float:
    """Seconds to load a log, the best of three."""
    folder = home / f"{events}-{files}"
    (folder / "log").mkdir(parents=True)
    for number in range(files):
        blocks = (encode(event(one)) for one in range(number, events, files))
        (folder / "log" / f"{number:03d}.toml").write_bytes(b"\n".join(blocks))
    times = []
    for _ in range(3):
        began = time.perf_counter()
        loaded = Journal(folder, device="k7x2m").load()
        times.append(time.perf_counter() - began)
        assert len(loaded.events) == events
    return min(times)


def main() -> None:
    with tempfile.TemporaryDirectory(dir=Path(__file__).parent) as home:
        ours, theirs = compare(Path(home))
        print(f"append and acknowledge  {ours * 1e6:7.0f} µs")
        print(f"bare write and flush    {theirs * 1e6:7.0f} µs")
        print(f"ratio                   {ours / theirs:7.2f}")
        print(f"open 2,000 in 200 files {opened(Path(home), 2000, 200):7.2f} s")
        print(f"open 10,000 in 1 file   {opened(Path(home), 10000, 1):7.2f} s")


if __name__ == "__main__":
    main()

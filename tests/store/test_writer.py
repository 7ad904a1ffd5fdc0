"""Acknowledged means on the medium, whatever the disk answers: every system call goes through a double."""

from __future__ import annotations

import errno
import itertools
import os
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from facilitator_tui.core.events import CaptureAdded
from facilitator_tui.store import disk
from facilitator_tui.store.journal import Journal, Pace, Trouble

AT = datetime(2026, 5, 12, 19, 3, 10, tzinfo=UTC)
QUICK = Pace(retry_s=0.005, check_s=0.005, patience_s=30)
LONG_S = 20.0
WATCHED = ("open", "write", "fsync", "close", "replace", "mkdir", "unlink")


class Double:
    """Stands in for `os` in the disk module: models what a power cut would leave, and refuses on demand.

    A file's bytes are kept once it was flushed; a name is kept once its folder was flushed after it was made.
    """

    def __init__(self, refuse: Callable[[str, int], int | None] = lambda name, number: None) -> None:
        self._refuse = refuse
        self._lock = threading.RLock()
        self.counts = dict.fromkeys(WATCHED, 0)
        self.paths: dict[int, Path] = {}
        self.opened: set[int] = set()
        self.content: dict[Path, bytes] = {}
        self.flushed: dict[Path, bytes] = {}
        self.unsettled: set[Path] = set()
        self.failed: set[int] = set()
        self.flushed_again: list[int] = []
        self.gate: threading.Event | None = None

    def __getattr__(self, name: str) -> Any:
        return getattr(os, name)

    def _called(self, name: str) -> None:
        with self._lock:
            self.counts[name] += 1
            number = self._refuse(name, self.counts[name])
        if number is not None:
            raise OSError(number, os.strerror(number))

    def open(self, path: Path, flags: int, mode: int = 0o777) -> int:
        self._called("open")
        fd = os.open(path, flags, mode)
        with self._lock:
            self.paths[fd] = Path(path)
            self.opened.add(fd)
            self.failed.discard(fd)
            if flags & os.O_CREAT:
                self.content[Path(path)] = b""
                self.unsettled.add(Path(path))
        return fd

    def write(self, fd: int, data: bytes) -> int:
        self._called("write")
        short = os.write(fd, bytes(data)[: max(1, len(data) // 2)])
        with self._lock:
            self.content[self.paths[fd]] += bytes(data)[:short]
        return short

    def fsync(self, fd: int) -> None:
        if self.gate is not None:
            self.gate.wait(LONG_S)
        if fd in self.failed:
            self.flushed_again.append(fd)
        try:
            self._called("fsync")
        except OSError:
            self.failed.add(fd)
            raise
        os.fsync(fd)
        with self._lock:
            path = self.paths[fd]
            if path in self.content:
                self.flushed[path] = self.content[path]
            self.unsettled = {one for one in self.unsettled if one.parent != path}

    def close(self, fd: int) -> None:
        self.opened.discard(fd)
        os.close(fd)
        self._called("close")

    def mkdir(self, path: Path, mode: int) -> None:
        self._called("mkdir")
        os.mkdir(path, mode)
        self.unsettled.add(Path(path))

    def replace(self, source: Path, target: Path) -> None:
        self._called("replace")
        os.replace(source, target)

    def unlink(self, path: Path) -> None:
        self._called("unlink")
        os.unlink(path)

    def recover(self) -> None:
        self._refuse = lambda name, number: None

    def survives(self, text: bytes) -> bool:
        """Whether a power cut now would leave this text in a file that can be found."""
        with self._lock:
            return any(
                text in content and not any(place in self.unsettled for place in [path, *path.parents])
                for path, content in self.flushed.items()
            )


class Call:
    """A journal on the double, and everything it said."""

    def __init__(self, home: Path, double: Double, *, second: bool = True, pace: Pace = QUICK) -> None:
        self.double = double
        self.told: list[Trouble] = []
        self.acknowledged: list[str] = []
        self.too_early: list[str] = []
        self.changed = threading.Condition()
        self.folder = home / "records" / "tue"
        self.fallback = home / "state" / "tue" if second else None
        self.journal = Journal(
            self.folder,
            device="k7x2m",
            fallback=self.fallback,
            on_saved=self._saved,
            on_trouble=self._trouble,
            pace=pace,
        )

    def _saved(self, ids: tuple[str, ...]) -> None:
        with self.changed:
            self.acknowledged += ids
            self.too_early += [id for id in ids if not self.double.survives(id.encode())]
            self.changed.notify_all()

    def _trouble(self, trouble: Trouble) -> None:
        with self.changed:
            self.told.append(trouble)
            self.changed.notify_all()

    def note(self, text: str) -> str:
        return self.journal.append([CaptureAdded(raw=text, text=text)], AT)[0].id

    def until_told(self, kind: str, unsaved: int = 0) -> Trouble:
        def heard() -> bool:
            return any(one.kind == kind and one.unsaved >= unsaved for one in self.told)

        with self.changed:
            assert self.changed.wait_for(heard, LONG_S), self.told
            return next(one for one in reversed(self.told) if one.kind == kind)

    def read_back(self) -> set[str]:
        """What a later run finds, on a disk that has recovered."""
        self.double.recover()
        fresh = Journal(self.folder, device="other", fallback=self.fallback)
        return {event.id for event in fresh.load().events}


@pytest.fixture
def start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Call]:
    def begin(refuse: Callable[[str, int], int | None] = lambda name, number: None, **more: Any) -> Call:
        double = Double(refuse)
        monkeypatch.setattr(disk, "os", double)
        return Call(tmp_path, double, **more)

    return begin


def test_nothing_is_acknowledged_before_its_bytes_its_folder_and_new_parents_are_flushed(
    start: Callable[..., Call],
) -> None:
    call = start()
    ids = []
    for number in range(8):
        ids.append(call.note(f"note {number}"))
        if number % 3 == 0:
            assert call.journal.wait_saved(LONG_S)
    assert call.journal.wait_saved(LONG_S)
    call.journal.close()
    assert call.acknowledged == ids
    assert call.too_early == []


def test_queued_notes_share_one_flush(start: Callable[..., Call]) -> None:
    call = start()
    call.note("first")
    assert call.journal.wait_saved(LONG_S)
    call.double.gate = threading.Event()
    before = call.double.counts["fsync"]
    for number in range(50):
        call.note(f"note {number}")
    call.double.gate.set()
    assert call.journal.wait_saved(LONG_S)
    call.journal.close()
    assert call.double.counts["fsync"] - before <= 2


ERRORS = (errno.EIO, errno.ENOSPC, errno.EACCES)
CASES = list(itertools.product(WATCHED, (1, 2, 3, 5, 8), (False, True)))


@pytest.mark.parametrize(("name", "nth", "lasting"), CASES)
def test_no_failing_call_loses_what_was_acknowledged_or_hides_what_was_not(
    start: Callable[..., Call], name: str, nth: int, lasting: bool
) -> None:
    number = ERRORS[nth % 3]

    def refuse(called: str, count: int) -> int | None:
        return number if called == name and (count >= nth if lasting else count == nth) else None

    call = start(refuse)
    ids = [call.note("first")]
    call.journal.wait_saved(0.05 if lasting else LONG_S)
    ids += [call.note(f"note {count}") for count in range(4)]
    saved = call.journal.wait_saved(0.05 if lasting else LONG_S)
    call.journal.close(LONG_S)
    left = [event.id for event in call.journal.unsaved()]
    assert saved or lasting
    assert call.too_early == []
    assert call.double.flushed_again == []
    assert set(call.acknowledged) <= call.read_back()
    assert sorted([*call.acknowledged, *left]) == sorted(ids)
    if left:
        assert call.journal.trouble.kind == "unsaved"
        assert "NOT SAVED" in call.journal.trouble.text


def test_a_failed_flush_means_a_new_segment_with_all_of_the_run(start: Callable[..., Call]) -> None:
    failing = threading.Event()

    def refuse(called: str, count: int) -> int | None:
        if called == "fsync" and failing.is_set():
            failing.clear()
            return errno.EIO
        return None

    call = start(refuse)
    first = call.note("first")
    assert call.journal.wait_saved(LONG_S)
    failing.set()
    second = call.note("second")
    assert call.journal.wait_saved(LONG_S)
    call.journal.close()
    segments = sorted((call.folder / "log").iterdir())
    assert len(segments) == 2
    newest = segments[-1].read_bytes()
    assert first.encode() in newest
    assert second.encode() in newest
    assert call.told[0].kind == "moved"
    assert call.journal.trouble.kind == "well"


def full_disk(call_open: threading.Event, only_in: str = "records") -> Callable[[Double], None]:
    """Makes writes below a folder fail while the event is set."""

    def arm(double: Double) -> None:
        write = double.write

        def refusing(fd: int, data: bytes) -> int:
            if call_open.is_set() and only_in in str(double.paths[fd]):
                raise OSError(errno.ENOSPC, "No space left on device")
            return write(fd, data)

        double.write = refusing  # type: ignore[method-assign]

    return arm


def test_a_full_disk_sends_notes_to_the_second_place_and_home_again(start: Callable[..., Call]) -> None:
    call = start()
    full = threading.Event()
    full_disk(full)(call.double)
    full.set()
    ids = [call.note(f"note {count}") for count in range(3)]
    trouble = call.until_told("second-place")
    assert str(call.fallback) in trouble.text
    assert call.journal.wait_saved(LONG_S)
    assert call.too_early == []
    full.clear()
    call.until_told("well")
    call.journal.close()
    home = Journal(call.folder, device="other").load()
    assert [event.id for event in home.events] == ids


def test_six_hundred_notes_on_a_full_disk_are_all_there_when_space_is_back(
    start: Callable[..., Call],
) -> None:
    call = start(second=False)
    full = threading.Event()
    full_disk(full)(call.double)
    full.set()
    ids = [call.note(f"note {count}") for count in range(600)]
    trouble = call.until_told("unsaved", unsaved=600)
    assert trouble.text.startswith("600 notes are NOT SAVED (no space left on device)")
    assert [event.id for event in call.journal.unsaved()] == ids
    full.clear()
    assert call.journal.wait_saved(LONG_S)
    call.journal.close()
    assert call.read_back() == set(ids)
    assert call.too_early == []
    assert len(list((call.folder / "log").iterdir())) <= 2


@pytest.mark.parametrize("harm", ["delete", "shorten", "lengthen", "replace", "remove-folder"])
def test_a_segment_that_somebody_harmed_is_written_again(start: Callable[..., Call], harm: str) -> None:
    call = start()
    ids = [call.note(f"note {count}") for count in range(3)]
    assert call.journal.wait_saved(LONG_S)
    (segment,) = (call.folder / "log").iterdir()
    if harm == "delete":
        segment.unlink()
    elif harm == "shorten":
        os.truncate(segment, 10)
    elif harm == "lengthen":
        segment.write_bytes(segment.read_bytes() + b"# hello\n")
    elif harm == "replace":
        other = segment.with_suffix(".new")
        other.write_bytes(segment.read_bytes())
        other.replace(segment)
    else:
        segment.rename(call.folder.parent / "stolen")
        (call.folder / "log").rmdir()
    call.until_told("moved")
    call.until_told("well")
    call.journal.close()
    assert call.read_back() == set(ids)


def test_a_hanging_disk_is_told_and_notes_are_saved_in_the_second_place_meanwhile(
    start: Callable[..., Call],
) -> None:
    call = start(pace=Pace(retry_s=0.01, check_s=0.01, patience_s=0.03))
    gate = threading.Event()
    fsync = call.double.fsync

    def hanging(fd: int) -> None:
        if "records" in str(call.double.paths[fd]):
            gate.wait(LONG_S)
        fsync(fd)

    call.double.fsync = hanging  # type: ignore[method-assign]
    ids = [call.note("one"), call.note("two")]
    assert call.journal.wait_saved(LONG_S)
    call.until_told("slow")
    ids.append(call.note("three"))
    assert call.journal.wait_saved(LONG_S)
    assert call.too_early == []
    gate.set()
    call.until_told("well")
    call.journal.close(LONG_S)
    assert call.read_back() == set(ids)
    assert sorted(call.acknowledged) == sorted(ids)


def test_a_hanging_disk_without_a_second_place_is_told(start: Callable[..., Call]) -> None:
    call = start(second=False, pace=Pace(retry_s=0.01, check_s=0.01, patience_s=0.03))
    call.double.gate = threading.Event()
    call.note("one")
    trouble = call.until_told("slow")
    assert trouble.unsaved == 1
    assert call.acknowledged == []
    call.double.gate.set()
    assert call.journal.wait_saved(LONG_S)
    call.journal.close(LONG_S)


def test_what_an_earlier_run_left_in_the_second_place_comes_home_with_the_next_note(
    start: Callable[..., Call],
) -> None:
    call = start()
    full = threading.Event()
    full_disk(full)(call.double)
    full.set()
    stranded = call.note("stranded")
    assert call.journal.wait_saved(LONG_S)
    call.journal.close(LONG_S)
    full.clear()
    later = Journal(call.folder, device="k7x2m", fallback=call.fallback)
    assert [event.id for event in later.load().events] == [stranded]
    (new,) = later.append([CaptureAdded(raw="new", text="new")], AT)
    assert later.wait_saved(LONG_S)
    later.close()
    home = Journal(call.folder, device="other").load()
    assert {event.id for event in home.events} == {stranded, new.id}


def test_a_closed_writer_starts_again_with_the_next_note(start: Callable[..., Call]) -> None:
    call = start()
    ids = [call.note("before")]
    assert call.journal.close(LONG_S)
    ids.append(call.note("after"))
    assert call.journal.close(LONG_S)
    assert call.read_back() == set(ids)


def test_a_long_run_spreads_over_several_segments(start: Callable[..., Call], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("facilitator_tui.store.writer.ROLL_AT", 2000)
    call = start()
    ids = []
    for count in range(30):
        ids.append(call.note(f"note {count}"))
        assert call.journal.wait_saved(LONG_S)
    call.journal.close(LONG_S)
    segments = list((call.folder / "log").iterdir())
    assert len(segments) > 2
    assert all(segment.stat().st_size < 4000 for segment in segments)
    assert call.read_back() == set(ids)


@pytest.mark.skipif(os.name != "posix", reason="modes are a matter of POSIX")
@pytest.mark.parametrize("mask", [0, 0o077, 0o777])
def test_notes_are_readable_by_their_owner_only_whatever_the_umask(tmp_path: Path, mask: int) -> None:
    before = os.umask(mask)
    try:
        journal = Journal(tmp_path / "records" / "tue", device="k7x2m")
        journal.append([CaptureAdded(raw="x", text="x")], AT)
        assert journal.close(LONG_S)
    finally:
        os.umask(before)
    for place in [tmp_path / "records", *(tmp_path / "records").rglob("*")]:
        assert place.stat().st_mode & 0o777 == (0o700 if place.is_dir() else 0o600), place


def test_a_long_stay_in_the_second_place_keeps_one_descriptor_open(start: Callable[..., Call]) -> None:
    call = start()
    full = threading.Event()
    full_disk(full)(call.double)
    for _ in range(5):
        full.set()
        call.note("away")
        call.until_told("second-place")
        assert call.journal.wait_saved(LONG_S)
        call.told.clear()
        full.clear()
        call.until_told("well")
        call.told.clear()
    assert len([fd for fd in call.double.opened if call.double.paths[fd].suffix == ".toml"]) <= 1
    call.journal.close(LONG_S)

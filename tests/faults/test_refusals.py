"""Proofs 4 and 5: every system call refused in every way, and the order in which the others are made."""

from __future__ import annotations

import errno
import itertools
import random
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from facilitator_tui.store import disk
from faults.measure import LONG, figure, needs
from store.test_writer import LONG_S, WATCHED, Call, Double

ERRORS = (errno.EIO, errno.ENOSPC, errno.EACCES)
CASES = list(itertools.product(WATCHED, ERRORS, (False, True), range(1, 16)))
SHORT_CASES = 40
WEEK = Path(__file__).parents[2] / "sessions.toml"


def chosen() -> list[tuple[str, int, bool, int]]:
    return CASES if LONG else random.Random(4).sample(CASES, SHORT_CASES)


def refused(home: Path, monkeypatch: pytest.MonkeyPatch, case: tuple[str, int, bool, int]) -> tuple[int, int]:
    """One call with one refusal; how many events were acknowledged, and how many told as not saved."""
    name, number, lasting, nth = case

    def refuse(called: str, count: int) -> int | None:
        return number if called == name and (count >= nth if lasting else count == nth) else None

    double = Double(refuse)
    monkeypatch.setattr(disk, "os", double)
    call = Call(home, double)
    ids = []
    for part in range(3):
        ids += [call.note(f"note {part}.{count}") for count in range(2)]
        call.journal.wait_saved(0.03 if lasting else LONG_S)
    call.journal.close(LONG_S)
    left = [event.id for event in call.journal.unsaved()]
    monkeypatch.setattr(disk, "os", double)
    assert call.too_early == [], case
    assert double.flushed_again == [], case
    assert set(call.acknowledged) <= call.read_back(), case
    assert sorted([*call.acknowledged, *left]) == sorted(ids), case
    assert lasting or not left, case
    if left:
        assert call.journal.trouble.kind == "unsaved", case
        assert "NOT SAVED" in call.journal.trouble.text, case
    return len(call.acknowledged), len(left)


def test_no_refused_call_loses_what_was_acknowledged_or_hides_what_was_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cases = chosen()
    results = [refused(tmp_path / str(number), monkeypatch, case) for number, case in enumerate(cases)]
    safe, told = (sum(column) for column in zip(*results, strict=True))
    figure(4, f"{len(cases)} ways of refusing: {safe} acknowledged, 0 lost, {told} told as not saved")


STRACE = re.compile(r"^(?:\[pid\s+)?(\d+)\]?\s+(\w+)\((.*)\)\s+= (-?\d+)(?:<(.*?)>)?")


def traced(home: Path, *options: str) -> tuple[list[tuple[str, str, int]], str]:
    """`capture -` with three lines under strace: (call, arguments, result) of each, and what it printed."""
    shutil.copy(WEEK, home / "sessions.toml")
    out = home / "trace"
    command = ["strace", "-f", "-y", "-s", "120", "-o", str(out), "-e", "trace=openat,write,fsync,fdatasync,mkdir"]
    words = [sys.executable, "-m", "facilitator_tui", "capture", "-", "--session", "tue"]
    done = subprocess.run(
        [*command, *options, *words],
        cwd=home,
        input=b"= one\n= two\n= three\n",
        capture_output=True,
        timeout=120,
        check=False,
    )
    calls = []
    for line in out.read_text(errors="replace").splitlines():
        found = STRACE.match(line)
        if found:
            calls.append((found[2], found[3], int(found[4])))
    return calls, done.stdout.decode() + done.stderr.decode()


def may_trace() -> bool:
    try:
        return subprocess.run(["strace", "-o", "/dev/null", "true"], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


@pytest.fixture
def tracing() -> None:
    if not may_trace():
        pytest.skip("strace may not trace here")


def fd_path(arguments: str) -> str:
    found = re.match(r"\d+<([^>]*)>", arguments)
    return found[1] if found else ""


@needs("strace")
def test_an_id_is_printed_only_after_its_bytes_its_folder_and_every_new_parent_were_flushed(
    tmp_path: Path, tracing: None
) -> None:
    calls, printed = traced(tmp_path)
    ids = re.findall(r"^[0-9a-f-]{36}$", printed, re.MULTILINE)
    assert len(ids) == 3
    dirty: dict[str, bool] = {}
    unsettled: dict[str, str] = {}
    acknowledged = 0
    for name, arguments, result in calls:
        quoted = re.findall(r'"([^"]*)"', arguments)
        new_file = name == "openat" and "O_EXCL" in arguments and "/log/" in arguments
        if result >= 0 and (name == "mkdir" or new_file):
            path = str(tmp_path / quoted[0])
            unsettled[path] = str(Path(path).parent)
        elif name == "write" and "/log/" in fd_path(arguments):
            dirty[fd_path(arguments)] = True
        elif name in {"fsync", "fdatasync"} and result == 0:
            dirty.pop(fd_path(arguments), None)
            unsettled = {path: parent for path, parent in unsettled.items() if parent != fd_path(arguments)}
        elif name == "write" and any(id in arguments for id in ids) and "/log/" not in arguments:
            acknowledged += 1
            assert not dirty
            assert not [path for path in unsettled if str(tmp_path / "records") in path]
    assert acknowledged == 3
    figure(5, f"strace: {acknowledged} acknowledgements, each behind the flush of file, folder and new parents")


@needs("strace")
def test_a_descriptor_whose_flush_failed_is_never_flushed_again(tmp_path: Path, tracing: None) -> None:
    failures = 0
    for nth in (4, 5, 9, 10):
        home = tmp_path / str(nth)
        home.mkdir()
        calls, printed = traced(home, "-e", f"inject=fsync:error=EIO:when={nth}")
        failed: set[str] = set()
        for name, arguments, result in calls:
            if name == "fsync" and "/log/" in fd_path(arguments):
                assert fd_path(arguments) not in failed, "flushed again"
                failed |= {fd_path(arguments)} if result < 0 else set()
        failures += len(failed)
        assert "Traceback" not in printed
        assert len(re.findall(r"^[0-9a-f-]{36}$", printed, re.MULTILINE)) == 3
    figure(5, f"strace: {failures} flushes of segments refused by the kernel, none of those descriptors flushed again")
    assert failures

"""Proof 7: a disk that is really full. 600 notes are there when space is back."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from facilitator_tui.core.events import CaptureAdded
from facilitator_tui.store.journal import Journal, Pace
from faults.measure import figure, posix

pytestmark = posix
AT = datetime(2026, 5, 12, 19, 3, 10, tzinfo=UTC)
NOTES = 600
LONG_S = 30.0


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 64 KiB."""
    place = tmp_path / "small"
    place.mkdir()
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(place)], capture_output=True, check=False
    )
    if done.returncode:
        pytest.skip("no right to mount a small file system here")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def test_on_a_full_tmpfs_of_64_kib_all_600_notes_are_there_when_space_is_back(small_disk: Path) -> None:
    journal = Journal(small_disk / "tue", device="k7x2m", pace=Pace(retry_s=0.05, check_s=0.05))
    ids = [journal.append([CaptureAdded("x" * 200, f"note {n}")], AT)[0].id for n in range(NOTES)]
    assert not journal.wait_saved(1.0)
    assert journal.trouble.kind == "unsaved"
    assert "NOT SAVED" in journal.trouble.text
    unsaved = len(journal.unsaved())
    subprocess.run(["mount", "-o", "remount,size=4m", str(small_disk)], check=True)
    assert journal.wait_saved(LONG_S)
    assert journal.close()
    found = {event.id for event in Journal(small_disk / "tue", device="other").load().events}
    figure(
        7, f"full 64 KiB tmpfs: {unsaved} in memory meanwhile, {len(found & set(ids))} of {NOTES} when space is back"
    )
    assert found == set(ids)


LIMITED = """
import json, resource, sys, threading
from datetime import UTC, datetime
from pathlib import Path
from facilitator_tui.core.events import CaptureAdded
from facilitator_tui.store.journal import Journal, Pace

AT = datetime(2026, 5, 12, 19, 3, 10, tzinfo=UTC)
notes = int(sys.argv[2])
hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
resource.setrlimit(resource.RLIMIT_FSIZE, (64 << 10, hard))
journal = Journal(Path(sys.argv[1]), device="k7x2m", pace=Pace(retry_s=0.05, check_s=0.05))
ids = [journal.append([CaptureAdded("x" * 200, f"note {n}")], AT)[0].id for n in range(notes)]
early = journal.wait_saved(1.0)
kind, unsaved = journal.trouble.kind, len(journal.unsaved())
resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
assert journal.wait_saved(30)
journal.close()
print(json.dumps({"ids": ids, "early": early, "kind": kind, "unsaved": unsaved}))
"""


def test_under_a_limit_of_64_kib_a_file_all_600_notes_are_there_when_it_is_lifted(tmp_path: Path) -> None:
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, str(tmp_path / "tue"), str(NOTES)],
        capture_output=True,
        text=True,
        timeout=120,
        env={**os.environ},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    found = {event.id for event in Journal(tmp_path / "tue", device="other").load().events}
    lasted = time.monotonic() - began
    figure(7, f"RLIMIT_FSIZE: {told['unsaved']} in memory meanwhile, {len(found)} of {NOTES} after, {lasted:.1f} s")
    assert (told["early"], told["kind"]) == (False, "unsaved")
    assert found == set(told["ids"])

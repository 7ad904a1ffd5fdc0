"""Proof 9: other processes, other people's sync tools, and what else may lie in a log folder."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from facilitator_tui.core.events import CaptureAdded, Event
from facilitator_tui.store.block import encode
from facilitator_tui.store.journal import Journal
from faults.measure import figure, posix

AT = datetime(2026, 5, 12, 19, 3, 10, tzinfo=UTC)
PROCESSES, APPENDS = 6, 200
SECONDS, BYTES = 2.0, 512 << 20

APPENDING = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from facilitator_tui.core.events import CaptureAdded
from facilitator_tui.store.journal import Journal

journal = Journal(Path(sys.argv[1]), device="k7x2m")
AT = datetime(2026, 5, 12, 19, 3, 10, tzinfo=UTC)
for number in range(int(sys.argv[2])):
    print(journal.append([CaptureAdded("x", f"{sys.argv[3]} {number}")], AT)[0].id)
    journal.wait_saved(30)
assert journal.close(30)
"""

READING = """
import json, resource, sys, time
from pathlib import Path
from facilitator_tui.store.doctor import examine

began = time.process_time()  # what others do on this machine does not count
report = examine(Path(sys.argv[1]))
lasted = time.process_time() - began
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
print(json.dumps({"events": report.events, "seconds": lasted, "bytes": peak, "damaged": len(report.damage),
                  "foreign": len(report.foreign)}))
"""

COPIES = (
    "{stem}.sync-conflict-20260512-190311-ABCDEFG.toml",  # Syncthing
    "{stem} (conflicted copy 2026-05-12 190311).toml",  # Nextcloud, ownCloud
    "{stem} (Ana's conflicted copy 2026-05-12).toml",  # Dropbox
    "{stem}-ANAS-LAPTOP.toml",  # OneDrive
    "{stem} (1).toml",  # Google Drive
    "{stem}_Conflict.toml",  # pCloud, Box
    "{stem} 2.toml",  # iCloud Drive
    "{stem}.orig.toml",  # a merge of git or Mercurial
)


def event(number: int) -> Event:
    stamp = f"2026-05-12T19:03:11.{number:03d}Z-0000-other"
    return Event(f"id-{number:04d}", number, stamp, AT, CaptureAdded("x", f"note {number}"))


def test_six_processes_that_append_at_once_lose_nothing(tmp_path: Path) -> None:
    command = [sys.executable, "-c", APPENDING, str(tmp_path), str(APPENDS)]
    running = [subprocess.Popen([*command, str(one)], stdout=subprocess.PIPE) for one in range(PROCESSES)]
    told = [one.communicate(timeout=120)[0].decode().split() for one in running]
    assert [one.returncode for one in running] == [0] * PROCESSES
    ids = {id for printed in told for id in printed}
    found = Journal(tmp_path, device="other").load()
    figure(9, f"{PROCESSES} processes × {APPENDS} appends: {len(ids)} acknowledged, {len(found.events)} found")
    assert len(ids) == PROCESSES * APPENDS
    assert {one.id for one in found.events} == ids
    assert found.damage == ()


@pytest.mark.parametrize("pattern", COPIES)
def test_a_conflict_copy_of_any_vendors_name_is_read_and_counts_once(tmp_path: Path, pattern: str) -> None:
    log = tmp_path / "log"
    log.mkdir()
    ours = log / "20260512T190310Z-k7x2m-01.toml"
    ours.write_bytes(b"".join(b"\n" + encode(event(number)) for number in (1, 2)))
    (log / pattern.format(stem=ours.stem)).write_bytes(b"".join(b"\n" + encode(event(number)) for number in (2, 3)))
    found = Journal(tmp_path, device="other").load()
    assert [one.id for one in found.events] == ["id-0001", "id-0002", "id-0003"]
    assert found.damage == ()


def bomb() -> bytes:
    """A key of 80 kB of dots: a TOML parser that sees it needs half a minute and gigabytes."""
    line = b"text = {" + b".".join([b"a"] * 40_000) + b" = 1}\n"
    return b"\n[[event]]\n" + line + b".".join([b"a"] * 40_000) + b' = 1\ncrc = "00000000"\n'


def harm(log: Path) -> int:
    """Put everything into the folder that should not be there; how many things."""
    os.mkfifo(log / "pipe.toml")
    (log / "loop.toml").symlink_to(log / "loop.toml")
    (log / "outside.toml").symlink_to("/etc/passwd")
    (log / "folder.toml").mkdir()
    closed = log / "closed.toml"
    closed.write_bytes(encode(event(900)))
    closed.chmod(0)
    with open(log / "sparse.toml", "wb") as sparse:
        sparse.truncate(10 << 30)
    (log / "bomb.toml").write_bytes(bomb())
    try:
        os.mknod(log / "device.toml", stat.S_IFCHR | 0o600, os.makedev(1, 5))
    except PermissionError:  # devices are made by root only
        return 7
    return 8


@posix
def test_pipes_devices_links_closed_and_huge_files_and_bombs_cost_little_and_hide_nothing(tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.mkdir()
    (log / "good.toml").write_bytes(b"".join(b"\n" + encode(event(number)) for number in range(20)))
    things = harm(log)
    done = subprocess.run(
        [sys.executable, "-c", READING, str(tmp_path)], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    figure(9, f"{things} hostile files in log/: {told['seconds']:.2f} s, {told['bytes'] >> 20} MiB")
    readable_by_root = 1 if os.geteuid() == 0 else 0
    assert told["events"] == 20 + readable_by_root
    assert told["damaged"] + told["foreign"] >= things - readable_by_root
    assert told["seconds"] < SECONDS
    assert told["bytes"] < BYTES

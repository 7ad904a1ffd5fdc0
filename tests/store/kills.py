"""Kill -9 at random instants, many times: `python tests/store/kills.py [ROUNDS] [--control]`.

Every round forks a writer that appends and tells each id after it was acknowledged, kills it at a random
instant, and looks for every id told. The control writer tells its ids before its bytes reach the system:
it must lose some, or the harness proves nothing. Prints one line of JSON; exits 1 when something was lost.
"""

from __future__ import annotations

import json
import os
import random
import select
import signal
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from facilitator_tui.core.events import CaptureAdded, Event
from facilitator_tui.store.block import encode
from facilitator_tui.store.journal import Journal

AT = datetime(2026, 5, 12, 19, 3, 10, tzinfo=UTC)
LONGEST_S = 0.02


def honest(folder: Path, tell: int) -> None:
    """Appends as fast as it can; ids are told by the writer's thread when they are safe."""

    def told(ids: tuple[str, ...]) -> None:
        os.write(tell, "".join(f"{id}\n" for id in ids).encode())

    journal = Journal(folder, device="k7x2m", on_saved=told)
    journal.load()
    count = 0
    while True:
        count += 1
        journal.append([CaptureAdded(raw="x" * (count % 700), text=f"note {count}")], AT)
        if count % 3 == 0:
            journal.wait_saved(5)


def control(folder: Path, tell: int) -> None:
    """What a careless program does: the bytes stay in a buffer of the process."""
    (folder / "log").mkdir(parents=True, exist_ok=True)
    with open(folder / "log" / f"careless-{os.getpid()}.toml", "wb") as file:
        count = 0
        while True:
            count += 1
            id = f"{os.getpid()}-{count}"
            stamp = f"2026-05-12T19:03:11.123Z-{count % 10000:04d}-k7x2m"
            file.write(encode(Event(id, count, stamp, AT, CaptureAdded(raw="x", text="x"))))
            os.write(tell, f"{id}\n".encode())


def one_round(folder: Path, careless: bool, chance: random.Random) -> list[str]:
    """Fork, listen for a random while, kill; the ids that were told."""
    listen, tell = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(listen)
        (control if careless else honest)(folder, tell)
    os.close(tell)
    heard = b""
    end = time.monotonic() + chance.uniform(0, LONGEST_S)
    if chance.random() < 0.7:
        heard = os.read(listen, 65536)
        end = time.monotonic() + chance.uniform(0, LONGEST_S)
    while (left := end - time.monotonic()) > 0:
        if select.select([listen], [], [], left)[0]:
            heard += os.read(listen, 65536)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    while part := os.read(listen, 65536):
        heard += part
    os.close(listen)
    return heard.decode().split("\n")[:-1]


def main(rounds: int, careless: bool, seed: int = 1) -> dict[str, int]:
    chance = random.Random(seed)
    told: set[str] = set()
    with tempfile.TemporaryDirectory() as home:
        for number in range(rounds):
            told.update(one_round(Path(home) / f"{number // 100}", careless, chance))
        found: set[str] = set()
        wrong = 0
        for folder in Path(home).iterdir():
            loaded = Journal(folder, device="other").load()
            found.update(event.id for event in loaded.events)
            wrong += len(loaded.edited)
    return {"rounds": rounds, "acknowledged": len(told), "lost": len(told - found), "wrong": wrong}


def run_apart(rounds: int, *, careless: bool = False) -> dict[str, int]:
    """`main` in a process of its own: forking is for programs without threads."""
    options = ["--control"] if careless else []
    command = [sys.executable, __file__, str(rounds), *options]
    done = subprocess.run(command, capture_output=True, text=True, timeout=3600, check=False)
    assert done.stdout, done.stderr
    result: dict[str, int] = json.loads(done.stdout)
    return result


if __name__ == "__main__":
    asked = [part for part in sys.argv[1:] if part.isdigit()]
    result = main(int(asked[0]) if asked else 1000, "--control" in sys.argv)
    print(json.dumps(result))
    sys.exit(1 if result["lost"] or result["wrong"] else 0)

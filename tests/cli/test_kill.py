"""Nothing acknowledged is lost: `capture -` killed at random instants, and two writers at once.

FACILITATOR_KILLS sets the number of rounds; the suite makes do with few.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

from cli.commandline import CommandLine, berlin, spawn

KILLS = int(os.environ.get("FACILITATOR_KILLS", "20"))


def dictate(folder: Path, name: str) -> tuple[subprocess.Popen[bytes], threading.Thread]:
    """`capture -`, and somebody typing into it until nobody reads any more."""
    process = subprocess.Popen(
        [sys.executable, "-m", "facilitator_tui", "capture", "-"],
        cwd=folder,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )

    def type_lines() -> None:
        assert process.stdin
        try:
            for n in range(1_000_000):
                process.stdin.write(f"= line {name}-{n} of a call #t{n % 7}\n".encode())
                process.stdin.flush()
        except OSError:
            return

    typist = threading.Thread(target=type_lines, daemon=True)
    typist.start()
    return process, typist


def killed(process: subprocess.Popen[bytes], typist: threading.Thread) -> bytes:
    """Kill -9; what it had still printed. The typist has stopped before the pipe is closed."""
    assert process.stdin
    assert process.stdout
    process.kill()
    printed = process.stdout.read()
    process.wait()
    process.stdout.close()
    typist.join()
    with suppress(OSError):
        process.stdin.close()
    return printed


def kill_one(folder: Path, name: str, chance: random.Random) -> list[str]:
    """The ids that a dictation printed whole before it was killed."""
    process, typist = dictate(folder, name)
    assert process.stdout
    printed = b""
    if chance.random() < 0.75:
        printed = process.stdout.readline()
        time.sleep(chance.random() * 0.06)
    else:
        time.sleep(chance.random() * 0.5)
    printed += killed(process, typist)
    whole = printed[: printed.rfind(b"\n") + 1]
    return [line.split()[0] for line in whole.decode().splitlines()]


def test_no_acknowledged_line_is_lost_to_a_kill(x: CommandLine) -> None:
    chance = random.Random(1)
    acknowledged = [name for n in range(KILLS) for name in kill_one(x.folder, str(n), chance)]
    captures = x.captures()
    kept = {one["id"] for one in captures}
    print(f"{KILLS} kills: {len(acknowledged)} lines acknowledged, {len(set(acknowledged) - kept)} lost")
    assert len(acknowledged) > KILLS
    assert len(set(acknowledged)) == len(acknowledged)
    assert not set(acknowledged) - kept
    for one in captures:
        assert one["kind"] == "takeaway"
        assert one["raw"].startswith("= line ")
        assert one["text"].endswith(" of a call")
        assert len(one["tags"]) == 1


def test_an_id_is_printed_as_soon_as_its_line_is_safe_not_at_the_end(x: CommandLine) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "facilitator_tui", "capture", "-"],
        cwd=x.folder,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert process.stdin
    assert process.stdout
    for n in range(3):
        process.stdin.write(f"line {n}\n".encode())
        process.stdin.flush()
        printed = process.stdout.readline().decode().split()[0]
        assert printed == x.captures()[-1]["id"]
    process.stdin.close()
    assert process.wait(timeout=20) == 0
    process.stdout.close()


def test_two_processes_write_at_once_and_both_are_kept(x: CommandLine) -> None:
    x.ok("do", "start", at=berlin("09:00"))
    answers = []
    texts = [[f"{who} {n}" for n in range(40)] for who in ("one", "two")]
    writers = [
        threading.Thread(
            target=lambda lines=lines: answers.append(spawn("capture", "-", folder=x.folder, stdin="\n".join(lines)))
        )
        for lines in texts
    ]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    captures = x.captures()
    printed = {line.split()[0] for answer in answers for line in answer.lines}
    assert [answer.code for answer in answers] == [0, 0]
    assert {one["id"] for one in captures} == printed
    for lines in texts:
        assert [one["text"] for one in captures if one["text"] in lines] == lines
    assert x.ok("doctor").code == 0


def test_an_action_and_a_dictation_at_once_are_both_kept(x: CommandLine) -> None:
    x.ok("do", "start", at=berlin("09:00"))
    process, typist = dictate(x.folder, "long")
    assert process.stdout
    process.stdout.readline()
    x.ok("do", "extend", "+5", at=berlin("09:01"))
    killed(process, typist)
    assert x.status(at=berlin("09:02"))["items"][0]["length"] == 900
    assert x.captures()

"""The harvest at its largest: a week with 10,000 captures in one session, opened, searched and exported.

Three figures, each held against its limit: the list of notes opens, a key of a search is answered, the export of the
week is written. The first two are taken in a real pseudo-terminal, from the key to the picture. Run it with the Python
of the project: `python bench/harvest.py`.
"""

from __future__ import annotations

import os
import select
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from screen import Watched

WEEK = Path(__file__).parents[1] / "sessions.toml"
PROGRAM = [sys.executable, "-m", "facilitator_tui"]
CAPTURES = 10_000
OPENS_LIMIT_S, KEY_LIMIT_S, EXPORT_LIMIT_S = 0.3, 0.05, 2.0
QUIET_S = 0.08
OPENINGS, WORDS, EXPORTS = 5, 6, 3
PREFIXES = ("", "= ", "++ ", "-- ", "? ", "! ", "> ", "park: ")
PLACES = ("", " @p03", " #equity", " r:2 n:3", " @p17 /ok")
SESSIONS = ("mon", "tue", "wed", "thu", "fri")


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        env = {
            "HOME": folder,
            "FACILITATOR_STATE": f"{folder}/state",
            "FACILITATOR_CONFIG": f"{folder}/config.toml",
        }
        place = ["--plan", str(WEEK), "--records", f"{folder}/records"]
        fill(place, env)
        opened, keys = screens([*PROGRAM, *place, "--session", "tue"], env)
        exports = [export(place, env, f"{folder}/export{number}") for number in range(EXPORTS)]
        pages = [export(place, env, f"{folder}/pages{number}", "--html") for number in range(EXPORTS)]
    print(f"{CAPTURES:,} captures; medians of {len(opened)}, {len(keys)} and {len(exports)}")
    held = [
        verdict("the list of notes opens", opened, OPENS_LIMIT_S),
        verdict("a key of a search is answered", keys, KEY_LIMIT_S),
        verdict("the export of the week", [wall for wall, _ in exports], EXPORT_LIMIT_S),
    ]
    for name, runs in (("the export", exports), ("the same with its pages", pages)):
        wall, worked = (statistics.median(column) for column in zip(*runs, strict=True))
        print(f"  {name}: {wall:.2f} s, of them {worked:.2f} s of processor time")
    return 0 if all(held) else 1


def verdict(name: str, times: Sequence[float], limit: float) -> bool:
    median, worst = statistics.median(times), max(times)
    reached = "reached" if median <= limit else "NOT REACHED"
    print(f"  {name}: {median * 1000:.0f} ms, at worst {worst * 1000:.0f} ms (limit {limit * 1000:.0f} ms) {reached}")
    return median <= limit


def fill(place: Sequence[str], env: Mapping[str, str]) -> None:
    """Most lines on Tuesday, a hundred on each of the other days, of all kinds."""
    for session in SESSIONS:
        number = CAPTURES if session == "tue" else 100
        lines = "".join(
            f"{PREFIXES[at % len(PREFIXES)]}line {at} about trust and speed{PLACES[at % len(PLACES)]}\n"
            for at in range(number)
        )
        command(["do", "start", "--session", session, *place], env)
        command(["capture", "-", "--session", session, *place], env, lines)


def command(words: Sequence[str], env: Mapping[str, str], typed: str = "") -> None:
    subprocess.run(
        [*PROGRAM, *words],
        input=typed,
        text=True,
        env={**os.environ, **env},
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def export(place: Sequence[str], env: Mapping[str, str], to: str, *more: str) -> tuple[float, float]:
    """Seconds from the command to its end, the start of the interpreter among them, and its processor time."""
    began, before = time.perf_counter(), os.times()
    command(["export", "--week", "--to", to, *more, *place], env)
    after = os.times()
    worked = after.children_user + after.children_system - before.children_user - before.children_system
    return time.perf_counter() - began, worked


def screens(console: Sequence[str], env: Mapping[str, str]) -> tuple[list[float], list[float]]:
    """Seconds to open the list, and to answer each letter of a search with a new picture of it."""
    opened: list[float] = []
    keys: list[float] = []
    with Watched(console, env) as program:
        program.until("Agenda")
        program.drain()
        for _ in range(OPENINGS):
            opened.append(answer(program, "4", f"Notes · {CAPTURES}"))
            program.drain()
            answer(program, "1", "Agenda")
            program.drain()
        program.type("/")
        program.drain()
        for _ in range(WORDS):
            for letter in "trust":
                keys.append(settled(program, letter))
            program.type("\x7f" * len("trust"))
            program.drain()
    return opened, keys


def settled(program: Watched, key: str) -> float:
    """Seconds from a key to the last of what it made the program paint: a picture's end shows by a silence."""
    program.drain(0.05)
    began = last = time.perf_counter()
    program.type(key)
    while select.select([program.fd], [], [], 0.5 if last == began else QUIET_S)[0]:
        os.read(program.fd, 65536)
        last = time.perf_counter()
    return last - began


def answer(program: Watched, key: str, text: str) -> float:
    """Seconds from a key until a text was painted."""
    began = time.perf_counter()
    program.type(key)
    program.until(text)
    return time.perf_counter() - began


if __name__ == "__main__":
    sys.exit(main())

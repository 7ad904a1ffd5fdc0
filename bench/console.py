"""The console in a real pseudo-terminal, in one run, side by side with a bare Textual app and with its peers.

First paint, key echo in the capture line with 10,000 captures, processor time while idle, and memory. posting and
harlequin take part where they are installed. Run it with the Python of the project: `python bench/console.py [runs]`;
with PYTHONDONTWRITEBYTECODE set every start compiles again, and the figures mean nothing.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from screen import BARE, Watched, first_paint

WEEK = Path(__file__).parents[1] / "sessions.toml"
PROGRAM = [sys.executable, "-m", "facilitator_tui"]
BARE_PROGRAM = [sys.executable, "-c", BARE]
PEERS = {"posting": (["posting"], "Send"), "harlequin": (["harlequin", "--locale", "C"], "Data Catalog")}
"""Each peer with its command and a text of its first picture."""

PAINT_LIMIT, ECHO_LIMIT, IDLE_LIMIT, MEMORY_LIMIT = 1.5, 1.5, 0.006, 1.6
CAPTURES = 10_000
LETTERS = "bcdfgjkpqvwxyz"
"""Letters that do not stand in the sequences a terminal is drawn with."""
KEYS = 150
IDLE_S = 20.0


def main() -> int:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    with tempfile.TemporaryDirectory() as folder:
        env = {"HOME": folder, "FACILITATOR_STATE": f"{folder}/state"}
        place = ["--plan", str(WEEK), "--session", "tue", "--records", f"{folder}/records"]
        held = [*compare_starts([*PROGRAM, *place], env, runs)]
        held.append(verdict("console against bare", memory("the session open", [*PROGRAM, *place], env), MEMORY_LIMIT))
        fill(place, env)
        print(f"  ratio {memory(f'{CAPTURES:,} captures', [*PROGRAM, *place], env):.2f}")
        held += compare_running([*PROGRAM, *place], env)
    return 0 if all(held) else 1


def verdict(name: str, ratio: float, limit: float) -> bool:
    print(f"  {name}: {ratio:.2f} (limit {limit}) {'reached' if ratio <= limit else 'NOT REACHED'}", flush=True)
    return ratio <= limit


def compare_starts(console: Sequence[str], env: Mapping[str, str], runs: int) -> list[bool]:
    """Alternating, so that a slow moment of the machine hits everybody."""
    peers = [name for name in PEERS if starts(name, env)]
    entrants = [
        ("bare", BARE_PROGRAM, ("painted",)),
        ("console", console, ("╮", "Agenda")),
        *((name, PEERS[name][0], (PEERS[name][1],)) for name in peers),
    ]
    times: dict[str, list[list[float]]] = {name: [] for name, _, _ in entrants}
    for run in range(runs + 1):
        for name, argv, texts in entrants:
            measured = first_paint(argv, texts, env)
            if run:  # the first is the warm-up: it fills the caches of files
                times[name].append(measured)
    medians = {name: [statistics.median(column) for column in zip(*rows, strict=True)] for name, rows in times.items()}
    print(f"first paint, median of {runs}")
    for name, figures in medians.items():
        print(f"  {name:10} {figures[0] * 1000:5.0f} ms")
    bare, (frame, session) = medians["bare"][0], medians["console"]
    print(f"  the session on the screen {session * 1000:.0f} ms, {session / bare:.2f} × bare")
    held = [verdict("console against bare", frame / bare, PAINT_LIMIT)]
    held += [verdict(f"session against {name}", session / medians[name][0], 1.0) for name in peers]
    return held


def starts(peer: str, env: Mapping[str, str]) -> bool:
    """Whether a peer can take part; why not is printed."""
    argv, text = PEERS[peer]
    if not shutil.which(argv[0]):
        print(f"  {peer} is not installed")
        return False
    try:
        first_paint(argv, (text,), env)
    except OSError as problem:
        print(f"  {peer} does not start here: {problem}")
        return False
    return True


def memory(title: str, console: Sequence[str], env: Mapping[str, str]) -> float:
    """The memory of the console against that of the bare app."""
    with Watched(console, env) as program, Watched(BARE_PROGRAM, env) as bare:
        program.until("Agenda")
        bare.until("painted")
        program.drain(2.0)
        sizes = [one.memory() / 2**20 for one in (bare, program)]
    print(f"memory, {title}: bare {sizes[0]:.0f} MiB, console {sizes[1]:.0f} MiB")
    return sizes[1] / sizes[0]


def fill(place: Sequence[str], env: Mapping[str, str]) -> None:
    lines = "".join(f"= line {number} about something said #equity\n" for number in range(CAPTURES))
    command = [*PROGRAM, "capture", "-", *place]
    subprocess.run(command, input=lines, text=True, env={**os.environ, **env}, check=True, stdout=subprocess.DEVNULL)


def compare_running(console: Sequence[str], env: Mapping[str, str]) -> list[bool]:
    with Watched(console, env) as program:
        program.until("Agenda")
        with Watched(BARE_PROGRAM, env) as bare:
            bare.until("painted")
            bare.drain()
            program.drain()
            program.type("i")
            program.drain()
            times = [(echo(bare, number), echo(program, number)) for number in range(KEYS)]
        program.type("\x1b")
        program.drain(2.0)
        idle = idle_share(program)
    columns = list(zip(*times, strict=True))
    medians = [statistics.median(column) * 1000 for column in columns]
    tails = [statistics.quantiles(column, n=100)[98] * 1000 for column in columns]
    print(f"key echo with {CAPTURES:,} captures, median of {KEYS}")
    for name, median, tail in zip(("bare", "console"), medians, tails, strict=True):
        print(f"  {name:10} {median:5.1f} ms, p99 {tail:.1f} ms")
    held = [verdict("console against bare", medians[1] / medians[0], ECHO_LIMIT)]
    print(f"idle, over {IDLE_S:.0f} s")
    return [*held, verdict("% of a core", idle * 100, IDLE_LIMIT * 100)]


def echo(program: Watched, number: int) -> float:
    """Seconds from one key to the first output after it."""
    program.drain(0.02)
    return program.answer_to(LETTERS[number % len(LETTERS)])


def idle_share(program: Watched) -> float:
    """The part of a core that a console uses while nobody does anything."""
    before = program.cpu()
    end = time.monotonic() + IDLE_S
    while time.monotonic() < end:
        program.drain(0.5)
    return (program.cpu() - before) / IDLE_S


if __name__ == "__main__":
    sys.exit(main())

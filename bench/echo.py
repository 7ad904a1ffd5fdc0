"""Key echo in the capture line with 2,000 captures, side by side with a bare Input app; then idle CPU.

Run it with the Python of the project: `python bench/echo.py [keys]`.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from screen import BARE, Watched

WEEK = Path(__file__).parents[1] / "sessions.toml"
LIMIT = 1.5
IDLE_LIMIT = 0.01
CAPTURES = 2000
LETTERS = "bcdfgjkpqvwxyz"
"""Letters that do not stand in the sequences a terminal is drawn with."""
IDLE_S = 20.0


def main() -> int:
    keys = int(sys.argv[1]) if len(sys.argv) > 1 else 150
    with tempfile.TemporaryDirectory() as folder:
        env = {"FACILITATOR_STATE": f"{folder}/state", "FACILITATOR_CONFIG": f"{folder}/config.toml"}
        place = ["--plan", str(WEEK), "--session", "tue", "--records", f"{folder}/records"]
        program = [sys.executable, "-m", "facilitator_tui"]
        lines = "".join(f"= line {number} about something said #equity\n" for number in range(CAPTURES))
        capture = [*program, "capture", "-", *place]
        subprocess.run(
            capture, input=lines, text=True, env={**os.environ, **env}, check=True, stdout=subprocess.DEVNULL
        )
        with Watched([*program, *place], env) as console:
            console.until("Agenda")
            with Watched([sys.executable, "-c", BARE], env) as bare:
                bare.until("painted")
                bare.drain()
                console.drain()
                console.type("i")
                console.drain()
                bare_times, console_times = [], []
                for number in range(keys):
                    bare_times.append(echo(bare, number))
                    console_times.append(echo(console, number))
            console.type("\x1b")
            console.drain(2.0)
            idle = idle_share(console)
    medians = [statistics.median(times) * 1000 for times in (bare_times, console_times)]
    tails = [statistics.quantiles(times, n=100)[98] * 1000 for times in (bare_times, console_times)]
    print(f"key echo, median of {keys}: bare {medians[0]:.1f} ms, console {medians[1]:.1f} ms ({CAPTURES} captures)")
    print(f"                       p99: bare {tails[0]:.1f} ms, console {tails[1]:.1f} ms")
    print(f"ratio {medians[1] / medians[0]:.2f} (limit {LIMIT})")
    print(f"idle: {idle:.2%} of a core (limit {IDLE_LIMIT:.0%})")
    return 0 if medians[1] <= LIMIT * medians[0] and idle <= IDLE_LIMIT else 1


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

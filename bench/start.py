"""First paint of the console on the real week, side by side with a bare Textual app; the ratio at the end.

Run it with the Python of the project: `python bench/start.py [runs]`.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from pathlib import Path

from screen import BARE, first_paint

WEEK = Path(__file__).parents[1] / "sessions.toml"
LIMIT = 1.6


def main() -> int:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    with tempfile.TemporaryDirectory() as folder:
        env = {"FACILITATOR_STATE": f"{folder}/state", "FACILITATOR_CONFIG": f"{folder}/config.toml"}
        console = [sys.executable, "-m", "facilitator_tui", "--plan", str(WEEK), "--session", "tue"]
        console += ["--records", f"{folder}/records"]
        bare = [sys.executable, "-c", BARE]
        for warm_up in (bare, console):
            first_paint(warm_up, ("\x1b[?1049h",), env)
        times = [
            (*first_paint(bare, ("painted",), env), *first_paint(console, ("╮", "Agenda"), env)) for _ in range(runs)
        ]
    bares, frames, agendas = (statistics.median(time[which] for time in times) for which in range(3))
    print(f"first paint, median of {runs}: bare {bares * 1000:.0f} ms, console {frames * 1000:.0f} ms")
    print(f"the session on the screen: {agendas * 1000:.0f} ms, {agendas / bares:.2f} × bare")
    print(f"ratio {frames / bares:.2f} (limit {LIMIT})")
    return 0 if frames <= LIMIT * bares else 1


if __name__ == "__main__":
    sys.exit(main())

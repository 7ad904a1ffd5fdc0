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
        first_paint(bare, "painted", env)
        first_paint(console, "Agenda", env)
        pairs = [(first_paint(bare, "painted", env), first_paint(console, "Agenda", env)) for _ in range(runs)]
    bares, consoles = ([pair[which] for pair in pairs] for which in (0, 1))
    ratio = statistics.median(consoles) / statistics.median(bares)
    print(f"first paint, median of {runs}: bare {statistics.median(bares) * 1000:.0f} ms")
    print(f"                        console {statistics.median(consoles) * 1000:.0f} ms")
    print(f"ratio {ratio:.2f} (limit {LIMIT})")
    return 0 if ratio <= LIMIT else 1


if __name__ == "__main__":
    sys.exit(main())

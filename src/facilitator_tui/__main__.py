"""Makes `python -m facilitator_tui` and the `facilitator` command the same."""

from __future__ import annotations

import sys


def run() -> None:
    """Start the command line and leave with its exit code."""
    from facilitator_tui.cli import main

    sys.exit(main())


if __name__ == "__main__":
    run()

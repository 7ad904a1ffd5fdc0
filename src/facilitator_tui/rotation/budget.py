"""How long a search may go on: steps decide, the wall clock and the caller only cut off.

This module owns the only look at a clock in the library (time.monotonic). It must not know what is searched.
"""

from __future__ import annotations

import time
from collections.abc import Callable

WORK_PER_SECOND = 3_000_000
"""Looked-at moves granted a second of budget, about two thirds of what a slow core manages.

Counting work instead of time makes an answer depend on the seed alone on any machine that keeps up.
"""


def never() -> bool:
    """The default for `cancelled`: nobody asks to stop."""
    return False


class Budget:
    """Seconds turned into work, with a deadline and a way to be cancelled."""

    def __init__(self, seconds: float, cancelled: Callable[[], bool] = never) -> None:
        self.started = time.monotonic()
        self.seconds = max(0.0, seconds)
        self.work_left = int(self.seconds * WORK_PER_SECOND)
        self._cancelled = cancelled
        self._stopped = False

    @property
    def elapsed(self) -> float:
        """Seconds since the start."""
        return time.monotonic() - self.started

    def spend(self, work: int) -> None:
        """Take so many looked-at moves from the budget."""
        self.work_left -= work

    def over(self) -> bool:
        """Whether to stop now; once over, always over."""
        if not self._stopped:
            self._stopped = self.work_left <= 0 or self.elapsed >= self.seconds or self._cancelled()
        return self._stopped

    def cut(self) -> bool:
        """Whether time is up or the caller asks to stop, whatever the work left; for building, not searching."""
        return self.elapsed >= self.seconds or self._cancelled()

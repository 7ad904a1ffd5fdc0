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

LOOK_AT_CLOCK = 25_000
"""Looks at a move after which whoever is looking asks for the time: about a hundredth of a second."""

JUDGING = 8.0
"""Judging an answer takes at most about so many times as long as reading the question did, measured on hostile ones."""

JUDGING_A_SEAT = 0.000_2
"""Seconds that judging one seat takes at most on a slow core."""


def never() -> bool:
    """The default for `cancelled`: nobody asks to stop."""
    return False


class Budget:
    """Seconds turned into work, with a deadline and a way to be cancelled. `clock` gives seconds."""

    def __init__(
        self, seconds: float, cancelled: Callable[[], bool] = never, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._clock = clock
        self.started = clock()
        self.seconds = max(0.0, seconds)
        self.work_left = int(self.seconds * WORK_PER_SECOND)
        self._deadline = self.seconds
        self._cancelled = cancelled
        self._stopped = False

    @property
    def elapsed(self) -> float:
        """Seconds since the start."""
        return self._clock() - self.started

    @property
    def left(self) -> float:
        """Seconds that the search may still use; what is kept back for judging isn't among them."""
        return self._deadline - self.elapsed

    def keep_back(self, size: int) -> None:
        """The question has been read: leave as much time for judging the answer as that suggests.

        `size` counts seats and pairs with a past; a small question that was read slowly, since the machine was
        busy just then, keeps back no more than its size can take.
        """
        self._deadline = max(0.0, self.seconds - min(JUDGING * self.elapsed, JUDGING_A_SEAT * size))

    def spend(self, work: int) -> None:
        """Take so many looked-at moves from the budget."""
        self.work_left -= work

    def over(self) -> bool:
        """Whether to stop now; once over, always over."""
        if not self._stopped:
            self._stopped = self.work_left <= 0 or self.cut()
        return self._stopped

    def cut(self) -> bool:
        """Whether time is up or the caller asks to stop, whatever the work left; for building, not searching."""
        return self.elapsed >= self._deadline or self._cancelled()

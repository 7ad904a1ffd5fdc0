"""How long and how to search for rooms, and one search.

Owns the settings of a search that a caller hands through to the rotation. It must not know what is searched for.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from facilitator_tui import rotation
from facilitator_tui.rotation import Problem, Rotation

Progress = Callable[[Rotation], None]


def never() -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Search:
    """How long and how to search. `cancelled` ends it soon, with the best found so far."""

    seed: int = 1
    seconds: float = 2.0
    on_progress: Progress | None = None
    cancelled: Callable[[], bool] = never

    def half(self) -> Search:
        return replace(self, seconds=self.seconds / 2)


def solved(problem: Problem, search: Search) -> Rotation:
    """The best answer within the search's time. Raises RotationProblem."""
    return rotation.solve(
        problem,
        seed=search.seed,
        seconds=search.seconds,
        on_progress=search.on_progress,
        cancelled=search.cancelled,
    )

"""From a problem to the best rotation that a budget allows.

This module owns the order of the work: check, bound, construct, search, number the rooms, judge. It must not
count or search by itself.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

from facilitator_tui.rotation.arrange import constructed
from facilitator_tui.rotation.bounds import alike_bound, coincidence_bound, most_bound
from facilitator_tui.rotation.budget import Budget, never
from facilitator_tui.rotation.desk import Desk
from facilitator_tui.rotation.judge import finished, seats_of
from facilitator_tui.rotation.model import Model, compile_problem
from facilitator_tui.rotation.problem import Problem, check
from facilitator_tui.rotation.renumber import renumber
from facilitator_tui.rotation.result import Rotation, Seats
from facilitator_tui.rotation.start import greedy
from facilitator_tui.rotation.tabu import MOVES_FOR_A_REPEAT, Score, Snapshot, Tabu, Target, weights_for

CELLS_PER_SECOND = 2_500_000
"""Table cells a second of budget pays for; where the tables are larger, seats are constructed or dealt."""


def solve(
    problem: Problem,
    *,
    seed: int = 1,
    seconds: float = 2.0,
    on_progress: Callable[[Rotation], None] | None = None,
    cancelled: Callable[[], bool] = never,
) -> Rotation:
    """The best rotation found, with its bound; valid whenever it ends.

    Ends at the bound, or when `seconds` of work or of wall time are used up, or soon after `cancelled()` turns
    true. The answer depends on the problem and the seed as long as the machine keeps up with the budget.
    `on_progress` is given each better rotation from the searching thread. Raises RotationProblem.
    """
    return solve_from(problem, (), seed, Budget(seconds, cancelled), on_progress)


def solve_from(
    problem: Problem,
    published: Sequence[Seats],
    seed: int,
    budget: Budget,
    on_progress: Callable[[Rotation], None] | None = None,
) -> Rotation:
    """As `solve`, with rooms numbered so that people keep the room they have in published rounds."""
    check(problem)
    model = compile_problem(problem)
    budget.keep_back(model.size)
    seats, method = _search(model, budget, random.Random(seed), on_progress)
    return finished(model, renumber(problem, seats_of(model, seats), published, budget.cut), method, budget, published)


def _search(
    model: Model,
    budget: Budget,
    rng: random.Random,
    on_progress: Callable[[Rotation], None] | None,
) -> tuple[Snapshot, str]:
    if not model.rounds:
        return [], "nothing to plan"
    made = constructed(model, budget, rng)
    if made is not None and made.complete and model.carefree:
        return made.seats, made.method
    cells = desk_cells(model)
    if cells > budget.seconds * CELLS_PER_SECOND:
        return (made.seats, made.method) if made else (greedy(model, rng, budget), "greedy")
    repeat_last = not model.problem.no_repeat
    tabu = Tabu(model, Target(repeat_last, False, goal_of(model)), budget, rng)
    if on_progress is not None:
        tabu.improved = _teller(model, budget, on_progress)
    method = "search"
    if made is not None:
        method = made.method
        if tabu.leg(Desk(model, made.seats, weights_for(0, repeat_last=repeat_last)), 500):
            return tabu.best_seats, method
    leg = 0
    setting_up = 0.0
    while not budget.over() and budget.left > setting_up:
        began = budget.elapsed
        start = tabu.best_seats if leg % 2 and tabu.best is not None else greedy(model, rng, budget)
        before = tabu.best
        desk = Desk(model, start, weights_for(leg, repeat_last=repeat_last))
        setting_up = budget.elapsed - began
        budget.spend(cells // 4)
        done = tabu.leg(desk, 8000 if leg % 2 else 500)
        if tabu.best != before:
            method = "search"
        if done:
            break
        leg += 1
    if tabu.best is None:
        return greedy(model, rng, budget), "greedy"
    return tabu.best_seats, method


def _teller(model: Model, budget: Budget, tell: Callable[[Rotation], None]) -> Callable[[Snapshot], None]:
    """Tell of better seats, but spend no more than about a fifth of the time on telling."""
    quiet_until = 0.0

    def improved(seats: Snapshot) -> None:
        nonlocal quiet_until
        began = budget.elapsed
        if began >= quiet_until and budget.left > 0:
            tell(finished(model, seats_of(model, seats), "search", budget))
            quiet_until = budget.elapsed + 4 * (budget.elapsed - began)

    return improved


def desk_cells(model: Model) -> int:
    """Cells to fill before a search can begin: three tables of pairs, prices of rooms, meetings by round."""
    rounds = len(model.rounds)
    beside = sum(size * size for opened in model.rounds for size in opened.sizing.targets)
    return 3 * model.people**2 + model.people * sum(opened.rooms for opened in model.rounds) + rounds * beside


def goal_of(model: Model, *, stay: bool = False) -> Score:
    """The values at which nothing is left to improve, in the order of Target.score.

    The bound of K is for seats that keep the tiers above it; only such seats are ever compared with it.
    """
    problem = model.problem
    apart, spread = alike_bound(model, problem.apart), alike_bound(model, problem.spread)
    bound = coincidence_bound(model, apart=not apart).value
    most = max(most_bound(model), 2 if bound else 1)
    meetings = (MOVES_FOR_A_REPEAT * bound, bound, most) if stay else (bound, 0, most)
    return (0, apart, spread, *meetings) if not problem.no_repeat else (0, apart, *meetings, spread)

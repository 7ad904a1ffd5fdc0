"""From a problem to the best rotation that a budget allows.

This module owns the order of the work: check, bound, construct, search, number the rooms, judge. It must not
count or search by itself.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import Literal

from facilitator_tui.rotation.anneal import Annealing, cooling_weights
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
from facilitator_tui.rotation.tabu import MOVES_FOR_A_REPEAT, Score, Snapshot, Target, weights_for

Leg = Literal["short", "cool", "long"]
"""From dealt seats until little is gained; from the best seats through random exchanges; from the best for long."""
IDLE_STEPS = {"short": 500, "long": 8000}
PROPOSALS = 60_000
"""Of one cooling: about a third of a second."""
MOST_COOLED = 100
"""Seats up to which so many proposals are enough for a cooling to find what the long search does not."""
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
    tabu = Annealing(model, Target(repeat_last, False, goal_of(model)), budget, rng)
    if on_progress is not None:
        tabu.improved = _teller(model, budget, on_progress)
    if made is not None and tabu.leg(Desk(model, made.seats, weights_for(0, repeat_last=repeat_last)), 500):
        return tabu.best_seats, made.method
    constructed_best = tabu.best
    _take_turns(tabu, cells, repeat_last)
    if tabu.best is None:
        return greedy(model, rng, budget), "greedy"
    return tabu.best_seats, made.method if made is not None and tabu.best == constructed_best else "search"


def _take_turns(search: Annealing, cells: int, repeat_last: bool) -> None:
    """One leg after the other, each kind in its turn, until the goal is reached or the budget is used up."""
    seats = sum(len(opened.present) for opened in search.model.rounds)
    cooled = not search.plain and seats <= MOST_COOLED
    kinds: tuple[Leg, ...] = ("short", "cool", "long") if cooled else ("short", "long")
    budget, leg, setting_up = search.budget, 0, 0.0
    while not budget.over() and budget.left > setting_up:
        began = budget.elapsed
        kind = kinds[leg % len(kinds)]
        afresh = kind == "short" or search.best is None
        start = greedy(search.model, search.rng, budget) if afresh else search.best_seats
        cool = kind == "cool"
        weights = cooling_weights(repeat_last) if cool else weights_for(leg, repeat_last=repeat_last)
        desk = Desk(search.model, start, weights)
        setting_up = budget.elapsed - began
        budget.spend(cells // 4)
        if search.cool(desk, PROPOSALS) if cool else search.leg(desk, IDLE_STEPS[kind]):
            return
        leg += 1


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

"""Local search: steepest tabu over exchanges of people between two rooms of one round.

This module decides which move to make and when to start again. It must not know names, or how its answers are
judged beyond the tuple that `Target` makes of a desk.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations
from math import comb

from facilitator_tui.rotation.budget import LOOK_AT_CLOCK, Budget
from facilitator_tui.rotation.desk import HARD, Desk, Weights
from facilitator_tui.rotation.model import Model
from facilitator_tui.rotation.rules import SMALLEST_WITH_BUDDY

Score = tuple[int, ...]
Snapshot = list[list[list[int]]]
Choice = tuple[int, int, int, tuple[int, ...], tuple[int, ...]]

EXCHANGE_WORK = 14
"""Looks at a swap that one look at an exchange of blocks takes as long as."""
MOVES_FOR_A_REPEAT = 10
"""So many moves from a published plan weigh as much as one coincidence."""
SCAN_LIMIT = 1500
"""Seats up to which everybody in conflict is looked for in every step; above, every now and then."""
BUNDLES = 400
"""Bundles of so many people out of one room that are looked at; in larger rooms, people change places alone."""
LOOK_LIMIT = 2500
"""Moves looked at in one step, about."""


@dataclass(frozen=True, slots=True)
class Target:
    """The order of the tiers and the values at which a search may stop."""

    repeat_last: bool
    stay: bool
    goal: Score

    def score(self, desk: Desk, extra: int) -> Score:
        """The desk's values, tier by tier; smaller is better."""
        hard, apart, spread = desk.count_hard + extra, desk.count_apart, desk.count_spread
        if self.stay:
            meetings = (MOVES_FOR_A_REPEAT * desk.coincidences + desk.moved, desk.coincidences, desk.worst)
        else:
            meetings = (desk.coincidences, 0, desk.worst)
        if self.repeat_last:
            return (hard, apart, spread, *meetings)
        return (hard, apart, *meetings, spread)

    def reached(self, score: Score) -> bool:
        """Whether nothing is left to improve."""
        return all(value <= goal for value, goal in zip(score, self.goal, strict=True))


class Tabu:
    """A search over one model; keeps the best seats over all its legs."""

    def __init__(
        self, model: Model, target: Target, budget: Budget, rng: random.Random, *, loose: bool = False
    ) -> None:
        self.model, self.target, self.budget, self.rng = model, target, budget, rng
        self.loose = loose
        self.best: Score | None = None
        self.best_seats: Snapshot = []
        self.steps = 0
        self.improved: Callable[[Snapshot], None] = lambda _: None
        self.plain = not model.room_rules and all(len(unit) == 1 for opened in model.rounds for unit in opened.units)
        self._units: list[dict[int, tuple[int, ...]]] = [
            {person: unit for unit in opened.units for person in unit} for opened in model.rounds
        ]
        self._widest = [max((len(unit) for unit in opened.units), default=1) for opened in model.rounds]

    def leg(self, desk: Desk, idle: int) -> bool:
        """Search from these seats until `idle` steps bring nothing new; True when the goal is reached."""
        self.take(desk)
        self._hot: list[tuple[int, int]] = []
        score = self._score()
        leg_best, quiet = score, 0
        self._leg_cost = low = 0
        step_work = sum(len(opened.present) for opened in self.model.rounds) // 8
        if self._record(score):
            return True
        while quiet < idle and not self.budget.over():
            choice = self._choose(low - self._leg_cost)
            self.budget.spend(step_work)
            self.steps += 1
            quiet += 1
            if choice is None:
                return False
            delta, number, source, out, back = choice[0], choice[1], choice[2] >> 16, choice[3], choice[4]
            self.apply(number, source, choice[2] & 0xFFFF, out, back)
            self._leg_cost += delta
            low = min(low, self._leg_cost)
            score = self._score()
            if score < leg_best:
                leg_best, quiet = score, 0
                if self._record(score):
                    return True
        return False

    def take(self, desk: Desk) -> None:
        """Begin to work on these seats."""
        self.desk = desk
        self._bounds()
        self._tabu: list[dict[int, int]] = [{} for _ in self.model.rounds]
        self._extra = [
            [self._room_extra(number, at) for at in range(opened.rooms)]
            for number, opened in enumerate(self.model.rounds)
        ]
        self._shelf: list[list[dict[tuple[int, bool], list[tuple[int, ...]]] | None]] = [
            [None] * opened.rooms for opened in self.model.rounds
        ]

    def record(self) -> bool:
        """Keep the seats when they are the best so far; whether nothing is left to improve."""
        return self._record(self._score())

    def _score(self) -> Score:
        return self.target.score(self.desk, sum(map(sum, self._extra)))

    def _record(self, score: Score) -> bool:
        if self.best is None or score < self.best:
            self.best, self.best_seats = score, self.desk.snapshot()
            self.improved(self.best_seats)
        return self.target.reached(score)

    def _bounds(self) -> None:
        """Rooms may hold what their sizing allows, or what they hold already where blocks didn't fit.

        A loose search may use all that the rooms allow: fewer moves count more than even rooms.
        """
        self._low: list[list[int]] = []
        self._high: list[list[int]] = []
        for opened, rooms in zip(self.model.rounds, self.desk.rooms, strict=True):
            specs = self.model.problem.rounds[opened.number].rooms
            low, high = list(opened.sizing.lows), list(opened.sizing.highs)
            for at, room in enumerate(specs):
                if self.loose:
                    low[at], high[at] = min(low[at], max(1, room.smallest)), max(high[at], room.largest)
                low[at], high[at] = min(low[at], len(rooms[at])), max(high[at], len(rooms[at]))
            self._low.append(low)
            self._high.append(high)

    def apply(self, number: int, source: int, target: int, out: tuple[int, ...], back: tuple[int, ...]) -> None:
        desk, until = self.desk, self.steps + self.rng.randint(4, 20)
        width = desk.absent[number] + 1
        tabu = self._tabu[number]
        for person in out:
            desk.move(number, person, source, target)
            tabu[person * width + source] = until
        for person in back:
            desk.move(number, person, target, source)
            tabu[person * width + target] = until
        for at in (source, target):
            self._shelf[number][at] = None
            if not self.plain:
                self._extra[number][at] = self._room_extra(number, at)

    def _hot_people(self) -> list[tuple[int, int]]:
        """Who is in conflict, as (round, person); a random few where there are many."""
        desk, large = self.desk, sum(len(opened.present) for opened in self.model.rounds) > SCAN_LIMIT
        if not large or self.steps % 40 == 0 or len(self._hot) < 4:
            hot: list[tuple[int, int]] = []
            for number, units in enumerate(self._units):
                table, seat = desk.cost[number], desk.seat[number]
                if self.plain:
                    hot.extend([(number, person) for person in units if table[person][seat[person]] > 0])
                else:
                    hot.extend(
                        [
                            (number, unit[0])
                            for unit in self.model.rounds[number].units
                            if self._unit_cost(number, unit) > 0
                        ]
                    )
            self._hot = hot
        limit = max(4, LOOK_LIMIT // max(1, self.model.people) if self.plain else 4)
        return self.rng.sample(self._hot, limit) if len(self._hot) > limit else self._hot

    def _unit_cost(self, number: int, unit: tuple[int, ...]) -> int:
        desk = self.desk
        table, at = desk.cost[number], desk.seat[number][unit[0]]
        own = sum(table[person][at] for person in unit)
        for first, second in combinations(unit, 2):
            own -= desk.double[first][second] - 2 * desk.weights.meet
        return own + HARD * self._extra[number][at]

    def _choose(self, aspire: int) -> Choice | None:
        return self._choose_swap(aspire) if self.plain else self._choose_exchange(aspire)

    def _choose_swap(self, aspire: int) -> Choice | None:
        """The best swap of two single people, or shift of one, that is not tabu or leads to a new low."""
        desk, steps, random_unit = self.desk, self.steps, self.rng.random
        best, ties = 1 << 60, 0
        choice: Choice | None = None
        looked = 0
        for number, person in self._hot_people():
            if looked > LOOK_AT_CLOCK:
                self.budget.spend(looked)
                looked = 0
                if self.budget.over():
                    break
            table, rooms, tabu = desk.cost[number], desk.rooms[number], self._tabu[number]
            movable = self._units[number]
            source, row, double = desk.seat[number][person], table[person], desk.double[person]
            own, width, low, high = (
                row[source],
                desk.absent[number] + 1,
                self._low[number],
                self._high[number],
            )
            can_leave = len(rooms[source]) > low[source]
            mine = person * width
            for target in range(width - 1):
                if target == source:
                    continue
                gain = row[target] - own
                room = rooms[target]
                looked += len(room)
                barred = tabu.get(mine + target, 0) > steps
                if can_leave and gain <= best and len(room) < high[target] and (not barred or gain < aspire):
                    ties = 1 if gain < best else ties + 1
                    if gain < best or random_unit() * ties < 1:
                        best, choice = gain, (gain, number, source << 16 | target, (person,), ())
                for other in room:
                    costs = table[other]
                    delta = gain + costs[source] - costs[target] - double[other]
                    if delta > best or other not in movable:
                        continue
                    if (barred or tabu.get(other * width + source, 0) > steps) and delta >= aspire:
                        continue
                    ties = 1 if delta < best else ties + 1
                    if delta < best or random_unit() * ties < 1:
                        best, choice = delta, (delta, number, source << 16 | target, (person,), (other,))
        self.budget.spend(looked + 60)
        return choice

    def _choose_exchange(self, aspire: int) -> Choice | None:
        """As `_choose_swap`, for blocks and for rules that speak of a whole room.

        What leaves a room is one unit, or several units of up to a block's size against one unit.
        """
        desk, steps, random_unit, rules = self.desk, self.steps, self.rng.random, self.model.room_rules
        best, ties, looked = 1 << 60, 0, 0
        choice: Choice | None = None
        for number, person in self._hot_people():
            table, rooms, double = desk.cost[number], desk.rooms[number], desk.double
            source, width = desk.seat[number][person], desk.absent[number] + 1
            tabu, extra, unit = self._tabu[number], self._extra[number], self._units[number][person]
            outs = self._outs(number, source, unit)
            for target in range(width - 1):
                if target == source:
                    continue
                if looked > LOOK_AT_CLOCK:
                    self.budget.spend(looked)
                    looked = 0
                    if self.budget.over():
                        return choice
                there = rooms[target]
                grow, shrink = self.slack(number, source, target)
                leave = {q: table[q][source] - table[q][target] for q in there}
                least = HARD * (extra[source] + extra[target])
                for out in outs:
                    gain, out_tabu, size = 0, False, len(out)
                    for p in out:
                        row = table[p]
                        gain += row[target] - row[source]
                        out_tabu = out_tabu or tabu.get(p * width + target, 0) > steps
                    if size > 1:
                        gain += sum([double[p][q] for p, q in combinations(out, 2)])
                    backs = self.backs(number, target, size - grow, size + shrink, size > len(unit))
                    looked += EXCHANGE_WORK * len(backs)
                    if size == 1:
                        row = double[out[0]]
                        net = {q: price - row[q] for q, price in leave.items()}
                    else:
                        net = {q: price - sum([double[p][q] for p in out]) for q, price in leave.items()}
                    for back in backs:
                        if len(back) == 1:
                            delta = gain + net[back[0]]
                            if delta - least > best:
                                continue
                        else:
                            delta = gain + sum([net[q] for q in back])
                            if delta - least > best:
                                continue
                            delta += sum([double[p][q] for p, q in combinations(back, 2)])
                        if rules and (delta <= best or least):
                            delta += HARD * self.extra_change(number, source, target, out, back)
                        if delta > best:
                            continue
                        if delta >= aspire and (out_tabu or any(tabu.get(q * width + source, 0) > steps for q in back)):
                            continue
                        ties = 1 if delta < best else ties + 1
                        if delta < best or random_unit() * ties < 1:
                            best, choice = delta, (delta, number, source << 16 | target, out, back)
        self.budget.spend(looked + 100)
        return choice

    def slack(self, number: int, source: int, target: int) -> tuple[int, int]:
        """By how many people the target may grow at the source's cost, and by how many shrink for its sake."""
        here, there = len(self.desk.rooms[number][source]), len(self.desk.rooms[number][target])
        low, high = self._low[number], self._high[number]
        return min(here - low[source], high[target] - there), min(high[source] - here, there - low[target])

    def _outs(self, number: int, at: int, unit: tuple[int, ...]) -> list[tuple[int, ...]]:
        """A unit alone, and with each further unit of its room that makes no more than a block."""
        widest = self._widest[number] - len(unit)
        units = self._units[number]
        others = {units[p]: None for p in self.desk.rooms[number][at] if p in units} if widest else ()
        return [unit, *(unit + other for other in others if other != unit and len(other) <= widest)]

    def backs(self, number: int, at: int, least: int, most: int, single: bool) -> list[tuple[int, ...]]:
        """Bundles of units that may come out of a room, of `least` to `most` people, from a kept shelf."""
        shelf = self._shelf[number][at]
        if shelf is None:
            units = self._units[number]
            here = list({units[p]: None for p in self.desk.rooms[number][at] if p in units})
            widest = self._widest[number]
            shelf = {(0, True): [()]}
            for count in range(1, min(3, widest) + 1):
                if count > 1 and comb(len(here), count) > BUNDLES:
                    break
                for group in combinations(here, count):
                    people = tuple([p for unit in group for p in unit])
                    if count == 1 or len(people) <= widest:
                        shelf.setdefault((len(people), count == 1), []).append(people)
            self._shelf[number][at] = shelf
        found: list[tuple[int, ...]] = []
        for size in range(max(0, least), most + 1):
            found.extend(shelf.get((size, True), ()))
            if not single:
                found.extend(shelf.get((size, False), ()))
        return found

    def _room_extra(self, number: int, at: int) -> int:
        return self._rule_breaks(number, at, self.desk.rooms[number][at])

    def extra_change(self, number: int, source: int, target: int, out: tuple[int, ...], back: tuple[int, ...]) -> int:
        if not self.model.room_rules:
            return 0
        here, there = self.desk.rooms[number][source], self.desk.rooms[number][target]
        after_here = [p for p in here if p not in out] + list(back)
        after_there = [p for p in there if p not in back] + list(out)
        after = self._rule_breaks(number, source, after_here) + self._rule_breaks(number, target, after_there)
        return after - self._extra[number][source] - self._extra[number][target]

    def _rule_breaks(self, number: int, at: int, people: list[int]) -> int:
        """How many rules about a whole room are broken: a common language, no newcomer alone or without the buddy."""
        model = self.model
        broken = 0
        followed = model.rounds[number].followed
        if followed and len(people) >= SMALLEST_WITH_BUDDY:
            broken += sum(followed.get(person, person) not in people for person in people)
        if model.problem.share_lang and len(people) > 1:
            shared = model.rounds[number].tongues[at]
            for person in people:
                shared &= model.tongues[person]
            broken += not shared
        if model.problem.new_people == "never-alone" and len(people) >= 3:
            broken += sum(person in model.new for person in people) == 1
        return broken


def weights_for(leg: int, *, repeat_last: bool = False, stay: bool = False) -> Weights:
    """Weights that swing from leg to leg; people to be apart, who stand above meetings, weigh more in every leg."""
    apart = (300, 800, 180, 2000)[leg % 4]
    spread = (30, 60, 12, 90)[leg % 4]
    if repeat_last:
        return Weights(meet=20, apart=apart, spread=100, stay=2 * stay)
    return Weights(meet=100, apart=apart, spread=spread, stay=10 * stay)

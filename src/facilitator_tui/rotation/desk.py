"""The seats of all open rounds with a table of what each person would cost in each room, kept by increments.

This module owns the state of a search: moving one person updates the table, the counts and nothing else. It
must not decide which move to make.

Cost of person p in room j of round r: for everybody in j, `meet` times the meetings with p outside round r,
plus the weights of rules between the two. The sum over a swap's four entries, less twice the weight between the
two people, is exactly what the swap changes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from facilitator_tui.rotation.model import Model

HARD = 6000


@dataclass(frozen=True, slots=True)
class Weights:
    """What one broken unit of each tier costs while searching; judging is lexicographic and ignores these."""

    meet: int = 100
    apart: int = 200
    spread: int = 40
    stay: int = 0


class Desk:
    """Seats being worked on. `rooms[r][j]` are people, `seat[r][p]` a room or `absent[r]`."""

    def __init__(
        self,
        model: Model,
        seats: Sequence[Sequence[Sequence[int]]],
        weights: Weights,
        home: list[list[int]] | None = None,
    ) -> None:
        self.model = model
        self.weights = weights
        people = model.people
        self.absent = [opened.rooms for opened in model.rounds]
        self.rooms: list[list[list[int]]] = [[list(room) for room in rooms] + [[]] for rooms in seats]
        self.seat: list[list[int]] = []
        for number, rooms in enumerate(self.rooms):
            where = [self.absent[number]] * people
            for at, room in enumerate(rooms):
                for person in room:
                    where[person] = at
            self.seat.append(where)
        self.home: list[list[int]] | None = None
        self.met = [[0] * people for _ in range(people)]
        self.count_hard = self.count_apart = self.count_spread = self.coincidences = self.moved = 0
        self.levels = [0] * (
            len(model.rounds) + 3 + max((max(row.values(), default=0) for row in model.past), default=0)
        )
        self._count_all()
        if home is not None:
            self.settle(home)
        self.weigh(weights)

    def _count_all(self) -> None:
        model = self.model
        people = model.people
        for first, row in enumerate(model.past):
            for second, times in row.items():
                self.met[first][second] += times
        for number, rooms in enumerate(self.rooms):
            for at, room in enumerate(rooms):
                for place, first in enumerate(room):
                    met = self.met[first]
                    for second in room[place + 1 :]:
                        met[second] += 1
                        self.met[second][first] += 1
                        self.count_hard += model.separate[first].get(second, 0)
                        self.count_apart += model.apart[first].get(second, 0)
                        self.count_spread += model.spread[first].get(second, 0)
                    if (first, at) in model.rounds[number].bars:
                        self.count_hard += 1
        for first in range(people):
            for times in self.met[first][first + 1 :]:
                if times:
                    self.levels[times] += 1
        self.levels[0] = people * people
        self.coincidences = sum(pairs * times * (times - 1) // 2 for times, pairs in enumerate(self.levels))

    @property
    def worst(self) -> int:
        """Most meetings of any pair."""
        level = len(self.levels) - 1
        while level and not self.levels[level]:
            level -= 1
        return level

    def weigh(self, weights: Weights) -> None:
        """Fill the table anew for these weights."""
        self.weights = weights
        model, meet = self.model, weights.meet
        self.fixed: list[dict[int, int]] = []
        self.double: list[list[int]] = []
        for person in range(model.people):
            row = {other: meet * times for other, times in model.past[person].items()}
            double = [2 * meet * times for times in self.met[person]]
            for table, weight in (
                (model.separate, HARD),
                (model.apart, weights.apart),
                (model.spread, weights.spread),
            ):
                for other, times in table[person].items():
                    row[other] = row.get(other, 0) + weight * times
                    double[other] += 2 * weight * times
            self.fixed.append(row)
            self.double.append(double)
        self.cost: list[list[list[int]]] = []
        for number, opened in enumerate(model.rounds):
            table_of_round = [[0] * (opened.rooms + 1) for _ in range(model.people)]
            here = self.seat[number]
            for person in opened.present:
                costs = table_of_round[person]
                for other, weight in self.fixed[person].items():
                    costs[here[other]] += weight
                for elsewhere, where in enumerate(self.seat):
                    if elsewhere != number:
                        for other in self.rooms[elsewhere][where[person]]:
                            if other != person:
                                costs[here[other]] += meet
                if self.home is not None and weights.stay:
                    for at in range(opened.rooms):
                        if at != self.home[number][person]:
                            costs[at] += weights.stay
            for person, at in opened.bars:
                table_of_round[person][at] += HARD
            self.cost.append(table_of_round)

    def settle(self, home: list[list[int]]) -> None:
        """Remember where everybody sat in a published plan; leaving counts as a move."""
        self.home = home
        self.moved = sum(
            1
            for number, opened in enumerate(self.model.rounds)
            for person in opened.present
            if home[number][person] not in (-1, self.seat[number][person])
        )

    def move(self, number: int, person: int, source: int, target: int) -> None:
        """Move one person from one room to another within a round."""
        rooms, seat = self.rooms[number], self.seat[number]
        leaving, joining = rooms[source], rooms[target]
        leaving.remove(person)
        self._meet(number, person, leaving, -1)
        self._meet(number, person, joining, 1)
        table, meet = self.cost[number], self.weights.meet
        for elsewhere, where in enumerate(self.seat):
            if elsewhere != number:
                for other in self.rooms[elsewhere][where[person]]:
                    costs = table[other]
                    costs[source] -= meet
                    costs[target] += meet
                costs = table[person]
                if where[person] != self.absent[elsewhere]:
                    costs[source] += meet
                    costs[target] -= meet
        for other, weight in self.fixed[person].items():
            costs = table[other]
            costs[source] -= weight
            costs[target] += weight
        bars = self.model.rounds[number].bars
        if bars:
            self.count_hard += ((person, target) in bars) - ((person, source) in bars)
        if self.home is not None:
            home = self.home[number][person]
            if home >= 0:
                self.moved += (source == home) - (target == home)
        joining.append(person)
        seat[person] = target

    def _meet(self, number: int, person: int, group: list[int], sign: int) -> None:
        """Add or take away the meetings of a person with a group, in the counts and in all other rounds."""
        model, meet, levels = self.model, self.weights.meet * sign, self.levels
        met, double = self.met[person], self.double[person]
        separate, apart, spread = model.separate[person], model.apart[person], model.spread[person]
        for other in group:
            before = met[other]
            after = before + sign
            met[other] = after
            self.met[other][person] = after
            levels[before] -= 1
            levels[after] += 1
            self.coincidences += before if sign > 0 else -after
            double[other] += 2 * meet
            self.double[other][person] += 2 * meet
        for elsewhere, where in enumerate(self.seat):
            if elsewhere != number:
                table = self.cost[elsewhere]
                mine, room = table[person], where[person]
                for other in group:
                    mine[where[other]] += meet
                    table[other][room] += meet
        if separate or apart or spread:
            for other in group:
                self.count_hard += sign * separate.get(other, 0)
                self.count_apart += sign * apart.get(other, 0)
                self.count_spread += sign * spread.get(other, 0)

    def snapshot(self) -> list[list[list[int]]]:
        """The seats as they are now."""
        return [[list(room) for room in rooms[:-1]] for rooms in self.rooms]

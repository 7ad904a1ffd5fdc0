"""Simulated annealing beside the tabu search, for problems with blocks or with rules about whole rooms.

There steepest tabu is slow, since it looks at every exchange before it makes one, and its weights lead it through
narrow valleys. This module owns when a random exchange is taken. It must not know how answers are judged.

Source: Kirkpatrick, Gelatt and Vecchi, "Optimization by simulated annealing", Science 220 (1983): an exchange that
costs `delta` is taken with probability exp(-delta / temperature), while the temperature falls geometrically.
"""

from __future__ import annotations

from itertools import combinations
from math import exp

from facilitator_tui.rotation.desk import Desk, Weights
from facilitator_tui.rotation.tabu import Tabu

ROOM_RULE = 2000
"""What a broken rule about a room costs; more would keep the seats out of whole regions."""
HOT, COLD = 400.0, 15.0
"""The first and the last temperature: at first four meetings more are nothing, at last none is taken."""
HOPELESS = 8
"""An exchange that costs so many temperatures is not looked at any closer."""
PROPOSAL_WORK = 18
"""Looks at a swap that one proposal takes as long as."""
STRETCH = 200
"""Proposals between two looks at the clock."""


def cooling_weights(repeat_last: bool) -> Weights:
    """What breaks cost while seats are cooled: of meetings and spread, the later one decides between equals only."""
    return Weights(meet=2, apart=800, spread=100) if repeat_last else Weights(meet=100, apart=800, spread=2)


class Annealing(Tabu):
    """A tabu search that can also cool seats down; both keep the same best seats."""

    def cool(self, desk: Desk, proposals: int) -> bool:
        """Make so many random exchanges while it gets colder; True when the goal is reached."""
        self.take(desk)
        if self.record():
            return True
        falls = (COLD / HOT) ** (STRETCH / proposals)
        temperature = HOT
        for _ in range(proposals // STRETCH):
            self.budget.spend(STRETCH * PROPOSAL_WORK)
            if self.budget.over():
                return False
            for _ in range(STRETCH):
                if self._proposed(temperature) and self.record():
                    return True
            temperature *= falls
        return False

    def _proposed(self, temperature: float) -> bool:
        """Draw an exchange and make it or not; whether the seats are cheaper now."""
        random = self.rng.random
        number = int(random() * len(self.model.rounds))
        movable = self.model.rounds[number].units
        if not movable:
            return False
        out = movable[int(random() * len(movable))]
        source, rooms = self.desk.seat[number][out[0]], self.desk.rooms[number]
        target = int(random() * (len(rooms) - 1))
        if target == source:
            return False
        grow, shrink = self.slack(number, source, target)
        backs = self.backs(number, target, len(out) - grow, len(out) + shrink, False)
        if not backs:
            return False
        back = backs[int(random() * len(backs))]
        delta = self._change(number, source, target, out, back)
        if delta < HOPELESS * temperature:
            delta += ROOM_RULE * self.extra_change(number, source, target, out, back)
        if delta > 0 and random() >= exp(-delta / temperature):
            return False
        self.apply(number, source, target, out, back)
        return delta < 0

    def _change(self, number: int, source: int, target: int, out: tuple[int, ...], back: tuple[int, ...]) -> int:
        """What an exchange of bundles changes in the desk's weights."""
        table, double = self.desk.cost[number], self.desk.double
        delta = sum([table[p][target] - table[p][source] for p in out])
        delta += sum([table[q][source] - table[q][target] for q in back])
        for p in out:
            row = double[p]
            delta -= sum([row[q] for q in back])
        for bundle in (out, back):
            if len(bundle) > 1:
                delta += sum([double[p][q] for p, q in combinations(bundle, 2)])
        return delta

"""Calls with people and rooms, for the tests of breakouts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from itertools import combinations

from core.calls import Call, item, minutes, plan_of
from facilitator_tui.core import people, seating
from facilitator_tui.core.actions import Outcome
from facilitator_tui.core.methods import SHIPPED
from facilitator_tui.core.plan import Item, Participant, Plan, RoomRules, Roster, Session, SessionRoom
from facilitator_tui.core.room_moves import move_effect
from facilitator_tui.core.room_plan import RoomPlan, plan_rooms
from facilitator_tui.core.run import Seating
from facilitator_tui.rotation import Problem

PAIRS = Mapping[frozenset[str], int]


def person(number: int, **more: object) -> Participant:
    return Participant(f"p{number:02}", f"Person {number:02}", **more)  # type: ignore[arg-type]


def breakout(id: str = "groups", length: float = 20, **more: object) -> Item:
    return item(id, length, "breakout", **more)


def roomed_plan(
    agenda: list[Item],
    count: int = 12,
    *,
    rooms: tuple[SessionRoom, ...] = (),
    everybody: tuple[Participant, ...] = (),
    rules: RoomRules | None = None,
) -> Plan:
    """A plan with `count` people, or with those given."""
    plan = plan_of([item("hello", 5, "welcome"), *agenda, item("bye", 5, "close")])
    first = plan.sessions[0]
    session = Session(first.id, first.title, first.agenda, first.date, first.start, rooms=rooms)
    roster = Roster(everybody or tuple(person(number) for number in range(1, count + 1)))
    return Plan(plan.programme, (session,), roster, rooms=rules or RoomRules(), methods=SHIPPED)


class Breakouts(Call):
    """A call whose breakouts are planned and published."""

    @property
    def run(self):  # type: ignore[no-untyped-def]
        return self.fold.run

    def item(self, id: str) -> Item:
        found = self.session.item(id)
        assert found
        return found

    def found(self, when: str, id: str = "groups", history: PAIRS | None = None, **more: object) -> RoomPlan:
        return plan_rooms(self.run, self.instant(when), self.item(id), history, seconds=0.3, **more)  # type: ignore[arg-type]

    def move(self, when: str, name: str, room: str) -> None:
        """Somebody is moved by hand in the first round of the groups."""
        effect = move_effect(self.run, self.instant(when), self.item("groups"), 1, name, room)
        self.take(when, Outcome(effect.payloads, effect.said))

    def publish(self, when: str, id: str = "groups", history: PAIRS | None = None) -> RoomPlan:
        plan = self.found(when, id, history)
        self.take(when, seating.publish(plan))
        return plan

    def take(self, when: str, outcome: Outcome) -> Outcome:
        self.happen(self.instant(when), *outcome.payloads)
        return outcome

    def open(self, when: str, id: str = "") -> Outcome:
        return self.take(when, seating.open_rooms(self.run, self.instant(when), id))

    def here(self, when: str, *names: str) -> None:
        for name in names:
            self.take(when, people.here(self.run, self.instant(when), name))

    def everybody_here(self, when: str) -> None:
        self.take(when, people.everybody_here(self.run, self.instant(when)))

    def away(self, when: str, *names: str) -> None:
        for name in names:
            self.take(when, people.away(self.run, self.instant(when), name))

    def lock(self, when: str, room: str, id: str = "groups", number: int = 1) -> Outcome:
        return self.take(when, seating.lock_room(self.run, self.instant(when), id, number, room))

    def seating(self, id: str = "groups", number: int = 1) -> Seating:
        found = self.run.seating(id, number)
        assert found
        return found

    def groups(self, id: str = "groups", number: int = 1) -> set[frozenset[str]]:
        return {frozenset(seat) for seat in self.seating(id, number).seats if seat}

    def instant(self, when: str | datetime) -> datetime:
        return super().instant(when)


def seated(plan: RoomPlan, number: int = 1) -> dict[str, str]:
    """Person to room of one round of a plan that is not published yet."""
    payload = next(one for one in plan.payloads if (one.item, one.round) == (plan.item.id, number))
    return {name: room for room, seat in zip(payload.rooms, payload.seats, strict=True) for name in seat.split()}


def groups_of(plan: RoomPlan, number: int = 1) -> set[frozenset[str]]:
    where = seated(plan, number)
    return {frozenset(name for name in where if where[name] == room) for room in where.values()}


def pairs(groups: set[frozenset[str]]) -> set[frozenset[str]]:
    return {frozenset(pair) for group in groups for pair in combinations(sorted(group), 2)}


__all__ = [
    "Breakouts", "Participant", "Problem", "SessionRoom", "breakout", "groups_of", "item", "minutes", "pairs",
    "person", "roomed_plan", "seated",
]  # fmt: skip

"""Plans and calls made of a few lines, for the tests of the clock."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from facilitator_tui.core import actions, agenda_actions, undo
from facilitator_tui.core.actions import Outcome
from facilitator_tui.core.events import Event, Payload, payload_of, values_of
from facilitator_tui.core.fold import Fold
from facilitator_tui.core.plan import Item, Plan, Programme, Session, default_least
from facilitator_tui.core.rundown import Row, Rundown, rundown

BERLIN = ZoneInfo("Europe/Berlin")


def minutes(number: float) -> timedelta:
    return timedelta(minutes=number)


def clock(text: str) -> timedelta:
    parts = [int(part) for part in text.split(":")]
    return timedelta(hours=parts[0], minutes=parts[1])


def item(
    id: str,
    length: float,
    kind: str = "plenary",
    *,
    least: float | None = None,
    at: str = "",
    until: str = "",
    **more: object,
) -> Item:
    shortest = default_least(kind, minutes(length)) if least is None else minutes(least)
    return Item(
        id,
        id,
        minutes(length),
        kind,
        shortest,
        clock(at) if at else None,
        clock(until) if until else None,
        **more,  # type: ignore[arg-type]
    )


def plan_of(
    agenda: list[Item],
    *,
    day: date | None = date(2026, 3, 10),
    start: str | None = "09:00",
    stop: str | None = None,
    zone: ZoneInfo = BERLIN,
) -> Plan:
    session = Session(
        "x",
        "Session X",
        tuple(agenda),
        day,
        clock(start) if start else None,
        clock(stop) if stop else None,
    )
    return Plan(Programme("p", "Programme", zone), (session,))


def plan_x() -> Plan:
    """The plan of the worked cases: Europe/Berlin, 10 March 2026, hard stop 11:00."""
    return plan_of(
        [
            item("A", 10, "welcome", least=10),
            item("B", 30, "input"),
            item("C", 25, "breakout"),
            item("D", 10, "break"),
            item("E", 25, "plenary", at="10:20", least=10),
            item("F", 15, "plenary", least=10),
        ],
        stop="11:00",
    )


def _action(name: str) -> Callable[..., Any]:
    """The action of a name, whichever module holds it."""
    return next(getattr(module, name) for module in (actions, agenda_actions, undo) if hasattr(module, name))


class Call:
    """A call played by clock times in the plan's zone, through the same actions as every key."""

    def __init__(self, plan: Plan | None = None) -> None:
        self.plan = plan or plan_x()
        self.session = self.plan.sessions[0]
        self.fold = Fold(self.plan, self.session)
        self._numbers = itertools.count(1)

    def instant(self, when: str | datetime) -> datetime:
        """`09:05`, `09:05:30`, or `+1 00:05` for the day after the session's."""
        if isinstance(when, datetime):
            return when
        day = self.session.date or date(2026, 3, 10)
        if when.startswith("+"):
            days, when = when[1:].split()
            day += timedelta(days=int(days))
        parts = [int(part) for part in when.split(":")]
        local = datetime(day.year, day.month, day.day, *parts, tzinfo=self.plan.programme.tz)
        return local.astimezone(UTC)

    def happen(self, at: datetime, *payloads: Payload) -> None:
        group = ""
        for payload in payloads:
            number = next(self._numbers)
            id = f"e{number:06}"
            group = group or (id if len(payloads) > 1 else "")
            self.fold.add([Event(id, number, f"{number:012}", at, payload, group)])

    def do(self, when: str | datetime, action: str, *arguments: object) -> Outcome:
        at = self.instant(when)
        outcome = _action(action)(self.fold.run, at, *arguments)
        if isinstance(outcome, tuple):
            outcome = outcome[0]
        self.happen(outcome.at or at, *outcome.payloads)
        return outcome

    def refuse(self, when: str | datetime, action: str, *arguments: object) -> str:
        """Do what has to be refused; the reason. Nothing may have changed."""
        before = self.fold.run
        with pytest.raises(actions.Refused) as refused:
            self.do(when, action, *arguments)
        assert self.fold.run is before
        return str(refused.value)

    def replan(self, plan: Plan) -> None:
        """The plan file was saved while the call runs."""
        self.plan, self.session = plan, plan.sessions[0]
        self.fold.replan(plan, self.session)

    def reloaded(self) -> Fold:
        """The same call, read from the plain form of its log."""
        plain = [(event, values_of(event.payload)) for event in self.fold.events]
        read = [replace(event, payload=payload_of(event.payload.kind, values)) for event, values in plain]
        return Fold(self.plan, self.session, read)

    def read(self, when: str | datetime) -> Rundown:
        return rundown(self.fold.run, self.instant(when))

    def row(self, when: str | datetime, id: str) -> Row:
        row = self.read(when).row(id)
        assert row is not None
        return row

    def shown(self, moment: datetime | None) -> str:
        """An instant as the plan's clocks show it."""
        assert moment is not None
        local = moment.astimezone(self.plan.programme.tz)
        return f"{local:%H:%M:%S}" if local.second else f"{local:%H:%M}"

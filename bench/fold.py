"""What the clock costs: the fold by the event, the rundown by the tick, an undo at the end of a long day.

A session of 200 items and 5,000 events. Targets: a rundown in 2 ms, and an event of the last thousand as cheap as
one of the first. Prints figures.

    python bench/fold.py
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from facilitator_tui.core import events as ev
from facilitator_tui.core.fold import Fold
from facilitator_tui.core.plan import Item, Participant, Plan, Programme, Roster, Session
from facilitator_tui.core.rundown import rundown

ITEMS = 200
EVENTS = 5_000
START = datetime(2026, 3, 10, 8, tzinfo=UTC)


def a_plan() -> Plan:
    agenda = tuple(Item(f"i{n}", f"Item {n}", timedelta(minutes=3)) for n in range(ITEMS))
    people = tuple(Participant(f"p{n}", f"Person {n}") for n in range(32))
    clock = timedelta(hours=9)
    session = Session("day", "A long day", agenda, START.date(), clock, timedelta(hours=20))
    return Plan(Programme("p", "Programme", ZoneInfo("Europe/Berlin")), (session,), Roster(people))


def a_day() -> list[ev.Event]:
    """Captures and turns mostly, an item every 25 events, changes of time, agenda, rooms and presence between."""
    events: list[ev.Event] = []
    item = 0
    for number in range(EVENTS):
        payload: ev.Payload
        match number % 25:
            case 0:
                payload = ev.ItemStarted(f"i{item}", f"Item {item}", "plenary", 180)
                item += 1
            case 3:
                payload = ev.ItemExtended(f"i{item}", 30)
            case 6 if number % 100 == 6:
                payload = ev.ItemInserted(f"n{number}", f"i{min(ITEMS - 1, item + 3)}", "Break", "break", 60)
            case 8:
                payload = ev.PersonArrived(f"p{number % 32}")
            case 10 | 15 | 20:
                payload = ev.TurnTaken(f"p{number % 32}", f"i{item}")
            case 22 if number % 50 == 22:
                payload = ev.RoomsOpened(f"i{item}", 600, 2)
            case _:
                payload = ev.CaptureAdded("raw text of a line", "text of a line", "note", f"i{item}")
        at = START + timedelta(seconds=number * 7)
        events.append(ev.Event(f"e{number:06}", number, f"{number:08}", at, payload))
    return events


def milliseconds(work: Callable[[], object], times: int = 21) -> tuple[float, float]:
    """Best and median of some runs."""
    took = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        took.append((time.perf_counter() - began) * 1000)
    return min(took), statistics.median(took)


def by_the_thousand(plan: Plan, day: list[ev.Event]) -> list[float]:
    """Milliseconds for each thousand events, fed one by one."""
    fold = Fold(plan, plan.sessions[0])
    took = []
    for first in range(0, EVENTS, 1000):
        began = time.perf_counter()
        for event in day[first : first + 1000]:
            fold.add([event])
        took.append((time.perf_counter() - began) * 1000)
    return took


def main() -> None:
    plan, day = a_plan(), a_day()
    thousands = [min(costs) for costs in zip(*(by_the_thousand(plan, day) for _ in range(5)), strict=True)]
    print("ms a thousand events:", " ".join(f"{cost:.1f}" for cost in thousands))
    print(f"last thousand / first thousand: {thousands[-1] / thousands[0]:.2f}")
    best, median = milliseconds(lambda: Fold(plan, plan.sessions[0], day), 5)
    print(f"fold of {EVENTS} events at once: {best:.1f} ms (median {median:.1f})")

    fold = Fold(plan, plan.sessions[0], day)
    now = day[-1].at + timedelta(seconds=5)
    best, median = milliseconds(lambda: rundown(fold.run, now))
    print(f"rundown of {ITEMS} items: {best:.2f} ms (median {median:.2f}), target 2")

    def undo_and_redo() -> None:
        number = len(fold.events)
        action = day[-1].id
        for payload in (ev.ActionUndone(action), ev.ActionRedone(action)):
            number += 1
            fold.add([ev.Event(f"u{number:06}", number, f"{number:08}", now, payload)])

    best, median = milliseconds(undo_and_redo)
    print(f"undo and redo at the end of the day: {best:.2f} ms (median {median:.2f})")


if __name__ == "__main__":
    main()

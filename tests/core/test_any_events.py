"""A log may hold anything: events of every kind, about things that are not there, in any order, from any computer."""

from __future__ import annotations

from dataclasses import fields
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from core.calls import Call
from facilitator_tui.core.alerts import AlertMemory, due
from facilitator_tui.core.compress import compress
from facilitator_tui.core.envelope import PAYLOADS, Event, Payload, payload_of, values_of
from facilitator_tui.core.fold import Fold
from facilitator_tui.core.rundown import rundown
from facilitator_tui.core.status import status
from facilitator_tui.core.undo import redo, undo

NINE = datetime(2026, 3, 10, 8, 0, tzinfo=UTC)

moments = st.integers(-600, 7200).map(lambda seconds: NINE + timedelta(seconds=seconds))
words = st.sampled_from(["", "A", "B", "C", "x", "p1", "p2", "1", "e000001", "e000003", "900", "A=60", "p1 p2", "-"])
SHAPES: dict[str, st.SearchStrategy[Any]] = {
    "str": words,
    "int": st.sampled_from([-(10**9), -60, 0, 1, 2, 60, 900, 10**9]),
    "bool": st.booleans(),
    "tuple[str, ...]": st.lists(words, max_size=3).map(tuple),
    "datetime": moments,
    "datetime | None": st.none() | moments,
}


def of_kind(cls: type[Payload]) -> st.SearchStrategy[Payload]:
    return st.builds(cls, **{part.name: SHAPES[str(part.type)] for part in fields(cls)})


payloads = st.one_of([of_kind(cls) for cls in PAYLOADS.values()])
logs = st.lists(st.tuples(payloads, moments, st.booleans()), max_size=25).map(
    lambda told: [
        Event(f"e{n:06}", n, f"{n:012}", at, payload, f"e{n - n % 3:06}" if grouped else "")
        for n, (payload, at, grouped) in enumerate(told)
    ]
)
LAWS = settings(deadline=None, max_examples=150)


@LAWS
@given(logs, moments)
def test_a_call_with_any_log_can_be_read_at_any_moment(log: list[Event], now: datetime) -> None:
    call = Call()
    run = Fold(call.plan, call.session, log).run
    view = rundown(run, now)
    assert [row["id"] for row in status(run, view)["items"]] == [row.item.id for row in view.rows]
    assert {row.item.id for row in view.rows} >= {item.id for item in call.session.agenda}
    assert [change for change in compress(view).changes if change.new > change.old] == []
    due(AlertMemory(now - timedelta(seconds=1)), view)


@LAWS
@given(logs, st.randoms(use_true_random=False))
def test_a_log_means_the_same_in_whatever_order_and_pieces_it_arrives(log: list[Event], chance: Any) -> None:
    call = Call()
    whole = Fold(call.plan, call.session, log).run
    shuffled = list(log)
    chance.shuffle(shuffled)
    pieces = Fold(call.plan, call.session)
    while shuffled:
        number = chance.randint(1, len(shuffled))
        pieces.add(shuffled[:number])
        shuffled = shuffled[number:]
    assert pieces.run == whole


@LAWS
@given(logs)
def test_a_log_that_was_stored_and_read_means_the_same(log: list[Event]) -> None:
    call = Call()
    for event in log:
        assert payload_of(event.payload.kind, values_of(event.payload)) == event.payload
    assert Fold(call.plan, call.session, log).run == Fold(call.plan, call.session, list(reversed(log))).run


@LAWS
@given(logs)
def test_the_last_action_of_any_log_can_be_undone_and_done_again(log: list[Event]) -> None:
    call = Call()
    fold = Fold(call.plan, call.session, log)
    before = fold.run
    if not len(before.done):
        return
    (undone,) = undo(before, NINE).payloads
    fold.add([Event("z1", 900, "z1", NINE, undone)])
    (redone,) = redo(fold.run, NINE).payloads
    fold.add([Event("z2", 901, "z2", NINE, redone)])
    assert (fold.run.visits, fold.run.changes, fold.run.seatings) == (before.visits, before.changes, before.seatings)
    assert [capture.content for capture in fold.run.captures] == [capture.content for capture in before.captures]

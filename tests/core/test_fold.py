"""The fold: events in any order and number give one run; undo is data; damage by hand does no harm."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from core.calls import Call, item, minutes, plan_of
from facilitator_tui.core import events as ev
from facilitator_tui.core.events import Event, Payload
from facilitator_tui.core.fold import MARK_EVERY, Fold
from facilitator_tui.core.plan import Participant, Plan, Roster
from facilitator_tui.core.rundown import rundown


def capture(text: str) -> ev.CaptureAdded:
    return ev.CaptureAdded(text, text)


def long_call(length: int = 5 * MARK_EVERY) -> Call:
    call = Call()
    call.do("09:00", "start")
    for number in range(length):
        call.happen(call.instant("09:01") + timedelta(seconds=number), capture(f"line {number}"))
    return call


def at_place(call: Call, stamp: str, payload: Payload) -> Event:
    """An event of another computer, whose stamp decides where it stands."""
    return Event(f"other-{stamp}", 1, stamp, call.instant("09:02"), payload)


def test_an_event_that_comes_twice_counts_once() -> None:
    call = Call()
    call.do("09:00", "start")
    call.do("09:05", "extend", minutes(5))
    before = call.fold.run
    call.fold.add([*call.fold.events, *call.fold.events])
    assert call.fold.run is before
    twice = Fold(call.plan, call.session, [*before_events(call), *before_events(call)])
    assert twice.run == before


def before_events(call: Call) -> tuple[Event, ...]:
    return call.fold.events


def test_a_better_copy_of_an_event_takes_its_place() -> None:
    call = Call()
    call.do("09:00", "start")
    call.do("09:05", "extend", minutes(5))
    last = call.fold.events[-1]
    call.fold.add([replace(last, payload=ev.ItemExtended("A", 60))])
    assert call.row("09:06", "A").length == minutes(11)
    assert call.fold.run == call.reloaded().run


@pytest.mark.parametrize("place", [0, 1, 63, 64, 65, 200, 319])
def test_an_event_that_arrives_late_stands_where_its_stamp_says(place: int) -> None:
    call = long_call()
    stamp = call.fold.events[place + 2].hlc + "-late"
    call.fold.add([at_place(call, stamp, capture("from elsewhere"))])
    assert [c.content.text for c in call.fold.run.captures][place + 1] == "from elsewhere"  # type: ignore[union-attr]
    assert call.fold.run == call.reloaded().run


def test_a_capture_can_be_edited_after_an_earlier_one_was_undone() -> None:
    call = long_call(MARK_EVERY + 10)
    first, later = (
        event
        for event in call.fold.events
        if isinstance(event.payload, ev.CaptureAdded) and event.payload.text in {"line 3", "line 70"}
    )
    call.happen(call.instant("10:00"), ev.ActionUndone(first.id))
    edit = ev.CaptureEdited("better", "better", capture=later.id, over=(later.id,))
    call.happen(call.instant("10:01"), edit)
    shown = call.fold.run.capture(later.id)
    assert shown and shown.content is edit
    assert call.fold.run.capture(first.id) is None
    assert call.fold.run == call.reloaded().run


def test_an_undo_that_arrives_before_what_it_undoes_still_holds() -> None:
    call = Call()
    call.do("09:00", "start")
    call.do("09:05", "extend", minutes(5))
    call.do("09:06", "undo")
    *first, extended, undone = call.fold.events
    fold = Fold(call.plan, call.session, [*first, undone])
    fold.add([extended])
    assert fold.run == call.fold.run
    row = rundown(fold.run, call.instant("09:07")).row("A")
    assert row and row.length == minutes(10)


def test_of_undo_and_redo_the_last_decides() -> None:
    call = Call()
    call.do("09:00", "start")
    call.do("09:05", "extend", minutes(5))
    for when, action in (("09:06", "undo"), ("09:07", "redo"), ("09:08", "undo"), ("09:09", "redo")):
        call.do(when, action)
    assert call.row("09:10", "A").length == minutes(15)


def test_older_runs_stay_valid_values() -> None:
    call = long_call()
    before = call.fold.run
    shown = list(before.captures)
    call.do("10:00", "undo")
    call.do("10:01", "next_item")
    assert list(before.captures) == shown
    assert before.live and before.live.item == "A"


def test_a_changed_plan_is_folded_as_if_it_had_always_been_so() -> None:
    call = Call()
    call.happen(call.instant("09:00"), ev.PersonAdded("p1", "Ada"))
    assert call.fold.run.roster.person("p1")
    call.replan(with_people(call.plan, Participant("p1", "Ada Lovelace")))
    assert [person.name for person in call.fold.run.roster.people] == ["Ada Lovelace"]
    assert call.fold.run == call.reloaded().run


def with_people(plan: Plan, *people: Participant) -> Plan:
    return replace(plan, roster=Roster(people))


def test_a_visit_is_kept_although_the_next_was_pressed_on_a_computer_whose_clock_is_behind() -> None:
    call = Call()
    call.do("09:00:03", "start")
    call.do("09:10", "next_item")
    call.do("09:09:58", "goto", "C")
    assert [visit.item for visit in call.fold.run.visits] == ["A", "B", "C"]


@pytest.mark.parametrize(
    "payload",
    [
        ev.ItemExtended("A", 2**62),
        ev.ItemExtended("A", -(2**62)),
        ev.ItemInserted("new", "A", "New", "break", 2**62),
        ev.AgendaCompressed(("A=" + "9" * 5000, "B=", "=5", "nothing", "C=-3", "B=60")),
        ev.RoomsOpened("C", 2**62, 2**62),
        ev.RoomsOpened("C", -5, -5),
        ev.RoomsExtended(2**62),
        ev.ClockStepped(2**31),
        ev.ItemStarted("A", "A", "plenary", 2**62),
        ev.ItemMoved("A", "A"),
        ev.ItemMoved("nowhere", "A"),
        ev.ItemBackdated("F", ev.instant("1970-01-01T00:00:00Z")),
        ev.RoomsPlanned("C", 1, ("1",), (), ("a b",)),
        ev.Unknown("future.thing", {"x": 1}),
    ],
)
def test_an_event_edited_by_hand_never_stops_the_fold_or_the_rundown(payload: Payload) -> None:
    call = Call()
    call.do("09:00", "start")
    call.happen(call.instant("09:05"), payload)
    call.do("09:06", "goto", "C")
    assert len(call.read("09:10").rows) >= 6


# ---------------------------------------------------------------- the agenda in force


def ids(call: Call, when: str = "09:30") -> str:
    return " ".join(row.item.id for row in call.read(when).rows)


def without(call: Call, *gone: str) -> Plan:
    return plan_of([one for one in call.session.agenda if one.id not in gone], stop="11:00")


def test_the_running_item_survives_its_deletion_where_it_stood() -> None:
    call = Call()
    call.do("09:00", "start")
    call.do("09:10", "next_item")
    call.replan(without(call, "B"))
    assert ids(call) == "A B C D E F"
    live = call.read("09:20").live
    assert live and (live.row.item.id, live.row.item.title, live.remaining) == ("B", "B", minutes(20))


def test_an_extension_given_before_the_start_counts_once_after_the_deletion() -> None:
    call = Call()
    call.do("09:00", "start")
    call.do("09:05", "extend", minutes(5), "B")
    call.do("09:10", "next_item")
    call.replan(without(call, "B"))
    live = call.read("09:20").live
    assert live and live.remaining == minutes(25)


def test_a_deleted_item_with_a_fixed_end_keeps_that_end() -> None:
    call = Call(plan_of([item("A", 20), item("B", 30, until="09:50"), item("C", 10)]))
    call.do("09:00", "start")
    call.do("09:25", "next_item")
    call.replan(without(call, "B"))
    live = call.read("09:30").live
    assert live and call.shown(live.row.expected_end) == "09:50"


def test_the_first_item_survives_its_deletion_at_the_front() -> None:
    call = Call()
    call.do("09:00", "start")
    call.replan(without(call, "A", "B"))
    assert ids(call) == "A C D E F"


def test_a_break_inserted_behind_an_item_that_is_deleted_stays_where_it_ran() -> None:
    call = Call()
    call.do("09:00", "start")
    call.do("09:10", "next_item")
    call.do("09:15", "insert", "break 5")
    call.do("09:20", "next_item")
    call.replan(without(call, "B"))
    assert ids(call) == "A B break C D E F"
    following = call.read("09:22").following
    assert following and following.item.id == "C"


def test_a_break_inserted_behind_an_item_that_never_ran_follows_what_ran_before_it() -> None:
    call = Call()
    call.do("09:00", "start")
    call.do("09:05", "insert", "break 5", "B")
    call.do("09:10", "goto", "break")
    call.replan(without(call, "B"))
    assert ids(call) == "A break C D E F"


def test_what_was_inserted_and_is_in_the_plan_by_now_is_not_there_twice() -> None:
    call = Call()
    call.do("09:00", "start")
    call.do("09:05", "insert", "break 5")
    agenda = list(call.session.agenda)
    agenda.insert(2, item("break", 10, "break"))
    call.replan(plan_of(agenda, stop="11:00"))
    assert ids(call) == "A B break C D E F"


def test_the_running_item_survives_a_new_order() -> None:
    call = Call()
    call.do("09:00", "start")
    call.do("09:10", "next_item")
    agenda = {one.id: one for one in call.session.agenda}
    call.replan(plan_of([agenda[id] for id in "ACBEDF"], stop="11:00"))
    view = call.read("09:20")
    assert view.live and (view.live.row.item.id, view.live.elapsed) == ("B", minutes(10))
    assert [(row.item.id, row.state) for row in view.rows[:3]] == [("A", "done"), ("C", "not-run"), ("B", "live")]


def test_a_new_length_in_the_plan_is_the_running_items_at_once() -> None:
    call = Call()
    call.do("09:00", "start")
    call.do("09:02", "extend", minutes(2))
    agenda = [replace(one, length=minutes(20)) if one.id == "A" else one for one in call.session.agenda]
    call.replan(plan_of(agenda, stop="11:00"))
    live = call.read("09:05").live
    assert live and (live.remaining, live.elapsed) == (minutes(17), minutes(5))


def test_an_item_renamed_live_keeps_its_new_title_over_a_plan_edit() -> None:
    call = Call()
    call.do("09:00", "rename", "C", "Groups of four")
    call.replan(without(call, "D"))
    assert call.row("09:30", "C").item.title == "Groups of four"


@pytest.mark.parametrize("text", ["0001-01-01T00:00:00+05:00", "9999-12-31T23:59:59Z", "2026-03-10T09:00:00", "soon"])
def test_an_instant_that_no_call_could_speak_of_is_kept_as_unknown(text: str) -> None:
    payload = ev.payload_of("session.started", {"laid": text})
    assert isinstance(payload, ev.Unknown)
    call = Call()
    call.happen(call.instant("09:00"), payload)
    assert call.read("09:01").state == "not-started"

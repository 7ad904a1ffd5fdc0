"""Every action on the clock: what it does, when it is refused and why, when it asks; all of it undone."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from core.calls import Call, item, minutes, plan_of
from facilitator_tui.core import actions
from facilitator_tui.core.durations import SECOND, ZERO

pytestmark = pytest.mark.usefixtures("anywhere")


def running(when: str = "09:00", *name: str) -> Call:
    call = Call()
    call.do(when, "start", *name)
    return call


def ids(call: Call, when: str = "09:30") -> str:
    return " ".join(row.item.id for row in call.read(when).rows)


def live(call: Call, when: str) -> str:
    view = call.read(when)
    return view.live.row.item.id if view.live else view.state


# ---------------------------------------------------------------- finding an item


@pytest.mark.parametrize("name", ["E", "5", "Shar", "shar", "SHARING"])
def test_an_item_is_named_by_id_by_number_or_by_the_beginning_of_its_title(name: str) -> None:
    call = Call()
    call.do("08:50", "rename", "E", "Sharing")
    assert actions.find_item(call.fold.run, name).id == "E"


def test_an_unknown_item_is_answered_with_what_there_is() -> None:
    assert call_refuses("goto", "nowhere") == "no item 'nowhere' in x: the items are A, B, C, D, E, F"


def test_a_name_for_several_items_is_answered_with_their_ids() -> None:
    call = Call()
    call.do("08:50", "rename", "B", "Round one")
    call.do("08:50", "rename", "C", "Round two")
    assert call.refuse("08:51", "goto", "Round") == "'Round' could be B or C: give the id"


def call_refuses(action: str, *arguments: object) -> str:
    return running().refuse("09:05", action, *arguments)


# ---------------------------------------------------------------- start, next, previous, go to


def test_start_begins_with_the_first_item_that_is_not_skipped() -> None:
    call = Call()
    call.do("08:50", "skip", "A")
    call.do("09:00", "start")
    assert live(call, "09:01") == "B"


def test_start_passes_over_cues() -> None:
    call = Call(plan_of([item("cue", 0, "cue"), item("A", 10)]))
    call.do("09:00", "start")
    assert live(call, "09:01") == "A"
    assert "is a reminder" in call.refuse("09:02", "goto", "cue")


def test_start_with_every_item_skipped_says_what_to_do() -> None:
    call = Call(plan_of([item("A", 10)]))
    call.do("08:50", "skip", "A")
    assert call.refuse("09:00", "start") == "every item is skipped: unskip one, or insert one"


def test_starting_a_skipped_item_takes_it_back_in_as_one_action() -> None:
    call = Call()
    call.do("08:50", "skip", "B")
    call.do("09:00", "start", "B")
    assert call.row("09:01", "B").state == "live"
    call.do("09:01", "undo")
    assert (call.row("09:01", "B").state, call.read("09:01").state) == ("skipped", "not-started")


def test_start_while_an_item_runs_is_refused() -> None:
    call = running()
    assert call.refuse("09:05", "start") == "A is running already; next goes on"
    assert call.refuse("09:05", "start", "A") == "A is running already"


@pytest.mark.parametrize("apart", [0, 100, 399])
def test_two_nexts_within_400_milliseconds_are_one(apart: int) -> None:
    call = running()
    call.do("09:10", "next_item")
    outcome = call.do(call.instant("09:10") + timedelta(milliseconds=apart), "next_item")
    assert (outcome.payloads, live(call, "09:10:10")) == ((), "B")


def test_two_nexts_400_milliseconds_apart_are_two() -> None:
    call = running()
    call.do(call.instant("09:10") + timedelta(milliseconds=900), "next_item")
    call.do(call.instant("09:10") + timedelta(milliseconds=1300), "next_item")
    assert live(call, "09:10:10") == "C"


def test_the_debounce_holds_after_a_reload() -> None:
    call = running()
    call.do(call.instant("09:10") + timedelta(milliseconds=800), "next_item")
    call.fold = call.reloaded()
    assert call.do(call.instant("09:10") + timedelta(milliseconds=1100), "next_item").payloads == ()


@pytest.mark.parametrize(("after", "asks"), [(1, True), (29, True), (30, False), (600, False)])
def test_next_asks_before_it_leaves_an_item_younger_than_thirty_seconds(after: int, asks: bool) -> None:
    call = running()
    outcome = call.do(call.instant("09:00") + after * SECOND, "next_item")
    assert bool(outcome.asks) is asks
    if after == 29:
        assert outcome.asks == "Leave “A” after 0:29?"


def test_next_before_the_start_starts() -> None:
    call = Call()
    call.do("09:00", "next_item")
    assert live(call, "09:00") == "A"


def test_next_passes_over_skipped_items() -> None:
    call = running()
    call.do("09:01", "skip", "B")
    call.do("09:10", "next_item")
    assert live(call, "09:10") == "C"


def test_next_on_the_last_item_finishes_and_never_wraps() -> None:
    call = running("10:45", "F")
    outcome = call.do("11:02", "next_item")
    assert outcome.asks == "Finish the session?"
    assert outcome.said == "finished at 11:02, +2:00 late"
    assert call.read("11:05").state == "finished"
    assert call.refuse("11:06", "next_item") == "the session is finished; undo reopens it"


def test_next_finishes_when_only_skipped_items_and_cues_are_left() -> None:
    call = Call(plan_of([item("A", 10), item("B", 10), item("cue", 0, "cue")]))
    call.do("09:00", "start")
    call.do("09:01", "skip", "B")
    call.do("09:10", "next_item")
    assert call.read("09:10").state == "finished"


def test_previous_runs_the_item_again_and_keeps_its_earlier_record() -> None:
    call = running()
    call.do("09:10", "next_item")
    call.do("09:12", "previous_item")
    row = call.row("09:15", "A")
    assert [(call.shown(v.started), v.ended and call.shown(v.ended)) for v in row.visits] == [
        ("09:00", "09:10"),
        ("09:12", None),
    ]
    assert (row.state, row.active) == ("live", minutes(13))
    view = call.read("09:15").live
    assert view and (view.elapsed, view.remaining) == (minutes(3), minutes(7))
    call.do("09:20", "next_item")
    assert call.row("09:25", "A").active == minutes(18)
    assert call.row("09:25", "B").active == minutes(7)


def test_previous_on_the_first_item_is_refused() -> None:
    assert call_refuses("previous_item") == "A is the first item"
    assert Call().refuse("09:00", "previous_item") == "can't go back: nothing is running"


def test_previous_passes_over_skipped_items() -> None:
    call = running()
    call.do("09:01", "skip", "B")
    call.do("09:10", "next_item")
    call.do("09:11", "previous_item")
    assert live(call, "09:11") == "A"


def test_go_to_asks_and_the_running_item_is_refused() -> None:
    call = running()
    assert call.do("09:05", "goto", "C").asks == "Go to “C” now?"
    assert call.refuse("09:06", "goto", "C") == "C is running already"


def test_going_back_to_an_item_that_was_jumped_over_leaves_the_jumped_ones_to_come() -> None:
    call = running()
    call.do("09:05", "goto", "D")
    call.do("09:10", "goto", "B")
    states = [row.state for row in call.read("09:11").rows]
    assert states == ["done", "live", "future", "future", "future", "future"]
    assert call.row("09:11", "D").started == call.instant("09:05")


# ---------------------------------------------------------------- waiting before a hard start


def waiting() -> Call:
    call = running("10:00", "D")
    outcome = call.do("10:10", "next_item")
    assert outcome.said == "E waits for its hard start at 10:20"
    return call


def test_next_to_a_hard_start_in_the_future_waits_for_it() -> None:
    call = waiting()
    view = call.read("10:15")
    assert (view.state, view.live) == ("waiting", None)
    assert view.waiting and view.waiting.item.id == "E"
    assert (view.waiting.state, call.shown(view.waiting.expected_start)) == ("future", "10:20")
    assert call.row("10:15", "D").ended == call.instant("10:10")


def test_an_awaited_item_begins_by_itself_at_its_hard_start() -> None:
    call = waiting()
    assert live(call, "10:19:59") == "waiting"
    view = call.read("10:20").live
    assert view and (view.row.item.id, view.elapsed, view.remaining) == ("E", ZERO, minutes(25))
    assert call.read("10:20").item_drift == ZERO


@pytest.mark.parametrize(("action", "arguments"), [("start", ()), ("next_item", ()), ("goto", ("E",))])
def test_a_second_press_begins_an_awaited_item_early(action: str, arguments: tuple[str, ...]) -> None:
    call = waiting()
    call.do("10:12", action, *arguments)
    row = call.row("10:13", "E")
    assert (row.state, call.shown(row.started), len(row.visits)) == ("live", "10:12", 1)
    assert call.read("10:13").item_drift == minutes(-8)
    call.do("10:14", "undo")
    assert call.read("10:14").state == "waiting"


def test_the_second_press_of_one_next_does_not_begin_the_awaited_item() -> None:
    call = waiting()
    assert call.do(call.instant("10:10") + timedelta(milliseconds=300), "next_item").payloads == ()
    assert call.read("10:11").state == "waiting"


def test_an_awaited_item_that_is_left_was_never_run() -> None:
    call = waiting()
    call.do("10:12", "goto", "F")
    row = call.row("10:13", "E")
    assert (row.state, row.visits, row.active) == ("not-run", (), ZERO)


def test_an_awaited_item_can_be_extended_but_not_paused_backdated_skipped_or_moved() -> None:
    call = waiting()
    call.do("10:12", "extend", minutes(5))
    assert call.row("10:13", "E").length == minutes(30)
    for action, argument in (("pause", ()), ("backdate", (minutes(1),))):
        assert "E has not begun yet" in call.refuse("10:13", action, *argument)
    assert "waits for its hard start" in call.refuse("10:13", "skip", "E")
    assert call.refuse("10:13", "move", "E", "down").startswith("E is awaited")
    assert call.refuse("10:13", "move", "F", "up") == "F can't go further up"


def test_finishing_while_an_item_is_awaited_leaves_no_record_of_it() -> None:
    call = waiting()
    call.do("10:15", "finish")
    view = call.read("10:30")
    assert (view.state, call.shown(view.expected_end)) == ("finished", "10:10")
    assert call.row("10:30", "E").visits == ()


# ---------------------------------------------------------------- pause and resume


@pytest.mark.parametrize("action", ["pause", "resume"])
def test_there_is_nothing_to_hold_before_the_start_and_after_the_end(action: str) -> None:
    assert "nothing is running" in Call().refuse("09:00", action)
    call = running()
    call.do("09:05", "finish")
    assert "the session is finished" in call.refuse("09:06", action)


def test_a_refusal_calls_an_item_by_the_title_it_was_given_since() -> None:
    call = running()
    call.do("09:01", "pause")
    call.do("09:02", "rename", "A", "Arrival")
    assert call.refuse("09:03", "pause").startswith("Arrival is paused already")


def test_a_pause_in_a_pause_and_a_resume_without_one_are_refused() -> None:
    call = running()
    assert call.refuse("09:01", "resume") == "A is not paused"
    call.do("09:02", "pause")
    assert call.refuse("09:03", "pause") == "A is paused already; resume goes on"


def test_next_out_of_a_pause_ends_both() -> None:
    call = running()
    call.do("09:05", "pause")
    call.do("09:08", "next_item")
    row = call.row("09:10", "A")
    assert (row.active, row.paused) == (minutes(5), minutes(3))
    assert live(call, "09:10") == "B"


def test_a_pause_over_midnight_holds() -> None:
    call = Call(plan_of([item("A", 30)], start="23:45"))
    call.do("23:45", "start")
    call.do("23:50", "pause")
    call.do("+1 00:10", "resume")
    view = call.read("+1 00:15").live
    assert view and (view.elapsed, view.remaining) == (minutes(10), minutes(20))


# ---------------------------------------------------------------- more, less, until


def test_time_can_be_given_to_an_item_still_to_come() -> None:
    call = running()
    assert call.do("09:01", "extend", minutes(5), "C").said == "C +5:00, now 30:00"
    assert call.read("09:01").end_over == minutes(-5) + minutes(5)
    assert call.row("09:01", "C").length == minutes(30)


@pytest.mark.parametrize(
    ("by", "why"),
    [
        (ZERO, "nothing to change: give minutes like +5 or -3"),
        (minutes(-11), "A has 10:00 in all; it can't be shortened by 11:00"),
        (minutes(24 * 60), "no item is longer than a day"),
    ],
)
def test_a_change_that_makes_no_sense_is_refused(by: timedelta, why: str) -> None:
    assert call_refuses("extend", by) == why


def test_an_item_may_be_shortened_below_what_is_elapsed() -> None:
    call = running()
    call.do("09:08", "extend", minutes(-5))
    view = call.read("09:08").live
    assert view and (view.remaining, view.phase) == (minutes(-3), "overtime")


def test_what_is_over_can_not_be_given_time() -> None:
    call = running()
    call.do("09:10", "next_item")
    assert call.refuse("09:11", "extend", minutes(5), "A") == "can't change the time: A is done"


@pytest.mark.parametrize(
    ("typed", "length"),
    [("7", 7), ("+3", 13), ("-2", 8), ("−2", 8), ("+1:30", 11.5), ("until 09:20", 20), ("UNTIL 9:20", 20)],
)
def test_the_exact_field_takes_a_length_a_change_or_a_clock_time(typed: str, length: float) -> None:
    call = running()
    call.do("09:05", "change_time", typed)
    assert call.row("09:05", "A").length == minutes(length)


@pytest.mark.parametrize("typed", ["", "+", "soon", "until", "until noon", "until 25:00", "until 9:61", "until 9"])
def test_the_exact_field_refuses_what_it_can_not_read(typed: str) -> None:
    call_refuses("change_time", typed)


def test_until_counts_from_what_is_left_after_overtime_and_in_a_pause() -> None:
    call = running()
    call.do("09:15", "until", "09:20")
    view = call.read("09:15").live
    assert view and view.remaining == minutes(5)
    call.do("09:16", "pause")
    call.do("09:18", "until", "09:30")
    view = call.read("09:18").live
    assert view and (view.remaining, call.shown(view.row.expected_end)) == (minutes(12), "09:30")


def test_until_sets_the_end_of_an_item_still_to_come() -> None:
    call = running()
    call.do("09:05", "until", "09:50", "B")
    assert call.shown(call.row("09:05", "B").expected_end) == "09:50"
    assert call.refuse("09:06", "until", "09:50", "B") == "B ends at 09:50 already"
    assert call.refuse("09:06", "until", "09:08", "B") == "B starts at 09:10; it can't end at 09:08"


def test_until_a_time_that_has_passed_is_refused() -> None:
    assert call_refuses("until", "09:01") == "09:01 has passed; give a later time"


def test_until_after_midnight_is_tomorrow() -> None:
    call = Call(plan_of([item("A", 10)], start="23:50"))
    call.do("23:50", "start")
    call.do("23:55", "until", "00:15")
    view = call.read("23:55").live
    assert view and view.remaining == minutes(20)
    call.do("23:56", "until", "24:00")
    view = call.read("23:56").live
    assert view and view.remaining == minutes(4)


def test_until_before_the_start_means_the_day_of_the_session() -> None:
    call = Call()
    call.do("+1 12:00", "until", "09:50", "B")
    assert call.row("09:00", "B").length == minutes(40)


# ---------------------------------------------------------------- backdate


def test_backdating_moves_the_start_and_gives_the_time_to_elapsed() -> None:
    call = running("09:05")
    assert call.do("09:06", "backdate", minutes(3)).said == "A started at 09:03"
    view = call.read("09:06").live
    assert view and (view.elapsed, view.remaining) == (minutes(3), minutes(7))


def test_backdating_stops_at_the_end_of_the_item_before() -> None:
    call = running("10:00", "D")
    call.do("10:05", "next_item")
    call.do("10:20", "start") if call.read("10:20").live is None else None
    assert call.refuse("10:25", "backdate", minutes(21)) == "D ended at 10:05; E can't have started at 10:04"
    call.do("10:25", "backdate", minutes(20))
    assert call.shown(call.row("10:25", "E").started) == "10:05"


def test_a_start_pressed_too_early_is_put_right_in_the_same_way() -> None:
    call = running()
    call.do("09:05", "backdate", minutes(3))
    view = call.read("09:05").live
    assert view and (view.elapsed, view.row.drift_start) == (minutes(3), minutes(2))


def test_backdating_needs_a_sensible_length() -> None:
    call = running()
    assert call.refuse("09:05", "backdate", ZERO) == "give the minutes ago that it started, like 3"
    assert call.refuse("09:05", "backdate", minutes(10**9)) == "nothing is backdated by more than a day"


def test_backdating_to_behind_a_pause_is_refused() -> None:
    call = running()
    call.do("09:01", "pause")
    call.do("09:02", "resume")
    why = call.refuse("09:05", "backdate", minutes(3))
    assert why == "it was paused at 09:01, so it had started by then"


def test_backdating_a_paused_item_keeps_its_pause() -> None:
    call = running("09:05")
    call.do("09:06", "pause")
    call.do("09:08", "resume")
    call.do("09:09", "backdate", minutes(6))
    view = call.read("09:09").live
    assert view and (view.elapsed, view.row.paused) == (minutes(4), minutes(2))


# ---------------------------------------------------------------- skip, insert, move, rename


def test_skip_and_unskip() -> None:
    call = running()
    assert call.do("09:01", "skip", "B").said == "B skipped, 30:00 saved"
    assert call.refuse("09:02", "skip", "B") == "B is skipped already; unskip takes it back in"
    call.do("09:03", "unskip", "B")
    assert call.row("09:03", "B").state == "future"
    assert call.refuse("09:04", "unskip", "B") == "B is not skipped"


def test_what_runs_or_is_over_can_not_be_skipped() -> None:
    call = running()
    assert call.refuse("09:01", "skip", "A") == "A is running; next leaves it"
    call.do("09:10", "next_item")
    assert call.refuse("09:11", "skip", "A") == "A is over; only what is still to come can be skipped"


def test_an_inserted_item_follows_the_live_one() -> None:
    call = running()
    call.do("09:05", "insert", "break 5")
    assert ids(call) == "A break B C D E F"
    row = call.row("09:05", "break")
    assert (row.item.kind, row.item.title, row.length) == ("break", "Break", minutes(5))
    assert call.shown(call.row("09:05", "B").expected_start) == "09:15"
    assert call.row("09:05", "B").planned_start == call.instant("09:10")


@pytest.mark.parametrize(
    ("typed", "kind", "title", "length"),
    [
        ("break 5", "break", "Break", 5),
        ("5 break", "break", "Break", 5),
        ("energiser 3 Shake it", "energiser", "Shake it", 3),
        ("Round of thanks 3", "plenary", "Round of thanks", 3),
        ("qa Second round 1:30", "qa", "Second round", 1.5),
    ],
)
def test_a_new_item_is_typed_as_kind_title_and_length(typed: str, kind: str, title: str, length: float) -> None:
    call = running()
    call.do("09:05", "insert", typed, "B")
    row = call.read("09:05").rows[2]
    assert (row.item.kind, row.item.title, row.length) == (kind, title, minutes(length))


@pytest.mark.parametrize("typed", ["", "break", "5", "break 0", "break 2000"])
def test_a_new_item_without_a_name_or_a_sensible_length_is_refused(typed: str) -> None:
    call_refuses("insert", typed)


def test_two_inserted_breaks_have_ids_of_their_own() -> None:
    call = running()
    call.do("09:05", "insert", "break 5", "B")
    call.do("09:06", "insert", "break 5", "D")
    assert ids(call) == "A B break C D break-2 E F"


def test_nothing_is_inserted_behind_what_is_over() -> None:
    call = running()
    call.do("09:10", "next_item")
    assert call.refuse("09:11", "insert", "break 5", "A") == "A is over; insert behind an item that is not"


def test_moving_goes_one_place_among_what_is_to_come() -> None:
    call = running()
    call.do("09:01", "move", "D", "up")
    assert ids(call) == "A B D C E F"
    call.do("09:02", "move", "B", "down")
    assert ids(call) == "A D B C E F"
    assert call.refuse("09:03", "move", "D", "up") == "D can't go further up"
    assert call.refuse("09:03", "move", "F", "down") == "F can't go further down"
    assert call.refuse("09:03", "move", "A", "down").startswith("A is live")
    assert call.refuse("09:03", "move", "D", "left") == "move D up or down, not 'left'"


def test_before_the_start_an_item_can_be_moved_to_the_front() -> None:
    call = Call()
    call.do("08:50", "move", "B", "up")
    assert ids(call, "08:51") == "B A C D E F"


def test_renaming_changes_the_title_and_keeps_the_id() -> None:
    call = running()
    call.do("09:01", "rename", "A", "  Good\tmorning ")
    assert call.row("09:01", "A").item.title == "Good morning"
    assert call.refuse("09:02", "rename", "A", "Good morning") == "that is its title already: Good morning"
    assert call.refuse("09:02", "rename", "A", " ") == "give the new title"


# ---------------------------------------------------------------- finish, close


def test_finishing_asks_and_says_how_late_it_is() -> None:
    call = running()
    outcome = call.do("10:50", "finish")
    assert (outcome.said, outcome.asks) == ("finished at 10:50, −10:00 early", "Finish the session?")
    assert call.refuse("10:51", "finish") == "the session is finished already"


def test_a_session_that_was_not_started_can_not_be_finished() -> None:
    assert Call().refuse("09:00", "finish") == "the session has not started; nothing to finish"


AFTER_THE_END: list[tuple[str, tuple[Any, ...]]] = [
    ("start", ()),
    ("next_item", ()),
    ("previous_item", ()),
    ("goto", ("B",)),
    ("pause", ()),
    ("extend", (minutes(5),)),
    ("until", ("12:00",)),
    ("backdate", (minutes(1),)),
    ("insert", ("break 5",)),
    ("compress_agenda", ()),
    ("skip", ("B",)),
]


@pytest.mark.parametrize(("action", "arguments"), AFTER_THE_END)
def test_after_the_end_an_action_is_refused_and_changes_nothing(action: str, arguments: tuple[Any, ...]) -> None:
    call = running()
    call.do("09:05", "finish")
    call.refuse("09:06", action, *arguments)


# ---------------------------------------------------------------- undo and redo


EVERYTHING: list[tuple[str, tuple[Any, ...]]] = [
    ("next_item", ()),
    ("previous_item", ()),
    ("goto", ("E",)),
    ("goto", ("D",)),
    ("pause", ()),
    ("extend", (minutes(5),)),
    ("extend", (minutes(-5), "C")),
    ("until", ("10:30",)),
    ("backdate", (minutes(30),)),
    ("skip", ("D",)),
    ("insert", ("break 5",)),
    ("move", ("D", "up")),
    ("rename", ("C", "Groups")),
    ("compress_agenda", ()),
    ("subtract", ()),
    ("finish", ()),
]


@pytest.mark.parametrize(("action", "arguments"), EVERYTHING)
def test_every_action_can_be_undone_and_redone_also_after_a_restart(action: str, arguments: tuple[Any, ...]) -> None:
    call = running()
    call.do("09:12", "next_item")
    call.do("09:50", "extend", minutes(30))
    arguments = (call.instant("09:48"),) if action == "subtract" else arguments
    before = call.read("10:00")
    call.do("09:55", action, *arguments)
    after = call.read("10:00")
    assert after != before
    call.fold = call.reloaded()
    assert call.do("09:57", "undo").said.startswith("undone: ")
    assert call.read("10:00") == before
    call.fold = call.reloaded()
    assert call.do("09:58", "redo").said.startswith("done again: ")
    assert call.read("10:00") == after


def test_with_nothing_left_undo_and_redo_say_so() -> None:
    assert Call().refuse("09:00", "undo") == "nothing to undo"
    assert call_refuses("redo") == "nothing to redo"


def test_a_new_action_takes_the_way_to_redo() -> None:
    call = running()
    call.do("09:01", "extend", minutes(5))
    call.do("09:02", "undo")
    call.do("09:03", "pause")
    assert call.refuse("09:04", "redo") == "nothing to redo"


def test_what_is_over_or_never_began_can_not_be_closed() -> None:
    call = Call()
    assert "has not started" in close_refused(call, "09:30", "09:10")
    call.do("09:00", "start")
    assert "began at 09:00" in close_refused(call, "09:30", "08:50")
    assert "still to come" in close_refused(call, "09:30", "10:00")
    call.do("09:30", "finish")
    assert "finished already" in close_refused(call, "09:40", "09:10")


def close_refused(call: Call, when: str, at: str) -> str:
    return call.refuse(when, "close", call.instant(at))


def test_nothing_is_inserted_into_a_session_that_is_over() -> None:
    call = running()
    call.do("09:30", "finish")
    assert "undo reopens it" in call.refuse("09:31", "insert", "break 5")


def test_a_word_that_begins_like_a_number_is_no_length() -> None:
    assert "break 5" in running().refuse("09:05", "insert", "break 5x5")

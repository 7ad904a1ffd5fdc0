"""Compress: shares, floors, walls, what can't be saved; the laws are in test_clock_laws."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.calls import Call, item, minutes, plan_of
from facilitator_tui.core import agenda_actions
from facilitator_tui.core.compress import Compression
from facilitator_tui.core.durations import ZERO
from facilitator_tui.core.plan import Plan

pytestmark = pytest.mark.usefixtures("anywhere")


def two_halves(least: float = 5) -> Plan:
    return plan_of(
        [item("A", 10), item("B", 20, least=least), item("C", 10, least=least), item("D", 20, "input")], stop="10:00"
    )


def preview(call: Call, when: str) -> Compression:
    _, compression = agenda_actions.compress_agenda(call.fold.run, call.instant(when))
    return compression


def lengths(call: Call, when: str) -> list[float]:
    return [row.length / minutes(1) for row in call.read(when).rows]


def test_the_loss_is_shared_in_proportion_to_the_lengths() -> None:
    call = Call(two_halves())
    call.do("09:09", "start")
    call.do("09:09", "compress_agenda")
    assert lengths(call, "09:09") == [10, 14, 7, 20]
    assert call.read("09:09").end_over == ZERO


def test_an_item_at_its_least_is_taken_out_and_the_rest_is_shared_again() -> None:
    call = Call(plan_of([item("A", 10), item("B", 20, least=18), item("C", 20, least=5)], stop="09:50"))
    call.do("09:10", "start")
    call.do("09:10", "compress_agenda")
    assert lengths(call, "09:10") == [10, 18, 12]


def test_seconds_are_rounded_down_and_the_last_flexible_item_takes_the_remainder() -> None:
    rows = [item(id, 10, least=1) for id in "BCD"]
    call = Call(plan_of([item("A", 10), *rows], stop="09:40"))
    call.do("09:00:10", "start")
    changes = preview(call, "09:00:10").changes
    assert [change.new for change in changes] == [timedelta(seconds=s) for s in (596, 596, 598)]


def test_the_preview_names_old_new_and_difference_and_changes_nothing() -> None:
    call = Call(two_halves())
    call.do("09:09", "start")
    before = call.fold.run
    shown = preview(call, "09:09")
    assert [(c.item, c.old, c.new, c.difference) for c in shown.changes] == [
        ("B", minutes(20), minutes(14), minutes(-6)),
        ("C", minutes(10), minutes(7), minutes(-3)),
    ]
    assert (call.shown(shown.ends), shown.still_over) == ("10:00", ZERO)
    assert call.fold.run is before


def test_what_can_not_be_saved_is_said() -> None:
    call = Call(two_halves(8))
    call.do("09:16", "start")
    outcome = call.do("09:16", "compress_agenda")
    assert outcome.said == "2 items shorter, still over by 2:00: cut an item"
    assert lengths(call, "09:16") == [10, 8, 8, 20]
    assert call.refuse("09:17", "compress_agenda") == "still over by 2:00: cut an item"


def test_what_fits_is_left_alone() -> None:
    call = Call(two_halves())
    call.do("08:58", "start")
    assert call.refuse("08:58", "compress_agenda") == "nothing to shrink: it ends 2:00 early"


def test_the_next_hard_start_is_the_first_wall() -> None:
    call = Call(
        plan_of(
            [item("A", 10), item("B", 20, least=10), item("C", 10, at="09:30", least=5), item("D", 10)], stop="09:50"
        )
    )
    call.do("09:05", "start")
    call.do("09:05", "compress_agenda")
    assert lengths(call, "09:05") == [10, 15, 10, 10]
    assert call.row("09:05", "C").live_gap == ZERO


def test_a_buffer_before_a_hard_start_is_used_before_anything_is_shortened() -> None:
    call = Call()
    call.do("09:05", "start")
    assert call.refuse("09:05", "compress_agenda") == "nothing to shrink: it ends on time"


def test_what_one_wall_could_not_save_is_carried_on_to_the_next() -> None:
    call = Call(plan_of([item("A", 10), item("B", 20, least=18), item("C", 20, at="09:30", least=5)], stop="09:50"))
    call.do("09:05", "start")
    call.do("09:05", "compress_agenda")
    assert lengths(call, "09:05") == [10, 18, 17]
    assert call.row("09:05", "C").live_gap == minutes(-3)
    assert call.read("09:05").end_over == ZERO


def test_items_before_a_fixed_end_leave_its_item_its_least() -> None:
    call = Call(plan_of([item("A", 10), item("B", 20, least=5), item("C", 20, until="09:50", least=15), item("D", 10)]))
    call.do("09:12", "start")
    call.do("09:12", "compress_agenda")
    assert call.row("09:12", "B").length == minutes(13)
    assert call.row("09:12", "C").length == minutes(15)


def test_the_running_item_and_what_is_over_are_never_shortened() -> None:
    call = Call(two_halves())
    call.do("09:00", "start")
    call.do("09:10", "next_item")
    call.do("09:38", "compress_agenda")
    assert lengths(call, "09:38")[:2] == [10, 20]


def test_a_length_set_by_hand_after_a_compress_wins_until_the_next() -> None:
    call = Call(two_halves())
    call.do("09:09", "start")
    call.do("09:09", "compress_agenda")
    call.do("09:10", "extend", minutes(4), "B")
    assert call.row("09:10", "B").length == minutes(18)
    assert call.read("09:10").end_over == minutes(4)
    call.do("09:11", "compress_agenda")
    assert call.read("09:11").end_over == ZERO
    assert call.row("09:11", "B").length < minutes(18)


def test_skipped_items_and_cues_take_no_part() -> None:
    rows = [item("A", 10), item("cue", 0, "cue", at="09:01"), item("B", 20), item("C", 20, least=10)]
    call = Call(plan_of(rows, stop="09:45"))
    call.do("09:00", "start")
    call.do("09:00", "extend", minutes(20))
    call.do("09:00", "skip", "B")
    call.do("09:01", "compress_agenda")
    assert call.row("09:01", "C").length == minutes(15)


def test_an_item_shorter_than_its_least_stays_as_short() -> None:
    call = Call(two_halves(8))
    call.do("09:09", "start")
    call.do("09:09", "extend", minutes(-5), "C")
    call.do("09:09", "compress_agenda")
    assert call.row("09:09", "C").length == minutes(5)


def test_while_a_hard_start_is_awaited_the_rest_can_be_compressed() -> None:
    rows = [item("A", 10), item("B", 30, at="09:30", least=10), item("C", 10, least=5)]
    call = Call(plan_of(rows, stop="10:00"))
    call.do("09:00", "start")
    call.do("09:10", "next_item")
    call.do("09:11", "compress_agenda")
    assert call.shown(call.row("09:11", "B").expected_start) == "09:30"
    assert call.read("09:11").end_over == ZERO

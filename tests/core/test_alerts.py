"""Alerts: each once, armed again by more time, one summary for what nobody saw."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.calls import Call, item, minutes, plan_of
from facilitator_tui.core import events as ev
from facilitator_tui.core.alerts import Alert, AlertMemory, Summary, due
from facilitator_tui.core.durations import SECOND
from facilitator_tui.core.rundown import rundown


class Watch:
    """Looks at a call once a second and keeps what is told."""

    def __init__(self, call: Call, since: str) -> None:
        self.call = call
        self.now = call.instant(since)
        _, self.memory = due(AlertMemory(), rundown(call.fold.run, self.now))

    def until(self, when: str) -> list[str]:
        """Look every second up to an instant, and tell what was told."""
        told: list[str] = []
        while self.now < self.call.instant(when):
            self.now += SECOND
            told += [f"{self.call.shown(self.now)} {alert.words}" for alert in self.look(self.now)]
        return told

    def look(self, now: datetime) -> tuple[Alert, ...]:
        self.now = now
        alerts, self.memory = due(self.memory, rundown(self.call.fold.run, now))
        return alerts


def running(length: float = 10) -> Call:
    call = Call(plan_of([item("A", length), item("B", 10), item("C", 10)], stop="12:00"))
    call.do("09:00", "start")
    return call


# ---------------------------------------------------------------- the live item


def test_warning_danger_and_the_end_are_told_once_each_at_their_moment() -> None:
    watch = Watch(running(), "09:00")
    assert watch.until("09:12") == ["09:08 2:00 left: A", "09:09 1:00 left: A", "09:10:01 time is up: A"]


def test_severity_rises_with_what_is_left() -> None:
    watch = Watch(running(), "09:07:50")
    severities = []
    for when in ("09:08", "09:08:30", "09:09", "09:09:30", "09:10:01"):
        severities += [alert.severity for alert in watch.look(watch.call.instant(when))]
    assert severities == ["warning", "danger", "danger"]


@pytest.mark.parametrize(
    ("length", "told"),
    [
        (0.75, ["09:00:46 time is up: A"]),
        (1, ["09:01:01 time is up: A"]),
        (2, ["09:01 1:00 left: A", "09:02:01 time is up: A"]),
    ],
)
def test_an_item_shorter_than_its_threshold_does_not_alert_at_its_start(length: float, told: list[str]) -> None:
    assert Watch(running(length), "09:00").until("09:03") == told


def test_an_extension_past_the_threshold_arms_it_again() -> None:
    watch = Watch(running(), "09:00")
    watch.until("09:08:30")
    watch.call.do("09:08:30", "extend", minutes(5))
    assert watch.until("09:13:30") == ["09:13 2:00 left: A"]


def test_an_extension_that_stays_below_the_threshold_does_not() -> None:
    watch = Watch(running(), "09:00")
    watch.until("09:08:30")
    watch.call.do("09:08:30", "extend", timedelta(seconds=20))
    assert watch.until("09:09:15") == []
    assert watch.until("09:09:30") == ["09:09:20 1:00 left: A"]


def test_two_thresholds_passed_at_once_are_one_alert() -> None:
    watch = Watch(running(), "09:05")
    watch.call.do("09:05", "extend", timedelta(minutes=-4, seconds=-30))
    assert watch.until("09:05:01") == ["09:05:01 0:29 left: A"]


def test_a_pause_is_silent_and_the_alert_comes_when_it_goes_on() -> None:
    watch = Watch(running(), "09:00")
    watch.until("09:05")
    watch.call.do("09:05", "pause")
    assert watch.until("09:20") == []
    watch.call.do("09:20", "resume")
    assert watch.until("09:23:30") == ["09:23 2:00 left: A"]


def test_every_visit_is_told_of_anew() -> None:
    watch = Watch(running(), "09:00")
    watch.until("09:08:30")
    watch.call.do("09:08:30", "next_item")
    watch.until("09:09:10")
    watch.call.do("09:09:10", "previous_item")
    assert watch.until("09:17:30") == ["09:17:10 2:00 left: A"]


def test_an_undone_next_does_not_repeat_what_was_told() -> None:
    watch = Watch(running(), "09:00")
    watch.until("09:08:30")
    watch.call.do("09:08:30", "next_item")
    watch.until("09:08:40")
    watch.call.do("09:08:40", "undo")
    assert watch.until("09:08:59") == []


def test_the_first_look_tells_nothing_of_what_was_so_before() -> None:
    watch = Watch(running(), "09:08:30")
    assert watch.until("09:08:50") == []
    assert watch.until("09:09") == ["09:09 1:00 left: A"]


# ---------------------------------------------------------------- nobody looked


def test_a_gap_gives_one_summary_of_what_was_passed() -> None:
    watch = Watch(running(), "09:05")
    (alert,) = watch.look(watch.call.instant("09:12"))
    assert isinstance(alert, Summary)
    assert alert.words == "away 7:00, meanwhile: 2:00 left: A; 1:00 left: A; time is up: A"
    assert (alert.kind, alert.severity, len(alert.passed)) == ("away", "danger", 3)


def test_a_gap_in_which_nothing_was_passed_is_still_told() -> None:
    watch = Watch(running(), "09:01")
    assert [alert.words for alert in watch.look(watch.call.instant("09:05"))] == ["away 4:00"]


def test_a_gap_of_thirty_seconds_is_no_gap() -> None:
    watch = Watch(running(), "09:07:40")
    assert [alert.kind for alert in watch.look(watch.call.instant("09:08:10"))] == ["warning"]


def test_a_gap_outside_a_session_is_no_news() -> None:
    watch = Watch(Call(), "08:00")
    assert watch.look(watch.call.instant("08:30")) == ()


def test_a_fast_clock_is_given_more_patience() -> None:
    call = running()
    _, memory = due(AlertMemory(), call.read("09:07"))
    alerts, _ = due(memory, call.read("09:08"), patience=minutes(30))
    assert [alert.kind for alert in alerts] == ["warning"]


# ---------------------------------------------------------------- the rooms


def in_rooms(seconds: int, rounds: int = 1) -> Watch:
    call = running(60)
    call.happen(call.instant("09:00"), ev.RoomsOpened("A", seconds, rounds))
    return Watch(call, "09:00")


def test_rooms_are_noticed_at_five_and_one_minute_then_grace_then_closed() -> None:
    assert in_rooms(600).until("09:12") == [
        "09:05 5:00 left in the rooms",
        "09:09 1:00 left in the rooms",
        "09:10 the rooms close in 1:00",
        "09:11 the rooms are closed",
    ]


def test_between_rounds_the_change_is_announced_and_called() -> None:
    assert in_rooms(1080, 3).until("09:19") == [
        "09:05:30 change rooms in 0:30",
        "09:06 change rooms now: round 2 of 3",
        "09:11:30 change rooms in 0:30",
        "09:12 change rooms now: round 3 of 3",
        "09:13 5:00 left in the rooms",
        "09:17 1:00 left in the rooms",
        "09:18 the rooms close in 1:00",
        "09:19 the rooms are closed",
    ]


def test_a_last_round_no_longer_than_a_notice_is_not_noticed_at_its_start() -> None:
    assert in_rooms(600, 2).until("09:09:30") == [
        "09:04:30 change rooms in 0:30",
        "09:05 change rooms now: round 2 of 2",
        "09:09 1:00 left in the rooms",
    ]


def test_more_time_for_the_rooms_arms_their_notices_again() -> None:
    watch = in_rooms(600)
    watch.until("09:09:30")
    watch.call.happen(watch.call.instant("09:09:30"), ev.RoomsExtended(300))
    assert watch.until("09:14") == ["09:10 5:00 left in the rooms", "09:14 1:00 left in the rooms"]


def test_a_recall_tells_of_the_grace_minute() -> None:
    watch = in_rooms(600)
    watch.until("09:03")
    watch.call.happen(watch.call.instant("09:03"), ev.RoomsRecalled())
    assert watch.until("09:04") == ["09:03:01 the rooms close in 0:59", "09:04 the rooms are closed"]


def test_rooms_close_also_when_their_item_is_left_meanwhile() -> None:
    watch = in_rooms(600)
    watch.until("09:10:10")
    watch.call.do("09:10:10", "next_item")
    assert watch.until("09:11:30") == ["09:11 the rooms are closed"]


def test_rooms_whose_opening_is_undone_are_not_called_closed() -> None:
    watch = in_rooms(600)
    watch.until("09:03")
    watch.call.do("09:03", "undo")
    assert watch.until("09:03:10") == []


def test_rooms_that_ended_while_nobody_looked_are_in_the_summary() -> None:
    watch = in_rooms(600, 2)
    (alert,) = watch.look(watch.call.instant("09:20"))
    assert alert.words == (
        "away 20:00, meanwhile: change rooms now: round 2 of 2; 1:00 left in the rooms; "
        "the rooms close in 1:00; the rooms are closed"
    )


# ---------------------------------------------------------------- moments


def test_an_awaited_hard_start_is_told_when_it_begins() -> None:
    call = Call()
    call.do("10:10", "start", "D")
    call.do("10:15", "next_item")
    assert Watch(call, "10:15").until("10:20:30") == ["10:20 E begins now: hard start"]


def test_a_hard_start_that_comes_while_another_item_runs_is_told() -> None:
    call = Call()
    call.do("10:00", "start", "D")
    call.do("10:00", "extend", minutes(15))
    assert "10:20 E should begin now: hard start" in Watch(call, "10:15").until("10:21")


def test_an_item_begun_before_its_hard_start_is_not_told_of() -> None:
    call = Call()
    call.do("10:00", "start", "D")
    call.do("10:10", "next_item")
    call.do("10:12", "next_item")
    assert Watch(call, "10:12").until("10:21") == []


def test_a_missed_latest_start_is_told_once_until_it_fits_again() -> None:
    call = Call(plan_of([item("A", 10), item("B", 10, least=2), item("C", 10, least=2)], stop="09:35"))
    call.do("09:00", "start")
    watch = Watch(call, "09:12")
    assert watch.until("09:30") == ["09:15:01 B can't start in time any more: over by 0:01"]
    call.do("09:30", "next_item")
    call.do("09:30", "extend", minutes(-8))
    watch.until("09:31")
    call.do("09:31", "compress_agenda")
    assert watch.until("09:31:10") == []
    call.do("09:31:10", "extend", minutes(20))
    assert watch.until("09:31:20") == ["09:31:11 C can't start in time any more: over by 20:00"]


def test_a_cue_is_told_at_its_moment() -> None:
    call = Call(plan_of([item("A", 10), item("tea", 0, "cue", at="09:05"), item("now", 0, "cue"), item("B", 10)]))
    call.do("09:00", "start")
    watch = Watch(call, "09:00")
    assert watch.until("09:06") == ["09:05 tea"]
    call.do("09:06", "next_item")
    assert watch.until("09:06:05") == ["09:06:01 now"]


# ---------------------------------------------------------------- laws


_looks = st.lists(st.tuples(st.integers(1, 400), st.sampled_from(["", "+", "-", "pause", "next"])), max_size=30)


@settings(deadline=None, max_examples=40)
@given(_looks)
def test_a_look_that_follows_at_once_never_tells_anything_again(looks: Any) -> None:
    call = running()
    call.happen(call.instant("09:00"), ev.RoomsOpened("A", 900, 2))
    now = call.instant("09:00")
    memory = AlertMemory()
    for wait, deed in looks:
        now += wait * SECOND
        live = rundown(call.fold.run, now).live
        if deed in {"+", "-"} and live and live.row.length > minutes(3):
            call.do(now, "extend", minutes(2 if deed == "+" else -2))
        elif deed == "pause" and live:
            call.do(now, "resume" if live.phase == "paused" else "pause")
        elif deed == "next" and live:
            call.do(now, "next_item")
        view = rundown(call.fold.run, now)
        _, memory = due(memory, view)
        assert due(memory, view)[0] == ()

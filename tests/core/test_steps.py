"""Methods as timed steps: which one it is, how long it has left, and that all of them end with the item."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.calls import Call, item, minutes, plan_of
from facilitator_tui.core.durations import SECOND, ZERO
from facilitator_tui.core.methods import SHIPPED, total_length
from facilitator_tui.core.plan import Method
from facilitator_tui.core.steps import StepNow, live_step, step_at, timed_steps


def step(method: str, length: float, elapsed: float) -> StepNow:
    found = step_at(SHIPPED[method], minutes(length), minutes(elapsed))
    assert found
    return found


def test_a_step_has_its_number_its_clock_its_words_and_its_group() -> None:
    now = step("1-2-4-all", 12, 2)
    assert (now.words, now.remaining, now.group) == ("step 2 of 4", minutes(1), 2)
    assert now.say == SHIPPED["1-2-4-all"].steps[1].say
    assert now.following and now.following.step is SHIPPED["1-2-4-all"].steps[2]


def test_a_step_ends_on_the_second_on_which_the_next_begins() -> None:
    assert step("1-2-4-all", 12, 1).words == "step 2 of 4"
    last = step_at(SHIPPED["1-2-4-all"], minutes(12), minutes(1) - SECOND)
    assert last and (last.words, last.remaining) == ("step 1 of 4", SECOND)


@pytest.mark.parametrize(("elapsed", "regroups"), [(0, False), (1, True), (3, True), (7, False)])
def test_people_change_places_where_a_step_asks_for_it(elapsed: float, regroups: bool) -> None:
    assert step("1-2-4-all", 12, elapsed).at.regroups is regroups


def test_repeated_steps_are_counted_through() -> None:
    troika = SHIPPED["troika"]
    timed = timed_steps(troika, total_length(troika))
    assert len(timed) == 12
    now = step("troika", 30, 13.5)
    assert (now.words, now.at.time, now.group) == ("step 7 of 12", 2, 3)


def test_the_last_step_takes_the_overtime() -> None:
    now = step("1-2-4-all", 12, 14)
    assert (now.words, now.remaining, now.following) == ("step 4 of 4", minutes(-2), None)


def test_a_longer_or_shorter_item_stretches_every_step_alike() -> None:
    lengths = [one.length for one in timed_steps(SHIPPED["1-2-4-all"], minutes(24))]
    assert lengths == [minutes(m) for m in (2, 4, 8, 10)]
    lengths = [one.length for one in timed_steps(SHIPPED["1-2-4-all"], minutes(6))]
    assert lengths == [minutes(m) for m in (0.5, 1, 2, 2.5)]


@given(st.sampled_from(sorted(SHIPPED)), st.integers(0, 3 * 3600))
def test_the_steps_fill_the_item_in_whole_seconds_without_a_gap(id: str, seconds: int) -> None:
    timed = timed_steps(SHIPPED[id], seconds * SECOND)
    assert (timed[0].begins, timed[-1].ends) == (ZERO, seconds * SECOND)
    assert all(a.ends == b.begins for a, b in itertools.pairwise(timed))
    assert all(one.length >= ZERO and one.length % SECOND == ZERO for one in timed)
    assert [one.number for one in timed] == list(range(1, len(timed) + 1))


@given(st.sampled_from(sorted(SHIPPED)), st.integers(60, 7200), st.integers(0, 9000))
def test_the_steps_come_one_after_the_other(id: str, seconds: int, elapsed: int) -> None:
    now = step_at(SHIPPED[id], seconds * SECOND, elapsed * SECOND)
    later = step_at(SHIPPED[id], seconds * SECOND, (elapsed + 1) * SECOND)
    assert now and later and later.at.number >= now.at.number
    assert now.remaining > ZERO or now.following is None


def test_a_method_without_steps_or_without_minutes_does_no_harm() -> None:
    assert step_at(Method("none", "None", ()), minutes(5), ZERO) is None
    still = Method("still", "Still", tuple(replace(one, length=ZERO) for one in SHIPPED["w3"].steps))
    now = step_at(still, minutes(5), minutes(1))
    assert now and (now.words, now.remaining) == ("step 3 of 3", minutes(4))


# ---------------------------------------------------------------- in a call


def call_with(method: str, length: float, until: str = "") -> Call:
    plan = plan_of([item("A", length, "breakout", method=method, until=until), item("B", 10)], stop="11:00")
    call = Call(replace(plan, methods=SHIPPED))
    call.do("09:00", "start")
    return call


def now(call: Call, when: str) -> StepNow | None:
    live = call.read(when).live
    return live_step(call.plan, live) if live else None


def test_the_live_item_stands_in_a_step_of_its_method() -> None:
    found = now(call_with("1-2-4-all", 12), "09:04")
    assert found and (found.words, found.remaining) == ("step 3 of 4", minutes(3))


def test_a_pause_holds_the_step() -> None:
    call = call_with("1-2-4-all", 12)
    call.do("09:04", "pause")
    found = now(call, "09:30")
    assert found and (found.words, found.remaining) == ("step 3 of 4", minutes(3))


def test_the_steps_end_with_an_item_that_was_extended() -> None:
    call = call_with("1-2-4-all", 12)
    call.do("09:00", "extend", minutes(12))
    found = now(call, "09:20")
    live = call.read("09:20").live
    assert found and live and found.remaining == live.remaining == minutes(4)


def test_the_steps_end_at_a_fixed_end_although_the_item_was_paused() -> None:
    call = call_with("1-2-4-all", 12, until="09:12")
    call.do("09:02", "pause")
    call.do("09:05", "resume")
    found = now(call, "09:11")
    assert found and (found.words, found.remaining) == ("step 4 of 4", minutes(1))


@pytest.mark.parametrize("method", ["", "unheard-of"])
def test_an_item_without_a_known_method_has_no_steps(method: str) -> None:
    assert now(call_with(method, 12), "09:05") is None


def test_a_step_has_a_length_of_its_own() -> None:
    assert timed_steps(SHIPPED["w3"], minutes(20))[0].length == timedelta(minutes=6)

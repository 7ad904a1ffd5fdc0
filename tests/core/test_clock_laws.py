"""Laws of the clock: whatever is done in whatever order, these hold."""

from __future__ import annotations

import contextlib
import itertools
import random
from datetime import datetime, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from core.calls import Call, item, plan_of
from facilitator_tui.core import actions, agenda_actions
from facilitator_tui.core import events as ev
from facilitator_tui.core.durations import SECOND, ZERO
from facilitator_tui.core.fold import Fold
from facilitator_tui.core.plan import Plan
from facilitator_tui.core.run import Run
from facilitator_tui.core.rundown import rundown
from facilitator_tui.errors import FacilitatorError

LAWS = settings(deadline=None, max_examples=60)

ITEMS = ("A", "B", "C", "D", "E", "F", "cue", "break", "gone")


def _plan() -> Plan:
    return plan_of(
        [
            item("A", 10, "welcome"),
            item("B", 30, "input"),
            item("cue", 0, "cue", at="09:25"),
            item("C", 25, "breakout", rounds=2),
            item("D", 10, "break", until="10:15"),
            item("E", 25, "plenary", at="10:20", least=10),
            item("F", 15, "plenary", least=10),
        ],
        stop="11:00",
    )


_lengths = st.integers(-40 * 60, 40 * 60).map(lambda s: timedelta(seconds=s))
_names = st.sampled_from(ITEMS)
_things: st.SearchStrategy[tuple[str, tuple[Any, ...]]] = st.one_of(
    st.sampled_from(
        ["start", "next_item", "next_item", "previous_item", "pause", "resume", "compress_agenda", "finish"]
    ).map(lambda name: (name, ())),
    st.sampled_from(["undo", "redo"]).map(lambda name: (name, ())),
    st.tuples(st.sampled_from(["goto", "skip", "unskip", "start"]), _names.map(lambda n: (n,))),
    st.tuples(st.just("extend"), _lengths.map(lambda by: (by,))),
    st.tuples(st.just("extend"), st.tuples(_lengths, _names)),
    st.tuples(st.just("backdate"), _lengths.map(lambda by: (by,))),
    st.tuples(st.just("until"), st.sampled_from(["09:40", "10:40", "11:30"]).map(lambda t: (t,))),
    st.tuples(st.just("insert"), st.just(("break 5",))),
    st.tuples(st.just("move"), st.tuples(_names, st.sampled_from(["up", "down"]))),
    st.tuples(st.just("rename"), st.tuples(_names, st.just("Another title"))),
    st.tuples(st.just("open_rooms"), st.booleans().map(lambda follows: (follows,))),
    st.tuples(st.just("extend_rooms"), st.integers(-600, 600).map(lambda s: (s,))),
    st.tuples(st.just("recall_rooms"), st.just(())),
    st.tuples(st.just("subtract"), st.integers(1, 1200).map(lambda s: (s,))),
)
_waits = st.integers(0, 25 * 60).map(lambda s: timedelta(seconds=s))
_story = st.lists(st.tuples(_waits, _things), max_size=25)


def _do(call: Call, now: datetime, name: str, arguments: tuple[Any, ...]) -> bool:
    """Do it if it is allowed."""
    run = call.fold.run
    try:
        if name == "open_rooms":
            call.happen(now, ev.RoomsOpened("C", 1200, 2, arguments[0]))
        elif name == "extend_rooms":
            call.happen(now, ev.RoomsExtended(arguments[0]))
        elif name == "recall_rooms":
            call.happen(now, ev.RoomsRecalled())
        elif name == "subtract":
            call.do(now, "subtract", now - arguments[0] * SECOND)
        else:
            return bool(call.do(now, name, *arguments).payloads)
    except FacilitatorError:
        assert call.fold.run is run
        return False
    return True


def _play(story: list[tuple[timedelta, tuple[str, tuple[Any, ...]]]]) -> tuple[Call, datetime]:
    call = Call(_plan())
    now = call.instant("08:55")
    for wait, (name, arguments) in story:
        now += wait
        _do(call, now, name, arguments)
    return call, now


def _idle(run: Run, now: datetime) -> timedelta:
    """The time between the visits and behind the last one."""
    visits = [visit for visit in run.visits if visit.started <= now]
    reached, idle = visits[0].started, ZERO
    for visit in visits:
        idle += visit.started - reached
        reached = visit.end_at(now)
    return idle + max(ZERO, (run.finished or now) - reached)


@LAWS
@given(_story, _waits)
def test_active_paused_and_idle_time_add_up_to_the_span_of_the_session(story: Any, later: timedelta) -> None:
    call, now = _play(story)
    now += later
    run = call.fold.run
    ran = [visit for visit in run.visits if visit.started <= now]
    if not ran:
        return
    view = rundown(run, now)
    shares = sum((row.active + row.paused for row in view.rows), ZERO)
    assert shares + _idle(run, now) == (run.finished or now) - ran[0].started


@LAWS
@given(_story)
def test_no_record_overlaps_the_one_before_and_every_length_is_positive(story: Any) -> None:
    call, now = _play(story)
    visits = call.fold.run.visits
    assert all(a.ended and a.ended <= b.started for a, b in itertools.pairwise(visits))
    view = rundown(call.fold.run, now)
    assert all(row.expected_end >= row.expected_start for row in view.rows)
    assert all(row.length >= ZERO and row.active >= ZERO and row.paused >= ZERO for row in view.rows)


@LAWS
@given(_story)
def test_at_most_one_item_is_live_and_what_follows_it_never_starts_before_it_ends(story: Any) -> None:
    call, now = _play(story)
    view = rundown(call.fold.run, now)
    assert sum(row.state == "live" for row in view.rows) <= 1
    reached = view.live.row.expected_end if view.live else None
    for row in view.rows:
        if reached and row.state == "future" and row.item.kind != "cue":
            assert row.expected_start >= reached
            reached = row.expected_end
    if view.live:
        assert view.expected_end == max([r.expected_end for r in view.rows if r.state in {"live", "future"}])


@LAWS
@given(_story, st.lists(_waits, max_size=6))
def test_elapsed_time_never_falls_while_an_item_runs(story: Any, waits: list[timedelta]) -> None:
    call, now = _play(story)
    elapsed = ZERO
    for wait in waits:
        now += wait
        live = rundown(call.fold.run, now).live
        if live is None:
            continue
        assert live.elapsed >= elapsed
        elapsed = live.elapsed


@LAWS
@given(_story, _waits, _lengths)
def test_more_or_less_time_never_changes_what_is_elapsed(story: Any, later: timedelta, by: timedelta) -> None:
    call, now = _play(story)
    now += later
    before = rundown(call.fold.run, now).live
    if before and _do(call, now, "extend", (by,)):
        after = rundown(call.fold.run, now).live
        assert after and after.elapsed == before.elapsed
        assert after.remaining == before.remaining + by


@LAWS
@given(_story, _waits)
def test_the_live_item_is_never_expected_to_end_in_the_past(story: Any, later: timedelta) -> None:
    call, now = _play(story)
    view = rundown(call.fold.run, now + later)
    if view.live:
        assert view.live.row.expected_end >= view.now
        assert view.live.row.expected_end == view.now + max(ZERO, view.live.remaining)


@LAWS
@given(_story, st.randoms(use_true_random=False))
def test_a_reloaded_log_gives_the_same_run_in_any_order_of_arrival(story: Any, chance: random.Random) -> None:
    call, now = _play(story)
    assert call.reloaded().run == call.fold.run
    events = [*call.fold.events, *chance.sample(call.fold.events, len(call.fold.events) // 2)]
    chance.shuffle(events)
    fold = Fold(call.plan, call.session)
    while events:
        size = chance.randint(1, 7)
        fold.add(events[:size])
        events = events[size:]
    assert fold.run == call.fold.run
    assert fold.events == call.fold.events
    assert rundown(fold.run, now) == rundown(call.fold.run, now)


@LAWS
@given(_story, _waits, _things)
def test_undo_restores_the_rundown_and_redo_the_action(story: Any, later: timedelta, thing: Any) -> None:
    call, now = _play(story)
    now += later
    before, undoable = rundown(call.fold.run, now), len(call.fold.run.done)
    if thing[0] in {"undo", "redo"} or not _do(call, now, *thing):
        return
    assert len(call.fold.run.done) == undoable + 1
    after = rundown(call.fold.run, now)
    call.fold = call.reloaded()
    call.do(now, "undo")
    assert rundown(call.fold.run, now) == before
    call.fold = call.reloaded()
    call.do(now, "redo")
    assert rundown(call.fold.run, now) == after


@LAWS
@given(_story)
def test_undoing_everything_leaves_a_session_that_was_not_started(story: Any) -> None:
    call, now = _play(story)
    while len(call.fold.run.done):
        call.do(now, "undo")
    assert rundown(call.fold.run, now) == Call(_plan()).read(now)


@LAWS
@given(_story, st.integers(-7200, 7200), _waits)
def test_a_clock_that_steps_changes_neither_elapsed_nor_remaining_nor_any_record(
    story: Any, step: int, later: timedelta
) -> None:
    call, now = _play(story)
    if rundown(call.fold.run, now).waiting:
        return
    before = rundown(call.fold.run, now + later)
    call.happen(now + step * SECOND, ev.ClockStepped(step))
    after = rundown(call.fold.run, now + later + step * SECOND)
    assert [(row.active, row.paused) for row in after.rows] == [(r.active, r.paused) for r in before.rows]
    assert (after.live is None) == (before.live is None)
    if after.live and before.live and not after.live.fixed_end:
        assert after.live.elapsed == before.live.elapsed
        assert after.live.remaining == before.live.remaining
    if after.rooms and before.rooms and before.state != "finished":
        assert after.rooms.remaining == before.rooms.remaining


@LAWS
@given(_story, st.sampled_from(ITEMS[:6]))
def test_a_changed_plan_gives_what_a_fresh_start_with_it_gives(story: Any, gone: str) -> None:
    call, now = _play(story)
    kept = [one for one in reversed(call.session.agenda) if one.id != gone]
    call.replan(plan_of(kept, stop="11:00"))
    assert call.fold.run == call.reloaded().run
    live = call.fold.run.live
    if live:
        assert any(row.item.id == live.item for row in rundown(call.fold.run, now).rows)


# ---------------------------------------------------------------- compress


@st.composite
def _crowded(draw: st.DrawFn) -> tuple[Plan, int]:
    rows = []
    reached = 0
    for number in range(draw(st.integers(1, 7))):
        length = draw(st.integers(0, 40))
        reached += length
        at = until = ""
        if number and draw(st.integers(0, 4)) == 0:
            begin = 540 + max(0, reached + draw(st.integers(-20, 30)))
            at = f"{begin // 60:02}:{begin % 60:02}"
        elif number and draw(st.integers(0, 5)) == 0:
            end = 540 + reached + draw(st.integers(0, 30))
            until = f"{end // 60:02}:{end % 60:02}"
        least = draw(st.integers(0, length))
        rows.append(item(f"i{number}", length, least=least, at=at, until=until))
    stop = 540 + reached + draw(st.integers(-60, 20))
    stop = max(560, stop)
    return plan_of(rows, stop=f"{stop // 60:02}:{stop % 60:02}"), draw(st.integers(0, 50 * 60))


def _earliest_end(call: Call, now: datetime) -> datetime:
    """The end when every item to come takes its least: nothing can end earlier."""
    view = rundown(call.fold.run, now)
    assert view.live
    end = view.live.row.expected_end
    for row in view.rows:
        if row.state == "future":
            at = row.item.at
            start = end if at is None else max(end, view.layout.instant(at))
            end = start + min(row.item.least, row.length)
            if row.fixed_end:
                end = max(start, row.fixed_end)
    return end


@settings(deadline=None, max_examples=300)
@given(_crowded())
def test_compress_meets_the_hard_stop_whenever_that_can_be_reached(crowded: tuple[Plan, int]) -> None:
    plan, late = crowded
    call = Call(plan)
    now = call.instant("09:00") + timedelta(seconds=late)
    call.do(now, "start")
    if call.fold.run.live and call.fold.run.live.started > now:
        return
    before = rundown(call.fold.run, now)
    earliest = _earliest_end(call, now)
    try:
        _, preview = agenda_actions.compress_agenda(call.fold.run, now)
    except actions.Refused:
        assert before.end_over <= ZERO or earliest == before.expected_end
        return
    call.do(now, "compress_agenda")
    after = rundown(call.fold.run, now)
    assert after.expected_end == preview.ends
    assert after.end_over == preview.still_over
    assert after.expected_end <= max(before.hard_stop, earliest)
    if after.expected_end < before.hard_stop:
        # Only a wall on the way, met or come closer to, makes it end earlier than it must.
        rows = list(zip(before.rows, after.rows, strict=True))
        met = any(old.live_gap < new.live_gap <= ZERO for old, new in rows)
        assert met or any(row.fixed_end for row in after.rows)
    for old, new in zip(before.rows, after.rows, strict=True):
        if old.fixed_end:
            continue
        assert new.length <= old.length
        assert new.length >= min(old.item.least, old.length)
        assert new.length % SECOND == ZERO
    call.refuse(now, "compress_agenda")


@settings(deadline=None, max_examples=200)
@given(_crowded())
def test_compress_meets_every_hard_start_that_can_be_reached(crowded: tuple[Plan, int]) -> None:
    plan, late = crowded
    call = Call(plan)
    now = call.instant("09:00") + timedelta(seconds=late)
    call.do(now, "start")
    view = rundown(call.fold.run, now)
    if view.live is None:
        return
    with contextlib.suppress(actions.Refused):
        call.do(now, "compress_agenda")
    after = rundown(call.fold.run, now)
    end = view.live.row.expected_end
    for row, new in zip(view.rows, after.rows, strict=True):
        if row.state != "future":
            continue
        hard = view.layout.instant(row.item.at) if row.item.at is not None else None
        start = end if hard is None else max(end, hard)
        if hard:
            assert new.live_gap >= min(ZERO, hard - end)
        end = max(start, row.fixed_end) if row.fixed_end else start + min(row.item.least, row.length)

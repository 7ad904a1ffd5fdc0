"""What the second hand tells: alerts, sleep, a clock that was set, a call of another day, steps of a method."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from console.played import BareStage, Clock, Play, console, opened, shown
from facilitator_tui.console.conductor import Conductor
from facilitator_tui.core.alerts import Summary
from facilitator_tui.core.durations import MINUTE, SECOND, ZERO
from facilitator_tui.core.events import ClockStepped, Event, SessionFinished
from facilitator_tui.core.rundown import rundown
from facilitator_tui.store.journal import MemoryJournal


class Watched(Play):
    """A call with a steady clock beside the one that can be set, and with the bell switched on."""

    def __init__(self, folder: Path, at: str = "2020-09-29 15:00", session: str = "tue", bell: bool = True) -> None:
        self.clock = Clock(at)
        self.seconds = self.steady = 100.0
        self.stage = BareStage()
        self.store = opened(folder, session)
        self.conductor = Conductor(
            self.store,
            self.stage,
            now=self.clock,
            local=ZoneInfo("America/Bogota"),
            since=lambda: self.seconds,
            steady=lambda: self.steady,
            bell=bell,
        )
        self.conductor.begin()

    def pass_time(self, seconds: float) -> None:
        """Time goes by while nobody looks."""
        self.clock.on(seconds=seconds)
        self.steady += seconds

    def watch(self, seconds: int) -> None:
        """Time goes by and every second is looked at."""
        for _ in range(seconds):
            self.pass_time(1)
            self.conductor.tick()

    def told(self) -> list[str]:
        return [alert.words for alert in self.scene.alerts]

    @property
    def left(self) -> timedelta:
        live = rundown(self.store.run, self.clock()).live
        assert live is not None
        return live.remaining


WELCOME = "Welcome and yesterday in one minute"


def test_alerts_that_come_together_are_all_told(tmp_path: Path) -> None:
    play = Watched(tmp_path)
    play.go("groups")
    play.press("rooms.clock", "time.less", "time.less", "time.less", "time.less")
    play.watch(30 * 60)
    assert "1:00 left: Inhibitors, then enablers" in play.told()
    assert "5:00 left in the rooms" in play.told()


def test_an_alert_stays_for_ten_seconds_and_an_action_does_not_take_it_away(tmp_path: Path) -> None:
    play = Watched(tmp_path)
    play.press("item.start")
    play.watch(180)
    seconds, silence = play.stage.timers[-1]
    play.press("time.pause")
    assert seconds == 10 and play.told() == [f"2:00 left: {WELCOME}"] and play.said.startswith("paused")
    silence()
    assert play.told() == []


def test_an_extension_behind_a_threshold_makes_it_tell_again(tmp_path: Path) -> None:
    play = Watched(tmp_path)
    play.press("item.start")
    play.watch(200)
    rung = play.stage.rung
    play.press("time.more")
    play.watch(60)
    assert play.told() == [f"2:00 left: {WELCOME}"] and play.stage.rung == rung + 1


def test_a_later_alert_of_the_same_clock_takes_the_place_of_the_one_before(tmp_path: Path) -> None:
    play = Watched(tmp_path)
    play.press("item.start")
    play.watch(245)
    assert play.told() == [f"1:00 left: {WELCOME}"]


def test_the_bell_is_silent_unless_it_is_switched_on(tmp_path: Path) -> None:
    play = Watched(tmp_path, bell=False)
    play.press("item.start")
    play.watch(302)
    assert play.stage.rung == 0 and play.told()


def test_a_sleep_through_warning_and_end_is_one_summary_and_nothing_has_advanced(tmp_path: Path) -> None:
    play = Watched(tmp_path)
    play.press("item.start")
    play.pass_time(7 * 60)
    play.conductor.tick()
    (alert,) = play.scene.alerts
    assert isinstance(alert, Summary) and alert.words.startswith("away 7:00") and "time is up" in alert.words
    assert play.live == "hello" and play.stage.rung == 0


@pytest.mark.parametrize(("key", "left"), [("k", -2 * MINUTE), ("escape", -2 * MINUTE), ("s", 5 * MINUTE)])
def test_after_a_sleep_the_time_is_kept_or_subtracted(tmp_path: Path, key: str, left: timedelta) -> None:
    play = Watched(tmp_path)
    play.press("item.start")
    play.pass_time(7 * 60)
    play.conductor.tick()
    assert "7:00" in play.scene.asking and "keeps" in play.scene.answers and "subtracts" in play.scene.answers
    assert play.conductor.answer(key) and not play.conductor.asking
    assert play.left == left


def test_subtracting_a_sleep_can_be_undone(tmp_path: Path) -> None:
    play = Watched(tmp_path)
    play.press("item.start")
    play.pass_time(420)
    play.conductor.tick()
    play.conductor.answer("s")
    play.press("undo")
    assert play.left == -2 * MINUTE


def test_a_sleep_in_a_pause_asks_nothing(tmp_path: Path) -> None:
    play = Watched(tmp_path)
    play.press("item.start", "time.pause")
    play.pass_time(420)
    play.conductor.tick()
    assert not play.conductor.asking and play.told()[0].startswith("away 7:00") and play.left == 5 * MINUTE


@pytest.mark.parametrize("seconds", [-2, 3600, -3600])
def test_a_clock_that_is_set_leaves_the_remaining_time_right_and_is_noted(tmp_path: Path, seconds: int) -> None:
    play = Watched(tmp_path)
    play.press("item.start")
    play.watch(60)
    play.clock.on(seconds=seconds)
    play.watch(1)
    assert abs(play.left - 239 * SECOND) <= 2 * SECOND
    assert [e.payload.seconds for e in play.store.events if isinstance(e.payload, ClockStepped)] == [seconds]
    assert play.told()[0].startswith("the clock was set " + ("forward" if seconds > 0 else "back"))
    assert not play.conductor.asking


def test_a_jump_that_another_console_of_this_computer_has_noted_is_not_noted_again(tmp_path: Path) -> None:
    play = Watched(tmp_path)
    play.press("item.start")
    play.watch(60)
    journal = play.store.journal
    assert isinstance(journal, MemoryJournal)
    # The other one looks at its clock every second; this one was held up for a minute.
    play.clock.on(seconds=3600)
    noted = Event(
        "other", 1, f"9999-09-29T15:01:01.000Z-0000-{journal.device}", play.clock(), ClockStepped(3600, "no2")
    )
    journal.receive([noted])
    play.pass_time(60)
    play.conductor.tick()
    assert [event.id for event in play.store.events if isinstance(event.payload, ClockStepped)] == ["other"]
    assert play.store.run.live and play.store.run.live.elapsed(play.clock()) == 120 * SECOND


def test_an_action_right_after_the_clock_was_set_is_done_at_the_right_time(tmp_path: Path) -> None:
    play = Watched(tmp_path)
    play.press("item.start")
    play.watch(60)
    play.clock.on(seconds=3600)
    play.press("item.next")
    first, second = play.store.run.visits
    assert first.elapsed(play.clock()) == 60 * SECOND and second.started == play.clock()


def test_a_sleep_is_no_clock_that_was_set(tmp_path: Path) -> None:
    play = Watched(tmp_path)
    play.press("item.start")
    play.pass_time(420)
    play.conductor.tick()
    assert not any(isinstance(event.payload, ClockStepped) for event in play.store.events)


def test_two_readings_far_apart_are_not_compared(tmp_path: Path) -> None:
    """A process that is stopped between reading one clock and the other would see a step that never was."""
    play = Watched(tmp_path)
    play.press("item.start")
    readings = iter((161.0, 168.0))
    play.conductor.attention._steady = lambda: next(readings)
    play.clock.on(seconds=61)
    play.conductor.attention.check_clock()
    assert not any(isinstance(event.payload, ClockStepped) for event in play.store.events)


def test_a_call_that_was_resumed_the_next_day_has_slept_the_night(tmp_path: Path) -> None:
    play = Play(tmp_path)
    play.press("item.start")
    play.clock.on(minutes=2)
    play.note("a line")
    again = Play(tmp_path, "2020-09-30 09:00", play.store)
    assert "17:00" in again.scene.answers
    again.conductor.answer("R")
    live = again.scene.view.live
    assert live and live.elapsed == 2 * MINUTE and live.remaining == 3 * MINUTE and live.phase == "running"


def test_a_call_that_was_left_open_is_closed_at_the_time_it_should_have_ended(tmp_path: Path) -> None:
    play = Play(tmp_path)
    play.press("item.start")
    again = Play(tmp_path, "2020-09-30 09:00", play.store)
    again.conductor.answer("n")
    assert again.scene.stale and again.conductor.asking
    again.conductor.answer("enter")
    assert isinstance(play.store.events[-1].payload, SessionFinished)
    assert again.scene.view.end_over == ZERO


def test_a_console_left_open_over_night_asks_in_the_morning(tmp_path: Path) -> None:
    play = Watched(tmp_path)
    play.press("item.start")
    play.pass_time(16 * 3600)
    play.conductor.tick()
    assert play.scene.stale and play.scene.asking == "Unfinished session of 29 September."


def test_a_call_that_began_after_the_last_sign_of_life_was_left_by_nobody(tmp_path: Path) -> None:
    play = Play(tmp_path)
    play.press("item.start")
    before = play.clock() - 60 * SECOND
    play.store.heartbeat.last_alive = lambda: before  # type: ignore[method-assign]
    again = Play(tmp_path, "2020-09-29 15:04", play.store)
    assert "away" not in again.said


def test_a_paused_call_that_is_opened_again_is_still_paused(tmp_path: Path) -> None:
    play = Play(tmp_path)
    play.press("item.start", "time.pause")
    began = play.store.run.began
    play.store.heartbeat.last_alive = lambda: began  # type: ignore[method-assign]
    again = Play(tmp_path, "2020-09-29 15:04", play.store)
    assert again.said == "away 4:00; still paused" and again.scene.view.state == "paused"


def test_a_new_step_of_a_method_is_told_and_says_that_groups_change(tmp_path: Path) -> None:
    play = Watched(tmp_path, "2020-09-28 15:10", "mon")
    play.go("pairs")
    play.watch(119)
    assert play.told() == []
    play.watch(1)
    assert play.told() == ["step 2 of 5: Pairs, round 1 · new groups"]


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (200, 60)])
async def test_the_live_pane_shows_the_step_its_clock_what_to_say_and_what_follows(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with console(tmp_path, "2020-09-30 15:35", size=size, store=opened(tmp_path, "wed")) as (app, pilot, clock):
        assert app.conductor
        app.conductor.cursor = "troika"
        app.conductor.do("cursor.choose")
        app.conductor.answer("enter")
        for _ in range(12):
            clock.on(seconds=20)
            app.conductor.tick()
        await pilot.pause()
        screen = shown(app)
        for words in ("step 3 of 12", "Consultants talk", "then", "Client"):
            assert words in screen, screen


async def test_a_second_that_changes_nothing_writes_nothing_to_the_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with console(tmp_path, "2020-09-29 15:00") as (app, pilot, clock):
        assert app.conductor and app._driver
        app.conductor.do("item.start")
        clock.on(seconds=20)
        app.conductor.tick()
        await pilot.pause()
        written: list[str] = []
        monkeypatch.setattr(type(app._driver), "is_headless", False)
        app._driver.write = written.append  # type: ignore[method-assign]
        for _ in range(5):
            app.conductor.tick()
            await pilot.pause()
        assert sum(map(len, written)) == 0
        clock.on(seconds=1)
        app.conductor.tick()
        await pilot.pause()
        assert 0 < sum(map(len, written)) < 4000


async def test_only_the_local_column_follows_a_new_time_zone_of_the_computer(
    tmp_path: Path, anywhere: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with console(tmp_path, "2020-09-29 15:00") as (app, pilot, _clock):
        assert app.conductor
        app._local = None
        app.conductor.do("item.start")
        app._tick()
        await pilot.pause()
        before = shown(app).splitlines()
        monkeypatch.setenv("TZ", "Asia/Kolkata")
        app._tick()
        await pilot.pause()
        after = shown(app).splitlines()
        assert "18:30 here" in after[0] and after[1:] == before[1:]

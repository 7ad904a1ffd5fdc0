"""Where time is shown: bars of planned and actual, midnight in the agenda, latest starts, the rooms' own clock."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from console.played import Play, console, opened, shown
from facilitator_tui.console.drawing import agenda, live, strip
from facilitator_tui.console.screens.times import bar, times_page
from facilitator_tui.core.durations import MINUTE
from facilitator_tui.core.rundown import Row

NIGHT = """
[programme]
id = "night"
title = "Night"
tz = "Europe/Berlin"
[[session]]
id = "late"
date = 2020-03-10
start = "23:30"
title = "Late"
agenda = [
  { id = "one", kind = "plenary", minutes = 20, title = "Before" },
  { id = "two", kind = "plenary", minutes = 20, title = "Across" },
  { id = "three", kind = "plenary", minutes = 20, title = "Behind" },
]
"""


def row(play: Play, item: str) -> Row:
    found = play.scene.view.row(item)
    assert found
    return found


def test_a_bar_shows_what_was_used_what_was_over_and_what_was_paused(tmp_path: Path) -> None:
    play = Play(tmp_path)
    play.press("item.start")
    play.clock.on(minutes=2)
    play.press("time.pause")
    play.clock.on(minutes=1)
    play.press("time.pause")
    play.clock.on(minutes=5)
    play.press("item.next")
    assert bar(row(play, "hello"), 10 * MINUTE, 20).plain == "█" * 10 + "▓" * 4 + "╌" * 2 + " " * 4


def test_a_bar_of_an_item_that_was_cut_short_shows_what_is_left_of_the_plan(tmp_path: Path) -> None:
    play = Play(tmp_path)
    play.press("item.start")
    play.clock.on(minutes=2)
    play.press("item.next")
    assert bar(row(play, "hello"), 10 * MINUTE, 20).plain.rstrip() == "████░░░░░░"


def test_used_paused_and_idle_time_of_the_day_are_said(tmp_path: Path) -> None:
    play = Play(tmp_path)
    play.press("item.start")
    play.clock.on(minutes=3)
    play.press("time.pause")
    play.clock.on(minutes=2)
    play.conductor.draw()
    head = times_page(play.scene).head[0].plain
    assert head.startswith("The day: 3:00 used of 2:00:00 planned · paused 2:00") and "nothing running" not in head


async def test_the_bars_and_their_figures_can_be_read_at_eighty_columns(tmp_path: Path) -> None:
    async with console(tmp_path, size=(80, 24)) as (app, pilot, clock):
        await pilot.press("s")
        clock.on(minutes=4)
        await pilot.press("n", "6")
        await pilot.pause()
        screen = shown(app)
        assert "Planned and actual" in screen
        assert any("4:00" in line and "−1:00" in line and "█" in line for line in screen.splitlines()), screen


def test_taking_a_bar_shows_its_item_in_the_agenda(tmp_path: Path) -> None:
    play = Play(tmp_path)
    play.press("item.start", "page.times", "cursor.down", "cursor.choose")
    assert play.conductor.page == "agenda" and play.conductor.cursor == "word"


def test_a_new_day_stands_in_the_agenda_before_its_first_item(tmp_path: Path) -> None:
    plan = tmp_path / "sessions.toml"
    plan.write_text(NIGHT, encoding="utf-8")
    play = Play(tmp_path, "2020-03-10 23:30", opened(tmp_path, "late", plan))
    play.press("item.start")
    lines = [line.plain for line in agenda.lines(play.scene, 60, 9)]
    place = next(at for at, line in enumerate(lines) if "Wed 11 Mar +1d" in line)
    assert "Across" in lines[place - 1] and "Behind" in lines[place + 1]
    assert any("hard stop 00:30 +1d" in line for line in lines)
    assert agenda.heading(play.scene).plain == "Agenda · 23:30–00:30 +1d"


def test_the_end_of_the_live_item_behind_midnight_carries_its_day(tmp_path: Path) -> None:
    plan = tmp_path / "sessions.toml"
    plan.write_text(NIGHT, encoding="utf-8")
    play = Play(tmp_path, "2020-03-10 23:50", opened(tmp_path, "late", plan))
    play.go("two")
    play.clock.on(minutes=15)
    play.conductor.draw()
    words = "\n".join(line.plain for line in live.lines(play.scene, 60, 20))
    assert "until 00:10 +1d" in words and play.scene.view.live
    assert play.scene.view.live.remaining == 5 * MINUTE


def test_the_latest_start_of_the_next_item_is_said_once_it_matters(tmp_path: Path) -> None:
    def words() -> str:
        play.conductor.draw()
        return "\n".join(line.plain for line in live.lines(play.scene, 60, 20))

    play = Play(tmp_path)
    play.go("groups")
    assert "must start by" not in words()
    play.clock.on(minutes=64)
    assert "must start by 16:20" not in words() and "should have started" not in words()
    late = Play(tmp_path / "late", "2020-09-29 15:50")
    late.go("groups")
    play = late
    assert "must start by 16:20" in words()
    play.clock.on(minutes=31)
    assert "should have started by 16:20" in words()


def test_rooms_with_two_rounds_say_when_they_change_and_turn_by_themselves(tmp_path: Path) -> None:
    play = Play(tmp_path, "2020-09-28 16:10", opened(tmp_path, "mon"))
    play.go("groups")
    play.press("rooms.clock")
    play.clock.on(minutes=14, seconds=30)
    play.conductor.draw()
    assert strip.heading(play.scene).plain == "Rooms · round 1 of 2 · change rooms in 0:30"
    play.clock.on(seconds=30)
    play.conductor.draw()
    assert strip.heading(play.scene).plain == "Rooms · round 2 of 2 · 15:00 left"
    play.clock.on(minutes=15, seconds=20)
    play.conductor.draw()
    assert strip.heading(play.scene).plain == "Rooms · round 2 of 2 · closing, back in 0:40"


def test_rooms_pause_with_their_item_only_when_asked_to(tmp_path: Path) -> None:
    left: list[timedelta] = []
    for command in ("rooms.clock", "rooms.with-item"):
        play = Play(tmp_path / command, "2020-09-29 15:45")
        play.go("groups")
        play.press(command, "time.pause")
        play.clock.on(minutes=5)
        play.conductor.draw()
        assert play.scene.view.rooms
        left.append(play.scene.view.rooms.remaining)
    assert left == [30 * MINUTE, 35 * MINUTE]
    assert strip.heading(play.scene).plain.endswith("paused with the item")

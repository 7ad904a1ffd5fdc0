"""The first minute: three ways to a running call where there was no plan, and nothing is ever written over."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

import pytest
from textual import events
from textual.pilot import Pilot

from console.played import Clock, opened, shown, until
from facilitator_tui.config import Config
from facilitator_tui.console.app import Console
from facilitator_tui.console.first_minute import Interview, write_example
from facilitator_tui.console.screens.choose import choose_from
from facilitator_tui.console.screens.start import StartScreen
from facilitator_tui.core.actions import Refused
from facilitator_tui.core.quick import read_steps
from facilitator_tui.errors import FacilitatorError
from facilitator_tui.store.plan_file import load_plan, write_plan
from facilitator_tui.store.plan_starter import Told

NOW = datetime(2026, 11, 22, 14, 57)


@asynccontextmanager
async def first_screen(here: Path, size: tuple[int, int] = (80, 24)) -> AsyncIterator[tuple[Console, Pilot[int]]]:
    """The real program in a folder without a plan, on a clock that stands."""
    clock = Clock("2026-11-22 13:00")
    plan = here / "sessions.toml"

    def open_plan(path: Path):  # type: ignore[no-untyped-def]
        nonlocal plan
        plan = path
        return choose_from(path, here / "records", clock, lambda session: opened(here, session, plan))

    app = Console(
        lambda: StartScreen(here, clock, open_plan),
        lambda session: opened(here, session, plan),
        config=Config(),
        now=clock,
    )
    async with app.run_test(size=size, notifications=True) as pilot:
        while app.screen is app.live:
            await pilot.pause()
        await pilot.pause()
        yield app, pilot
        app.exit(0)
    app.close_store()


async def typed(pilot: Pilot[int], *answers: str) -> None:
    for answer in answers:
        for character in answer:
            await pilot.press(character)
        await pilot.press("enter")
    await pilot.pause()


def plans(here: Path) -> list[str]:
    return sorted(str(path.relative_to(here)) for path in here.rglob("sessions.toml"))


async def test_the_first_screen_offers_three_ways_and_writes_nothing(tmp_path: Path) -> None:
    async with first_screen(tmp_path) as (app, pilot):
        text = shown(app)
        assert all(way in text for way in ("e  Look at the example week", "n  Make a plan", "o  Start from one line"))
        await pilot.press("down", "down", "up", "z")
        assert "› n" in shown(app)
        await pilot.press("q")
    assert app.return_code == 0 and plans(tmp_path) == []


async def test_the_example_week_is_one_key_away(tmp_path: Path) -> None:
    async with first_screen(tmp_path) as (app, pilot):
        await pilot.press("e")
        await until(pilot, lambda: "Learning the lessons" in shown(app))
        await pilot.press("enter")
        await until(pilot, lambda: app.conductor is not None)
        await pilot.press("s")
        assert app.store and app.store.run.live
    assert plans(tmp_path) == ["sessions.toml"]


async def test_plans_in_the_folders_below_are_offered_first_and_only_opened(tmp_path: Path) -> None:
    write_plan(tmp_path / "tea", Told("Tea", read_steps("Welcome 5")).text())
    async with first_screen(tmp_path) as (app, pilot):
        assert "› 1  Open tea" in shown(app) and "This opens tea/sessions.toml" in shown(app)
        await pilot.press("1")
        await until(pilot, lambda: app.store is not None)
        assert app.store and app.store.run.session.title == "Tea"
    assert plans(tmp_path) == ["tea/sessions.toml"]


async def test_four_answers_make_a_plan_that_runs(tmp_path: Path) -> None:
    async with first_screen(tmp_path) as (app, pilot):
        await pilot.press("n")
        await typed(pilot, "Tea time", "16:00 90", "", "24 x6")
        await until(pilot, lambda: app.store is not None and app.screen is app.live)
        assert app.store is not None and app.screen is app.live
        await pilot.press("s")
        assert app.store.run.live
    session = load_plan(tmp_path / "sessions.toml").plan.sessions[0]  # type: ignore[union-attr]
    assert session.title == "Tea time" and sum(item.length.seconds for item in session.agenda) == 90 * 60
    assert next(item.rooms for item in session.agenda if item.kind == "breakout") == 4


@pytest.mark.parametrize(("zone", "today"), [("America/Anchorage", "2026-11-22"), ("Pacific/Kiritimati", "2026-11-23")])
async def test_one_line_makes_a_call_in_a_folder_of_today(
    zone: str, today: str, tmp_path: Path, computer_in: Callable[[str], None]
) -> None:
    computer_in(zone)
    async with first_screen(tmp_path) as (app, pilot):
        await pilot.press("o")
        await typed(pilot, "Welcome 5, Talk 20")
        await until(pilot, lambda: app.store is not None)
        assert app.store and [item.title for item in app.store.run.session.agenda] == ["Welcome", "Talk"]
    assert plans(tmp_path) == [f"{today}/sessions.toml"]


async def test_a_mistake_is_told_under_the_field_and_the_answer_stays_to_be_mended(tmp_path: Path) -> None:
    async with first_screen(tmp_path) as (app, pilot):
        await pilot.press("o")
        await typed(pilot, "Talk x0")
        assert "part 1, “Talk x0”" in shown(app) and "steps › Talk x0" in shown(app)
        await pilot.press("backspace", "4")
        assert "part 1" not in shown(app)
        await typed(pilot, "")
        await until(pilot, lambda: app.store is not None)


async def test_escape_goes_back_a_question_with_its_answer_and_then_to_the_offer(tmp_path: Path) -> None:
    async with first_screen(tmp_path) as (app, pilot):
        await pilot.press("n")
        await typed(pilot, "Tea", "60")
        await pilot.press("escape")
        await pilot.pause()
        assert "question 2 of 4" in shown(app) and "when › 60" in shown(app)
        await pilot.press("escape", "escape")
        await pilot.pause()
        assert "How do you want to begin?" in shown(app)
    assert plans(tmp_path) == []


async def test_letters_of_an_answer_are_no_keys_however_fast_they_are_typed(tmp_path: Path) -> None:
    async with first_screen(tmp_path) as (app, pilot):
        for key in ("n", "q", "e", "n"):
            app.post_message(events.Key(key, key))
        await pilot.pause()
        await pilot.pause()
        assert "title › qen" in shown(app)


async def test_answers_that_are_typed_ahead_are_all_taken(tmp_path: Path) -> None:
    async with first_screen(tmp_path) as (app, pilot):
        for key in ("n", *"Tea", "enter", *"90", "enter", "enter", *"12", "enter"):
            app.post_message(events.Key(key, key if len(key) == 1 else None))
        await until(pilot, lambda: app.store is not None)
        assert app.store
        assert app.store.run.session.title == "Tea"
        assert sum(item.length.seconds for item in app.store.run.session.agenda) == 90 * 60


async def test_what_was_written_meanwhile_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with first_screen(tmp_path) as (app, pilot):
        monkeypatch.setattr("facilitator_tui.console.first_minute.new_folder", lambda here, name: here)
        (tmp_path / "sessions.toml").write_text("mine")
        await pilot.press("e")
        await pilot.pause()
        assert "stays as it is" in shown(app)
    assert (tmp_path / "sessions.toml").read_text() == "mine"


# ---------------------------------------------------------------- the questions alone


def asked(here: Path, *answers: str) -> Interview:
    interview = Interview(here, NOW, "questions")
    for answer in answers:
        interview.answer(answer)
    return interview


def test_the_agenda_to_begin_with_fits_the_time_in_steps_of_five_minutes(tmp_path: Path) -> None:
    preview = asked(tmp_path, "Tea", "15:00 90")
    shown = preview.preview(preview.suggestion)
    assert shown.said == "90 min together" and shown.lines[0].clock == "15:00"
    assert all(int(line.clock[-2:]) % 5 == 0 for line in shown.lines)


def test_the_preview_counts_from_the_next_full_five_minutes_when_no_start_is_told(tmp_path: Path) -> None:
    assert asked(tmp_path, "Tea", "60").preview("Talk 10").lines[0].clock == "15:00"


@pytest.mark.parametrize(
    ("line", "said"),
    [("Talk 70", "70 min together, 10 more than the call has"), ("Talk 50", "50 min together, 10 are left")],
)
def test_the_preview_compares_the_steps_with_the_length_of_the_call(line: str, said: str, tmp_path: Path) -> None:
    assert asked(tmp_path, "Tea", "60").preview(line).said == said


def test_a_room_size_for_all_is_seen_while_it_is_typed(tmp_path: Path) -> None:
    lines = asked(tmp_path, "Tea", "60", "Breakout 60 x4").preview("24 x6").lines
    assert lines[0].about == "60 min · breakout · rooms of 6"


def test_no_answer_at_all_still_makes_a_plan_that_loads(tmp_path: Path) -> None:
    interview = asked(tmp_path, "", "")
    interview.answer("")
    interview.answer("")
    assert load_plan(interview.write()).plan is not None


def test_an_answer_that_can_not_be_read_is_no_answer(tmp_path: Path) -> None:
    interview = asked(tmp_path, "Tea")
    with pytest.raises(Refused):
        interview.answer("soon")
    assert interview.place == "question 2 of 4"


def test_beside_other_files_the_plan_goes_into_a_folder_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "photo.jpg").touch()
    assert asked(tmp_path, "Tea time").folder() == tmp_path / "tea-time"
    assert write_example(tmp_path) == tmp_path / "example-week" / "sessions.toml"
    assert write_example(tmp_path) == tmp_path / "example-week-2" / "sessions.toml"


def test_a_folder_that_can_not_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(FacilitatorError, match="choose another folder"):
        write_example(tmp_path / "file" / "below")

"""A plan made of a few answers loads without an error and says what was told."""

from __future__ import annotations

import os
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from facilitator_tui.core.actions import Refused
from facilitator_tui.core.plan import Plan
from facilitator_tui.core.quick import read_steps
from facilitator_tui.core.quick_answers import People, When
from facilitator_tui.store.plan_file import load_plan, write_plan
from facilitator_tui.store.plan_places import new_folder, plans_below, todays_folder
from facilitator_tui.store.plan_starter import Told

LINE = "Welcome 5, Input 20, Breakout 30 x4x2, Lunch 1h @12:30, Harvest 90s"


def loaded(told: Told, folder: Path) -> Plan:
    path = folder / "sessions.toml"
    path.write_text(told.text(), encoding="utf-8")
    result = load_plan(path)
    assert result.plan is not None and not result.errors, (result.problems, told.text())
    return result.plan


def test_every_step_is_a_row_of_the_agenda(tmp_path: Path) -> None:
    (session,) = loaded(Told("Tea", read_steps(LINE)), tmp_path).sessions
    assert session.title == "Tea" and session.id == "tea"
    assert [item.title for item in session.agenda] == ["Welcome", "Input", "Breakout", "Lunch", "Harvest"]
    assert [item.kind for item in session.agenda] == ["welcome", "input", "breakout", "break", "harvest"]
    assert [item.length.total_seconds() / 60 for item in session.agenda] == [5, 20, 30, 60, 1.5]
    assert (session.agenda[2].size, session.agenda[2].rounds) == (4, 2)
    assert session.agenda[3].at == timedelta(hours=12, minutes=30)


def test_day_start_and_length_are_those_that_were_told(tmp_path: Path) -> None:
    when = When(date(2026, 11, 23), timedelta(hours=10), timedelta(minutes=90))
    (session,) = loaded(Told("Tea", read_steps("Welcome 5, Input, Breakout x4"), when), tmp_path).sessions
    assert (session.date, session.start) == (when.day, when.start)
    assert sum((item.length for item in session.agenda), timedelta(0)) == when.length


def test_the_hard_start_of_the_first_step_is_the_start_of_the_call(tmp_path: Path) -> None:
    (session,) = loaded(Told("Tea", read_steps("Welcome 5 @10:00, Input 10")), tmp_path).sessions
    assert session.start == timedelta(hours=10) and session.agenda[0].at is None


@pytest.mark.parametrize(
    ("people", "size", "rooms"),
    [(People(), 4, None), (People(None, 3), 3, None), (People(24, 6), None, 4), (People(10), None, 2)],
)
def test_rooms_are_as_many_as_the_people_need(
    people: People, size: int | None, rooms: int | None, tmp_path: Path
) -> None:
    (session,) = loaded(Told("Tea", read_steps("Breakout 30 x4"), people=people), tmp_path).sessions
    assert (session.agenda[0].size, session.agenda[0].rooms) == (size, rooms)


@settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(title=st.text(min_size=1, max_size=30), line=st.text(max_size=40))
def test_any_title_and_any_line_that_is_read_make_a_plan_that_loads(title: str, line: str, tmp_path: Path) -> None:
    try:
        steps = read_steps(f"Welcome 5, {line}")
    except Refused:
        return
    assert len(loaded(Told(title, steps), tmp_path).sessions[0].agenda) == len(steps)


# ---------------------------------------------------------------- where it goes


def test_an_empty_folder_is_used_itself_and_any_other_gets_a_folder_below(tmp_path: Path) -> None:
    assert new_folder(tmp_path, "Tea time") == tmp_path
    (tmp_path / ".hidden").touch()
    assert new_folder(tmp_path, "Tea time") == tmp_path
    (tmp_path / "mine.txt").touch()
    assert new_folder(tmp_path, "Tea time") == tmp_path / "tea-time"


def test_the_folder_of_today_is_always_a_free_one(tmp_path: Path) -> None:
    day, names = date(2026, 11, 22), []
    for _ in range(3):
        folder = todays_folder(tmp_path, day)
        write_plan(folder, "")
        names.append(folder.name)
    assert names == ["2026-11-22", "2026-11-22-2", "2026-11-22-3"]
    assert todays_folder(tmp_path, day, "Tea time").name == "2026-11-22-tea-time"


def test_plans_below_come_the_latest_first(tmp_path: Path) -> None:
    for number, name in enumerate("abc"):
        os.utime(write_plan(tmp_path / name, ""), (number, number))
    assert [path.parent.name for path in plans_below(tmp_path, 2)] == ["c", "b"]
    assert plans_below(tmp_path / "nowhere", 2) == []


def test_a_file_or_a_link_of_that_name_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "2026-11-22").touch()
    (tmp_path / "2026-11-22-2").symlink_to(tmp_path / "nowhere")
    assert todays_folder(tmp_path, date(2026, 11, 22)).name == "2026-11-22-3"

"""The week at a glance: what its pictures say, and that reading the other logs is never in the way."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.played import BareStage, Play, opened
from facilitator_tui.console import pages, week_desk
from facilitator_tui.console.drawing import cells, page
from facilitator_tui.errors import FacilitatorError
from screens.scenes import monday, running, wednesday

T = TypeVar("T")
FRIDAY = "2020-10-02 16:00"


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The records of a week in which Monday took place and Wednesday was left running."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FACILITATOR_STATE", str(tmp_path_factory.mktemp("state")))
        folder = tmp_path_factory.mktemp("week")
        monday(folder)
        wednesday(folder)
    return folder


class SlowStage(BareStage):
    """Work waits until it is let go, one piece at a time."""

    def __init__(self) -> None:
        super().__init__()
        self.waiting: list[Callable[[], None]] = []

    def behind(self, work: Callable[[], T], then: Callable[[T], None]) -> None:
        self.waiting.append(lambda: then(work()))

    def let_go(self) -> None:
        self.waiting.pop(0)()


def played(folder: Path, stage: BareStage | None = None) -> Play:
    play = Play(folder, FRIDAY, opened(folder))
    running(play)
    if stage is not None:
        play.stage = stage
        play.conductor.stage = stage
    return play


def week(play: Play, width: int = 118) -> list[str]:
    shown = pages.page_of(play.conductor.scene(), play.conductor.keys)
    assert shown
    return [line.plain for line in page.lines(shown, play.conductor.place, width, 80)]


def line_with(rows: list[str], words: str) -> str:
    return next(row for row in rows if words in row)


def test_a_session_that_took_place_shows_used_and_planned_time_and_its_end(held: Path) -> None:
    play = played(held)
    play.press("page.week")
    rows = week(play)
    at = next(number for number, row in enumerate(rows) if "Welcome and equity" in row)
    assert "✓ finished" in rows[at] and "2:07 of 2:00" in rows[at + 1] and "over" in rows[at + 1]


def test_a_session_left_running_counts_until_the_last_thing_noted_in_it(held: Path) -> None:
    play = played(held)
    play.press("page.week")
    rows = week(play)
    at = next(number for number, row in enumerate(rows) if "Impact and impact" in row)
    assert "unfinished" in rows[at] and "0:06 of 2:00" in rows[at + 1]


def test_who_was_there_is_shown_for_a_session_without_roll_call_too(held: Path) -> None:
    play = played(held)
    play.press("page.week")
    assert "24/24 here" in "\n".join(week(play))


def test_lines_are_counted_by_kind_and_day_with_their_sum(held: Path) -> None:
    play = played(held)
    play.press("page.week")
    rows = week(play)
    assert line_with(rows, "Mon    ").split() == ["Mon", "Tue", "Wed", "Thu", "Fri", "all"]
    assert line_with(rows, "Enablers").split() == ["Enablers", "4", "▄", "1", "▁", "·", "·", "·", "5"]


def test_a_line_written_down_now_is_counted_at_once(held: Path) -> None:
    play = played(held)
    play.press("page.week")
    play.note("++ one more")
    assert line_with(week(play), "Enablers").split()[-1] == "6"


def test_who_met_whom_is_a_table_of_two_people_a_line_with_its_sum(held: Path) -> None:
    play = played(held)
    play.press("page.week")
    rows = week(play)
    assert any("of 276 pairs have met" in row for row in rows)
    assert sum(1 for row in rows if "▀" in row or ("▄" in row and "Enablers" not in row)) >= 12


def test_an_idea_shows_its_votes_and_what_came_of_it(held: Path) -> None:
    play = played(held)
    play.press("page.week")
    rows = week(play)
    assert "→ Mon, 2 key messages, 1 action" in line_with(rows, "What does equity mean")
    assert line_with(rows, "Funding models").rstrip().endswith("open")


@pytest.mark.parametrize("width", [38, 78, 118, 198])
def test_no_line_of_the_week_is_wider_than_the_page(held: Path, width: int) -> None:
    play = played(held)
    play.press("page.week")
    assert all(len(row) <= width for row in week(play, width))


def test_taking_a_session_opens_it(held: Path) -> None:
    play = played(held)
    play.press("page.week", "cursor.choose")
    assert play.stage.switched == ["mon"]


def test_taking_a_section_opens_the_page_that_tells_more(held: Path) -> None:
    play = played(held)
    play.press("page.week")
    ids = pages.choosable(play.conductor.scene(), play.conductor.keys)
    play.conductor.place = next(at for at, id in enumerate(ids) if id.startswith("page harvest"))
    play.press("cursor.choose")
    assert play.conductor.page == "harvest"


def test_an_empty_week_says_what_to_press(tmp_path: Path) -> None:
    play = Play(tmp_path)
    play.press("page.week")
    assert any("Nothing was written down yet: i opens the capture line" in row for row in week(play))


# ---------------------------------------------------------------- reading


def test_the_page_is_there_before_anything_is_read(held: Path) -> None:
    stage = SlowStage()
    play = played(held, stage)
    play.press("page.week")
    rows = week(play)
    assert "…" in line_with(rows, "Welcome and equity") and "running" in line_with(rows, "Learning the lessons")


def test_the_progress_of_reading_is_told_with_the_key_that_stops_it(held: Path) -> None:
    stage = SlowStage()
    play = played(held, stage)
    play.press("page.week")
    stage.let_go()
    assert play.conductor.busy == "reading the week, 2 of 4 · esc stops it"


def test_nothing_more_is_read_once_the_page_is_left(held: Path) -> None:
    stage = SlowStage()
    play = played(held, stage)
    play.press("page.week", "back")
    stage.let_go()
    assert stage.waiting == [] and play.conductor.busy == ""


def test_a_key_is_carried_out_while_the_week_is_read(held: Path) -> None:
    stage = SlowStage()
    play = played(held, stage)
    play.press("page.week", "time.pause")
    assert play.store.run.live and play.store.run.live.paused and len(stage.waiting) == 1


def test_a_log_that_did_not_change_is_read_once(held: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    look_at = week_desk.look_at
    monkeypatch.setattr(
        week_desk, "look_at", lambda plan, one, *more: (read.append(one.id), look_at(plan, one, *more))[1]
    )
    play = played(held)
    play.press("page.week", "page.agenda", "page.week")
    assert read == ["mon", "wed", "thu", "fri"]


def test_a_log_that_was_written_meanwhile_is_read_again(tmp_path: Path) -> None:
    play = played(tmp_path)
    play.press("page.week", "page.agenda")
    wednesday(tmp_path)
    play.press("page.week")
    assert "unfinished" in line_with(week(play), "Impact and impact")


def test_a_log_that_can_not_be_read_is_said_and_the_others_are_shown(
    held: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    look_at = week_desk.look_at

    def broken(plan: object, session: object, *more: object) -> object:
        if getattr(session, "id", "") == "mon":
            raise FacilitatorError("no right to read it")
        return look_at(plan, session, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(week_desk, "look_at", broken)
    play = played(held)
    play.press("page.week")
    rows = week(play)
    assert "can't be read" in line_with(rows, "Welcome and equity") and "unfinished" in line_with(rows, "Impact and")


# ---------------------------------------------------------------- pictures of cells


lengths = st.integers(0, 4 * 3600).map(lambda seconds: timedelta(seconds=seconds))


@settings(deadline=None, max_examples=80)
@given(lengths, lengths, lengths, st.integers(1, 80))
def test_a_bar_of_time_fills_its_cells_exactly(
    planned: timedelta, used: timedelta, paused: timedelta, wide: int
) -> None:
    longest = max(planned, used + paused)
    assert cells.time_bar(planned, used, paused, longest, wide, done=True).cell_length == wide


@given(st.integers(1, 500), st.integers(1, 500))
def test_a_column_is_never_blank_for_some_and_full_only_near_the_most(value: int, most: int) -> None:
    drawn = cells.level(min(value, most), most)
    assert drawn != " " and (drawn != "█" or value * 8 > most * 7 or value >= most)


def test_a_column_of_nothing_is_blank() -> None:
    assert cells.level(0, 5) == " " and cells.level(0, 0) == " "


def test_two_rows_of_a_table_share_a_line() -> None:
    assert cells.dots([[1, 0], [0, 2], [3, 0]]) == [[("▀", 1), ("▄", 2)], [("▀", 3), (" ", 0)]]

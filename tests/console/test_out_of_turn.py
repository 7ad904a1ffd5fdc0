"""What comes at a moment when nobody waits for it: slow answers, another console, keys given elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from console.monkey import Monkey
from console.played import Play
from facilitator_tui.console.drawing.latest import capture_line
from facilitator_tui.core import actions


def at_a_vote(folder: Path) -> Monkey:
    """The page of ideas during a vote was opened, and the other sessions are still being read."""
    monkey = Monkey(folder, session="fri")
    monkey.do("s")
    vote = next(item.id for item in monkey.store.run.session.agenda if item.kind == "vote")
    monkey.store.perform(actions.goto(monkey.store.run, monkey.clock(), vote), monkey.clock())
    monkey.do("I")
    return monkey


def test_dots_are_asked_for_when_all_options_are_known(tmp_path: Path) -> None:
    monkey = at_a_vote(tmp_path)
    monkey.do("settle")
    assert monkey.stage.focus == "field"


def test_a_line_begun_while_ideas_are_read_keeps_its_letters(tmp_path: Path) -> None:
    monkey = at_a_vote(tmp_path)
    for step in ("i", "type = a", "settle", "type bc", "enter"):
        monkey.do(step)
    assert [one.content.text for one in monkey.store.run.shown_captures()] == ["abc"]
    assert not monkey.store.run.votes


def test_another_way_to_plan_is_found_after_another_console_ended_the_session(tmp_path: Path) -> None:
    monkey = Monkey(tmp_path)
    for step in ("s", "other all here", "r", "P", "settle", "other p05 leaves", "P", "settle"):
        monkey.do(step)
    assert monkey.conductor.asking
    monkey.store.perform(actions.finish(monkey.store.run, monkey.clock()), monkey.clock())
    monkey.do("3")
    monkey.do("settle")
    assert monkey.store.run.finished is not None


@pytest.mark.parametrize("command", ["present.on", "present.earlier"])
def test_leaves_are_turned_on_bare_pages_only(command: str, tmp_path: Path) -> None:
    play = Play(tmp_path)
    play.note("= one")
    play.press("page.notes", command)
    assert (play.scene.page, play.scene.place) == ("notes", 0)


def test_what_is_done_to_lines_needs_a_page_of_lines(tmp_path: Path) -> None:
    play = Play(tmp_path)
    play.note("= one")
    play.press("page.week", "line.join")
    assert play.said == "choose a line first"


@pytest.mark.parametrize("width", [38, 58, 78, 118])
def test_a_captured_line_shows_text_and_mark_in_its_width(width: int, tmp_path: Path) -> None:
    play = Play(tmp_path)
    play.note("= water for everybody @nobodyknown #a-rather-long-tag #another-rather-long-tag")
    line = capture_line(play.store.run, play.store.run.captures[0], frozenset(), width)
    assert line.cell_length == width
    assert "water" in line.plain and line.plain.endswith("✓ ")

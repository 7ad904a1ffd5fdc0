"""Text reaches the screen through one door, and no wider than it should."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facilitator_tui.console import plain
from facilitator_tui.console.drawing.digits import big

CONSOLE = Path(plain.__file__).parent

OTHER_WAYS = re.compile(
    r"\bStatic\(|\bLabel\(|\bContent\(|from_markup|from_rich_text|Content\.from|Text\(|\.notify\(|DataTable|OptionList"
)


@pytest.mark.parametrize("path", sorted(CONSOLE.rglob("*.py")), ids=lambda path: path.name)
def test_no_module_but_plain_makes_content_of_text(path: Path) -> None:
    if path.name != "plain.py":
        assert OTHER_WAYS.search(path.read_text(encoding="utf-8")) is None


@pytest.mark.parametrize("path", sorted(CONSOLE.rglob("*.tcss")), ids=lambda path: path.name)
def test_styles_name_colours_by_theme_only_and_move_nothing(path: Path) -> None:
    text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert not re.search(r":[^;]*#[0-9a-fA-F]{3,8}\b|rgb\(|hsl\(|transition|animation", text)


@given(st.text(max_size=60), st.integers(0, 40))
@settings(deadline=None, max_examples=200)
def test_a_fitted_text_takes_exactly_its_cells(text: str, cells: int) -> None:
    assert plain.width(plain.fit(text, cells)) == cells


@given(st.text(max_size=80), st.integers(1, 30), st.integers(1, 5))
@settings(deadline=None, max_examples=200)
def test_wrapped_lines_are_never_too_wide_nor_too_many(text: str, cells: int, most: int) -> None:
    lines = plain.wrap(text, cells, most)
    assert len(lines) <= most and all(plain.width(line) <= cells for line in lines)


def test_markup_and_control_characters_are_shown_as_they_are() -> None:
    assert plain.text("[/] [bold]x[/bold]").plain == "[/] [bold]x[/bold]"
    assert plain.text("a\x1b[31mb").plain == "a␛[31mb"


def test_a_wide_character_is_never_cut_in_half() -> None:
    assert plain.cut("日本語", 4) == "日…"
    assert plain.fit("日本語", 4) == "日… "


def test_digits_are_the_largest_that_fit() -> None:
    sizes = [len(big("10:00", width, height)) for width, height in ((120, 20), (60, 12), (40, 6), (20, 4), (6, 1))]
    assert sizes == [20, 10, 5, 3, 1]


@given(st.from_regex(r"\+?[0-9]{1,3}:[0-9][0-9]", fullmatch=True), st.integers(5, 120), st.integers(1, 20))
@settings(deadline=None, max_examples=100)
def test_digits_never_leave_their_pane(text: str, width: int, height: int) -> None:
    rows = big(text, width, height)
    assert len(rows) <= max(height, 1)
    assert len(rows) == 1 or all(len(row) <= width for row in rows)

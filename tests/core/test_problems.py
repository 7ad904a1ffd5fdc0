"""The nearest known word to a wrong one, and a problem as one line."""

from __future__ import annotations

import pytest

from facilitator_tui.core.problems import Problem, did_you_mean, nearest

KINDS = ["welcome", "breakout", "break", "harvest"]


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("brake", "break"),
        ("BREAK", "break"),
        ("harvst", "harvest"),
        ("wel", "welcome"),
        ("br", ""),
        ("xyz", ""),
        ("", ""),
        ("b" * 61, ""),
    ],
)
def test_the_nearest_word_is_one_letter_off_or_the_only_one_that_begins_so(word: str, meant: str) -> None:
    assert nearest(word, KINDS) == meant


def test_where_nothing_is_near_a_short_list_is_given_whole_and_a_long_one_not_at_all() -> None:
    assert did_you_mean("harvst", KINDS) == 'did you mean "harvest"?'
    assert did_you_mean("zzz", KINDS) == "known: welcome, breakout, break, harvest"
    assert did_you_mean("zzz", [f"word{number}" for number in range(15)]) == ""
    assert did_you_mean("zzz", []) == ""


def test_a_problem_is_a_line_that_an_editor_can_jump_to() -> None:
    problem = Problem("error", "sessions.toml", 12, 5, "session.tue", "is wrong", "make it right")
    assert str(problem) == "sessions.toml:12:5: error: session.tue: is wrong (make it right)"
    assert str(Problem("warning", "a.toml", 1, 1, "", "is odd")) == "a.toml:1:1: warning: is odd"

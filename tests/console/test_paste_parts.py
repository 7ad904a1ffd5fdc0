"""A huge pasted line is cut into parts that a field can draw, and nothing of it is left out."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from facilitator_tui.console.widgets.line import LONGEST_LINE, in_parts

long_texts = st.lists(st.sampled_from(["word", "é", " ", "x" * 900, "y" * (LONGEST_LINE + 1)]), max_size=30).map(
    "".join
)


@given(long_texts)
@settings(deadline=None, max_examples=100)
def test_the_parts_together_are_the_text_and_none_is_too_long(text: str) -> None:
    parts = in_parts(text)
    assert "".join(parts) == text
    assert all(len(part) <= LONGEST_LINE for part in parts)


def test_a_line_is_cut_behind_a_blank_where_it_has_one() -> None:
    parts = in_parts("some words " * 1000)
    assert all(part.endswith(" ") for part in parts[:-1])


def test_a_usual_line_stays_whole() -> None:
    assert in_parts("= evidence is needed") == ["= evidence is needed"]

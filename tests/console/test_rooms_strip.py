"""The strip of rooms: every room is shown or counted, in whatever space there is."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facilitator_tui.console import plain
from facilitator_tui.console.drawing.strip import _columns


@settings(max_examples=40, deadline=None)
@given(
    rooms=st.integers(1, 60),
    people=st.integers(0, 8),
    name=st.sampled_from(["", "lead", "会议室", "🎉 room"]),
    width=st.integers(30, 200),
    height=st.integers(1, 6),
)
def test_what_is_not_shown_is_counted_and_the_count_is_never_cut_off(
    rooms: int, people: int, name: str, width: int, height: int
) -> None:
    seats = [(f"{name}{number}", " ".join(f"{n:02}" for n in range(people)) or "–") for number in range(rooms)]
    rows = _columns(seats, "", width, height)
    assert len(rows) <= height
    drawn = "\n".join(row.plain for row in rows)
    shown = sum(1 for room, _ in seats if re.search(rf"(^|\s){re.escape(room)}\s", drawn))
    counted = re.search(r"\+(\d+) more$", drawn)
    assert shown + int(counted[1] if counted else 0) >= rooms
    if counted and plain.width(rows[-1].plain.split("   ")[0]) + 12 <= width:
        assert rows[-1].cell_length <= width


@pytest.mark.parametrize(("width", "height"), [(76, 2), (116, 2)])
def test_fifteen_rooms_of_four_are_shown_or_counted(width: int, height: int) -> None:
    seats = [(str(number), "AA BB CC DD") for number in range(1, 16)]
    rows = _columns(seats, "", width, height)
    assert rows[-1].plain.rstrip().endswith("more") and rows[-1].cell_length <= width

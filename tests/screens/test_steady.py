"""Nothing on the live screen moves because a figure changed."""

from __future__ import annotations

from datetime import timedelta
from functools import lru_cache
from pathlib import Path
from tempfile import mkdtemp

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.played import Play, opened
from facilitator_tui.console import plain
from facilitator_tui.console.drawing import agenda, live
from facilitator_tui.console.drawing.digits import big
from facilitator_tui.console.scene import Scene

PLAN = """
[programme]
id = "steady"
title = "Steady"
tz = "Europe/Berlin"
[[session]]
id = "tue"
date = 2020-09-29
start = "09:00"
hard_stop = "13:00"
title = "Three hours and then some"
questions = ["What stands still?", "What moves?"]
agenda = [
  { id = "short", kind = "plenary", minutes = 12, title = "A short one", ask = [1, 2], note = "stay calm" },
  { id = "long", kind = "plenary", minutes = 180, title = "A long one", ask = [1, 2], note = "stay calm" },
  { id = "last", kind = "close", minutes = 5, title = "Goodbye" },
]
"""
SIZES = ((34, 16), (34, 12), (54, 24), (110, 44))
INK = frozenset("█▀▄▓")


@lru_cache(maxsize=2)
def begun(item: str) -> Play:
    folder = Path(mkdtemp())
    plan = folder / "sessions.toml"
    plan.write_text(PLAN, encoding="utf-8")
    play = Play(folder, "2020-09-29 09:00", opened(folder, "tue", plan))
    play.go(item)
    return play


def after(play: Play, seconds: int) -> Scene:
    started = play.store.run.visits[-1].started
    play.clock.now = started + timedelta(seconds=seconds)
    return play.conductor.scene()


def pane(play: Play, seconds: int, size: tuple[int, int]) -> list[str]:
    return [line.plain for line in live.lines(after(play, seconds), *size)]


def places(rows: list[str]) -> dict[str, int]:
    """On which row each part of the pane stands."""
    signs = {"bar": "━╌", "until": "", "question": "What stands", "next": "next "}
    found = {"height": len(rows)}
    for at, row in enumerate(rows):
        if row.strip() and set(row.strip()) <= set(signs["bar"]):
            found["bar"] = at
        if " until " in row or " since " in row:
            found["words"] = at
        for name in ("question", "next"):
            if row.strip().startswith(("1 " if name == "question" else "") + signs[name]):
                found[name] = at
    return found


def right_edge(rows: list[str]) -> int:
    return max(max((at for at, sign in enumerate(row) if sign in INK), default=0) for row in rows)


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("item", ["short", "long"])
@settings(max_examples=30, deadline=None)
@given(st.integers(0, 5 * 3600), st.integers(0, 5 * 3600))
def test_no_part_of_the_live_pane_moves_as_time_passes(item: str, size: tuple[int, int], one: int, other: int) -> None:
    play = begun(item)
    assert places(pane(play, one, size)) == places(pane(play, other, size))


@pytest.mark.parametrize(
    ("item", "before", "behind"),
    [("short", 2 * 60, 2 * 60 + 1), ("long", 120 * 60, 120 * 60 + 1), ("long", 170 * 60, 170 * 60 + 1)],
    ids=["10:00 to 9:59", "1:00:00 to 59:59", "10:00 to 9:59 of three hours"],
)
@pytest.mark.parametrize("size", SIZES, ids=str)
def test_the_digits_keep_size_and_place_when_one_falls_away(
    size: tuple[int, int], item: str, before: int, behind: int
) -> None:
    play = begun(item)
    first, second = pane(play, before, size), pane(play, behind, size)
    inked = [[at for at, row in enumerate(rows) if INK & set(row)] for rows in (first, second)]
    assert right_edge(first) == right_edge(second) and inked[0] == inked[1]


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 30 * 3600), st.sampled_from([40, 58, 86, 100]))
def test_the_columns_of_the_agenda_stay_where_they_are(seconds: int, width: int) -> None:
    rows = [line.plain for line in agenda.lines(after(begun("short"), seconds), width, 30)]
    titles = [row for row in rows if "A long one" in row or "A short one" in row]
    ends = {plain.width(row) for row in titles}
    assert ends == {width} and len({row.index("A ") for row in titles}) == 1


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 60 * 3600), st.sampled_from([40, 58, 86]))
def test_no_figure_of_the_agenda_is_cut_or_runs_into_another(seconds: int, width: int) -> None:
    rows = [line.plain for line in agenda.lines(after(begun("short"), seconds), width, 30)]
    figures = [row.split("Goodbye")[1].split() for row in rows if "Goodbye" in row]
    assert figures and all(len(one) == 2 and "…" not in "".join(one) for one in figures)


@given(st.integers(1, 120), st.integers(1, 40), st.sampled_from(["0:00", "10:00", "1:00:00", "+10:00", "+1:00:00"]))
def test_large_digits_never_leave_their_box_unless_the_smallest_text_does(width: int, height: int, text: str) -> None:
    drawn = big(text, width, height)
    assert drawn == (text,) or (len(drawn) <= height and max(map(len, drawn)) <= width)

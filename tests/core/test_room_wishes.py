"""Somebody named a room that others had filled: the wish is counted, and nobody loses a seat to it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.rooms import Breakouts, breakout, roomed_plan
from facilitator_tui.core import seating
from facilitator_tui.core.plan import SessionRoom
from facilitator_tui.core.room_plan import RoomPlan, plan_rooms
from facilitator_tui.core.run import Run

LARGE = (SessionRoom("a", "Topic A"), SessionRoom("b", "Topic B"))
SMALL = (SessionRoom("a", "Topic A", size=2), SessionRoom("b", "Topic B"))


@pytest.fixture
def run() -> Run:
    """Three people chose a room, and the plan was read again with room for two in it."""
    played = Breakouts(roomed_plan([breakout(mode="choose", rooms=("a", "b"))], 8, rooms=LARGE))
    for name in ("p01", "p02", "p03"):
        played.take("08:50", seating.choose(played.run, played.instant("08:50"), name, "a"))
    run = played.run
    return replace(run, session=replace(run.session, rooms=SMALL))


def planned(run: Run) -> RoomPlan:
    played = Breakouts(roomed_plan([breakout(mode="choose", rooms=("a", "b"))], 8, rooms=SMALL))
    return plan_rooms(run, played.instant("08:51"), played.item("groups"), seconds=0.1)


def test_a_choice_that_came_when_the_room_was_full_is_a_wish(run: Run) -> None:
    assert planned(run).problem.rounds[0].wished == {"p03": frozenset({"a"})}


def test_whoever_came_first_keeps_the_room(run: Run) -> None:
    assert planned(run).rotation.rounds[0][0] == {"p01", "p02"}


def test_a_wish_for_a_full_room_is_counted_and_known_to_be_out_of_reach(run: Run) -> None:
    wish = next(tier for tier in planned(run).rotation.tiers if tier.name == "wishes for a room not met")
    assert (wish.value, wish.bound) == (1, 1)

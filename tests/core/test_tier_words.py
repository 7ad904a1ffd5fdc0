"""The levels of the objective in words: short lines, each with its bound."""

from __future__ import annotations

from facilitator_tui.core.room_words import tier_lines
from facilitator_tui.rotation import Tier


def test_a_level_with_nothing_to_say_is_left_out() -> None:
    assert tier_lines([Tier("rules not kept", 0, 0), Tier("same mark in a room", 0, None)]) == []


def test_a_level_at_its_bound_says_that_it_cannot_be_better() -> None:
    assert tier_lines([Tier("coincidences", 6, 6)]) == ["coincidences      6  can't be better"]


def test_a_level_off_its_bound_names_the_bound() -> None:
    assert tier_lines([Tier("coincidences", 12, 9)]) == ["coincidences     12  bound 9"]


def test_a_level_whose_bound_nobody_knows_has_none() -> None:
    assert tier_lines([Tier("rules not kept", 1, None)]) == ["rules not kept      1"]


def test_figures_of_all_levels_stand_below_each_other() -> None:
    lines = tier_lines([Tier("coincidences", 6, 6), Tier("moves between rounds", 24, 0)])
    assert lines[0].index("can't") == lines[1].index("bound")

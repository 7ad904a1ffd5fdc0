"""The glossary has every word that the program types or prints, and no other."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import timedelta
from typing import get_args, get_type_hints

import pytest

from docs.pages import ROOT, tables
from facilitator_tui.core.breakout import RoomsPhase
from facilitator_tui.core.grammar import BUILT_IN_KINDS, FLAGS
from facilitator_tui.core.messages import FIELDS
from facilitator_tui.core.methods import SHIPPED, total_length
from facilitator_tui.core.plan import KINDS, Consent, Mode
from facilitator_tui.core.rundown import Phase, RowState, State
from facilitator_tui.harvest.consent import EDITIONS, Level
from facilitator_tui.rotation.problem import NewPeople
from facilitator_tui.rotation.replan import Way

GLOSSARY = ROOT / "docs" / "glossary.md"

WORDS: dict[str, Iterable[str]] = {
    "Kind": KINDS,
    "Kind of capture": BUILT_IN_KINDS,
    "Flag": FLAGS,
    "Mode of a breakout": get_args(Mode),
    "Newcomers in rooms": get_args(NewPeople),
    "Planning rooms again": get_args(Way),
    "Edition": EDITIONS,
    "Rule": get_args(get_type_hints(Consent)["rule"]),
    "Level": get_args(Level),
    "Method": SHIPPED,
}
"""The heading of a table's first column, and what the program has there."""

STATES: dict[str, Iterable[str]] = {
    "session": get_args(State),
    "row": get_args(RowState),
    "live item": get_args(Phase),
    "rooms": get_args(RoomsPhase),
}


def column(heading: str) -> list[list[str]]:
    """The rows of the table whose first column is headed so."""
    (found,) = [table for table in tables(GLOSSARY) if table[0][0] == heading]
    return found[1:]


@pytest.mark.parametrize("heading", WORDS)
def test_a_table_of_the_glossary_has_the_words_of_the_program(heading: str) -> None:
    assert sorted(row[0] for row in column(heading)) == sorted(f"`{word}`" for word in WORDS[heading])


@pytest.mark.parametrize("where", STATES)
def test_the_glossary_has_every_state_and_phase(where: str) -> None:
    assert sorted(row[1] for row in column("Where") if row[0] == where) == sorted(f"`{word}`" for word in STATES[where])


def test_a_method_of_the_glossary_has_its_name_and_minutes() -> None:
    minutes = {f"`{method.id}`": str(total_length(method) // timedelta(minutes=1)) for method in SHIPPED.values()}
    names = {f"`{method.id}`": method.name for method in SHIPPED.values()}
    assert {row[0]: row[1:] for row in column("Method")} == {id: [names[id], minutes[id]] for id in names}


def test_no_word_stands_twice_in_one_table_and_every_one_is_explained() -> None:
    for table in tables(GLOSSARY):
        rows = [tuple(row[:-1]) for row in table[1:]]
        assert len(rows) == len(set(rows)), table[0]
        assert all(row[-1] for row in table), table[0]


def test_the_page_of_the_plan_has_every_field_of_messages() -> None:
    page = (ROOT / "docs" / "plan-file.md").read_text(encoding="utf-8").partition("## Fields in messages")[2]
    assert set(re.findall(r"\{(\w+)\}", page)) | {"call", "pad"} == set(FIELDS)


def test_the_capture_page_has_every_kind_and_flag() -> None:
    page = (ROOT / "docs" / "capture.md").read_text(encoding="utf-8")
    assert [kind for kind in BUILT_IN_KINDS if f"| {kind} “" not in page] == []
    assert [flag for flag in FLAGS if f"`/{flag}`" not in page] == []

"""Marks of organisations, and broken rules in the names that people know."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from facilitator_tui.core.plan import Organisation, Participant, Roster
from facilitator_tui.core.room_words import broken_rule, legend, org_marks, with_names
from facilitator_tui.rotation import Broken

ROSTER = Roster(
    (Participant("p01", "Ann", org="o1"), Participant("p02", "Ben", org="o2"), Participant("p03", "Cy", org="o1")),
    (Organisation("o1", "Alder Trust", ""), Organisation("o2", "The Partnering Initiative", short="TPI")),
)


def org(id: str, name: str, short: str = "") -> Organisation:
    return Organisation(id, name, short=short)


def test_a_mark_is_the_initials_or_the_beginning_of_the_short_name() -> None:
    orgs = (org("a", "como consult"), org("b", "The Centre", short="CIFOR"), org("c", "Organisation 07"))
    assert org_marks(orgs) == {"a": "cc", "b": "ci", "c": "o7"}


def test_a_mark_that_is_taken_leaves_the_next_letters_of_the_name() -> None:
    orgs = (org("a", "Unicef"), org("b", "Unicef"), org("c", "Unicef"))
    assert list(org_marks(orgs).values()) == ["un", "ui", "uc"]


def test_a_name_without_latin_letters_takes_its_mark_from_the_id() -> None:
    assert org_marks((org("redcross", "日本赤十字社"),)) == {"redcross": "re"}


@settings(max_examples=60, deadline=None)
@given(names=st.lists(st.tuples(st.text(max_size=12), st.text(max_size=5)), max_size=60))
def test_marks_are_two_signs_begin_with_a_letter_and_are_never_shared(names: list[tuple[str, str]]) -> None:
    orgs = [org(f"o{at}", name, short) for at, (name, short) in enumerate(names)]
    marks = org_marks(orgs)
    assert len(marks) == len(orgs) == len(set(marks.values()))
    assert all(re.fullmatch("[a-z][a-z0-9]", mark) for mark in marks.values())


def test_an_earlier_organisation_keeps_its_mark_when_others_follow() -> None:
    first = org("a", "Unicef")
    assert org_marks((first,))["a"] == org_marks((first, org("b", "Unicef")))["a"]


def test_seven_hundred_organisations_leave_the_last_ones_without_a_mark() -> None:
    marks = org_marks([org(f"o{at}", "Same") for at in range(720)])
    assert 676 <= len(marks) < 720


def test_the_legend_names_only_organisations_of_those_who_are_there() -> None:
    assert legend(ROSTER, {"p02"}) == [("tp", "TPI")]


def test_ids_in_a_sentence_become_names() -> None:
    assert with_names(ROSTER, "p01 and p02 share org o1") == "Ann and Ben share org Alder Trust"


def test_people_whom_the_reason_leaves_out_are_named_behind_it() -> None:
    broken = Broken("apart", ("p01", "p03"), 0, "", "2 people share org o1 and there is 1 room; some must share one")
    assert broken_rule(ROSTER, broken).endswith("some must share one (Ann, Cy)")


def test_people_whom_the_reason_names_are_not_named_twice() -> None:
    broken = Broken("apart", ("p01", "p03"), 0, "1", "p01 and p03 share org o1 in Room 1")
    assert broken_rule(ROSTER, broken) == "Ann and Cy share org Alder Trust in Room 1"

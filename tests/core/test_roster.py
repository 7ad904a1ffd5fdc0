"""Finding people by what is typed, their marks of two keys, and where they belong."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facilitator_tui.core.plan import Organisation, Participant, Roster
from facilitator_tui.core.roster import (
    exactly,
    find,
    id_of,
    marks,
    named,
    newcomers,
    organisation_of,
    why_not,
)

ROSTER = Roster(
    people=(
        Participant("ana", "Beatriz Soto", new=True),
        Participant("p01", "Ana María Núñez-Ruiz", org="o01"),
        Participant("p02", "Juan Pablo Sarmiento"),
        Participant("p03", "Zoë d’Angelo", new=True),
        Participant("p04", "Łukasz Øst"),
        Participant("p05", "ana lopez"),
    ),
    orgs=(Organisation("o01", "The Partnering Initiative", short="TPI"), Organisation("o02", "Juno")),
)


@pytest.mark.parametrize(
    ("typed", "id"),
    [
        ("ana", "ana"),
        ("ANA", "ana"),
        ("nun", "p01"),
        ("ruiz", "p01"),
        ("maria", "p01"),
        ("juan", "p02"),
        ("juan.pablo", "p02"),
        ("juan-sar", "p02"),
        ("ana maria", "p01"),
        ("zoe", "p03"),
        ("angelo", "p03"),
        ("dangelo", "p03"),
        ("d'ang", "p03"),
        ("lukasz", "p04"),
        ("ost", "p04"),
        ("tpi", "o01"),
        ("partnering", "o01"),
    ],
)
def test_a_name_is_found(typed: str, id: str) -> None:
    assert find(ROSTER, typed).id == id_of(ROSTER, typed) == id


def test_an_exact_id_wins_over_names_that_start_so() -> None:
    assert find(ROSTER, "ana").id == "ana"


def test_several_who_fit_are_named_and_none_is_chosen() -> None:
    match = find(ROSTER, "an")
    assert match.found is None
    assert match.ambiguous
    assert [one.id for one in match.candidates] == ["p01", "p03", "p05"]
    assert why_not("an", match) == (
        "'an' fits Ana María Núñez-Ruiz (p01), Zoë d’Angelo (p03), ana lopez (p05): type more of the name, or the id."
    )


def test_people_and_organisations_are_ambiguous_together() -> None:
    assert [one.id for one in find(ROSTER, "ju").candidates] == ["p02", "o02"]


def test_nobody_of_that_name_gets_near_misses() -> None:
    match = find(ROSTER, "sarmento")
    assert not match.ambiguous
    assert (
        why_not("sarmento", match)
        == "Nobody on the roster is called 'sarmento'. Did you mean Juan Pablo Sarmiento (p02)?"
    )


def test_nobody_at_all_gets_a_next_step() -> None:
    assert "add the person" in why_not("xyzzy", find(ROSTER, "xyzzy"))
    assert why_not("juno", find(ROSTER, "juno")) == ""


def test_many_who_fit_are_not_all_listed() -> None:
    crowd = Roster(tuple(Participant(f"x{number}", f"Kim {number}") for number in range(9)))
    assert "and 5 more" in why_not("kim", find(crowd, "kim"))


@pytest.mark.parametrize("typed", ["", " ", "-", "..", "\u0301"])
def test_a_name_without_letters_is_nobody(typed: str) -> None:
    assert find(ROSTER, typed).found is None
    assert id_of(ROSTER, typed) == ""


@settings(deadline=None, max_examples=100)
@given(st.text(max_size=8))
def test_the_short_way_and_the_long_way_agree(typed: str) -> None:
    assert id_of(ROSTER, typed) == find(ROSTER, typed).id


# ---------------------------------------------------------------- whole names


@pytest.mark.parametrize("name", ["ANA MARIA NUNEZ-RUIZ", "Ana  María Núñez-Ruiz", "Ana María Núñez-Ruiz (she/her)"])
def test_a_whole_name_is_recognised(name: str) -> None:
    who = exactly(ROSTER, name)
    assert who is not None
    assert who.id == "p01"


@pytest.mark.parametrize("name", ["Ana", "Ana María", "Núñez", "", "(she/her)", "p01"])
def test_part_of_a_name_is_not_a_whole_name(name: str) -> None:
    assert exactly(ROSTER, name) is None


def test_two_of_the_same_name_are_nobody() -> None:
    twins = Roster((Participant("a", "Kim Lee"), Participant("b", "kim lee")))
    assert exactly(twins, "Kim Lee") is None


# ---------------------------------------------------------------- marks


def test_marks_are_initials_where_they_are_free() -> None:
    found = marks(ROSTER.people)
    assert found == {"ana": "bs", "p01": "ar", "p02": "js", "p03": "zd", "p04": "lo", "p05": "al"}


def test_a_number_at_the_end_of_a_name_is_its_mark() -> None:
    crowd = [Participant(f"p{number:02}", f"Participant {number:02}") for number in range(1, 25)]
    assert marks(crowd) == {f"p{number:02}": f"{number:02}" for number in range(1, 25)}


def test_a_late_arrival_never_changes_anothers_mark() -> None:
    before = marks(ROSTER.people)
    after = marks((*ROSTER.people, Participant("late", "Bruno Saltos")))
    assert after == {**before, "late": after["late"]}


@settings(deadline=None, max_examples=60)
@given(st.lists(st.text(max_size=12), max_size=60))
def test_every_mark_is_two_keys_and_nobody_elses(names: list[str]) -> None:
    found = marks(Participant(f"p{number}", name) for number, name in enumerate(names))
    assert len(found) == len(names)
    assert len(set(found.values())) == len(found)
    assert all(re.fullmatch("[a-z0-9]{2}", mark) for mark in found.values())


def test_more_people_than_marks_leaves_the_last_without() -> None:
    crowd = [Participant(f"p{number}", "Kim Lee") for number in range(1300)]
    assert len(marks(crowd)) == 1296


# ---------------------------------------------------------------- belonging


def test_a_person_belongs_to_an_organisation() -> None:
    org = organisation_of(ROSTER, "p01")
    assert org is not None
    assert org.short == "TPI"
    assert organisation_of(ROSTER, "o02") == ROSTER.orgs[1]
    assert organisation_of(ROSTER, "p02") is None
    assert organisation_of(ROSTER, "nobody") is None


def test_newcomers_are_those_marked_new() -> None:
    assert newcomers(ROSTER) == ("ana", "p03")
    assert newcomers(replace(ROSTER, people=())) == ()


def test_an_id_is_shown_as_a_name_where_there_is_one() -> None:
    assert named(ROSTER, "p02") == "Juan Pablo Sarmiento"
    assert named(ROSTER, "o02") == "Juno"
    assert named(ROSTER, "guest-1", {"guest-1": "A Guest"}) == "A Guest"
    assert named(ROSTER, "gone") == "gone"

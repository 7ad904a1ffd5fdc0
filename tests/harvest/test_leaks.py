"""The leak check lists every line whose text points at somebody, and the exporter keeps such lines back."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.calls import Call, item, plan_of
from facilitator_tui.core.events import CaptureAdded
from facilitator_tui.core.plan import Consent, Organisation, Participant, Roster
from facilitator_tui.core.text import fold_case
from facilitator_tui.harvest.export import files
from facilitator_tui.harvest.leaks import ABBREVIATIONS, EVERYDAY, POINTLESS, Finder, leaks
from harvest.tuesday import real_week, tuesday

ROSTER = Roster(
    (
        Participant("ana", "Ana Núñez-Ortega", "o1"),
        Participant("will", "Will Becker", "o1"),
        Participant("li", "Li Wu", "o2"),
        Participant("yuki", "山田由紀", "o2"),
        Participant("mei", "林 美玲", "o2"),
        Participant("soren", "Søren Østergård", "o2"),
        Participant("hans", "Hans Müller", "o2"),
        Participant("jan", "Jan Novák", "o2"),
        Participant("sinead", "Sinéad O'Brien", "o2"),
        Participant("maria", "Maria de la Cruz", "o2"),
        Participant("p01", "Participant 01", "o2"),
    ),
    (
        Organisation("o1", "The Green Valley Trust", "GVT"),
        Organisation("o2", "Greenhouse", "PrC"),
        Organisation("o3", "Aldermoor Centre for Development", "WHO"),
    ),
)


@pytest.mark.parametrize(
    ("text", "sort"),
    [
        ("as Ana said", "person"),
        ("ana nunez ortega agreed", "person"),
        ("NUÑEZ's point", "person"),
        ("ask Will about it", "person"),
        ("Li will do it", "person"),
        ("由紀さん? 山田由紀さんの意見", "person"),
        ("green valley trust pays", "organisation"),
        ("the GVT pays", "organisation"),
        ("PrC has a template", "organisation"),
        ("greenhouse can host us", "organisation"),
        ("write to a.b+c@example.org", "mail"),
        ("call +49 30 1234567", "phone"),
        ("call 030/123 45 67", "phone"),
        ("(0157) 12345678", "phone"),
        ("ask @anna about it", "unsure"),
        ("the prc has a template, PrC's own", "organisation"),
        ("P.R.C. has one", "organisation"),
        ("WHO pays", "organisation"),
        ("as Aldermoor said", "organisation"),
        ("aldermoor centre for development pays", "organisation"),
        ("#greenvalleytrust", "organisation"),
        ("thanks #SineadOBrien", "person"),
        ("obrien said so", "person"),
        ("Mueller and Soeren Oestergaard agree", "person"),
        ("Müllers Punkt", "person"),
        ("we owe it to Novákovi", "person"),
        ("N\u0303\u0301 Nu\u0301n\u0303ez said", "person"),
        ("Se\u0301\u200brgio and Sin\u00ade\u0301ad", "person"),
        ("美玲さんの意見", "person"),
        ("S. O. said", "person"),
        ("JN said", "person"),
        ("participant 1 agreed", "person"),
    ],
)
def test_a_text_that_points_at_somebody_is_found(text: str, sort: str) -> None:
    assert sort in {found for found, _ in Finder(ROSTER).find(text)}


@pytest.mark.parametrize(
    "text",
    [
        "we will see, and like it",
        "a green valley is nice",
        "evidence is needed, but learning as well",
        "until 2020-10-09, 16:45 to 17:15",
        "in 2019-2020 there were 1 200 000 of them",
        "1,000,000 people, 3.5 % of 10000000",
        "https://example.org/1234567/89-10",
        "a participant of room 3",
        "who will do it?",
        "Wills and wishes, Banks and markets",
        "three lis and a has-been",
        "la confianza de la gente, La Paz",
        "the centre for human development",
        "an NGO in the EU, e.g. in the U.K.",
    ],
)
def test_a_text_that_points_at_nobody_is_not_found(text: str) -> None:
    assert Finder(ROSTER).find(text) == ()


def call_with(*lines: str, consent: Consent | None = None) -> Call:
    call = Call(replace(plan_of([item("A", 10)]), roster=ROSTER, consent=consent or Consent()))
    call.do("09:00", "start")
    for line in lines:
        call.happen(call.instant("09:01"), CaptureAdded("", line, "takeaway"))
    return call


def test_the_teams_edition_has_no_leaks() -> None:
    assert leaks(call_with("as Ana said").fold.run, "team") == ()


def test_a_line_that_names_somebody_stays_back_until_it_is_confirmed_or_rewritten() -> None:
    call = call_with("as Ana said", "nothing to see")
    run, now = call.fold.run, call.instant("10:00")

    def notes(**review: object) -> str:
        return files([run], call.plan, now, "public", **review).files["x/notes.md"].decode()  # type: ignore[arg-type]

    assert "Ana" not in notes()
    assert "1 line that names somebody in its text" in notes()
    assert "- as Ana said" in notes(confirmed=["x-001"])
    assert "- as somebody said" in notes(rewritten={"x-001": "as somebody said"})
    assert "- nothing to see" in notes()


def test_the_findings_name_the_line_and_the_words() -> None:
    made = call_with("fine", "as Ana said, GVT pays")
    [leak] = files([made.fold.run], made.plan, made.instant("10:00"), "participants").unconfirmed
    assert leak.code == "x-002"
    assert set(leak.found) == {("person", "Ana"), ("organisation", "GVT")}


def test_a_title_that_was_typed_live_and_names_somebody_waits_like_a_line() -> None:
    call = call_with("fine")
    call.do("09:02", "insert", "break 5 with Ana")
    call.do("09:02", "rename", "A", "Questions to Will")
    run, now = call.fold.run, call.instant("10:00")

    def notes(**review: object) -> str:
        made = files([run], call.plan, now, "public", html=True, **review)  # type: ignore[arg-type]
        return "\n".join(text.decode() for text in made.files.values())

    assert "Ana" not in notes() and "Will" not in notes()
    assert "| Break " in notes() and "| A |" in notes()
    assert "| Questions to Will |" in notes(confirmed=["x-A"])
    assert "| Tea with a guest " in notes(rewritten={"x-with-ana": "Tea with a guest"})
    assert files([run], call.plan, now, "public").pointed_out == ()
    assert "with Ana" in files([run], call.plan, now).files["x/notes.md"].decode()


def test_an_open_call_with_names_keeps_no_name_back() -> None:
    call = call_with("as Ana said", consent=Consent("open", participants="name"))
    made = files([call.fold.run], call.plan, call.instant("10:00"), "public")
    assert made.unconfirmed == ()
    assert "- as Ana said" in made.files["x/notes.md"].decode()


def test_the_typed_tuesday_of_the_real_week_points_at_nobody() -> None:
    call = tuesday()
    assert [leak for leak in leaks(call.fold.run, "public") if leak.capture] == []
    assert real_week() is call.plan


LETTERS = "abcdefghijklmnopqrstuvwxyzáéñüöäøåßłžč"
WORDS = (
    st.text(LETTERS, min_size=5, max_size=9)
    .map(str.capitalize)
    .filter(lambda word: word.lower() not in EVERYDAY | POINTLESS)
)
WRITTEN: dict[str, Callable[[str, str], str]] = {
    "as it is": lambda first, last: f"{first} {last}",
    "first name": lambda first, last: f"so {first} said",
    "last name": lambda first, last: f"({last})",
    "capitals": lambda first, last: last.upper(),
    "small": lambda first, last: last.lower(),
    "decomposed": lambda first, last: unicodedata.normalize("NFD", last),
    "with a sign nobody sees": lambda first, last: f"{last[:2]}\u200b{last[2:]}",
    "genitive": lambda first, last: f"{first}'s",
    "genitive without its sign": lambda first, last: f"{last}s",
    "tag": lambda first, last: f"#{first}{last}",
    "joined by a line": lambda first, last: f"{first}_{last}",
    "initials": lambda first, last: f"{first[0].upper()}. {last[0].upper()}.",
}


@pytest.mark.parametrize("way", WRITTEN)
@settings(deadline=None, max_examples=60)
@given(first=WORDS, last=WORDS)
def test_whatever_the_name_it_is_found_however_it_is_written(way: str, first: str, last: str) -> None:
    found = Finder(Roster((Participant("p", f"{first} {last}"),))).find(WRITTEN[way](first, last))
    initials = fold_case(first[0] + last[0])
    assert found or (way == "initials" and (initials in ABBREVIATIONS or len(initials) != 2))

"""Nobody is merged on a guess, and an odd file is a sentence with nothing taken."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

import pytest

from facilitator_tui.core.plan import Participant, Roster
from facilitator_tui.core.text import fold_case
from facilitator_tui.errors import FacilitatorError
from facilitator_tui.imports import read
from facilitator_tui.imports.match import match
from facilitator_tui.imports.table import PersonRow, people_table

BERLIN = ZoneInfo("Europe/Berlin")
ROSTER = Roster(
    (
        Participant("ana", "Ana Núñez", email="Ana@Example.org"),
        Participant("bo", "Bo Berg", email="team@example.org"),
        Participant("cy", "Cy Okoro", email="team@example.org"),
    )
)


@pytest.mark.parametrize(
    "text",
    [
        "Nombre;Apellidos;Correo electrónico\nAna;Torres;",
        "Nom,Prénom,Courriel\nTorres,Ana,",
        "Name;Vorname\nTorres;Ana",
        "Nome;Sobrenome\nAna;Torres",
        "Nome,Cognome\nAna,Torres",
        "Имя;Фамилия\nAna;Torres",
        'Name,Email\n"Torres, Ana",',
        'Name (Original Name),Guest\n"T. (Torres, Ana)",No',
    ],
)
def test_the_halves_of_a_name_are_put_together_whatever_their_order(text: str) -> None:
    roster = Roster((Participant("ana", "Ana Torres"), Participant("torres", "Torres")))
    found = match(people_table(text).people, roster)
    assert [one.person.id for one in found.matched] == ["ana"]


def test_the_mail_address_comes_first_whatever_the_name() -> None:
    [found] = match([PersonRow("Someone's iPad", "ana@example.org")], ROSTER).matched
    assert (found.person.id, found.by) == ("ana", "mail")


def test_a_part_of_a_name_is_nobody() -> None:
    rows = [PersonRow("Ana"), PersonRow("Ana N."), PersonRow("Ana Núñez Ortega")]
    assert match(rows, ROSTER).unknown == tuple(rows)


def test_an_address_that_two_people_share_is_settled_by_the_name_or_asked() -> None:
    made = match([PersonRow("Cy Okoro", "team@example.org"), PersonRow("Us", "team@example.org")], ROSTER)
    assert [one.person.id for one in made.matched] == ["cy"]
    assert [candidate.id for candidate in made.unclear[0].candidates] == ["bo", "cy"]


def test_an_address_of_one_and_the_name_of_another_is_asked() -> None:
    made = match([PersonRow("Bo Berg", "ana@example.org")], ROSTER)
    assert made.matched == ()
    assert {candidate.id for candidate in made.unclear[0].candidates} == {"ana", "bo"}


def test_two_rows_of_one_name_with_different_addresses_are_asked() -> None:
    rows = [PersonRow("Ana Núñez", "ana@example.org"), PersonRow("ana nunez", "other@example.org")]
    made = match(rows, ROSTER)
    assert [one.by for one in made.matched] == ["mail"]
    assert [one.row.email for one in made.unclear] == ["other@example.org"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"  \n\n",
        b"PK\x03\x04rest of a workbook",
        b"%PDF-1.7",
        b"\x00\x01\x02\x03" * 50,
        b"colour,amount\nred,1\nblue,2\n",
        b'{"not": "a schedule"}',
        b'{"schedule": ' + b"[" * 50_000,
        b"BEGIN:VCALENDAR\nnonsense",
        b"<html><body>Log in</body></html>",
        b"\xff\xfe\x00\xd8",
    ],
)
@pytest.mark.parametrize("as_", [None, "people", "presence", "chat", "agenda"])
def test_an_odd_file_is_one_sentence_and_nothing_is_taken(content: bytes, as_: str | None) -> None:
    with pytest.raises(FacilitatorError) as caught:
        read(content, as_, ROSTER, BERLIN)  # type: ignore[arg-type]
    assert "\n" not in str(caught.value)
    assert str(caught.value).endswith(".")


@pytest.mark.parametrize("nasty", ["[/]", "\x1b[31mred", "=1+1", "\u202eevil", "a" * 200_000, "<b>&"])
def test_naughty_names_are_made_safe_and_kept(nasty: str) -> None:
    made = read(f'Name,Email\n"{nasty}",x@example.org\n'.encode(), None, ROSTER, BERLIN)
    [row] = made.people.unknown
    assert "\x1b" not in row.name and "\u202e" not in row.name
    assert row.name


def test_a_registration_report_is_no_presence() -> None:
    text = b"First Name,Last Name,Email,Approval Status\nAna,N,ana@example.org,approved\n"
    with pytest.raises(FacilitatorError, match="--as people"):
        read(text, "presence", ROSTER, BERLIN)


def compared(monkeypatch: pytest.MonkeyPatch, people: int, rows: Sequence[PersonRow]) -> int:
    """How many spellings are folded and rows compared to find so many rows on a roster of so many people."""
    counted = 0

    def counting(text: str) -> str:
        nonlocal counted
        counted += 1
        return fold_case(text)

    def equal(one: PersonRow, other: object) -> bool:
        nonlocal counted
        counted += 1
        return one is other

    roster = Roster(tuple(Participant(f"p{n}", f"Person {n}", email=f"p{n}@example.org") for n in range(people)))
    with monkeypatch.context() as patch:
        patch.setattr("facilitator_tui.imports.match.fold_case", counting)
        patch.setattr(PersonRow, "__eq__", equal)
        match(rows, roster)
    return counted


@pytest.mark.parametrize(
    "name", ["Person {}", "Person 1", "Somebody {}"], ids=["each another", "all the same", "nobody known"]
)
def test_the_work_for_a_row_is_the_same_however_many_rows_there_are(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    few, many = ([PersonRow(name.format(n)) for n in range(count)] for count in (100, 1000))
    roster = compared(monkeypatch, 50, [])
    assert compared(monkeypatch, 50, many) - roster == 10 * (compared(monkeypatch, 50, few) - roster)


@pytest.mark.parametrize("people", [50, 500])
def test_the_work_for_a_row_does_not_depend_on_the_length_of_the_roster(
    people: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [PersonRow(f"Person {n}", f"p{n}@example.org") for n in range(20)]
    alone = compared(monkeypatch, people, rows) - compared(monkeypatch, people, [])
    assert alone == compared(monkeypatch, 20, rows) - compared(monkeypatch, 20, [])


def test_every_row_of_a_long_file_is_matched_or_unknown() -> None:
    roster = Roster(tuple(Participant(f"p{n}", f"Person {n}", email=f"p{n}@example.org") for n in range(200)))
    rows = "".join(f"Person {n},p{n}@example.org,2020-09-29 15:00:00\n" for n in range(5_000))
    made = read(f"Name,Email,Join Time\n{rows}".encode(), None, roster, BERLIN)
    assert (len(made.people.matched), len(made.people.unknown)) == (200, 4_800)

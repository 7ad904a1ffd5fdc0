"""Forgetting takes out every spelling of one person, and nothing of anybody else."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facilitator_tui.core import events as ev
from facilitator_tui.core.events import Event, Payload, values_of
from facilitator_tui.core.forgetting import MARK, Eraser, LogErasure, erasure_of, person_of
from facilitator_tui.core.plan import Organisation, Participant, Roster

AT = datetime(2026, 5, 12, 19, 3, tzinfo=UTC)
DARIAN = Participant("stibbe", "Darian Stibbe", email="darian@example.org")
PEOPLE = (
    DARIAN,
    Participant("p08", "Participant 08"),
    Participant("p09", "Participant 09"),
    Participant("ana-s", "Ana Silva"),
    Participant("ana-c", "Ana Costa"),
    Participant("will", "Will Young"),
    Participant("lead", "Lee Chan"),
    Participant("jose", "José Núñez"),
    Participant("wang", "王小明"),
    Participant("anita", "अनिता"),
)
ROSTER = Roster(PEOPLE, (Organisation("o1", "Silva Foundation"),))


def eraser(id: str, **more: tuple[str, ...]) -> Eraser:
    person = ROSTER.person(id)
    assert person
    return Eraser(person_of([person], more.pop("also", ())), ROSTER, everyday=("will", "young"), **more)


@pytest.mark.parametrize(
    ("id", "text", "left"),
    [
        ("stibbe", "Darian Stibbe said so", f"{MARK} said so"),
        ("stibbe", "STIBBE, Darian: darian's view", f"{MARK}, {MARK}: {MARK}'s view"),
        ("stibbe", "as Darian\n  Stibbe said", f"as {MARK}\n  {MARK} said"),
        ("stibbe", "- Darian\n- Stibbe", f"- {MARK}\n- {MARK}"),
        ("stibbe", "write to Darian@example.org", f"write to {MARK}"),
        ("stibbe", "Darian,Stibbe,yes", f"{MARK},{MARK},yes"),
        ("stibbe", "the Stibbes stay", "the Stibbes stay"),
        ("p08", "Participant 08 and participant 09", f"{MARK} and participant 09"),
        ("p08", "p08, p09, p080", f"{MARK}, p09, p080"),
        ("ana-s", "Ana Silva, Ana Costa, Ana, the Silva Foundation", f"{MARK}, Ana Costa, Ana, the Silva Foundation"),
        ("will", "Will will leave, young people, Young spoke", f"{MARK} will leave, young people, {MARK} spoke"),
        ("lead", "take the lead, Lee", f"take the lead, {MARK}"),
        ("jose", "JOSE NUNEZ and Jose\u0301", f"{MARK} and {MARK}"),
        ("wang", "然后王小明说", f"然后{MARK}说"),
        ("anita", "अनिता बोली, अनीता नहीं", f"{MARK} बोली, अनीता नहीं"),
    ],
)
def test_each_spelling_of_the_name_becomes_a_mark_and_other_words_stay(id: str, text: str, left: str) -> None:
    assert eraser(id).text(text) == left


def test_a_spelling_given_by_hand_goes_and_a_word_that_is_kept_stays() -> None:
    assert (
        eraser("stibbe", also=("Dazza",), keep=("Darian",)).text("Darian, Dazza, Stibbe") == f"Darian, {MARK}, {MARK}"
    )


@pytest.mark.parametrize(
    ("line", "left"),
    [
        ("= trust first #impact @stibbe", "= trust first #impact"),
        ("= trust (@darian), first", "= trust, first"),
        ("@p08 trust first", "@p08 trust first"),
        ("@stibbe", MARK),
    ],
)
def test_a_source_goes_from_a_typed_line_without_a_trace(line: str, left: str) -> None:
    assert eraser("stibbe").line(line) == left


def test_a_mark_that_fits_several_people_goes_from_a_line_that_is_known_to_be_this_persons() -> None:
    assert eraser("ana-s").line("trust @ana") == "trust @ana"
    assert eraser("ana-s").line("trust @ana", sure=True) == "trust"


def left_of(payload: Payload, id: str = "stibbe") -> dict[str, ev.Value] | None:
    return eraser(id).values(payload.kind, values_of(payload))


@pytest.mark.parametrize(
    "payload",
    [
        ev.PersonAdded("stibbe", "Darian Stibbe"),
        ev.PersonArrived("stibbe"),
        ev.PersonLeft("stibbe"),
        ev.TurnTaken("stibbe", "qa"),
        ev.HandRaised("stibbe"),
        ev.SeatChanged("groups", 1, "stibbe", "r1"),
        ev.RoomChosen("groups", "stibbe", "r1"),
    ],
)
def test_presence_turns_and_seats_of_the_person_go(payload: Payload) -> None:
    assert left_of(payload) is None
    assert left_of(payload, "p08") == values_of(payload)


def test_a_capture_stays_and_loses_its_source() -> None:
    added = ev.CaptureAdded(
        "@stibbe @p08 Darian trusts #darian", "Darian trusts", item="stibbe", by=("stibbe", "p08"), tags=("darian",)
    )
    assert left_of(added) == {
        "raw": f"@p08 {MARK} trusts {MARK_TAG}",
        "text": f"{MARK} trusts",
        "item": "stibbe",
        "by": ["p08"],
        "tags": [],
    }


MARK_TAG = f"#{MARK}"


def test_others_keep_their_seats() -> None:
    planned = ev.RoomsPlanned("groups", 1, ("r1", "r2"), ("Darian's room", "Two"), ("p08 stibbe", "stibbe"))
    left = left_of(planned)
    assert left
    assert left["seats"] == ["p08", ""]
    assert left["names"] == [f"{MARK}'s room", "Two"]
    assert left["rooms"] == ["r1", "r2"]


def test_what_this_version_does_not_know_is_searched_too() -> None:
    unknown = {"kind": "thanks.said", "id": "x", "who": "stibbe", "words": ["to Darian", "stibbe"], "n": 3}
    left = eraser("stibbe").values("thanks.said", unknown)
    assert left == {"kind": "thanks.said", "id": "x", "who": MARK, "words": [f"to {MARK}"], "n": 3}


def happened(number: int, payload: Payload, group: str = "") -> Event:
    return Event(f"e{number}", number, f"2026-05-12T19:03:00.{number:03d}Z-0000-k7x2m", AT, payload, group)


def left_in(erasure: LogErasure, events: list[Event]) -> list[dict[str, ev.Value]]:
    plain = ({"id": one.id, "group": one.group, "kind": one.payload.kind, **values_of(one.payload)} for one in events)
    return [left for one in plain if (left := erasure.values({k: v for k, v in one.items() if v != ""})) is not None]


def test_what_is_left_of_an_action_is_one_action_still_and_undo_means_it() -> None:
    events = [
        happened(1, ev.PersonArrived("stibbe"), "e1"),
        happened(2, ev.PersonArrived("p08"), "e1"),
        happened(3, ev.PersonArrived("p09"), "e1"),
        happened(4, ev.ActionUndone("e1")),
    ]
    left = left_in(erasure_of(eraser("stibbe"), events), events)
    assert [one.get("group") for one in left] == ["e2", "e2", None]
    assert left[-1]["action"] == "e2"
    left = left_in(erasure_of(eraser("stibbe"), [events[0], events[1], events[3]]), [events[0], events[1], events[3]])
    assert "group" not in left[0]
    assert left[-1]["action"] == "e2"


def test_an_inserted_item_gets_another_id_everywhere_and_one_of_the_plan_keeps_it() -> None:
    events = [
        happened(1, ev.ItemInserted("stibbe-talks", "qa", "Stibbe talks", "plenary", 300)),
        happened(2, ev.ItemStarted("stibbe-talks", "Stibbe talks")),
        happened(3, ev.AgendaCompressed(("stibbe-talks=120", "qa=60"))),
    ]
    left = left_in(erasure_of(eraser("stibbe"), events), events)
    assert [one.get("item") for one in left] == ["removed-1", "removed-1", None]
    assert left[2]["lengths"] == ["removed-1=120", "qa=60"]
    assert left_in(erasure_of(eraser("stibbe"), events, {"stibbe-talks"}), events)[0]["item"] == "stibbe-talks"


WORDS = st.sampled_from(
    ["Darian", "stibbe", "STIBBE", "Ana", "p08", "@stibbe", "@dar", "said", "\n", ",", "–", "Costa"]
)


@settings(deadline=None, max_examples=200)
@given(st.lists(WORDS | st.text(max_size=5), max_size=12).map(" ".join))
def test_after_forgetting_no_text_has_the_name_and_forgetting_twice_changes_nothing_more(text: str) -> None:
    forgetting = eraser("stibbe")
    left = forgetting.loose(text)
    assert forgetting.loose(left) == left
    assert {"darian", "stibbe"}.isdisjoint(left.replace(MARK, " ").casefold().split())
    assert left.count("Costa") == text.count("Costa")

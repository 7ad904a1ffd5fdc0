"""Who is here, who has spoken, whose hand is up: what each action does, and when it is refused."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.calls import Call, plan_x
from facilitator_tui.core import people
from facilitator_tui.core.actions import Outcome, Refused
from facilitator_tui.core.plan import Organisation, Participant, Roster
from facilitator_tui.core.voices import queue_of

PEOPLE = tuple(Participant(f"p{n}", f"Person {n}", org="o1") for n in range(1, 7))
ROSTER = Roster((*PEOPLE, Participant("ana", "Ana Guide", role="lead")), (Organisation("o1", "House of One"),))


class Met:
    """A call with six participants and a lead, in which people come, go and speak."""

    def __init__(self, roster: Roster = ROSTER) -> None:
        self.call = Call(replace(plan_x(), roster=roster))

    def take(self, action: str, *arguments: object, when: str = "09:05") -> Outcome:
        now = self.call.instant(when)
        outcome: Outcome = getattr(people, action)(self.call.fold.run, now, *arguments)
        self.call.happen(now, *outcome.payloads)
        return outcome

    def refuse(self, action: str, *arguments: object) -> str:
        with pytest.raises(Refused) as refused:
            self.take(action, *arguments)
        return str(refused.value)

    @property
    def queue(self) -> str:
        return " ".join(queue_of(self.call.fold.run))


# ---------------------------------------------------------------- presence


def test_who_has_come_is_here_and_not_twice() -> None:
    met = Met()
    assert met.take("here", "person 1").said == "Person 1 is here"
    assert "already" in met.refuse("here", "p1")


def test_who_has_left_is_away_until_they_come_back() -> None:
    met = Met()
    met.take("here", "p1")
    met.take("away", "p1")
    assert not people.is_here(met.call.fold.run, "p1")
    assert "already" in met.refuse("away", "p1")
    met.take("here", "p1")
    assert people.is_here(met.call.fold.run, "p1")


def test_until_half_of_them_are_marked_everybody_counts_as_here() -> None:
    met = Met()
    met.take("here", "p1")
    met.take("here", "p2")
    assert people.is_here(met.call.fold.run, "p6")
    met.take("away", "p3")
    assert people.roll_call_taken(met.call.fold.run)
    assert not people.is_here(met.call.fold.run, "p6")


def test_everybody_is_marked_at_once_but_those_who_are_away() -> None:
    met = Met()
    met.take("away", "p3")
    met.take("everybody_here")
    assert set(met.call.fold.run.here) == {"p1", "p2", "p4", "p5", "p6", "ana"}
    assert "already" in met.refuse("everybody_here")


def test_somebody_from_outside_joins_with_an_id_of_their_own() -> None:
    met = Met()
    met.take("here", "+Person 1")
    met.take("here", "+  Zoë   Guest ")
    assert [(one.id, one.name) for one in met.call.fold.run.added] == [
        ("person-1", "Person 1"),
        ("zoe-guest", "Zoë Guest"),
    ]
    assert "name of the person" in met.refuse("here", "+ ")


def test_two_from_outside_with_one_name_are_two_people() -> None:
    met = Met()
    met.take("here", "+Kim")
    met.take("here", "+Kim")
    assert [one.id for one in met.call.fold.run.added] == ["kim", "kim-2"]


def test_several_from_outside_are_told_apart_by_commas() -> None:
    met = Met()
    assert met.take("here", "+Kim Lee, +Zoë Guest,; Kim Lee,").said == "Kim Lee, Zoë Guest and Kim Lee are here"
    assert [(one.id, one.name) for one in met.call.fold.run.added] == [
        ("kim-lee", "Kim Lee"),
        ("zoe-guest", "Zoë Guest"),
        ("kim-lee-2", "Kim Lee"),
    ]
    assert {"kim-lee", "zoe-guest", "kim-lee-2"} <= set(met.call.fold.run.here)
    assert "name of the person" in met.refuse("here", "+ , ;")


def test_without_a_roster_every_name_is_somebody_new() -> None:
    met = Met(Roster())
    met.take("here", "Kim")
    assert met.call.fold.run.roster.person("kim")


def test_an_organisation_is_no_person_and_a_shared_name_is_asked_about() -> None:
    met = Met()
    assert "organisation" in met.refuse("here", "House of One")
    assert "p1" in met.refuse("here", "person")


# ---------------------------------------------------------------- turns and hands


def test_turns_are_counted_and_belong_to_the_live_item() -> None:
    met = Met()
    met.call.do("09:00", "start")
    assert met.take("spoke", "p1").said == "Person 1 spoke, first turn today"
    assert met.take("spoke", "p1").said == "Person 1 spoke, turn 2 today"
    assert [turn.item for turn in met.call.fold.run.turns] == ["A", "A"]


def test_a_hand_goes_up_and_down_again() -> None:
    met = Met()
    met.take("hand", "p1")
    assert met.queue == "p1"
    met.take("hand", "p1")
    assert met.queue == ""


def test_who_has_spoken_or_left_has_no_hand_up() -> None:
    met = Met()
    for name in ("p1", "p2"):
        met.take("hand", name)
    met.take("spoke", "p1")
    met.take("away", "p2")
    assert met.queue == ""


def test_the_next_in_the_queue_gets_the_floor() -> None:
    met = Met()
    met.take("hand", "p1", when="09:05")
    met.take("hand", "p2", when="09:06")
    met.take("spoke", "p1")
    assert met.queue == "p2"


def test_who_takes_more_of_the_turns_than_the_plan_finds_fair_is_hinted_at() -> None:
    met = Met()
    said = [met.take("spoke", name).said for name in ("p1", "p2", "p3") * 2 + ("p1", "p1", "p1")]
    assert said[0] == "Person 1 spoke, first turn today"
    assert said[-1].endswith("turn 5 today, 5 of all 9")


def test_the_facilitator_overrides_the_order_of_hands() -> None:
    met = Met()
    for minute, name in enumerate(("p1", "p2", "p3"), 5):
        met.take("hand", name, when=f"09:{minute:02}")
    assert met.take("move_hand", "p3", -2).said == "Person 3 is number 1 of 3"
    assert met.queue == "p3 p1 p2"
    met.take("move_hand", "p1", 5)
    assert met.queue == "p3 p2 p1"


def test_a_hand_can_not_go_beyond_the_ends_of_the_queue() -> None:
    met = Met()
    for name in ("p1", "p2"):
        met.take("hand", name)
    assert "first already" in met.refuse("move_hand", "p1", -1)
    assert "last already" in met.refuse("move_hand", "p2", 1)
    assert "no hand up" in met.refuse("move_hand", "p3", 1)


def test_all_hands_go_down_without_a_turn() -> None:
    met = Met()
    assert "no hand" in met.refuse("lower_hands")
    met.take("hand", "p1")
    assert met.take("lower_hands").said == "1 hand taken down"
    assert (met.queue, len(met.call.fold.run.turns)) == ("", 0)

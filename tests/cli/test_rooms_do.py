"""`do rooms …` and `choose`: planning, re-planning, locks, sitting out and unequal rounds from the command line."""

from __future__ import annotations

from typing import Any

import pytest

from cli.commandline import CommandLine, berlin
from facilitator_tui.cli import rooms_do

MON, WED = ("--session", "mon"), ("--session", "wed")
QUICK = ("--seconds", "0.3")


def mon(clock: str) -> str:
    return berlin(clock, day="2020-09-28", offset=2)


def wed(clock: str) -> str:
    return berlin(clock, day="2020-09-30", offset=2)


@pytest.fixture(autouse=True)
def short_searches(monkeypatch: pytest.MonkeyPatch) -> None:
    """How good rooms become is tested elsewhere."""
    monkeypatch.setattr(rooms_do, "PLAN_S", 0.1)
    monkeypatch.setattr(rooms_do, "OPENING_S", 0.1)


def planned(week: CommandLine) -> None:
    """Monday's groups have rooms."""
    week.ok("do", "rooms", "plan", "groups", *MON, at=mon("14:50"))


def rounds_of(week: CommandLine, session: tuple[str, ...] = MON, item: str = "groups") -> list[dict[str, list[str]]]:
    """The rooms as the log has them: the last plan of each round, with what was changed in it since."""
    found: dict[int, dict[str, list[str]]] = {}
    for event in week.log(*session):
        if event.get("item") != item:
            continue
        if event["kind"] == "rooms.planned":
            rooms = zip(event["rooms"], event["seats"], strict=True)
            found[event["round"]] = {room: seats.split() for room, seats in rooms}
        elif event["kind"] == "seat.changed":
            for room, seats in found[event["round"]].items():
                found[event["round"]][room] = [one for one in seats if one != event["person"]]
            if event["room"]:
                found[event["round"]][event["room"]].append(event["person"])
    return [found[number] for number in sorted(found)]


def test_rooms_are_planned_into_the_log(week: CommandLine) -> None:
    assert "of 276 pairs have met" in week.ok("do", "rooms", "plan", "groups", *MON, at=mon("14:50")).out
    assert [sum(len(seat) for seat in one.values()) for one in rounds_of(week)] == [24, 24]


def test_rooms_are_planned_again_for_whoever_is_here_and_few_move(week: CommandLine) -> None:
    planned(week)
    week.ok("do", "away", "p07", *MON, at=mon("15:00"))
    week.ok("do", "here", "+Dana", *MON, at=mon("15:00"))
    told = week.ok("do", "rooms", "replan", "groups", *MON, at=mon("15:01"))
    assert "Participant 07: Room " in told.out and "→ no seat" in told.out
    for one in rounds_of(week):
        seated = {name for seat in one.values() for name in seat}
        assert "dana" in seated and "p07" not in seated and len(seated) == 24


def test_a_preview_of_a_re_plan_changes_nothing(week: CommandLine) -> None:
    planned(week)
    week.ok("do", "away", "p07", *MON, at=mon("15:00"))
    before = week.log(*MON)
    assert "nothing has changed" in week.ok("do", "rooms", "replan", "--preview", *MON, at=mon("15:01")).out
    assert week.log(*MON) == before


@pytest.mark.parametrize("words", [("goto", "groups"), ("rooms", "start")])
def test_a_breakout_that_begins_with_changed_presence_offers_the_re_plan(
    week: CommandLine, words: tuple[str, ...]
) -> None:
    planned(week)
    week.ok("do", "away", "p07", *MON, at=mon("15:00"))
    if words == ("rooms", "start"):
        week.ok("do", "goto", "groups", *MON, at=mon("15:05"))
    said = week.ok("do", *words, *MON, at=mon("15:06")).out
    assert "1 of those seated is away: do rooms replan --preview shows who would move" in said


def test_next_into_a_breakout_offers_the_re_plan_too(week: CommandLine) -> None:
    planned(week)
    week.ok("do", "away", "p07", *MON, at=mon("15:00"))
    week.ok("do", "goto", "qa", *MON, at=mon("15:05"))
    assert "1 of those seated is away" in week.ok("do", "next", *MON, at=mon("15:06")).out


def test_a_locked_room_is_kept_by_the_command_that_prints_rooms(week: CommandLine) -> None:
    planned(week)
    kept = sorted(rounds_of(week)[0]["2"])
    week.ok("do", "goto", "groups", *MON, at=mon("15:05"))
    assert "Room 2 keeps its people" in week.ok("do", "rooms", "lock", "2", *MON, at=mon("15:06")).out
    answer = week.ok("rooms", "--item", "groups", *MON, *QUICK, "--json", at=mon("15:07")).json
    assert answer["rounds"][0]["rooms"][1]["people"] == kept


def test_a_lock_is_undone_like_anything_else(week: CommandLine) -> None:
    planned(week)
    week.ok("do", "rooms", "lock", "room", "2", *MON, "--at", mon("15:06"))
    assert "undone: lock of a room" in week.ok("do", "undo", *MON, at=mon("15:07")).out


def test_a_room_that_is_not_there_is_refused(week: CommandLine) -> None:
    planned(week)
    week.ok("do", "goto", "groups", *MON, at=mon("15:05"))
    assert "no room '9'" in week.refused("do", "rooms", "lock", "9", *MON, at=mon("15:06"))


@pytest.mark.parametrize("words", [("rooms",), ("rooms", "lock"), ("rooms", "shuffle"), ("rooms", "extend", "x")])
def test_words_that_mean_nothing_are_one_sentence(week: CommandLine, words: tuple[str, ...]) -> None:
    week.misused("do", *words, *MON, at=mon("15:06"))


def test_a_dash_sits_out_and_is_named(week: CommandLine) -> None:
    week.ok("do", "goto", "groups", *MON, at=mon("15:05"))
    assert "Participant 05 sits out" in week.ok("do", "choose", "p05", "-", *MON, at=mon("15:06")).out
    said = week.ok("rooms", "--item", "groups", *MON, *QUICK, at=mon("15:07")).out
    assert "sitting out: Participant 05" in said and said.count("Participant 05") == 1
    week.ok("do", "undo", *MON, at=mon("15:08"))
    assert "sitting out" not in week.ok("rooms", "--item", "groups", *MON, *QUICK, at=mon("15:09")).out


def test_rounds_of_unequal_length_are_in_the_status(week: CommandLine) -> None:
    week.ok("do", "goto", "evid", *WED, at=wed("16:00"))
    said = week.ok("do", "rooms", "start", *WED, at=wed("16:00")).out
    assert said.startswith("rooms open for 8:45 in 2 rounds: 3:45, 5:00; ")

    def rooms(clock: str) -> Any:
        return week.status(*WED, at=wed(clock))["rooms"]

    assert rooms("16:03:00") == {"item": "evid", "round": 1, "rounds": 2, "remaining": 45, "phase": "running"}
    assert rooms("16:03:45") == {"item": "evid", "round": 2, "rounds": 2, "remaining": 300, "phase": "running"}
    week.ok("do", "rooms", "extend", "+2", *WED, at=wed("16:04:45"))
    assert rooms("16:04:45")["remaining"] == 360
    week.ok("do", "rooms", "recall", *WED, at=wed("16:05:00"))
    assert rooms("16:05:00")["phase"] == "closing"


def test_a_finished_session_opens_no_rooms(week: CommandLine) -> None:
    week.ok("do", "goto", "groups", *MON, at=mon("15:05"))
    week.ok("do", "finish", *MON, at=mon("15:10"))
    assert "the session is finished" in week.refused("do", "rooms", "start", "groups", *MON, at=mon("15:11"))


def test_a_bare_head_count_for_an_item_names_nobody_of_the_roster(week: CommandLine) -> None:
    said = week.ok("rooms", "--item", "groups", *MON, *QUICK, "--people", "12").out
    assert "Participant" not in said and "p12" in said


def test_options_that_an_item_stands_above_are_named(week: CommandLine) -> None:
    answer = week.ok("rooms", "--item", "groups", *MON, *QUICK, "--size", "3")
    assert answer.err == "--size not used: an item is spread as the plan says\n"


def test_the_moves_between_rounds_are_printed_and_lead_from_one_to_the_next(week: CommandLine) -> None:
    words = ("--people", "12", "--size", "4", "--rounds", "2", *QUICK)
    first, second = week.ok("rooms", *words, "--json").json["rounds"]
    where = {name: room["name"] for room in first["rooms"] for name in room["people"]}
    lines = [line for line in week.ok("rooms", *words, "--moves").lines if line.startswith("  move ")]
    for line in lines:
        name, _, way = line.removeprefix("  move ").partition(": ")
        assert way.startswith(f"{where[name]} → ")
        where[name] = way.partition(" → ")[2]
    assert lines and where == {name: room["name"] for room in second["rooms"] for name in room["people"]}


APART = """
[rooms]
apart = ["org"]
[roster]
orgs = [ { id = "o1", name = "Alder Trust" } ]
people = [
  { id = "a", name = "Ann", org = "o1" }, { id = "b", name = "Ben", org = "o1" },
  { id = "c", name = "Cy", org = "o1" }, { id = "d", name = "Di" },
]
[[session]]
id = "s"
agenda = [ { id = "g", kind = "breakout", minutes = 20, rooms = 2, title = "Groups" } ]
"""


def test_people_all_kept_apart_in_too_few_rooms_are_named(empty: CommandLine) -> None:
    empty.plan(APART)
    said = empty.ok("rooms", "--item", "g", *QUICK).out
    assert "3 people share org Alder Trust and there are 2 rooms; some must share one (Ann, Ben, Cy)" in said
    broken = empty.ok("rooms", "--item", "g", *QUICK, "--json").json["broken"]
    assert ["a", "b", "c"] in [one["people"] for one in broken]


def test_a_room_that_takes_nobody_is_one_sentence(empty: CommandLine) -> None:
    rooms = 'rooms = [ { id = "r1", name = "Fire", size = 0 } ]\nagenda'
    empty.plan(APART.replace("agenda", rooms).replace("rooms = 2", 'rooms = ["r1"]'))
    empty.refused("rooms", "--item", "g", *QUICK, code=None)

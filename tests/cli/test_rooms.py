"""`rooms`: for an item of the plan and for bare numbers, as text, as JSON and as Zoom's CSV."""

from __future__ import annotations

import csv
from collections import Counter
from itertools import combinations
from math import comb
from typing import Any

import pytest

from cli.commandline import CommandLine

KEYS = [
    "rounds",
    "coincidences",
    "repeats",
    "most_meetings",
    "pairs_met",
    "pairs_possible",
    "bound",
    "proven",
    "broken",
    "seconds",
]
QUICK = ("--seconds", "0.3")
NUMBERS = ("--people", "32", "--size", "4", "--rounds", "9", "--json")


def people_of(room: dict[str, Any]) -> list[str]:
    return list(room["people"])


def recount(rounds: list[dict[str, Any]]) -> dict[str, int]:
    met = Counter(pair for one in rounds for room in one["rooms"] for pair in combinations(sorted(people_of(room)), 2))
    people = {name for one in rounds for room in one["rooms"] for name in room["people"]}
    return {
        "coincidences": sum(comb(times, 2) for times in met.values()),
        "repeats": sum(times - 1 for times in met.values()),
        "most_meetings": max(met.values(), default=0),
        "pairs_met": len(met),
        "pairs_possible": comb(len(people), 2),
    }


def assert_whole(answer: dict[str, Any]) -> None:
    assert sorted(answer) == sorted(KEYS)
    for name, figure in recount(answer["rounds"]).items():
        assert answer[name] == figure, name
    assert type(answer["bound"]) is int
    assert type(answer["proven"]) is bool
    assert isinstance(answer["broken"], list)
    assert isinstance(answer["seconds"], (int, float))
    assert answer["bound"] <= answer["coincidences"]
    for one in answer["rounds"]:
        assert sorted(one) == ["rooms"]
        for room in one["rooms"]:
            assert sorted(room) == ["id", "name", "people"]
            assert isinstance(room["id"], str)
            assert isinstance(room["name"], str)
            assert all(isinstance(name, str) for name in room["people"])
        sizes = [len(room["people"]) for room in one["rooms"]]
        assert max(sizes) - min(sizes) <= 1, sizes
        seated = [name for room in one["rooms"] for name in room["people"]]
        assert len(seated) == len(set(seated))


def test_bare_numbers_make_a_rotation_without_a_repeat(empty: CommandLine) -> None:
    answer = empty.ok("rooms", *NUMBERS).json
    assert_whole(answer)
    assert len(answer["rounds"]) == 9
    assert {name for room in answer["rounds"][0]["rooms"] for name in room["people"]} == {f"p{n}" for n in range(1, 33)}
    assert (answer["coincidences"], answer["repeats"], answer["most_meetings"]) == (0, 0, 1)
    assert answer["proven"] is True


def test_numbers_need_no_plan_and_bear_a_broken_one(empty: CommandLine) -> None:
    empty.plan("this is [no plan")
    assert_whole(empty.ok("rooms", "--people", "9", "--size", "3", "--rounds", "3", "--json").json)


@pytest.mark.parametrize(
    ("people", "size", "rounds"), [(11, 3, 2), (7, 2, 3), (5, 5, 2), (3, 4, 1), (17, 4, 3), (1, 4, 1), (2, 2, 1)]
)
def test_any_head_count_is_seated_evenly(empty: CommandLine, people: int, size: int, rounds: int) -> None:
    words = ("--people", str(people), "--size", str(size), "--rounds", str(rounds), "--seconds", "0.3", "--json")
    answer = empty.ok("rooms", *words).json
    assert_whole(answer)
    for one in answer["rounds"]:
        assert sum(len(room["people"]) for room in one["rooms"]) == people


def test_a_number_of_rooms_can_be_asked_for(empty: CommandLine) -> None:
    words = ("--people", "17", "--rooms", "4", "--rounds", "2", "--seconds", "0.3", "--json")
    answer = empty.ok("rooms", *words).json
    assert_whole(answer)
    assert [len(one["rooms"]) for one in answer["rounds"]] == [4, 4]


def test_the_same_seed_gives_the_same_rooms(empty: CommandLine) -> None:
    words = ("--people", "18", "--size", "5", "--rounds", "3", "--seed", "7", "--seconds", "1", "--json")
    assert empty.ok("rooms", *words).json["rounds"] == empty.ok("rooms", *words).json["rounds"]


def test_the_rooms_of_an_item_seat_participants_and_nobody_who_runs_the_call(week: CommandLine) -> None:
    answer = week.ok("rooms", "--item", "groups", "--session", "tue", *QUICK, "--json").json
    assert_whole(answer)
    seated = [name for room in answer["rounds"][0]["rooms"] for name in room["people"]]
    assert sorted(seated) == [f"p{n:02}" for n in range(1, 25)]
    assert [room["name"] for room in answer["rounds"][0]["rooms"]] == [f"Room {n}" for n in range(1, 6)]


def test_organisations_are_kept_apart_where_they_can_be(week: CommandLine) -> None:
    for session, item in (("mon", "groups"), ("tue", "groups"), ("tue", "forward")):
        answer = week.ok("rooms", "--item", item, "--session", session, "--seconds", "4", "--json").json
        for one in answer["rounds"]:
            for room in one["rooms"]:
                organisations = [(int(name[1:]) + 1) // 2 for name in room["people"]]
                assert len(set(organisations)) == len(organisations), room


def test_two_rounds_are_two_different_mixes(week: CommandLine) -> None:
    answer = week.ok("rooms", "--item", "groups", "--session", "mon", *QUICK, "--json").json
    assert_whole(answer)
    first, second = ({tuple(sorted(room["people"])) for room in one["rooms"]} for one in answer["rounds"])
    assert not first & second


def test_the_named_rooms_of_a_session_are_used(week: CommandLine) -> None:
    answer = week.ok("rooms", "--item", "topic1", "--session", "thu", *QUICK, "--json").json
    assert [room["id"] for room in answer["rounds"][0]["rooms"]] == ["lead1", "lead2", "agile1", "agile2"]
    assert answer["rounds"][0]["rooms"][0]["name"] == "Leadership 1"


def test_a_choice_of_a_room_is_kept(week: CommandLine) -> None:
    for name, room in (("p01", "agile2"), ("p02", "Decisions 1"), ("p03", "lead1")):
        week.ok("do", "choose", name, room, "--session", "thu", at="2020-10-01T12:00:00Z")
    rooms = week.ok("rooms", "--item", "topic1", "--session", "thu", *QUICK, "--json").json["rounds"][0]["rooms"]
    where = {name: room["id"] for room in rooms for name in room["people"]}
    assert (where["p01"], where["p02"], where["p03"]) == ("agile2", "agile1", "lead1")


def test_a_choice_of_a_room_that_is_not_there_is_refused(week: CommandLine) -> None:
    week.refused("do", "choose", "p01", "lead9", "--session", "thu", at="2020-10-01T12:00:00Z")


def test_a_person_in_a_choice_must_be_known(week: CommandLine) -> None:
    week.refused("do", "choose", "nobody", "lead1", "--session", "thu", at="2020-10-01T12:00:00Z")


def test_the_text_lists_names_and_says_how_good_it_is(week: CommandLine) -> None:
    said = week.ok("rooms", "--item", "groups", "--session", "tue", *QUICK).out
    assert "Room 1" in said
    assert "Participant 01" in said
    numbers = week.ok("rooms", "--people", "9", "--size", "3", "--rounds", "4", *QUICK).out
    assert "p9" in numbers
    assert "proven" in numbers


MAILED = """
[roster]
people = [
{people}
]
[[session]]
id = "s"
agenda = [ {{ id = "groups", kind = "breakout", minutes = 20, size = 3, rounds = 2, title = "Groups" }} ]
"""


def test_the_zoom_files_are_one_a_round_and_read_back_as_csv(empty: CommandLine) -> None:
    rows = [f'  {{ id = "q{n}", name = "Q {n}", email = "q{n}@example.org" }},' for n in range(1, 10)]
    empty.plan(MAILED.format(people="\n".join(rows)))
    answer = empty.ok("rooms", "--item", "groups", "--json").json
    empty.ok("rooms", "--item", "groups", "--zoom", "zoom")
    paths = sorted(empty.folder.joinpath("zoom").iterdir())
    assert {path.stat().st_mode & 0o777 for path in paths} == {0o600}
    assert [path.name for path in paths] == ["rooms-groups-1.csv", "rooms-groups-2.csv"]
    for path, one in zip(paths, answer["rounds"], strict=True):
        text = path.read_text(encoding="utf-8")
        assert text.splitlines()[0] == "Pre-assign Room Name,Email Address"
        with path.open(newline="", encoding="utf-8") as file:
            read = list(csv.DictReader(file))
        assert len(read) == 9
        written = {row["Email Address"]: row["Pre-assign Room Name"] for row in read}
        for room in one["rooms"]:
            for name in room["people"]:
                assert written[f"{name}@example.org"] == room["name"]


def test_no_cell_of_the_zoom_files_is_a_formula(empty: CommandLine) -> None:
    rows = [f'  {{ id = "q{n}", name = "Q {n}", email = "q{n}@example.org" }},' for n in range(1, 7)]
    rooms = 'rooms = [ { id = "r1", name = "=1+1" }, { id = "r2", name = "@SUM(A1)" } ]\nagenda'
    plan = MAILED.format(people="\n".join(rows)).replace("agenda", rooms).replace("size = 3", 'rooms = ["r1", "r2"]')
    empty.plan(plan)
    empty.ok("rooms", "--item", "groups", "--zoom", "zoom")
    cells = []
    for path in empty.folder.joinpath("zoom").iterdir():
        with path.open(newline="", encoding="utf-8") as file:
            cells += [cell for row in csv.reader(file) for cell in row]
    assert any("1+1" in cell for cell in cells)
    assert [cell for cell in cells if cell[:1] in "=+-@\t\r"] == []


def test_people_without_a_mail_address_are_named_not_left_out_silently(week: CommandLine) -> None:
    answer = week("rooms", "--item", "groups", "--session", "tue", *QUICK, "--zoom", "zoom")
    assert "mail" in answer.out + answer.err


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("--people", "0", "--size", "4", "--rounds", "1"),
        ("--people", "-3", "--size", "4", "--rounds", "1"),
        ("--people", "many", "--size", "4"),
        ("--people", "12", "--size", "0", "--rounds", "1"),
        ("--people", "12", "--size", "4", "--rounds", "0"),
        ("--people", "12", "--rooms", "0"),
        ("--people", "99999999999", "--size", "4", "--rounds", "2"),
        ("--people", "12", "--size", "4", "--rounds", "99999999999"),
        ("--people", "12", "--size", "4", "--seconds", "soon"),
        ("--people", "12", "--size", "4", "--seconds", "-1"),
        ("--people", "12", "--size", "4", "--seconds", "nan"),
        ("--item", "nosuch"),
        ("--item", "hello"),
    ],
    ids=" ".join,
)
def test_numbers_and_items_that_make_no_rooms_are_refused(week: CommandLine, words: tuple[str, ...]) -> None:
    week.refused("rooms", *words, *(("--session", "tue") if "--item" in words else ()), code=None)


def test_zoom_files_that_cannot_be_written_are_one_sentence(week: CommandLine) -> None:
    week.refused("rooms", "--item", "groups", "--session", "tue", *QUICK, "--zoom", "sessions.toml")

"""`facilitator messages`: filled for this moment, the one that is due marked, sent nowhere."""

from __future__ import annotations

from cli.commandline import CommandLine

BEFORE = "2020-09-29T14:58"


def test_every_message_of_the_plan_is_printed_with_its_place(week: CommandLine) -> None:
    said = week.ok("messages", "--session", "tue", at=BEFORE).out
    assert "welcome → main  (now)" in said
    assert "half-time → rooms" in said
    assert "We close at 17:00 Berlin" in said


def test_one_message_is_printed_bare_so_that_it_can_be_piped(week: CommandLine) -> None:
    said = week.ok("messages", "two-minutes", "--session", "tue", at=BEFORE).out
    assert said == "Two minutes left. Agree on ONE sentence you want everybody to hear.\n"


def test_a_translation_is_printed_where_there_is_one(week: CommandLine) -> None:
    assert "¡Bienvenidas" in week.ok("messages", "welcome", "--lang", "es", "--session", "tue", at=BEFORE).out


def test_machines_get_the_same(week: CommandLine) -> None:
    every = week.ok("messages", "--session", "tue", "--json", at=BEFORE).json
    assert [one["id"] for one in every if one["due"]] == ["welcome"]
    one = week.ok("messages", "harvest", "--session", "tue", "--json", at=BEFORE).json
    assert one["text"] == next(each["text"] for each in every if each["id"] == "harvest")


def test_an_unknown_message_names_those_that_there_are(week: CommandLine) -> None:
    assert "go-rooms" in week.refused("messages", "go-room", "--session", "tue", at=BEFORE)

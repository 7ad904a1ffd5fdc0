"""What beginners write: accepted where the meaning is sure, else named plainly with its line."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from store.plans import SMALLEST, load, said

PEOPLE = '[roster]\npeople = [\n  { id = "ana", name = "Ana" },\n  { id = "ben", name = "Ben", new = true },\n]\n'

WRONG = {
    "a missing closing quote": ('"Welcome" }', '"Welcome }', 3, "closing quote is missing"),
    "a missing opening quote": ('"Our question"', 'Our question"', 4, "opening quote is missing"),
    "no quotes at all": ('"breakout"', "breakout", 5, 'write "breakout"'),
    "a missing comma in a row": ("5,  title", "5  title", 3, "comma is missing"),
    "a missing comma between rows": ('"Welcome" },', '"Welcome" }', 3, "comma is missing"),
    "a missing bracket": ("agenda = [", "agenda = ", 2, "no value"),
    "a missing brace": ('"Welcome" },', '"Welcome",', 3, "never closed"),
    "a line break in a row": ("{ minutes = 5,  ", "{ minutes = 5,\n  ", 3, "one line"),
    "a clock time with a point": ("[[session]]", '[[session]]\nstart = "15.00"', 2, '"15:00"'),
    "a number for a clock time": ("[[session]]", "[[session]]\nstart = 15.30", 2, '"15:30"'),
    "an hour of the afternoon": ("[[session]]", '[[session]]\nstart = "3pm"', 2, '"15:00"'),
    "half past twenty-four": ("[[session]]", '[[session]]\nstart = "24:30"', 2, "no clock time"),
    "a day written backwards": ("[[session]]", "[[session]]\ndate = 28.9.2020", 2, "2020-09-28"),
    "a day that does not exist": ("[[session]]", "[[session]]\ndate = 2020-02-30", 2, "calendar"),
    "curly quotes": ('"Welcome"', "“Welcome”", 3, "curly"),
    "one curly quote": ('"Welcome"', '"Welcome”', 3, "curly"),
    "a colon for =": ("minutes = 5", "minutes: 5", 3, "where = belongs"),
    "nothing for =": ("minutes = 5", "minutes 5", 3, "= is missing"),
    "single brackets": ("[[session]]", "[session]", 1, "[[session]]"),
    "brackets that do not match": ("[[session]]", "[[session]", 1, "do not match"),
    "a key twice": ("size = 4,", "size = 4, size = 5,", 5, "twice"),
    "a number in words": ("minutes = 20", 'minutes = "twenty"', 4, "1h30"),
    "a length that is hours or minutes": ("minutes = 20", 'minutes = "1:30"', 4, "1h30"),
    "negative minutes": ("minutes = 20", "minutes = -20", 4, "negative"),
    "days of minutes": ("minutes = 20", "minutes = 20000", 4, "more than a day"),
    "true for minutes": ("minutes = 20", "minutes = true", 4, "true or false"),
    "no minutes": ("minutes = 20, ", "", 4, "`minutes` is missing"),
    "zero minutes": ("minutes = 20", "minutes = 0", 4, "cue"),
    "zero people a room": ("size = 4", "size = 0", 5, "from 1"),
    "half a person": ("size = 4", "size = 4.5", 5, "whole number"),
    "an unknown kind": ('"breakout"', '"brakeout"', 5, 'did you mean "breakout"?'),
    "a backslash in a text": ('"Welcome"', r'"C:\docs"', 3, "backslash"),
    "a quote within a text": ('"Welcome"', '"Say "hi" now"', 3, "left over"),
    "a decimal comma": ("minutes = 20,", "minutes = 2,5,", 4, "= is missing"),
    "a leading zero": ("minutes = 20", "minutes = 020", 4, "write 20"),
    "rows before their session": ("[[session]]\n", "[[session.agenda]]\nminutes = 5\n[[session]]\n", 3, "[[session]]"),
    "texts for rows": ('{ minutes = 5,  title = "Welcome" }', '"Welcome"', 3, "minutes = ..."),
    "a newer schema": ("[[session]]", "schema = 2\n[[session]]", 1, "update facilitator"),
    "an empty text": ('"Welcome"', '""', 3, "is empty"),
}


@pytest.mark.parametrize(("right", "wrong", "line", "answer"), WRONG.values(), ids=WRONG.keys())
def test_it_is_named_with_its_line(right: str, wrong: str, line: int, answer: str, tmp_path: Path) -> None:
    loaded = load(tmp_path, SMALLEST.replace(right, wrong, 1))
    assert loaded.plan is None
    here = [error for error in loaded.errors if error.line == line]
    assert any(answer in f"{each.message} {each.hint}" for each in here), said(loaded.problems)


ACCEPTED_LENGTHS = {
    '"10"': timedelta(minutes=10),
    "2.5": timedelta(minutes=2, seconds=30),
    '"1h30"': timedelta(minutes=90),
    '"90m"': timedelta(minutes=90),
    '"45s"': timedelta(seconds=45),
    '"1h"': timedelta(hours=1),
    '"1 h 30 min"': timedelta(minutes=90),
    '"2,5"': timedelta(minutes=2, seconds=30),
    '"1m30s"': timedelta(seconds=90),
}


@pytest.mark.parametrize(("written", "length"), ACCEPTED_LENGTHS.items())
def test_a_length_may_be_written_in_many_ways(written: str, length: timedelta, tmp_path: Path) -> None:
    loaded = load(tmp_path, f"[[session]]\nagenda = [ {{ minutes = {written} }} ]\n")
    assert loaded.plan is not None, said(loaded.problems)
    assert loaded.plan.sessions[0].agenda[0].length == length


@pytest.mark.parametrize("written", ["15:00", "15:00:00", '"15:00"', '"15:00:00"', '" 15:00 "'])
def test_a_clock_time_may_be_written_in_many_ways(written: str, tmp_path: Path) -> None:
    loaded = load(tmp_path, f"[[session]]\nstart = {written}\nagenda = [ {{ minutes = 5 }} ]\n")
    assert loaded.plan is not None, said(loaded.problems)
    assert loaded.plan.sessions[0].start == timedelta(hours=15)
    assert loaded.problems == ()


@pytest.mark.parametrize(("written", "right"), [("yes", "true"), ("no", "false"), ("True", "true"), ('"yes"', "true")])
def test_yes_and_no_are_answered_with_true_and_false(written: str, right: str, tmp_path: Path) -> None:
    loaded = load(tmp_path, PEOPLE.replace("new = true", f"new = {written}") + SMALLEST)
    (error,) = loaded.errors
    assert (error.line, f"write {right}" in error.hint) == (4, True)


def test_ids_that_are_there_twice_are_named_at_the_second_one(tmp_path: Path) -> None:
    (error,) = load(tmp_path, PEOPLE.replace('"ben"', '"ana"') + SMALLEST).errors
    assert (error.line, error.column) == (4, 10)
    assert "twice, first in line 3" in error.message


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbf" + SMALLEST.encode(),
        SMALLEST.replace("\n", "\r\n").encode(),
        SMALLEST.replace("\n", "\r").encode(),
    ],
    ids=["BOM", "CRLF", "CR"],
)
def test_marks_and_line_ends_of_other_systems_are_fine(content: bytes, tmp_path: Path) -> None:
    assert load(tmp_path, content).plan is not None


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_is_named(encoding: str, tmp_path: Path) -> None:
    (error,) = load(tmp_path, SMALLEST.encode(encoding)).errors
    assert "UTF-16" in error.message
    assert "UTF-8" in error.hint


def test_latin_1_is_named_with_line_byte_and_column(tmp_path: Path) -> None:
    (error,) = load(tmp_path, SMALLEST.replace("Welcome", "Grüezi").encode("latin-1")).errors
    assert (error.line, error.column) == (3, SMALLEST.split("\n")[2].index("Welcome") + 3)
    assert "0xFC" in error.message


def test_a_comma_before_a_closing_brace_is_only_a_warning(tmp_path: Path) -> None:
    loaded = load(tmp_path, SMALLEST.replace('"Welcome" }', '"Welcome", }'))
    assert loaded.plan is not None
    assert loaded.problems[0].line == 3


def test_an_item_may_send_a_message_and_come_after_another_one(tmp_path: Path) -> None:
    content = """
[[message]]
id = "m"
text = "Hello"
[[session]]
agenda = [
  { minutes = 5, id = "a", kind = "breakout", size = 4 },
  { minutes = 5, id = "b", kind = "breakout", mode = "keep", after = "a", send = ["m"] },
]
"""
    loaded = load(tmp_path, content)
    assert loaded.errors == ()
    assert loaded.plan is not None
    assert loaded.plan.sessions[0].agenda[1].after == "a"

"""What a hand slips into a plan, and the sentence that puts it right: its line, what is wrong, and what to write."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

import pytest

from facilitator_tui.core.plan import Plan
from store.plans import line_of, load, on_line, said

ONE = 'agenda = [{ minutes = 5, title = "A" }]'
HEAD = f"[[session]]\n{ONE}\n"


class Slip(NamedTuple):
    """A plan, the part of it that is wrong, and words of the answer."""

    text: str
    part: str
    answer: str
    hint: str = ""


def session(fields: str) -> str:
    return f"[[session]]\n{fields}\n{ONE}\n"


def item(fields: str) -> str:
    return f'[[session]]\nagenda = [\n  {{ title = "A", {fields} }},\n]\n'


VALUES = [
    Slip(item("minutes = 0"), "minutes", "is 0", 'kind = "cue"'),
    Slip(item("minutes = 1e9"), "minutes", "no sensible length"),
    Slip(item('minutes = "-5"'), "minutes", "cannot be negative"),
    Slip(item('minutes = 5, kind = "cue"'), "minutes", "a reminder", "minutes = 0"),
    Slip(item("minutes = 5, kind = 5"), "kind", "not the number 5"),
    Slip(item("minutes = 5, rooms = true"), "rooms", "rooms"),
    Slip(item("minutes = 5, ask = [true]"), "ask", "the number of a question or a text"),
    Slip(item("minutes = 5, ask = [0]"), "ask", "counted from 1"),
    Slip(session('start = "25:99"'), "start", "no clock time", '"15:00"'),
    Slip(session('start = "noonish"'), "start", "no clock time", '"15:00"'),
    Slip(session("start = 25:61:00"), "start", "no clock time"),
    Slip(session('start = "10:00"\nhard_stop = "09:30"'), "hard_stop", "not after `start`"),
    Slip(session("date = 2020-09-28T10:00:00"), "date", "a day without a time", "2020-09-28"),
    Slip(session("date = 2020-09-28T10:00:00Z"), "date", "a day without a time", "2020-09-28"),
    Slip(session("date = 2020-09-28T10:00:00+99:99"), "date", "no day of the calendar"),
    Slip(session("date = 2020-9-8"), "date", "two digits", "2020-09-08"),
    Slip(session("date = 5"), "date", "a day, not the number 5", "2020-09-29"),
    Slip(session("id = [5]"), "id", "a text, not a list"),
    Slip("[[session]]\nagenda = []\n", "agenda", "the agenda is empty", "add a row"),
    Slip("[programme]\ntz = 5\n" + HEAD, "tz", "name of a time zone, not the number 5"),
    Slip("[programme]\ntitle = { a = 1 }\n" + HEAD, "title", "a text, not a table"),
    Slip("[programme]\ntitle = 2020-01-01\n" + HEAD, "title", "a date or a time", '"2020-01-01"'),
    Slip(f'[programme]\ntitle = "{"x" * 20_001}"\n' + HEAD, "title", "longer than 20000 characters"),
    Slip("[programme]\ntitle = null\n" + HEAD, "title", "null is no value", "take the field out"),
    Slip("[rooms]\nno_repeat = 5\n" + HEAD, "no_repeat", "true or false, not the number 5"),
    Slip("[rooms]\nspread = { a = 1 }\n" + HEAD, "spread", "is a list, not a table", "[ ]"),
    Slip("[[method]]\nid = 'm'\nsteps = []\n" + HEAD, "steps", "at least one step"),
    Slip(
        '[[method]]\nid = "m"\nsteps = [{ say = "x", minutes = 1, group = 1.5 }]\n' + HEAD, "steps", "number of people"
    ),
    Slip('[[method]]\nid = "m"\nsteps = [{ say = "x", minutes = 0 }]\n' + HEAD, "steps", "is 0", "some time"),
]

SHAPES = [
    Slip("programme = 5\n" + HEAD, "programme", "is a table", "[programme]"),
    Slip('[[programme]]\ntitle = "x"\n' + HEAD, "[[programme]]", "there once", "[programme]"),
    Slip("kinds = [1]\n" + HEAD, "kinds", "is a table", "[kinds]"),
    Slip("[kinds]\nmood = 5\n" + HEAD, "mood", "is a row in { }", "mood = {"),
    Slip('[kinds]\n"Big Idea" = "x"\n' + HEAD, '"Big', "cannot name a kind of capture", "big-idea"),
    Slip("[send]\nbreakout = 1\n" + HEAD, "breakout", 'no message "1"'),
    Slip("send = 5\n" + HEAD, "send", "table"),
    Slip("[roster]\npeople = 5\n" + HEAD, "people", "a list of rows", "[[roster.people]]"),
    Slip('[roster]\npeople = { id = "a" }\n' + HEAD, "people", "is a list", "[[roster.people]]"),
    Slip("[[session]]\nagenda = 5\n", "agenda", "a list of rows", ""),
]

HEADINGS = [
    Slip(
        '[programme]\ntitle = "a"\n[programme] # again\n' + HEAD, "[programme] # again", "there twice, first in line 1"
    ),
    Slip("programme = 5\n[programme.x]\na = 1\n" + HEAD, "[programme.x]", "has a value already"),
    Slip('[programme]\ntitle = "a"\n[programme.title]\n' + HEAD, "[programme.title]", "has a value already"),
    Slip('programme = { title = "a" }\n[programme.x]\n' + HEAD, "[programme.x]", "written in { } already"),
    Slip(HEAD + '[session] # one\ntitle = "x"\n', "[session] # one", "is a list", "[[session]]"),
    Slip(
        'session = [{ agenda = [{ minutes = 1, title = "t" }] }]\n[[session]]\n',
        "[[session]]",
        "written as a list in [ ] already",
    ),
    Slip('[programme]\ntitle = "a"\ntitle.b = 1\n' + HEAD, "title.b", "written elsewhere already"),
]

MARKS = [
    Slip("[programme]\na. \n" + HEAD, "a.", "a name is missing"),
    Slip('[programme]\ntitle:= "a"\n' + HEAD, "title:", ": where = belongs", "title = "),
    Slip('[programme]\ntitle = "\\ud800"\n' + HEAD, "title", "means nothing in a text"),
    Slip("[programme]\ntitle = 'a\x01b'\n" + HEAD, "title", "0x01"),
    Slip("[programme]\ntitle = “abc\n" + HEAD, "title", "curly quotes", "straight ones"),
    Slip(session('tags = ["a" ; "b"]'), "tags", "has no place in this list"),
    Slip(session('tags = ["en, "de"]'), "tags", "a closing quote is missing"),
]


def ids(slips: list[Slip]) -> list[str]:
    return [f"{slip.part}: {slip.answer}"[:50] for slip in slips]


@pytest.mark.parametrize("slip", VALUES + SHAPES, ids=ids(VALUES + SHAPES))
def test_a_value_that_does_not_fit_is_told_on_its_line(slip: Slip, tmp_path: Path) -> None:
    check(slip, tmp_path)


ELSEWHERE = [
    Slip(f"[[session]]\n[session.team]\n{ONE}\n", "agenda", "does not belong to `team`", "put it above"),
    Slip(item("\u00a0minutes = 5"), "\u00a0", "an invisible character", "type a blank"),
    Slip('[[session]]\nagenda = [\n  { title = "A"; minutes = 5 },\n]\n', ";", "a ; stands where a , belongs"),
]


@pytest.mark.parametrize("slip", ELSEWHERE, ids=ids(ELSEWHERE))
def test_what_is_in_the_wrong_place_is_told_on_its_line(slip: Slip, tmp_path: Path) -> None:
    check(slip, tmp_path)


@pytest.mark.parametrize("text", ['people = [{ id = "a", name = "A" }]\n' + HEAD, session("orgs = []")])
def test_people_outside_of_the_roster_are_sent_there(text: str, tmp_path: Path) -> None:
    (problem,) = load(tmp_path, text).problems
    assert (problem.severity, problem.hint) == ("warning", "put it under [roster]")


def test_a_value_that_could_not_be_read_is_told_once(tmp_path: Path) -> None:
    loaded = load(tmp_path, item("minutes = yes"))
    assert [problem.message for problem in loaded.problems] == ["yes is no value here"]


def test_an_empty_id_has_no_better_one_made_of_nothing(tmp_path: Path) -> None:
    (problem,) = load(tmp_path, item('minutes = 5, id = ""')).problems
    assert ("is no id" in problem.message, problem.hint) == (True, "")


def test_a_heading_of_a_list_is_near_even_where_the_list_is_there(tmp_path: Path) -> None:
    (problem,) = load(tmp_path, HEAD + f"[[sesion]]\n{ONE}\n").problems
    assert problem.hint == 'did you mean "session"?'


@pytest.mark.parametrize("slip", HEADINGS + MARKS, ids=ids(HEADINGS + MARKS))
def test_a_slip_of_the_keyboard_is_told_on_its_line(slip: Slip, tmp_path: Path) -> None:
    check(slip, tmp_path)


def check(slip: Slip, folder: Path) -> None:
    loaded = load(folder, slip.text)
    problems = [one for one in on_line(loaded, line_of(slip.text, slip.part)) if one.severity == "error"]
    assert loaded.plan is None
    assert any(slip.answer in one.message and slip.hint in one.hint for one in problems), said(loaded.problems)


def plan_of(folder: Path, text: str) -> Plan:
    loaded = load(folder, text)
    assert loaded.plan is not None, said(loaded.problems)
    return loaded.plan


def test_two_kinds_of_one_word_are_warned_of(tmp_path: Path) -> None:
    loaded = load(tmp_path, '[kinds]\na = { word = "zz" }\nb = { word = "ZZ:" }\n' + HEAD)
    assert [(one.line, one.hint) for one in loaded.warnings] == [(3, "choose another word")]


def test_a_kind_told_by_its_title_alone_is_one(tmp_path: Path) -> None:
    assert plan_of(tmp_path, '[kinds]\nmood = "How we feel"\n' + HEAD).kinds["mood"].title == "How we feel"


def test_a_least_above_the_length_is_taken_as_all_of_it(tmp_path: Path) -> None:
    loaded = load(tmp_path, item("minutes = 5, least = 9"))
    assert loaded.plan is not None and "taken as all of it" in said(loaded.warnings)
    assert loaded.plan.sessions[0].agenda[0].least == timedelta(minutes=5)


@pytest.mark.parametrize(
    ("written", "minutes"), [("0x10", 16), ("1_0", 10), ('"1h5"', 65), ("4.0", 4), ("'12'", 12), ("'''7'''", 7)]
)
def test_a_length_is_read_in_every_spelling_of_a_number(written: str, minutes: int, tmp_path: Path) -> None:
    assert plan_of(tmp_path, item(f"minutes = {written}")).sessions[0].agenda[0].length == timedelta(minutes=minutes)


@pytest.mark.parametrize("written", ['"4"', "4.0", "4", '" 4 "'])
def test_a_whole_number_is_read_with_quotes_and_with_a_point(written: str, tmp_path: Path) -> None:
    assert plan_of(tmp_path, item(f"minutes = 5, kind = 'breakout', size = {written}")).sessions[0].agenda[0].size == 4


def test_a_number_is_a_short_name_too(tmp_path: Path) -> None:
    assert plan_of(tmp_path, session("id = 5")).sessions[0].id == "5"


def test_a_heading_may_follow_those_below_it(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, '[ideas.more]\n[programme]\ntitle = "x"\n[ideas]\nlist = [{ text = "i" }]\n' + HEAD)
    assert plan.programme.title == "x" and [idea.text for idea in plan.ideas] == ["i"]


def test_a_long_text_is_continued_behind_a_backslash(tmp_path: Path) -> None:
    text = "[programme]\ntitle = \"\"\"one \\\n    two\"\"\"\npurpose = '''\nthree\nfour'''\n" + HEAD
    programme = plan_of(tmp_path, text).programme
    assert programme.title == "one two" and "three" in programme.purpose and "four" in programme.purpose


def test_a_question_named_in_quotes_is_the_same_question(tmp_path: Path) -> None:
    text = '[[session]]\nquestions = ["Who?"]\nagenda = [{ minutes = 5, title = "A", ask = ["1"] }]\n'
    assert plan_of(tmp_path, text) == plan_of(tmp_path, text.replace('"1"', "1"))

"""`check`: the real week has no error, and every beginner's error is named with its line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from cli.commandline import REAL_WEEK, CommandLine


def test_the_real_week_has_no_error(week: CommandLine) -> None:
    week.ok("check")
    week.ok("check", "sessions.toml")
    week.ok("check", str(week.folder))
    week.ok("check", "--plan", "sessions.toml")


def test_the_real_week_has_no_error_for_machines_either(week: CommandLine) -> None:
    assert not [one for one in problems(week.ok("check", "--json").json) if "error" in json.dumps(one)]


def problems(answer: Any) -> list[dict[str, Any]]:
    """The problems of `check --json`, as a list or under a key of it."""
    found = answer if isinstance(answer, list) else next(value for value in answer.values() if isinstance(value, list))
    assert all(isinstance(one, dict) for one in found)
    return list(found)


# One typo a table: (what stands there, what a tired person writes, what the problem must name).
TYPOS = [
    ("schema = 1", 'schema = "one"', "schema"),
    ('purpose  = "Learn', 'purpse  = "Learn', "purpose"),
    ('call = "https', 'call = 5 # "https', "call"),
    ('rule         = "chatham"', 'rule         = "chathm"', "chatham"),
    ("silent_after  = 30", "silent_afer  = 30", "silent_after"),
    ("min_size   = 3", 'min_size   = "three"', "min_size"),
    (
        'name = "The Partnering Initiative",                        short',
        'nam = "The Partnering Initiative", short',
        "name",
    ),
    ('{ id = "p03", name = "Participant 03", org = "o08"', '{ id = "p03", name = "Participant 03", org = "o88"', "o88"),
    ('{ id = "i4", votes = 9,', '{ id = "i4", vots = 9,', "votes"),
    ('takeaway  = { title = "Take-aways" }', 'takeaway  = { titel = "Take-aways" }', "title"),
    ('id    = "half-time"\nwhere = "rooms"', 'id    = "half-time"\nwhere = "romms"', "rooms"),
    ('harvest  = ["harvest"]', 'harvest  = ["harvst"]', "harvest"),
    (
        'say = "Client tells the challenge",         minutes = 2',
        'say = "Client tells the challenge", minuts = 2',
        "minut",
    ),
    ("times = 3 ", "tims = 3 ", "times"),
    ("date   = 2020-09-28", 'date   = "2020-09-31"', "date"),
    ('{ id = "echo",    kind = "plenary",', '{ id = "echo",    kind = "plenery",', "plenary"),
    ('id      = "harvest"\nkind    = "harvest"', 'id      = "harvest"\nkind    = "harvst"', "harvest"),
    (
        'name = "Leadership 1",        ask = 1, guest = "brouwer"',
        'name = "Leadership 1", ask = 1, guest = "brower"',
        "brouwer",
    ),
]


def with_typos(text: str) -> tuple[str, list[tuple[int, str]]]:
    wanted = []
    for right, wrong, _ in TYPOS:
        assert text.count(right) == 1, right
        text = text.replace(right, wrong)
    for _, wrong, word in TYPOS:
        wanted.append((text[: text.index(wrong) + len(wrong)].count("\n") + 1, word))
    return text, wanted


def test_one_typo_in_every_table_is_named_with_its_line_all_at_once(empty: CommandLine) -> None:
    text, wanted = with_typos(REAL_WEEK.read_text(encoding="utf-8"))
    empty.plan(text)
    answer = empty("check")
    assert answer.code == 1
    said = (answer.out + answer.err).splitlines()
    missed = [
        (line, word)
        for line, word in wanted
        if not any(f"sessions.toml:{line}:" in one and word in one for one in neighbours(said))
    ]
    assert not missed, (missed, answer.out + answer.err)


def neighbours(said: list[str]) -> list[str]:
    """Each line together with the one that follows it: a suggestion may stand on a line of its own."""
    return [" ".join(pair) for pair in zip(said, [*said[1:], ""], strict=True)]


def test_the_same_typos_are_named_for_machines(empty: CommandLine) -> None:
    text, wanted = with_typos(REAL_WEEK.read_text(encoding="utf-8"))
    empty.plan(text)
    answer = empty("check", "--json")
    assert answer.code == 1
    found = problems(answer.json)
    lines = {one["line"] for one in found}
    assert {line for line, _ in wanted} <= lines
    for one in found:
        assert isinstance(one["line"], int)
        assert isinstance(one["column"], int)
        assert "sessions.toml" in json.dumps(one)


@pytest.mark.parametrize("typo", TYPOS, ids=[wrong.split("=")[0].strip(" {") for _, wrong, _ in TYPOS])
def test_each_typo_alone_is_named_and_every_other_line_is_silent(
    empty: CommandLine, typo: tuple[str, str, str]
) -> None:
    right, wrong, word = typo
    text = REAL_WEEK.read_text(encoding="utf-8")
    usual = {one["line"] for one in problems(_check(empty, text))}
    changed = text.replace(right, wrong)
    line = changed[: changed.index(wrong) + len(wrong)].count("\n") + 1
    found = [one for one in problems(_check(empty, changed)) if one["line"] not in usual]
    assert line in {one["line"] for one in found}, found
    assert any(word in json.dumps(one) for one in found if one["line"] == line), found


def _check(empty: CommandLine, text: str) -> Any:
    empty.plan(text)
    return empty("check", "--json").json


BEGINNERS = [
    ('[[session]]\nagenda = [\n  { minutes = 5, title = "Welcome },\n]\n', 3),
    ('[[session]]\nagenda = [\n  { minutes = 5 title = "Welcome" },\n]\n', 3),
    ('[[session]]\nagenda = [\n  { minutes = 5,\n    title = "Welcome" },\n]\n', 3),
    ("[[session]]\nagenda = [\n  { minutes = 5, title = “Welcome” },\n]\n", 3),
    ('[[session]]\nstart = "15.00"\nagenda = [ { minutes = 5, title = "Welcome" } ]\n', 2),
    ('[roster]\npeople = [\n  { id = "a", name = "A", new = yes },\n]\n[[session]]\nagenda = [{minutes=5}]\n', 3),
    (
        '[[session]]\nagenda = [\n  { minutes = 5, id = "a" },\n  { minutes = 5, id = "a" },\n]\n',
        4,
    ),
    ('[[session]]\nagenda = [\n  { minutes = "ten", title = "A" },\n]\n', 3),
    ('[[session]]\nagenda = [\n  { minutes = -5, title = "A" },\n]\n', 3),
    ('[[session]]\nagenda = [\n  { title = "A" },\n]\n', 3),
]


@pytest.mark.parametrize(("text", "line"), BEGINNERS)
def test_a_beginners_error_is_answered_with_its_line(empty: CommandLine, text: str, line: int) -> None:
    empty.plan(text)
    answer = empty("check")
    assert f"sessions.toml:{line}" in answer.out + answer.err


ACCEPTED = [
    '[[session]]\nstart = 15:00:00\nagenda = [ { minutes = 5, title = "Welcome" } ]\n',
    '[[session]]\nstart = 15:00\nagenda = [ { minutes = 5, title = "Welcome" } ]\n',
    '[[session]]\nagenda = [ { minutes = "10", title = "Welcome" } ]\n',
    '[[session]]\nagenda = [ { minutes = "1h30", title = "Welcome" }, { minutes = "90m" }, { minutes = "45s" } ]\n',
    '\ufeff[[session]]\nagenda = [ { minutes = 5, title = "Welcome" } ]\n',
    '[[session]]\r\nagenda = [ { minutes = 5, title = "Welcome" } ]\r\n',
]


@pytest.mark.parametrize("text", ACCEPTED)
def test_what_is_meant_clearly_is_accepted(empty: CommandLine, text: str) -> None:
    empty.folder.joinpath("sessions.toml").write_bytes(text.encode())
    empty.ok("check")
    empty.ok("status")


def test_an_unknown_key_is_a_warning_that_stops_nothing(x: CommandLine) -> None:
    path = x.folder / "sessions.toml"
    path.write_text(path.read_text().replace("hard_stop", "hardstop"))
    answer = x.ok("check")
    assert "hard_stop" in answer.out + answer.err
    x.ok("do", "start", at="2026-03-10T08:00:00Z")


def test_the_bytes_of_another_encoding_are_named_with_their_line(empty: CommandLine) -> None:
    text = '[[session]]\nagenda = [\n  { minutes = 5, title = "Caf\xe9" },\n]\n'
    empty.folder.joinpath("sessions.toml").write_bytes(text.encode("latin-1"))
    answer = empty("check")
    assert answer.code == 1
    assert "3" in answer.out + answer.err


def test_a_file_of_utf_16_is_understood_or_named(empty: CommandLine) -> None:
    empty.folder.joinpath("sessions.toml").write_bytes("[[session]]\nagenda = [{minutes=5}]\n".encode("utf-16"))
    answer = empty("check")
    assert answer.code == 0 or "UTF-16" in answer.out + answer.err


CONTRADICTIONS = [
    ('hard_stop = "11:00"', 'hard_stop = "10:00"', "11:00"),
    ('title = "E", at = "10:20"', 'title = "E", at = "10:10"', "10:10"),
    ('title = "C", size = 4', 'title = "C", size = 4, speaker = ["ghost"]', "ghost"),
    ('title = "X"', 'title = "X"\nquestions = ["Who asks this?"]', "Who asks this?"),
]


@pytest.mark.parametrize(("right", "wrong", "word"), CONTRADICTIONS)
def test_a_contradiction_of_the_plan_is_said(x: CommandLine, right: str, wrong: str, word: str) -> None:
    path = x.folder / "sessions.toml"
    quiet = x("check")
    path.write_text(path.read_text().replace(right, wrong, 1))
    loud = x("check")
    assert len((loud.out + loud.err).splitlines()) > len((quiet.out + quiet.err).splitlines())
    assert word in loud.out + loud.err or "question" in loud.out + loud.err


def test_an_included_file_is_read_and_its_problems_carry_its_name(x: CommandLine) -> None:
    people = 'include = ["people.toml"]\n'
    x.plan(people + x.folder.joinpath("sessions.toml").read_text())
    x.plan('[roster]\npeople = [\n  { id = "ana", name = "Ana" },\n]\n', "people.toml")
    x.ok("check")
    x.ok("do", "here", "ana", at="2026-03-10T08:00:00Z")
    x.plan('[roster]\npeople = [\n  { id = "ana", name = "Ana", rle = "lead" },\n]\n', "people.toml")
    answer = x("check")
    assert "people.toml:3" in answer.out + answer.err


@pytest.mark.parametrize("included", ["sessions.toml", "../people.toml", "nowhere.toml", "/etc/passwd"])
def test_an_include_that_goes_round_or_outside_or_nowhere_is_a_problem(
    x: CommandLine, included: str, tmp_path: Path
) -> None:
    tmp_path.joinpath("people.toml").write_text("[roster]\n")
    x.plan(f'include = ["{included}"]\n' + x.folder.joinpath("sessions.toml").read_text())
    answer = x("check")
    assert answer.code == 1
    assert "sessions.toml:1" in answer.out + answer.err


def test_check_of_a_plan_that_is_not_there_is_one_sentence(empty: CommandLine) -> None:
    empty.refused("check")
    empty.refused("check", "nowhere.toml")

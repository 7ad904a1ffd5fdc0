"""A copy of the real week with a typo in it: the typo is named, with its line, in words that help."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from store.plans import REAL_WEEK, line_of, load, on_line, said


class Typo(NamedTuple):
    """What is replaced in the real week, by what, and a word that has to be in the answer."""

    right: str
    wrong: str
    answer: str
    severity: str = "error"


WRONG_VALUES = [
    Typo("schema = 1\n", "schema = 0\n", "from 1"),
    Typo('tz       = "Europe/Berlin"', 'tz       = "Europe/Berln"', "Europe/Berlin"),
    Typo("theme    = ", "thema    = ", "theme", "warning"),
    Typo('call = "https', 'call = 7 # "https', "text"),
    Typo('rule         = "chatham"', 'rule         = "chattam"', "chatham"),
    Typo('quotes       = "ask"', 'qoutes       = "ask"', "quotes", "warning"),
    Typo('["new", "region", "sector"]    # never', '["new", "regoin", "sector"]    # never', "region"),
    Typo("share_alert   = 25", "share_alert   = 250", "100"),
    Typo('apart      = ["org"]', 'apart      = ["organisation"]', "org"),
    Typo('"with-buddy"           #', '"with-budy"           #', "with-buddy"),
    Typo("no_repeat  = true", "no_repeat  = yes", "true"),
    Typo('{ id = "o06", name = "como', '{ id = "o05", name = "como', "twice"),
    Typo('tz = "Africa/Johannesburg", region = "Africa",        sector = "platform"', 'tz = "Africa/Joburg"', "zone"),
    Typo(
        '{ id = "f02", name = "Facilitator 02", org = "o01"',
        '{ id = "f02", name = "Facilitator 02", org = "o99"',
        "o99",
    ),
    Typo('name = "Participant 03", org', "org", "name"),
    Typo('langs = ["en"],         needs = "low', 'lang = ["en"],         needs = "low', "langs", "warning"),
    Typo('role = "tech" }', 'role = "teck" }', "tech", "warning"),
    Typo("votes = 14", 'votes = "many"', "number"),
    Typo('session = "mon", text', 'session = "mom", text', "mon"),
    Typo('word = "scen" }', 'wort = "scen" }', "word", "warning"),
    Typo('where = "rooms"\ntext  = "Half', 'where = "room s"\ntext  = "Half', "rooms"),
    Typo("Today: {title}. We", "Today: {titel}. We", "{title}"),
    Typo("Hoy: {title}.", "Hoy: {titulo}.", "{title}"),
    Typo('breakout = ["go-rooms", "half-time"', 'breakout = ["go-rooms", "halftime"', "half-time"),
    Typo('harvest  = ["harvest"]', 'harvst  = ["harvest"]', "harvest", "warning"),
    Typo('id    = "w3"', 'id    = "troika"', "twice"),
    Typo('{ say = "In pairs",          minutes = 2,', '{ say = "In pairs",          minutes = "two",', "length"),
    Typo(
        'capture = "takeaway" },\n]\n\n[[method]]\nid    = "troika"',
        'capture = "takeway" },\n]\n\n[[method]]\nid    = "troika"',
        "takeaway",
    ),
    Typo("times = 3", "tmies = 3", "times", "warning"),
    Typo("date   = 2020-09-28", 'date   = "28.9.2020"', "2020-09-28"),
    Typo('start  = "15:00"\ntitle  = "Learning', 'start  = "15.00"\ntitle  = "Learning', '"15:00"'),
    Typo('tags   = ["leadership"', 'tag   = ["leadership"', "tags", "warning"),
    Typo('guest = "beyer"', 'guest = "bayer"', "beyer", "warning"),
    Typo('name = "Leadership 2", ', 'nam = "Leadership 2", ', "name"),
    Typo(
        'kind = "harvest",  minutes = 15, least = 8,  title = "One',
        'kind = "harvset",  minutes = 15, least = 8,  title = "One',
        "harvest",
    ),
    Typo('kind    = "break"', 'kind    = "brake"', "break"),
    Typo("ask     = [3]", "ask     = [4]", "3"),
    Typo('speaker = ["stibbe"]', 'speaker = ["stibe"]', "stibbe", "warning"),
    Typo('method = "troika", size', 'method = "troyka", size', "troika"),
    Typo('mode = "swap", after = "topic1"', 'mode = "swap", after = "topic"', "topic1"),
    Typo('mode = "choose", rooms = ["lead1", "lead2"', 'mode = "choose", rooms = ["lead1", "led2"', "lead2"),
    Typo('collect = ["inhibitor", "enabler"]', 'collect = ["inhibitors", "enabler"]', "inhibitor"),
    Typo('send    = ["go-rooms", "two-minutes"]', 'send    = ["go-room", "two-minutes"]', "go-rooms"),
    Typo('from = ["ideas", "park"]', 'from = ["ideas", "prak"]', "park"),
    Typo(
        'id      = "qa"\nkind    = "qa"\ntitle   = "Questions"\nminutes = 10',
        'id      = "qa"\nkind    = "qa"\ntitle   = "Questions"\nminutes = -10',
        "negative",
    ),
    Typo('mode = "choose", rooms = 4', 'mode = "chose", rooms = 4', "choose"),
]

WRONG_WRITING = [
    Typo('host     = "o01"', 'host     = "o01', "closing quote"),
    Typo('pad  = "https', 'pad  "https', "="),
    Typo('speakers     = "name"', 'speakers     : "name"', "="),
    Typo("silent_after  = 30", "silent_after  = ", "no value"),
    Typo('short = "TPI" },', 'short = "TPI },', "closing quote"),
    Typo('{ id = "f01", name = "Facilitator 01", org', '{ id = "f01, name = "Facilitator 01", org', "closing quote"),
    Typo('{ id = "p02", name', '{ id = "p02" name', "comma"),
    Typo('langs = ["sw", "en"] },\n  { id = "p07"', 'langs = ["sw", "en"] }\n  { id = "p07"', "comma"),
    Typo(
        'langs = ["es", "en"],   new = true, buddy = "p19" }',
        'langs = ["es", "en"],   new = yes, buddy = "p19" }',
        "true",
    ),
    Typo('"Funding models of support platforms"', "“Funding models of support platforms”", "quotes"),
    Typo('message   = { title = "Key messages" }', 'message   = { title = "Key messages"', "}"),
    Typo('id    = "two-minutes"', "id    = two-minutes", "quotes"),
    Typo('[[method]]\nid    = "impromptu"', '[[method]\nid    = "impromptu"', "[[method]]"),
    Typo('{ say = "Pairs, round 2",  minutes = 5, group', '{ say = Pairs, round 2",  minutes = 5, group', "quote"),
    Typo("date   = 2020-09-29", "date   = 29.9.2020", "2020-09-29"),
    Typo('tags   = ["impact", "learning"]', 'tags   = ["impact", "learning"', "]"),
    Typo('tags   = ["next-steps"]', 'tags   = ["next-steps]', "closing quote"),
    Typo(
        'minutes = 5\n\n[[session.agenda]]\nid      = "word"',
        'minutes = 5 min\n\n[[session.agenda]]\nid      = "word"',
        "quotes",
    ),
]


def changed(typo: Typo, text: str) -> str:
    assert text.count(typo.right) >= 1, typo.right
    return text.replace(typo.right, typo.wrong, 1)


def line_of_typo(typo: Typo, text: str) -> int:
    """The line, in a text before the change, of the first character in which the two differ."""
    same = next(
        (index for index, (a, b) in enumerate(zip(typo.right, typo.wrong, strict=False)) if a != b),
        min(len(typo.right), len(typo.wrong)),
    )
    return text.count("\n", 0, text.index(typo.right) + same) + 1


def test_the_real_week_has_no_problem(tmp_path: Path) -> None:
    loaded = load(tmp_path, REAL_WEEK.read_text(encoding="utf-8"))
    assert loaded.plan is not None
    assert said(loaded.problems) == ""


@pytest.mark.parametrize("typo", WRONG_VALUES + WRONG_WRITING, ids=lambda typo: typo.wrong.strip()[:40])
def test_a_typo_is_named_with_its_line_and_what_was_meant(typo: Typo, tmp_path: Path) -> None:
    text = REAL_WEEK.read_text(encoding="utf-8")
    loaded = load(tmp_path, changed(typo, text))
    here = [each for each in on_line(loaded, line_of_typo(typo, text)) if each.severity == typo.severity]
    assert any(typo.answer in f"{each.message} {each.hint}" for each in here), said(loaded.problems)
    assert (loaded.plan is None) == (typo.severity == "error" or bool(loaded.errors))


@pytest.mark.parametrize("typo", WRONG_WRITING, ids=lambda typo: typo.wrong.strip()[:40])
def test_a_slip_of_the_pen_brings_no_other_errors_with_it(typo: Typo, tmp_path: Path) -> None:
    text = REAL_WEEK.read_text(encoding="utf-8")
    loaded = load(tmp_path, changed(typo, text))
    assert {problem.line for problem in loaded.errors} == {line_of_typo(typo, text)}, said(loaded.problems)


def test_many_typos_at_once_are_each_named(tmp_path: Path) -> None:
    text = REAL_WEEK.read_text(encoding="utf-8")
    kept: dict[int, Typo] = {}
    for typo in (*WRONG_VALUES[1:], *WRONG_WRITING):
        if text.count(typo.right) == 1:
            kept[line_of_typo(typo, text)] = typo
            text = changed(typo, text)
    assert len(kept) > 40
    loaded = load(tmp_path, text)
    lines = {problem.line for problem in loaded.problems}
    missed = [typo.wrong for line, typo in kept.items() if line not in lines]
    assert missed == [], said(loaded.problems)


def test_a_problem_has_a_path_by_ids(tmp_path: Path) -> None:
    text = REAL_WEEK.read_text(encoding="utf-8").replace('kind    = "break"', 'kind    = "brake"')
    (problem,) = load(tmp_path, text).errors
    assert problem.path == "session.tue.agenda.stretch.kind"
    assert problem.line == line_of(text, '"brake"')
    assert problem.column == len('kind    = "')
    assert problem.hint == 'did you mean "break"?'


def test_a_key_in_the_wrong_table_is_told_where_it_belongs(tmp_path: Path) -> None:
    text = REAL_WEEK.read_text(encoding="utf-8")
    text = text.replace('title   = "Stretch"\nminutes = 5\n', 'title   = "Stretch"\nminutes = 5\nhard_stop = "17:00"\n')
    loaded = load(tmp_path, text)
    (problem,) = loaded.problems
    assert (problem.severity, problem.line) == ("warning", line_of(text, "hard_stop ="))
    assert "does not belong to [[session.agenda]]" in problem.message
    assert problem.hint == "put it under [[session]]"
    assert loaded.plan is not None

"""The shapes of the capture line: prefixes, dates, and the words that look like tokens."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facilitator_tui.core.grammar import (
    BUILT_IN_KINDS,
    SIGNS,
    Opening,
    due_date,
    kind_words,
    kinds_of,
    opening,
    small_number,
    token,
)
from facilitator_tui.core.plan import KindWording
from facilitator_tui.core.text import fold_case

TUESDAY = date(2020, 9, 29)
WORDS = kind_words({"scenario": KindWording("Future scenarios", "scen"), "message": KindWording("Key messages")})


@pytest.mark.parametrize(("sign", "kind"), SIGNS.items())
@pytest.mark.parametrize("gap", ["", " ", "   "])
def test_a_sign_gives_its_kind_with_or_without_a_blank(sign: str, kind: str, gap: str) -> None:
    assert opening(f"{sign}{gap}trust", WORDS) == Opening(kind, "trust")


@pytest.mark.parametrize("line", ["== all", "++ all", "-- all", "- [ ] all"])
def test_the_longest_prefix_wins(line: str) -> None:
    shorter = {"= ": "takeaway", "+ ": "note", "- ": "note"}
    assert opening(line, WORDS).kind not in shorter.values()
    assert opening(line, WORDS).rest == "all"


@pytest.mark.parametrize("box", ["- [ ]", "[ ]", "* [ ]", "+ [ ]", "• [ ]"])
def test_an_empty_box_is_an_action(box: str) -> None:
    assert opening(f"{box} call", WORDS) == Opening("action", "call")


@pytest.mark.parametrize("box", ["- [x]", "[x]", "[X]", "* [X]"])
def test_a_ticked_box_is_a_done_action(box: str) -> None:
    assert opening(f"{box} call", WORDS) == Opening("action", "call", done=True)


def test_a_markdown_link_is_not_a_box() -> None:
    assert opening("[x](https://a.org) is good", WORDS).kind == "note"


@pytest.mark.parametrize("bullet", "-*+•")
def test_a_single_bullet_is_a_note_without_it(bullet: str) -> None:
    assert opening(f"{bullet} trust", WORDS) == Opening("note", "trust")


@pytest.mark.parametrize("line", ["-5 degrees", "+1", "+49 170 555", "*really* good", "->", "-> next"])
def test_a_sign_that_belongs_to_what_follows_stays(line: str) -> None:
    assert opening(line, WORDS) == Opening("note", line)


@pytest.mark.parametrize(
    "line",
    [
        *SIGNS,
        "-",
        "*",
        "+",
        "•",
        "- [ ]",
        "[ ]",
        "[x]",
        "note:",
        "SCEN:",
        "---",
        "=====",
        "???",
        "! -",
        ">>",
        "=  ",
    ],
)
def test_a_prefix_with_nothing_behind_it_is_text(line: str) -> None:
    assert opening(line, WORDS) == Opening("note", line.strip())


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        *{"note": "note", "take": "takeaway", "msg": "message", "act": "action", "todo": "action"}.items(),
        *{"ask": "question", "ena": "enabler", "inh": "inhibitor", "quote": "quote"}.items(),
        *{"res": "resource", "dec": "decision", "idea": "idea", "park": "park", "scen": "scenario"}.items(),
    ],
)
def test_a_word_with_a_colon_gives_its_kind_in_any_case(word: str, kind: str) -> None:
    for spelt in (word, word.upper(), word.title()):
        assert opening(f"{spelt}: trust", WORDS) == Opening(kind, "trust")
        assert opening(f"{spelt}:trust", WORDS) == Opening(kind, "trust")


@pytest.mark.parametrize("kind", [*BUILT_IN_KINDS, "scenario"])
def test_a_kind_can_be_typed_by_its_own_name(kind: str) -> None:
    assert opening(f"{kind}: trust", WORDS) == Opening(kind, "trust")


@pytest.mark.parametrize("line", ["hello: all", "10:30 break", "res://x", "a note: b", "notes: b"])
def test_other_words_with_a_colon_are_text(line: str) -> None:
    assert opening(line, WORDS).rest == line


def test_the_plans_words_win_over_the_built_in_ones() -> None:
    words = kind_words({"research": KindWording(word="res"), "action": KindWording(word="Tâche")})
    assert words["res"] == "research"
    assert words["tache"] == words["todo"] == words["act"] == "action"


@pytest.mark.parametrize("line", ["https://a.org/x see", "http://a", "HTTPS://A.ORG", "www.a.org", "ftp://a.org"])
def test_a_line_that_starts_with_a_url_is_a_resource(line: str) -> None:
    assert opening(line, WORDS) == Opening("resource", line)


@pytest.mark.parametrize("line", ["see https://a.org", "www.", "http://", "//a.org"])
def test_a_url_elsewhere_or_none_is_a_note(line: str) -> None:
    assert opening(line, WORDS).kind == "note"


def test_kinds_carry_the_plans_wording_and_its_own_kinds_last() -> None:
    kinds = kinds_of({"scenario": KindWording("Future", "scen"), "takeaway": KindWording(title="What we keep")})
    assert kinds["takeaway"] == KindWording("What we keep", "take")
    assert list(kinds)[-1] == "scenario"
    assert kinds_of({"next-step": KindWording()})["next-step"] == KindWording("Next step", "next-step")


# ---------------------------------------------------------------- dates


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2020-10-09", date(2020, 10, 9)),
        ("9oct", date(2020, 10, 9)),
        ("09OCT", date(2020, 10, 9)),
        ("9october", date(2020, 10, 9)),
        ("28sep", date(2020, 9, 28)),
        ("9jan", date(2021, 1, 9)),
        ("fri", date(2020, 10, 2)),
        ("Friday", date(2020, 10, 2)),
        ("tomorrow", date(2020, 9, 30)),
        ("today", TUESDAY),
        ("+7d", date(2020, 10, 6)),
        ("+2w", date(2020, 10, 13)),
    ],
)
def test_a_date_is_read_from_the_sessions_day(text: str, expected: date) -> None:
    assert due_date(text, TUESDAY) == expected


def test_the_sessions_own_weekday_means_a_week_later() -> None:
    assert due_date("tue", TUESDAY) == TUESDAY + timedelta(days=7)


@pytest.mark.parametrize("text", ["", "2020-13-40", "2020-1-1", "31feb", "0oct", "9", "9o", "9xyz", "soon", "+d", "fr"])
def test_what_is_no_date_is_none(text: str) -> None:
    assert due_date(text, TUESDAY) is None


@pytest.mark.parametrize("text", ["+9999999d", "+9999w"])
def test_a_date_beyond_the_calendar_is_none(text: str) -> None:
    assert due_date(text, date(9990, 1, 1)) is None


def test_without_a_day_only_whole_dates_are_understood() -> None:
    assert due_date("2020-10-09", None) == date(2020, 10, 9)
    assert due_date("fri", None) is None


@settings(deadline=None, max_examples=60)
@given(
    st.dates(date(1900, 1, 1), date(2100, 1, 1)),
    st.sampled_from(["mon", "tue", "wed", "thu", "fri", "sat", "sun"]),
)
def test_a_weekday_is_always_within_the_next_seven_days(day: date, name: str) -> None:
    found = due_date(name, day)
    assert found is not None
    assert timedelta(days=1) <= found - day <= timedelta(days=7)
    assert fold_case(f"{found:%a}") == name


@settings(deadline=None, max_examples=60)
@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.dates(date(2001, 1, 1), date(2001, 12, 31)))
def test_a_day_and_month_is_never_long_past(day: date, other: date) -> None:
    found = due_date(f"{other.day}{other:%b}", day)
    assert found is not None
    assert (found.day, found.month) == (other.day, other.month)
    assert timedelta(days=-31) <= found - day <= timedelta(days=366)


# ---------------------------------------------------------------- tokens


@pytest.mark.parametrize(
    "word",
    [
        "anna@x.org",
        "#1",
        "#2030",
        "#",
        "@",
        "@@",
        "3:1",
        "Q3?",
        "r:",
        "q:",
        "/",
        "and/or",
        "r://x",
        "##",
        "10:30",
    ],
)
def test_mail_addresses_numbers_and_bare_signs_are_plain_text(word: str) -> None:
    assert token(word) is None


@pytest.mark.parametrize("tail", [",", ".", "!?", ")", "…", '"', "):"])
def test_trailing_punctuation_is_not_part_of_a_token(tail: str) -> None:
    found = token(f"@anna{tail}")
    assert found is not None
    assert (found.value, found.after) == ("anna", tail)


def test_brackets_around_a_token_go_with_it() -> None:
    found = token("(@anna),")
    assert found is not None
    assert (found.value, found.before, found.after) == ("anna", "", ",")


@pytest.mark.parametrize("word", ["@anna's", "@anna’s"])
def test_a_possessive_is_not_part_of_a_name(word: str) -> None:
    found = token(word)
    assert found is not None
    assert found.value == "anna"


@pytest.mark.parametrize(
    ("text", "expected"), [("1", 1), ("09", 9), ("0", None), ("100", None), ("-1", None), ("²", None)]
)
def test_a_number_is_plain_digits_within_its_bounds(text: str, expected: int | None) -> None:
    assert small_number(text, 99) == expected


@settings(deadline=None, max_examples=200)
@given(st.text(st.sampled_from("@#/:rqn.()'\"’due x1é\n"), max_size=12).filter(lambda word: not word.count(" ")))
def test_a_token_never_loses_a_letter(word: str) -> None:
    found = token(word)
    if found:
        assert [sign for sign in word if sign.isalnum()] == [
            sign for sign in found.before + found.typed + found.after if sign.isalnum()
        ]

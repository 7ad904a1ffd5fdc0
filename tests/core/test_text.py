"""Text from outside is made harmless, and names are compared as people mean them."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facilitator_tui.core.text import MOST_MARKS, clean, fold_case, slug

any_text = st.text(st.characters(codec=None), max_size=60)
nasty = st.text(
    st.sampled_from(
        "a é\u0301\u0488\u200d\u00ad\x00\x1b\x07\x7f\x85\x9b\u2028\u202e\u2066\ufeff\ud800\udfff\r\n\t🏴\U000e0067"
    ),
    max_size=60,
)


@given(any_text | nasty, st.booleans())
@settings(deadline=None)
def test_cleaning_twice_changes_nothing_more(text: str, newlines: bool) -> None:
    once = clean(text, newlines=newlines)
    assert clean(once, newlines=newlines) == once


@given(any_text | nasty, st.booleans())
@settings(deadline=None)
def test_a_clean_text_holds_no_control_no_override_and_no_surrogate(text: str, newlines: bool) -> None:
    for character in clean(text, newlines=newlines):
        if newlines and character == "\n":
            continue
        assert unicodedata.category(character) not in {"Cc", "Cs", "Zl", "Zp"}
        assert not re.match("[\u202a-\u202e\u2066-\u2069\ufeff]", character)


@given(any_text | nasty)
@settings(deadline=None)
def test_a_clean_text_is_utf_8(text: str) -> None:
    clean(text).encode()


@given(st.text(st.sampled_from("e\u0301\u0308\u200d\u00ad\u0e48\u0903"), max_size=60))
@settings(deadline=None)
def test_no_base_keeps_more_marks_than_the_limit(text: str) -> None:
    marks = 0
    for character in clean(text):
        category = unicodedata.category(character)
        if category[0] == "M":
            marks += 1
        elif category != "Cf":
            marks = 0
        assert marks <= MOST_MARKS


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("\x1b[31mred", "␛[31mred"),
        ("\x9b31mred", "␛[31mred"),
        ("nul\x00del\x7fbel\x07", "nul␀del␡bel␇"),
        ("abc\u202edef\u2066ghi\u2069", "abcdefghi"),
        ("\ud83dx", "\ufffdx"),
        ("one\r\ntwo\u2028three\x85four\vfive", "one two three four five"),
        ("tab\there", "tab here"),
        ("\ufeffname", "name"),
    ],
)
def test_what_could_harm_is_shown_or_goes(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


def test_line_ends_of_every_kind_are_newlines_where_those_are_allowed() -> None:
    assert clean("a\r\nb\rc\x85d\u2029e\nf", newlines=True) == "a\nb\nc\nd\ne\nf"


@pytest.mark.parametrize(
    "text",
    [
        "Zoë Ørsted",
        "नमस्ते",
        "می‌خواهم",
        "👩‍👩‍👧",
        "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
        "❤️",
        "ทั้งนี้",
        "עִבְרִית",
    ],
)
def test_names_and_emoji_stay_as_they_are(text: str) -> None:
    assert clean(text) == text


def test_tags_outside_a_flag_go_since_nobody_sees_them() -> None:
    assert clean("safe\U000e0068\U000e0069") == "safe"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Zoë", "zoe"),
        ("Łukasz", "lukasz"),
        ("Straße", "STRASSE"),
        ("İnci", "inci"),
        ("Søren  Æbelø", "soren aebelo"),
        ("José", "Jose\u0301"),
        ("O’Neil", "o'neil"),
    ],
)
def test_names_are_the_same_whatever_their_case_and_accents(one: str, other: str) -> None:
    assert fold_case(one) == fold_case(other)


def test_vowel_signs_tell_names_apart() -> None:
    assert fold_case("राम") != fold_case("रमा")


@given(any_text)
@settings(deadline=None)
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold_case(fold_case(text)) == fold_case(text)


@given(any_text)
@settings(deadline=None)
def test_a_slug_is_a_safe_file_name(text: str) -> None:
    assert re.fullmatch("[a-z0-9-]{1,40}", slug(text))
    assert not slug(text).startswith("-")


def test_a_slug_says_what_the_text_said() -> None:
    assert slug("Zoë’s 2nd Call: Köln!") == "zoes-2nd-call-koln"


def test_different_texts_without_latin_letters_have_different_slugs() -> None:
    assert slug("日本") != slug("中国")

"""The reader of TOML: the same values as tomllib, positions, and hostile texts refused quickly."""

from __future__ import annotations

import time
import tomllib
from datetime import UTC, date, datetime
from datetime import time as clock
from typing import Any

import pytest
import tomli_w
from hypothesis import given, settings
from hypothesis import strategies as st

from facilitator_tui.store.plan_cursor import Array, Table
from facilitator_tui.store.plan_source import decode
from facilitator_tui.store.plan_syntax import Reading
from store.plans import REAL_WEEK

WEEK = REAL_WEEK.read_text(encoding="utf-8")

keys = st.text("abcdefgh-_09", min_size=1, max_size=8) | st.text(min_size=0, max_size=6).filter(
    lambda text: text.isprintable()
)
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=30).map(lambda text: text.replace("\r", ""))
scalars = (
    texts
    | st.booleans()
    | st.integers(-(10**12), 10**12)
    | st.floats(allow_nan=False)
    | st.dates()
    | st.times().map(lambda moment: moment.replace(tzinfo=None))
    | st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1), timezones=st.none() | st.just(UTC))
)
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=20,
)
documents = st.dictionaries(keys, values, max_size=6)


@given(documents, st.booleans())
@settings(deadline=None, max_examples=80)
def test_what_a_writer_of_toml_writes_is_read_as_tomllib_reads_it(document: dict[str, Any], long: bool) -> None:
    text = tomli_w.dumps(document, multiline_strings=long)
    reading = Reading(text)
    assert reading.mistakes == []
    assert reading.root == tomllib.loads(text)


SNIPPETS = ('"', "'", "[", "]", "{", "}", ",", "=", "#", "\n", ".", '"""', "\\", "a", "1", "[[", "true", "é", "“", "\t")
SNIPPETS += ("x = 1\n", "[a.b]\n", "a.b = 2\n", "[[session]]\n", "[session.x]\n", "0x1F", "1_000", "1e3", "\\u00e9")


@st.composite
def edited(draw: st.DrawFn) -> str:
    """Some lines of the real week with a few things put in and taken out."""
    lines = WEEK.split("\n")
    first = draw(st.integers(0, len(lines) - 4))
    text = "\n".join(lines[first : first + draw(st.integers(2, 14))])
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, len(text)))
        if draw(st.booleans()):
            text = text[:at] + draw(st.sampled_from(SNIPPETS)) + text[at:]
        else:
            text = text[:at] + text[at + draw(st.integers(1, 5)) :]
    return text


@given(edited())
@settings(deadline=None, max_examples=300)
def test_after_any_edit_a_text_is_right_for_both_readers_or_wrong_for_both(text: str) -> None:
    reading = Reading(text)
    try:
        expected = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        assert reading.mistakes
        return
    assert [mistake for mistake in reading.mistakes if mistake.fatal] == []
    assert reading.root == expected


@given(edited())
@settings(deadline=None, max_examples=200)
def test_every_mistake_stands_within_the_text(text: str) -> None:
    assert all(0 <= mistake.at <= len(text) for mistake in Reading(text).mistakes)


def test_every_key_and_value_knows_where_it_was_written() -> None:
    def walk(table: Table) -> int:
        count = 0
        for key, (key_at, value_at) in table.marks.items():
            value = table[key]
            inner = [value] if isinstance(value, Table) else value if isinstance(value, Array) else []
            if not (isinstance(value, Table) and value.origin != "inline") and not getattr(value, "rows", False):
                assert WEEK.startswith(key, key_at)
                assert WEEK[value_at] in "\"[{'tf0123456789"
                count += 1
            count += sum(walk(each) for each in inner if isinstance(each, Table))
        return count

    assert walk(Reading(WEEK).root) > 500


def test_both_spellings_give_the_same_values() -> None:
    rows = 'a = [\n  { x = 1, y = "z" },\n  { x = 2 },\n]\n'
    headings = '[[a]]\nx = 1\ny = "z"\n[[a]]\nx = 2\n'
    assert Reading(rows).root == Reading(headings).root == {"a": [{"x": 1, "y": "z"}, {"x": 2}]}


def test_bare_clock_times_are_accepted() -> None:
    assert Reading("start = 15:00").root == {"start": "15:00"}
    assert Reading("start = 15:00:00").root == {"start": clock(15)}
    assert Reading("row = { start = 9:05, date = 2020-09-28 }").root == {
        "row": {"start": "9:05", "date": date(2020, 9, 28)}
    }


HOSTILE = {
    "a dotted key of 80 kB": "a." * 40_000 + "a = 1",
    "a dotted heading": "[" + "a." * 40_000 + "a]",
    "brackets within brackets": "a = " + "[" * 100_000,
    "braces within braces": "a = " + "{a=" * 50_000,
    "a text of backslashes": 'a = "' + '\\"' * 400_000,
    "a list of commas": "a = [" + "," * 500_000,
    "headings without end": "[[a]]\n" * 150_000,
    "a name without end": "a" * 900_000 + " = 1",
    "words without quotes": "a = " + "b " * 400_000,
    "a list without end": "a = [" + "1," * 400_000,
    "too many keys": "".join(f"k{number} = 1\n" for number in range(80_000)),
    "a number without end": "a = " + "9" * 900_000,
    "open quotes": 'a = "\n' * 150_000,
    "quotes in a long text": 'a = """' + '""' * 400_000,
    "rows without commas": "a = [\n" + "{a=1 b=2}\n" * 90_000,
    "a heading of opening brackets": "[" * 500_000,
    "blanks": "a = " + " " * 900_000 + "\n=",
    "a broken row without end": "a = { b = c d " + "e " * 300_000,
    "commas and keys": 'a = { b = "' + ", c = " * 150_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_text_is_refused_quickly(text: str) -> None:
    before = time.process_time()
    reading = Reading(text)
    assert reading.mistakes
    assert time.process_time() - before < 4
    assert reading.values <= 30_001
    assert len(reading.mistakes) <= 62


def test_a_file_of_another_encoding_is_named_and_still_read() -> None:
    text, mistakes = decode("a = 'ü'".encode("utf-16"))
    assert text == "a = 'ü'"
    assert "UTF-16" in mistakes[0].message
    text, mistakes = decode("a = 'x'\nb = 'ü'".encode("latin-1"))
    assert text == "a = 'x'\nb = 'ü'"
    assert (mistakes[0].at, "0xFC" in mistakes[0].message) == (text.index("ü"), True)


def test_a_byte_order_mark_and_any_line_ends_are_fine() -> None:
    assert decode(b"\xef\xbb\xbfa = 1\r\nb = 2\r") == ("a = 1\nb = 2\n", [])

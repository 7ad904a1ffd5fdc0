"""Text stays text: in Markdown, in CSV, in mails and in the head of the notes."""

from __future__ import annotations

import csv
import io
import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from facilitator_tui.harvest import ink
from facilitator_tui.harvest.mail import wrapped

MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])
SIGNS = st.text(st.sampled_from("ab 1.)-+*_`~#>=|<&!:[](){}\\/;@%\"'\n\tü日"), max_size=24)

PLAIN = [
    "evidence is needed, but learning as well",
    "it's a well-known, half-empty glass - or not?",
    'Was it 3:1, 50 % or 5 * 3 < 20? "Yes" & no.',
    "a snake_case_name and an e-mail in (brackets)",
    "https://example.org/a_b?x=1&y=2#top",
    "-5 degrees, +1 to that",
    "¿Qué aprendimos? Ça alors … – 日本語 🎉",
]


@pytest.mark.parametrize("text", PLAIN)
def test_a_normal_sentence_comes_out_unchanged(text: str) -> None:
    assert ink.item(text) == text


def words(text: str) -> str:
    return re.sub(r"\s+", "", ink.clean(text, newlines=True))


@settings(deadline=None, max_examples=400)
@given(SIGNS)
@example("__init__")
@example("- [x] done\n---\n    code")
@example("| a | b |\n|---|---|\n| 1 | 2 |")
@example("[a]: javascript:alert(1)")
@example("![x](y) <script>alert(1)</script> &amp; &#35;")
@example("***\n___\n===\n~~~\n```\n1. x\n2) y\n# z\n> q")
def test_any_text_is_one_list_item_with_the_same_letters(text: str) -> None:
    tokens = MARKDOWN.parse(f"- {ink.item(text)}\n- the next one\n")
    kinds = {token.type for token in tokens}
    assert kinds <= {
        *("bullet_list_open", "bullet_list_close", "list_item_open", "list_item_close"),
        *("paragraph_open", "paragraph_close", "inline"),
    }
    assert sum(token.type == "list_item_open" for token in tokens) == 2
    inline = [token for token in tokens if token.type == "inline"]
    children = inline[0].children if len(inline) == 2 else []
    assert {child.type for child in children or []} <= {"text", "softbreak", "text_special"}
    assert "".join(
        (child.content for child in children or []),
    ).replace(" ", "") == words(text)


@settings(deadline=None, max_examples=200)
@given(SIGNS.filter(lambda text: text.strip()))
def test_any_text_is_a_heading_with_the_same_letters(text: str) -> None:
    tokens = MARKDOWN.parse(f"# {ink.markdown(text)}\n")
    assert [token.type for token in tokens] == ["heading_open", "inline", "heading_close"]
    assert "".join(child.content for child in tokens[1].children or []).replace(" ", "") == words(text)


@settings(deadline=None, max_examples=200)
@given(st.lists(st.text(max_size=20), min_size=1, max_size=4))
@example(["=1+1", "+4912", "-2", "@x", "\t=1", "\r=1", " =1", "a\nb", '"', ","])
def test_no_cell_begins_like_a_formula_and_every_row_reads_back(row: list[str]) -> None:
    [read] = list(csv.reader(io.StringIO(ink.csv_text([row]), newline="")))
    assert len(read) == len(row)
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in read)


@settings(deadline=None, max_examples=100)
@given(st.text(st.sampled_from("ab -\n."), max_size=400))
@example("x" * 500)
def test_no_line_of_a_mail_is_wider_than_72_columns(text: str) -> None:
    assert all(len(line) <= 72 for line in wrapped(text).splitlines())


def test_a_line_of_200_kilobytes_is_written_in_every_ink() -> None:
    text = "*_[<" * 50_000
    assert len(ink.item(text)) > len(text)
    assert ink.csv_cell(text) == text

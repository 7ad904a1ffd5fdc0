"""The pages of the documentation as their readers find them: headings, links, code, in order.

Two marks in comments, which no reader sees, tell the tests what a page supposes:

    <!-- test: at=2020-09-29T15:00 -->    from here on it is this time, on the clocks of the plan
    <!-- test: exit=1 -->                 the last command of the next block ends so
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

ROOT = Path(__file__).resolve().parents[2]
PAGES = (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md")))

_MARK = re.compile(r"<!-- test:(.*?)-->", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Block:
    """Code between fences. `language` and `file` are the two words behind the opening fence."""

    page: Path
    line: int
    language: str
    file: str
    text: str


@dataclass(frozen=True, slots=True)
class Span:
    """Code within a sentence."""

    page: Path
    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Mark:
    """What a comment tells the tests: names and values."""

    values: dict[str, str]


@dataclass(frozen=True, slots=True)
class Link:
    page: Path
    line: int
    target: str


Part = Block | Span | Mark | Link


def name_of(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


@cache
def _tokens(page: Path) -> list[Token]:
    return MarkdownIt("commonmark").enable("table").parse(page.read_text(encoding="utf-8"))


def parts(page: Path) -> Iterator[Part]:
    """Everything on a page that a test looks at, in the order of the page."""
    line = 1
    for token in _tokens(page):
        line = token.map[0] + 1 if token.map else line
        if token.type == "fence":
            language, _, file = token.info.strip().partition(" ")
            yield Block(page, line, language, file.strip(), token.content)
        elif token.type == "html_block":
            for found in _MARK.finditer(token.content):
                yield Mark(dict(word.split("=", 1) for word in found[1].split()))
        for child in token.children or ():
            if child.type == "code_inline":
                yield Span(page, line, child.content)
            target = child.attrGet("href") or child.attrGet("src")
            if target:
                yield Link(page, line, str(target))


def anchors(page: Path) -> set[str]:
    """What `#…` behind a link to this page may say, as GitHub makes it from the headings."""
    tokens = _tokens(page)
    titles = [tokens[at + 1].content for at, token in enumerate(tokens) if token.type == "heading_open"]
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def tables(page: Path) -> list[list[list[str]]]:
    """The tables of a page: rows of cells as they are written, the headings first."""
    found: list[list[list[str]]] = []
    within = False
    for token in _tokens(page):
        within = (within or token.type == "tr_open") and token.type != "tr_close"
        if token.type == "table_open":
            found.append([])
        elif token.type == "tr_open":
            found[-1].append([])
        elif token.type == "inline" and within:
            found[-1][-1].append(token.content)
    return found

"""Whatever a page points at is there: other pages, their headings, pictures, files and modules of the program."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from docs.pages import PAGES, ROOT, Link, Span, anchors, name_of, parts

PACKAGE = ROOT / "src" / "facilitator_tui"

HOUSE_PAGES = (ROOT / "CONTRIBUTING.md", ROOT / "docs" / "design.md")
"""Pages for those who change the program: a path in their text is a path of the repository."""

PATH = re.compile(
    r"(?:[\w.-]+/)+[\w-]+\.(?:py|md|toml|tcss)|(?:core|rotation|store|harvest|imports|console|cli|tests|bench)/[\w/]*"
)


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_link_of_a_page_leads_somewhere(page: Path) -> None:
    lost = [f"{part.line}: {part.target}" for part in parts(page) if isinstance(part, Link) and not _leads(part)]
    assert lost == []


def _leads(link: Link) -> bool:
    if re.match(r"(?:https?|mailto):", link.target):
        return True
    path, _, anchor = link.target.partition("#")
    there = (link.page.parent / path).resolve() if path else link.page
    return there.exists() and (not anchor or anchor in anchors(there))


@pytest.mark.parametrize("page", HOUSE_PAGES, ids=name_of)
def test_every_path_on_a_page_about_the_house_exists(page: Path) -> None:
    spans = [part for part in parts(page) if isinstance(part, Span) and PATH.fullmatch(part.text)]
    assert spans
    assert [f"{span.line}: {span.text}" for span in spans if not _exists(span.text)] == []


def _exists(path: str) -> bool:
    return (ROOT / path).exists() or (PACKAGE / path).exists()


def test_the_index_of_the_docs_lists_every_page_of_them() -> None:
    index = ROOT / "docs" / "README.md"
    listed = {(index.parent / part.target).resolve() for part in parts(index) if isinstance(part, Link)}
    assert [page.name for page in PAGES if page.parent == index.parent and page not in {index, *listed}] == []

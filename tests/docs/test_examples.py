"""Code on the pages that is no command: plans load, settings are known, Python runs and prints what it says."""

from __future__ import annotations

import contextlib
import io
import re
import tomllib
from pathlib import Path

import pytest

from docs.pages import PAGES, Block, name_of, parts
from facilitator_tui.config import read_config
from facilitator_tui.store.plan_file import load_plan
from facilitator_tui.store.plan_schema import TABLES

LEAST_SESSION = '\n[[session]]\nagenda = [{ minutes = 5, title = "Welcome" }]\n'


def blocks(language: str) -> list[Block]:
    return [part for page in PAGES for part in parts(page) if isinstance(part, Block) and part.language == language]


def where(block: Block) -> str:
    return f"{name_of(block.page)}:{block.line}"


PLAN_TABLES = {field.name for field in TABLES["top"].fields}


@pytest.mark.parametrize("block", blocks("toml"), ids=where)
def test_every_piece_of_toml_is_understood_to_its_last_key(block: Block, tmp_path: Path) -> None:
    values = tomllib.loads(block.text)
    for other in blocks("toml"):
        if other.file and other.page == block.page:
            (tmp_path / other.file).write_text(other.text, encoding="utf-8")
    if set(values) <= PLAN_TABLES:
        plan = tmp_path / "sessions.toml"
        plan.write_text(block.text if "session" in values else block.text + LEAST_SESSION, encoding="utf-8")
        loaded = load_plan(plan)
        assert loaded.errors == ()
        assert [problem.message for problem in loaded.warnings if "not used" in problem.message] == []
    else:
        assert read_config(values).problems == ()


@pytest.mark.parametrize("block", blocks("python"), ids=where)
def test_every_piece_of_python_prints_what_its_comments_say(block: Block) -> None:
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(block.text, where(block), "exec"), {})
    said = re.findall(r"^print\(.*\)\s+# (.*)$", block.text, re.MULTILINE)
    assert said
    assert printed.getvalue().splitlines() == said

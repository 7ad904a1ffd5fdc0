"""A whole typed Tuesday, and the week around it, give the files that are kept here, byte for byte.

`UPDATE_GOLDEN=1 pytest tests/harvest/test_golden.py` writes them anew; read them before you keep them.
"""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path

import pytest

from facilitator_tui.harvest.export import Export, files
from harvest.tuesday import other_day, real_week, tuesday

GOLDEN = Path(__file__).parent / "golden"

TEAM = (
    "tue/notes.md",
    "tue/actions.md",
    "tue/actions.csv",
    "tue/actions.todo.txt",
    "tue/mail.txt",
    "tue/mail-missed.txt",
    "week/digest.md",
    "week/article.md",
    "week/week.ics",
)


@lru_cache(maxsize=2)
def exported(edition: str) -> Export:
    calls = [other_day("mon"), tuesday(), *(other_day(day) for day in ("wed", "thu", "fri"))]
    runs = [call.fold.run for call in calls]
    return files(runs, real_week(), calls[-1].instant("17:05"), edition, week=True)  # type: ignore[arg-type]


@pytest.mark.parametrize("path", TEAM)
def test_the_teams_files_of_the_typed_week_are_the_kept_ones(path: str) -> None:
    compare(path.replace("/", "-"), exported("team").files[path])


@pytest.mark.parametrize("edition", ["participants", "public"])
def test_the_notes_that_leave_the_team_are_the_kept_ones(edition: str) -> None:
    compare(f"tue-notes-{edition}.md", exported(edition).files["tue/notes.md"])


def compare(name: str, made: bytes) -> None:
    kept = GOLDEN / name
    if os.environ.get("UPDATE_GOLDEN"):
        kept.write_bytes(made)
    assert made.decode() == kept.read_bytes().decode()

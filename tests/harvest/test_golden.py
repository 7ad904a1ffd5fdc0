"""A whole Tuesday typed at the command line, and the week around it, give the files kept here, byte for byte.

`UPDATE_GOLDEN=1 pytest -n0 tests/harvest/test_golden.py` writes them anew; read them before you keep them.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from harvest.tuesday import tuesday
from harvest.typed_week import WEEK_OVER, Typist

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
    "week/actions.md",
    "week/week.ics",
)
OUTWARD = ("tue/notes.md", "week/digest.md")


@pytest.fixture(scope="module")
def week(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Typist]:
    """The five days as typed, and the files of each edition by name and edition."""
    folder = tmp_path_factory.mktemp("typed")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FACILITATOR_STATE", str(folder / "state"))
        patch.delenv("FACILITATOR_RECORDS", raising=False)
        typist = Typist(folder)
        typist.whole_week()
        for edition in ("participants", "public", "team"):
            to = () if edition == "team" else ("--to", str(folder / "export" / edition))
            typist.done("export", "--week", "--edition", edition, *to, at=WEEK_OVER)
        yield typist


def test_the_files_of_the_typed_week_are_the_kept_ones(week: Typist) -> None:
    made = {path.replace("/", "-"): week.read(path) for path in TEAM}
    for edition in ("participants", "public"):
        for path in OUTWARD:
            made[path.replace("/", "-").replace(".md", f"-{edition}.md")] = week.read(f"{edition}/{path}")
    if os.environ.get("UPDATE_GOLDEN"):
        for name, text in made.items():
            (GOLDEN / name).write_bytes(text.encode())
    assert set(made) == {path.name for path in GOLDEN.iterdir()}
    for name, text in made.items():
        assert text == (GOLDEN / name).read_bytes().decode(), name


def test_more_than_forty_lines_of_all_kinds_are_typed_on_tuesday() -> None:
    kinds = [capture.content.type for capture in tuesday().fold.run.shown_captures()]
    assert len(kinds) >= 40
    assert set(kinds) == {
        *("note", "action", "question", "takeaway", "message", "enabler", "inhibitor"),
        *("quote", "resource", "decision", "idea", "park", "scenario"),
    }

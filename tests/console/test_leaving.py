"""How the console ends when something is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from console.played import opened
from facilitator_tui.console.leaving import farewell, fault_lines
from facilitator_tui.core.actions import Outcome
from facilitator_tui.core.events import CaptureAdded


def test_a_fault_is_told_in_three_lines_without_what_people_said() -> None:
    said = "what somebody said in confidence"
    try:
        raise ValueError(said)
    except ValueError as error:
        lines = fault_lines(error)
    assert len(lines) == 3 and "ValueError in test_leaving.py:" in lines[0]
    assert said not in " ".join(lines)


def test_what_could_not_be_saved_is_printed_and_the_exit_code_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store = opened(tmp_path)
    store.perform(Outcome((CaptureAdded("= one", "one"),), ""), _now())
    store.journal.unsaved = lambda: store.events  # type: ignore[method-assign]
    assert farewell(store, False, 0) == 1
    assert "= one" in capsys.readouterr().err


def test_a_saved_session_leaves_with_the_programs_code() -> None:
    assert farewell(None, True, 0) == 0


def _now():  # type: ignore[no-untyped-def]
    from datetime import UTC, datetime

    return datetime(2020, 9, 29, 13, 0, tzinfo=UTC)

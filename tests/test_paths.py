"""Files lie where the user says, else beside the plan, else in the user's own folders."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from facilitator_tui import paths


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("FACILITATOR_STATE", str(tmp_path / "state"))
    monkeypatch.delenv("FACILITATOR_RECORDS", raising=False)
    return tmp_path / "state"


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    (tmp_path / "week").mkdir()
    return tmp_path / "week" / "sessions.toml"


def closed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path) != folder and real(path, mode))


def test_records_and_exports_lie_beside_the_plan(plan: Path) -> None:
    assert paths.records_folder(plan) == plan.parent / "records"
    assert paths.records_folder(plan.parent) == plan.parent / "records"
    assert paths.export_folder(plan) == plan.parent / "export"


def test_the_option_comes_before_the_environment_before_the_plan(
    plan: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FACILITATOR_RECORDS", str(tmp_path / "env"))
    assert paths.records_folder(plan) == tmp_path / "env"
    assert paths.records_folder(plan, tmp_path / "option") == tmp_path / "option"
    assert paths.export_folder(plan, tmp_path / "to") == tmp_path / "to"


def test_where_the_plans_folder_can_not_be_written_records_go_to_the_state_folder(
    plan: Path, state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed(plan.parent, monkeypatch)
    found = paths.records_folder(plan)
    assert found.parent == state / "records"
    assert not state.exists()


def test_records_that_are_there_are_used_even_where_they_can_only_be_read(
    plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (plan.parent / "records").mkdir()
    closed(plan.parent, monkeypatch)
    assert paths.records_folder(plan) == plan.parent / "records"


def test_records_once_begun_in_the_state_folder_are_found_when_the_plan_can_be_written(
    plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        closed(plan.parent, patched)
        elsewhere = paths.records_folder(plan)
    elsewhere.mkdir(parents=True)
    assert paths.records_folder(plan) == elsewhere


def test_sessions_of_one_name_in_two_weeks_do_not_share_drafts(tmp_path: Path) -> None:
    one, other = tmp_path / "a" / "records", tmp_path / "b" / "records"
    assert paths.draft_file(one, "tue") != paths.draft_file(other, "tue")
    assert paths.second_place(one, "tue") != paths.second_place(other, "tue")
    assert paths.heartbeat_file(one, "tue") != paths.heartbeat_file(one, "wed")


def test_without_a_wish_state_and_settings_lie_where_the_system_keeps_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("FACILITATOR_STATE")
    assert "facilitator" in paths.state_folder().parts
    assert paths.config_file().name == "config.toml"

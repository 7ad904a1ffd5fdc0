"""The watch: a saved plan is taken, an unchanged one costs nothing, a broken one is told."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from facilitator_tui.store import watch
from facilitator_tui.store.watch import PlanWatch
from store.plans import SMALLEST


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "sessions.toml"
    path.write_text(SMALLEST)
    return path


def test_nothing_is_reported_while_nothing_changes(plan: Path) -> None:
    watching = PlanWatch(plan)
    assert watching.poll() is None
    assert watching.poll() is None


def test_a_saved_plan_is_read_again_once(plan: Path) -> None:
    watching = PlanWatch(plan)
    plan.write_text(SMALLEST.replace("minutes = 20", "minutes = 30"))
    fresh = watching.poll()
    assert fresh is not None
    assert fresh.plan is not None
    assert watching.poll() is None


def test_a_change_of_the_same_size_within_the_same_instant_is_seen(plan: Path) -> None:
    watching = PlanWatch(plan)
    before = plan.stat()
    plan.write_text(SMALLEST.replace("minutes = 20", "minutes = 30"))
    os.utime(plan, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert watching.poll() is not None


def test_a_file_that_was_only_touched_is_not_reported(plan: Path) -> None:
    watching = PlanWatch(plan)
    os.utime(plan, (1, 1))
    assert watching.poll() is None


def test_an_old_unchanged_file_is_not_even_opened(plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.utime(plan, (1, 1))
    watching = PlanWatch(plan)

    def opened(path: Path) -> bytes:
        raise AssertionError(path)

    monkeypatch.setattr(watch, "read_bytes", opened)
    assert watching.poll() is None


def test_a_broken_edit_is_reported_with_its_errors_and_then_its_mending(plan: Path) -> None:
    watching = PlanWatch(plan)
    plan.write_text(SMALLEST.replace('"Welcome"', '"Welcome'))
    broken = watching.poll()
    assert broken is not None
    assert broken.plan is None
    assert broken.errors[0].line == 3
    plan.write_text(SMALLEST)
    mended = watching.poll()
    assert mended is not None
    assert mended.plan is not None


def test_an_editor_that_takes_the_file_away_for_a_moment_is_waited_for(plan: Path) -> None:
    watching = PlanWatch(plan)
    plan.unlink()
    assert watching.poll() is None
    plan.write_text(SMALLEST.replace("minutes = 20", "minutes = 30"))
    fresh = watching.poll()
    assert fresh is not None
    assert fresh.plan is not None


def test_a_plan_that_stays_away_is_reported(plan: Path) -> None:
    watching = PlanWatch(plan)
    plan.unlink()
    assert watching.poll() is None
    gone = watching.poll()
    assert gone is not None
    assert "no such file" in gone.errors[0].message
    assert watching.poll() is None


def test_a_change_in_an_included_file_is_seen(plan: Path) -> None:
    people = plan.parent / "people.toml"
    people.write_text("")
    plan.write_text('include = ["people.toml"]\n' + SMALLEST)
    watching = PlanWatch(plan)
    people.write_text('[roster]\npeople = [ { id = "ana", name = "Ana" } ]\n')
    fresh = watching.poll()
    assert fresh is not None
    assert fresh.plan is not None
    assert len(fresh.plan.roster.people) == 1


def test_an_included_file_that_was_missing_is_taken_when_it_comes(plan: Path) -> None:
    plan.write_text('include = ["people.toml"]\n' + SMALLEST)
    watching = PlanWatch(plan)
    assert watching.loaded.plan is None
    (plan.parent / "people.toml").write_text("")
    fresh = watching.poll()
    assert fresh is not None
    assert fresh.plan is not None

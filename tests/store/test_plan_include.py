"""`include`: files merged into the plan, within its folder, never in a circle."""

from __future__ import annotations

from pathlib import Path

import pytest

from facilitator_tui.core.problems import Problem
from facilitator_tui.store.plan_file import load_plan
from store.plans import REAL_WEEK, SMALLEST, load, said

INCLUDING = 'include = ["people.toml"]\n' + SMALLEST
PEOPLE = '[roster]\npeople = [\n  { id = "ana", name = "Ana" },\n]\n'


def only(problems: tuple[Problem, ...]) -> Problem:
    (problem,) = problems
    return problem


def test_the_real_week_cut_in_two_is_the_same_plan(tmp_path: Path) -> None:
    text = REAL_WEEK.read_text(encoding="utf-8")
    begin, end = text.index("[roster]"), text.index("[ideas]")
    (tmp_path / "people.toml").write_text(text[begin:end], encoding="utf-8")
    main = text[:begin].replace("schema = 1", 'schema = 1\ninclude = ["people.toml"]') + text[end:]
    loaded = load(tmp_path, main)
    assert loaded.problems == ()
    assert loaded.plan == load_plan(REAL_WEEK).plan
    assert loaded.files == (tmp_path / "sessions.toml", tmp_path / "people.toml")


def test_lists_are_appended_and_tables_merged(tmp_path: Path) -> None:
    (tmp_path / "people.toml").write_text('[links]\nb = "https://b"\n' + PEOPLE)
    loaded = load(tmp_path, INCLUDING + '[links]\na = "https://a"\n[[roster.people]]\nid = "ben"\nname = "Ben"\n')
    assert loaded.plan is not None, said(loaded.problems)
    assert list(loaded.plan.links) == ["a", "b"]
    assert [person.id for person in loaded.plan.roster.people] == ["ben", "ana"]


def test_a_problem_in_an_included_file_names_that_file_and_its_line(tmp_path: Path) -> None:
    (tmp_path / "people.toml").write_text(PEOPLE.replace("name =", "nmae ="))
    error = only(load(tmp_path, INCLUDING).errors)
    assert (error.file, error.line) == (str(tmp_path / "people.toml"), 3)


def test_an_id_twice_over_two_files_names_both(tmp_path: Path) -> None:
    (tmp_path / "people.toml").write_text(PEOPLE)
    error = only(load(tmp_path, INCLUDING + '[[roster.people]]\nid = "ana"\nname = "Anna"\n').errors)
    assert (error.file, error.line) == (str(tmp_path / "people.toml"), 3)
    assert f"first in {tmp_path / 'sessions.toml'} line 10" in error.message


def test_a_value_in_two_files_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "people.toml").write_text('[programme]\ntitle = "One"\n')
    error = only(load(tmp_path, INCLUDING + '[programme]\ntitle = "Two"\n').errors)
    assert (error.path, error.line) == ("programme.title", 2)


def test_files_that_include_each_other_are_a_problem(tmp_path: Path) -> None:
    (tmp_path / "people.toml").write_text('include = ["more.toml"]\n' + PEOPLE)
    (tmp_path / "more.toml").write_text('include = ["people.toml"]\n')
    error = only(load(tmp_path, INCLUDING).errors)
    assert "circle" in error.message
    assert error.file == str(tmp_path / "more.toml")


def test_a_file_that_includes_itself_is_a_problem(tmp_path: Path) -> None:
    assert "circle" in only(load(tmp_path, 'include = ["sessions.toml"]\n' + SMALLEST).errors).message


@pytest.mark.parametrize("path", ["../people.toml", "/etc/hosts", "link/people.toml", "a/../../people.toml"])
def test_a_path_outside_of_the_folder_is_a_problem(path: str, tmp_path: Path) -> None:
    folder = tmp_path / "plan"
    folder.mkdir()
    (tmp_path / "people.toml").write_text(PEOPLE)
    (folder / "link").symlink_to(tmp_path)
    error = only(load(folder, f'include = ["{path}"]\n' + SMALLEST).errors)
    assert "own folder" in error.message
    assert (error.line, error.column) == (1, 12)


@pytest.mark.parametrize("name", ["none.toml", "", "folder", "a\\u0000b", "x" * 3000])
def test_a_file_that_cannot_be_read_is_a_problem_of_the_include(name: str, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    error = only(load(tmp_path, f'include = ["{name}"]\n' + SMALLEST).errors)
    assert (error.line, error.path) == (1, "include")


def test_a_file_named_by_two_others_is_read_once(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text('include = ["people.toml"]\n')
    (tmp_path / "people.toml").write_text(PEOPLE)
    loaded = load(tmp_path, 'include = ["a.toml", "people.toml"]\n' + SMALLEST)
    assert loaded.plan is not None, said(loaded.problems)
    assert len(loaded.plan.roster.people) == 1

"""The plan: smallest ones, defaults, inheritance, ids, references, new plans, and files of every kind."""

from __future__ import annotations

import os
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from facilitator_tui.core.plan import Plan
from facilitator_tui.errors import FacilitatorError
from facilitator_tui.store import zones
from facilitator_tui.store.plan_file import (
    PlanInTheWay,
    PlanMissing,
    example_text,
    find_plan,
    load_plan,
    starter_text,
    write_new,
)
from store.plans import REAL_WEEK, SMALLEST, load, said

WEEK = REAL_WEEK.read_text(encoding="utf-8")
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


def plan_of(folder: Path, content: str) -> Plan:
    loaded = load(folder, content)
    assert loaded.plan is not None, said(loaded.problems)
    return loaded.plan


@pytest.fixture(scope="module")
def week() -> Plan:
    plan = load_plan(REAL_WEEK).plan
    assert plan is not None
    return plan


# ---------------------------------------------------------------- small plans and defaults


def test_the_smallest_plan_runs_on_defaults(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Africa/Nairobi")
    folder = tmp_path / "our-first-call"
    folder.mkdir()
    plan = plan_of(folder, SMALLEST)
    assert (plan.programme.title, plan.programme.tz.key) == ("Our first call", "Africa/Nairobi")
    (session,) = plan.sessions
    assert (session.date, session.start, session.hard_stop) == (None, None, None)
    assert [item.id for item in session.agenda] == ["welcome", "our-question", "breakout", "goodbye"]
    assert [item.kind for item in session.agenda] == ["plenary", "plenary", "breakout", "plenary"]
    assert session.agenda[2].rounds == 2
    assert session.agenda[0].warn == 2 * MINUTE


def test_the_smallest_plan_is_only_told_that_it_has_no_people(tmp_path: Path) -> None:
    (problem,) = load(tmp_path, SMALLEST).problems
    assert problem.severity == "warning"
    assert "no participants" in problem.message


def test_least_is_half_and_for_inputs_breakouts_and_breaks_all(tmp_path: Path) -> None:
    rows = ", ".join(f'{{ minutes = 15, kind = "{kind}" }}' for kind in ("qa", "input", "breakout", "break"))
    agenda = plan_of(tmp_path, f"[[session]]\nagenda = [ {rows}, {{ minutes = 9, least = 2 }} ]").sessions[0].agenda
    assert [item.least / MINUTE for item in agenda] == [7.5, 15, 15, 15, 2]


def test_a_cue_needs_no_minutes(tmp_path: Path) -> None:
    cue, zero = (
        plan_of(
            tmp_path, '[[session]]\nagenda = [ { kind = "cue", title = "Record!" }, { kind = "cue", minutes = 0 } ]'
        )
        .sessions[0]
        .agenda
    )
    assert cue.length == zero.length == timedelta(0)


def test_clashing_ids_made_from_titles_are_numbered(tmp_path: Path) -> None:
    go = '{ minutes = 1, title = "Go" }'
    rows = f'{go}, {go}, {{ minutes = 1, id = "go-2" }}, {go}'
    agenda = plan_of(tmp_path, f"[[session]]\nagenda = [ {rows} ]").sessions[0].agenda
    assert [item.id for item in agenda] == ["go", "go-3", "go-2", "go-4"]


def test_sessions_without_ids_are_called_by_title_day_or_number(tmp_path: Path) -> None:
    agenda = "agenda = [ { minutes = 1 } ]\n"
    plan = plan_of(
        tmp_path,
        f'[[session]]\ntitle = "Día uno"\n{agenda}[[session]]\ndate = 2020-09-28\n{agenda}[[session]]\n{agenda}',
    )
    assert [session.id for session in plan.sessions] == ["dia-uno", "2020-09-28", "session-3"]
    assert plan.sessions[2].title == "Session 3"


def test_a_computer_without_a_zone_is_utc_with_a_warning(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Nowhere/Land")
    loaded = load(tmp_path, "[[session]]\nagenda = [ { minutes = 1 } ]")
    assert loaded.plan is not None
    assert loaded.plan.programme.tz.key == "UTC"
    assert [problem.path for problem in loaded.problems] == ["programme.tz"]


@pytest.mark.parametrize(
    ("value", "zone"),
    [("Europe/Berlin", "Europe/Berlin"), (":Asia/Kolkata", "Asia/Kolkata"), ("", "UTC"), ("CET-1CEST", "")],
)
def test_the_computers_zone_is_found_in_tz(value: str, zone: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", value)
    assert zones.local_zone() == zone


def test_a_row_may_be_one_text_or_a_list_of_them(tmp_path: Path) -> None:
    row = '{ minutes = 5, kind = "input", speaker = "ana", collect = "note" }'
    people = '[roster]\npeople = [ { id = "ana", name = "Ana", langs = "es" } ]\n'
    plan = plan_of(tmp_path, f"{people}[[session]]\nagenda = [ {row} ]")
    assert plan.sessions[0].agenda[0].speakers == ("ana",)
    assert plan.roster.people[0].langs == ("es",)


# ---------------------------------------------------------------- the real week


def test_the_real_week_is_read_as_it_is_written(week: Plan) -> None:
    assert [session.id for session in week.sessions] == ["mon", "tue", "wed", "thu", "fri"]
    assert len(week.roster.people) == 32
    assert len(week.roster.orgs) == 18
    tue = week.sessions[1]
    assert (tue.date, tue.start) == (date(2020, 9, 29), 15 * HOUR)
    assert sum((item.length for item in tue.agenda), timedelta()) == 2 * HOUR
    groups = tue.item("groups")
    assert groups is not None
    assert (groups.asks, groups.collect, groups.size, groups.least) == (
        (1, 2),
        ("inhibitor", "enabler"),
        5,
        25 * MINUTE,
    )


def test_a_person_takes_what_is_lacking_from_the_organisation(week: Plan) -> None:
    person = week.roster.person("p01")
    assert person is not None
    assert (person.country, person.tz, person.region) == ("Costa Rica", "America/Costa_Rica", "Latin America")


def test_what_a_person_states_stands_against_the_organisation(tmp_path: Path) -> None:
    changed = WEEK.replace('org = "o07", pronouns', 'org = "o07", tz = "Asia/Tokyo", pronouns')
    person = plan_of(tmp_path, changed).roster.person("p01")
    assert person is not None
    assert (person.tz, person.country) == ("Asia/Tokyo", "Costa Rica")


def test_team_and_theme_are_handed_to_every_session(week: Plan, tmp_path: Path) -> None:
    assert week.sessions[1].tags == ("equity", "rapid-partnering")
    assert week.sessions[1].team == {"lead": "f01", "tech": "f02", "harvest": "f03"}
    changed = WEEK.replace('id     = "tue"', 'id     = "tue"\nteam = { lead = "f02" }')
    assert plan_of(tmp_path, changed).sessions[1].team == {"lead": "f02", "tech": "f02", "harvest": "f03"}


def test_questions_of_an_items_own_come_behind_those_of_the_session(week: Plan) -> None:
    mon = week.sessions[0]
    pairs = mon.item("pairs")
    assert pairs is not None
    assert (len(mon.questions), pairs.asks) == (3, (3,))
    assert mon.questions[2].startswith("What do you hope")


def test_methods_of_the_plan_take_the_place_of_shipped_ones(week: Plan) -> None:
    assert week.methods["troika"].steps[0].say == "Client tells the challenge"
    assert "world-cafe" in week.methods


def test_both_spellings_of_agenda_and_roster_give_the_same_plan(tmp_path: Path) -> None:
    rows = """
    [roster]
    people = [ { id = "a", name = "A", langs = ["en"] }, { id = "b", name = "B" } ]
    [ideas]
    list = [ { id = "i", text = "Idea" } ]
    [[session]]
    id = "s"
    rooms = [ { name = "One" } ]
    agenda = [ { minutes = 5, title = "Hi" }, { minutes = 10, kind = "qa" } ]
    """
    long = """
    [[roster.people]]
    id = "a"
    name = "A"
    langs = ["en"]
    [[roster.people]]
    id = "b"
    name = "B"
    [[ideas.list]]
    id = "i"
    text = "Idea"
    [[session]]
    id = "s"
    [[session.rooms]]
    name = "One"
    [[session.agenda]]
    minutes = 5
    title = "Hi"
    [[session.agenda]]
    minutes = 10
    kind = "qa"
    """
    assert plan_of(tmp_path, rows) == plan_of(tmp_path, long)


# ---------------------------------------------------------------- text from outside


def test_texts_are_cleaned_as_they_are_read(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, '[[session]]\nagenda = [ { minutes = 1, title = "a\\u001b[31mb\\u202e" } ]')
    title = plan.sessions[0].agenda[0].title
    assert "\x1b" not in title
    assert "\u202e" not in title


def test_problems_hold_no_control_characters(tmp_path: Path) -> None:
    loaded = load(tmp_path, '"a\\u001b[31m" = 1\n[[session]]\nagenda = [ { minutes = "\\u001b]0;x" } ]')
    assert loaded.problems
    assert "\x1b" not in said(loaded.problems)


# ---------------------------------------------------------------- any file at all


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    content = bytearray(WEEK.encode())
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(content)))
        if draw(st.booleans()):
            del content[at : at + draw(st.integers(1, 400))]
        else:
            content[at:at] = draw(
                st.binary(min_size=1, max_size=8)
                | st.sampled_from([b'"', b"[", b"]", b"{", b"}", b",", b"\n", b"=", b"#", b"[[session]]\n", b"\\"])
            )
    return bytes(content)


@given(mutated())
@settings(deadline=None, max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_mutated_plan_ends_in_a_plan_or_in_an_error_with_a_line(tmp_path: Path, content: bytes) -> None:
    loaded = load(tmp_path, content)
    lines = content.replace(b"\r\n", b"\n").replace(b"\r", b"\n").count(b"\n") + 1
    assert (loaded.plan is None) == bool(loaded.errors)
    assert all(1 <= problem.line <= lines and problem.column >= 1 for problem in loaded.problems)
    assert all(problem.message for problem in loaded.problems)


@given(st.binary(max_size=300))
@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_end_in_an_error(tmp_path: Path, content: bytes) -> None:
    loaded = load(tmp_path, content)
    assert loaded.plan is None
    assert loaded.errors


@pytest.mark.parametrize(
    ("content", "answer"),
    [
        (b"", "no session"),
        (b"\x89PNG\r\n\x1a\n" + bytes(300), "not a text file"),
        (b"#" * (3 * 1024 * 1024), "MiB"),
    ],
    ids=["empty", "picture", "huge"],
)
def test_what_is_no_plan_gets_a_sentence(content: bytes, answer: str, tmp_path: Path) -> None:
    (error,) = load(tmp_path, content).errors
    assert answer in error.message


def test_a_missing_plan_a_folder_and_a_pipe_get_a_sentence(tmp_path: Path) -> None:
    assert "no such file" in said(load_plan(tmp_path / "none.toml").errors)
    assert "folder" in said(load_plan(tmp_path).errors)
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe")
        assert "not a regular file" in said(load_plan(tmp_path / "pipe").errors)


# ---------------------------------------------------------------- finding and writing


def test_a_plan_is_found_by_file_by_folder_and_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "sessions.toml"
    path.write_text(SMALLEST)
    assert find_plan(str(path)) == find_plan(str(tmp_path)) == path
    monkeypatch.chdir(tmp_path)
    assert find_plan(None) == Path("sessions.toml")


@pytest.mark.parametrize("option", [None, "elsewhere", "a\0b", "x" * 5000])
def test_a_missing_plan_is_told_with_a_next_step(
    option: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(PlanMissing, match="facilitator new"):
        find_plan(option)


def test_a_new_plan_runs_and_is_never_written_over(tmp_path: Path) -> None:
    folder = tmp_path / "spring meeting"
    path = write_new(folder)
    loaded = load_plan(path)
    assert loaded.plan is not None, said(loaded.problems)
    assert loaded.plan.programme.title == "Spring meeting"
    assert path.stat().st_mode & 0o077 == 0 or os.name == "nt"
    before = path.read_bytes()
    with pytest.raises(PlanInTheWay, match="stays as it is"):
        write_new(folder, example=True)
    assert path.read_bytes() == before


def test_the_example_is_the_real_week(tmp_path: Path) -> None:
    assert write_new(tmp_path, example=True).read_text(encoding="utf-8") == WEEK == example_text()


def test_a_folder_that_cannot_be_made_gets_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(FacilitatorError):
        write_new(tmp_path / "file" / "folder")
    with pytest.raises(FacilitatorError):
        write_new(tmp_path / "file")


@given(st.text(max_size=40))
@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_starter_plan_takes_any_title(tmp_path: Path, title: str) -> None:
    loaded = load(tmp_path, starter_text(title).encode("utf-8", "replace"))
    assert loaded.errors == () or not title.strip()

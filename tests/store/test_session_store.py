"""One session opened: which one is meant, what others brought, and whose the notes are."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from facilitator_tui.core import actions
from facilitator_tui.core.actions import Outcome
from facilitator_tui.core.events import CaptureAdded, RoomsOpened, RoomsPlanned
from facilitator_tui.errors import FacilitatorError
from facilitator_tui.store.session_store import SessionStore, choose_session, look_at, usable_plan

PLAN = """\
[programme]
tz = "Europe/Berlin"
[roster]
people = [{ id = "ana", name = "Ana" }, { id = "bo", name = "Bo" }]
"""
SESSION = """
[[session]]
id = "{id}"
date = {day}
start = "15:00"
agenda = [
  {{ id = "a", minutes = 30, title = "A" }},
  {{ id = "g", minutes = 30, title = "G", kind = "breakout", size = 2 }},
]
"""
WEEK = PLAN + "".join(
    SESSION.format(id=id, day=day) for id, day in (("mon", "2020-09-28"), ("tue", "2020-09-29"), ("thu", "2020-10-01"))
)


def at(text: str) -> datetime:
    """A moment in UTC; Berlin's clocks show two hours more."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


class Programme:
    """A plan and its records in a folder, and computers that open it."""

    def __init__(self, folder: Path) -> None:
        self.path, self.records = folder / "sessions.toml", folder / "records"
        self.write(WEEK)
        self.open_stores: list[SessionStore] = []

    def write(self, text: str) -> None:
        """Save the plan, as long ago that it has settled."""
        self.path.write_text(text, encoding="utf-8")
        os.utime(self.path, (1_600_000_000 + len(text), 1_600_000_000 + len(text)))

    def open(self, session: str = "", now: str = "2020-09-28T12:00", device: str = "aaaaa") -> SessionStore:
        store = SessionStore.open(self.path, self.records, at(now), session, device)
        self.open_stores.append(store)
        return store

    def start(self, session: str, now: str, device: str = "aaaaa") -> SessionStore:
        store = self.open(session, now, device)
        store.perform(actions.start(store.run, at(now)), at(now))
        assert store.journal.wait_saved(20)
        return store

    def finish(self, session: str, now: str) -> None:
        store = self.open(session, now)
        store.perform(actions.finish(store.run, at(now)), at(now))
        assert store.journal.wait_saved(20)

    def meant(self, now: str, wanted: str = "") -> str:
        return choose_session(usable_plan(self.path)[0], self.records, at(now), wanted).id


@pytest.fixture
def week(tmp_path: Path):  # type: ignore[no-untyped-def]
    made = Programme(tmp_path)
    yield made
    for store in made.open_stores:
        store.close()


# ---------------------------------------------------------------- which session is meant


@pytest.mark.parametrize(
    ("now", "session"),
    [
        ("2020-09-01T12:00", "mon"),
        ("2020-09-28T21:59", "mon"),
        ("2020-09-28T22:00", "tue"),
        ("2020-09-29T20:00", "tue"),
        ("2020-09-30T12:00", "thu"),
        ("2020-10-09T12:00", "mon"),
    ],
)
def test_todays_session_is_meant_then_the_next_and_the_day_ends_where_the_plan_is(
    now: str, session: str, week: Programme
) -> None:
    assert week.meant(now) == session


@pytest.mark.parametrize(
    ("now", "session"),
    [("06:00", "early"), ("12:59", "early"), ("13:00", "tue"), ("14:00", "late"), ("21:00", "late")],
)
def test_of_several_today_the_first_that_is_not_over_by_its_plan_is_meant(
    now: str, session: str, week: Programme
) -> None:
    day = "2020-09-29"
    others = SESSION.format(id="late", day=day).replace("15:00", "20:00")
    others += SESSION.format(id="early", day=day).replace("15:00", "14:00")
    week.write(WEEK + others)
    assert week.meant(f"{day}T{now}") == session


def test_the_session_that_runs_is_meant_before_todays(week: Programme) -> None:
    week.start("thu", "2020-09-29T12:55")
    assert week.meant("2020-09-29T13:00") == "thu"


def test_a_session_left_running_on_another_day_is_not_todays(week: Programme) -> None:
    week.start("mon", "2020-09-28T13:00")
    assert week.meant("2020-09-29T13:00") == "tue"
    plan = usable_plan(week.path)[0]
    assert look_at(plan, plan.sessions[0], week.records, at("2020-09-29T13:00")).unfinished


def test_after_todays_session_was_finished_it_is_still_the_one_of_today(week: Programme) -> None:
    week.start("tue", "2020-09-29T13:00")
    week.finish("tue", "2020-09-29T14:00")
    assert week.meant("2020-09-29T15:00") == "tue"
    assert week.meant("2020-09-30T15:00") == "thu"


def test_when_all_lie_behind_the_unfinished_one_that_was_touched_last_is_meant(week: Programme) -> None:
    for session, day in (("mon", "28"), ("tue", "29")):
        week.start(session, f"2020-09-{day}T13:00")
    assert week.meant("2020-10-20T12:00") == "tue"


def test_when_every_session_is_finished_the_last_is_meant(week: Programme) -> None:
    for session, day in (("mon", "09-28"), ("tue", "09-29"), ("thu", "10-01")):
        week.start(session, f"2020-{day}T13:00")
        week.finish(session, f"2020-{day}T14:00")
    assert week.meant("2020-10-20T12:00") == "thu"


@pytest.mark.parametrize(("wanted", "hint"), [("tua", "did you mean 'tue'"), ("x", "the sessions are mon, tue, thu")])
def test_an_unknown_session_is_told_with_the_right_ones(wanted: str, hint: str, week: Programme) -> None:
    with pytest.raises(FacilitatorError, match=hint):
        week.meant("2020-09-28T12:00", wanted)


def test_the_only_session_is_meant_on_any_day(week: Programme) -> None:
    week.write(PLAN + SESSION.format(id="one", day="2020-09-28"))
    assert week.meant("2031-01-01T00:00") == "one"


def test_looking_makes_nothing(week: Programme) -> None:
    week.meant("2020-09-28T12:00")
    week.open("mon")
    assert not week.records.exists()


# ---------------------------------------------------------------- plans


def test_a_plan_with_errors_is_refused_with_the_first_and_their_number(week: Programme) -> None:
    week.write("schema = 0\n" + SESSION.format(id="mon", day="2020-09-40"))
    with pytest.raises(FacilitatorError, match=r"sessions.toml:1: .*\(and \d+ more\); `facilitator check`"):
        usable_plan(week.path)


def test_a_plan_that_breaks_during_the_call_leaves_the_last_good_one(week: Programme) -> None:
    store = week.open("mon")
    week.write(WEEK + "oops\n")
    refreshed = store.refresh()
    assert refreshed.problems and not refreshed.plan_changed
    line = WEEK.count("\n") + 1
    assert store.plan_notice.startswith(f"plan line {line}: ") and store.plan_notice.endswith("last good plan goes on")
    assert len(store.run.plan.sessions) == 3


def test_a_session_that_is_gone_from_the_plan_goes_on_as_it_was(week: Programme) -> None:
    store = week.open("mon")
    week.write(WEEK.replace('"mon"', '"monday"'))
    assert not store.refresh().plan_changed
    assert store.run.session.id == "mon"


def test_a_changed_plan_is_taken_in_and_its_mistake_is_forgotten_once_it_is_mended(week: Programme) -> None:
    store = week.open("mon")
    week.write(WEEK + "oops\n")
    assert store.refresh()
    week.write(WEEK.replace("minutes = 30", "minutes = 25"))
    assert store.refresh().plan_changed
    assert store.plan_notice == ""
    assert store.run.session.agenda[0].length == timedelta(minutes=25)
    assert not store.refresh()


# ---------------------------------------------------------------- several computers


def test_what_another_computer_wrote_is_taken_in_once(week: Programme) -> None:
    ours, theirs = week.start("mon", "2020-09-28T13:00"), week.open("mon", device="bbbbb")
    theirs.perform(Outcome((CaptureAdded("= one", "one"),), ""), at("2020-09-28T13:01"))
    assert theirs.journal.wait_saved(20)
    assert [event.device for event in ours.refresh().events] == ["bbbbb"]
    assert not ours.refresh()


def test_the_notes_are_written_by_the_computer_that_began_the_run(week: Programme) -> None:
    before = week.open("mon", device="bbbbb")
    assert before.keeps_notes
    week.start("mon", "2020-09-28T13:00")
    before.refresh()
    assert (week.open("mon").keeps_notes, before.keeps_notes) == (True, False)


def test_what_is_not_yet_on_the_disk_is_known_by_its_id(week: Programme) -> None:
    store = week.start("mon", "2020-09-28T13:00")
    assert store.unsaved_ids() == frozenset()


def test_who_met_in_the_other_sessions_is_told_by_their_logs(week: Programme) -> None:
    monday = week.start("mon", "2020-09-28T13:00")
    rooms = (RoomsPlanned("g", 1, ("room1",), ("Room 1",), ("ana bo",)), RoomsOpened("g", 600))
    go = actions.next_item(monday.run, at("2020-09-28T13:30"))
    monday.perform(go, at("2020-09-28T13:30"))
    for payload in rooms:
        monday.perform(Outcome((payload,), ""), at("2020-09-28T13:31"))
    assert monday.journal.wait_saved(20)
    assert week.open("tue").history(at("2020-09-29T13:00")) == {frozenset(("ana", "bo")): 1}
    assert not monday.history(at("2020-09-29T13:00"))

"""The shared screen: what everybody sees, what nobody must see, and how it follows a console elsewhere."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from console.played import WEEK, Clock, Play
from facilitator_tui import paths
from facilitator_tui.console.drawing import shared
from facilitator_tui.console.following import Follower
from facilitator_tui.core import actions
from facilitator_tui.core.actions import Outcome
from facilitator_tui.core.events import RoomsPlanned
from facilitator_tui.core.rundown import rundown
from facilitator_tui.store.session_store import SessionStore

State = Callable[[Play], None]
SIZES = [(80, 24), (100, 30), (120, 36), (200, 60)]


def picture(play: Play, size: tuple[int, int] = (120, 36)) -> str:
    run = play.store.run
    drawn = shared.lines(run, rundown(run, play.clock()), *size)
    return "\n".join(line.plain.rstrip() for line in drawn)


def begun(play: Play) -> None:
    play.press("item.start")
    play.clock.on(minutes=2)


def in_rooms(play: Play) -> None:
    people = [one.id for one in play.store.run.roster.people if one.role == "participant"]
    seats = tuple(" ".join(people[place::5]) for place in range(5))
    numbers = tuple(str(number) for number in range(1, 6))
    begun(play)
    play.go("groups")
    named = RoomsPlanned("groups", 1, numbers, tuple(f"Room {one}" for one in numbers), seats)
    play.store.perform(Outcome((named,), ""), play.clock())
    play.press("rooms.clock")
    play.note("-- a secret note about sign-off chains q:1")


def over(play: Play) -> None:
    begun(play)
    play.clock.on(minutes=30)


def paused(play: Play) -> None:
    begun(play)
    play.press("time.pause")


def finished(play: Play) -> None:
    begun(play)
    play.store.perform(actions.finish(play.store.run, play.clock()), play.clock())


def before(play: Play) -> None:
    play.clock.on(minutes=-12)


STATES = [before, begun, in_rooms, over, paused, finished]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("state", STATES)
def test_the_picture_fits_its_window_in_every_state(tmp_path: Path, state: State, size: tuple[int, int]) -> None:
    play = Play(tmp_path)
    state(play)
    run = play.store.run
    drawn = shared.lines(run, rundown(run, play.clock()), *size)
    assert len(drawn) <= size[1]
    assert max(line.cell_length for line in drawn) <= size[0]


@pytest.mark.parametrize("state", STATES)
def test_it_shows_no_note_and_no_name_of_a_participant(tmp_path: Path, state: State) -> None:
    play = Play(tmp_path)
    state(play)
    seen = picture(play, (200, 60))
    run = play.store.run
    names = [one.name for one in run.roster.people if one.role == "participant"]
    remarks = [item.note for item in run.session.agenda if item.note]
    assert [text for text in (*names, *remarks, "secret") if text and text in seen] == []


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (before, ("we begin at 15:00", "Learning the lessons")),
        (begun, ("Welcome and yesterday", "left · until", "next  One word")),
        (in_rooms, ("Inhibitors, then enablers", "1  What are inhibitors", "Rooms · ", "Room 5 · 4 people")),
        (over, ("time is up",)),
        (paused, ("paused",)),
        (finished, ("this call has ended",)),
    ],
)
def test_it_says_where_the_call_stands(tmp_path: Path, state: State, words: tuple[str, ...]) -> None:
    play = Play(tmp_path)
    state(play)
    for size in ((80, 24), (200, 60)):
        seen = picture(play, size)
        assert [word for word in words if word not in seen] == []


def with_consent(play: Play, speakers: str) -> str:
    run = play.store.run
    plan = replace(run.plan, consent=replace(run.plan.consent, speakers=speakers))
    changed = replace(run, plan=plan)
    return "\n".join(line.plain for line in shared.lines(changed, rundown(changed, play.clock()), 120, 36))


def test_speakers_are_named_as_far_as_the_plan_allows(tmp_path: Path) -> None:
    play = Play(tmp_path)
    begun(play)
    item = next(one for one in play.store.run.session.agenda if one.speakers)
    play.go(item.id)
    person = play.store.run.roster.person(item.speakers[0])
    assert person is not None
    org = play.store.run.roster.org(person.org)
    assert person.name in with_consent(play, "name")
    assert person.name not in with_consent(play, "org")
    assert org is None or org.name in with_consent(play, "org")
    assert person.name not in with_consent(play, "none")


def test_a_call_left_open_yesterday_is_no_countdown(tmp_path: Path) -> None:
    play = Play(tmp_path)
    begun(play)
    play.clock.on(minutes=60 * 30)
    assert "no call is running" in picture(play)


# ---------------------------------------------------------------- following


class Beside:
    """A folder with the week, a console's store in it, and somebody who follows."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        shutil.copy(WEEK, folder / "sessions.toml")
        self.plan, self.records, self.state = folder / "sessions.toml", folder / "records", folder / "state"
        monkeypatch.setenv(paths.STATE_VARIABLE, str(self.state))
        self.clock = Clock("2020-09-29 15:00")

    def follow(self, session: str = "") -> Follower:
        return Follower(self.plan, self.records, self.clock, session)

    def open(self, session: str = "tue") -> SessionStore:
        return SessionStore.open(self.plan, self.records, self.clock(), session)

    def start(self, session: str = "tue") -> None:
        store = self.open(session)
        store.perform(actions.start(store.run, self.clock(), ""), self.clock())
        assert store.close()


@pytest.fixture
def beside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Beside:
    return Beside(tmp_path, monkeypatch)


def test_following_writes_nothing_anywhere(beside: Beside) -> None:
    follower = beside.follow()
    follower.look()
    assert not beside.records.exists()
    assert not beside.state.exists()


def test_a_log_that_comes_to_be_is_followed(beside: Beside) -> None:
    follower = beside.follow("tue")
    assert follower.look().live is None
    beside.start()
    assert follower.look().live is not None


def test_what_was_seen_last_stays_when_the_log_is_gone(beside: Beside) -> None:
    beside.start()
    follower = beside.follow("tue")
    shutil.rmtree(beside.records)
    assert follower.look().live is not None


def test_another_call_in_place_of_a_deleted_one_is_read_anew(beside: Beside) -> None:
    beside.start()
    follower = beside.follow("tue")
    shutil.rmtree(beside.records)
    follower.look()
    store = beside.open()
    store.perform(actions.goto(store.run, beside.clock(), "groups"), beside.clock())
    assert store.close()
    run = follower.look()
    assert [visit.item for visit in run.visits] == ["groups"]


def test_it_goes_over_to_the_session_that_begins(beside: Beside) -> None:
    beside.start("tue")
    follower = beside.follow()
    assert follower.look().session.id == "tue"
    beside.clock.on(minutes=5)
    beside.start("wed")
    assert follower.look().session.id == "wed"


def test_a_session_that_was_named_stays(beside: Beside) -> None:
    follower = beside.follow("tue")
    beside.start("wed")
    assert follower.look().session.id == "tue"


def test_a_finished_session_stays_until_another_begins(beside: Beside) -> None:
    beside.start("tue")
    follower = beside.follow()
    store = beside.open()
    beside.clock.on(minutes=3)
    store.perform(actions.finish(store.run, beside.clock()), beside.clock())
    assert store.close()
    assert follower.look().finished is not None
    beside.start("wed")
    assert follower.look().session.id == "wed"


def test_a_plan_that_breaks_leaves_the_last_picture(beside: Beside) -> None:
    beside.start("tue")
    follower = beside.follow()
    beside.plan.write_text("[[[", encoding="utf-8")
    shutil.rmtree(beside.records)
    follower.look()
    (beside.records / "tue" / "log").mkdir(parents=True)
    (beside.records / "tue" / "log" / "x.toml").write_text("", encoding="utf-8")
    assert follower.look().live is not None

"""Stories about time in a real terminal: a day on a fast clock, sleep, another time zone, a night in between."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from terminal.person import Person

pytestmark = pytest.mark.terminal

WEEK = Path(__file__).parents[2] / "sessions.toml"


@pytest.fixture
def week(tmp_path: Path) -> Path:
    """A folder with the real week."""
    folder = tmp_path / "week"
    folder.mkdir()
    shutil.copy(WEEK, folder / "sessions.toml")
    return folder


def facilitator(folder: Path, *arguments: str) -> str:
    """A command in the folder; what it prints."""
    command = [sys.executable, "-m", "facilitator_tui", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True).stdout


def wait_for_the_clock(person: Person) -> None:
    """Until a whole second has passed on the screen: everything pressed before has been drawn by then."""
    for _ in range(2):
        shown = person.sees(r"\d\d:\d\d:\d\d Berlin")[0]
        person.sees_no_more(shown)
        person.sees(r"\d\d:\d\d:\d\d Berlin")


def go_on(person: Person, title: str) -> None:
    """Next, when the item has had its minute: a younger one would ask, and two presses at once are one."""
    wait_for_the_clock(person)
    person.press("n")
    person.sees(f"▶.*{title}")


@pytest.mark.parametrize("size", [(80, 24), (200, 60)])
def test_a_tuesday_is_rehearsed_with_a_late_start_a_pause_a_compress_and_longer_rooms(
    week: Path, tmp_path: Path, size: tuple[int, int]
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    rehearsal = ("rehearse", "--session", "tue", "--speed", "60")
    with Person(*rehearsal, folder=week, size=size, env={"TMPDIR": str(scratch)}) as person:
        person.sees("REHEARSAL at 60 × speed")
        person.sees(r"no item running [2-9]:")
        person.press("s")
        person.sees("▶.*Welcome")
        person.sees(r"\+\d:\d\d over")
        person.press("space")
        person.sees("PAUSED")
        person.press("space")
        person.sees_no_more("PAUSED")
        person.press("c")
        person.sees("a preview")
        person.press("enter")
        person.sees("hard stop 17:00 · on time")
        for title in ("One word", "Learning the", "Questions", "Inhibitors"):
            go_on(person, title)
        person.press("t")
        person.sees(r"Rooms · \d+:\d\d left")
        person.press("t")
        person.sees("Rooms:")
        person.press("]")
        person.sees(r"rooms \+5:00")
        for title in ("Stretch", "Building forward", "Chat harvest", "Goodbye"):
            go_on(person, title)
        wait_for_the_clock(person)
        person.press("n")
        person.sees("Finish the session")
        person.press("enter")
        person.sees("finished")
        person.press("6")
        person.sees(r"The day: .* used of 2:00:00 planned")
        person.press("q")
        assert person.leaves() == 0
    assert list(scratch.iterdir()) == []
    assert [one.name for one in week.iterdir()] == ["sessions.toml"]
    assert not any(Path(os.environ["FACILITATOR_STATE"]).rglob("*"))


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_rehearsal_that_is_ended_by_a_signal_leaves_nothing_behind(
    week: Path, tmp_path: Path, number: signal.Signals
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    with Person("rehearse", "--session", "tue", folder=week, env={"TMPDIR": str(scratch)}) as person:
        person.sees("REHEARSAL")
        person.press("s")
        person.sees("▶")
        person.kill(number)
        assert person.leaves() == 128 + number
    assert list(scratch.iterdir()) == []


@pytest.mark.parametrize(("key", "said"), [("s", r"a pause of 1:\d\d in"), ("k", "kept")])
def test_a_process_that_was_stopped_asks_whether_the_time_counts(week: Path, key: str, said: str) -> None:
    with Person("rehearse", "--session", "tue", "--speed", "10", folder=week) as person:
        person.sees("Agenda")
        person.press("s")
        person.sees("▶")
        person.kill(signal.SIGSTOP)
        time.sleep(7)  # A process that stands still shows nothing to wait for.
        person.kill(signal.SIGCONT)
        person.sees(r"Away 1:\d\d, the clock count.*k keeps it · s subtracts")
        person.press(key)
        person.sees(said)
        person.press("q")
        assert person.leaves() == 0


def test_another_time_zone_of_the_computer_changes_nothing_but_the_local_column(week: Path) -> None:
    seen = []
    for zone in ("America/New_York", "Asia/Kolkata"):
        with Person("--session", "tue", folder=week, env={"TZ": zone}) as person:
            person.sees("Agenda")
            if not seen:
                person.press("s")
            person.sees("▶")
            wait_for_the_clock(person)
            header = person.sees(r"(\d\d:\d\d):\d\d Berlin · (\d\d:\d\d) here")
            agenda = re.findall(r"~\d\d:\d\d.*?(?=│)|hard stop \d\d:\d\d", person.text())
            seen.append((agenda, header[1], header[2]))
            person.press("q")
            assert person.leaves() == 0
    (first, _, here), (second, _, there) = seen
    assert first == second and here != there


def test_a_call_of_another_day_is_asked_about_and_goes_on_where_it_was(week: Path) -> None:
    yesterday = datetime.now(UTC) - timedelta(days=1)
    began, noted = yesterday - timedelta(minutes=10), yesterday - timedelta(minutes=8)
    facilitator(week, "do", "start", "--session", "tue", "--at", began.isoformat())
    facilitator(week, "capture", "a line", "--session", "tue", "--at", noted.isoformat())
    with Person("--session", "tue", folder=week) as person:
        person.sees(r"Unfinished session of \d+ \w+")
        person.press("R")
        person.sees("a pause of")
        person.sees(r"~\d\d:\d\d")
        person.press("q")
        assert person.leaves() == 0


def test_a_console_that_was_gone_for_four_minutes_says_so(week: Path) -> None:
    began = datetime.now(UTC) - timedelta(minutes=10)
    facilitator(week, "do", "start", "--session", "tue", "--at", began.isoformat())
    with Person("--session", "tue", folder=week) as person:
        person.sees("▶")
        person.press("i")
        person.type("half a l")
        person.sees("half a l")
        wait_for_the_clock(person)
        (heartbeat,) = (Path(os.environ["FACILITATOR_STATE"]) / "alive").iterdir()
        person.kill(signal.SIGKILL)
        person.leaves()
    gone = time.time() - 240
    os.utime(heartbeat, (gone, gone))
    with Person("--session", "tue", folder=week) as person:
        person.sees(r"away 4:0\d; the clock has counted on")
        person.sees("draft, i goes on")
        person.press("q")
        assert person.leaves() == 0

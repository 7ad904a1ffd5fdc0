"""What else may go wrong around a console: its disk, its window, its terminal, its clipboard. In a real terminal."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import stat
import subprocess
import sys
import time
import tomllib
from pathlib import Path

import pytest

from faults.measure import figure, many
from terminal.person import Person

pytestmark = [pytest.mark.terminal, pytest.mark.skipif(os.name != "posix", reason="a pseudo-terminal is needed")]

WEEK = Path(__file__).parents[2] / "sessions.toml"
CLOSED = "i writes a line"
SLOW_DISK = """
import os, time
real = os.fsync
def fsync(fd):
    while os.path.exists(os.environ["SLOW"]):
        time.sleep(0.02)
    real(fd)
os.fsync = fsync
"""


@pytest.fixture
def week(tmp_path: Path) -> Path:
    """A folder with the real week, and a state folder of its own beside it."""
    folder = tmp_path / "programme"
    folder.mkdir()
    shutil.copy(WEEK, folder / "sessions.toml")
    return folder


def console(week: Path, size: tuple[int, int] = (120, 36), **env: str) -> Person:
    surroundings = {"FACILITATOR_STATE": str(week.parent / "state"), **env}
    return Person("--session", "tue", folder=week, size=size, env=surroundings)


def captured(week: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "facilitator_tui", "captures", "--session", "tue"],
        cwd=week,
        env={**os.environ, "FACILITATOR_STATE": str(week.parent / "state")},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return done.stdout


def open_line(person: Person) -> None:
    person.press("i")
    person.sees_no_more(CLOSED)


def no_place_left(week: Path) -> None:
    """Neither the records nor the second place can be written."""
    (week / "records").write_text("in the way")
    state = week.parent / "state"
    state.mkdir()
    (state / "second-place").write_text("in the way too")


def echo_s(person: Person, text: str) -> float:
    """How long the slowest of some letters took until it was seen, in seconds."""
    slowest = 0.0
    for at in range(len(text)):
        began = time.monotonic()
        person.type(text[at])
        person.sees(text[: at + 1] + "(?!" + text[at + 1 : at + 2] + ".)")
        slowest = max(slowest, time.monotonic() - began)
    return slowest


def test_keys_are_answered_while_a_flush_does_not_come_back(week: Path, tmp_path: Path) -> None:
    (tmp_path / "slow").mkdir()
    (tmp_path / "slow" / "sitecustomize.py").write_text(SLOW_DISK)
    on_path = os.pathsep.join(filter(None, (str(tmp_path / "slow"), os.environ.get("PYTHONPATH"))))
    flag = tmp_path / "slow-now"
    with console(week, PYTHONPATH=on_path, SLOW=str(flag)) as person:
        person.sees("Agenda")
        person.press("s")
        person.sees("▶")
        open_line(person)
        flag.touch()
        person.type("first line")
        person.press("enter")
        person.sees("first line.*…")
        slowest = sorted(echo_s(person, letters) for letters in ("abc", "xyz", "klm"))[0]
        figure(13, f"while a flush hangs, a letter is seen after {slowest * 1000:.0f} ms at most")
        person.sees("first line.*…")
        flag.unlink()
        person.sees("first line.*✓")
        person.kill(signal.SIGKILL)
        person.leaves()
    assert "first line" in captured(week)


@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() != 0, reason="only where modes do not hold")
def test_records_that_are_a_file_send_notes_to_the_second_place_and_say_so(week: Path) -> None:
    (week / "records").write_text("in the way")
    with console(week) as person:
        person.sees("Agenda")
        person.press("s")
        person.sees("▶")
        open_line(person)
        person.type("kept elsewhere")
        person.press("enter")
        person.sees("kept elsewhere.*✓")
        person.sees("notes are saved in")
        person.kill(signal.SIGKILL)
        person.leaves()
    assert "kept elsewhere" in captured(week)


def test_with_no_place_left_the_banner_says_so_typing_goes_on_and_leaving_prints_the_lines(week: Path) -> None:
    no_place_left(week)
    with console(week) as person:
        person.sees("Agenda")
        person.press("s")
        person.sees("NOT SAVED")
        open_line(person)
        person.type("only in memory")
        person.press("enter")
        person.sees("only in memory.*…")
        person.type("and typing goes on")
        person.sees("and typing goes on")
        person.press("escape")
        person.sees("i goes on")
        person.press("q")
        assert person.leaves() == 1
        assert "NOT SAVED, please copy" in person.text()
        assert "only in memory" in person.text()


def test_what_was_not_saved_is_saved_as_soon_as_there_is_a_place_again(week: Path) -> None:
    no_place_left(week)
    with console(week) as person:
        person.sees("Agenda")
        person.press("s")
        person.sees("NOT SAVED")
        (week / "records").unlink()
        person.sees_no_more("NOT SAVED")
        person.press("q")
        assert person.leaves() == 0


def test_a_window_of_one_cell_takes_notes_and_comes_back(week: Path) -> None:
    with console(week) as person:
        person.sees("Agenda")
        person.press("s")
        person.sees("▶")
        person.resize(1, 1)
        person.press("i")
        person.type("typed in one cell")
        person.press("enter")
        person.resize(120, 36)
        person.sees("typed in one cell.*✓")
        person.kill(signal.SIGKILL)
        person.leaves()
    assert "typed in one cell" in captured(week)


def test_a_terminal_that_is_closed_ends_the_console_and_keeps_the_draft(week: Path) -> None:
    person = console(week)
    person.sees("Agenda")
    person.press("s")
    person.sees("▶")
    open_line(person)
    person.type("half a li")
    person.sees("half a li")
    os.close(person._fd)
    until_gone(person.pid)
    with console(week) as again:
        again.sees("half a li")
        again.press("q")
        assert again.leaves() == 0


def until_gone(pid: int) -> None:
    deadline = time.monotonic() + 30
    while os.waitpid(pid, os.WNOHANG) == (0, 0):
        assert time.monotonic() < deadline, "the program goes on without a terminal"
        time.sleep(0.02)


def test_a_terminal_that_stalls_holds_up_no_note(week: Path) -> None:
    """Nobody reads the screen (Ctrl+S, a connection that hangs), while keys still come in."""
    with console(week) as person:
        person.sees("Agenda")
        person.press("s")
        person.sees("▶")
        open_line(person)
        for number in range(20):
            person.type(f"unseen {number:02d}")
            person.press("enter")
        log = week / "records" / "tue" / "log"
        deadline = time.monotonic() + 30
        while b"unseen 19" not in b"".join(path.read_bytes() for path in log.glob("*.toml")):
            assert time.monotonic() < deadline, "the notes wait for the screen"
            time.sleep(0.05)
        person.kill(signal.SIGKILL)
        person.leaves()
    assert captured(week).count("unseen") == 20


def test_a_suspended_console_goes_on_where_it_was(week: Path) -> None:
    with console(week) as person:
        person.sees("Agenda")
        person.press("s")
        person.sees("▶")
        open_line(person)
        person.type("before ")
        person.sees("before")
        person.kill(signal.SIGSTOP)
        person.type("after")
        person.kill(signal.SIGCONT)
        person.sees("before after")
        person.press("enter")
        person.sees("before after.*✓")
        person.kill(signal.SIGQUIT)
        assert person.leaves() == 128 + signal.SIGQUIT
    assert "before after" in captured(week)


PASTES = {
    "one line of 1.5 MB": "".join(f"{number:07d}x" for number in range(190_000)),
    "3,000 lines": "\n".join(f"line {number}" for number in range(3000)),
    "1.3 MB of é": " ".join(f"é{number:07d}" for number in range(140_000)),
}


@pytest.mark.parametrize("paste", list(PASTES.values())[: many(1, 3)], ids=list(PASTES)[: many(1, 3)])
def test_a_huge_paste_ends_nothing_and_is_kept(week: Path, paste: str) -> None:
    with console(week) as person:
        person.sees("Agenda")
        person.press("s")
        person.sees("▶")
        open_line(person)
        push(person, paste)
        person.sees("✓")
        person.type("and on")
        person.sees("and on")
        person.kill(signal.SIGTERM)
        assert person.leaves() == 128 + signal.SIGTERM
    log = b"".join(path.read_bytes() for path in (week / "records" / "tue" / "log").glob("*.toml"))
    kept = "".join(event["text"] for event in tomllib.loads(log.decode())["event"] if "text" in event)
    assert "".join(kept.split()) == "".join(paste.split())


def push(person: Person, text: str) -> None:
    """Paste more than a terminal's buffer holds: what comes back is read meanwhile."""
    data = f"\x1b[200~{text}\x1b[201~".encode()
    os.set_blocking(person._fd, False)
    while data:
        with contextlib.suppress(BlockingIOError):
            data = data[os.write(person._fd, data[:4096]) :]
        person._read()
    os.set_blocking(person._fd, True)


def test_files_and_folders_are_their_owners_only(week: Path) -> None:
    with console(week) as person:
        person.sees("Agenda")
        person.press("s")
        person.sees("▶")
        person.press("q")
        assert person.leaves() == 0
    for path in (week / "records", *(week / "records").rglob("*"), *(week.parent / "state").rglob("*")):
        wanted = 0o700 if path.is_dir() else 0o600
        assert stat.S_IMODE(path.stat().st_mode) == wanted, path

"""Who else is there: told by small files that come and go, whatever the clocks say."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from facilitator_tui.store.presence import EVERY_S, GONE_AFTER_S, HERE, Presence, computer_name

NOW = datetime(2026, 5, 12, 19, 3, 10, tzinfo=UTC)


class Console:
    """A console's signs, on clocks that are set by hand. `ahead`: how far its wall clock is."""

    def __init__(self, folder: Path, device: str, name: str = "", ahead: timedelta = timedelta(0)) -> None:
        self.wall, self.since = NOW + ahead, 0.0
        self.presence = Presence(folder, device, name=name, wall=lambda: self.wall, since=lambda: self.since)

    def wait(self, seconds: float) -> None:
        self.wall += timedelta(seconds=seconds)
        self.since += seconds

    def sees(self) -> list[str]:
        return [sign.device for sign in self.presence.others()]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The records of a call that has begun."""
    made = tmp_path / "records" / "tue"
    made.mkdir(parents=True)
    return made


def test_two_consoles_see_each_other_and_not_themselves(folder: Path) -> None:
    ana, ben = Console(folder, "aaaaa", "Ana's laptop"), Console(folder, "bbbbb", "ben")
    ana.presence.show()
    ben.presence.show()
    assert (ana.sees(), ben.sees()) == (["bbbbb"], ["aaaaa"])
    assert ben.presence.others()[0].name == "Ana's laptop"


def test_nothing_is_made_for_a_call_that_has_not_begun(tmp_path: Path) -> None:
    Console(tmp_path / "records" / "tue", "aaaaa").presence.show()
    assert list(tmp_path.iterdir()) == []


def test_whoever_leaves_is_gone_at_once(folder: Path) -> None:
    ana, ben = Console(folder, "aaaaa"), Console(folder, "bbbbb")
    ana.presence.show()
    assert ben.sees() == ["aaaaa"]
    ana.presence.leave()
    assert ben.sees() == []


def test_a_sign_that_never_changes_again_is_forgotten(folder: Path) -> None:
    ana, ben = Console(folder, "aaaaa"), Console(folder, "bbbbb")
    ana.presence.show()
    assert ben.sees() == ["aaaaa"]
    ben.wait(GONE_AFTER_S - 1)
    assert ben.sees() == ["aaaaa"]
    ben.wait(1)
    assert ben.sees() == []


def test_a_clock_that_is_a_day_off_only_delays_being_seen_by_one_sign(folder: Path) -> None:
    ana, ben = Console(folder, "aaaaa", ahead=timedelta(days=1)), Console(folder, "bbbbb")
    ana.presence.show()
    assert ben.sees() == []
    ana.wait(EVERY_S)
    ana.presence.show()
    assert ben.sees() == ["aaaaa"]


def test_a_sign_is_written_once_a_minute_and_no_oftener(folder: Path) -> None:
    ana = Console(folder, "aaaaa")
    ana.presence.show()
    sign = next((folder / HERE).iterdir())
    inode = sign.stat().st_ino, sign.read_bytes()
    ana.wait(EVERY_S - 1)
    ana.presence.show()
    assert (sign.stat().st_ino, sign.read_bytes()) == inode
    ana.wait(1)
    ana.presence.show()
    assert sign.read_bytes() != inode[1]


def test_another_window_of_the_same_computer_is_seen_last(folder: Path) -> None:
    here, window, ben = Console(folder, "aaaaa"), Console(folder, "aaaaa"), Console(folder, "bbbbb")
    for one in (here, window, ben):
        one.presence.show()
    assert here.sees() == ["bbbbb", "aaaaa"]


@pytest.mark.skipif(os.name != "posix", reason="processes are asked for on POSIX")
def test_the_sign_of_a_killed_console_of_this_computer_counts_no_more_and_is_cleared_away(folder: Path) -> None:
    killed = subprocess.Popen([sys.executable, "-c", "pass"])
    killed.wait()
    (folder / HERE).mkdir()
    left = folder / HERE / "aaaaa-dead.toml"
    left.write_text(
        f'device = "aaaaa"\nconsole = "dead"\nname = ""\nat = "2026-05-12T19:03:00Z"\nprocess = {killed.pid}\n'
    )
    ana = Console(folder, "aaaaa")
    assert ana.sees() == []
    ana.presence.show()
    assert not left.exists()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe",
        b"device = 5",
        b'device = "../../x"\nconsole = "a"',
        b'device = "bbbbb"\nconsole = "a"\nname = "x"\nat = "never"',
        b"a." * 500 + b"a = 1",
        b"[" * 900,
    ],
)
def test_whatever_else_lies_there_is_nobody(folder: Path, content: bytes) -> None:
    (folder / HERE).mkdir()
    (folder / HERE / "x.toml").write_bytes(content)
    assert Console(folder, "aaaaa").sees() == []


@pytest.mark.skipif(os.name != "posix", reason="pipes and links are a matter of POSIX")
def test_a_pipe_and_a_link_are_nobody(folder: Path) -> None:
    (folder / HERE).mkdir()
    os.mkfifo(folder / HERE / "pipe.toml")
    (folder / HERE / "link.toml").symlink_to("/dev/zero")
    assert Console(folder, "aaaaa").sees() == []


def test_a_folder_that_cannot_be_written_costs_only_the_sign(folder: Path) -> None:
    (folder / HERE).write_text("in the way")
    ana = Console(folder, "aaaaa")
    ana.presence.show()
    assert ana.sees() == []
    ana.presence.leave()


def test_a_name_never_breaks_the_file_and_is_clean_when_read(folder: Path) -> None:
    ben = Presence(folder, "bbbbb", name="tidy\u202e", wall=lambda: NOW)
    ben.show()
    names = [sign.name for sign in Console(folder, "aaaaa").presence.others()]
    assert names == ["tidy"]
    assert not set(computer_name()) & set('"\\\n')

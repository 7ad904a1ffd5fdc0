"""An unfinished line is there again, at most one key short."""

from __future__ import annotations

import errno
import os
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facilitator_tui.store import disk, drafts
from facilitator_tui.store.drafts import Draft, Drafts, Heartbeat

NOW = datetime(2026, 5, 12, 19, 0, tzinfo=UTC)


OPEN: list[Drafts] = []


def opened(path: Path, every_s: float = 1.0) -> Drafts:
    """A draft whose thread ends with the test."""
    line = Drafts(path, every_s)
    OPEN.append(line)
    return line


@pytest.fixture(autouse=True)
def _end_threads() -> Iterator[None]:
    yield
    while OPEN:
        OPEN.pop().close()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "drafts" / "tue"


def test_without_a_draft_there_is_an_empty_one_and_no_file(path: Path) -> None:
    assert opened(path).load() == Draft()
    assert not path.parent.exists()


def test_a_line_is_there_again_without_any_clean_exit(path: Path) -> None:
    line = opened(path)
    for end in range(1, 12):
        line.save("half a line"[:end])
    assert opened(path).load().text == "half a line"


def test_the_key_does_not_wait_for_a_flush(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    flushers: list[threading.Thread] = []
    monkeypatch.setattr(disk, "sync", lambda fd: flushers.append(threading.current_thread()))
    line = opened(path, every_s=0.001)
    line.save("a")
    line.save("ab")
    line.close()
    assert threading.main_thread() not in flushers
    assert opened(path).load().text == "ab"


def test_closing_flushes_the_line(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    flushed: list[int] = []
    sync = disk.sync
    monkeypatch.setattr(disk, "sync", lambda fd: (flushed.append(fd), sync(fd)))
    line = opened(path, every_s=5)
    line.save("a")
    line.close()
    assert flushed


def test_sticky_fields_stay_until_others_are_given(path: Path) -> None:
    opened(path).save("one", {"room": "3"})
    line = opened(path)
    assert line.load() == Draft("one", {"room": "3"})
    line.save("two")
    line.clear()
    assert opened(path).load() == Draft("", {"room": "3"})
    line.save("", {})
    assert not opened(path).load()


def test_a_torn_last_record_costs_that_key_only(path: Path) -> None:
    line = opened(path)
    line.save("one")
    line.save("one ")
    whole = path.read_bytes()
    for cut in range(1, 12):
        path.write_bytes(whole[:-cut])
        assert opened(path).load().text == ("one " if cut == 1 else "one")
        after = opened(path)
        after.save("next")
        after.close()
        assert opened(path).load().text == "next"


@given(st.binary(max_size=80))
@settings(deadline=None, max_examples=50)
def test_garbage_behind_a_draft_does_not_hide_it(tmp_path_factory: pytest.TempPathFactory, garbage: bytes) -> None:
    path = tmp_path_factory.mktemp("drafts") / "tue"
    path.write_bytes(drafts._record(Draft("kept")) + garbage)
    assert opened(path).load().text == "kept"


@given(st.text(st.characters(codec=None), max_size=40))
@settings(deadline=None, max_examples=50)
def test_any_text_comes_back(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    line = opened(tmp_path_factory.mktemp("drafts") / "tue")
    line.save(text)
    line.close()
    assert line.load().text == "".join("\ufffd" if "\ud800" <= one <= "\udfff" else one for one in text)


def test_a_file_that_has_grown_begins_anew_with_the_draft_in_it(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drafts, "_ANEW_AT", 500)
    line = opened(path, every_s=0.001)
    for count in range(60):
        line.save(f"line {count}")
    line.close()
    assert path.stat().st_size < 2500
    assert opened(path).load().text == "line 59"
    assert [one.name for one in path.parent.iterdir()] == ["tue"]


def test_a_file_that_somebody_deleted_is_made_again(path: Path) -> None:
    line = opened(path, every_s=0.001)
    line.save("one")
    path.unlink()
    line.save("two")
    line.close()
    assert opened(path).load().text == "two"


def test_a_disk_that_refuses_costs_the_draft_and_not_the_key(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(fd: int, content: bytes) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    line = opened(path)
    with monkeypatch.context() as patched:
        patched.setattr(disk, "write_all", full)
        line.save("lost")
        assert line.trouble == "no space left on device"
    line.save("kept")
    assert line.trouble == ""
    line.close()
    assert opened(path).load().text == "kept"


@pytest.mark.skipif(os.name != "posix", reason="pipes and modes of POSIX")
def test_a_pipe_in_the_place_of_a_draft_is_not_waited_for(path: Path) -> None:
    path.parent.mkdir()
    os.mkfifo(path)
    line = opened(path)
    assert line.load() == Draft()
    line.save("x")
    assert line.trouble


@pytest.mark.skipif(os.name != "posix", reason="modes are a matter of POSIX")
def test_a_draft_is_its_owners_only(path: Path) -> None:
    before = os.umask(0)
    try:
        opened(path).save("secret")
    finally:
        os.umask(before)
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


def test_a_heartbeat_says_when_the_console_was_last_alive(tmp_path: Path) -> None:
    clock = [NOW]
    path = tmp_path / "alive" / "tue"
    heart = Heartbeat(path, lambda: clock[0])
    assert heart.last_alive() is None
    heart.beat()
    clock[0] = NOW + timedelta(seconds=4)
    heart.beat()
    assert Heartbeat(path).last_alive() == NOW
    clock[0] = NOW + timedelta(seconds=6)
    heart.beat()
    assert Heartbeat(path).last_alive() == NOW + timedelta(seconds=6)


def test_a_heartbeat_that_can_not_be_kept_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    heart = Heartbeat(tmp_path / "file" / "alive", lambda: NOW)
    heart.beat()
    assert heart.last_alive() is None

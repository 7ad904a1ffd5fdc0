"""`log` lists what happened, `doctor` what is damaged; a damaged log costs the damaged events only."""

from __future__ import annotations

import os
import tomllib
import zlib
from pathlib import Path

import pytest

from cli.commandline import CommandLine, berlin


@pytest.fixture
def kept(x: CommandLine) -> CommandLine:
    x.ok("do", "start", at=berlin("09:00"))
    for n in range(5):
        x.ok("capture", f"note number {n}", at=berlin("09:01"))
    return x


def segments(command: CommandLine) -> list[Path]:
    return sorted((command.folder / "records/x/log").glob("*.toml"))


def test_the_log_is_listed_in_order_with_id_kind_and_instant(kept: CommandLine) -> None:
    events = kept.log()
    assert len({event["id"] for event in events}) == len(events)
    assert [event["hlc"] for event in events] == sorted(event["hlc"] for event in events)
    assert events[0]["at"] == berlin("09:00")
    assert [event["kind"] for event in events[-5:]] == ["capture.added"] * 5
    assert len(kept.ok("log").lines) == len(events)


def test_the_log_on_disk_is_toml_with_a_crc_an_event(kept: CommandLine) -> None:
    events = [event for path in segments(kept) for event in tomllib.loads(path.read_text())["event"]]
    assert len(events) >= 6
    for event in events:
        assert {"id", "seq", "hlc", "at", "kind", "crc"} <= set(event)
        assert len(event["crc"]) == 8


def test_a_note_that_another_program_wrote_without_its_raw_line_is_a_note(kept: CommandLine) -> None:
    block = b"""[[event]]
id = "01982f3a-7b1c-7d2e-9a41-5c0e6f7a8b90"
seq = 12
hlc = "2026-03-10T08:03:11.123Z-0000-k7x2m"
at = "2026-03-10T08:03:10Z"
kind = "capture.added"
text = "Evidence is needed\\nbut learning as well"
"""
    other = kept.folder / "records/x/log/another.toml"
    other.write_bytes(block + f'crc = "{zlib.crc32(block):08x}"\n'.encode())
    texts = [capture["text"] for capture in kept.captures()]
    assert "Evidence is needed\nbut learning as well" in texts
    kept.ok("doctor")


def test_the_log_of_a_call_that_never_ran_is_empty(x: CommandLine) -> None:
    assert x.log() == []
    x.ok("log")
    x.ok("doctor")
    x.ok("doctor", "--json")


def test_a_sound_log_gives_doctor_nothing_to_say(kept: CommandLine) -> None:
    kept.ok("doctor")
    assert kept.ok("doctor", "--json").json is not None


def test_a_torn_tail_costs_the_torn_event_only(kept: CommandLine) -> None:
    last = max(segments(kept), key=lambda path: path.stat().st_mtime_ns)
    last.write_bytes(last.read_bytes()[:-7])
    answer = kept("doctor")
    assert answer.code == 1
    assert last.name in answer.out + answer.err
    assert kept("doctor", "--json").json
    assert len(kept.captures()) == 4
    kept.ok("capture", "after the tear", at=berlin("09:02"))
    assert [one["text"] for one in kept.captures()][-1] == "after the tear"
    assert len(kept.captures()) == 5


def test_an_event_edited_by_hand_is_kept_and_shown(kept: CommandLine) -> None:
    for path in segments(kept):
        path.write_bytes(path.read_bytes().replace(b"note number 3", b"note NUMBER 3"))
    answer = kept("doctor")
    assert "edited by hand" in answer.out + answer.err
    assert "note NUMBER 3" in [one["text"] for one in kept.captures()]


@pytest.mark.parametrize(
    "rubbish",
    [
        b"\x00\xff\xfe" * 400,
        b"[[event]]\nid = {a=1}\n",
        b"[[event]]\n" + b"a." * 40_000 + b'a = 1\ncrc = "00000000"\n',
        b"[[event]]\nx = " + b"[" * 60_000 + b'\ncrc = "00000000"\n',
        b"not toml at all\n",
        b'[[event]]\nkind = "capture.added"\ncrc = "00000000"\n',
    ],
    ids=["binary", "table", "dotted", "deep", "prose", "bare"],
)
def test_a_rubbish_file_in_the_log_folder_is_named_and_skipped(kept: CommandLine, rubbish: bytes) -> None:
    before = kept.captures()
    path = kept.folder / "records/x/log/zz conflict copy.toml"
    path.write_bytes(rubbish)
    answer = kept("doctor")
    assert "conflict" in answer.out + answer.err
    assert kept.captures() == before
    assert path.read_bytes() == rubbish
    assert kept.status(at=berlin("09:03"))["live"]["id"] == "a"


def test_a_copy_of_a_segment_changes_nothing(kept: CommandLine) -> None:
    before = kept.captures()
    copy = kept.folder / "records/x/log/copy (conflicted).toml"
    copy.write_bytes(segments(kept)[-1].read_bytes())
    assert kept.captures() == before


def test_an_event_of_a_kind_from_the_future_is_counted_and_kept(kept: CommandLine) -> None:
    before = len(kept.log())
    for path in segments(kept):
        path.write_bytes(path.read_bytes().replace(b'kind = "capture.added"', b'kind = "hologram.sent"'))
    assert kept.captures() == []
    answer = kept("doctor")
    assert "hologram.sent" in answer.out + answer.err
    assert len(kept.log()) == before


def test_a_folder_and_a_pipe_in_the_log_folder_hang_nothing(kept: CommandLine) -> None:
    folder = kept.folder / "records/x/log"
    folder.joinpath("folder.toml").mkdir()
    os.mkfifo(folder / "pipe.toml")
    folder.joinpath("link.toml").symlink_to("/dev/zero")
    assert len(kept.captures()) == 5
    kept("doctor")


def test_control_characters_in_a_log_never_reach_the_output(kept: CommandLine) -> None:
    for path in segments(kept):
        path.write_bytes(path.read_bytes().replace(b"note number 3", b"\\u001b[31mred\\u0007 [/]\\u009b"))
    assert "red" in kept("captures").out
    for words in (["captures", "--json"], ["log"], ["log", "--json"], ["doctor"], ["status"]):
        kept(*words)  # which looks for control characters itself

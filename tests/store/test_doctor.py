"""The doctor names every illness with its place, and touches nothing."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from facilitator_tui.core.events import CaptureAdded, Event, Unknown
from facilitator_tui.store.block import encode
from facilitator_tui.store.doctor import examine

AT = datetime(2026, 5, 12, 19, 3, 10, tzinfo=UTC)


def event(number: int) -> Event:
    stamp = f"2026-05-12T19:00:00.{number:03d}Z-0000-other"
    return Event(f"id-{number}", number, stamp, AT, CaptureAdded(raw=f"note {number}", text=f"note {number}"))


def put(folder: Path, name: str, *events: Event) -> Path:
    (folder / "log").mkdir(parents=True, exist_ok=True)
    path = folder / "log" / name
    path.write_bytes(b"\n".join(encode(one) for one in events))
    return path


def test_a_healthy_log_is_called_healthy(tmp_path: Path) -> None:
    put(tmp_path, "a.toml", event(1), event(2))
    put(tmp_path, "b.toml", event(2))
    report = examine(tmp_path)
    assert report.healthy
    assert report.events == 2
    assert [(Path(one.file).name, one.events) for one in report.segments] == [("a.toml", 2), ("b.toml", 1)]
    assert report.sentences()[-1] == "nothing is damaged"


def test_no_log_at_all_is_healthy_and_stays_no_log(tmp_path: Path) -> None:
    assert examine(tmp_path / "none").healthy
    assert not (tmp_path / "none").exists()


def test_damage_is_named_with_file_byte_line_and_reason(tmp_path: Path) -> None:
    path = put(tmp_path, "a.toml", event(1), event(2))
    content = path.read_bytes()
    place = content.index(b"[[event]]", 5)
    path.write_bytes(content[:-20])
    report = examine(tmp_path)
    (found,) = report.damage
    line = 1 + content.count(b"\n", 0, place)
    assert (found.file, found.offset, found.line) == (str(path), place, line)
    assert found.why
    assert not report.healthy
    assert f"damaged: {path}, byte {place}, line {line}: {found.why}" in report.sentences()
    assert path.read_bytes() == content[:-20]


def test_what_is_edited_unknown_or_from_the_future_is_listed(tmp_path: Path) -> None:
    strange = replace(event(3), payload=Unknown("mood.felt", {"mood": "fine"}))
    late = replace(event(4), hlc="2099-01-01T00:00:00.000Z-0000-other")
    path = put(tmp_path, "a.toml", event(1), event(2), strange, late)
    path.write_bytes(path.read_bytes().replace(b'raw = "note 1"', b'raw = "note 1"\nmood = "fine"'))
    report = examine(tmp_path)
    assert [one.id for one in report.edited] == ["id-1"]
    assert report.unknown_kinds == {"mood.felt": 1}
    assert report.unknown_keys == {"capture.added.mood": 1}
    assert report.ahead == ("id-4",)


@pytest.mark.skipif(os.name != "posix", reason="pipes and links of POSIX")
def test_foreign_things_are_listed_and_are_no_illness(tmp_path: Path) -> None:
    put(tmp_path, "a.toml", event(1))
    os.mkfifo(tmp_path / "log" / "pipe.toml")
    (tmp_path / "log" / "link.toml").symlink_to("a.toml")
    (tmp_path / "log" / "todo.txt").write_text("hello")
    report = examine(tmp_path)
    found = [(Path(one.file).name, one.what) for one in report.foreign]
    assert found == [("link.toml", "link"), ("pipe.toml", "pipe"), ("todo.txt", "file")]
    assert report.healthy


def test_events_of_the_second_place_only_are_counted(tmp_path: Path) -> None:
    put(tmp_path / "home", "a.toml", event(1))
    put(tmp_path / "second", "b.toml", event(1), event(2))
    report = examine(tmp_path / "home", fallback=tmp_path / "second")
    assert (report.events, report.stranded) == (2, 1)
    assert not report.healthy


def test_the_report_is_json(tmp_path: Path) -> None:
    put(tmp_path, "a.toml", event(1))
    told = json.loads(json.dumps(examine(tmp_path).as_json()))
    assert told["events"] == 1
    assert told["damaged"] == []
    assert told["healthy"] is True

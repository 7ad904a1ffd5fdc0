"""A journal gives back what went in, from every file, in one order, whoever wrote it."""

from __future__ import annotations

import os
import random
import shutil
import socket
import threading
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facilitator_tui.core.events import CaptureAdded, Event, ItemPaused, ItemStarted, SessionStarted, Unknown
from facilitator_tui.store.block import TooLong, encode
from facilitator_tui.store.journal import Journal, Log, MemoryJournal

AT = datetime(2026, 5, 12, 19, 3, 10, tzinfo=UTC)
LONG_S = 20.0


def note(text: str) -> CaptureAdded:
    return CaptureAdded(raw=text, text=text)


def event(number: int, device: str = "other", text: str = "") -> Event:
    stamp = f"2026-05-12T19:00:{number // 1000:02d}.{number % 1000:03d}Z-0000-{device}"
    return Event(f"{device}-{number:05d}", number, stamp, AT, note(text or f"note {number}"))


def put(folder: Path, name: str, events: Sequence[Event]) -> Path:
    (folder / "log").mkdir(parents=True, exist_ok=True)
    path = folder / "log" / name
    path.write_bytes(b"\n".join(encode(one) for one in events))
    return path


def saved(folder: Path, *texts: str, device: str = "k7x2m") -> tuple[Event, ...]:
    journal = Journal(folder, device=device)
    journal.load()
    made = [journal.append([note(text)], AT)[0] for text in texts]
    assert journal.close(LONG_S)
    return tuple(made)


def test_opening_and_loading_create_nothing(tmp_path: Path) -> None:
    loaded = Journal(tmp_path / "records" / "tue", device="k7x2m", fallback=tmp_path / "state").load()
    assert loaded.events == ()
    assert list(tmp_path.iterdir()) == []


def test_what_was_appended_is_what_is_read(tmp_path: Path) -> None:
    journal = Journal(tmp_path, device="k7x2m")
    given_back = journal.append([SessionStarted(laid=AT), ItemStarted(item="hello", starts=AT)], AT)
    given_back += journal.append([note("sub-millisecond")], AT + timedelta(microseconds=1234567))
    given_back += journal.append([note("lone \ud800 surrogate \x1b and escape")], AT)
    assert journal.close(LONG_S)
    assert Journal(tmp_path, device="other").load().events == given_back


def test_events_of_one_call_share_a_group_and_a_single_one_has_none(tmp_path: Path) -> None:
    journal = Journal(tmp_path, device="k7x2m")
    pair = journal.append([ItemPaused(), ItemPaused()], AT)
    (single,) = journal.append([ItemPaused()], AT)
    journal.close(LONG_S)
    assert [one.group for one in pair] == [pair[0].id] * 2
    assert single.group == ""
    assert [one.seq for one in (*pair, single)] == [1, 2, 3]


def test_a_text_that_does_not_fit_appends_nothing(tmp_path: Path) -> None:
    journal = Journal(tmp_path, device="k7x2m")
    with pytest.raises(TooLong):
        journal.append([note("fits"), note("x" * (1 << 20))], AT)
    assert journal.unsaved() == ()
    assert journal.load().events == ()


def test_a_segment_is_named_for_its_start_and_device(tmp_path: Path) -> None:
    journal = Journal(tmp_path, device="k7x2m", wall=lambda: AT)
    journal.append([ItemPaused()], AT)
    journal.close(LONG_S)
    assert [path.name for path in (tmp_path / "log").iterdir()] == ["20260512T190310Z-k7x2m-01.toml"]


def test_appending_after_any_torn_tail_loses_nothing(tmp_path: Path) -> None:
    home = tmp_path / "whole"
    before = saved(home, "one", "two é")
    (segment,) = (home / "log").iterdir()
    whole = segment.read_bytes()
    for cut in range(0, len(whole) + 1, 7):
        folder = tmp_path / str(cut)
        (folder / "log").mkdir(parents=True)
        (folder / "log" / segment.name).write_bytes(whole[:cut])
        kept = Journal(folder, device="other").load().events
        (new,) = saved(folder, "after the crash")
        assert Journal(folder, device="other").load().events == (*kept, new)
        assert (folder / "log" / segment.name).read_bytes() == whole[:cut]
        assert kept == before[: len(kept)]


def test_every_toml_file_is_read_whatever_its_name_and_twice_is_once(tmp_path: Path) -> None:
    put(tmp_path, "20260512T190000Z-other-01.toml", [event(1), event(2)])
    put(tmp_path, "20260512T190000Z-other-01.sync-conflict-20260512-191500-ABCDEFG.toml", [event(2), event(3)])
    put(tmp_path, "20260512T190000Z-other-01 (conflicted copy 2026-05-12).toml", [event(4)])
    put(tmp_path, ".hidden.toml", [event(5)])
    put(tmp_path, "not-a-log.tmp", [event(6)])
    assert Journal(tmp_path, device="k7x2m").load().events == tuple(event(number) for number in range(1, 6))


@given(st.permutations(range(8)), st.lists(st.integers(0, 2), min_size=8, max_size=8), st.randoms())
@settings(deadline=None, max_examples=25)
def test_any_spread_over_files_gives_the_same_events(
    tmp_path_factory: pytest.TempPathFactory, order: list[int], files: list[int], chance: random.Random
) -> None:
    folder = tmp_path_factory.mktemp("spread")
    events = [event(number, device=f"dev{number % 2}x") for number in range(8)]
    for name in range(3):
        chosen = [events[index] for index, file in zip(order, files, strict=True) if file in (name, 0)]
        put(folder, f"{name}.toml", chosen)
    loaded = Journal(folder, device="k7x2m").load()
    assert loaded.events == tuple(sorted(events, key=lambda one: one.order))


def test_of_two_copies_the_intact_one_counts_in_whatever_order_they_come(tmp_path: Path) -> None:
    for first, second in (("a", "b"), ("b", "a")):
        folder = tmp_path / first
        put(folder, f"{first}.toml", [event(1)])
        edited = put(folder, f"{second}.toml", [event(1)])
        edited.write_bytes(edited.read_bytes().replace(b"note 1", b"nope 1"))
        loaded = Journal(folder, device="k7x2m").load()
        assert loaded.events == (event(1),)
        assert loaded.edited == ()


def test_an_event_edited_by_hand_is_kept_and_named(tmp_path: Path) -> None:
    path = put(tmp_path, "a.toml", [event(1), event(2)])
    path.write_bytes(path.read_bytes().replace(b"note 2", b"nope 2"))
    loaded = Journal(tmp_path, device="k7x2m").load()
    assert loaded.events[1].payload == note("nope 2")
    assert [(one.id, one.file) for one in loaded.edited] == [("other-00002", str(path))]


def test_unknown_kinds_and_keys_are_kept_and_counted(tmp_path: Path) -> None:
    strange = replace(event(1), payload=Unknown("mood.felt", {"mood": "fine"}))
    path = put(tmp_path, "a.toml", [strange, event(2)])
    path.write_bytes(path.read_bytes().replace(b'raw = "note 2"', b'raw = "note 2"\nmood = "fine"'))
    loaded = Journal(tmp_path, device="k7x2m").load()
    assert loaded.events[0] == strange
    assert loaded.unknown_kinds == {"mood.felt": 1}
    assert loaded.unknown_keys == {"capture.added.mood": 1}


def test_a_stamp_from_the_future_is_accepted_and_shown(tmp_path: Path) -> None:
    late = replace(event(1), hlc="2099-01-01T00:00:00.000Z-0000-other")
    put(tmp_path, "a.toml", [late])
    journal = Journal(tmp_path, device="k7x2m")
    loaded = journal.load()
    assert loaded.events == (late,)
    assert loaded.ahead == (late,)
    (ours,) = journal.append([ItemPaused()], AT)
    assert ours.hlc < late.hlc
    journal.close(LONG_S)


def test_what_is_appended_sorts_behind_all_that_was_read(tmp_path: Path) -> None:
    near = datetime.now(UTC) + timedelta(minutes=3)
    stamp = near.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    put(tmp_path, "a.toml", [replace(event(1), hlc=f"{stamp}-0000-other")])
    (ours,) = saved(tmp_path, "later")
    assert Journal(tmp_path, device="k7x2m").load().events[-1] == ours


@pytest.mark.skipif(os.name != "posix", reason="pipes and links of POSIX")
def test_what_is_no_regular_file_is_reported_and_never_waited_for(tmp_path: Path) -> None:
    put(tmp_path, "good.toml", [event(1)])
    log = tmp_path / "log"
    elsewhere = put(tmp_path / "elsewhere", "secret.toml", [event(2)])
    os.mkfifo(log / "pipe.toml")
    (log / "link.toml").symlink_to(elsewhere)
    (log / "dangling.toml").symlink_to("nowhere")
    (log / "folder.toml").mkdir()
    here = os.getcwd()
    os.chdir(log)
    try:
        with socket.socket(socket.AF_UNIX) as server:
            server.bind("socket.toml")
    finally:
        os.chdir(here)
    loaded = Journal(tmp_path, device="k7x2m").load()
    assert loaded.events == (event(1),)
    names = ["dangling.toml", "folder.toml", "link.toml", "pipe.toml", "socket.toml"]
    assert [Path(one.file).name for one in loaded.damage] == names


@pytest.mark.skipif(os.name != "posix", reason="sparse files of POSIX")
def test_a_file_of_ten_gigabytes_is_read_as_far_as_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("facilitator_tui.store.log_folder.LARGEST_FILE", 1 << 16)
    path = put(tmp_path, "huge.toml", [event(1)])
    os.truncate(path, 10 << 30)
    loaded = Journal(tmp_path, device="k7x2m").load()
    assert loaded.events == (event(1),)
    assert loaded.damage[-1].why.startswith("the file is over")


def test_a_log_that_is_no_folder_is_damage_and_no_crash(tmp_path: Path) -> None:
    (tmp_path / "log").write_text("hello")
    loaded = Journal(tmp_path, device="k7x2m").load()
    assert loaded.events == ()
    assert [one.why for one in loaded.damage] == ["not a directory"]


def test_polling_gives_what_others_wrote_and_each_event_once(tmp_path: Path) -> None:
    put(tmp_path, "a.toml", [event(1)])
    journal = Journal(tmp_path, device="k7x2m")
    journal.load()
    assert journal.poll() == ()
    put(tmp_path, "a.toml", [event(1), event(2)])
    put(tmp_path, "b.toml", [event(2), event(3)])
    assert journal.poll() == (event(2), event(3))
    assert journal.poll() == ()


def test_polling_does_not_give_our_own_events(tmp_path: Path) -> None:
    journal = Journal(tmp_path, device="k7x2m")
    journal.load()
    (ours,) = journal.append([note("ours")], AT)
    assert journal.wait_saved(LONG_S)
    (segment,) = (tmp_path / "log").iterdir()
    shutil.copy(segment, tmp_path / "log" / "conflict.toml")
    assert journal.poll() == ()
    assert journal.load().events == (ours,)
    journal.close(LONG_S)


def test_polling_waits_for_the_end_of_a_block_under_way(tmp_path: Path) -> None:
    path = put(tmp_path, "a.toml", [event(1), event(2)])
    whole = path.read_bytes()
    journal = Journal(tmp_path, device="k7x2m")
    path.write_bytes(whole[:-30])
    journal.load()
    with path.open("ab") as file:
        file.write(whole[-30:])
    assert journal.poll() == (event(2),)


def test_polling_finds_every_event_of_a_file_that_arrives_byte_by_byte(tmp_path: Path) -> None:
    content = put(tmp_path / "source", "b.toml", [event(1), event(2)]).read_bytes()
    for step in (1, 7, 50):
        folder = tmp_path / str(step)
        (folder / "log").mkdir(parents=True)
        journal = Journal(folder, device="k7x2m")
        journal.load()
        found = []
        for cut in range(1, len(content) + step, step):
            (folder / "log" / "b.toml").write_bytes(content[:cut])
            found += [one.id for one in journal.poll()]
        assert found == [event(1).id, event(2).id]


def test_polling_gives_the_intact_copy_of_an_event_that_was_edited(tmp_path: Path) -> None:
    path = put(tmp_path, "a.toml", [event(1)])
    path.write_bytes(path.read_bytes().replace(b"note 1", b"nope 1"))
    journal = Journal(tmp_path, device="k7x2m")
    journal.load()
    put(tmp_path, "b.toml", [event(1)])
    assert journal.poll() == (event(1),)


def test_six_processes_worth_of_writers_lose_nothing(tmp_path: Path) -> None:
    def work() -> None:
        journal = Journal(tmp_path, device="k7x2m", wall=lambda: AT)
        for number in range(30):
            journal.append([note(f"note {number}")], AT)
        journal.close(LONG_S)

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(Journal(tmp_path, device="other").load().events) == 180
    assert len(list((tmp_path / "log").iterdir())) == 6


def test_the_journal_in_memory_behaves_like_the_one_on_disk(tmp_path: Path) -> None:
    def story(log: Log) -> list[object]:
        first = log.append([note("one"), note("two\n\x1b")], AT)
        second = log.append([SessionStarted(laid=AT)], AT)
        assert log.wait_saved(LONG_S)
        loaded = log.load()
        assert loaded.events == (*first, *second)
        return [
            [one.payload for one in loaded.events],
            [one.seq for one in loaded.events],
            [bool(one.group) for one in loaded.events],
            log.unsaved(),
            log.poll(),
            log.append([], AT),
            log.trouble,
            log.close(LONG_S),
        ]

    on_disk: Log = Journal(tmp_path, device="k7x2m")
    in_memory: Log = MemoryJournal()
    assert story(on_disk) == story(in_memory)


def test_the_journal_in_memory_receives_events_of_others() -> None:
    journal = MemoryJournal(wall=lambda: AT)
    journal.receive([event(2), event(1)])
    assert journal.poll() == (event(1), event(2))
    assert journal.load().events == (event(1), event(2))

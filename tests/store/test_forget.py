"""After forgetting, no byte of records, drafts and exports names the person, and no other line is lost."""

from __future__ import annotations

import os
import re
import zlib
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from facilitator_tui import paths
from facilitator_tui.core import events as ev
from facilitator_tui.core.events import Event, Payload
from facilitator_tui.core.forgetting import MARK, Eraser, person_of
from facilitator_tui.core.plan import Participant, Roster
from facilitator_tui.store import atomic, disk
from facilitator_tui.store.block import encode, read_blocks
from facilitator_tui.store.doctor import examine
from facilitator_tui.store.drafts import Drafts, Heartbeat
from facilitator_tui.store.forget import (
    Places,
    consoles_elsewhere,
    events_of,
    forget,
    histories,
    live_sessions,
    plan_lines,
)
from facilitator_tui.store.journal import Journal
from facilitator_tui.store.presence import HERE, Presence

AT = datetime(2026, 5, 12, 19, 3, 10, tzinfo=UTC)
ZORA = Participant("zora", "Zora Quill")
ROSTER = Roster((ZORA, Participant("p08", "Ana Silva"), Participant("p09", "Ben Costa")))
NAMED = re.compile(rb"zora|quill", re.IGNORECASE)


def eraser() -> Eraser:
    return Eraser(person_of([ZORA]), ROSTER)


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places(tmp_path / "records", tmp_path / "export", ("tue",))


def happened(number: int, payload: Payload, group: str = "") -> Event:
    return Event(f"id-{number:04d}", number, f"2026-05-12T19:03:11.{number:03d}Z-0000-k7x2m", AT, payload, group)


def put(places: Places, events: Sequence[Event], name: str = "a.toml", between: bytes = b"\n") -> Path:
    path = places.records / "tue" / "log" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"".join(between + encode(event) for event in events))
    return path


def named_files(*roots: Path) -> list[Path]:
    files = (path for root in roots for path in root.rglob("*") if path.is_file())
    return [path for path in files if NAMED.search(path.read_bytes())]


SAID = st.sampled_from(
    [
        "trust first",
        "Zora Quill said",
        "quill, ZORA",
        "@zora",
        "Ana said",
        "é ü 王",
        "#zora",
        "= yes",
        '"quoted" \\ Zora',
    ]
)
SOURCES = st.lists(st.sampled_from(["zora", "p08", "p09"]), unique=True, max_size=3).map(tuple)


@st.composite
def payloads(draw: st.DrawFn) -> Payload:
    text = " ".join(draw(st.lists(SAID, min_size=1, max_size=4)))
    who = draw(st.sampled_from(["zora", "p08", "p09"]))
    return draw(
        st.sampled_from(
            [
                ev.CaptureAdded(text, text, by=draw(SOURCES), tags=("zora", "trust"), unsure=("@quill",)),
                ev.CaptureEdited(text, text, owner=draw(SOURCES), capture="id-0000", over=("id-0000",)),
                ev.PersonArrived(who),
                ev.TurnTaken(who, "qa"),
                ev.SeatChanged("groups", 1, who, "r1"),
                ev.RoomsPlanned("groups", 1, ("r1",), (text,), (" ".join(draw(SOURCES)),)),
                ev.ItemRenamed("qa", text),
                ev.ItemInserted("zora-talks", "qa", text, "plenary", 60),
                ev.Unknown("thanks.said", {"who": who, "text": text}),
            ]
        )
    )


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(payloads(), max_size=12),
    st.sampled_from([b"\n", b"\r\n", b"# Zora was here\n", b'[[event]]\nperson = "zora"\nraw = "Zora Quill\n']),
    st.booleans(),
    st.integers(0, 80),
)
def test_no_byte_names_the_person_and_every_other_event_is_there(
    tmp_path_factory: pytest.TempPathFactory, said: list[Payload], between: bytes, windows: bool, torn: int
) -> None:
    home = tmp_path_factory.mktemp("home")
    places = Places(home / "records", home / "export", ("tue",))
    events = [happened(number, payload) for number, payload in enumerate(said)]
    path = put(places, events, between=between)
    content = path.read_bytes().replace(b"\n", b"\r\n") if windows else path.read_bytes()
    path.write_bytes(content[: len(content) - torn])
    before, damage_before = read_blocks(path.read_bytes())
    forget(places, eraser())
    assert named_files(home) == []
    after, damage_after = read_blocks(path.read_bytes())
    gone = {one.event.id for one in before if getattr(one.event.payload, "person", "") == "zora"}
    assert [one.event.id for one in after] == [one.event.id for one in before if one.event.id not in gone]
    assert all(one.status == "ok" for one in after)
    assert len(damage_after) == len(damage_before)
    content = path.read_bytes()
    assert not forget(places, eraser()).changed
    assert path.read_bytes() == content


def test_blocks_without_the_name_stay_byte_for_byte(places: Places) -> None:
    other = happened(1, ev.CaptureAdded("x", "Ana trusts", by=("p08",)))
    path = put(places, [other, happened(2, ev.TurnTaken("zora")), happened(3, ev.CaptureAdded("y", "by Zora"))])
    result = forget(places, eraser())
    assert encode(other) in path.read_bytes()
    assert (result.events_changed, result.events_removed) == (1, 1)


def test_keys_that_nobody_reads_stay_and_the_crc_is_made_anew(places: Places) -> None:
    body = encode(happened(1, ev.CaptureAdded("by Zora", "by Zora"))).rpartition(b"crc = ")[0] + b'mood = "calm"\n'
    path = put(places, [])
    path.write_bytes(body + b'crc = "%08x"\n' % zlib.crc32(body))
    forget(places, eraser())
    (block,), damage = read_blocks(path.read_bytes())
    assert (block.status, block.unread, damage) == ("ok", ("mood",), [])


def test_an_event_edited_by_hand_goes_on_being_known_as_one(places: Places) -> None:
    path = put(places, [happened(1, ev.CaptureAdded("by Zora", "by Zora"))])
    path.write_bytes(path.read_bytes().replace(b"by Zora", b"by Zora Quill"))
    forget(places, eraser())
    (block,), _ = read_blocks(path.read_bytes())
    assert block.status == "edited"
    assert named_files(places.records) == []


def test_a_conflict_copy_and_the_second_place_are_reached_too(places: Places) -> None:
    events = [happened(1, ev.CaptureAdded("@zora yes", "yes", by=("zora",)))]
    put(places, events)
    put(places, events, "a.sync-conflict-20260512-190311-ABCDEFG.toml")
    second = paths.second_place(places.records, "tue")
    journal = Journal(second, device="k7x2m")
    journal.append([ev.CaptureAdded("only here: Zora", "only here: Zora")], AT)
    assert journal.close()
    forget(places, eraser())
    assert named_files(places.records, second) == []
    assert len(events_of(places, "tue")) == 2
    assert examine(places.records / "tue", fallback=second).damage == ()


def test_a_draft_loses_the_name_and_its_earlier_keystrokes(places: Places) -> None:
    drafts = Drafts(paths.draft_file(places.records, "tue"))
    for text in ("= yes @zo", "= yes @zora", "= yes @zora and Quill"):
        drafts.save(text, {"room": "r1"})
    drafts.close()
    forget(places, eraser())
    assert named_files(paths.state_folder()) == []
    kept = Drafts(drafts.path).load()
    assert (kept.text, kept.sticky) == (f"= yes {MARK} and {MARK}", {"room": "r1"})


def test_notes_and_exports_lose_the_name_and_ours_go_on_being_ours(places: Places) -> None:
    notes = places.exports / "tue" / "notes.md"
    atomic.write_export(notes, b"- Zora Quill (TPI)\n")
    by_hand = notes.with_name("mine.txt")
    by_hand.write_bytes(b"Zora again\n")
    forget(places, eraser())
    assert notes.read_text() == f"- {MARK} (TPI)\n"
    assert named_files(places.exports) == []
    assert atomic.write_export(notes, b"- new\n") == notes
    assert atomic.write_export(by_hand, b"- new\n") != by_hand


def test_a_name_folded_over_two_lines_of_a_calendar_is_found(places: Places) -> None:
    calendar = places.exports / "week" / "week.ics"
    calendar.parent.mkdir(parents=True)
    calendar.write_bytes(b"BEGIN:VEVENT\r\nSUMMARY:" + b"x" * 60 + b" Zo\r\n ra Quill speaks\r\nEND:VEVENT\r\n")
    forget(places, eraser())
    content = calendar.read_bytes()
    assert MARK.encode() in content.replace(b"\r\n ", b"")
    assert b"ra Quill" not in content
    assert max(map(len, content.split(b"\r\n"))) <= 75


def test_a_page_loses_a_name_that_a_drawing_cut_off_or_that_is_written_in_escapes(places: Places) -> None:
    person = Participant("zora", "Zora O'Quill of the Long Islands")
    page = places.exports / "tue" / "notes.html"
    page.parent.mkdir(parents=True)
    page.write_text(
        "<p>A &amp; B</p>\n<text>Zora O&#x27;Quill of the…</text><p>said Zora O&#x27;Quill of the Long Islands</p>\n"
    )
    forget(places, Eraser(person_of([person]), Roster((person,))))
    assert page.read_text() == f"<p>A &amp; B</p>\n<text>{MARK}</text><p>said {MARK}</p>\n"


def test_the_sign_of_a_computer_that_bears_the_name_loses_it(places: Places) -> None:
    (places.records / "tue").mkdir(parents=True)
    presence = Presence(places.records / "tue", "bbbbb", name="Zora's laptop")
    presence.show()
    forget(places, eraser())
    (sign,) = (places.records / "tue" / HERE).iterdir()
    assert f"{MARK}'s laptop" in sign.read_text()
    presence.leave()


def test_only_consoles_of_other_computers_count_as_elsewhere(places: Places) -> None:
    (places.records / "tue").mkdir(parents=True)
    for device in ("aaaaa", "bbbbb"):
        Presence(places.records / "tue", device, name="").show()
    assert consoles_elsewhere(places, "aaaaa").keys() == {"tue"}
    assert [sign.device for sign in consoles_elsewhere(places, "aaaaa")["tue"]] == ["bbbbb"]


def test_a_file_that_is_no_text_is_told_and_left(places: Places) -> None:
    picture = places.exports / "board.png"
    picture.parent.mkdir()
    picture.write_bytes(b"\x89PNG\0 Zora Quill")
    result = forget(places, eraser())
    assert list(result.untouched) == [picture]
    assert picture.read_bytes() == b"\x89PNG\0 Zora Quill"


def test_a_rehearsal_changes_nothing_and_tells_the_same(places: Places) -> None:
    path = put(places, [happened(1, ev.CaptureAdded("by Zora", "by Zora"))])
    before = path.read_bytes()
    told = forget(places, eraser(), rehearsal=True)
    assert path.read_bytes() == before
    assert told == forget(places, eraser())


@pytest.mark.parametrize("call", ["open", "write", "fsync", "replace"])
def test_a_disk_that_refuses_leaves_the_old_segment_whole_and_says_so(
    places: Places, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    path = put(places, [happened(1, ev.CaptureAdded("by Zora", "by Zora"))])
    before = path.read_bytes()
    real_open = os.open

    class Refusing:
        def __getattr__(self, name: str) -> object:
            return refuse if name == call else getattr(os, name)

    def refuse(*given: object, **more: object) -> int:
        if call == "open" and not (isinstance(given[1], int) and given[1] & os.O_CREAT):
            return real_open(*given, **more)  # type: ignore[arg-type]
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(disk, "os", Refusing())
    result = forget(places, eraser())
    assert result.untouched == {path: "no space left on device"}
    monkeypatch.undo()
    assert path.read_bytes() == before
    assert [one.name for one in path.parent.iterdir()] == ["a.toml"]


def test_lines_that_a_journal_appends_meanwhile_are_not_lost(places: Places) -> None:
    journal = Journal(places.records / "tue", device="k7x2m")
    journal.append([ev.CaptureAdded("by Zora", "by Zora")], AT)
    assert journal.wait_saved(20)
    forget(places, eraser())
    (later,) = journal.append([ev.CaptureAdded("later", "later")], AT)
    assert journal.close(20)
    assert later.id in {event.id for event in events_of(places, "tue")}


def test_a_young_heartbeat_is_that_of_a_console_at_work(places: Places) -> None:
    assert live_sessions(places) == ()
    Heartbeat(paths.heartbeat_file(places.records, "tue")).beat()
    beat = disk.modified(paths.heartbeat_file(places.records, "tue"))
    assert live_sessions(places, beat + 14) == ("tue",)
    assert live_sessions(places, beat + 16) == ()


def test_lines_of_the_plan_and_histories_are_named(tmp_path: Path) -> None:
    plan = tmp_path / "sessions.toml"
    plan.write_text('people = [\n  { id = "zora", name = "Zora Quill" },\n]\nspeakers = ["zora"]\n')
    (tmp_path / ".git").mkdir()
    (tmp_path / ".stfolder").mkdir()
    assert plan_lines([plan], eraser()) == ((plan, 2), (plan, 4))
    assert ("git", tmp_path) in histories([tmp_path / "records"])
    assert ("Syncthing", tmp_path) in histories([tmp_path / "records"])

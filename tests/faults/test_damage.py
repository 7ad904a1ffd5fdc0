"""Proof 3: whatever happens to the bytes of a log, only the events that were hit are lost, and none is wrong."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from facilitator_tui.core.events import CaptureAdded, Event, ItemExtended, RoomsPlanned
from facilitator_tui.store.block import Block, encode, read_blocks
from facilitator_tui.store.journal import Journal
from faults.measure import LONG, figure, many

AT = datetime(2026, 5, 12, 19, 3, 10, tzinfo=UTC)
SECTOR = 512
TAILS = {
    "half a block": b'\n[[event]]\nid = "half',
    "zeros": bytes(700),
    "0xff": b"\xff" * 700,
    "noise": random.Random(7).randbytes(700),
    "a line without end": b"x" * 5000,
    "another format": b'{"event": {"id": 1}}\n',
    "the head of a block again and again": b"[[event]]\n" * 50,
}


@cache
def events() -> tuple[Event, ...]:
    chance = random.Random(3)
    made = []
    for number in range(many(6, 24)):
        text = "".join(chance.choices('abc é王\\"\n[]=#', k=chance.randrange(4, 120)))
        payload = (
            CaptureAdded(text, text, by=("ana",)),
            ItemExtended("qa", -60),
            RoomsPlanned("groups", 1, ("r1", "r2"), ("One", "Two"), ("p1 p2", "p3")),
        )[number % 3]
        stamp = f"2026-05-12T19:03:11.{number:03d}Z-0000-k7x2m"
        made.append(Event(f"id-{number:04d}", number, stamp, AT, payload))
    return tuple(made)


@cache
def log() -> tuple[bytes, tuple[tuple[int, int], ...]]:
    """The bytes of a log, and where each event stands in them."""
    content, places = b"", []
    for event in events():
        content += b"\n"
        places.append((len(content), len(content) + len(encode(event))))
        content += encode(event)
    return content, tuple(places)


def held(data: bytes, first: int, last: int) -> list[Block]:
    """What is read from `data`, of which the bytes from `first` to before `last` were harmed."""
    blocks, _ = read_blocks(data)
    known = {event.id: event for event in events()}
    whole = {block.event.id for block in blocks if block.status == "ok"}
    for block in blocks:
        assert block.status == "edited" or block.event == known.get(block.event.id)
    for event, (start, end) in zip(events(), log()[1], strict=True):
        if end <= first or start > last:
            assert event.id in whole, (event.id, first, last)
    return blocks


def test_cut_anywhere_every_whole_event_is_read_and_none_is_wrong() -> None:
    content, places = log()
    for cut in range(len(content) + 1):
        blocks, _ = read_blocks(content[:cut])
        # The line end behind a crc may be missing: the crc is the mark.
        expected = [event for event, (_, end) in zip(events(), places, strict=True) if end - 1 <= cut]
        assert [block.event for block in blocks] == expected, cut
    figure(3, f"truncated at {len(content) + 1} places: every complete event read, none wrong")


def test_a_flipped_bit_anywhere_costs_its_own_event_at_most_and_is_never_taken_for_intact() -> None:
    content, _ = log()
    tried = 0
    for place in range(len(content)):
        for bit in range(8) if LONG else (place % 8,):
            harmed = bytearray(content)
            harmed[place] ^= 1 << bit
            held(bytes(harmed), place, place + 1)
            tried += 1
    figure(3, f"{tried} single bits flipped: the other events read, none wrong unreported")


def test_a_zeroed_sector_costs_the_events_in_it_only() -> None:
    content, _ = log()
    starts = range(0, len(content), SECTOR)
    for start in starts:
        end = min(start + SECTOR, len(content))
        held(content[:start] + bytes(end - start) + content[end:], start, end)
    figure(3, f"{len(starts)} sectors zeroed: the other events read")


def test_after_seven_kinds_of_garbage_tail_nothing_is_lost_and_appending_goes_on(tmp_path: Path) -> None:
    content, _ = log()
    for name, tail in TAILS.items():
        held(content + tail, len(content), len(content) + len(tail))
        folder = tmp_path / name
        (folder / "log").mkdir(parents=True)
        (folder / "log" / "a.toml").write_bytes(content + tail)
        journal = Journal(folder, device="k7x2m")
        journal.load()
        (new,) = journal.append([CaptureAdded("new", "new")], AT)
        assert journal.close(20)
        assert {event.id for event in Journal(folder, device="other").load().events} == {
            new.id,
            *(event.id for event in events()),
        }
    figure(3, f"{len(TAILS)} kinds of garbage tail: nothing lost, the next append read")

"""Who else has the session open stands in the header; the notes are written by the computer that began the run."""

from __future__ import annotations

from pathlib import Path

import pytest

from console.played import Play
from facilitator_tui.console.company import in_words
from facilitator_tui.console.drawing import header
from facilitator_tui.core.events import CaptureAdded, Event, SessionStarted
from facilitator_tui.store.journal import MemoryJournal
from facilitator_tui.store.presence import Presence, Sign

ANA, BEN, HERE = Sign("k7x2m", "a1", "Ana's laptop", ""), Sign("b7x2m", "b1", "", ""), Sign("aaaaa", "c1", "x", "")


@pytest.mark.parametrize(
    ("signs", "words"),
    [
        ((), ()),
        ((ANA,), ("with k7x2m (Ana's laptop)", "with k7x2m", "with 1 other")),
        ((BEN,), ("with b7x2m", "with 1 other")),
        ((HERE,), ("with another window here", "with 1 other")),
        ((BEN, HERE, HERE), ("with b7x2m, 2 more windows here", "with 3 others")),
    ],
)
def test_they_are_said_in_words_from_long_to_short(signs: tuple[Sign, ...], words: tuple[str, ...]) -> None:
    assert in_words(signs, "aaaaa") == words


def second_line(play: Play, width: int) -> str:
    return header.lines(play.scene, width, 2)[1].plain


def test_a_console_elsewhere_stands_in_the_header_as_far_as_there_is_room(tmp_path: Path) -> None:
    play = Play(tmp_path)
    play.press("item.start")
    play.store.folder.mkdir(parents=True, exist_ok=True)
    Presence(play.store.folder, "k7x2m", name="Ana's laptop").show()
    play.conductor.company._looked = None
    play.conductor.tick()
    assert "with k7x2m (Ana's laptop)" in second_line(play, 120)
    assert "hard stop" in second_line(play, 80)
    for width in range(80, 201):
        assert len(second_line(play, width)) <= width


def test_a_rehearsal_shows_no_sign(tmp_path: Path) -> None:
    play = Play(tmp_path)
    play.store.folder.mkdir(parents=True)
    play.conductor._banner = "REHEARSAL"
    play.conductor.company._looked = None
    play.conductor.tick()
    assert not (play.store.folder / "here").exists()


def began_by(device: str, play: Play) -> None:
    journal = play.store.journal
    assert isinstance(journal, MemoryJournal)
    at = play.clock()
    journal.receive(
        [
            Event("n", 1, "2020-09-29T12:59:00.000Z-0000-aaaaa", at, CaptureAdded("early", "early")),
            Event("s", 1, f"2020-09-29T13:00:00.000Z-0000-{device}", at, SessionStarted(at)),
        ]
    )
    play.conductor.tick()


@pytest.mark.parametrize(("device", "written"), [("aaaaa", True), ("k7x2m", False)])
def test_only_the_computer_that_began_the_run_writes_the_notes(tmp_path: Path, device: str, written: bool) -> None:
    play = Play(tmp_path)
    began_by(device, play)
    play.note("a line")
    for _, call in play.stage.timers:
        call()
    play.conductor.keeper.last()
    assert (play.store.folder / "notes.md").exists() == written

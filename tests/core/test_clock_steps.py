"""Several consoles of one computer that note the same jump of its clock move the call once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.calls import Call
from facilitator_tui.core.durations import SECOND
from facilitator_tui.core.events import ClockStepped, Event

HOUR = 3600


class Computers(Call):
    """A call under way since 09:00 that several consoles write to."""

    def __init__(self) -> None:
        super().__init__()
        self.do("09:00", "start")
        self.count = 0

    def note(self, device: str, console: str, seconds: int, late: int = 0) -> None:
        """A console says at 09:10 of the old clock, and some seconds `late`, that its clock has jumped."""
        self.count += 1
        at = self.instant("09:10") + (seconds + late) * SECOND
        stamp = f"9999-05-12T10:10:{self.count:02d}.000Z-0000-{device}"
        self.fold.add([Event(f"step{self.count}", self.count, stamp, at, ClockStepped(seconds, console))])

    @property
    def moved(self) -> timedelta:
        began = self.fold.run.began
        assert began is not None
        return began - self.instant("09:00")


@pytest.mark.parametrize("second", [HOUR - 1, HOUR, HOUR + 2])
def test_two_consoles_that_note_one_jump_move_the_call_once(second: int) -> None:
    call = Computers()
    call.note("aaaaa", "one", HOUR)
    call.note("aaaaa", "two", second, late=1)
    assert call.moved == HOUR * SECOND


def test_the_order_in_which_they_arrive_makes_no_difference() -> None:
    call = Computers()
    call.count = 1
    call.note("aaaaa", "two", HOUR)
    call.count = 0
    call.note("aaaaa", "one", HOUR)
    assert call.moved == HOUR * SECOND


@pytest.mark.parametrize(
    ("device", "console", "seconds", "late"),
    [
        ("aaaaa", "one", HOUR, 2),
        ("aaaaa", "", HOUR, 1),
        ("bbbbb", "two", HOUR, 1),
        ("aaaaa", "two", -HOUR, 1),
        ("aaaaa", "two", HOUR, 60),
    ],
    ids=["the same console", "an older program", "another computer", "another jump", "later"],
)
def test_another_jump_counts_for_itself(device: str, console: str, seconds: int, late: int) -> None:
    call = Computers()
    call.note("aaaaa", "one", HOUR)
    call.note(device, console, seconds, late)
    assert call.moved == (HOUR + seconds) * SECOND

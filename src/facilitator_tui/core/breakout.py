"""The breakout clock at an instant: which round, how long it lasts, whether people are saying goodbye.

Owns what follows from the rooms' clock and `now`. It must not know who sits where (`core.seating`), nor the item's own
clock (`core.rundown`), which runs beside it. All instants are UTC in whole seconds.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from facilitator_tui.core.calendar import floor_second
from facilitator_tui.core.durations import ZERO
from facilitator_tui.core.run import GRACE, Run

RoomsPhase = Literal["running", "closing", "closed"]


@dataclass(frozen=True, slots=True)
class RoomsClock:
    """The breakout clock at an instant."""

    item: str
    round: int
    rounds: int
    remaining: timedelta
    """Until this round ends; while closing, until the grace minute is over."""
    length: timedelta
    """Of this round."""
    phase: RoomsPhase
    round_ends: datetime
    ends: datetime


def rooms_clock(run: Run, now: datetime) -> RoomsClock | None:
    """The breakout clock at an instant: None when no rooms were opened or they are long forgotten.

    Rooms that have closed are still shown while their item is live.
    """
    clock = run.breakout
    if clock is None:
        return None
    live = run.live
    if clock.follows_pause and live and live.paused and clock.recalled is None:
        now = max(clock.opened, min(now, live.pauses[-1].started))
    now = floor_second(now)
    number = clock.round_at(now)
    ends = clock.round_ends(number)
    phase: RoomsPhase
    if now < clock.ends:
        phase, remaining = "running", ends - now
    elif now < clock.ends + GRACE:
        phase, remaining = "closing", clock.ends + GRACE - now
    else:
        if live is None or live.item != clock.item:
            return None
        phase, remaining = "closed", ZERO
    return RoomsClock(
        clock.item, number, len(clock.lengths), remaining, clock.lengths[number - 1], phase, ends, clock.ends
    )

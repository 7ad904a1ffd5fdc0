"""What the rooms page shows at one instant, as one frozen value.

Owns the names of what is on the page: which round of which breakout, which view, who is carried, what would
change. It must not know how it is drawn nor how it comes about.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from facilitator_tui.core.meetings import Meetings
from facilitator_tui.core.plan import Item
from facilitator_tui.core.room_change import PresenceGap, RoomChange
from facilitator_tui.core.room_plan import RoomPlan
from facilitator_tui.core.run import Seating

RoomsLook = Literal["seats", "met", "moves"]

LOOKS: tuple[RoomsLook, ...] = ("seats", "met", "moves")


@dataclass(frozen=True, slots=True)
class RoomsView:
    """One round of one breakout. `plan` judges all its published rounds; None while nothing is published."""

    item: Item
    round: int
    rounds: int
    look: RoomsLook = "seats"
    seating: Seating | None = None
    plan: RoomPlan | None = None
    gap: PresenceGap = field(default_factory=lambda: PresenceGap((), ()))
    happened: bool = False
    """The round took place, or is under way."""
    met: Meetings = field(default_factory=dict)
    """Meetings of the week in rounds that happened."""
    coming: Meetings = field(default_factory=dict)
    """Meetings in published rounds that are still to come."""
    locked: frozenset[str] = frozenset()
    """Rooms of this round that keep their people when the rooms are planned again."""
    hosts: Mapping[str, str] = field(default_factory=dict)
    """Who has a room by choice or as a host, by person."""
    guests: Mapping[str, str] = field(default_factory=dict)
    """The guest of a room, by room."""
    carried: str = ""
    """The person who is about to be moved."""
    effect: str = ""
    """What moving that person to the line under the cursor comes to."""
    change: RoomChange | None = None
    """A difference that is shown before it is applied."""
    moves: str = ""
    """Who changes rooms when this round begins, a line a person."""
    language: str = ""
    sitting_out: tuple[str, ...] = ()
    """Those who asked to stay out of the rooms of this breakout."""

"""Who meets whom: rotations of people over breakout rooms, with the proof where there is one.

Usable alone: standard library only, nothing of the rest of the project. State a Problem, call solve().
"""

from __future__ import annotations

from facilitator_tui.rotation.even import even_problem, even_rooms
from facilitator_tui.rotation.judge import judged
from facilitator_tui.rotation.problem import (
    ImpossibleRooms,
    NewPeople,
    Person,
    Problem,
    RoomSpec,
    RotationProblem,
    RoundSpec,
)
from facilitator_tui.rotation.replan import Replan, Way, replan, seat_latecomer
from facilitator_tui.rotation.result import Broken, Move, Rotation, Seats, Tier, moves_between, sentence
from facilitator_tui.rotation.sizes import room_sizes
from facilitator_tui.rotation.solve import solve

__all__ = [
    "Broken",
    "ImpossibleRooms",
    "Move",
    "NewPeople",
    "Person",
    "Problem",
    "Replan",
    "RoomSpec",
    "Rotation",
    "RotationProblem",
    "RoundSpec",
    "Seats",
    "Tier",
    "Way",
    "even_problem",
    "even_rooms",
    "judged",
    "moves_between",
    "replan",
    "room_sizes",
    "seat_latecomer",
    "sentence",
    "solve",
]

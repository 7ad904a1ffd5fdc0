"""How many people a room gets: even room sizes for a head count, and targets within what each room allows.

This module owns arithmetic of room sizes only. It must not know who the people are.
"""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from dataclasses import dataclass

from facilitator_tui.rotation.problem import ImpossibleRooms, RoomSpec


def room_sizes(people: int, *, size: int | None = None, rooms: int | None = None) -> list[int]:
    """Sizes of rooms for so many people, larger rooms first; they differ by at most one, nobody is left out.

    With `rooms` that many rooms are made; with `size` alone, the number of rooms that brings the average
    nearest to it. Raises ImpossibleRooms.
    """
    if people < 1:
        raise ImpossibleRooms("There is nobody to seat; give one person or more.")
    if size is not None and size < 1:
        raise ImpossibleRooms(f"A room can't have {size} people; give a size of one or more.")
    if rooms is not None and rooms < 1:
        raise ImpossibleRooms(f"{people} people can't be spread over {rooms} rooms; give one room or more.")
    if rooms is None:
        if size is None:
            raise ImpossibleRooms("The rooms are not described; give a size or a number of rooms.")
        rooms, size = _count_for(people, size), None
    if rooms > people:
        raise ImpossibleRooms(
            f"{rooms} rooms for {people} people would leave rooms empty; give {people} rooms or fewer."
        )
    if size is not None and not (people // rooms - 1 <= size <= -(-people // rooms) + 1):
        raise ImpossibleRooms(
            f"{people} people in {rooms} rooms sit about {round(people / rooms)} a room, not {size}; "
            f"take {_count_for(people, size)} rooms for rooms of {size}."
        )
    small, extra = divmod(people, rooms)
    return [small + 1] * extra + [small] * (rooms - extra)


def _count_for(people: int, size: int) -> int:
    few = max(1, people // size)
    many = few + 1
    if many > people or people <= size:
        return few
    return few if people / few - size < size - people / many else many


@dataclass(frozen=True, slots=True)
class Sizing:
    """Target sizes of the rooms of a round, with the range each may take so that the total stays the same."""

    targets: tuple[int, ...]
    lows: tuple[int, ...]
    highs: tuple[int, ...]


def sizing(rooms: Sequence[RoomSpec], people: int, pinned: Sequence[int]) -> Sizing:
    """Share so many people over these rooms; `pinned` says how many must sit in each.

    First every room gets its smallest, then always the room that is furthest below its wished size. Rooms
    stay empty (from the last one) when there are too few people for all of them, and go above their largest,
    evenly, when there are too many: nobody is ever left out.
    """
    targets = list(pinned)
    left = people - sum(targets)
    opened = list(range(len(rooms)))
    need = [max(0, room.smallest - count) for room, count in zip(rooms, targets, strict=True)]
    while sum(need[index] for index in opened) > left and len(opened) > 1:
        closable = [index for index in opened if not pinned[index]]
        if not closable:
            break
        opened.remove(closable[-1])
    for index in opened:
        extra = min(need[index], left)
        targets[index] += extra
        left -= extra
    left = _pour(rooms, targets, opened, left, within=True)
    left = _pour(rooms, targets, list(range(len(rooms))), left, within=True)
    _pour(rooms, targets, list(range(len(rooms))), left, within=False)
    return Sizing(tuple(targets), *_ranges(rooms, targets))


def _pour(rooms: Sequence[RoomSpec], targets: list[int], opened: list[int], left: int, *, within: bool) -> int:
    queue = [(targets[index] - rooms[index].wished, index) for index in opened]
    heapq.heapify(queue)
    while left and queue:
        gap, index = heapq.heappop(queue)
        if within and targets[index] >= rooms[index].largest:
            continue
        targets[index] += 1
        left -= 1
        heapq.heappush(queue, (gap + 1, index))
    return left


def _ranges(rooms: Sequence[RoomSpec], targets: Sequence[int]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Rooms of one kind may trade their odd seats among each other; a room that stays empty stays empty."""
    kinds: dict[tuple[int, int, int], list[int]] = {}
    for room, target in zip(rooms, targets, strict=True):
        if target:
            kinds.setdefault((room.smallest, room.wished, room.largest), []).append(target)
    spans = {kind: (min(sizes), max(sizes)) for kind, sizes in kinds.items()}
    lows: list[int] = []
    highs: list[int] = []
    for room, target in zip(rooms, targets, strict=True):
        low, high = spans.get((room.smallest, room.wished, room.largest), (0, 0))
        lows.append(low if target else 0)
        highs.append(max(target, min(high, room.largest)) if target else 0)
    return tuple(lows), tuple(highs)

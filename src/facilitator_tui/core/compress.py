"""Shrinking the rest of an agenda so that it ends on time: computed, shown, and only then applied.

Owns the one algorithm. It must not know how a preview looks. Lengths never grow and never fall below an item's
least; what can't be saved is said.

Method: proportional sharing with floors. A wall is the next hard start (or the latest start of an item with a
fixed end), at last the hard stop. Between the end of what comes before and the wall, the flexible items share
what the fixed ones leave in proportion to their lengths; items that reach their least are taken out and the rest
is shared again until nothing changes. What a wall's items could not save is carried on to the next wall.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from facilitator_tui.core.durations import SECOND, ZERO
from facilitator_tui.core.rundown import Row, Rundown


@dataclass(frozen=True, slots=True)
class Change:
    """One row of the preview."""

    item: str
    title: str
    old: timedelta
    new: timedelta

    @property
    def difference(self) -> timedelta:
        return self.new - self.old


@dataclass(frozen=True, slots=True)
class Compression:
    """What a compress would do. `still_over` is how late the session ends even so (zero or less: it fits)."""

    changes: tuple[Change, ...]
    ends: datetime
    still_over: timedelta


@dataclass(frozen=True, slots=True)
class _Step:
    """A future item as the algorithm sees it."""

    item: str
    length: timedelta
    least: timedelta
    hard: datetime | None
    fixed_end: datetime | None

    @property
    def wall(self) -> datetime | None:
        """By when what comes before must be over: the hard start, or so that the least fits before a fixed end."""
        if self.hard is not None or self.fixed_end is None:
            return self.hard
        return self.fixed_end - self.least


Lengths = dict[str, timedelta]


def compress(rundown: Rundown) -> Compression:
    """The lengths that make the rest of the agenda fit; no changes when it fits already."""
    future = [row for row in rundown.rows if row.state == "future" and row.item.kind != "cue"]
    steps = [_step(rundown, row) for row in future]
    lengths = {step.item: step.length for step in steps}
    origin = _origin(rundown)
    _shrink_wall_by_wall(steps, origin, rundown.hard_stop, lengths)
    end = _walk(steps, origin, lengths) if steps else rundown.expected_end
    changes = tuple(
        Change(row.item.id, row.item.title, row.length, lengths[row.item.id])
        for row in future
        if lengths[row.item.id] != row.length
    )
    return Compression(changes, end, end - rundown.hard_stop)


def _step(rundown: Rundown, row: Row) -> _Step:
    item = row.item
    hard = rundown.layout.instant(item.at) if item.at is not None else None
    fixed_end = row.fixed_end
    # The length of an item with a fixed end shrinks when it starts late; its least does not.
    least = item.least if fixed_end else min(item.least, row.length)
    return _Step(item.id, row.length, least, hard, fixed_end)


def _origin(rundown: Rundown) -> datetime:
    """Where the future begins: the end of the live item, the awaited start, or the planned start."""
    if rundown.live:
        return rundown.live.row.expected_end
    if rundown.waiting:
        return rundown.waiting.expected_start
    return rundown.layout.start


def _shrink_wall_by_wall(steps: list[_Step], start: datetime, stop: datetime, lengths: Lengths) -> None:
    segment: list[_Step] = []
    for step in steps:
        if step.wall is not None:
            _fit(segment, step.wall - start, lengths)
            start = _walk(segment, start, lengths)
            segment = []
            if step.fixed_end is not None:
                start = _walk([step], start, lengths)
                continue
            start = max(start, step.wall)
        segment.append(step)
    _fit(segment, stop - start, lengths)


def _walk(steps: list[_Step], start: datetime, lengths: Lengths) -> datetime:
    """When `steps` end if they begin at `start` and take these lengths."""
    for step in steps:
        start = start if step.hard is None else max(step.hard, start)
        start = start + lengths[step.item] if step.fixed_end is None else max(step.fixed_end, start)
    return start


def _fit(segment: list[_Step], room: timedelta, lengths: Lengths) -> None:
    """Shrink the flexible items of a segment in proportion, so that it takes `room` if that can be reached."""
    whole = sum((step.length for step in segment), ZERO)
    if whole <= room:
        return
    flexible = [step for step in segment if step.least < step.length]
    fixed = whole - sum((step.length for step in flexible), ZERO)
    while flexible:
        left = max(ZERO, room - fixed)
        share = sum((step.length for step in flexible), ZERO)
        # Whole numbers: a length from a log edited by hand, times another, is more than a timedelta holds.
        floored = [
            step
            for step in flexible
            if _seconds(step.length) * _seconds(left) <= _seconds(step.least) * _seconds(share)
        ]
        if not floored:
            _share_out(flexible, left, share, lengths)
            return
        for step in floored:
            lengths[step.item] = step.least
            fixed += step.least
        flexible = [step for step in flexible if step not in floored]


def _share_out(flexible: list[_Step], left: timedelta, share: timedelta, lengths: Lengths) -> None:
    """Whole seconds, rounded down; the last item takes the remainder, and none gets longer than it was."""
    for step in flexible:
        lengths[step.item] = _seconds(step.length) * _seconds(left) // _seconds(share) * SECOND
    remainder = left - sum((lengths[step.item] for step in flexible), ZERO)
    for step in reversed(flexible):
        more = min(remainder, step.length - lengths[step.item])
        lengths[step.item] += more
        remainder -= more


def _seconds(length: timedelta) -> int:
    return int(length // SECOND)

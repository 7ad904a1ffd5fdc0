"""The hybrid logical clock: stamps that order the events of several computers whose clocks disagree.

Owns the text of a stamp (`2026-05-12T19:03:11.123Z-0000-k7x2m`: instant, counter, device; it sorts as text)
and the rule by which stamps seen elsewhere move ours (Kulkarni and others, "Logical Physical Clocks", 2014).
It must not know events or files; the wall clock is given to it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from threading import Lock

STAMP = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)-(\d{4})-([a-z0-9]{1,16})", re.ASCII)

MOST_AHEAD = timedelta(minutes=5)
"""A stamp further ahead of our wall clock than this does not move our clock."""

MOST_AHEAD_OWN = timedelta(hours=26)
"""The same for stamps of this very device: they are from before its clock was set back, and what it says next
must still come after them."""

_LAST_COUNT = 9999
_STEP = timedelta(milliseconds=1)


def wall_now() -> datetime:
    """The computer's clock, in UTC."""
    return datetime.now(UTC)


def _instant_text(moment: datetime) -> str:
    if moment.tzinfo is not UTC:
        moment = moment.astimezone(UTC)
    return f"{moment.isoformat(timespec='milliseconds')[:-6]}Z"


class Clock:
    """Gives out stamps that rise within this process and stand behind every stamp seen. Thread-safe."""

    def __init__(self, device: str, wall: Callable[[], datetime] = wall_now) -> None:
        self._device = device
        self._wall = wall
        self._last = ("", 0)
        self._lock = Lock()

    def stamp(self, moment: datetime | None = None) -> str:
        """A new stamp, later than all before it. `moment` is what the wall clock says, if that was just read."""
        now = _instant_text(moment or self._wall())
        with self._lock:
            last, count = self._last
            if now > last:
                self._last = (now, 0)
            elif count < _LAST_COUNT:
                self._last = (last, count + 1)
            else:
                self._last = (_instant_text(datetime.fromisoformat(last) + _STEP), 0)
            return f"{self._last[0]}-{self._last[1]:04d}-{self._device}"

    def merge(self, stamps: Iterable[str]) -> tuple[str, ...]:
        """Let stamps of others move our clock; returns those too far ahead, which do not."""
        now = self._wall()
        limit, own_limit = _instant_text(now + MOST_AHEAD), _instant_text(now + MOST_AHEAD_OWN)
        own = f"-{self._device}"
        ahead, newest = [], ""
        for stamp in stamps:
            if stamp[:24] > limit:
                ahead.append(stamp)
                if not stamp.endswith(own) or stamp[:24] > own_limit:
                    continue
            newest = max(newest, stamp)
        seen = STAMP.fullmatch(newest)
        if seen is not None:
            with self._lock:
                self._last = max(self._last, (seen[1], int(seen[2])))
        return tuple(ahead)

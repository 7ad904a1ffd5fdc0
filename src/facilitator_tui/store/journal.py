"""The journal of one session: what happened goes in, and comes back after any accident.

Owns the identity of new events (id, seq, stamp, group), what is known of the log so far, and the way from an
event to the writer. It must not know what events mean, nor how bytes become safe (`store.writer`). Opening a
journal reads nothing and creates nothing.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from typing import Protocol

from facilitator_tui.core.events import Event, Payload
from facilitator_tui.core.ids import uuid7
from facilitator_tui.store.block import Block, Damage, settle
from facilitator_tui.store.clock import Clock, wall_now
from facilitator_tui.store.log_folder import Loaded, LogFolder, Page, Union
from facilitator_tui.store.writer import CALM, WELL, Entry, Pace, Trouble, Writer

__all__ = ["Journal", "Loaded", "Log", "MemoryJournal", "Pace", "Trouble"]

LOG = "log"
"""The folder of segments inside a session's records."""


def _nobody(told: object) -> None:
    return None


class Log(Protocol):
    """What the console and the command line need of a journal."""

    def load(self) -> Loaded: ...
    def append(self, payloads: Sequence[Payload], at: datetime) -> tuple[Event, ...]: ...
    def wait_saved(self, timeout: float | None = None) -> bool: ...
    def unsaved(self) -> tuple[Event, ...]: ...
    def poll(self) -> tuple[Event, ...]: ...
    def close(self, timeout: float | None = None) -> bool: ...
    @property
    def device(self) -> str: ...
    @property
    def trouble(self) -> Trouble: ...


class _Stamper:
    """Makes events of payloads. What it gives is exactly what reading the block will give."""

    def __init__(self, device: str, wall: Callable[[], datetime]) -> None:
        self.clock = Clock(device, wall)
        self._wall = wall
        self._seq = 0

    def blocks(self, payloads: Sequence[Payload], at: datetime) -> list[Block]:
        """Blocks of one action. Raises what `encode` raises, and then nothing has happened."""
        now = self._wall()
        milliseconds = int(now.timestamp() * 1000)
        made: list[Block] = []
        group = ""
        for seq, payload in enumerate(payloads, self._seq + 1):
            id = uuid7(milliseconds, secrets.randbits(74))
            if not made and len(payloads) > 1:
                group = id
            event, raw = settle(Event(id, seq, self.clock.stamp(now), at, payload, group))
            made.append(Block(event, "ok", 0, 0, raw))
        self._seq += len(made)
        return made


def _union_of(pages: Sequence[Page]) -> Union:
    union = Union()
    union.take(pages)
    return union


class Journal:
    """The log of one session in a folder. Every method may be called from any thread.

    `folder` is the session's folder in the records, `fallback` a folder that is used when it can't be
    written. `on_saved` gets the ids that are now safe and `on_trouble` what a person should see; both are
    called from the writer's threads and must not raise.
    """

    def __init__(
        self,
        folder: Path,
        *,
        device: str,
        fallback: Path | None = None,
        wall: Callable[[], datetime] = wall_now,
        on_saved: Callable[[tuple[str, ...]], None] = _nobody,
        on_trouble: Callable[[Trouble], None] = _nobody,
        pace: Pace = CALM,
    ) -> None:
        self.folder = folder
        self._device = device
        self._wall = wall
        self._stamper = _Stamper(device, wall)
        self._lock = Lock()
        self._reading = Lock()
        """Held while files are read, so that reading slowly never holds up `append`. Taken first."""
        places = [folder / LOG] + ([fallback / LOG] if fallback else [])
        self._shelves = [LogFolder(place) for place in places]
        self._own: dict[str, Block] = {}
        self._union = Union()
        self._strays = b""
        self._writer = Writer(places, self._stem, on_saved, on_trouble, lambda: self._strays, pace)

    def load(self) -> Loaded:
        """Read everything there is, in both places, and what this run has appended."""
        with self._reading:
            shelves = [LogFolder(shelf.folder) for shelf in self._shelves]
            books = [shelf.located() for shelf in shelves]
            unions = [_union_of(pages) for pages in books]
            damage = [one for pages in books for page in pages for one in page.damage]
            damage += [Damage(0, 0, 0, shelf.trouble, file=str(shelf.folder)) for shelf in shelves if shelf.trouble]
            files = tuple(page.file for pages in books for page in pages if page.regular)
            whole = Union()
            for union in unions:
                whole.merge(union)
            with self._lock:
                for block in self._own.values():
                    whole.add(block, "")
                self._shelves, self._union = shelves, whole
                self._strays = self._only_elsewhere(unions)
            return self._loaded(whole, tuple(damage), files)

    def _only_elsewhere(self, unions: list[Union]) -> bytes:
        """Blocks that earlier runs could bring to the second place only."""
        strays = [block for union in unions[1:] for block in union.missing_in(unions[0])]
        return b"".join(b"\n" + block.raw for block in strays if block.event.id not in self._own)

    def _loaded(self, whole: Union, damage: tuple[Damage, ...], files: tuple[str, ...]) -> Loaded:
        events = whole.events
        ahead = set(self._stamper.clock.merge([event.hlc for event in events]))
        kinds, keys = whole.unknown()
        return Loaded(
            events=events,
            damage=damage,
            edited=whole.edited,
            unknown_kinds=kinds,
            unknown_keys=keys,
            ahead=tuple(event for event in events if event.hlc in ahead),
            files=files,
        )

    def append(self, payloads: Sequence[Payload], at: datetime) -> tuple[Event, ...]:
        """Make one action's events and queue them; `at` is the instant they speak of.

        Returns at once, before anything is safe. Raises block.TooLong for a text over 1 MiB; then nothing
        was appended.
        """
        if not payloads:
            return ()
        with self._lock:
            blocks = self._stamper.blocks(payloads, at)
            for block in blocks:
                self._own[block.event.id] = block
            self._writer.put([Entry(block.event.id, block.raw) for block in blocks])
            # Behind the hand-over: this is done while the writer wakes.
            for block in blocks:
                self._union.add(block, "")
        return tuple(block.event for block in blocks)

    def wait_saved(self, timeout: float | None = None) -> bool:
        """Wait until all appended events are safe; False when `timeout` seconds were not enough."""
        return self._writer.wait(timeout)

    def unsaved(self) -> tuple[Event, ...]:
        """Events of this run that are not safe yet, in order."""
        return tuple(self._own[id].event for id in self._writer.unsaved())

    def poll(self) -> tuple[Event, ...]:
        """Events that others wrote since the last look, in order; an event whose better copy came is among
        them again. Costs one stat a file when there is nothing."""
        with self._reading:
            own = self._writer.files
            pages = [page for shelf in self._shelves for page in shelf.fresh(skip=own)]
            if not pages:
                return ()
            with self._lock:
                found = self._union.take(pages)
            self._stamper.clock.merge([event.hlc for event in found])
            return tuple(found)

    @property
    def device(self) -> str:
        """The id of the computer whose events are appended here."""
        return self._device

    def close(self, timeout: float | None = 5.0) -> bool:
        """Save what is queued and stop the writer; True when everything is safe. Nothing relies on it."""
        return self._writer.close(timeout)

    @property
    def trouble(self) -> Trouble:
        """How the writer is; kind `well` when there is nothing to say."""
        return self._writer.trouble

    def _stem(self) -> str:
        return f"{self._wall().astimezone(UTC):%Y%m%dT%H%M%SZ}-{self._device}"


class MemoryJournal:
    """A journal that keeps everything in memory: for tests and rehearsals. Everything is safe at once."""

    def __init__(
        self,
        *,
        device: str = "aaaaa",
        wall: Callable[[], datetime] = wall_now,
        on_saved: Callable[[tuple[str, ...]], None] = _nobody,
        events: Sequence[Event] = (),
    ) -> None:
        self.device = device
        self._stamper = _Stamper(device, wall)
        self._on_saved = on_saved
        self._events = {event.id: event for event in events}
        self._arrived: list[Event] = []

    def load(self) -> Loaded:
        self.poll()
        events = tuple(sorted(self._events.values(), key=lambda event: event.order))
        ahead = set(self._stamper.clock.merge([event.hlc for event in events]))
        return Loaded(events=events, ahead=tuple(event for event in events if event.hlc in ahead))

    def append(self, payloads: Sequence[Payload], at: datetime) -> tuple[Event, ...]:
        events = tuple(block.event for block in self._stamper.blocks(payloads, at))
        self._events |= {event.id: event for event in events}
        if events:
            self._on_saved(tuple(event.id for event in events))
        return events

    def receive(self, events: Sequence[Event]) -> None:
        """Let events of another device arrive; the next `poll` gives them."""
        self._arrived += [event for event in events if event.id not in self._events]

    def wait_saved(self, timeout: float | None = None) -> bool:
        return True

    def unsaved(self) -> tuple[Event, ...]:
        return ()

    def poll(self) -> tuple[Event, ...]:
        arrived, self._arrived = self._arrived, []
        self._events |= {event.id: event for event in arrived}
        self._stamper.clock.merge([event.hlc for event in arrived])
        return tuple(sorted(arrived, key=lambda event: event.order))

    def close(self, timeout: float | None = None) -> bool:
        return True

    @property
    def trouble(self) -> Trouble:
        return WELL

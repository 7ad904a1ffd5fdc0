"""Reading a folder of segments: every regular `*.toml` in it, whoever wrote it and whatever its name.

Owns which files are read, how a file that grew or was replaced is read again from where it was, and the union
of all events by id. It must not know who writes (`store.writer`) nor what events mean. It never changes,
creates or deletes anything.
"""

from __future__ import annotations

import errno
import os
import stat
import zlib
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from facilitator_tui.core.events import Event, Unknown
from facilitator_tui.store import disk
from facilitator_tui.store.block import Block, Damage, read_blocks

LARGEST_FILE = 64 << 20
"""Bytes that are read of one file; our own segments are closed long before."""


@dataclass(frozen=True, slots=True)
class Page:
    """What one look at a file brought that was not there at the look before."""

    file: str
    blocks: tuple[Block, ...]
    damage: tuple[Damage, ...]
    regular: bool = True


@dataclass(frozen=True, slots=True)
class _Mark:
    """How far a file was read: what it looked like, and the length and crc of what is settled."""

    looks: tuple[int, int, int, int]
    settled: int = 0
    crc: int = 0


class LogFolder:
    """One folder of segments, looked at again and again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._marks: dict[str, _Mark] = {}

    def fresh(self, skip: Collection[str] = ()) -> list[Page]:
        """What is new since the last call, file by file. `skip` names files that are not looked at."""
        pages = []
        for name, looks in self._names():
            mark = self._marks.get(name)
            if name in skip or (mark is not None and mark.looks == looks):
                continue
            pages.append(self._page(name, looks, mark))
        return pages

    def located(self) -> list[Page]:
        """What `fresh` gives, with whole paths instead of names."""
        return [
            replace(
                page,
                file=str(self.folder / page.file),
                damage=tuple(replace(one, file=str(self.folder / one.file)) for one in page.damage),
            )
            for page in self.fresh()
        ]

    @property
    def trouble(self) -> str:
        """Why the folder itself can't be read; empty when it can, or when there is none yet."""
        try:
            os.scandir(self.folder).close()
        except FileNotFoundError:
            return ""
        except OSError as problem:
            return (problem.strerror or str(problem)).lower()
        return ""

    def _names(self) -> list[tuple[str, tuple[int, int, int, int]]]:
        found = []
        try:
            with os.scandir(self.folder) as entries:
                for entry in entries:
                    if not entry.name.lower().endswith(".toml"):
                        continue
                    try:
                        now = os.stat(entry.path, follow_symlinks=False)
                    except OSError:
                        continue
                    looks = (now.st_dev, now.st_ino, now.st_size, now.st_mtime_ns)
                    found.append((entry.name, looks))
        except OSError:
            return []
        return sorted(found)

    def _page(self, name: str, looks: tuple[int, int, int, int], mark: _Mark | None) -> Page:
        try:
            data, who, mtime = disk.read_regular(self.folder / name, LARGEST_FILE)
        except OSError as problem:
            self._marks[name] = _Mark(looks)
            return Page(name, (), (Damage(0, 0, 0, _why_not_read(problem), file=name),), regular=False)
        looks = (who.device, who.inode, who.size, mtime)
        known = 0
        if mark is not None and mark.settled and zlib.crc32(data[: mark.settled]) == mark.crc:
            known = mark.settled
        blocks, damage = read_blocks(data[known:], known, 1 + data.count(b"\n", 0, known))
        settled = _settled(data, blocks, damage)
        self._marks[name] = _Mark(looks, settled, zlib.crc32(data[:settled]))
        if who.size > LARGEST_FILE:
            why = "the file is over 64 MiB long, what lies behind is not read"
            damage.append(Damage(len(data), 0, who.size - len(data), why))
        return Page(name, tuple(blocks), tuple(replace(one, file=name) for one in damage))


def _settled(data: bytes, blocks: Sequence[Block], damage: Sequence[Damage]) -> int:
    """How far a file need not be read again. Behind an unfinished line anything may still come, so the last
    block is read once more: its line may be a part of the next header, or a crc without its line end."""
    line = data.rfind(b"\n") + 1
    whole = len(data) if line == len(data) else min(line, blocks[-1].offset) if blocks else line
    return min(whole, damage[-1].offset) if damage and damage[-1].torn else whole


def _why_not_read(problem: OSError) -> str:
    if problem.errno == errno.ELOOP:
        return "a link is not followed"
    if problem.errno in {errno.EINVAL, errno.ENXIO, errno.EISDIR}:
        return "this is not a regular file"
    return (problem.strerror or str(problem)).lower()


@dataclass(frozen=True, slots=True)
class Edited:
    """An event whose bytes are not those that were written: kept, and shown as edited by hand."""

    id: str
    file: str
    offset: int
    line: int


@dataclass(frozen=True, slots=True)
class Loaded:
    """All that a log holds. `ahead` are events stamped further in the future than a clock may be wrong."""

    events: tuple[Event, ...] = ()
    damage: tuple[Damage, ...] = ()
    edited: tuple[Edited, ...] = ()
    unknown_kinds: Mapping[str, int] = field(default_factory=dict)
    unknown_keys: Mapping[str, int] = field(default_factory=dict)
    """Counted by `kind.key`."""
    ahead: tuple[Event, ...] = ()
    files: tuple[str, ...] = ()


class Union:
    """All events by id. The order in which copies arrive makes no difference to what is kept."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[Block, str]] = {}

    def __contains__(self, id: str) -> bool:
        return id in self._kept

    def add(self, block: Block, file: str) -> bool:
        """Take a copy in; True when the event is new or what is known of it has changed.

        An intact copy stands before an edited one, then the smaller bytes: an arbitrary rule, but everywhere
        the same.
        """
        kept = self._kept.get(block.event.id)
        if kept is not None and _rank(kept[0]) <= _rank(block):
            return False
        self._kept[block.event.id] = (block, file)
        return kept is None or kept[0].event != block.event

    def take(self, pages: Iterable[Page]) -> list[Event]:
        """Take whole pages in; the events that are new or changed, in order."""
        changed = {}
        for page in pages:
            for block in page.blocks:
                if self.add(block, page.file):
                    changed[block.event.id] = block.event
        return sorted(changed.values(), key=lambda event: event.order)

    @property
    def events(self) -> tuple[Event, ...]:
        return tuple(sorted((block.event for block, _ in self._kept.values()), key=lambda one: one.order))

    @property
    def edited(self) -> tuple[Edited, ...]:
        found = [
            Edited(block.event.id, file, block.offset, block.line)
            for block, file in self._kept.values()
            if block.status == "edited"
        ]
        return tuple(sorted(found, key=lambda one: (one.file, one.offset)))

    def unknown(self) -> tuple[dict[str, int], dict[str, int]]:
        """How often each kind, and each `kind.key`, occurs that this version does not read."""
        kinds: Counter[str] = Counter()
        keys: Counter[str] = Counter()
        for block, _ in self._kept.values():
            payload = block.event.payload
            if isinstance(payload, Unknown):
                kinds[payload.name] += 1
            else:
                keys.update(f"{payload.kind}.{key}" for key in block.unread)
        return dict(sorted(kinds.items())), dict(sorted(keys.items()))

    def merge(self, other: Union) -> None:
        """Take in all that another union holds."""
        for block, file in other._kept.values():
            self.add(block, file)

    def missing_in(self, other: Union) -> list[Block]:
        """Blocks that the other does not hold, in order."""
        found = [block for id, (block, _) in self._kept.items() if id not in other]
        return sorted(found, key=lambda block: block.event.order)


def _rank(block: Block) -> tuple[bool, bytes]:
    return (block.status == "edited", block.raw)


def foreign_entries(folder: Path) -> tuple[tuple[str, str], ...]:
    """What lies in a log folder without being a segment: name and what it is."""
    found = []
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                try:
                    mode = os.stat(entry.path, follow_symlinks=False).st_mode
                except OSError:
                    continue
                kind = _kind_of(mode)
                if kind != "file" or not entry.name.lower().endswith(".toml"):
                    found.append((entry.name, kind))
    except OSError:
        return ()
    return tuple(sorted(found))


def _kind_of(mode: int) -> str:
    for test, name in (
        (stat.S_ISREG, "file"),
        (stat.S_ISDIR, "folder"),
        (stat.S_ISLNK, "link"),
        (stat.S_ISFIFO, "pipe"),
        (stat.S_ISSOCK, "socket"),
    ):
        if test(mode):
            return name
    return "device"

"""Proof 6: a model of power cuts. What was not flushed may be missing, there in part, or zeros.

The calls of a real writer are recorded. A crash may come after any of them; a name is safe once its folder was
flushed behind it, bytes are safe once their file was flushed behind them, and everything else is left to chance.
"""

from __future__ import annotations

import errno
import random
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from facilitator_tui.store import disk
from facilitator_tui.store.block import read_blocks
from faults.measure import figure, many
from store.test_writer import LONG_S, Call, Double


class Recorder(Double):
    """Also writes down each call in its order: what it was, on which path, with which bytes."""

    def __init__(self, refuse: Callable[[str, int], int | None] = lambda name, number: None) -> None:
        super().__init__(refuse)
        self.calls: list[tuple[str, Path, bytes]] = []
        self.names: list[tuple[int, tuple[str, ...]]] = []

    def open(self, path: Path, flags: int, mode: int = 0o777) -> int:
        fd = super().open(path, flags, mode)
        if path in self.content and not self.content[path]:
            self._note("create", path)
        return fd

    def write(self, fd: int, data: bytes) -> int:
        short = super().write(fd, data)
        self._note("write", self.paths[fd], bytes(data)[:short])
        return short

    def fsync(self, fd: int) -> None:
        super().fsync(fd)
        self._note("sync", self.paths[fd])

    def mkdir(self, path: Path, mode: int) -> None:
        super().mkdir(path, mode)
        self._note("mkdir", Path(path))

    def unlink(self, path: Path) -> None:
        super().unlink(path)
        self._note("unlink", Path(path))

    def acknowledged(self, ids: tuple[str, ...]) -> None:
        with self._lock:
            self.names.append((len(self.calls), ids))

    def _note(self, call: str, path: Path, data: bytes = b"") -> None:
        with self._lock:
            self.calls.append((call, Path(path), data))


@dataclass
class Medium:
    """What a disk knows after some calls: what is safe, and what is not yet."""

    safe: dict[Path, bytes] = field(default_factory=dict)
    written: dict[Path, bytes] = field(default_factory=dict)
    named: set[Path] = field(default_factory=set)
    folders: set[Path] = field(default_factory=set)

    def take(self, call: str, path: Path, data: bytes) -> None:
        match call:
            case "create":
                self.written[path] = b""
                self.safe[path] = b""
            case "mkdir":
                self.folders.add(path)
            case "write":
                self.written[path] += data
            case "sync" if path in self.written:
                self.safe[path] = self.written[path]
            case "unlink":
                self.written.pop(path, None)
            case "sync":
                self.named |= {one for one in (*self.written, *self.folders) if one.parent == path}

    def after_a_crash(self, chance: random.Random) -> list[bytes]:
        """The contents of the files that can still be found, one way it may have come."""
        kind = chance.randrange(4)
        kept = []
        for path, content in self.written.items():
            places = [one for one in (path, *path.parents) if one in self.folders or one in self.written]
            risky = [one for one in places if one not in self.named]
            if risky and (kind == 0 or chance.random() < 0.5):
                continue
            kept.append(self._content(path, content, kind, chance))
        return kept

    def _content(self, path: Path, content: bytes, kind: int, chance: random.Random) -> bytes:
        safe = self.safe[path]
        tail = content[len(safe) :]
        if kind == 0:
            return safe
        if kind == 1:
            return safe + tail[: chance.randrange(len(tail) + 1)]
        if kind == 2:
            return safe + bytes(len(tail))
        cut = chance.randrange(len(tail) + 1)
        return safe + bytes(cut) + tail[cut:]


def recorded(home: Path, monkeypatch: pytest.MonkeyPatch, trouble: str) -> Recorder:
    """A call with some trouble on its way."""
    failing = threading.Event()

    def refuse(called: str, count: int) -> int | None:
        wanted = {"flush": "fsync", "full": "write"}.get(trouble)
        if failing.is_set() and called == wanted:
            failing.clear()
            return errno.ENOSPC
        return None

    double = Recorder(refuse)
    monkeypatch.setattr(disk, "os", double)
    call = Call(home, double)
    saved = call._saved
    call.journal._writer._on_saved = lambda ids: (double.acknowledged(ids), saved(ids))[0]
    for number in range(12):
        call.note(f"note {number} " + "x" * (37 * number % 900))
        if number % 3 == 0:
            call.journal.wait_saved(LONG_S)
        if number == 6:
            failing.set()
    assert call.journal.wait_saved(LONG_S)
    call.journal.close(LONG_S)
    monkeypatch.undo()
    return double


@pytest.mark.parametrize("trouble", ["none", "flush", "full"])
def test_no_crash_loses_what_was_acknowledged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, trouble: str) -> None:
    double = recorded(tmp_path, monkeypatch, trouble)
    chance = random.Random(6)
    states = lost = 0
    medium = Medium()
    each = many(4, 60)
    for number in range(len(double.calls) + 1):
        known = {id for at, ids in double.names if at <= number for id in ids}
        for _ in range(each):
            found: set[Any] = set()
            for content in medium.after_a_crash(chance):
                blocks, _ = read_blocks(content)
                found |= {block.event.id for block in blocks if block.status == "ok"}
            states += 1
            lost += len(known - found)
        if number < len(double.calls):
            medium.take(*double.calls[number])
    figure(6, f"{trouble}: {states} modelled crashes, {lost} acknowledged lost")
    assert states >= many(100, 2000)
    assert lost == 0


def test_a_model_that_forgets_the_parent_folder_does_lose_so_the_model_can_tell(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    double = recorded(tmp_path, monkeypatch, "none")
    medium = Medium()
    for call, path, data in double.calls:
        if not (call == "sync" and path not in medium.written):
            medium.take(call, path, data)
    chance = random.Random(6)
    assert any(not medium.after_a_crash(chance) for _ in range(20))

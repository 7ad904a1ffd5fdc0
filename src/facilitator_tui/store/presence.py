"""Signs of presence: which consoles have a session open, told through the folder they share.

Owns the small files `records/<session>/here/<device>-<console>.toml`. It must not know what is made of them. A
console writes its own once a minute and takes it away when it leaves; nobody ever changes another computer's. A sign
counts as long as it changes: so two clocks that disagree matter only until the next one. On one computer the process
is asked for instead. Nothing of the log depends on a sign, and a folder that can't be written costs only that.
"""

from __future__ import annotations

import os
import platform
import re
import secrets
import time
import tomllib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from facilitator_tui.core.text import clean
from facilitator_tui.store import atomic, disk
from facilitator_tui.store.clock import wall_now

HERE = "here"
"""The folder of signs inside a session's records."""

EVERY_S = 60.0
GONE_AFTER_S = 180.0
"""A sign that has not changed for so long is that of a console that is gone; a slow sync tool takes a minute or so."""

_LARGEST = 1024
_MOST = 64
_LONGEST_NAME = 40
_ID = re.compile("[a-z0-9]{1,16}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Sign:
    """A console somewhere. `name` is what its computer is called, empty when it has no name."""

    device: str
    console: str
    name: str
    at: str
    """The instant of the sign by the clock of its computer, ISO 8601."""
    process: int = 0
    """Its number on that computer; 0 when it is not told."""


class Presence:
    """The signs of one session. `show`, `others` and `leave` read and write files: not for the thread of the keys."""

    def __init__(
        self,
        folder: Path,
        device: str,
        *,
        name: str | None = None,
        wall: Callable[[], datetime] = wall_now,
        since: Callable[[], float] = time.monotonic,
    ) -> None:
        self.device, self.console = device, secrets.token_hex(2)
        """Ids of this computer and of this very console."""
        self._folder, self._session_folder = folder / HERE, folder
        self._name = computer_name() if name is None else name
        self._wall, self._since = wall, since
        self._shown: float | None = None
        self._seen: dict[tuple[str, str], tuple[str, float | None]] = {}
        """Each sign's instant with when it was seen to change; None while it never did."""

    def show(self) -> None:
        """Write our sign when it is due. Nothing is made for a call that has not begun: it has no folder yet."""
        now = self._since()
        if (self._shown is not None and now - self._shown < EVERY_S) or not self._session_folder.is_dir():
            return
        first, self._shown = self._shown is None, now
        with suppress(OSError):
            if first:
                self._clear_away()
            atomic.replace(self._path, self._text().encode())

    def leave(self) -> None:
        """Take our sign away."""
        if self._shown is not None:
            self._shown = None
            disk.remove(self._path)

    def others(self) -> tuple[Sign, ...]:
        """The signs of all other consoles that are there now, those of other computers first."""
        now, wall = self._since(), self._wall()
        found = {(sign.device, sign.console): sign for sign in sorted(self._signs(), key=lambda sign: sign.at)}
        found.pop((self.device, self.console), None)
        there = []
        for key, sign in found.items():
            before = self._seen.get(key)
            if before is None:
                changed = now if _near(sign.at, wall) else None
            else:
                changed = before[1] if sign.at == before[0] else now
            self._seen[key] = (sign.at, changed)
            gone = sign.device == self.device and not _runs(sign.process)
            if not gone and changed is not None and now - changed < GONE_AFTER_S:
                there.append(sign)
        return tuple(sorted(there, key=lambda sign: (sign.device == self.device, sign.device, sign.console)))

    # ------------------------------------------------------------ files

    @property
    def _path(self) -> Path:
        return self._folder / f"{self.device}-{self.console}.toml"

    def _text(self) -> str:
        at = self._wall().astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
        lines = {"device": self.device, "console": self.console, "name": self._name, "at": at}
        return "".join(f'{key} = "{value}"\n' for key, value in lines.items()) + f"process = {os.getpid()}\n"

    def _signs(self) -> list[Sign]:
        found: list[Sign] = []
        with suppress(OSError), os.scandir(self._folder) as entries:
            for entry in entries:
                if entry.name.lower().endswith(".toml") and not entry.name.startswith(".") and len(found) < _MOST:
                    sign = _read(self._folder / entry.name)
                    found += [sign] if sign else []
        return found

    def _clear_away(self) -> None:
        """Signs that consoles of this computer left when they were killed."""
        for sign in self._signs():
            if sign.device == self.device and not _runs(sign.process):
                disk.remove(self._folder / f"{sign.device}-{sign.console}.toml")


def computer_name() -> str:
    """What this computer is called, as it can be written between quotes; without the domain."""
    return _plain(platform.node().partition(".")[0])


def _plain(text: str) -> str:
    return clean(text).replace('"', "").replace("\\", "").strip()[:_LONGEST_NAME]


def _runs(process: int) -> bool:
    """Whether a process of this computer is there; where that can't be asked, it is taken to be."""
    if os.name != "posix" or process <= 0:
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


def _near(at: str, wall: datetime) -> bool:
    """Whether a sign is young by our own clock: all that is known at the first look."""
    try:
        return abs(datetime.fromisoformat(at) - wall) < timedelta(seconds=GONE_AFTER_S)
    except (ValueError, TypeError, OverflowError):
        return False


def _read(path: Path) -> Sign | None:
    """A sign, whoever wrote it; None for anything else."""
    try:
        content, _, _ = disk.read_regular(path, _LARGEST)
        values = tomllib.loads(content.decode())
    except (OSError, ValueError, RecursionError):
        return None
    texts = [values.get(key) for key in ("device", "console", "name", "at")]
    device, console, name, at = (text if isinstance(text, str) else "" for text in texts)
    if not (_ID.fullmatch(device) and _ID.fullmatch(console)):
        return None
    process = values.get("process")
    return Sign(device, console, _plain(name), at, process if type(process) is int else 0)

"""Taking a person out of every file that the program wrote: logs, notes, exports, drafts.

Owns which files these are and how each is changed: a log block by block, every other file as text, each replaced
whole, so that a reader or a crash sees the old file or the new one. It must not know which spellings mean the
person (`core.forgetting`). It is the only place that rewrites segments, and what it does not change stays byte
for byte as it was, damaged stretches too.
"""

from __future__ import annotations

import os
import re
import stat
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from html import escape, unescape
from pathlib import Path

from facilitator_tui import paths
from facilitator_tui.core.events import Event
from facilitator_tui.core.forgetting import MARK, Eraser, LogErasure, erasure_of
from facilitator_tui.store import atomic, disk, drafts
from facilitator_tui.store.block import Block, read_blocks, rewritten
from facilitator_tui.store.journal import LOG, Journal
from facilitator_tui.store.log_folder import LARGEST_FILE
from facilitator_tui.store.presence import Presence, Sign

ALIVE_S = 15.0
"""A heartbeat younger than this is that of a console at work."""

_MOST_TRIES = 5
_TEXTS = frozenset(
    {".md", ".tmp", ".txt", ".csv", ".ics", ".json", ".toml", ".html", ".tsv", ".yaml", ".yml", ".tex", ""}
)
_PEOPLE_LINES = re.compile(r"^(?:person|by|owner|seats) = .*$", re.MULTILINE)
_FOLD = re.compile(r"\r?\n[ \t]")
_SHOWN = re.compile(r"(?<=>)[^<>]+(?=<)")
"""What a page shows between two of its tags."""
_FOLD_AT = 75
"""Octets of one line of a calendar (RFC 5545, 3.1)."""

SYNC_MARKS = {
    ".git": "git",
    ".hg": "Mercurial",
    ".stfolder": "Syncthing",
    ".stversions": "Syncthing",
    ".dropbox": "Dropbox",
    ".dropbox.cache": "Dropbox",
    ".nextcloudsync.log": "Nextcloud",
    ".owncloudsync.log": "ownCloud",
}
"""What lies in a folder that something keeps a history of, and what that is."""


@dataclass
class Result:
    """What was changed, and what could not be."""

    changed: list[Path] = field(default_factory=list)
    events_changed: int = 0
    events_removed: int = 0
    untouched: dict[Path, str] = field(default_factory=dict)
    """Files that still hold the name, or could not be looked into, with the reason."""
    left: dict[str, int] = field(default_factory=dict)
    """Words that look like a part of the name and stay, with how often."""


@dataclass(frozen=True, slots=True)
class Places:
    """Where a programme's texts lie. `planned` are the ids of items in each session's plan."""

    records: Path
    exports: Path
    sessions: tuple[str, ...]
    planned: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def names(self) -> tuple[str, ...]:
        """Sessions of the plan, and those that only the records still know."""
        found = [entry.name for entry in _entries(self.records) if entry.is_dir() and not entry.is_symlink()]
        return tuple(dict.fromkeys((*self.sessions, *sorted(found))))

    def logs(self, session: str) -> tuple[Path, ...]:
        return (self.records / session / LOG, paths.second_place(self.records, session) / LOG)


def live_sessions(places: Places, now: float | None = None) -> tuple[str, ...]:
    """Sessions that a console of this computer has open; `now` is in seconds since 1970."""
    now = time.time() if now is None else now
    alive = []
    for session in places.names():
        with suppress(OSError):
            if abs(now - disk.modified(paths.heartbeat_file(places.records, session))) < ALIVE_S:
                alive.append(session)
    return tuple(alive)


def consoles_elsewhere(places: Places, device: str) -> dict[str, tuple[Sign, ...]]:
    """Sessions in whose records consoles of other computers show signs of life, with those signs. `device` is the id
    of this computer, whose own consoles `live_sessions` knows."""
    found = {}
    for session in places.names():
        signs = Presence(places.records / session, device, name="").others()
        if there := tuple(sign for sign in signs if sign.device != device):
            found[session] = there
    return found


def events_of(places: Places, session: str) -> tuple[Event, ...]:
    """All events of a session, in order, from both of its places."""
    second = paths.second_place(places.records, session)
    return Journal(places.records / session, device="reads", fallback=second).load().events


def forget(places: Places, eraser: Eraser, *, rehearsal: bool = False) -> Result:
    """Take the person out of everything within reach. A `rehearsal` changes nothing and tells what would be.

    A file that can't be changed stays as it is and is told; running it again goes on where it stopped.
    """
    result = Result()
    work = _Work(eraser, result, rehearsal)
    for session in places.names():
        erasure = erasure_of(eraser, events_of(places, session), places.planned.get(session, frozenset()))
        for folder in places.logs(session):
            for path in _files(folder):
                work.file(path, work.segment(erasure) if path.suffix.lower() == ".toml" else work.text)
        work.draft(paths.draft_file(places.records, session))
    for root in (places.records, places.exports):
        for path in _files(root):
            if path.parent.name == LOG and path.parent.parent.parent == places.records:
                continue
            work.file(path, work.change_of(path), kept=path.parent)
    return result


class _Work:
    """One pass over files, telling as it goes."""

    def __init__(self, eraser: Eraser, result: Result, rehearsal: bool) -> None:
        self._eraser, self._result, self._rehearsal = eraser, result, rehearsal
        self._events: tuple[int, int] = (0, 0)

    def file(self, path: Path, change: Callable[[bytes], bytes], kept: Path | None = None) -> None:
        """Change one file, again if somebody wrote to it meanwhile."""
        for _ in range(_MOST_TRIES):
            try:
                before, who, _ = disk.read_regular(path, LARGEST_FILE)
            except OSError as problem:
                self._leave(path, (problem.strerror or str(problem)).lower())
                return
            if who.size > LARGEST_FILE:
                self._leave(path, "too large to be looked into")
                return
            if change == self.text and path.name == atomic.MADE:
                return
            if change == self.text and (path.suffix.lower() not in _TEXTS or b"\0" in before):
                self._look(path, before)
                return
            self._events = (0, 0)
            after = change(before)
            self._look_for_left(after)
            if after == before:
                return
            if self._write(path, after, who, in_exports=kept is not None):
                return
        self._leave(path, "somebody goes on writing to it")

    def _write(self, path: Path, after: bytes, who: disk.Identity, *, in_exports: bool) -> bool:
        if not self._rehearsal:
            try:
                if disk.identity(path) != who:
                    return False
                (atomic.rewrite_export if in_exports else atomic.replace)(path, after)
            except OSError as problem:
                self._leave(path, (problem.strerror or str(problem)).lower())
                return True
        self._result.changed.append(path)
        self._result.events_changed += self._events[0]
        self._result.events_removed += self._events[1]
        return True

    def draft(self, path: Path) -> None:
        """Take the person out of an unfinished line. Its earlier keystrokes are gone then."""
        try:
            if drafts.rewrite(path, self._draft_text, rehearsal=self._rehearsal):
                self._result.changed.append(path)
        except FileNotFoundError:
            return
        except OSError as problem:
            self._leave(path, (problem.strerror or str(problem)).lower())

    def _draft_text(self, text: str) -> str:
        return "" if text in self._eraser.person.ids else self._eraser.loose(text)

    # ------------------------------------------------------------ contents

    def change_of(self, path: Path) -> Callable[[bytes], bytes]:
        """How to change a file that is no log."""
        return {".ics": self.calendar, ".html": self.page}.get(path.suffix.lower(), self.text)

    def text(self, content: bytes) -> bytes:
        return self._eraser.loose(content.decode("utf-8", "surrogateescape")).encode("utf-8", "surrogateescape")

    def calendar(self, content: bytes) -> bytes:
        """A calendar: its long lines are folded, also within a name."""
        flat = _FOLD.sub("", content.decode("utf-8", "surrogateescape"))
        after = self._eraser.loose(flat)
        if after == flat:
            return content
        return "".join(_folded(line) for line in after.splitlines(keepends=True)).encode("utf-8", "surrogateescape")

    def page(self, content: bytes) -> bytes:
        """A page: its signs are escaped, and its drawings cut long names off."""
        page = content.decode("utf-8", "surrogateescape")
        return self.text(_SHOWN.sub(self._shown, page).encode("utf-8", "surrogateescape"))

    def _shown(self, found: re.Match[str]) -> str:
        said = unescape(found[0])
        cut = said.removesuffix("…")
        if cut != said and len(cut) > 1 and any(name.startswith(cut) for name in self._eraser.person.names):
            return MARK
        after = self._eraser.loose(said)
        return found[0] if after == said else escape(after)

    def segment(self, erasure: LogErasure) -> Callable[[bytes], bytes]:
        """How to change one file of a log: its blocks by their values, what lies between as text."""

        def change(content: bytes) -> bytes:
            after = self._blocks(erasure, content)
            if after == content or b"\r\n" not in content:
                return after
            self._events = (0, 0)
            return self._blocks(erasure, content.replace(b"\r\n", b"\n"))

        return change

    def _blocks(self, erasure: LogErasure, content: bytes) -> bytes:
        pieces: list[bytes] = []
        at = 0
        for block in read_blocks(content)[0]:
            pieces.append(self._between(content[at : block.offset]))
            at = block.offset + _length(block, content)
            pieces.append(self._block(erasure, block, content[block.offset : at]))
        pieces.append(self._between(content[at:]))
        return b"".join(pieces)

    def _block(self, erasure: LogErasure, block: Block, found: bytes) -> bytes:
        after = rewritten(block, erasure.values)
        changed, removed = self._events
        if after is None:
            self._events = (changed, removed + 1)
            return b""
        if after == block.raw:
            return found
        self._events = (changed + 1, removed)
        return after.removesuffix(b"\n")

    def _between(self, stretch: bytes) -> bytes:
        """Comments, and what could not be read as an event: it stays unreadable, but without the name."""
        if not stretch.strip():
            return stretch
        text = _PEOPLE_LINES.sub(self._people_line, stretch.decode("utf-8", "surrogateescape"))
        return self._eraser.loose(text).encode("utf-8", "surrogateescape")

    def _people_line(self, found: re.Match[str]) -> str:
        line = found[0]
        for id in self._eraser.person.ids:
            line = re.sub(rf"(?<![\w-]){re.escape(id)}(?![\w-])", MARK, line)
        return line

    # ------------------------------------------------------------ telling

    def _leave(self, path: Path, why: str) -> None:
        self._result.untouched[path] = why

    def _look(self, path: Path, content: bytes) -> None:
        """A file that is no text of ours is never changed; it is told when the name stands in it."""
        text = content.decode("utf-8", "replace")
        if self._eraser.loose(text) != text:
            self._leave(path, "not a text file of the program")

    def _look_for_left(self, content: bytes) -> None:
        for word in self._eraser.leftovers(content.decode("utf-8", "replace")):
            self._result.left[word] = self._result.left.get(word, 0) + 1


def _length(block: Block, content: bytes) -> int:
    """Bytes of a block in its file, up to the end of its crc; those of one with CRLF are counted in the file."""
    if content.startswith(block.raw.removesuffix(b"\n"), block.offset):
        return len(block.raw) - 1
    crc = block.raw[block.raw.rindex(b"crc = ") :].removesuffix(b"\n")
    return content.index(b"\n" + crc, block.offset) + 1 + len(crc) - block.offset


def _folded(line: str) -> str:
    body = line.rstrip("\r\n")
    end = line[len(body) :]
    pieces, octets = [""], 0
    for sign in body:
        width = len(sign.encode("utf-8", "surrogateescape"))
        if octets + width > _FOLD_AT:
            pieces.append(" ")
            octets = 1
        pieces[-1] += sign
        octets += width
    return "\r\n".join(pieces) + end


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as found:
            return sorted(found, key=lambda entry: entry.name)
    except OSError:
        return []


def _files(folder: Path) -> Iterator[Path]:
    """All files below a folder, without following links; histories of other tools are left out."""
    for entry in _entries(folder):
        if entry.name in SYNC_MARKS:
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _files(Path(entry.path))
        else:
            yield Path(entry.path)


# ---------------------------------------------------------------- what is out of reach


def plan_lines(files: Iterable[Path], eraser: Eraser) -> tuple[tuple[Path, int], ...]:
    """Lines of the plan (counted from 1) in which the person stands."""
    ids = [re.compile(rf"(?<![\w-]){re.escape(id)}(?![\w-])") for id in eraser.person.ids]
    found: list[tuple[Path, int]] = []
    for path in files:
        with suppress(OSError):
            content, _, _ = disk.read_regular(path, LARGEST_FILE)
            lines = content.decode("utf-8", "replace").split("\n")
            named = [n for n, line in enumerate(lines, 1) if eraser.text(line) != line or _any(ids, line)]
            found += [(path, number) for number in named]
    return tuple(found)


def _any(patterns: Sequence[re.Pattern[str]], line: str) -> bool:
    return any(pattern.search(line) for pattern in patterns)


def histories(folders: Collection[Path]) -> tuple[tuple[str, Path], ...]:
    """Tools that keep earlier versions of these folders, as far as their marks can be seen: name and place."""
    found: dict[tuple[str, Path], None] = {}
    for folder in folders:
        for place in (folder, *folder.parents):
            for mark, tool in SYNC_MARKS.items():
                if _is_there(place / mark):
                    found[tool, place] = None
    return tuple(found)


def _is_there(path: Path) -> bool:
    try:
        mode = os.stat(path).st_mode
    except OSError:
        return False
    return stat.S_ISDIR(mode) or stat.S_ISREG(mode)

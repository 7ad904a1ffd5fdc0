"""Whole files, written so that a reader sees the old one or the new one and never a part.

Owns the replacing of notes and the rule that an export which a person changed afterwards is left alone. It
must not know what the files hold: the same bytes are given for the same events by those who make them.

Beside exports stands `.made`, with a line `<sha256>  <name>` for what was last written under each name. It
travels with the folder when that is shared, so a colleague's console recognises its exports too.
"""

from __future__ import annotations

import errno
import hashlib
import secrets
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from facilitator_tui.store import disk

MADE = ".made"
"""Name of the file of digests."""

_LARGEST = 64 << 20
_MOST_COPIES = 1000
_KEPT_DIGESTS = 2
_UNREADABLE = b"\0"
_CORE = " core"
"""Behind a file's name in `.made`: the digest of what of it must not have changed."""


def replace(path: Path, content: bytes, mode: int = disk.FILE_MODE) -> None:
    """Put a whole file in place, flushed, with its folders made. OSError leaves the old file as it was."""
    disk.make_folder(path.parent)
    temporary = path.parent / f".{path.name}.{secrets.token_hex(4)}.tmp"
    fd = disk.create(temporary, mode=mode)
    try:
        try:
            disk.write_all(fd, content)
            disk.sync(fd)
        finally:
            disk.close(fd)
        disk.replace(temporary, path)
    except OSError:
        disk.remove(temporary)
        raise
    disk.sync_folder(path.parent)


def write_export(path: Path, content: bytes, core: Callable[[bytes], bytes] | None = None) -> Path:
    """Write an export under its name, or under `name-2`, `name-3` … where a person changed the file.

    Returns the path that now holds `content`; when it is not `path`, say why. A file that already holds these
    bytes is not written again. `core` gives what of a content must not have changed: a file with the same core as
    what we wrote last is replaced although it differs elsewhere.
    """
    digests = _digests(path.parent)
    for copy in range(1, _MOST_COPIES):
        target = path if copy == 1 else path.with_name(f"{path.stem}-{copy}{path.suffix}")
        there = _content_at(target)
        ours = digests.get(target.name, [])
        cores = digests.get(f"{target.name}{_CORE}", [])
        same = there == content
        if same or there is None or _digest(there) in ours or (core and _digest(core(there)) in cores):
            if core:
                _note(path.parent, digests, f"{target.name}{_CORE}", _digest(core(content)))
            _note(path.parent, digests, target.name, _digest(content))
            if not same:
                replace(target, content)
            return target
    raise FileExistsError(errno.EEXIST, "too many changed copies of this export", str(path))


def exported(folder: Path) -> dict[str, bool]:
    """The files of a folder that `write_export` wrote, each with whether a person changed it since."""
    found = {}
    for name, digests in sorted(_digests(folder).items()):
        content = None if name.endswith(_CORE) else _content_at(folder / name)
        if content is not None:
            found[name] = _digest(content) not in digests
    return found


def rewrite_export(path: Path, content: bytes) -> None:
    """Change a file among exports in place: one that was as we wrote it goes on counting as ours."""
    digests = _digests(path.parent)
    there = _content_at(path)
    if there is not None and _digest(there) in digests.get(path.name, []):
        _note(path.parent, digests, path.name, _digest(content))
    replace(path, content)


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _content_at(path: Path) -> bytes | None:
    """What is there, None when there is nothing; something that can't be read is like no content of ours."""
    try:
        content, _, _ = disk.read_regular(path, _LARGEST)
    except FileNotFoundError:
        return None
    except OSError:
        return _UNREADABLE
    return content


def _digests(folder: Path) -> dict[str, list[str]]:
    digests: dict[str, list[str]] = {}
    with suppress(OSError):
        content, _, _ = disk.read_regular(folder / MADE, _LARGEST)
        for line in content.decode("utf-8", "replace").splitlines():
            digest, _, name = line.partition("  ")
            if len(digest) == 64 and name:
                digests.setdefault(name, []).append(digest)
    return digests


def _note(folder: Path, digests: dict[str, list[str]], name: str, digest: str) -> None:
    """Keep a digest before its file is written: after a crash between the two, both versions are ours."""
    ours = digests.setdefault(name, [])
    if ours and ours[-1] == digest:
        return
    digests[name] = [*(one for one in ours if one != digest), digest][-_KEPT_DIGESTS:]
    lines = [f"{one}  {file}\n" for file, made in sorted(digests.items()) for one in made]
    replace(folder / MADE, "".join(lines).encode())

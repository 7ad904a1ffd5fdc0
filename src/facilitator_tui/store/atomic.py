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
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType

from facilitator_tui.store import disk

MADE = ".made"
"""Name of the file of digests."""

_LARGEST = 64 << 20
_MOST_COPIES = 1000
_KEPT_DIGESTS = 2
_UNREADABLE = b"\0"
_CORE = " core"
"""Behind a file's name in `.made`: the digest of what of it must not have changed."""


Core = Callable[[bytes], bytes]
"""What of a content must not have changed."""


def replace(path: Path, content: bytes, mode: int = disk.FILE_MODE, *, settle: bool = True) -> None:
    """Put a whole file in place, flushed, with its folders made. OSError leaves the old file as it was.

    Without `settle` the caller flushes the folder, once for several files.
    """
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
    if settle:
        disk.sync_folder(path.parent)


def write_export(path: Path, content: bytes) -> Path:
    """Write one export, as `write_exports` does. Returns the path that now holds `content`."""
    return write_exports(path.parent, {path.name: content})[path.name]


def write_exports(
    folder: Path, contents: Mapping[str, bytes], cores: Mapping[str, Core] = MappingProxyType({})
) -> dict[str, Path]:
    """Write exports under their names, or under `name-2`, `name-3` … where a person changed the file.

    Returns the path that now holds each content; where that is not its name in the folder, say why. A file that
    already holds these bytes is not written again, and one with the same core as what we wrote last is replaced
    although it differs elsewhere. Digests are kept before the files are written: after a crash in between, the old
    files and the new ones are ours.
    """
    before = _digests(folder)
    digests = dict(before)
    paths: dict[str, Path] = {}
    fresh: list[tuple[Path, bytes]] = []
    for name, content in contents.items():
        core = cores.get(name)
        target, there = _free_place(folder / name, content, digests, core)
        if core:
            _note(digests, f"{target.name}{_CORE}", core(content))
        _note(digests, target.name, content)
        paths[name] = target
        if there != content:
            fresh.append((target, content))
    if digests != before:
        _keep(folder, digests)
    for target, content in fresh:
        replace(target, content, settle=False)
    if fresh:
        disk.sync_folder(folder)
    return paths


def _free_place(path: Path, content: bytes, digests: _Digests, core: Core | None) -> tuple[Path, bytes | None]:
    """The first of `name`, `name-2`, `name-3` … that no person changed, and what is there now."""
    for copy in range(1, _MOST_COPIES):
        target = path if copy == 1 else path.with_name(f"{path.stem}-{copy}{path.suffix}")
        there = _content_at(target)
        if there is None or there == content or _digest(there) in digests.get(target.name, ()):
            return target, there
        if core and _digest(core(there)) in digests.get(f"{target.name}{_CORE}", ()):
            return target, there
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
    if there is not None and _digest(there) in digests.get(path.name, ()):
        _note(digests, path.name, content)
        _keep(path.parent, digests)
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


_Digests = dict[str, tuple[str, ...]]
"""A name to the digests of what we wrote under it, the latest last."""


def _digests(folder: Path) -> _Digests:
    digests: _Digests = {}
    with suppress(OSError):
        content, _, _ = disk.read_regular(folder / MADE, _LARGEST)
        for line in content.decode("utf-8", "replace").splitlines():
            digest, _, name = line.partition("  ")
            if len(digest) == 64 and name:
                digests[name] = (*digests.get(name, ()), digest)
    return digests


def _note(digests: _Digests, name: str, content: bytes) -> None:
    digest = _digest(content)
    older = (one for one in digests.get(name, ()) if one != digest)
    digests[name] = (*older, digest)[-_KEPT_DIGESTS:]


def _keep(folder: Path, digests: _Digests) -> None:
    lines = [f"{digest}  {name}\n" for name, made in sorted(digests.items()) for digest in made]
    replace(folder / MADE, "".join(lines).encode())

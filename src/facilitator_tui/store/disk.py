"""The system calls by which bytes become safe: the one door between the store and the disk.

Owns how a file or folder is created, written, flushed and recognised again, with modes 0600 and 0700 whatever
the umask. It must not know what the bytes mean. Every call goes through this module's `os`, so a test can put
a failing or recording one in its place.
"""

from __future__ import annotations

import errno
import os
import stat
import sys
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

if sys.platform == "darwin":
    import fcntl

_CLOEXEC = getattr(os, "O_CLOEXEC", 0)
_BINARY = getattr(os, "O_BINARY", 0)
_NOFOLLOW = getattr(os, "O_NOFOLLOW", 0)
_NONBLOCK = getattr(os, "O_NONBLOCK", 0)
_DIRECTORY = getattr(os, "O_DIRECTORY", 0)

_NO_FOLDER_SYNC = frozenset({errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EBADF})
"""What file systems answer that know no fsync of a folder (network shares, FUSE)."""

FILE_MODE = 0o600
FOLDER_MODE = 0o700


class Identity(NamedTuple):
    """What makes a file this file: its device and inode, and how long it is."""

    device: int
    inode: int
    size: int


def create(path: Path, *, mode: int = FILE_MODE) -> int:
    """Open a new file for appending; FileExistsError when the name is taken, even by a dangling link."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND | _NOFOLLOW | _CLOEXEC | _BINARY
    fd = os.open(path, flags, mode)
    if os.name == "posix" and stat.S_IMODE(os.fstat(fd).st_mode) != mode:
        with suppress(OSError):  # FAT and some shares know no modes
            os.fchmod(fd, mode)
    return fd


def open_for_reading(path: Path) -> int:
    """Open what is there without waiting on a FIFO and without following a link."""
    return os.open(path, os.O_RDONLY | _NOFOLLOW | _NONBLOCK | _CLOEXEC | _BINARY)


def read_regular(path: Path, limit: int) -> tuple[bytes, Identity, int]:
    """The first `limit` bytes of a regular file, its identity when opened and its mtime in ns.

    OSError with EINVAL when it is a folder, FIFO, device or socket.
    """
    fd = open_for_reading(path)
    try:
        now = os.fstat(fd)
        if not stat.S_ISREG(now.st_mode):
            raise OSError(errno.EINVAL, "not a regular file", str(path))
        parts = []
        left = min(limit, now.st_size)
        while left > 0:
            part = os.read(fd, min(left, 1 << 24))
            if not part:
                break
            parts.append(part)
            left -= len(part)
    finally:
        close(fd)
    return b"".join(parts), Identity(now.st_dev, now.st_ino, now.st_size), now.st_mtime_ns


def write_all(fd: int, data: bytes) -> None:
    """Write every byte, however many calls that takes."""
    written = os.write(fd, data)
    while written < len(data):
        written += os.write(fd, memoryview(data)[written:])


def sync(fd: int) -> None:
    """Flush a file through to the medium. After an error the descriptor must not be flushed again."""
    if sys.platform == "darwin":
        try:
            fcntl.fcntl(fd, fcntl.F_FULLFSYNC)
            return
        except OSError as problem:
            if problem.errno not in _NO_FOLDER_SYNC:
                raise
    os.fsync(fd)


def close(fd: int) -> None:
    """Close a descriptor that holds nothing more of worth; an error says nothing new."""
    with suppress(OSError):
        os.close(fd)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder safe. Windows has no such call and needs none."""
    if os.name != "posix":
        return
    fd = os.open(folder, os.O_RDONLY | _DIRECTORY | _CLOEXEC)
    try:
        os.fsync(fd)
    except OSError as problem:
        if problem.errno not in _NO_FOLDER_SYNC:
            raise
    finally:
        close(fd)


def make_folder(folder: Path, *, settle: bool = True) -> None:
    """Make a folder and its missing parents, 0700, each of them safe in its own parent.

    Without `settle` nothing is flushed, so that it returns at once on any disk: see `settle_parents`.
    """
    missing = []
    place = folder
    while not _exists(place):
        missing.append(place)
        if place.parent == place:
            break
        place = place.parent
    for place in reversed(missing):
        try:
            os.mkdir(place, FOLDER_MODE)
        except FileExistsError:
            if not stat.S_ISDIR(os.stat(place).st_mode):
                raise
        else:
            if os.name == "posix" and stat.S_IMODE(os.stat(place).st_mode) != FOLDER_MODE:
                with suppress(OSError):
                    os.chmod(place, FOLDER_MODE)
        if settle:
            _settle_new(place)


def _settle_new(folder: Path) -> None:
    """Flush the parent of a folder just made; when that fails the folder goes, so the next try is whole."""
    try:
        sync_folder(folder.parent)
    except OSError:
        with suppress(OSError):
            os.rmdir(folder)
        raise


def _exists(place: Path) -> bool:
    try:
        os.stat(place)
    except (FileNotFoundError, NotADirectoryError):
        return False
    return True


def settle_parents(folder: Path, levels: int) -> None:
    """Flush the folders above, which a run killed half way may have made without flushing them."""
    for place in list(folder.parents)[:levels]:
        with suppress(PermissionError):  # a folder that may be crossed but not read
            sync_folder(place)


def identity(path: Path) -> Identity:
    """Who stands at a path now, without following a link."""
    found = os.lstat(path)
    return Identity(found.st_dev, found.st_ino, found.st_size)


def identity_of(fd: int) -> Identity:
    found = os.fstat(fd)
    return Identity(found.st_dev, found.st_ino, found.st_size)


def replace(source: Path, target: Path) -> None:
    os.replace(source, target)


def remove(path: Path) -> None:
    """Remove a file of our own making that is of no more use; if it can't be, it stays."""
    with suppress(OSError):
        os.unlink(path)


def link(source: Path, target: Path) -> None:
    """Give a file a second name; FileExistsError when it is taken. Of several processes one succeeds."""
    os.link(source, target)


def touch(path: Path, seconds: float) -> None:
    """Set the times of a file, in seconds since 1970."""
    os.utime(path, (seconds, seconds))


def modified(path: Path) -> float:
    """When a file was last written, in seconds since 1970."""
    return os.lstat(path).st_mtime


def open_to_append(path: Path) -> int:
    """Open a file of our own state for appending, made when it is not there."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | _NOFOLLOW | _NONBLOCK | _CLOEXEC | _BINARY
    fd = os.open(path, flags, FILE_MODE)
    if not stat.S_ISREG(os.fstat(fd).st_mode):
        close(fd)
        raise OSError(errno.EINVAL, "not a regular file", str(path))
    return fd

"""The files of a plan as text: read safely, decoded, and offsets turned into lines again.

Owns encodings, size limits and the way from an offset to file, line and column. It must not know TOML.
"""

from __future__ import annotations

import bisect
import os
import re
import stat
from dataclasses import dataclass, field
from pathlib import Path

from facilitator_tui.store.plan_cursor import Mistake

MAX_BYTES = 2 * 1024 * 1024
MAX_ENCODING_MISTAKES = 20
STRIDE = 1 << 32
"""Offsets of the n-th file begin at n times this, so that one number names file and place."""

_WRITTEN = frozenset(b"\t\n\r" + bytes(range(32, 127)))
_NOT_A_FILE = "is not a regular file"


@dataclass(eq=False, repr=False)
class Source:
    """One file of a plan, decoded. `problem` is a sentence where it could not be read at all."""

    path: Path
    number: int
    text: str = ""
    problem: str = ""
    mistakes: tuple[Mistake, ...] = ()

    @property
    def base(self) -> int:
        return self.number * STRIDE


@dataclass(eq=False, repr=False)
class Sources:
    """The files that have been read; finds file, line and column (from 1) of an offset again."""

    files: list[Source] = field(default_factory=list)
    _starts: dict[int, list[int]] = field(default_factory=dict)

    def read(self, path: Path) -> Source:
        source = read_source(path, len(self.files))
        self.files.append(source)
        return source

    def locate(self, offset: int) -> tuple[str, int, int]:
        number, at = divmod(max(offset, 0), STRIDE)
        source = self.files[number]
        starts = self._starts.get(number)
        if starts is None:
            starts = [0, *(match.end() for match in re.finditer("\n", source.text))]
            self._starts[number] = starts
        at = min(at, len(source.text))
        line = bisect.bisect_right(starts, at)
        return str(source.path), line, at - starts[line - 1] + 1


def read_bytes(path: Path) -> bytes:
    """The bytes of a regular file of at most `MAX_BYTES`. OSError with a plain reason otherwise."""
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(descriptor, "rb") as file:
        status = os.fstat(file.fileno())
        if not stat.S_ISREG(status.st_mode):
            raise OSError(_NOT_A_FILE)
        content = file.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise OSError(f"is larger than {MAX_BYTES // 1024 // 1024} MiB, which no plan is")
    return content


def read_source(path: Path, number: int) -> Source:
    """Read and decode one file; what is wrong with it is in the result, nothing is raised."""
    try:
        content = read_bytes(path)
    except FileNotFoundError:
        return Source(path, number, problem="there is no such file")
    except IsADirectoryError:
        return Source(path, number, problem="this is a folder, not a plan file")
    except PermissionError:
        return Source(path, number, problem="this file may not be read (no permission)")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        return Source(path, number, problem=f"this file cannot be read: {reason}")
    if b"\0" in content and not _wide_encoding(content):
        return Source(path, number, problem="this is not a text file")
    text, mistakes = decode(content, number * STRIDE)
    return Source(path, number, text, mistakes=tuple(mistakes))


def decode(content: bytes, base: int = 0) -> tuple[str, list[Mistake]]:
    """The text of a plan's bytes, line ends made equal; another encoding is named, and guessed to go on."""
    encoding = _wide_encoding(content)
    if encoding:
        text = content.decode(encoding, errors="replace").removeprefix("\ufeff")
        note = Mistake(base, "the file is saved as UTF-16", "save it as UTF-8 (in Notepad: Save as, Encoding)")
        return _same_line_ends(text), [note]
    content = content.removeprefix(b"\xef\xbb\xbf")
    try:
        return _same_line_ends(content.decode("utf-8")), []
    except UnicodeDecodeError:
        return _decode_by_line(_same_line_ends_of_bytes(content), base)


def _wide_encoding(content: bytes) -> str:
    """UTF-16 by its mark, or by every other byte being zero."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    head = content[:64]
    for encoding, letters, zeros in (("utf-16-le", head[0::2], head[1::2]), ("utf-16-be", head[1::2], head[0::2])):
        if len(zeros) > 3 and not any(zeros) and all(byte in _WRITTEN for byte in letters):
            return encoding
    return ""


def _same_line_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _same_line_ends_of_bytes(content: bytes) -> bytes:
    return content.replace(b"\r\n", b"\n").replace(b"\r", b"\n")


def _decode_by_line(content: bytes, base: int) -> tuple[str, list[Mistake]]:
    lines: list[str] = []
    mistakes: list[Mistake] = []
    at = 0
    for line in content.split(b"\n"):
        try:
            text = line.decode("utf-8")
        except UnicodeDecodeError as error:
            text = line.decode("cp1252", errors="replace")
            if len(mistakes) < MAX_ENCODING_MISTAKES:
                byte = line[error.start]
                letter = bytes((byte,)).decode("cp1252", errors="replace")
                message = f"the byte 0x{byte:02X} is not UTF-8 (in Latin-1 it would be {letter})"
                column = len(line[: error.start].decode("utf-8"))
                mistakes.append(Mistake(base + at + column, message, "save the file as UTF-8"))
        lines.append(text)
        at += len(text) + 1
    return "\n".join(lines), mistakes

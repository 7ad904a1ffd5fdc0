"""What a reader types, run in a folder of its own: `facilitator …` in this process, anything else by `sh`.

It knows pipes into `facilitator`, `<`, `&&`, `cd` and comments, which is all that a page needs.
"""

from __future__ import annotations

import io
import os
import shlex
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from facilitator_tui.cli import main

TIME_TO_SEARCH = "0.2"
"""Seconds that rooms are searched for: the pages say what is printed, not how good it gets."""

_OPERATORS = frozenset({"|", "<", ">", ">>", "&&", ";", "&"})


@dataclass(frozen=True, slots=True)
class Said:
    code: int
    text: str


def commands_of(text: str) -> Iterator[str]:
    """The lines of a block, those that end in a backslash joined, without comments and blank lines."""
    for line in text.replace("\\\n", " ").splitlines():
        if shlex.split(line, comments=True):
            yield line.strip()


def words_of(line: str) -> list[str]:
    """A line in words and operators, its comment left out."""
    reader = shlex.shlex(line, posix=True, punctuation_chars="|<>&;")
    reader.whitespace_split = True
    return list(reader)


class Shell:
    """A folder to type in. `at` is the time on the clocks of the plan, empty for the real one."""

    def __init__(self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        self._capsys = capsys
        self._monkeypatch = monkeypatch
        self.at = ""

    def type(self, line: str) -> Said:
        """Run a line; its exit code and everything it printed."""
        words = words_of(line)
        if words[0] == "cd":
            self._monkeypatch.chdir(Path(words[1]).expanduser())
            return Said(0, "")
        if words[0] == "facilitator" and not _OPERATORS & set(words):
            return self._facilitator(words[1:], b"")
        if words[0] == "facilitator" and words[-2] == "<" and not _OPERATORS & set(words[:-2]):
            return self._facilitator(words[1:-2], Path(words[-1]).read_bytes())
        before, pipe, behind = line.rpartition("|")
        if pipe and words_of(behind)[:1] == ["facilitator"] and not _OPERATORS & set(words_of(behind)):
            return self._facilitator(words_of(behind)[1:], self._sh(before).stdout)
        done = self._sh(line)
        return Said(done.returncode, (done.stdout + done.stderr).decode("utf-8"))

    def _facilitator(self, words: list[str], standard_input: bytes) -> Said:
        if words[:1] == ["rooms"] and "--seconds" not in words:
            words = ["rooms", "--seconds", TIME_TO_SEARCH, *words[1:]]
        with self._monkeypatch.context() as patched:
            patched.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(standard_input), encoding="utf-8"))
            self._capsys.readouterr()
            code = main([*(("--at", self.at) if self.at else ()), *words])
        out, err = self._capsys.readouterr()
        return Said(code, out + err)

    def _sh(self, line: str) -> subprocess.CompletedProcess[bytes]:
        programs = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        return subprocess.run(
            ["sh", "-c", line], env={**os.environ, "PATH": programs}, capture_output=True, timeout=60, check=False
        )

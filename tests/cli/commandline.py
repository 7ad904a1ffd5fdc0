"""The command line as its users call it: words in, exit code and text out; nothing of its inside is known here.

Every answer, whatever a test asks for, is held to the promises that all commands share: an exit code of 0, 1 or 2, no
traceback, no control characters since nothing here is a terminal, and one line of error when a command is refused.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from facilitator_tui.cli import main

REAL_WEEK = Path(__file__).resolve().parents[2] / "sessions.toml"
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")

PLAN_X = """
[programme]
title = "Plan X"
tz = "Europe/Berlin"

[[session]]
id = "x"
date = 2026-03-10
start = "09:00"
hard_stop = "11:00"
title = "X"
agenda = [
  { id = "a", kind = "welcome",  minutes = 10, least = 10, title = "A" },
  { id = "b", kind = "input",    minutes = 30, least = 30, title = "B" },
  { id = "c", kind = "breakout", minutes = 25, least = 25, title = "C", size = 4 },
  { id = "d", kind = "break",    minutes = 10, least = 10, title = "D" },
  { id = "e", kind = "harvest",  minutes = 25, least = 10, title = "E", at = "10:20" },
  { id = "f", kind = "close",    minutes = 15, least = 10, title = "F" },
]
"""


def berlin(clock: str, day: str = "2026-03-10", offset: int = 1) -> str:
    """A Berlin wall clock as the UTC instant that `--json` prints; `offset` is 2 in summer."""
    local = datetime.fromisoformat(f"{day}T{clock if clock.count(':') == 2 else clock + ':00'}")
    return (local - timedelta(hours=offset)).replace(tzinfo=UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass(frozen=True, slots=True)
class Answer:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()


def held_to_promises(answer: Answer, words: Sequence[str]) -> Answer:
    assert answer.code in (0, 1, 2), (words, answer)
    assert "Traceback" not in answer.out + answer.err, (words, answer)
    assert not CONTROL.search(answer.out), (words, answer.out)
    assert not CONTROL.search(answer.err), (words, answer.err)
    return answer


class CommandLine:
    """`facilitator …` in a folder of its own, in this process; `at` is the wall clock that the call happens by."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self._capsys = capsys

    def __call__(self, *words: str, at: str | None = None) -> Answer:
        arguments = [*words, *(("--at", at) if at else ())]
        self._capsys.readouterr()
        code = main(arguments)
        out, err = self._capsys.readouterr()
        return held_to_promises(Answer(code, out, err), arguments)

    def ok(self, *words: str, at: str | None = None) -> Answer:
        answer = self(*words, at=at)
        assert answer.code == 0, (words, answer)
        return answer

    def refused(self, *words: str, at: str | None = None, code: int | None = 1) -> str:
        """The one line that a command gives on standard error when it does not act."""
        answer = self(*words, at=at)
        assert answer.code == code if code is not None else answer.code in (1, 2), (words, answer)
        assert len(answer.err.strip().splitlines()) == 1, (words, answer)
        assert answer.err.endswith("\n"), (words, answer)
        return answer.err.strip()

    def misused(self, *words: str, at: str | None = None) -> str:
        return self.refused(*words, at=at, code=2)

    def status(self, *words: str, at: str | None = None) -> dict[str, Any]:
        answer: dict[str, Any] = self.ok("status", "--json", *words, at=at).json
        return answer

    def captures(self, *words: str) -> list[dict[str, Any]]:
        answer: list[dict[str, Any]] = self.ok("captures", "--json", *words).json
        return answer

    def log(self, *words: str) -> list[dict[str, Any]]:
        answer: list[dict[str, Any]] = self.ok("log", "--json", *words).json
        return answer

    def plan(self, text: str, name: str = "sessions.toml") -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path


def item(status: dict[str, Any], item_id: str) -> dict[str, Any]:
    (found,) = [row for row in status["items"] if row["id"] == item_id]
    row: dict[str, Any] = found
    return row


def spans(status: dict[str, Any], start: str, end: str) -> Iterator[tuple[str, str, str]]:
    for row in status["items"]:
        yield row["id"], row[start], row[end]


def spawn(*words: str, folder: Path, stdin: str | bytes | None = "", timeout: float = 60, **environment: str) -> Answer:
    """`python -m facilitator_tui …` as a process of its own, with nothing attached to a terminal."""
    done = subprocess.run(
        [sys.executable, "-m", "facilitator_tui", *words],
        cwd=folder,
        input=stdin.encode() if isinstance(stdin, str) else stdin,
        capture_output=True,
        timeout=timeout,
        env={**os.environ, **environment},
        check=False,
    )
    answer = Answer(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))
    return held_to_promises(answer, words)

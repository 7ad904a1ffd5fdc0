"""The real week made through the command line alone, as scripts and stream decks would: every word is an argument."""

from __future__ import annotations

import io
import shutil
import sys
from collections.abc import Iterable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from facilitator_tui.cli import main
from facilitator_tui.core.run import Run
from facilitator_tui.core.rundown import rundown
from harvest.tuesday import CLOCK, OTHER_DAYS, PEOPLE_HERE, ROOT, SPOKE, TYPED, real_week

DAYS = {"mon": "2020-09-28", "tue": "2020-09-29", "wed": "2020-09-30", "thu": "2020-10-01", "fri": "2020-10-02"}
WEEK_OVER = "2020-10-02T17:05"
ROOMS_OPEN = "15:47"

Entry = tuple[str, str]
"""A clock time, and a line or an action of the clock."""


class Said(NamedTuple):
    code: int
    out: str
    err: str


class Typist:
    """`facilitator …` in a folder with the real week; every call names its instant, on the clocks of the plan."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        shutil.copy(ROOT / "sessions.toml", folder / "sessions.toml")

    def __call__(self, *words: str, at: str, stdin: str = "") -> Said:
        out, err, before = io.StringIO(), io.StringIO(), sys.stdin
        sys.stdin = io.TextIOWrapper(io.BytesIO(stdin.encode()))
        try:
            with redirect_stdout(out), redirect_stderr(err):
                code = main([*words, "--plan", str(self.folder), "--at", at])
        finally:
            sys.stdin = before
        return Said(code, out.getvalue(), err.getvalue())

    def done(self, *words: str, at: str, stdin: str = "") -> str:
        said = self(*words, at=at, stdin=stdin)
        assert said.code == 0, (words, said)
        return said.out

    def read(self, name: str) -> str:
        return (self.folder / "export" / name).read_bytes().decode()

    def whole_week(self) -> None:
        for session in DAYS:
            self.tuesday() if session == "tue" else self.other_day(session)

    def tuesday(self) -> None:
        script = [(line[:5], line[6:]) for line in TYPED.strip().splitlines()]
        self._begin("tue", "15:01", len(PEOPLE_HERE.split()))
        self._play("tue", [one for one in script if one[0] < ROOMS_OPEN])
        self.done("do", "rooms", "start", "groups", "--session", "tue", at=f"{DAYS['tue']}T{ROOMS_OPEN}")
        self._play("tue", [one for one in script if one[0] > ROOMS_OPEN and one[1] != "finish"])
        for person in SPOKE.split():
            self.done("do", "spoke", person, "--session", "tue", at=f"{DAYS['tue']}T17:01")
        self._play("tue", [script[-1]])

    def other_day(self, session: str) -> None:
        self._begin(session, "15:00", 20)
        self._play(session, sorted((*_lines(session), *_steps(session)), key=lambda entry: entry[0]))

    def _begin(self, session: str, clock: str, people: int) -> None:
        """Start, and take presence from a report."""
        at = f"{DAYS[session]}T{clock}"
        self.done("do", "start", "--session", session, at=at)
        report = self.folder / "presence.csv"
        report.write_text(presence(people), encoding="utf-8")
        self.done("import", str(report), "--as", "presence", "--yes", "--session", session, at=at)

    def _play(self, session: str, script: Iterable[Entry]) -> None:
        """Actions of the clock one by one, lines between two of them in one go."""
        for is_action, entries in groupby(script, lambda entry: entry[1] in CLOCK):
            block = list(entries)
            for clock, action in block if is_action else ():
                self.done("do", action, "--session", session, at=f"{DAYS[session]}T{clock}")
            if not is_action:
                typed = "".join(f"{line}\n" for _, line in block)
                at = f"{DAYS[session]}T{block[0][0]}"
                ids = self.done("capture", "-", "--session", session, at=at, stdin=typed)
                assert len(ids.split()) == len(block), block


def _lines(session: str) -> Iterator[Entry]:
    return ((line[:5], line[6:]) for line in OTHER_DAYS[session].strip().splitlines())


def _steps(session: str) -> Iterator[Entry]:
    """`next` whenever an item was planned to begin, and the end."""
    plan = real_week()
    found = plan.session(session)
    assert found is not None
    rows = rundown(Run(plan, found), datetime(2020, 9, 1, tzinfo=UTC)).rows
    for row in rows[1:]:
        yield f"{row.planned_start.astimezone(plan.programme.tz):%H:%M}", "next"
    yield "17:00", "finish"


def presence(number: int) -> str:
    """Zoom's report of those who came."""
    people = {person.id: person.name for person in real_week().roster.people}
    rows = (
        f"{people[id]},,09/29/2020 03:01:00 PM,09/29/2020 05:00:00 PM,119,No" for id in PEOPLE_HERE.split()[:number]
    )
    return "\n".join(["Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest", *rows, ""])

"""Proofs 2, 11 and 12 in a real terminal: the console killed, fed with hostile text, and looked at from outside."""

from __future__ import annotations

import json
import random
import re
import shlex
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from facilitator_tui import paths
from facilitator_tui.core.events import CaptureAdded
from facilitator_tui.store.drafts import Drafts
from facilitator_tui.store.journal import Journal
from faults.measure import LONG, figure, many, needs
from faults.test_refusals import may_trace
from terminal.person import Person as Anybody

pytestmark = pytest.mark.terminal

WEEK = Path(__file__).parents[2] / "sessions.toml"
CLOSED = "i writes a line"
"""What stands in the capture line while it is closed."""


class Person(Anybody):
    """Somebody who can also just look for a while."""

    def look(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        while True:
            self._read()
            if time.monotonic() >= end:
                return


@pytest.fixture
def week(tmp_path: Path) -> Path:
    """A folder with the real week, Tuesday's call under way."""
    shutil.copy(WEEK, tmp_path / "sessions.toml")
    facilitator(tmp_path, "do", "start")
    return tmp_path


def facilitator(folder: Path, *words: str) -> str:
    command = [sys.executable, "-m", "facilitator_tui", *words, "--session", "tue"]
    done = subprocess.run(command, cwd=folder, capture_output=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.decode()


# ---------------------------------------------------------------- proof 2


class Round:
    """One console that will be killed: what was seen of it, and what it left."""

    def __init__(self, week: Path, number: int, chance: random.Random) -> None:
        self._week, self._chance = week, chance
        self.line = f"line{number:03d}x" + "".join(chance.choices("abcdefg", k=chance.randrange(8, 30)))
        self.draft_file = paths.draft_file(week / "records", "tue")
        self.draft_file.unlink(missing_ok=True)

    def play(self, typing: bool) -> None:
        with Person("--session", "tue", folder=self._week) as person:
            person.sees("Agenda")
            person.press("i")
            person.sees_no_more(CLOSED)
            if typing:
                self._type_and_kill(person)
            else:
                self._save_and_kill(person)
            person.leaves()
            self.screen = person.text()

    def _type_and_kill(self, person: Person) -> None:
        for key in self.line[: self._chance.randrange(6, len(self.line))]:
            person.type(key)
            person.look(self._chance.uniform(0, 0.02))
        person.look(self._chance.uniform(0, 0.15))
        person.kill(signal.SIGKILL)

    def _save_and_kill(self, person: Person) -> None:
        person.type(self.line)
        person.sees(self.line)
        person.press("enter")
        person.look(self._chance.uniform(0, 0.2))
        person.kill(signal.SIGKILL)

    @property
    def acknowledged(self) -> bool:
        return re.search(rf"{self.line}.*✓", self.screen) is not None

    @property
    def seen(self) -> int:
        """How many keys of the line could be seen."""
        return next((n for n in range(len(self.line), 0, -1) if self.line[:n] in self.screen), 0)

    @property
    def kept(self) -> int:
        draft = Drafts(self.draft_file).load().text
        assert self.line.startswith(draft)
        return len(draft)


def test_no_line_with_its_mark_is_lost_to_a_kill_and_a_draft_lacks_one_key_at_most(week: Path) -> None:
    chance = random.Random(2)
    kills = many(4, 100)
    marked, short = [], []
    for number in range(kills):
        one = Round(week, number, chance)
        typing = number % 2 == 0
        one.play(typing)
        if typing:
            short.append(max(0, one.seen - one.kept))
        elif one.acknowledged:
            marked.append(one.line)
    events = Journal(week / "records" / "tue", device="other").load().events
    found = {event.payload.text for event in events if isinstance(event.payload, CaptureAdded)}
    lost = [line for line in marked if line not in found]
    figure(
        2,
        f"{kills} kills of the console: {len(marked)} lines with ✓, {len(lost)} lost; "
        f"{len(short)} drafts, at most {max(short)} keys short",
    )
    assert lost == []
    assert max(short) <= 1
    assert marked or kills < 10


# ---------------------------------------------------------------- proof 11

NAUGHTY = (
    "\x1b]0;owned\x07",
    "\x1b[31;7mred\x1b[2J",
    "\x9b31mc1\x9d0;owned\x9c",
    "\x1bP+q544e\x1b\\",
    "\x00\x08\x0b\x0c\x7f",
    "\u202egnp.txt\u2066",
    "[/] [b]bold[/b] [@click=app.quit]x[/]",
    "Z\u0351\u036b\u0343\u036a\u0302\u036b\u033d\u034f\u0334\u0319\u0324\u031e\u0349\u035a",
    "👩‍👩‍👧‍👦 🏴󠁧󠁢󠁥󠁮󠁧󠁿 ¡Ñ! 日本語 עברית",
    "\u2028\u2029\x85",
    "${jndi:ldap://x} $(reboot) `id` ; rm -rf / %s%n",
    "{title} {nobody} {{ 7 * 7 }} {% raw %}",
)
INJECTED = (b"\x1b]0;owned", b"\x1b[31;7m", b"\x1bP+q544e", b"\x00", b"\x0b", b"\x0c", b"\x7f")
SIGNS = re.compile("[\x80-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029]")
CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029]")


def hostile_plan(text: str) -> str:
    """A plan with the text in every field that holds text."""
    said = json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
    message = said.replace("{nobody}", "")
    return f"""
[programme]
title = {said}
tz = "Europe/Berlin"
purpose = {said}
theme = {said}

[roster]
orgs = [{{ id = "o1", name = {said}, short = {said}, region = {said}, sector = {said} }}]
people = [{{ id = "p1", name = {said}, org = "o1", pronouns = {said}, needs = {said} }}, {{ id = "p2", name = "Ben" }}]

[ideas]
list = [{{ id = "i1", text = {said} }}]

[[message]]
id = "m1"
text = {message}

[[session]]
id = "tue"
title = {said}
date = 2020-09-29
start = "15:00"
tags = [{said}]
questions = [{said}]
rooms = [{{ id = "r1", name = {said} }}, {{ id = "r2", name = "Two" }}]
agenda = [
  {{ id = "a", kind = "input", minutes = 10, title = {said}, note = {said}, speaker = "p1" }},
  {{ id = "b", kind = "breakout", minutes = 10, title = {said}, rooms = ["r1", "r2"] }},
]
"""


def hostile_week(folder: Path, text: str) -> None:
    (folder / "sessions.toml").write_text(hostile_plan(text), encoding="utf-8")
    subprocess.run(
        [sys.executable, "-m", "facilitator_tui", "capture", "-", "--session", "tue"],
        cwd=folder,
        input=f"= {text}\n@{text}\n#{text} {text}\n".encode("utf-8", "replace"),
        capture_output=True,
        timeout=60,
        check=True,
    )


def written(folder: Path) -> list[str]:
    """Whatever the commands print and write about such a week."""
    told = [
        facilitator(folder, *words)
        for words in (
            ("status",),
            ("captures",),
            ("log",),
            ("messages",),
            ("rooms", "--item", "b"),
            ("doctor",),
            ("export",),
        )
    ]
    files = [path for root in ("records", "export") for path in (folder / root).rglob("*") if path.is_file()]
    return told + [path.read_text(encoding="utf-8").replace("\r\n", "\n") for path in files]


def test_no_hostile_text_reaches_a_command_or_a_file_as_a_control_sign(tmp_path: Path) -> None:
    text = " ".join(NAUGHTY)
    hostile_week(tmp_path, text)
    facilitator(tmp_path, "do", "start")
    texts = written(tmp_path)
    for told in texts:
        found = CONTROLS.search(told)
        assert found is None, ascii(told[max(0, found.start() - 40) : found.end() + 40])
    figure(11, f"{len(NAUGHTY)} naughty strings in every field: {len(texts)} outputs and files without a control sign")


def test_no_hostile_text_reaches_the_terminal_as_a_control_sign(tmp_path: Path) -> None:
    rounds = [f"x {text}" for text in NAUGHTY] if LONG else [" ".join(NAUGHTY)]
    pages = ["1", "2", "3", "4", "m", "h", ".", "w", "5", "?"] if LONG else ["2", "3", "4", "m", "h"]
    for number, text in enumerate(rounds):
        folder = tmp_path / str(number)
        folder.mkdir()
        hostile_week(folder, text)
        with Person("--session", "tue", folder=folder, size=(120, 36)) as person:
            person.sees("Agenda")
            person.press("s")
            for page in pages:
                person.press(page)
                person.look(0.3)
                person.press("escape")
                person.look(0.3)
            person.press("1", "i")
            person.sees_no_more(CLOSED)
            person.paste(text)
            person.look(0.3)
            person.press("enter")
            person.look(0.5)
            raw = bytes(person.raw)
            person.kill(signal.SIGKILL)
            person.leaves()
        for wrong in INJECTED:
            assert wrong not in raw, (wrong, text)
        drawn = raw.decode("utf-8", "replace")
        shown = SIGNS.search(drawn)
        assert shown is None, ascii(drawn[max(0, shown.start() - 200) : shown.end() + 60])
    figure(11, f"{len(rounds)} rounds over {len(pages)} pages in a terminal: no control sign but the program's own")


# ---------------------------------------------------------------- proof 12


@needs("strace")
def test_a_session_opens_no_network_socket(week: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if not may_trace():
        pytest.skip("strace may not trace here")
    out = tmp_path / "sockets"
    tracer = ["strace", "-f", "-qq", "-A", "-o", str(out), "-e", "trace=socket,connect"]
    traced_python = tmp_path / "traced-python"
    traced_python.write_text(f'#!/bin/sh\nexec {shlex.join([*tracer, sys.executable])} "$@"\n')
    traced_python.chmod(0o700)
    monkeypatch.setattr(sys, "executable", str(traced_python))
    with Person("--session", "tue", folder=week) as person:
        person.sees("Agenda")
        person.press("i")
        person.sees_no_more(CLOSED)
        person.type("no socket")
        person.sees("no socket")
        person.press("enter")
        person.sees("no socket.*✓")
        person.press("escape")
        person.sees(CLOSED)
        person.press("q")
        person.leaves()
    with Person("stage", "--session", "tue", folder=week) as person:
        person.sees("left")
        person.press("q")
        person.leaves()
    for words in (("status",), ("captures",), ("do", "next"), ("export",), ("rooms", "--item", "groups"), ("doctor",)):
        facilitator(week, *words)
    traced = out.read_text()
    network = [line for line in traced.splitlines() if re.search(r"AF_(?!UNIX|LOCAL|NETLINK)\w+", line)]
    figure(
        12, f"strace over a session of the console, the shared screen and 6 commands: {len(network)} network sockets"
    )
    assert network == []

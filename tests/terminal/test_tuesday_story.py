"""The whole of Tuesday typed by keyboard in a real terminal; its export is what the command line makes of the same."""

from __future__ import annotations

import io
import json
import shutil
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from facilitator_tui.cli import main
from facilitator_tui.console.scene import person_marks
from facilitator_tui.core.run import Run
from harvest.tuesday import TYPED, real_week
from terminal.person import Person

pytestmark = pytest.mark.terminal

WEEK = Path(__file__).parents[2] / "sessions.toml"
HERE = ("f01", "p01", "p02", "p05", "p06", "p09", "p10", "p13", "p17", "p22")
SPOKE = ("p01", "p13", "p22", "p01")
HANDS = ("p09", "p05", "p17")
"""These raise a hand during the questions; the newcomers among them have the floor first."""
FLOOR = ("p05", "p17", "p09")
FILES = ("notes.md", "actions.md", "mail.txt")


def items() -> Iterator[list[str]]:
    """What is typed in each item, in order; a slip and its undoing are a part of every call."""
    lines: list[str] = []
    for entry in TYPED.strip().splitlines():
        said = entry.partition(" ")[2]
        if said in ("next", "finish"):
            yield lines
            lines = []
        elif said not in ("pause", "resume"):
            lines.append(said)


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    """Two folders with the real week: one for the keyboard, one for the command line."""
    for name in ("typed", "called"):
        (tmp_path / name).mkdir()
        shutil.copy(WEEK, tmp_path / name / "sessions.toml")
    return tmp_path / "typed", tmp_path / "called"


def type_tuesday(person: Person, marks: dict[str, str]) -> None:
    """Presence, every item with its lines, hands, rooms, messages, harvest, and the end."""
    person.sees("Agenda")
    person.press("w")
    person.sees("Who is here")
    person.type("".join(marks[id] for id in HERE))
    person.sees("Participant 22 is here")
    person.press("escape")
    person.sees("Agenda")
    person.press("s")
    person.sees("▶")
    for number, lines in enumerate(items()):
        if lines:
            take_notes(person, lines)
        during(person, number, marks)
        go_on(person)
    person.sees("finished")


def go_on(person: Person) -> None:
    """To the next item, sure of it; pressed in the first moment of an item, the key is taken for a slip."""
    for _ in range(10):
        person.press("n")
        with suppress(AssertionError):
            person.sees("enter yes", patience_s=2)
            break
    person.press("enter")
    person.sees_no_more("enter yes")


def take_notes(person: Person, lines: list[str]) -> None:
    person.press("i")
    person.sees_no_more("i writes a line")
    person.type("a slip of the tongue\r/undo\r")
    for line in lines:
        person.type(f"{line}\r")
    person.sees_no_more("a slip of the tongue")
    person.type("\r")
    person.sees("i writes a line")


def during(person: Person, item: int, marks: dict[str, str]) -> None:
    """What is done beside the notes in the item of that number."""
    if item == 0:
        person.press("m")
        person.sees("welcome .*now")
        person.press("L", "enter")
        person.sees("copied")
        person.press("Y")
        person.sees(r"\A¡Bienvenidas")
        person.press("escape")
        person.sees("Messages")
        person.press("1")
        person.sees("Agenda")
    elif item == 3:
        person.press(".")
        person.sees("Who was heard")
        person.type("".join(f"!{marks[id]}" for id in HANDS))
        person.sees("Hands up, in the order to call them  3")
        for left in (2, 1, 0):
            person.press("enter")
            person.sees(f"in the order to call them  {left}" if left else "3 turns in all")
        person.press("escape")
        person.sees("Agenda")
    elif item == 4:
        person.press("t")
        person.sees(r"Rooms · .* left")
        person.press("t")
        person.sees("calls everybody back")
        person.press("enter")
        person.sees_no_more("calls everybody back")
    elif item == 8:
        person.press(".")
        person.sees("Who was heard")
        person.type("".join(marks[id] for id in SPOKE))
        person.sees(f"{len(SPOKE) + len(FLOOR)} turns in all")
        person.press("escape")
        person.sees("Agenda")
        person.press("h")
        person.sees("Harvest · ")
        person.press("p")
        person.sees("KEY MESSAGES")
        person.press("escape")
        person.sees("Harvest · ")
        person.press("1")
        person.sees("Agenda")


def call_tuesday(folder: Path, ats: list[str]) -> None:
    """The same through the command line; `ats` are the instants at which the items began, and the end."""
    place = ("--plan", str(folder / "sessions.toml"), "--session", "tue")
    for id in HERE:
        called("do", "here", id, *place, at=ats[0])
    called("do", "start", *place, at=ats[0])
    for number, (lines, at, until) in enumerate(zip(items(), ats, ats[1:], strict=False)):
        if lines:
            called("capture", "-", *place, at=at, typed="\n".join(("a slip of the tongue", "/undo", *lines)))
        turns = {3: FLOOR, 8: SPOKE}.get(number, ())
        for id in turns:
            called("do", "spoke", id, *place, at=at)
        called("do", "next", *place, at=until)


def called(*words: str, at: str = "", typed: str = "") -> None:
    """A command in this process, with what is typed into its standard input."""
    before, sys.stdin = sys.stdin, io.TextIOWrapper(io.BytesIO(typed.encode()))
    try:
        assert main([*words, *(("--at", at) if at else ())]) == 0
    finally:
        sys.stdin = before


def test_a_tuesday_typed_by_keyboard_is_the_tuesday_of_the_command_line(
    folders: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    keyboard, command_line = folders
    plan = real_week()
    session = plan.session("tue")
    assert session is not None
    with Person("--session", "tue", folder=keyboard) as person:
        type_tuesday(person, dict(person_marks(Run(plan, session))))
        person.press("q")
        assert person.leaves() == 0
    capsys.readouterr()
    called("log", "--json", "--plan", str(keyboard / "sessions.toml"), "--session", "tue")
    events = json.loads(capsys.readouterr().out)
    ats = [one["at"] for one in events if one["kind"] in ("item.started", "session.finished")]
    assert len(ats) == len(list(items())) + 1
    call_tuesday(command_line, ats)
    for folder in folders:
        called("export", "--plan", str(folder / "sessions.toml"), "--session", "tue", "--to", str(folder / "out"))
    written = [[path.read_text() for name in FILES for path in (one / "out").rglob(name)] for one in folders]
    assert len(written[0]) == len(FILES)
    assert written[0] == written[1]
    assert sum(text.count("\n- ") for text in written[0][:1]) >= 40

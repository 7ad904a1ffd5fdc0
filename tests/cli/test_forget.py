"""`facilitator forget` on the real week."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from cli.commandline import CommandLine, spawn
from facilitator_tui import paths
from facilitator_tui.cli import main
from facilitator_tui.store.drafts import Heartbeat
from facilitator_tui.store.presence import Presence

TUESDAY = ("--session", "tue")


def spoken(week: CommandLine) -> None:
    """A short call in which Darian Stibbe was there, spoke, and was written down; then its exports."""
    week.ok("do", "start", *TUESDAY)
    week.ok("do", "here", "darian", *TUESDAY)
    week.ok("do", "spoke", "stibbe", *TUESDAY)
    week.ok("capture", "= trust first #impact @stibbe", *TUESDAY)
    week.ok("capture", "= Stella agreed with Darian @pfisterer", *TUESDAY)
    week.ok("export", "--html", *TUESDAY)


def naming(folder: Path) -> list[Path]:
    found = [path for root in ("records", "export") for path in (folder / root).rglob("*") if path.is_file()]
    return [path for path in found if b"stibbe" in path.read_bytes().lower() or b"darian" in path.read_bytes().lower()]


def test_a_person_is_gone_from_records_and_exports_and_the_lines_are_there(week: CommandLine) -> None:
    spoken(week)
    assert naming(week.folder)
    said = week.ok("forget", "Darian Stibbe", "--yes")
    assert naming(week.folder) == []
    assert [(one["text"], one["by"]) for one in week.captures(*TUESDAY)] == [
        ("trust first", None),
        ("Stella agreed with [removed]", "pfisterer"),
    ]
    assert "sessions.toml:80" in said.out
    assert "files that were sent" in said.out
    assert week.ok("doctor", *TUESDAY)


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_in_a_terminal_it_asks_first_and_changes_nothing_without_a_yes(
    week: CommandLine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    spoken(week)
    before = naming(week.folder)
    monkeypatch.chdir(week.folder)
    monkeypatch.setattr("sys.stdin", Terminal("n\n"))
    assert main(["forget", "stibbe"]) == 1
    assert "nothing was changed" in capsys.readouterr().err
    assert naming(week.folder) == before
    monkeypatch.setattr("sys.stdin", Terminal("y\n"))
    assert main(["forget", "stibbe"]) == 0
    assert naming(week.folder) == []


def test_a_script_is_not_asked(week: CommandLine) -> None:
    spoken(week)
    assert spawn("forget", "stibbe", folder=week.folder, stdin="").code == 0
    assert naming(week.folder) == []


def test_it_refuses_while_a_console_has_the_session_open(week: CommandLine) -> None:
    spoken(week)
    Heartbeat(paths.heartbeat_file(week.folder / "records", "tue")).beat()
    assert "a console is open on tue" in week.refused("forget", "stibbe", "--yes")
    assert naming(week.folder)


def test_it_warns_of_a_console_on_another_computer_in_one_line(week: CommandLine) -> None:
    spoken(week)
    presence = Presence(week.folder / "records" / "tue", "bbbbb", name="bens-laptop")
    presence.show()
    said = week.ok("forget", "stibbe", "--yes")
    assert [line for line in said.err.splitlines() if "bens-laptop" in line] == [
        "a console on bens-laptop has tue open and could write the name again from its drafts: "
        "close it there, and say this once more afterwards"
    ]
    assert naming(week.folder) == []
    presence.leave()
    assert "bens-laptop" not in week.ok("forget", "stibbe", "--yes").err


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("Participant", "fits"),
        ("CIFOR", "organisation"),
        ("Stibbbe", "Did you mean Darian Stibbe"),
        ("somebody else", "Nobody"),
    ],
)
def test_a_name_that_means_nobody_or_several_changes_nothing(week: CommandLine, name: str, why: str) -> None:
    spoken(week)
    before = {path: path.read_bytes() for path in naming(week.folder)}
    assert why in week.refused("forget", name, "--yes")
    assert {path: path.read_bytes() for path in naming(week.folder)} == before


def test_somebody_who_came_in_during_the_call_is_forgotten_everywhere(week: CommandLine) -> None:
    for session in ("mon", "tue"):
        week.ok("do", "here", "+Zora Quill", "--session", session)
        week.ok("capture", "as Zora said @zora", "--session", session)
    answer = week.ok("forget", "zora quill", "--yes", "--json").json
    assert answer["ids"] == ["zora-quill"]
    assert answer["events_removed"] == 4
    logs = b"".join(path.read_bytes() for path in (week.folder / "records").rglob("*") if path.is_file())
    assert b"zora" not in logs.lower()


def test_a_name_that_is_on_no_roster_is_taken_out_of_the_texts(week: CommandLine) -> None:
    week.ok("capture", "greetings from Xanthippe", *TUESDAY)
    week.ok("forget", "Xanthippe", "--yes")
    assert week.captures(*TUESDAY)[0]["text"] == "greetings from [removed]"


def test_forgetting_somebody_nobody_wrote_about_says_so_and_names_the_plan(week: CommandLine) -> None:
    answer = week.ok("forget", "beyer", "--yes")
    assert "Nothing in the records" in answer.out
    assert "sessions.toml:" in answer.out

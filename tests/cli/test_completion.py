"""What a shell is offered at the tab key, and that asking costs no import of the console."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from cli.commandline import CommandLine
from facilitator_tui.cli import COMMANDS, COMPLETE_VARIABLE, main


def offered(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], typed: str) -> list[str]:
    """The words offered for a line whose last word is being typed."""
    words = typed.split(" ")
    monkeypatch.setenv(COMPLETE_VARIABLE, "bash_complete")
    monkeypatch.setenv("COMP_WORDS", typed)
    monkeypatch.setenv("COMP_CWORD", str(len([word for word in words if word]) - (words[-1] != "")))
    capsys.readouterr()
    main()
    out, err = capsys.readouterr()
    assert err == ""
    return [line.partition(",")[2] for line in out.split()]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("facilitator st", ["status", "stage"]),
        ("facilitator --session ", ["mon", "tue", "wed", "thu", "fri"]),
        ("facilitator status --session t", ["tue", "thu"]),
        ("facilitator do --session tue goto st", ["stretch"]),
        ("facilitator do ext", ["extend"]),
        ("facilitator do move --session tue qa ", ["up", "down"]),
        ("facilitator do here p01", ["p01"]),
        ("facilitator do rooms re", ["recall", "replan"]),
        ("facilitator export --edition p", ["participants", "public"]),
        ("facilitator forget p2", ["p20", "p21", "p22", "p23", "p24"]),
        ("facilitator messages wel", ["welcome"]),
        ("facilitator sessions.toml --pl", ["--plain", "--plan"]),
    ],
)
def test_what_can_stand_there_is_offered(
    week: CommandLine, typed: str, words: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert offered(monkeypatch, capsys, typed) == words


@pytest.mark.parametrize("typed", ["facilitator bogus x", "facilitator do here p", "facilitator stat --nothing "])
def test_what_can_not_be_known_offers_nothing_and_says_nothing(
    empty: CommandLine, typed: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert offered(monkeypatch, capsys, typed) == []


def test_a_nonsense_before_it_does_not_matter(
    empty: CommandLine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert offered(monkeypatch, capsys, "facilitator do --at nonsense st") == ["start"]


def test_every_command_is_offered(
    empty: CommandLine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert offered(monkeypatch, capsys, "facilitator ") == list(COMMANDS)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_has_a_script(empty: CommandLine, shell: str) -> None:
    assert f"{COMPLETE_VARIABLE}={shell}_complete" in empty.ok("completion", shell).out


def test_without_a_name_it_is_the_script_of_the_users_shell(
    empty: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHELL", "/usr/bin/fish")
    assert "fish_complete" in empty.ok("completion").out
    monkeypatch.setenv("SHELL", "/bin/other")
    assert "say for which shell" in empty.misused("completion")


def test_completing_imports_no_console(week: CommandLine) -> None:
    asked = "import sys; from facilitator_tui.cli import main; main(); print('textual' in sys.modules)"
    environment = {COMPLETE_VARIABLE: "bash_complete", "COMP_WORDS": "facilitator do start ", "COMP_CWORD": "3"}
    done = subprocess.run(
        [sys.executable, "-c", asked],
        cwd=week.folder,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
    )
    assert done.stdout.splitlines()[-1] == "False", done.stderr


def test_bash_takes_the_script(week: CommandLine, tmp_path: Path) -> None:
    script = week.ok("completion", "bash").out
    path = tmp_path / "facilitator.bash"
    path.write_text(script)
    done = subprocess.run(["bash", "-n", str(path)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")

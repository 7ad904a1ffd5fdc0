"""`E`: the plan in the user's editor, and back: the console writes nothing and catches up."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

import pytest

from console.played import WEEK, Play, opened
from facilitator_tui.console.editing import at_line, editor, run_editor


@pytest.mark.parametrize(
    ("environ", "words"),
    [
        ({"EDITOR": "nano"}, ["nano"]),
        ({"VISUAL": "code --wait", "EDITOR": "nano"}, ["code", "--wait"]),
        ({"VISUAL": " ", "EDITOR": "'/opt/my editor' -x"}, ["/opt/my editor", "-x"]),
        ({"VISUAL": "broken 'quote", "EDITOR": "vi"}, ["vi"]),
        ({}, []),
    ],
)
def test_the_editor_is_the_one_that_the_user_named(environ: dict[str, str], words: list[str]) -> None:
    assert editor(environ) == words


@pytest.mark.parametrize(
    ("words", "command"),
    [
        (["vi"], ["vi", "+12", "plan"]),
        (["/usr/bin/nvim", "-p"], ["/usr/bin/nvim", "-p", "+12", "plan"]),
        (["nano"], ["nano", "+12", "plan"]),
        (["emacs", "-nw"], ["emacs", "-nw", "+12", "plan"]),
        (["hx"], ["hx", "plan:12"]),
        (["subl", "--wait"], ["subl", "--wait", "plan:12"]),
        (["code", "--wait"], ["code", "--wait", "--goto", "plan:12"]),
        (["C:\\Tools\\nvim.exe"], ["C:\\Tools\\nvim.exe", "+12", "plan"]),
        (["unheard-of"], ["unheard-of", "plan"]),
    ],
)
def test_it_opens_at_a_line_where_the_editor_is_known(words: list[str], command: list[str]) -> None:
    assert at_line(words, Path("plan"), 12) == command


def test_without_a_line_it_just_opens() -> None:
    assert at_line(["vi"], Path("plan"), 1) == ["vi", "plan"]


@pytest.fixture
def play(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Play:
    """A call whose plan may be written to."""
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", "vi")
    plan = tmp_path / "sessions.toml"
    plan.write_text(WEEK.read_text(encoding="utf-8"), encoding="utf-8")
    return Play(tmp_path, store=opened(tmp_path, "tue", plan))


def edits(play: Play, old: str, new: str) -> None:
    """The next editor changes the plan; the call's clock goes on for ten minutes meanwhile."""
    path = play.store.plan_path

    def edit(command: list[str]) -> str:
        play.stage.edited.append(list(command))
        path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
        play.clock.on(minutes=10)
        return ""

    play.stage.edit = edit  # type: ignore[method-assign, assignment]


def test_an_edit_is_in_the_agenda_as_soon_as_the_editor_is_left(play: Play) -> None:
    edits(play, "One word from your week", "A word about equity")
    play.press("plan.edit")
    assert play.store.run.session.agenda[1].title == "A word about equity"
    assert play.said == "the plan is as you left it; no problems"


def test_a_broken_edit_is_told_in_place_and_the_next_one_opens_at_its_line(play: Play) -> None:
    edits(play, '"One word from your week"', '"One word from your week')
    play.press("plan.edit")
    assert play.said.startswith("the plan has 1 error, E opens it at line ")
    assert play.scene.notice.startswith("plan line ") and play.scene.notice.endswith("the last good plan goes on")
    play.press("plan.edit")
    (problem,) = play.store.problems
    assert play.stage.edited[-1] == ["vi", f"+{problem.line}", str(play.store.plan_path)]


def test_the_clock_has_gone_on_and_nothing_is_asked(play: Play) -> None:
    play.press("item.start")
    edits(play, "x", "x")
    play.press("plan.edit")
    assert not play.conductor.asking
    assert any("time is up" in alert.words for alert in play.scene.alerts)
    play.clock.on(seconds=1)
    play.conductor.tick()
    assert not play.conductor.asking


def test_without_an_editor_it_says_what_to_do(play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("EDITOR")
    play.press("plan.edit")
    assert play.said == "no editor is set: export EDITOR=nano first" and play.stage.edited == []


def test_an_editor_that_is_not_there_is_told(play: Play) -> None:
    play.stage.edit = run_editor  # type: ignore[method-assign, assignment]
    os.environ["EDITOR"] = "no-such-editor"
    play.press("plan.edit")
    assert play.said.startswith("no-such-editor could not be run: No such file")


def test_ctrl_c_is_the_editors_and_the_program_gets_its_own_handler_back() -> None:
    before = signal.getsignal(signal.SIGINT)
    kill = "import os, signal; os.kill(os.getppid(), signal.SIGINT); print(signal.getsignal(signal.SIGINT))"
    assert run_editor([sys.executable, "-c", kill]) == ""
    assert signal.getsignal(signal.SIGINT) is before

"""`E`: the plan in the user's own editor, at the line of its first problem, and back.

Owns which program is run with which words, and what is told afterwards. The console never writes the plan: it gives
the terminal away and reads the plan again. It must not know how the screen is given away (`Stage.edit`).
"""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path, PureWindowsPath
from typing import TYPE_CHECKING

from facilitator_tui.core.problems import Problem

if TYPE_CHECKING:
    from facilitator_tui.console.conductor import Conductor
    from facilitator_tui.console.scene import Scene, Tone

VARIABLES = ("VISUAL", "EDITOR")
NO_EDITOR = "no editor is set: export EDITOR=nano first"

_PLUS = frozenset(
    (
        "vi",
        "vim",
        "nvim",
        "gvim",
        "vis",
        "nano",
        "pico",
        "micro",
        "emacs",
        "emacsclient",
        "jed",
        "joe",
        "mg",
        "ne",
        "kak",
        "gedit",
        "geany",
        "mcedit",
    )
)
"""Editors that take `+LINE FILE`."""
_COLON = frozenset(("hx", "helix", "subl", "sublime_text", "zed", "zeditor"))
"""Editors that take `FILE:LINE`."""
_GOTO = frozenset(("code", "code-insiders", "codium", "cursor", "windsurf"))
"""Editors that take `--goto FILE:LINE`."""


def editor(environ: Mapping[str, str]) -> list[str]:
    """The words of `$VISUAL`, else of `$EDITOR`; empty when neither says anything that can be run."""
    for name in VARIABLES:
        try:
            words = shlex.split(environ.get(name, ""), posix=os.name != "nt")
        except ValueError:
            continue
        if words:
            return [word.strip('"') for word in words]
    return []


def at_line(words: Sequence[str], path: Path, line: int) -> list[str]:
    """The command that opens a file, at a line where it is known how the editor is told of one."""
    name = PureWindowsPath(words[0]).stem.lower()
    if line > 1 and name in _PLUS:
        return [*words, f"+{line}", str(path)]
    if line > 1 and name in _COLON:
        return [*words, f"{path}:{line}"]
    if line > 1 and name in _GOTO:
        return [*words, "--goto", f"{path}:{line}"]
    return [*words, str(path)]


def first_problem(problems: Sequence[Problem]) -> Problem | None:
    """The first error, else the first warning."""
    return next((one for one in problems if one.severity == "error"), next(iter(problems), None))


def no_editor(scene: Scene) -> str:
    """Why the plan can't be opened from here."""
    return "" if editor(os.environ) else NO_EDITOR


def edit_plan(conductor: Conductor) -> None:
    """Open the plan, wait for the editor, and tell how the plan is now. The clock has gone on meanwhile."""
    store = conductor.store
    words = editor(os.environ)
    if not words:
        conductor.say(NO_EDITOR, "refused")
        return
    problem = first_problem(store.problems)
    path, line = (Path(problem.file), problem.line) if problem else (store.plan_path, 1)
    failed = conductor.stage.edit(at_line(words, path, line))
    conductor.came_back()
    if failed:
        conductor.say(f"{words[0]} could not be run: {failed}; $VISUAL or $EDITOR names another", "refused")
    else:
        conductor.say(*_told(store.problems))


def _told(problems: Sequence[Problem]) -> tuple[str, Tone]:
    problem = first_problem(problems)
    if problem is None:
        return "the plan is as you left it; no problems", "done"
    errors = sum(one.severity == "error" for one in problems)
    if errors:
        return f"the plan has {errors} error{'s' * (errors != 1)}, E opens it at line {problem.line}", "alert"
    count = f"{len(problems)} warning{'s' * (len(problems) != 1)}"
    return f"the plan is taken, {count}; line {problem.line}: {problem.message}", "done"


def run_editor(command: Sequence[str]) -> str:
    """Run it in the terminal and wait; why it could not be run, else nothing.

    Ctrl+C is the editor's meanwhile: it reaches every program of the terminal and must not end the console.
    """
    with _left_alone("SIGINT", "SIGQUIT"):
        try:
            subprocess.run(command, check=False)
        except (OSError, ValueError) as error:
            return getattr(error, "strerror", None) or str(error)
    return ""


@contextmanager
def _left_alone(*names: str) -> Iterator[None]:
    """Signals that do nothing here. A program that is started gets them back, unlike those that are ignored."""
    numbers = [getattr(signal, name) for name in names if hasattr(signal, name)]
    before = [(number, signal.signal(number, lambda number, frame: None)) for number in numbers]
    try:
        yield
    finally:
        for number, handler in before:
            signal.signal(number, handler)

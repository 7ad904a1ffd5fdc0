"""Plans for the tests of the plan file: the real week, the smallest one, and how they are loaded."""

from __future__ import annotations

from pathlib import Path

from facilitator_tui.core.problems import Problem
from facilitator_tui.store.plan_file import LoadedPlan, load_plan

REAL_WEEK = Path(__file__).parents[2] / "sessions.toml"

SMALLEST = """\
[[session]]
agenda = [
  { minutes = 5,  title = "Welcome" },
  { minutes = 20, title = "Our question" },
  { minutes = 25, kind = "breakout", size = 4, rounds = 2 },
  { minutes = 5,  title = "Goodbye" },
]
"""


def load(folder: Path, content: str | bytes, name: str = "sessions.toml") -> LoadedPlan:
    """Write a plan into a folder and load it."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return load_plan(path)


def line_of(text: str, part: str) -> int:
    """The line, from 1, in which a part of a text begins."""
    return text.count("\n", 0, text.index(part)) + 1


def on_line(loaded: LoadedPlan, line: int) -> list[Problem]:
    return [problem for problem in loaded.problems if problem.line == line]


def said(problems: list[Problem] | tuple[Problem, ...]) -> str:
    return "\n".join(str(problem) for problem in problems)

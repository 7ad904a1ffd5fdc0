"""The plan file: found, read with all its problems at once, and written once to start from.

Owns the way from a path to a `Plan`. It must not know the screen; it writes new plans only, never over one.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from facilitator_tui.core.plan import Plan
from facilitator_tui.core.problems import Problem
from facilitator_tui.core.readiness import readiness
from facilitator_tui.core.text import clean
from facilitator_tui.errors import FacilitatorError
from facilitator_tui.store.plan_build import PlanBuilder
from facilitator_tui.store.plan_cursor import Table
from facilitator_tui.store.plan_include import read_with_includes
from facilitator_tui.store.plan_names import Names
from facilitator_tui.store.plan_places import PLAN_NAME as PLAN_NAME
from facilitator_tui.store.plan_places import PlanMissing as PlanMissing
from facilitator_tui.store.plan_places import find_plan as find_plan
from facilitator_tui.store.plan_problems import Problems
from facilitator_tui.store.plan_rows import RowReader
from facilitator_tui.store.plan_source import Sources
from facilitator_tui.store.zones import local_zone

SCHEMA = 1
_CLOCK_FIELDS = (".start", ".hard_stop", ".at", ".until")


class PlanInTheWay(FacilitatorError):
    """A new plan would have to be written over something."""


@dataclass(frozen=True, slots=True)
class LoadedPlan:
    """A plan as it was read: None where `problems` has an error. `files` are those it was read from."""

    plan: Plan | None
    problems: tuple[Problem, ...]
    files: tuple[Path, ...]

    @property
    def errors(self) -> tuple[Problem, ...]:
        return tuple(problem for problem in self.problems if problem.severity == "error")

    @property
    def warnings(self) -> tuple[Problem, ...]:
        return tuple(problem for problem in self.problems if problem.severity == "warning")


def load_plan(path: Path) -> LoadedPlan:
    """Read a plan and everything it includes. Nothing in a file raises: every problem is in the result."""
    problems = Problems()
    sources = Sources()
    root = read_with_includes(path, sources, problems)
    files = tuple(source.path for source in sources.files)
    if root is None:
        return LoadedPlan(None, problems.listed(sources), files)
    plan = _build(path, root, sources, problems)
    fatal = plan is None or problems.fatal
    return LoadedPlan(None if fatal else plan, problems.listed(sources), files)


def _build(path: Path, root: Table, sources: Sources, problems: Problems) -> Plan | None:
    if not _right_schema(root, problems):
        return None
    top = RowReader(problems).table("top", root, "")
    names = Names(problems, lambda at, seen_from: _line_of(at, seen_from, sources))
    plan = PlanBuilder(names, _folder_name(path), local_zone).build(top)
    for finding in readiness(plan):
        if problems.wrong("programme.tz") and finding.path.endswith(_CLOCK_FIELDS):
            continue  # the zone had to be guessed
        at = place_of(finding.path, names.places, root)
        problems.warn(at, finding.path, finding.message, finding.hint)
    return plan


def _right_schema(root: Table, problems: Problems) -> bool:
    """Whether the format is one we know; of a newer one nothing else is worth saying."""
    number: Any = root.get("schema", SCHEMA)
    if isinstance(number, bool) or not isinstance(number, int) or number <= SCHEMA:
        return True
    message = f"this plan is written for a newer facilitator (schema {number}; this one knows {SCHEMA})"
    problems.error(root.marks["schema"][1], "schema", message, "update facilitator")
    return False


def _line_of(at: int, seen_from: int, sources: Sources) -> str:
    """The line of an offset, with its file where that is another one than the one looked at."""
    file, line, _ = sources.locate(at)
    return f"line {line}" if file == sources.locate(seen_from)[0] else f"{file} line {line}"


def _folder_name(path: Path) -> str:
    name = clean(path.absolute().parent.name.replace("-", " ").replace("_", " ")).strip()
    return name[:1].upper() + name[1:]


def place_of(path: str, places: dict[str, Table], root: Table) -> int:
    """The offset that a path by ids speaks of: the field where it is written, else its row, else the file."""
    parts = path.split(".")
    for length in range(len(parts), 0, -1):
        table = places.get(".".join(parts[:length]))
        if table is None:
            continue
        return _field_at(table, parts[length:])
    return root.at


def _field_at(table: Table, names: list[str]) -> int:
    at = table.at
    here: Any = table
    for name in names:
        if not isinstance(here, Table) or name not in here.marks:
            break
        at = here.marks[name][1]
        here = here[name]
    return at


def schema_json() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of `sessions.toml`."""
    from facilitator_tui.store.plan_reference import schema_json as told

    return told()


def example_text() -> str:
    """The real week that this program was made for: the best plan to learn from."""
    here = Path(__file__).resolve().parent.parent
    for path in (here / "example.toml", here.parent.parent / PLAN_NAME):
        if path.is_file():
            return path.read_text(encoding="utf-8")
    raise FacilitatorError("The example plan is missing from this installation: install facilitator again.")


def starter_text(title: str = "Our first call") -> str:
    """A small plan that runs as it is, with what to change first."""
    from facilitator_tui.store.plan_starter import STARTER

    escaped = clean(title).replace("\\", "\\\\").replace('"', '\\"')
    return STARTER.replace("@TITLE@", escaped)


def write_new(folder: Path, example: bool = False) -> Path:
    """Write a plan to start from and return its path. Never over anything: `PlanInTheWay` then."""
    title = _folder_name(folder / PLAN_NAME) or "Our first call"
    return write_plan(folder, example_text() if example else starter_text(title))


def write_plan(folder: Path, text: str) -> Path:
    """Write a text as the plan of a folder and return its path. Never over anything: `PlanInTheWay` then."""
    path = folder / PLAN_NAME
    try:
        folder.mkdir(parents=True, exist_ok=True)
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
        descriptor = os.open(path, flags, 0o600)
    except FileExistsError:
        name = path if folder.is_dir() else folder
        raise PlanInTheWay(f"{name} is there already and stays as it is: choose another folder.") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise FacilitatorError(f"{path} cannot be written ({reason}): choose another folder.") from None
    with os.fdopen(descriptor, "wb") as file:
        file.write(text.encode())
    return path

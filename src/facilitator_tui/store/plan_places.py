"""Where a plan lies, and where a new one goes: here when this folder is empty, else into a folder of its own.

Owns the way from what somebody named to a path. It must not know what a plan says, so that it is imported quickly;
it looks and creates nothing.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from pathlib import Path

from facilitator_tui.core.text import slug
from facilitator_tui.errors import FacilitatorError

PLAN_NAME = "sessions.toml"


class PlanMissing(FacilitatorError):
    """There is no plan where one was looked for."""


def find_plan(option: str | None) -> Path:
    """The plan that an option names (a file, or a folder with one); without it, the one in this folder.

    Raises `PlanMissing` where there is none.
    """
    path = Path(option) if option else Path(PLAN_NAME)
    try:
        if path.is_dir():
            path = path / PLAN_NAME
        found = path.exists()
    except (OSError, ValueError):
        found = False
    if found:
        return path
    if option:
        raise PlanMissing(f"There is no plan at {path}: check the path, or write one with `facilitator new`.")
    raise PlanMissing(
        f"There is no {PLAN_NAME} in this folder: write one with `facilitator new`, or name it: --plan PATH."
    )


def new_folder(here: Path, name: str) -> Path:
    """This folder when nothing can be seen in it, else a free one below it that is called after the plan."""
    return here if _is_empty(here) else _free(here, slug(name))


def todays_folder(here: Path, day: date, name: str = "") -> Path:
    """A free folder below this one that is called after the day, and the name of the call when it has one."""
    return _free(here, f"{day.isoformat()}-{slug(name)}" if name.strip() else day.isoformat())


def _is_empty(folder: Path) -> bool:
    try:
        return all(one.name.startswith(".") for one in folder.iterdir())
    except OSError:
        return not folder.exists()


def _free(here: Path, name: str) -> Path:
    """A folder without a plan: `name`, else `name-2` and so on. One that is there and empty will do."""
    number = 1
    while True:
        folder = here / (name if number == 1 else f"{name}-{number}")
        if not folder.is_symlink() and (_is_empty(folder) if folder.is_dir() else not folder.exists()):
            return folder
        number += 1


def plans_below(here: Path, most: int) -> list[Path]:
    """The plans in the folders of this one, the one that was changed last first."""
    found = []
    with suppress(OSError):
        for path in here.glob(f"*/{PLAN_NAME}"):
            with suppress(OSError):
                found.append((path.stat().st_mtime, path))
    return [path for _, path in sorted(found, reverse=True)[:most]]


def as_seen(folder: Path, here: Path) -> str:
    """The plan of a folder as it is called from here."""
    path = folder / PLAN_NAME
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)

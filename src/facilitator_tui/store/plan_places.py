"""Where a new plan goes: here when this folder is empty, else into a folder of its own.

Owns that choice of a folder. It must not know what the plan says; it looks and creates nothing.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from facilitator_tui.core.text import slug
from facilitator_tui.store.plan_file import PLAN_NAME


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


def as_seen(folder: Path, here: Path) -> str:
    """The plan of a folder as it is called from here."""
    path = folder / PLAN_NAME
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)

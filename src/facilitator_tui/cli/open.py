"""`facilitator [PATH]`: the console, on the session that is meant; where there is no plan, a first screen."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from facilitator_tui.cli.place import Place
from facilitator_tui.errors import FacilitatorError, UsageError
from facilitator_tui.store.plan_places import PLAN_NAME, PlanMissing

if TYPE_CHECKING:
    from textual.screen import Screen

    from facilitator_tui.console.app import Opened

BEGIN = (
    "There is no sessions.toml {where}: write one with `facilitator new`, the example week with "
    '`facilitator new --example`, or a call of today with `facilitator quick "Welcome 5, Input 20, Breakout 30 x4"`.'
)


def open_console(place: Place) -> int:
    """Open the console; its exit code. Raises FacilitatorError."""
    seen = sys.stdin.isatty() and sys.stdout.isatty()
    try:
        path = place.plan_path()
    except PlanMissing:
        here = _folder(place)
        if here is None:
            raise
        if not seen:
            raise FacilitatorError(BEGIN.format(where=f"in {here}" if place.plan else "in this folder")) from None
        return _offer(place, here)
    if not seen:
        raise UsageError("the console needs a terminal; facilitator --plain works by lines, see facilitator --help")
    return _console(place, path)


def _folder(place: Place) -> Path | None:
    """The folder without a plan that is meant; None where a file was named that is not there."""
    here = Path(place.plan) if place.plan else Path()
    return here if here.is_dir() and not (here / PLAN_NAME).is_symlink() else None


def _console(place: Place, path: Path) -> int:
    _needs_screen()
    from facilitator_tui.console.launch import run_console

    return run_console(plan_path=path, records=place.records_folder(path), session_id=place.session)


def _offer(place: Place, here: Path) -> int:
    """Open the console on the screen that leads to a plan in this folder."""
    _needs_screen()
    from facilitator_tui.console.launch import run_console

    def begin(now: Callable[[], datetime], open_plan: Callable[[Path, Path], Opened]) -> Screen[Any]:
        from facilitator_tui.console.screens.start import StartScreen

        return StartScreen(here, now, lambda path: open_plan(path, place.records_folder(path)))

    plan = here / PLAN_NAME
    return run_console(plan_path=plan, records=place.records_folder(plan), session_id=place.session, begin=begin)


def _needs_screen() -> None:
    if os.environ.get("TERM") == "dumb":
        raise UsageError("this terminal can only print lines, and the console draws a screen: use facilitator --plain")

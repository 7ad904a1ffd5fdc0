"""`facilitator rehearse`: any session on a fast clock, in a folder that is thrown away."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import click

from facilitator_tui.cli.place import Place, place_options, read_instant
from facilitator_tui.core.calendar import floor_second, lay_out
from facilitator_tui.errors import UsageError
from facilitator_tui.store.session_store import choose_session, usable_plan

FASTEST = 3600
BEFORE_START = timedelta(minutes=1)


class FastClock:
    """An instant that runs `speed` times as fast as the world, from `origin` on."""

    def __init__(self, origin: datetime, speed: float, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._origin = origin
        self._speed = speed
        self._monotonic = monotonic
        self._begun = monotonic()

    def __call__(self) -> datetime:
        return self._origin + timedelta(seconds=(self._monotonic() - self._begun) * self._speed)


@click.command("rehearse")
@click.option("--speed", type=float, default=60, show_default=True, help="Seconds of the call in one of the world.")
@click.option(
    "--from", "origin", metavar="INSTANT", help="Where the clock begins (default: a minute before the start)."
)
@place_options
def rehearse_command(place: Place, speed: float, origin: str | None) -> int:
    """Run a session on a fast clock. Nothing of it is kept."""
    if not 0 < speed <= FASTEST:
        raise UsageError(f"--speed {speed:g}: give a number above 0, up to {FASTEST}")
    path = place.plan_path()
    plan, _ = usable_plan(path)
    session = choose_session(plan, place.records_folder(path), place.now, place.session)
    start = lay_out(session, plan.programme.tz, place.now).start
    begins = read_instant(origin) if origin else floor_second(start - BEFORE_START)
    folder = Path(tempfile.mkdtemp(prefix="facilitator-rehearsal-"))
    from facilitator_tui.console.app import run_console

    try:
        banner = f"REHEARSAL ×{speed:g}: nothing is kept"
        clock = FastClock(begins, speed)
        return run_console(plan_path=path, records=folder, session_id=session.id, clock=clock, banner=banner)
    finally:
        shutil.rmtree(folder, ignore_errors=True)

"""`facilitator rehearse`: any session on a fast clock, in a folder that is thrown away."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta, tzinfo
from pathlib import Path

import click

from facilitator_tui.cli.place import Place, in_zone, place_options, read_instant
from facilitator_tui.core.calendar import floor_second, lay_out
from facilitator_tui.errors import UsageError
from facilitator_tui.paths import STATE_VARIABLE
from facilitator_tui.store.session_store import choose_session, usable_plan

FASTEST = 3600
BEFORE_START = timedelta(minutes=1)
MILLISECOND = timedelta(milliseconds=1)
"""A log keeps instants no finer than this."""


class FastClock:
    """An instant that runs `speed` times as fast as the world, from `origin` on."""

    def __init__(self, origin: datetime, speed: float, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._origin = origin
        self._speed = speed
        self._monotonic = monotonic
        self._begun = monotonic()

    def __call__(self) -> datetime:
        gone = timedelta(seconds=(self._monotonic() - self._begun) * self._speed)
        return self._origin + gone // MILLISECOND * MILLISECOND


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
    begins = _instant(origin, plan.programme.tz) if origin else floor_second(start - BEFORE_START)
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError("a rehearsal needs a terminal; see facilitator --help for the commands")
    from facilitator_tui.console.launch import run_console

    with _throw_away_folder() as folder:
        return run_console(
            plan_path=path,
            records=folder / "records",
            session_id=session.id,
            clock=FastClock(begins, speed),
            speed=speed,
            banner=f"REHEARSAL at {speed:g} × speed · nothing is kept",
            afterwards=lambda: shutil.rmtree(folder, ignore_errors=True),
        )


def _instant(text: str, zone: tzinfo) -> datetime:
    try:
        moment = read_instant(text)
    except UsageError as problem:
        raise UsageError(str(problem).replace("--at", "--from", 1)) from None
    return moment if moment.tzinfo else in_zone(moment, zone)


@contextmanager
def _throw_away_folder() -> Iterator[Path]:
    """A folder for records and for what else lies in the state folder: drafts, heartbeats and the second place of
    the real session are not touched."""
    folder = Path(tempfile.mkdtemp(prefix="facilitator-rehearsal-"))
    before = os.environ.get(STATE_VARIABLE)
    os.environ[STATE_VARIABLE] = str(folder / "state")
    try:
        yield folder
    finally:
        if before is None:
            del os.environ[STATE_VARIABLE]
        else:
            os.environ[STATE_VARIABLE] = before
        shutil.rmtree(folder, ignore_errors=True)

"""`facilitator stage`: the view to share on screen, beside a console in another terminal."""

from __future__ import annotations

import os
import sys
from datetime import datetime, timedelta
from time import monotonic

import click

from facilitator_tui.cli.place import Place, place_options
from facilitator_tui.errors import UsageError


@click.command("stage")
@place_options
def stage_command(place: Place) -> int:
    """Show the call to everybody: session, item, question, a big clock, the rooms.

    It only reads, and follows a console in another terminal or on another computer. No notes and no names but the
    speakers'. q leaves. Without --session it shows whichever session is under way.
    """
    if not (sys.stdin.isatty() and sys.stdout.isatty()) or os.environ.get("TERM") == "dumb":
        raise UsageError("the stage needs a terminal that draws; see facilitator status for a line to read")
    from facilitator_tui.console.following import Follower
    from facilitator_tui.console.shared_view import run_shared_view

    origin, begun = (place.now, monotonic()) if place.at is not None else (None, 0.0)

    def now() -> datetime:
        return place.now if origin is None else origin + timedelta(seconds=monotonic() - begun)

    path = place.plan_path()
    return run_shared_view(Follower(path, place.records_folder(path), now, place.session), now)

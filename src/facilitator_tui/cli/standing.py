"""`facilitator status`: where the session stands, for people and for scripts that ask every second.

Apart from `live`, since an action needs all that rooms are made of and a look at the clock needs none of it.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, tzinfo

import click

from facilitator_tui.cli.place import Place, place_options
from facilitator_tui.core.alerts import LeftOpen, left_open
from facilitator_tui.core.calendar import DAY, hours_minutes
from facilitator_tui.core.durations import ZERO, clock, in_words, signed
from facilitator_tui.core.run import Run
from facilitator_tui.core.rundown import Row, Rundown, rundown
from facilitator_tui.core.status import status
from facilitator_tui.store.session_store import SessionStore

Local = Callable[[datetime], str]
"""Says an instant as the plan's clocks show it."""


@click.command("status")
@place_options
def status_command(place: Place) -> None:
    """Say where the session stands."""
    store = place.open()
    print_status(store, place)


def print_status(store: SessionStore, place: Place) -> None:
    """Print where an open session stands, as text or as JSON."""
    if place.json:
        told = status(store.run, rundown(store.run, place.now))
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(status_lines(store.run, place.now)))


def status_lines(run: Run, now: datetime) -> list[str]:
    """Where a run stands, as lines of plain text. A call left open on another day is told as it was left."""
    left = left_open(run, now)
    view = rundown(run, left.last if left else now)
    zone = run.plan.programme.tz
    first_day = view.layout.start.astimezone(zone).date()

    def local(moment: datetime) -> str:
        return hours_minutes(moment, zone, first_day)

    heading = f"{run.session.id}  {run.session.title}"
    standing = _left_lines(left, zone) if left else _clock_lines(view, local)
    return [heading, *standing, *(_row_line(row, local) for row in view.rows)]


def _left_lines(left: LeftOpen, zone: tzinfo) -> list[str]:
    close_at = left.close_at.astimezone(zone)
    return [
        f"unfinished session of {left.day.day} {left.day:%B} · last touched at {hours_minutes(left.last, zone)}",
        f"close it: facilitator do finish --at {close_at:%Y-%m-%dT%H:%M:%S}; or go on with any other action",
    ]


def _clock_lines(view: Rundown, local: Local) -> list[str]:
    lines = [
        f"{view.state} · ends {local(view.expected_end)} · hard stop {local(view.hard_stop)} · "
        + in_words(view.end_over, "over", "early")
    ]
    if view.live:
        live = view.live
        left = f"{signed(-live.remaining)} over" if live.phase == "overtime" else f"{clock(live.remaining)} left"
        lines.append(f"now: {live.row.item.title} · {left} · {live.phase}")
    if view.waiting:
        lines.append(f"waiting for: {view.waiting.item.title} · {local(view.waiting.expected_start)}")
    if view.following:
        lines.append(f"next: {view.following.item.title} · {local(view.following.expected_start)}{_countdown(view)}")
    if view.rooms:
        rooms = view.rooms
        lines.append(f"rooms: round {rooms.round} of {rooms.rounds} · {clock(rooms.remaining)} left · {rooms.phase}")
    return lines


def _countdown(view: Rundown) -> str:
    """How long it is to the start of a session that begins within a day."""
    left = view.layout.start - view.now
    return f" · starts in {clock(left)}" if view.state == "not-started" and ZERO < left < DAY else ""


def _row_line(row: Row, local: Local) -> str:
    drift = in_words(row.drift_end if row.state == "live" else row.drift_start)
    if row.state in {"skipped", "not-run"}:
        drift = ""
    if drift == "on time":
        drift = ""
    when = f"{local(row.expected_start)}–{local(row.expected_end)}"
    return f"  {row.item.id:<12} {row.state:<8} {when}  {clock(row.length):>7}  {row.item.title}  {drift}".rstrip()

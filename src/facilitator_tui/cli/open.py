"""`facilitator [PATH]`: the console, on the session that is meant."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from facilitator_tui.cli.place import Place
from facilitator_tui.store.plan_file import PLAN_NAME, PlanMissing, write_new

OFFER = f"There is no {PLAN_NAME} here. Write [n] a short plan to start from, [e] the example week, or [q] leave?"


def open_console(place: Place) -> int:
    """Open the console; its exit code."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise click.UsageError("the console needs a terminal; see facilitator --help for the commands")
    path = _plan_or_new(place)
    from facilitator_tui.console.app import run_console

    return run_console(plan_path=path, records=place.records_folder(path), session_id=place.session)


def _plan_or_new(place: Place) -> Path:
    """The plan meant, or one that is written now because none was there. Raises PlanMissing."""
    try:
        return place.plan_path()
    except PlanMissing:
        if place.plan:
            raise
    answer = click.prompt(OFFER, type=click.Choice(["n", "e", "q"]), show_choices=False, default="n")
    if answer == "q":
        raise click.Abort
    path = write_new(Path(), example=answer == "e")
    click.echo(f"{path} written.")
    return path

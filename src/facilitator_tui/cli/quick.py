"""`facilitator quick`: a call from one line, written as a plan and opened."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path

import click

from facilitator_tui.cli.place import Place, place_options
from facilitator_tui.core.quick import read_steps
from facilitator_tui.core.quick_answers import When
from facilitator_tui.store.plan_starter import Told


@click.command("quick")
@click.argument("words", nargs=-1, required=True, metavar='"Welcome 5, Input 20, …"')
@click.option("--title", default="", metavar="TEXT", help="What the call is about.")
@click.option("--to", "folder", metavar="FOLDER", help="Where the plan goes (default: a new folder named for today).")
@click.option("--print", "--check", "only_print", is_flag=True, help="Print the plan and its problems; write nothing.")
@place_options
def quick_command(place: Place, words: tuple[str, ...], title: str, folder: str | None, only_print: bool) -> int:
    """Start a call from one line. Steps stand between commas: a title, its minutes, x4 for rooms of four, x4x2 for
    two rounds of them, @10:00 for a hard start. The plan goes into a folder of today; nothing is ever overwritten.
    """
    today = _today(place)
    told = Told(title.strip() or f"Call of {today.day} {today:%B}", read_steps(" ".join(words)), When(day=today))
    if only_print:
        return _print(told)
    from facilitator_tui.store.plan_file import write_plan
    from facilitator_tui.store.plan_places import todays_folder

    path = write_plan(Path(folder) if folder else todays_folder(Path(), today, title), told.text())
    if place.json:
        click.echo(json.dumps({"path": str(path)}))
        return 0
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        click.echo(
            f"{path} written. Run it: facilitator {path.parent}; without a screen: facilitator {path.parent} --plain"
        )
        return 0
    from facilitator_tui.cli.open import open_console

    return open_console(place.over(plan=str(path)))


def _today(place: Place) -> date:
    return (place.at or place.now).astimezone().date()


def _print(told: Told) -> int:
    """The plan alone on standard output, so that it can be sent to a file; what is wrong with it on the other."""
    import tempfile

    from facilitator_tui.cli.plans import problem_line
    from facilitator_tui.store.plan_file import PLAN_NAME, load_plan

    text = told.text()
    click.echo(text, nl=False)
    with tempfile.TemporaryDirectory(prefix="facilitator-") as folder:
        path = Path(folder) / PLAN_NAME
        path.write_text(text, encoding="utf-8")
        loaded = load_plan(path)
    for problem in loaded.problems:
        click.echo(problem_line(problem).removeprefix(f"{path}:"), err=True)
    return 1 if loaded.errors else 0

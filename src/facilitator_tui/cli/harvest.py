"""`facilitator export`: the harvest of a session or of the week, as files."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import click

from facilitator_tui import paths
from facilitator_tui.cli.place import Place, place_options
from facilitator_tui.core.run import Run
from facilitator_tui.errors import FacilitatorError
from facilitator_tui.harvest.export import CALENDAR, Export, files
from facilitator_tui.store.atomic import write_export
from facilitator_tui.store.session_store import overview, usable_plan

TEMPLATES = "templates"
"""Folder beside the plan with a community's own templates."""

LARGEST_TEMPLATE = 1 << 20


@click.command("export")
@click.option(
    "--edition",
    type=click.Choice(["team", "participants", "public"]),
    default="team",
    show_default=True,
    help="For whom; consent is applied to all but the team's.",
)
@click.option("--week", is_flag=True, help="All sessions, and the digest of the week.")
@click.option("--to", "folder", metavar="DIR", help="Folder to write to (default: export beside the plan).")
@click.option("--confirm", multiple=True, metavar="CODE", help="A line with a name in it that may go out as it is.")
@place_options
def export_command(place: Place, edition: str, week: bool, folder: str | None, confirm: Sequence[str]) -> int:
    """Write the harvest to files. A file that a person changed since is left alone."""
    plan_path = place.plan_path()
    target = paths.export_folder(plan_path, Path(folder) if folder else None)
    templates = own_templates(plan_path.parent / TEMPLATES)
    if week:
        plan, _ = usable_plan(plan_path)
        every = overview(plan, place.records_folder(plan_path), place.now)
        runs: list[Run] = [one.run for one in every if one.run.laid or len(one.run.captures)]
    else:
        run = place.open().run
        plan, runs = run.plan, [run]
    calendar = target / CALENDAR
    existing = {CALENDAR: calendar.read_bytes()} if week and calendar.is_file() else {}
    made = files(
        runs,
        plan,
        place.now,
        edition,  # type: ignore[arg-type]
        week=week,
        templates=templates,
        existing=existing,
        confirmed=confirm,
    )
    written = {name: write_export(target / name, content) for name, content in made.files.items()}
    _report(place, target, made, written)
    return 0


def own_templates(folder: Path) -> dict[str, str]:
    """The templates beside the plan, by file name. Raises FacilitatorError for one that is no text."""
    found: dict[str, str] = {}
    for path in sorted(folder.glob("*.j2")) if folder.is_dir() else []:
        if path.is_file() and path.stat().st_size <= LARGEST_TEMPLATE:
            try:
                found[path.name] = path.read_text(encoding="utf-8")
            except UnicodeDecodeError:
                raise FacilitatorError(f"{path} is not UTF-8 text: save it as UTF-8, or take it away") from None
    return found


def _report(place: Place, target: Path, made: Export, written: dict[str, Path]) -> None:
    waiting = [{"code": leak.code, "text": leak.text} for leak in made.unconfirmed]
    if place.json:
        click.echo(json.dumps({"files": [str(path) for path in written.values()], "waiting": waiting}, indent=2))
        return
    for name, path in written.items():
        changed = f" ({target / name} was changed by hand and is left alone)" if path != target / name else ""
        click.echo(f"{path}{changed}")
    for line in waiting:
        click.echo(
            f"kept back: {line['code']} {line['text']} (a name stands in it; --confirm {line['code']})", err=True
        )

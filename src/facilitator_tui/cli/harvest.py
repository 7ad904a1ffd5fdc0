"""`facilitator export`: the harvest of a session or of the week, as files."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import click

from facilitator_tui import paths
from facilitator_tui.cli.place import Place, place_options, refresh_notes, save
from facilitator_tui.console.exports import Written, has_pages, own_templates, read_back, write_all
from facilitator_tui.core.run import Run
from facilitator_tui.harvest.consent import Edition
from facilitator_tui.harvest.export import CALENDAR, Export, files
from facilitator_tui.harvest.leaks import Leak
from facilitator_tui.store.session_store import other_runs, overview, usable_plan


@click.command("export")
@click.option(
    "--edition",
    type=click.Choice(["team", "participants", "public"]),
    default="team",
    show_default=True,
    help="For whom; consent is applied to all but the team's.",
)
@click.option("--week", is_flag=True, help="All sessions, and the digest of the week.")
@click.option("--html", is_flag=True, help="Each session's notes, and the digest, as one page to mail or print too.")
@click.option("--to", "folder", metavar="DIR", help="Folder to write to (default: export beside the plan).")
@click.option("--confirm", multiple=True, metavar="CODE", help="A line with a name in it that may go out as it is.")
@place_options
def export_command(
    place: Place, edition: Edition, week: bool, html: bool, folder: str | None, confirm: Sequence[str]
) -> int:
    """Write the harvest to files. A file that a person changed since is left alone.

    Boxes ticked in an exported actions.md are read back first. A folder holds one edition at a time.
    """
    plan_path = place.plan_path()
    target = paths.export_folder(plan_path, Path(folder) if folder else None)
    templates = own_templates(plan_path)
    records = place.records_folder(plan_path)
    elsewhere: Sequence[Run] = ()
    if week:
        plan, _ = usable_plan(plan_path)
        runs = [one.run for one in overview(plan, records, place.now) if one.run.laid or len(one.run.captures)]
    else:
        runs = [place.open().run]
        plan = runs[0].plan
        elsewhere = other_runs(plan, records, place.now, runs[0].session.id)
    runs, seen = _with_ticks(place, target, runs)
    calendar = target / CALENDAR
    made = files(
        runs,
        plan,
        place.now,
        edition,
        week=week,
        html=html or has_pages(target, [*(run.session.id for run in runs), *["week"] * week], edition),
        templates=templates,
        existing={CALENDAR: calendar.read_bytes()} if week and calendar.is_file() else {},
        confirmed=confirm,
        elsewhere=[person for run in elsewhere for person in run.added],
    )
    _report(place, made, write_all(target, made.files, edition, seen))
    return 0


def _with_ticks(place: Place, target: Path, runs: Sequence[Run]) -> tuple[list[Run], frozenset[bytes]]:
    """The runs with what was ticked in their exports marked as done and safe in the log."""
    after: list[Run] = []
    seen: set[bytes] = set()
    doubtful: set[bytes] = set()
    for run in runs:
        found = read_back(target, run)
        if found.outcome.payloads:
            store = replace(place, session=run.session.id).open()
            store.perform(found.outcome, place.now)
            save(store)
            refresh_notes(store, place)
            click.echo(f"{run.session.id}: {found.outcome.said}", err=True)
            run = store.run
        for line in found.unclear:
            click.echo(f"not clear which action is ticked here, so nothing was done: {line}", err=True)
        seen |= found.seen
        doubtful |= found.doubtful
        after.append(run)
    return after, frozenset(seen - doubtful)


def _report(place: Place, made: Export, written: Written) -> None:
    waiting = [{"code": leak.code, "text": leak.text} for leak in made.unconfirmed]
    if place.json:
        listed = [str(path) for path in written.paths.values()]
        remarks = [*written.remarks, *map(_pointed_out, made.pointed_out)]
        report = {"files": listed, "waiting": waiting, "remarks": remarks}
        click.echo(json.dumps(report, ensure_ascii=False, indent=2))
        return
    for path in written.paths.values():
        click.echo(str(path))
    for remark in written.remarks:
        click.echo(remark, err=True)
    for text in made.pointed_out:
        click.echo(_pointed_out(text), err=True)
    for leak in made.unconfirmed:
        click.echo(f"kept back: {leak.code} {leak.text} ({_why(leak)}; --confirm {leak.code})", err=True)


def _pointed_out(text: str) -> str:
    return f"somebody is named in a title or question, which is printed as it stands in the plan: {text}"


def _why(leak: Leak) -> str:
    unsure = [mark for sort, mark in leak.found if sort == "unsure"]
    if len(unsure) < len(leak.found):
        return "a name stands in it"
    return f"{', '.join(unsure)} was not understood: settle it on the notes page"

"""`facilitator log` and `doctor`: what lies in the records."""

from __future__ import annotations

import json
from typing import Any

import click

from facilitator_tui import paths
from facilitator_tui.cli.place import Place, place_options
from facilitator_tui.core.events import Event, instant_text, values_of
from facilitator_tui.core.text import clean


@click.command("log")
@place_options
def log_command(place: Place) -> None:
    """Print the merged events of a session, in order."""
    events = place.open().events
    if place.json:
        click.echo(json.dumps([event_json(event) for event in events], ensure_ascii=False, indent=2))
        return
    for event in events:
        values = " ".join(f"{key}={value!r}" for key, value in values_of(event.payload).items())
        click.echo(clean(f"{instant_text(event.at)}  {_kind(event)}  {values}".rstrip()))


def event_json(event: Event) -> dict[str, Any]:
    """An event as one flat object, like its block in the log."""
    head = {"id": event.id, "seq": event.seq, "hlc": event.hlc, "at": instant_text(event.at)}
    group = {"group": event.group} if event.group else {}
    return {**head, **group, "kind": _kind(event), **values_of(event.payload)}


def _kind(event: Event) -> str:
    return event.payload.kind or getattr(event.payload, "name", "")


@click.command("doctor")
@place_options
def doctor_command(place: Place) -> int:
    """Say what is damaged, skipped or unknown, and where each thing lies; exit code 1 when something is damaged."""
    from facilitator_tui.store.doctor import examine
    from facilitator_tui.store.session_store import choose_session, usable_plan
    from facilitator_tui.store.whereabouts import whereabouts

    path = place.plan_path()
    plan, _ = usable_plan(path)
    records = place.records_folder(path)
    session = choose_session(plan, records, place.now, place.session)
    report = examine(records / session.id, fallback=paths.second_place(records, session.id))
    around = whereabouts(records, session.id, paths.export_folder(path))
    if place.json:
        click.echo(json.dumps(report.as_json() | around.as_json(), ensure_ascii=False, indent=2))
    else:
        click.echo(clean("\n".join((*report.sentences(), *around.sentences())), newlines=True))
    return 0 if report.healthy else 1

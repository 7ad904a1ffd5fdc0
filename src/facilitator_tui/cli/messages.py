"""`facilitator messages`: the ready-to-paste chat messages, filled for this moment."""

from __future__ import annotations

import json

import click

from facilitator_tui.cli.place import Place, place_options
from facilitator_tui.core.messages import filled, suggest
from facilitator_tui.core.moment import message_moment, offered_messages, stage_of
from facilitator_tui.core.rundown import rundown
from facilitator_tui.errors import FacilitatorError


@click.command("messages")
@click.argument("id", required=False)
@click.option("--lang", metavar="CODE", default="", help="Two letters of a translation.")
@place_options
def messages_command(place: Place, id: str | None, lang: str) -> None:
    """Print the messages, filled; with an ID only that one. Nothing is sent anywhere."""
    run = place.open().run
    view = rundown(run, place.now)
    if id is not None:
        message = run.plan.message(id)
        if message is None:
            known = ", ".join(one.id for one in run.plan.messages) or "none in this plan"
            raise FacilitatorError(f"no message {id!r}: the messages are {known}")
        text = filled(message, message_moment(run, view, message), lang)
        click.echo(json.dumps({"id": id, "text": text}, ensure_ascii=False) if place.json else text)
        return
    due = suggest(run.plan, stage_of(run, view))
    offered = [(one, filled(one, message_moment(run, view, one), lang)) for one in offered_messages(run, view)]
    if place.json:
        listed = [{"id": one.id, "where": one.where, "due": one.id == due, "text": text} for one, text in offered]
        click.echo(json.dumps(listed, ensure_ascii=False, indent=2))
        return
    for one, text in offered:
        click.echo(f"{one.id} → {one.where}{'  (now)' if one.id == due else ''}")
        click.echo("".join(f"    {line}\n" for line in text.splitlines()))

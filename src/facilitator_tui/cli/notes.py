"""`facilitator capture` and `captures`: what is said."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator

import click

from facilitator_tui.cli.place import Place, place_options, refresh_notes, save
from facilitator_tui.core.capture import as_json
from facilitator_tui.core.dictation import Focus, type_line
from facilitator_tui.errors import FacilitatorError
from facilitator_tui.store.session_store import SessionStore


@click.command("capture", context_settings={"ignore_unknown_options": True})
@click.argument("words", nargs=-1, required=True, type=click.UNPROCESSED, metavar="TEXT | -")
@place_options
def capture_command(place: Place, words: tuple[str, ...]) -> None:
    """Write down a line. `-` reads standard input, a capture a line.

    With `-`, the id of each line is printed only after the line is safe on disk.
    """
    store = place.open()
    focus = Focus()
    for line in _lines_of_input() if words == ("-",) else (" ".join(words),):
        focus = _take(store, place, line, focus)
    refresh_notes(store, place)


def _lines_of_input() -> Iterator[str]:
    for line in sys.stdin.buffer:
        yield line.decode("utf-8", "replace").rstrip("\r\n")


def _take(store: SessionStore, place: Place, line: str, focus: Focus) -> Focus:
    typed = type_line(store.run, place.now, line, focus)
    if typed.handed_back:
        raise FacilitatorError(f"/{typed.handed_back.name} needs the console")
    if typed.outcome.payloads:
        events = store.perform(typed.outcome, place.now)
        save(store)
        click.echo(json.dumps({"id": events[0].id}) if place.json else events[0].id)
        sys.stdout.flush()
    return typed.focus


@click.command("captures")
@place_options
def captures_command(place: Place) -> None:
    """List what was captured, as it stands after every edit and undo."""
    run = place.open().run
    captures = run.shown_captures()
    if place.json:
        click.echo(json.dumps([as_json(capture) for capture in captures], ensure_ascii=False, indent=2))
        return
    zone = run.plan.programme.tz
    for capture in captures:
        content = capture.content
        count = f"  ×{content.count}" if content.count > 1 else ""
        click.echo(f"{capture.at.astimezone(zone):%H:%M}  {content.type:<10}  {content.text}{count}")

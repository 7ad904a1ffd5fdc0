"""`facilitator import`: people, presence, a chat or an agenda from the file of another program."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from facilitator_tui.cli.place import Place, place_options, refresh_notes, save
from facilitator_tui.core.actions import Outcome
from facilitator_tui.core.dictation import paste_block
from facilitator_tui.core.events import CaptureContent, PersonArrived
from facilitator_tui.core.people import added
from facilitator_tui.core.run import Run
from facilitator_tui.core.text import count_of
from facilitator_tui.errors import FacilitatorError
from facilitator_tui.imports.read import Import, read

LARGEST = 64 << 20
MOST_NEW = 2000
"""People who may join a session from one file; with many more every command of the day would be slow."""


@click.command("import")
@click.argument("file")
@click.option(
    "--as", "what", type=click.Choice(["people", "presence", "chat", "agenda"]), help="Default: by its looks."
)
@click.option("--yes", is_flag=True, help="Take what is matched without asking.")
@place_options
def import_command(place: Place, file: str, what: str | None, yes: bool) -> int:
    """Show what is matched, unclear and unknown in a file, then take it. Nothing is merged on a guess.

    Presence marks the matched people as here, a chat becomes captures, people who are unknown join this session. An
    agenda is printed as text for sessions.toml, since the plan is only ever read. Where there is no terminal to ask at,
    a file is only shown without --yes.
    """
    store = place.open()
    run = store.run
    found = read(_content(Path(file)), what, run.roster, run.plan.programme.tz)  # type: ignore[arg-type]
    if found.what == "agenda":
        click.echo(found.agenda_toml)
        return 0
    outcome = _outcome(run, place, found)
    if not place.json:
        click.echo("\n".join(_lines(found)))
    taken = bool(outcome.payloads) and (yes or _agreed(outcome))
    if taken:
        store.perform(outcome, place.now)
        save(store)
        refresh_notes(store, place)
    if place.json:
        click.echo(json.dumps(_as_json(found) | {"taken": taken}, ensure_ascii=False, indent=2))
    if taken:
        click.echo(outcome.said, err=place.json)
    elif outcome.payloads:
        click.echo(f"nothing was taken yet; with --yes: {outcome.said}", err=True)
    else:
        click.echo("nothing to take", err=True)
    return 0


def _agreed(outcome: Outcome) -> bool:
    """Whether somebody at the terminal says yes. Without a terminal nobody can be asked, and a file is only shown."""
    return bool(sys.stdin and sys.stdin.isatty()) and click.confirm(f"{outcome.said}?", err=True)


def _content(path: Path) -> bytes:
    if not path.is_file():
        raise FacilitatorError(f"{path} is no file that can be read: check the path")
    if path.stat().st_size > LARGEST:
        raise FacilitatorError(f"{path} is larger than {LARGEST >> 20} MiB: export a single call")
    return path.read_bytes()


def _outcome(run: Run, place: Place, found: Import) -> Outcome:
    """The events that taking the file comes to."""
    if found.what == "chat":
        return _new_lines(run, paste_block(run, place.now, found.chat))
    if found.what == "presence":
        came = dict.fromkeys(one.person.id for one in found.people.matched if one.person.id not in run.here)
        return Outcome(tuple(PersonArrived(id) for id in came), f"{_people(len(came))} marked as here")
    names = [row.name for row in found.people.unknown if row.name]
    if len(names) > MOST_NEW:
        raise FacilitatorError(
            f"The file holds {len(names):,} people who are on no list, and {MOST_NEW:,} at most can join a session: "
            "check that it is the right file"
        )
    new = added(run, names) if names else ()
    return Outcome(new, f"{_people(len(new))} added to this session")


def _new_lines(run: Run, outcome: Outcome) -> Outcome:
    """Without the lines of a chat that were taken before: it may be saved and imported again as it grows."""
    known = {capture.content.raw for capture in run.captures}
    new = tuple(line for line in outcome.payloads if not (isinstance(line, CaptureContent) and line.raw in known))
    before = len(outcome.payloads) - len(new)
    return Outcome(new, f"{count_of(len(new), 'line')} taken{f', {before} were there already' if before else ''}")


def _people(number: int) -> str:
    return count_of(number, "person", "people")


def _lines(found: Import) -> list[str]:
    people = found.people
    lines = [f"{found.what} {f'from {found.source}' if found.source else ''}".rstrip()]
    lines += [f"  matched  {one.row.said} = {one.person.name} ({one.person.id}, by {one.by})" for one in people.matched]
    for one in people.unclear:
        candidates = ", ".join(f"{who.name} ({who.id})" for who in one.candidates)
        lines.append(f"  unclear  {one.row.said}: {candidates}?")
    lines += [f"  unknown  {row.said}" for row in people.unknown]
    if found.lines:
        lines.append(f"  {count_of(len(found.lines), 'line')} of chat")
    return lines


def _as_json(found: Import) -> dict[str, object]:
    people = found.people
    return {
        "as": found.what,
        "source": found.source,
        "matched": [{"name": one.row.said, "person": one.person.id, "by": one.by} for one in people.matched],
        "unclear": [{"name": one.row.said, "people": [who.id for who in one.candidates]} for one in people.unclear],
        "unknown": [row.said for row in people.unknown],
        "lines": len(found.lines),
    }

"""`facilitator forget NAME`: takes a person out of what the program wrote, and names what it can't reach."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import click

from facilitator_tui import paths
from facilitator_tui.cli.place import Place, place_options
from facilitator_tui.core.events import PersonAdded
from facilitator_tui.core.forgetting import MARK, Eraser, Person, person_of
from facilitator_tui.core.plan import Organisation, Participant, Plan, Roster
from facilitator_tui.core.roster import exactly, find, why_not
from facilitator_tui.core.text import clean
from facilitator_tui.errors import FacilitatorError
from facilitator_tui.harvest.leaks import EVERYDAY, POINTLESS
from facilitator_tui.store.device import kept_device_id
from facilitator_tui.store.forget import (
    Places,
    Result,
    consoles_elsewhere,
    events_of,
    forget,
    histories,
    live_sessions,
    plan_lines,
)
from facilitator_tui.store.session_store import usable_plan

MOST_SHOWN = 8


@click.command("forget")
@click.argument("words", nargs=-1, required=True, metavar="NAME")
@click.option("--also", multiple=True, metavar="WORDS", help="Another spelling to take out, like a nickname.")
@click.option("--keep", multiple=True, metavar="WORD", help="A part of the name that stays where it stands alone.")
@click.option("--yes", is_flag=True, help="Do it without asking; only a terminal is asked.")
@place_options
def forget_command(
    place: Place, words: tuple[str, ...], also: tuple[str, ...], keep: tuple[str, ...], yes: bool
) -> int:
    """Take a person out of the records, drafts and exports of all sessions.

    Lines stay; the name becomes [removed], captures lose their source, and presence, turns and seats of that
    person go. Says which places it can't reach. Close every console first.
    """
    plan_path = place.plan_path()
    plan, loaded = usable_plan(plan_path)
    places = _places(place, plan, plan_path)
    _refuse_while_live(places)
    _warn_of_others(places)
    eraser = _eraser(plan, places, " ".join(words), also, keep)
    rehearsed = forget(places, eraser, rehearsal=True)
    if not (eraser.person.ids or rehearsed.changed):
        raise FacilitatorError(_nobody(plan, " ".join(words)))
    if rehearsed.changed and not yes and sys.stdin and sys.stdin.isatty():
        _ask(eraser, rehearsed)
        _refuse_while_live(places)
    result = forget(places, eraser) if rehearsed.changed else rehearsed
    beyond = _beyond(places, plan_path, plan_lines(loaded.files, eraser))
    _report(place, eraser.person, result, beyond)
    return 1 if result.untouched else 0


def _places(place: Place, plan: Plan, plan_path: Path) -> Places:
    return Places(
        place.records_folder(plan_path),
        paths.export_folder(plan_path),
        tuple(session.id for session in plan.sessions),
        {session.id: frozenset(item.id for item in session.agenda) for session in plan.sessions},
    )


def _refuse_while_live(places: Places) -> None:
    alive = live_sessions(places)
    if alive:
        raise FacilitatorError(
            f"a console is open on {', '.join(alive)} and could write the name again: close it, "
            "wait 15 seconds, and say it once more"
        )


def _warn_of_others(places: Places) -> None:
    """Other computers can't be kept from writing: their drafts and notes lie there, or come by a sync tool."""
    for session, signs in consoles_elsewhere(places, kept_device_id(paths.state_folder())).items():
        names = ", ".join(dict.fromkeys(sign.name or sign.device for sign in signs))
        click.echo(
            f"a console on {clean(names)} has {session} open and could write the name again from its drafts: "
            "close it there, and say this once more afterwards",
            err=True,
        )


def _eraser(plan: Plan, places: Places, name: str, also: Sequence[str], keep: Sequence[str]) -> Eraser:
    """Who is meant, among the plan's people and those who came in during calls."""
    added = [
        event.payload
        for session in places.names()
        for event in events_of(places, session)
        if isinstance(event.payload, PersonAdded)
    ]
    people = (*plan.roster.people, *(Participant(one.person, one.name) for one in added))
    roster = replace(plan.roster, people=tuple({one.id: one for one in reversed(people)}.values()))
    person = _meant(roster, people, clean(name), also)
    return Eraser(person, roster, pointless=POINTLESS, everyday=EVERYDAY, keep=keep)


def _meant(roster: Roster, people: Sequence[Participant], name: str, also: Sequence[str]) -> Person:
    match = find(roster, name)
    found = roster.person(name.strip()) or exactly(roster, name) or match.found
    if isinstance(found, Organisation):
        raise FacilitatorError(f"{found.name} is an organisation: name a person")
    if found is None and match.ambiguous:
        raise FacilitatorError(why_not(name, match))
    if found is None:
        if name == name.lower() != name.upper():
            raise FacilitatorError(f"{why_not(name, match)} A name from outside the roster needs its capital letters.")
        return Person(frozenset(), (name.strip(), *also))
    return person_of((one for one in people if one.id == found.id), also)


def _nobody(plan: Plan, name: str) -> str:
    said = why_not(name, find(plan.roster, name))
    return f"{said} Nothing in the records, drafts and exports holds that name either."


def _ask(eraser: Eraser, rehearsed: Result) -> None:
    spellings = clean(", ".join(sorted(eraser.counted, key=str.casefold)))
    click.echo(f"Found: {spellings or 'no spelling of the name, only marks of presence'}", err=True)
    click.echo(
        f"{len(rehearsed.changed)} files would change: {rehearsed.events_changed} events lose the name, "
        f"{rehearsed.events_removed} events go. This can't be undone.",
        err=True,
    )
    try:
        agreed = click.confirm("Go on?", default=False, err=True)
    except click.Abort:
        click.echo(err=True)
        agreed = False
    if not agreed:
        raise FacilitatorError("nothing was changed: answer y, or say it with --yes")


def _beyond(places: Places, plan_path: Path, lines: Sequence[tuple[Path, int]]) -> list[str]:
    """The places out of reach, a sentence each."""
    told = []
    if lines:
        where = ", ".join(f"{path}:{number}" for path, number in lines[:MOST_SHOWN])
        more = f" and {len(lines) - MOST_SHOWN} more" if len(lines) > MOST_SHOWN else ""
        told.append(f"the plan, which is only read; take the person out of {where}{more}, or the next notes name them")
    for tool, folder in histories((plan_path.resolve().parent, places.records, places.exports)):
        if tool in {"git", "Mercurial"}:
            told.append(f"the history of the {tool} repository in {folder}, and every clone of it")
        else:
            told.append(f"earlier versions that {tool} keeps of {folder}, here and on the other computers")
    told.append("histories and rubbish bins of cloud folders, and backups")
    told.append("drafts on other computers, and copies on those that are switched off now")
    told.append("files that were sent or pasted already, that were imported, or exported with --to")
    return told


def _report(place: Place, person: Person, result: Result, beyond: list[str]) -> None:
    if place.json:
        click.echo(
            json.dumps(
                {
                    "ids": sorted(person.ids),
                    "changed": [str(path) for path in result.changed],
                    "events_changed": result.events_changed,
                    "events_removed": result.events_removed,
                    "untouched": [{"file": str(path), "why": why} for path, why in result.untouched.items()],
                    "left": result.left,
                    "out_of_reach": beyond,
                },
                ensure_ascii=False,
                indent=2,
            )
        )
        return
    click.echo(
        f"{len(result.changed)} files changed: {result.events_changed} events say {MARK} or lost a source, "
        f"{result.events_removed} events were removed."
        if result.changed
        else "Nothing in the records, drafts and exports names that person."
    )
    for path, why in result.untouched.items():
        click.echo(f"not changed, look into it: {clean(str(path))} ({why})")
    if result.left:
        words = ", ".join(f"{word} ({count})" for word, count in list(result.left.items())[:MOST_SHOWN])
        click.echo(f"left as it stands: {clean(words)}; --also WORD takes a spelling out too")
    click.echo("Out of reach:")
    for sentence in beyond:
        click.echo(f"- {clean(sentence)}")

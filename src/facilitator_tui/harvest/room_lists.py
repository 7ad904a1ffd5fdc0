"""`rooms-<item>-<round>.csv`: who goes into which room, as Zoom's pre-assignment reads it.

Owns that format: exactly two columns, `Pre-assign Room Name,Email Address`, one person a row. People without a
mail address can't be pre-assigned and are named to the caller.
"""

from __future__ import annotations

from collections.abc import Iterable

from facilitator_tui.core.plan import Roster
from facilitator_tui.core.run import Run, Seating
from facilitator_tui.core.text import slug
from facilitator_tui.harvest.ink import csv_text

HEADER = ("Pre-assign Room Name", "Email Address")


def file_name(item: str, round: int) -> str:
    """The name of the list of one round, from 1."""
    return f"rooms-{slug(item)}-{round}.csv"


def zoom(seating: Seating, roster: Roster) -> str:
    """One round's rooms with the mail addresses of those who sit there."""
    mails = {person.id: person.email for person in roster.people if person.email}
    rows = [
        (name, mails[person])
        for name, seat in zip(seating.names, seating.seats, strict=True)
        for person in seat
        if person in mails
    ]
    return csv_text([HEADER, *rows])


def without_mail(seating: Seating, roster: Roster) -> tuple[str, ...]:
    """Names of those who are seated but have no mail address on the roster."""
    people = {person.id: person for person in roster.people}
    seated = (person for seat in seating.seats for person in seat)
    return tuple(people[id].name if id in people else id for id in seated if id not in people or not people[id].email)


def room_lists(run: Run) -> Iterable[tuple[str, str]]:
    """File name and content for each planned round in which somebody has a mail address."""
    for (item, round), seating in sorted(run.seatings.items()):
        text = zoom(seating, run.roster)
        if text.count("\n") > 1:
            yield file_name(item, round), text

"""`week/week.ics`: one event a session, for everybody's calendar (RFC 5545).

Owns the form of the calendar and when an event counts as changed: a session whose time or title differs from the
calendar written before gets the next SEQUENCE number, everything else stays byte for byte. Only the plan speaks
here; a session that started late does not move in calendars.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime

from facilitator_tui.core.calendar import floor_second
from facilitator_tui.core.plan import Plan, Session
from facilitator_tui.core.run import Run
from facilitator_tui.core.rundown import rundown
from facilitator_tui.core.text import slug
from facilitator_tui.harvest.ink import one_line

OCTETS = 75
"""The longest line, without its break (RFC 5545, 3.1)."""

_UNFOLD = re.compile(r"\r?\n[ \t]")
_EVENT = re.compile(r"BEGIN:VEVENT\n(.*?)\nEND:VEVENT", re.DOTALL)
_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


def calendar(plan: Plan, now: datetime, previous: str = "") -> str:
    """The calendar of all dated sessions. `previous` is the calendar written before, if there is one.

    `now` stamps events that are new or changed, in UTC.
    """
    before = _events(previous)
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//facilitator//week//EN", "CALSCALE:GREGORIAN"]
    lines.append(f"X-WR-CALNAME:{_text(plan.programme.title)}")
    for session in plan.sessions:
        if session.date is not None and session.start is not None:
            lines += _event(plan, session, now, before)
    lines.append("END:VCALENDAR")
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _event(plan: Plan, session: Session, now: datetime, before: dict[str, list[str]]) -> Iterable[str]:
    uid = f"{session.id}.{slug(plan.programme.id or plan.programme.title)}@facilitator"
    said = list(_said(plan, session, now))
    old = before.get(uid, [])
    stamp, sequence = f"DTSTAMP:{_instant(floor_second(now))}", 0
    if old:
        kept = [line for line in old if not line.startswith(("UID:", "DTSTAMP:", "SEQUENCE:"))]
        number = next((line[9:] for line in old if line.startswith("SEQUENCE:")), "0")
        sequence = int(number) if number.isdecimal() else 0
        if kept == said:
            stamp = next((line for line in old if line.startswith("DTSTAMP:")), stamp)
        else:
            sequence += 1
    return ["BEGIN:VEVENT", f"UID:{uid}", stamp, f"SEQUENCE:{sequence}", *said, "END:VEVENT"]


def _said(plan: Plan, session: Session, now: datetime) -> Iterable[str]:
    rows = rundown(Run(plan, session), now).rows
    yield f"DTSTART:{_instant(rows[0].planned_start)}"
    yield f"DTEND:{_instant(max(rows[-1].planned_end, rows[0].planned_start))}"
    yield f"SUMMARY:{_text(f'{plan.programme.title}: {session.title}')}"
    questions = [f"- {one_line(question)}" for question in session.questions]
    call = one_line(plan.links.get("call", ""))
    body = "\n".join((*questions, call) if call else questions)
    if body:
        yield f"DESCRIPTION:{body.translate(_ESCAPES)}"
    if call:
        yield f"LOCATION:{_text(call)}"
    if session.tags:
        yield f"CATEGORIES:{','.join(_text(tag) for tag in session.tags)}"
    yield "STATUS:CONFIRMED"
    yield "TRANSP:OPAQUE"


def _events(calendar: str) -> dict[str, list[str]]:
    """The unfolded lines of each event of a calendar, by UID."""
    flat = _UNFOLD.sub("", calendar).replace("\r\n", "\n")
    events = (found[1].split("\n") for found in _EVENT.finditer(flat))
    return {line[4:]: event for event in events for line in event if line.startswith("UID:")}


def _instant(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(text: str) -> str:
    """A value of type TEXT (RFC 5545, 3.3.11)."""
    return one_line(text).translate(_ESCAPES)


def _folded(line: str) -> str:
    """A line in pieces of at most 75 octets, none of which cuts a character."""
    pieces: list[str] = []
    piece, octets = "", 0
    for sign in line:
        width = len(sign.encode("utf-8"))
        if octets + width > OCTETS:
            pieces.append(piece)
            piece, octets = " ", 1
        piece, octets = piece + sign, octets + width
    return "\r\n".join((*pieces, piece))

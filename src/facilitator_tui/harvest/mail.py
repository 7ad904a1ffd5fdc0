"""`mail.txt` to those who were there and `mail-missed.txt` to those who were not: plain text, 72 columns.

Owns wrapping and the choice between the plan's own mail and the shipped one. Mails go to people, so their sheet
is never that of the team.
"""

from __future__ import annotations

import textwrap
from datetime import datetime

from facilitator_tui.core.calendar import lay_out as lay_out_session
from facilitator_tui.core.messages import Moment, fill
from facilitator_tui.core.plan import MessageTemplate, Session
from facilitator_tui.core.run import Run
from facilitator_tui.core.text import clean
from facilitator_tui.harvest.days import day_in_words
from facilitator_tui.harvest.ink import one_line
from facilitator_tui.harvest.layout import Templates, lay_out
from facilitator_tui.harvest.sheet import Sheet

COLUMNS = 72
_MOST_MISSED = 3


def to_present(made: Sheet, run: Run, now: datetime, templates: Templates | None = None) -> str:
    """The mail after a session, from its sheet in plain ink."""
    return wrapped(lay_out("mail.txt.j2", {"s": made, "next": following(run, now)}, templates))


def to_missed(made: Sheet, run: Run, now: datetime, templates: Templates | None = None) -> str:
    """The mail to those who could not come: the plan's message of that id, in its languages, or the shipped one."""
    own = _planned_mail(run)
    three = [entry.said for entry in (*made.of("message"), *made.of("takeaway"))][:_MOST_MISSED]
    values = {
        "s": made,
        "next": following(run, now),
        "three": [one_line(text) for text in three],
        "body": _filled(own, made, run, three, now) if own else (),
    }
    return wrapped(lay_out("mail-missed.txt.j2", values, templates))


def _planned_mail(run: Run) -> MessageTemplate | None:
    mails = [message for message in run.plan.messages if message.where == "mail"]
    return next((mail for mail in mails if mail.id == "missed"), None)


def _filled(mail: MessageTemplate, made: Sheet, run: Run, three: list[str], now: datetime) -> tuple[str, ...]:
    moment = Moment(
        title=one_line(run.session.title),
        ends=made.end,
        next=following(run, now),
        takeaways3="; ".join(one_line(text).rstrip(".;") for text in three),
        questions="\n".join(f"- {question}" for question in made.questions),
        links={name: one_line(link) for name, link in run.plan.links.items()},
    )
    texts = (clean(text, newlines=True) for text in (mail.text, *mail.translations.values()))
    return tuple(fill(text, moment).strip() for text in texts)


def following(run: Run, now: datetime) -> str:
    """The session after this one with its day and hour; empty after the last."""
    sessions = run.plan.sessions
    place = next((at for at, one in enumerate(sessions) if one.id == run.session.id), len(sessions))
    later = sessions[place + 1 : place + 2]
    return _announced(later[0], run, now) if later else ""


def _announced(session: Session, run: Run, now: datetime) -> str:
    title = one_line(session.title)
    if session.date is None:
        return title
    zone = run.plan.programme.tz
    if session.start is None:
        return f"{title}, {day_in_words(session.date)}"
    start = lay_out_session(session, zone, now).start.astimezone(zone)
    return f"{title}, {day_in_words(session.date)}, {start:%H:%M} ({zone.key})"


def wrapped(text: str) -> str:
    """Every line at most 72 columns; lines of lists hang, addresses of pages stay whole."""
    lines: list[str] = []
    for line in text.splitlines():
        hanging = "  " if line.startswith("- ") else " " if line.startswith("Subject: ") else ""
        whole = textwrap.wrap(line, COLUMNS, subsequent_indent=hanging, break_long_words=False, break_on_hyphens=False)
        lines += [part for long in whole or [""] for part in _broken(long, hanging)]
    return "\n".join(lines) + "\n"


def _broken(line: str, hanging: str) -> list[str]:
    if len(line) <= COLUMNS or "://" in line:
        return [line]
    return textwrap.wrap(line, COLUMNS, subsequent_indent=hanging)

"""`notes.md`: everything that was said in one session, in one edition.

Owns the YAML head and the choice of template. It is written anew at every event of a call, so it is quick and
the same events give the same bytes.
"""

from __future__ import annotations

from datetime import datetime

from facilitator_tui.core.run import Run
from facilitator_tui.harvest import ink
from facilitator_tui.harvest.consent import Edition
from facilitator_tui.harvest.layout import Templates, lay_out
from facilitator_tui.harvest.sheet import Review, Sheet
from facilitator_tui.harvest.sorting import sheet

NAME = "notes.md.j2"


def notes(
    run: Run,
    now: datetime,
    edition: Edition = "team",
    *,
    templates: Templates | None = None,
    review: Review | None = None,
) -> str:
    """The notes of a session as Markdown. `now` matters only before an undated session has begun."""
    return from_sheet(sheet(run, now, edition, ink.item, review), run, templates)


def from_sheet(made: Sheet, run: Run, templates: Templates | None = None) -> str:
    """The notes of a session from its sheet in Markdown ink."""
    return lay_out(NAME, {"s": made, "head": head(made, run)}, templates)


def head(made: Sheet, run: Run) -> str:
    """The lines of the YAML head. Texts are those of the plan, unescaped: YAML has its own quotes."""
    fields: dict[str, str | int | tuple[str, ...]] = {
        "title": ink.one_line(run.session.title),
        "programme": ink.one_line(run.plan.programme.title),
        "session": made.id,
        "date": made.day.isoformat() if made.day else "",
        "start": made.start,
        "end": made.end,
        "timezone": made.zone,
        "tags": tuple(map(ink.one_line, run.session.tags)),
        "edition": made.edition,
        "consent": made.rule,
        "state": made.state,
        "people": made.people,
        "lines": len(made.entries),
    }
    return "".join(f"{key}: {ink.yaml(value)}\n" for key, value in fields.items() if value != "")

"""What was agreed, for those who do it: `actions.md`, `actions.csv`, `actions.todo.txt`, and ticks read back.

Owns the three forms and how a line of an edited `actions.md` is recognised: by its code, and by its text to be
sure. It must not know where the files are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace

from facilitator_tui.core.events import CaptureContent, CaptureEdited
from facilitator_tui.core.run import Run
from facilitator_tui.core.text import fold_case
from facilitator_tui.harvest.ink import csv_text, one_line
from facilitator_tui.harvest.layout import Templates, lay_out
from facilitator_tui.harvest.sheet import Entry, Sheet, code

COLUMNS = ("code", "session", "date", "action", "owner", "due", "done", "tags", "support")

_TASK = re.compile(r"\s*[-*+]\s+\[([ xX])\]\s+\W{0,4}([a-z0-9][a-z0-9-]*-[0-9]{3,})\b\W{0,3}(.*)")
_BOX = re.compile(r"^(\s*[-*+]\s+\[)[ xX](\]\s)")
_BARE = re.compile(r"[\W_]+")
_TODO_WORD = re.compile(r"\s+")


def markdown(sheets: Sequence[Sheet], templates: Templates | None = None) -> str:
    """`actions.md` from sheets in Markdown ink: a task list a session."""
    values = {"sheets": [one for one in sheets if one.actions], "edition": sheets[0].edition if sheets else "team"}
    return lay_out("actions.md.j2", values, templates)


def table(sheets: Iterable[Sheet]) -> str:
    """`actions.csv` from sheets in plain ink."""
    rows = [
        (
            entry.code,
            made.id,
            made.day.isoformat() if made.day else "",
            entry.text,
            entry.source,
            entry.due,
            "yes" if entry.done else "no",
            " ".join(entry.tags),
            str(entry.count),
        )
        for made in sheets
        for entry in made.actions
    ]
    return csv_text([COLUMNS, *rows])


def todo(sheets: Iterable[Sheet]) -> str:
    """`actions.todo.txt` from sheets in plain ink, as todo.txt (github.com/todotxt/todo.txt) reads it.

    The day of the session is the day of creation. When a task was completed is not known, so that the done
    ones carry no dates.
    """
    lines = (_todo_line(entry, made) for made in sheets for entry in made.actions)
    return "".join(f"{line}\n" for line in lines)


def _todo_line(entry: Entry, made: Sheet) -> str:
    parts = ["x"] if entry.done else [made.day.isoformat()] if made.day else []
    parts += [_TODO_WORD.sub(" ", entry.text), f"+{made.programme_id}-{made.id}"]
    parts += [f"@{_word(owner)}" for owner in entry.source.split(", ") if owner]
    parts += [f"due:{entry.due}"] if entry.due else []
    return " ".join((*parts, f"code:{entry.code}"))


def _word(name: str) -> str:
    return "-".join(fold_case(name).split())


# ---------------------------------------------------------------- ticks


@dataclass(frozen=True, slots=True)
class Ticks:
    """What an edited `actions.md` says. A box that is empty there but done here changes nothing."""

    done: tuple[str, ...] = ()
    """Ids of actions that are ticked in the file and still open in the run."""
    unclear: tuple[str, ...] = ()
    """Ticked lines whose code and text do not belong together, as they stand in the file."""


def read_ticks(text: str, run: Run) -> Ticks:
    """Read the ticks of one session from an edited file; lines of other sessions are left alone."""
    known = {
        code(run.session.id, number): (capture.id, capture.content)
        for number, capture in enumerate(run.captures, 1)
        if capture.content.type == "action" and not capture.removed
    }
    done: dict[str, None] = {}
    unclear = []
    for line in text.lstrip("\ufeff").splitlines():
        task = _TASK.match(line)
        if task is None or task[1] == " " or task[2].rpartition("-")[0] != run.session.id:
            continue
        id = _meant(task[2], task[3], known)
        if id is None:
            unclear.append(one_line(line))
        elif "done" not in next(content for one, content in known.values() if one == id).flags:
            done[id] = None
    return Ticks(tuple(done), tuple(unclear))


def boxes_emptied(text: str) -> str:
    """A task list as if nothing were ticked, whatever editor saved it: what two copies that differ in ticks share."""
    lines = (_BOX.sub(r"\1 \2", line.rstrip()) for line in text.lstrip("\ufeff").splitlines())
    return "\n".join(lines).rstrip("\n")


def _meant(name: str, rest: str, known: dict[str, tuple[str, CaptureContent]]) -> str | None:
    """The action of that code if its text stands in the line, else the only one whose text does."""
    line = _bare(rest)
    coded = known.get(name)
    if coded and line.startswith(_bare(coded[1].text)):
        return coded[0]
    fitting = [id for id, content in known.values() if line.startswith(_bare(content.text))]
    return fitting[0] if len(fitting) == 1 else None


def _bare(text: str) -> str:
    """Letters and digits only: escapes, wrapping and typographers' signs do not matter."""
    return _BARE.sub("", fold_case(text.replace("&lt;", "").replace("&amp;", "")))


def ticked(run: Run, ids: Iterable[str]) -> tuple[CaptureEdited, ...]:
    """The events that mark actions of a run as done."""
    wanted = set(ids)
    return tuple(
        _done(capture.content, capture.id, capture.versions)
        for capture in run.captures
        if capture.id in wanted and "done" not in capture.content.flags
    )


def _done(content: CaptureContent, id: str, versions: tuple[str, ...]) -> CaptureEdited:
    flagged = replace(content, flags=(*content.flags, "done"))
    values = {part.name: getattr(flagged, part.name) for part in fields(CaptureContent)}
    return CaptureEdited(**values, capture=id, over=versions)

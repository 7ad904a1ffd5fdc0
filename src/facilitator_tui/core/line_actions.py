"""What a person can do to a line that stands: each action is run + now -> events, or a refusal with its reason.

Owns the rules of changing, counting, joining and settling. It must not know how a line is chosen or drawn, nor
how a changed content follows from an earlier one (`core.revision`). Every change names the versions it saw.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import datetime
from typing import Any

from facilitator_tui.core import events as ev
from facilitator_tui.core.actions import Outcome, Refused
from facilitator_tui.core.capture import Capture, Context, room_of
from facilitator_tui.core.events import CaptureContent
from facilitator_tui.core.grammar import FLAGS, SIGNS, due_date, kinds_of, small_number
from facilitator_tui.core.revision import counted, flagged, merged, rekinded, settled
from facilitator_tui.core.roster import find, why_not
from facilitator_tui.core.run import Run

MOST_COUNTED = 99_999


def line(run: Run, id: str) -> Capture:
    """The capture of that id, while it stands. Refused when it is gone."""
    if not id:
        raise Refused("choose a line first")
    capture = run.capture(id)
    if capture is None:
        raise Refused("that line is gone; redo brings it back")
    if capture.removed:
        raise Refused("that line is gone; undo brings it back")
    return capture


def change(capture: Capture, content: CaptureContent, said: str) -> Outcome:
    """A new version of a capture in place of all versions that are seen now."""
    if content == capture.content and not capture.others:
        raise Refused("nothing changed")
    values = {part.name: getattr(content, part.name) for part in fields(CaptureContent)}
    return Outcome((ev.CaptureEdited(**values, capture=capture.id, over=capture.versions),), said)


def rekind(run: Run, now: datetime, id: str, word: str, context: Context) -> Outcome:
    """The line is of another kind, named by any of its words or by its sign."""
    capture = line(run, id)
    changed = rekinded(capture.content, SIGNS.get(word.strip(), word), context)
    if changed is None:
        words = ", ".join(wording.word for wording in kinds_of(run.plan.kinds).values())
        raise Refused(f"no kind {word!r}: type one of {words}")
    if changed.type == capture.content.type and not capture.others:
        raise Refused(f"it is of the kind {changed.type} already")
    return change(capture, changed, f"now {kinds_of(run.plan.kinds)[changed.type].word}: “{short(capture)}”")


def count(run: Run, now: datetime, id: str, more: int = 1) -> Outcome:
    """`more` others said so too; negative takes some back. A count never falls below one."""
    capture = line(run, id)
    changed = counted(capture.content, more)
    if changed.count > MOST_COUNTED:
        raise Refused(f"no line is counted beyond {MOST_COUNTED}")
    if changed == capture.content:
        raise Refused("one is the least; a line that nobody said is removed")
    return change(capture, changed, f"said {changed.count} times: “{short(capture)}”")


def flag(run: Run, now: datetime, id: str, name: str) -> Outcome:
    """A flag (`ok`, `anon`, `off`, `done`) is put on the line, or taken off it."""
    if name not in FLAGS:
        raise Refused(f"no flag {name!r}: there are {', '.join(FLAGS)}")
    capture = line(run, id)
    changed = flagged(capture.content, name)
    on = name in changed.flags
    return change(capture, changed, f"{'marked' if on else 'no longer'} /{name}: “{short(capture)}”")


def remove(run: Run, now: datetime, id: str) -> Outcome:
    """The line goes from every list; the log keeps it, and undo brings it back."""
    capture = line(run, id)
    return Outcome((ev.CaptureRemoved(capture.id, capture.versions),), f"removed: “{short(capture)}”")


def merge(run: Run, now: datetime, ids: Sequence[str]) -> Outcome:
    """Lines become one that stands where the first one does: counts added up, every raw line kept underneath."""
    captures = [line(run, id) for id in dict.fromkeys(ids)]
    if len(captures) < 2:
        raise Refused("choose another line to join it with")
    first, *rest = captures
    changed = change(first, merged([one.content for one in captures]), "")
    removals = tuple(ev.CaptureRemoved(one.id, one.versions) for one in rest)
    return Outcome((*changed.payloads, *removals), f"joined {len(captures)} lines into “{short(first)}”")


def choose_version(run: Run, now: datetime, id: str, number: int) -> Outcome:
    """Of versions written at the same time, the one of that number (from 0) stands alone from now on."""
    capture = line(run, id)
    if not capture.others:
        raise Refused("this line has one version only")
    versions = (capture.content, *capture.others)
    if not 0 <= number < len(versions):
        raise Refused(f"there are {len(versions)} versions")
    return change(capture, versions[number], f"chosen: “{short(capture, versions[number])}”")


def short(capture: Capture, content: CaptureContent | None = None) -> str:
    """The beginning of a line, to name it in a sentence."""
    text = (content or capture.content).text.replace("\n", " ")
    return text if len(text) <= 30 else text[:29].rstrip() + "…"


# ---------------------------------------------------------------- marks that were not understood


def settle(run: Run, now: datetime, id: str, mark: str, meant: str, context: Context) -> Outcome:
    """An unsure mark means what is typed now; with nothing typed it is plain text after all.

    A mark like `due:soon` is answered by a date, `r:x` by a room, `q:x` and `n:x` by a number, anything else by a
    person or an organisation.
    """
    capture = line(run, id)
    content = capture.content
    if mark not in content.unsure:
        raise Refused("nothing on this line is unsure" if not content.unsure else f"{mark} is settled already")
    meant = meant.strip()
    if not meant:
        return change(capture, settled(content, mark), f"{mark} is plain text")
    sort = mark.partition(":")[0].casefold() if ":" in mark else ""
    if sort in _FIELDS:
        changes = _valued(sort, meant, context)
        known = replace(settled(content, mark), text=_without(content.text, mark), **changes)
        return change(capture, known, f"{mark} means {meant}")
    match = find(run.roster, meant)
    if match.found is None:
        raise Refused(why_not(meant, match))
    return change(capture, settled(content, mark, match.found.id), f"{mark} means {match.found.name}")


_FIELDS = {"due": "due", "r": "room", "q": "question", "n": "count"}


def _valued(sort: str, meant: str, context: Context) -> dict[str, Any]:
    """The field that such a mark fills, with its value."""
    value: str | int | None
    if sort == "due":
        day = due_date(meant.removeprefix("due:"), context.session_day)
        value = day.isoformat() if day else None
        hint = "a date like fri, 9oct, +7d or 2020-10-09"
    elif sort == "r":
        value = room_of(meant.removeprefix("r:"), context.rooms) or None
        hint = f"one of the rooms {', '.join(context.rooms)}" if context.rooms else "a room like 3"
    else:
        value = small_number(meant.removeprefix(f"{sort}:"), 99 if sort == "q" else MOST_COUNTED)
        hint = "a number"
    if value is None:
        raise Refused(f"{meant!r} is not {hint}")
    return {_FIELDS[sort]: value}


def _without(text: str, mark: str) -> str:
    left = " ".join(word for word in text.split(" ") if word != mark)
    return left if left.strip() else text


def meanings(run: Run, mark: str) -> tuple[str, ...]:
    """Ids of people and organisations that a mark may stand for, the nearest first."""
    match = find(run.roster, mark.removeprefix("@"))
    found = (match.found,) if match.found else match.candidates
    return tuple(one.id for one in found[:9])

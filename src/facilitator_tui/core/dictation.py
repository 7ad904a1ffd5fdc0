"""The capture line in a running call: a typed line becomes events, with what sticks from line to line.

Owns the context a line is read in (item, room, question of the moment) and what the line's commands do. It must
not know how a line is typed, drawn or saved; `/edit` and `/find` are handed back to whoever owns a screen.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from datetime import datetime

from facilitator_tui.core import events as ev
from facilitator_tui.core.actions import Outcome, Refused
from facilitator_tui.core.capture import Capture, Command, Context, Nothing, parse, room_of
from facilitator_tui.core.events import CaptureContent
from facilitator_tui.core.people import find_person
from facilitator_tui.core.revision import flagged, rekinded, revised, sourced
from facilitator_tui.core.run import Run, agenda
from facilitator_tui.core.seating import current_round
from facilitator_tui.core.waterfall import captures as chat_captures
from facilitator_tui.core.waterfall import is_chat


@dataclass(frozen=True, slots=True)
class Focus:
    """The room and question that stick to every line until the item ends."""

    item: str = ""
    room: str = ""
    question: int = 0


@dataclass(frozen=True, slots=True)
class Typed:
    """What a line comes to. `handed_back` is a command that only a screen can carry out."""

    outcome: Outcome
    focus: Focus
    handed_back: Command | None = None


def current_item(run: Run) -> str:
    """The id of the item that a line belongs to: the live one, else the last that ran."""
    if run.live:
        return run.live.item
    return run.visits[-1].item if run.visits else ""


def focus_now(run: Run, focus: Focus) -> Focus:
    """The focus as it is valid for the live item: a room and a question end with their item."""
    item = current_item(run)
    return focus if focus.item == item else Focus(item)


def context_of(run: Run, now: datetime, focus: Focus = Focus()) -> Context:
    """What is known while a line is typed at `now`."""
    focus = focus_now(run, focus)
    programme = run.plan.programme
    item = next((item for item in agenda(run) if item.id == focus.item), None)
    seating = run.seating(focus.item, current_round(run, now, focus.item)) if item else None
    rooms = seating.rooms if seating else tuple(room.id for room in run.session.rooms)
    question = focus.question or (item.asks[0] if item and len(item.asks) == 1 else 0)
    day = run.session.date or (run.laid or now).astimezone(programme.tz).date()
    return Context(
        item=focus.item,
        room=focus.room,
        question=question,
        session_day=day,
        kinds=run.plan.kinds,
        roster=run.roster,
        rooms=rooms,
        tags=tuple(dict.fromkeys((*([programme.theme] if programme.theme else []), *run.session.tags))),
    )


def type_line(run: Run, now: datetime, line: str, focus: Focus = Focus()) -> Typed:
    """Take a typed line: a capture, or a command of the line. Raises Refused for a command that can't act.

    A line copied from a chat (`13:50:01 From NAME to Everyone: …`) brings its sender along.
    """
    focus = focus_now(run, focus)
    if is_chat(line):
        return Typed(paste_block(run, now, line, focus), focus)
    context = context_of(run, now, focus)
    typed = parse(line, context)
    if isinstance(typed, Nothing):
        return Typed(Outcome((), ""), focus)
    if isinstance(typed, Command):
        return _command(run, typed, focus, context)
    return Typed(Outcome((typed,), f"{typed.type} taken"), focus)


def paste_block(run: Run, now: datetime, block: str, focus: Focus = Focus()) -> Outcome:
    """A saved chat or several lines: one capture a line, senders recognised, repeats counted."""
    taken = chat_captures(block, context_of(run, now, focus))
    return Outcome(taken, f"{len(taken)} lines taken")


def edit_capture(run: Run, now: datetime, id: str, line: str) -> Outcome:
    """A capture's line was typed anew. An emptied line removes it."""
    capture = run.capture(id)
    if capture is None or capture.removed:
        raise Refused("that line is gone; undo brings it back")
    if not line.strip():
        return Outcome((ev.CaptureRemoved(id, capture.versions),), "line removed")
    return change_capture(capture, revised(capture.content, line, context_of(run, now)), "line changed")


def change_capture(capture: Capture, content: CaptureContent, said: str) -> Outcome:
    """A new version of a capture in place of all versions that are seen now."""
    if content == capture.content and not capture.others:
        raise Refused("nothing changed")
    values = {part.name: getattr(content, part.name) for part in fields(CaptureContent)}
    return Outcome((ev.CaptureEdited(**values, capture=capture.id, over=capture.versions),), said)


def last_capture(run: Run) -> Capture:
    """The latest line that stands. Raises Refused when there is none."""
    for place in range(len(run.captures) - 1, -1, -1):
        if not run.captures[place].removed:
            return run.captures[place]
    raise Refused("nothing was written down yet")


def undo_capture(run: Run) -> Outcome:
    """Take back the latest action on captures, whatever happened to the clock since."""
    kinds = ev.CaptureContent | ev.CaptureRemoved
    for place in range(len(run.done) - 1, -1, -1):
        if isinstance(run.done[place].first, kinds):
            return Outcome((ev.ActionUndone(run.done[place].action),), "last line taken back")
    raise Refused("no line to take back")


def _command(run: Run, command: Command, focus: Focus, context: Context) -> Typed:
    match command.name:
        case "undo":
            return Typed(undo_capture(run), focus)
        case "room":
            return _stick_room(command.argument, focus, context)
        case "q":
            return _stick_question(run, command.argument, focus)
        case "edit" | "find":
            return Typed(Outcome((), ""), focus, command)
    capture = last_capture(run)
    content = _changes(run, context)[command.name](capture.content, command.argument)
    if content is None:
        return Typed(Outcome((ev.CaptureRemoved(capture.id, capture.versions),), "last line removed"), focus)
    return Typed(change_capture(capture, content, f"last line: {command.name} {command.argument}"), focus)


Change = Callable[[CaptureContent, str], CaptureContent | None]


def _changes(run: Run, context: Context) -> dict[str, Change]:
    def kind(content: CaptureContent, word: str) -> CaptureContent:
        changed = rekinded(content, word, context)
        if changed is None:
            raise Refused(f"no kind {word!r}: type /kind note, take, msg, act, ask, ena, inh, quote …")
        return changed

    def by(content: CaptureContent, name: str) -> CaptureContent:
        return sourced(content, find_person(run, name).id)

    def off(content: CaptureContent, _: str) -> CaptureContent:
        return flagged(content, "off")

    return {"kind": kind, "by": by, "off": off, "purge": lambda content, _: None}


def _stick_room(argument: str, focus: Focus, context: Context) -> Typed:
    if argument in {"", "-"}:
        return Typed(Outcome((), "no room"), replace(focus, room=""))
    room = room_of(argument, context.rooms)
    if not room:
        raise Refused(f"no room {argument!r}: the rooms are {', '.join(context.rooms)}")
    return Typed(Outcome((), f"room {room} until the item ends; /room - leaves it"), replace(focus, room=room))


def _stick_question(run: Run, argument: str, focus: Focus) -> Typed:
    if argument in {"", "-"}:
        return Typed(Outcome((), "no question"), replace(focus, question=0))
    most = len(run.session.questions)
    if not argument.isdecimal() or not 1 <= int(argument) <= most:
        raise Refused(f"no question {argument!r}: the session has {most}")
    number = int(argument)
    return Typed(Outcome((), f"question {number} until the item ends"), replace(focus, question=number))

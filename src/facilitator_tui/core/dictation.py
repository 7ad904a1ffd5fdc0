"""The capture line in a running call: a typed line becomes events, with what sticks from line to line.

Owns the context a line is read in (item, room, question of the moment) and what the line's commands do. It must
not know how a line is typed, drawn or saved; `/edit` and `/find` are handed back to whoever owns a screen.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from facilitator_tui.core import events as ev
from facilitator_tui.core import line_actions
from facilitator_tui.core.actions import Outcome, Refused
from facilitator_tui.core.capture import Capture, Command, Context, Nothing, parse, room_of
from facilitator_tui.core.revision import revised, sourced
from facilitator_tui.core.roster import find, why_not
from facilitator_tui.core.run import Run, agenda
from facilitator_tui.core.seating import current_round
from facilitator_tui.core.text import count_of, fold_case
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
        tags=known_tags(run),
    )


def known_tags(run: Run) -> tuple[str, ...]:
    """Tags in use, in the spelling of their first use: the theme, those of the session, those typed since."""
    theme = run.plan.programme.theme
    typed = (tag for capture in run.captures for tag in capture.content.tags)
    spelled: dict[str, str] = {}
    for tag in (*([theme] if theme else []), *run.session.tags, *typed):
        spelled.setdefault(fold_case(tag), tag)
    return tuple(spelled.values())


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
        return _command(run, now, typed, focus, context)
    return Typed(Outcome((typed,), f"{typed.type} taken"), focus)


def paste_block(run: Run, now: datetime, block: str, focus: Focus = Focus()) -> Outcome:
    """A saved chat or several lines: one capture a line, senders recognised, repeats counted."""
    taken = chat_captures(block, context_of(run, now, focus))
    return Outcome(taken, f"{count_of(len(taken), 'line')} taken")


def edit_capture(run: Run, now: datetime, id: str, line: str) -> Outcome:
    """A capture's line was typed anew. An emptied line removes it; `/kind`, `/by`, `/off` and `/purge` act on it."""
    capture = line_actions.line(run, id)
    if not line.strip():
        return line_actions.remove(run, now, id)
    context = context_of(run, now)
    typed = parse(line, context)
    if isinstance(typed, Command) and typed.name in _CHANGES:
        return _CHANGES[typed.name](run, now, id, typed.argument, context)
    return line_actions.change(capture, revised(capture.content, line, context), "line changed")


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


def _command(run: Run, now: datetime, command: Command, focus: Focus, context: Context) -> Typed:
    match command.name:
        case "undo":
            return Typed(undo_capture(run), focus)
        case "room":
            return _stick_room(command.argument, focus, context)
        case "q":
            return _stick_question(run, command.argument, focus)
        case "edit" | "find":
            return Typed(Outcome((), ""), focus, command)
    return Typed(_CHANGES[command.name](run, now, last_capture(run).id, command.argument, context), focus)


Change = Callable[[Run, datetime, str, str, Context], Outcome]


def _kind(run: Run, now: datetime, id: str, word: str, context: Context) -> Outcome:
    return line_actions.rekind(run, now, id, word, context)


def _by(run: Run, now: datetime, id: str, name: str, context: Context) -> Outcome:
    name = name.removeprefix("@")
    capture, match = line_actions.line(run, id), find(run.roster, name)
    if match.found is None:
        raise Refused(why_not(name, match) if name else "say who said it, like /by ana")
    said = f"from {match.found.name}: “{line_actions.short(capture)}”"
    return line_actions.change(capture, sourced(capture.content, match.found.id), said)


def _off(run: Run, now: datetime, id: str, _: str, context: Context) -> Outcome:
    return line_actions.flag(run, now, id, "off")


def _purge(run: Run, now: datetime, id: str, _: str, context: Context) -> Outcome:
    return line_actions.remove(run, now, id)


_CHANGES: Mapping[str, Change] = {"kind": _kind, "by": _by, "off": _off, "purge": _purge}
"""Commands that change a line: the last one, or the one that is being edited."""


def _stick_room(argument: str, focus: Focus, context: Context) -> Typed:
    if argument in {"", "-"}:
        return Typed(Outcome((), "no room"), replace(focus, room=""))
    room = room_of(argument, context.rooms)
    if not room:
        known = f"the rooms are {', '.join(context.rooms)}" if context.rooms else "give its number, like /room 3"
        raise Refused(f"no room {argument!r}: {known}")
    return Typed(Outcome((), f"room {room} until the item ends; /room - leaves it"), replace(focus, room=room))


def _stick_question(run: Run, argument: str, focus: Focus) -> Typed:
    if argument in {"", "-"}:
        return Typed(Outcome((), "no question"), replace(focus, question=0))
    most = len(run.session.questions)
    if not argument.isdecimal() or not 1 <= int(argument) <= most:
        raise Refused(f"no question {argument!r}: the session has {most}")
    number = int(argument)
    return Typed(Outcome((), f"question {number} until the item ends"), replace(focus, question=number))

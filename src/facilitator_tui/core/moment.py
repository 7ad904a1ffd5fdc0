"""The fields of the chat messages at an instant of a running call.

Owns what `{title}`, `{ends}` or `{rooms}` mean now. It must not know which message they fill.
"""

from __future__ import annotations

from datetime import datetime

from facilitator_tui.core.messages import Moment, Stage, local_times, messages_of, numbered, room_lines
from facilitator_tui.core.plan import Item, MessageTemplate
from facilitator_tui.core.room_rounds import named_rooms
from facilitator_tui.core.run import Run
from facilitator_tui.core.rundown import Row, Rundown, rundown
from facilitator_tui.core.seating import current_round


def row_of(run: Run, view: Rundown, message: MessageTemplate) -> Row | None:
    """The item a message is for: the live one if it sends it, else the next that does, else the live one."""
    rows = [view.live.row] if view.live else []
    rows += [row for row in view.rows if row.state == "future"]
    rows += [row for row in reversed(view.rows) if row.state == "done"]
    ours = next((row for row in rows if message in messages_of(run.plan, row.item)), None)
    return ours or next(iter(rows), None)


def message_moment(run: Run, view: Rundown, message: MessageTemplate, room: str = "") -> Moment:
    """What stands in the fields of a message at the rundown's instant. `room` is the one it goes to."""
    row = row_of(run, view, message)
    if row is None:
        return Moment(title=run.session.title, links=run.plan.links)
    item = row.item
    asks = [run.session.questions[number - 1] for number in item.asks or _asks_of_rooms(run, item)]
    takeaways = [
        capture.content.text
        for capture in run.shown_captures()
        if capture.content.type == "takeaway" and "off" not in capture.content.flags
    ]
    names = {person.id: person.name for person in run.roster.people}
    seats = _seats(run, view, item)
    mine = next((people for id, _, people in seats if id == room), ())
    return Moment(
        title=run.session.title if item.kind in {"welcome", "close"} else item.title,
        minutes=_minutes(view, row),
        ends=_local(run, _end(view, row)),
        speaker=", ".join(names.get(person, person) for person in item.speakers),
        questions=numbered(asks),
        question=asks[0] if asks else "",
        rooms=room_lines((name, [names.get(person, person) for person in people]) for _, name, people in seats),
        next=_next(run, view, row),
        mine=", ".join(names.get(person, person) for person in mine),
        takeaways3="\n".join(takeaways[-3:]),
        links=run.plan.links,
    )


def _asks_of_rooms(run: Run, item: Item) -> list[int]:
    """The questions of an item's rooms, each once, where the item itself asks none."""
    return sorted({room.ask for room in named_rooms(run, item) if room.ask})


def _seats(run: Run, view: Rundown, item: Item) -> list[tuple[str, str, tuple[str, ...]]]:
    """Room id, name and people of the round to show; nothing when no rooms are planned."""
    seating = run.seating(item.id, current_round(run, view.now, item.id))
    return list(zip(seating.rooms, seating.names, seating.seats, strict=True)) if seating else []


def _end(view: Rundown, row: Row) -> datetime:
    """The end that people care about: that of the breakout, or of the session."""
    if row.item.kind != "breakout":
        return max(view.expected_end, view.hard_stop) if row.item.kind == "welcome" else view.expected_end
    if view.rooms and view.rooms.item == row.item.id and view.rooms.phase == "running":
        return view.rooms.ends
    return row.expected_end


def _minutes(view: Rundown, row: Row) -> str:
    left = view.live.remaining if view.live and view.live.row is row else row.length
    return str(max(0, round(left.total_seconds() / 60)))


def _next(run: Run, view: Rundown, row: Row) -> str:
    """The item behind; behind the last one the next session with its day and time."""
    places = [other.item.id for other in view.rows]
    behind = view.rows[places.index(row.item.id) + 1 :]
    coming = next((other for other in behind if other.state == "future" and other.item.kind != "cue"), None)
    if coming:
        return coming.item.title
    ids = [session.id for session in run.plan.sessions]
    later = run.plan.sessions[ids.index(run.session.id) + 1 :] if run.session.id in ids else ()
    if not later:
        return ""
    start = rundown(Run(run.plan, later[0]), view.now).layout.start
    day = start.astimezone(run.plan.programme.tz)
    when = f", {day:%A} {day.day} {day:%B}, {_local(run, start)}" if later[0].date else ""
    return later[0].title + when


def _local(run: Run, moment: datetime) -> str:
    zones = [person.tz for person in run.roster.people]
    return local_times(moment, run.plan.programme.tz, zones)


def stage_of(run: Run, view: Rundown) -> Stage:
    """How far the session is, for choosing the message of this moment; what was copied in this item is not due."""
    here = view.live.row.item.id if view.live else ""
    rooms = view.rooms if view.rooms and view.rooms.phase == "running" else None
    clock = run.breakout
    return Stage(
        live=view.live.row.item if view.live else None,
        finished=run.finished is not None,
        rooms_total=clock.ends - clock.opened if rooms and clock else None,
        rooms_remaining=rooms.ends - view.now if rooms else view.now - view.now,
        copied=frozenset(message for message, item in run.copied if item == here),
    )


def offered_messages(run: Run, view: Rundown) -> tuple[MessageTemplate, ...]:
    """All messages, those of the live item first."""
    own = messages_of(run.plan, view.live.row.item) if view.live else ()
    return (*own, *(message for message in run.plan.messages if message not in own))

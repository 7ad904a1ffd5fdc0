"""Messages for the chat with their fields filled, the right one for this moment first."""

from __future__ import annotations

from facilitator_tui.console import plain
from facilitator_tui.console.drawing.page import Page, PageLine, fixed
from facilitator_tui.console.scene import Scene
from facilitator_tui.core.actions import Refused
from facilitator_tui.core.durations import minutes_text
from facilitator_tui.core.messages import Moment, Stage, filled, languages, local_times, messages_of, numbered, suggest
from facilitator_tui.core.people import is_here
from facilitator_tui.core.plan import MessageTemplate
from facilitator_tui.core.roster import named
from facilitator_tui.core.rundown import Row
from facilitator_tui.core.seating import breakout_item, current_round, room_list


def moment_of(scene: Scene, message: MessageTemplate) -> Moment:
    """What the fields of a message stand for now: those of the item it belongs to, or of the whole session."""
    run, view = scene.run, scene.view
    row = _row_of(scene, message)
    of_session = row is None or row.item.kind in ("welcome", "close")
    zones = [person.tz for person in run.roster.people if is_here(run, person.id)]
    ends = view.expected_end if row is None or of_session else row.expected_end
    asks = [run.session.questions[n - 1] for n in (row.item.asks if row else ()) if 0 < n <= len(run.session.questions)]
    chosen = run.session.questions[scene.question - 1] if 0 < scene.question <= len(run.session.questions) else ""
    closing = row is not None and row.item.kind == "close"
    return Moment(
        title=run.session.title if row is None or of_session else row.item.title,
        minutes=minutes_text(row.length) if row else "",
        ends=local_times(ends, run.plan.programme.tz, zones),
        speaker=", ".join(named(run.roster, one) for one in row.item.speakers) if row else "",
        questions=numbered(asks),
        question=chosen or (asks[0] if asks else ""),
        rooms=rooms_text(scene),
        next=_next_session(scene) if closing else view.following.item.title if view.following else "",
        links=run.plan.links,
    )


def _row_of(scene: Scene, message: MessageTemplate) -> Row | None:
    """The item a message is for: the live one if it has it, else the next one, else the last."""
    plan, view = scene.run.plan, scene.view
    having = [row for row in view.rows if message in messages_of(plan, row.item)]
    live = view.live.row if view.live else None
    if live in having or not having:
        return live
    coming = [row for row in having if row.state == "future"]
    return coming[0] if coming else having[-1]


def _next_session(scene: Scene) -> str:
    sessions = scene.run.plan.sessions
    place = next((at for at, one in enumerate(sessions) if one.id == scene.run.session.id), len(sessions))
    later = sessions[place + 1] if place + 1 < len(sessions) else None
    if later is None:
        return ""
    return f"{later.title}, {later.date:%A}" if later.date else later.title


def rooms_text(scene: Scene) -> str:
    """The room list of the breakout under way or next; empty without one."""
    try:
        item = breakout_item(scene.run, scene.view.now)
    except Refused:
        return ""
    seating = scene.run.seating(item.id, current_round(scene.run, scene.view.now, item.id))
    return room_list(scene.run, seating) if seating else ""


def ordered_messages(scene: Scene) -> list[MessageTemplate]:
    """The one for this moment, then those of the live item, then the rest."""
    plan, view = scene.run.plan, scene.view
    live = view.live.row.item if view.live else None
    rooms = scene.run.breakout if view.rooms and view.rooms.phase == "running" else None
    total = sum(rooms.lengths, view.now - view.now) if rooms else None
    left = view.rooms.ends - view.now if view.rooms and rooms else view.now - view.now
    due = suggest(plan, Stage(live, view.state == "finished", total, left))
    own = [one.id for one in messages_of(plan, live)] if live else []
    rank = {due: 0, **{id: 1 for id in own if id != due}}
    return sorted((one for one in plan.messages), key=lambda one: rank.get(one.id, 2))


def message_text(scene: Scene, message: MessageTemplate) -> str:
    return filled(message, moment_of(scene, message), scene.language)


def messages_page(scene: Scene) -> Page:
    lines: list[PageLine] = []
    for place, message in enumerate(ordered_messages(scene)):
        where = {"main": "everybody", "rooms": "all rooms", "room": "one room", "mail": "mail"}[message.where]
        now = ("  now", "$text-success bold") if place == 0 else ""
        lines.append(fixed((message.id, "$text-accent bold"), (f"  to {where}", "$text-muted"), now, id=message.id))
        text = message_text(scene, message).strip()
        lines += [fixed(f"  {row}") for told in text.splitlines() for row in plain.wrap(told, 72)]
        lines.append(fixed(""))
    told = sorted(
        {code for one in scene.run.plan.messages for code in languages(one, scene.run.plan.programme.language)}
    )
    shown = scene.language or scene.run.plan.programme.language or "as written"
    keys = (
        f"enter copies · {scene.key('message.language')} language: {shown} of {', '.join(one for one in told if one)}"
    )
    return Page("Messages · nothing is sent, you paste", lines, keys=keys, empty="The plan has no [[message]] yet.")

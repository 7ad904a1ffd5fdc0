"""Is a plan ready to be run? Contradictions that no syntax shows: times, rooms, people, questions, messages.

Owns what is worth a warning before a call. It must not know how a plan is written (`store.plan_file` finds
the line of each finding by its path) nor what time it is: a session without a date is not looked at for
nights and clock changes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from facilitator_tui.core.calendar import at_local, lay_out, past_midnight
from facilitator_tui.core.methods import total_length
from facilitator_tui.core.plan import Item, Participant, Plan, Session
from facilitator_tui.core.problems import Finding
from facilitator_tui.core.readiness_people import path_of, people_findings, room_findings

MORNING = timedelta(hours=7)
EVENING = timedelta(hours=22)


def readiness(plan: Plan) -> tuple[Finding, ...]:
    """Every contradiction of a plan. Warnings all: none of them keeps a session from running."""
    return tuple(_findings(plan))


def _findings(plan: Plan) -> Iterator[Finding]:
    yield from people_findings(plan)
    yield from _unsent(plan)
    yield from _ideas(plan)
    for session in plan.sessions:
        yield from _times(session)
        yield from _clock_changes(plan, session)
        yield from _nights(plan, session)
        yield from _unasked(session)
        yield from _methods(plan, session)
        yield from room_findings(plan, session)


def clock_text(clock: timedelta) -> str:
    """A clock time since midnight as 16:05, with +1d behind it on the next day."""
    minutes = int(clock.total_seconds()) // 60
    days, rest = divmod(minutes, 24 * 60)
    if minutes == 24 * 60:
        return "24:00"
    return f"{rest // 60:02}:{rest % 60:02}" + (f" +{days}d" if days else "")


def length_text(length: timedelta) -> str:
    """A length in words: 5 min, 1 h 30 min, 45 s."""
    seconds = int(length.total_seconds())
    hours, minutes, rest = seconds // 3600, seconds % 3600 // 60, seconds % 60
    parts = [(hours, "h"), (minutes, "min"), (rest, "s")]
    return " ".join(f"{number} {unit}" for number, unit in parts if number) or "0 min"


def _some(names: Sequence[str]) -> str:
    return ", ".join(names) if len(names) <= 3 else f"{', '.join(names[:2])} and {len(names) - 2} others"


# ---------------------------------------------------------------- times


def _laid(clock: timedelta, start: timedelta | None) -> timedelta:
    return clock if start is None else past_midnight(clock, start)


def _times(session: Session) -> Iterator[Finding]:
    """Hard starts and fixed ends against what goes before them, and the end against the hard stop.

    Two walks through the agenda at once: as planned, and as short as every `least` allows. Before the first
    known clock time nothing can be said. A cue stands aside: nothing follows from its time.
    """
    planned = shortest = session.start
    for item in _taking_time(session):
        if item.at is not None:
            at = _laid(item.at, session.start)
            yield from _hard_start(session, item, at, planned, shortest)
            planned, shortest = at, max(at, shortest or at)
        if item.until is not None:
            until = _laid(item.until, session.start)
            yield from _fixed_end(session, item, until, planned)
            planned = shortest = until
        elif planned is not None and shortest is not None:
            planned, shortest = planned + item.length, shortest + item.least
    yield from _hard_stop(session, planned, shortest)


def _taking_time(session: Session) -> Iterator[Item]:
    return (item for item in session.agenda if item.kind != "cue")


def _hard_start(
    session: Session, item: Item, at: timedelta, planned: timedelta | None, shortest: timedelta | None
) -> Iterator[Finding]:
    path = path_of(session, item, "at")
    if planned is None or shortest is None or at >= planned:
        return
    if session.start is not None and at < session.start:
        yield Finding(path, f"{clock_text(at)} is before the session begins at {clock_text(session.start)}")
    elif at < shortest:
        yield Finding(
            path,
            f"starts at {clock_text(at)}, but what goes before cannot end before {clock_text(shortest)}",
            "start it later, or take something out before it",
        )
    else:
        over = length_text(planned - at)
        yield Finding(
            path,
            f"starts at {clock_text(at)}, {over} before the item before it ends as planned",
            "start it later, or shorten what goes before",
        )


def _fixed_end(session: Session, item: Item, until: timedelta, start: timedelta | None) -> Iterator[Finding]:
    if start is None:
        return
    path = path_of(session, item, "until")
    if until < start:
        yield Finding(path, f"ends at {clock_text(until)}, before it starts at {clock_text(start)}")
    elif until - start < item.least:
        has, least = length_text(until - start), length_text(item.least)
        yield Finding(path, f"ends at {clock_text(until)}: that leaves {has} where {least} is the least")


def _hard_stop(session: Session, planned: timedelta | None, shortest: timedelta | None) -> Iterator[Finding]:
    if session.hard_stop is None or planned is None or shortest is None or session.start is None:
        return
    stop = _laid(session.hard_stop, session.start)
    if planned <= stop:
        return
    over = f"the agenda ends at {clock_text(planned)}, {length_text(planned - stop)} after the hard stop"
    if shortest > stop:
        over += ", and does not fit even with every item at its shortest"
    yield Finding(f"session.{session.id}.hard_stop", over, "shorten an item, or stop later")


def _clock_changes(plan: Plan, session: Session) -> Iterator[Finding]:
    if session.date is None:
        return
    written: list[tuple[str, timedelta | None]] = [
        (f"session.{session.id}.start", session.start),
        (f"session.{session.id}.hard_stop", session.hard_stop),
    ]
    for item in session.agenda:
        written += [(path_of(session, item, "at"), item.at), (path_of(session, item, "until"), item.until)]
    for path, clock in written:
        if clock is not None:
            moved = _clock_change(session.date, _laid(clock, session.start), plan.programme.tz)
            if moved:
                yield Finding(path, f"{clock_text(clock)} {moved} in {plan.programme.tz.key}", "choose another time")


def _clock_change(day: date, clock: timedelta, zone: ZoneInfo) -> str:
    """Whether the clocks of a zone skip a time of a day, or show it twice; "" where neither."""
    try:
        wall = datetime(day.year, day.month, day.day) + clock
        early, late = wall.replace(tzinfo=zone, fold=0), wall.replace(tzinfo=zone, fold=1)
    except OverflowError:
        return ""
    before, after = early.utcoffset(), late.utcoffset()
    if before is None or after is None or before == after:
        return ""
    if before < after:
        return f"does not exist on {wall.date()}: the clocks go forward"
    return f"comes twice on {wall.date()}, the first one is taken: the clocks go back"


def _nights(plan: Plan, session: Session) -> Iterator[Finding]:
    if session.date is None or session.start is None:
        return
    layout = lay_out(session, plan.programme.tz, at_local(session.date, session.start, plan.programme.tz))
    start = end = layout.start
    for item in _taking_time(session):
        begins_at = end if item.at is None else layout.instant(item.at)
        end = max(end, begins_at + item.length if item.until is None else layout.instant(item.until))
    by_zone: dict[str, list[str]] = {}
    for person in _expected(plan, session):
        if person.tz:
            by_zone.setdefault(person.tz, []).append(person.name)
    for name, people in by_zone.items():
        local = start.astimezone(_zone(name, plan.programme.tz))
        begins = timedelta(hours=local.hour, minutes=local.minute, seconds=local.second)
        ends = begins + (end - start)
        if begins < MORNING or ends > EVENING:
            when = f"{clock_text(begins)} to {clock_text(ends)}"
            yield Finding(f"session.{session.id}.start", f"is {when} in {name}, at night for {_some(people)}")


def _expected(plan: Plan, session: Session) -> list[Participant]:
    """Who comes to a session: everybody, but of speakers and guests only today's."""
    today = {speaker for item in session.agenda for speaker in item.speakers}
    today |= {room.guest for room in session.rooms}
    return [person for person in plan.roster.people if person.role not in ("speaker", "guest") or person.id in today]


def _zone(name: str, otherwise: ZoneInfo) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ValueError, ZoneInfoNotFoundError):
        return otherwise


# ---------------------------------------------------------------- questions, messages, ideas, methods


def _unasked(session: Session) -> Iterator[Finding]:
    asked = {number for item in session.agenda for number in item.asks} | {room.ask for room in session.rooms}
    for number, question in enumerate(session.questions, 1):
        if number not in asked:
            shown = question if len(question) <= 50 else question[:49] + "…"
            yield Finding(
                f"session.{session.id}.questions",
                f"no item asks question {number}: {shown}",
                f"write ask = [{number}] in a row",
            )


def _unsent(plan: Plan) -> Iterator[Finding]:
    """Mail is written by hand, so only messages for the chat have to belong to an item."""
    sent: set[str] = set()
    for session in plan.sessions:
        for item in session.agenda:
            sent.update(plan.send.get(item.kind, ()) if item.send is None else item.send)
    for message in plan.messages:
        if message.id not in sent and message.where != "mail":
            yield Finding(
                f"message.{message.id}",
                f'no item sends the message "{message.id}"',
                "name it in [send], or in the send of a row",
            )


def _ideas(plan: Plan) -> Iterator[Finding]:
    """A vote or an open space that draws from the ideas takes every open one up."""
    if any("ideas" in item.draws_from for session in plan.sessions for item in session.agenda):
        return
    for idea in plan.ideas:
        if idea.votes and not idea.session:
            yield Finding(
                f"ideas.list.{idea.id}",
                f"no session takes this idea up, and it has {idea.votes} vote{'s' if idea.votes > 1 else ''}",
                'name its session, or let an item draw from = ["ideas"]',
            )


def _methods(plan: Plan, session: Session) -> Iterator[Finding]:
    for item in session.agenda:
        method = plan.methods.get(item.method)
        if method and total_length(method) > item.length:
            needs, has = length_text(total_length(method)), length_text(item.length)
            yield Finding(path_of(session, item, "method"), f"{method.name} needs {needs}, the item has {has}")

"""Is a plan ready to be run? Contradictions that no syntax shows: times, rooms, people, questions, messages.

Owns what is worth a warning before a call. It must not know how a plan is written (`store.plan_file` finds
the line of each finding by its path) nor what time it is: a session without a date is not looked at for
nights and clock changes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from facilitator_tui.core.calendar import at_local
from facilitator_tui.core.methods import total_length
from facilitator_tui.core.plan import Item, Organisation, Participant, Plan, Session
from facilitator_tui.core.problems import did_you_mean, nearest

ZERO = timedelta(0)
A_DAY = timedelta(days=1)
HALF_A_DAY = timedelta(hours=12)
MORNING = timedelta(hours=7)
EVENING = timedelta(hours=22)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that contradicts something else. `path` names a field by ids: `session.tue.agenda.qa.at`."""

    path: str
    message: str
    hint: str = ""


def readiness(plan: Plan) -> tuple[Finding, ...]:
    """Every contradiction of a plan. Warnings all: none of them keeps a session from running."""
    return tuple(_findings(plan))


def _findings(plan: Plan) -> Iterator[Finding]:
    yield from _people(plan)
    yield from _newcomers(plan)
    yield from _languages(plan)
    yield from _unsent(plan)
    yield from _ideas(plan)
    yield from _breakouts_without_people(plan)
    for session in plan.sessions:
        yield from _times(session)
        yield from _clock_changes(plan, session)
        yield from _nights(plan, session)
        yield from _names(plan, session)
        yield from _unasked(session)
        yield from _methods(plan, session)
        yield from _rooms(plan, session)
        yield from _looking_back(session)


# ---------------------------------------------------------------- how things are said


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


def _path(session: Session, item: Item, field: str) -> str:
    return f"session.{session.id}.agenda.{item.id}.{field}"


# ---------------------------------------------------------------- times


def _next_day(clock: timedelta, start: timedelta | None) -> timedelta:
    """A clock time long before the session's start is one after midnight."""
    return clock + A_DAY if start is not None and start - clock > HALF_A_DAY else clock


def _times(session: Session) -> Iterator[Finding]:
    """Hard starts and fixed ends against what goes before them, and the end against the hard stop.

    Two walks through the agenda at once: as planned, and as short as every `least` allows. Before the first
    known clock time nothing can be said.
    """
    planned = shortest = session.start
    for item in session.agenda:
        if item.at is not None:
            at = _next_day(item.at, session.start)
            yield from _hard_start(session, item, at, planned, shortest)
            planned, shortest = at, max(at, shortest or at)
        if item.until is not None:
            until = _next_day(item.until, session.start)
            yield from _fixed_end(session, item, until, planned)
            planned = shortest = until
        elif planned is not None and shortest is not None:
            planned, shortest = planned + item.length, shortest + item.least
    yield from _hard_stop(session, planned, shortest)


def _hard_start(
    session: Session, item: Item, at: timedelta, planned: timedelta | None, shortest: timedelta | None
) -> Iterator[Finding]:
    path = _path(session, item, "at")
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
    path = _path(session, item, "until")
    if until < start:
        yield Finding(path, f"ends at {clock_text(until)}, before it starts at {clock_text(start)}")
    elif until - start < item.least:
        has, least = length_text(until - start), length_text(item.least)
        yield Finding(path, f"ends at {clock_text(until)}: that leaves {has} where {least} is the least")


def _hard_stop(session: Session, planned: timedelta | None, shortest: timedelta | None) -> Iterator[Finding]:
    if session.hard_stop is None or planned is None or shortest is None or session.start is None:
        return
    stop = _next_day(session.hard_stop, session.start)
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
        written += [(_path(session, item, "at"), item.at), (_path(session, item, "until"), item.until)]
    for path, clock in written:
        if clock is not None:
            moved = _clock_change(session.date, _next_day(clock, session.start), plan.programme.tz)
            if moved:
                yield Finding(
                    path, f"{clock_text(clock)} {moved} in {plan.programme.tz.key}", "choose another time"
                )


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
    start = at_local(session.date, session.start, plan.programme.tz)
    end = start + sum((item.length for item in session.agenda), ZERO)
    for item in session.agenda:
        if item.until is not None:
            until = at_local(session.date, _next_day(item.until, session.start), plan.programme.tz)
            end = max(end, until)
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
    return [
        person
        for person in plan.roster.people
        if person.role not in ("speaker", "guest") or person.id in today
    ]


def _zone(name: str, otherwise: ZoneInfo) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ValueError, ZoneInfoNotFoundError):
        return otherwise


# ---------------------------------------------------------------- people


def _unknown_person(plan: Plan, name: str, path: str, what: str) -> Iterator[Finding]:
    """A finding where a name is no id of the roster; the id is named where the name itself was written."""
    ids = [person.id for person in plan.roster.people]
    if not name or name in ids:
        return
    by_name = {person.name.casefold(): person.id for person in plan.roster.people}
    id = by_name.get(name.casefold()) or nearest(name, ids) or by_name.get(nearest(name, list(by_name)), "")
    hint = f'did you mean "{id}"?' if id else "add a line to [roster] people"
    yield Finding(path, f'the {what} "{name}" is not on the roster', hint)


def _people(plan: Plan) -> Iterator[Finding]:
    programme = plan.programme
    for part, name in programme.team.items():
        yield from _unknown_person(plan, name, f"programme.team.{part}", part)
    host = programme.host
    hosts: list[Organisation | Participant] = [*plan.roster.orgs, *plan.roster.people]
    if host and hosts and host not in {known for each in hosts for known in (each.id, each.name)}:
        hint = did_you_mean(host, [each.id for each in hosts])
        yield Finding("programme.host", f'the host "{host}" is not on the roster', hint)


def _names(plan: Plan, session: Session) -> Iterator[Finding]:
    for item in session.agenda:
        for speaker in item.speakers:
            yield from _unknown_person(plan, speaker, _path(session, item, "speaker"), "speaker")
    for room in session.rooms:
        yield from _unknown_person(plan, room.guest, f"session.{session.id}.rooms.{room.id}.guest", "guest")
    for part, name in session.team.items():
        if plan.programme.team.get(part) != name:
            yield from _unknown_person(plan, name, f"session.{session.id}.team.{part}", part)


def _newcomers(plan: Plan) -> Iterator[Finding]:
    apart = [field for field in plan.rooms.apart if field in ("org", "country", "region", "sector", "role")]
    threes = any(_is_of_three(item, plan) for session in plan.sessions for item in session.agenda)
    for person in plan.roster.people:
        path = f"roster.people.{person.id}.buddy"
        yield from _unknown_person(plan, person.buddy, path, "buddy")
        buddy = plan.roster.person(person.buddy) if person.buddy else None
        if buddy is person:
            yield Finding(path, f"{person.name} is their own buddy", "name another person")
        elif buddy and threes:
            alike = next((field for field in apart if _alike(person, buddy, field)), "")
            if alike:
                yield Finding(
                    path,
                    f"{buddy.name} has the same {alike}, and `apart` keeps people of one {alike} apart",
                    "name a buddy from elsewhere",
                )
        if person.new and not person.buddy and plan.rooms.new_people == "with-buddy":
            yield Finding(
                path, f"{person.name} is new and has no buddy", "name one, or change new_people in [rooms]"
            )


def _is_of_three(item: Item, plan: Plan) -> bool:
    """Whether a breakout has rooms of three or more, as far as the plan tells."""
    if item.kind != "breakout":
        return False
    if item.size is not None:
        return item.size >= 3
    rooms = _room_count(item, _head_count(plan))
    return rooms is None or _head_count(plan) > 2 * rooms


def _alike(one: Participant, other: Participant, field: str) -> bool:
    return bool(getattr(one, field)) and getattr(one, field) == getattr(other, field)


def _languages(plan: Plan) -> Iterator[Finding]:
    """Nothing is said while somebody has registered no language: that one may share any."""
    seated = [person for person in plan.roster.people if person.role == "participant"]
    if len(seated) < 2 or not all(person.langs for person in seated):
        return
    counts = Counter(lang for person in seated for lang in set(person.langs))
    for person in seated:
        if all(counts[lang] == 1 for lang in person.langs):
            spoken = ", ".join(person.langs)
            yield Finding(
                f"roster.people.{person.id}.langs",
                f"nobody else shares a language with {person.name} ({spoken})",
                "bring an interpreter, or add the languages that are missing",
            )


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
            yield Finding(_path(session, item, "method"), f"{method.name} needs {needs}, the item has {has}")


# ---------------------------------------------------------------- rooms


def _head_count(plan: Plan) -> int:
    """How many are seated in rooms: participants; speakers, guests and the team are not."""
    return sum(person.role == "participant" for person in plan.roster.people)


def _breakouts(plan: Plan) -> Iterator[tuple[Session, Item]]:
    for session in plan.sessions:
        for item in session.agenda:
            if item.kind == "breakout":
                yield session, item


def _breakouts_without_people(plan: Plan) -> Iterator[Finding]:
    if _head_count(plan):
        return
    for session, item in _breakouts(plan):
        yield Finding(
            _path(session, item, "kind"),
            "a breakout, but no participants on the roster: you will be asked how many there are",
            "add people to [roster] to have rooms by name",
        )
        return


def _room_count(item: Item, people: int) -> int | None:
    if isinstance(item.rooms, tuple):
        return len(item.rooms) or None
    if item.rooms is not None:
        return item.rooms
    return -(-people // item.size) if item.size and people else None


def _rooms(plan: Plan, session: Session) -> Iterator[Finding]:
    people = _head_count(plan)
    for item in session.agenda:
        if item.kind != "breakout" or not people:
            continue
        room = _capacity(session, item)
        if room is not None and room < people:
            yield Finding(
                _path(session, item, "rooms"),
                f"the rooms hold {room} people, but {people} are on the roster",
                "add rooms, or make them larger",
            )
        yield from _too_small(plan, session, item, people)


def _capacity(session: Session, item: Item) -> int | None:
    """How many people the rooms of a breakout can hold; None where at least one has no limit."""
    if isinstance(item.rooms, tuple):
        sizes = [room.size or item.size for room in session.rooms if room.id in item.rooms]
        known = [size for size in sizes if size]
        return sum(known) if known and len(known) == len(item.rooms) else None
    return item.rooms * item.size if item.rooms and item.size else None


def _too_small(plan: Plan, session: Session, item: Item, people: int) -> Iterator[Finding]:
    smallest = plan.rooms.min_size
    count = _room_count(item, people)
    if item.size and item.size < smallest:
        yield Finding(
            _path(session, item, "size"),
            f"rooms of {item.size} cannot have the {smallest} people that `min_size` asks for",
            "make the rooms larger, or lower min_size in [rooms]",
        )
    elif count and people // count < smallest and item.rounds:
        field = "rooms" if item.rooms else "size"
        yield Finding(
            _path(session, item, field),
            f"{people} people in {count} rooms leave some with {people // count}; `min_size` is {smallest}",
            "use fewer rooms, or lower min_size in [rooms]",
        )


def _looking_back(session: Session) -> Iterator[Finding]:
    """`keep` and `swap` need a breakout that comes before."""
    before: list[str] = []
    for item in session.agenda:
        if item.kind == "breakout":
            if item.after and item.after not in before:
                message = f'"{item.after}" is not a breakout before this one'
                yield Finding(_path(session, item, "after"), message, did_you_mean(item.after, before))
            elif item.mode in ("keep", "swap") and not before:
                yield Finding(
                    _path(session, item, "mode"), f"`{item.mode}` looks back, but there is no breakout before"
                )
            before.append(item.id)

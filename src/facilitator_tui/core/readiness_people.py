"""Is a plan ready: its people and its rooms.

Owns the contradictions between who is on the roster and what a session asks of them. See `core.readiness`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from facilitator_tui.core.plan import Item, Organisation, Participant, Plan, Session
from facilitator_tui.core.problems import Finding, did_you_mean, nearest
from facilitator_tui.core.text import count_of


def people_findings(plan: Plan) -> Iterator[Finding]:
    """What the roster contradicts."""
    yield from _people(plan)
    yield from _newcomers(plan)
    yield from _languages(plan)
    yield from _breakouts_without_people(plan)


def room_findings(plan: Plan, session: Session) -> Iterator[Finding]:
    """What a session asks of people and rooms that are not so."""
    yield from _names(plan, session)
    yield from _rooms(plan, session)
    yield from _looking_back(session)


def path_of(session: Session, item: Item, field: str) -> str:
    """The path by ids of a field of an item."""
    return f"session.{session.id}.agenda.{item.id}.{field}"


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
            yield from _unknown_person(plan, speaker, path_of(session, item, "speaker"), "speaker")
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
            yield Finding(path, f"{person.name} is new and has no buddy", "name one, or change new_people in [rooms]")


def _is_of_three(item: Item, plan: Plan) -> bool:
    """Whether a breakout has rooms of three or more, as far as the plan tells."""
    if item.kind != "breakout":
        return False
    if item.size is not None:
        return item.size >= 3
    rooms = _given_rooms(item)
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
            path_of(session, item, "kind"),
            "a breakout, but no participants on the roster: you will be asked how many there are",
            "add people to [roster] to have rooms by name",
        )
        return


def _given_rooms(item: Item) -> int | None:
    """How many rooms the plan asks for; None where the number follows from their size."""
    return len(item.rooms) or None if isinstance(item.rooms, tuple) else item.rooms


def _rooms(plan: Plan, session: Session) -> Iterator[Finding]:
    people = _head_count(plan)
    for item in session.agenda:
        if item.kind != "breakout" or not people:
            continue
        room = _capacity(session, item)
        if room is not None and room < people:
            yield Finding(
                path_of(session, item, "rooms"),
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
    """Rooms given by their size alone are made fewer until each has enough; only a single one can be too small."""
    smallest = plan.rooms.min_size
    count = _given_rooms(item) or 1
    if item.size and item.size < smallest:
        yield Finding(
            path_of(session, item, "size"),
            f"rooms of {item.size} cannot have the {smallest} people that `min_size` asks for",
            "make the rooms larger, or lower min_size in [rooms]",
        )
    elif people // count < smallest:
        field = "rooms" if item.rooms else "size"
        yield Finding(
            path_of(session, item, field),
            f"{people} people in {count_of(count, 'room')} leave some with {people // count}; `min_size` is {smallest}",
            "use fewer rooms, or lower min_size in [rooms]",
        )


def _looking_back(session: Session) -> Iterator[Finding]:
    """`keep` and `swap` need a breakout that comes before."""
    before: list[str] = []
    for item in session.agenda:
        if item.kind == "breakout":
            if item.after not in before and session.item(item.after):
                message = f'"{item.after}" is not a breakout before this one'
                yield Finding(path_of(session, item, "after"), message, did_you_mean(item.after, before))
            elif item.mode in ("keep", "swap") and not before:
                yield Finding(
                    path_of(session, item, "mode"), f"`{item.mode}` looks back, but there is no breakout before"
                )
            before.append(item.id)

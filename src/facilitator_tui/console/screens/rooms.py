"""The rooms of a breakout: who sits where in each round, how good that is, who moves, what would change."""

from __future__ import annotations

from functools import partial

from textual.content import Content

from facilitator_tui.console import plain, rooms_margin
from facilitator_tui.console.drawing.page import Draw, Page, PageLine, fixed
from facilitator_tui.console.drawing.strip import rooms_in_words
from facilitator_tui.console.rooms_margin import org_mark
from facilitator_tui.console.rooms_view import RoomsView
from facilitator_tui.console.scene import Scene, person_marks
from facilitator_tui.console.screens import who_met
from facilitator_tui.core.plan import Participant
from facilitator_tui.core.room_change import RoomChange, RoomMove
from facilitator_tui.core.room_moves import room_title
from facilitator_tui.core.room_rounds import merges, seated_people
from facilitator_tui.core.room_words import (
    absent_buddies,
    broken_rule,
    legend,
    rooms_without_host,
    tier_lines,
    with_names,
)
from facilitator_tui.core.roster import organisation_of
from facilitator_tui.core.text import count_of
from facilitator_tui.rotation.judge import HARD_RULES

SEAT_CELLS = 84
"""A seat's line with the name of the organisation; what a wide screen has left of it shows who met whom."""
NARROWEST = 76
LEGEND_CELLS = 25
"""The legend of organisations has as many columns as the narrowest screen takes."""
MOST_NOTES = 3


def rooms_page(scene: Scene) -> Page:
    view = scene.rooms
    if view is None:
        return Page("Rooms", (), empty="No breakout is running or still to come.")
    if view.change is not None:
        return _change_page(scene, view, view.change)
    if view.seating is None:
        return Page("Rooms", (), head=[_title(scene, view)], keys=_keys(scene, view), empty=_empty(scene, view))
    if view.look == "met":
        return who_met.page(scene, view, _title(scene, view), _keys(scene, view))
    if view.look == "moves":
        return _moves_page(scene, view)
    return _seats_page(scene, view)


def _title(scene: Scene, view: RoomsView) -> Content:
    words = f"  ·  round {view.round} of {view.rounds}" if view.rounds > 1 else ""
    clock = scene.view.rooms
    if clock and clock.item == view.item.id:
        if clock.round == view.round or clock.phase != "running":
            words = f"  ·  {rooms_in_words(clock)}"
        else:
            words += f"  ·  now: {rooms_in_words(clock)}"
    joined = "  ·  groups join" if merges(scene.run.plan, view.item, view.round) else ""
    mode = {"mix": "", "fixed": "  ·  the same groups all the time"}.get(view.item.mode, f"  ·  {view.item.mode}")
    return plain.line((view.item.title, "bold"), (f"{words}{joined}{mode}", "$text-muted"))


def _empty(scene: Scene, view: RoomsView) -> str:
    people = len(seated_people(scene.run, view.item))
    if not people:
        return "Nobody is here to be seated: mark people as here, or write a [roster] into the plan."
    return f"{count_of(people, 'person', 'people')} to seat. {scene.key('rooms.plan')} plans the rooms."


def _keys(scene: Scene, view: RoomsView) -> str:
    if view.carried:
        return "↑ ↓ to a room or a person · enter moves or swaps · esc leaves it"
    if view.seating is None:
        return f"{scene.key('rooms.plan')} plans · {scene.key('rooms.choose')} room choice · {scene.key('help')} help"
    language = view.language or "list only"
    seats = view.look == "seats"
    parts = (
        "enter moves" if seats else "",
        f"{scene.key('rooms.plan')} again",
        f"{scene.key('rooms.look')} {_NEXT[view.look]}",
        f"{scene.key('rooms.earlier')}{scene.key('rooms.later')} round",
        f"{scene.key('rooms.lock')} lock" if seats else "",
        f"{scene.key('rooms.host')} host" if seats else "",
        f"{scene.key('rooms.sit-out')} out" if seats else "",
        f"{scene.key('copy')} copy",
        f"{scene.key('message.language')} {language}" if view.look != "moves" else "",
        f"{scene.key('rooms.export')} Zoom",
    )
    return " · ".join(part for part in parts if part)


_NEXT = {"seats": "met", "met": "moves", "moves": "seats"}


# ---------------------------------------------------------------- seats


def _seats_page(scene: Scene, view: RoomsView) -> Page:
    assert view.seating is not None
    seats: list[PageLine] = []
    for id, name, seat in zip(view.seating.rooms, view.seating.names, view.seating.seats, strict=True):
        seats.append(fixed(*_room(scene, view, id, name, len(seat)), id=f"room {id}"))
        seats += [_person(scene, view, one) for one in sorted(seat)]
    if view.gap.unseated and not view.happened:
        seats.append(fixed(("no seat yet", "$text-warning bold")))
        seats += [_person(scene, view, one) for one in view.gap.unseated]
    if view.sitting_out:
        seats.append(fixed(("sitting out", "$text-muted bold")))
        seats += [_person(scene, view, one) for one in view.sitting_out]
    lines = [*rooms_margin.beside(scene, view, seats, SEAT_CELLS), *_legend(scene, view)]
    return Page("Rooms", lines, head=_head(scene, view), keys=_keys(scene, view))


def _legend(scene: Scene, view: RoomsView) -> list[PageLine]:
    """The organisations by their marks, in columns."""
    assert view.seating is not None
    seated = {one for seat in view.seating.seats for one in seat}
    known = legend(scene.run.roster, seated | set(view.sitting_out) | set(view.gap.unseated))
    across = max(1, NARROWEST // LEGEND_CELLS)
    rows = [known[at : at + across] for at in range(0, len(known), across)]
    return [fixed(""), *(fixed(*_legend_row(row)) for row in rows)] if rows else []


def _legend_row(row: list[tuple[str, str]]) -> list[plain.Part]:
    parts: list[plain.Part] = []
    for mark, name in row:
        parts += [(f"{mark.upper()} ", "$text-accent"), (plain.fit(name, LEGEND_CELLS - 4), "$text-muted"), " "]
    return parts


def _head(scene: Scene, view: RoomsView) -> list[Content | Draw]:
    head: list[Content | Draw] = [_title(scene, view), plain.text(_quality(view), "$text-muted")]
    if view.carried:
        lead = f"{_name(scene, view.carried)} is on the move"
        words = with_names(scene.run.roster, view.effect) or lead
        head += [partial(_wrapped, words, 0), partial(_wrapped, words, 1)]
    elif view.gap:
        words = f"{view.gap.said}: {scene.key('rooms.plan')} shows who would move"
        head.append(plain.text(words, "$text-warning bold"))
    head += [plain.text(one, "$text-warning") for one in notes(scene, view)]
    return [*head, plain.text("")]


def _quality(view: RoomsView) -> str:
    if view.plan is None:
        return ""
    said = view.plan.said
    return said[0].upper() + said[1:] + "."


def notes(scene: Scene, view: RoomsView) -> list[str]:
    """What is not as it should be in the shown round, with names; an even spread is left to the command line."""
    if view.seating is None:
        return []
    told = [f"not kept: {one}" for one in _broken(scene, view)]
    if not view.happened:
        told += absent_buddies(scene.run, view.seating)
        lacking = rooms_without_host(scene.run, view.item, view.seating)
        told += [f"no host yet: {', '.join(lacking)}"] if lacking else []
    more = len(told) - MOST_NOTES
    return told if more <= 0 else [*told[:MOST_NOTES], f"and {more} more"]


def _broken(scene: Scene, view: RoomsView) -> list[str]:
    """Rules that the shown round breaks."""
    if view.plan is None:
        return []
    numbers = sorted(number for id, number in scene.run.seatings if id == view.item.id)
    return [
        broken_rule(scene.run.roster, one)
        for one in view.plan.rotation.broken
        if one.rule in HARD_RULES | {"apart"} and numbers[max(0, one.round)] == view.round
    ]


def _wrapped(words: str, at: int, width: int) -> Content:
    rows = plain.wrap(words, width, 2)
    return plain.text(rows[at] if at < len(rows) else "", "$text-warning bold")


def _room(scene: Scene, view: RoomsView, id: str, name: str, people: int) -> list[plain.Part]:
    guest = scene.run.roster.person(view.guests.get(id, ""))
    room = next((one for one in scene.run.session.rooms if one.id == id), None)
    ask = room.ask if room else 0
    parts = [
        count_of(people, "person", "people"),
        f"with {guest.name}" if guest else "",
        f"question {ask}" if ask else "",
        "/".join(room.langs) if room else "",
    ]
    words = " · ".join(part for part in parts if part)
    lock = ("  · locked", "$text-warning bold") if id in view.locked else ""
    return [(name, "$text-accent bold"), (f"  {words}", "$text-muted"), lock]


def _person(scene: Scene, view: RoomsView, id: str) -> PageLine:
    person = scene.run.roster.person(id)
    if person is None:
        return fixed("  ", f"    {id}", id=id)
    return PageLine(partial(_seat, scene, view, person), id)


def _seat(scene: Scene, view: RoomsView, person: Participant, width: int) -> Content:
    """Marks, name and remarks; the name of the organisation beside its mark where there is room for it."""
    roster = scene.run.roster
    org = organisation_of(roster, person.id)
    away = person.id in view.gap.away and not view.happened
    style = "$text-error" if away else "bold reverse" if person.id == view.carried else ""
    named = width >= SEAT_CELLS
    return plain.line(
        "  ",
        (plain.fit(person_marks(scene.run).get(person.id, "").upper(), 4), "$text-accent"),
        (plain.fit(person.name, 24), style),
        " ",
        (plain.fit(org_mark(roster, org), 3), "$text-accent"),
        (plain.fit((org.short or org.name) if org else "", 17) if named else "", "$text-muted"),
        (" away" if away else "", "$text-error bold"),
        (_remarks(view, person), "$text-muted"),
    )


def _remarks(view: RoomsView, person: Participant) -> str:
    pinned = view.hosts.get(person.id)
    place = "" if pinned is None else "chose it" if view.item.mode == "choose" else "host"
    remarks = (place, "new" if person.new else "", "/".join(person.langs), person.needs)
    words = " · ".join(one for one in remarks if one)
    return f" {words}" if words else ""


# ---------------------------------------------------------------- moves


def _moves_page(scene: Scene, view: RoomsView) -> Page:
    rows = view.moves.splitlines()
    lines = [fixed(f"  {row}", id=f"move {at}") for at, row in enumerate(rows)]
    head = [_title(scene, view), plain.text(_moves_lead(view, len(rows)), "$text-muted"), plain.text("")]
    if not rows:
        lines = [
            fixed("Everybody is sent from the main room." if view.round == 1 else "Everybody stays in the same room.")
        ]
    lines += _tiers(view)
    return Page("Rooms · who moves as this round begins", lines, head=head, keys=_keys(scene, view))


def _tiers(view: RoomsView) -> list[PageLine]:
    """What the rooms of all rounds are worth, level by level."""
    rows = tier_lines(view.plan.rotation.tiers) if view.plan else []
    return (
        [fixed(""), fixed(("All rounds, level by level", "bold")), *(fixed(f"  {row}") for row in rows)] if rows else []
    )


def _moves_lead(view: RoomsView, rows: int) -> str:
    if view.round == 1:
        return "The first round: there is nothing to move by hand."
    return f"From round {view.round - 1} to round {view.round}, {rows} to move by hand in the call tool."


# ---------------------------------------------------------------- what would change

_WAYS = {"patch": "1 nobody moves", "few": "2 few moves", "fresh": "3 all anew"}


def _change_page(scene: Scene, view: RoomsView, change: RoomChange) -> Page:
    before, after = change.before, change.after
    figures = f"meetings again: {before.coincidences - before.earlier} → {after.coincidences - after.earlier}"
    rules = [len([one for one in made.broken if one.rule in HARD_RULES]) for made in (before, after)]
    figures += f" · rules not kept: {rules[0]} → {rules[1]}"
    ways: list[plain.Part] = []
    for way, words in _WAYS.items():
        ways += [(words, "$text-accent bold reverse" if way == change.way else "$text-muted"), "   "]
    head = [plain.line((view.item.title, "bold")), plain.line(*ways), plain.text(figures, "$text-muted")]
    if change.waits:
        names = ", ".join(_name(scene, one) for one in change.waits)
        head.append(plain.text(f"less than a minute left: {names} from the next round on", "$text-warning"))
    lines = [PageLine(partial(_move, scene, one), f"move {at}") for at, one in enumerate(change.moves)]
    empty = "Nobody has to move: everybody who is here has a seat."
    return Page("Rooms · a preview, nothing has changed", lines, head=[*head, plain.text("")], empty=empty)


def _move(scene: Scene, move: RoomMove, width: int) -> Content:
    org = organisation_of(scene.run.roster, move.person)
    source, target = (_room_name(scene, move, room) for room in (move.source, move.target))
    tone = "" if move.source and move.target else "$text-success" if move.target else "$text-error"
    return plain.line(
        (plain.fit(f"round {move.round}", 10), "$text-muted"),
        (plain.fit(_name(scene, move.person), 24), "bold"),
        (plain.fit((org.short or org.name) if org else "", 17), "$text-muted"),
        (plain.cut(f"{source or 'no seat'} → {target or 'away'}", max(8, width - 51)), tone),
    )


def _name(scene: Scene, id: str) -> str:
    person = scene.run.roster.person(id)
    return person.name if person else id


def _room_name(scene: Scene, move: RoomMove, room: str) -> str:
    return room_title(scene.run, scene.rooms.item, move.round, room) if scene.rooms else room

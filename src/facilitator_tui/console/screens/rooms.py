"""The rooms of a breakout: who sits where in each round, how good the plan is, how to change it."""

from __future__ import annotations

from collections import Counter

from facilitator_tui.console import plain
from facilitator_tui.console.drawing.page import Page, PageLine, fixed
from facilitator_tui.console.drawing.strip import rooms_in_words
from facilitator_tui.console.scene import Scene, person_marks
from facilitator_tui.core.actions import Refused
from facilitator_tui.core.plan import Item
from facilitator_tui.core.roster import organisation_of
from facilitator_tui.core.run import Run, Seating
from facilitator_tui.core.seating import breakout_item, current_round, seated_people


def rooms_item(scene: Scene) -> Item | None:
    """The breakout that the page is about: under the cursor, live, or the next one."""
    try:
        return breakout_item(scene.run, scene.view.now)
    except Refused:
        return None


def rooms_page(scene: Scene) -> Page:
    item = rooms_item(scene)
    if item is None:
        return Page("Rooms", (), empty="No breakout is running or still to come.")
    run = scene.run
    round = current_round(run, scene.view.now, item.id)
    people = seated_people(run, item)
    plans, copies, opens = scene.key("rooms.plan"), scene.key("copy"), scene.key("rooms.clock")
    keys = f"{plans} plans again · {copies} copies the list · {opens} opens, extends or calls back"
    head = [plain.line((item.title, "bold"), (_round_words(scene, item, round), "$text-muted"))]
    seating = run.seating(item.id, round)
    if seating is None:
        empty = f"{len(people)} people to seat. Press {scene.key('rooms.plan')} to plan the rooms."
        if not people:
            empty = "Nobody is here to be seated: mark people as here, or write a [roster] into the plan."
        return Page("Rooms", (), head=head, keys=keys, empty=empty)
    head += [plain.text(_quality(run, item), "$text-muted"), plain.text("")]
    lines = [line for place in range(len(seating.rooms)) for line in _room(run, seating, place)]
    missing = [one.name for one in people if not seating.room_of(one.id)]
    if missing:
        lines.append(fixed((f"not seated: {', '.join(missing)}", "$text-warning")))
    return Page("Rooms", lines, head=head, keys=keys)


def _round_words(scene: Scene, item: Item, round: int) -> str:
    words = f"  ·  round {round} of {item.rounds}" if item.rounds > 1 else ""
    clock = scene.view.rooms
    return f"{words}  ·  {rooms_in_words(clock)}" if clock and clock.item == item.id else words


def _room(run: Run, seating: Seating, place: int) -> list[PageLine]:
    id, name, seat = seating.rooms[place], seating.names[place], seating.seats[place]
    guest = next((room.guest for room in run.session.rooms if room.id == id and room.guest), "")
    guests = run.roster.person(guest)
    extra = f"  with {guests.name}" if guests else ""
    lines = [fixed((f"{name}", "$text-accent bold"), (f"  {len(seat)} people{extra}", "$text-muted"), id=f"room {id}")]
    return [*lines, *(_person(run, one) for one in seat)]


def _person(run: Run, id: str) -> PageLine:
    person, org = run.roster.person(id), organisation_of(run.roster, id)
    if person is None:
        return fixed(f"     {id}")
    mark = person_marks(run).get(id, "")
    remarks = " · ".join(one for one in ("new" if person.new else "", "/".join(person.langs), person.needs) if one)
    return fixed(
        "  ",
        (plain.fit(mark.upper(), 4), "$text-accent"),
        plain.fit(person.name, 30),
        " ",
        (plain.fit((org.short or org.name) if org else "", 18), "$text-muted"),
        (f" {remarks}", "$text-muted"),
    )


def _quality(run: Run, item: Item) -> str:
    """What the published rooms come to within this session, counted anew from the seats."""
    met: Counter[frozenset[str]] = Counter()
    same_org = 0
    for (at, _), seating in run.seatings.items():
        for seat in seating.seats:
            pairs = [frozenset((a, b)) for n, a in enumerate(seat) for b in seat[n + 1 :]]
            met.update(pairs)
            if at == item.id:
                same_org += sum(_same_org(run, pair) for pair in pairs)
    again = sum(1 for number in met.values() if number > 1)
    repeats = "nobody meets twice" if not again else f"{again} {'pair meets' if again == 1 else 'pairs meet'} again"
    mixed = "organisations apart" if not same_org else f"{same_org} pairs of one organisation"
    return f"{repeats} in this session · {len(met)} pairs meet · {mixed}"


def _same_org(run: Run, pair: frozenset[str]) -> bool:
    orgs = [person.org for one in pair if (person := run.roster.person(one))]
    return len(orgs) == 2 and bool(orgs[0]) and orgs[0] == orgs[1]

"""What everybody in the call may see: session, item, question, a big clock, the rooms.

Owns the picture of the shared screen. It must not show what is not meant for everybody: no notes, no presence, no
names but those of speakers, and those only as the plan's consent says; no figures of being late.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from textual.content import Content

from facilitator_tui.console import plain
from facilitator_tui.console.drawing.digits import big
from facilitator_tui.console.drawing.header import city
from facilitator_tui.console.drawing.strip import rooms_in_words
from facilitator_tui.core.alerts import left_open
from facilitator_tui.core.calendar import hours_minutes
from facilitator_tui.core.durations import ZERO, clock
from facilitator_tui.core.plan import Item
from facilitator_tui.core.run import Run, Seating
from facilitator_tui.core.rundown import Live, Row, Rundown
from facilitator_tui.core.text import count_of

MARGIN = 2
AIRY = 6
"""With so many lines to spare there is one between the digits and their words."""
BREAK = "break"
_TONES = {
    "running": "$foreground bold",
    "warning": "$text-warning bold",
    "danger": "$text-error bold",
    "overtime": "$text-error bold",
    "paused": "$text-muted",
}
_DAY = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class _Face:
    """The clock: digits, the words below, and a bar from 0 to 1 (None: no bar)."""

    digits: str
    words: str
    tone: str
    filled: float | None = None


def lines(run: Run, view: Rundown, width: int, height: int) -> list[Content]:
    """The picture in cells. What matters most stays when there is little room: item, clock, question, rooms."""
    width -= 2 * MARGIN
    item = _item(view)
    head, foot = _head(run, view, width), _next(run, view, width)
    title = _title(run, item, width)
    asked = _questions(run, item, width) or _about(run, view, width)
    rooms = _rooms(run, view, item, width)
    face = _face(run, view)
    fixed = len(head) + len(title) + 1 + (face.filled is not None) + len(foot) + 2
    asked, rooms = _fitting(asked, rooms, height - fixed - 4)
    below = [plain.text(""), *asked] if asked else []
    below += [plain.text(""), *rooms] if rooms else []
    tallest = max(1, min(height - fixed - len(below), 1 + height // 3))
    drawn = big(face.digits, width, tallest, "▒" if face.tone == _TONES["paused"] else "█")
    digits, under = plain.centred(drawn, width, face.tone), _under(face, width)
    middle = [*title, plain.text(""), *digits, *under, *below]
    space = max(0, height - len(head) - len(foot) - len(middle))
    if space >= AIRY:
        middle, space = [*title, plain.text(""), *digits, plain.text(""), *under, *below], space - 1
    above = [plain.text("")] * (space // 2)
    rest = [plain.text("")] * (space - len(above))
    margin = " " * MARGIN
    return [plain.line(margin, row) for row in [*head, *above, *middle, *rest, *foot]][:height]


def _fitting(asked: list[Content], rooms: list[Content], room: int) -> tuple[list[Content], list[Content]]:
    """Questions and rooms cut to `room` lines with a blank in front of each; questions give way first, to one line."""
    room = max(0, room)
    if len(asked) + bool(asked) + len(rooms) + bool(rooms) <= room:
        return asked, rooms
    kept = asked[: max(1 if room > 1 else 0, room - len(rooms) - 2)] if rooms else asked[: max(0, room - 1)]
    if len(kept) > 1 and len(kept) < len(asked):
        kept = [*kept[:-1], plain.text(f"▼ {len(asked) - len(kept) + 1} more", "$text-muted")]
    left = room - len(kept) - bool(kept) - 1
    return kept, rooms[: max(0, left)] if left > 1 else []


def _item(view: Rundown) -> Item | None:
    """The item that everybody is at, or that is about to begin at its hour."""
    if view.live:
        return view.live.row.item
    return view.waiting.item if view.waiting else None


def _head(run: Run, view: Rundown, width: int) -> list[Content]:
    zone = run.plan.programme.tz
    right = plain.line((f"{view.now.astimezone(zone):%H:%M:%S}", "bold"), (f" {city(zone)}", "$text-muted"))
    left = plain.text(run.session.title, "bold")
    lead = f"{run.plan.programme.title}  ›  "
    if plain.width(lead) + left.cell_length + right.cell_length + 2 <= width:
        left = plain.line((lead, "$text-muted"), left)
    return [plain.spread(left, right, width), plain.text("─" * width, "$text-disabled")]


def _centred(text: str, width: int, style: str) -> Content:
    return plain.line(" " * max(0, (width - plain.width(text)) // 2), (text, style))


def _title(run: Run, item: Item | None, width: int) -> list[Content]:
    title = item.title if item else run.session.title
    rows = [_centred(row, width, "bold") for row in plain.wrap(title, width, 2)]
    speakers = ", ".join(filter(None, (_speaker(run, one) for one in item.speakers))) if item else ""
    return [*rows, _centred(plain.cut(speakers, width), width, "$text-accent")] if speakers else rows


def _speaker(run: Run, id: str) -> str:
    """How a speaker is shown: the plan's `consent.speakers` holds here too. A group would tell too little."""
    how = run.plan.consent.speakers
    person = run.roster.person(id)
    if how == "name":
        one = person or run.roster.org(id)
        return one.name if one else id
    if how == "org":
        org = run.roster.org(person.org if person else id)
        return org.name if org else ""
    return ""


# ---------------------------------------------------------------- the clock


def _face(run: Run, view: Rundown) -> _Face:
    zone = run.plan.programme.tz
    if left_open(run, view.now):
        return _Face(hours_minutes(view.now, zone), "no call is running", "$text-muted")
    if view.live:
        return _running(run, view, view.live)
    if view.waiting:
        begins = view.waiting.expected_start
        return _Face(clock(begins - view.now), f"we begin at {hours_minutes(begins, zone)}", "$text-accent bold")
    if view.state == "finished":
        return _Face(hours_minutes(view.expected_end, zone), "this call has ended · thank you", "$text-success bold")
    left = view.layout.start - view.now
    if view.state == "not-started" and ZERO < left < _DAY:
        starts = hours_minutes(view.layout.start, zone)
        return _Face(clock(left), f"we begin at {starts}", "$text-accent bold")
    if view.state == "not-started" and left >= _DAY:
        there = view.layout.start.astimezone(zone)
        return _Face(f"{there:%H:%M}", f"we begin on {there:%A}, {there.day} {there:%B}", "$text-accent bold")
    words = "we begin in a moment" if view.state == "not-started" else "we go on in a moment"
    return _Face(hours_minutes(view.now, zone), words, "$text-accent bold")


def _running(run: Run, view: Rundown, live: Live) -> _Face:
    day = view.layout.start.astimezone(run.plan.programme.tz).date()
    whole = live.elapsed + live.remaining
    filled = min(1.0, max(0.0, live.elapsed / whole)) if whole > ZERO else 1.0
    tone = _TONES[live.phase]
    over = live.remaining < ZERO
    digits = f"+{clock(live.remaining)}" if over else clock(live.remaining)
    until = hours_minutes(live.row.expected_end, run.plan.programme.tz, day)
    if live.phase == "paused":
        return _Face(digits, "paused", tone, filled)
    if over:
        return _Face(digits, "time is up", tone, filled)
    what = "back at" if live.row.item.kind == BREAK else "until"
    soon = {"warning": " · soon over", "danger": " · nearly over"}.get(live.phase, "")
    return _Face(digits, f"left · {what} {until}{soon}", tone, filled)


def _under(face: _Face, width: int) -> list[Content]:
    rows = [_centred(plain.cut(face.words, width), width, face.tone)]
    if face.filled is not None:
        cells = min(width, 72)
        done = round(cells * face.filled)
        margin = " " * ((width - cells) // 2)
        rows.append(plain.line(margin, ("━" * done, face.tone), ("╌" * (cells - done), "$text-disabled")))
    return rows


# ---------------------------------------------------------------- what it is about


def _questions(run: Run, item: Item | None, width: int) -> list[Content]:
    questions = run.session.questions
    asked = [number for number in item.asks if 0 < number <= len(questions)] if item else []
    rows: list[Content] = []
    for number in asked:
        for place, text in enumerate(plain.wrap(questions[number - 1], min(width, 76) - 3, 3)):
            rows.append(plain.line((f"{number}  " if place == 0 else "   ", "$text-accent bold"), (text, "bold")))
    return _in_the_middle(rows, width)


def _about(run: Run, view: Rundown, width: int) -> list[Content]:
    """Before the call: what it will be about."""
    if view.state != "not-started":
        return []
    texts = run.session.questions or ((run.plan.programme.purpose,) if run.plan.programme.purpose else ())
    rows = [plain.text(row, "$text-muted") for text in texts for row in plain.wrap(text, min(width, 76), 3)]
    return _in_the_middle(rows, width)


def _in_the_middle(rows: list[Content], width: int) -> list[Content]:
    """Rows moved together, so that their beginnings stay below each other."""
    widest = max((row.cell_length for row in rows), default=0)
    margin = " " * max(0, (width - widest) // 2)
    return [plain.line(margin, row) for row in rows]


# ---------------------------------------------------------------- rooms


def _rooms(run: Run, view: Rundown, item: Item | None, width: int) -> list[Content]:
    """The rooms that are open, or those of the item under way; how many people sit in each, never who."""
    if view.rooms is not None:
        over = view.rooms.phase == "closed"
        seating = None if over else run.seating(view.rooms.item, view.rooms.round)
        heading = f"Rooms · {rooms_in_words(view.rooms)}"
    elif item is not None and view.live is not None:
        seating, heading = run.seating(item.id, 1), "Rooms"
    else:
        return []
    labels = _labels(run, seating) if seating else []
    if not labels:
        return [_centred(heading, width, "$text-accent bold")] if view.rooms is not None else []
    return _in_the_middle([plain.text(heading, "$text-accent bold"), *_columns(labels, width)], width)


def _labels(run: Run, seating: Seating) -> list[tuple[str, str, str]]:
    """Number, name and what else is said of each room."""
    topics = {room.id: room for room in run.session.rooms}
    found = []
    for id, name, seat in zip(seating.rooms, seating.names, seating.seats, strict=True):
        topic = topics.get(id)
        shown = topic.name if topic else name
        number = "" if shown.strip() == id or shown.strip().endswith(f" {id}") else f"{id}  "
        question = f" · question {topic.ask}" if topic and topic.ask else ""
        people = f" · {count_of(len(seat), 'person', 'people')}" if seat else ""
        found.append((number, shown, f"{question}{people}"))
    return found


def _columns(labels: list[tuple[str, str, str]], width: int) -> list[Content]:
    """Rooms below each other, side by side where that does not fit into a few lines."""
    widest = min(width, max(plain.width("".join(one)) for one in labels))
    most = max(1, (width + 4) // (widest + 4))
    across = 1 if len(labels) <= 3 else min(most, 1 + (len(labels) - 1) // 4)
    rows = []
    for at in range(0, len(labels), across):
        parts: list[plain.Part] = []
        for number, name, rest in labels[at : at + across]:
            room = max(1, widest - plain.width(number) - plain.width(rest))
            shown = plain.cut(name, room)
            gap = " " * (4 + widest - plain.width(number + shown + rest))
            parts += [(number, "$text-accent bold"), (shown, "bold"), (rest, "$text-muted"), gap]
        rows.append(plain.line(*parts))
    return rows


# ---------------------------------------------------------------- what comes next


def _next(run: Run, view: Rundown, width: int) -> list[Content]:
    following = _following(view)
    if following is None or view.state == "finished" or left_open(run, view.now):
        return []
    zone = run.plan.programme.tz
    lead = "first  " if view.state == "not-started" else "next  "
    tail = f"  {hours_minutes(following.expected_start, zone)}" if view.live else ""
    title = plain.cut(following.item.title, width - plain.width(lead) - plain.width(tail))
    return [plain.text(""), plain.line((lead, "$text-muted"), title, (tail, "$text-muted"))]


def _following(view: Rundown) -> Row | None:
    """What comes next for everybody: a cue is a reminder to the team."""
    if view.following is None or view.following.item.kind != "cue":
        return view.following
    behind = view.rows[view.rows.index(view.following) :]
    return next((row for row in behind if row.state == "future" and row.item.kind != "cue"), None)

"""The item under way: how much time is left in large digits, what it is about, what comes next."""

from __future__ import annotations

from datetime import timedelta

from textual.content import Content

from facilitator_tui.console import plain
from facilitator_tui.console.drawing import face, method
from facilitator_tui.console.drawing.face import first_day
from facilitator_tui.console.scene import Scene, current_item
from facilitator_tui.core.calendar import hours_minutes
from facilitator_tui.core.durations import ZERO, minutes_text, signed
from facilitator_tui.core.plan import Item
from facilitator_tui.core.roster import named
from facilitator_tui.core.rundown import Row
from facilitator_tui.core.text import count_of

NEAR = timedelta(minutes=5)
"""From this time before it on, the latest start of the next item matters."""

SHORT, LOW = 20, 16
"""Below the first height the clock gives way to long texts, below the second a title has one line."""


def heading(scene: Scene) -> Content:
    return plain.text(_heading(scene))


def lines(scene: Scene, width: int, height: int) -> list[Content]:
    width -= 2
    made = _stale(scene, width) if scene.stale else _pane(scene, width, height)
    return [plain.line(" ", one) for one in made]


def _heading(scene: Scene) -> str:
    view = scene.view
    item = current_item(scene)
    if scene.stale:
        return "left over"
    if item is None:
        return {"not-started": "not started", "finished": "finished"}.get(view.state, "no item running")
    steps = [row.item.id for row in view.rows if row.item.kind != "cue"]
    place = f" · item {steps.index(item.id) + 1} of {len(steps)}" if item.id in steps else ""
    return f"{item.kind}{place}"


def _pane(scene: Scene, width: int, height: int) -> list[Content]:
    """Title, clock, what it is about, what comes next. Where these stand follows from the item, never from a figure."""
    top, shown, below, bottom = (
        _title(scene, width, 1 if height < LOW else 2),
        face.face(scene),
        _about(scene, width),
        _next(scene, width),
    )
    fixed = len(top) + 2 + len(bottom) + (shown.filled is not None)
    least = 3 if height < SHORT else height // 3
    room_for_digits = max(least, min(height // 2, height - fixed - len(below)))
    rows = [*top, plain.text(""), *face.lines(shown, width, room_for_digits)]
    room = max(0, height - len(rows) - len(bottom))
    if room >= len(below) + 2:
        below = [plain.text(""), *below]
    if len(below) > room:
        below = _cut_off(below, room)
    return [*rows, *below, *[plain.text("")] * (room - len(below)), *bottom]


def _cut_off(rows: list[Content], room: int) -> list[Content]:
    """As many rows as there is room for, and how many more there would be."""
    if room <= 0:
        return []
    return [*rows[: room - 1], plain.text(f"▼ {len(rows) - room + 1} more", "$text-muted")]


def _title(scene: Scene, width: int, most: int) -> list[Content]:
    item = current_item(scene)
    title = item.title if item else scene.run.session.title
    rows = [plain.text(one, "bold") for one in plain.wrap(title, width, most)]
    if item and item.speakers:
        names = ", ".join(named(scene.run.roster, one) for one in item.speakers)
        rows.append(plain.text(plain.cut(names, width), "$text-accent"))
    return rows


# ---------------------------------------------------------------- what it is about, what comes next


def _about(scene: Scene, width: int) -> list[Content]:
    item = current_item(scene)
    if item is None:
        return _session_about(scene, width)
    return [*method.lines(scene, width), *_questions(scene, item, width), *_note(item, width)]


def _questions(scene: Scene, item: Item, width: int) -> list[Content]:
    rows: list[Content] = []
    for number in item.asks:
        if not 0 < number <= len(scene.run.session.questions):
            continue
        sticky = scene.question == number
        for place, text in enumerate(plain.wrap(scene.run.session.questions[number - 1], width - 2, 3)):
            lead = f"{number} " if place == 0 else "  "
            rows.append(plain.line((lead, "$text-accent bold"), (text, "bold" if sticky else "")))
    return rows


def _note(item: Item, width: int) -> list[Content]:
    texts = plain.wrap(item.note, width - 2, 3) if item.note else []
    return [
        plain.line(("✎ " if place == 0 else "  ", "$text-muted"), (text, "$text-muted italic"))
        for place, text in enumerate(texts)
    ]


def _session_about(scene: Scene, width: int) -> list[Content]:
    run, view = scene.run, scene.view
    if view.state == "finished":
        captured = len(run.shown_captures())
        key = scene.key("page.harvest")
        rows = [f"{count_of(captured, 'line')} captured · {key} shows the harvest"]
        rows.append(f"{scene.key('undo')} reopens the session · {scene.key('quit')} leaves")
        return [plain.text(part, "$text-muted") for row in rows for part in plain.wrap(row, width)]
    texts = run.session.questions or ((run.plan.programme.purpose,) if run.plan.programme.purpose else ())
    rows = [row for text in texts for row in plain.wrap(text, width - 2, 3)]
    return [plain.text(row, "$text-muted") for row in rows]


def _next(scene: Scene, width: int) -> list[Content]:
    """What comes next, and a line for its latest start that is kept free until it is needed."""
    view = scene.view
    following = view.following
    if view.state == "finished" or (following is None and not view.live):
        return []
    if following is None:
        return [plain.line(("next  ", "$text-muted"), f"the end · {scene.key('item.next')} finishes"), plain.text("")]
    lead = "first " if view.state == "not-started" else "next  "
    tail = f" · {minutes_text(following.length)} min{_hard(scene, following)}"
    title = plain.cut(following.item.title, width - len(lead) - plain.width(tail))
    latest = plain.cut(_latest_start(scene, following), width - len(lead))
    row = plain.line((lead, "$text-muted"), (title, "bold"), (tail, "$text-muted"))
    return [row, plain.line(" " * len(lead) if latest else "", (latest, "$text-warning"))]


def _latest_start(scene: Scene, row: Row) -> str:
    """When the next item must have started at the latest: said once it matters, near the end of the live one."""
    view = scene.view
    slack = row.must_start_by - row.expected_start
    fits_all_the_same = slack < ZERO and view.end_over <= ZERO
    if view.state not in ("running", "paused", "waiting") or fits_all_the_same:
        return ""
    latest = hours_minutes(row.must_start_by, scene.run.plan.programme.tz, first_day(scene))
    if view.now > row.must_start_by:
        return f"should have started by {latest}"
    near = slack <= NEAR and (view.live is None or view.live.remaining <= NEAR)
    return f"must start by {latest}" if slack < ZERO or near else ""


def _hard(scene: Scene, row: Row) -> str:
    if row.item.at is None:
        return ""
    at = hours_minutes(scene.view.layout.instant(row.item.at), scene.run.plan.programme.tz)
    late = f", {signed(-row.live_gap)} late" if row.live_gap < ZERO else ""
    return f" · ⚓ {at}{late}"


def _stale(scene: Scene, width: int) -> list[Content]:
    """A run of another day: said in words, never as a countdown."""
    run, zone = scene.run, scene.run.plan.programme.tz
    last = (run.last or scene.view.now).astimezone(zone)
    live = run.live
    text = f"Unfinished session of {last.day} {last:%B}. The last thing noted was at {last:%H:%M}"
    text += f", in “{live.title or live.item}”." if live else "."
    rows = [plain.text(one, "bold") for one in plain.wrap(text, width, 6)]
    return [*rows, plain.text(""), plain.text(plain.cut("Answer below what shall become of it.", width), "$text-muted")]

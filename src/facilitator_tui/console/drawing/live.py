"""The item under way: how much time is left in large digits, what it is about, what comes next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from textual.content import Content

from facilitator_tui.console import plain
from facilitator_tui.console.drawing import method
from facilitator_tui.console.drawing.digits import big
from facilitator_tui.console.scene import Scene, current_item
from facilitator_tui.core.calendar import hours_minutes
from facilitator_tui.core.durations import ZERO, clock, in_words, minutes_text, signed
from facilitator_tui.core.plan import Item
from facilitator_tui.core.roster import named
from facilitator_tui.core.rundown import Live, Row

NEAR = timedelta(minutes=5)
"""From this time before it on, the latest start of the next item matters."""

_TONES = {
    "running": "$foreground",
    "warning": "$text-warning",
    "danger": "$text-error",
    "overtime": "$text-error bold",
    "paused": "$text-muted",
}


@dataclass(frozen=True, slots=True)
class _Face:
    """The clock of the pane: digits, the words beside it, and a bar from 0 to 1 (None: no bar)."""

    digits: str
    words: str
    tone: str
    filled: float | None = None
    right: str = ""
    ink: str = "█"


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
    top, face, below, bottom = _title(scene, width), _face(scene), _about(scene, width), _next(scene, width)
    if len(top) > 1 and height < 16:
        top = [*top[:1], *top[1:][: 1 if len(below) < 3 else 0]]
    fixed = len(top) + 2 + len(bottom) + (face.filled is not None)
    room_for_digits = max(3, min(height // 2, height - fixed - len(below)))
    digits = big(face.digits.rjust(5), width, room_for_digits, face.ink)
    rows = [*top, plain.text(""), *plain.centred(digits, width, face.tone), _words(face, width)]
    if face.filled is not None:
        rows.append(_bar(face, width))
    room = height - len(rows) - len(bottom)
    if room >= len(below) + 2:
        below = [plain.text(""), *below]
    below = below[: max(0, room)]
    return [*rows, *below, *[plain.text("")] * (room - len(below)), *bottom]


def _title(scene: Scene, width: int) -> list[Content]:
    item = current_item(scene)
    title = item.title if item else scene.run.session.title
    rows = [plain.text(one, "bold") for one in plain.wrap(title, width, 2)]
    if item and item.speakers:
        names = ", ".join(named(scene.run.roster, one) for one in item.speakers)
        rows.append(plain.text(plain.cut(names, width), "$text-accent"))
    return rows


# ---------------------------------------------------------------- the clock


def _face(scene: Scene) -> _Face:
    view = scene.view
    if view.live:
        return _running(scene, view.live)
    if view.waiting:
        left = view.waiting.expected_start - view.now
        words = f"until its hard start · {scene.key('item.start')} starts now"
        return _Face(clock(left), words, "$text-accent")
    zone = scene.run.plan.programme.tz
    if view.state == "finished":
        ended = hours_minutes(view.expected_end, zone)
        return _Face(ended, f"finished · {in_words(view.end_over)}", "$text-success")
    if view.idle_since:
        return _Face(clock(view.idle_for), f"no item running {clock(view.idle_for)}", "$text-warning")
    left = view.layout.start - view.now
    start = hours_minutes(view.layout.start, zone)
    words = f"{scene.key('item.start')} starts the first item"
    if timedelta(hours=24) > left > ZERO:
        return _Face(clock(left), f"starts in {clock(left)} · {words}", "$text-accent")
    return _Face(start, f"not started · {words}", "$text-accent")


def _running(scene: Scene, live: Live) -> _Face:
    view, zone = scene.view, scene.run.plan.programme.tz
    ends = hours_minutes(live.row.expected_end, zone, _day(scene))
    whole = live.elapsed + live.remaining
    filled = min(1.0, live.elapsed / whole) if whole > ZERO else 1.0
    over = live.remaining < ZERO
    words = {
        "running": "left",
        "warning": "left · soon over",
        "danger": "left · last minute",
        "overtime": "over · time is up",
        "paused": f"{'over' if over else 'left'} · PAUSED {clock(view.now - live.visit.pauses[-1].started)}"
        if live.visit.paused
        else "",
    }[live.phase]
    if live.phase == "danger" and live.remaining > timedelta(minutes=1):
        words = "left · nearly over"
    digits = f"+{clock(live.remaining)}" if over else clock(live.remaining)
    if scene.clock == "elapsed":
        digits, words = clock(live.elapsed), f"gone · {digits} {words}"
    elif scene.clock == "clock":
        digits, words = hours_minutes(view.now, zone), f"now · {digits} {words}"
    right = f"{'ended' if over and live.fixed_end else 'until'} {ends}"
    if over:
        right = f"since {hours_minutes(view.now + live.remaining, zone)}"
    return _Face(digits, words, _TONES[live.phase], filled, right, "▒" if live.phase == "paused" else "█")


def _words(face: _Face, width: int) -> Content:
    words = plain.cut(face.words, width)
    return plain.line(" " * ((width - plain.width(words)) // 2), (words, face.tone))


def _bar(face: _Face, width: int) -> Content:
    """How much of the item has gone; the end stands at its right."""
    assert face.filled is not None
    cells = max(4, width - plain.width(face.right) - 1)
    done = round(cells * face.filled)
    return plain.line(("━" * done, face.tone), ("╌" * (cells - done), "$text-disabled"), f" {face.right}")


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
        rows = [f"{captured} {'line' if captured == 1 else 'lines'} captured · {key} shows the harvest"]
        rows.append(f"{scene.key('undo')} reopens the session · {scene.key('quit')} leaves")
        return [plain.text(part, "$text-muted") for row in rows for part in plain.wrap(row, width)]
    texts = run.session.questions or ((run.plan.programme.purpose,) if run.plan.programme.purpose else ())
    rows = [row for text in texts for row in plain.wrap(text, width - 2, 3)]
    return [plain.text(row, "$text-muted") for row in rows]


def _next(scene: Scene, width: int) -> list[Content]:
    view = scene.view
    if view.state == "finished":
        return []
    following = view.following
    if following is None:
        if not view.live:
            return []
        return [plain.line(("next  ", "$text-muted"), f"the end · {scene.key('item.next')} finishes")]
    lead = "first " if view.state == "not-started" else "next  "
    tail = f" · {minutes_text(following.length)} min{_hard(scene, following)}"
    latest = _latest_start(scene, following)
    title = plain.cut(following.item.title, width - len(lead) - plain.width(tail))
    row = plain.line((lead, "$text-muted"), (title, "bold"), (tail, "$text-muted"))
    return [row, plain.text(plain.cut(f"      {latest}", width), "$text-warning")] if latest else [row]


def _latest_start(scene: Scene, row: Row) -> str:
    """When the next item must have started at the latest: said once it matters, near the end of the live one."""
    view = scene.view
    slack = row.must_start_by - row.expected_start
    fits_all_the_same = slack < ZERO and view.end_over <= ZERO
    if view.state not in ("running", "paused", "waiting") or fits_all_the_same:
        return ""
    latest = hours_minutes(row.must_start_by, scene.run.plan.programme.tz, _day(scene))
    if view.now > row.must_start_by:
        return f"should have started by {latest}"
    near = slack <= NEAR and (view.live is None or view.live.remaining <= NEAR)
    return f"must start by {latest}" if slack < ZERO or near else ""


def _day(scene: Scene) -> date:
    """The day the session begins on, from which `+1d` is counted."""
    return scene.view.layout.start.astimezone(scene.run.plan.programme.tz).date()


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

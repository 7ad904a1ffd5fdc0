"""The clock of the item under way: large digits, what they mean in words, and a bar.

Owns what the clock shows in every state and its size. It must not know what stands above or below it. The digits
keep their size and place while they count: the box they stand in is made for `00:00`, and their size for the
longest text they come to.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from textual.content import Content

from facilitator_tui.console import plain
from facilitator_tui.console.drawing.digits import big, filled_up
from facilitator_tui.console.scene import Scene
from facilitator_tui.core.calendar import hours_minutes
from facilitator_tui.core.durations import MINUTE, ZERO, clock, in_words
from facilitator_tui.core.rundown import Live

HOUR = 60 * MINUTE

USUAL = "00:00"
"""What a clock mostly shows."""

_TONES = {
    "running": "$foreground",
    "warning": "$text-warning",
    "danger": "$text-error",
    "overtime": "$text-error bold",
    "paused": "$text-muted",
}


@dataclass(frozen=True, slots=True)
class Face:
    """The clock of the pane: digits, the words at both ends below them, and a bar from 0 to 1 (None: no bar).

    `words` and `right` are the same thing said at length and in short: what fits is shown.
    """

    digits: str
    words: tuple[str, ...]
    tone: str
    filled: float | None = None
    right: tuple[str, ...] = ()
    ink: str = "█"
    widest: str = USUAL
    """The longest text these digits come to: the size is chosen for it, so they keep their size as they count."""


def face(scene: Scene) -> Face:
    view = scene.view
    if view.live:
        return _running(scene, view.live)
    start = scene.key("item.start")
    if view.waiting:
        left = view.waiting.expected_start - view.now
        return Face(
            clock(left), ("until its hard start", "to its start"), "$text-accent", right=(f"{start} starts now",)
        )
    zone = scene.run.plan.programme.tz
    if view.state == "finished":
        ended = hours_minutes(view.expected_end, zone)
        return Face(ended, (f"finished · {in_words(view.end_over)}",), "$text-success")
    starts = (f"{start} starts the first item", f"{start} starts it")
    if view.idle_since:
        return Face(clock(view.idle_for), (f"no item running {clock(view.idle_for)}",), "$text-warning", right=starts)
    left = view.layout.start - view.now
    if timedelta(hours=24) > left > ZERO:
        return Face(clock(left), (f"starts in {clock(left)}",), "$text-accent", right=starts)
    return Face(hours_minutes(view.layout.start, zone), ("not started",), "$text-accent", right=starts)


def _running(scene: Scene, live: Live) -> Face:
    view, zone = scene.view, scene.run.plan.programme.tz
    whole = live.elapsed + live.remaining
    filled = min(1.0, live.elapsed / whole) if whole > ZERO else 1.0
    over = live.remaining < ZERO
    digits = f"+{clock(live.remaining)}" if over else clock(live.remaining)
    words, short = _phase_words(view.now, live)
    said: tuple[str, ...] = (f"{words} · {short}" if short else words, words)
    if scene.clock == "elapsed":
        said = tuple(f"gone · {digits} {one}" for one in said)
        digits = clock(live.elapsed)
    elif scene.clock == "clock":
        said = tuple(f"now · {digits} {one}" for one in said)
        digits = hours_minutes(view.now, zone)
    ink = "▓" if live.phase == "paused" else "█"
    return Face(digits, said, _TONES[live.phase], filled, _item_end(scene, live), ink, _widest(scene, live, whole))


def _phase_words(now: datetime, live: Live) -> tuple[str, str]:
    """Left or over, and what the phase means for whoever can't see its colour."""
    over = "over" if live.remaining < ZERO else "left"
    match live.phase:
        case "warning":
            return over, "soon over"
        case "danger":
            return over, "last minute" if live.remaining <= MINUTE else "nearly over"
        case "overtime":
            return over, "time is up"
        case "paused" if live.visit.paused:
            return f"{over} · PAUSED {clock(now - live.visit.pauses[-1].started)}", ""
    return over, ""


def _item_end(scene: Scene, live: Live) -> tuple[str, ...]:
    """Until when, or since when it should be over."""
    zone = scene.run.plan.programme.tz
    if live.remaining < ZERO:
        return (f"since {hours_minutes(scene.view.now + live.remaining, zone)}",)
    return (f"until {hours_minutes(live.row.expected_end, zone, first_day(scene))}",)


def _widest(scene: Scene, live: Live, whole: timedelta) -> str:
    """The longest text the clock of an item comes to; in overtime the size changes at ten minutes and at an hour."""
    most = max(live.elapsed, whole) if scene.clock == "elapsed" else whole
    if scene.clock == "clock":
        return USUAL
    if live.remaining < ZERO and scene.clock == "countdown":
        most = -live.remaining
        return "+0:00:00" if most >= HOUR else "+00:00" if most >= 10 * MINUTE else USUAL
    return "0:00:00" if most >= HOUR else USUAL


def first_day(scene: Scene) -> date:
    """The day the session begins on, from which `+1d` is counted."""
    return scene.view.layout.start.astimezone(scene.run.plan.programme.tz).date()


# ---------------------------------------------------------------- drawing


def lines(face: Face, width: int, height: int) -> list[Content]:
    """Digits of at most `height` lines, the words below them, and the bar where there is one."""
    bar = [] if face.filled is None else [_bar(face, face.filled, width)]
    return [*_digits(face, width, height), _words(face, width), *bar]


def _digits(face: Face, width: int, height: int) -> list[Content]:
    """The digits in the middle of a box that is as high as a usual clock in its largest size."""
    box = len(big(USUAL, width, height))
    drawn = big(filled_up(face.digits, face.widest), width, box, face.ink)
    above = (box - len(drawn)) // 2
    blank = plain.text("")
    return [
        *[blank] * above,
        *plain.centred(drawn, width, face.tone),
        *[blank] * (box - len(drawn) - above),
    ]


def _words(face: Face, width: int) -> Content:
    """What the digits mean at the left, until when at the right; in short where there is no room."""
    pairs = [(words, right) for right in face.right or ("",) for words in face.words]
    fitting = ((words, right) for words, right in pairs if plain.width(words) + plain.width(right) + 2 <= width)
    words, right = next(fitting, (face.words[-1], ""))
    return plain.spread(plain.text(plain.cut(words, width), face.tone), plain.text(right), width)


def _bar(face: Face, filled: float, width: int) -> Content:
    """How much of the item has gone."""
    done = round(width * filled)
    return plain.line(("━" * done, face.tone), ("╌" * (width - done), "$text-disabled"))

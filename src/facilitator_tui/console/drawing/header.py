"""The two lines at the top: which call, what time, who is here, and whether it will end on time."""

from __future__ import annotations

from datetime import datetime, tzinfo
from zoneinfo import ZoneInfo

from textual.content import Content

from facilitator_tui.console import plain
from facilitator_tui.console.scene import Scene, presence
from facilitator_tui.core.calendar import hours_minutes
from facilitator_tui.core.durations import ZERO, signed
from facilitator_tui.core.rundown import Rundown


def lines(scene: Scene, width: int, height: int) -> list[Content]:
    width -= 2
    rows = [_first(scene, width), _second(scene, width)]
    return [plain.line(" ", row) for row in rows]


def _first(scene: Scene, width: int) -> Content:
    programme, session = scene.run.plan.programme, scene.run.session
    day = scene.view.layout.start.astimezone(programme.tz)
    clocks = _clocks(scene, wide=width >= 100)
    left = plain.line(
        (f"{day:%a} {day.day} {day:%b}", "$text-accent bold"), "  ", (session.title, "bold"), _other_day(scene)
    )
    lead = f"{programme.title}  ›  " if programme.title != session.title else ""
    if lead and left.cell_length + plain.width(lead) + clocks.cell_length + 2 <= width:
        left = plain.line((lead, "$text-muted"), left)
    return plain.spread(left, clocks, width)


def _other_day(scene: Scene) -> str:
    """A session dated another day that is run now says so."""
    planned, laid = scene.run.session.date, scene.run.laid
    if planned is None or laid is None:
        return ""
    zone = scene.run.plan.programme.tz
    if laid.astimezone(zone).date() == planned:
        return ""
    return f"  (plan of {planned:%a} {planned.day} {planned:%b} {planned:%Y})"


def _clocks(scene: Scene, wide: bool) -> Content:
    home, now = scene.run.plan.programme.tz, scene.view.now
    parts: list[plain.Part] = [(f"{now.astimezone(home):%H:%M:%S}", "bold"), (f" {city(home)}", "$text-muted")]
    if _differs(now, home, scene.local):
        parts.append((f" · {now.astimezone(scene.local):%H:%M} here", "$text-muted"))
    return plain.line(*parts)


def _differs(now: datetime, home: tzinfo, local: tzinfo) -> bool:
    return now.astimezone(home).utcoffset() != now.astimezone(local).utcoffset()


def city(zone: tzinfo) -> str:
    """The city that names a zone."""
    return zone.key.rsplit("/", 1)[-1].replace("_", " ") if isinstance(zone, ZoneInfo) else str(zone)


def _second(scene: Scene, width: int) -> Content:
    who = presence(scene.run)
    if not who.expected:
        left = "no roster"
    elif who.taken:
        left = f"here {who.here}/{who.expected}"
        left += f" · new {who.new_here}/{who.new_expected}" if who.new_expected else ""
    else:
        left = f"{who.expected} people · {who.new_expected} new" if who.new_expected else f"{who.expected} people"
    if who.heard:
        left += f" · heard {who.heard}"
    ending = _ending(scene, width)
    room = width - plain.width(left) - ending.cell_length - 4
    company = next((words for words in scene.company if plain.width(words) <= room), "")
    return plain.spread(plain.line((left, "$text-muted"), *_with(company)), ending, width)


def _with(company: str) -> list[plain.Part]:
    return [(" · ", "$text-muted"), (company, "$text-accent")] if company else []


def _ending(scene: Scene, width: int) -> Content:
    view, zone = scene.view, scene.run.plan.programme.tz
    day = view.layout.start.astimezone(zone).date()
    ends, stop = hours_minutes(view.expected_end, zone, day), hours_minutes(view.hard_stop, zone, day)
    word = "ended" if view.state == "finished" else "ends"
    over, style = over_in_words(view)
    parts: list[plain.Part] = [("paused · ", "$text-warning bold")] if view.state == "paused" else []
    parts += [f"{word} ", (ends, "bold"), (f" · hard stop {stop} · ", "$text-muted"), (over, style)]
    if view.state in ("running", "paused") and view.end_over > ZERO and width >= 90:
        parts.append((f"  {scene.key('time.compress')} compress", "$text-accent"))
    return plain.line(*parts)


def over_in_words(view: Rundown) -> tuple[str, str]:
    """How far the expected end is from the hard stop, in words with its sign, and how to colour it."""
    over = view.end_over
    if over > ZERO:
        return f"{signed(over)} over", "$text-error bold" if over.total_seconds() >= 300 else "$text-warning bold"
    if over < ZERO:
        return f"{signed(over)} early", "$text-success"
    return "on time", "$text-success"

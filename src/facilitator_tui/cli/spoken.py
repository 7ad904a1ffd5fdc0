"""A call told in sentences, for a screen reader and for pipes: no columns, no signs that have to be seen.

Owns the wording of the line mode. It must not know what was typed, nor who reads. Clock times are those of the
plan's zone; lengths are spoken in words.
"""

from __future__ import annotations

import re
from datetime import timedelta

from facilitator_tui.core.alerts import Alert
from facilitator_tui.core.calendar import hours_minutes
from facilitator_tui.core.capture import Capture
from facilitator_tui.core.durations import ZERO, parse_length, whole_seconds
from facilitator_tui.core.messages import filled, suggest
from facilitator_tui.core.moment import message_moment, offered_messages, stage_of
from facilitator_tui.core.people import is_here
from facilitator_tui.core.plan import Participant
from facilitator_tui.core.roster import named
from facilitator_tui.core.run import Run, Seating
from facilitator_tui.core.rundown import Live, Row, Rundown
from facilitator_tui.core.seating import breakout_item, current_round
from facilitator_tui.core.text import clean, fold_case

_LENGTH = re.compile(r"\d+:\d\d(?::\d\d)?")
_SIGNED = re.compile(r"([+−])(\d+:\d\d(?::\d\d)?)( late| early| over)?")
_NOW_LENGTH = re.compile(r", now (\d+:\d\d(?::\d\d)?)$")
_SPOKEN_ALERTS = frozenset({"warning", "danger", "rooms", "change", "grace", "away"})
"""Alerts in whose words the first time is a length, not a time of day."""


def sentence(text: str) -> str:
    """One line that begins with a capital letter and ends with a mark."""
    text = " ".join(clean(text).split())
    if not text:
        return ""
    return text[0].upper() + text[1:] + ("" if text[-1] in ".!?…:" else ".")


def spoken(length: timedelta) -> str:
    """`1 hour 5 minutes`, `12 minutes 30 seconds`, `now` for nothing; the sign is left out."""
    hours, rest = divmod(abs(whole_seconds(length)), 3600)
    minutes, seconds = divmod(rest, 60)
    seconds = 0 if hours else seconds
    parts = [(hours, "hour"), (minutes, "minute"), (seconds, "second")]
    return " ".join(f"{number} {word}{'s' * (number != 1)}" for number, word in parts if number) or "0 seconds"


def told(text: str) -> str:
    """What an action says of itself, with its lengths in words."""
    text = _SIGNED.sub(_signed_words, text)
    return sentence(_NOW_LENGTH.sub(lambda found: f", now {spoken(parse_length(found[1]))}", text))


def _signed_words(found: re.Match[str]) -> str:
    """A length that says late or early behind it needs no sign."""
    sign = "" if found[3] else "plus " if found[1] == "+" else "minus "
    return f"{sign}{spoken(parse_length(found[2]))}{found[3] or ''}"


# ---------------------------------------------------------------- what is on


def on_now(run: Run, view: Rundown) -> list[str]:
    """What is on, how much time is left, what comes next, and whether it will end on time."""
    lines = [_live_line(run, view), _rooms_line(view), _next_line(run, view), _end_line(run, view)]
    return [sentence(line) for line in lines if line]


def heading(run: Run, view: Rundown) -> str:
    """Which call this is."""
    day = view.layout.start.astimezone(run.plan.programme.tz)
    return sentence(f"{run.session.title}, {day:%A} {day.day} {day:%B}, session {run.session.id}")


def _live_line(run: Run, view: Rundown) -> str:
    zone = run.plan.programme.tz
    if view.live:
        return _running_line(run, view, view.live)
    if view.waiting:
        return f"Waiting: {view.waiting.item.title} starts at {hours_minutes(view.waiting.expected_start, zone)}"
    if view.state == "finished":
        return f"Finished at {hours_minutes(view.expected_end, zone)}"
    if view.idle_since:
        return f"No item is running, for {spoken(view.idle_for)} now"
    away = view.layout.start - view.now
    when = f" in {spoken(away)}" if ZERO < away < timedelta(days=1) else ""
    return f"Not started; the start is planned for {hours_minutes(view.layout.start, zone)}{when}. s starts it"


def _running_line(run: Run, view: Rundown, live: Live) -> str:
    title, left = live.row.item.title, spoken(live.remaining)
    until = hours_minutes(live.row.expected_end, run.plan.programme.tz)
    if live.remaining < ZERO:
        said = f"Now: {title}, time is up since {left}"
    elif not whole_seconds(live.remaining):
        said = f"Now: {title}, time is up"
    else:
        said = f"Now: {title}, {left} left, until {until}"
    if live.visit.paused:
        said += f"; paused for {spoken(view.now - live.visit.pauses[-1].started)}"
    speakers = ", ".join(named(run.roster, one) for one in live.row.item.speakers)
    return f"{said}. Speaker: {speakers}" if speakers else said


def _rooms_line(view: Rundown) -> str:
    rooms = view.rooms
    if rooms is None:
        return ""
    if rooms.phase != "running":
        return "The rooms are closing" if rooms.phase == "closing" else "The rooms are closed"
    which = f", round {rooms.round} of {rooms.rounds}" if rooms.rounds > 1 else ""
    return f"Rooms are open{which}, {spoken(rooms.remaining)} left"


def _next_line(run: Run, view: Rundown) -> str:
    if view.state == "finished":
        return ""
    row = view.following
    if row is None:
        return "Next is the end" if view.live else ""
    lead = "Next" if view.live or view.waiting else "First" if view.state == "not-started" else "Next"
    hard = (
        f", hard start {hours_minutes(view.layout.instant(row.item.at), run.plan.programme.tz)}" if row.item.at else ""
    )
    return f"{lead}: {row.item.title}, {spoken(row.length)}{hard}"


def _end_line(run: Run, view: Rundown) -> str:
    zone = run.plan.programme.tz
    if view.state == "finished":
        return ""
    over = view.end_over
    words = "on time" if not whole_seconds(over) else f"{spoken(over)} {'over' if over > ZERO else 'early'}"
    more = "; c shortens what is left" if over > ZERO and view.state != "not-started" else ""
    return f"Ends at {hours_minutes(view.expected_end, zone)}, {words}{more}"


# ---------------------------------------------------------------- lists


def agenda(run: Run, view: Rundown) -> list[str]:
    """Every item with its number, its time and its state."""
    return [_item_line(run, view, number, row) for number, row in enumerate(view.rows, 1)]


def _item_line(run: Run, view: Rundown, number: int, row: Row) -> str:
    state = {"done": "done", "live": "now", "skipped": "skipped", "not-run": "not run"}.get(row.state, "")
    if view.waiting is row:
        state = "awaited"
    start = hours_minutes(row.expected_start, run.plan.programme.tz)
    about = ", ".join(part for part in (start, spoken(row.length) if row.length else "reminder", state) if part)
    return sentence(f"{number}, {row.item.id}: {row.item.title}, {about}")


def who(run: Run) -> list[str]:
    """Head counts, then the names of those who are missing."""
    people = [one for one in run.roster.people if one.role == "participant"]
    here = [one for one in run.roster.people if is_here(run, one.id)]
    if not run.roster.people and not here:
        return ["Nobody is on the roster. here NAME marks somebody as here."]
    if not (run.here or run.left):
        return [sentence(f"{len(people)} people are expected; nobody is marked as here yet. here NAME marks one")]
    expected = [one for one in people if is_here(run, one.id)]
    missing = [one for one in people if not is_here(run, one.id)]
    lines = [sentence(f"{len(expected)} of {len(people)} are here")]
    new = [one for one in people if one.new]
    if new:
        lines.append(sentence(f"New: {sum(is_here(run, one.id) for one in new)} of {len(new)} are here"))
    if missing:
        lines.append(sentence(f"Missing: {_names(missing)}"))
    return lines


def _names(people: list[Participant]) -> str:
    return ", ".join(one.name for one in people)


def rooms(run: Run, view: Rundown) -> list[str]:
    """Who sits where in the round of the moment."""
    item = breakout_item(run, view.now)
    round = current_round(run, view.now, item.id)
    seating: Seating | None = run.seating(item.id, round)
    lines = [sentence(_rooms_line(view))] if view.rooms else []
    if seating is None:
        return [*lines, sentence(f"{item.title} has no rooms yet; rooms plan makes them, rooms start opens them")]
    for name, seats in zip(seating.names, seating.seats, strict=True):
        lines.append(sentence(f"{name}: {', '.join(named(run.roster, one) for one in seats) or 'nobody'}"))
    return lines


def messages(run: Run, view: Rundown, id: str) -> list[str]:
    """The messages for the chat, filled; the one for this moment first."""
    due = suggest(run.plan, stage_of(run, view))
    offered = sorted(offered_messages(run, view), key=lambda one: one.id != due)
    wanted = [one for one in offered if not id or one.id == id]
    if not wanted:
        return ["There is no such message." if id else "The plan has no message for this moment."]
    lines = []
    for one in wanted:
        lines.append(sentence(f"Message {one.id}{', for now' if one.id == due else ''}:"))
        lines += filled(one, message_moment(run, view, one)).splitlines()
    return lines


def captures(run: Run, words: str = "") -> list[str]:
    """What was written down, the oldest first; only what holds `words` when there are any."""
    wanted = fold_case(words)
    shown = [one for one in run.shown_captures() if wanted in fold_case(one.content.text)]
    nothing = "nothing like that was written down" if words else "nothing was written down yet"
    return [capture(run, one) for one in shown] or [sentence(nothing)]


def capture(run: Run, one: Capture) -> str:
    count = f", said {one.content.count} times" if one.content.count > 1 else ""
    return sentence(f"{hours_minutes(one.at, run.plan.programme.tz)} {one.content.type}: {one.content.text}{count}")


# ---------------------------------------------------------------- what happens by itself


def alert(one: Alert) -> str:
    """An alert with its length in words."""
    words = one.words
    if one.kind in _SPOKEN_ALERTS:
        words = _LENGTH.sub(lambda found: spoken(parse_length(found[0])), words, count=1)
    return sentence(words)

"""What a person can do to the clock: each action is run + now -> events, or a refusal with its reason.

Owns the rules of the time actions. It must not know keys, files or screens. Nothing happens here: an `Outcome`
holds the events to append and the sentence to show. A refused action raises `Refused` and changes nothing.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from facilitator_tui.core import events as ev
from facilitator_tui.core.calendar import DAY, at_local, floor_second, hours_minutes, planned_start_for
from facilitator_tui.core.compress import Compression, compress
from facilitator_tui.core.durations import ZERO, clock, parse_change, parse_length, signed
from facilitator_tui.core.events import Payload
from facilitator_tui.core.plan import KINDS, Item
from facilitator_tui.core.run import Run, Visit, agenda
from facilitator_tui.core.rundown import Row, Rundown, rundown
from facilitator_tui.core.text import clean, fold_case, slug
from facilitator_tui.errors import FacilitatorError

DEBOUNCE = timedelta(milliseconds=400)
YOUNG = timedelta(seconds=30)
LONGEST = timedelta(hours=24)


class Refused(FacilitatorError):
    """The action can't be done now; the message says why and what can be done instead."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an action comes to: events to append and a sentence. `asks` is a question to confirm first."""

    payloads: tuple[Payload, ...]
    said: str
    asks: str = ""
    at: datetime | None = None
    """The instant the events speak of, when it is not now."""


# ---------------------------------------------------------------- finding things


def find_item(run: Run, name: str) -> Item:
    """The item a person means: its id, its number from 1, or the only title that starts so."""
    items = agenda(run)
    wanted = name.strip()
    for item in items:
        if item.id == wanted:
            return item
    if wanted.isdecimal() and 1 <= int(wanted) <= len(items):
        return items[int(wanted) - 1]
    key = fold_case(wanted)
    hits = [item for item in items if key and fold_case(item.title).startswith(key)]
    if len(hits) == 1:
        return hits[0]
    if hits:
        raise Refused(f"{wanted!r} could be {_either([item.id for item in hits])}: give the id")
    near = difflib.get_close_matches(wanted, [item.id for item in items], n=1)
    hint = f"did you mean {near[0]!r}?" if near else f"the items are {', '.join(i.id for i in items)}"
    raise Refused(f"no item {wanted!r} in {run.session.id}: {hint}")


def _either(names: list[str]) -> str:
    return ", ".join(names[:-1]) + " or " + names[-1]


def _live_visit(run: Run, now: datetime, doing: str) -> Visit:
    """The visit that is really under way; Refused when nothing is."""
    if run.finished is not None:
        raise Refused(f"can't {doing}: the session is finished; undo reopens it")
    if run.live is None:
        raise Refused(f"can't {doing}: nothing is running; start an item first")
    if run.live.started > now:
        raise Refused(f"can't {doing}: {run.live.title or run.live.item} has not begun yet")
    return run.live


def _here(run: Run, moment: datetime) -> str:
    return hours_minutes(moment, run.plan.programme.tz)


# ---------------------------------------------------------------- moving through the agenda


def start(run: Run, now: datetime, name: str = "") -> Outcome:
    """Start the first item, or the one named. An item whose hard start is awaited begins at once."""
    if run.finished is not None:
        raise Refused("the session is finished; undo reopens it")
    if run.live is None:
        items = [item for item in agenda(run) if item.kind != "cue" and not run.change(item.id).skipped]
        if not items and not name:
            raise Refused("every item is skipped: unskip one, or insert one")
        return _go(run, now, find_item(run, name) if name else items[0])
    item = find_item(run, name) if name else None
    awaited = run.live.started > floor_second(now)
    if item is None and not awaited:
        raise Refused(f"{run.live.title or run.live.item} is running already; next goes on")
    if item and item.id == run.live.item and not awaited:
        raise Refused(f"{item.title} is running already")
    return _go(run, now, item or find_item(run, run.live.item))


def next_item(run: Run, now: datetime) -> Outcome:
    """End the live item and go on. On the last item this finishes the session; it never wraps."""
    if run.finished is not None:
        raise Refused("the session is finished; undo reopens it")
    live = run.live
    if live is None:
        return start(run, now)
    if ZERO <= now - live.pressed < DEBOUNCE:
        return Outcome((), f"{live.title or live.item} has just started")
    view = rundown(run, now)
    asks = _asks_to_leave(live, now)
    if live.started > view.now:
        return _go(run, now, find_item(run, live.item))
    if view.following is None:
        return finish(run, now)
    return _go(run, now, view.following.item, asks)


def previous_item(run: Run, now: datetime) -> Outcome:
    """Go back to the item before: it runs again as a second visit, its earlier record stays."""
    items = agenda(run)
    live = run.live
    if live is None:
        raise Refused("can't go back: nothing is running" + ("; undo reopens the session" * bool(run.finished)))
    place = next(index for index, item in enumerate(items) if item.id == live.item)
    before = [i for i in items[:place] if i.kind != "cue" and not run.change(i.id).skipped]
    if not before:
        raise Refused(f"{live.title or live.item} is the first item")
    return _go(run, now, before[-1])


def goto(run: Run, now: datetime, name: str) -> Outcome:
    """Jump to an item; what lies between was not run."""
    if run.finished is not None:
        raise Refused("the session is finished; undo reopens it")
    item = find_item(run, name)
    live = run.live
    if live and live.item == item.id and live.started <= floor_second(now):
        raise Refused(f"{item.title} is running already")
    asks = f"Go to “{item.title}” now?"
    return _go(run, now, item, _asks_to_leave(live, now) or asks)


def finish(run: Run, now: datetime) -> Outcome:
    """End the session."""
    if run.finished is not None:
        raise Refused("the session is finished already")
    if run.laid is None:
        raise Refused("the session has not started; nothing to finish")
    over = floor_second(now) - rundown(run, now).hard_stop
    word = "on time" if not over else f"{signed(over)} {'late' if over > ZERO else 'early'}"
    return Outcome((ev.SessionFinished(),), f"finished at {_here(run, now)}, {word}", "Finish the session?")


def _asks_to_leave(live: Visit | None, now: datetime) -> str:
    if live and ZERO <= floor_second(now) - live.started < YOUNG:
        return f"“{live.title or live.item}” started {clock(floor_second(now) - live.started)} ago. Leave it?"
    return ""


def _go(run: Run, now: datetime, item: Item, asks: str = "") -> Outcome:
    """Make an item live, or awaited when its hard start is still to come."""
    now = floor_second(now)
    if item.kind == "cue":
        raise Refused(f"{item.title} is a reminder and takes no time; go to the item behind it")
    laid = planned_start_for(run.session, run.plan.programme.tz, now)
    payloads: tuple[Payload, ...] = () if run.laid else (ev.SessionStarted(laid),)
    fresh = run if run.laid else replace(run, laid=laid)
    awaited = run.live is not None and run.live.item == item.id and run.live.started > now
    layout = rundown(fresh, now).layout
    hard = layout.instant(item.at) if item.at is not None else now
    waits = hard > now and not awaited
    if run.change(item.id).skipped:
        payloads += (ev.ItemUnskipped(item.id),)
    planned = item.length if item.until is None else layout.instant(item.until) - max(now, hard)
    length = max(0, int(planned.total_seconds()))
    payloads += (ev.ItemStarted(item.id, item.title, item.kind, length, hard if waits else None),)
    said = f"{item.title} started {_here(run, now)}"
    if waits:
        said = f"{item.title} waits for its hard start at {_here(run, hard)}"
    return Outcome(payloads, said, asks)


# ---------------------------------------------------------------- the clock of the live item


def pause(run: Run, now: datetime) -> Outcome:
    visit = _live_visit(run, floor_second(now), "pause")
    if visit.paused:
        raise Refused(f"{visit.title or visit.item} is paused already; resume goes on")
    return Outcome((ev.ItemPaused(),), f"paused at {_here(run, now)}")


def resume(run: Run, now: datetime) -> Outcome:
    visit = _live_visit(run, floor_second(now), "resume")
    if not visit.paused:
        raise Refused(f"{visit.title or visit.item} is not paused")
    held = floor_second(now) - visit.pauses[-1].started
    return Outcome((ev.ItemResumed(),), f"goes on after a pause of {clock(held)}")


def extend(run: Run, now: datetime, by: timedelta, name: str = "") -> Outcome:
    """Give the live item, or the one named, more or less time. Elapsed time never changes."""
    item = _target(run, now, name, "change the time")
    if not by:
        raise Refused("nothing to change: give minutes like +5 or -3")
    row = _row(run, now, item)
    if row.length + by < ZERO:
        raise Refused(f"{item.title} has {clock(row.length)} in all; it can't be shortened by {clock(by)}")
    if row.length + by > LONGEST:
        raise Refused("no item is longer than a day")
    seconds = int(by.total_seconds())
    said = f"{item.title} {signed(by)}, now {clock(row.length + by)}"
    return Outcome((ev.ItemExtended(item.id, seconds),), said)


def set_length(run: Run, now: datetime, length: timedelta, name: str = "") -> Outcome:
    """Make the live item, or the one named, exactly this long in all."""
    item = _target(run, now, name, "change the time")
    return extend(run, now, length - _row(run, now, item).length, item.id)


def until(run: Run, now: datetime, text: str, name: str = "") -> Outcome:
    """Make an item end when the clocks of the plan's zone show `text` (`10:40`): the next time they do."""
    item = _target(run, now, name, "set an end")
    view = rundown(run, now)
    row = _row(run, now, item)
    ends = view.layout.instant(clock_time(text)) if run.laid is None else clock_instant(run, now, text)
    if ends < row.expected_start:
        raise Refused(f"{item.title} starts at {_here(run, row.expected_start)}; it can't end at {text}")
    by = ends - row.expected_end
    if row.state == "live":
        assert view.live is not None
        by = ends - (view.now + view.live.remaining)
    if not by:
        raise Refused(f"{item.title} ends at {_here(run, ends)} already")
    if row.length + by > LONGEST:
        raise Refused("no item is longer than a day")
    seconds = int(by.total_seconds())
    said = f"{item.title} ends at {_here(run, ends)} ({signed(by)})"
    return Outcome((ev.ItemExtended(item.id, seconds),), said)


def change_time(run: Run, now: datetime, text: str, name: str = "") -> Outcome:
    """What is typed behind `extend` and into the exact field: `7`, `+3`, `-2`, `+1:30`, `until 10:40`."""
    words = text.strip()
    if words.lower().startswith("until"):
        return until(run, now, words[5:].strip(), name)
    try:
        if words[:1] in {"+", "-", "−"}:
            return extend(run, now, parse_change(words), name)
        return set_length(run, now, parse_length(words), name)
    except ValueError as error:
        raise Refused(str(error)) from None


def clock_time(text: str) -> timedelta:
    """A clock time a person typed, since midnight; Refused when it is none."""
    hours, colon, minutes = text.strip().partition(":")
    if not (colon and hours.isdecimal() and minutes.isdecimal() and len(hours) <= 2 and len(minutes) == 2):
        raise Refused(f"{text!r} is no clock time: write it like 10:40")
    time = timedelta(hours=int(hours), minutes=int(minutes))
    if time > DAY or int(minutes) > 59:
        raise Refused(f"{text!r} is no clock time: hours go to 24:00, minutes to 59")
    return time


def clock_instant(run: Run, now: datetime, text: str) -> datetime:
    """The instant of a clock time a person typed: the next one from now on. Refused when it is none."""
    time = clock_time(text)
    zone = run.plan.programme.tz
    today = now.astimezone(zone).date()
    moment = at_local(today, time, zone)
    if moment >= floor_second(now):
        return moment
    if floor_second(now) - moment < timedelta(hours=12):
        raise Refused(f"{text} has passed; give a later time")
    return at_local(today + DAY, time, zone)


def backdate(run: Run, now: datetime, by: timedelta) -> Outcome:
    """The live item started `by` ago and not when the key was pressed, but not before the one before it ended."""
    visit = _live_visit(run, floor_second(now), "backdate")
    if by <= ZERO:
        raise Refused("give the minutes ago that it started, like 3")
    if by > LONGEST:
        raise Refused("nothing is backdated by more than a day")
    started = floor_second(now) - by
    before = run.visits[-2].ended if len(run.visits) > 1 else None
    if before and started < before:
        raise Refused(
            f"{run.visits[-2].title or run.visits[-2].item} ended at {_here(run, before)}; "
            f"{visit.title or visit.item} can't have started at {_here(run, started)}"
        )
    paused = min((p.started for p in visit.pauses), default=started)
    if started > paused:
        raise Refused(f"it was paused at {_here(run, paused)}, so it had started by then")
    said = f"{visit.title or visit.item} started at {_here(run, started)}"
    return Outcome((ev.ItemBackdated(visit.item, started),), said)


def subtract(run: Run, now: datetime, since: datetime, woke: datetime | None = None) -> Outcome:
    """Make a sleep of the computer a pause of the live item: from `since` until `woke`, or until now."""
    woke = floor_second(woke or now)
    visit = _live_visit(run, floor_second(now), "subtract")
    title = visit.title or visit.item
    if visit.paused:
        raise Refused(f"{title} is paused, so its time stood still already")
    began = max(floor_second(since), visit.started, *(p.ended for p in visit.pauses if p.ended and p.ended <= woke))
    if began >= woke or any(p.started < woke and p.ended and p.ended > began for p in visit.pauses):
        raise Refused(f"nothing to subtract: {title} did not run meanwhile")
    said = f"a pause of {clock(woke - began)} in {title}"
    return Outcome((ev.ItemPaused(began), ev.ItemResumed()), said, at=woke)


def close(run: Run, now: datetime, at: datetime) -> Outcome:
    """Finish a session that was left open, as of an earlier instant."""
    if run.finished is not None:
        raise Refused("the session is finished already")
    if run.laid is None:
        raise Refused("the session has not started; nothing to finish")
    at = floor_second(at)
    live = run.live
    if live and live.pressed > at:
        begun = floor_second(live.pressed)
        raise Refused(f"{live.title or live.item} began at {_here(run, begun)}; close it later than that")
    if at > now:
        raise Refused(f"{_here(run, at)} is still to come; finish ends it now")
    return Outcome((ev.SessionFinished(),), f"closed as of {_here(run, at)}", at=at)


# ---------------------------------------------------------------- changing the agenda


def skip(run: Run, now: datetime, name: str) -> Outcome:
    item = find_item(run, name)
    row = _row(run, now, item)
    if row.state == "live":
        raise Refused(f"{item.title} is running; next leaves it")
    if run.live and run.live.item == item.id:
        raise Refused(f"{item.title} waits for its hard start; go to another item to leave it out")
    if row.state == "skipped":
        raise Refused(f"{item.title} is skipped already; unskip takes it back in")
    if row.state != "future":
        raise Refused(f"{item.title} is over; only what is still to come can be skipped")
    return Outcome((ev.ItemSkipped(item.id),), f"{item.title} skipped, {clock(row.length)} saved")


def unskip(run: Run, now: datetime, name: str) -> Outcome:
    item = find_item(run, name)
    if not run.change(item.id).skipped:
        raise Refused(f"{item.title} is not skipped")
    return Outcome((ev.ItemUnskipped(item.id),), f"{item.title} is back in")


def insert(run: Run, now: datetime, text: str, after: str = "") -> Outcome:
    """Insert an item (`break 5`, `Round of thanks 3`) behind `after`, or behind the live item."""
    if run.finished is not None:
        raise Refused("the session is finished; undo reopens it")
    kind, title, length = _new_item(text)
    items = agenda(run)
    anchor = find_item(run, after).id if after else run.live.item if run.live else ""
    if not after and not anchor and items and run.laid:
        anchor = items[-1].id
    rows = rundown(run, now).rows
    first = next((index for index, item in enumerate(items) if run.live and item.id == run.live.item), 0)
    if after and any(row.item.id == anchor for row in rows[:first]):
        raise Refused(f"{find_item(run, anchor).title} is over; insert behind an item that is not")
    taken = {item.id for item in items} | {visit.item for visit in run.visits}
    base = slug(title) or kind
    id = next(name for name in (base, *(f"{base[:36]}-{n}" for n in range(2, 1000))) if name not in taken)
    seconds = int(length.total_seconds())
    said = f"{title} inserted, {clock(length)}"
    return Outcome((ev.ItemInserted(id, anchor, title, kind, seconds),), said)


def _new_item(text: str) -> tuple[str, str, timedelta]:
    words = clean(text).split()
    length = None
    for place in (len(words) - 1, 1, 0):
        if 0 <= place < len(words) and words[place][0].isdecimal():
            try:
                length = parse_length(words[place])
            except ValueError:
                continue
            words.pop(place)
            break
    if length is None or not words:
        raise Refused("say what and how long, like: break 5")
    if not length:
        raise Refused(f"0 minutes are nothing; say how long, like: {words[0]} 5")
    if length > LONGEST:
        raise Refused("no item is longer than a day")
    kind = words[0].lower() if words[0].lower() in KINDS else "plenary"
    rest = words[1:] if kind == words[0].lower() else words
    return kind, " ".join(rest) or kind.capitalize(), length


def move(run: Run, now: datetime, name: str, direction: str) -> Outcome:
    """Move an item one place `up` or `down` among those still to come."""
    if direction not in {"up", "down"}:
        raise Refused(f"move {name} up or down, not {direction!r}")
    item = find_item(run, name)
    view = rundown(run, now)
    rows = view.rows
    place = next(index for index, row in enumerate(rows) if row.item.id == item.id)
    first = 1 + max((index for index, row in enumerate(rows) if _is_past(row, view)), default=-1)
    if place < first:
        state = "awaited" if rows[place] is view.waiting else rows[place].state
        raise Refused(f"{item.title} is {state}; only what is still to come can be moved")
    other = place - 1 if direction == "up" else place + 1
    if not first <= other < len(rows):
        raise Refused(f"{item.title} can't go further {direction}")
    behind = other if direction == "down" else other - 1
    anchor = rows[behind].item.id if behind >= 0 else ""
    return Outcome((ev.ItemMoved(item.id, anchor),), f"{item.title} moved {direction}")


def _is_past(row: Row, view: Rundown) -> bool:
    """Whether nothing can be put before this row any more."""
    return row.state in {"live", "done", "not-run"} or row is view.waiting


def rename(run: Run, now: datetime, name: str, title: str) -> Outcome:
    item = find_item(run, name)
    title = " ".join(clean(title).split())
    if not title:
        raise Refused("give the new title")
    if title == item.title:
        raise Refused(f"that is its title already: {title}")
    return Outcome((ev.ItemRenamed(item.id, title),), f"{item.title} is now called {title}")


def compress_agenda(run: Run, now: datetime) -> tuple[Outcome, Compression]:
    """Shrink what is to come so that it fits; the preview comes along."""
    if run.finished is not None:
        raise Refused("the session is finished; nothing is left to shrink")
    view = rundown(run, now)
    plan = compress(view)
    fits = view.end_over <= ZERO and all(row.live_gap >= ZERO for row in view.rows)
    if fits and not plan.changes:
        raise Refused(f"nothing to shrink: it ends {_ending(view.end_over)}")
    over = f"still over by {clock(plan.still_over)}: cut an item" if plan.still_over > ZERO else ""
    if not plan.changes:
        raise Refused(over or "nothing can be shrunk: every item has its least length; cut an item")
    lengths = tuple(f"{change.item}={int(change.new.total_seconds())}" for change in plan.changes)
    said = f"{len(plan.changes)} items shorter, " + (over or f"ends at {_here(run, plan.ends)}")
    return Outcome((ev.AgendaCompressed(lengths),), said), plan


def _ending(over: timedelta) -> str:
    return "on time" if not over else f"{clock(over)} early"


# ---------------------------------------------------------------- undo


def undo(run: Run, now: datetime) -> Outcome:
    """Take back the latest action; also after a restart."""
    if not len(run.done):
        raise Refused("nothing to undo")
    deed = run.done[-1]
    return Outcome((ev.ActionUndone(deed.action),), f"undone: {deed_text(run, deed.first)}")


def redo(run: Run, now: datetime) -> Outcome:
    if not len(run.undone):
        raise Refused("nothing to redo")
    deed = run.undone[-1]
    return Outcome((ev.ActionRedone(deed.action),), f"done again: {deed_text(run, deed.first)}")


_DEEDS: dict[type[Payload], str] = {
    ev.SessionStarted: "start of the session",
    ev.SessionFinished: "end of the session",
    ev.ItemStarted: "start of {item}",
    ev.ItemPaused: "pause",
    ev.ItemResumed: "end of the pause",
    ev.ItemExtended: "change of time of {item}",
    ev.ItemBackdated: "earlier start of {item}",
    ev.ItemSkipped: "skipping {item}",
    ev.ItemUnskipped: "taking {item} back in",
    ev.ItemInserted: "inserting {title}",
    ev.ItemMoved: "moving {item}",
    ev.ItemRenamed: "renaming {item}",
    ev.AgendaCompressed: "compress",
    ev.PersonAdded: "adding {name}",
    ev.PersonArrived: "arrival of {person}",
    ev.PersonLeft: "leaving of {person}",
    ev.TurnTaken: "turn of {person}",
    ev.HandRaised: "hand of {person}",
    ev.HandLowered: "hand of {person}",
    ev.RoomsPlanned: "room plan",
    ev.RoomsOpened: "opening the rooms",
    ev.RoomsExtended: "change of the rooms' time",
    ev.RoomsRecalled: "recall from the rooms",
    ev.SeatChanged: "moving {person}",
    ev.RoomChosen: "choice of {person}",
    ev.CaptureAdded: "“{text}”",
    ev.CaptureEdited: "edit of “{text}”",
    ev.CaptureRemoved: "removing a line",
}


def deed_text(run: Run, payload: Payload) -> str:
    """An action in a few words, with titles and names instead of ids."""
    template = _DEEDS.get(type(payload), payload.kind)
    words: dict[str, str] = {}
    for name in ("item", "person", "name", "title", "text"):
        value = str(getattr(payload, name, ""))
        if name == "item":
            value = next((item.title for item in agenda(run) if item.id == value), value)
        elif name == "person":
            person = run.roster.person(value)
            value = person.name if person else value
        words[name] = value if len(value) <= 40 else value[:39] + "…"
    return template.format_map(words)


# ---------------------------------------------------------------- small parts


def _target(run: Run, now: datetime, name: str, doing: str) -> Item:
    """The item named, else the live one, else the awaited one."""
    if run.finished is not None:
        raise Refused(f"can't {doing}: the session is finished; undo reopens it")
    if not name and run.live is None:
        raise Refused(f"can't {doing}: nothing is running; start an item first, or name one")
    item = find_item(run, name or (run.live.item if run.live else ""))
    row = _row(run, now, item)
    if row.state not in {"live", "future"}:
        raise Refused(f"can't {doing}: {item.title} is {row.state}")
    return item


def _row(run: Run, now: datetime, item: Item) -> Row:
    view: Rundown = rundown(run, now)
    row = view.row(item.id)
    assert row is not None, item.id
    return row

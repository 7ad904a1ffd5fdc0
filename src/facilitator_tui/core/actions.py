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
from facilitator_tui.core.durations import ZERO, clock, parse_change, parse_length, signed
from facilitator_tui.core.events import Payload
from facilitator_tui.core.plan import Item
from facilitator_tui.core.run import Run, Visit, agenda
from facilitator_tui.core.rundown import Row, Rundown, rundown
from facilitator_tui.core.text import fold_case
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
        raise Refused(f"can't {doing}: {_name(run, run.live)} has not begun yet")
    return run.live


def _name(run: Run, visit: Visit) -> str:
    """The title of what was live: as it was renamed since, as it was when it started, or its id."""
    return run.change(visit.item).title or visit.title or visit.item


def at_home(run: Run, moment: datetime) -> str:
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
        raise Refused(f"{_name(run, run.live)} is running already; next goes on")
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
        return Outcome((), f"{_name(run, live)} has just started")
    view = rundown(run, now)
    asks = _asks_to_leave(run, now)
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
        raise Refused(f"{_name(run, live)} is the first item")
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
    return _go(run, now, item, _asks_to_leave(run, now) or asks)


def finish(run: Run, now: datetime) -> Outcome:
    """End the session."""
    if run.finished is not None:
        raise Refused("the session is finished already")
    if run.laid is None:
        raise Refused("the session has not started; nothing to finish")
    over = floor_second(now) - rundown(run, now).hard_stop
    word = "on time" if not over else f"{signed(over)} {'late' if over > ZERO else 'early'}"
    return Outcome((ev.SessionFinished(),), f"finished at {at_home(run, now)}, {word}", "Finish the session?")


def _asks_to_leave(run: Run, now: datetime) -> str:
    live = run.live
    if live and ZERO <= floor_second(now) - live.started < YOUNG:
        return f"Leave “{_name(run, live)}” after {clock(floor_second(now) - live.started)}?"
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
    said = f"{item.title} started {at_home(run, now)}"
    if waits:
        said = f"{item.title} waits for its hard start at {at_home(run, hard)}"
    return Outcome(payloads, said, asks)


# ---------------------------------------------------------------- the clock of the live item


def pause(run: Run, now: datetime) -> Outcome:
    visit = _live_visit(run, floor_second(now), "pause")
    if visit.paused:
        raise Refused(f"{_name(run, visit)} is paused already; resume goes on")
    return Outcome((ev.ItemPaused(),), f"paused at {at_home(run, now)}")


def resume(run: Run, now: datetime) -> Outcome:
    visit = _live_visit(run, floor_second(now), "resume")
    if not visit.paused:
        raise Refused(f"{_name(run, visit)} is not paused")
    held = floor_second(now) - visit.pauses[-1].started
    return Outcome((ev.ItemResumed(),), f"goes on after a pause of {clock(held)}")


def extend(run: Run, now: datetime, by: timedelta, name: str = "") -> Outcome:
    """Give the live item, or the one named, more or less time. Elapsed time never changes."""
    item = target_item(run, now, name, "change the time")
    if not by:
        raise Refused("nothing to change: give minutes like +5 or -3")
    row = row_of(run, now, item)
    if row.length + by < ZERO:
        raise Refused(f"{item.title} has {clock(row.length)} in all; it can't be shortened by {clock(by)}")
    return _extended(row, by, f"{item.title} {signed(by)}, now {clock(row.length + by)}")


def _extended(row: Row, by: timedelta, said: str) -> Outcome:
    if row.length + by > LONGEST:
        raise Refused("no item is longer than a day")
    return Outcome((ev.ItemExtended(row.item.id, int(by.total_seconds())),), said)


def set_length(run: Run, now: datetime, length: timedelta, name: str = "") -> Outcome:
    """Make the live item, or the one named, exactly this long in all."""
    item = target_item(run, now, name, "change the time")
    return extend(run, now, length - row_of(run, now, item).length, item.id)


def until(run: Run, now: datetime, text: str, name: str = "") -> Outcome:
    """Make an item end when the clocks of the plan's zone show `text` (`10:40`): the next time they do."""
    item = target_item(run, now, name, "set an end")
    view = rundown(run, now)
    row = row_of(run, now, item)
    ends = view.layout.instant(clock_time(text)) if run.laid is None else clock_instant(run, now, text)
    if ends < row.expected_start:
        raise Refused(f"{item.title} starts at {at_home(run, row.expected_start)}; it can't end at {text}")
    by = ends - row.expected_end
    if row.state == "live":
        assert view.live is not None
        by = ends - (view.now + view.live.remaining)
    if not by:
        raise Refused(f"{item.title} ends at {at_home(run, ends)} already")
    return _extended(row, by, f"{item.title} ends at {at_home(run, ends)} ({signed(by)})")


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
            f"{_name(run, run.visits[-2])} ended at {at_home(run, before)}; "
            f"{_name(run, visit)} can't have started at {at_home(run, started)}"
        )
    paused = min((p.started for p in visit.pauses), default=started)
    if started > paused:
        raise Refused(f"it was paused at {at_home(run, paused)}, so it had started by then")
    said = f"{_name(run, visit)} started at {at_home(run, started)}"
    return Outcome((ev.ItemBackdated(visit.item, started),), said)


def subtract(run: Run, now: datetime, since: datetime, woke: datetime | None = None) -> Outcome:
    """Make a sleep of the computer a pause of the live item: from `since` until `woke`, or until now."""
    woke = floor_second(woke or now)
    visit = _live_visit(run, floor_second(now), "subtract")
    title = _name(run, visit)
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
        raise Refused(f"{_name(run, live)} began at {at_home(run, begun)}; close it later than that")
    if at > now:
        raise Refused(f"{at_home(run, at)} is still to come; finish ends it now")
    return Outcome((ev.SessionFinished(),), f"closed as of {at_home(run, at)}", at=at)


# ---------------------------------------------------------------- small parts


def target_item(run: Run, now: datetime, name: str, doing: str) -> Item:
    """The item named, else the live one, else the awaited one."""
    if run.finished is not None:
        raise Refused(f"can't {doing}: the session is finished; undo reopens it")
    if not name and run.live is None:
        raise Refused(f"can't {doing}: nothing is running; start an item first, or name one")
    item = find_item(run, name or (run.live.item if run.live else ""))
    row = row_of(run, now, item)
    if row.state not in {"live", "future"}:
        raise Refused(f"can't {doing}: {item.title} is {row.state}")
    return item


def row_of(run: Run, now: datetime, item: Item) -> Row:
    view: Rundown = rundown(run, now)
    row = view.row(item.id)
    assert row is not None, item.id
    return row

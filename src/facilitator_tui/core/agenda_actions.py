"""What a person can do to the agenda of a running call: skip, insert, move, rename, compress.

Owns the rules of these actions, each run + now -> events or a refusal (see `core.actions`). It must not know keys,
files or screens.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from facilitator_tui.core import events as ev
from facilitator_tui.core.actions import LONGEST, Outcome, Refused, at_home, find_item, row_of
from facilitator_tui.core.compress import Compression, compress
from facilitator_tui.core.durations import ZERO, clock, parse_length
from facilitator_tui.core.plan import KINDS
from facilitator_tui.core.run import Run, agenda
from facilitator_tui.core.rundown import Row, Rundown, rundown
from facilitator_tui.core.text import clean, count_of, slug

DIRECTIONS = ("up", "down")


def skip(run: Run, now: datetime, name: str) -> Outcome:
    item = find_item(run, name)
    row = row_of(run, now, item)
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
    if direction not in DIRECTIONS:
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
    items = count_of(len(plan.changes), "item")
    said = f"{items} shorter, " + (over or f"ends at {at_home(run, plan.ends)}")
    return Outcome((ev.AgendaCompressed(lengths),), said), plan


def _ending(over: timedelta) -> str:
    return "on time" if not over else f"{clock(over)} early"

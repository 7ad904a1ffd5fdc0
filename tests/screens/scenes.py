"""What the pictures show: a session brought to a moment, and the keys pressed then, by name.

Owns the moments that golden texts, the test of contrasts and the pictures of the documentation share. It must not
know what is claimed about them.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from textual.pilot import Pilot

from console.played import WEEK, Clock, Play, console, opened
from facilitator_tui.console.app import Console
from facilitator_tui.core import room_plan, seating
from facilitator_tui.core.actions import Outcome
from facilitator_tui.core.events import RoomsPlanned
from facilitator_tui.core.problems import Problem
from facilitator_tui.store.session_store import SessionStore
from facilitator_tui.store.writer import Trouble

Prepare = Callable[[Play], None]
Dress = Callable[[Console, Clock], None]


def nothing(play: Play) -> None:
    return None


def undressed(app: Console, clock: Clock) -> None:
    return None


@dataclass(frozen=True)
class Moment:
    """When, what happened before, which keys then. `plan` is the text of another plan than the real week."""

    at: str
    prepare: Prepare = nothing
    keys: tuple[str, ...] = ()
    dress: Dress = undressed
    """What is done to the running program before the keys."""
    plan: str = ""
    session: str = "tue"
    banner: str = ""
    choose: bool = False
    week: bool = False
    """Monday took place, and Wednesday was left running."""


# ---------------------------------------------------------------- plans

HARD_START = """
[programme]
id = "walls"
title = "A day with a guest"
tz = "Europe/Berlin"
[[session]]
id = "tue"
date = 2020-09-29
start = "15:00"
title = "The guest comes at a quarter past"
agenda = [
  { id = "one", kind = "plenary", minutes = 10, title = "Before the guest" },
  { id = "two", kind = "input", minutes = 20, title = "The guest", at = "15:15" },
]
"""

BARE = """
[programme]
id = "bare"
title = "A quick call"
tz = "Europe/Berlin"
[[session]]
id = "tue"
date = 2020-09-29
start = "15:00"
title = "Two items"
agenda = [
  { id = "one", kind = "plenary", minutes = 10, title = "First" },
  { id = "two", kind = "plenary", minutes = 20, title = "Second" },
]
"""

LONG = "A title that goes on and on because somebody wrote a whole paragraph into it, 漢字も長い題名の中で幅を取る, "
LONG = (LONG * 3)[:200]


def crowded() -> str:
    """Sixty items, titles of 200 signs, twelve questions, an item of three hours, wide characters."""
    questions = "\n".join(f'  "{number}. {LONG[:120]}?",' for number in range(1, 13))
    items = [
        f'  {{ id = "i{number:02}", kind = "plenary", minutes = {180 if number == 2 else 5}, '
        f'title = "{LONG if number % 3 == 0 else f"会議 {number} 🙂 Item"}", note = "{LONG}", '
        f"ask = [{', '.join(map(str, range(1, 13)))}] }},"
        for number in range(1, 61)
    ]
    return "\n".join(
        (
            f'[programme]\nid = "crowd"\ntitle = "{LONG}"\ntz = "Europe/Berlin"\n[[session]]\nid = "tue"',
            f'date = 2020-09-29\nstart = "09:00"\nhard_stop = "12:00"\ntitle = "{LONG}"',
            f"questions = [\n{questions}\n]\nagenda = [",
            *items,
            "]\n",
        )
    )


# ---------------------------------------------------------------- what happened before


def running(play: Play) -> None:
    play.clock.on(minutes=-22)
    play.press("item.start")
    for minutes in (5, 8, 24):
        play.clock.on(minutes=minutes)
        play.press("item.next")
    play.note("-- sign-off chains built for normal times q:1 n:5")
    play.note("++ trust built before the crisis q:2 n:7 #equity")
    play.note("! write to the new members @p07 due:fri")
    play.clock.on(minutes=5)


def rooms(play: Play) -> None:
    play.go("groups")
    seat(play, "groups", 1, 5)
    play.press("rooms.clock")
    play.clock.on(minutes=25)


def planned_rooms(play: Play) -> None:
    """Rooms as the search finds them, of a breakout with two rounds, the first of them over."""
    play.go("groups")
    store = play.store
    plan = room_plan.plan_rooms(store.run, play.clock(), seating.breakout_item(store.run, play.clock()))
    store.perform(seating.publish(plan), play.clock())
    play.press("rooms.clock")
    play.clock.on(minutes=20)


def paused(play: Play) -> None:
    running(play)
    play.press("time.pause")
    play.clock.on(minutes=2)


def soon_over(play: Play) -> None:
    running(play)
    play.clock.on(minutes=3, seconds=30)


def last_minute(play: Play) -> None:
    running(play)
    play.clock.on(minutes=4, seconds=20)


def over(play: Play) -> None:
    running(play)
    play.clock.on(minutes=7)


def hours_over(play: Play) -> None:
    running(play)
    play.clock.on(minutes=200)


def finished(play: Play) -> None:
    running(play)
    play.clock.on(minutes=60)
    play.press("item.finish")
    play.conductor.answer("enter")


def waiting(play: Play) -> None:
    play.press("item.start")
    play.clock.on(minutes=8)
    play.press("item.next")
    play.clock.on(minutes=2)


def begun(play: Play) -> None:
    play.press("item.start")
    play.clock.on(minutes=4)


def left_over(play: Play) -> None:
    begun(play)
    play.clock.on(minutes=20 * 60)


# ---------------------------------------------------------------- the other sessions of the week


def monday(folder: Path) -> None:
    """A whole session with rooms, late by some minutes, in a log on the disk."""
    play = Play(folder, "2020-09-28 15:01", _opened_on_disk(folder, "2020-09-28 15:01", "mon"))
    play.press("item.start")
    for minutes in (9, 22, 12, 24, 8):
        play.clock.on(minutes=minutes)
        play.press("item.next")
    seat(play, "groups", 1, 4)
    seat(play, "groups", 2, 5)
    play.press("rooms.clock")
    for number in range(9):
        play.note(f"= evidence {number} is needed, but learning as well")
    for number in range(4):
        play.note(f"++ trust {number} built before")
    play.note("message: equity is who decides #equity")
    play.note("message: ask who is missing")
    play.note("! @p07 write to the new members due:fri")
    play.note("only a note")
    for minutes in (31, 15, 6):
        play.clock.on(minutes=minutes)
        play.press("item.next")
    if play.conductor.asking:
        play.conductor.answer("enter")
    assert play.store.run.finished, play.said
    play.store.close()


def wednesday(folder: Path) -> None:
    """A session that nobody finished."""
    play = Play(folder, "2020-09-30 15:00", _opened_on_disk(folder, "2020-09-30 15:00", "wed"))
    play.press("item.start")
    play.clock.on(minutes=6)
    play.press("item.next")
    play.note("-- numbers nobody trusts")
    play.store.close()


def _opened_on_disk(folder: Path, at: str, session: str) -> SessionStore:
    return SessionStore.open(WEEK, folder / "records", Clock(at)(), session)


def seat(play: Play, item: str, round: int, rooms: int) -> None:
    """Everybody in the order of the roster, dealt into rooms."""
    people = [one.id for one in play.store.run.roster.people if one.role == "participant"]
    seats = tuple(" ".join(people[place::rooms]) for place in range(rooms))
    numbers = tuple(str(number) for number in range(1, rooms + 1))
    names = tuple(f"Room {number}" for number in numbers)
    play.store.perform(Outcome((RoomsPlanned(item, round, numbers, names, seats),), ""), play.clock())


# ---------------------------------------------------------------- what is done to the program


def cue(app: Console, clock: Clock) -> None:
    """Time passes while it is looked at, and the warning of the last minutes comes."""
    for _ in range(10):
        clock.on(seconds=25)
        assert app.conductor
        app.conductor.tick()


def not_saved(app: Console, clock: Clock) -> None:
    assert app.conductor
    app.conductor.trouble(Trouble("unsaved", "the disk is full; make room, it is tried again", 3))


def plan_problem(app: Console, clock: Clock) -> None:
    assert app.conductor and app.store
    where = "sessions.toml"
    app.store.problems = (
        Problem("error", where, 41, 1, "session.tue.agenda", "the length 'ten' is no number of minutes"),
    )
    app.conductor.look_at_plan()
    app.conductor.draw()


def seeking(app: Console, clock: Clock) -> None:
    assert app.conductor
    app.conductor.busy = "planning the rooms, 3 of 10 s · esc stops it"
    app.conductor.draw()


TUE, BREAKOUT = "2020-09-29 15:22", "2020-09-29 15:46"

MOMENTS: dict[str, Moment] = {
    "not-started": Moment("2020-09-29 14:50"),
    "long-before": Moment("2020-09-27 10:00"),
    "nothing-yet": Moment("2020-09-29 15:04"),
    "running": Moment(TUE, running),
    "warning": Moment(TUE, soon_over),
    "danger": Moment(TUE, last_minute),
    "paused": Moment(TUE, paused),
    "overtime": Moment(TUE, over),
    "hours-over": Moment(TUE, hours_over),
    "finished": Moment(TUE, finished),
    "waiting": Moment("2020-09-29 15:00", waiting, plan=HARD_START),
    "left-over": Moment("2020-09-29 15:00", left_over),
    "rooms-running": Moment(BREAKOUT, rooms),
    "asking": Moment(TUE, running, ("down", "down", "enter")),
    "done": Moment(TUE, running, ("plus",)),
    "refused": Moment(TUE, running, ("s",)),
    "busy": Moment(TUE, running, dress=seeking),
    "elapsed": Moment(TUE, running, ("v",)),
    "capturing": Moment(TUE, running, ("i", "=", "space", "o", "n", "e")),
    "exact": Moment(TUE, running, ("e",)),
    "alert": Moment(TUE, running, dress=cue),
    "banner": Moment(TUE, running, banner="REHEARSAL at 60 × · nothing of this is kept"),
    "not-saved": Moment(TUE, running, dress=not_saved),
    "plan-problem": Moment(TUE, running, dress=plan_problem),
    "crowded": Moment("2020-09-29 09:00", begun, plan=crowded()),
    "compress": Moment(TUE, over, ("c",)),
    "people": Moment(TUE, running, ("w", "0", "7")),
    "people-none": Moment("2020-09-29 15:00", begun, ("w",), plan=BARE),
    "voices": Moment(TUE, running, ("full_stop", "0", "7")),
    "rooms": Moment(BREAKOUT, rooms, ("r",)),
    "rooms-none": Moment(BREAKOUT, begun, ("r",)),
    "rooms-no-breakout": Moment("2020-09-29 15:00", begun, ("r",), plan=BARE),
    "rooms-met": Moment(BREAKOUT, rooms, ("r", "M")),
    "rooms-moves": Moment(BREAKOUT, rooms, ("r", "M", "M")),
    "messages": Moment(BREAKOUT, rooms, ("m",)),
    "messages-none": Moment("2020-09-29 15:00", begun, ("m",), plan=BARE),
    "notes": Moment(TUE, running, ("4",)),
    "notes-none": Moment(TUE, nothing, ("4",)),
    "find": Moment(TUE, running, ("slash", "t", "r", "u", "s", "t")),
    "harvest": Moment(TUE, running, ("h",)),
    "harvest-none": Moment(TUE, nothing, ("h",)),
    "present-none": Moment(TUE, nothing, ("h", "p")),
    "plain-text": Moment(BREAKOUT, rooms, ("m", "Y")),
    "week": Moment(TUE, nothing, ("5",)),
    "week-ran": Moment("2020-10-02 16:00", running, ("5",), week=True),
    "week-ran-below": Moment("2020-10-02 16:00", running, ("5", *["down"] * 14), week=True),
    "ideas": Moment(TUE, running, ("I",)),
    "present": Moment(TUE, running, ("h", "p")),
    "times": Moment(TUE, paused, ("6",)),
    "times-before": Moment("2020-09-29 14:50", nothing, ("6",)),
    "help": Moment(TUE, running, ("question_mark",)),
    "palette": Moment(TUE, running, ("colon", "r", "o", "o")),
    "palette-none": Moment(TUE, running, ("colon", "q", "q", "q")),
    "choose": Moment("2020-09-29 14:50", choose=True),
}


@asynccontextmanager
async def shown_moment(
    moment: Moment, folder: Path, size: tuple[int, int]
) -> AsyncIterator[tuple[Console, Pilot[int], Clock]]:
    """The real program at a moment, its keys pressed and its slow work done."""
    plan = WEEK
    if moment.plan:
        plan = folder / "sessions.toml"
        plan.write_text(moment.plan, encoding="utf-8")
    if moment.week:
        monday(folder)
        wednesday(folder)
    store, now = played(folder, moment, plan)
    program = console(folder, now, size=size, store=store, plan=plan, banner=moment.banner, choose=moment.choose)
    async with program as (app, pilot, clock):
        moment.dress(app, clock)
        await pilot.press(*moment.keys)
        await worked(app, pilot)
        yield app, pilot, clock


async def worked(app: Console, pilot: Pilot[int]) -> None:
    """All slow work is done, also what one piece of it began."""
    await pilot.pause()
    while any(not worker.is_finished for worker in app.workers):
        await app.workers.wait_for_complete()
        await pilot.pause()


def played(folder: Path, moment: Moment, plan: Path = WEEK) -> tuple[SessionStore, str]:
    """A session in which something has happened, and the instant at which it is looked at."""
    store = opened(folder, moment.session, plan)
    play = Play(folder, moment.at, store)
    moment.prepare(play)
    store.drafts.clear()
    local = play.clock().astimezone(store.run.plan.programme.tz)
    return store, f"{local:%Y-%m-%d %H:%M:%S}"

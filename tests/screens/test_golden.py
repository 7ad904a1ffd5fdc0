"""Every screen as plain text at two sizes, on a clock that stands. `UPDATE_GOLDEN=1` writes them anew."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from console.played import Play, console, opened, shown
from facilitator_tui.core.actions import Outcome
from facilitator_tui.core.events import RoomsPlanned
from facilitator_tui.store.session_store import SessionStore

GOLDEN = Path(__file__).parent / "golden"
SIZES = ((80, 24), (120, 36))

Prepare = Callable[[Play], None]


def nothing(play: Play) -> None:
    return None


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
    people = [one.id for one in play.store.run.roster.people if one.role == "participant"]
    seats = tuple(" ".join(people[place::5]) for place in range(5))
    numbers = tuple(str(number) for number in range(1, 6))
    names = tuple(f"Room {number}" for number in numbers)
    play.go("groups")
    play.store.perform(Outcome((RoomsPlanned("groups", 1, numbers, names, seats),), ""), play.clock())
    play.press("rooms.clock")
    play.clock.on(minutes=25)


def paused(play: Play) -> None:
    running(play)
    play.press("time.pause")
    play.clock.on(minutes=2)


def over(play: Play) -> None:
    running(play)
    play.clock.on(minutes=7)


def finished(play: Play) -> None:
    running(play)
    play.clock.on(minutes=60)
    play.press("item.finish")
    play.conductor.answer("enter")


SCREENS: dict[str, tuple[str, Prepare, tuple[str, ...]]] = {
    "not-started": ("2020-09-29 14:50", nothing, ()),
    "running": ("2020-09-29 15:22", running, ()),
    "paused": ("2020-09-29 15:22", paused, ()),
    "overtime": ("2020-09-29 15:22", over, ()),
    "finished": ("2020-09-29 15:22", finished, ()),
    "rooms-running": ("2020-09-29 15:46", rooms, ()),
    "asking": ("2020-09-29 15:22", running, ("down", "down", "enter")),
    "capturing": ("2020-09-29 15:22", running, ("i", "=", "space", "o", "n", "e")),
    "exact": ("2020-09-29 15:22", running, ("e",)),
    "compress": ("2020-09-29 15:22", over, ("c",)),
    "people": ("2020-09-29 15:22", running, ("w", "0", "7")),
    "voices": ("2020-09-29 15:22", running, ("full_stop", "0", "7")),
    "rooms": ("2020-09-29 15:46", rooms, ("r",)),
    "messages": ("2020-09-29 15:46", rooms, ("m",)),
    "notes": ("2020-09-29 15:22", running, ("4",)),
    "find": ("2020-09-29 15:22", running, ("slash", "t", "r", "u", "s", "t")),
    "harvest": ("2020-09-29 15:22", running, ("h",)),
    "week": ("2020-09-29 15:22", nothing, ("5",)),
    "times": ("2020-09-29 15:22", paused, ("6",)),
    "help": ("2020-09-29 15:22", running, ("question_mark",)),
    "palette": ("2020-09-29 15:22", running, ("colon", "r", "o", "o")),
}


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("name", SCREENS)
async def test_a_screen_looks_as_it_was_agreed(name: str, size: tuple[int, int], tmp_path: Path) -> None:
    at, prepare, keys = SCREENS[name]
    store, now = played(tmp_path, at, prepare)
    async with console(tmp_path, now, size=size, store=store) as (app, pilot, _):
        await pilot.press(*keys)
        await app.workers.wait_for_complete()
        await pilot.pause()
        text = shown(app) + "\n"
    agreed = GOLDEN / f"{name}-{size[0]}x{size[1]}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        agreed.write_text(text, encoding="utf-8")
    assert text == agreed.read_text(encoding="utf-8")


def played(folder: Path, at: str, prepare: Prepare) -> tuple[SessionStore, str]:
    """A session in which something has happened, and the instant at which it is looked at."""
    store = opened(folder)
    play = Play(folder, at, store)
    prepare(play)
    store.drafts.clear()
    local = play.clock().astimezone(store.run.plan.programme.tz)
    return store, f"{local:%Y-%m-%d %H:%M:%S}"


def test_every_line_of_every_screen_fits_its_width() -> None:
    from facilitator_tui.console.plain import width

    for path in GOLDEN.glob("*.txt"):
        columns = int(path.stem.rsplit("-", 1)[1].split("x")[0])
        assert all(width(line) <= columns for line in path.read_text(encoding="utf-8").splitlines()), path.name

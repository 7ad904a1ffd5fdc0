"""Draws the pictures of the README from the real program on the real week, on a clock that stands.

    python scripts/screenshots.py [name ...]

Writes docs/*.svg, those named or all. The pictures refer to nothing outside themselves.
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "scripts")]

from svg import svg  # noqa: E402

from console.played import BERLIN, Clock, console, opened  # noqa: E402 - the folder has to be on the path first
from facilitator_tui.console import themes  # noqa: E402
from facilitator_tui.core import actions, room_plan, seating  # noqa: E402
from facilitator_tui.core.dictation import type_line  # noqa: E402
from facilitator_tui.store.session_store import SessionStore  # noqa: E402
from screens.scenes import monday, wednesday, worked  # noqa: E402

SIZE = (120, 36)
MORE = (
    "message: build trust before you need it q:2 #equity",
    "++ people who knew each other by name q:2 n:4",
    "-- nobody was allowed to decide alone q:1 n:3",
    "? who pays for the time in between",
    "decision: we meet again in six weeks",
)
LINES = (
    "-- sign-off chains built for normal times q:1 n:5",
    "++ trust built before the crisis q:2 n:7 #equity",
    "= evidence is needed, but learning as well #impact",
    "! @f03 write to the new members due:fri",
)


def breakout(folder: Path) -> tuple[SessionStore, Clock]:
    """Tuesday in its breakout, a little late, with some lines written down."""
    store = opened(folder)
    clock = Clock("2020-09-29 15:01")
    store.perform(actions.start(store.run, clock()), clock())
    for minutes in (6, 9, 23, 10):
        clock.on(minutes=minutes)
        store.perform(actions.next_item(store.run, clock()), clock())
    groups = room_plan.plan_rooms(store.run, clock(), seating.breakout_item(store.run, clock()))
    store.perform(seating.publish(groups), clock())
    store.perform(seating.open_rooms(store.run, clock()), clock())
    for line in LINES:
        clock.on(minutes=4)
        store.perform(type_line(store.run, clock(), line).outcome, clock())
    clock.on(minutes=1, seconds=20)
    return store, clock


async def live(folder: Path) -> str:
    return await picture(folder, *breakout(folder), ())


async def live_light(folder: Path) -> str:
    return await picture(folder, *breakout(folder), (), themes.LIGHT)


async def harvest(folder: Path) -> str:
    """What the breakout has said so far, by kind."""
    store, clock = breakout(folder)
    for line in MORE:
        clock.on(seconds=40)
        store.perform(type_line(store.run, clock(), line).outcome, clock())
    return await picture(folder, store, clock, ("h",), themes.LIGHT)


async def week(folder: Path) -> str:
    """The week at a glance on Wednesday evening."""
    monday(folder)
    wednesday(folder)
    return await picture(folder, *breakout(folder), ("5",))


async def rooms(folder: Path) -> str:
    """The rooms of Tuesday's breakout with their quality."""
    store = opened(folder)
    clock = Clock("2020-09-29 15:44")
    store.perform(actions.start(store.run, clock(), "groups"), clock())
    groups = room_plan.plan_rooms(store.run, clock(), seating.breakout_item(store.run, clock()))
    store.perform(seating.publish(groups), clock())
    clock.on(seconds=20)
    return await picture(folder, store, clock, ("r",))


async def picture(
    folder: Path, store: SessionStore, clock: Clock, keys: tuple[str, ...], theme: str = themes.DARK
) -> str:
    """The screen as it stands after some keys, as SVG."""
    at = f"{clock().astimezone(BERLIN):%Y-%m-%d %H:%M:%S}"
    async with console(folder, at, size=SIZE, store=store) as (app, pilot, _):
        app.theme = theme
        await pilot.press(*keys)
        await worked(app, pilot)
        look = app.theme_variables
        return svg(app.screen._compositor.render_strips(app.size), look["background"], look["foreground"])


PICTURES = {"live": live, "live-light": live_light, "rooms": rooms, "harvest": harvest, "week": week}


def main(names: list[str]) -> None:
    for name in names or PICTURES:
        with tempfile.TemporaryDirectory() as folder:
            os.environ["FACILITATOR_STATE"] = f"{folder}/state"
            drawn = asyncio.run(PICTURES[name](Path(folder)))
        target = ROOT / "docs" / f"{name}.svg"
        target.write_text(drawn, encoding="utf-8")
        print(target.relative_to(ROOT))


if __name__ == "__main__":
    main(sys.argv[1:])

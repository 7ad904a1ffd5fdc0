"""Draws the pictures of the README from the real program on the real week, on a clock that stands.

    python scripts/screenshots.py

Writes docs/*.svg. The pictures refer to nothing outside themselves.
"""

from __future__ import annotations

import asyncio
import re
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from console.played import BERLIN, Clock, console, opened  # noqa: E402 - the folder has to be on the path first
from facilitator_tui.core import actions, room_plan, seating  # noqa: E402
from facilitator_tui.core.dictation import type_line  # noqa: E402
from facilitator_tui.store.session_store import SessionStore  # noqa: E402

SIZE = (120, 36)
LINES = (
    "-- sign-off chains built for normal times q:1 n:5",
    "++ trust built before the crisis q:2 n:7 #equity",
    "= evidence is needed, but learning as well #impact",
    "! @f03 write to the new members due:fri",
)


async def live(folder: Path) -> str:
    """The live screen in Tuesday's breakout, a little late."""
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
    return await picture(folder, store, clock, ())


async def rooms(folder: Path) -> str:
    """The rooms of Tuesday's breakout with their quality."""
    store = opened(folder)
    clock = Clock("2020-09-29 15:44")
    store.perform(actions.start(store.run, clock(), "groups"), clock())
    groups = room_plan.plan_rooms(store.run, clock(), seating.breakout_item(store.run, clock()))
    store.perform(seating.publish(groups), clock())
    clock.on(seconds=20)
    return await picture(folder, store, clock, ("r",))


async def picture(folder: Path, store: SessionStore, clock: Clock, keys: tuple[str, ...]) -> str:
    """The screen as it stands after some keys, as SVG."""
    at = f"{clock().astimezone(BERLIN):%Y-%m-%d %H:%M:%S}"
    async with console(folder, at, size=SIZE, store=store) as (app, pilot, _):
        await pilot.press(*keys)
        await pilot.pause()
        return app.export_screenshot(title="facilitator")


def without_references(svg: str) -> str:
    """The picture with the fonts of whoever looks at it, instead of fonts from the network."""
    return re.sub(r"@font-face\s*{[^}]*}|<!--.*?-->", "", svg, flags=re.DOTALL)


def main() -> None:
    for name, drawn in (("live", live), ("rooms", rooms)):
        with tempfile.TemporaryDirectory() as folder:
            svg = asyncio.run(drawn(Path(folder)))
        target = ROOT / "docs" / f"{name}.svg"
        target.write_text(without_references(svg), encoding="utf-8")
        print(target.relative_to(ROOT))


if __name__ == "__main__":
    main()

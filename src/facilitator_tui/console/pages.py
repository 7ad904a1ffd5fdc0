"""Which page stands for which name, and what its lines do when they are taken.

Owns the way between the conductor and the screens. It must not know how pages are drawn.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from facilitator_tui.console.drawing.page import Page
from facilitator_tui.console.fields import toggled
from facilitator_tui.console.palette import Keys, help_page, palette_page
from facilitator_tui.console.scene import PageName, Scene
from facilitator_tui.console.screens import (
    compress,
    harvest,
    ideas,
    messages,
    notes,
    people,
    present,
    rooms,
    times,
    week,
)
from facilitator_tui.core import events as ev
from facilitator_tui.core.actions import Outcome
from facilitator_tui.core.messages import languages
from facilitator_tui.core.people import spoke

if TYPE_CHECKING:
    from facilitator_tui.console.conductor import Conductor

_PAGES: dict[str, Callable[[Scene], Page]] = {
    "rooms": rooms.rooms_page,
    "people": people.people_page,
    "voices": people.voices_page,
    "notes": notes.notes_page,
    "week": week.week_page,
    "times": times.times_page,
    "messages": messages.messages_page,
    "harvest": harvest.harvest_page,
    "present": present.present_page,
    "plain": present.plain_page,
    "ideas": ideas.ideas_page,
    "compress": compress.compress_page,
}


_SECTIONS: dict[str, PageName] = {"harvest": "harvest", "rooms": "rooms", "ideas": "ideas"}
"""The page that tells more of a section of the week."""


def page_of(scene: Scene, keys: Keys) -> Page | None:
    """The page over the agenda; None on the agenda itself."""
    if scene.page == "help":
        return help_page(scene, keys)
    if scene.page == "palette":
        return palette_page(scene, keys)
    make = _PAGES.get(scene.page)
    return make(scene) if make else None


def choosable(scene: Scene, keys: Keys) -> list[str]:
    """What the lines of the open page stand for, in order."""
    page = page_of(scene, keys)
    return page.ids() if page else []


def next_item_id(scene: Scene, cursor: str, by: int) -> str:
    """The agenda item `by` places on; without a cursor it starts at the live item, or at the first to come."""
    ids = [row.item.id for row in scene.view.rows]
    if not ids:
        return ""
    if cursor in ids:
        return ids[max(0, min(ids.index(cursor) + by, len(ids) - 1))]
    start = scene.view.live.row if scene.view.live else scene.view.following
    return start.item.id if start else ids[0]


def entered(conductor: Conductor) -> None:
    """A page was opened: some want a field, some want something read."""
    if conductor.page != "week":
        conductor.week.left()
    if conductor.page == "people":
        conductor.fields.presence()
    elif conductor.page == "voices":
        conductor.fields.voices()
    elif conductor.page in ("notes", "harvest", "ideas", "messages"):
        conductor.notes.entered()
    elif conductor.page == "rooms":
        conductor.rooms.entered()
    elif conductor.page == "week":
        conductor.week.entered()


# ---------------------------------------------------------------- taking a line


def taken(conductor: Conductor) -> None:
    """Enter on the line under the cursor of a page."""
    id = conductor.chosen()
    match conductor.page:
        case "compress":
            conductor.apply_compress()
        case "messages" if id:
            _copy_message(conductor, id)
        case "notes" | "harvest" | "present" | "ideas":
            conductor.notes.take(id)
        case "times" if id:
            conductor.turn("agenda")
            conductor.cursor = id
        case "week" if id.startswith("page "):
            conductor.turn(_SECTIONS[id.split()[1]])
        case "week" if id:
            conductor.stage.switch(id)
        case "rooms" if id:
            conductor.rooms.take(id)
        case "people" if id:
            conductor.act(lambda run, now: toggled(run, now, id))
        case "voices" if id:
            conductor.act(lambda run, now: spoke(run, now, id))
        case "help" if id:
            conductor.turn("agenda")
            conductor.do(id)


def _copy_message(conductor: Conductor, id: str) -> None:
    scene = conductor.scene()
    message = scene.run.plan.message(id)
    if message is None:
        return
    conductor.stage.copy(messages.message_text(scene, message))
    live = scene.run.live
    copied = ev.MessageCopied(id, live.item if live else "", scene.language)
    conductor.perform(Outcome((copied,), ""))


def copied_text(conductor: Conductor) -> str:
    """What `copy` takes from the open page."""
    scene = conductor.scene()
    if scene.page == "rooms":
        return conductor.rooms.copied()
    if scene.page == "messages":
        message = scene.run.plan.message(conductor.chosen())
        return messages.message_text(scene, message) if message else ""
    if scene.page == "notes":
        return "\n".join(capture.content.text for capture in reversed(notes.found_captures(scene)))
    if scene.page == "ideas":
        return ideas.ideas_text(scene)
    if scene.page == "harvest":
        from facilitator_tui.harvest.notes import notes as written

        return written(scene.run, scene.view.now)
    return ""


def following_language(scene: Scene) -> str:
    """The next language of the messages; empty is the plan's own."""
    own = scene.run.plan.programme.language
    codes = sorted({code for one in scene.run.plan.messages for code in languages(one, own)} - {own})
    ring = ["", *[code for code in codes if code]]
    place = ring.index(scene.language) if scene.language in ring else 0
    return ring[(place + 1) % len(ring)]

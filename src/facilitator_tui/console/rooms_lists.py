"""The lists that leave the rooms page: for the chat, for whoever moves people by hand, for Zoom.

Owns their wording and files. It must not know how they are asked for.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from facilitator_tui.console.rooms_view import RoomsView
from facilitator_tui.core.messages import filled, messages_of
from facilitator_tui.core.moment import message_moment
from facilitator_tui.core.plan import Item, MessageTemplate
from facilitator_tui.core.room_rounds import round_count
from facilitator_tui.core.run import Run
from facilitator_tui.core.rundown import Rundown
from facilitator_tui.core.seating import room_list

if TYPE_CHECKING:
    from facilitator_tui.console.conductor import Conductor


def rooms_message(run: Run, item: Item) -> MessageTemplate | None:
    """The message of a breakout that the room list stands in."""
    return next((one for one in messages_of(run.plan, item) if "{rooms}" in one.text), None)


def list_languages(run: Run, item: Item) -> list[str]:
    """What the list can be copied as: empty for the list alone, then the languages of its message."""
    message = rooms_message(run, item)
    codes = (run.plan.programme.language, *sorted(message.translations)) if message else ()
    return ["", *dict.fromkeys(code for code in codes if code)]


def copied_rooms(run: Run, now: Rundown, view: RoomsView) -> str:
    """The moves where they are shown, else the room list: alone, or in its message in a language."""
    if view.look == "moves":
        return view.moves
    if view.seating is None:
        return ""
    rooms = room_list(run, view.seating, view.item)
    message = rooms_message(run, view.item)
    if not view.language or message is None:
        return rooms
    return filled(message, replace(message_moment(run, now, message), rooms=rooms), view.language).strip()


def write_for_zoom(conductor: Conductor, item: Item) -> None:
    """Write one file a round for Zoom's pre-assignment, where exports lie, and say who has to be moved by hand."""
    run, store = conductor.run, conductor.store
    numbers = [number for number in range(1, round_count(run.plan, item) + 1) if run.seating(item.id, number)]
    if not numbers:
        conductor.say("no rooms are planned yet", "refused")
        return

    def work() -> str:
        from facilitator_tui import paths
        from facilitator_tui.harvest.room_lists import file_name, without_mail, zoom
        from facilitator_tui.store.atomic import write_export

        folder = paths.export_folder(store.plan_path) / store.session_id
        missing: dict[str, None] = {}
        try:
            for number in numbers:
                seats = run.seatings[item.id, number]
                write_export(folder / file_name(item.id, number), zoom(seats, run.roster).encode())
                missing |= dict.fromkeys(without_mail(seats, run.roster))
        except OSError as problem:
            return f"can't be written: {problem.strerror or problem}"
        files = f"{len(numbers)} files" if len(numbers) > 1 else "1 file"
        by_hand = f"; without a mail address, to be moved by hand: {', '.join(missing)}" if missing else ""
        return f"written: {files} for Zoom in {folder}{by_hand}"

    def told(said: str) -> None:
        conductor.busy = ""
        conductor.say(said, "done" if said.startswith("written") else "refused")
        conductor.draw()

    conductor.busy = "writing the lists for Zoom"
    conductor.stage.behind(work, told)

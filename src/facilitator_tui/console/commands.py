"""Every command of the console, once: what it is called, its keys, when it can't act, what it does.

Owns the registry. Bindings, footer, palette, `?` help, `docs/keys.md` and the check of a user's keymap are made
from it. It must not know how a command is carried out: that is the conductor's and the actions' business.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from facilitator_tui.console.scene import Scene
from facilitator_tui.core import actions, agenda_actions, seating, undo
from facilitator_tui.core.actions import Refused
from facilitator_tui.core.durations import MINUTE
from facilitator_tui.core.room_rounds import has_rooms
from facilitator_tui.core.run import Run

if TYPE_CHECKING:
    from facilitator_tui.console.conductor import Conductor

Doing = Callable[["Conductor"], object]
WhyNot = Callable[[Scene], str]

GROUPS = ("Clock", "Agenda", "Notes", "People and rooms", "Pages", "Program")


def _always(scene: Scene) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Command:
    """One command. `keys` are Textual's names; `label` is for the footer, `help` a sentence.

    `why_not` gives the reason why it can't act on a scene, empty when it can; the command is shown all the same.
    """

    id: str
    keys: tuple[str, ...]
    label: str
    help: str
    group: str
    run: Doing
    why_not: WhyNot = _always


def _refusal(action: Callable[[Run, datetime], Any]) -> WhyNot:
    """The reason an action itself gives: it is tried, and what it comes to is thrown away."""

    def why_not(scene: Scene) -> str:
        try:
            action(scene.run, scene.view.now)
        except Refused as reason:
            return str(reason)
        return ""

    return why_not


def _time(by: timedelta) -> tuple[Doing, WhyNot]:
    def doing(conductor: Conductor) -> None:
        conductor.act(lambda run, now: actions.extend(run, now, by))

    return doing, _refusal(lambda run, now: actions.extend(run, now, by))


def _toggle_pause(run: Run, now: datetime) -> actions.Outcome:
    return actions.resume(run, now) if run.live and run.live.paused else actions.pause(run, now)


def _under_cursor(action: Callable[[Run, datetime, str], Any]) -> WhyNot:
    def why_not(scene: Scene) -> str:
        if not scene.cursor:
            return f"choose an item first ({scene.key('cursor.down')})"
        return _refusal(lambda run, now: action(run, now, scene.cursor))(scene)

    return why_not


def _skip_or_not(run: Run, now: datetime, item: str) -> actions.Outcome:
    return agenda_actions.unskip(run, now, item) if run.change(item).skipped else agenda_actions.skip(run, now, item)


def _start_chosen(conductor: Conductor) -> None:
    name = conductor.cursor if conductor.run.live is None and conductor.page == "agenda" else ""
    conductor.act(lambda run, now: actions.start(run, now, name), once=True)


def _turn(page: str) -> Doing:
    return lambda conductor: conductor.turn(page)  # type: ignore[arg-type]


def _moved(direction: str) -> Doing:
    return lambda conductor: conductor.act_on_item(partial(_move, direction=direction))


def _move(run: Run, now: datetime, item: str, direction: str) -> actions.Outcome:
    return agenda_actions.move(run, now, item, direction)


def _no_backdate(scene: Scene) -> str:
    return "" if scene.view.live else "nothing is running; start an item first"


def _no_exact(scene: Scene) -> str:
    if scene.view.state == "finished":
        return "the session is finished; undo reopens it"
    return "" if scene.run.live or scene.cursor else "nothing is running; start an item first, or choose one"


def _no_copy(scene: Scene) -> str:
    pages = ("rooms", "messages", "harvest", "notes")
    return "" if scene.page in pages else "open rooms, messages, notes or the harvest first: they can be copied"


def _no_messages(scene: Scene) -> str:
    return "" if scene.run.plan.messages else "the plan has no [[message]] yet"


def _no_people(scene: Scene) -> str:
    return "" if scene.run.roster.people else "the plan has no [roster]; add people on the people page"


def _no_breakout(scene: Scene) -> str:
    live, chosen = scene.view.live, scene.view.row(scene.cursor)
    rows = [row for row in (live.row if live else None, chosen) if row]
    if any(has_rooms(scene.run.plan, row.item) for row in rows):
        return ""
    return _refusal(seating.breakout_item)(scene)


def _off_rooms(scene: Scene) -> str:
    if scene.page != "rooms":
        return f"open the rooms first ({scene.key('page.rooms')})"
    return "" if scene.rooms else "no breakout is running or still to come"


def _no_seats(scene: Scene) -> str:
    """Why nothing can be done to the seats that are shown."""
    if scene.rooms is None:
        return _off_rooms(scene)
    return "" if scene.rooms.seating else f"no rooms are there yet ({scene.key('rooms.plan')})"


def _no_language(scene: Scene) -> str:
    if not any(message.translations for message in scene.run.plan.messages):
        return "no message has a translation"
    return "" if scene.page in ("messages", "rooms") else f"open the messages first ({scene.key('page.messages')})"


def _no_line_above(scene: Scene) -> str:
    return "" if scene.run.shown_captures() else "nothing was written down yet"


_ONE_MORE, _ONE_LESS = _time(MINUTE), _time(-MINUTE)
_FIVE_MORE, _FIVE_LESS = _time(5 * MINUTE), _time(-5 * MINUTE)

COMMANDS: tuple[Command, ...] = (
    Command(
        "item.start",
        ("s",),
        "start",
        "Start the first item, or the one under the cursor.",
        "Clock",
        _start_chosen,
        _refusal(actions.start),
    ),
    Command(
        "item.next",
        ("n", "right"),
        "next",
        "End the live item and go on; after the last one, finish.",
        "Clock",
        lambda c: c.act(actions.next_item, once=True),
        _refusal(actions.next_item),
    ),
    Command(
        "item.previous",
        ("p", "left"),
        "previous",
        "Go back to the item before; its record stays.",
        "Clock",
        lambda c: c.act(actions.previous_item, once=True),
        _refusal(actions.previous_item),
    ),
    Command(
        "time.pause",
        ("space",),
        "pause",
        "Pause the live item, or let it go on.",
        "Clock",
        lambda c: c.act(_toggle_pause),
        _refusal(_toggle_pause),
    ),
    Command("time.more", ("plus",), "minute more", "One minute more for the live item.", "Clock", *_ONE_MORE),
    Command("time.less", ("minus",), "minute less", "One minute less.", "Clock", *_ONE_LESS),
    Command("time.more5", ("right_square_bracket",), "5 more", "Five minutes more.", "Clock", *_FIVE_MORE),
    Command("time.less5", ("left_square_bracket",), "5 less", "Five minutes less.", "Clock", *_FIVE_LESS),
    Command(
        "time.exact",
        ("e",),
        "exact",
        "Set a time exactly: 7, +3, until 10:40.",
        "Clock",
        lambda c: c.fields.exact(),
        _no_exact,
    ),
    Command(
        "time.backdate",
        ("b",),
        "backdate",
        "The live item started some minutes ago.",
        "Clock",
        lambda c: c.fields.backdate(),
        _no_backdate,
    ),
    Command(
        "time.compress",
        ("c",),
        "compress",
        "Shrink the rest so that it ends on time; shows it first.",
        "Clock",
        lambda c: c.preview_compress(),
        _refusal(agenda_actions.compress_agenda),
    ),
    Command(
        "clock.mode",
        ("v",),
        "clock",
        "Show the countdown, the time gone, or the time of day.",
        "Clock",
        lambda c: c.next_clock(),
    ),
    Command(
        "item.finish",
        (),
        "finish",
        "Finish the session now.",
        "Clock",
        lambda c: c.act(actions.finish),
        _refusal(actions.finish),
    ),
    Command("cursor.up", ("up", "k"), "up", "Move the cursor up.", "Agenda", lambda c: c.move_cursor(-1)),
    Command("cursor.down", ("down", "j"), "down", "Move the cursor down.", "Agenda", lambda c: c.move_cursor(1)),
    Command(
        "cursor.choose",
        ("enter",),
        "choose",
        "Go to the item under the cursor; on a page, take the line.",
        "Agenda",
        lambda c: c.choose(),
    ),
    Command("cursor.live", ("g",), "live item", "Back to the agenda and the live item.", "Agenda", lambda c: c.home()),
    Command(
        "item.skip",
        ("x",),
        "skip",
        "Skip the item under the cursor, or take it back in.",
        "Agenda",
        lambda c: c.act_on_item(_skip_or_not),
        _under_cursor(_skip_or_not),
    ),
    Command(
        "item.insert",
        ("o",),
        "insert",
        "Insert an item after the cursor: break 5.",
        "Agenda",
        lambda c: c.fields.insert(),
        _refusal(lambda run, now: agenda_actions.insert(run, now, "break 5")),
    ),
    Command(
        "item.up",
        (),
        "move up",
        "Move the item under the cursor one place up.",
        "Agenda",
        _moved("up"),
        _under_cursor(partial(_move, direction="up")),
    ),
    Command(
        "item.down",
        (),
        "move down",
        "Move the item under the cursor one place down.",
        "Agenda",
        _moved("down"),
        _under_cursor(partial(_move, direction="down")),
    ),
    Command(
        "item.rename",
        (),
        "rename",
        "Give the item under the cursor another title.",
        "Agenda",
        lambda c: c.fields.rename(),
        lambda scene: "" if scene.cursor else "choose an item first",
    ),
    Command(
        "capture.open",
        ("i",),
        "note",
        "Write lines down; the line stays open until esc.",
        "Notes",
        lambda c: c.writing.open(),
    ),
    Command(
        "capture.edit",
        (),
        "edit last",
        "Edit the last line that was written down.",
        "Notes",
        lambda c: c.writing.edit_last(),
        _no_line_above,
    ),
    Command("page.find", ("slash",), "find", "Find among everything captured.", "Notes", lambda c: c.fields.find()),
    Command(
        "undo",
        ("u",),
        "undo",
        "Take back the last action, also after a restart.",
        "Notes",
        lambda c: c.act(undo.undo),
        _refusal(undo.undo),
    ),
    Command(
        "redo",
        ("U",),
        "redo",
        "Do again what was undone.",
        "Notes",
        lambda c: c.act(undo.redo),
        _refusal(undo.redo),
    ),
    Command(
        "page.people",
        ("w", "3"),
        "people",
        "Who is here: two letters of a person.",
        "People and rooms",
        _turn("people"),
    ),
    Command(
        "page.voices",
        ("full_stop",),
        "spoke",
        "Somebody spoke, or raised a hand; who was not heard.",
        "People and rooms",
        _turn("voices"),
        _no_people,
    ),
    Command(
        "rooms.clock",
        ("t",),
        "rooms clock",
        "Open the rooms, extend them, or call everybody back.",
        "People and rooms",
        lambda c: c.rooms_clock(),
        lambda scene: "" if scene.view.rooms else _refusal(seating.open_rooms)(scene),
    ),
    Command(
        "rooms.with-item",
        (),
        "pausing rooms",
        "Open the rooms; a pause of the item stops their clock too.",
        "People and rooms",
        lambda c: c.open_rooms(with_item=True),
        _refusal(seating.open_rooms),
    ),
    Command(
        "rooms.plan",
        ("P",),
        "plan rooms",
        "Plan the rooms, or plan them again and see first who moves.",
        "People and rooms",
        lambda c: c.rooms.planner.plan(),
        _no_breakout,
    ),
    Command(
        "rooms.earlier",
        ("less_than_sign",),
        "earlier round",
        "Show the round before.",
        "People and rooms",
        lambda c: c.rooms.step(-1),
        _off_rooms,
    ),
    Command(
        "rooms.later",
        ("greater_than_sign",),
        "later round",
        "Show the round after.",
        "People and rooms",
        lambda c: c.rooms.step(1),
        _off_rooms,
    ),
    Command(
        "rooms.look",
        ("M",),
        "who met",
        "Seats, who met whom, or who moves between rounds.",
        "People and rooms",
        lambda c: c.rooms.next_look(),
        _off_rooms,
    ),
    Command(
        "rooms.lock",
        ("l",),
        "lock room",
        "The room under the cursor keeps its people, or no longer.",
        "People and rooms",
        lambda c: c.rooms.lock(),
        _no_seats,
    ),
    Command(
        "rooms.host",
        ("H",),
        "host",
        "The person under the cursor hosts the room, or is free again.",
        "People and rooms",
        lambda c: c.rooms.host(),
        _no_seats,
    ),
    Command(
        "rooms.choose",
        ("C",),
        "room choice",
        "People name a room: two letters or NAME, then ROOM.",
        "People and rooms",
        lambda c: c.rooms.choose(),
        _no_breakout,
    ),
    Command(
        "rooms.export",
        ("Z",),
        "for Zoom",
        "Write the lists that Zoom takes, one a round.",
        "People and rooms",
        lambda c: c.rooms.export(),
        _no_seats,
    ),
    Command(
        "people.all",
        (),
        "all here",
        "Mark everybody who is not marked as here.",
        "People and rooms",
        lambda c: c.everybody_here(),
        _no_people,
    ),
    Command("page.agenda", ("1",), "agenda", "The agenda and the live item.", "Pages", _turn("agenda")),
    Command("page.rooms", ("r", "2"), "rooms", "The rooms of the breakout.", "Pages", _turn("rooms")),
    Command("page.notes", ("4",), "notes", "Everything captured.", "Pages", _turn("notes")),
    Command("page.week", ("5",), "week", "All sessions of the programme.", "Pages", _turn("week")),
    Command(
        "page.times",
        ("6",),
        "times",
        "Planned against actual, an item a bar, and the day.",
        "Pages",
        _turn("times"),
    ),
    Command(
        "page.messages",
        ("m",),
        "message",
        "Messages for the chat, ready to copy.",
        "Pages",
        _turn("messages"),
        _no_messages,
    ),
    Command("page.harvest", ("h",), "harvest", "What was said, by kind.", "Pages", _turn("harvest")),
    Command("copy", ("y",), "copy", "Copy what the page shows.", "Pages", lambda c: c.copy(), _no_copy),
    Command(
        "message.language",
        ("L",),
        "language",
        "Show the messages in the next language.",
        "Pages",
        lambda c: c.next_language(),
        _no_language,
    ),
    Command(
        "harvest.export", ("X",), "export", "Write the notes for the team now.", "Pages", lambda c: c.write_notes_now()
    ),
    Command("help", ("question_mark", "f1"), "help", "The keys that act right now.", "Program", _turn("help")),
    Command(
        "palette",
        ("colon", "ctrl+p"),
        "commands",
        "Find any command by its name.",
        "Program",
        lambda c: c.fields.palette(),
    ),
    Command(
        "back",
        ("escape",),
        "back",
        "Leave a field or a page; never changes the session.",
        "Program",
        lambda c: c.back(),
    ),
    Command("quit", ("q",), "leave", "Leave the console; the run goes on in the log.", "Program", lambda c: c.leave()),
)

BY_ID: dict[str, Command] = {command.id: command for command in COMMANDS}

"""The commands that open pages, and those that act on what a page shows."""

from __future__ import annotations

from facilitator_tui.console.commands.command import Command, turn
from facilitator_tui.console.scene import PageName, Scene


def _no_copy(scene: Scene) -> str:
    pages = ("rooms", "messages", "harvest", "notes", "ideas")
    return "" if scene.page in pages else "open rooms, messages, notes or the harvest first: they can be copied"


_BARE: tuple[PageName, ...] = ("present", "plain")
"""Pages that have the screen for themselves, where keys for turning leaves must not touch the clock."""


def _no_leaf(scene: Scene) -> str:
    return "" if scene.page in _BARE else f"present the harvest first ({scene.key('page.harvest')})"


def _no_present(scene: Scene) -> str:
    return "" if scene.page in ("harvest", "present") else f"open the harvest first ({scene.key('page.harvest')})"


def _no_messages(scene: Scene) -> str:
    return "" if scene.run.plan.messages else "the plan has no [[message]] yet"


def _no_language(scene: Scene) -> str:
    if not any(message.translations for message in scene.run.plan.messages):
        return "no message has a translation"
    return "" if scene.page in ("messages", "rooms") else f"open the messages first ({scene.key('page.messages')})"


PAGES: tuple[Command, ...] = (
    Command("page.agenda", ("1",), "agenda", "The agenda and the live item.", "Pages", turn("agenda")),
    Command("page.rooms", ("r", "2"), "rooms", "The rooms of the breakout.", "Pages", turn("rooms")),
    Command("page.notes", ("4",), "notes", "Everything captured.", "Pages", turn("notes")),
    Command("page.week", ("5",), "week", "All sessions of the programme.", "Pages", turn("week")),
    Command(
        "page.times",
        ("6",),
        "times",
        "Planned against actual, an item a bar, and the day.",
        "Pages",
        turn("times"),
    ),
    Command(
        "page.messages",
        ("m",),
        "message",
        "Messages for the chat, ready to copy.",
        "Pages",
        turn("messages"),
        _no_messages,
    ),
    Command("page.harvest", ("h",), "harvest", "What was said, by kind.", "Pages", turn("harvest")),
    Command(
        "harvest.present",
        (),
        "present",
        "Show the ticked kinds large and without names, for a shared screen.",
        "Pages",
        lambda c: c.notes.present(),
        _no_present,
        {"harvest": ("p",), "present": ("p",)},
    ),
    Command(
        "present.on",
        (),
        "on",
        "The next lines of a presentation or a plain text; the clock of the call is left alone.",
        "Pages",
        lambda c: c.notes.leaf(1),
        _no_leaf,
        dict.fromkeys(_BARE, ("right", "space", "pagedown")),
    ),
    Command(
        "present.earlier",
        (),
        "earlier",
        "The lines before.",
        "Pages",
        lambda c: c.notes.leaf(-1),
        _no_leaf,
        dict.fromkeys(_BARE, ("left", "pageup")),
    ),
    Command("page.ideas", ("I",), "ideas", "Ideas, where they go, and dots during a vote.", "Pages", turn("ideas")),
    Command(
        "page.plain",
        ("Y",),
        "plain text",
        "Show nothing but the text of the page, to select and copy by hand.",
        "Pages",
        lambda c: c.notes.show_plain(),
        _no_copy,
    ),
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
)

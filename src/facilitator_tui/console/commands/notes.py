"""The commands of what is written down, and undo."""

from __future__ import annotations

from facilitator_tui.console.commands.command import Command, refusal
from facilitator_tui.console.scene import Scene
from facilitator_tui.core import undo


def _no_line_above(scene: Scene) -> str:
    return "" if scene.run.shown_captures() else "nothing was written down yet"


NOTES: tuple[Command, ...] = (
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
        refusal(undo.undo),
    ),
    Command(
        "redo",
        ("U",),
        "redo",
        "Do again what was undone.",
        "Notes",
        lambda c: c.act(undo.redo),
        refusal(undo.redo),
    ),
)

"""The commands of what is written down, and undo."""

from __future__ import annotations

from collections.abc import Mapping

from facilitator_tui.console.commands.command import Command, refusal
from facilitator_tui.console.scene import PageName, Scene
from facilitator_tui.core import undo


def _no_line(scene: Scene) -> str:
    """Why nothing can be done to a chosen line."""
    if scene.page not in ("notes", "harvest"):
        return f"open the notes first ({scene.key('page.notes')})"
    return _no_line_above(scene)


def _no_kind(scene: Scene) -> str:
    if scene.page not in ("notes", "harvest", "present"):
        return f"open the notes first ({scene.key('page.notes')})"
    return _no_line_above(scene)


_LISTS: tuple[PageName, ...] = ("notes", "harvest")


def _on_lists(*keys: str) -> Mapping[PageName, tuple[str, ...]]:
    return dict.fromkeys(_LISTS, keys)


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
        "line.count",
        (),
        "one more",
        "One more said so: count the line under the cursor up.",
        "Notes",
        lambda c: c.notes.count(1),
        _no_line,
        _on_lists("a"),
    ),
    Command(
        "line.uncount",
        (),
        "one fewer",
        "One fewer said so.",
        "Notes",
        lambda c: c.notes.count(-1),
        _no_line,
        _on_lists("A"),
    ),
    Command(
        "line.kind",
        (),
        "kind",
        "Give the line under the cursor another kind.",
        "Notes",
        lambda c: c.notes.rekind(),
        _no_line,
        _on_lists("K"),
    ),
    Command(
        "line.join",
        (),
        "join",
        "Join two lines: once on the one, once on the other; both stay underneath.",
        "Notes",
        lambda c: c.notes.join(),
        _no_line,
        _on_lists("J"),
    ),
    Command(
        "line.settle",
        (),
        "settle",
        "Say what an unsure mark of the line means.",
        "Notes",
        lambda c: c.notes.settle(),
        _no_line,
        _on_lists("S"),
    ),
    Command(
        "line.version",
        (),
        "this version",
        "Of versions written at the same time, keep the one under the cursor.",
        "Notes",
        lambda c: c.notes.choose_version(),
        _no_line,
        {"notes": ("V",)},
    ),
    Command(
        "line.off",
        (),
        "off record",
        "Keep the line under the cursor in the team, or no longer.",
        "Notes",
        lambda c: c.notes.flag("off"),
        _no_line,
        _on_lists("O"),
    ),
    Command(
        "line.quotable",
        (),
        "quotable",
        "The line under the cursor may be quoted, or no longer.",
        "Notes",
        lambda c: c.notes.flag("ok"),
        _no_line,
        _on_lists("Q"),
    ),
    Command(
        "line.done",
        (),
        "done",
        "The action under the cursor is done, or open again.",
        "Notes",
        lambda c: c.notes.flag("done"),
        _no_line,
        _on_lists("T"),
    ),
    Command(
        "line.remove",
        (),
        "remove",
        "Remove the line under the cursor; undo brings it back.",
        "Notes",
        lambda c: c.notes.remove(),
        _no_line,
        _on_lists("D"),
    ),
    Command(
        "harvest.kind",
        (),
        "kinds",
        "List the next kind alone; on the harvest choose what is presented.",
        "Notes",
        lambda c: c.notes.next_kind(),
        _no_kind,
        {"notes": ("f",), "harvest": ("f",), "present": ("f",)},
    ),
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

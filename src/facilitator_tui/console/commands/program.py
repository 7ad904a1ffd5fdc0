"""The commands of the program itself: help, palette, back, leave."""

from __future__ import annotations

from facilitator_tui.console.commands.command import Command, turn
from facilitator_tui.console.editing import edit_plan, no_editor

PROGRAM: tuple[Command, ...] = (
    Command("help", ("question_mark", "f1"), "help", "The keys that act right now.", "Program", turn("help")),
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
    Command(
        "plan.edit",
        ("E",),
        "edit plan",
        "Open the plan in your editor, at its first problem; the clock goes on.",
        "Program",
        edit_plan,
        no_editor,
    ),
    Command("quit", ("q",), "leave", "Leave the console; the run goes on in the log.", "Program", lambda c: c.leave()),
)

"""Every command of the console, once: what it is called, its keys, when it can't act, what it does.

Owns the registry. Bindings, footer, palette, `?` help, `docs/keys.md` and the check of a user's keymap are made
from it. A new command stands in the module of its group.
"""

from __future__ import annotations

from facilitator_tui.console.commands.agenda import AGENDA
from facilitator_tui.console.commands.clock import CLOCK
from facilitator_tui.console.commands.command import Command
from facilitator_tui.console.commands.notes import NOTES
from facilitator_tui.console.commands.pages import PAGES
from facilitator_tui.console.commands.people import PEOPLE
from facilitator_tui.console.commands.program import PROGRAM
from facilitator_tui.console.commands.rooms import ROOMS

__all__ = ["BY_ID", "COMMANDS", "GROUPS", "Command"]

GROUPS = ("Clock", "Agenda", "Notes", "People and rooms", "Pages", "Program")

COMMANDS: tuple[Command, ...] = (*CLOCK, *AGENDA, *NOTES, *PEOPLE, *ROOMS, *PAGES, *PROGRAM)

BY_ID: dict[str, Command] = {command.id: command for command in COMMANDS}

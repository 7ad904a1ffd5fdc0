"""The commands of the agenda: the cursor, and items skipped, inserted, moved, renamed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from facilitator_tui.console.commands.command import Command, Doing, WhyNot, refusal
from facilitator_tui.console.scene import Scene
from facilitator_tui.core import actions, agenda_actions
from facilitator_tui.core.run import Run


def _under_cursor(action: Callable[[Run, datetime, str], Any]) -> WhyNot:
    def why_not(scene: Scene) -> str:
        if not scene.cursor:
            return f"choose an item first ({scene.key('cursor.down')})"
        return refusal(lambda run, now: action(run, now, scene.cursor))(scene)

    return why_not


def _skip_or_not(run: Run, now: datetime, item: str) -> actions.Outcome:
    return agenda_actions.unskip(run, now, item) if run.change(item).skipped else agenda_actions.skip(run, now, item)


def _moved(direction: str) -> Doing:
    return lambda conductor: conductor.act_on_item(partial(_move, direction=direction))


def _move(run: Run, now: datetime, item: str, direction: str) -> actions.Outcome:
    return agenda_actions.move(run, now, item, direction)


AGENDA: tuple[Command, ...] = (
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
        refusal(lambda run, now: agenda_actions.insert(run, now, "break 5")),
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
)

"""The commands of who is here and who spoke."""

from __future__ import annotations

from facilitator_tui.console.commands.command import Command, turn
from facilitator_tui.console.scene import Scene


def _no_people(scene: Scene) -> str:
    return "" if scene.run.roster.people else "the plan has no [roster]; add people on the people page"


PEOPLE: tuple[Command, ...] = (
    Command(
        "page.people",
        ("w", "3"),
        "people",
        "Who is here: two letters of a person.",
        "People and rooms",
        turn("people"),
    ),
    Command(
        "page.voices",
        ("full_stop",),
        "spoke",
        "Somebody spoke, or raised a hand; who was not heard.",
        "People and rooms",
        turn("voices"),
        _no_people,
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
)

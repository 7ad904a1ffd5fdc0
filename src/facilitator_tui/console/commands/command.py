"""What a command is, and the ways most of them share to act and to say why they can't.

Owns the form of a command. It must not know any single one, nor how one is carried out: that is the conductor's
and the actions' business.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from facilitator_tui.console.scene import PageName, Scene
from facilitator_tui.core.actions import Refused
from facilitator_tui.core.run import Run

if TYPE_CHECKING:
    from facilitator_tui.console.conductor import Conductor

Doing = Callable[["Conductor"], object]
WhyNot = Callable[[Scene], str]


def always(scene: Scene) -> str:
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
    why_not: WhyNot = always
    on_page: Mapping[PageName, tuple[str, ...]] = field(default_factory=dict)
    """Keys that mean this command while a page is open, whatever they mean elsewhere."""

    @property
    def page_keys(self) -> tuple[str, ...]:
        """The keys of its pages, each once."""
        return tuple(dict.fromkeys(key for keys in self.on_page.values() for key in keys))


def refusal(action: Callable[[Run, datetime], Any]) -> WhyNot:
    """The reason an action itself gives: it is tried, and what it comes to is thrown away."""

    def why_not(scene: Scene) -> str:
        try:
            action(scene.run, scene.view.now)
        except Refused as reason:
            return str(reason)
        return ""

    return why_not


def turn(page: PageName) -> Doing:
    return lambda conductor: conductor.turn(page)

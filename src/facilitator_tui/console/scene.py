"""What the screen shows at one instant, as one frozen value.

Owns the state of the console that is not the call's: which page is open, where the cursor stands, what was
just said or asked. It must not know widgets. Everything that widgets draw they draw from a `Scene`; nothing in
it is worth saving but the sticky room and question, which travel with the draft.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import tzinfo
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from facilitator_tui.console.notes_view import NotesView
from facilitator_tui.console.rooms_view import RoomsView
from facilitator_tui.core.alerts import Alert
from facilitator_tui.core.compress import Compression
from facilitator_tui.core.people import is_here
from facilitator_tui.core.plan import Item, Participant
from facilitator_tui.core.roster import marks
from facilitator_tui.core.run import Run
from facilitator_tui.core.rundown import Rundown

if TYPE_CHECKING:
    from facilitator_tui.console.week_view import WeekView

PageName = Literal[
    "agenda",
    "rooms",
    "people",
    "voices",
    "notes",
    "week",
    "times",
    "messages",
    "harvest",
    "present",
    "plain",
    "ideas",
    "help",
    "palette",
    "compress",
]
ClockMode = Literal["countdown", "elapsed", "clock"]
Tone = Literal["done", "refused", "alert"]

CLOCK_MODES: tuple[ClockMode, ...] = ("countdown", "elapsed", "clock")


@dataclass(frozen=True, slots=True)
class Said:
    """The sentence at the bottom. `undo` is the key that takes the action back, empty when nothing can be."""

    text: str
    tone: Tone = "done"
    undo: str = ""


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything that is drawn. `now` of the rundown is the call's clock, `local` the computer's zone."""

    run: Run
    view: Rundown
    local: tzinfo
    page: PageName = "agenda"
    behind: PageName = "agenda"
    """The page that the help was opened on."""
    cursor: str = ""
    """The agenda item under the cursor."""
    place: int = 0
    """The line under the cursor of any other page."""
    filter: str = ""
    """What was typed to narrow down the palette or the notes."""
    clock: ClockMode = "countdown"
    room: str = ""
    question: int = 0
    language: str = ""
    said: Said | None = None
    alerts: tuple[Alert, ...] = ()
    """What is being told at the moment, the oldest first."""
    asking: str = ""
    answers: str = ""
    """The keys that answer the question, in words."""
    entering: bool = False
    capturing: bool = False
    editing: bool = False
    draft: str = ""
    unsaved: frozenset[str] = frozenset()
    trouble: str = ""
    notice: str = ""
    """Something about the plan or the log that stays until it is mended."""
    banner: str = ""
    stale: bool = False
    """The run is left over from another day and nobody has said yet what shall become of it."""
    compression: Compression | None = None
    week: WeekView | None = None
    """What the page of the week shows, while it is open."""
    keys: Mapping[str, str] = field(default_factory=dict)
    """The key in force of each command, as it is written on screen."""
    hints: tuple[tuple[str, str], ...] = ()
    """Key and word of the commands that the footer names, best first."""
    busy: str = ""
    """Long work under way, with its progress."""
    company: tuple[str, ...] = ()
    """Who else has the session open, in words, the longest first; empty when nobody has."""
    greeted: bool = False
    """Somebody opened the console for the first time and has pressed no key yet."""
    notes: NotesView = field(default_factory=NotesView)
    rooms: RoomsView | None = None
    """What the rooms page shows, while it is open."""

    def key(self, command: str) -> str:
        return self.keys.get(command, "")


def participants(run: Run) -> list[Participant]:
    """Those who are expected to take part: no team, no speakers."""
    return [person for person in run.roster.people if person.role == "participant"]


def person_marks(run: Run) -> Mapping[str, str]:
    """The two letters of everybody on the roster, by id; participants choose before team and speakers."""
    return _marks(run.roster.people)


@lru_cache(maxsize=4)
def _marks(people: tuple[Participant, ...]) -> Mapping[str, str]:
    return marks(sorted(people, key=lambda one: one.role != "participant"))


@dataclass(frozen=True, slots=True)
class Presence:
    """Head counts of participants. `taken`: somebody was marked at all."""

    expected: int
    here: int
    new_expected: int
    new_here: int
    heard: int
    taken: bool


def presence(run: Run) -> Presence:
    people = participants(run)
    new = [person for person in people if person.new]
    return Presence(
        expected=len(people),
        here=sum(is_here(run, person.id) for person in people),
        new_expected=len(new),
        new_here=sum(is_here(run, person.id) for person in new),
        heard=len({turn.person for turn in run.turns}),
        taken=bool(run.here or run.left),
    )


def current_item(scene: Scene) -> Item | None:
    """The item that a note belongs to: the live one, else the one awaited."""
    if scene.view.live:
        return scene.view.live.row.item
    return scene.view.waiting.item if scene.view.waiting else None

"""The desk for breakout rooms: which round and view are shown, moving by hand, locking, hosting, choosing.

Owns what the rooms page remembers between two keys. It must not know how the page is drawn, nor how rooms are
searched for (`rooms_planner`); what is worth saving goes to the log through the conductor. Views end with the console.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from facilitator_tui.console.fields import Field
from facilitator_tui.console.rooms_lists import copied_rooms, list_languages, write_for_zoom
from facilitator_tui.console.rooms_planner import RoomsPlanner
from facilitator_tui.console.rooms_view import LOOKS, RoomsLook, RoomsView
from facilitator_tui.console.scene import person_marks
from facilitator_tui.core import seating
from facilitator_tui.core.actions import Outcome, Refused
from facilitator_tui.core.meetings import Meetings, happened_rounds, is_over, meetings, planned_meetings
from facilitator_tui.core.plan import Item
from facilitator_tui.core.room_change import judge_rooms, presence_gap
from facilitator_tui.core.room_moves import Effect, move_effect, moves_list
from facilitator_tui.core.room_plan import RoomPlan
from facilitator_tui.core.room_rounds import (
    guests,
    has_rooms,
    pinned,
    respecced,
    round_count,
    seated_people,
    sitting_out,
)
from facilitator_tui.core.run import Run, agenda

if TYPE_CHECKING:
    from facilitator_tui.console.conductor import Conductor

ROOM = "room "
"""What stands before a room's id where a line of the page stands for a room."""


@dataclass
class Judged:
    """The last judgement of the published rooms, and what it was made of."""

    of: tuple[object, ...] = ()
    plan: RoomPlan | None = None
    met: Meetings = field(default_factory=dict)
    coming: Meetings = field(default_factory=dict)


class RoomsDesk:
    def __init__(self, conductor: Conductor) -> None:
        self._conductor = conductor
        self._at: tuple[str, int] | None = None
        self._look: RoomsLook = "seats"
        self._history: Meetings = {}
        self._carried = ""
        self.planner: RoomsPlanner = RoomsPlanner(conductor, self)
        self._judged = Judged()
        self._effect: tuple[tuple[object, ...], Effect | str] = ((), "")
        self.language = ""

    # ---------------------------------------------------------------- what is shown

    def item(self) -> Item:
        """The breakout that is meant: the one turned to, the live one, the one under the cursor, the next.

        Raises Refused when there is none.
        """
        run, now = self._conductor.run, self._conductor.now()
        items = {one.id: one for one in agenda(run)}
        if self._at and self._conductor.page == "rooms" and self._at[0] in items:
            return items[self._at[0]]
        live = items.get(run.live.item) if run.live else None
        chosen = items.get(self._conductor.cursor)
        for one in (live, chosen):
            if one and has_rooms(run.plan, one) and not is_over(run, one.id):
                return one
        return seating.breakout_item(run, now)

    def round(self, item: Item) -> int:
        if self._at and self._at[0] == item.id:
            return self._at[1]
        return seating.current_round(self._conductor.run, self._conductor.now(), item.id)

    def view(self) -> RoomsView | None:
        """The page's value; None without a breakout."""
        run, now = self._conductor.run, self._conductor.now()
        try:
            item = self.item()
        except Refused:
            return None
        number = self.round(item)
        seats = run.seating(item.id, number)
        judged = self._judge(run, now, item)
        specs = respecced(run, item, seats, max(1, len(seated_people(run, item)))) if seats else ()
        return RoomsView(
            item,
            number,
            round_count(run.plan, item),
            self._look,
            seats,
            judged.plan,
            presence_gap(run, item, number),
            (item.id, number) in happened_rounds(run, now),
            judged.met,
            judged.coming,
            frozenset(room for id, at, room in run.locks if (id, at) == (item.id, number)),
            pinned(run, item, specs, frozenset(one.id for one in run.roster.people)),
            guests(run, item),
            self._carried,
            self._effect_words(run, now, item, number),
            self.planner.change,
            moves_list(run, item, number),
            self.language,
            sitting_out(run, item),
        )

    def _judge(self, run: Run, now: datetime, item: Item) -> Judged:
        """Judged anew when seats, presence, history or the rounds that happened have changed."""
        happened = tuple(happened_rounds(run, now))
        of = (run.seatings, run.here, run.left, run.plan, self._history, item.id, happened, run.choices, run.locks)
        if len(of) != len(self._judged.of) or any(
            a is not b and a != b for a, b in zip(of, self._judged.of, strict=True)
        ):
            met = meetings(run, now)
            met.update(dict(self._history))
            coming = planned_meetings(run, now, "")
            self._judged = Judged(of, judge_rooms(run, now, item, self._history), met, coming)
        return self._judged

    def _effect_words(self, run: Run, now: datetime, item: Item, number: int) -> str:
        found = self._effect_now(run, now, item, number)
        return found.words if isinstance(found, Effect) else found

    def _effect_now(self, run: Run, now: datetime, item: Item, number: int) -> Effect | str:
        target = self._target
        if not self._carried or not target or target == self._carried:
            return ""
        of = (self._carried, target, run.seatings, item.id, number)
        if self._effect[0] != of:
            try:
                made: Effect | str = move_effect(run, now, item, number, self._carried, target, self._history)
            except Refused as reason:
                made = str(reason)
            self._effect = (of, made)
        return self._effect[1]

    _target = ""

    # ---------------------------------------------------------------- turning

    def entered(self) -> None:
        """The page was opened: show what is on now, and read what happened in the other sessions."""
        self._at, self._look, self._carried, self._target = None, "seats", "", ""
        store, now = self._conductor.store, self._conductor.now()

        def read(history: Meetings) -> None:
            self._history = history
            self._conductor.draw()

        self._conductor.stage.behind(lambda: store.history(now), read)

    def step(self, by: int) -> None:
        """The next or previous round, over the borders of breakouts."""
        run = self._conductor.run
        places = [
            (one.id, number)
            for one in agenda(run)
            if has_rooms(run.plan, one) and not run.change(one.id).skipped
            for number in range(1, round_count(run.plan, one) + 1)
        ]
        try:
            item = self.item()
        except Refused as reason:
            self._conductor.say(str(reason), "refused")
            return
        here = (item.id, self.round(item))
        at = places.index(here) if here in places else 0
        self._at = places[max(0, min(at + by, len(places) - 1))]
        self._carried, self._conductor.place = "", 0

    def next_look(self) -> None:
        self._look = LOOKS[(LOOKS.index(self._look) + 1) % len(LOOKS)]
        self._carried, self._conductor.place = "", 0

    def next_language(self) -> None:
        """The list alone, then the plan's message around it, in each of its languages."""
        try:
            ring = list_languages(self._conductor.run, self.item())
        except Refused as reason:
            self._conductor.say(str(reason), "refused")
            return
        place = ring.index(self.language) if self.language in ring else 0
        self.language = ring[(place + 1) % len(ring)]

    def show(self, item: Item) -> None:
        """Turn to a breakout's round, and open the page if it is not."""
        number = self.round(item)
        if self._conductor.page != "rooms":
            self._conductor.turn("rooms")
        self._at = (item.id, number)

    def copied(self) -> str:
        """What `copy` takes from the page."""
        view = self.view()
        return copied_rooms(self._conductor.run, self._conductor.scene().view, view) if view else ""

    def export(self) -> None:
        try:
            write_for_zoom(self._conductor, self.item())
        except Refused as reason:
            self._conductor.say(str(reason), "refused")

    def back(self) -> bool:
        """Esc: end a search, put a person down. False when there was nothing to leave."""
        if self.planner.drop():
            return True
        if self._carried:
            self._carried = ""
            return True
        return False

    # ---------------------------------------------------------------- moving by hand

    def pointed(self) -> None:
        """The cursor has moved: whoever is carried would go there."""
        chosen = self._conductor.chosen() if self._carried else ""
        self._target = chosen.removeprefix(ROOM)

    def take(self, id: str) -> None:
        """Enter on a line: pick a person up, or let the one who is carried go there."""
        conductor = self._conductor
        if self._look != "seats" or not id:
            return
        if not self._carried:
            if id.startswith(ROOM):
                conductor.say("choose a person to move; a room is where somebody goes to", "refused")
            else:
                self._carried, self._target = id, id
            return
        if id == self._carried:
            self._carried = ""
            return
        self.pointed()
        item = self.item()
        effect = self._effect_now(conductor.run, conductor.now(), item, self.round(item))
        if isinstance(effect, Effect):
            self._carried = ""
            conductor.perform(Outcome(effect.payloads, effect.words))
        else:
            conductor.say(effect, "refused")

    def _room_under_cursor(self) -> tuple[Item, int, str, str]:
        """Item, round, room and person (empty on a room's own line). Raises Refused."""
        item = self.item()
        number = self.round(item)
        seats = self._conductor.run.seating(item.id, number)
        id = self._conductor.chosen() if self._conductor.page == "rooms" and self._look == "seats" else ""
        room = id.removeprefix(ROOM) if id.startswith(ROOM) else seats.room_of(id) if seats else ""
        if not room:
            raise Refused("choose a room or somebody in it on the rooms page first")
        return item, number, room, "" if id.startswith(ROOM) else id

    def lock(self) -> None:
        """The room under the cursor keeps its people when rooms are planned again, or no longer."""
        try:
            item, number, room, _ = self._room_under_cursor()
        except Refused as reason:
            self._conductor.say(str(reason), "refused")
            return
        self._conductor.act(lambda run, now: seating.lock_room(run, now, item.id, number, room))

    def host(self) -> None:
        """The person under the cursor stays in the room as its host, or is free again."""
        try:
            item, _, room, person = self._room_under_cursor()
        except Refused as reason:
            self._conductor.say(str(reason), "refused")
            return
        if not person:
            self._conductor.say("choose the person who shall host the room", "refused")
            return
        self._conductor.act(lambda run, now: seating.host(run, now, person, room, item.id))

    def sit_out(self) -> None:
        """The person under the cursor stays in the main room, or takes part again."""
        try:
            item = self.item()
        except Refused as reason:
            self._conductor.say(str(reason), "refused")
            return
        seats = self._conductor.page == "rooms" and self._look == "seats"
        person = self._conductor.chosen() if seats else ""
        if not person or person.startswith(ROOM):
            self._conductor.say("choose the person who sits out", "refused")
            return
        self._conductor.act(lambda run, now: seating.sit_out(run, now, person, item.id))

    def choose(self) -> None:
        """Somebody names a room, one after the other, first come first."""
        self._conductor.fields.show(Field("who goes where, like: p05 lead1 (- sits out)", self._chosen))

    def _chosen(self, text: str) -> bool:
        if not text.strip():
            return True
        name, _, room = text.strip().rpartition(" ")
        by_mark = {mark: id for id, mark in person_marks(self._conductor.run).items()}
        person = by_mark.get(name.strip().lower(), name.strip())

        def action(run: Run, now: datetime) -> Outcome:
            if not person:
                raise Refused("say who and which room, like: p05 lead1")
            item = self.item().id if self._conductor.page == "rooms" else ""
            return seating.choose(run, now, person, room, item)

        if self._conductor.act(action):
            self._conductor.stage.set_field("")
        return False

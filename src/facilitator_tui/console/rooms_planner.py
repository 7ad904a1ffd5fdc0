"""Searches for rooms behind the screen: planning, re-planning with a preview, and opening rooms that nobody planned.

Owns the search under way and the change that is shown before it is applied. It must not know how either is
drawn. A search that was dropped, or whose rooms were changed meanwhile, changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from facilitator_tui.core import seating
from facilitator_tui.core.actions import Outcome, Refused
from facilitator_tui.core.events import Event
from facilitator_tui.core.meetings import happened_rounds
from facilitator_tui.core.plan import Item
from facilitator_tui.core.room_change import RoomChange, apply_change, presence_gap, replan_rooms
from facilitator_tui.core.room_plan import RoomPlan, plan_rooms
from facilitator_tui.core.room_rounds import seated_people
from facilitator_tui.core.run import Run
from facilitator_tui.rotation import Rotation, Way

if TYPE_CHECKING:
    from facilitator_tui.console.conductor import Conductor
    from facilitator_tui.console.rooms_desk import RoomsDesk

Action = Callable[[Run, datetime], Outcome]

SEARCH_S = 2.0
OPENING_S = 0.5
"""Rooms that are opened without a plan are searched this long."""
REPLAN_S = 0.25
LOOK_S = 0.25
CHANGED = "the rooms were changed meanwhile; plan again"


@dataclass
class Hunt:
    """A search under way. The thread writes `best`; the screen reads it and may end it."""

    what: str
    best: Rotation | None = None
    enough: bool = False
    dropped: bool = False

    def found(self, rotation: Rotation) -> None:
        self.best = rotation

    def over(self) -> bool:
        return self.enough or self.dropped

    @property
    def words(self) -> str:
        best = self.best
        so_far = "" if best is None else f": {best.coincidences - best.earlier} meetings again so far"
        return f"{self.what}{so_far} · P takes it, esc drops it"


class RoomsPlanner:
    def __init__(self, conductor: Conductor, desk: RoomsDesk) -> None:
        self._conductor, self._desk = conductor, desk
        self._hunt: Hunt | None = None
        self.change: RoomChange | None = None
        """The difference that is shown and not applied yet."""

    def drop(self) -> bool:
        """End a search without using what it found. False when there is none."""
        if self._hunt is None:
            return False
        self._hunt.dropped = True
        return True

    # ---------------------------------------------------------------- planning

    def plan(self) -> None:
        """Plan the rooms; where they are published, show first who would move. Once more takes the best so far."""
        if self._hunt is not None:
            self._hunt.enough = True
            return
        try:
            item = self._desk.item()
        except Refused as reason:
            self._conductor.say(str(reason), "refused")
            return
        run, now = self._conductor.run, self._conductor.now()
        published = {number for id, number in run.seatings if id == item.id}
        if published - {number for id, number in happened_rounds(run, now) if id == item.id} or (
            published and presence_gap(run, item, self._desk.round(item))
        ):
            self.show_change(item, "few")
        else:
            self._search(item, SEARCH_S, lambda plan: self._conductor.perform(seating.publish(plan)))

    def _search(self, item: Item, seconds: float, then: Callable[[RoomPlan], None]) -> None:
        run, now, store = self._conductor.run, self._conductor.now(), self._conductor.store

        def work(hunt: Hunt) -> RoomPlan:
            return plan_rooms(
                run, now, item, store.history(now), seconds=seconds, on_progress=hunt.found, cancelled=hunt.over
            )

        self._behind(f"planning rooms for {item.title}", work, then)

    def _behind(self, what: str, work: Callable[[Hunt], object], then: Callable[..., None]) -> None:
        """A search in a thread, with its progress; what came of it is not used when rooms changed meanwhile."""
        if self._hunt is not None:
            return
        hunt = self._hunt = Hunt(what)
        before = self._basis()

        def search() -> object | Refused:
            try:
                return work(hunt)
            except Refused as reason:
                return reason

        def done(found: object | Refused) -> None:
            self._hunt, self._conductor.busy = None, ""
            if hunt.dropped:
                self._conductor.say("nothing was changed")
            elif isinstance(found, Refused):
                self._conductor.say(str(found), "refused")
            elif self._basis() != before:
                self._conductor.say(CHANGED, "refused")
            else:
                self._use(then, found)
            self._conductor.draw()

        self._conductor.busy = hunt.words
        self._conductor.stage.later(LOOK_S, self._look_at_hunt)
        self._conductor.stage.behind(search, done)

    def _basis(self) -> tuple[object, ...]:
        """What a search starts from: seats, choices, locks, and the rounds that have begun."""
        run = self._conductor.run
        return run.seatings, run.choices, run.locks, tuple(happened_rounds(run, self._conductor.now()))

    def _use(self, then: Callable[..., None], found: object) -> None:
        try:
            then(found)
        except Refused as reason:
            self._conductor.say(str(reason), "refused")

    def _look_at_hunt(self) -> None:
        if self._hunt is not None:
            self._conductor.busy = self._hunt.words
            self._conductor.draw()
            self._conductor.stage.later(LOOK_S, self._look_at_hunt)

    # ---------------------------------------------------------------- re-planning

    def show_change(self, item: Item, way: Way, opening: Action | None = None) -> None:
        """Find what would change, and show it before it is applied."""
        run, now, store = self._conductor.run, self._conductor.now(), self._conductor.store

        def work(hunt: Hunt) -> RoomChange:
            past, seconds = store.history(now), SEARCH_S if way == "fresh" else REPLAN_S
            return replan_rooms(run, now, item, way, past, seconds=seconds, on_progress=hunt.found, cancelled=hunt.over)

        def show(change: RoomChange) -> None:
            self._desk.show(item)
            self.change, self._conductor.place = change, 0
            self._ask(item, change, opening, self._basis())

        self._behind(f"planning {item.title} again", work, show)

    def _ask(self, item: Item, change: RoomChange, opening: Action | None, basis: tuple[object, ...]) -> None:
        conductor = self._conductor

        def other(way: Way) -> Callable[[], None]:
            def switch() -> None:
                self.change = None
                self.show_change(item, way, opening)

            return switch

        def scroll(by: int) -> Callable[[], None]:
            def move() -> None:
                conductor.move_cursor(by)
                self._ask(item, change, opening, basis)

            return move

        def leave() -> None:
            self.change = None

        scrolls = {"up": scroll(-1), "k": scroll(-1), "down": scroll(1), "j": scroll(1)}
        ways = {"1": other("patch"), "2": other("few"), "3": other("fresh")}
        opens = {"t": lambda: self._apply(change, False, opening, basis)} if opening else {}
        words = f"enter {'applies and opens' if opening else 'applies'} · 1 2 3 another way · esc"
        conductor.ask(
            f"{change.said}.",
            words,
            lambda: self._apply(change, True, opening, basis),
            {**ways, **scrolls, **opens, "escape": leave, "n": leave},
        )

    def _apply(self, change: RoomChange, changed: bool, opening: Action | None, basis: tuple[object, ...]) -> None:
        self.change = None
        conductor = self._conductor
        stale = self._basis() != basis

        def action(run: Run, now: datetime) -> Outcome:
            if changed and stale:
                raise Refused(CHANGED)
            parts = []
            if changed and (change.payloads or not opening):
                parts.append(apply_change(change))
            if opening:
                parts.append(opening(run, now))
            return Outcome(tuple(p for part in parts for p in part.payloads), "; ".join(part.said for part in parts))

        conductor.act(action)

    # ---------------------------------------------------------------- opening

    def open(self, *, with_item: bool = False) -> None:
        """Open the rooms of the live breakout: planned first if nobody has, and as people are here now.

        `with_item`: a pause of the item stops their clock.
        """
        conductor = self._conductor
        run, now = conductor.run, conductor.now()
        try:
            seating.open_rooms(run, now)
            item = seating.breakout_item(run, now)
        except Refused as reason:
            conductor.say(str(reason), "refused")
            return
        opening = _opening(with_item)
        gap = presence_gap(run, item, max(1, seating.current_round(run, now, item.id)))
        if not any(id == item.id for id, _ in run.seatings) and seated_people(run, item):
            self._search(item, OPENING_S, lambda plan: self._open_with(plan, opening))
        elif gap:
            conductor.ask(
                f"{gap.brief}.",
                "enter shows who would move · t opens as is · esc",
                lambda: self.show_change(item, "few", opening),
                {"t": lambda: self._opened(opening)},
            )
        else:
            conductor.act(opening)

    def _opened(self, opening: Action) -> None:
        self._conductor.act(opening)

    def _open_with(self, plan: RoomPlan, opening: Action) -> None:
        def action(run: Run, now: datetime) -> Outcome:
            published, opened = seating.publish(plan), opening(run, now)
            return Outcome((*published.payloads, *opened.payloads), f"{opened.said}; {published.said}")

        self._conductor.act(action)

    def noticed(self, events: Sequence[Event]) -> str:
        """What those events mean for seats, in words: a breakout begins, or somebody comes or goes during one."""
        noticed = seating.noticed_gap(self._conductor.run, self._conductor.now(), [event.payload for event in events])
        if noticed is None:
            return ""
        return f"{noticed[1].brief}: {self._conductor.scene().key('rooms.plan')} shows who would move"


def _opening(with_item: bool) -> Action:
    """The action that opens the rooms."""

    def action(run: Run, now: datetime) -> Outcome:
        opening = seating.open_rooms(run, now)
        return seating.pausing_with_item(opening) if with_item else opening

    return action

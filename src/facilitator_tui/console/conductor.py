"""The one who turns keys into events: command, action, log, run, rundown, picture.

Owns the state of the console that is not the call's (page, cursor, question asked, sentence shown) and the one
way from an action to the log. It must not know widgets: a `Stage` draws, waits and copies for it. The journal
comes before the picture, and nothing here counts ticks: every figure follows from `now`.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta, tzinfo

from facilitator_tui.console import pages
from facilitator_tui.console.attention import Attention
from facilitator_tui.console.commands import BY_ID
from facilitator_tui.console.company import Company
from facilitator_tui.console.fields import Fields
from facilitator_tui.console.hints import footer
from facilitator_tui.console.keeping import NotesKeeper
from facilitator_tui.console.keymap import keys_in_force, written
from facilitator_tui.console.notes_desk import NotesDesk
from facilitator_tui.console.rooms_desk import RoomsDesk
from facilitator_tui.console.scene import CLOCK_MODES, PageName, Said, Scene, Tone
from facilitator_tui.console.stage import Stage
from facilitator_tui.console.week_desk import WeekDesk
from facilitator_tui.console.writing import Writing
from facilitator_tui.core import actions, agenda_actions, people, seating
from facilitator_tui.core.actions import Outcome, Refused
from facilitator_tui.core.compress import Compression
from facilitator_tui.core.durations import MINUTE
from facilitator_tui.core.room_rounds import has_rooms
from facilitator_tui.core.run import Run
from facilitator_tui.core.rundown import rundown
from facilitator_tui.store.block import TooLong
from facilitator_tui.store.session_store import SessionStore
from facilitator_tui.store.writer import Trouble

Action = Callable[[Run, datetime], Outcome]

SHOWN_FOR_S = 10.0
TWICE_S = 0.4
"""Two presses within this time are one."""


@dataclass
class Question:
    """Something to confirm. `answers` are keys with what they do; enter and y, esc and n always mean yes and no."""

    text: str
    written: str
    answers: Mapping[str, Callable[[], None]] = field(default_factory=dict)


class Conductor:
    """Plays one session. Every method belongs to the screen's thread unless it says otherwise."""

    def __init__(
        self,
        store: SessionStore,
        stage: Stage,
        *,
        now: Callable[[], datetime],
        local: tzinfo,
        since: Callable[[], float] = time.monotonic,
        steady: Callable[[], float] | None = None,
        keymap: Mapping[str, tuple[str, ...]] | None = None,
        banner: str = "",
        bell: bool = False,
        patience: timedelta = timedelta(seconds=30),
    ) -> None:
        self.store, self.stage = store, stage
        self.now, self._since, self.local = now, since, local
        self.page: PageName = "agenda"
        self._behind: PageName = "agenda"
        """The page that the help was opened on: it tells what acts there."""
        self.cursor, self.place, self.filter = "", 0, ""
        self.language = ""
        self.keys = keys_in_force(dict(keymap or {}))
        self.writing: Writing = Writing(self)
        self.fields: Fields = Fields(self)
        self.keeper: NotesKeeper = NotesKeeper(self)
        self.notes: NotesDesk = NotesDesk(self)
        self.rooms: RoomsDesk = RoomsDesk(self)
        self.company: Company = Company(self)
        self.attention: Attention = Attention(self, steady=steady, patience=patience, bell=bell)
        self.week: WeekDesk = WeekDesk(self)
        self.busy = ""
        self.greeted = False
        """The hint of the first time is shown."""
        self._id_of = {key: id for id, keys in self.keys.items() for key in keys}
        self._on_page = {
            (page, key): command.id
            for command in BY_ID.values()
            if command.id not in (keymap or {})
            for page, keys in command.on_page.items()
            for key in keys
        }
        self._written = {id: written(key) for (_, key), id in self._on_page.items()}
        self._written |= {id: written(keys[0]) for id, keys in self.keys.items() if keys}
        self._banner = banner
        self._clock_mode = 0
        self._said: Said | None = None
        self._said_number = 0
        self._question: Question | None = None
        self._compression: Compression | None = None
        self._pressed: tuple[Action | None, float] = (None, 0.0)
        self._trouble = Trouble("well")
        self._notice = ""

    @property
    def run(self) -> Run:
        return self.store.run

    @property
    def rehearsed(self) -> bool:
        """Nothing of this call may reach the folders of the real one."""
        return bool(self._banner)

    # ---------------------------------------------------------------- opening and the second hand

    def begin(self) -> None:
        """The session was opened: say what was missed, bring the draft back, show the first picture."""
        self.writing.restore()
        self.look_at_plan()
        self.attention.begin()
        self.draw()

    def tick(self) -> None:
        """Once a second: look at the disk, tell what is due, and ask for a new picture."""
        self.take_in()
        self.store.heartbeat.beat()
        self.attention.look()
        self.company.look()
        self.draw()

    def take_in(self) -> None:
        """Look at the disk: events of others, and a plan that was saved."""
        news = self.store.refresh()
        if news.problems is not None:
            self.look_at_plan()
        if news.events:
            self.keeper.changed()

    def came_back(self) -> None:
        """The screen was given away on purpose: catch up with the plan and with the call."""
        self.take_in()
        self.attention.catch_up()

    def look_at_plan(self) -> None:
        """Keep the first problem of the plan file in sight while there is one that matters."""
        self._notice = self.store.plan_notice

    def ignore(self) -> None:
        """The question stays: it has to be answered before the clock is shown."""

    # ---------------------------------------------------------------- the picture

    def scene(self) -> Scene:
        now = self.now()
        view = rundown(self.run, now)
        live_breakout = bool(view.live and has_rooms(self.run.plan, view.live.row.item))
        voting = bool(view.live and view.live.row.item.kind == "vote")
        hints = footer(view.state, self.page, live_breakout, view.rooms is not None, voting)
        focus = self.writing.focus
        scene = Scene(
            run=self.run,
            view=view,
            local=self.local,
            page=self.page,
            cursor=self.cursor if self.page == "agenda" else "",
            place=self.place,
            filter=self.filter,
            clock=CLOCK_MODES[self._clock_mode],
            room=focus.room,
            question=focus.question,
            language=self.language,
            said=self._said,
            asking=self._question.text if self._question else "",
            answers=self._question.written if self._question else "",
            entering=self.fields.open,
            capturing=self.writing.is_open,
            editing=self.writing.editing,
            draft=self.writing.draft,
            unsaved=self.store.unsaved_ids(),
            trouble=self._trouble.banner,
            notice=self._notice,
            banner=self._banner,
            stale=self.attention.left_open is not None,
            alerts=self.attention.alerts,
            compression=self._compression,
            week=self.week.view(view) if self.page == "week" else None,
            keys=self._written,
            hints=tuple((self._written[id], word) for id, word in hints if id in self._written),
            busy=self.busy,
            company=self.company.words,
            greeted=self.greeted,
            notes=self.notes.view(),
            behind=self._behind,
            rooms=self.rooms.view() if "rooms" in (self.page, self._behind if self.page == "help" else "") else None,
        )
        return self.notes.pointing(scene)

    def draw(self) -> None:
        scene = self.scene()
        self.stage.draw(scene, pages.page_of(scene, self.keys))

    def trouble(self, trouble: Trouble) -> None:
        """The writer told how it is."""
        self._trouble = trouble
        self.draw()

    # ---------------------------------------------------------------- acting

    def press(self, key: str) -> bool:
        """A key that no text field took. False when it means nothing."""
        if self.greeted:
            self.greeted = False
            self.draw()
        if self._question is not None:
            return self.answer(key)
        id = self._on_page.get((self.page, key)) or self._id_of.get(key)
        if id is None:
            return False
        self.do(id)
        return True

    def do(self, id: str) -> None:
        """Carry out a command. While something is asked, nothing else is done."""
        if self._question is None:
            BY_ID[id].run(self)
            self.draw()

    def act(self, action: Action, *, once: bool = False, sure: bool = False) -> bool:
        """Do an action of the core: refuse, ask or perform, and say so. True when it was performed.

        `once`: pressed twice within `TWICE_S` it is done once.
        """
        if once and action is self._pressed[0] and self._since() - self._pressed[1] < TWICE_S:
            return False
        self.attention.check_clock()
        try:
            outcome = action(self.run, self.now())
        except Refused as reason:
            self.say(str(reason), "refused")
            return False
        if outcome.asks and not sure:
            self.ask(outcome.asks, "enter yes · esc no", lambda: self._confirmed(action))
            return False
        self._pressed = (action, self._since())
        self.perform(outcome)
        return True

    def _confirmed(self, action: Action) -> None:
        self.act(action, sure=True)

    def perform(self, outcome: Outcome, *, quiet: bool = False) -> None:
        """Append what an action comes to and say what was done."""
        self.keeps(outcome, quiet=quiet)

    def keeps(self, outcome: Outcome, *, quiet: bool = False) -> bool:
        """`perform`, and whether it could be kept; why not is said too."""
        try:
            events = self.store.perform(outcome, self.now()) if outcome.payloads else ()
        except TooLong as reason:
            self.say(str(reason), "refused")
            return False
        if events:
            self.keeper.changed()
        if outcome.said and not quiet:
            undoable = any(event.payload.undoable for event in events)
            noticed = self.rooms.planner.noticed(events)
            self.say(f"{noticed} · {outcome.said}" if noticed else outcome.said, undo=undoable)
        return True

    def act_on_item(self, action: Callable[[Run, datetime, str], Outcome]) -> None:
        """Do an action on the item under the cursor."""
        item = self.cursor
        if self.page != "agenda" or not item:
            self.say(f"choose an item first: {self._written.get('cursor.down', 'down')} moves the cursor", "refused")
            return
        self.act(lambda run, now: action(run, now, item))

    # ---------------------------------------------------------------- saying and asking

    def say(self, text: str, tone: Tone = "done", *, undo: bool = False) -> None:
        """Show a sentence for ten seconds."""
        self._said = Said(text, tone, self._written.get("undo", "") if undo else "")
        self._said_number += 1
        number = self._said_number
        self.stage.later(SHOWN_FOR_S, lambda: self._fall_silent(number))

    def _fall_silent(self, number: int) -> None:
        if number == self._said_number and self._said is not None:
            self._said = None
            self.draw()

    def ask(
        self,
        text: str,
        answers: str,
        yes: Callable[[], None],
        more: Mapping[str, Callable[[], None]] | None = None,
    ) -> None:
        """Ask something below the agenda; only its answers act until it is answered."""
        keys: dict[str, Callable[[], None]] = {"enter": yes, "y": yes, "escape": lambda: None, "n": lambda: None}
        self._question = Question(text, answers, {**keys, **(more or {})})

    @property
    def asking(self) -> bool:
        return self._question is not None

    def answer(self, key: str) -> bool:
        """A key while a question is open; False when it is no answer."""
        question = self._question
        if question is None or key not in question.answers:
            return False
        answered = question.answers[key]
        if answered != self.ignore:
            self._question = None
        answered()
        self.draw()
        return True

    # ---------------------------------------------------------------- pages and cursors

    def turn(self, page: PageName) -> None:
        """Open a page; the same key once more goes back."""
        self.fields.close()
        if page == "help" and self.page != "help":
            self._behind = self.page
        self.page = "agenda" if page == self.page and page != "agenda" else page
        self.place, self.filter, self._compression = 0, "", None
        pages.entered(self)

    def home(self) -> None:
        """The agenda with the cursor on the live item."""
        self.turn("agenda")
        self.cursor = ""

    def back(self) -> None:
        """Leave whatever is open, the innermost first. The session stays as it is."""
        if (self.page == "rooms" and self.rooms.back()) or self.notes.back():
            return
        if self.filter and self.page == "notes":
            self.filter = ""
        elif self.page == "help" and self._behind != "palette":
            self.turn(self._behind)
        elif self.page != "agenda":
            self.turn("agenda")
        else:
            self.cursor = ""

    def move_cursor(self, by: int) -> None:
        if self.page == "agenda":
            self.cursor = pages.next_item_id(self.scene(), self.cursor, by)
        else:
            scene = self.scene()
            count = len(pages.choosable(scene, self.keys))
            self.place = max(0, min(scene.place + by, count - 1))
            self.rooms.pointed()
            self.notes.pointed()

    def choose(self) -> None:
        """Enter: go to the item under the cursor, or take the line of the page."""
        if self.page == "agenda":
            if self.cursor:
                self.act_on_item(actions.goto)
            else:
                self.say("choose an item with the arrows first", "refused")
            return
        pages.taken(self)

    def chosen(self) -> str:
        """What the line under the cursor of a page stands for; empty without one."""
        scene = self.scene()
        ids = pages.choosable(scene, self.keys)
        return ids[max(0, min(scene.place, len(ids) - 1))] if ids else ""

    def next_clock(self) -> None:
        self._clock_mode = (self._clock_mode + 1) % len(CLOCK_MODES)

    def next_language(self) -> None:
        if self.page == "rooms":
            self.rooms.next_language()
        else:
            self.language = pages.following_language(self.scene())

    # ---------------------------------------------------------------- what takes more than one action

    def preview_compress(self) -> None:
        try:
            _, plan = agenda_actions.compress_agenda(self.run, self.now())
        except Refused as reason:
            self.say(str(reason), "refused")
            return
        self.turn("compress")
        self._compression = plan

    def apply_compress(self) -> None:
        self.turn("agenda")
        self.act(lambda run, now: agenda_actions.compress_agenda(run, now)[0])

    def everybody_here(self) -> None:
        self.act(people.everybody_here)

    def open_rooms(self, *, with_item: bool = False) -> None:
        """Open the rooms, planning them first if nobody has. `with_item`: a pause of the item stops their clock."""
        self.rooms.planner.open(with_item=with_item)

    def rooms_clock(self) -> None:
        """Open the rooms; when there are some, ask what to do with them."""
        rooms = rundown(self.run, self.now()).rooms
        if rooms is None:
            self.open_rooms()
            return
        closed = rooms.phase != "running"

        def extend(by: timedelta) -> Callable[[], None]:
            return lambda: self._acted(lambda run, now: seating.extend_rooms(run, now, by))

        self.ask(
            f"Rooms {rooms.phase}:" if closed else "Rooms:",
            f"+ - a minute · ] [ five · enter {'opens them anew' if closed else 'calls everybody back'} · esc",
            self.open_rooms if closed else lambda: self._acted(seating.recall_rooms),
            {
                "plus": extend(MINUTE),
                "minus": extend(-MINUTE),
                "right_square_bracket": extend(5 * MINUTE),
                "left_square_bracket": extend(-5 * MINUTE),
            },
        )

    def _acted(self, action: Action) -> None:
        self.act(action)

    def copy(self) -> None:
        text = pages.copied_text(self)
        if text:
            self.stage.copy(text)
        else:
            self.say("nothing to copy here", "refused")

    def write_notes_now(self) -> None:
        self.keeper.export()

    def leave(self) -> None:
        self.stage.leave()

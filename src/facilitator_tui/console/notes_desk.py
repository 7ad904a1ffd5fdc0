"""The desk for what was written down: the chosen line and what is done to it, filters, presenting, plain text.

Owns what the pages of notes, harvest and ideas remember between two keys. It must not know how they are drawn;
what is worth saving goes to the log through the conductor. The cursor stands on a line, not on a number: a line
that comes in from another computer never slides under it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from facilitator_tui.console import pages, plain
from facilitator_tui.console.fields import Field
from facilitator_tui.console.notes_view import NotesView
from facilitator_tui.console.screens.notes import KIND, VERSION
from facilitator_tui.console.screens.present import leafed
from facilitator_tui.core import dictation, ideas, line_actions
from facilitator_tui.core.actions import Outcome
from facilitator_tui.core.capture import Capture
from facilitator_tui.core.grammar import kinds_of
from facilitator_tui.core.roster import named
from facilitator_tui.core.run import Run
from facilitator_tui.store.session_store import other_runs

if TYPE_CHECKING:
    from facilitator_tui.console.conductor import Conductor
    from facilitator_tui.console.scene import PageName, Scene

Change = Callable[[Run, datetime, str], Outcome]

LONGEST_PROMPT = 56
"""Cells of a prompt, so that there is room to type behind it in the narrowest window."""

_PAGES = ("notes", "harvest", "ideas", "messages")


class NotesDesk:
    def __init__(self, conductor: Conductor) -> None:
        self._conductor = conductor
        self._view = NotesView()
        self._chosen = ""
        self._from: PageName = "agenda"
        self._returns = (0, "")

    def view(self) -> NotesView:
        return self._view

    # ---------------------------------------------------------------- the cursor

    def pointing(self, scene: Scene) -> Scene:
        """The scene with the cursor where the chosen line stands now."""
        if not self._chosen or scene.page not in _PAGES:
            return scene
        ids = pages.choosable(scene, self._conductor.keys)
        return replace(scene, place=ids.index(self._chosen)) if self._chosen in ids else scene

    def pointed(self) -> None:
        """The cursor was moved: remember the line it stands on."""
        self._chosen = ""
        if self._conductor.page in _PAGES:
            self._chosen = self._conductor.chosen()

    def entered(self) -> None:
        """A page was opened."""
        self._chosen = ""
        self._view = replace(self._view, kind="", joining="", sorted=False)
        if self._conductor.page == "ideas":
            self._read_others()

    def line(self) -> str:
        """The id of the line under the cursor; empty without one, as on pages that list something else."""
        chosen = self._conductor.chosen() if self._conductor.page in ("notes", "harvest") else ""
        return "" if chosen.startswith(KIND) else chosen.partition(VERSION)[0]

    def _capture(self) -> Capture | None:
        id = self.line()
        return self._conductor.run.capture(id) if id else None

    # ---------------------------------------------------------------- what is done to the line

    def _act(self, change: Change) -> None:
        """Do something to the chosen line; the cursor stays on it."""
        id = self.line()
        self._chosen = self._chosen or self._conductor.chosen()
        self._conductor.act(lambda run, now: change(run, now, id))

    def count(self, more: int) -> None:
        self._act(lambda run, now, id: line_actions.count(run, now, id, more))

    def flag(self, name: str) -> None:
        self._act(lambda run, now, id: line_actions.flag(run, now, id, name))

    def remove(self) -> None:
        """The line goes; the cursor stands on the next one."""
        conductor = self._conductor
        id = self.line()
        conductor.place, self._chosen = conductor.scene().place, ""
        conductor.act(lambda run, now: line_actions.remove(run, now, id))

    def rekind(self) -> None:
        """Ask for the kind; a sign or a word."""
        id = self.line()
        if not id:
            self._conductor.say("choose a line first", "refused")
            return
        words = " ".join(one.word for one in kinds_of(self._conductor.run.plan.kinds).values())

        def submit(text: str) -> bool:
            word = text.strip()
            return not word or self._conductor.act(
                lambda run, now: line_actions.rekind(run, now, id, word, dictation.context_of(run, now))
            )

        self._conductor.fields.show(Field(plain.cut(f"kind: {words}", LONGEST_PROMPT), submit, mended=True))

    def join(self) -> None:
        """The first press marks a line, the second joins another one with it."""
        id, first = self.line(), self._view.joining
        if not id:
            self._conductor.say("choose a line first", "refused")
        elif not first:
            self._view = replace(self._view, joining=id)
            self._conductor.say("now choose the line to join it with and press the key once more; esc lets go")
        elif first == id:
            self._view = replace(self._view, joining="")
            self._conductor.say("nothing is joined")
        else:
            self._view = replace(self._view, joining="")
            self._chosen = first
            self._conductor.act(lambda run, now: line_actions.merge(run, now, (first, id)))

    def choose_version(self) -> None:
        """The version under the cursor stands alone from now on."""
        id, _, number = self._conductor.chosen().partition(VERSION)
        self._chosen = id
        self._conductor.act(lambda run, now: line_actions.choose_version(run, now, id, int(number or 0)))

    def settle(self) -> None:
        """Ask what the first unsure mark of the line means."""
        capture = self._capture()
        if capture is None or not capture.content.unsure:
            key = self._conductor.scene().key("page.find")
            self._conductor.say(f"nothing on this line is unsure; {key} unsure finds such lines", "refused")
            return
        mark, id = capture.content.unsure[0], capture.id
        offered = line_actions.meanings(self._conductor.run, mark)
        roster = self._conductor.run.roster
        names = " · ".join(f"{number} {named(roster, one)}" for number, one in enumerate(offered, 1))
        prompt = plain.cut(f"“{plain.cut(mark, 20)}” means {names}".rstrip(), LONGEST_PROMPT)

        def submit(text: str) -> bool:
            wanted = text.strip()
            if wanted.isdecimal() and 1 <= int(wanted) <= len(offered):
                wanted = offered[int(wanted) - 1]
            return self._conductor.act(
                lambda run, now: line_actions.settle(run, now, id, mark, wanted, dictation.context_of(run, now))
            )

        self._chosen = self._chosen or self._conductor.chosen()
        self._conductor.fields.show(Field(prompt, submit, mended=True))
        choice = "a number or a name" if offered else "a name, a date, a room"
        self._conductor.say(f"{choice}; enter alone: it is plain text")

    def take(self, id: str) -> None:
        """Enter: edit the line, choose the version, present the kind, or place the idea."""
        page = self._conductor.page
        if page == "present" or id.startswith(KIND):
            self.next_kind()
        elif page == "ideas":
            self.place_idea()
        elif VERSION in id:
            self.choose_version()
        elif id:
            self._chosen = id
            self._conductor.writing.edit(id)

    # ---------------------------------------------------------------- filters and presenting

    def next_kind(self) -> None:
        """On the notes the next kind is listed alone; on the harvest the one under the cursor is presented or not."""
        page = self._conductor.page
        if page == "harvest":
            self._present_or_not()
        elif page == "present":
            kinds = ("", *(kind for kind in self._view.presented if kind in _kinds_in(self._conductor.run)))
            self._view = replace(self._view, alone=_after(kinds, self._view.alone))
            self._conductor.place = 0
        else:
            if page != "notes":
                self._conductor.turn("notes")
            kinds = ("", *_kinds_in(self._conductor.run))
            self._chosen, self._conductor.place = "", 0
            self._view = replace(self._view, kind=_after(kinds, self._view.kind))

    def _present_or_not(self) -> None:
        chosen = self._conductor.chosen()
        capture = self._capture()
        kind = chosen.removeprefix(KIND) if chosen.startswith(KIND) else capture.content.type if capture else ""
        if not kind:
            self._conductor.say("choose a kind first", "refused")
            return
        shown = self._view.presented
        on = kind not in shown
        self._view = replace(self._view, presented=(*shown, kind) if on else tuple(one for one in shown if one != kind))
        title = kinds_of(self._conductor.run.plan.kinds)[kind].title if kind in _kinds(self._conductor.run) else kind
        self._conductor.say(f"{title}: {'presented' if on else 'not presented'}")

    def present(self) -> None:
        """Show the ticked kinds; the same key once more goes back to the harvest."""
        if self._conductor.page == "present":
            self.back()
            return
        self._view = replace(self._view, alone="")
        self._conductor.turn("present")

    def leaf(self, by: int) -> None:
        """On the screens for others, on to the next screenful or back."""
        conductor = self._conductor
        scene = conductor.scene()
        if scene.page not in ("present", "plain"):
            conductor.say("open a presentation or a plain text first: only these have leaves to turn", "refused")
            return
        conductor.place = leafed(scene, by) if scene.page == "present" else scene.place + 20 * by
        conductor.move_cursor(0)

    def show_plain(self) -> None:
        """Nothing but the text of the page, to be selected with the terminal's mouse."""
        conductor = self._conductor
        text = pages.copied_text(conductor)
        if not text:
            conductor.say("nothing to show here", "refused")
            return
        origin, returns = conductor.page, (conductor.place, conductor.filter)
        conductor.turn("plain")
        self._from, self._returns = origin, returns
        self._view = replace(self._view, plain=text)

    def back(self) -> bool:
        """Esc: the innermost thing of these pages is left. False when there is none."""
        conductor, view = self._conductor, self._view
        if conductor.page == "plain":
            conductor.turn(self._from)
            conductor.place, conductor.filter = self._returns
        elif conductor.page == "present":
            conductor.turn("harvest")
        elif view.joining and conductor.page in _PAGES:
            self._view = replace(view, joining="")
        elif view.kind and conductor.page == "notes":
            self._view = replace(view, kind="")
        else:
            return False
        return True

    # ---------------------------------------------------------------- ideas and dots

    def _read_others(self) -> None:
        conductor = self._conductor
        store, now, plan, here = conductor.store, conductor.now(), conductor.run.plan, conductor.run.session.id

        def read() -> tuple[Run, ...]:
            return other_runs(plan, store.records, now, here)

        def keep(runs: tuple[Run, ...]) -> None:
            self._view = replace(self._view, others=runs)
            # Letters are given to the options of the whole week, so nothing is typed before all of them are known.
            # Whoever began to type or was asked something meanwhile keeps the keys.
            busy = conductor.fields.open or conductor.writing.is_open or conductor.asking
            if conductor.page == "ideas" and not busy and ideas.vote_item(conductor.run):
                conductor.fields.dots()
            conductor.draw()

        conductor.stage.behind(read, keep)

    def sort_dots(self) -> None:
        self._view = replace(self._view, sorted=not self._view.sorted)

    def place_idea(self) -> None:
        """Ask for the session that takes the idea under the cursor up."""
        conductor = self._conductor
        id = conductor.chosen()
        week = (*(one for one in self._view.others), conductor.run)
        idea = next((one for one in ideas.ideas_of(week, ("idea", "park")) if one.id == id), None)
        if idea is None:
            conductor.say("choose an idea first", "refused")
            return
        names = " ".join(session.id for session in conductor.run.plan.sessions)

        def submit(text: str) -> bool:
            return not text.strip() or conductor.act(
                lambda run, now: ideas.place(run, now, idea.id, idea.text, text.strip())
            )

        conductor.fields.show(Field(plain.cut(f"session ({names}, - open)", LONGEST_PROMPT), submit, mended=True))


def _kinds(run: Run) -> tuple[str, ...]:
    return tuple(kinds_of(run.plan.kinds))


def _kinds_in(run: Run) -> tuple[str, ...]:
    """Kinds of which there are lines, in the usual order."""
    there = {one.content.type for one in run.captures if not one.removed}
    return tuple(kind for kind in _kinds(run) if kind in there)


def _after(ring: tuple[str, ...], now: str) -> str:
    return ring[(ring.index(now) + 1) % len(ring)] if now in ring else ring[0]

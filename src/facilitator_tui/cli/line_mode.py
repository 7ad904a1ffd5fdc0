"""The line mode: a call played by lines instead of keys and a picture, with the same actions and the same log.

Owns what a line does and what is said by itself as time passes. It must not know where lines come from nor where
they go. An action is safe on disk before it is told.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from facilitator_tui.cli import spoken, typed
from facilitator_tui.cli.live import ACTIONS
from facilitator_tui.cli.place import Place, refresh_notes, save
from facilitator_tui.cli.rooms_do import rooms_outcome
from facilitator_tui.core import actions, agenda_actions
from facilitator_tui.core.actions import Outcome, Refused
from facilitator_tui.core.alerts import AlertMemory, LeftOpen, Summary, due, left_open, slept
from facilitator_tui.core.capture import Capture
from facilitator_tui.core.dictation import Focus, type_line
from facilitator_tui.core.problems import Problem
from facilitator_tui.core.roster import find
from facilitator_tui.core.run import Run
from facilitator_tui.core.rundown import Rundown, rundown
from facilitator_tui.errors import FacilitatorError
from facilitator_tui.store.session_store import SessionStore

HELP = """\
One line is one command or one note. Everything is saved before it is told.
s starts, n goes on, p goes back, pause and resume stop the clock and let it go on.
+5 and -3 change the time of the item, until 10:40 sets its end, b 3 says that it began 3 minutes ago.
x ITEM leaves an item out, o break 5 puts one in, goto ITEM jumps, c shortens the rest, u undoes, U does it again.
Lines that begin with a mark are written down: = takeaway, == key message, ++ enabler, -- inhibitor, ! action, > quote.
Any line of several words is a note; i writes down whatever stands behind it.
status, agenda, who, rooms, messages and notes tell how things are; an empty line says what is on.
here NAME, away NAME and spoke NAME are about people; rooms start, rooms extend +3 and rooms recall about rooms.
finish ends the session; q leaves, and the run goes on in the log."""

MOVES = frozenset({"start", "next", "previous", "goto"})
"""Actions behind which the item under way is told."""

MOST_SAID = 5

LONG_NAME = 3
"""Words from which on a name that is not on the roster may well be a sentence."""


class LineMode:
    """`asks`: somebody is there to answer; without anybody, as in a pipe, everything is done at once."""

    def __init__(self, store: SessionStore, place: Place, *, asks: bool) -> None:
        self._store, self._place, self._asks = store, place, asks
        self._focus = Focus()
        self._question: Outcome | None = None
        self._memory = AlertMemory()
        self._looked: datetime | None = None
        self._away: tuple[datetime, timedelta] | None = None
        self._left_open: LeftOpen | None = None
        self._seen: tuple[str, str] = ("", "")
        self.left = False
        self.refused = False
        """Some line could not be done."""

    @property
    def _run(self) -> Run:
        return self._store.run

    def _view(self) -> Rundown:
        return rundown(self._run, self._place.now)

    # ---------------------------------------------------------------- opening and the second hand

    def opening(self) -> list[str]:
        """What is on, at the beginning."""
        view = self._view()
        self._forget(view)
        lines = [spoken.heading(self._run, view), *self._left_over(view), *self._problems(self._store.problems)]
        sessions = [one.id for one in self._run.plan.sessions]
        if self._asks and len(sessions) > 1:
            lines.append(f"The sessions of this plan are {', '.join(sessions)}; --session ID opens another one.")
        if self._asks:
            lines.append("help tells the commands; q leaves.")
        return [*lines[:1], *spoken.on_now(self._run, view), *lines[1:]]

    def _left_over(self, view: Rundown) -> list[str]:
        left = self._left_open = left_open(self._run, view.now)
        if left is None:
            return []
        zone = self._run.plan.programme.tz
        said = f"This session of {left.day.day} {left.day:%B} was never finished. close finishes it at"
        return [
            spoken.sentence(f"{said} {left.close_at.astimezone(zone):%H:%M}; n, pause or any other command goes on")
        ]

    def look(self) -> list[str]:
        """Once a second: what has come due, what others did, what became of the plan."""
        news = self._store.refresh()
        self._store.heartbeat.beat()
        view = self._view()
        before, self._looked = self._looked or view.now, view.now
        found, self._memory = due(self._memory, view)
        lines = self._problems(news.problems) if news.problems is not None else []
        if news.problems is not None and not lines:
            lines = ["The plan was changed and is taken over."]
        lines += self._of_others(view) if news.events else []
        away = slept(before, view.now)
        if away is not None and view.state == "running" and self._left_open is None:
            self._away = (before, away)
            lines.append(
                spoken.sentence(f"Away {spoken.spoken(away)}, the clock counted on; subtract makes it a pause")
            )
            found = tuple(one for one in found if not isinstance(one, Summary) or one.passed)
        return [*lines, *(spoken.alert(one) for one in found)] if self._left_open is None else lines

    def _problems(self, problems: tuple[Problem, ...]) -> list[str]:
        errors = [one for one in problems if one.severity == "error"]
        said = [spoken.sentence(f"plan line {one.line}: {one.message}") for one in errors[:MOST_SAID]]
        return [*said, "The last good plan goes on."] if said else []

    def _of_others(self, view: Rundown) -> list[str]:
        """Another window or person moved the call."""
        before, self._seen = self._seen, self._standing(view)
        if before == self._seen:
            return []
        return [spoken.sentence(f"from another window: {spoken.on_now(self._run, view)[0]}")]

    def _standing(self, view: Rundown) -> tuple[str, str]:
        live = view.live.row if view.live else view.waiting
        return view.state, live.item.id if live else ""

    def _forget(self, view: Rundown) -> None:
        """What is so now is not news."""
        self._memory = due(AlertMemory(), view)[1]
        self._looked = view.now
        self._seen = self._standing(view)

    # ---------------------------------------------------------------- a line

    def take(self, line: str) -> list[str]:
        """Do what a line says; what is told of it."""
        self._store.refresh()
        said = typed.read_line(line, asked=self._question is not None)
        question, self._question = self._question, None
        try:
            return self._taken(said, question)
        except FacilitatorError as reason:
            self.refused = True
            hint = "; to write the line down, put i before it" if self._is_wordy(said) else ""
            return [spoken.sentence(f"{str(reason).rstrip('.')}{hint}")]

    @staticmethod
    def _is_wordy(said: typed.Typed) -> bool:
        return said.what == typed.DO and said.name in typed.WITH_WORDS.values() and len(said.rest) > 1

    def _taken(self, said: typed.Typed, question: Outcome | None) -> list[str]:
        match said.what:
            case typed.NOTHING:
                return spoken.on_now(self._run, self._view())
            case typed.ANSWER:
                return self._performed(question, said.name) if question and said.name == "yes" else ["Nothing is done."]
            case typed.CAPTURE:
                return self._written(said.text)
            case typed.SHOW:
                return self._shown(said)
            case typed.DO:
                return self._done(said)
            case typed.LEAVE:
                self.left = True
                return ["Left. The run goes on in the log."]
        if said.name.lower() == "close" and self._left_open:
            left = self._left_open
            return self._performed(actions.close(self._run, self._place.now, left.close_at), "close")
        near = typed.nearest(said.name)
        hint = f"did you mean {near}?" if near else "help tells the commands."
        raise Refused(f"no command {said.name!r}; to write it down, say i {said.name}. {hint}")

    def _shown(self, said: typed.Typed) -> list[str]:
        run, view = self._run, self._view()
        tell: dict[str, Callable[[], list[str]]] = {
            "status": lambda: [spoken.heading(run, view), *spoken.on_now(run, view)],
            "agenda": lambda: spoken.agenda(run, view),
            "who": lambda: spoken.who(run),
            "rooms": lambda: spoken.rooms(run, view),
            "messages": lambda: spoken.messages(run, view, said.text),
            "captures": lambda: spoken.captures(run, said.text),
            "help": HELP.splitlines,
        }
        return tell[said.name]()

    # ---------------------------------------------------------------- doing

    def _done(self, said: typed.Typed) -> list[str]:
        if said.name == "compress" and self._asks:
            return self._preview()
        outcome = self._outcome(said.name, list(said.rest))
        if outcome.asks and self._asks:
            self._question = outcome
            return [spoken.sentence(f"{outcome.asks} Say yes or no")]
        return self._performed(outcome, said.name)

    def _preview(self) -> list[str]:
        """What compress would change, and the question whether to do it."""
        outcome, plan = agenda_actions.compress_agenda(self._run, self._place.now)
        self._question = outcome
        changes = [f"{one.title}: {spoken.spoken(one.old)} becomes {spoken.spoken(one.new)}" for one in plan.changes]
        return [*(spoken.sentence(one) for one in changes), spoken.sentence(f"{outcome.said}. Say yes or no")]

    def _outcome(self, name: str, words: list[str]) -> Outcome:
        run, now = self._run, self._place.now
        match name:
            case "compress":
                return agenda_actions.compress_agenda(run, now)[0]
            case "rooms":
                return rooms_outcome(self._store, self._place, words, with_item=False, preview=False)
            case "clock-of-rooms":
                if rundown(run, now).rooms is None:
                    return rooms_outcome(self._store, self._place, ["start"], with_item=False, preview=False)
                raise Refused("the rooms are open; rooms extend +3 gives them time, rooms recall calls everybody back")
            case "toggle":
                return actions.resume(run, now) if run.live and run.live.paused else actions.pause(run, now)
            case "exact":
                return actions.change_time(run, now, " ".join(words), "")
            case "subtract":
                return self._subtracted(run, now)
            case "here" | "away" | "spoke":
                _check_name(run, " ".join(words))
        return ACTIONS[name](run, now, words)

    def _subtracted(self, run: Run, now: datetime) -> Outcome:
        if self._away is None:
            raise Refused("there was no time away that could be subtracted")
        since, length = self._away
        self._away = None
        return actions.subtract(run, now, since, since + length)

    def _performed(self, outcome: Outcome, name: str) -> list[str]:
        """Append, wait until it is safe, and tell it in one sentence; behind a move also where it led to."""
        if not outcome.payloads:
            return [spoken.told(outcome.said)]
        self._store.perform(outcome, self._place.now)
        self._left_open = None
        self._saved()
        view = self._view()
        self._seen = self._standing(view)
        # What this action itself brought about was told with it.
        self._memory = due(self._memory, view)[1]
        told = [spoken.told(outcome.said)]
        return [*told, *spoken.on_now(self._run, view)[:2]] if view.live and name in {*MOVES, "yes"} else told

    def _written(self, line: str) -> list[str]:
        taken = type_line(self._run, self._place.now, line, self._focus)
        self._focus = taken.focus
        if taken.handed_back is not None:
            if taken.handed_back.name == "find":
                return spoken.captures(self._run, taken.handed_back.argument)
            raise Refused(f"/{taken.handed_back.name} needs the console; /undo takes the last line back")
        if not taken.outcome.payloads:
            return [spoken.sentence(taken.outcome.said)] if taken.outcome.said else []
        self._store.perform(taken.outcome, self._place.now)
        self._saved()
        if line.startswith("/"):
            return [spoken.sentence(taken.outcome.said)]
        return [
            spoken.sentence(f"written down: {spoken.capture(self._run, one)}") for one in self._latest(taken.outcome)
        ]

    def _latest(self, outcome: Outcome) -> tuple[Capture, ...]:
        return tuple(self._run.shown_captures()[-len(outcome.payloads) :])

    def _saved(self) -> None:
        save(self._store)
        refresh_notes(self._store, self._place)


def _check_name(run: Run, name: str) -> None:
    """A sentence that happens to begin with such a word must not become a person of that name."""
    if name.startswith("+") or len(name.split()) < LONG_NAME or find(run.roster, name).found:
        return
    raise Refused(f"nobody on the roster is called {name!r}; here +NAME adds somebody")

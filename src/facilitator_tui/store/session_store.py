"""One session opened: its plan, its log and the run that follows from both.

Owns the way from an action's outcome to the log and back into a run, for the console and the command line
alike. It must not know keys or screens, nor what the actions mean.
"""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from facilitator_tui import paths
from facilitator_tui.core.actions import Outcome
from facilitator_tui.core.events import Event, SessionStarted
from facilitator_tui.core.fold import Fold
from facilitator_tui.core.plan import Plan, Session
from facilitator_tui.core.problems import Problem
from facilitator_tui.core.run import Run
from facilitator_tui.core.rundown import State, rundown
from facilitator_tui.errors import FacilitatorError
from facilitator_tui.store.device import device_id
from facilitator_tui.store.drafts import Drafts, Heartbeat
from facilitator_tui.store.journal import Journal, Loaded, Log
from facilitator_tui.store.plan_file import LoadedPlan, load_plan
from facilitator_tui.store.presence import Presence
from facilitator_tui.store.watch import PlanWatch
from facilitator_tui.store.writer import Trouble

LONG_UNFINISHED = timedelta(hours=12)
"""A run that nobody finished is no longer running this long after its hard stop."""


@dataclass(frozen=True, slots=True)
class Overview:
    """A session of the programme with what its log says."""

    session: Session
    run: Run
    state: State
    start: datetime
    """The planned start in force."""
    stop: datetime
    unfinished: bool
    """It was left running on another day."""


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What a look at the disk brought: events of others, a new plan, or a plan that can't be used."""

    events: tuple[Event, ...] = ()
    plan_changed: bool = False
    problems: tuple[Problem, ...] | None = None
    """The problems of the plan file when it was read again, else None."""

    def __bool__(self) -> bool:
        return bool(self.events) or self.plan_changed or self.problems is not None


def usable_plan(path: Path) -> tuple[Plan, LoadedPlan]:
    """Read a plan that can be run. Raises FacilitatorError that names its first error."""
    loaded = load_plan(path)
    if loaded.plan is None:
        first = loaded.errors[0]
        more = f" (and {len(loaded.errors) - 1} more)" if len(loaded.errors) > 1 else ""
        raise FacilitatorError(
            f"{first.file}:{first.line}: {first.message}{more}; `facilitator check` lists every problem"
        )
    return loaded.plan, loaded


Saved = Callable[[tuple[str, ...]], None]
Troubled = Callable[[Trouble], None]


def open_journal(
    records: Path,
    session: str,
    device: str | None = None,
    on_saved: Saved = lambda _: None,
    on_trouble: Troubled = lambda _: None,
) -> Journal:
    """The log of a session below the records folder. Reads and creates nothing."""
    return Journal(
        records / session,
        device=device or device_id(paths.state_folder()),
        fallback=paths.second_place(records, session),
        on_saved=on_saved,
        on_trouble=on_trouble,
    )


def overview(plan: Plan, records: Path, now: datetime) -> tuple[Overview, ...]:
    """Every session with where it stands, in the plan's order."""
    return tuple(look_at(plan, session, records, now) for session in plan.sessions)


def other_runs(plan: Plan, records: Path, now: datetime, session: str) -> tuple[Run, ...]:
    """The runs of every session but one. Slow: their logs are read."""
    return tuple(look_at(plan, one, records, now).run for one in plan.sessions if one.id != session)


def look_at(plan: Plan, session: Session, records: Path, now: datetime) -> Overview:
    """Where one session stands. Slow when it has a log: all of it is read."""
    run = Run(plan, session)
    if (records / session.id).is_dir() or paths.second_place(records, session.id).is_dir():
        # The id that marks a writer is not needed for looking, so none is made.
        run = Fold(plan, session, open_journal(records, session.id, "reads").load().events).run
    view = rundown(run, now)
    begun = run.laid is not None and run.finished is None
    unfinished = begun and now - view.hard_stop > LONG_UNFINISHED
    return Overview(session, run, view.state, view.layout.start, view.hard_stop, unfinished)


def choose_session(plan: Plan, records: Path, now: datetime, wanted: str = "") -> Session:
    """The session named, else the one running, else today's, else the next.

    Of several today: the first that never ran and is not over by its plan, else the last that never ran.
    When all lie behind: the unfinished one that was touched last, else the first that never took place.
    """
    if wanted:
        found = plan.session(wanted)
        if found:
            return found
        ids = [session.id for session in plan.sessions]
        near = difflib.get_close_matches(wanted, ids, n=1)
        hint = f"did you mean {near[0]!r}?" if near else f"the sessions are {', '.join(ids)}"
        raise FacilitatorError(f"no session {wanted!r} in the plan: {hint}")
    if len(plan.sessions) == 1:
        return plan.sessions[0]
    every = overview(plan, records, now)
    running = [one for one in every if one.run.live and not one.unfinished]
    if running:
        return max(running, key=lambda one: one.run.last or one.start).session
    zone = plan.programme.tz
    today = now.astimezone(zone).date()
    planned = [one for one in every if one.run.finished is None and one.run.laid is None]
    of_today = [one for one in planned if one.start.astimezone(zone).date() == today]
    if of_today:
        of_today.sort(key=lambda one: one.start)
        return next((one for one in of_today if now < one.stop), of_today[-1]).session
    over = [one for one in every if one.run.finished and one.start.astimezone(zone).date() == today]
    if over:
        return max(over, key=lambda one: one.start).session
    coming = [one for one in planned if one.start >= now]
    if coming:
        return min(coming, key=lambda one: one.start).session
    unfinished = [one for one in every if one.run.finished is None]
    touched = [one for one in unfinished if one.run.last]
    if touched:
        return max(touched, key=lambda one: one.run.last or one.start).session
    return (unfinished[0] if unfinished else every[-1]).session


class SessionStore:
    """A session that can be read and acted on. Nothing is created until the first action."""

    on_saved: Saved
    on_trouble: Troubled
    """Called from the writer's threads; set them before the first action."""

    def __init__(
        self,
        plan_path: Path,
        loaded: LoadedPlan,
        plan: Plan,
        session: Session,
        records: Path,
        journal: Callable[[Saved, Troubled], Log],
    ) -> None:
        self.plan_path = plan_path
        self.records = records
        self.session_id = session.id
        self.problems = loaded.problems
        self.on_saved = lambda ids: None
        self.on_trouble = lambda trouble: None
        self.journal = journal(lambda ids: self.on_saved(ids), lambda trouble: self.on_trouble(trouble))
        self.last_load: Loaded = self.journal.load()
        self.drafts = Drafts(paths.draft_file(records, session.id))
        self.heartbeat = Heartbeat(paths.heartbeat_file(records, session.id))
        self.presence = Presence(self.folder, self.journal.device)
        self._fold = Fold(plan, session, self.last_load.events)
        self._watch = PlanWatch(plan_path, loaded)

    @classmethod
    def open(
        cls, plan_path: Path, records: Path, now: datetime, session: str = "", device: str | None = None
    ) -> SessionStore:
        """Open the session named, or the one meant at this instant. Raises FacilitatorError."""
        plan, loaded = usable_plan(plan_path)
        chosen = choose_session(plan, records, now, session)

        def journal(on_saved: Saved, on_trouble: Troubled) -> Journal:
            return open_journal(records, chosen.id, device, on_saved, on_trouble)

        return cls(plan_path, loaded, plan, chosen, records, journal)

    @property
    def run(self) -> Run:
        """The run as it stands: everything appended is in it, safe on disk or not yet."""
        return self._fold.run

    @property
    def folder(self) -> Path:
        """The session's own folder in the records."""
        return self.records / self.session_id

    @property
    def events(self) -> tuple[Event, ...]:
        return self._fold.events

    @property
    def plan_notice(self) -> str:
        """What a person should know of the plan file while the last good plan goes on; empty when it is fine."""
        errors = [problem for problem in self.problems if problem.severity == "error"]
        if errors:
            first, more = errors[0], f" (and {len(errors) - 1} more)" if len(errors) > 1 else ""
            return f"plan line {first.line}: {first.message}{more}; the last good plan goes on"
        gone = self.run.plan.session(self.session_id) is None
        return "this session is gone from the plan; the last good plan goes on" if gone else ""

    @property
    def keeps_notes(self) -> bool:
        """Whether the live notes are this computer's to write: only the one that began the run does.

        Two computers that write one file would leave a sync tool's conflict copies of it.
        """
        first: Event | None = None
        for event in self._fold.events:
            first = first or event
            if isinstance(event.payload, SessionStarted):
                first = event
                break
        return first is None or first.device == self.journal.device

    def perform(self, outcome: Outcome, now: datetime) -> tuple[Event, ...]:
        """Append what an action comes to, then fold it. Returns at once; saving goes on behind."""
        events = self.journal.append(outcome.payloads, outcome.at or now)
        self._fold.add(events)
        return events

    def unsaved_ids(self) -> frozenset[str]:
        """Ids of events that are not yet safe on disk."""
        return frozenset(event.id for event in self.journal.unsaved())

    def refresh(self) -> Refreshed:
        """Take in what others wrote and a plan that was saved. Cheap when nothing changed."""
        events = self.journal.poll()
        if events:
            self._fold.add(events)
        loaded = self._watch.poll()
        if loaded is None:
            return Refreshed(events)
        self.problems = loaded.problems
        session = loaded.plan.session(self.session_id) if loaded.plan else None
        if loaded.plan is None or session is None:
            return Refreshed(events, False, loaded.problems)
        self._fold.replan(loaded.plan, session)
        return Refreshed(events, True, loaded.problems)

    def history(self, now: datetime) -> Counter[frozenset[str]]:
        """How often each pair sat together in the other sessions of the programme, as their logs say."""
        # Loaded here, since it brings the whole of the rooms along, and most commands ask nothing of them.
        from facilitator_tui.core.meetings import meetings

        met: Counter[frozenset[str]] = Counter()
        for session in self.run.plan.sessions:
            if session.id != self.session_id and (self.records / session.id).is_dir():
                met += meetings(look_at(self.run.plan, session, self.records, now).run, now)
        return met

    def close(self, timeout: float = 5.0) -> bool:
        """Save what is queued and stop; True when everything is safe. Nothing relies on it."""
        safe = self.journal.close(timeout)
        self.presence.leave()
        return safe

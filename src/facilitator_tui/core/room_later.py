"""The breakouts of the sessions that come after this one, as rounds that are planned along and thrown away again.

Owns what is known of a later session before it begins: its plan, and that everybody of the roster will be there.
It must not know how seats are found, nor what has happened in a session.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from facilitator_tui.core.plan import Item, Session
from facilitator_tui.core.room_rounds import is_breakout, room_specs, round_count, seated_people
from facilitator_tui.core.run import Run
from facilitator_tui.rotation import RotationProblem, RoundSpec

AHEAD = timedelta(days=7)
"""Sessions further away are not looked at: who comes, and what is done there, is not known yet."""

MOST_SEATS = 600
"""So many seats are planned along at most; more would take the time from the breakout at hand."""


def later_rounds(run: Run) -> list[RoundSpec]:
    """The rounds of all breakouts of later sessions that mix people, the next ones first.

    What somebody chooses, hosts or visits there is not known yet; a breakout that keeps groups adds nothing that
    could be planned.
    """
    rounds: list[RoundSpec] = []
    for session in later_sessions(run):
        for spec in _rounds_of(Run(run.plan, session, added=run.added)):
            if sum(len(one.present) for one in (*rounds, spec)) > MOST_SEATS:
                return rounds
            rounds.append(spec)
    return rounds


def later_sessions(run: Run) -> list[Session]:
    """The sessions within a week after this one: by their dates, on the same day and without dates as they are listed."""
    order = [session.id for session in run.plan.sessions]
    if run.session.id not in order:
        return []
    own = order.index(run.session.id)
    later = [
        session
        for at, session in enumerate(run.plan.sessions)
        if session.id != run.session.id and _is_later(run.session.date, session.date, listed_later=at > own)
    ]
    return sorted(later, key=lambda session: session.date or date.min)


def _is_later(own: date | None, other: date | None, *, listed_later: bool) -> bool:
    if own is None or other is None or own == other:
        return listed_later and (own is None) == (other is None)
    return own < other <= own + AHEAD


def _rounds_of(run: Run) -> Iterable[RoundSpec]:
    for item in run.session.agenda:
        if not is_breakout(item) or item.mode == "keep":
            continue
        people = frozenset(person.id for person in seated_people(run, item))
        for number in range(1, round_count(run.plan, item) + 1):
            spec = _round(run, item, people, number)
            if spec is not None:
                yield spec


def _round(run: Run, item: Item, people: frozenset[str], number: int) -> RoundSpec | None:
    """One round, or nothing where its rooms are not to be had: that is said when it is planned itself."""
    if not people:
        return None
    try:
        return RoundSpec(room_specs(run, item, len(people), number), people)
    except (RotationProblem, ValueError):
        return None

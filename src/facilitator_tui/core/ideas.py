"""What the community asked for, and the dots it gave: ideas of the plan and of every call, and where they went.

Owns what an idea is, which ones are open, what a vote is about and how it came out. It must not know how the
calls of a week are read nor how a vote is typed. Dots are counted without names.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from facilitator_tui.core import events as ev
from facilitator_tui.core.actions import Outcome, Refused
from facilitator_tui.core.plan import Item
from facilitator_tui.core.run import Run, agenda
from facilitator_tui.core.text import count_of, fold_case

IDEAS = "ideas"
MOST_DOTS = 999
"""Dots that one key press can give; more is a slip of the finger."""


@dataclass(frozen=True, slots=True)
class Idea:
    """An idea or another line that can be voted on. `session` is where it was taken up; empty: open."""

    id: str
    text: str
    kind: str = "idea"
    support: int = 0
    """Votes of the plan and the count of the line, with the dots of every vote so far."""
    session: str = ""
    said_in: str = ""
    """The session it was written down in; empty for one of the plan."""


@dataclass(frozen=True, slots=True)
class Result:
    """How an option came out in one vote."""

    option: str
    text: str
    dots: int


def ideas_of(runs: Sequence[Run], kinds: Iterable[str] = ("idea",)) -> tuple[Idea, ...]:
    """The plan's ideas and the lines of these kinds in the runs of a week, in the order they came up."""
    wanted = frozenset(kinds)
    placed, dots = placed_in(runs), dots_of(runs)
    found = []
    for one in runs[0].plan.ideas if runs and "idea" in wanted else ():
        session = placed.get(one.id, one.session)
        found.append(Idea(one.id, one.text, "idea", one.votes + dots.get(one.id, 0), session))
    for run in runs:
        for capture in run.captures:
            content = capture.content
            if not capture.removed and content.type in wanted and "off" not in content.flags:
                support = content.count + dots.get(capture.id, 0)
                session = placed.get(capture.id, "")
                found.append(Idea(capture.id, content.text, content.type, support, session, run.session.id))
    return tuple(found)


def placed_in(runs: Iterable[Run]) -> dict[str, str]:
    """The session that each idea was given to during the calls, by its id; the later call decides."""
    return {idea: session for run in runs for idea, session in run.placed.items()}


def dots_of(runs: Iterable[Run]) -> dict[str, int]:
    """All dots of each option over all votes."""
    dots: dict[str, int] = {}
    for run in runs:
        for (_, option), number in run.votes.items():
            dots[option] = dots.get(option, 0) + number
    return dots


# ---------------------------------------------------------------- a vote


def vote_item(run: Run) -> Item | None:
    """The item whose vote is under way: the live one, if it is of the kind `vote`."""
    live = run.live
    item = next((one for one in agenda(run) if live and one.id == live.item), None)
    return item if item and item.kind == "vote" else None


def ballot(run: Run, item: Item, others: Sequence[Run] = ()) -> tuple[Idea, ...]:
    """What an item votes on: the open ones of what it draws from, in the order they came up.

    `others` are the runs of the week's other sessions. Without a `from` these are the ideas. What has dots
    stays, so that no dot is lost when an option is changed meanwhile.
    """
    drawn = item.draws_from or (IDEAS,)
    kinds = {"idea" if kind == IDEAS else kind for kind in drawn}
    earlier = [one for one in others if one.session.id != run.session.id]
    order = [session.id for session in run.plan.sessions]
    week = sorted([*earlier, run], key=lambda one: order.index(one.session.id) if one.session.id in order else -1)
    taken = {option for (where, option) in run.votes if where == item.id}
    options = tuple(one for one in ideas_of(week, kinds) if not one.session or one.id in taken)
    known = {one.id for one in options}
    lost = (option for option in taken if option not in known)
    return (*options, *(Idea(option, run.voted_on.get(option, option)) for option in sorted(lost)))


def vote(run: Run, now: datetime, option: str, text: str, number: int = 1) -> Outcome:
    """`number` dots for an option of the live vote; negative takes some away."""
    item = vote_item(run)
    if item is None:
        raise Refused("no vote is running: dots are given while an item of the kind vote is live")
    if not number or abs(number) > MOST_DOTS:
        raise Refused(f"give 1 to {MOST_DOTS} dots at once")
    dots = run.votes.get((item.id, option), 0)
    if dots + number < 0:
        raise Refused(f"“{_short(text)}” has {count_of(dots, 'dot')} only")
    total = dots + number
    said = f"{count_of(total, 'dot')} for “{_short(text)}”"
    return Outcome((ev.VoteCast(item.id, option, text, number),), said)


def results(run: Run, item: str) -> tuple[Result, ...]:
    """How the vote of an item came out, most dots first; equal ones in the order of their first dot."""
    found = [
        Result(option, run.voted_on.get(option, option), dots)
        for (where, option), dots in run.votes.items()
        if where == item and dots
    ]
    return tuple(sorted(found, key=lambda one: -one.dots))


def votes_held(run: Run) -> tuple[Item, ...]:
    """The items in which dots were given, in the order of the agenda."""
    voted = {item for (item, _), dots in run.votes.items() if dots}
    return tuple(item for item in agenda(run) if item.id in voted)


def find_idea(found: Sequence[Idea], name: str) -> Idea:
    """The only one of those found that a name means: its id, or the beginning of its text. Refused otherwise."""
    wanted = fold_case(name)
    fitting = [one for one in found if one.id == name.strip()]
    fitting = fitting or [one for one in found if wanted and fold_case(one.text).startswith(wanted)]
    if len(fitting) == 1:
        return fitting[0]
    known = ", ".join(f"“{_short(one.text)}” ({one.id})" for one in (fitting or found)[:5])
    raise Refused(f"{name!r} {'fits several' if fitting else 'is none of them'}: {known or 'there are no ideas yet'}")


def vote_for(run: Run, now: datetime, name: str, number: int = 1) -> Outcome:
    """Dots for an option named by its id or the beginning of its text."""
    item = vote_item(run)
    if item is None:
        raise Refused("no vote is running: dots are given while an item of the kind vote is live")
    option = find_idea(ballot(run, item), name)
    return vote(run, now, option.id, option.text, number)


# ---------------------------------------------------------------- where an idea goes


def place(run: Run, now: datetime, idea: str, text: str, session: str) -> Outcome:
    """An idea goes to a session of the programme, named by its id or the beginning of its title; `-`: open again."""
    name = session.strip()
    if name in {"", "-"}:
        if not run.placed.get(idea) and not any(one.id == idea and one.session for one in run.plan.ideas):
            raise Refused(f"“{_short(text)}” is open already")
        return Outcome((ev.IdeaPlaced(idea, "", text),), f"open again: “{_short(text)}”")
    wanted = name.casefold()
    sessions = run.plan.sessions
    fitting = [one for one in sessions if one.id.casefold() == wanted]
    fitting = fitting or [one for one in sessions if one.title.casefold().startswith(wanted)]
    if len(fitting) != 1:
        raise Refused(f"no session {name!r}: the sessions are {', '.join(one.id for one in sessions)}")
    return Outcome((ev.IdeaPlaced(idea, fitting[0].id, text),), f"“{_short(text)}” goes to {fitting[0].id}")


def place_named(run: Run, now: datetime, name: str, session: str) -> Outcome:
    """An idea named by its id or the beginning of its text goes to a session."""
    idea = find_idea(ideas_of([run], ("idea", "park")), name)
    return place(run, now, idea.id, idea.text, session)


def _short(text: str) -> str:
    line = text.replace("\n", " ")
    return line if len(line) <= 40 else line[:39].rstrip() + "…"

"""The whole week from the sheets of its sessions: `digest.md` and `article.md`.

Owns what is drawn together over sessions: support, the red thread, the way from an idea to its result, numbers.
It must not see a run's captures: only what the sheets of an edition hold.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest

from facilitator_tui.core.ideas import dots_of, placed_in
from facilitator_tui.core.plan import Plan
from facilitator_tui.core.run import Run
from facilitator_tui.core.text import fold_case
from facilitator_tui.harvest import ink
from facilitator_tui.harvest.consent import Edition
from facilitator_tui.harvest.days import day_in_words, short_day
from facilitator_tui.harvest.layout import Templates, lay_out
from facilitator_tui.harvest.sheet import Entry, Sheet

MOST_TAKEAWAYS = 15


@dataclass(frozen=True, slots=True)
class Said:
    """A line and the session it was said in."""

    entry: Entry
    sheet: Sheet

    @property
    def day(self) -> str:
        return short_day(self.sheet.day) if self.sheet.day else self.sheet.id


@dataclass(frozen=True, slots=True)
class IdeaResult:
    """What the community asked for, where it was taken up, and what came out."""

    text: str
    votes: int
    session: str
    result: str


@dataclass(frozen=True, slots=True)
class Week:
    """What the templates of the week are given: text in Markdown ink."""

    title: str
    host: str
    purpose: str
    theme: str
    dates: str
    sheets: tuple[Sheet, ...]
    messages: tuple[Said, ...]
    takeaways: tuple[Said, ...]
    sides: tuple[tuple[Said | None, Said | None], ...]
    thread: tuple[Said, ...]
    ideas: tuple[IdeaResult, ...]
    open_ideas: tuple[IdeaResult, ...]
    questions: tuple[Said, ...]
    parked: tuple[Said, ...]
    decisions: tuple[Said, ...]
    heard: Mapping[str, int]
    """How many different people took a turn, by session."""
    people: int
    organisations: int
    lines: int
    actions: int
    actions_done: int
    edition: Edition

    @property
    def held(self) -> tuple[Sheet, ...]:
        """Sessions that took place, or are taking place."""
        return tuple(one for one in self.sheets if one.state != "not-started")

    @property
    def turns(self) -> int:
        return sum(one.turns for one in self.sheets)


def week(plan: Plan, runs: Sequence[Run], sheets: Sequence[Sheet]) -> Week:
    """Draw the sheets of a week together. `runs` are those of the sheets, in the same order."""
    programme = plan.programme
    host = plan.roster.org(programme.host)
    came = {person for run in runs for person in run.here}
    roster = {person.id: person for run in runs for person in run.roster.people}
    enablers, inhibitors = _all(sheets, "enabler"), _all(sheets, "inhibitor")
    dots, placed = dots_of(runs), placed_in(runs)
    printed = sheets[0].ideas if sheets else {}
    planned = [
        _idea(printed[one.id], one.votes + dots.get(one.id, 0), sheets, placed.get(one.id, one.session))
        for one in plan.ideas
        if one.id in printed
    ]
    asked = [
        _idea(
            ink.markdown(said.entry.said),
            said.entry.count + dots.get(said.entry.id, 0),
            sheets,
            placed.get(said.entry.id, ""),
        )
        for said in _all(sheets, "idea")
    ]
    ideas = (*planned, *asked)
    actions = [entry for made in sheets for entry in made.actions]
    return Week(
        title=ink.markdown(programme.title),
        host=ink.markdown(host.name if host else programme.host),
        purpose=ink.markdown(programme.purpose),
        theme=ink.markdown(programme.theme),
        dates=_dates([made.day for made in sheets if made.day]),
        sheets=tuple(sheets),
        messages=tuple(Said(entry, made) for made in sheets for entry in made.of("message")),
        takeaways=tuple(_all(sheets, "takeaway")[:MOST_TAKEAWAYS]),
        sides=tuple(zip_longest(enablers, inhibitors)),
        thread=tuple(_tagged(sheets, programme.theme)),
        ideas=tuple(one for one in ideas if one.session),
        open_ideas=tuple(one for one in ideas if not one.session),
        questions=_all(sheets, "question"),
        parked=_all(sheets, "park"),
        decisions=_all(sheets, "decision"),
        heard={run.session.id: len({turn.person for turn in run.turns}) for run in runs},
        people=len(came),
        organisations=len({roster[id].org for id in came if id in roster and roster[id].org}),
        lines=sum(len(made.entries) for made in sheets),
        actions=len(actions),
        actions_done=sum(entry.done for entry in actions),
        edition=sheets[0].edition if sheets else "team",
    )


def digest(made: Week, templates: Templates | None = None) -> str:
    """`digest.md`: one page of what the week brought."""
    return lay_out("digest.md.j2", {"w": made}, templates)


def article(made: Week, templates: Templates | None = None) -> str:
    """`article.md`: the skeleton of a news article; in `[brackets]` what only a person can write."""
    return lay_out("article.md.j2", {"w": made}, templates)


def _all(sheets: Iterable[Sheet], kind: str) -> tuple[Said, ...]:
    """All lines of a kind, the most supported first."""
    found = [Said(entry, made) for made in sheets for entry in made.of(kind)]
    return tuple(sorted(found, key=lambda said: -said.entry.count))


def _tagged(sheets: Iterable[Sheet], theme: str) -> Iterable[Said]:
    wanted = fold_case(theme)
    for made in sheets:
        for entry in made.entries:
            if wanted and wanted in map(fold_case, entry.tags):
                yield Said(entry, made)


def _idea(text: str, votes: int, sheets: Sequence[Sheet], session: str) -> IdeaResult:
    taken_up = next((made for made in sheets if made.id == session), None)
    results = (*taken_up.of("message"), *taken_up.of("takeaway")) if taken_up else ()
    return IdeaResult(
        text,
        votes,
        taken_up.title if taken_up else "",
        results[0].text.replace("\n  ", " ") if results else "",
    )


def _dates(days: Sequence[date]) -> str:
    """`28 September to 2 October 2020`; the year once where it is the same."""
    if not days:
        return ""
    first, last = min(days), max(days)
    end = day_in_words(last, weekday=False)
    if first == last:
        return end
    start = day_in_words(first, weekday=False)
    if first.year == last.year:
        start = start.removesuffix(f" {first.year}")
        if first.month == last.month:
            start = str(first.day)
    return f"{start} to {end}"

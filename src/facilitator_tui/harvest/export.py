"""Everything that is sent to people after a session or a week: paths and bytes, in one edition.

Owns which files there are and what they are called. It must not write them: the caller does, atomically, and
decides about files that a person has changed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from facilitator_tui.core.plan import Participant, Plan
from facilitator_tui.core.run import Run
from facilitator_tui.harvest import actions, ics, ink, mail, week
from facilitator_tui.harvest.consent import Edition
from facilitator_tui.harvest.layout import Templates
from facilitator_tui.harvest.leaks import Finder, Leak, leaks, leaks_of_ideas
from facilitator_tui.harvest.notes import from_sheet
from facilitator_tui.harvest.room_lists import room_lists
from facilitator_tui.harvest.sheet import Review, Sheet
from facilitator_tui.harvest.sorting import sheet

CALENDAR = "week/week.ics"


@dataclass(frozen=True, slots=True)
class Export:
    """What to write, and what was kept back from it."""

    files: Mapping[str, bytes]
    """Path below the export folder (`tue/notes.md`) to content."""
    held_back: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Session to its reasons with numbers, in words."""
    leaks: tuple[Leak, ...] = ()
    """Lines with somebody in their text. Those neither confirmed nor rewritten are not in the files."""

    @property
    def pointed_out(self) -> tuple[str, ...]:
        """Titles and questions with somebody in them, each once: the facilitators wrote them, so they are printed."""
        return tuple(dict.fromkeys(leak.text for leak in self.leaks if not leak.capture))

    @property
    def unconfirmed(self) -> tuple[Leak, ...]:
        """Lines that wait for somebody to confirm or rewrite them."""
        return tuple(leak for leak in self.leaks if leak.capture and not leak.allowed)


def files(
    runs: Sequence[Run],
    plan: Plan,
    now: datetime,
    edition: Edition = "team",
    *,
    week: bool = False,
    html: bool = False,
    templates: Templates | None = None,
    existing: Mapping[str, bytes] | None = None,
    confirmed: Collection[str] = (),
    rewritten: Mapping[str, str] | None = None,
    elsewhere: Iterable[Participant] = (),
) -> Export:
    """The files of some sessions, and with `week` those of the whole programme; with `html` each as a page too.

    `runs` are in the order of the plan; for the week, sessions without one count as not begun. `templates` are
    the community's own by file name. `existing` may hold the calendar written before, so that its numbers go
    on. `confirmed` are ids or codes of lines that may go out as they are, `rewritten` holds new texts by
    either. `elsewhere` are people who joined another session without being on the list: their names are looked for
    in every line too. FacilitatorError for a template that can't be used.
    """
    known = (*plan.roster.people, *(person for run in runs for person in run.added), *elsewhere)
    finder = Finder(replace(plan.roster, people=known))
    exporter = _Exporter(now, edition, week, html, templates, finder, frozenset(confirmed), rewritten or {})
    made: dict[str, bytes] = {}
    for run in runs:
        made.update((f"{run.session.id}/{name}", text) for name, text in exporter.session(run))
    if week:
        by_id = {run.session.id: run for run in runs}
        all_runs = [by_id.get(one.id) or Run(plan, one) for one in plan.sessions]
        previous = (existing or {}).get(CALENDAR, b"").decode("utf-8", "replace")
        made.update((f"week/{name}", text) for name, text in exporter.week(plan, all_runs))
        made[CALENDAR] = ics.calendar(plan, now, previous).encode()
    return Export(made, exporter.held_back, tuple(exporter.leaks))


class _Exporter:
    """Makes the files of one edition, each sheet once a medium."""

    def __init__(
        self,
        now: datetime,
        edition: Edition,
        week: bool,
        html: bool,
        templates: Templates | None,
        finder: Finder,
        confirmed: frozenset[str],
        rewritten: Mapping[str, str],
    ) -> None:
        self._now, self._edition, self._week, self._html, self._templates = now, edition, week, html, templates
        self._finder, self._confirmed, self._rewritten = finder, confirmed, rewritten
        self._sheets: dict[tuple[str, Edition, str, str], Sheet] = {}
        self._reviews: dict[tuple[str, Edition], Review] = {}
        self.leaks: list[Leak] = []
        self.held_back: dict[str, tuple[str, ...]] = {}

    def session(self, run: Run) -> Iterable[tuple[str, bytes]]:
        """The files of one session."""
        rich, bare = self._sheet(run, "markdown"), self._sheet(run, "plain", only="action")
        letter = self._sheet(run, "plain", self._to_people)
        self.held_back[run.session.id] = rich.held_back
        texts = {
            "notes.md": from_sheet(rich, run, self._templates),
            "actions.md": actions.markdown([rich], self._templates),
            "actions.csv": actions.table([bare]),
            "actions.todo.txt": actions.todo([bare]),
            "mail.txt": mail.to_present(letter, run, self._now, self._templates),
            "mail-missed.txt": mail.to_missed(letter, run, self._now, self._templates),
        }
        if self._html:
            # Loaded here, since rooms are much to load for an export without pages.
            from facilitator_tui.harvest import met, page

            table = met.met_table([run], self._now, self._edition)
            texts["notes.html"] = page.session_page(texts["notes.md"], bare, table)
        if self._edition == "team":
            texts.update(room_lists(run))
        return ((name, text.encode()) for name, text in texts.items())

    def week(self, plan: Plan, runs: Sequence[Run]) -> Iterable[tuple[str, bytes]]:
        """The files of the week but for its calendar."""
        rich = [self._sheet(run, "markdown") for run in runs]
        bare = [self._sheet(run, "plain", only="action") for run in runs]
        drawn = week.week(plan, runs, rich)
        printed = [self._sheet(run, "markdown", self._to_people) for run in runs]
        texts = {
            "digest.md": week.digest(drawn, self._templates),
            "article.md": week.article(week.week(plan, runs, printed), self._templates),
            "actions.md": actions.markdown(rich, self._templates),
            "actions.csv": actions.table(bare),
            "actions.todo.txt": actions.todo(bare),
        }
        if self._html:
            from facilitator_tui.harvest import met, page

            table = met.met_table(runs, self._now, self._edition)
            title = ink.one_line(plan.programme.title)
            texts["digest.html"] = page.week_page(texts["digest.md"], title, bare, self._edition, table)
        return ((name, text.encode()) for name, text in texts.items())

    @property
    def _to_people(self) -> Edition:
        """Mails and articles go to people: they are never the team's edition."""
        return "participants" if self._edition == "team" else self._edition

    def _sheet(self, run: Run, medium: str, edition: Edition | None = None, only: str = "") -> Sheet:
        edition = edition or self._edition
        key = (run.session.id, edition, medium, only)
        if key not in self._sheets:
            write = ink.item if medium == "markdown" else ink.plain
            self._sheets[key] = sheet(run, self._now, edition, write, self._review(run, edition), only)
        return self._sheets[key]

    def _review(self, run: Run, edition: Edition) -> Review:
        key = (run.session.id, edition)
        if key not in self._reviews:
            self._reviews[key] = self._reviewed(run, edition)
        return self._reviews[key]

    def _reviewed(self, run: Run, edition: Edition) -> Review:
        waiting = set()
        rewritten = {}
        for leak in (*leaks(run, edition, self._finder), *self._leaks_of_ideas(run, edition)):
            names = {leak.capture, leak.code} - {""}
            new = next((self._rewritten[name] for name in names if name in self._rewritten), None)
            if new is not None:
                rewritten[leak.capture] = new
                continue
            if names & self._confirmed:
                continue
            if leak not in self.leaks:
                self.leaks.append(leak)
            if leak.capture and not leak.allowed:
                waiting.add(leak.capture)
        return Review(frozenset(waiting), rewritten)

    def _leaks_of_ideas(self, run: Run, edition: Edition) -> Iterable[Leak]:
        """Those that are printed: in a digest all, in the notes of a session what was voted on."""
        voted = {option for _, option in run.votes}
        found = leaks_of_ideas(run, edition, self._finder)
        return (leak for leak in found if self._week or leak.capture in voted)

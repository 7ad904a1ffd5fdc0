"""The first minute in a folder without a plan: what is offered, and the questions that make a plan.

Owns the questions, what each answer comes to, and the preview while one types. It must not know how they are
drawn (`screens/start`) nor how a plan is worded (`store.plan_starter`). Whatever is written is written once, at
the end; nothing is ever written over.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from facilitator_tui.core.actions import Refused
from facilitator_tui.core.durations import ZERO, minutes_text
from facilitator_tui.core.quick import Step, fitted, read_steps
from facilitator_tui.core.quick_answers import People, When, read_people, read_when
from facilitator_tui.store.plan_file import example_text, write_plan
from facilitator_tui.store.plan_places import as_seen, new_folder, plans_below, todays_folder
from facilitator_tui.store.plan_starter import Told

ONE_LINE = "Welcome 5, Input 20, Breakout 30 x4, Harvest 15"
USUAL = "Welcome 5, Check-in, Input, Breakout x4, Harvest, Goodbye 5"
HOUR = timedelta(hours=1)
FIVE_MINUTES = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Offer:
    """One way to begin. `key` takes it at once."""

    key: str
    label: str
    about: str
    start: str
    plan: Path | None = None
    """A plan that is there already and is only opened."""


MOST_PLANS = 4

OFFERS = (
    Offer("e", "Look at the example week", "five calls of a real programme, ready to run", "example"),
    Offer("n", "Make a plan", "four questions, about a minute", "questions"),
    Offer("o", "Start from one line", ONE_LINE, "line"),
)


def offers(here: Path) -> tuple[Offer, ...]:
    """The plans in the folders below, and the ways to a new one."""
    found = plans_below(here, MOST_PLANS)
    opens = (
        Offer(str(number), f"Open {path.parent.name}", as_seen(path.parent, here), "open", path)
        for number, path in enumerate(found, 1)
    )
    return (*opens, *OFFERS)


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked. `hints` are lines below it, `read` refuses what it can't take."""

    heading: str
    prompt: str
    hints: tuple[str, ...]
    read: Callable[[str], object]


@dataclass(frozen=True, slots=True)
class PreviewLine:
    """A step of the plan as it would be: clock, title, and what else is known."""

    clock: str
    title: str
    about: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What the answers come to so far; `wrong` says what can't be read in the one that is typed."""

    lines: tuple[PreviewLine, ...] = ()
    said: str = ""
    wrong: str = ""


@dataclass
class Interview:
    """Asks one question after the other. `now` is local time; nothing is written before the end."""

    here: Path
    now: datetime
    start: str
    answers: list[str] = field(default_factory=list)

    @property
    def questions(self) -> tuple[Question, ...]:
        return self._line_questions() if self.start == "line" else self._plan_questions()

    @property
    def question(self) -> Question:
        return self.questions[len(self.answers)]

    @property
    def place(self) -> str:
        """`question 2 of 4`, or nothing where there is only one."""
        return f"question {len(self.answers) + 1} of {len(self.questions)}" if len(self.questions) > 1 else ""

    @property
    def done(self) -> bool:
        return len(self.answers) == len(self.questions)

    @property
    def suggestion(self) -> str:
        """What stands in the field to begin with: an agenda that fits the time is easier to change than to invent."""
        if self.start == "line" or len(self.answers) != 2:
            return ""
        steps = fitted(read_steps(USUAL), self._when().length or HOUR, FIVE_MINUTES)
        return ", ".join(
            f"{step.title} {minutes_text(step.minutes)}" + (f" x{step.size}" if step.size else "") for step in steps
        )

    def answer(self, text: str) -> None:
        """Take an answer; nothing is what was suggested. Raises Refused when it can't be read."""
        text = text if text.strip() else self.suggestion
        self.question.read(text)
        self.answers.append(text)

    def back(self) -> str | None:
        """Return to the question before; its answer, or None at the first one."""
        return self.answers.pop() if self.answers else None

    def preview(self, typed: str) -> Preview:
        """What the plan would be with the text that stands in the field."""
        wrong = ""
        try:
            self.question.read(typed)
            answers = [*self.answers, typed]
        except Refused as reason:
            wrong = str(reason) if typed.strip() else ""
            answers = list(self.answers)
        told = self._told(answers)
        steps = told.settled()
        return Preview(tuple(_lines(steps, self._begin(told.when))), _sum(steps, told), wrong)

    def folder(self) -> Path:
        """Where the plan will be written."""
        if self.start == "line":
            return todays_folder(self.here, self.now.date())
        return new_folder(self.here, self._title())

    def write(self) -> Path:
        """Write the plan and return its path. Raises FacilitatorError."""
        return write_plan(self.folder(), self._told(self.answers).text())

    # ------------------------------------------------------------ the questions

    def _plan_questions(self) -> tuple[Question, ...]:
        return (
            Question("What is the call about?", "title", (f"enter takes “{self._default_title()}”",), str),
            Question(
                "When is it, and how long?",
                "when",
                ("like: 15:00 60   tomorrow 10:00 90   9 oct 14:30-16:00   45", "enter: now, for an hour"),
                lambda text: read_when(text, self.now.date()),
            ),
            Question(
                "What happens? One line: steps with their minutes.",
                "agenda",
                ("x4: rooms of four · x4x2: two rounds of them · @16:00: a hard start", "take out what you don't need"),
                read_steps,
            ),
            Question(
                "How many people, and how many in a room?",
                "people",
                ("like: 24 x4   12   x3", "enter: you will be asked during the call"),
                read_people,
            ),
        )

    def _line_questions(self) -> tuple[Question, ...]:
        hints = (f"like: {ONE_LINE}", "x4: rooms of four · x4x2: two rounds of them · @16:00: a hard start")
        return (Question("Your call in one line", "steps", hints, read_steps),)

    def _default_title(self) -> str:
        return f"Call of {self.now.day} {self.now:%B}"

    def _title(self) -> str:
        return (self.answers[0].strip() if self.answers else "") or self._default_title()

    def _when(self) -> When:
        return read_when(self.answers[1], self.now.date())

    def _told(self, answers: list[str]) -> Told:
        if self.start == "line":
            steps = read_steps(answers[0]) if answers else ()
            return Told(self._default_title(), steps, When(day=self.now.date()))
        title, when, line, people = [*answers, *[""] * (4 - len(answers))]
        said = read_when(when, self.now.date())
        read = When(said.day or self.now.date(), said.start, said.length or HOUR)
        steps = read_steps(line) if line.strip() else ()
        return Told(title.strip() or self._default_title(), steps, read, read_people(people) if people else People())

    def _begin(self, when: When) -> timedelta:
        """The time of day that the preview counts from: the start told, else the next full five minutes."""
        if when.start is not None:
            return when.start
        minutes = self.now.hour * 60 + self.now.minute
        return -(-minutes // 5) * FIVE_MINUTES


def write_example(here: Path) -> Path:
    """Write the example week and return its path. Raises FacilitatorError."""
    return write_plan(new_folder(here, "example-week"), example_text())


def _lines(steps: tuple[Step, ...], begin: timedelta) -> list[PreviewLine]:
    lines, at = [], begin
    for place, step in enumerate(steps):
        if step.at is not None and (place == 0 or step.at > at):
            at = step.at
        about = [f"{minutes_text(step.minutes)} min", step.kind]
        if step.size:
            about.append(f"rooms of {step.size}")
        if step.rounds > 1:
            about.append(f"{step.rounds} rounds")
        lines.append(PreviewLine(_clock(at), step.title, " · ".join(about)))
        at += step.minutes
    return lines


def _sum(steps: tuple[Step, ...], told: Told) -> str:
    """All minutes together, and how they compare with the length that was told."""
    if not steps:
        return ""
    whole = sum((step.minutes for step in steps), ZERO)
    said = f"{minutes_text(whole)} min together"
    over = whole - (told.when.length or whole)
    if over > ZERO:
        return f"{said}, {minutes_text(over)} more than the call has"
    return f"{said}, {minutes_text(-over)} are left" if over else said


def _clock(moment: timedelta) -> str:
    minutes = int(moment.total_seconds()) // 60
    return f"{minutes // 60 % 24:02}:{minutes % 60:02}"

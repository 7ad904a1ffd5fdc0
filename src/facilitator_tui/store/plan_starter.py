"""New plans as text: the one that `facilitator new` writes, and those that are made of a few answers.

Owns how they are worded; each runs as it is and says what to change first. It must not know where they are written
(`plan_file`) nor who asked.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from datetime import timedelta

from facilitator_tui.core.quick import Step, fitted
from facilitator_tui.core.quick_answers import People, When
from facilitator_tui.core.text import clean, slug

STARTER = """\
# The plan of your call. You write this file; the console only reads it.
# Change what you like: `facilitator check` names every mistake with its line.

schema = 1

[programme]
title = "@TITLE@"
# tz = "Europe/Berlin"              # clock times are in this zone; without it, in that of the computer

[[session]]
id    = "first"
title = "@TITLE@"
# date  = 2030-01-31                # without a date: today
# start = "15:00"                   # without a start: the next full five minutes
questions = [
  "What do we want to have understood when we leave?",
]
# One row is one step: move a line to move the step.
agenda = [
  { minutes = 5,  kind = "welcome",  title = "Welcome" },
  { minutes = 10, kind = "checkin",  title = "One word each" },
  { minutes = 15, kind = "plenary",  title = "Where we stand" },
  { minutes = 20, kind = "breakout", title = "In small groups", size = 4, ask = [1] },
  { minutes = 10, kind = "harvest",  title = "One sentence per room", collect = ["takeaway"] },
  { minutes = 5,  kind = "close",    title = "Goodbye" },
]

# Who takes part? One line each; then rooms are mixed by name. Without this, you say how many there are.
# [roster]
# people = [
#   { id = "ana", name = "Ana Example", langs = ["es", "en"] },
#   { id = "ben", name = "Ben Example", langs = ["en"], new = true, buddy = "ana" },
# ]
"""

_TOLD = """\
# The plan of your call, made from what you told. Change what you like while it runs: the console only reads it,
# and takes a saved edit over at once. `facilitator check` names every mistake with its line.

schema = 1

[programme]
title = {title}

[[session]]
id     = {id}
title  = {title}
{day}{start}# questions = ["What do we want to have understood when we leave?"]
agenda = [
{rows}
]

# Who takes part? One line each; then rooms are mixed by name. Without this, you say how many there are.
# [roster]
# people = [
#   {{ id = "ana", name = "Ana Example", langs = ["es", "en"] }},
# ]
"""

ROOM_OF = 4
"""People in a room where nobody said how many."""


@dataclass(frozen=True, slots=True)
class Told:
    """A plan in a few answers. `day` and the start may be left open: then it is today, and from now on."""

    title: str
    steps: tuple[Step, ...]
    when: When = field(default_factory=When)
    people: People = field(default_factory=People)

    def settled(self) -> tuple[Step, ...]:
        """The steps as they will be: with their lengths, and in rooms of the size that was told for all."""
        steps = fitted(self.steps, self.when.length)
        return tuple(replace(step, size=_size(step, self.people)) for step in steps)

    def text(self) -> str:
        """The plan as it is written in `sessions.toml`."""
        first = self.steps[0].at if self.steps else None
        start = self.when.start if self.when.start is not None else first
        rows = [_row(step, self.people, start if place == 0 else None) for place, step in enumerate(self.settled())]
        return _TOLD.format(
            title=quoted(self.title),
            id=quoted(slug(self.title)),
            day=f"date   = {self.when.day.isoformat()}\n" if self.when.day else "",
            start=f"start  = {quoted(_clock(start))}\n" if start is not None else "",
            rows="\n".join(rows),
        )


def quoted(text: str) -> str:
    """A TOML basic string; JSON's escapes are a part of TOML's."""
    return json.dumps(" ".join(clean(text).split()), ensure_ascii=False)


def _row(step: Step, people: People, start: timedelta | None) -> str:
    """A step as a line of the agenda. The call's own start is no hard start of its first step."""
    seconds = int(step.minutes.total_seconds())
    minutes = f"{seconds // 60:>2}" if seconds % 60 == 0 else quoted(f"{seconds}s")
    fields = [f"minutes = {minutes}", f'kind = "{step.kind}"', f"title = {quoted(step.title)}"]
    if step.kind == "breakout":
        fields += _rooms(step, people)
    if step.at is not None and step.at != start:
        fields.append(f"at = {quoted(_clock(step.at))}")
    return "  { " + ", ".join(fields) + " },"


def _size(step: Step, people: People) -> int | None:
    return (people.size or step.size or ROOM_OF) if step.kind == "breakout" else None


def _rooms(step: Step, people: People) -> list[str]:
    """By name, people are put into rooms of a size. Where only their number is known, so is that of the rooms."""
    size = step.size or ROOM_OF
    rooms = [f"rooms = {max(1, round(people.count / size))}"] if people.count else [f"size = {size}"]
    return [*rooms, *([f"rounds = {step.rounds}"] if step.rounds > 1 else [])]


def _clock(moment: timedelta) -> str:
    hours, rest = divmod(int(moment.total_seconds()), 3600)
    return f"{hours:02}:{rest // 60:02}"

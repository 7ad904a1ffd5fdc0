"""The method of the item under way: which step it is, its own clock, what to say, and what comes after it."""

from __future__ import annotations

from datetime import timedelta

from textual.content import Content

from facilitator_tui.console import plain
from facilitator_tui.console.scene import Scene
from facilitator_tui.core.durations import ZERO, clock
from facilitator_tui.core.steps import StepNow, TimedStep, live_step

LAST_MOMENTS = timedelta(seconds=30)
_GROUPS = {0: "everyone", 1: "alone", 2: "pairs", 3: "threes", 4: "fours", 5: "fives"}


def lines(scene: Scene, width: int) -> list[Content]:
    """Up to five lines; none when the live item has no method. The first three matter most."""
    live = scene.view.live
    step = live_step(scene.run.plan, live) if live else None
    if step is None:
        return []
    says = plain.wrap(step.say, width - 2, 2)
    rows = [
        _clock(step, width, paused=scene.view.state == "paused"),
        *(plain.line(("▸ " if place == 0 else "  ", "$text-accent bold"), (text, "bold"))
          for place, text in enumerate(says)),
    ]  # fmt: skip
    rows += _following(step.following, width)
    if step.at.step.capture:
        rows.append(plain.text(plain.cut(f"  write down: {step.at.step.capture}", width), "$text-muted"))
    return rows


def _clock(step: StepNow, width: int, paused: bool) -> Content:
    """`step 2 of 5 · in pairs` and, at the right, what is left of the step."""
    over = step.remaining < ZERO
    left = f"+{clock(step.remaining)} over" if over else f"{clock(step.remaining)} left"
    hurry = not paused and step.remaining <= LAST_MOMENTS
    group = _GROUPS.get(step.group, f"groups of {step.group}")
    return plain.spread(
        plain.line((step.words, "$text-accent bold"), (f" · {group}", "$text-muted")),
        plain.text(f"{left}, paused" if paused else left, "$text-warning bold" if hurry else "bold"),
        width,
    )


def _following(step: TimedStep | None, width: int) -> list[Content]:
    if step is None:
        return []
    regroup = "join the groups · " if step.step.merge else "new groups · " if step.step.new_rooms else ""
    tail = f" · {clock(step.length)}"
    lead = "  then "
    say = plain.cut(step.step.say, width - plain.width(lead + regroup + tail))
    return [plain.line((lead, "$text-muted"), (regroup, "$text-warning"), say, (tail, "$text-muted"))]

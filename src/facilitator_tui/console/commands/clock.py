"""The commands of the clock: start, next, pause, more or less time, compress."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from facilitator_tui.console.commands.command import Command, Doing, WhyNot, refusal
from facilitator_tui.console.scene import Scene
from facilitator_tui.core import actions, agenda_actions
from facilitator_tui.core.durations import MINUTE
from facilitator_tui.core.run import Run

if TYPE_CHECKING:
    from facilitator_tui.console.conductor import Conductor


def _time(by: timedelta) -> tuple[Doing, WhyNot]:
    def doing(conductor: Conductor) -> None:
        conductor.act(lambda run, now: actions.extend(run, now, by))

    return doing, refusal(lambda run, now: actions.extend(run, now, by))


def _toggle_pause(run: Run, now: datetime) -> actions.Outcome:
    return actions.resume(run, now) if run.live and run.live.paused else actions.pause(run, now)


def _start_chosen(conductor: Conductor) -> None:
    name = conductor.cursor if conductor.run.live is None and conductor.page == "agenda" else ""
    conductor.act(lambda run, now: actions.start(run, now, name), once=True)


def _no_backdate(scene: Scene) -> str:
    return "" if scene.view.live else "nothing is running; start an item first"


def _no_exact(scene: Scene) -> str:
    if scene.view.state == "finished":
        return "the session is finished; undo reopens it"
    return "" if scene.run.live or scene.cursor else "nothing is running; start an item first, or choose one"


_ONE_MORE, _ONE_LESS = _time(MINUTE), _time(-MINUTE)
_FIVE_MORE, _FIVE_LESS = _time(5 * MINUTE), _time(-5 * MINUTE)

CLOCK: tuple[Command, ...] = (
    Command(
        "item.start",
        ("s",),
        "start",
        "Start the first item, or the one under the cursor.",
        "Clock",
        _start_chosen,
        refusal(actions.start),
    ),
    Command(
        "item.next",
        ("n", "right"),
        "next",
        "End the live item and go on; after the last one, finish.",
        "Clock",
        lambda c: c.act(actions.next_item, once=True),
        refusal(actions.next_item),
    ),
    Command(
        "item.previous",
        ("p", "left"),
        "previous",
        "Go back to the item before; its record stays.",
        "Clock",
        lambda c: c.act(actions.previous_item, once=True),
        refusal(actions.previous_item),
    ),
    Command(
        "time.pause",
        ("space",),
        "pause",
        "Pause the live item, or let it go on.",
        "Clock",
        lambda c: c.act(_toggle_pause),
        refusal(_toggle_pause),
    ),
    Command("time.more", ("plus",), "minute more", "One minute more for the live item.", "Clock", *_ONE_MORE),
    Command("time.less", ("minus",), "minute less", "One minute less.", "Clock", *_ONE_LESS),
    Command("time.more5", ("right_square_bracket",), "5 more", "Five minutes more.", "Clock", *_FIVE_MORE),
    Command("time.less5", ("left_square_bracket",), "5 less", "Five minutes less.", "Clock", *_FIVE_LESS),
    Command(
        "time.exact",
        ("e",),
        "exact",
        "Set a time exactly: 7, +3, until 10:40.",
        "Clock",
        lambda c: c.fields.exact(),
        _no_exact,
    ),
    Command(
        "time.backdate",
        ("b",),
        "backdate",
        "The live item started some minutes ago.",
        "Clock",
        lambda c: c.fields.backdate(),
        _no_backdate,
    ),
    Command(
        "time.compress",
        ("c",),
        "compress",
        "Shrink the rest so that it ends on time; shows it first.",
        "Clock",
        lambda c: c.preview_compress(),
        refusal(agenda_actions.compress_agenda),
    ),
    Command(
        "clock.mode",
        ("v",),
        "clock",
        "Show the countdown, the time gone, or the time of day.",
        "Clock",
        lambda c: c.next_clock(),
    ),
    Command(
        "item.finish",
        (),
        "finish",
        "Finish the session now.",
        "Clock",
        lambda c: c.act(actions.finish),
        refusal(actions.finish),
    ),
)

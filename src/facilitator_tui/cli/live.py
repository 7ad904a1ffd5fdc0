"""`facilitator do`: what a key does, from the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta

import click

from facilitator_tui.cli.place import Place, place_options, refresh_notes, save
from facilitator_tui.cli.rooms_do import presence_words, rooms_action, rooms_outcome
from facilitator_tui.cli.standing import print_status
from facilitator_tui.core import actions, agenda_actions, ideas, people, seating, undo
from facilitator_tui.core.actions import Outcome
from facilitator_tui.core.compress import Compression
from facilitator_tui.core.durations import clock, parse_change, parse_length, signed
from facilitator_tui.core.run import Run
from facilitator_tui.errors import UsageError

Doing = Callable[[Run, datetime, list[str]], Outcome]


def _plain(action: Callable[[Run, datetime], Outcome]) -> Doing:
    """An action without arguments."""

    def doing(run: Run, now: datetime, words: list[str]) -> Outcome:
        if words:
            raise UsageError(f"{' '.join(words)!r} is too much: this action takes nothing more")
        return action(run, now)

    return doing


def _named(action: Callable[[Run, datetime, str], Outcome], what: str) -> Doing:
    """An action on one thing, whose name may have several words."""

    def doing(run: Run, now: datetime, words: list[str]) -> Outcome:
        if not words:
            raise UsageError(f"say which {what}")
        return action(run, now, " ".join(words))

    return doing


def _start(run: Run, now: datetime, words: list[str]) -> Outcome:
    return actions.start(run, now, " ".join(words))


def _extend(run: Run, now: datetime, words: list[str]) -> Outcome:
    words = " ".join(words).split()
    if not words or words == ["until"]:
        raise UsageError("say by how much, like: do extend +5, do extend -3, do extend until 10:40")
    if words[0] == "until":
        return actions.until(run, now, " ".join(words[1:2]), " ".join(words[2:]))
    return actions.extend(run, now, _length(words[0], parse_change), " ".join(words[1:]))


def _backdate(run: Run, now: datetime, words: list[str]) -> Outcome:
    if len(words) != 1:
        raise UsageError("say how many minutes ago it started, like: do backdate 3")
    return actions.backdate(run, now, _length(words[0], parse_length))


def _length(text: str, parse: Callable[[str], timedelta]) -> timedelta:
    try:
        return parse(text)
    except ValueError as error:
        raise UsageError(str(error)) from None


def _move(run: Run, now: datetime, words: list[str]) -> Outcome:
    if len(words) < 2 or words[-1] not in agenda_actions.DIRECTIONS:
        raise UsageError("say which item, and up or down, like: do move qa up")
    return agenda_actions.move(run, now, " ".join(words[:-1]), words[-1])


def _rename(run: Run, now: datetime, words: list[str]) -> Outcome:
    if len(words) < 2:
        raise UsageError("say which item and its new title, like: do rename qa 'Open questions'")
    return agenda_actions.rename(run, now, words[0], " ".join(words[1:]))


def _choose(run: Run, now: datetime, words: list[str]) -> Outcome:
    if len(words) < 2:
        raise UsageError("say who and which room, like: do choose p05 lead1")
    return seating.choose(run, now, " ".join(words[:-1]), words[-1])


def _vote(run: Run, now: datetime, words: list[str]) -> Outcome:
    *name, last = words or [""]
    number = last.removeprefix("-")
    if not name or not number.isdecimal():
        name, last = words, "1"
    if not " ".join(name).strip():
        raise UsageError("say what for and how many dots, like: do vote 'a joint fund' 3")
    return ideas.vote_for(run, now, " ".join(name), int(last))


def _idea(run: Run, now: datetime, words: list[str]) -> Outcome:
    if len(words) < 2:
        raise UsageError("say which idea and which session, like: do idea i5 wed; - opens it again")
    return ideas.place_named(run, now, " ".join(words[:-1]), words[-1])


ACTIONS: dict[str, Doing] = {
    "start": _start,
    "next": _plain(actions.next_item),
    "previous": _plain(actions.previous_item),
    "goto": _named(actions.goto, "item"),
    "pause": _plain(actions.pause),
    "resume": _plain(actions.resume),
    "extend": _extend,
    "backdate": _backdate,
    "skip": _named(agenda_actions.skip, "item"),
    "unskip": _named(agenda_actions.unskip, "item"),
    "insert": _named(agenda_actions.insert, "item, like: do insert 'break 5'"),
    "move": _move,
    "rename": _rename,
    "here": _named(people.here, "person"),
    "away": _named(people.away, "person"),
    "spoke": _named(people.spoke, "person"),
    "hand": _named(people.hand, "person"),
    "vote": _vote,
    "idea": _idea,
    "rooms": rooms_action,
    "choose": _choose,
    "finish": _plain(actions.finish),
    "undo": _plain(undo.undo),
    "redo": _plain(undo.redo),
}


FREE_TEXT = frozenset({"insert", "rename"})
"""Actions whose words are a title, where two dashes may stand."""


@click.command("do", context_settings={"ignore_unknown_options": True})
@click.argument("action")
@click.argument("words", nargs=-1, type=click.UNPROCESSED)
@click.option("--preview", is_flag=True, help="compress, rooms replan: show what would change, and change nothing.")
@click.option("--with-item", is_flag=True, help="rooms start: a pause of the item stops the rooms' clock too.")
@place_options
def do_command(place: Place, action: str, words: tuple[str, ...], preview: bool, with_item: bool) -> None:
    """Do one action: start [ITEM], next, previous, goto ITEM, pause, resume, extend +5 / -3 / until 10:40,
    backdate 3, skip ITEM, unskip ITEM, compress [--preview], insert "break 5", move ITEM up/down,
    rename ITEM TITLE, here NAME, away NAME, spoke NAME, hand NAME, vote IDEA [DOTS], idea IDEA SESSION,
    rooms start / extend +3 / recall /
    plan / replan [patch, few, fresh] [--preview] / lock ROOM,
    choose NAME ROOM, finish, undo, redo.
    """
    _check_words(action, words, preview=preview, with_item=with_item)
    store = place.open()
    if action == "compress":
        outcome, plan = agenda_actions.compress_agenda(store.run, place.now)
        if preview:
            _print_preview(plan, place)
            return
    elif action == "rooms":
        outcome = rooms_outcome(store, place, list(words), with_item=with_item, preview=preview)
    else:
        outcome = ACTIONS[action](store.run, place.now, list(words))
    store.perform(outcome, place.now)
    save(store)
    refresh_notes(store, place)
    if place.json:
        print_status(store, place)
    else:
        noticed = presence_words(store.run, place.now, outcome.payloads)
        click.echo(f"{outcome.said}; {noticed}" if noticed else outcome.said)


def _check_words(action: str, words: tuple[str, ...], *, preview: bool, with_item: bool) -> None:
    """Refuse what would be done otherwise than it was meant. Raises UsageError."""
    if action != "compress" and action not in ACTIONS:
        raise UsageError(f"no action {action!r}: the actions are compress, {', '.join(ACTIONS)}")
    for word in words:
        if word.startswith("--") and action not in FREE_TEXT:
            raise UsageError(f"no option {word}; see facilitator do --help")
    if action == "compress" and words:
        raise UsageError(f"{' '.join(words)!r} is too much: compress takes only --preview")
    asked = (action, *words[:1])
    if preview and action != "compress" and asked != ("rooms", "replan"):
        raise UsageError(f"{' '.join(asked)} has no --preview; compress and rooms replan have one")
    if with_item and asked != ("rooms", "start"):
        raise UsageError("--with-item belongs to rooms start")


def _print_preview(plan: Compression, place: Place) -> None:
    if place.json:
        changes = [
            {"id": c.item, "old": int(c.old.total_seconds()), "new": int(c.new.total_seconds())} for c in plan.changes
        ]
        over = max(0, int(plan.still_over.total_seconds()))
        click.echo(json.dumps({"changes": changes, "still_over": over}, indent=2))
        return
    for change in plan.changes:
        difference = signed(change.difference)
        click.echo(f"{clock(change.old):>7} → {clock(change.new):>7}  {difference:>7}  {change.title}")
    if plan.still_over.total_seconds() > 0:
        click.echo(f"still over by {clock(plan.still_over)}: cut an item")

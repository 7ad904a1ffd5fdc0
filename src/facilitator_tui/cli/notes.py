"""`facilitator capture` and `captures`: what is said."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator

import click

from facilitator_tui.cli.place import Place, place_options, refresh_notes, save
from facilitator_tui.core.actions import Refused
from facilitator_tui.core.capture import Capture, Command, as_json
from facilitator_tui.core.dictation import Focus, type_line
from facilitator_tui.core.run import Run
from facilitator_tui.core.text import clean, fold_case
from facilitator_tui.core.waterfall import split
from facilitator_tui.store.block import TooLong
from facilitator_tui.store.session_store import SessionStore

LONGEST = 100_000
"""Characters of a line of standard input; what is longer becomes several captures, each of which fits into the log."""


@click.command("capture", context_settings={"ignore_unknown_options": True})
@click.argument("words", nargs=-1, required=True, type=click.UNPROCESSED, metavar="TEXT | -")
@place_options
def capture_command(place: Place, words: tuple[str, ...]) -> int:
    """Write down a line. `-` reads standard input, a capture a line.

    With `-`, the id of each line is printed only after the line is safe on disk.
    """
    store = place.open()
    dictated = words == ("-",)
    code = _dictate(store, place) if dictated else 0
    if not dictated:
        focus = _take(store, place, " ".join(words), Focus())
        if focus.room or focus.question:
            raise Refused("a room or question sticks only to lines of `capture -`; write r:3 or q:2 in the line")
    refresh_notes(store, place)
    return code


def _dictate(store: SessionStore, place: Place) -> int:
    """Take every line of standard input. A line that is refused is said and costs only itself."""
    code, focus = 0, Focus()
    for entry in _entries(_lines_of_input()):
        try:
            focus = _take(store, place, entry, focus)
        except (Refused, TooLong) as refused:
            click.echo(f"facilitator: {clean(str(refused))}", err=True)
            code = refused.exit_code
    return code


def _lines_of_input() -> Iterator[str]:
    # Started with its standard input closed, a process has none.
    for number, line in enumerate(sys.stdin.buffer if sys.stdin else ()):
        text = line.decode("utf-8", "replace").rstrip("\r\n")
        text = text.removeprefix("\ufeff") if number == 0 else text
        yield from (text[start : start + LONGEST] for start in range(0, max(len(text), 1), LONGEST))


def _entries(lines: Iterable[str]) -> Iterator[str]:
    """Lines as they come; those of a saved chat together with the heading that names their sender."""
    heading, bare = "", False
    for line in lines:
        blank = not line.strip()
        if _is_heading(line):
            if bare:
                yield heading
            heading, bare = line, True
        elif heading and not blank and (bare or line[:1].isspace()):
            bare = False
            yield f"{heading}\n{line}"
        elif not blank:
            heading = ""
            yield line
    if bare:
        yield heading


def _is_heading(line: str) -> bool:
    """Whether a line only names the sender of what follows it."""
    return not split(line) and any(one.sender for one in split(f"{line}\n."))


def _take(store: SessionStore, place: Place, line: str, focus: Focus) -> Focus:
    typed = type_line(store.run, place.now, line, focus)
    if typed.handed_back:
        _hand_back(store, typed.handed_back)
    if typed.outcome.payloads:
        events = store.perform(typed.outcome, place.now)
        save(store)
        click.echo(json.dumps({"id": events[0].id}) if place.json else events[0].id)
    return typed.focus


def _hand_back(store: SessionStore, command: Command) -> None:
    """`/find` prints what it finds; whatever else needs a screen is refused."""
    if command.name != "find":
        raise Refused(f"/{command.name} needs the console")
    wanted = fold_case(command.argument)
    if not wanted:
        raise Refused("say what to find, like /find evidence")
    for capture in store.run.shown_captures():
        if wanted in fold_case(capture.content.text):
            click.echo(_line(capture, store.run))


@click.command("captures")
@place_options
def captures_command(place: Place) -> None:
    """List what was captured, as it stands after every edit and undo."""
    run = place.open().run
    captures = run.shown_captures()
    if place.json:
        click.echo(json.dumps([as_json(capture) for capture in captures], ensure_ascii=False, indent=2))
        return
    for capture in captures:
        click.echo(_line(capture, run))


def _line(capture: Capture, run: Run) -> str:
    content = capture.content
    count = f"  ×{content.count}" if content.count > 1 else ""
    return f"{capture.at.astimezone(run.plan.programme.tz):%H:%M}  {content.type:<10}  {content.text}{count}"

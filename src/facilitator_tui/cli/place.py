"""The options every command shares: which plan, which session, which records, which instant.

Owns their meaning and the opening of a session from them. A command's own options win over those in front of it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime, tzinfo
from functools import wraps
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any, TypeVar

import click

from facilitator_tui import paths
from facilitator_tui.errors import FacilitatorError, UsageError

if TYPE_CHECKING:
    from facilitator_tui.store.session_store import SessionStore

F = TypeVar("F", bound=Callable[..., Any])

FIRST_YEAR, LAST_YEAR = 1900, 9000
"""Days around an instant must exist too, so the ends of the calendar are no instants."""

SAVE_TIMEOUT_S = 30.0
"""How long a command waits for a slow disk before it says that its events are not safe."""

ZONE = "facilitator.zone"
"""The key of the plan's zone among what a command remembers."""

LOOK_S = 0.25
CLOSE_S = 1.0
"""How long a command waits at its end for a writer that has nothing left to save."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a command works. `at` is the instant it speaks of, a clock time of the plan where it names no zone; None
    is now."""

    plan: str | None = None
    session: str = ""
    records: str | None = None
    at: datetime | None = None
    json: bool = False

    def over(self, **options: Any) -> Place:
        """These options, with the given ones that were set on top."""
        given = {name: value for name, value in options.items() if value not in (None, "", False)}
        return replace(self, **given)

    @property
    def now(self) -> datetime:
        """The instant of `--at`, or the real one in whole milliseconds. Raises FacilitatorError when `--at` has no
        offset and there is no plan whose zone it could be read in."""
        if self.at is not None:
            return self.at if self.at.tzinfo else in_zone(self.at, self._zone())
        now = datetime.now(UTC)
        return now.replace(microsecond=now.microsecond // 1000 * 1000)

    def _zone(self) -> tzinfo:
        """The zone of every clock time in the plan, read once a command."""
        from facilitator_tui.store.session_store import usable_plan

        known: dict[str, tzinfo] = click.get_current_context().meta
        if ZONE not in known:
            known[ZONE] = usable_plan(self.plan_path())[0].programme.tz
        return known[ZONE]

    def plan_path(self) -> Path:
        """The plan's file. Raises PlanMissing."""
        from facilitator_tui.store.plan_places import find_plan

        return find_plan(self.plan)

    def records_folder(self, plan_path: Path) -> Path:
        return paths.records_folder(plan_path, Path(self.records) if self.records else None)

    def open(self) -> SessionStore:
        """Open the session that is meant. Raises FacilitatorError."""
        from facilitator_tui.store.session_store import SessionStore

        path = self.plan_path()
        store = SessionStore.open(path, self.records_folder(path), self.now, self.session)
        click.get_current_context().call_on_close(lambda: store.journal.close(CLOSE_S))
        return store


def read_instant(text: str) -> datetime:
    """What stands behind `--at`: an ISO 8601 instant in UTC, or without an offset a clock time that has no zone yet
    (`in_zone` gives it one). Raises UsageError."""
    try:
        moment = datetime.fromisoformat(text.strip())
        moment = moment.astimezone(UTC) if moment.tzinfo else moment
    except (ValueError, OverflowError):
        moment = None
    if moment is None or not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise UsageError(
            f"--at {text!r} is no instant: write it like 2020-09-29T15:05 (clocks of the plan) or 2020-09-29T13:05:00Z"
        )
    return moment


def in_zone(moment: datetime, zone: tzinfo) -> datetime:
    """The instant at which clocks in `zone` show what a moment without a zone says; the first where there are two."""
    return moment.replace(tzinfo=zone).astimezone(UTC)


def _instant_option(_ctx: click.Context, _option: click.Parameter, value: str | None) -> datetime | None:
    return None if value is None else read_instant(value)


def place_options(command: F) -> F:
    """Give a command the common options; it gets them as one `place`."""

    @click.option("--plan", metavar="PATH", help="Plan file or its folder (default: sessions.toml here).")
    @click.option("--session", metavar="ID", help="Session (default: the one running, today's, the next).")
    @click.option("--records", metavar="DIR", help="Where the log and the notes lie.")
    @click.option(
        "--at",
        metavar="INSTANT",
        callback=_instant_option,
        help="ISO 8601 instant, in the plan's zone where it names none (default: now).",
    )
    @click.option("--json", is_flag=True, help="Print JSON.")
    @wraps(command)
    def with_place(*arguments: Any, **options: Any) -> Any:
        own = {part.name: options.pop(part.name) for part in fields(Place)}
        context = click.get_current_context()
        given = context.obj if isinstance(context.obj, Place) else Place()
        return command(*arguments, place=given.over(**own), **options)

    return with_place  # type: ignore[return-value]


def refresh_notes(store: SessionStore, place: Place) -> None:
    """Write `notes.md` anew, on the computer that began the run.

    A console that is open there writes the same bytes for the same events, so the two are never at odds. What can't
    be written is said and costs nothing: the log has everything.
    """
    from facilitator_tui.console.notes_file import write_notes

    if not store.keeps_notes:
        return
    try:
        write_notes(store.folder, store.run, place.now)
    except OSError as error:
        click.echo(f"facilitator: the notes could not be written ({error.strerror}); the log is safe", err=True)


def save(store: SessionStore) -> None:
    """Wait until everything appended is safe on disk, and say so when that is not where it belongs.

    Raises FacilitatorError, with what was typed, when no place takes it or a slow disk takes too long.
    """
    from facilitator_tui.core.events import CaptureContent

    journal = store.journal
    patience = monotonic() + SAVE_TIMEOUT_S
    while not journal.wait_saved(LOOK_S):
        if journal.trouble.kind == "unsaved" or monotonic() > patience:
            # Only the console tries again by itself, so that half of its sentence is left out.
            reason = journal.trouble.text.partition(";")[0].rstrip(".") or "the disk does not answer"
            lines = [event.payload.raw for event in journal.unsaved() if isinstance(event.payload, CaptureContent)]
            raise FacilitatorError(" ".join([f"NOT SAVED, try again: {reason}.", *lines]))
    if journal.trouble.kind == "second-place":
        click.echo(f"facilitator: {journal.trouble.text}", err=True)

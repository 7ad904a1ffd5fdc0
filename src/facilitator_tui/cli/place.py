"""The options every command shares: which plan, which session, which records, which instant.

Owns their meaning and the opening of a session from them. A command's own options win over those in front of it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from facilitator_tui import paths
from facilitator_tui.errors import FacilitatorError, UsageError

if TYPE_CHECKING:
    from facilitator_tui.store.session_store import SessionStore

F = TypeVar("F", bound=Callable[..., Any])

SAVE_TIMEOUT_S = 30.0
"""How long a command waits for its events to be safe before it says that they are not."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a command works. `at` is the instant it speaks of; None is now."""

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
        """The instant of `--at`, or the real one in whole milliseconds."""
        if self.at is not None:
            return self.at
        now = datetime.now(UTC)
        return now.replace(microsecond=now.microsecond // 1000 * 1000)

    def plan_path(self) -> Path:
        """The plan's file. Raises PlanMissing."""
        from facilitator_tui.store.plan_file import find_plan

        return find_plan(self.plan)

    def records_folder(self, plan_path: Path) -> Path:
        return paths.records_folder(plan_path, Path(self.records) if self.records else None)

    def open(self) -> SessionStore:
        """Open the session that is meant. Raises FacilitatorError."""
        from facilitator_tui.store.session_store import SessionStore

        path = self.plan_path()
        return SessionStore.open(path, self.records_folder(path), self.now, self.session)


def read_instant(text: str) -> datetime:
    """An instant of `--at`: ISO 8601; without a zone it is the computer's local time. Raises UsageError."""
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        raise UsageError(
            f"--at {text!r} is no instant: write it like 2020-09-29T15:05:00+02:00 or 2020-09-29T13:05:00Z"
        ) from None
    return moment.astimezone(UTC)


def _instant_option(_ctx: click.Context, _option: click.Parameter, value: str | None) -> datetime | None:
    return read_instant(value) if value else None


def place_options(command: F) -> F:
    """Give a command the common options; it gets them as one `place`."""

    @click.option("--plan", metavar="PATH", help="Plan file or its folder (default: sessions.toml here).")
    @click.option("--session", metavar="ID", help="Session (default: the one running, today's, the next).")
    @click.option("--records", metavar="DIR", help="Where the log and the notes lie.")
    @click.option("--at", metavar="INSTANT", callback=_instant_option, help="ISO 8601 instant (default: now).")
    @click.option("--json", is_flag=True, help="Print JSON.")
    @wraps(command)
    def with_place(*arguments: Any, **options: Any) -> Any:
        own = {part.name: options.pop(part.name) for part in fields(Place)}
        context = click.get_current_context()
        given = context.obj if isinstance(context.obj, Place) else Place()
        return command(*arguments, place=given.over(**own), **options)

    return with_place  # type: ignore[return-value]


def refresh_notes(store: SessionStore, place: Place) -> None:
    """Write `notes.md` anew. What can't be written is said and costs nothing: the log has everything."""
    from facilitator_tui.console.notes_file import write_notes

    try:
        write_notes(store.folder, store.run, place.now)
    except OSError as error:
        click.echo(f"facilitator: the notes could not be written ({error.strerror}); the log is safe", err=True)


def save(store: SessionStore) -> None:
    """Wait until everything appended is safe on disk. Raises FacilitatorError when it is not."""
    if not store.journal.wait_saved(SAVE_TIMEOUT_S):
        trouble = store.journal.trouble
        raise FacilitatorError(f"NOT SAVED: {trouble.text or 'the disk does not answer'}; try again")

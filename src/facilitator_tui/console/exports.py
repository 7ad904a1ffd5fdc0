"""The folder of exports: what a person ticked there is read first, then the files are written.

Owns two rules. A tick in an exported `actions.md` becomes an event before that file is written anew, and a file that
was changed otherwise is left alone. A folder holds one edition: when another one takes its place, what we wrote goes,
what a person changed stays, and both are said. It must not know Textual: the command line writes the same files.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from facilitator_tui.core.actions import Outcome
from facilitator_tui.core.run import Run
from facilitator_tui.errors import FacilitatorError
from facilitator_tui.harvest.actions import boxes_emptied, read_ticks, ticked
from facilitator_tui.store import atomic, disk

ACTIONS = "actions.md"
WEEK = "week"
EDITION = ".edition"
"""Name of the file that says which edition a folder holds."""
UNFINISHED = "unfinished"

TEMPLATES = "templates"
"""Folder beside the plan with a community's own templates."""

_LARGEST = 8 << 20
_LARGEST_TEMPLATE = 1 << 20


def own_templates(plan_path: Path) -> dict[str, str]:
    """The community's own templates beside a plan, by file name. Raises FacilitatorError for one that is no text."""
    folder = plan_path.parent / TEMPLATES
    found: dict[str, str] = {}
    for path in sorted(folder.glob("*.j2")) if folder.is_dir() else []:
        if path.is_file() and path.stat().st_size <= _LARGEST_TEMPLATE:
            try:
                found[path.name] = path.read_text(encoding="utf-8")
            except UnicodeDecodeError:
                raise FacilitatorError(f"{path} is not UTF-8 text: save it as UTF-8, or take it away") from None
    return found


@dataclass(frozen=True, slots=True)
class Ticked:
    """What people ticked in exported lists of actions, for one session."""

    outcome: Outcome
    """The events that mark those actions as done; none when nothing is new."""
    seen: frozenset[bytes] = frozenset()
    """The contents that were read: such a file may be replaced once its ticks are safe …"""
    doubtful: frozenset[bytes] = frozenset()
    """… but for these, which hold an unclear line."""
    unclear: tuple[str, ...] = ()
    """Lines whose code and text fit no action, as they stand in the file."""


def read_back(target: Path, run: Run) -> Ticked:
    """Read the ticks of a session from the lists in an export folder that a person changed."""
    done: dict[str, None] = {}
    unclear: dict[str, None] = {}
    seen, doubtful = set(), set()
    for path in _changed_lists(target, run.session.id):
        content = _content(path)
        found = read_ticks(content.decode("utf-8", "replace"), run)
        done |= dict.fromkeys(found.done)
        unclear |= dict.fromkeys(found.unclear)
        seen.add(content)
        if found.unclear:
            doubtful.add(content)
    events = ticked(run, done)
    said = f"{len(events)} action{'s' if len(events) != 1 else ''} ticked in the export marked as done"
    return Ticked(Outcome(events, said), frozenset(seen), frozenset(doubtful), tuple(unclear))


def _changed_lists(target: Path, session: str) -> Iterable[Path]:
    for folder in (target / session, target / WEEK):
        for name, changed in atomic.exported(folder).items():
            if changed and (name == ACTIONS or (name.startswith("actions-") and name.endswith(".md"))):
                yield folder / name


def _content(path: Path) -> bytes:
    with suppress(OSError):
        return disk.read_regular(path, _LARGEST)[0]
    return b""


# ---------------------------------------------------------------- writing


@dataclass(frozen=True, slots=True)
class Written:
    """Where each file is now, and what a person should know about it."""

    paths: Mapping[str, Path]
    """Path below the export folder, as it was asked for, to the file that holds it."""
    remarks: tuple[str, ...] = field(default=())


def write_all(target: Path, files: Mapping[str, bytes], edition: str, seen: frozenset[bytes] = frozenset()) -> Written:
    """Write the files of an edition. `seen` are lists of actions whose ticks are safe in the log. Raises OSError."""
    remarks: list[str] = []
    by_folder: dict[str, dict[str, bytes]] = {}
    for name, content in files.items():
        folder, _, inside = name.partition("/")
        by_folder.setdefault(folder, {})[inside] = content
    for folder, contents in by_folder.items():
        remarks += _make_room(target / folder, contents, edition)
    paths: dict[str, Path] = {}
    for folder, contents in by_folder.items():
        cores = {ACTIONS: _but_for_ticks(contents[ACTIONS], seen)} if ACTIONS in contents else {}
        written = atomic.write_exports(target / folder, contents, cores)
        paths.update((f"{folder}/{name}", path) for name, path in written.items())
    for folder in by_folder:
        if _edition_of(target / folder) != edition:
            _mark(target / folder, edition)
    for name, path in paths.items():
        if path != target / name:
            remarks.append(f"{target / name} was changed by hand and is left alone: the new one is {path.name}")
    return Written(paths, tuple(remarks))


def has_pages(target: Path, folders: Iterable[str], edition: str) -> bool:
    """Whether pages of this edition were written before: then they are written anew with the rest, or they would
    go on saying what somebody has taken back since."""
    return any(
        name.endswith(".html")
        for folder in folders
        if _edition_of(target / folder) == edition
        for name in atomic.exported(target / folder)
    )


def _edition_of(folder: Path) -> str:
    return _content(folder / EDITION).decode("utf-8", "replace").strip()


def _but_for_ticks(content: bytes, seen: frozenset[bytes]) -> atomic.Core:
    """All of a list of actions but its boxes, for what we write and for what was read to the last tick; of another
    file every byte counts."""

    def core(of: bytes) -> bytes:
        return boxes_emptied(of.decode("utf-8", "replace")).encode() if of == content or of in seen else of

    return core


def _make_room(folder: Path, names: Collection[str], edition: str) -> Iterable[str]:
    """Take the files of another edition away before this one's are written. Says so."""
    before = _edition_of(folder)
    if before == edition:
        return
    if before:
        stays = []
        for name, changed in atomic.exported(folder).items():
            if changed:
                stays.append(name)
            elif name not in names:
                disk.remove(folder / name)
        yield f"{folder} held the {_spoken(before)} edition until now; it holds the {_spoken(edition)} edition now"
        for name in stays:
            yield (
                f"{folder / name} was changed by hand and stays, and it is of the {_spoken(before)} edition: "
                "take it away before you pass the folder on"
            )
    # Until all files are there the folder is of no edition: one that is broken off is cleared by the next.
    _mark(folder, UNFINISHED)


def _mark(folder: Path, edition: str) -> None:
    atomic.replace(folder / EDITION, f"{edition}\n".encode())


def _spoken(edition: str) -> str:
    return {"team": "team's", "participants": "participants'"}.get(edition, edition)

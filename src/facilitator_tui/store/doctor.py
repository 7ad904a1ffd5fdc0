"""The examination of a log: what is there, what is damaged, and where each thing lies.

Owns the report behind `facilitator doctor`. It must not repair, move or delete anything, nor know what events
mean.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from facilitator_tui.store.block import Damage
from facilitator_tui.store.clock import Clock, wall_now
from facilitator_tui.store.journal import LOG
from facilitator_tui.store.log_folder import Edited, LogFolder, Union, foreign_entries


@dataclass(frozen=True, slots=True)
class Foreign:
    """Something in a log folder that is not a segment; it is left alone."""

    file: str
    what: str


@dataclass(frozen=True, slots=True)
class SegmentFound:
    """One file that was read. `events` counts its blocks, also those that other files hold too."""

    file: str
    events: int
    damaged: int


@dataclass(frozen=True, slots=True)
class Report:
    """What `examine` found. Files are named by their paths, offsets are bytes, lines count from 1."""

    folder: str
    events: int
    segments: tuple[SegmentFound, ...]
    damage: tuple[Damage, ...]
    edited: tuple[Edited, ...]
    unknown_kinds: Mapping[str, int]
    unknown_keys: Mapping[str, int]
    foreign: tuple[Foreign, ...]
    ahead: tuple[str, ...]
    """Ids of events stamped more than five minutes in the future."""
    second_place: str
    stranded: int
    """Events that only the second place holds; the next write to the records brings them along."""

    @property
    def healthy(self) -> bool:
        """Nothing was lost, changed or left elsewhere. What is merely unknown or foreign is no illness."""
        return not (self.damage or self.edited or self.stranded)

    def as_json(self) -> dict[str, object]:
        """The report for `doctor --json`."""
        return {
            "folder": self.folder,
            "healthy": self.healthy,
            "events": self.events,
            "files": [{"file": one.file, "events": one.events, "damaged": one.damaged} for one in self.segments],
            "damaged": [
                {
                    "file": one.file,
                    "offset": one.offset,
                    "line": one.line,
                    "length": one.length,
                    "why": one.why,
                }
                for one in self.damage
            ],
            "edited": [{"id": one.id, "file": one.file, "offset": one.offset, "line": one.line} for one in self.edited],
            "unknown_kinds": dict(self.unknown_kinds),
            "unknown_keys": dict(self.unknown_keys),
            "foreign": [{"file": one.file, "what": one.what} for one in self.foreign],
            "ahead": list(self.ahead),
            "second_place": {"folder": self.second_place, "events": self.stranded},
        }

    def sentences(self) -> tuple[str, ...]:
        """The report in plain lines, without anybody's text in them."""
        lines = [f"{self.events} events in {len(self.segments)} files of {self.folder}"]
        lines += [f"damaged: {one.file}, byte {one.offset}, line {one.line}: {one.why}" for one in self.damage]
        lines += [f"edited by hand: {one.file}, line {one.line}, event {one.id}" for one in self.edited]
        lines += [f"unknown kind, kept: {kind} ({count})" for kind, count in self.unknown_kinds.items()]
        lines += [f"unknown key, kept: {key} ({count})" for key, count in self.unknown_keys.items()]
        lines += [f"not a log file, left alone: {one.file} ({one.what})" for one in self.foreign]
        if self.ahead:
            lines.append(f"from the future: {len(self.ahead)} events; look at the clocks of the computers")
        if self.stranded:
            lines.append(
                f"in the second place only: {self.stranded} events in {self.second_place}; "
                "they come along with the next thing that is written"
            )
        if self.healthy:
            lines.append("nothing is damaged")
        return tuple(lines)


def examine(folder: Path, *, fallback: Path | None = None, wall: Callable[[], datetime] = wall_now) -> Report:
    """Look at the records of one session, and at its second place. Reads only."""
    whole, at_home = Union(), Union()
    segments: list[SegmentFound] = []
    damage: list[Damage] = []
    foreign: list[Foreign] = []
    for place in [folder] + ([fallback] if fallback else []):
        log = LogFolder(place / LOG)
        pages = log.located()
        whole.take(pages)
        if place == folder:
            at_home.take(pages)
        damage += [one for page in pages for one in page.damage]
        if log.trouble:
            damage.append(Damage(0, 0, 0, log.trouble, file=str(log.folder)))
        segments += [SegmentFound(page.file, len(page.blocks), len(page.damage)) for page in pages if page.regular]
        foreign += [Foreign(str(log.folder / name), what) for name, what in foreign_entries(log.folder)]
    kinds, keys = whole.unknown()
    ahead = set(Clock("", wall).merge([event.hlc for event in whole.events]))
    return Report(
        folder=str(folder),
        events=len(whole.events),
        segments=tuple(segments),
        damage=tuple(one for one in damage if one.file not in {thing.file for thing in foreign}),
        edited=whole.edited,
        unknown_kinds=kinds,
        unknown_keys=keys,
        foreign=tuple(foreign),
        ahead=tuple(event.id for event in whole.events if event.hlc in ahead),
        second_place=str(fallback or ""),
        stranded=len(whole.missing_in(at_home)),
    )

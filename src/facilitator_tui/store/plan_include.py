"""`include`: other files of the plan's folder, merged into it.

Owns which files may be read and how two files become one: tables are merged, lists appended, and a value
stands in one file only. It must not know what the tables mean.
"""

from __future__ import annotations

from pathlib import Path

from facilitator_tui.core.text import clean
from facilitator_tui.store.plan_cursor import Array, Table
from facilitator_tui.store.plan_problems import Problems
from facilitator_tui.store.plan_source import Source, Sources
from facilitator_tui.store.plan_syntax import Reading

MAX_FILES = 40


def read_with_includes(path: Path, sources: Sources, problems: Problems) -> Table | None:
    """The merged tables of a plan file and all it includes; None where the plan itself cannot be read."""
    source = sources.read(path)
    if source.problem:
        problems.error(0, "", source.problem, "check the path, or write a plan with `facilitator new`")
        return None
    return _Merging(path.absolute().parent, sources, problems).table_of(source, (path.absolute(),))


class _Merging:
    def __init__(self, folder: Path, sources: Sources, problems: Problems) -> None:
        self.folder = folder
        self.sources = sources
        self.problems = problems
        self.merged: set[Path] = set()

    def table_of(self, source: Source, trail: tuple[Path, ...]) -> Table:
        for mistake in source.mistakes:
            self.problems.mistake(mistake)
        reading = Reading(source.text, source.base)
        for mistake in reading.mistakes:
            self.problems.mistake(mistake)
        table = reading.root
        for name, at in _names(table):
            other = self._included(name, at, source, trail)
            if other is not None:
                self._merge(table, other, "")
        return table

    def _included(self, name: object, at: int, source: Source, trail: tuple[Path, ...]) -> Table | None:
        if not isinstance(name, str) or not name.strip():
            return None  # noted where the fields are read
        path = source.path.parent / name
        shown = clean(name)[:80]
        refusal = self._refusal(path, trail)
        if refusal:
            self.problems.error(at, "include", f'"{shown}": {refusal[0]}', refusal[1])
            return None
        resolved = path.resolve()
        if resolved in self.merged:
            return None
        self.merged.add(resolved)
        other = self.sources.read(path)
        if other.problem:
            self.problems.error(at, "include", f'"{shown}": {other.problem}', "put it beside the plan, or take it out")
            return None
        return self.table_of(other, (*trail, path.absolute()))

    def _refusal(self, path: Path, trail: tuple[Path, ...]) -> tuple[str, str] | None:
        if "\0" in str(path):
            return "this is no name of a file", "name a file beside the plan"
        try:
            resolved = path.resolve()
            inside = resolved.is_relative_to(self.folder.resolve())
            circle = resolved in [each.resolve() for each in trail]
        except (OSError, RuntimeError, ValueError):
            return "this path leads nowhere", "name a file beside the plan"
        if not inside:
            return "a plan includes files of its own folder only", "put the file beside the plan"
        if circle:
            return "these files include each other in a circle", "take one of the includes out"
        if len(self.sources.files) >= MAX_FILES:
            return f"more than {MAX_FILES} files are refused", "put some of them together"
        return None

    def _merge(self, into: Table, other: Table, path: str) -> None:
        for key, value in other.items():
            name = f"{path}.{clean(key)}" if path else clean(key)
            mine = into.get(key)
            if key not in into:
                into[key] = value
                into.marks[key] = other.marks[key]
            elif isinstance(mine, Table) and isinstance(value, Table):
                self._merge(mine, value, name)
            elif isinstance(mine, Array) and isinstance(value, Array):
                if name != "include":
                    mine.extend(value)
                    mine.marks.extend(value.marks)
            elif mine != value:
                file, line, _ = self.sources.locate(into.marks[key][0])
                message = f"`{name}` is said differently in {file} line {line}"
                self.problems.error(other.marks[key][0], name, message, "keep one of the two")


def _names(table: Table) -> list[tuple[object, int]]:
    names = table.get("include")
    if names is None:
        return []
    if isinstance(names, Array):
        return list(zip(list(names), list(names.marks), strict=True))
    return [(names, table.marks["include"][1])]

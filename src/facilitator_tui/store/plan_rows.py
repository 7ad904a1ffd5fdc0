"""From nested TOML values to checked rows: every field read by its shape, every problem noted.

Owns unknown keys, missing fields, wrong shapes and where each value stands. It must not know what the fields
mean together (`plan_build`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from facilitator_tui.core.problems import did_you_mean, nearest
from facilitator_tui.core.text import clean
from facilitator_tui.store.plan_cursor import Array, Table
from facilitator_tui.store.plan_problems import Problems
from facilitator_tui.store.plan_schema import TABLES, Field, TableSpec
from facilitator_tui.store.plan_shapes import (
    AnyShape,
    ListOf,
    MapOf,
    NamedRows,
    One,
    RoomsOf,
    Rows,
    Shape,
    UnfitError,
)

_HOMES: dict[str, tuple[str, ...]] = {
    "item": ("session", "room", "top"),
    "room": ("session", "item", "top"),
    "session": ("programme", "item", "room", "top", "roster"),
    "top": ("programme", "session", "item", "rooms", "consent", "voice", "message", "roster"),
    "step": ("method", "session", "top"),
    "person": ("org", "top"),
}
_USUAL_HOMES = ("top", "programme", "session", "item", "rooms", "consent", "voice", "roster")


@dataclass(eq=False, repr=False)
class Row:
    """A table that was read. `values` has the fields that were there and right; `raw` knows the offsets."""

    path: str
    raw: Table
    values: dict[str, Any] = field(default_factory=dict)
    spots: dict[str, list[int]] = field(default_factory=dict)
    """Offsets of the elements of a list or of the values of a table, for the ones in `values`."""

    def get(self, name: str, default: Any = None) -> Any:
        return self.values.get(name, default)

    def at(self, name: str) -> int:
        """The offset of a field's value, or of the row where the field is not there."""
        mark = self.raw.marks.get(name)
        return mark[1] if mark else self.raw.at

    def rows(self, name: str) -> list[Row]:
        rows: list[Row] = self.values.get(name, [])
        return rows

    def row(self, name: str) -> Row:
        """The table of a field; an empty one where there is none."""
        row = self.values.get(name)
        return row if isinstance(row, Row) else Row(name, Table(self.raw.at, "implicit"))

    def placed(self, name: str) -> list[tuple[Any, int]]:
        """The elements of a list with their offsets."""
        return list(zip(self.values.get(name, []), self.spots.get(name, []), strict=False))


@dataclass(eq=False, repr=False)
class RowReader:
    """Reads tables by their specifications."""

    problems: Problems

    def table(self, name: str, raw: Table, path: str) -> Row:
        spec = TABLES[name]
        row = Row(path, raw)
        for key, value in raw.items():
            known = spec.field(key)
            if known:
                self._field(row, known, value)
            elif spec.others:
                self._other(row, name, spec, key, value)
            else:
                self._unknown(row, name, spec, key)
        for known in spec.fields:
            if known.required and known.name not in raw and not raw.broken:
                self._missing(row, name, known)
        return row

    # --- fields ---

    def _field(self, row: Row, known: Field, value: Any) -> None:
        path = _join(row.path, known.name)
        read = self._value(known.shape, value, row.raw.marks[known.name][1], path, row.spots.setdefault(path, []))
        if path in row.spots:
            row.spots[known.name] = row.spots.pop(path)
        if read is not None:
            row.values[known.name] = read

    def _value(self, shape: AnyShape, value: Any, at: int, path: str, spots: list[int]) -> Any:
        match shape:
            case One(table):
                return self._one(table, value, at, path)
            case Rows(table):
                return self._rows(table, value, at, path)
            case NamedRows(table):
                return self._named(table, value, at, path)
            case ListOf(each):
                return self._list(each, value, at, path, spots)
            case MapOf():
                return self._map(shape, value, at, path, spots)
            case RoomsOf():
                if isinstance(value, list):
                    return self._list(shape.each, value, at, path, spots)
                return self._plain(shape.number, value, at, path)
        return self._plain(shape, value, at, path)

    def _plain(self, shape: Shape, value: Any, at: int, path: str) -> Any:
        try:
            read = shape.read(value)
        except UnfitError as unfit:
            if not self.problems.misread(at):
                self.problems.error(at, path, _sentence(path, unfit.message), unfit.hint)
            return None
        if doubt := shape.doubt(read):
            self.problems.warn(at, path, _sentence(path, doubt[0]), doubt[1])
        return read

    def _list(self, each: Shape, value: Any, at: int, path: str, spots: list[int]) -> list[Any] | None:
        if isinstance(value, dict):
            self.problems.error(at, path, _sentence(path, "is a list, not a table"), "write it in [ ]")
            return None
        elements = value if isinstance(value, Array) else [value]
        marks = value.marks if isinstance(value, Array) else [at]
        found: list[Any] = []
        for element, mark in zip(elements, marks, strict=True):
            read = self._plain(each, element, mark, path)
            if read is not None:
                found.append(read)
                spots.append(mark)
        return found

    def _map(self, shape: MapOf, value: Any, at: int, path: str, spots: list[int]) -> dict[str, Any] | None:
        if not isinstance(value, Table):
            hint = f"write {{ {shape.key_words} = ... }}"
            self.problems.error(at, path, _sentence(path, "is a table of names and values"), hint)
            return None
        found: dict[str, Any] = {}
        for key, inner in value.items():
            if isinstance(inner, Table | Array) and not isinstance(shape.each, ListOf) and _home_of(key, _USUAL_HOMES):
                name = path.rsplit(".", 1)[-1]
                message = f"`{clean(key)}` does not belong to `{name}`"
                hint = f"put it above the heading of `{name}`"
                self.problems.error(value.marks[key][0], f"{path}.{clean(key)}", message, hint)
                continue
            read = self._value(shape.each, inner, value.marks[key][1], f"{path}.{clean(key)}", [])
            if read is not None:
                found[clean(key)] = read
                spots.append(value.marks[key][1])
        return found

    # --- tables within ---

    def _one(self, table: str, value: Any, at: int, path: str) -> Row | None:
        if isinstance(value, Array) and value and isinstance(value[0], Table):
            self.problems.error(at, path, f"[{path}] is there once, it is not a list", f"write [{path}]")
            value = value[0]
        if not isinstance(value, Table):
            self.problems.error(at, path, _sentence(path, "is a table"), f"write [{path}]")
            return None
        return self.table(table, value, path)

    def _rows(self, table: str, value: Any, at: int, path: str) -> list[Row] | None:
        heading = TABLES[table].heading
        if isinstance(value, Table):
            if value.origin == "implicit" and len(value) == 1:
                inner = next(iter(value))
                message = f"the rows of `{path}.{inner}` stand before the first {heading}"
                self.problems.error(at, path, message, f"put {heading} above them")
            else:
                message = f"`{path}` is a list, its heading has double brackets"
                self.problems.error(at, path, message, f"write {heading}")
            value = _as_list(value)
        if not isinstance(value, Array):
            self.problems.error(at, path, _sentence(path, "is a list of rows in { }"), f"write {heading}")
            return None
        rows: list[Row] = []
        for number, (raw, mark) in enumerate(zip(value, value.marks, strict=True), 1):
            if isinstance(raw, Table):
                rows.append(self.table(table, raw, _row_path(path, raw, number)))
            else:
                self.problems.error(mark, f"{path}[{number}]", "this is a row in { }", _row_hint(table, raw))
        return rows

    def _named(self, table: str, value: Any, at: int, path: str) -> dict[str, Row] | None:
        if not isinstance(value, Table):
            self.problems.error(at, path, _sentence(path, "is a table"), f"write [{path}]")
            return None
        rows: dict[str, Row] = {}
        for key, inner in value.items():
            mark = value.marks[key][1]
            if isinstance(inner, str):
                one = Table(mark, "inline")
                one["title"] = inner
                one.marks["title"] = (mark, mark)
                inner = one
            if isinstance(inner, Table):
                rows[key] = self.table(table, inner, f"{path}.{clean(key)}")
            else:
                hint = f'write {clean(key)} = {{ title = "..." }}'
                self.problems.error(mark, f"{path}.{clean(key)}", f"`{clean(key)}` is a row in {{ }}", hint)
        return rows

    # --- keys ---

    def _other(self, row: Row, name: str, spec: TableSpec, key: str, value: Any) -> None:
        assert spec.others is not None
        key_at, at = row.raw.marks[key]
        path = _join(row.path, clean(key))
        doubt = spec.others.check_key(key) if spec.others.check_key else None
        if doubt == ("", ""):
            self._unknown(row, name, spec, key)
            return
        if doubt:
            self.problems.warn(key_at, path, *doubt)
        spots: list[int] = []
        read = self._value(spec.others.each, value, at, path, spots)
        if read is not None:
            row.values[clean(key)] = read
            row.spots[clean(key)] = spots

    def _unknown(self, row: Row, name: str, spec: TableSpec, key: str) -> None:
        if self.problems.full:
            return
        at = row.raw.marks[key][0]
        shown = clean(key)[:40]
        path = _join(row.path, shown)
        here = spec.heading or "the top of the file"
        free = [each.name for each in spec.fields if each.name not in row.raw or isinstance(each.shape, Rows)]
        hint = did_you_mean(key, free)
        if home := _home_of(key, [each for each in _HOMES.get(name, _USUAL_HOMES) if each != name]):
            heading = TABLES[home].heading
            hint = f"put it under {heading}" if heading else "put it at the top of the file, above every heading"
            self.problems.warn(at, path, f"`{shown}` does not belong to {here} and is not used here", hint)
        else:
            self.problems.warn(at, path, f"`{shown}` is not known in {here} and is not used", hint)

    def _missing(self, row: Row, name: str, known: Field) -> None:
        if name == "item" and row.raw.get("kind") == "cue":
            return
        path = _join(row.path, known.name)
        typo = nearest(known.name, [key for key in row.raw if not TABLES[name].field(key)])
        hint = f'is it spelled "{typo}" here?' if typo else _example(known)
        message = "the plan has no session" if name == "top" else f"`{known.name}` is missing"
        self.problems.error(row.raw.at, path, message, hint)


def _home_of(key: str, homes: Sequence[str]) -> str:
    """The first of these tables that has a field of this name; "" where none has."""
    return next((home for home in homes if TABLES[home].field(key)), "")


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _sentence(path: str, message: str) -> str:
    """Messages of shapes begin with a verb or with the value; the field's name goes before a verb."""
    name = path.rsplit(".", 1)[-1]
    begins_with_verb: Callable[[str], bool] = lambda text: text.split(" ", 1)[0] in ("is", "cannot", "has")  # noqa: E731
    return f"`{name}` {message}" if begins_with_verb(message) else f"`{name}`: {message}"


def _row_path(path: str, raw: Table, number: int) -> str:
    id = raw.get("id")
    named = isinstance(id, str) and 0 < len(id) <= 40
    return f"{path}.{clean(str(id))}" if named else f"{path}[{number}]"


def _as_list(table: Table) -> Array:
    rows = Array(table.at, rows=True)
    rows.append(table)
    rows.marks.append(table.at)
    return rows


def _row_hint(table: str, raw: Any) -> str:
    spec = TABLES[table]
    required = [field.name for field in spec.fields if field.required]
    shown = clean(str(raw))[:30] if isinstance(raw, str) else "..."
    text = next((name for name in ("name", "title", "text", "say") if spec.field(name)), "")
    cells = [f"{name} = ..." for name in required if name != text]
    return "write { " + ", ".join([*cells, f'{text} = "{shown}"'] if text else cells) + " }"


def _example(known: Field) -> str:
    if known.name == "session":
        return "begin one with [[session]]"
    if isinstance(known.shape, Rows):
        return f"write {known.name} = [ {{ ... }} ]"
    return f"write {known.name} = 10" if known.name == "minutes" else f'write {known.name} = "..."'

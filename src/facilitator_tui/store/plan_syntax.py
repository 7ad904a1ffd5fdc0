"""A reader of TOML that keeps positions and goes on after a mistake.

Owns the step from text to nested values, where each value knows the offset at which it was written, and
names the mistakes that people make when they write TOML by hand. Valid documents give exactly what `tomllib`
gives (a property test holds it). It must not know what a plan is, and it reads no files.

Every step moves forward, and nesting, dotted keys and the number of mistakes have limits, so that a hostile
text is refused in linear time and memory.
"""

from __future__ import annotations

from facilitator_tui.store.plan_cursor import Array, LostError, RefusedError, Table
from facilitator_tui.store.plan_values import Values


class Reading(Values):
    """One pass over a text: `root` is what was understood, `mistakes` what was wrong with the writing."""

    def __init__(self, text: str, base: int = 0) -> None:
        super().__init__(text, base)
        self.here = self.root
        try:
            self._statements()
        except RefusedError:
            self.root.broken = True

    # --- statements ---

    def _statements(self) -> None:
        while self._blank():
            try:
                if self.text[self.pos] == "[":
                    self._header()
                else:
                    self._pair(self.here, 0)
                self._end_of_statement()
            except LostError:
                self.here.broken = True
                self._next_statement()
            self.names.clear()

    def _end_of_statement(self) -> None:
        follows = self._spaces()
        if follows and follows not in "#\n":
            if follows == ",":
                message = "a comma has no place at the end of a line outside of a list"
            elif follows in "]}":
                message = f"this {follows} closes nothing"
            else:
                message = "something is left over behind the value"
            self._slip(self.pos, message, "one key = value on a line")
            raise LostError
        self.pos = self._line_end(self.pos)

    def _next_statement(self) -> None:
        """After a mistake: go to the next line that looks like a header or `key =`."""
        self.pos = self._line_end(self.pos)
        while self.pos < len(self.text):
            start = self.pos + 1
            if self._starts_statement(start):
                return
            self.pos = self._line_end(start)

    def _header(self) -> None:
        start = self.pos
        rows = self.text.startswith("[[", start)
        self.pos += 2 if rows else 1
        self.heading = []
        self._spaces()
        keys = self.heading = self._key_path()
        self._spaces()
        closing = 0
        while closing < 3 and self.text.startswith("]", self.pos):
            closing += 1
            self.pos += 1
        wanted = 2 if rows else 1
        if closing != wanted:
            name = ".".join(keys)
            right = f"[[{name}]]" if rows or closing == 2 else f"[{name}]"
            self._slip(start, "the brackets of this heading do not match", f"write {right}")
            rows = right.startswith("[[")
        if rows:
            self._open_row(keys, start)
        else:
            self._open_table(keys, start)

    def _walk(self, keys: list[str], start: int) -> Table:
        """The table that a heading's path leads to, made where missing; lists lead to their last row."""
        table = self.root
        for key in keys:
            child = table.get(key)
            if child is None and key not in table:
                child = Table(self.base + start, "implicit")
                self._put(table, key, start, start, child)
            if isinstance(child, Array) and child and isinstance(child[-1], Table):
                child = child[-1]
            if not isinstance(child, Table):
                self._slip(start, f"`{key}` has a value already and cannot be a heading as well")
                raise LostError
            if child.origin == "inline":
                self._slip(start, f"`{key}` is written in {{ }} already and cannot be added to here")
            table = child
        return table

    def _open_table(self, keys: list[str], start: int) -> None:
        parent, key = self._walk(keys[:-1], start), keys[-1]
        child = parent.get(key)
        name = ".".join(keys)
        if child is None:
            child = Table(self.base + start, "header")
            self._put(parent, key, start, start, child)
        elif isinstance(child, Array):
            self._slip(start, f"`{name}` is a list", f"write [[{name}]]")
            child = self._row(child, start)
        elif not isinstance(child, Table):
            self._slip(start, f"`{key}` has a value already and cannot be a heading as well")
            raise LostError
        elif child.origin == "implicit":
            child.origin = "header"
            child.at = self.base + start
        else:
            first = self.text.count("\n", 0, max(0, child.at - self.base)) + 1
            self._slip(
                start,
                f"the heading [{name}] is there twice, first in line {first}",
                f"put both together, or write [[{name}]] if it is a list",
            )
        self.here = child

    def _open_row(self, keys: list[str], start: int) -> None:
        parent, key = self._walk(keys[:-1], start), keys[-1]
        rows = parent.get(key)
        name = ".".join(keys)
        if rows is None:
            rows = Array(self.base + start, rows=True)
            self._put(parent, key, start, start, rows)
        elif not isinstance(rows, Array):
            self._slip(start, f"`{name}` stands above without double brackets", f"write [[{name}]] there too")
            self.here = rows if isinstance(rows, Table) else Table(self.base + start, "header")
            return
        elif not rows.rows:
            self._slip(start, f"`{name}` is written as a list in [ ] already", "use one spelling of the two")
        self.here = self._row(rows, start)

    def _row(self, rows: Array, start: int) -> Table:
        self._count(start)
        row = Table(self.base + start, "row")
        rows.append(row)
        rows.marks.append(self.base + start)
        return row

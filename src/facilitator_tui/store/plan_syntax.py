"""A reader of TOML that keeps positions and goes on after a mistake.

Owns the step from text to nested values, where each value knows the offset at which it was written, and
names the mistakes that people make when they write TOML by hand. Valid documents give exactly what `tomllib`
gives (a property test holds it). It must not know what a plan is, and it reads no files.

Every step moves forward, and nesting, dotted keys and the number of mistakes have limits, so that a hostile
text is refused in linear time and memory.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from facilitator_tui.store.plan_scalars import Slip, read_bare, unescape

MAX_DEPTH = 12
MAX_DOTS = 8
MAX_KEY = 120
MAX_SLIPS = 60
MAX_VALUES = 50_000


class Table(dict[str, Any]):
    """A TOML table. `marks` has for each key the offsets of the key and of its value."""

    __slots__ = ("at", "broken", "marks", "origin")

    def __init__(self, at: int, origin: str) -> None:
        super().__init__()
        self.at = at
        self.origin = origin
        self.marks: dict[str, tuple[int, int]] = {}
        self.broken = False


class Array(list[Any]):
    """A TOML array. `marks` has the offset of each element; `rows` tells `[[name]]` from `name = [...]`."""

    __slots__ = ("at", "marks", "rows")

    def __init__(self, at: int, *, rows: bool = False) -> None:
        super().__init__()
        self.at = at
        self.rows = rows
        self.marks: list[int] = []


@dataclass(frozen=True, slots=True)
class Mistake:
    """Something wrong in the writing, at an offset of the text. `fatal` is False for what TOML 1.1 allows."""

    at: int
    message: str
    hint: str = ""
    fatal: bool = True
    path: str = ""


class _LostError(Exception):
    """The statement cannot be followed further; its mistake has been noted."""


class _RefusedError(Exception):
    """The rest of the text is not worth reading; the reason has been noted."""


_SPACES = re.compile(r"[ \t]*+")
_BLANK = re.compile(r"(?:[ \t\n]++|#[^\n]*+)*+")
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]++")
_WORD_KEY = re.compile(r"[\w-]++")
_PLAIN = re.compile(r'"([^"\\\n\x00-\x08\x0b-\x1f\x7f]*+)"(?!")')
_BASIC = re.compile(r'"((?:[^"\\\n]++|\\[^\n])*+)"')
_LITERAL = re.compile(r"'([^'\n]*+)'")
_LONG_BASIC = re.compile(r'"""\n?((?:[^"\\]++|\\[\s\S]|"(?!""))*+)"""("{0,2})')
_LONG_LITERAL = re.compile(r"'''\n?((?:[^']++|'(?!''))*+)'''('{0,2})")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_CURLY_END = {"“": "”", "„": "“”", "”": "”", "‘": "’", "‚": "‘’", "’": "’", "«": "»", "»": "«"}
_CURLY = re.compile("[“”„«»‘’‚]")
_STATEMENT = re.compile(r"[ \t]*+[A-Za-z_][\w-]*+(?:[ \t]*+\.[ \t]*+[\w-]++)*+[ \t]*+=")
_HEADER = re.compile(
    r"[ \t]*+\[\[?[ \t]*+[A-Za-z_][\w-]*+(?:[ \t]*+\.[ \t]*+[\w-]++){0,20}"
    r"[ \t]*+\]{0,2}[ \t]*+(?:#[^\n]*+)?$",
    re.MULTILINE,
)
_NEXT_PAIR = re.compile(r",[ \t]*+(?=[A-Za-z_][\w-]*+[ \t]*+=)")
_ELEMENT = re.compile(r"[ \t]*+[\[{\]\"']")
_SWALLOWED_KEY = re.compile(r",[ \t]*+[A-Za-z_][\w-]*[ \t]*=[ \t]*$")
_OPENING_LOST = re.compile(r'([^"\n={}\[\]#]++)"[ \t]*+(?=[,}\]#\n]|$)', re.MULTILINE)


class Reading:
    """One pass over a text: `root` is what was understood, `mistakes` what was wrong with the writing."""

    def __init__(self, text: str, base: int = 0) -> None:
        self.text = text
        self.base = base
        self.pos = 0
        self.values = 0
        self.mistakes: list[Mistake] = []
        self.heading: list[str] = []
        self.names: list[str] = []
        self.root = Table(base, "header")
        self.here = self.root
        try:
            self._statements()
        except _RefusedError:
            self.root.broken = True

    # --- noting ---

    def _slip(self, at: int, message: str, hint: str = "", *, fatal: bool = True) -> None:
        path = ".".join((*self.heading, *self.names))
        self.mistakes.append(Mistake(self.base + at, message, hint, fatal, path))
        if len(self.mistakes) >= MAX_SLIPS:
            self.mistakes.append(
                Mistake(self.base + at, "too many mistakes: the rest of the file was not read")
            )
            raise _RefusedError

    def _refuse(self, at: int, message: str) -> _RefusedError:
        self.mistakes.append(Mistake(self.base + at, message))
        return _RefusedError()

    # --- moving ---

    def _spaces(self) -> str:
        """Skip blanks within the line; the character that follows, or nothing at the end."""
        match = _SPACES.match(self.text, self.pos)
        self.pos = match.end() if match else self.pos
        return self.text[self.pos : self.pos + 1]

    def _blank(self) -> str:
        """Skip blanks, line ends and comments; the character that follows."""
        match = _BLANK.match(self.text, self.pos)
        self.pos = match.end() if match else self.pos
        return self.text[self.pos : self.pos + 1]

    def _line_end(self, at: int) -> int:
        end = self.text.find("\n", at)
        return len(self.text) if end < 0 else end

    def _starts_statement(self, at: int) -> bool:
        return bool(_STATEMENT.match(self.text, at) or _HEADER.match(self.text, at))

    # --- statements ---

    def _statements(self) -> None:
        while self._blank():
            try:
                if self.text[self.pos] == "[":
                    self._header()
                else:
                    self._pair(self.here, 0)
                self._end_of_statement()
            except _LostError:
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
            raise _LostError
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
                raise _LostError
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
            raise _LostError
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

    # --- keys ---

    def _key_path(self) -> list[str]:
        keys = [self._key()]
        while self._spaces() == ".":
            self.pos += 1
            self._spaces()
            keys.append(self._key())
            if len(keys) > MAX_DOTS:
                raise self._refuse(self.pos, f"a name with more than {MAX_DOTS} dots is refused")
        return keys

    def _key(self) -> str:
        start = self.pos
        first = self.text[start : start + 1]
        if first == '"' and (match := _BASIC.match(self.text, start)):
            self.pos = match.end()
            key, _ = unescape(match[1])
        elif first == "'" and (match := _LITERAL.match(self.text, start)):
            self.pos = match.end()
            key = match[1]
        elif match := _BARE_KEY.match(self.text, start):
            self.pos = match.end()
            key = match[0]
        else:
            key = self._no_key(start, first)
        if len(key) > MAX_KEY:
            raise self._refuse(start, f"a name of more than {MAX_KEY} characters is refused")
        follow = _WORD_KEY.match(self.text, self.pos)
        if follow and first not in "\"'":
            self._slip(
                start, "a name has only the letters a-z, digits, - and _", "write the name in plain letters"
            )
            self.pos = follow.end()
        return key

    def _no_key(self, start: int, first: str) -> str:
        """Note why there is no name here. A word with letters that names do not have is taken for one."""
        if first == "=":
            self._slip(start, "there is no name before the =")
        elif first in ("", "\n"):
            self._slip(start, "a name is missing here")
        elif _CURLY.match(first):
            self._slip(start, "curly quotes from a word processor", 'use straight ones: "')
        elif match := _WORD_KEY.match(self.text, start):
            self._slip(start, "a name has only the letters a-z, digits, - and _")
            self.pos = match.end()
            return match[0]
        else:
            self._slip(
                start,
                f"a line cannot begin with {first}"
                if self._at_line_start()
                else f"{first} has no place here",
            )
        raise _LostError

    def _at_line_start(self) -> bool:
        return not self.text[self.text.rfind("\n", 0, self.pos) + 1 : self.pos].strip()

    def _equals(self, start: int, name: str) -> None:
        follows = self._spaces()
        if follows == "=":
            self.pos += 1
            return
        if follows == ":":
            self._slip(self.pos, f"`{name}` is followed by : where = belongs", f"write {name} = ...")
            self.pos += 1
            if self.text.startswith("=", self.pos):
                self.pos += 1
            return
        line = self.text[self.pos : min(self._line_end(self.pos), self.pos + 200)]
        if re.match(r"[\w -]+=", line):
            self._slip(start, "a name cannot have blanks", "write one word, or words joined by _")
            raise _LostError
        self._slip(start, f"= is missing behind `{name}`", f"write {name} = ...")
        if not follows or follows in "\n#,}]":
            raise _LostError

    # --- pairs ---

    def _pair(self, table: Table, depth: int) -> None:
        start = self.pos
        keys = self._key_path()
        self.names += keys
        self._equals(start, ".".join(keys))
        self._spaces()
        at = self.pos
        value = self._value(depth, keys[-1])
        for key in keys[:-1]:
            child = table.get(key)
            if child is None:
                child = Table(self.base + start, "dotted")
                self._put(table, key, start, at, child)
            elif not isinstance(child, Table) or child.origin != "dotted":
                self._slip(start, f"`{key}` is written elsewhere already and cannot be added to here")
                raise _LostError
            table = child
        if keys[-1] in table:
            first = self._line_of(table.marks[keys[-1]][0])
            self._slip(start, f"`{keys[-1]}` is there twice, first in line {first}", "keep one of the two")
        else:
            self._put(table, keys[-1], start, at, value)
        del self.names[-len(keys) :]

    def _count(self, at: int) -> None:
        self.values += 1
        if self.values > MAX_VALUES:
            raise self._refuse(at, f"more than {MAX_VALUES} values are refused")

    def _line_of(self, offset: int) -> int:
        return self.text.count("\n", 0, offset - self.base) + 1

    def _put(self, table: Table, key: str, key_at: int, value_at: int, value: Any) -> None:
        self._count(key_at)
        table[key] = value
        table.marks[key] = (self.base + key_at, self.base + value_at)

    # --- values ---

    def _value(self, depth: int, name: str) -> Any:
        if depth > MAX_DEPTH:
            raise self._refuse(self.pos, f"brackets nested more than {MAX_DEPTH} deep are refused")
        first = self.text[self.pos : self.pos + 1]
        if first == '"':
            return self._basic()
        if first == "'":
            return self._literal()
        if first == "[":
            return self._array(depth, name)
        if first == "{":
            return self._inline(depth, name)
        return self._bare(name)

    def _bare(self, name: str) -> Any:
        start = self.pos
        first = self.text[start : start + 1]
        if first in _CURLY_END and first:
            return self._curly(start, first)
        value, end = read_bare(self.text, start)
        if isinstance(value, Slip):
            if not value.message:
                self._slip(start, f"`{name}` has no value", f'write {name} = "..." or take the line out')
                raise _LostError
            lost = _OPENING_LOST.match(self.text, start)
            if lost and not value.known:
                self._slip(start, f"the opening quote is missing before {lost[1][:30]}", 'put a " there')
                self.pos = lost.end()
                return lost[1]
            self._slip(start, value.message, value.hint)
            value = value.value
        self.pos = end
        return value

    def _curly(self, start: int, first: str) -> str:
        self._slip(start, "curly quotes from a word processor", 'use straight ones: "')
        end = self._line_end(start)
        for index in range(start + 1, end):
            if self.text[index] in _CURLY_END[first] + '"':
                self.pos = index + 1
                return self.text[start + 1 : index]
        self.pos = end
        return self.text[start + 1 : end].rstrip(" ,}]\"'")

    def _basic(self) -> str:
        start = self.pos
        if self.text.startswith('"""', start):
            return self._long(start, _LONG_BASIC, '"""')
        if match := _PLAIN.match(self.text, start):
            self.pos = match.end()
            return match[1]
        match = _BASIC.match(self.text, start)
        if not match:
            return self._unclosed(start, '"')
        self.pos = match.end()
        return self._unescaped(start + 1, match[1], match[1])

    def _unescaped(self, at: int, raw: str, body: str) -> str:
        if control := _CONTROL.search(raw):
            self._slip(
                at + control.start(), f"an invisible control character (0x{ord(control[0]):02X}) in a text"
            )
        value, wrong = unescape(body)
        if wrong:
            self._slip(
                at, f"{wrong} means nothing in a text", "write \\\\ for a backslash, or use '...' quotes"
            )
        return value

    def _literal(self) -> str:
        start = self.pos
        if self.text.startswith("'''", start):
            return self._long(start, _LONG_LITERAL, "'''")
        match = _LITERAL.match(self.text, start)
        if not match:
            return self._unclosed(start, "'")
        self.pos = match.end()
        if control := _CONTROL.search(match[1]):
            self._slip(start, f"an invisible control character (0x{ord(control[0]):02X}) in a text")
        return match[1]

    def _long(self, start: int, pattern: re.Pattern[str], quotes: str) -> str:
        match = pattern.match(self.text, start)
        if not match:
            self._slip(
                start, f"the text that begins here with {quotes} is never closed", f"end it with {quotes}"
            )
            end = self._line_end(start)
            self.pos = end
            return self.text[start + 3 : end]
        self.pos = match.end()
        if quotes == "'''":
            return match[1] + match[2]
        return self._unescaped(start + 3, match[1], match[1]) + match[2]

    def _unclosed(self, start: int, quote: str) -> str:
        """A text without its closing quote ends before the next `, key =`, a bracket, or with the line."""
        end = self._line_end(start)
        line = self.text[start:end]
        message, hint = "the closing quote is missing", f"put a {quote} at the end of the text"
        if _CURLY.search(line):
            message, hint = "a straight quote is answered by a curly one", 'use straight ones: "'
        self._slip(start, message, hint)
        if curly := _CURLY.search(self.text, start + 1, end):
            self.pos = curly.end()
            return self.text[start + 1 : curly.start()]
        if match := _NEXT_PAIR.search(self.text, start, end):
            self.pos = match.start()
        else:
            body = re.split(r"[ \t]#", line, maxsplit=1)[0].rstrip(" \t,")
            while len(body) > 1 and body[-1] in "]} \t":
                body = body[:-1]
            self.pos = start + len(body)
        return self.text[start + 1 : self.pos].rstrip()

    # --- lists ---

    def _array(self, depth: int, name: str) -> Array:
        array = Array(self.base + self.pos)
        start = self.pos
        self.pos += 1
        end = self.pos
        while True:
            follows = self._blank()
            new_line = self.text.find("\n", end, self.pos) >= 0
            if not follows or (new_line and self._starts_statement(self.pos)):
                self._slip(start, f"the list `{name}` that begins here is never closed", "end it with ]")
                self.pos = end
                return array
            if follows == "]":
                self.pos += 1
                return array
            if follows == ",":
                self._slip(self.pos, "a comma too many" if array else "a comma before the first element")
                self.pos += 1
                continue
            self._element(array, depth, name)
            end = self.pos
            if self._blank() == ",":
                self.pos += 1
                end = self.pos
            elif not self._list_goes_on(array, end):
                self._next_element(end)
                end = self.pos

    def _element(self, array: Array, depth: int, name: str) -> None:
        mark = self.pos
        self._count(mark)
        deep = len(self.names)
        try:
            value = self._value(depth + 1, name)
        except _LostError:
            del self.names[deep:]
            self._next_element(max(self.pos, mark + 1))
            return
        array.append(value)
        array.marks.append(self.base + mark)

    def _list_goes_on(self, array: Array, end: int) -> bool:
        """Whether reading can go on where a comma was awaited; a missing comma is noted."""
        follows = self.text[self.pos : self.pos + 1]
        if not follows or follows == "]" or self.text[end - 1] == ",":
            return True
        if self.text.find("\n", end, self.pos) >= 0 and self._starts_statement(self.pos):
            return True
        last = self.text.rfind('"', 0, max(end - 1, 0))
        if (
            array
            and isinstance(array[-1], str)
            and array[-1].endswith((", ", ","))
            and follows not in "{[\"'"
        ):
            self._slip(last, "a closing quote is missing before the comma", 'close each text with "')
            array[-1] = array[-1].rstrip(", ")
            return False
        if follows in "{[\"'" or follows.isalnum():
            self._slip(
                max(end - 1, 0), "a comma is missing behind this", "put a , between the elements of a list"
            )
            return True
        self._slip(self.pos, f"{follows} has no place in this list")
        return False

    def _next_element(self, at: int) -> None:
        """After a mistake in a list: the next line that begins an element, closes the list or ends it."""
        self.pos = self._line_end(at)
        while self.pos < len(self.text):
            start = self.pos + 1
            if self._starts_statement(start) or _ELEMENT.match(self.text, start):
                return
            self.pos = self._line_end(start)

    # --- rows in braces ---

    def _inline(self, depth: int, name: str) -> Table:
        table = Table(self.base + self.pos, "inline")
        start = self.pos
        self.pos += 1
        told = False
        while True:
            follows = self._spaces()
            if follows in ("\n", "#", ""):
                if not follows or self._row_ends(start):
                    self._slip(start, f"the row of `{name}` is never closed", "end it with }")
                    table.broken = True
                    return table
                if not told:
                    self._slip(
                        self.pos, "a row in { } has to stay on one line", "join the lines, or use a heading"
                    )
                    told = True
                self._blank()
            elif follows == "}":
                self.pos += 1
                return table
            elif follows == ",":
                self._slip(self.pos, "a comma too many")
                self.pos += 1
            elif follows == "]":
                self._slip(start, f"the row of `{name}` is never closed", "end it with }")
                table.broken = True
                return table
            else:
                self._cell(table, depth)

    def _row_ends(self, start: int) -> bool:
        """Whether a row that meets the line's end lacks its } (rather than being broken over lines)."""
        back = self.text[start : self.pos].rstrip()[-1:]
        match = _BLANK.match(self.text, self.pos)
        after = match.end() if match else self.pos
        follows = self.text[after : after + 1]
        if follows in ("", "[", "]", "{"):
            return True
        return back not in ",{" and follows not in ",}" and self._starts_statement(after)

    def _cell(self, table: Table, depth: int) -> None:
        before = self.pos
        deep = len(self.names)
        try:
            self._pair(table, depth + 1)
            self._cell_end(before)
        except _LostError:
            del self.names[deep:]
            table.broken = True
            end = self._line_end(self.pos)
            if match := _NEXT_PAIR.search(self.text, max(self.pos, before), end):
                self.pos = match.end()
                return
            brace = self.text.rfind("}", before, end)
            self.pos = brace if brace >= 0 else end
            if brace < 0:
                raise

    def _cell_end(self, before: int) -> None:
        end = self.pos
        follows = self._spaces()
        if follows == ",":
            self.pos += 1
            if self._spaces() == "}":
                self._slip(
                    end, "a comma before the closing }", "take it out: older readers refuse it", fatal=False
                )
            return
        if follows in ("}", "\n", "#", "", "]"):
            return
        body = self.text[before:end]
        quote = body.find('"')
        if quote >= 0 and body.endswith('"') and (match := _SWALLOWED_KEY.search(body, quote, len(body) - 1)):
            self._slip(before + quote, "the closing quote is missing", 'put a " at the end of the text')
            self.pos = before + match.start() + 1
            return
        if _STATEMENT.match(self.text, self.pos):
            self._slip(end - 1, "a comma is missing behind this", "put a , between the fields of a row")
            return
        self._slip(self.pos, "something is left over behind the value", 'a " inside a text is written \\"')
        raise _LostError

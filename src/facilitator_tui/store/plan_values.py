"""Names and values of TOML: dotted names, pairs, lists and rows in braces.

Owns going on inside a list or a row after a mistake, so that every row of a plan is looked at. It must not
know headings.
"""

from __future__ import annotations

import re
from typing import Any

from facilitator_tui.store.plan_cursor import MAX_DEPTH, MAX_DOTS, MAX_KEY, STATEMENT, Array, LostError, Table
from facilitator_tui.store.plan_scalars import unescape
from facilitator_tui.store.plan_texts import BASIC, CURLY, LITERAL, NEXT_PAIR, Texts

_BARE_KEY = re.compile(r"[A-Za-z0-9_-]++")
_WORD_KEY = re.compile(r"[\w-]++")
_ELEMENT = re.compile(r"[ \t]*+[\[{\]\"']")
_SWALLOWED_KEY = re.compile(r",[ \t]*+[A-Za-z_][\w-]*[ \t]*=[ \t]*$")


class Values(Texts):
    """Reads `key = value` wherever it stands."""

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
        if first == '"' and (match := BASIC.match(self.text, start)):
            self.pos = match.end()
            key, _ = unescape(match[1])
        elif first == "'" and (match := LITERAL.match(self.text, start)):
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
            self._slip(start, "a name has only the letters a-z, digits, - and _", "write the name in plain letters")
            self.pos = follow.end()
        return key

    def _no_key(self, start: int, first: str) -> str:
        """Note why there is no name here. A word with letters that names do not have is taken for one."""
        if first == "=":
            self._slip(start, "there is no name before the =")
        elif first in ("", "\n"):
            self._slip(start, "a name is missing here")
        elif CURLY.match(first):
            self._slip(start, "curly quotes from a word processor", 'use straight ones: "')
        elif match := _WORD_KEY.match(self.text, start):
            self._slip(start, "a name has only the letters a-z, digits, - and _")
            self.pos = match.end()
            return match[0]
        elif not first.isprintable() or first.isspace():
            self._slip(start, "an invisible character has no place here", "delete it and type a blank")
        else:
            self._slip(
                start,
                f"a line cannot begin with {first}" if self._at_line_start() else f"{first} has no place here",
            )
        raise LostError

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
            raise LostError
        self._slip(start, f"= is missing behind `{name}`", f"write {name} = ...")
        if not follows or follows in "\n#,}]":
            raise LostError

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
                raise LostError
            table = child
        if keys[-1] in table:
            first = self._line_of(table.marks[keys[-1]][0])
            self._slip(start, f"`{keys[-1]}` is there twice, first in line {first}", "keep one of the two")
        else:
            self._put(table, keys[-1], start, at, value)
        del self.names[-len(keys) :]

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
        except LostError:
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
        if array and isinstance(array[-1], str) and array[-1].endswith((", ", ",")) and follows not in "{[\"'":
            self._slip(last, "a closing quote is missing before the comma", 'close each text with "')
            array[-1] = array[-1].rstrip(", ")
            return False
        if follows in "{[\"'" or follows.isalnum():
            self._slip(max(end - 1, 0), "a comma is missing behind this", "put a , between the elements of a list")
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
                    self._slip(self.pos, "a row in { } has to stay on one line", "join the lines, or use a heading")
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
        after = self._past_blank(self.pos)
        follows = self.text[after : after + 1]
        if follows in ("", "[", "]", "{"):
            return True
        return back not in ",{" and follows not in ",}" and self._starts_statement(after)

    def _cell(self, table: Table, depth: int) -> None:
        before = self.pos
        deep = len(self.names)
        try:
            self._pair(table, depth + 1)
            self._cell_end(table, before)
        except LostError:
            del self.names[deep:]
            table.broken = True
            end = self._line_end(self.pos)
            if match := NEXT_PAIR.search(self.text, max(self.pos, before), end):
                self.pos = match.end()
                return
            brace = self.text.rfind("}", before, end)
            self.pos = brace if brace >= 0 else end
            if brace < 0:
                raise

    def _cell_end(self, table: Table, before: int) -> None:
        end = self.pos
        follows = self._spaces()
        if follows == ",":
            self.pos += 1
            if self._spaces() == "}":
                self._slip(end, "a comma before the closing }", "take it out: older readers refuse it", fatal=False)
            return
        if follows in ("}", "\n", "#", "", "]"):
            return
        body = self.text[before:end]
        quote = body.find('"')
        if quote >= 0 and body.endswith('"') and (match := _SWALLOWED_KEY.search(body, quote, len(body) - 1)):
            self._slip(before + quote, "the closing quote is missing", 'put a " at the end of the text')
            self.pos = before + match.start() + 1
            table[next(reversed(table))] = body[quote + 1 : match.start()]
            return
        if STATEMENT.match(self.text, self.pos):
            self._slip(end - 1, "a comma is missing behind this", "put a , between the fields of a row")
            return
        if self.text.startswith(";", self.pos):
            self._slip(self.pos, "a ; stands where a , belongs", "put a , between the fields of a row")
        else:
            self._slip(self.pos, "something is left over behind the value", 'a " inside a text is written \\"')
        raise LostError

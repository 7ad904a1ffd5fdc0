"""Texts in quotes and words without: what they stand for, and the quotes that people forget.

Owns strings of TOML and how to go on behind one that is never closed. It must not know lists and rows.
"""

from __future__ import annotations

import re
from typing import Any

from facilitator_tui.store.plan_cursor import Cursor, LostError
from facilitator_tui.store.plan_scalars import Slip, read_bare, unescape

_PLAIN = re.compile(r'"([^"\\\n\x00-\x08\x0b-\x1f\x7f]*+)"(?!")')
BASIC = re.compile(r'"((?:[^"\\\n]++|\\[^\n])*)"')
LITERAL = re.compile(r"'([^'\n]*+)'")
_LONG_BASIC = re.compile(r'"""\n?((?:[^"\\]++|\\[\s\S]|"(?!""))*)"""("{0,2})')
_LONG_LITERAL = re.compile(r"'''\n?((?:[^']++|'(?!''))*)'''('{0,2})")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_CURLY_END = {"“": "”", "„": "“”", "”": "”", "‘": "’", "‚": "‘’", "’": "’", "«": "»", "»": "«"}
CURLY = re.compile("[“”„«»‘’‚]")
NEXT_PAIR = re.compile(r",[ \t]*+(?=[A-Za-z_][\w-]*+[ \t]*+=)")
_OPENING_LOST = re.compile(r'([^"\n={}\[\]#]++)"[ \t]*+(?=[,}\]#\n]|$)', re.MULTILINE)


class Texts(Cursor):
    """Reads quoted texts and bare words."""

    def _bare(self, name: str) -> Any:
        start = self.pos
        first = self.text[start : start + 1]
        if first in _CURLY_END and first:
            return self._curly(start, first)
        value, end = read_bare(self.text, start)
        if isinstance(value, Slip):
            if not value.message:
                behind = self.text.rfind("=", 0, start) + 1
                self._slip(behind, f"`{name}` has no value", f'write {name} = "..." or take the line out')
                raise LostError
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
        match = BASIC.match(self.text, start)
        if not match:
            return self._unclosed(start, '"')
        self.pos = match.end()
        return self._unescaped(start + 1, match[1], match[1])

    def _unescaped(self, at: int, raw: str, body: str) -> str:
        if control := _CONTROL.search(raw):
            self._slip(at + control.start(), f"an invisible control character (0x{ord(control[0]):02X}) in a text")
        value, wrong = unescape(body)
        if wrong:
            self._slip(at, f"{wrong} means nothing in a text", "write \\\\ for a backslash, or use '...' quotes")
        return value

    def _literal(self) -> str:
        start = self.pos
        if self.text.startswith("'''", start):
            return self._long(start, _LONG_LITERAL, "'''")
        match = LITERAL.match(self.text, start)
        if not match:
            return self._unclosed(start, "'")
        self.pos = match.end()
        if control := _CONTROL.search(match[1]):
            self._slip(start, f"an invisible control character (0x{ord(control[0]):02X}) in a text")
        return match[1]

    def _long(self, start: int, pattern: re.Pattern[str], quotes: str) -> str:
        match = pattern.match(self.text, start)
        if not match:
            self._slip(start, f"the text that begins here with {quotes} is never closed", f"end it with {quotes}")
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
        if CURLY.search(line):
            message, hint = "a straight quote is answered by a curly one", 'use straight ones: "'
        self._slip(start, message, hint)
        if curly := CURLY.search(self.text, start + 1, end):
            self.pos = curly.end()
            return self.text[start + 1 : curly.start()]
        if match := NEXT_PAIR.search(self.text, start, end):
            self.pos = match.start()
        else:
            body = re.split(r"[ \t]#", line, maxsplit=1)[0].rstrip(" \t,")
            while len(body) > 1 and body[-1] in "]} \t":
                body = body[:-1]
            self.pos = start + len(body)
        return self.text[start + 1 : self.pos].rstrip()

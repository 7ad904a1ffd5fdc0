"""How a text from outside is written in each medium, so that it stays text there.

Owns the escaping of Markdown, of Markdown table cells, of CSV cells and of plain mail. It must not know what is
said. Escaping is minimal: a plain sentence with commas, hyphens and apostrophes comes out as it went in.

The Markdown rules follow CommonMark 0.31 and the tables, strikethrough and task lists of GitHub's dialect.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Sequence

from facilitator_tui.core.text import clean

Ink = Callable[[str], str]
"""Writes a text in a medium."""

_PUNCTUATION = r"!-/:-@\[-`{-~"
_SPECIAL = re.compile(r"[\\`*_\[\]<&~!{]")
_INLINE = re.compile(
    rf"(?P<slash>\\(?=[{_PUNCTUATION}]|$))"
    r"|(?P<always>[`\[]|(?<!\S)\*(?=\S)|(?<=\S)\*|(?<=\{)%)"
    r"|(?P<word>(?<![^\W_])_|_(?![^\W_]))"
    r"|(?P<tag><(?=[A-Za-z/!?]|[^\s<>]*@[^\s<>]*>))"
    r"|(?P<entity>&(?=#?\w+;))"
)
_LEADING = re.compile(
    r"(?P<mark>#|>|\||[-+*](?=[\s-]|$)|\*|_|=(?=[=\s]|$)|:(?=[-:])|~(?=~~)|```)|(?P<number>\d{1,9})(?P<stop>[.)])(?=\s|$)"
)
_CLOSING = re.compile(r"(?<=\s)#+$")
"""Signs that would close a heading and vanish."""
_NEWLINE = re.compile(r"\s*\n\s*")


def one_line(text: str) -> str:
    """A text on one line, made safe to print, without blanks around or doubled inside."""
    return " ".join(clean(text).split())


def markdown(text: str) -> str:
    """A text as the content of one list item, paragraph or heading on a single line."""
    return _line(one_line(text))


def item(text: str) -> str:
    """A text as the content of a list item that begins with `- `; its further lines are indented."""
    if "\n" not in text:
        return _line(one_line(text))
    lines = (one_line(line) for line in _NEWLINE.split(clean(text, newlines=True).strip()))
    return "\n  ".join(_line(line) for line in lines if line)


def _line(text: str) -> str:
    written = _INLINE.sub(_escaped, text) if _SPECIAL.search(text) else text
    if "~" in written and written.count("~") > 1:
        written = written.replace("~", "\\~")
    if written.endswith("#"):
        written = _CLOSING.sub(r"\\\g<0>", written)
    lead = _LEADING.match(written)
    if lead is None:
        return written
    if lead["number"]:
        return f"{lead['number']}\\{written[lead.end('number') :]}"
    return "\\" + written


def _escaped(found: re.Match[str]) -> str:
    if found["tag"]:
        return "&lt;"
    if found["entity"]:
        return "&amp;"
    return "\\" + found[0]


def plain(text: str) -> str:
    """A text in a mail: one line, nothing escaped."""
    return one_line(text)


def yaml(value: str | int | Sequence[str]) -> str:
    """A value of a YAML head. Strings are written as JSON strings, which YAML 1.2 reads as they are."""
    return json.dumps(value if isinstance(value, str | int) else list(value), ensure_ascii=False)


def csv_cell(text: str) -> str:
    """A cell that no spreadsheet takes for a formula: `'` stands before `= + - @`; tabs and breaks are blanks."""
    line = one_line(text)
    return f"'{line}" if line.startswith(("=", "+", "-", "@")) else line


def csv_text(rows: Iterable[Sequence[str]]) -> str:
    """Rows as CSV with protected cells and a newline behind each row."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    for row in rows:
        writer.writerow([csv_cell(value) for value in row])
    return out.getvalue()

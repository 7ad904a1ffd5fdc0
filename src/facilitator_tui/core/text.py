"""Text that comes from outside: chats, CSV files, keyboards, other people's logs.

Owns what is made harmless before a text is kept or drawn, the key by which names are compared, and the short
names that files get. It must not know where a text came from nor where it goes; markup, Markdown and CSV are
escaped by those who write them.
"""

from __future__ import annotations

import re
import unicodedata
import zlib

MOST_MARKS = 8
"""Combining marks that one base keeps; living scripts use fewer, piles of them only hide other lines."""

_LONGEST_SLUG = 40

_STRANGE = (
    "\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff\U000e0000-\U000e007f]"
    r"|[^\w\x00-\xac\xae-\u02ff]{9}"
)
_SUSPECT = re.compile("[\x00-\x1f" + _STRANGE)
_SUSPECT_IN_LINES = re.compile("[\x00-\x09\x0b-\x1f" + _STRANGE)
"""These find every text that could need cleaning: most do not, and a log has thousands."""

_BREAKS = frozenset("\n\v\f\r\x85\u2028\u2029")
_REMOVED = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
_BLACK_FLAG = "\U0001f3f4"

_ACCENTS = re.compile(
    "[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff"
    "\ufe00-\ufe0f\ufe20-\ufe2f\u00ad\u200b-\u200f\u2060\u061c]"
)
"""Marks that people leave out when they type a name. Vowel signs of Indic and Thai scripts are not among
them: without those a name is another name."""

_LETTERS = str.maketrans(
    {
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "ħ": "h",
        "ŧ": "t",
        "þ": "th",
        "æ": "ae",
        "œ": "oe",
        "ı": "i",
        "’": "'",
        "‘": "'",
        "ʼ": "'",
        "‐": "-",
        "‑": "-",
        "–": "-",
    }
)
"""Letters with a stroke have no decomposition in Unicode; the rest are typographers' signs."""


def clean(text: str, *, newlines: bool = False) -> str:
    """Make a text safe to keep and to draw. Cleaning twice changes nothing more.

    Control characters become visible symbols (C1 as the two-character escape they stand for), line breaks of
    every kind become a newline when `newlines` and a space otherwise, tabs a space, bidi overrides go, lone
    surrogates become U+FFFD, and a base keeps at most `MOST_MARKS` marks. Joiners and the tags of flags stay.
    """
    if (_SUSPECT_IN_LINES if newlines else _SUSPECT).search(text) is None:
        return text
    return _cleaned(text.replace("\r\n", "\n"), "\n" if newlines else " ")


def _cleaned(text: str, line_break: str) -> str:
    kept: list[str] = []
    marks = 0
    in_flag = False
    for character in text:
        point = ord(character)
        if 0xE0000 <= point <= 0xE007F:
            if in_flag and point >= 0xE0020:
                kept.append(character)
            continue
        category = unicodedata.category(character)
        if category[0] == "M":
            marks += 1
            if marks <= MOST_MARKS:
                kept.append(character)
            continue
        if character in _REMOVED:
            continue
        kept.append(_visible(character, point, line_break))
        if category != "Cf":
            marks = 0
            in_flag = character == _BLACK_FLAG
    return "".join(kept)


def _visible(character: str, point: int, line_break: str) -> str:
    if character in _BREAKS:
        return line_break
    if character == "\t":
        return " "
    if point < 0x20:
        return chr(0x2400 + point)
    if point == 0x7F:
        return "\u2421"
    if 0x80 <= point <= 0x9F:
        return "\u241b" + chr(point - 0x40)
    if 0xD800 <= point <= 0xDFFF:
        return "\ufffd"
    return character


def count_of(number: int, one: str, several: str = "") -> str:
    """A number with its noun: "1 line", "3 lines"; `several` where no "s" does it."""
    return f"{number} {one if number == 1 else several or one + 's'}"


def fold_case(text: str) -> str:
    """The key by which names are compared: without case, accents, joiners and doubled spaces."""
    if text.isascii():
        return " ".join(text.lower().split())
    apart = unicodedata.normalize("NFKD", text).casefold().translate(_LETTERS)
    bare = _ACCENTS.sub("", unicodedata.normalize("NFKD", apart))
    return " ".join(unicodedata.normalize("NFC", bare).split())


def slug(text: str) -> str:
    """A name for files and ids, `[a-z0-9-]{1,40}`; a text without such letters gets a name from its bytes."""
    words = re.sub("[^a-z0-9]+", "-", fold_case(text).replace("'", "")).strip("-")
    if words:
        return words[:_LONGEST_SLUG].rstrip("-")
    return f"x{zlib.crc32(text.encode('utf-8', 'replace')):08x}"

"""The small values of TOML: numbers, dates, times, true and false, and the escapes inside texts.

Owns what a word without quotes means, and what people meant who wrote it wrong. It must not know where the
word stands.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Any, NamedTuple


class Slip(NamedTuple):
    """A word that is no TOML value: what is wrong, what would be right, and the value that was meant.

    `known` says that the meaning is sure; an empty message that there was no word at all.
    """

    message: str
    hint: str
    value: Any
    known: bool = False


_TOKEN = re.compile(r"[^,\]}#\n]*+")
_NEXT_KEY = re.compile(r"[ \t]+(?=[A-Za-z_][\w-]*[ \t]*=)")
_PAIR = re.compile(r"[A-Za-z_][\w-]*[ \t]*=")
_INTEGER = re.compile(r"[+-]?(?:0|[1-9](?:_?[0-9])*)")
_BASED = r"0(?:x[0-9a-fA-F](?:_?[0-9a-fA-F])*|o[0-7](?:_?[0-7])*|b[01](?:_?[01])*)"
_FLOAT = re.compile(
    r"[+-]?(?:0|[1-9](?:_?[0-9])*)(?:\.[0-9](?:_?[0-9])*(?:[eE][+-]?[0-9](?:_?[0-9])*)?"
    r"|[eE][+-]?[0-9](?:_?[0-9])*)"
)
_SPECIAL = r"[+-]?(?:inf|nan)"
_WHEN = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[Tt ](\d\d):(\d\d):(\d\d)(?:\.(\d{1,6})\d*)?([Zz]|[+-]\d\d:\d\d)?)?")
_TIME = re.compile(r"(\d\d):(\d\d):(\d\d)(?:\.(\d{1,6})\d*)?")
_CLOCK = re.compile(r"\d{1,2}:\d{2}")
_ZEROS = r"([+-]?)0+(\d{1,15})"
_DOTTED_DATE = r"(\d{1,2})[./](\d{1,2})[./](\d{4})"
_LOOSE_DATE = r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})"
_YES = frozenset({"yes", "on", "ja", "si", "sí", "y", "true", "wahr"})
_NO = frozenset({"no", "off", "nein", "n", "false", "falsch"})
_NOTHING = frozenset({"none", "null", "nil", "nan"})
_ESCAPES = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r", '"': '"', "\\": "\\"}
_ESCAPE = re.compile(r"\\(?:[ \t]*\n[ \t\n]*|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[\s\S])")
MAX_DIGITS = 30


def unescape(body: str) -> tuple[str, str]:
    """The text that a double-quoted body stands for, and the first escape that means nothing (or "")."""
    if "\\" not in body:
        return body, ""
    wrong: list[str] = []

    def resolve(match: re.Match[str]) -> str:
        escape = match[0][1:]
        if escape in _ESCAPES:
            return _ESCAPES[escape]
        if escape[0] in "uU" and len(escape) > 1:
            point = int(escape[1:], 16)
            if point <= 0x10FFFF and not 0xD800 <= point <= 0xDFFF:
                return chr(point)
        elif "\n" in escape:
            return ""
        wrong.append(match[0][:10])
        return match[0]

    text = _ESCAPE.sub(resolve, body)
    return text, wrong[0] if wrong else ""


def read_bare(text: str, start: int) -> tuple[Any, int]:
    """The value of the word at `start` (a `Slip` where it is none), and the offset behind it."""
    match = _TOKEN.match(text, start)
    token = match[0] if match else ""
    if following := _NEXT_KEY.search(token):
        token = token[: following.start()]
    token = "" if _PAIR.match(token) else token.rstrip()
    return (_value(token) if token else Slip("", "", None)), start + len(token)


def _value(token: str) -> Any:
    if token == "true":
        return True
    if token == "false":
        return False
    if token[0] in "+-0123456789in":
        number = _number(token)
        if number is not None:
            return number
    return _meant(token)


def _number(token: str) -> Any:
    if _INTEGER.fullmatch(token):
        if len(token) > MAX_DIGITS:
            return Slip("a number with so many digits is refused", "", 0, known=True)
        return int(token.replace("_", ""))
    if _FLOAT.fullmatch(token) or re.fullmatch(_SPECIAL, token):
        return float(token.replace("_", ""))
    if re.fullmatch(_BASED, token) and len(token) <= MAX_DIGITS:
        return int(token.replace("_", ""), 0)
    if match := _WHEN.fullmatch(token):
        return _when(match)
    if match := _TIME.fullmatch(token):
        return _time(match)
    return token if _CLOCK.fullmatch(token) else None


def _when(match: re.Match[str]) -> Any:
    year, month, day, hour, minute, second, fraction, zone = match.groups()
    try:
        if hour is None:
            return date(int(year), int(month), int(day))
        micro = int((fraction or "0").ljust(6, "0"))
        return datetime(int(year), int(month), int(day), int(hour), int(minute), int(second), micro, _zone(zone))
    except ValueError:
        return Slip(f"{match[0]} is no day of the calendar", "", match[0], known=True)


def _zone(text: str | None) -> timezone | None:
    if text is None:
        return None
    if text in "Zz":
        return UTC
    sign = -1 if text[0] == "-" else 1
    hours, minutes = int(text[1:3]), int(text[4:6])
    if hours > 23 or minutes > 59:
        raise ValueError(text)
    return timezone(sign * timedelta(hours=hours, minutes=minutes))


def _time(match: re.Match[str]) -> Any:
    hour, minute, second, fraction = match.groups()
    try:
        return time(int(hour), int(minute), int(second), int((fraction or "0").ljust(6, "0")))
    except ValueError:
        return match[0]


def _meant(token: str) -> Slip:
    """What somebody meant by a word that TOML does not know."""
    word = token.lower()
    if word in _YES or word in _NO:
        right = "true" if word in _YES else "false"
        return Slip(f"{token} is no value here", f"write {right}", word in _YES, known=True)
    if word in _NOTHING:
        return Slip(f"{token} is no value here", 'take the field out, or write ""', "", known=True)
    if match := re.fullmatch(_ZEROS, token):
        return Slip(f"{token}: a number does not begin with 0", f"write {match[1]}{match[2]}", int(token), known=True)
    if match := re.fullmatch(_DOTTED_DATE, token):
        day, month, year = (int(part) for part in match.groups())
        right = f"{year:04}-{month:02}-{day:02}"
        return Slip(f"{token}: a date is written year-month-day", f"write {right}", right, known=True)
    if match := re.fullmatch(_LOOSE_DATE, token):
        right = f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}"
        return Slip(f"{token}: a date is written with two digits each", f"write {right}", right, known=True)
    shown = token if len(token) <= 40 else token[:39] + "…"
    value = token.strip("\"'")
    return Slip(f"the text {shown} needs quotes", f'write "{value[:40]}"', value)

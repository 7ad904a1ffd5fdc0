"""One event, one block of the log: writing it, and reading blocks out of bytes that may be damaged.

Owns the text of a block (`[[event]]`, the envelope, the payload's plain form, `crc` last) and the limits that
keep a hostile file from costing time or memory. It must not know files, devices or the union of several logs
(`store.log_folder`), nor what an event means.
"""

from __future__ import annotations

import re
import tomllib
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from typing import Literal

import tomli_w

from facilitator_tui.core.events import (
    ENVELOPE_KEYS,
    PAYLOADS,
    Event,
    Unknown,
    Value,
    instant,
    instant_text,
    payload_of,
    unknown_keys,
    values_of,
)
from facilitator_tui.core.text import clean
from facilitator_tui.errors import FacilitatorError
from facilitator_tui.store.clock import STAMP
from facilitator_tui.store.plain_block import plain_block

LARGEST_BLOCK = 1 << 20
"""Bytes of one block; longer ones are neither written nor parsed."""

_MOST_DAMAGE = 1000

_BOM = b"\xef\xbb\xbf"
_HEADER = re.compile(rb"^\[\[event\]\][ \t]*\r?$", re.MULTILINE)
_CRC_LINE = re.compile(rb"^crc = ([^\r\n]*)", re.MULTILINE)
_COMMENTS = re.compile(rb"(?:[ \t\r]*+(?:#[^\n]*+)?(?:\n|\Z))*")
_CRC_VALUE = re.compile(rb'"([^"\\]*)"[ \t]*')
_LINE = re.compile(r"([a-z][a-z0-9_]{0,31}) = (?!\{)(.*)", re.ASCII)
_KEY = re.compile(r"[a-z][a-z0-9_]{0,31}", re.ASCII)
_PLAIN_BODY = r"[^\x00-\x1f\x7f\"\\]*+"
_ESCAPES = r"\\(?:[btnfr\"\\]|u(?:[0-9A-CE-Fa-ce-f][0-9A-Fa-f]{3}|[Dd][0-7][0-9A-Fa-f]{2}))"
_BODY = rf"{_PLAIN_BODY}(?:{_ESCAPES}{_PLAIN_BODY})*"
_UNTOUCHED = re.compile(r"[^\x00-\x1f\x7f\"\\\ud800-\udfff]*")
"""Texts that TOML needs no escape for: tomli-w would write them as they are, only slower."""
_STRING = re.compile(f'"({_BODY})"')
_WHOLE = re.compile(r"0|-?[1-9][0-9]{0,17}", re.ASCII)
_LIST = re.compile(rf'\[(?:"{_BODY}"(?:, "{_BODY}")*)?\]')
_QUOTED = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'[^']*+'")
_ESCAPE = re.compile(r"\\(?:u(.{4})|(.))")
_ESCAPED = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r", '"': '"', "\\": "\\"}
_SURROGATES = re.compile("[\ud800-\udfff]")


_INEXACT = frozenset(
    {Unknown, *(cls for cls in PAYLOADS.values() if any("datetime" in str(one.type) for one in fields(cls)))}
)
"""Payloads that may hold more than their plain form keeps."""


class TooLong(FacilitatorError):
    """A text that does not fit into one block."""


@dataclass(frozen=True, slots=True)
class Block:
    """An event as it was found. `edited` ones are whole but their crc is not that of their bytes.

    `offset` is in bytes from the start of the file, `line` counts from 1, `raw` ends after the crc line and
    has LF line ends; `unread` are the keys that this version does not know.
    """

    event: Event
    status: Literal["ok", "edited"]
    offset: int
    line: int
    raw: bytes
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Damage:
    """Bytes that could not be read: where they lie, how many, and why in plain words.

    `torn` is an unfinished block at the end of the file: a write that a crash cut off, or one under way.
    """

    offset: int
    line: int
    length: int
    why: str
    torn: bool = False
    file: str = ""


# ---------------------------------------------------------------- writing


def encode(event: Event) -> bytes:
    """The block of an event, crc last. TooLong when it is over `LARGEST_BLOCK`, ValueError for a bad key."""
    return _block_of(event, values_of(event.payload))


def settle(event: Event) -> tuple[Event, bytes]:
    """The event as reading its block will give it (texts clean, instants in milliseconds), and the block."""
    at = event.at
    if at.tzinfo is not UTC or at.microsecond % 1000:
        at = at.astimezone(UTC)
        at = at.replace(microsecond=at.microsecond // 1000 * 1000)
        event = Event(event.id, event.seq, event.hlc, at, event.payload, event.group)
    block = plain_block(event)
    if block is not None and len(block) < LARGEST_BLOCK:
        return event, block
    payload = event.payload
    given = values_of(payload)
    values = _cleaned(given)
    if values is not given or type(payload) in _INEXACT:
        kind = clean(payload.name) if isinstance(payload, Unknown) else payload.kind
        event = Event(event.id, event.seq, event.hlc, at, payload_of(kind, values), event.group)
    return event, _block_of(event, values)


def _block_of(event: Event, values: dict[str, Value]) -> bytes:
    if isinstance(event.payload, Unknown):
        for key in values:
            if not _KEY.fullmatch(key):
                raise ValueError(f"{key!r} can't be a key of the log")
    head = _envelope(event)
    lines = [f"{key} = {_value_text(value)}\n" for part in (head, values) for key, value in part.items()]
    body = ("[[event]]\n" + "".join(lines)).encode()
    if len(body) > LARGEST_BLOCK:
        raise TooLong("This text is over 1 MiB long; split it into several notes.")
    return body + b'crc = "%08x"\n' % zlib.crc32(body)


def _cleaned(values: dict[str, Value]) -> dict[str, Value]:
    """The values with clean texts; the same mapping when all of them were."""
    changed: dict[str, Value] = {}
    for key, value in values.items():
        if isinstance(value, str):
            if value.isascii() and value.isprintable():
                continue
            text = clean(value, newlines=True)
            if text is not value:
                changed[key] = text
        elif isinstance(value, list):
            if all(part.isascii() and part.isprintable() for part in value):
                continue
            texts = [clean(part, newlines=True) for part in value]
            if texts != value:
                changed[key] = texts
    return values | changed if changed else values


def _envelope(event: Event) -> dict[str, Value]:
    payload = event.payload
    envelope: dict[str, Value] = {
        "id": event.id,
        "seq": event.seq,
        "hlc": event.hlc,
        "at": instant_text(event.at),
    }
    if event.group:
        envelope["group"] = event.group
    envelope["kind"] = payload.name if isinstance(payload, Unknown) else payload.kind
    return envelope


def _value_text(value: Value) -> str:
    if isinstance(value, list):
        return "[" + ", ".join(_value_text(part) for part in value) + "]"
    if isinstance(value, str):
        if value.isascii() and value.isprintable() and '"' not in value and "\\" not in value:
            return f'"{value}"'  # most texts: nothing but letters that stay as they are
        if _UNTOUCHED.fullmatch(value):
            return f'"{value}"'
        value = _SURROGATES.sub("\ufffd", value)
    elif type(value) is int:
        return str(value)
    return tomli_w.dumps({"v": value})[4:-1]


def rewritten(block: Block, change: Callable[[Mapping[str, Value]], Mapping[str, Value] | None]) -> bytes | None:
    """The block with `change` made to its values (envelope and payload), sealed anew; None when it is to go.

    Where nothing changes, these are the very bytes; keys that this version does not read stay. A block that was
    edited by hand keeps its crc, so it goes on being known as such.
    """
    cut = block.raw.rindex(b"crc = ")
    values = _values(block.raw[:cut].decode())
    changed = change(values)
    if changed is None or changed == values:
        return block.raw if changed is not None else None
    lines = [f"{key} = {_value_text(value)}\n" for key, value in changed.items()]
    body = ("[[event]]\n" + "".join(lines)).encode()
    return body + (b'crc = "%08x"\n' % zlib.crc32(body) if block.status == "ok" else block.raw[cut:])


# ---------------------------------------------------------------- reading


def read_blocks(data: bytes, offset: int = 0, line: int = 1) -> tuple[list[Block], list[Damage]]:
    """Every block that can be read, and every stretch of bytes that can't. Nothing raises.

    `offset` and `line` say where in its file `data` begins.
    """
    if data.startswith(_BOM):
        data, offset = data[len(_BOM) :], offset + len(_BOM)
    reader = _Reader(data, offset, line)
    end = 0
    for start in _headers(data):
        reader.take(end, start)
        end = start
    reader.take(end, len(data))
    return reader.blocks, reader.damage


def _headers(data: bytes) -> Iterator[int]:
    """Where blocks begin. Looking for the bare bytes first costs nothing in a huge file that holds none."""
    at = data.find(b"[[event]]")
    while at >= 0:
        if _HEADER.match(data, at):
            yield at
        at = data.find(b"[[event]]", at + 1)


class _Reader:
    """Takes the stretches of a file, each from one header to the next, in order."""

    def __init__(self, data: bytes, offset: int, line: int) -> None:
        self._data = data
        self._offset = offset
        self._line = line
        self._counted = 0
        self.blocks: list[Block] = []
        self.damage: list[Damage] = []

    def take(self, start: int, end: int) -> None:
        if start == end:
            return
        if _HEADER.match(self._data, start) is None:
            self._report_strange(start, end)
            return
        found = _CRC_LINE.search(self._data, start, end)
        last = end == len(self._data)
        if found is None:
            self._report(start, end, "the event was not written to its end", torn=last)
            return
        sealed = _CRC_VALUE.match(found[1])
        if sealed is None:
            torn = last and found.end() == end
            self._report(start, found.end(), "its crc line is broken", torn=torn)
            self._report_strange(found.end(), end)
            return
        try:
            self.blocks.append(self._block(start, found.start(), sealed[1]))
        except _Unreadable as problem:
            self._report(start, found.end(), str(problem))
        self._report_strange(found.start(1) + sealed.end(), end)

    def _block(self, start: int, end: int, crc: bytes) -> Block:
        if end - start > 2 * LARGEST_BLOCK:
            raise _Unreadable("the event is over 1 MiB long")
        body = self._data[start:end]
        if b"\r" in body:
            body = body.replace(b"\r\n", b"\n")
        status: Literal["ok", "edited"] = "ok" if crc == b"%08x" % zlib.crc32(body) else "edited"
        event, unread = _parsed(body)
        raw = body + b'crc = "%s"\n' % crc
        return Block(event, status, self._offset + start, self._line_at(start), raw, unread)

    def _report_strange(self, start: int, end: int) -> None:
        """Text between blocks: empty lines and comments are nobody's event, the rest is reported."""
        between = self._data[start:end]
        if between.strip(b" \t\r\n") and not _COMMENTS.fullmatch(between):
            self._report(start, end, "this is not part of an event")

    def _report(self, start: int, end: int, why: str, *, torn: bool = False) -> None:
        """Note damage; a file with nothing but damage ends in one long stretch of it."""
        length = end - start
        if len(self.damage) >= _MOST_DAMAGE:
            last = self.damage[-1]
            length = self._offset + end - last.offset
            self.damage[-1] = Damage(last.offset, last.line, length, "most of this can't be read", torn)
            return
        self.damage.append(Damage(self._offset + start, self._line_at(start), length, why, torn))

    def _line_at(self, place: int) -> int:
        """Places are asked for in rising order."""
        self._line += self._data.count(b"\n", self._counted, place)
        self._counted = max(place, self._counted)
        return self._line


class _Unreadable(Exception):
    """Why a block is no event."""


def _parsed(body: bytes) -> tuple[Event, tuple[str, ...]]:
    """The event of a block's bytes, and the keys that nobody reads."""
    if len(body) > LARGEST_BLOCK:
        raise _Unreadable("the event is over 1 MiB long")
    try:
        text = body.decode()
    except UnicodeDecodeError:
        raise _Unreadable("the event is not UTF-8") from None
    values = _values(text)
    kind, event = _event(values, needs_cleaning=b"\\" in body or not body.isascii())
    return event, unknown_keys(kind, values)


def _event(values: dict[str, Value], *, needs_cleaning: bool) -> tuple[str, Event]:
    """Take the envelope out of `values`; what stays is the payload's."""
    id, seq, hlc = values.get("id"), values.get("seq"), values.get("hlc")
    at, kind, group = values.get("at"), values.get("kind"), values.get("group", "")
    if not isinstance(id, str) or not 0 < len(id) <= 64:
        raise _Unreadable("the event has no id")
    if type(seq) is not int or seq < 0:
        raise _Unreadable("the event has no seq")
    if not isinstance(hlc, str) or STAMP.fullmatch(hlc) is None:
        raise _Unreadable("the event has no hlc")
    if not isinstance(kind, str) or not isinstance(group, str):
        raise _Unreadable("the event has no kind")
    for key in ENVELOPE_KEYS:
        values.pop(key, None)
    if needs_cleaning:
        values = _cleaned(values)
        id, kind, group = clean(id), clean(kind), clean(group)
    try:
        instant(hlc[:24])
        return kind, Event(id, seq, hlc, _instant(at), payload_of(kind, values), group)
    except (ValueError, OverflowError):
        raise _Unreadable("an instant of the event can't be read") from None


def _instant(value: Value | None) -> datetime:
    if not isinstance(value, str):
        raise ValueError("no instant")
    return instant(value)


def _values(text: str) -> dict[str, Value]:
    """The keys and values of a block's text. The grammar that we write is read here, the rest by tomllib."""
    values: dict[str, Value] = {}
    plain = True
    for line in text.split("\n")[1:]:
        if not line:
            continue
        found = _LINE.fullmatch(line)
        if found is None:
            if line.startswith("#"):
                plain = False
                continue
            raise _Unreadable("a line of the event is no key and value")
        value = _quick(found[2])
        if value is None:
            _refuse_bombs(found[2])
        if value is None or found[1] in values:
            plain = False
        else:
            values[found[1]] = value
    return values if plain else _judged(text)


def _refuse_bombs(text: str) -> None:
    """tomllib sees only values in which no table can hide: dotted keys cost it time and memory squared."""
    if '"""' in text or "'''" in text:
        raise _Unreadable("a text of the event runs over several lines")
    bare = _QUOTED.sub("", text) if text.startswith("[") else ""
    if "{" in bare or "[" in bare[1:]:
        raise _Unreadable("a list of the event holds more than texts")


def _quick(text: str) -> Value | None:
    """A value in the narrow form that `encode` writes, or None."""
    found = _STRING.fullmatch(text)
    if found is not None:
        return _unescaped(found[1])
    if _WHOLE.fullmatch(text):
        return int(text)
    if text == "true" or text == "false":
        return text == "true"
    if _LIST.fullmatch(text):
        return [_unescaped(part[1]) for part in _STRING.finditer(text)]
    return None


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(_character, text) if "\\" in text else text


def _character(found: re.Match[str]) -> str:
    if found[2] is not None:
        return _ESCAPED[found[2]]
    return chr(int(found[1], 16))


def _judged(text: str) -> dict[str, Value]:
    try:
        table: Mapping[str, object] = tomllib.loads(text)["event"][0]
    except (ValueError, RecursionError, MemoryError):
        raise _Unreadable("the event is not valid TOML") from None
    values: dict[str, Value] = {}
    for key, value in table.items():
        if isinstance(value, str | int) or (isinstance(value, list) and all(isinstance(part, str) for part in value)):
            values[key] = value
        else:
            raise _Unreadable(f"{key} is neither text, a whole number, yes or no, nor a list of texts")
    return values

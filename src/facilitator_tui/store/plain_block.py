"""The block of a plain event, made in one pass: the short way to an acknowledgement.

Owns the writing of events whose texts are printable ASCII without quotes and backslashes and whose fields need no
conversion: nearly all that a call brings forth. Of every other event it says None, and `store.block` takes the long
way. For a plain event both give the same bytes.
"""

from __future__ import annotations

import zlib
from dataclasses import MISSING, fields
from datetime import UTC, datetime

from facilitator_tui.core.events import PAYLOADS, Event, Payload

_Part = tuple[str, str, object]
"""A field: its name, the beginning of its line, and the value that needs no line."""


def _parts_of(cls: type[Payload]) -> tuple[str, tuple[_Part, ...]]:
    """The line of the kind, and the fields."""
    parts = [(one.name, f"{one.name} = ", None if one.default is MISSING else one.default) for one in fields(cls)]
    return f'kind = "{cls.kind}"\n', tuple(parts)


_SHAPES = {
    cls: _parts_of(cls) for cls in PAYLOADS.values() if not any("datetime" in str(one.type) for one in fields(cls))
}
"""Payloads that are the same before they are written and after they are read."""


def plain_block(event: Event) -> bytes | None:
    """The block of an event with an instant in UTC, crc last; None when the event is not a plain one."""
    payload, at = event.payload, event.at
    shape = _SHAPES.get(type(payload))
    if shape is None or at.tzinfo is not UTC:
        return None
    kind, parts = shape
    lines = [f'[[event]]\nid = "{event.id}"\nseq = {event.seq}\nhlc = "{event.hlc}"\nat = "{_instant(at)}"\n']
    texts = [event.id, event.hlc, event.group]
    if event.group:
        lines.append(f'group = "{event.group}"\n')
    lines.append(kind)
    for name, lead, default in parts:
        value = getattr(payload, name)
        if value == default:
            continue
        if type(value) is str:
            texts.append(value)
            lines.append(f'{lead}"{value}"\n')
        elif type(value) is tuple:
            texts += value
            quoted = '", "'.join(value)
            lines.append(f'{lead}["{quoted}"]\n' if value else f"{lead}[]\n")
        elif type(value) is int:
            lines.append(f"{lead}{value}\n")
        else:
            return None
    whole = "".join(texts)
    if not (whole.isascii() and whole.isprintable()) or '"' in whole or "\\" in whole:
        return None
    body = "".join(lines).encode()
    return body + b'crc = "%08x"\n' % zlib.crc32(body)


def _instant(moment: datetime) -> str:
    """What `core.events.instant_text` gives for an instant in UTC."""
    if moment.microsecond:
        return f"{moment.isoformat(timespec='milliseconds')[:-6]}Z"
    return f"{moment.isoformat()[:-6]}Z"

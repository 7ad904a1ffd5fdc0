"""Pasted blocks: saved chats, chat waterfalls and plain lists, taken apart into what each person wrote.

Owns the shapes in which call programs write down their chats. It must not know where a block came from. What
others wrote is never read as a command, and of the capture grammar only where nobody else is its sender.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache

from facilitator_tui.core.capture import Context, read_capture
from facilitator_tui.core.events import CaptureAdded
from facilitator_tui.core.plan import Roster
from facilitator_tui.core.roster import exactly
from facilitator_tui.core.text import clean, fold_case


@dataclass(frozen=True, slots=True)
class Said:
    """One line of a block, with its sender's name and its time of day as they stood there."""

    text: str
    sender: str = ""
    clock: timedelta | None = None
    private: bool = False
    """It was sent to one person only."""
    notice: bool = False
    """The chat program's own words: a reaction, or the quotation above a reply."""
    count: int = 1
    senders: tuple[str, ...] = ()
    """Everybody who wrote this sentence, once `counted`."""
    raw: tuple[str, ...] = ()
    """The lines as they stood in the block."""


_CLOCK = r"(?:\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4},?[ T])?(?P<clock>\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:\s?[AaPp]\.?[Mm]\.?)?)"
_TO_AFTER: Mapping[str, tuple[str, ...]] = {
    "From": ("to",),
    "Von": ("an",),
    "Desde": ("a", "para"),
    "De la part de": ("à",),
    "De": ("a", "à", "para"),
    "Da": ("a",),
    "Van": ("aan",),
    "Från": ("till",),
    "Fra": ("til",),
}
"""The word before a sender to those that stand before a receiver in the same language."""
_FROM = f"(?P<from>{'|'.join(_TO_AFTER)})"
_TO = f"(?:{'|'.join(dict.fromkeys(word for words in _TO_AFTER.values() for word in words))})"
_EVERYONE = r"(?i:everyone|everybody|all|you|me|alle|todos|tous|tout le monde|hosts and panelists)"
_SENDER = r"(?P<sender>[^:\t\n]{1,80}?)"
_NOTE = r"(?P<aside>\([^()\n]{1,40}\))?"

_HEADS = tuple(
    re.compile(pattern)
    for pattern in (
        # 13:50:01 From NAME to Everyone: text
        rf"\s*{_CLOCK}\s+{_FROM}\s+(?P<sender>[^:\t\n]{{1,80}})\s+{_TO}\s+(?P<to>[^:\t\n]{{1,80}}?)\s*{_NOTE}\s*:"
        rf"\s*(?P<late>\((?i:privat|direct)[^()]*\))?\s*(?P<text>.*)",
        # 13:50:01 From NAME : text
        rf"\s*{_CLOCK}\s+{_FROM}\s+{_SENDER}\s*:\s*(?P<text>.*)",
        # From NAME to Everyone: (01:50 PM) text, as the chat window copies it
        rf"\s*{_FROM}\s+(?P<sender>[^:\t\n]{{1,80}})\s+{_TO}\s+(?P<to>[^:\t\n]{{1,80}}?)\s*{_NOTE}\s*:"
        rf"\s*\(?{_CLOCK}\)?\s*(?P<text>.*)",
        # 00:13:50<tab>NAME:<tab>text, as recordings keep it
        rf"\s*{_CLOCK}\t{_SENDER}:\s*(?P<text>.*)",
        # [10:05] NAME : text
        rf"\s*\[(?:[^\[\]\d]{{0,20}}\s)?{_CLOCK}\]\s*{_SENDER}\s?:\s+(?P<text>.*)",
    )
)
_NAME_LINES = tuple(
    re.compile(pattern)
    for pattern in (
        # [10:05] NAME
        rf"\s*\[(?:[^\[\]\d]{{0,20}}\s)?{_CLOCK}\]\s*(?P<sender>[^:\t\n]{{1,80}})(?P<text>)\s*",
        # NAME to Everyone 10:05 AM
        rf"\s*(?P<sender>[^:\t\n]{{1,80}}?)\s+{_TO}\s+(?P<to>{_EVERYONE})\s+\(?{_CLOCK}\)?(?P<text>)\s*",
    )
)
"""A name and a clock alone: a heading only if lines follow it, otherwise a line like any other."""
_PRIVATE = re.compile(r"\((?:privat|direct|mensaje directo|direkt|message direct)", re.IGNORECASE)
_NOTICE = re.compile(
    r"""(?:Reacted to ["“].*["”] with \S+|Removed an? \S+ reaction from ["“].*|Replying to ["“].*["”]:?)""",
    re.IGNORECASE | re.DOTALL,
)
_LONGEST_HEAD = 400
_SEPARATOR = re.compile(rf"\s+({_TO})\s+")
_TO_ALL = re.compile(_EVERYONE)

NOBODY = Roster()
Known = Callable[[str], bool]
"""Whether somebody is called so."""


def split(block: str, roster: Roster = NOBODY) -> tuple[Said, ...]:
    """One entry for each line with text. Lines below a heading belong to the sender it names.

    A sender of the roster is found even if a word of the name could stand before a receiver ("Ana a Costa").
    """
    known = cache(lambda name: exactly(roster, name) is not None)
    said: list[Said] = []
    sender, heading = Said(""), ""
    for line in re.split("\r\n|[\n\r\v\f\x85\u2028\u2029]", block.lstrip("\ufeff")):
        if not line.strip():
            continue
        opened, names_only = _opened(line, known)
        if opened and heading:
            said.append(_plain(heading))
        if opened:
            sender = replace(opened, text="", raw=())
            heading = line if names_only else ""
            said += [opened] if opened.text else []
            continue
        heading = ""
        said.append(replace(sender, text=_plain(line).text, raw=_plain(line).raw))
    if heading:
        said.append(_plain(heading))
    return tuple(replace(one, notice=bool(_NOTICE.fullmatch(one.text))) for one in said)


def _plain(line: str) -> Said:
    cleaned = clean(line)
    return Said(cleaned.strip(), raw=(cleaned,))


def _opened(line: str, known: Known) -> tuple[Said | None, bool]:
    """The entry that a line opens, and whether the line holds nothing but its heading."""
    opened = _head(line, _HEADS, known)
    return (opened, False) if opened else (_head(line, _NAME_LINES, known), True)


def is_chat(block: str) -> bool:
    """Whether a block names senders, so that it is a chat and not a list of somebody's own lines."""
    return any(one.sender for one in split(block))


def counted(said: Iterable[Said]) -> tuple[Said, ...]:
    """Repeats of the same sentence as one entry with a count; case, accents and final stops are ignored.

    A private line never joins a public one.
    """
    found: dict[tuple[str, bool], Said] = {}
    for one in said:
        key = (_sentence(one.text), one.private)
        senders = (one.sender,) if one.sender else ()
        known = found.get(key)
        if known is None:
            found[key] = replace(one, senders=one.senders or senders)
            continue
        found[key] = replace(
            known,
            count=known.count + one.count,
            senders=tuple(dict.fromkeys((*known.senders, *(one.senders or senders)))),
            raw=(*known.raw, *one.raw),
        )
    return tuple(found.values())


def captures(block: str, context: Context, kind: str = "note") -> tuple[CaptureAdded, ...]:
    """The captures of a block, in its order: a line with a sender as a `kind`, other lines by the grammar.

    A sender is recognised only by the whole name; others stay in front of the text and in `unsure`. Private
    lines are flagged `off`. The chat program's own notices are left out.
    """
    senders = _named_lines(split(block, context.roster), context)
    return tuple(_capture(one, context, kind) for one in counted(senders) if not one.notice)


def _named_lines(said: Iterable[Said], context: Context) -> Iterator[Said]:
    """`Name: text` without a clock has a sender too, if somebody is called so."""
    for one in said:
        name, colon, text = one.text.partition(":")
        known = colon and not one.sender and text.strip() and exactly(context.roster, name)
        yield replace(one, sender=name.strip(), text=text.strip()) if known else one


def _capture(said: Said, context: Context, kind: str) -> CaptureAdded:
    raw = "\n".join(said.raw)
    if not said.senders:
        own = read_capture(said.raw[0], context)
        return replace(own, raw=raw, count=own.count * said.count)
    found = {name: exactly(context.roster, name) for name in said.senders}
    strangers = tuple(name for name, who in found.items() if who is None)
    people = tuple(who.id for who in found.values() if who)
    is_link = kind == "note" and re.match(r"(?i)https?://\S", said.text)
    is_action = kind == "action"
    return CaptureAdded(
        raw,
        f"{', '.join(strangers)}: {said.text}" if strangers else said.text,
        type="resource" if is_link else kind,
        item=context.item,
        room=context.room,
        question=context.question,
        by=() if is_action else people,
        owner=people if is_action else (),
        count=said.count,
        flags=("off",) if said.private else (),
        unsure=strangers,
    )


def _head(line: str, shapes: tuple[re.Pattern[str], ...], known: Known) -> Said | None:
    """The entry that a line with a sender opens; its text is empty when it stands on the lines below."""
    start = line[:_LONGEST_HEAD]
    for shape in shapes:
        head = shape.match(start)
        if head is None or (head.end() < len(start.rstrip()) and not head["text"]):
            continue
        parts = head.groupdict()
        clock = _clock(parts["clock"])
        if clock is None:
            continue
        text = clean(line[head.start("text") :]).strip() if head["text"] else ""
        sender, receiver = _sender(head, known) if parts.get("from") and parts.get("to") else (head["sender"], "")
        to = " ".join(filter(None, (receiver, parts.get("aside"), parts.get("late"))))
        return Said(
            text,
            clean(sender).strip(),
            clock,
            private=bool(_PRIVATE.search(to)),
            raw=(clean(line),),
        )
    return None


def _sender(head: re.Match[str], known: Known) -> tuple[str, str]:
    """Sender and receiver of a line that has both: the longest sender whom somebody knows; else up to the last word
    that leads to a receiver in the language of the line, or to everybody; else all of it is the sender."""
    whole = head.string[head.start("sender") : head.end("to")]
    cuts = [(whole[: cut.start()], whole[cut.end() :], cut[1]) for cut in _SEPARATOR.finditer(whole)]
    fitting = _TO_AFTER[head["from"]]
    sensible = [(sender, to) for sender, to, word in cuts if word in fitting or _TO_ALL.fullmatch(to)]
    if len(cuts) == len(sensible) == 1 and _TO_ALL.fullmatch(sensible[0][1]):
        return sensible[0]
    everyone = [(whole, ""), *reversed([(sender, to) for sender, to, _ in cuts])]
    return next((one for one in everyone if known(clean(one[0]).strip())), (sensible or [(whole, "")])[-1])


def _clock(text: str) -> timedelta | None:
    numbers = [int(number) for number in re.findall(r"\d+", text)]
    hours, minutes, seconds = (*numbers, 0)[:3]
    half = re.search("[AaPp]", text)
    if half:
        if not 1 <= hours <= 12:
            return None
        hours = hours % 12 + (12 if half[0] in "Pp" else 0)
    if hours > 23 or minutes > 59 or seconds > 59:
        return None
    return timedelta(hours=hours, minutes=minutes, seconds=seconds)


def _sentence(text: str) -> str:
    return fold_case(text).rstrip(" .,;:!?…") or text

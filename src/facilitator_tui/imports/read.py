"""One way in for every file: what it is, who is in it, what it would change.

Owns telling the formats apart. It must not know where a file lies or what the caller does with the answer.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal
from zoneinfo import ZoneInfo

from facilitator_tui.core.plan import Roster
from facilitator_tui.core.waterfall import Said, is_chat, split
from facilitator_tui.errors import FacilitatorError
from facilitator_tui.imports.agenda import Draft, from_calendar, from_schedule
from facilitator_tui.imports.decode import decode
from facilitator_tui.imports.match import Matches, match
from facilitator_tui.imports.table import PersonRow, people_table

As = Literal["people", "presence", "chat", "agenda"]

_HEAD = 20_000
_CHAT_LINES = 3
"""A chat shows within its first lines; a CSV file with a clock in it does not look like one."""


@dataclass(frozen=True, slots=True)
class Import:
    """What a file holds. People who are matched are taken; the unclear and unknown ones are asked about."""

    what: As
    source: str
    """The program that wrote the file, empty when that can't be told."""
    people: Matches = field(default_factory=Matches)
    """For a chat: its senders."""
    chat: str = ""
    """The block to give to `core.waterfall.captures`."""
    lines: tuple[Said, ...] = ()
    drafts: tuple[Draft, ...] = ()

    @property
    def agenda_toml(self) -> str:
        """The drafts as text for `sessions.toml`."""
        return "\n".join(draft.toml() for draft in self.drafts)


def read(content: bytes, as_: As | None, roster: Roster, zone: ZoneInfo) -> Import:
    """Read a file of another program. Without `as_` it is told by its looks.

    `zone` is the programme's, for agendas. FacilitatorError, in a sentence, when nothing can be made of it: then
    nothing at all is taken.
    """
    text = decode(content)
    start = text.lstrip("\ufeff \t\r\n")
    what = as_ or _looks_like(start)
    if what == "agenda":
        return _agenda(start, zone)
    if start.startswith(("{", "[{", "BEGIN:VCALENDAR", "<")):
        raise FacilitatorError(f"The file holds no {what}: it is an agenda or a page; use --as agenda, or a CSV file.")
    if what == "chat":
        return _chat(text, roster)
    table = people_table(text)
    if as_ is None and table.has_times:
        what = "presence"
    if what == "presence" and table.source == "Zoom registration":
        raise FacilitatorError("A registration report says who meant to come: import it with --as people.")
    return Import(what, table.source, match(table.people, roster))


def _looks_like(text: str) -> As:
    if text.startswith(("{", "BEGIN:VCALENDAR")):
        return "agenda"
    head = "\n".join(text[:_HEAD].splitlines()[:_CHAT_LINES])
    return "chat" if is_chat(head) else "people"


def _agenda(text: str, zone: ZoneInfo) -> Import:
    if text.startswith("BEGIN:VCALENDAR"):
        return Import("agenda", "iCalendar", drafts=from_calendar(text, zone))
    return Import("agenda", "pretalx", drafts=from_schedule(text))


def _chat(text: str, roster: Roster) -> Import:
    lines = split(text, roster)
    if not any(line.sender for line in lines):
        raise FacilitatorError(
            "No sender was found in the chat: its lines should look like 13:50:01 From NAME to Everyone: text."
        )
    senders = dict.fromkeys(line.sender for line in lines if line.sender)
    people = match((PersonRow(name) for name in senders), roster)
    return Import("chat", "", people, text, lines)

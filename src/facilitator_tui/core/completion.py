"""What Tab offers in the capture line: people, tags, rooms, kinds and commands.

Owns which words could stand where the cursor is. It must not know how they are shown or chosen.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from facilitator_tui.core.capture import COMMANDS, Context
from facilitator_tui.core.grammar import kinds_of
from facilitator_tui.core.plan import Organisation
from facilitator_tui.core.roster import Named, everybody, find
from facilitator_tui.core.text import fold_case

MOST = 20

_ARGUMENT = re.compile(r"\s*/(room|by|kind)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Completion:
    """`text` may stand for the characters from `start` to `end` of the line; `label` explains it."""

    text: str
    start: int
    end: int
    label: str = ""

    def applied(self, line: str) -> str:
        """The line with this completion in it; the cursor belongs behind it."""
        return line[: self.start] + self.text + line[self.end :]


def complete(line: str, cursor: int, context: Context) -> tuple[Completion, ...]:
    """Completions of the word that ends at `cursor`, best first, at most `MOST`."""
    cursor = max(0, min(cursor, len(line)))
    start = cursor - len(re.search(r"\S*$", line[:cursor])[0])  # type: ignore[index]
    word = line[start:cursor]
    command = _ARGUMENT.match(line[:cursor])
    if command:
        offered = _offered(command[1].lower(), line[command.end() : cursor], context)
        start, lead = command.end(), ""
    elif word[:1] in ("@", "#"):
        offered = _offered({"@": "by", "#": "tag"}[word[0]], word[1:], context)
        lead = word[0]
    elif word[:2].lower() == "r:":
        offered, lead = _offered("room", word[2:], context), "r:"
    elif word.startswith("/") and not line[:start].strip():
        offered, lead = _starting(word[1:], ((name, "") for name in COMMANDS)), "/"
    else:
        return ()
    chosen = list(offered)[:MOST]
    return tuple(Completion(f"{lead}{text} ", start, _end(line, cursor), label) for text, label in chosen)


def _end(line: str, cursor: int) -> int:
    """A blank that already follows is taken in, so that completing never doubles it."""
    return cursor + 1 if line[cursor : cursor + 1] == " " else cursor


def _offered(sort: str, typed: str, context: Context) -> Iterable[tuple[str, str]]:
    if sort == "by":
        return _people(typed, context)
    if sort == "tag":
        return _starting(typed, ((tag, "") for tag in context.tags))
    if sort == "room":
        return _starting(typed, ((room, "") for room in context.rooms))
    kinds = kinds_of(context.kinds).values()
    return _starting(typed, ((wording.word, wording.title) for wording in kinds))


def _people(typed: str, context: Context) -> Iterable[tuple[str, str]]:
    roster = context.roster
    by_id = {one.id: one for one in everybody(roster)}
    found: list[Named] = list(by_id.values())
    if typed:
        match = find(roster, typed)
        prefixed = [one for one in by_id.values() if fold_case(one.id).startswith(fold_case(typed))]
        found = [*([match.found] if match.found else []), *prefixed, *match.candidates]
    for id in dict.fromkeys(one.id for one in found):
        one = by_id[id]
        label = one.name
        if not isinstance(one, Organisation) and (org := roster.org(one.org)):
            label = f"{one.name} · {org.short or org.name}"
        yield id, label


def _starting(typed: str, known: Iterable[tuple[str, str]]) -> Iterable[tuple[str, str]]:
    folded = fold_case(typed)
    seen = dict(known)
    return [(text, label) for text, label in seen.items() if fold_case(text).startswith(folded)]

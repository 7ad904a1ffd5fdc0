"""Who the people of a file are: matched, unclear or unknown. Nobody is merged on a guess.

Owns the rules of recognition: the mail address first, then the whole name (case and accents ignored, an aside
such as "(she/her)" too), never a part of one. Two hits are a question for a person.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from facilitator_tui.core.plan import Participant, Roster
from facilitator_tui.core.text import fold_case
from facilitator_tui.imports.table import PersonRow

_ASIDE = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]\s*")


@dataclass(frozen=True, slots=True)
class Matched:
    """A row and the one person it is."""

    row: PersonRow
    person: Participant
    by: str
    """`mail` or `name`."""


@dataclass(frozen=True, slots=True)
class Unclear:
    """A row that fits several people, or one person together with other rows."""

    row: PersonRow
    candidates: tuple[Participant, ...]


@dataclass(frozen=True, slots=True)
class Matches:
    matched: tuple[Matched, ...] = ()
    unclear: tuple[Unclear, ...] = ()
    unknown: tuple[PersonRow, ...] = ()


def match(rows: Iterable[PersonRow], roster: Roster) -> Matches:
    """Look every row up on the roster."""
    index = _Index(roster)
    matched: list[Matched] = []
    unclear: list[Unclear] = []
    unknown: list[PersonRow] = []
    for row in rows:
        found, by = index.look_up(row)
        if not found:
            unknown.append(row)
        elif len(found) > 1:
            unclear.append(Unclear(row, found))
        else:
            matched.append(Matched(row, found[0], by))
    shared = Counter(one.person.id for one in matched)
    certain: list[Matched] = []
    for one in matched:
        if one.by == "name" and shared[one.person.id] > 1:
            unclear.append(Unclear(one.row, (one.person,)))
        else:
            certain.append(one)
    return Matches(tuple(certain), tuple(unclear), tuple(unknown))


class _Index:
    """The roster by mail address and by whole name."""

    def __init__(self, roster: Roster) -> None:
        self._mails: dict[str, dict[str, Participant]] = {}
        self._names: dict[str, dict[str, Participant]] = {}
        for person in roster.people:
            if person.email:
                self._mails.setdefault(fold_case(person.email), {})[person.id] = person
            self._names.setdefault(fold_case(person.name), {})[person.id] = person

    def look_up(self, row: PersonRow) -> tuple[tuple[Participant, ...], str]:
        """Everybody a row may be. A name that belongs to somebody else than the address does is a doubt too."""
        by_mail = self._mails.get(fold_case(row.email), {}) if row.email else {}
        by_name = self._by_name(row.name)
        if not by_mail:
            return tuple(by_name.values()), "name"
        if by_name and not set(by_name) & set(by_mail):
            return (*by_mail.values(), *by_name.values()), "mail"
        both = {id: person for id, person in by_mail.items() if id in by_name}
        return tuple((both or by_mail).values()), "mail"

    def _by_name(self, name: str) -> dict[str, Participant]:
        """Bearers of the name as it stands, without its aside, or of the aside itself (Zoom's original name); each also
        as directories write it, the family name first and set off by a comma."""
        spellings = (name, _ASIDE.sub(" ", name), *_ASIDE.findall(name))
        turned = (" ".join(reversed(one.split(","))) for one in spellings if one.count(",") == 1)
        spellings = (*spellings, *turned)
        found: dict[str, Participant] = {}
        for spelling in spellings:
            found.update(self._names.get(fold_case(spelling), {}) if spelling.strip() else {})
        return found

"""Ids: given, made from titles, found twice; and whether a name that is used is the id of anything.

Owns the register of where each id was written. It must not know what the ids are of.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from facilitator_tui.core.problems import did_you_mean
from facilitator_tui.core.text import slug
from facilitator_tui.store.plan_cursor import Table
from facilitator_tui.store.plan_problems import Problems
from facilitator_tui.store.plan_rows import Row


@dataclass(eq=False, repr=False)
class Names:
    """The names of a plan. `places` maps paths by id to the tables they were written in, for later findings."""

    problems: Problems
    line_of: Callable[[int, int], str]
    """Says where an offset is to somebody who looks at another one."""
    places: dict[str, Table] = field(default_factory=dict)

    def ids(self, rows: Sequence[Row], what: str, made_from: Callable[[Row, int], str]) -> list[str]:
        """An id for each row. Two written alike are an error; made ones get -2, -3 where they clash."""
        taken: dict[str, int] = {}
        for row in rows:
            if id := row.get("id"):
                if id.casefold() in taken:
                    where = self.line_of(taken[id.casefold()], row.at("id"))
                    path = f"{row.path}.id"
                    self.problems.error(row.at("id"), path, f'the {what} id "{id}" is there twice, first in {where}')
                taken.setdefault(id.casefold(), row.at("id"))
        ids: list[str] = []
        for number, row in enumerate(rows, 1):
            id = row.get("id")
            if not id:
                id = _free(made_from(row, number), taken)
                taken[id] = row.raw.at
            ids.append(id)
        return ids

    def known(self, word: str, existing: Iterable[str], what: str, at: int, path: str) -> bool:
        """Whether a name that is used exists; where not, an error with the nearest one."""
        names = list(existing)
        if word in names:
            return True
        hint = did_you_mean(word, names) if names else ""
        self.problems.error(at, path, f'there is no {what} "{word}"', hint)
        return False


def _free(wanted: str, taken: Mapping[str, int]) -> str:
    """The id wanted, or the first of `wanted-2`, `wanted-3`, … that is free and still short enough."""
    if wanted not in taken:
        return wanted
    number = 2
    while (candidate := f"{wanted[: 39 - len(str(number))].rstrip('-')}-{number}") in taken:
        number += 1
    return candidate


def slug_of(text: str) -> str:
    """An id made from a text; "" where there is no text to make it from."""
    return slug(text) if text.strip() else ""

"""A problem of a plan, as a value: where it stands, what is wrong, what would be right.

Owns the one shape in which every check of the plan file reports, and the guess at what was meant. It must
not know how problems are found (`store.plan_file`, `core.readiness`) or shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Problem:
    """An error stops a session from opening, a warning never does.

    `line` and `column` count from 1. `path` names the field by ids where there are any
    (`session.tue.agenda.groups.kind`), else by number from 1 (`session[2].agenda[3].kind`).
    """

    severity: Severity
    file: str
    line: int
    column: int
    path: str
    message: str
    hint: str = ""

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}:{self.column}: {self.severity}: "
        field = f"{self.path}: " if self.path else ""
        hint = f" ({self.hint})" if self.hint else ""
        return f"{where}{field}{self.message}{hint}"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that contradicts something else. `path` names a field by ids: `session.tue.agenda.qa.at`."""

    path: str
    message: str
    hint: str = ""


def nearest(word: str, known: Sequence[str]) -> str:
    """The known word that is nearest to the one written, or ""."""
    if not word or len(word) > 60 or not known:
        return ""
    folded = word.casefold()
    if folded in known:
        return folded
    from difflib import get_close_matches  # costs 5 ms, which a plan without mistakes need not pay

    close = get_close_matches(folded, [each for each in known if len(each) <= 60][:3000], 1, 0.6)
    if close:
        return close[0]
    starts = [each for each in known if len(folded) > 2 and each.startswith(folded)]
    return starts[0] if len(starts) == 1 else ""


def did_you_mean(word: str, known: Sequence[str]) -> str:
    """`did you mean "x"?`, or the list of what is known where it is short, or ""."""
    close = nearest(word, known)
    if close:
        return f'did you mean "{close}"?'
    if known and len(known) <= 14:
        return "known: " + ", ".join(known)
    return ""

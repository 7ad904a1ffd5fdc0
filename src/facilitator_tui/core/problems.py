"""A problem of a plan, as a value: where it stands, what is wrong, what would be right.

Owns the one shape in which every check of the plan file reports. It must not know how problems are found
(`store.plan_file`, `core.readiness`) or shown.
"""

from __future__ import annotations

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

"""The list of problems of a plan while it is being read.

Owns collecting them, once each, at an offset; turning offsets into lines is `plan_source`'s.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from facilitator_tui.core.problems import Problem, Severity
from facilitator_tui.core.text import clean
from facilitator_tui.store.plan_cursor import Mistake
from facilitator_tui.store.plan_source import Sources

MAX_PROBLEMS = 300


@dataclass(eq=False, repr=False)
class Problems:
    """Notes of what is wrong, by offset; `listed` gives them in the order of the files and lines."""

    _notes: dict[tuple[int, str, str], tuple[Severity, str]] = field(default_factory=dict)
    _misread: set[int] = field(default_factory=set)
    fatal: bool = False

    def error(self, at: int, path: str, message: str, hint: str = "") -> None:
        self._note("error", at, path, message, hint)

    def warn(self, at: int, path: str, message: str, hint: str = "") -> None:
        self._note("warning", at, path, message, hint)

    def mistake(self, mistake: Mistake) -> None:
        severity: Severity = "error" if mistake.fatal else "warning"
        self._note(severity, mistake.at, mistake.path, mistake.message, mistake.hint)
        self._misread.add(mistake.at)

    def misread(self, at: int) -> bool:
        """Whether a mistake in the writing stands at an offset, so that the value there is only a guess."""
        return at in self._misread

    def _note(self, severity: Severity, at: int, path: str, message: str, hint: str) -> None:
        if severity == "error":
            self.fatal = True
        if not self.full:
            note = (at, clean(path), clean(message))
            self._notes.setdefault(note, (severity, clean(hint)))

    def wrong(self, path: str) -> bool:
        """Whether there is an error at a path."""
        return any(note[1] == path and severity == "error" for note, (severity, _) in self._notes.items())

    @property
    def full(self) -> bool:
        """Whether more problems would only hide the first ones."""
        return len(self._notes) >= MAX_PROBLEMS

    def listed(self, sources: Sources) -> tuple[Problem, ...]:
        found: list[Problem] = []
        for (at, path, message), (severity, hint) in sorted(self._notes.items(), key=lambda note: note[0][:2]):
            file, line, column = sources.locate(at)
            found.append(Problem(severity, file, line, column, path, message, hint))
        return tuple(found)

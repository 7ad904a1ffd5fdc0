"""What the pages of notes, harvest and ideas show beyond the run, as one frozen value.

Owns the console's side of it: filters, what is about to be joined, what is presented. It must not know how it
came about nor how it is drawn.
"""

from __future__ import annotations

from dataclasses import dataclass

from facilitator_tui.core.run import Run

PRESENTED = ("message", "takeaway", "enabler", "inhibitor", "question", "decision", "idea")
"""Kinds that the presentation shows until somebody chooses."""


@dataclass(frozen=True, slots=True)
class NotesView:
    kind: str = ""
    """Only lines of this kind are listed."""
    joining: str = ""
    """The line that waits for another one to be joined with."""
    presented: tuple[str, ...] = PRESENTED
    """Kinds chosen for the presentation."""
    alone: str = ""
    """The kind that is presented by itself; empty: all that were chosen."""
    sorted: bool = False
    """Options of a vote stand by their dots."""
    others: tuple[Run, ...] = ()
    """The runs of the week's other sessions, once they are read."""
    plain: str = ""
    """The text that stands alone on the screen, to be selected."""

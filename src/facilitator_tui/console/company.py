"""Who else has this session open: looked at now and then behind the screen, said in the header.

Owns when the signs are looked at and their words. It must not know how a sign is kept (`store.presence`).
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from facilitator_tui.core.text import count_of
from facilitator_tui.store.presence import Presence, Sign

if TYPE_CHECKING:
    from facilitator_tui.console.conductor import Conductor

LOOK_EVERY_S = 5.0


class Company:
    """The other consoles of this session. A look that a slow disk holds up is waited for by nobody."""

    def __init__(self, conductor: Conductor, since: Callable[[], float] = time.monotonic) -> None:
        self._conductor, self._since = conductor, since
        self._looked: float | None = None
        self._looking = False
        self.words: tuple[str, ...] = ()
        """Who is there, in words: the longest first, then shorter ones; none when nobody is."""

    def look(self) -> None:
        """Once a second: show our own sign and read those of others, each when it is due."""
        now = self._since()
        if (
            self._looking
            or self._conductor.rehearsed
            or (self._looked is not None and now - self._looked < LOOK_EVERY_S)
        ):
            return
        self._looked, self._looking = now, True
        presence = self._conductor.store.presence
        self._conductor.stage.behind(lambda: _looked_at(presence), self._found)

    def _found(self, words: tuple[str, ...]) -> None:
        self._looking = False
        if words != self.words:
            self.words = words
            self._conductor.draw()


def _looked_at(presence: Presence) -> tuple[str, ...]:
    presence.show()
    return in_words(presence.others(), presence.device)


def in_words(signs: tuple[Sign, ...], own: str) -> tuple[str, ...]:
    """`with k7x2m (Ana's laptop)`, then `with k7x2m`, then `with 1`; another window of ours is named as such."""
    if not signs:
        return ()
    devices = dict.fromkeys(sign.device for sign in signs if sign.device != own)
    names = {sign.device: sign.name for sign in signs}
    windows = sum(sign.device == own for sign in signs)
    mine = ["another window here" if windows == 1 else f"{windows} more windows here"] if windows else []
    long = [f"{device} ({names[device]})" if names[device] else device for device in devices]
    choices = ["with " + ", ".join(part) for part in ([*long, *mine], [*devices, *mine]) if part]
    count = len(devices) + windows
    return tuple(dict.fromkeys((*choices, f"with {count_of(count, 'other')}")))

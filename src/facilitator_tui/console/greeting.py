"""Three lines for somebody who opens the console for the first time: they go with the first key and never return.

Owns their words and the mark that they were shown. It must not know where on the screen they stand. Where no mark
can be left nothing is shown: better no hint than one that comes again and again.
"""

from __future__ import annotations

from pathlib import Path

from textual.content import Content

from facilitator_tui.console import plain
from facilitator_tui.console.scene import Scene

LINES = 3


def is_first_time(mark: Path) -> bool:
    """Whether nobody was greeted on this computer before; from now on somebody was."""
    try:
        mark.parent.mkdir(parents=True, exist_ok=True)
        mark.touch(mode=0o600, exist_ok=False)
    except OSError:
        return False
    return True


def lines(scene: Scene, width: int) -> list[Content]:
    """The keys that are enough for a first call, as they are set."""
    told = (
        (("item.start", "starts the first item"), ("item.next", "goes on to the next")),
        (("capture.open", "opens the line to write down what is said"), ("undo", "undoes anything")),
        (("help", "shows every key"), ("quit", "leaves; the call goes on in the log")),
    )
    leads = ("New here?", "", "")
    return [_line(scene, lead, keys, width) for lead, keys in zip(leads, told, strict=True)]


def _line(scene: Scene, lead: str, keys: tuple[tuple[str, str], ...], width: int) -> Content:
    parts: list[plain.Part] = [(plain.fit(f" {lead}", 12), "$text-muted")]
    for command, words in keys:
        if scene.key(command):
            parts += [(f"{scene.key(command)} ", "$text-accent bold"), f"{words}   "]
    return plain.padded(plain.line(*parts), width, "$cursor")

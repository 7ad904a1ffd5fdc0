"""What the footer names: the few commands that matter now, the best first.

Owns that choice. It must not know how wide the footer is; what does not fit is left out from the end.
"""

from __future__ import annotations

from facilitator_tui.console.commands import BY_ID

_FOOTER = {
    "not-started": ("item.start", "capture.open", "page.people", "page.rooms", "page.messages", "help", "quit"),
    "running": ("item.next", "time.pause", "time.more", "capture.open", "page.messages", "page.rooms", "undo", "help"),
    "paused": ("time.pause", "item.next", "capture.open", "page.messages", "undo", "help"),
    "waiting": ("item.start", "capture.open", "page.messages", "page.people", "undo", "help"),
    "finished": ("page.harvest", "capture.open", "undo", "help", "quit"),
}
_LABELS = {("time.pause", "paused"): "go on"}


def footer(
    scene_state: str, page: str, live_breakout: bool, rooms_open: bool, voting: bool = False
) -> tuple[tuple[str, str], ...]:
    """Command ids with the word the footer gives them, best first."""
    if page != "agenda":
        return (("back", "back"), ("capture.open", "note"), ("page.agenda", "agenda"), ("help", "help"))
    ids = list(_FOOTER[scene_state])
    if live_breakout or rooms_open:
        ids.insert(1, "rooms.clock")
    if voting:
        ids.insert(1, "page.ideas")
    words = {"page.ideas": "vote", "rooms.clock": "rooms clock" if rooms_open else "open rooms"}
    return tuple((id, words.get(id, _LABELS.get((id, scene_state), BY_ID[id].label))) for id in ids)

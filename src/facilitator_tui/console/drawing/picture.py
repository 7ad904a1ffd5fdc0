"""A scene made ready for the screen: which parts are shown, and what draws each of them.

Owns the arrangement by size and phase. It must not know widgets; the names are those of the styles.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from textual.content import Content

from facilitator_tui.console import plain
from facilitator_tui.console.drawing import agenda, alarms, foot, header, live, page, strip
from facilitator_tui.console.drawing.page import Page
from facilitator_tui.console.scene import Scene

LEAST = (80, 24)
"""All of the screen is seen from this size on."""

USABLE = (40, 16)
"""Below this nothing could be read; up to `LEAST` parts are left out: the captures, the rooms, one of two panes."""

NARROW, WIDE, TALL, HUGE = 110, 160, 32, 50

Lines = Callable[[int, int], Sequence[Content]]
Pane = tuple[Lines, Content | None]


@dataclass(frozen=True, slots=True)
class Picture:
    """What to show. `panes` are lines and heading by the id of their canvas, `classes` switch parts on and off."""

    panes: Mapping[str, Pane]
    classes: Mapping[str, bool]
    prompt: Content
    notices: int


def picture(scene: Scene, opened: Page | None, size: tuple[int, int]) -> Picture:
    """The picture of a scene at a size in cells; panes that are hidden are left out."""
    panes: dict[str, Pane] = {
        "header": (partial(header.lines, scene), None),
        "latest": (partial(alarms.lines, scene), None),
        "foot": (partial(foot.lines, scene), None),
        "notice": (partial(foot.notices, scene), None),
        "small": (partial(_too_small if too_small(size) else _cramped, scene), None),
    }
    if opened is None:
        panes["agenda"] = partial(agenda.lines, scene), agenda.heading(scene)
        panes["live"] = partial(live.lines, scene), live.heading(scene)
    else:
        panes["page"] = partial(page.lines, opened, scene.place), plain.text(opened.title)
    with_rooms = scene.view.rooms is not None and scene.page != "rooms"
    if with_rooms:
        panes["rooms"] = partial(strip.lines, scene), strip.heading(scene)
    classes = _classes(scene, size) | {"paged": opened is not None, "roomed": with_rooms, "bare": _is_bare(scene)}
    return Picture(panes, classes, capture_prompt(scene), foot.notice_height(scene))


def _is_bare(scene: Scene) -> bool:
    """Whether the page has the screen for itself; a question, an open field or a trouble is never hidden."""
    needed = scene.asking or scene.entering or scene.capturing or scene.trouble
    return scene.page in {"present", "plain"} and not needed


def _classes(scene: Scene, size: tuple[int, int]) -> dict[str, bool]:
    phase = scene.view.live.phase if scene.view.live and not scene.stale else ""
    width, height = size
    return {
        "capturing": scene.capturing,
        "entering": scene.entering,
        "narrow": width < NARROW,
        "wide": width >= WIDE,
        "tall": height >= TALL,
        "huge": height >= HUGE,
        "too-small": too_small(size),
        "cramped": not too_small(size) and (width < LEAST[0] or height < LEAST[1]),
        "slim": width < LEAST[0],
        "pointing": bool(scene.cursor),
        **{name: phase == name for name in ("warning", "danger", "overtime", "paused")},
    }


def too_small(size: tuple[int, int]) -> bool:
    return size[0] < USABLE[0] or size[1] < USABLE[1]


def _cramped(scene: Scene, width: int, height: int) -> list[Content]:
    """One line that says why parts are missing, or what is being told: there is no other place for it."""
    if scene.alerts:
        return alarms.bands(scene.alerts, width, 1)
    return [plain.text(plain.cut(f" below {LEAST[0]} × {LEAST[1]} not all is shown", width), "$text-warning")]


def _too_small(scene: Scene, width: int, height: int) -> list[Content]:
    """Said in place of everything else when the terminal is too small."""
    now = scene.view.live
    text = f"Please make this window at least {LEAST[0]} × {LEAST[1]}. Nothing is lost: the call goes on"
    text += f", and notes can still be typed ({scene.key('capture.open')})."
    text = f"{scene.trouble}. {text}" if scene.trouble else text
    rows = [plain.text(row) for row in plain.wrap(text, width - 2, max(1, height - 1))]
    return [*rows, plain.text(plain.cut(now.row.item.title if now else "", width), "bold")]


def capture_prompt(scene: Scene) -> Content:
    """`tue › groups › room 3 · q1 ›`, or what opens the line while it is closed."""
    item = scene.view.live.row.item.id if scene.view.live else ""
    place = " · ".join(
        part
        for part in (f"room {scene.room}" if scene.room else "", f"q{scene.question}" if scene.question else "")
        if part
    )
    steps = " › ".join(step for step in (scene.run.session.id, item, place) if step)
    steps = "change the line" if scene.editing else steps
    parts: list[plain.Part] = [(f" {steps} › ", "$text-accent" if scene.capturing else "$text-muted")]
    if not scene.capturing:
        key = scene.key("capture.open")
        if scene.draft:
            parts.append((f"{scene.draft}", "italic"))
            parts.append((f"   draft, {key} goes on", "$text-muted"))
        else:
            parts.append((f"{key} writes a line", "$text-disabled"))
    return plain.line(*parts)

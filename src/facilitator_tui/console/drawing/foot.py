"""The last line: the keys that matter now at the left, what was just done at the right.

What was said goes first: a refusal is worth nothing without its next step, and the keys are back when it has gone.
"""

from __future__ import annotations

from textual.content import Content

from facilitator_tui.console import greeting, plain
from facilitator_tui.console.scene import Scene

_TONES = {"done": "$text-success", "refused": "$text-warning", "alert": "$text-warning bold"}


def lines(scene: Scene, width: int, height: int) -> list[Content]:
    if scene.asking:
        return [_question(scene, width)]
    said = _said(scene, width - 2)
    return [plain.spread(_hints(scene, width - said.cell_length - 2), said, width)]


def _question(scene: Scene, width: int) -> Content:
    answers = plain.line("  ", (scene.answers, "$text-accent bold"))
    asking = plain.cut(scene.asking, max(8, width - answers.cell_length - 3))
    return plain.padded(plain.line(" ", (asking, "$text-warning bold"), answers), width, "$cursor")


def _said(scene: Scene, width: int) -> Content:
    if scene.busy:
        return plain.text(plain.cut(f"… {scene.busy} ", width), "$text-accent")
    if scene.said is None:
        return plain.text("")
    undo = f" · {scene.said.undo} undoes it" if scene.said.undo else ""
    text = plain.cut(scene.said.text, max(8, width - plain.width(undo) - 4))
    arrow = "→ " if scene.said.tone == "done" else "! "
    return plain.line((arrow + text, _TONES[scene.said.tone]), (undo, "$text-muted"), " ")


def _hints(scene: Scene, width: int) -> Content:
    parts: list[plain.Part] = []
    used = 1
    for key, word in scene.hints:
        cells = plain.width(key) + plain.width(word) + 4
        if used + cells > width:
            break
        used += cells
        parts += [(key, "$text-accent bold"), (f" {word}   ", "$text-muted")]
    return plain.line(" ", *parts)


def notices(scene: Scene, width: int, height: int) -> list[Content]:
    """Lines that show only while something is wrong or rehearsed."""
    made = []
    if scene.banner:
        made.append(plain.padded(plain.text(f" {scene.banner}"), width, "$band-warning"))
    if scene.trouble:
        made.append(plain.padded(plain.text(f" {scene.trouble}"), width, "$band-danger"))
    if scene.notice:
        made.append(plain.padded(plain.text(f" {scene.notice}", "$text-warning"), width, "$cursor"))
    if scene.greeted:
        made += greeting.lines(scene, width)
    return made


def notice_height(scene: Scene) -> int:
    """How many lines `notices` has."""
    return sum(map(bool, (scene.banner, scene.trouble, scene.notice))) + greeting.LINES * scene.greeted

"""Ideas and the dots they get: what the community asked for, where it goes, and a vote while one is live."""

from __future__ import annotations

from functools import partial

from textual.content import Content

from facilitator_tui.console import plain
from facilitator_tui.console.drawing.page import Page, PageLine
from facilitator_tui.console.scene import Scene
from facilitator_tui.core.ideas import Idea, ballot, ideas_of, results, vote_item
from facilitator_tui.core.run import Run
from facilitator_tui.core.text import count_of

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_MOST_DOTS_DRAWN = 20


def week_of(scene: Scene) -> tuple[Run, ...]:
    """All runs of the week in the order of its sessions, as far as they were read."""
    order = [session.id for session in scene.run.plan.sessions]
    others = [one for one in scene.notes.others if one.session.id != scene.run.session.id]
    return tuple(
        sorted((*others, scene.run), key=lambda one: order.index(one.session.id) if one.session.id in order else -1)
    )


def options(scene: Scene) -> tuple[Idea, ...]:
    """What the live vote is about; nothing while none is live."""
    item = vote_item(scene.run)
    return ballot(scene.run, item, scene.notes.others) if item else ()


def letters(number: int) -> tuple[str, ...]:
    """One key for each of so many options, two where one key is not enough."""
    if number <= len(_LETTERS):
        return tuple(_LETTERS[:number])
    return tuple(f"{one}{other}" for one in _LETTERS for other in _LETTERS)[:number]


def ideas_page(scene: Scene) -> Page:
    return _vote_page(scene) if vote_item(scene.run) else _list_page(scene)


def _vote_page(scene: Scene) -> Page:
    item = vote_item(scene.run)
    assert item is not None
    found = options(scene)
    keys = letters(len(found))
    dots = {one.option: one.dots for one in results(scene.run, item.id)}
    rows = list(zip(keys, found, strict=False))
    if scene.notes.sorted:
        rows.sort(key=lambda row: -dots.get(row[1].id, 0))
    total = sum(dots.values())
    title = f"Vote · {item.title} · {count_of(total, 'dot')}"
    return Page(
        title,
        [PageLine(partial(_option, key, one, dots.get(one.id, 0)), one.id) for key, one in rows],
        keys="a one dot · 3a three · -a one back · , undoes · enter sorts · ↑ ↓ move · esc leaves",
        empty="Nothing to vote on yet: write a line like  idea: a map of platforms  and it stands here.",
    )


def _option(key: str, one: Idea, dots: int, width: int) -> Content:
    drawn = "●" * min(dots, _MOST_DOTS_DRAWN)
    behind = f"  {drawn} {dots}" if dots else ""
    text = plain.fit(one.text, max(12, width - plain.width(behind) - 6))
    return plain.line((f" {key:<3}", "$text-accent bold"), text, (behind, "$text-success bold"))


def _list_page(scene: Scene) -> Page:
    found = sorted(ideas_of(week_of(scene), ("idea", "park")), key=lambda one: (bool(one.session), -one.support))
    waiting = sum(1 for one in found if not one.session)
    return Page(
        f"Ideas · {len(found)}, {waiting} open",
        [PageLine(partial(_idea, one), one.id) for one in found],
        keys=f"enter gives it to a session · {scene.key('copy')} copies · dots come in an item of kind vote",
        empty="No ideas yet: the plan's [ideas] stand here, and lines like  idea: a map of platforms.",
    )


def _idea(one: Idea, width: int) -> Content:
    goes = f"→ {one.session}" if one.session else "open"
    origin = f"{one.kind} of {one.said_in}" if one.said_in else "plan"
    text = plain.fit(one.text, max(12, width - 34))
    return plain.line(
        (plain.fit(f"{one.support}", 4, right=True), "bold"),
        "  ",
        text,
        (plain.fit(f"  {origin}", 14), "$text-muted"),
        (plain.fit(f"  {goes}", 14), "$text-success" if one.session else "$text-warning"),
    )


def ideas_text(scene: Scene) -> str:
    """The ideas, or the result of the vote, as lines to paste."""
    item = vote_item(scene.run)
    if item:
        dots = {one.option: one.dots for one in results(scene.run, item.id)}
        rows = sorted(options(scene), key=lambda one: -dots.get(one.id, 0))
        return "\n".join(f"{dots.get(one.id, 0)}  {one.text}" for one in rows)
    found = ideas_of(week_of(scene), ("idea", "park"))
    return "\n".join(f"{one.text}{f' ({one.session})' if one.session else ''}" for one in found)

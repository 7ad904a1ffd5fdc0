"""The sessions of the programme: what is planned, what ran, what was heard."""

from __future__ import annotations

from datetime import timedelta

from textual.content import Content

from facilitator_tui.console import plain
from facilitator_tui.console.drawing.page import Page, PageLine
from facilitator_tui.console.scene import Scene, SessionLine

_STATES = {
    "not-started": ("to come", "$text-muted"),
    "running": ("running", "$text-success bold"),
    "paused": ("paused", "$text-warning bold"),
    "waiting": ("waiting", "$text-accent"),
    "finished": ("✓ finished", "$text-success"),
    "unfinished": ("unfinished", "$text-warning"),
}


def week_page(scene: Scene) -> Page:
    return Page(
        scene.run.plan.programme.title,
        week_lines(scene.week, scene.run.session.id),
        keys="enter opens a session · the one that runs goes on in its log",
        empty="The plan has no sessions.",
    )


def week_lines(week: tuple[SessionLine, ...], current: str = "") -> list[PageLine]:
    return [_line(one, current) for one in week]


def _line(one: SessionLine, current: str) -> PageLine:
    day = f"{one.day:%a} {one.day.day:>2} {one.day:%b}" if one.day else "today"
    words, tone = _STATES.get(one.state, (one.state, ""))
    counts = " · ".join(f"{number} {name}" for name, number in one.counts.items() if number)

    def draw(width: int) -> Content:
        tail = f"{one.minutes // 60}:{one.minutes % 60:02}"
        room = max(10, min(60, width - 54))
        return plain.line(
            ("▶ " if one.id == current else "  ", "$text-accent bold"),
            (plain.fit(day, 11), "bold"),
            (plain.fit(_clock(one.start), 7), "$text-muted"),
            (plain.fit(tail, 6), "$text-muted"),
            plain.fit(one.title, room),
            "  ",
            (plain.fit(words, 12), tone),
            (plain.cut(counts, width - 42 - room), "$text-muted"),
        )

    return PageLine(draw, one.id)


def _clock(start: timedelta | None) -> str:
    if start is None:
        return ""
    minutes = int(start.total_seconds() // 60)
    return f"{minutes // 60:02}:{minutes % 60:02}"

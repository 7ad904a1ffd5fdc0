"""The week at a glance: planned against actual a session, what was heard a day, who met whom, and the ideas.

Owns the arrangement of the page. Every picture has its figures beside it. Enter opens a session, or the page that
tells more of a section.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from functools import partial

from textual.content import Content

from facilitator_tui.console import plain
from facilitator_tui.console.drawing import cells
from facilitator_tui.console.drawing.page import Page, PageLine, fixed
from facilitator_tui.console.scene import Scene, participants, person_marks
from facilitator_tui.console.week_view import NOT_HELD, UNREAD, Day, WeekView
from facilitator_tui.core.durations import MINUTE, ZERO, in_words
from facilitator_tui.core.grammar import kinds_of
from facilitator_tui.core.ideas import Idea
from facilitator_tui.core.text import count_of

HARVEST, ROOMS, IDEAS = "page harvest", "page rooms", "page ideas"
"""What the lines of a section stand for: the page that tells more."""

_STATES = {
    UNREAD: ("…", "$text-muted"),
    "unreadable": ("! can't be read", "$text-warning"),
    "not-started": ("to come", "$text-muted"),
    NOT_HELD: ("– not held", "$text-muted"),
    "running": ("▶ running", "$text-success bold"),
    "paused": ("‖ paused", "$text-warning bold"),
    "waiting": ("◷ waiting", "$text-accent"),
    "finished": ("✓ finished", "$text-success"),
    "unfinished": ("○ unfinished", "$text-warning"),
}
_LEAD, _STATE = 22, 15
"""Cells of a session's day and clock, and of where it stands."""
_KIND, _DAY_CELLS, _MOST_DAYS = 16, 7, 12
_FIRST = ("message", "takeaway", "enabler", "inhibitor", "decision", "action", "question", "idea")


def week_page(scene: Scene) -> Page:
    week = scene.week or WeekView()
    lines = week_lines(week.days, scene.run.session.id)
    lines += [*_heard(scene, week), *_met(scene, week), *_ideas(scene, week)]
    return Page(
        scene.run.plan.programme.title,
        lines,
        head=[partial(_sum, week), plain.text(cells.LEGEND, "$text-muted"), plain.text("")],
        keys="↑ ↓ move · enter opens a session, or the page of a section · esc back",
        empty="The plan has no sessions.",
    )


def _sum(week: WeekView, width: int) -> Content:
    """The whole week in one line."""
    begun = [one for one in week.days if one.begun]
    planned = sum((one.planned for one in begun), ZERO)
    used = sum((one.used for one in begun), ZERO)
    lines = sum(one.heard.lines for one in begun)
    words = [f"{len(begun)} of {len(week.days)} sessions begun"]
    if begun:
        words += [f"{_hours(used)} used of {_hours(planned)} planned", count_of(lines, "line")]
    if week.left:
        words.append(f"reading {week.left} more …")
    return plain.text(plain.cut(" · ".join(words), width), "bold")


# ---------------------------------------------------------------- a session


def week_lines(days: Sequence[Day], current: str = "") -> list[PageLine]:
    """Two lines a session: what it is and where it stands, and its time, people and lines."""
    longest = max((max(one.planned, one.used + one.paused) for one in days), default=ZERO)
    made: list[PageLine] = []
    for one in days:
        made.append(PageLine(partial(_session, one, current), one.session.id))
        made.append(PageLine(partial(_figures, one, longest)))
    return made


def _session(one: Day, current: str, width: int) -> Content:
    date = one.session.date
    day = f"{date:%a} {date.day:>2} {date:%b}" if date else "today"
    words, tone = _STATES.get(one.state, (one.state, ""))
    here = one.session.id == current
    return plain.line(
        ("▸ " if here else "  ", "$text-accent bold"),
        (plain.fit(day, 11), "bold"),
        (plain.fit(_start(one.session.start), _LEAD - 13), "$text-muted"),
        (plain.fit(one.session.title, max(8, width - _LEAD - _STATE)), "bold" if here else ""),
        (plain.fit(words, _STATE, right=True), tone),
    )


def _start(start: timedelta | None) -> str:
    if start is None:
        return ""
    minutes = start // MINUTE
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _figures(one: Day, longest: timedelta, width: int) -> Content:
    time = max(12, min(48, (width - 44) * 2 // 5))
    people = max(6, time // 2)
    bar = cells.time_bar(one.planned, one.used, one.paused, longest, time, done=one.state == "finished")
    used = f"{_hours(one.used)} of {_hours(one.planned)}" if one.begun else f"{_hours(one.planned)} planned"
    drift = in_words(one.over, "over", "early") if one.begun else ""
    late = "$text-warning" if one.over > ZERO else "$text-success"
    parts: list[plain.Part] = ["  ", bar, f" {plain.fit(used, 13)}", (plain.fit(drift, 15), late)]
    if one.begun and one.heard.here:
        parts += [cells.share_bar(one.heard.here, one.heard.expected, people)]
        parts += [f" {one.heard.here}/{one.heard.expected} here"]
    return plain.line(*parts)


def _hours(length: timedelta) -> str:
    """`1:58 h`: hours and minutes, as a week needs no seconds."""
    hours, minutes = divmod(round(length / MINUTE), 60)
    return f"{hours}:{minutes:02}"


# ---------------------------------------------------------------- what was heard


def _heard(scene: Scene, week: WeekView) -> list[PageLine]:
    """Kinds against days: a figure and a column as high as it."""
    wording = kinds_of(scene.run.plan.kinds)
    found = {kind for one in week.days for kind in one.heard.kinds}
    order = [kind for kind in _FIRST if kind in found]
    order += sorted(found - set(order) - {"note"}) + ["note"] * ("note" in found)
    lines = _heading("What was heard", f"{scene.key('page.harvest')} shows today's", HARVEST)
    if not order:
        hint = "nothing yet"
        if not week.left:
            hint = f"Nothing was written down yet: {scene.key('capture.open')} opens the capture line."
        return [*lines, fixed("  ", (hint, "$text-muted"))]
    most = max(number for one in week.days for number in one.heard.kinds.values())
    lines.append(PageLine(partial(_days, week.days)))
    for kind in order:
        title = wording[kind].title if kind in wording else kind
        numbers = [one.heard.kinds.get(kind, 0) for one in week.days]
        lines.append(PageLine(partial(_kind, title, numbers, most), f"{HARVEST} {kind}"))
    return lines


def _shown(days: int, width: int) -> int:
    """How many of the last days fit beside a kind and its sum."""
    return max(1, min(days, _MOST_DAYS, (width - _KIND - 2) // _DAY_CELLS - 1))


def _days(days: Sequence[Day], width: int) -> Content:
    shown = days[-_shown(len(days), width) :]
    names = [f"{one.session.date:%a}" if one.session.date else one.session.id for one in shown]
    cut = "…" if len(shown) < len(days) else ""
    heads = "".join(plain.fit(name, _DAY_CELLS - 2, right=True) + "  " for name in names)
    return plain.text(f"  {plain.fit(cut, _KIND)}{heads}{plain.fit('all', _DAY_CELLS - 2, right=True)}", "$text-muted")


def _kind(title: str, numbers: Sequence[int], most: int, width: int) -> Content:
    parts: list[plain.Part] = ["  ", plain.fit(title, _KIND)]
    for number in numbers[-_shown(len(numbers), width) :]:
        parts.append(
            (plain.fit(str(number) if number else "·", _DAY_CELLS - 2, right=True), "" if number else "$text-disabled")
        )
        parts += [" ", (cells.level(number, most), "$text-accent")]
    return plain.line(*parts, (plain.fit(str(sum(numbers)), _DAY_CELLS - 2, right=True), "bold"))


def _heading(title: str, words: str, id: str) -> list[PageLine]:
    return [fixed(""), fixed((title, "$text-accent bold"), (f"  {words}" if words else "", "$text-muted"), id=id)]


# ---------------------------------------------------------------- who met whom


def _met(scene: Scene, week: WeekView) -> list[PageLine]:
    """Everybody against everybody, two people a line, and the sum of it in words."""
    people = [one.id for one in participants(scene.run)]
    known = frozenset(people)
    met = {pair: times for pair, times in week.met.items() if pair <= known}
    lines = _heading("Who met whom", f"{scene.key('page.rooms')} shows the rooms", ROOMS)
    if not people:
        return []
    if not met:
        hint = "Nobody has been in a room together yet." if not week.left else "nothing yet"
        return [*lines, fixed("  ", (hint, "$text-muted"))]
    faces = {one: sum(1 for pair in met if one in pair) for one in people}
    pairs, again = len(people) * (len(people) - 1) // 2, sum(1 for times in met.values() if times > 1)
    words = f"{len(met)} of {pairs} pairs have met, {again} of them again"
    few = min(faces.values())
    names = [scene.run.roster.person(one) for one in people if faces[one] == few]
    fewest = f"fewest, {few}: " + ", ".join(one.name for one in names if one)
    lines += [
        PageLine(partial(_line_of, words, "bold")),
        PageLine(partial(_line_of, fewest, "$text-muted")),
        PageLine(partial(_spread_of, sorted(faces.values(), reverse=True))),
    ]
    marks = person_marks(scene.run)
    letters = [marks.get(one, one[:2]).upper().ljust(2) for one in people]
    table = cells.dots(
        [[0 if one == other else met.get(frozenset((one, other)), 0) for other in people] for one in people]
    )
    lines += [PageLine(partial(_letters, letters, at)) for at in (0, 1)]
    for at, row in enumerate(table):
        two = " ".join(letters[2 * at : 2 * at + 2])
        lines.append(PageLine(partial(_dots, two, row), f"{ROOMS} {at}"))
    return lines


def _line_of(words: str, style: str, width: int) -> Content:
    return plain.line("  ", (plain.cut(words, width - 2), style))


def _spread_of(faces: Sequence[int], width: int) -> Content:
    """How many others each person met, a column a person, the most first."""
    shown = faces[: max(1, width - 34)]
    columns = "".join(cells.level(one, max(faces)) for one in shown)
    return plain.line(
        "  ", (columns, "$text-accent"), (f"  each met {min(faces)} to {max(faces)} others", "$text-muted")
    )


def _letters(letters: Sequence[str], at: int, width: int) -> Content:
    return plain.text(plain.cut("        " + "".join(one[at] for one in letters), width), "$text-muted")


def _dots(two: str, row: Sequence[tuple[str, int]], width: int) -> Content:
    parts: list[plain.Part] = ["  ", (plain.fit(two, 6), "$text-muted")]
    shown = row if len(row) <= width - 8 else row[: width - 9]
    parts += [(ink, "$text-warning" if times > 1 else "$text-success") for ink, times in shown]
    return plain.line(*parts, ("…" if len(shown) < len(row) else "", "$text-muted"))


# ---------------------------------------------------------------- ideas


def _ideas(scene: Scene, week: WeekView) -> list[PageLine]:
    """What was asked for, by its support, and where it went with what came of it."""
    if not week.ideas:
        return []
    days = {one.session.id: one for one in week.days}
    most = max(1, *(one.support for one in week.ideas))
    ordered = sorted(week.ideas, key=lambda one: -one.support)
    lines = _heading("Ideas", "what was asked for, and what came of it", IDEAS)
    return lines + [PageLine(partial(_idea, one, most, days.get(one.session)), f"{IDEAS} {one.id}") for one in ordered]


def _idea(one: Idea, most: int, taken_up: Day | None, width: int) -> Content:
    result = f"→ {_result(taken_up)}" if taken_up else "open"
    bar = cells.share_bar(one.support, most, 8)
    room = max(10, width - 17 - plain.width(result))
    return plain.line(
        "  ",
        bar,
        f"{one.support:>4}  ",
        plain.fit(one.text, room),
        " ",
        (result, "$text-success" if taken_up else "$text-muted"),
    )


def _result(taken_up: Day) -> str:
    """The day that took an idea up, and how much it brought."""
    session, kinds = taken_up.session, taken_up.heard.kinds
    day = f"{session.date:%a}" if session.date else session.id
    counts = [(kinds.get("message", 0), "key message"), (kinds.get("action", 0), "action")]
    told = [f"{number} {word}{'s' if number != 1 else ''}" for number, word in counts if number]
    return ", ".join((day, *told))

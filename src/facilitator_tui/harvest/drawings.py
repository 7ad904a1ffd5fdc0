"""Two drawings as SVG: planned against actual time, and who met whom.

Owns their geometry. It must not know colours, which are classes of the page's style, nor what may be told: it draws
what it is given. Widths are in per cent, so that letters keep their size on a phone and on paper.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta
from functools import partial
from html import escape

from facilitator_tui.harvest.met import MetTable
from facilitator_tui.harvest.sheet import Sheet
from facilitator_tui.harvest.timing import Span, TimeRow, Timing

_text = partial(escape, quote=False)

_ROW = 46
_AXIS = 22
_LONGEST_TITLE = 58
_LONGEST_NAME = 26
_STEPS_S = (300, 600, 900, 1800, 3600, 7200, 14400)
_MOST_STEPS = 6
_CELL, _GROUP_CELL = 17, 46


def times(timing: Timing) -> str:
    """Planned and actual time of each item of a session, on one axis of clock time; empty without a date."""
    if timing.origin is None or not timing.rows:
        return ""
    origin = timing.origin

    def clock(seconds: int) -> str:
        return f"{origin + timedelta(seconds=seconds):%H:%M}"

    return _bars([(row, _minutes_of(row)) for row in timing.rows], clock, "Planned and actual time, item by item")


def days(sheets: Sequence[Sheet]) -> str:
    """Planned and actual time of each session of a week, from the planned start of each."""
    rows = [_as_row(one) for one in sheets if one.timing.planned_end_s > 0]
    return _bars(
        [(row, _minutes_of(row)) for row in rows],
        lambda s: f"{s // 3600}:{s % 3600 // 60:02}",
        "Planned and actual time, day by day",
    )


def _as_row(one: Sheet) -> TimeRow:
    spans = sorted(span for row in one.times for span in row.held)
    pauses = tuple(span for row in one.times for span in row.pauses)
    return TimeRow(
        title=one.title,
        planned=str(round(one.timing.planned_end_s / 60)),
        actual=str(one.actual_minutes) if one.actual_minutes else "",
        planned_span=(0, one.timing.planned_end_s),
        held=tuple(_merged(spans)),
        pauses=pauses,
    )


def _merged(spans: Iterable[Span]) -> Iterable[Span]:
    """Spans that touch, as one."""
    last: Span | None = None
    for begins, ends in spans:
        if last and begins <= last[1]:
            last = (last[0], max(last[1], ends))
            continue
        if last:
            yield last
        last = (begins, ends)
    if last:
        yield last


def _minutes_of(row: TimeRow) -> str:
    if not row.actual:
        return row.note or (f"{row.planned} min" if row.planned else "")
    if not row.planned:
        return f"added, {row.actual} min"
    return f"{row.actual} min" if row.actual == row.planned else f"{row.planned} → {row.actual} min"


def _bars(rows: Sequence[tuple[TimeRow, str]], label: Callable[[int], str], name: str) -> str:
    spans = [span for row, _ in rows for span in (row.planned_span, *row.held, *row.pauses) if span]
    if not spans:
        return ""
    first, last = min(0, *(span[0] for span in spans)), max(span[1] for span in spans)
    step = next((step for step in _STEPS_S if (last - first) / step <= _MOST_STEPS), _STEPS_S[-1])
    last = max(last, first + step)

    def x(seconds: float) -> str:
        return f"{100 * (seconds - first) / (last - first):.2f}%"

    height = _AXIS + _ROW * len(rows)
    parts = [f'<svg class="times" role="img" width="100%" height="{height}" aria-label="{escape(name)}">']
    parts += _axis(first, last, step, height, x, label)
    for number, (row, minutes) in enumerate(rows):
        parts += _bar_row(row, minutes, _AXIS + number * _ROW, x)
    return "".join((*parts, "</svg>"))


def _axis(
    first: int, last: int, step: int, height: int, x: Callable[[float], str], label: Callable[[int], str]
) -> Iterable[str]:
    """Lines at round times of the clock; the last one's words are left of it."""
    for seconds in range(-(-first // step) * step, last + 1, step):
        where, share = x(seconds), (seconds - first) / (last - first)
        anchor = "start" if share < 0.05 else "end" if share > 0.95 else "middle"
        yield f'<line class="grid" x1="{where}" x2="{where}" y1="{_AXIS - 5}" y2="{height}"/>'
        yield f'<text class="axis" x="{where}" y="12" text-anchor="{anchor}">{_text(label(seconds))}</text>'


def _bar_row(row: TimeRow, minutes: str, y: int, x: Callable[[float], str]) -> Iterable[str]:
    full = f"{row.title}: planned {row.planned or '0'} min, {f'actual {row.actual} min' if row.actual else row.note}"
    yield f"<g><title>{_text(full.rstrip(', '))}</title>"
    # A drawing of its own cuts a long title off before it runs into the minutes.
    yield f'<svg x="0" y="{y}" width="74%" height="20"><text class="label" x="0" y="14">'
    yield f"{_text(_short(row.title, _LONGEST_TITLE))}</text></svg>"
    yield f'<text class="minutes" x="100%" y="{y + 14}" text-anchor="end">{_text(minutes)}</text>'
    if row.planned_span:
        yield _bar("planned", row.planned_span, y + 21, 5, x)
    yield from (_bar("held", span, y + 28, 9, x) for span in row.held)
    yield from (_bar("paused", span, y + 31, 3, x) for span in row.pauses)
    yield "</g>"


def _bar(kind: str, span: Span, y: int, height: int, x: Callable[[float], str]) -> str:
    start, end = float(x(span[0])[:-1]), float(x(span[1])[:-1])
    wide = max(0.3, end - start)
    return f'<rect class="{kind}" x="{start:.2f}%" y="{y}" width="{wide:.2f}%" height="{height}" rx="2"/>'


# ---------------------------------------------------------------- who met whom


def who_met(table: MetTable) -> str:
    """A triangle like that of distances in a road atlas: every name stands where its row ends and its column begins.

    Empty when only numbers may be told.
    """
    if table.by == "person":
        return _triangle(table, _CELL, _LONGEST_NAME, _met_cell)
    if table.by == "group":
        return _triangle(table, _GROUP_CELL, _LONGEST_NAME + 14, _group_cell)
    return ""


def _triangle(table: MetTable, cell: int, longest: int, draw: Callable[[MetTable, int, int, int], str]) -> str:
    own = 1 if table.by == "group" else 0
    number = len(table.labels)
    widest = max(len(_short(label, longest)) for label in table.labels)
    width, height = (number + own) * cell + 12 + round(7.2 * widest), number * cell + 4
    parts = [
        f'<svg class="met {table.by}" role="img" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" aria-label="{escape(table.said)}">'
    ]
    for row, label in enumerate(table.labels):
        parts += (draw(table, column, row, cell) for column in range(row + own))
        x, y = (row + own) * cell + 6, row * cell + cell / 2 + 4
        parts.append(f'<text class="label" x="{x}" y="{y:g}">{_text(_short(label, longest))}</text>')
    return "".join((*parts, "</svg>"))


def _met_cell(table: MetTable, column: int, row: int, cell: int) -> str:
    times = table.met.get((column, row), 0)
    kind = "never" if not times else "once" if times == 1 else "again"
    square = f'<rect class="{kind}" x="{column * cell + 1}" y="{row * cell + 1}" width="{cell - 2}" height="{cell - 2}"'
    if not times:
        return f'{square} rx="3"/>'
    words = f"{table.labels[column]} and {table.labels[row]}: {'once' if times == 1 else f'{times} times'}"
    return f'{square} rx="3"><title>{_text(words)}</title></rect>'


def _group_cell(table: MetTable, column: int, row: int, cell: int) -> str:
    met, possible = table.met.get((column, row), 0), table.possible.get((column, row), 0)
    share = met / possible if possible else 0
    depth = 0 if not met else min(4, 1 + int(share * 4))
    x, y = column * cell, row * cell
    words = f"{table.labels[column]} and {table.labels[row]}: {met} of {possible} pairs"
    return (
        f'<g><title>{_text(words)}</title><rect class="share{depth}" x="{x + 1}" y="{y + 1}" width="{cell - 2}" '
        f'height="{cell - 2}" rx="4"/><text class="count" x="{x + cell / 2:g}" y="{y + cell / 2 + 4:g}" '
        f'text-anchor="middle">{met}</text></g>'
    )


def _short(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"

"""The rundown as plain values for scripts: exactly what `facilitator status --json` prints.

Owns names and shapes of that document. Instants are UTC text with `Z`, durations whole seconds, plus is late.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from facilitator_tui.core.durations import whole_seconds
from facilitator_tui.core.events import instant_text
from facilitator_tui.core.run import Run
from facilitator_tui.core.rundown import Row, Rundown


def status(run: Run, view: Rundown) -> dict[str, Any]:
    """Where the session stands, in values that JSON has."""
    live = view.live
    rooms = view.rooms
    return {
        "session": run.session.id,
        "state": view.state,
        "now": instant_text(view.now),
        "live": live
        and {
            "id": live.row.item.id,
            "phase": live.phase,
            "elapsed": _s(live.elapsed),
            "remaining": _s(live.remaining),
            "expected_end": instant_text(live.row.expected_end),
        },
        "item_drift": _s(view.item_drift),
        "expected_end": instant_text(view.expected_end),
        "hard_stop": instant_text(view.hard_stop),
        "end_over": _s(view.end_over),
        "items": [_item(row) for row in view.rows],
        "rooms": rooms
        and {
            "item": rooms.item,
            "round": rooms.round,
            "rounds": rooms.rounds,
            "remaining": _s(rooms.remaining),
            "phase": rooms.phase,
        },
    }


def _item(row: Row) -> dict[str, Any]:
    return {
        "id": row.item.id,
        "kind": row.item.kind,
        "title": row.item.title,
        "state": row.state,
        "planned_start": instant_text(row.planned_start),
        "planned_end": instant_text(row.planned_end),
        "expected_start": instant_text(row.expected_start),
        "expected_end": instant_text(row.expected_end),
        "started": _instant(row.started),
        "ended": _instant(row.ended),
        "active": _s(row.active),
        "paused": _s(row.paused),
        "length": _s(row.length),
        "least": _s(row.item.least),
        "drift_start": _s(row.drift_start),
        "drift_end": _s(row.drift_end),
        "must_start_by": instant_text(row.must_start_by),
        "live_gap": _s(row.live_gap),
    }


def _s(length: timedelta) -> int:
    return whole_seconds(length)


def _instant(moment: datetime | None) -> str | None:
    return instant_text(moment) if moment else None

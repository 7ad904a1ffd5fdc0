"""The document for scripts: names, instants in UTC with Z, whole seconds, plus is late."""

from __future__ import annotations

import json
import re

import pytest

from core.calls import Call
from facilitator_tui.core.events import RoomsOpened
from facilitator_tui.core.status import status

pytestmark = pytest.mark.usefixtures("anywhere")

INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


def document(call: Call, when: str) -> dict[str, object]:
    read: dict[str, object] = json.loads(json.dumps(status(call.fold.run, call.read(when))))
    return read


def test_before_the_start_nothing_is_live_and_nothing_has_been_recorded() -> None:
    said = document(Call(), "08:50")
    assert (said["state"], said["live"], said["rooms"], said["end_over"]) == ("not-started", None, None, 0)
    first = said["items"][0]  # type: ignore[index]
    assert (first["started"], first["ended"], first["active"]) == (None, None, 0)


def test_an_item_under_way_says_how_long_and_in_which_phase() -> None:
    call = Call()
    call.do("09:05", "start")
    live = document(call, "09:13:30")["live"]
    assert live == {
        "id": "A",
        "phase": "warning",
        "elapsed": 510,
        "remaining": 90,
        "expected_end": "2026-03-10T08:15:00Z",
    }


def test_every_instant_of_the_document_is_utc_in_whole_seconds() -> None:
    call = Call()
    call.do("09:05", "start")
    text = json.dumps(document(call, "09:13:30"))
    dated = re.findall(r'"(\d{4}-[^"]*)"', text)
    assert len(dated) > 30
    assert [one for one in dated if not INSTANT.fullmatch(one)] == []


def test_rooms_have_a_clock_of_their_own() -> None:
    call = Call()
    call.do("09:00", "start", "C")
    call.happen(call.instant("09:01"), RoomsOpened("C", 1200, 2))
    rooms = document(call, "09:12")["rooms"]
    assert rooms == {"item": "C", "round": 2, "rounds": 2, "remaining": 540, "phase": "running"}

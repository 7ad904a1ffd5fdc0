"""The second hand never stops by itself."""

from __future__ import annotations

from itertools import count
from pathlib import Path

import pytest
from textual import _time

from console.played import console, until


async def test_a_call_put_off_comes_although_the_process_stood_still_as_it_was_put_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    came: list[str] = []
    async with console(tmp_path) as (app, pilot, _):
        readings = count(_time.get_time(), 60)
        monkeypatch.setattr(_time, "get_time", lambda: next(readings))
        app.later(0.001, lambda: came.append("it"))
        await until(pilot, lambda: bool(came))
        monkeypatch.undo()

"""`facilitator rehearse` without a terminal: what is refused, and a clock that runs fast."""

from __future__ import annotations

import pytest

from cli.commandline import CommandLine
from facilitator_tui.cli.rehearse import FastClock
from facilitator_tui.core.events import instant


def test_a_rehearsal_needs_a_terminal_and_writes_nothing(week: CommandLine) -> None:
    assert "terminal" in week.misused("rehearse", "--session", "tue")
    assert [path.name for path in week.folder.iterdir()] == ["sessions.toml"]


@pytest.mark.parametrize("speed", ["0", "-1", "100000", "nan"])
def test_a_speed_that_is_none_is_refused(week: CommandLine, speed: str) -> None:
    assert "--speed" in week.misused("rehearse", "--speed", speed)


def test_a_beginning_that_is_no_instant_is_refused_by_its_own_name(week: CommandLine) -> None:
    assert week.misused("rehearse", "--from", "noon").startswith("facilitator: --from")


def test_the_clock_runs_as_many_times_as_fast_and_in_whole_milliseconds() -> None:
    seconds = iter([100.0, 100.0, 101.5, 101.00001])
    clock = FastClock(instant("2020-09-29T13:00:00Z"), 60, lambda: next(seconds))
    assert clock() == instant("2020-09-29T13:00:00Z")
    assert clock() == instant("2020-09-29T13:01:30Z")
    assert clock() == instant("2020-09-29T13:01:00Z")

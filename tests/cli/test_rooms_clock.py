"""The rooms' own clock from the command line: beside the item's, or paused with it."""

from __future__ import annotations

import pytest

from cli.commandline import CommandLine, berlin

TUE = ("--session", "tue")


def at(clock: str) -> str:
    return berlin(clock, day="2020-09-29", offset=2)


@pytest.mark.parametrize(("options", "left"), [((), 30 * 60), (("--with-item",), 35 * 60)])
def test_a_pause_of_the_item_stops_the_rooms_only_when_they_go_with_it(
    week: CommandLine, options: tuple[str, ...], left: int
) -> None:
    week.ok("do", "goto", "groups", *TUE, at=at("15:45"))
    week.ok("do", "rooms", "start", *options, *TUE, at=at("15:45"))
    week.ok("do", "pause", *TUE, at=at("15:45"))
    assert week.status(*TUE, at=at("15:50"))["rooms"]["remaining"] == left

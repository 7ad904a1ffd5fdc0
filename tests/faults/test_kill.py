"""Proof 1: killed at any instant, the log keeps what it acknowledged; a writer without flush does not."""

from __future__ import annotations

from faults.measure import figure, many, posix
from store import kills

pytestmark = posix


def test_no_acknowledged_event_is_lost_to_kill_9() -> None:
    result = kills.run_apart(many(60, 1000))
    figure(1, f"{result['rounds']} kills, {result['acknowledged']} acknowledged, {result['lost']} lost")
    assert result["acknowledged"] > result["rounds"] / 2
    assert (result["lost"], result["wrong"]) == (0, 0)


def test_a_control_writer_that_does_not_flush_loses_so_the_harness_can_tell() -> None:
    result = kills.run_apart(many(20, 200), careless=True)
    figure(1, f"control without flush: {result['lost']} of {result['acknowledged']} lost")
    assert result["lost"] > 0

"""Killed at any instant, the log keeps what it acknowledged. The long version is `kills.py 1000`."""

from __future__ import annotations

import os

import pytest

from store import kills

pytestmark = pytest.mark.skipif(os.name != "posix", reason="kill -9 and fork are a matter of POSIX")
ROUNDS = int(os.environ.get("KILL_ROUNDS", "30"))


def test_nothing_acknowledged_is_lost_to_kill_9() -> None:
    result = kills.run_apart(ROUNDS)
    assert result["acknowledged"] > 0
    assert (result["lost"], result["wrong"]) == (0, 0)


def test_a_writer_without_flush_does_lose_so_the_harness_can_tell() -> None:
    assert kills.run_apart(ROUNDS, careless=True)["lost"] > 0

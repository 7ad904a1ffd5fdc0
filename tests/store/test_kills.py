"""Killed at any instant, the log keeps what it acknowledged. The long version is `kills.py 1000`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(os.name != "posix", reason="kill -9 and fork are a matter of POSIX")
SCRIPT = Path(__file__).with_name("kills.py")
ROUNDS = os.environ.get("KILL_ROUNDS", "30")


def killed(*options: str) -> dict[str, int]:
    done = subprocess.run([sys.executable, SCRIPT, ROUNDS, *options], capture_output=True, text=True, timeout=600)
    assert done.stdout, done.stderr
    result: dict[str, int] = json.loads(done.stdout)
    return result


def test_nothing_acknowledged_is_lost_to_kill_9() -> None:
    result = killed()
    assert result["acknowledged"] > 0
    assert (result["lost"], result["wrong"]) == (0, 0)


def test_a_writer_without_flush_does_lose_so_the_harness_can_tell() -> None:
    assert killed("--control")["lost"] > 0

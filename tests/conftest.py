"""What every test shares: a time zone that is not the machine's, and folders of its own."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

FOUR_ZONES = ("UTC", "America/Los_Angeles", "Europe/Berlin", "Australia/Sydney")


@pytest.fixture(params=FOUR_ZONES)
def anywhere(request: pytest.FixtureRequest) -> Iterator[str]:
    """Run the test with the computer's clock in each of four time zones."""
    before = os.environ.get("TZ")
    os.environ["TZ"] = request.param
    time.tzset()
    yield request.param
    if before is None:
        os.environ.pop("TZ", None)
    else:
        os.environ["TZ"] = before
    time.tzset()


@pytest.fixture(autouse=True)
def own_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or writes the records, the state or the configuration of the person who runs it."""
    monkeypatch.setenv("FACILITATOR_STATE", str(tmp_path_factory.mktemp("state")))
    monkeypatch.setenv("FACILITATOR_CONFIG", str(tmp_path_factory.mktemp("config") / "config.toml"))
    monkeypatch.delenv("FACILITATOR_RECORDS", raising=False)

"""What every test shares: a time zone that is not the machine's, and folders of its own."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

CHECKOUT = Path(__file__).parents[1]
FOUR_ZONES = ("UTC", "America/Los_Angeles", "Europe/Berlin", "Australia/Sydney")


@pytest.fixture
def computer_in() -> Iterator[Callable[[str], None]]:
    """Set the computer's clock to a time zone; it is set back after the test."""
    before = os.environ.get("TZ")

    def set_zone(zone: str | None) -> None:
        if zone is None:
            os.environ.pop("TZ", None)
        else:
            os.environ["TZ"] = zone
        time.tzset()

    yield set_zone
    set_zone(before)


@pytest.fixture(params=FOUR_ZONES)
def anywhere(request: pytest.FixtureRequest, computer_in: Callable[[str], None]) -> str:
    """Run the test with the computer's clock in each of four time zones."""
    zone: str = request.param
    computer_in(zone)
    return zone


@pytest.fixture(autouse=True)
def nothing_is_left_in_the_checkout() -> Iterator[None]:
    """Every test writes below its own folder, whatever it opens: records and exports would lie beside a plan."""
    before = set(os.listdir(CHECKOUT))
    yield
    new = {name for name in os.listdir(CHECKOUT) if not name.startswith(".")} - before
    assert not new, f"a test wrote {', '.join(sorted(new))} into the checkout: give it a copy of the plan in tmp_path"


@pytest.fixture(autouse=True)
def own_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or writes the records, the state or the configuration of the person who runs it."""
    monkeypatch.setenv("FACILITATOR_STATE", str(tmp_path_factory.mktemp("state")))
    monkeypatch.setenv("FACILITATOR_CONFIG", str(tmp_path_factory.mktemp("config") / "config.toml"))
    monkeypatch.delenv("FACILITATOR_RECORDS", raising=False)

"""How much of a proof is tried, and where its figure is told: few cases in the suite, all of them by `make faults`."""

from __future__ import annotations

import os
import shutil

import pytest

LONG = os.environ.get("FACILITATOR_FAULTS") == "long"


def many(short: int, long: int) -> int:
    """How many cases: `FACILITATOR_FAULTS=long` asks for all of them."""
    return long if LONG else short


def figure(proof: int, told: str) -> None:
    """Tell what was measured; `make faults` shows these lines, and docs/recovery.md has them."""
    print(f"\nproof {proof}: {told}")


def needs(program: str) -> pytest.MarkDecorator:
    """Skips a test where a program is missing, and says which."""
    return pytest.mark.skipif(shutil.which(program) is None, reason=f"this machine has no {program}")


posix = pytest.mark.skipif(os.name != "posix", reason="a matter of POSIX")

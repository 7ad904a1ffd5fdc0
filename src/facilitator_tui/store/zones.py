"""The time zone of this computer by its IANA name.

Owns where systems keep that name. It must not know what it is used for.
"""

from __future__ import annotations

import os
from pathlib import Path

from facilitator_tui.store.plan_times import zone_exists

_LINK = Path("/etc/localtime")
_NAME = Path("/etc/timezone")


def local_zone() -> str:
    """The IANA name of the computer's zone (TZ, /etc/localtime, /etc/timezone), "" where it does not tell."""
    if "TZ" in os.environ:
        name = os.environ["TZ"].removeprefix(":") or "UTC"
        name = _name_in_path(name) if name.startswith("/") else name
        return name if name and zone_exists(name) else ""
    for name in (_from_link(), _from_file()):
        if name and zone_exists(name):
            return name
    return ""


def _name_in_path(path: str) -> str:
    return path.partition("zoneinfo/")[2].removeprefix("posix/").removeprefix("right/")


def _from_link() -> str:
    try:
        return _name_in_path(os.path.realpath(_LINK))
    except OSError:
        return ""


def _from_file() -> str:
    try:
        return _NAME.read_text(encoding="ascii").strip()[:80]
    except (OSError, ValueError):
        return ""

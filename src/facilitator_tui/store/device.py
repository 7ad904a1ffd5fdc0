"""The device id: five characters that tell this computer's events from those of others.

Owns the file in the state folder that keeps it. It must not know what the id is used for.
"""

from __future__ import annotations

import re
import secrets
import string
from pathlib import Path

from facilitator_tui.store import disk

NAME = "device"
_ID = re.compile("[a-z0-9]{5}", re.ASCII)
_LETTERS = string.ascii_lowercase + string.digits


def device_id(state: Path) -> str:
    """The id kept in the state folder, made on first use; where it can't be kept, one for this process.

    A file that is damaged is replaced: a new id costs nothing, two events under a wrong one might.
    """
    path = state / NAME
    kept = kept_device_id(state)
    if kept:
        return kept
    made = "".join(secrets.choice(_LETTERS) for _ in range(5))
    try:
        disk.make_folder(state)
        temporary = state / f".device.{made}.tmp"
        _write(temporary, made)
        try:
            _settle(temporary, path)
        finally:
            disk.remove(temporary)
        disk.sync_folder(state)
    except OSError:
        return kept_device_id(state) or made
    return kept_device_id(state) or made


def _settle(temporary: Path, path: Path) -> None:
    """Of several processes that start at once the first one's id counts, for all of them."""
    try:
        disk.link(temporary, path)
    except FileExistsError:
        if not kept_device_id(path.parent):
            disk.replace(temporary, path)
    except OSError:  # a file system without links
        disk.replace(temporary, path)


def kept_device_id(state: Path) -> str:
    """The id kept in the state folder; empty when there is none, or none that can be used. Makes nothing."""
    try:
        content, _, _ = disk.read_regular(state / NAME, 64)
    except OSError:
        return ""
    text = content.decode("ascii", "replace").strip()
    return text if _ID.fullmatch(text) else ""


def _write(path: Path, id: str) -> None:
    fd = disk.create(path)
    try:
        disk.write_all(fd, f"{id}\n".encode())
        disk.sync(fd)
    finally:
        disk.close(fd)

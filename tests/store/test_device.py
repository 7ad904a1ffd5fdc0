"""A computer keeps its id, and has one even where nothing can be kept."""

from __future__ import annotations

import errno
import os
import re
import threading
from pathlib import Path
from typing import Any

import pytest

from facilitator_tui.store import disk
from facilitator_tui.store.device import device_id


def test_an_id_is_made_once_and_kept(tmp_path: Path) -> None:
    made = device_id(tmp_path / "state")
    assert re.fullmatch("[a-z0-9]{5}", made)
    assert device_id(tmp_path / "state") == made
    assert [one.name for one in (tmp_path / "state").iterdir()] == ["device"]


def test_where_nothing_can_be_kept_there_is_an_id_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file, no folder")
    assert re.fullmatch("[a-z0-9]{5}", device_id(tmp_path / "state"))


@pytest.mark.parametrize("damaged", [b"", b"\x00\x00\x00\x00\x00", b"ABCDE", b"toolong"])
def test_a_damaged_id_is_replaced(tmp_path: Path, damaged: bytes) -> None:
    (tmp_path / "device").write_bytes(damaged)
    made = device_id(tmp_path)
    assert re.fullmatch("[a-z0-9]{5}", made)
    assert device_id(tmp_path) == made


def test_a_file_system_without_links_keeps_an_id_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(source: Path, target: Path) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(disk, "link", refused)
    assert device_id(tmp_path) == device_id(tmp_path)


def test_windows_opened_at_once_agree_on_one_id(tmp_path: Path) -> None:
    made: list[Any] = []
    threads = [threading.Thread(target=lambda: made.append(device_id(tmp_path))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(made)) == 1


@pytest.mark.skipif(os.name != "posix", reason="modes are a matter of POSIX")
def test_the_file_is_its_owners_only(tmp_path: Path) -> None:
    device_id(tmp_path)
    assert (tmp_path / "device").stat().st_mode & 0o777 == 0o600

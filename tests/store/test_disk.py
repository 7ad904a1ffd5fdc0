"""The door to the disk: what is no file is refused at once, and a folder is made or truly there."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Any

import pytest

from facilitator_tui.store import disk, zones


def test_a_file_in_the_place_of_a_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "records").write_text("mine")
    with pytest.raises((FileExistsError, NotADirectoryError)):
        disk.make_folder(tmp_path / "records" / "tue")
    assert (tmp_path / "records").read_text() == "mine"


def test_a_folder_that_somebody_else_makes_meanwhile_will_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "records"
    exists = disk._exists

    def too_late(place: Path) -> bool:
        found = exists(place)
        if place == folder and not found:
            folder.mkdir()
        return found

    monkeypatch.setattr(disk, "_exists", too_late)
    disk.make_folder(folder)
    assert folder.is_dir()


class Refusing:
    """`os` whose fsync answers with an error."""

    def __init__(self, number: int) -> None:
        self._number = number

    def __getattr__(self, name: str) -> Any:
        return getattr(os, name)

    def fsync(self, fd: int) -> None:
        raise OSError(self._number, os.strerror(self._number))


def test_a_file_system_that_knows_no_flush_of_folders_is_good_enough(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(disk, "os", Refusing(errno.EINVAL))
    disk.sync_folder(tmp_path)


def test_a_folder_that_could_not_be_flushed_is_told_and_not_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(disk, "os", Refusing(errno.EIO))
    with pytest.raises(OSError, match="Input/output"):
        disk.make_folder(tmp_path / "new")
    assert not (tmp_path / "new").exists()


@pytest.mark.skipif(os.name != "posix", reason="devices of POSIX")
def test_a_device_is_never_appended_to() -> None:
    with pytest.raises(OSError, match="not a regular file"):
        disk.open_to_append(Path(os.devnull))


def test_the_zone_is_told_by_the_link_then_by_the_file_then_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("TZ", raising=False)
    link, name = tmp_path / "localtime", tmp_path / "timezone"
    monkeypatch.setattr(zones, "_LINK", link)
    monkeypatch.setattr(zones, "_NAME", name)
    told = [zones.local_zone()]
    name.write_text("Australia/Sydney\n")
    told.append(zones.local_zone())
    link.symlink_to(tmp_path / "zoneinfo" / "Europe" / "Berlin")
    told.append(zones.local_zone())
    assert told == ["", "Australia/Sydney", "Europe/Berlin"]

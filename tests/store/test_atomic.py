"""Readers see a whole file or the one before it, and what a person wrote is left alone."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from threading import get_ident
from typing import Any

import pytest

from facilitator_tui.store import atomic, disk
from facilitator_tui.store.atomic import MADE, replace, write_export, write_exports


class Refusing:
    """`os` with one call that fails, and a list of all that were made, by the thread of the test."""

    def __init__(self, name: str = "") -> None:
        self._name = name
        self.calls: list[str] = []
        self._thread = get_ident()

    def __getattr__(self, name: str) -> Any:
        real = getattr(os, name)
        if name not in {"open", "write", "fsync", "replace", "close"}:
            return real

        def call(*given: Any) -> Any:
            if get_ident() != self._thread:
                return real(*given)
            self.calls.append(name)
            if name == self._name:
                raise OSError(errno.EIO, "Input/output error")
            return real(*given)

        return call


def test_a_file_is_flushed_before_it_takes_its_name_and_its_folder_after(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    double = Refusing()
    monkeypatch.setattr(disk, "os", double)
    replace(tmp_path / "notes.md", b"notes")
    assert double.calls == ["open", "write", "fsync", "close", "replace", "open", "fsync", "close"]


@pytest.mark.parametrize("name", ["open", "write", "fsync", "replace"])
def test_a_failure_leaves_the_old_file_and_nothing_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    path = tmp_path / "notes.md"
    path.write_bytes(b"old")
    monkeypatch.setattr(disk, "os", Refusing(name))
    with pytest.raises(OSError, match="Input/output"):
        replace(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(os.name != "posix", reason="modes are a matter of POSIX")
def test_modes_do_not_depend_on_the_umask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        replace(tmp_path / "records" / "tue" / "notes.md", b"notes")
    finally:
        os.umask(before)
    assert (tmp_path / "records").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "records" / "tue" / "notes.md").stat().st_mode & 0o777 == 0o600


def test_an_export_nobody_touched_is_written_over(tmp_path: Path) -> None:
    path = tmp_path / "export" / "notes.md"
    assert write_export(path, b"first") == path
    assert write_export(path, b"second") == path
    assert path.read_bytes() == b"second"
    assert sorted(one.name for one in path.parent.iterdir()) == [MADE, "notes.md"]


def test_an_export_that_a_person_changed_is_left_and_a_second_one_written(tmp_path: Path) -> None:
    path = tmp_path / "notes.md"
    write_export(path, b"first")
    path.write_bytes(b"first, with a correction")
    assert write_export(path, b"second") == tmp_path / "notes-2.md"
    assert path.read_bytes() == b"first, with a correction"
    assert write_export(path, b"third") == tmp_path / "notes-2.md"
    (tmp_path / "notes-2.md").write_bytes(b"changed as well")
    assert write_export(path, b"fourth") == tmp_path / "notes-3.md"


def test_a_file_that_was_there_before_any_export_is_left(tmp_path: Path) -> None:
    (tmp_path / "notes.md").write_bytes(b"my own notes")
    assert write_export(tmp_path / "notes.md", b"made") == tmp_path / "notes-2.md"


def test_the_same_bytes_are_not_written_twice(tmp_path: Path) -> None:
    path = write_export(tmp_path / "notes.md", b"same")
    before = path.stat().st_ino, path.stat().st_mtime_ns
    assert write_export(path, b"same") == path
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == before


def test_a_crash_between_mark_and_file_makes_nobodys_file_a_persons(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_export(tmp_path / "notes.md", b"first")

    def crash(target: Path, content: bytes, *, settle: bool = True) -> None:
        if target.name == MADE:
            replace(target, content)
        else:
            raise KeyboardInterrupt

    monkeypatch.setattr(atomic, "replace", crash)
    with pytest.raises(KeyboardInterrupt):
        write_export(path, b"second")
    monkeypatch.undo()
    assert write_export(path, b"third") == path


def test_files_of_one_folder_are_flushed_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A flush is what an export costs on a slow disk: one a file, and for the folder one before and one behind them."""
    flushed: list[str] = []
    monkeypatch.setattr(disk, "sync", lambda fd: flushed.append("file"))
    monkeypatch.setattr(disk, "sync_folder", lambda folder: flushed.append("folder"))
    write_exports(tmp_path, {f"{number}.md": b"text" for number in range(5)})
    assert flushed == ["file", "folder", *["file"] * 5, "folder"]


def test_a_damaged_list_of_digests_costs_a_copy_and_no_text(tmp_path: Path) -> None:
    path = write_export(tmp_path / "notes.md", b"first")
    (tmp_path / MADE).write_bytes(b"\xff\x00 nonsense")
    assert write_export(path, b"second") == tmp_path / "notes-2.md"
    assert path.read_bytes() == b"first"

"""The doctor knows where everything else lies, and tells nothing of what stands in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from facilitator_tui import paths
from facilitator_tui.store.atomic import write_export
from facilitator_tui.store.drafts import Drafts
from facilitator_tui.store.presence import Presence
from facilitator_tui.store.whereabouts import Whereabouts, whereabouts


class Place:
    def __init__(self, folder: Path) -> None:
        self.records, self.exports = folder / "records", folder / "export"
        self.session = self.records / "tue"

    def put(self, path: Path, text: str = "x") -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def look(self) -> Whereabouts:
        return whereabouts(self.records, "tue", self.exports)


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    monkeypatch.setenv(paths.STATE_VARIABLE, str(tmp_path / "state"))
    return Place(tmp_path)


def test_where_nothing_is_nothing_is_made(place: Place, tmp_path: Path) -> None:
    found = place.look()
    assert list(tmp_path.iterdir()) == []
    assert (found.notes, found.exports, found.draft, found.copies, found.others) == ("", "", "", (), ())
    assert found.as_json()["last_alive"] is None


def test_an_unfinished_line_is_told_by_its_length_only(place: Place) -> None:
    drafts = Drafts(paths.draft_file(place.records, "tue"))
    drafts.save("a secret")
    drafts.close()
    told = "\n".join(place.look().sentences())
    assert "an unfinished line of 8 characters" in told
    assert "secret" not in told


def test_an_export_that_somebody_changed_is_named(place: Place) -> None:
    for name in ("notes.md", "mail.txt"):
        write_export(place.exports / "tue" / name, b"made")
    (place.exports / "tue" / "mail.txt").write_text("mine")
    assert place.look().exports_changed == (str(place.exports / "tue" / "mail.txt"),)


@pytest.mark.parametrize(
    "name",
    [
        "20260512T190000Z-k7x2m-01.sync-conflict-20260512-190301-ABCDEFG.toml",
        "20260512T190000Z-k7x2m-01 (conflicted copy 2026-05-12 190301).toml",
        "20260512T190000Z-k7x2m-01 (Ana's conflicted copy 2026-05-12).toml",
        "20260512T190000Z-k7x2m-01-LAPTOP.toml",
        "20260512T190000Z-k7x2m-01 (1).toml",
        "20260512T190000Z-k7x2m-01 2.toml",
    ],
)
def test_copies_of_log_files_are_named_and_said_to_be_read(place: Place, name: str) -> None:
    place.put(place.session / "log" / "20260512T190000Z-k7x2m-01.toml")
    place.put(place.session / "log" / name)
    found = place.look()
    assert found.copies == (str(place.session / "log" / name),)
    assert any("read like any other" in line and name in line for line in found.sentences())


def test_a_conflict_copy_of_the_notes_can_be_deleted(place: Place) -> None:
    place.put(place.session / "notes.md")
    place.put(place.session / "notes.sync-conflict-20260512-190301-ABCDEFG.md")
    found = place.look()
    assert found.notes == str(place.session / "notes.md")
    assert [line for line in found.sentences() if "can be deleted" in line and "sync-conflict" in line]


def test_our_own_segments_are_no_copies(place: Place) -> None:
    for name in ("20260512T190000Z-k7x2m-01.toml", "20260512T190000Z-k7x2m-rescue-01.toml"):
        place.put(place.session / "log" / name)
    assert place.look().copies == ()


def test_a_console_that_has_it_open_is_told(place: Place) -> None:
    place.session.mkdir(parents=True)
    Presence(place.session, "k7x2m", name="Ana's laptop").show()
    assert "open now: k7x2m (Ana's laptop)" in place.look().sentences()

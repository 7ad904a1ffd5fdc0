"""The capture line: what is typed is never lost."""

from __future__ import annotations

from pathlib import Path

from console.played import Play


def texts(play: Play) -> list[str]:
    return [capture.content.text for capture in play.store.run.shown_captures()]


def test_enter_saves_and_stays_open(tmp_path: Path) -> None:
    play = Play(tmp_path)
    play.press("capture.open")
    play.conductor.writing.typed("one")
    play.note("one")
    assert texts(play) == ["one"] and play.stage.line_open and play.stage.line == ""


def test_enter_on_an_empty_line_closes(tmp_path: Path) -> None:
    play = Play(tmp_path)
    play.press("capture.open")
    play.note("  ")
    assert not play.stage.line_open and not play.scene.capturing


def test_escape_keeps_what_was_typed_as_a_draft_also_for_the_next_run(tmp_path: Path) -> None:
    play = Play(tmp_path)
    play.press("capture.open")
    play.conductor.writing.typed("half a thou")
    play.conductor.writing.leave("half a thou")
    assert play.conductor.writing.draft == "half a thou"
    again = Play(tmp_path)
    again.press("capture.open")
    assert again.stage.line == "half a thou"


def test_a_saved_line_is_no_draft_any_more(tmp_path: Path) -> None:
    play = Play(tmp_path)
    play.conductor.writing.typed("one")
    play.note("one")
    assert Play(tmp_path).conductor.writing.draft == ""


def test_up_brings_the_last_line_back_and_enter_changes_it(tmp_path: Path) -> None:
    play = Play(tmp_path)
    play.note("= evidense")
    play.press("capture.open")
    play.conductor.writing.edit_last()
    assert play.stage.line == "= evidense"
    play.note("= evidence")
    assert texts(play) == ["evidence"]


def test_editing_keeps_the_draft_that_stood_there(tmp_path: Path) -> None:
    play = Play(tmp_path)
    play.note("one")
    play.press("capture.open")
    play.conductor.writing.typed("a draft")
    play.conductor.writing.edit_last()
    play.conductor.writing.leave()
    assert play.stage.line == "a draft" and texts(play) == ["one"]


def test_a_room_sticks_until_the_item_ends(tmp_path: Path) -> None:
    play = Play(tmp_path)
    play.press("item.start")
    play.note("/room 3")
    play.note("heard there")
    assert play.scene.room == "3"
    assert play.store.run.shown_captures()[-1].content.room == "3"
    play.clock.on(minutes=5)
    play.press("item.next")
    assert play.scene.room == ""


def test_a_pasted_block_is_one_capture_a_line_and_the_draft_stays(tmp_path: Path) -> None:
    play = Play(tmp_path)
    play.press("capture.open")
    play.conductor.writing.typed("draft")
    play.conductor.writing.paste("first\nsecond\n++ third")
    assert texts(play) == ["first", "second", "third"] and play.conductor.writing.draft == "draft"


def test_tab_completes_and_once_more_gives_the_next_offer(tmp_path: Path) -> None:
    play = Play(tmp_path)
    play.press("capture.open")
    play.conductor.writing.complete("! call @stibb", 13)
    assert play.stage.line == "! call @stibbe "


def test_find_in_the_line_opens_the_notes(tmp_path: Path) -> None:
    play = Play(tmp_path)
    play.note("evidence")
    play.note("trust")
    play.note("/find trust")
    assert play.scene.page == "notes" and play.stage.page and len(play.stage.page.ids()) == 1


def test_a_command_of_the_line_that_can_not_act_says_why(tmp_path: Path) -> None:
    play = Play(tmp_path)
    play.note("/q 9")
    assert "no question" in play.said

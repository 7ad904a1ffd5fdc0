"""The capture line: what is typed is never lost."""

from __future__ import annotations

from pathlib import Path

import pytest

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


# ---------------------------------------------------------------- editing what was written before


def test_up_goes_on_to_the_lines_before_and_down_comes_back_to_the_draft(tmp_path: Path) -> None:
    play = Play(tmp_path)
    for line in ("one", "two", "three"):
        play.note(line)
    play.press("capture.open")
    play.conductor.writing.typed("a draft")
    seen = []
    for by in (-1, -1, -1, -1, 1, 1, 1):
        play.conductor.writing.edit_other(by)
        seen.append(play.stage.line)
    assert seen == ["three", "two", "one", "one", "two", "three", "a draft"]


def test_a_changed_line_is_not_left_by_up(tmp_path: Path) -> None:
    play = Play(tmp_path)
    for line in ("one", "two"):
        play.note(line)
    play.press("capture.open")
    play.conductor.writing.edit_other(-1)
    play.conductor.writing.typed("two and a half")
    play.conductor.writing.edit_other(-1)
    play.conductor.draw()
    assert "enter saves the change" in play.said
    play.note("two and a half")
    assert texts(play) == ["one", "two and a half"]


def test_a_command_typed_while_a_line_is_edited_changes_that_line(tmp_path: Path) -> None:
    play = Play(tmp_path)
    for line in ("one", "two"):
        play.note(line)
    play.press("capture.open")
    play.conductor.writing.edit(play.store.run.captures[0].id)
    play.note("/kind take")
    assert [one.content.type for one in play.store.run.shown_captures()] == ["takeaway", "note"]


def test_a_wrong_command_while_editing_stays_to_be_mended(tmp_path: Path) -> None:
    play = Play(tmp_path)
    play.note("one")
    play.press("capture.open")
    play.conductor.writing.edit_last()
    play.note("/kind xyz")
    assert "no kind" in play.said and play.stage.line == "/kind xyz" and play.conductor.writing.editing


def test_what_was_typed_into_a_line_that_is_gone_can_be_saved_as_a_new_one(tmp_path: Path) -> None:
    play = Play(tmp_path)
    play.note("one")
    play.press("capture.open")
    play.conductor.writing.edit_last()
    play.press("undo")
    play.note("one and more")
    assert "gone" in play.said and play.stage.line == "one and more"
    play.note("one and more")
    assert texts(play) == ["one and more"]


def test_an_edit_without_a_change_writes_nothing(tmp_path: Path) -> None:
    play = Play(tmp_path)
    play.note("one")
    before = play.store.events
    play.press("capture.open")
    play.conductor.writing.edit_last()
    play.note("one")
    assert play.store.events == before and not play.conductor.writing.editing


# ---------------------------------------------------------------- odd text


@pytest.mark.parametrize(
    "block",
    [
        "a\x1b[2Jb\nc",
        "\x00\x07\nbell",
        "[/]\n[x] done",
        "e" + "\u0301" * 50 + "\nzalgo",
        "\u202eabc\nbidi",
        "\r\n\r\none\r\ntwo\r\n",
        "\u2028a\u2028b",
    ],
)
def test_a_pasted_block_of_odd_signs_is_kept_line_by_line_and_can_be_drawn(block: str, tmp_path: Path) -> None:
    play = Play(tmp_path)
    play.press("capture.open", "page.notes")
    play.conductor.writing.paste(block)
    play.conductor.draw()
    page = play.stage.page
    assert page is not None and len(page.lines) == len(texts(play)) > 0
    for line in page.lines:
        drawn = line.draw(60)
        assert drawn.cell_length == 60 and not any(ord(sign) < 32 for sign in drawn.plain)


def test_a_line_that_is_too_long_to_be_kept_stays_in_the_line(tmp_path: Path) -> None:
    play = Play(tmp_path)
    play.press("capture.open")
    line = "= " + "long " * 300_000
    play.note(line)
    assert "split it" in play.said and play.stage.line == line and texts(play) == []


def test_a_line_of_two_hundred_thousand_signs_is_kept_whole_and_drawn_in_one_row(tmp_path: Path) -> None:
    play = Play(tmp_path)
    play.note("= " + "long " * 40_000)
    play.press("page.notes")
    assert play.stage.page is not None
    assert len(play.store.run.captures[0].content.text) > 199_000
    assert play.stage.page.lines[0].draw(80).cell_length == 80

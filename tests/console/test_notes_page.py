"""The pages of what was said: finding, changing, joining, presenting, and plain text to select."""

from __future__ import annotations

from pathlib import Path
from time import process_time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from console.played import Play, console, opened, shown
from facilitator_tui.console.drawing.picture import picture
from facilitator_tui.console.notes_index import NotesIndex
from facilitator_tui.console.plain import width
from facilitator_tui.console.screens.present import wrapped
from facilitator_tui.core.actions import Outcome
from facilitator_tui.core.capture import read_capture
from facilitator_tui.core.dictation import context_of
from facilitator_tui.core.events import CaptureEdited

LINES = (
    "= evidence is needed, but learning as well #impact",
    "++ trust built before the crisis r:2 n:4",
    "-- forms that nobody reads r:3 @p10",
    "! send the slides @stibbe due:fri",
    "trust first @nobody",
)


def written(folder: Path, *lines: str) -> Play:
    play = Play(folder)
    play.press("item.start")
    for line in lines or LINES:
        play.note(line)
    play.press("page.notes")
    return play


def listed(play: Play) -> list[str]:
    assert play.stage.page is not None
    captures = {one.id: one.content.text for one in play.store.run.shown_captures()}
    return [captures[id] for id in play.stage.page.ids() if id in captures]


def point(play: Play, text: str) -> None:
    """Move the cursor onto the line with that text, by the arrows."""
    for _ in range(len(listed(play))):
        play.press("cursor.up")
    for _ in range(listed(play).index(text)):
        play.press("cursor.down")


# ---------------------------------------------------------------- finding


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("trust", ["trust first @nobody", "trust built before the crisis"]),
        ("TRUST crisis", ["trust built before the crisis"]),
        ("++", ["trust built before the crisis"]),
        ("kind:take", ["evidence is needed, but learning as well"]),
        ("item:hello r:2", ["trust built before the crisis"]),
        ("#imp", ["evidence is needed, but learning as well"]),
        ("@darian", ["send the slides"]),
        ("@p10", ["forms that nobody reads"]),
        ("unsure", ["trust first @nobody"]),
        ("2020-10-02", ["send the slides"]),
        ("r:23", []),
    ],
)
def test_a_search_takes_words_kinds_items_rooms_people_and_tags(search: str, found: list[str], tmp_path: Path) -> None:
    play = written(tmp_path)
    play.press("page.find")
    play.conductor.fields.typed(search)
    assert listed(play) == found


def test_one_kind_after_the_other_is_listed_alone_and_esc_shows_all(tmp_path: Path) -> None:
    play = written(tmp_path)
    play.press("harvest.kind")
    first = listed(play)
    play.press("harvest.kind")
    assert (first, listed(play)) == (["trust first @nobody"], ["send the slides"])
    play.press("back")
    assert len(listed(play)) == 5 and play.scene.page == "notes"


def test_a_search_that_finds_nothing_says_what_a_search_takes(tmp_path: Path) -> None:
    play = written(tmp_path)
    play.press("page.find")
    play.conductor.fields.typed("xyzzy")
    assert play.stage.page is not None and "@person, #tag" in play.stage.page.empty


# ---------------------------------------------------------------- the chosen line


def test_the_chosen_line_is_counted_up_and_down(tmp_path: Path) -> None:
    play = written(tmp_path)
    point(play, "trust built before the crisis")
    play.press("line.count", "line.count", "line.uncount")
    assert play.store.run.shown_captures()[1].content.count == 5


def test_the_chosen_line_gets_another_kind_by_a_word(tmp_path: Path) -> None:
    play = written(tmp_path)
    point(play, "trust first @nobody")
    play.press("line.kind")
    play.fill("ena")
    assert play.store.run.shown_captures()[-1].content.type == "enabler"


def test_a_wrong_kind_stays_in_the_field_to_be_mended(tmp_path: Path) -> None:
    play = written(tmp_path)
    play.press("line.kind")
    play.fill("enb")
    assert play.stage.field == "enb" and "no kind" in play.said


def test_two_lines_are_joined_and_undo_parts_them(tmp_path: Path) -> None:
    play = written(tmp_path)
    point(play, "trust built before the crisis")
    play.press("line.join")
    point(play, "trust first @nobody")
    play.press("line.join")
    assert "trust first @nobody" not in listed(play) and play.conductor.chosen() == play.store.run.captures[1].id
    play.press("undo")
    assert len(listed(play)) == 5


def test_esc_lets_go_of_a_line_that_waits_to_be_joined(tmp_path: Path) -> None:
    play = written(tmp_path)
    play.press("line.join", "back", "cursor.down", "line.join")
    assert len(listed(play)) == 5 and play.scene.notes.joining


def test_an_unsure_mark_is_settled_by_the_number_of_a_person(tmp_path: Path) -> None:
    play = written(tmp_path, "trust first @participant")
    play.press("line.settle")
    assert "means 1 Participant 01 · 2 Partic" in play.stage.prompt
    play.fill("2")
    content = play.store.run.shown_captures()[-1].content
    assert (content.by, content.unsure, content.text) == (("p02",), (), "trust first")


def test_a_prompt_leaves_room_to_type_in_the_narrowest_window(tmp_path: Path) -> None:
    play = written(tmp_path, "trust first @participant")
    for id in ("line.settle", "line.kind"):
        play.press(id)
        assert width(play.stage.prompt) <= 56
        play.conductor.fields.leave()


def test_the_other_version_of_a_line_stands_below_it_until_one_is_chosen(tmp_path: Path) -> None:
    play = written(tmp_path, "one")
    capture = play.store.run.captures[0]
    edits = tuple(CaptureEdited(text, text, capture=capture.id, over=capture.versions) for text in ("here", "there"))
    for edit in edits:
        play.store.perform(Outcome((edit,), ""), play.clock())
    play.conductor.draw()
    assert play.stage.page is not None and len(play.stage.page.ids()) == 2
    play.press("cursor.down", "cursor.choose")
    assert [(one.content.text, one.others) for one in play.store.run.captures] == [("here", ())]


def test_the_cursor_stays_on_its_line_when_another_one_comes_in(tmp_path: Path) -> None:
    play = written(tmp_path)
    point(play, "forms that nobody reads")
    before = play.conductor.chosen()
    play.store.perform(Outcome((read_capture("new", context_of(play.store.run, play.clock())),), ""), play.clock())
    assert play.conductor.chosen() == before


def test_a_removed_line_is_brought_back_by_undo(tmp_path: Path) -> None:
    play = written(tmp_path)
    play.press("line.remove")
    assert listed(play)[0] == "send the slides"
    play.press("undo")
    assert listed(play)[0] == "trust first @nobody"


def test_the_help_tells_what_acts_on_the_page_it_was_opened_on_and_esc_goes_back_there(tmp_path: Path) -> None:
    play = written(tmp_path)
    play.press("help")
    page = play.stage.page
    assert page is not None
    line = next(one for one in page.lines if one.id == "line.count").draw(100).plain
    assert "One more said so" in line and "not now" not in line
    play.press("back")
    assert play.scene.page == "notes"


def test_nothing_is_done_to_a_line_while_no_list_is_open(tmp_path: Path) -> None:
    play = written(tmp_path)
    play.press("page.agenda")
    assert not play.conductor.press("K")


def test_a_pasted_line_is_edited_by_what_was_said_and_not_by_its_heading(tmp_path: Path) -> None:
    play = written(tmp_path, "13:50:01 From Participant 07 to Everyone: speed needs trust")
    play.press("cursor.choose")
    assert play.stage.line == "'speed needs trust"
    play.note("'speed needs more trust")
    content = play.store.run.captures[0].content
    assert (content.text, content.by) == ("speed needs more trust", ("p07",))


# ---------------------------------------------------------------- presenting


def presented(play: Play, size: tuple[int, int] = (100, 40)) -> str:
    play.press("page.harvest")
    assert play.conductor.press("p")
    drawn = picture(play.scene, play.stage.page, size)
    lines, _ = drawn.panes["page"]
    return "\n".join(line.plain for line in lines(*size))


def test_the_presentation_shows_the_ticked_kinds_without_names(tmp_path: Path) -> None:
    text = presented(written(tmp_path))
    assert "TAKE-AWAYS" in text and "trust built before the crisis" in text and "×4" in text
    assert "ACTIONS" not in text and "Participant" not in text and "forms that nobody reads" in text


def test_lines_that_name_somebody_or_are_off_the_record_are_held_back(tmp_path: Path) -> None:
    text = presented(
        written(
            tmp_path, "= Stibbe said so", "= Jane Roe knows @jane", "= mail a@example.org", "= secret /off", "= free"
        )
    )
    assert "free" in text and "4 held back" in text
    assert not any(word in text for word in ("Stibbe", "jane", "example.org", "secret"))


def test_quotes_need_leave_to_be_presented(tmp_path: Path) -> None:
    play = written(tmp_path, "> never say this", "> say this /ok")
    play.conductor.turn("harvest")
    play.press("harvest.kind")
    play.press("page.notes")
    text = presented(play)
    assert "• say this" in text.replace("  ", " ") and "never say this" not in text


def test_p_on_the_harvest_does_not_touch_the_clock(tmp_path: Path) -> None:
    play = written(tmp_path)
    events = play.store.events
    presented(play)
    assert play.store.events == events and play.scene.page == "present"


def test_the_presentation_goes_from_kind_to_kind_and_esc_goes_back_to_the_harvest(tmp_path: Path) -> None:
    play = written(tmp_path)
    presented(play)
    play.press("harvest.kind")
    assert play.scene.notes.alone == "takeaway"
    play.press("back")
    assert play.scene.page == "harvest"


def test_a_presentation_without_lines_says_where_kinds_are_ticked(tmp_path: Path) -> None:
    assert "where kinds are ticked" in presented(written(tmp_path, "only a note"))


async def test_the_presentation_has_the_screen_for_itself(tmp_path: Path) -> None:
    store = opened(tmp_path)
    Play(tmp_path, store=store).note("= free")
    async with console(tmp_path, store=store) as (app, pilot, _):
        await pilot.press("h", "p")
        await pilot.pause()
        text = shown(app)
    assert "free" in text and "hard stop" not in text and "╭" not in text


# ---------------------------------------------------------------- plain text


async def test_the_plain_view_shows_nothing_but_the_text(tmp_path: Path) -> None:
    async with console(tmp_path) as (app, pilot, _):
        await pilot.press("m", "Y")
        await pilot.pause()
        lines = shown(app).splitlines()
        assert lines[0].startswith("Welcome! Today: Learning the lessons") and not any(lines[3:])
        await pilot.press("escape")
        await pilot.pause()
        assert "Messages" in shown(app)


def test_a_question_is_never_hidden_by_the_plain_view(tmp_path: Path) -> None:
    play = written(tmp_path)
    play.press("page.plain")
    assert picture(play.scene, play.stage.page, (80, 24)).classes["bare"]
    play.conductor.ask("Sure?", "enter", lambda: None)
    play.conductor.draw()
    assert not picture(play.scene, play.stage.page, (80, 24)).classes["bare"]


@pytest.mark.parametrize("cells", [10, 17, 40])
def test_a_wrapped_line_keeps_every_word_and_its_indent(cells: int) -> None:
    line = "    four blanks, then 多字节 words and averyveryverylongwordwithoutblanks at the end"
    rows = wrapped(line, cells)
    assert all(width(row) <= cells for row in rows) and rows[0].startswith("    ")
    assert "".join("".join(rows).split()) == "".join(line.split())


# ---------------------------------------------------------------- ten thousand lines


def test_among_ten_thousand_lines_a_search_key_is_answered_at_once(tmp_path: Path) -> None:
    play = Play(tmp_path)
    play.press("item.start")
    context = context_of(play.store.run, play.clock())
    lines = (f"= line {number} of many #t{number % 9} r:{number % 5 + 1}" for number in range(10_000))
    play.store.perform(Outcome(tuple(read_capture(line, context) for line in lines), ""), play.clock())
    play.press("page.notes", "page.find")
    slowest = 0.0
    for typed in ("9", "99", "999", "9999"):
        began = process_time()
        play.conductor.fields.typed(typed)
        slowest = max(slowest, process_time() - began)
    assert listed(play) == ["line 9999 of many"]
    assert slowest < 0.5, "50 ms on a quiet machine (bench/harvest.py); a slow one gets ten times as much"


def test_keys_that_turn_leaves_never_touch_the_clock_while_something_is_presented(tmp_path: Path) -> None:
    play = written(tmp_path, *(f"= take {number}" for number in range(9)), "++ trust")
    presented(play)
    before = play.store.events
    places = []
    for key in ("right", "space", "pagedown", "left", "pageup"):
        assert play.conductor.press(key)
        places.append(play.scene.place)
    assert play.store.events == before and places == [6, 9, 9, 3, 0]


def test_the_vote_takes_letters_only_when_the_whole_week_is_known(tmp_path: Path) -> None:
    play = Play(tmp_path, "2020-10-02 15:00", opened(tmp_path, "fri"))
    play.press("item.start")
    play.go("market")
    waiting = []
    play.stage.behind = lambda work, then: waiting.append((work, then))  # type: ignore[method-assign]
    play.press("page.ideas")
    assert play.stage.prompt == ""
    work, then = waiting[0]
    then(work())
    assert play.stage.prompt == "dots"


WORDS = st.lists(st.sampled_from(["trust", "t", "tr", "crisis", "#impact", "@p10", "r:2", "++", "unsure"]), max_size=3)


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(searches=st.lists(WORDS, min_size=1, max_size=6))
def test_a_search_finds_the_same_whatever_was_searched_for_before(tmp_path: Path, searches: list[list[str]]) -> None:
    run = written(tmp_path).store.run
    index = NotesIndex()
    for words in searches:
        typed = " ".join(words)
        assert index.find(run, typed) == NotesIndex().find(run, typed)

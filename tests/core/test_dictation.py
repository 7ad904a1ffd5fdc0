"""What a typed line does: it is kept, or it acts on the last one, or it holds a room or a question for the next."""

from __future__ import annotations

import pytest

from core.calls import Call
from facilitator_tui.core import dictation
from facilitator_tui.core.actions import Refused
from facilitator_tui.core.capture import Capture
from facilitator_tui.core.dictation import Focus, Typed
from harvest.tuesday import call_of, real_week

AT = "15:10"


class Desk:
    """Tuesday at ten past three: what is typed happens, and the focus stays from line to line."""

    def __init__(self, *lines: str) -> None:
        self.call: Call = call_of(real_week(), "tue")
        self.call.do("15:00", "start")
        self.focus = Focus()
        for line in lines:
            self.type(line)

    def type(self, line: str) -> Typed:
        typed = dictation.type_line(self.call.fold.run, self.call.instant(AT), line, self.focus)
        self.focus = typed.focus
        self.call.happen(self.call.instant(AT), *typed.outcome.payloads)
        return typed

    def edit(self, line: str) -> None:
        last = dictation.last_capture(self.call.fold.run)
        outcome = dictation.edit_capture(self.call.fold.run, self.call.instant(AT), last.id, line)
        self.call.happen(self.call.instant(AT), *outcome.payloads)

    @property
    def lines(self) -> list[Capture]:
        return list(self.call.fold.run.shown_captures())

    @property
    def texts(self) -> list[str]:
        return [one.content.text for one in self.lines]


@pytest.mark.parametrize("line", ["", "   "])
def test_an_empty_line_does_nothing(line: str) -> None:
    assert Desk().type(line).outcome.payloads == ()


def test_undo_takes_back_the_latest_line_and_not_the_clock() -> None:
    desk = Desk("one", "two", "/undo")
    assert desk.texts == ["one"]
    assert desk.call.fold.run.live


def test_without_a_line_there_is_none_to_take_back() -> None:
    with pytest.raises(Refused, match="no line to take back"):
        Desk("/undo")


def test_without_a_line_there_is_none_to_change() -> None:
    with pytest.raises(Refused, match="nothing was written down yet"):
        Desk("/off")


def test_a_line_that_was_removed_is_not_the_last_one() -> None:
    desk = Desk("one", "two", "/purge", "/kind take")
    assert [(one.content.text, one.content.type) for one in desk.lines] == [("one", "takeaway")]


def test_who_said_the_last_line_is_told_afterwards() -> None:
    assert Desk("trust first", "/by participant 03").lines[0].content.by == ("p03",)


@pytest.mark.parametrize(("line", "why"), [("/by", "say who said it"), ("/by nobody at all", "nobody")])
def test_a_source_that_nobody_has_is_refused(line: str, why: str) -> None:
    with pytest.raises(Refused, match=why):
        Desk("trust first", line)


@pytest.mark.parametrize("line", ["/q 1", "/q 2"])
def test_a_question_is_held_until_it_is_left(line: str) -> None:
    desk = Desk(line, "one", "/q -", "two")
    assert desk.lines[0].content.question == int(line[-1])
    assert desk.focus.question == 0


@pytest.mark.parametrize("line", ["/q 0", "/q 99", "/q first"])
def test_a_question_that_the_session_has_not_is_refused(line: str) -> None:
    with pytest.raises(Refused, match="the session has"):
        Desk(line)


def test_a_room_that_there_is_not_is_refused_with_those_there_are() -> None:
    desk = Desk()
    desk.call = call_of(real_week(), "thu")
    with pytest.raises(Refused, match=f"the rooms are {desk.call.fold.run.session.rooms[0].id}, "):
        desk.type("/room nowhere")


def test_any_room_can_be_named_while_there_are_none() -> None:
    assert Desk("/room garden", "one").lines[0].content.room == "garden"


def test_a_room_is_left_by_a_dash() -> None:
    desk = Desk()
    desk.focus = Focus(dictation.current_item(desk.call.fold.run), room="1")
    assert desk.type("/room -").focus.room == ""


def test_a_room_and_a_question_end_with_their_item() -> None:
    desk = Desk("/q 1")
    desk.call.do("15:12", "next_item")
    assert dictation.focus_now(desk.call.fold.run, desk.focus).question == 0


@pytest.mark.parametrize("line", ["/find trust", "/edit"])
def test_a_command_for_the_console_is_handed_back_and_nothing_is_written(line: str) -> None:
    typed = Desk("one").type(line)
    assert typed.handed_back and typed.handed_back.name == line[1:].split()[0]
    assert typed.outcome.payloads == ()


def test_a_line_copied_from_a_chat_brings_its_sender() -> None:
    desk = Desk("13:50:01 From Participant 03 to Everyone: trust first")
    assert [(one.content.text, one.content.by) for one in desk.lines] == [("trust first", ("p03",))]


def test_an_edited_line_keeps_what_the_new_text_does_not_say() -> None:
    desk = Desk("take: trust first")
    desk.edit("take: trust and time")
    assert [(one.content.text, one.content.type) for one in desk.lines] == [("trust and time", "takeaway")]


def test_a_line_that_is_emptied_is_gone() -> None:
    desk = Desk("one", "two")
    desk.edit("  ")
    assert desk.texts == ["one"]


def test_a_command_typed_into_a_line_acts_on_that_line() -> None:
    desk = Desk("one")
    desk.edit("/kind take")
    assert [(one.content.text, one.content.type) for one in desk.lines] == [("one", "takeaway")]

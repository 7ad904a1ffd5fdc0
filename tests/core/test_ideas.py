"""Ideas and dots: what can be voted on, how it came out, and where an idea goes."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.calls import Call
from facilitator_tui.core import dictation, ideas
from facilitator_tui.core.actions import Refused
from facilitator_tui.core.run import Run
from harvest.tuesday import call_of, real_week

FUNDING = "Funding models of support platforms"


def typed(call: Call, at: str, *lines: str) -> Call:
    for line in lines:
        call.happen(call.instant(at), *dictation.type_line(call.fold.run, call.instant(at), line).outcome.payloads)
    return call


def market(*lines: str) -> Call:
    """Friday, with the marketplace running."""
    call = call_of(real_week(), "fri")
    call.do("15:00", "start")
    typed(call, "15:05", *lines)
    call.do("15:30", "goto", "market")
    return call


def vote(call: Call, option: str, number: int = 1) -> None:
    now = call.instant("15:31")
    call.happen(now, *ideas.vote(call.fold.run, now, option, option, number).payloads)


def ballot(run: Run, *others: Run) -> list[str]:
    item = ideas.vote_item(run)
    assert item is not None
    return [one.text for one in ideas.ballot(run, item, others)]


def test_the_open_ideas_of_the_plan_come_back_on_the_last_days_marketplace() -> None:
    assert ballot(market().fold.run) == [FUNDING]


def test_ideas_and_parked_lines_of_the_whole_week_stand_on_the_ballot() -> None:
    monday = typed(call_of(real_week(), "mon"), "15:05", "idea: a map", "park: insurance", "= no idea")
    assert ballot(market("idea: a fund").fold.run, monday.fold.run) == [FUNDING, "a map", "insurance", "a fund"]


def test_an_idea_that_a_session_took_up_is_not_on_the_ballot() -> None:
    monday = typed(call_of(real_week(), "mon"), "15:05", "idea: a map")
    now = monday.instant("15:06")
    idea = monday.fold.run.captures[0].id
    monday.happen(now, *ideas.place(monday.fold.run, now, idea, "a map", "thu").payloads)
    assert ballot(market().fold.run, monday.fold.run) == [FUNDING]


def test_a_line_off_the_record_is_never_voted_on() -> None:
    assert ballot(market("idea: a secret /off").fold.run) == [FUNDING]


def test_dots_are_counted_and_the_most_come_first() -> None:
    call = market()
    for option in "abbcb":
        vote(call, option)
    assert [(one.option, one.dots) for one in ideas.results(call.fold.run, "market")] == [("b", 3), ("a", 1), ("c", 1)]


def test_several_dots_at_once_and_some_back() -> None:
    call = market()
    vote(call, "a", 5)
    vote(call, "a", -2)
    assert ideas.results(call.fold.run, "market")[0].dots == 3


def test_more_dots_than_there_are_can_not_be_taken_back() -> None:
    call = market()
    with pytest.raises(Refused, match="0 dots only"):
        vote(call, "a", -1)


def test_undo_takes_the_last_dot_back() -> None:
    call = market()
    vote(call, "a")
    vote(call, "b")
    call.do("15:32", "undo")
    assert [one.option for one in ideas.results(call.fold.run, "market")] == ["a"]


def test_dots_are_given_only_while_a_vote_is_live() -> None:
    call = market()
    call.do("15:40", "goto", "open")
    with pytest.raises(Refused, match="no vote is running"):
        vote(call, "a")


def test_an_option_keeps_its_dots_and_its_words_when_its_line_is_removed() -> None:
    call = market("idea: a fund")
    id = call.fold.run.captures[0].id
    now = call.instant("15:31")
    call.happen(now, *ideas.vote(call.fold.run, now, id, "a fund").payloads)
    typed(call, "15:32", "/purge")
    assert ballot(call.fold.run) == [FUNDING, "a fund"]
    assert ideas.results(call.fold.run, "market")[0].text == "a fund"


def test_the_support_of_an_idea_is_its_votes_its_count_and_its_dots() -> None:
    call = market("idea: a fund n:2")
    id = call.fold.run.captures[0].id
    vote(call, id, 3)
    vote(call, "i5")
    found = {one.id: one.support for one in ideas.ideas_of([call.fold.run])}
    assert (found[id], found["i5"]) == (5, 7)


def test_an_idea_goes_to_a_session_named_by_id_or_title_and_can_be_opened_again() -> None:
    call = market()
    now = call.instant("15:31")
    for name, expected in (("wed", "wed"), ("Welcome and eq", "mon"), ("-", "")):
        call.happen(now, *ideas.place(call.fold.run, now, "i5", FUNDING, name).payloads)
        assert next(one for one in ideas.ideas_of([call.fold.run]) if one.id == "i5").session == expected


def test_an_unknown_session_is_refused_with_those_there_are() -> None:
    call = market()
    with pytest.raises(Refused, match="no session 'xyz': the sessions are mon, tue"):
        ideas.place(call.fold.run, call.instant("15:31"), "i5", FUNDING, "xyz")


@settings(deadline=None, max_examples=40)
@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(-3, 5)), max_size=20))
def test_dots_are_never_negative_and_the_result_adds_up(votes: list[tuple[str, int]]) -> None:
    call, expected = market(), {"a": 0, "b": 0, "c": 0}
    for option, number in votes:
        if number and expected[option] + number >= 0:
            vote(call, option, number)
            expected[option] += number
        else:
            with pytest.raises(Refused):
                vote(call, option, number)
    found = ideas.results(call.fold.run, "market")
    assert {one.option: one.dots for one in found} == {option: dots for option, dots in expected.items() if dots}
    assert [one.dots for one in found] == sorted((one.dots for one in found), reverse=True)

"""Dots and ideas in what is exported: the result of a vote, and the way from an idea to its session."""

from __future__ import annotations

from types import SimpleNamespace

from core.calls import Call
from facilitator_tui.console.screens.present import slides
from facilitator_tui.core import dictation, ideas
from facilitator_tui.harvest.notes import notes
from facilitator_tui.harvest.sorting import sheet
from facilitator_tui.harvest.week import digest, week
from harvest.tuesday import call_of, real_week


def voted(*lines: str) -> Call:
    """Friday's marketplace: one dot for the first line, two for the second, and so on."""
    call = call_of(real_week(), "fri")
    call.do("15:00", "start")
    now = call.instant("15:05")
    for line in lines:
        call.happen(now, *dictation.type_line(call.fold.run, now, line).outcome.payloads)
    call.do("15:30", "goto", "market")
    now = call.instant("15:31")
    for number, capture in enumerate(call.fold.run.captures, 1):
        call.happen(now, *ideas.vote(call.fold.run, now, capture.id, capture.content.text, number).payloads)
    return call


def test_the_result_of_a_vote_stands_in_the_notes_with_the_most_dots_first() -> None:
    call = voted("idea: a | fund", "park: insurance")
    written = notes(call.fold.run, call.instant("15:40"))
    assert "## Vote: Marketplace: open ideas become topics" in written
    assert written.index("| insurance | 2 |") < written.index("| a \\| fund | 1 |")


def test_notes_without_a_vote_do_not_speak_of_one() -> None:
    call = call_of(real_week(), "fri")
    assert "Vote" not in notes(call.fold.run, call.instant("15:40"))


def test_an_option_off_the_record_is_not_told_of_outside_the_team() -> None:
    call = voted("idea: a fund", "park: insurance")
    now = call.instant("15:40")
    call.happen(now, *dictation.type_line(call.fold.run, now, "/off").outcome.payloads)
    rows = {edition: sheet(call.fold.run, now, edition).votes[0].rows for edition in ("team", "public")}
    assert rows == {"team": (("insurance", 2), ("a fund", 1)), "public": (("a fund", 1),)}


def test_an_option_off_the_record_is_not_presented_to_everybody() -> None:
    call = voted("idea: a fund", "park: insurance")
    now = call.instant("15:40")
    call.happen(now, *dictation.type_line(call.fold.run, now, "/off").outcome.payloads)
    scene = SimpleNamespace(run=call.fold.run, notes=SimpleNamespace(alone="", presented=()))
    assert [text for _, text, _ in slides(scene).entries] == ["a fund"]  # type: ignore[arg-type]


def test_an_idea_given_to_a_session_in_a_call_stands_with_it_in_the_digest() -> None:
    call = voted("idea: a fund")
    run, now = call.fold.run, call.instant("15:40")
    call.happen(now, *ideas.place(run, now, run.captures[0].id, "a fund", "thu").payloads)
    call.happen(now, *ideas.place(run, now, "i5", "Funding models", "wed").payloads)
    runs = [call_of(real_week(), id).fold.run for id in ("mon", "tue", "wed", "thu")] + [call.fold.run]
    made = week(real_week(), runs, [sheet(one, now, "team") for one in runs])
    assert made.open_ideas == ()
    assert {(one.text, one.votes) for one in made.ideas if "und" in one.text} == {
        ("a fund", 2),
        ("Funding models of support platforms", 6),
    }
    assert "a fund" in digest(made)

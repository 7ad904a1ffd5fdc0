"""The notes of one session: what stands where, and that the same events give the same bytes."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from core.calls import Call, item, plan_of
from facilitator_tui.core.events import CaptureAdded, CaptureEdited, CaptureRemoved
from facilitator_tui.errors import FacilitatorError
from facilitator_tui.harvest.notes import notes
from harvest.tuesday import call_of, real_week, tuesday, typed


def section(text: str, heading: str) -> str:
    """What stands between a heading and the next one of any depth."""
    lines = text.splitlines()
    start = lines.index(heading) + 1
    end = next((at for at in range(start, len(lines)) if lines[at].startswith("#")), len(lines))
    return "\n".join(lines[start:end])


def test_a_takeaway_stands_under_its_heading_as_it_was_typed() -> None:
    call = call_of(real_week(), "tue")
    call.do("15:00", "start")
    typed(call, "15:03", "= evidence is needed, but learning as well #impact")
    text = notes(call.fold.run, call.instant("15:04"), "team")
    assert "- evidence is needed, but learning as well #impact" in section(text, "## Take-aways")


def test_the_sections_stand_in_the_order_of_a_harvest() -> None:
    call = tuesday()
    text = notes(call.fold.run, call.instant("18:00"), "team")
    headings = [line for line in text.splitlines() if line.startswith("## ")]
    assert headings == [
        "## In short",
        "## Inputs",
        "## Breakouts, by guiding question",
        "## Take-aways",
        "## Quotes",
        "## Open questions",
        "## Decisions",
        "## Ideas",
        "## Parked",
        "## Resources",
        "## Notes",
        "## Actions",
        "## Voices",
        "## Time",
        "## Held back and objections",
    ]


def test_every_line_that_was_typed_is_in_the_teams_notes() -> None:
    call = tuesday()
    text = notes(call.fold.run, call.instant("18:00"), "team")
    assert [c.content.text for c in call.fold.run.captures if c.content.text not in text] == []


def test_a_session_that_has_not_begun_has_notes_that_say_so() -> None:
    call = call_of(real_week(), "wed")
    text = notes(call.fold.run, call.instant("08:00"), "team")
    assert "The session has not begun." in text
    assert "Wednesday, 30 September 2020, 15:00 to 17:00 (Europe/Berlin)" in text


def test_a_plan_without_a_date_gives_the_same_notes_at_any_time() -> None:
    call = Call(plan_of([item("A", 10)], day=None, start=None))
    early, late = (notes(call.fold.run, call.instant(when), "team") for when in ("07:00", "19:31"))
    assert early == late
    assert "No date yet." in early


def test_notes_of_a_running_session_depend_on_events_and_not_on_the_clock() -> None:
    call = call_of(real_week(), "tue")
    call.do("15:00", "start")
    typed(call, "15:03", "a note")
    first, later = (notes(call.fold.run, call.instant(when), "team") for when in ("15:04", "15:40"))
    assert first == later
    assert "| Welcome and yesterday in one minute | 5 | running |" in first


def test_a_removed_line_is_gone_and_keeps_its_number_from_the_next() -> None:
    call = call_of(real_week(), "tue")
    call.do("15:00", "start")
    typed(call, "15:03", "! first")
    typed(call, "15:04", "! second")
    first = call.fold.run.captures[0]
    call.happen(call.instant("15:05"), CaptureRemoved(first.id, first.versions))
    text = notes(call.fold.run, call.instant("15:06"), "team")
    assert "first" not in text
    assert "- [ ] tue-002 second" in text


def test_versions_written_at_the_same_time_are_both_in_the_teams_notes() -> None:
    call = call_of(real_week(), "tue")
    call.do("15:00", "start")
    typed(call, "15:03", "= one")
    seen = call.fold.run.captures[0]
    for text in ("one, here", "one, there"):
        edit = CaptureEdited(text, text, type="takeaway", capture=seen.id, over=seen.versions)
        call.happen(call.instant("15:04"), edit)
    text = notes(call.fold.run, call.instant("15:06"), "team")
    assert "- one, there" in text
    assert "  - also written as: one, here" in text


def test_lines_of_an_item_that_collects_a_kind_a_question_stand_under_their_question() -> None:
    text = notes(tuesday().fold.run, tuesday().instant("18:00"), "team")
    question = text.index("### What are enablers of rapid partnering?")
    assert text.index("- one page instead of forty") > question
    assert text.index("- nobody knows who may decide") < question


def test_ten_thousand_lines_are_written_well_under_a_second() -> None:
    call = tuesday()
    line = CaptureAdded(
        "x", "a line, which is *long* enough to be real", "takeaway", item="groups", room="2", by=("p03",)
    )
    call.fold.run = replace(
        call.fold.run, captures=type(call.fold.run.captures)([_copy(call, n, line) for n in range(10_000)])
    )
    notes(call.fold.run, call.instant("18:00"), "team")
    started = time.process_time()
    notes(call.fold.run, call.instant("18:00"), "participants")
    assert time.process_time() - started < 2.5  # a slow core under load; 0.25 s on a quiet one


def _copy(call: Call, number: int, line: CaptureAdded) -> object:
    return replace(call.fold.run.captures[0], id=f"n{number}", content=replace(line, text=f"{line.text} {number}"))


def test_a_communitys_own_template_is_used_and_its_text_is_already_escaped() -> None:
    call = call_of(real_week(), "tue")
    call.do("15:00", "start")
    typed(call, "15:03", "= a <b>bold</b> one")
    own = {"notes.md.j2": "{% for e in s.of('takeaway') %}* {{ e.text }}\n{% endfor %}"}
    assert notes(call.fold.run, call.instant("15:04"), "team", templates=own) == "* a &lt;b>bold&lt;/b> one\n"


@pytest.mark.parametrize(
    "source",
    [
        "{% for x in %}",
        "\n\n{{ s.nothing_like_it }}",
        "{{ s.__class__.__mro__ }}",
        "{{ 1 / 0 }}",
        "{% include 'other' %}",
        "{{ s.of('note').append(1) }}",
    ],
)
def test_a_faulty_template_is_a_sentence_that_names_it(source: str) -> None:
    call = call_of(real_week(), "tue")
    with pytest.raises(FacilitatorError, match=r"template notes\.md\.j2") as caught:
        notes(call.fold.run, call.instant("15:04"), "team", templates={"notes.md.j2": source})
    assert "\n" not in str(caught.value)

"""What can be done to a line that stands: every change is an event, and undo takes it back."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.calls import Call
from facilitator_tui.core import dictation, line_actions
from facilitator_tui.core.actions import Outcome, Refused
from facilitator_tui.core.capture import Capture
from facilitator_tui.core.events import CaptureEdited, CaptureRemoved
from harvest.tuesday import call_of, real_week

AT = "15:10"


class Notes:
    """Tuesday with its clock at ten past three, typed into by lines."""

    def __init__(self, *lines: str) -> None:
        self.call: Call = call_of(real_week(), "tue")
        self.call.do("15:00", "start")
        for line in lines:
            self.take(dictation.type_line(self.run, self.now, line).outcome)

    @property
    def run(self):  # type: ignore[no-untyped-def]
        return self.call.fold.run

    @property
    def now(self):  # type: ignore[no-untyped-def]
        return self.call.instant(AT)

    @property
    def context(self):  # type: ignore[no-untyped-def]
        return dictation.context_of(self.run, self.now)

    def take(self, outcome: Outcome) -> Outcome:
        self.call.happen(self.now, *outcome.payloads)
        return outcome

    @property
    def captures(self) -> list[Capture]:
        return list(self.run.shown_captures())

    def last(self) -> Capture:
        return self.captures[-1]


@pytest.mark.parametrize(
    ("word", "kind"), [("TAKE:", "takeaway"), ("scen", "scenario"), ("++", "enabler"), (" enabler ", "enabler")]
)
def test_a_line_gets_another_kind_by_any_of_its_words_or_its_sign(word: str, kind: str) -> None:
    notes = Notes("trust first")
    notes.take(line_actions.rekind(notes.run, notes.now, notes.last().id, word, notes.context))
    assert notes.last().content.type == kind


def test_an_unknown_kind_is_refused_with_the_words_there_are() -> None:
    notes = Notes("trust first")
    with pytest.raises(Refused, match=r"no kind 'xyz'.*take.*scen"):
        line_actions.rekind(notes.run, notes.now, notes.last().id, "xyz", notes.context)


def test_the_source_of_a_note_becomes_the_owner_when_it_is_made_an_action() -> None:
    notes = Notes("send the slides @stibbe")
    notes.take(line_actions.rekind(notes.run, notes.now, notes.last().id, "act", notes.context))
    assert (notes.last().content.owner, notes.last().content.by) == (("stibbe",), ())


def test_one_more_room_said_so() -> None:
    notes = Notes("++ trust n:2")
    notes.take(line_actions.count(notes.run, notes.now, notes.last().id))
    assert notes.last().content.count == 3


def test_a_count_never_falls_below_one() -> None:
    notes = Notes("++ trust")
    with pytest.raises(Refused, match="one is the least"):
        line_actions.count(notes.run, notes.now, notes.last().id, -1)


def test_joined_lines_add_their_counts_and_keep_both_lines_underneath() -> None:
    notes = Notes("++ trust first n:2 @p01", "++ trust before the crisis n:3 #equity")
    first, second = notes.captures
    notes.take(line_actions.merge(notes.run, notes.now, (first.id, second.id)))
    joined = notes.last().content
    assert len(notes.captures) == 1
    assert (joined.text, joined.count, joined.by, joined.tags) == ("trust first", 5, ("p01",), ("equity",))
    assert joined.raw == "++ trust first n:2 @p01\n++ trust before the crisis n:3 #equity"


def test_undoing_a_join_brings_both_lines_back_at_once() -> None:
    notes = Notes("one", "two")
    before = notes.captures
    first, second = before
    notes.call.happen(notes.now, *line_actions.merge(notes.run, notes.now, (first.id, second.id)).payloads)
    notes.call.do(AT, "undo")
    assert notes.captures == before


def test_a_line_is_not_joined_with_itself() -> None:
    notes = Notes("one")
    with pytest.raises(Refused, match="another line"):
        line_actions.merge(notes.run, notes.now, (notes.last().id, notes.last().id))


def test_a_removed_line_can_not_be_changed() -> None:
    notes = Notes("one")
    id = notes.last().id
    notes.take(line_actions.remove(notes.run, notes.now, id))
    with pytest.raises(Refused, match="undo brings it back"):
        line_actions.count(notes.run, notes.now, id)


def test_a_flag_goes_on_and_off_again() -> None:
    notes = Notes("one")
    for expected in (("off",), ()):
        notes.take(line_actions.flag(notes.run, notes.now, notes.last().id, "off"))
        assert notes.last().content.flags == expected


# ---------------------------------------------------------------- versions


def two_versions() -> Notes:
    notes = Notes("one")
    capture = notes.last()
    for text in ("here", "there"):
        content = CaptureEdited(text, text, capture=capture.id, over=capture.versions)
        notes.call.happen(notes.now, content)
    return notes


def test_versions_that_did_not_see_each_other_are_both_there_until_one_is_chosen() -> None:
    notes = two_versions()
    capture = notes.last()
    assert {capture.content.text, *(one.text for one in capture.others)} == {"here", "there"}
    kept = capture.others[0].text
    notes.take(line_actions.choose_version(notes.run, notes.now, capture.id, 1))
    assert (notes.last().content.text, notes.last().others) == (kept, ())


def test_a_line_of_one_version_has_none_to_choose() -> None:
    notes = Notes("one")
    with pytest.raises(Refused, match="one version only"):
        line_actions.choose_version(notes.run, notes.now, notes.last().id, 0)


# ---------------------------------------------------------------- unsure marks


def settled(line: str, mark: str, meant: str) -> Capture:
    notes = Notes(line)
    assert mark in notes.last().content.unsure
    notes.take(line_actions.settle(notes.run, notes.now, notes.last().id, mark, meant, notes.context))
    return notes.last()


def test_an_unsure_name_is_settled_by_the_person_who_was_meant() -> None:
    content = settled("trust first @participant, always", "@participant", "p07").content
    assert (content.by, content.unsure, content.text) == (("p07",), (), "trust first, always")


def test_an_unsure_mark_may_be_plain_text_after_all() -> None:
    content = settled("trust @nobody", "@nobody", "").content
    assert (content.by, content.unsure, content.text) == ((), (), "trust @nobody")


def test_an_unsure_date_is_settled_by_a_date() -> None:
    content = settled("! call due:soon", "due:soon", "fri").content
    assert (content.due, content.text, content.unsure) == ("2020-10-02", "call", ())


def test_an_unsure_room_is_settled_by_a_room() -> None:
    content = settled("said there r:?x", "r:?x", "3").content
    assert (content.room, content.text) == ("3", "said there")


def test_a_wrong_answer_is_refused_and_changes_nothing() -> None:
    notes = Notes("! call due:soon")
    with pytest.raises(Refused, match="a date like fri"):
        line_actions.settle(notes.run, notes.now, notes.last().id, "due:soon", "whenever", notes.context)


def test_a_stranger_from_a_chat_is_settled_and_the_name_leaves_the_text() -> None:
    content = settled("13:50:01 From Jane Roe to Everyone: speed needs trust", "Jane Roe", "p03").content
    assert (content.by, content.text) == (("p03",), "speed needs trust")


def test_the_people_a_mark_may_stand_for_are_offered() -> None:
    notes = Notes("trust @participant")
    assert line_actions.meanings(notes.run, "@participant")[:2] == ("p01", "p02")


# ---------------------------------------------------------------- from the capture line


@pytest.mark.parametrize(
    ("command", "field", "value"),
    [
        ("/kind take", "type", "takeaway"),
        ("/by p07", "by", ("p07",)),
        ("/by tpi", "by", ("o03",)),
        ("/off", "flags", ("off",)),
    ],
)
def test_a_command_changes_the_last_line(command: str, field: str, value: object) -> None:
    notes = Notes("one", "two", command)
    assert [getattr(one.content, field) == value for one in notes.captures] == [False, True]


def test_purge_takes_the_last_line_away() -> None:
    assert [one.content.text for one in Notes("one", "two", "/purge").captures] == ["one"]


def test_a_command_typed_while_a_line_is_edited_changes_that_line() -> None:
    notes = Notes("one", "two")
    notes.take(dictation.edit_capture(notes.run, notes.now, notes.captures[0].id, "/kind take"))
    assert [one.content.type for one in notes.captures] == ["takeaway", "note"]


def test_tags_typed_before_are_known_in_their_first_spelling() -> None:
    notes = Notes("one #Buddies", "two #buddies")
    assert notes.last().content.tags == ("Buddies",) and "Buddies" in notes.context.tags


# ---------------------------------------------------------------- laws

LINES = st.lists(
    st.sampled_from(["one", "++ two n:2", "! three @p07", "= four #equity", "five @nobody", "> six /ok"]),
    min_size=2,
    max_size=6,
)


@settings(deadline=None, max_examples=40)
@given(LINES, st.data())
def test_a_join_loses_no_count_and_no_raw_line(lines: list[str], data: st.DataObject) -> None:
    notes = Notes(*lines)
    before = notes.captures
    chosen = data.draw(st.lists(st.sampled_from(before), min_size=2, max_size=4, unique_by=lambda one: one.id))
    outcome = notes.take(line_actions.merge(notes.run, notes.now, [one.id for one in chosen]))
    assert sum(one.content.count for one in notes.captures) == sum(one.content.count for one in before)
    kept = {raw for one in notes.captures for raw in one.content.raw.split("\n")}
    assert kept == {one.content.raw for one in before}
    assert sum(isinstance(one, CaptureRemoved) for one in outcome.payloads) == len(chosen) - 1

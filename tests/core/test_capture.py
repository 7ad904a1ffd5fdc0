"""What a typed line becomes; each claim of the capture line's grammar, and what holds for every line."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facilitator_tui.core.capture import (
    Capture,
    Command,
    Context,
    Nothing,
    as_json,
    line_of,
    parse,
    read_capture,
)
from facilitator_tui.core.completion import complete
from facilitator_tui.core.events import CaptureAdded, payload_of, values_of
from facilitator_tui.core.grammar import kind_words, opening, token
from facilitator_tui.core.plan import KindWording, Organisation, Participant, Roster
from facilitator_tui.core.revision import (
    changed_fields,
    counted,
    flagged,
    line_to_edit,
    merged,
    rekinded,
    revised,
    settled,
    sourced,
)
from facilitator_tui.core.text import clean, fold_case
from facilitator_tui.core.waterfall import captures

ROSTER = Roster(
    people=(
        Participant("stibbe", "Darian Stibbe", org="o03"),
        Participant("pfisterer", "Stella Pfisterer", org="o04"),
        Participant("p01", "Ana Núñez"),
        Participant("p02", "Anabel O'Brien"),
        Participant("brouwer", "Herman Brouwer"),
    ),
    orgs=(Organisation("o03", "The Partnering Initiative", short="TPI"), Organisation("o04", "PrC")),
)
CONTEXT = Context(
    item="groups",
    question=1,
    session_day=date(2020, 9, 29),
    kinds={"scenario": KindWording("Future scenarios", "scen")},
    roster=ROSTER,
    tags=("equity", "SDG17"),
)


def read(line: str, context: Context = CONTEXT) -> CaptureAdded:
    found = parse(line, context)
    assert isinstance(found, CaptureAdded), found
    return found


# ---------------------------------------------------------------- lines


@pytest.mark.parametrize("line", ["", " ", "\t", " \n "])
def test_an_empty_line_is_nothing(line: str) -> None:
    assert parse(line, CONTEXT) == Nothing()


def test_a_bare_line_is_a_note_with_its_stamps() -> None:
    assert read("trust matters", replace(CONTEXT, room="3")) == CaptureAdded(
        "trust matters", "trust matters", item="groups", room="3", question=1
    )


def test_the_worked_line_of_the_guide() -> None:
    found = read("= evidence is needed, but learning as well #impact")
    assert (found.type, found.text, found.tags) == (
        "takeaway",
        "evidence is needed, but learning as well",
        ("impact",),
    )


def test_a_question_mark_inside_is_still_a_note() -> None:
    found = read("what about Q3? fine")
    assert (found.type, found.text, found.unsure) == ("note", "what about Q3? fine", ())


def test_a_ratio_stays_and_the_room_is_taken() -> None:
    found = read("ratio 3:1 and r:2")
    assert (found.text, found.room, found.unsure) == ("ratio 3:1 and", "2", ())


def test_mail_addresses_and_numbers_stay_text() -> None:
    line = "mail ana@example.org about #1"
    assert (read(line).text, read(line).tags, read(line).unsure) == (line, (), ())


def test_literal_text_is_kept_exactly() -> None:
    found = read("' = not a takeaway  #tag @stibbe ")
    assert found.text == " = not a takeaway  #tag @stibbe "
    assert (found.type, found.tags, found.by) == ("note", (), ())


def test_an_apostrophe_alone_is_text() -> None:
    assert read("'").text == "'"


def test_a_line_starting_with_a_url_is_a_resource() -> None:
    found = read("https://example.org/#part-2 the guide #impact")
    assert (found.type, found.text, found.tags) == (
        "resource",
        "https://example.org/#part-2 the guide",
        ("impact",),
    )


def test_a_kind_of_the_plan_is_typed_by_its_word() -> None:
    assert read("Scen: a platform in every country").type == "scenario"


def test_a_ticked_box_is_an_action_that_is_done() -> None:
    found = read("- [x] send the list")
    assert (found.type, found.flags, found.text) == ("action", ("done",), "send the list")


def test_spacing_inside_the_text_stays_as_typed() -> None:
    assert read("a  b   c").text == "a  b   c"


def test_a_line_of_tokens_keeps_them_as_its_text() -> None:
    found = read("= #impact @stibbe")
    assert (found.type, found.text, found.tags, found.by) == (
        "takeaway",
        "#impact @stibbe",
        ("impact",),
        ("stibbe",),
    )


# ---------------------------------------------------------------- people


@pytest.mark.parametrize(
    ("typed", "id"),
    [
        *(("stibbe", "stibbe"), ("STIBBE", "stibbe"), ("dar", "stibbe"), ("nunez", "p01"), ("Núñ", "p01")),
        *(("tpi", "o03"), ("init", "o03"), ("obrien", "p02"), ("o'brien", "p02"), ("p02", "p02")),
    ],
)
def test_a_name_is_an_id_or_the_only_start_of_a_name_word(typed: str, id: str) -> None:
    found = read(f"trust @{typed} matters")
    assert (found.by, found.text, found.unsure) == ((id,), "trust matters", ())


@pytest.mark.parametrize("typed", ["@ana", "@nobody", "@an"])
def test_an_unknown_or_ambiguous_name_stays_in_the_text_and_is_unsure(typed: str) -> None:
    found = read(f"trust {typed}, always")
    assert (found.by, found.text, found.unsure) == ((), f"trust {typed}, always", (typed,))


def test_a_person_is_the_source_of_a_note_and_the_owner_of_an_action() -> None:
    assert read("trust @stibbe").by == ("stibbe",)
    action = read("! send the list @stibbe @pfisterer")
    assert (action.by, action.owner) == ((), ("stibbe", "pfisterer"))


def test_somebody_named_twice_counts_once() -> None:
    assert read("! call @stibbe and @dar").owner == ("stibbe",)


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("trust matters @stibbe.", "trust matters."),
        ("! call @stibbe, please", "call, please"),
        ("! @stibbe: call", "call"),
        ("said (@stibbe) today", "said today"),
        ("(as @stibbe said)", "(as said)"),
        ("really? @stibbe.", "really?"),
        ("by @stibbe, @pfisterer, @brouwer", "by"),
    ],
)
def test_punctuation_around_a_name_stays_with_the_text(line: str, text: str) -> None:
    found = read(line)
    assert (found.text, found.unsure) == (text, ())


# ---------------------------------------------------------------- other tokens


def test_tags_leave_their_sign_and_the_text() -> None:
    found = read("trust #rapid-partnering, #impact. #impact")
    assert (found.tags, found.text) == (("rapid-partnering", "impact"), "trust.")


def test_a_tag_already_in_use_keeps_its_spelling() -> None:
    assert read("trust #Equity #sdg17 #New").tags == ("equity", "SDG17", "New")


def test_question_count_and_room_of_the_line_go_before_the_stamps() -> None:
    found = read("x q:2 n:5 r:4", replace(CONTEXT, room="3"))
    assert (found.question, found.count, found.room, found.text) == (2, 5, "4", "x")


def test_a_named_room_is_known_by_its_id_in_any_case() -> None:
    rooms = replace(CONTEXT, rooms=("lead1", "agile1"))
    assert read("x r:LEAD1", rooms).room == "lead1"
    assert read("x r:lead9", rooms).unsure == ("r:lead9",)


@pytest.mark.parametrize("flag", ["ok", "anon", "off", "done"])
def test_a_flag_is_taken_anywhere_in_any_case(flag: str) -> None:
    assert read(f"trust /{flag.upper()} matters").flags == (flag,)
    assert read(f"/{flag} trust").flags == (flag,)
    assert read(f"/{flag} trust").text == "trust"


def test_a_due_date_is_counted_from_the_sessions_day() -> None:
    assert read("! call due:fri").due == "2020-10-02"
    assert read("! call DUE:9oct").due == "2020-10-09"


@pytest.mark.parametrize("typed", ["due:whenever", "q:0", "q:x", "n:0", "n:9999999", "#a&b", "/soon", "@nobody"])
def test_what_is_not_understood_stays_and_is_listed(typed: str) -> None:
    found = read(f"trust {typed} matters")
    assert (found.text, found.unsure) == (f"trust {typed} matters", (typed,))


# ---------------------------------------------------------------- commands


@pytest.mark.parametrize(
    ("line", "command"),
    [
        ("/undo", Command("undo")),
        ("/edit", Command("edit")),
        ("/off", Command("off")),
        ("/purge", Command("purge")),
        ("/room 3", Command("room", "3")),
        ("/room -", Command("room", "-")),
        ("/room", Command("room")),
        ("/q 2", Command("q", "2")),
        ("/KIND take", Command("kind", "take")),
        ("/by Darian Stibbe", Command("by", "Darian Stibbe")),
        ("/find trust and speed ", Command("find", "trust and speed")),
    ],
)
def test_a_command_is_its_word_and_its_argument(line: str, command: Command) -> None:
    assert parse(line, CONTEXT) == command


@pytest.mark.parametrize("line", ["/undo what they did", "/room 3 said it", "/nonsense", "/purge all of it"])
def test_what_is_no_command_is_a_note_marked_unsure(line: str) -> None:
    found = read(line)
    assert (found.type, found.text, found.unsure) == ("note", line, (line.split()[0],))


def test_a_path_is_plain_text() -> None:
    assert read("/usr/bin is full").unsure == ()


def test_pasted_text_never_gives_orders() -> None:
    assert read_capture("/purge", CONTEXT).text == "/purge"


# ---------------------------------------------------------------- every line

SIGNS_AND_WORDS = (
    "= == ! ? > & - -- + ++ • ' [ ] [x] note: SCEN: @stibbe @ana, @dar. #impact #1 r:2 r:x q:9 q: n:3 n:0"
    " due:fri due:x /ok /off /undo /room 3:1 a.b@c.de https://a.org trust Q3? 3 — ¿Qué? 信 [/] [red]x"
)
PIECES = st.sampled_from(SIGNS_AND_WORDS.split(" "))
LINES = st.one_of(
    st.text(max_size=40),
    st.lists(PIECES, max_size=7).map(" ".join),
    st.lists(st.one_of(PIECES, st.text(max_size=5)), max_size=7).map("".join),
)
CONTEXTS = st.builds(
    replace,
    st.just(CONTEXT),
    room=st.sampled_from(["", "3"]),
    rooms=st.sampled_from([(), ("1", "lead1")]),
    session_day=st.sampled_from([None, date(2020, 9, 29), date(9999, 12, 31)]),
)


def every_line(test: Callable[[str, Context], None]) -> Callable[[], None]:
    return settings(deadline=None, max_examples=150)(given(LINES, CONTEXTS)(test))


@every_line
def test_no_line_raises_and_none_is_refused(line: str, context: Context) -> None:
    found = parse(line, context)
    assert isinstance(found, Nothing) == (not clean(line, newlines=True).strip())


@every_line
def test_the_raw_line_is_kept_as_typed(line: str, context: Context) -> None:
    assert read_capture(line, context).raw == clean(line, newlines=True)


@every_line
def test_a_capture_always_has_text_and_only_known_values(line: str, context: Context) -> None:
    found = read_capture(line, context)
    assert found.text.strip() or not found.raw.strip()
    assert found.count >= 1
    assert found.question >= 0
    assert not found.due or date.fromisoformat(found.due)
    assert not (found.by and found.owner)


@every_line
def test_no_word_is_ever_lost(line: str, context: Context) -> None:
    found = read_capture(line, context)
    behind = opening(found.raw, kind_words(context.kinds)).rest
    for word in [] if found.raw.lstrip().startswith("'") else behind.split():
        taken = token(word)
        understood = taken is not None and taken.typed not in found.unsure
        assert understood or word in found.text


@every_line
def test_what_is_unsure_stands_in_the_text(line: str, context: Context) -> None:
    found = read_capture(line, context)
    assert all(mark in found.text for mark in found.unsure)


@every_line
def test_reading_the_line_to_edit_gives_the_same_again(line: str, context: Context) -> None:
    found = read_capture(line, context)
    assert read_capture(line_of(found), context) == found


@every_line
def test_a_capture_survives_the_log(line: str, context: Context) -> None:
    found = read_capture(line, context)
    assert payload_of(found.kind, values_of(found)) == found


@settings(deadline=None, max_examples=100)
@given(st.text(max_size=30).filter(lambda text: text.strip()))
def test_literal_text_is_never_touched(text: str) -> None:
    assert read("'" + text).text == clean("'" + text, newlines=True)[1:] or not clean(text).strip()


def test_a_very_long_line_is_read_at_once() -> None:
    line = "! " + "word @nobody (" * 8_000 + "@" + "." * 60_000 + "a" + " #x/" * 2_000
    assert len(read(line).text) > 150_000


def test_a_line_of_thousands_of_names_is_text() -> None:
    line = " ".join(f"@x{number}" for number in range(5_000))
    assert (read(line).text, len(read(line).unsure)) == (line, 5_000)


# ---------------------------------------------------------------- editing


def test_an_edited_line_keeps_what_a_command_had_changed() -> None:
    typed = read("= evidence @stibbe q:2")
    moved = rekinded(typed, "inh", CONTEXT)
    assert moved is not None
    edited = revised(moved, "= evidence and learning @stibbe q:2 #impact", CONTEXT)
    assert (edited.type, edited.text, edited.tags, edited.by, edited.question) == (
        "inhibitor",
        "evidence and learning",
        ("impact",),
        ("stibbe",),
        2,
    )


def test_an_edit_keeps_item_room_and_question_of_the_capture() -> None:
    typed = read("trust", replace(CONTEXT, item="input", room="3", question=2))
    edited = revised(typed, "more trust", CONTEXT)
    assert (edited.item, edited.room, edited.question, edited.raw) == ("input", "3", 2, "more trust")


def test_a_room_taken_out_of_the_line_is_gone() -> None:
    assert revised(read("trust r:3"), "trust", CONTEXT).room == ""


@every_line
def test_an_edit_that_changes_nothing_changes_nothing(line: str, context: Context) -> None:
    typed = counted(flagged(read_capture(line, context), "anon"))
    assert line_to_edit(typed, context) == line_of(typed)
    assert revised(typed, line_of(typed), context) == typed


@every_line
def test_an_edit_of_one_word_changes_only_the_text(line: str, context: Context) -> None:
    typed = counted(read_capture("trust " + line, context))
    edited = revised(typed, "distrust " + line, context)
    assert set(changed_fields(typed, edited)) <= {"raw", "text"}


def test_a_line_from_a_chat_is_edited_by_its_text() -> None:
    (said,) = captures("13:50:01 From Darian Stibbe to Everyone: = speed needs #trust", CONTEXT)
    assert line_to_edit(said, CONTEXT) == "'= speed needs #trust"
    edited = revised(said, "'speed needs trust", CONTEXT)
    assert (edited.text, edited.by, edited.type) == ("speed needs trust", ("stibbe",), "note")


def test_a_merged_capture_keeps_its_count_when_edited() -> None:
    one = merged([read("trust @stibbe #a"), read("trust! @pfisterer #b")])
    edited = revised(one, "'trust first", CONTEXT)
    assert (edited.text, edited.count, edited.by, edited.tags) == (
        "trust first",
        2,
        ("stibbe", "pfisterer"),
        ("a", "b"),
    )


def test_the_owner_of_an_action_becomes_the_source_of_a_note() -> None:
    note = rekinded(read("! call @stibbe"), "note:", CONTEXT)
    assert note is not None
    assert (note.by, note.owner) == (("stibbe",), ())
    assert rekinded(note, "nonsense", CONTEXT) is None


def test_a_flag_goes_on_and_off() -> None:
    typed = read("trust")
    assert flagged(typed, "ok").flags == ("ok",)
    assert flagged(flagged(typed, "ok"), "ok") == typed


def test_one_more_room_said_this() -> None:
    assert counted(read("trust n:4")).count == 5
    assert counted(read("trust"), -3).count == 1


def test_an_unsure_mark_is_settled_as_a_person_or_as_text() -> None:
    typed = read("trust @ana, always")
    assert settled(typed, "@ana") == replace(typed, unsure=())
    known = settled(typed, "@ana", "p01")
    assert (known.by, known.unsure, known.text) == (("p01",), (), "trust, always")


def test_a_source_is_set_by_hand() -> None:
    assert sourced(read("trust @stibbe"), "p01").by == ("p01",)
    assert sourced(read("! call"), "p01").owner == ("p01",)


def test_merged_captures_add_up_and_keep_every_line() -> None:
    one = merged([read("trust @stibbe n:2 #a"), read("trust! @pfisterer due:fri #b"), read("trust")])
    assert (one.count, one.by, one.tags, one.due) == (4, ("stibbe", "pfisterer"), ("a", "b"), "2020-10-02")
    assert one.raw.splitlines() == ["trust @stibbe n:2 #a", "trust! @pfisterer due:fri #b", "trust"]


def test_two_versions_are_told_apart_by_field() -> None:
    assert changed_fields(read("trust"), read("trust #a")) == ("raw", "tags")


# ---------------------------------------------------------------- JSON


def test_the_json_of_a_full_capture() -> None:
    typed = read("! call @stibbe @tpi #a due:fri n:2 r:3 q:2 /ok @nobody")
    at = datetime(2020, 9, 29, 13, 50, 1, 987_000, UTC)
    assert as_json(Capture("id-1", at, typed, ("id-1",))) == {
        "id": "id-1",
        "at": "2020-09-29T13:50:01Z",
        "item": "groups",
        "kind": "action",
        "text": "call @nobody",
        "raw": "! call @stibbe @tpi #a due:fri n:2 r:3 q:2 /ok @nobody",
        "by": None,
        "owner": ["stibbe", "o03"],
        "tags": ["a"],
        "room": "3",
        "question": 2,
        "count": 2,
        "due": "2020-10-02",
        "flags": ["ok"],
        "unsure": ["@nobody"],
    }


def test_the_json_of_a_bare_note_has_nulls_and_empty_lists() -> None:
    plain = as_json(Capture("x", datetime(2020, 9, 29, tzinfo=UTC), read("trust", Context()), ("x",)))
    nothing = {name: plain[name] for name in ("item", "by", "room", "question", "due")}
    assert nothing == dict.fromkeys(nothing)
    assert plain["owner"] == plain["tags"] == plain["flags"] == plain["unsure"] == []
    assert json.dumps(plain)


def test_several_sources_are_one_string() -> None:
    capture = Capture("x", datetime(2020, 9, 29, tzinfo=UTC), read("a @stibbe @tpi"), ("x",))
    assert as_json(capture)["by"] == "stibbe, o03"


# ---------------------------------------------------------------- completion


@pytest.mark.parametrize(
    ("line", "completed"),
    [
        ("trust @pfi", "trust @pfisterer "),
        ("trust @núñ", "trust @p01 "),
        ("trust #eq", "trust #equity "),
        ("trust r:le", "trust r:lead1 "),
        ("/room le", "/room lead1 "),
        ("/by Darian Sti", "/by stibbe "),
        ("/kind sce", "/kind scen "),
        ("/un", "/undo "),
    ],
)
def test_tab_completes_people_tags_rooms_kinds_and_commands(line: str, completed: str) -> None:
    offered = complete(line, len(line), replace(CONTEXT, rooms=("lead1", "agile1")))
    assert offered[0].applied(line) == completed


def test_an_ambiguous_name_offers_everybody_it_fits() -> None:
    assert [one.text for one in complete("@ana", 4, CONTEXT)] == ["@p01 ", "@p02 "]
    assert complete("@ana", 4, CONTEXT)[0].label == "Ana Núñez"


def test_plain_words_are_not_completed() -> None:
    assert complete("trust", 5, CONTEXT) == ()


@settings(deadline=None, max_examples=100)
@given(LINES, st.integers(-3, 60))
def test_completing_takes_any_line_and_any_place_in_it(line: str, cursor: int) -> None:
    for one in complete(line, cursor, CONTEXT):
        assert one.text in one.applied(line)


@pytest.mark.parametrize("begun", ["@p", "@t", "@an", "#e", "r:", "r:l"])
@pytest.mark.parametrize("before", ["", "trust ", "= ", "! send it ", "-- a b "])
def test_what_is_completed_is_understood(before: str, begun: str) -> None:
    context = replace(CONTEXT, rooms=("lead1", "2"))
    line = before + begun
    offered = complete(line, len(line), context)
    assert offered
    assert [one.text for one in offered if read(f"x {one.text}", context).unsure] == []


# ---------------------------------------------------------------- the page in docs

PAGE = (Path(__file__).parents[2] / "docs" / "capture.md").read_text(encoding="utf-8")
EXAMPLES = [(row[1], row[2]) for row in re.finditer(r"^\| `` ?(.+?) ?`` \| (.+?) \|$", PAGE, re.MULTILINE)]


def said_in_words(found: CaptureAdded | Command | Nothing) -> str:
    """How the page writes what a line becomes."""
    if isinstance(found, Command):
        return f"command {found.name}" + (f" `{found.argument}`" if found.argument else "")
    assert isinstance(found, CaptureAdded)
    parts = [f"{found.type} “{found.text}”"]
    parts += [f"by {', '.join(found.by)}"] if found.by else []
    parts += [f"owner {', '.join(found.owner)}"] if found.owner else []
    parts += [f"tags {', '.join(found.tags)}"] if found.tags else []
    parts += [f"room {found.room}"] if found.room else []
    parts += [f"question {found.question}"] if found.question else []
    parts += [f"count {found.count}"] if found.count > 1 else []
    parts += [f"due {found.due}"] if found.due else []
    parts += [f"flags {', '.join(found.flags)}"] if found.flags else []
    parts += [f"unsure {' '.join(found.unsure)}"] if found.unsure else []
    return " · ".join(parts)


@pytest.mark.parametrize(("line", "becomes"), EXAMPLES)
def test_every_example_of_the_page_holds(line: str, becomes: str) -> None:
    context = replace(CONTEXT, item="", question=0)
    assert said_in_words(parse(line, context)) == becomes


def test_the_page_has_examples_and_names_every_command() -> None:
    assert len(EXAMPLES) > 40
    assert all(
        f"/{name}" in fold_case(PAGE) for name in ("undo", "edit", "off", "purge", "room", "q", "kind", "by", "find")
    )

"""Messages fill themselves, and the right one is chosen for the moment."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facilitator_tui.core.dictation import type_line
from facilitator_tui.core.events import MessageCopied, RoomsOpened
from facilitator_tui.core.messages import (
    FIELDS,
    Moment,
    Stage,
    fill,
    filled,
    in_language,
    known_fields,
    languages,
    local_times,
    messages_of,
    numbered,
    room_lines,
    suggest,
)
from facilitator_tui.core.moment import message_moment, stage_of
from facilitator_tui.core.plan import Item, MessageTemplate, Plan, Programme
from facilitator_tui.core.rundown import rundown
from harvest.tuesday import call_of, real_week

MOMENT = Moment(
    title="Groups",
    minutes="35",
    ends="16:21",
    rooms="Room 1: Ana",
    links={"call": "https://meet.example.org", "map-2": "https://map.example.org"},
)
BERLIN = ZoneInfo("Europe/Berlin")
WELCOME = MessageTemplate("welcome", "Welcome to {title}", translations={"es": "Hola: {title}"})
PLAN = Plan(
    programme=Programme("p", "P", BERLIN),
    sessions=(),
    messages=(
        WELCOME,
        MessageTemplate("go-rooms", "{minutes}"),
        MessageTemplate("half-time", "Half", where="rooms"),
        MessageTemplate("two-minutes", "Two", where="rooms"),
        MessageTemplate("goodbye", "Bye"),
        MessageTemplate("missed", "We missed you", where="mail"),
    ),
    send={
        "welcome": ("welcome",),
        "breakout": ("go-rooms", "half-time", "two-minutes"),
        "close": ("goodbye",),
    },
)
GROUPS = Item("groups", "Groups", timedelta(minutes=35), kind="breakout")


def in_rooms(left: float, **more: object) -> Stage:
    stage = Stage(live=GROUPS, rooms_total=timedelta(minutes=35), rooms_remaining=timedelta(minutes=left))
    return replace(stage, **more)  # type: ignore[arg-type]


# ---------------------------------------------------------------- filling


def test_fields_and_links_are_filled() -> None:
    assert fill("{title}: {minutes} min until {ends} {call} {map-2}", MOMENT) == (
        "Groups: 35 min until 16:21 https://meet.example.org https://map.example.org"
    )


@pytest.mark.parametrize(
    "name",
    [
        *("title", "minutes", "ends", "speaker", "questions", "question"),
        *("rooms", "next", "call", "pad", "mine", "takeaways3"),
    ],
)
def test_every_field_of_the_guide_is_known(name: str) -> None:
    assert name in FIELDS
    assert name in known_fields()


def test_a_link_of_the_plan_is_a_field() -> None:
    assert known_fields(["map"]) == {*FIELDS, "map"}


def test_a_field_without_a_value_shows_that_it_is_empty() -> None:
    assert fill("by {speaker}, in {pad}", Moment()) == "by …, in …"


@pytest.mark.parametrize(
    "text", ["{", "}", "{}", "{{", "{ title }", "{0}", "{title", "{a.b}", "{title!r}", "{nobody}", "%s"]
)
def test_braces_that_are_no_field_stay(text: str) -> None:
    assert fill(text, MOMENT) == text


def test_what_is_filled_in_is_not_read_again() -> None:
    assert fill("{title}", replace(MOMENT, title="{call} {")) == "{call} {"


@settings(deadline=None, max_examples=150)
@given(st.text(st.sampled_from("{}title pad0!:.[]"), max_size=30))
def test_no_text_raises(text: str) -> None:
    assert fill(text, MOMENT) == text or "{title}" in text or "{pad}" in text


def test_questions_are_numbered_and_one_alone_is_not() -> None:
    assert numbered(["Why?", "How?"]) == "1. Why?\n2. How?"
    assert numbered(["Why?"]) == "Why?"
    assert numbered([]) == ""


def test_rooms_are_one_line_each() -> None:
    assert room_lines([("Room 1", ["Ana", "Bo"]), ("Quiet", [])]) == "Room 1: Ana, Bo\nQuiet"


# ---------------------------------------------------------------- languages


def test_another_language_is_used_where_there_is_a_translation() -> None:
    assert filled(WELCOME, MOMENT, "es") == "Hola: Groups"
    assert filled(WELCOME, MOMENT, "ES-mx") == "Hola: Groups"
    assert in_language(WELCOME, "fr") == in_language(WELCOME) == "Welcome to {title}"


def test_the_language_key_steps_through_what_there_is() -> None:
    assert languages(WELCOME, "en") == ("en", "es")
    assert languages(PLAN.messages[1]) == ("",)


# ---------------------------------------------------------------- local times

END = datetime(2020, 9, 29, 14, 21, tzinfo=UTC)


def test_people_in_one_zone_need_no_city() -> None:
    assert local_times(END, BERLIN) == "16:21"
    assert local_times(END, BERLIN, ["Europe/Berlin", "Europe/Amsterdam", "Africa/Johannesburg"]) == "16:21"


def test_each_other_time_is_named_once_by_the_city_most_share() -> None:
    zones = ["America/Costa_Rica", "Africa/Nairobi", "Africa/Nairobi", "Asia/Kolkata", "Africa/Addis_Ababa"]
    assert local_times(END, BERLIN, zones) == "16:21 Berlin · 08:21 Costa Rica · 17:21 Nairobi · 19:51 Kolkata"


def test_another_date_is_marked() -> None:
    late = datetime(2020, 9, 29, 21, 0, tzinfo=UTC)
    assert local_times(late, BERLIN, ["Asia/Tokyo"]) == "23:00 Berlin · 06:00 +1d Tokyo"
    early = datetime(2020, 9, 28, 23, 0, tzinfo=UTC)
    assert local_times(early, BERLIN, ["America/Bogota"]) == "01:00 Berlin · 18:00 -1d Bogota"


@pytest.mark.parametrize("zone", ["", "Mars/Base", "../etc/passwd", "Europe", "\x00"])
def test_an_unknown_zone_is_left_out(zone: str) -> None:
    assert local_times(END, BERLIN, [zone]) == "16:21"


def test_summer_time_is_that_of_the_day() -> None:
    between = datetime(2026, 3, 20, 14, 0, tzinfo=UTC)
    assert local_times(between, BERLIN, ["America/New_York"]) == "15:00 Berlin · 10:00 New York"


# ---------------------------------------------------------------- the right one


def test_before_the_session_it_is_the_welcome() -> None:
    assert suggest(PLAN, Stage()) == "welcome"


def test_after_the_session_it_is_the_goodbye() -> None:
    assert suggest(PLAN, Stage(finished=True)) == "goodbye"


@pytest.mark.parametrize(("kind", "id"), [("welcome", "welcome"), ("close", "goodbye"), ("input", "")])
def test_an_item_suggests_the_message_of_its_kind(kind: str, id: str) -> None:
    assert suggest(PLAN, Stage(live=Item("x", "X", timedelta(minutes=5), kind=kind))) == id


def test_a_breakout_begins_with_the_rooms() -> None:
    assert suggest(PLAN, Stage(live=GROUPS)) == "go-rooms"


@pytest.mark.parametrize(
    ("left", "id"), [(30, ""), (17.5, "half-time"), (10, "half-time"), (2, "two-minutes"), (0, "two-minutes")]
)
def test_running_rooms_get_half_time_then_two_minutes(left: float, id: str) -> None:
    assert suggest(PLAN, in_rooms(left)) == id


def test_a_message_already_copied_is_not_suggested_to_rooms_again() -> None:
    assert suggest(PLAN, in_rooms(10, copied=frozenset({"half-time"}))) == ""


def test_an_item_with_messages_of_its_own_uses_those() -> None:
    own = replace(GROUPS, send=("two-minutes", "nonsense"))
    assert [message.id for message in messages_of(PLAN, own)] == ["two-minutes"]
    assert suggest(PLAN, in_rooms(10, live=own)) == ""
    assert suggest(PLAN, in_rooms(1.5, live=own)) == "two-minutes"


def test_messages_to_rooms_with_any_id_are_spread_and_the_last_is_for_the_end() -> None:
    plan = replace(
        PLAN,
        messages=tuple(MessageTemplate(id, id, where="rooms") for id in "abc"),
        send={"breakout": tuple("abc")},
    )
    assert [suggest(plan, in_rooms(left)) for left in (30, 22, 11, 1)] == ["", "a", "b", "c"]


def test_a_plan_without_messages_suggests_none() -> None:
    bare = replace(PLAN, messages=(), send={})
    assert [suggest(bare, stage) for stage in (Stage(), Stage(finished=True), in_rooms(1), Stage(live=GROUPS))] == [
        ""
    ] * 4


def test_a_kind_that_sends_an_unknown_message_suggests_none() -> None:
    assert suggest(replace(PLAN, messages=()), Stage()) == ""


# ---------------------------------------------------------------- what was copied


def due_on_tuesday(*copied: str) -> str:
    """The message for the second minute of Tuesday, with these copied in its first item."""
    call = call_of(real_week(), "tue")
    call.do("15:00", "start")
    for id in copied:
        call.happen(call.instant("15:01"), MessageCopied(id, "hello"))
    run = call.fold.run
    return suggest(run.plan, stage_of(run, rundown(run, call.instant("15:02"))))


def test_the_welcome_is_the_message_for_the_start_also_when_it_was_copied_once() -> None:
    assert (due_on_tuesday(), due_on_tuesday("welcome")) == ("welcome", "welcome")


def test_a_message_to_rooms_that_was_copied_in_this_breakout_is_not_due_again() -> None:
    call = call_of(real_week(), "tue")
    call.do("15:00", "start")
    call.do("15:46", "goto", "groups")
    call.happen(call.instant("15:46"), RoomsOpened("groups", 1800))
    at = call.instant("16:03")
    assert suggest(call.plan, stage_of(call.fold.run, rundown(call.fold.run, at))) == "half-time"
    call.happen(at, MessageCopied("half-time", "groups"))
    assert suggest(call.plan, stage_of(call.fold.run, rundown(call.fold.run, at))) == ""
    later = call.instant("16:14:30")
    assert suggest(call.plan, stage_of(call.fold.run, rundown(call.fold.run, later))) == "two-minutes"


def test_take_aways_off_the_record_are_in_no_message() -> None:
    call = call_of(real_week(), "tue")
    call.do("15:00", "start")
    for line in ("= told", "= secret /off"):
        call.happen(call.instant("15:01"), *type_line(call.fold.run, call.instant("15:01"), line).outcome.payloads)
    run, missed = call.fold.run, call.plan.message("missed")
    assert missed is not None
    assert message_moment(run, rundown(run, call.instant("15:02")), missed).takeaways3 == "told"

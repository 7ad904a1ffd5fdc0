"""Pasted chats and lists: who wrote what, when, and how often."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facilitator_tui.core.capture import Context
from facilitator_tui.core.plan import Participant, Roster
from facilitator_tui.core.text import clean
from facilitator_tui.core.waterfall import Said, captures, counted, is_chat, split

CONTEXT = Context(
    item="harvest",
    room="2",
    question=1,
    session_day=date(2020, 9, 29),
    roster=Roster((Participant("stibbe", "Darian Stibbe"), Participant("p01", "Ana Núñez"))),
)
AT = timedelta(hours=13, minutes=50, seconds=1)


@pytest.mark.parametrize("day", ["9/29/2020 3:05 PM", "29.09.2020 15:05", "29/09/2020, 15:05:00", "2020-09-29 15:05"])
def test_a_heading_may_tell_the_day_in_any_order(day: str) -> None:
    first, second = split(f"[{day}] Ana Núñez\nspeed\n[{day}] Bo Berg: trust\n")
    assert [(one.sender, one.text) for one in (first, second)] == [("Ana Núñez", "speed"), ("Bo Berg", "trust")]
    assert first.clock == timedelta(hours=15, minutes=5)


def only(block: str) -> Said:
    (one,) = split(block)
    return one


@pytest.mark.parametrize(
    "block",
    [
        "13:50:01 From Ana Núñez to Everyone: speed needs trust",
        "13:50:01\t From  Ana Núñez  to  Everyone : speed needs trust",
        "13:50:01\t From  Ana Núñez : speed needs trust",
        "13:50:01 From Ana Núñez to Everyone:\n\tspeed needs trust",
        "13:50:01 From Ana Núñez to Everyone:\r\n\r\n\tspeed needs trust\r\n",
        "2022-03-21 13:50:01 From Ana Núñez to Everyone:\n\tspeed needs trust",
        "13:50:01 Von Ana Núñez an Alle: speed needs trust",
        "13:50:01 De Ana Núñez para Todos: speed needs trust",
        "13:50:01\tAna Núñez:\tspeed needs trust",
        "[13:50:01] Ana Núñez : speed needs trust",
        "[13:50:01] Ana Núñez: speed needs trust",
        "[1:50:01 PM] Ana Núñez\nspeed needs trust",
        "[Tue 13:50:01] Ana Núñez: speed needs trust",
        "Ana Núñez to Everyone 1:50:01 PM\nspeed needs trust",
        "\ufeff13:50:01 From Ana Núñez to Everyone: speed needs trust",
    ],
)
def test_sender_and_clock_are_recognised(block: str) -> None:
    one = only(block)
    assert (one.sender, one.clock, one.text) == ("Ana Núñez", AT, "speed needs trust")


@pytest.mark.parametrize(
    "block",
    [
        "From Ana Núñez to Everyone: (01:50 PM) speed needs trust",
        "From Ana Núñez to Everyone: (01:50 PM)speed needs trust",
        "From Ana Núñez to Everyone:  01:50 PM\nspeed needs trust",
        "Ana Núñez to Everyone 1:50 PM\nspeed needs trust",
        "[13:50] Ana Núñez : speed needs trust",
    ],
)
def test_a_clock_without_seconds_is_enough(block: str) -> None:
    one = only(block)
    assert (one.sender, one.clock, one.text) == (
        "Ana Núñez",
        timedelta(hours=13, minutes=50),
        "speed needs trust",
    )


@pytest.mark.parametrize(("clock", "hours"), [("12:05 AM", 0), ("12:05 PM", 12), ("1:05 a.m.", 1), ("11:05 pm", 23)])
def test_a_twelve_hour_clock_is_read(clock: str, hours: int) -> None:
    assert only(f"[{clock}] Ana: hi").clock == timedelta(hours=hours, minutes=5)


@pytest.mark.parametrize("clock", ["25:00", "10:75", "13:05 PM", "0:05 AM"])
def test_an_impossible_clock_is_text(clock: str) -> None:
    line = f"[{clock}] Ana: hi"
    assert only(line) == Said(line, raw=(line,))


def test_lines_below_a_heading_belong_to_its_sender() -> None:
    said = split("13:50:01 From Ana to Everyone:\n\tfirst: line\n\n\tsecond\n13:50:02 From Bo to Everyone: third")
    assert [(one.sender, one.text) for one in said] == [
        ("Ana", "first: line"),
        ("Ana", "second"),
        ("Bo", "third"),
    ]


def test_a_name_with_to_in_it_is_whole() -> None:
    assert only("13:50:01 From Ana to Bo to Everyone: it goes to: all").sender == "Ana to Bo"


NAMES = Roster(
    tuple(
        Participant(f"p{number}", name)
        for number, name in enumerate(("Ana a Costa", "Thi an Li", "Jo à Dieu", "Vu to An", "Ana"), 1)
    )
)


@pytest.mark.parametrize("name", [one.name for one in NAMES.people])
@pytest.mark.parametrize(
    "line",
    [
        "13:50:01 From {} to Everyone: speed",
        "13:50:01 From {} : speed",
        "13:50:01 Von {} an Alle: speed",
        "13:50:01 De {} a Todos: speed",
        "13:50:01 De la part de {} à tous: speed",
        "13:50:01 From {} to Bo to Li (Direct Message): speed",
        "From {} to Everyone: (01:50 PM) speed",
        "{} to Everyone 1:50:01 PM\nspeed",
        "13:50:01\t{}:\tspeed",
    ],
)
def test_a_known_name_with_a_word_that_leads_to_a_receiver_is_whole(line: str, name: str) -> None:
    (one,) = split(line.format(name), NAMES)
    assert (one.sender, one.text, one.private) == (name, "speed", "Direct" in line)


@pytest.mark.parametrize(
    "line", ["From {} to Everyone:", "Von {} an Alle:", "From {} to Bo:", "Da {} to Everyone:", "From {} :"]
)
def test_a_stranger_is_cut_only_at_a_word_of_the_lines_language_or_before_everybody(line: str) -> None:
    one = only(f"13:50:01 {line.format('Eva a Costa')} speed")
    assert (one.sender, one.text) == ("Eva a Costa", "speed")


def test_the_captures_of_a_chat_know_the_senders_of_the_roster() -> None:
    (one,) = captures("13:50:01 From Vu to An : speed", Context(roster=NAMES))
    assert (one.text, one.by, one.unsure) == ("speed", ("p4",), ())


@pytest.mark.parametrize(
    "head",
    [
        "13:50:01 From Ana to Bo(Direct Message):",
        "13:50:01 From Ana to Bo (Privately) :",
        "13:50:01 From Ana to Bo: (Privately)",
        "13:50:01 From Ana to Me(direct message):",
    ],
)
def test_a_private_line_is_marked(head: str) -> None:
    one = only(f"{head} hush")
    assert (one.sender, one.text, one.private) == ("Ana", "hush", True)


@pytest.mark.parametrize(
    "text",
    ['Reacted to "speed" with 👍', 'Removed a 👍 reaction from "speed"', 'Replying to "speed needs..."'],
)
def test_the_programs_own_notices_are_told_apart(text: str) -> None:
    assert only(f"13:50:01 From Ana to Everyone:\n\t{text}").notice


@pytest.mark.parametrize(
    "line",
    ["Lunch\t12:30", "[10:05] Started late", "we moved to everyone 10:05", "10:30 break", "note: 10:05"],
)
def test_a_lone_line_that_looks_like_a_heading_is_not_lost(line: str) -> None:
    (one,) = split(line)
    assert one.text == clean(line)
    assert not one.sender


def test_a_list_of_ones_own_is_no_chat() -> None:
    assert not is_chat("= evidence\n++ trust\nitem\t10:05")
    assert is_chat("13:50:01 From Ana to Everyone: hi")


@settings(deadline=None, max_examples=150)
@given(st.text(st.sampled_from("aé :\t\n[]10From Evrytp()'/!=\u2028"), max_size=60))
def test_no_block_raises_and_no_line_is_lost(block: str) -> None:
    said = split(block)
    everything = " ".join(part for one in said for part in (*one.raw, one.sender))
    for line in block.replace("\u2028", "\n").split("\n"):
        words = clean(line).split()
        assert not words or words[-1].rstrip(":") in everything


# ---------------------------------------------------------------- repeats


def test_repeats_are_counted_with_their_senders() -> None:
    (one,) = counted(
        split("[10:05] Ana: Speed needs trust\n[10:06] Bo: speed needs TRUST!\n[10:07] Ana: speed  needs trust")
    )
    assert (one.text, one.count, one.senders) == ("Speed needs trust", 3, ("Ana", "Bo"))


def test_a_table_with_clocks_is_ones_own() -> None:
    assert [one.type for one in captures("Lunch\t12:30\n= evidence", CONTEXT)] == ["note", "takeaway"]


def test_a_private_repeat_is_not_counted_with_a_public_one() -> None:
    block = "13:50:01 From Ana to Everyone: yes\n13:50:02 From Bo to Me(Direct Message): yes"
    assert [one.count for one in counted(split(block))] == [1, 1]


def test_a_question_is_not_a_repeat_of_its_statement() -> None:
    assert len(counted(split("? trust\ntrust"))) == 2


@settings(deadline=None, max_examples=60)
@given(st.lists(st.sampled_from(["yes", "Yes!", "no", "no?", "信", "..."]), max_size=20))
def test_counting_loses_nobody(lines: list[str]) -> None:
    assert sum(one.count for one in counted(split("\n".join(lines)))) == len(lines)


# ---------------------------------------------------------------- captures


def test_a_waterfall_becomes_captures_with_their_sources_and_stamps() -> None:
    block = (
        "13:50:01 From Darian Stibbe to Everyone: speed needs trust\n"
        "13:50:02 From ANA NUNEZ to Everyone: Speed needs trust."
    )
    (one,) = captures(block, CONTEXT, kind="message")
    assert (one.type, one.text, one.by, one.count) == ("message", "speed needs trust", ("stibbe", "p01"), 2)
    assert (one.item, one.room, one.question, one.unsure) == ("harvest", "2", 1, ())
    assert one.raw == block


def test_an_unknown_sender_stays_in_front_and_is_unsure() -> None:
    (one,) = captures("[10:05] Darian: hi", CONTEXT)
    assert (one.text, one.by, one.unsure) == ("Darian: hi", (), ("Darian",))


def test_a_known_name_before_a_colon_is_a_sender_without_a_clock() -> None:
    (one,) = captures("Ana Núñez (she/her): speed needs trust", CONTEXT)
    assert (one.text, one.by) == ("speed needs trust", ("p01",))


def test_ones_own_lines_follow_the_grammar() -> None:
    first, second = captures("= evidence #impact\n! call @stibbe due:fri", CONTEXT)
    assert (first.type, first.tags) == ("takeaway", ("impact",))
    assert (second.type, second.owner, second.due) == ("action", ("stibbe",), "2020-10-02")


def test_what_others_wrote_is_neither_grammar_nor_command() -> None:
    one, two = captures("[10:05] Ana Núñez: /purge\n[10:06] Ana Núñez: = not #mine @stibbe", CONTEXT)
    assert (one.type, one.text) == ("note", "/purge")
    assert (two.type, two.text, two.tags, two.by) == ("note", "= not #mine @stibbe", (), ("p01",))


def test_a_pasted_command_is_text() -> None:
    (one,) = captures("/purge", CONTEXT)
    assert one.text == "/purge"


def test_a_link_in_a_chat_is_a_resource() -> None:
    (one,) = captures("[10:05] Ana Núñez: https://a.org", CONTEXT)
    assert one.type == "resource"


def test_a_private_line_never_leaves_the_team() -> None:
    (one,) = captures("13:50:01 From Ana Núñez to Me(Direct Message): hush", CONTEXT)
    assert one.flags == ("off",)


def test_notices_make_no_captures() -> None:
    assert captures('13:50:01 From Ana to Everyone:\n\tReacted to "x" with 👍', CONTEXT) == ()


def test_a_long_chat_is_read_at_once() -> None:
    block = (
        "\n".join(f"13:50:{n % 60:02} From Ana Núñez to Everyone: line {n}" for n in range(1000))
        + "\n"
        + "x: " * 60_000
    )
    assert len(captures(block, CONTEXT)) == 1001

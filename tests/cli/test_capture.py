"""The grammar of a captured line, each rule through `capture` and `captures --json`."""

from __future__ import annotations

from typing import Any

import pytest

from cli.commandline import REAL_WEEK, CommandLine, spawn

AT = "2020-09-29T13:10:00Z"


@pytest.fixture
def tue(empty: CommandLine) -> CommandLine:
    """Tuesday of the real week with its people and kinds, its second item running."""
    week = REAL_WEEK.read_text(encoding="utf-8")
    people = week[week.index("[roster]") : week.index("[ideas]")]
    kinds = week[week.index("[kinds]") : week.index("[[message]]")]
    empty.plan(HEAD + people + kinds + TUESDAY)
    empty.ok("do", "start", "word", at="2020-09-29T13:05:00Z")
    return empty


HEAD = """[programme]
tz = "Europe/Berlin"
"""

TUESDAY = """
[[session]]
id = "tue"
date = 2020-09-29
start = "15:00"
questions = ["What are inhibitors?", "What are enablers?", "What is next?"]
agenda = [
  { id = "hello", kind = "welcome", minutes = 5, title = "Welcome" },
  { id = "word",  kind = "checkin", minutes = 10, title = "One word from your week" },
  { id = "input", kind = "input",   minutes = 20, title = "Crisis partnering" },
]
"""


def said(command: CommandLine, line: str) -> dict[str, Any]:
    """The capture that a line becomes."""
    command.ok("capture", line, at=AT)
    one: dict[str, Any] = command.captures()[-1]
    return one


KINDS = [
    ("evidence is needed", "note", "evidence is needed"),
    ("== we count what counts", "message", "we count what counts"),
    ("= evidence is needed", "takeaway", "evidence is needed"),
    ("++ a platform that knows everybody", "enabler", "a platform that knows everybody"),
    ("-- sign-off chains", "inhibitor", "sign-off chains"),
    ("! write to the host", "action", "write to the host"),
    ("? who carries it", "question", "who carries it"),
    ("> we were never asked", "quote", "we were never asked"),
    ("& the handbook", "resource", "the handbook"),
    ("- [ ] write to the host", "action", "write to the host"),
    ("[ ] write to the host", "action", "write to the host"),
    ("[x] write to the host", "action", "write to the host"),
    ("- a habit", "note", "a habit"),
    ("* a habit", "note", "a habit"),
    ("+ a habit", "note", "a habit"),
    ("• a habit", "note", "a habit"),
    ("=no space", "takeaway", "no space"),
    ("==no space", "message", "no space"),
    ("note: text", "note", "text"),
    ("take: text", "takeaway", "text"),
    ("msg: text", "message", "text"),
    ("act: text", "action", "text"),
    ("todo: text", "action", "text"),
    ("ask: text", "question", "text"),
    ("ena: text", "enabler", "text"),
    ("inh: text", "inhibitor", "text"),
    ("quote: text", "quote", "text"),
    ("res: text", "resource", "text"),
    ("dec: text", "decision", "text"),
    ("idea: text", "idea", "text"),
    ("park: text", "park", "text"),
    ("TAKE: text", "takeaway", "text"),
    ("Dec: text", "decision", "text"),
    ("scen: the sea rises", "scenario", "the sea rises"),
    ("SCEN: the sea rises", "scenario", "the sea rises"),
    ("https://example.org/a?b=c is worth reading", "resource", "https://example.org/a?b=c is worth reading"),
    ("hello: this is no kind", "note", "hello: this is no kind"),
    ("what about Q3? fine", "note", "what about Q3? fine"),
    ("'= exactly as typed @p01 #tag", "note", "= exactly as typed @p01 #tag"),
    ("=", "note", "="),
    ("++", "note", "++"),
    ("!", "note", "!"),
    ("take:", "note", "take:"),
    ("write to me@example.org about #1", "note", "write to me@example.org about #1"),
    ("[/] [bold]x[/bold] {curly} \\n", "note", "[/] [bold]x[/bold] {curly} \\n"),
    ("emoji 👩‍👩‍👧 and ñ", "note", "emoji 👩‍👩‍👧 and ñ"),
]


@pytest.mark.parametrize(("line", "kind", "text"), KINDS, ids=[line for line, _, _ in KINDS])
def test_the_prefix_says_the_kind(tue: CommandLine, line: str, kind: str, text: str) -> None:
    one = said(tue, line)
    assert (one["kind"], one["text"], one["raw"]) == (kind, text, line)


def test_a_ticked_box_is_an_action_that_is_done(tue: CommandLine) -> None:
    assert "done" in said(tue, "[x] write to the host")["flags"]
    assert "done" not in said(tue, "[ ] write to the host")["flags"]


@pytest.mark.parametrize("flag", ["ok", "anon", "off", "done"])
def test_a_flag_is_taken_out_of_the_text(tue: CommandLine, flag: str) -> None:
    one = said(tue, f"> we were never asked /{flag}")
    assert one["flags"] == [flag]
    assert one["text"] == "we were never asked"


def test_tags_rooms_questions_and_counts_are_taken_out_of_the_text(tue: CommandLine) -> None:
    one = said(tue, "-- sign-off chains #equity r:3 q:1 n:5 #speed")
    assert one["text"] == "sign-off chains"
    assert one["tags"] == ["equity", "speed"]
    assert one["room"] == "3"
    assert one["question"] == 1
    assert one["count"] == 5


def test_what_is_not_said_has_its_empty_value(tue: CommandLine) -> None:
    one = said(tue, "plain")
    assert (one["tags"], one["owner"], one["flags"], one["unsure"]) == ([], [], [], [])
    assert (one["room"], one["due"]) in [(None, None), ("", "")]
    assert one["count"] in (1, None)


def test_a_ratio_stays_text_and_the_room_behind_it_is_a_room(tue: CommandLine) -> None:
    one = said(tue, "ratio 3:1 and r:2")
    assert "3:1" in one["text"]
    assert one["room"] == "2"


DATES = {
    "2020-10-09": "2020-10-09",
    "9oct": "2020-10-09",
    "9OCT": "2020-10-09",
    "fri": "2020-10-02",
    "tue": "2020-10-06",
    "wed": "2020-09-30",
    "tomorrow": "2020-09-30",
    "+7d": "2020-10-06",
    "+2w": "2020-10-13",
}


def test_a_date_counts_from_the_sessions_day(anywhere: str, tue: CommandLine) -> None:
    for due in DATES:
        tue.ok("capture", f"! send the slides due:{due}", at=AT)
    captures = tue.captures()
    assert [one["due"] for one in captures] == list(DATES.values())
    assert {one["text"] for one in captures} == {"send the slides"}


def test_a_session_run_on_another_day_still_counts_from_some_day_of_its_own(tue: CommandLine) -> None:
    one = said(tue, "! send the slides due:2021-01-01")
    assert one["due"] == "2021-01-01"


@pytest.mark.parametrize(
    "token", ["due:someday", "due:31feb", "due:2020-02-30", "due:+99999999999d", "n:many", "q:none"]
)
def test_what_is_not_understood_stays_in_the_text_and_is_unsure(tue: CommandLine, token: str) -> None:
    one = said(tue, f"! send the slides {token}")
    assert token in one["text"]
    assert one["due"] is None
    assert one["unsure"]


@pytest.mark.parametrize("token", ["@somebody", "@Participant", "@p"])
def test_a_name_of_nobody_or_of_several_stays_text(tue: CommandLine, token: str) -> None:
    one = said(tue, f"! send the slides {token}")
    assert token in one["text"]
    assert one["owner"] == []


@pytest.mark.parametrize(
    ("name", "person"),
    [
        ("@p01", "p01"),
        ("@P01", "p01"),
        ("@stibbe", "stibbe"),
        ("@Darian", "stibbe"),
        ("@her", "brouwer"),
        ("@pfist", "pfisterer"),
    ],
)
def test_an_owner_is_an_id_or_the_only_name_that_starts_so(tue: CommandLine, name: str, person: str) -> None:
    one = said(tue, f"! send the slides {name}, soon")
    assert one["owner"] == [person]


def test_an_action_has_several_owners(tue: CommandLine) -> None:
    one = said(tue, "! send the slides @p01 @p02.")
    assert one["owner"] == ["p01", "p02"]


def test_elsewhere_a_name_is_the_source(tue: CommandLine) -> None:
    one = said(tue, "> we were never asked @p01")
    assert one["owner"] == []
    assert "p01" in one["by"]


def test_an_organisation_can_be_named(tue: CommandLine) -> None:
    one = said(tue, "> we were never asked @como")
    assert "o06" in one["by"]


ACCENTS = """
[roster]
people = [
  { id = "x1", name = "José Núñez" },
  { id = "x2", name = "Łucja Ångström" },
  { id = "x3", name = "Jan-Willem O'Neil" },
]
[[session]]
id = "s"
agenda = [ { minutes = 5, title = "A" } ]
"""


@pytest.mark.parametrize(
    ("name", "person"), [("@jose", "x1"), ("@NUNEZ", "x1"), ("@núñ", "x1"), ("@angstrom", "x2"), ("@jan", "x3")]
)
def test_case_and_accents_of_a_name_do_not_matter(empty: CommandLine, name: str, person: str) -> None:
    empty.plan(ACCENTS)
    empty.ok("capture", f"! call back {name}")
    assert empty.captures()[-1]["owner"] == [person]


def test_a_capture_is_stamped_with_instant_session_item_and_id(tue: CommandLine) -> None:
    answer = tue.ok("capture", "= stamped", at=AT)
    (one,) = tue.captures()
    assert (one["at"], one["item"], one["id"]) == (AT, "word", answer.out.split()[0])


def test_a_capture_before_the_start_is_kept(x: CommandLine) -> None:
    x.ok("capture", "early bird", at="2026-03-10T07:00:00Z")
    assert [(one["text"], one["item"]) for one in x.captures()] == [("early bird", None)]


def test_several_words_need_no_quotes(tue: CommandLine) -> None:
    tue.ok("capture", "=", "evidence", "is", "needed", at=AT)
    assert tue.captures()[-1]["kind"] == "takeaway"
    assert tue.captures()[-1]["text"] == "evidence is needed"


@pytest.mark.parametrize("line", ["- [ ] write", "-- slow", "- habit", "--plan is a word here"])
def test_a_line_that_begins_with_a_dash_can_be_given(tue: CommandLine, line: str) -> None:
    tue.ok("capture", "--at", AT, "--", line)
    assert tue.captures()[-1]["raw"] == line


def test_an_empty_line_captures_nothing(tue: CommandLine) -> None:
    tue("capture", "", at=AT)
    tue("capture", "   ", at=AT)
    assert tue.captures() == []


def test_a_capture_without_words_is_wrong_usage(tue: CommandLine) -> None:
    tue.misused("capture")


def test_control_characters_become_visible_and_bidi_overrides_go(tue: CommandLine) -> None:
    one = said(tue, "red \x1b[31m bell \x07 nul-less \x7f c1 \x9b rlo \u202e end")
    assert not set("\x1b\x07\x7f\x9b\u202e") & set(one["text"])
    assert not set("\x1b\x07\x7f\x9b\u202e") & set(one["raw"])


def test_a_lone_surrogate_is_replaced(tue: CommandLine) -> None:
    assert "\ufffd" in said(tue, "broken \udcff byte")["text"]


def test_a_very_long_line_is_kept_whole(tue: CommandLine) -> None:
    line = "word " * 20_000 + "end"
    assert said(tue, line)["text"].endswith("end")


# ---------------------------------------------------------------- commands of the line


def test_undo_takes_back_the_last_line(tue: CommandLine) -> None:
    said(tue, "first")
    said(tue, "second")
    tue.ok("capture", "/undo", at=AT)
    assert [one["text"] for one in tue.captures()] == ["first"]


def dictated(command: CommandLine, *lines: str) -> list[dict[str, Any]]:
    """The captures that lines of standard input become."""
    spawn("capture", "-", "--at", AT, folder=command.folder, stdin="\n".join(lines))
    return command.captures()


def test_a_room_and_a_question_stick_until_they_are_taken_back(tue: CommandLine) -> None:
    captures = dictated(tue, "/room 3", "in three", "/q 2", "both", "/room -", "/q -", "in none")
    assert [(one["text"], one["room"], one["question"]) for one in captures] == [
        ("in three", "3", None),
        ("both", "3", 2),
        ("in none", None, None),
    ]


def test_a_room_of_one_line_alone_sticks_to_nothing_and_says_so(tue: CommandLine) -> None:
    assert "r:3" in tue.refused("capture", "/room 3", at=AT)


def test_a_refused_line_of_standard_input_costs_only_itself(tue: CommandLine) -> None:
    lines = ["before", "/kind nonsense", "/edit", "/find before", "after"]
    answer = spawn("capture", "-", "--at", AT, folder=tue.folder, stdin="\n".join(lines))
    assert answer.code == 1
    assert len(answer.err.splitlines()) == 2
    assert [one["text"] for one in tue.captures()] == ["before", "after"]


def test_the_last_line_can_be_given_another_kind(tue: CommandLine) -> None:
    said(tue, "evidence is needed")
    tue.ok("capture", "/kind take", at=AT)
    assert [(one["kind"], one["text"]) for one in tue.captures()] == [("takeaway", "evidence is needed")]


def test_the_last_line_can_be_given_its_source(tue: CommandLine) -> None:
    said(tue, "> we were never asked")
    tue.ok("capture", "/by p01", at=AT)
    assert "p01" in tue.captures()[-1]["by"]


def test_the_last_line_can_be_taken_off_the_record(tue: CommandLine) -> None:
    said(tue, "between us")
    tue.ok("capture", "/off", at=AT)
    assert tue.captures()[-1]["flags"] == ["off"]


def test_editing_needs_the_console_and_says_so(tue: CommandLine) -> None:
    said(tue, "evidense is needed")
    assert "console" in tue.refused("capture", "/edit", at=AT)


def test_the_last_line_can_be_purged(tue: CommandLine) -> None:
    said(tue, "a secret name")
    tue("capture", "/purge", at=AT)
    assert tue.captures() == []


def test_lines_can_be_found(tue: CommandLine) -> None:
    said(tue, "apples and pears")
    said(tue, "plums")
    answer = tue.ok("capture", "/find pears", at=AT)
    assert "apples" in answer.out
    assert "plums" not in answer.out
    assert len(tue.captures()) == 2


@pytest.mark.parametrize("line", ["/room", "/q nine", "/kind nonsense", "/by nobody", "/kind", "/edit", "/find"])
def test_a_command_that_cannot_act_says_why_and_loses_nothing(tue: CommandLine, line: str) -> None:
    said(tue, "before")
    tue("capture", line, at=AT)
    assert tue.captures()[0]["text"] == "before"
    assert tue.captures()[0]["kind"] == "note"


def test_a_line_that_only_looks_like_a_command_is_kept(tue: CommandLine) -> None:
    tue("capture", "/etc/hosts is a file", at=AT)
    assert [one["raw"] for one in tue.captures()] == ["/etc/hosts is a file"]


# ---------------------------------------------------------------- standard input


def test_standard_input_is_one_capture_a_line_and_prints_an_id_for_each(tue: CommandLine) -> None:
    lines = ["= first", "", "  ", "! second @p01", "third without an end"]
    answer = spawn("capture", "-", "--at", AT, folder=tue.folder, stdin="\n".join(lines))
    assert answer.code == 0
    captures = tue.captures()
    assert [one["text"] for one in captures] == ["first", "second", "third without an end"]
    assert [line.split()[0] for line in answer.lines] == [one["id"] for one in captures]


def test_standard_input_may_hold_any_bytes(tue: CommandLine) -> None:
    rubbish = b"\xef\xbb\xbfwith a mark\r\nbad \xff byte\nu85\xc2\x85here\nnul \x00 here\nls\xe2\x80\xa8here\n"
    answer = spawn("capture", "-", "--at", AT, folder=tue.folder, stdin=rubbish)
    assert answer.code == 0
    texts = [one["text"] for one in tue.captures()]
    assert len(texts) == 5, texts
    assert texts[0] == "with a mark"
    assert texts[1] == "bad \ufffd byte"


def test_a_line_too_long_for_one_note_becomes_several_and_loses_nothing(tue: CommandLine) -> None:
    stdin = "before\n" + "x" * 1_100_000 + "\nafter\n"
    answer = spawn("capture", "-", "--at", AT, folder=tue.folder, stdin=stdin)
    texts = [one["text"] for one in tue.captures()]
    assert (answer.code, texts[0], texts[-1]) == (0, "before", "after")
    assert sum(map(len, texts[1:-1])) == 1_100_000


def test_no_input_at_all_captures_nothing(tue: CommandLine) -> None:
    answer = spawn("capture", "-", folder=tue.folder, stdin=b"")
    assert (answer.code, answer.out) == (0, "")


CHATS = {
    "one line a message": "13:50:01 From Participant 01 to Everyone: trust first\n"
    "13:50:03 From Participant 02 to Everyone: one page\n",
    "a heading and a line": "13:50:01 From Participant 01 to Everyone:\n\ttrust first\n"
    "13:50:03 From Participant 02 to Everyone:\n\tone page\n",
}


@pytest.mark.parametrize("chat", CHATS.values(), ids=CHATS)
def test_a_pasted_chat_becomes_one_capture_a_line_with_its_sender(tue: CommandLine, chat: str) -> None:
    captures = dictated(tue, *chat.splitlines(), "said in the room")
    assert [one["text"] for one in captures] == ["trust first", "one page", "said in the room"]
    assert ["p01" in (one["by"] or []) for one in captures] == [True, False, False]
    assert ["p02" in (one["by"] or []) for one in captures] == [False, True, False]


def test_a_heading_of_a_chat_with_nothing_below_is_kept_as_a_line(tue: CommandLine) -> None:
    assert len(dictated(tue, "13:50:01 From Participant 01 to Everyone:")) == 1

"""The worked cases of the rundown and every action, through `do` and `status --json`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from cli.commandline import INSTANT, PLAN_X, CommandLine, berlin, item, spawn


def expected(status: dict[str, Any]) -> dict[str, tuple[str, str]]:
    return {row["id"]: (row["expected_start"], row["expected_end"]) for row in status["items"]}


def hours(**spans: str) -> dict[str, tuple[str, str]]:
    """`a="09:05-09:15"` as the pair of instants."""
    return {name: (berlin(span.split("-")[0]), berlin(span.split("-")[1])) for name, span in spans.items()}


# ---------------------------------------------------------------- the worked cases, in four time zones


def test_before_the_start_expected_is_planned_and_nothing_is_late(anywhere: str, x: CommandLine) -> None:
    status = x.status(at=berlin("08:50"))
    assert status["state"] == "not-started"
    assert status["live"] is None
    assert expected(status) == hours(
        a="09:00-09:10", b="09:10-09:40", c="09:40-10:05", d="10:05-10:15", e="10:20-10:45", f="10:45-11:00"
    )
    for row in status["items"]:
        assert (row["planned_start"], row["planned_end"]) == (row["expected_start"], row["expected_end"])
        assert (row["drift_start"], row["drift_end"], row["state"]) == (0, 0, "future")
        assert (row["started"], row["ended"], row["active"], row["paused"]) == (None, None, 0, 0)
    assert (status["item_drift"], status["end_over"]) == (0, 0)
    assert status["hard_stop"] == status["expected_end"] == berlin("11:00")
    assert "next: A · 09:00 · starts in 10:00\n" in x.ok("status", at=berlin("08:50")).out
    assert "starts in" not in x.ok("status", at="2026-03-08T08:00:00Z").out


def test_five_minutes_late_is_absorbed_by_the_gap(anywhere: str, x: CommandLine) -> None:
    x.ok("do", "start", "a", at=berlin("09:05"))
    status = x.status(at=berlin("09:05"))
    assert status["state"] == "running"
    assert expected(status) == hours(
        a="09:05-09:15", b="09:15-09:45", c="09:45-10:10", d="10:10-10:20", e="10:20-10:45", f="10:45-11:00"
    )
    assert (status["item_drift"], status["end_over"], item(status, "e")["live_gap"]) == (300, 0, 0)
    assert status["live"] == {
        "id": "a",
        "phase": "running",
        "elapsed": 0,
        "remaining": 600,
        "expected_end": berlin("09:15"),
    }


def test_eight_minutes_late_hides_three_minutes_of_overlap(anywhere: str, x: CommandLine) -> None:
    x.ok("do", "start", "a", at=berlin("09:08"))
    status = x.status(at=berlin("09:08"))
    assert item(status, "e")["expected_start"] == berlin("10:23")
    assert item(status, "e")["live_gap"] == -180
    assert (status["expected_end"], status["end_over"]) == (berlin("11:03"), 180)


def test_an_item_in_overtime_pushes_what_follows(anywhere: str, x: CommandLine) -> None:
    x.ok("do", "start", "a", at=berlin("09:00"))
    status = x.status(at=berlin("09:20"))
    assert (status["live"]["phase"], status["live"]["remaining"]) == ("overtime", -600)
    assert status["live"]["expected_end"] == berlin("09:20")
    assert item(status, "d")["expected_end"] == berlin("10:25")
    assert status["end_over"] == 300


def test_extending_and_shortening_leave_elapsed_alone(anywhere: str, x: CommandLine) -> None:
    x.ok("do", "start", "a", at=berlin("09:00"))
    x.ok("do", "extend", "+5", at=berlin("09:05"))
    live = x.status(at=berlin("09:05"))["live"]
    assert (live["remaining"], live["elapsed"]) == (600, 300)
    x.ok("do", "extend", "-8", at=berlin("09:05"))
    live = x.status(at=berlin("09:05"))["live"]
    assert (live["remaining"], live["elapsed"]) == (120, 300)


def test_a_pause_holds_remaining_and_moves_the_end(anywhere: str, x: CommandLine) -> None:
    x.ok("do", "start", "b", at=berlin("09:10"))
    x.ok("do", "pause", at=berlin("09:20"))
    status = x.status(at=berlin("09:23"))
    assert status["state"] == "paused"
    assert status["live"] == {
        "id": "b",
        "phase": "paused",
        "elapsed": 600,
        "remaining": 1200,
        "expected_end": berlin("09:43"),
    }
    x.ok("do", "resume", at=berlin("09:25"))
    status = x.status(at=berlin("09:26"))
    assert status["state"] == "running"
    assert (status["live"]["remaining"], status["live"]["elapsed"]) == (1140, 660)
    assert status["live"]["expected_end"] == berlin("09:45")
    assert (item(status, "b")["active"], item(status, "b")["paused"]) == (660, 300)


def test_an_item_jumped_over_is_not_run_and_has_no_length(anywhere: str, x: CommandLine) -> None:
    x.ok("do", "start", "a", at=berlin("09:00"))
    x.ok("do", "goto", "c", at=berlin("09:05"))
    status = x.status(at=berlin("09:05"))
    b = item(status, "b")
    assert (b["state"], b["expected_start"]) == ("not-run", b["expected_end"])
    assert expected(status)["c"] == hours(c="09:05-09:30")["c"]
    assert item(status, "e")["live_gap"] == 2400
    assert (item(status, "a")["state"], item(status, "a")["ended"]) == ("done", berlin("09:05"))


def test_compress_shares_what_is_left_and_ends_at_the_hard_stop(anywhere: str, x: CommandLine) -> None:
    x.ok("do", "start", "a", at=berlin("09:00"))
    x.ok("do", "next", at=berlin("09:10"))
    x.ok("do", "next", at=berlin("09:52"))
    x.ok("do", "compress", at=berlin("09:52"))
    status = x.status(at=berlin("09:52"))
    assert (item(status, "e")["length"], item(status, "f")["length"]) == (20 * 60 + 37, 12 * 60 + 23)
    assert (status["expected_end"], status["end_over"]) == (berlin("11:00"), 0)


NIGHT = """
[programme]
tz = "Europe/Berlin"
[[session]]
id = "night"
date = {date}
start = "{start}"
agenda = [ {{ id = "only", minutes = {minutes}, title = "Only" }} ]
"""


def test_the_hour_that_does_not_exist_is_not_counted(anywhere: str, empty: CommandLine) -> None:
    empty.plan(NIGHT.format(date="2026-03-29", start="01:30", minutes=60))
    empty.ok("do", "start", at="2026-03-29T00:30:00Z")
    status = empty.status(at="2026-03-29T01:15:00Z")
    assert (status["live"]["remaining"], status["live"]["elapsed"]) == (900, 2700)
    assert status["live"]["expected_end"] == "2026-03-29T01:30:00Z"
    assert "03:30" in empty.ok("status", at="2026-03-29T01:15:00Z").out


def test_midnight_is_passed_in_real_minutes_and_said(anywhere: str, empty: CommandLine) -> None:
    empty.plan(NIGHT.format(date="2026-03-10", start="23:50", minutes=20))
    empty.ok("do", "start", at=berlin("23:50"))
    later = berlin("00:05", day="2026-03-11")
    status = empty.status(at=later)
    assert (status["live"]["remaining"], status["live"]["expected_end"]) == (300, berlin("00:10", day="2026-03-11"))
    said = empty.ok("status", at=later).out
    assert "00:10" in said
    assert "+1d" in said


# ---------------------------------------------------------------- the shape of status --json

TOP = ["session", "state", "now", "live", "item_drift", "expected_end", "hard_stop", "end_over", "items", "rooms"]
LIVE = ["id", "phase", "elapsed", "remaining", "expected_end"]
TIMES = ["planned_start", "planned_end", "expected_start", "expected_end", "started", "ended", "must_start_by"]
LENGTHS = ["active", "paused", "length", "least", "drift_start", "drift_end", "live_gap"]
ITEM = ["id", "kind", "title", "state", *TIMES, *LENGTHS]


def assert_whole(status: dict[str, Any]) -> None:
    assert sorted(status) == sorted(TOP)
    assert status["state"] in ("not-started", "running", "paused", "waiting", "finished")
    for name in ("now", "expected_end", "hard_stop"):
        assert INSTANT.fullmatch(status[name]), name
    assert type(status["item_drift"]) is int
    assert type(status["end_over"]) is int
    live = status["live"]
    if live is not None:
        assert sorted(live) == sorted(LIVE)
        assert live["phase"] in ("running", "warning", "danger", "overtime", "paused")
        assert type(live["elapsed"]) is int
        assert type(live["remaining"]) is int
        assert INSTANT.fullmatch(live["expected_end"])
    for row in status["items"]:
        assert sorted(row) == sorted(ITEM)
        assert row["state"] in ("future", "live", "done", "skipped", "not-run")
        for name in TIMES:
            may_be_null = name in ("started", "ended")
            assert (may_be_null and row[name] is None) or INSTANT.fullmatch(row[name]), (row["id"], name)
        for name in LENGTHS:
            assert type(row[name]) is int, (row["id"], name, row[name])
    rooms = status["rooms"]
    if rooms is not None:
        assert sorted(rooms) == sorted(["item", "round", "rounds", "remaining", "phase"])
        assert rooms["phase"] in ("running", "closing", "closed")
        assert all(type(rooms[name]) is int for name in ("round", "rounds", "remaining"))


def test_status_has_exactly_the_keys_of_the_command_page_through_a_whole_call(week: CommandLine) -> None:
    at = lambda clock: berlin(clock, day="2020-09-29", offset=2)  # noqa: E731
    tue = ("--session", "tue")
    assert_whole(week.status(*tue, at=at("14:00")))
    week.ok("do", "start", *tue, at=at("15:00"))
    assert_whole(week.status(*tue, at=at("15:04")))
    week.ok("do", "pause", *tue, at=at("15:04:10"))
    assert_whole(week.status(*tue, at=at("15:04:20")))
    week.ok("do", "goto", "groups", *tue, at=at("15:30"))
    week.ok("do", "rooms", "start", *tue, at=at("15:30"))
    assert_whole(week.status(*tue, at=at("15:35")))
    week.ok("do", "skip", "stretch", *tue, at=at("15:40"))
    week.ok("do", "finish", *tue, at=at("16:40"))
    done = week.status(*tue, at=at("17:40"))
    assert_whole(done)
    assert done["state"] == "finished"
    assert done["live"] is None


def test_least_is_half_unless_the_kind_or_the_plan_says_otherwise(week: CommandLine) -> None:
    least = {row["id"]: row["least"] for row in week.status("--session", "tue")["items"]}
    assert least["hello"] == 150
    assert least["word"] == 300
    assert least["input"] == 1200
    assert least["groups"] == 25 * 60
    assert least["stretch"] == 300
    assert least["forward"] == 900
    assert least["harvest"] == 480


def test_must_start_by_leaves_room_until_the_hard_stop(x: CommandLine) -> None:
    x.plan(PLAN_X.replace('hard_stop = "11:00"', 'hard_stop = "11:10"'))
    assert item(x.status(at=berlin("08:00")), "f")["must_start_by"] == berlin("10:55")


@pytest.mark.parametrize(
    ("clock", "phase"),
    [("09:07:59", "running"), ("09:08", "warning"), ("09:09", "danger"), ("09:10", "danger"), ("09:10:01", "overtime")],
)
def test_the_phase_turns_at_two_minutes_one_minute_and_below_nothing(x: CommandLine, clock: str, phase: str) -> None:
    x.ok("do", "start", at=berlin("09:00"))
    assert x.status(at=berlin(clock))["live"]["phase"] == phase


def test_a_call_left_open_is_told_in_words_the_next_day_and_can_be_closed_as_it_says(x: CommandLine) -> None:
    x.ok("do", "start", at=berlin("09:00"))
    x.ok("do", "next", at=berlin("09:10"))
    told = x.ok("status", at="2026-03-11T09:00:00Z").out
    assert "unfinished session of 10 March · last touched at 09:10\n" in told
    assert "+1d" not in told
    (close,) = [line for line in told.splitlines() if line.startswith("close it: ")]
    words = close.removeprefix("close it: facilitator ").partition(";")[0].split()
    assert x.ok(*words).out == "finished at 11:00, on time\n"
    assert x.status(at="2026-03-11T09:00:00Z")["state"] == "finished"


def test_a_session_of_another_day_started_now_is_not_years_late(x: CommandLine) -> None:
    x.ok("do", "start", at="2031-05-05T12:00:00Z")
    status = x.status(at="2031-05-05T12:04:00Z")
    assert status["item_drift"] == 0
    assert status["live"]["remaining"] == 360
    assert status["expected_end"].startswith("2031-05-05")
    assert abs(status["end_over"]) <= 3600


# ---------------------------------------------------------------- every action


@pytest.fixture
def running(x: CommandLine) -> CommandLine:
    """Plan X with A running since 09:00."""
    x.ok("do", "start", at=berlin("09:00"))
    return x


def test_start_without_a_name_starts_the_first_item(running: CommandLine) -> None:
    assert running.status(at=berlin("09:01"))["live"]["id"] == "a"


def test_next_goes_on_and_the_last_next_finishes_without_wrapping(running: CommandLine) -> None:
    for clock in ("09:10", "09:40", "10:05", "10:20", "10:45"):
        running.ok("do", "next", at=berlin(clock))
    assert running.status(at=berlin("10:46"))["live"]["id"] == "f"
    running.ok("do", "next", at=berlin("11:00"))
    status = running.status(at=berlin("11:01"))
    assert (status["state"], status["live"]) == ("finished", None)
    assert [row["state"] for row in status["items"]] == ["done"] * 6
    running.refused("do", "next", at=berlin("11:02"))


def test_two_nexts_at_once_are_one(running: CommandLine) -> None:
    running("do", "next", at=berlin("09:10"))
    running("do", "next", at=berlin("09:10"))
    assert running.status(at=berlin("09:11"))["live"]["id"] == "b"


def test_before_a_hard_start_the_session_waits_and_the_item_starts_by_itself(x: CommandLine) -> None:
    x.ok("do", "start", "d", at=berlin("09:55"))
    x.ok("do", "next", at=berlin("10:05"))
    status = x.status(at=berlin("10:10"))
    assert status["state"] == "waiting"
    assert item(status, "e")["expected_start"] == berlin("10:20")
    assert status["expected_end"] == berlin("11:00")
    assert "waiting for: E · 10:20" in x.ok("status", at=berlin("10:10")).out
    later = x.status(at=berlin("10:25"))
    assert (later["state"], later["live"]["id"], later["live"]["elapsed"]) == ("running", "e", 300)


def test_previous_runs_the_earlier_item_again_and_keeps_its_record(running: CommandLine) -> None:
    running.ok("do", "next", at=berlin("09:10"))
    running.ok("do", "previous", at=berlin("09:12"))
    status = running.status(at=berlin("09:13"))
    assert status["live"]["id"] == "a"
    assert status["live"]["elapsed"] in (60, 660)
    assert item(status, "a")["active"] == 660


def test_goto_goes_to_any_item_and_names_the_nearest_for_a_wrong_one(running: CommandLine) -> None:
    running.ok("do", "goto", "d", at=berlin("09:05"))
    assert running.status(at=berlin("09:05"))["live"]["id"] == "d"
    assert "nosuch" in running.refused("do", "goto", "nosuch", at=berlin("09:06"))


@pytest.mark.parametrize(
    ("words", "length"),
    [
        (["+5"], 900),
        (["-3"], 420),
        (["+1:30"], 690),
        (["until", "09:25"], 1500),
        (["until 09:25"], 1500),
        (["5"], 900),
    ],
)
def test_extend_takes_minutes_clock_lengths_and_until(running: CommandLine, words: list[str], length: int) -> None:
    running.ok("do", "extend", *words, at=berlin("09:01"))
    status = running.status(at=berlin("09:01"))
    assert item(status, "a")["length"] == length
    assert status["live"]["remaining"] == length - 60
    assert status["live"]["elapsed"] == 60


def test_backdate_never_goes_before_the_end_of_the_item_before(running: CommandLine) -> None:
    running.ok("do", "next", at=berlin("09:10"))
    running("do", "backdate", "3", at=berlin("09:12"))
    status = running.status(at=berlin("09:12"))
    assert item(status, "b")["started"] == berlin("09:10")
    assert item(status, "a")["ended"] == berlin("09:10")


def test_the_first_item_can_have_started_three_minutes_ago(x: CommandLine) -> None:
    x.ok("do", "start", at=berlin("09:05"))
    x.ok("do", "backdate", "3", at=berlin("09:06"))
    status = x.status(at=berlin("09:06"))
    assert item(status, "a")["started"] == berlin("09:03")
    assert status["live"]["elapsed"] == 180


def test_skip_takes_an_item_out_and_unskip_brings_it_back(running: CommandLine) -> None:
    before = expected(running.status(at=berlin("09:01")))
    running.ok("do", "skip", "b", at=berlin("09:01"))
    status = running.status(at=berlin("09:01"))
    b = item(status, "b")
    assert (b["state"], b["expected_start"]) == ("skipped", b["expected_end"])
    assert item(status, "c")["expected_start"] == berlin("09:10")
    running.ok("do", "unskip", "b", at=berlin("09:01"))
    assert expected(running.status(at=berlin("09:01"))) == before
    running.ok("do", "skip", "b", at=berlin("09:02"))
    running.ok("do", "next", at=berlin("09:10"))
    assert running.status(at=berlin("09:10"))["live"]["id"] == "c"


def test_a_preview_of_compress_shows_lengths_and_changes_nothing(running: CommandLine) -> None:
    running.ok("do", "next", at=berlin("09:10"))
    running.ok("do", "next", at=berlin("09:52"))
    before = running.log()
    said = running.ok("do", "compress", "--preview", at=berlin("09:52")).out
    assert "20:37" in said
    assert "12:23" in said
    assert running.log() == before


def test_compress_says_what_cannot_be_saved(running: CommandLine) -> None:
    running.ok("do", "goto", "c", at=berlin("10:07"))
    said = running("do", "compress", at=berlin("10:07"))
    assert "2:00" in said.out + said.err
    assert "cut an item" in said.out + said.err


def test_compress_is_refused_while_everything_fits(running: CommandLine) -> None:
    before = running.log()
    running.refused("do", "compress", at=berlin("09:01"))
    assert running.log() == before


@pytest.mark.parametrize("words", [["break 5"], ["break", "5"]])
def test_insert_puts_a_new_item_after_the_running_one(running: CommandLine, words: list[str]) -> None:
    running.ok("do", "insert", *words, at=berlin("09:01"))
    rows = running.status(at=berlin("09:01"))["items"]
    assert len(rows) == 7
    assert (rows[1]["kind"], rows[1]["length"], rows[1]["state"]) == ("break", 300, "future")
    assert rows[2]["expected_start"] == berlin("09:15")


def test_move_changes_the_order_of_what_is_to_come(running: CommandLine) -> None:
    order = lambda: [row["id"] for row in running.status(at=berlin("09:01"))["items"]]  # noqa: E731
    running.ok("do", "move", "d", "up", at=berlin("09:01"))
    assert order() == ["a", "b", "d", "c", "e", "f"]
    running.ok("do", "move", "d", "down", at=berlin("09:01"))
    assert order() == ["a", "b", "c", "d", "e", "f"]


def test_rename_takes_every_word_that_follows(running: CommandLine) -> None:
    running.ok("do", "rename", "c", "Work", "in groups", at=berlin("09:01"))
    assert item(running.status(at=berlin("09:01")), "c")["title"] == "Work in groups"


def test_finish_ends_the_session_and_undo_reopens_it(running: CommandLine) -> None:
    running.ok("do", "finish", at=berlin("09:30"))
    status = running.status(at=berlin("09:40"))
    assert status["state"] == "finished"
    assert [row["state"] for row in status["items"]] == ["done", *["not-run"] * 5]
    running.ok("do", "undo", at=berlin("09:31"))
    assert running.status(at=berlin("09:40"))["state"] == "running"


UNDOABLE = [
    ("next",),
    ("goto", "d"),
    ("pause",),
    ("extend", "+5"),
    ("extend", "-3"),
    ("extend", "until", "09:40"),
    ("skip", "b"),
    ("insert", "break 5"),
    ("move", "c", "up"),
    ("rename", "c", "New"),
    ("finish",),
]


@pytest.mark.parametrize("words", UNDOABLE, ids=" ".join)
def test_undo_restores_the_rundown_and_redo_does_it_again(running: CommandLine, words: tuple[str, ...]) -> None:
    before = running.status(at=berlin("09:06"))
    running.ok("do", *words, at=berlin("09:05"))
    after = running.status(at=berlin("09:06"))
    assert after != before
    running.ok("do", "undo", at=berlin("09:05:30"))
    assert running.status(at=berlin("09:06")) == before
    running.ok("do", "redo", at=berlin("09:05:40"))
    assert running.status(at=berlin("09:06")) == after


def test_undo_and_redo_work_across_processes(x: CommandLine) -> None:
    for words in (("start", "--at", berlin("09:00")), ("extend", "+5", "--at", berlin("09:01"))):
        assert spawn("do", *words, folder=x.folder).code == 0
    assert spawn("do", "undo", "--at", berlin("09:02"), folder=x.folder).code == 0
    assert item(x.status(at=berlin("09:02")), "a")["length"] == 600
    assert spawn("do", "redo", "--at", berlin("09:03"), folder=x.folder).code == 0
    assert item(x.status(at=berlin("09:03")), "a")["length"] == 900


def test_with_nothing_to_undo_or_redo_both_say_so(x: CommandLine) -> None:
    x.refused("do", "undo", at=berlin("09:00"))
    x.refused("do", "redo", at=berlin("09:00"))


def test_a_new_action_after_an_undo_leaves_nothing_to_redo(running: CommandLine) -> None:
    running.ok("do", "extend", "+5", at=berlin("09:01"))
    running.ok("do", "undo", at=berlin("09:02"))
    running.ok("do", "extend", "+1", at=berlin("09:03"))
    running.refused("do", "redo", at=berlin("09:04"))


NOT_STARTED = [("previous",), ("pause",), ("resume",), ("extend", "+5"), ("backdate", "3"), ("finish",)]


@pytest.mark.parametrize("words", NOT_STARTED, ids=" ".join)
def test_before_the_start_an_action_on_the_running_item_is_refused(x: CommandLine, words: tuple[str, ...]) -> None:
    x.refused("do", *words, at=berlin("09:00"))
    assert x.status(at=berlin("09:00"))["state"] == "not-started"
    assert x.log() == []


REFUSED = [
    ("start",),
    ("start", "nosuch"),
    ("resume",),
    ("goto", "nosuch"),
    ("skip", "nosuch"),
    ("unskip", "b"),
    ("unskip", "nosuch"),
    ("move", "nosuch", "up"),
    ("rename", "nosuch", "Title"),
    ("rooms", "extend", "+3"),
    ("rooms", "recall"),
    ("away", "nobody"),
    ("spoke", "nobody"),
    ("choose", "nobody", "1"),
]


@pytest.mark.parametrize("words", REFUSED, ids=" ".join)
def test_a_refused_action_changes_nothing_and_says_why(running: CommandLine, words: tuple[str, ...]) -> None:
    before = running.log()
    running.refused("do", *words, at=berlin("09:05"))
    assert running.log() == before


BAD = [
    ("extend", "banana"),
    ("extend", "until", "25:99"),
    ("extend", "until", "banana"),
    ("extend", "+"),
    ("backdate", "banana"),
    ("backdate", "-3"),
    ("insert", "nothing"),
    ("rooms", "dance"),
    ("extend", "+99999999999999"),
    ("extend", "+1e9"),
    ("extend", "+٣x"),
    ("insert", "break 99999999999"),
    ("backdate", "99999999999"),
]


@pytest.mark.parametrize("words", BAD, ids=" ".join)
def test_an_argument_that_means_nothing_changes_nothing(running: CommandLine, words: tuple[str, ...]) -> None:
    before = running.log()
    running.refused("do", *words, at=berlin("09:05"), code=None)
    assert running.log() == before


MISSING = [
    (),
    ("goto",),
    ("extend",),
    ("extend", "until"),
    ("backdate",),
    ("skip",),
    ("unskip",),
    ("insert",),
    ("move",),
    ("move", "c"),
    ("move", "c", "sideways"),
    ("rename",),
    ("rename", "c"),
    ("here",),
    ("away",),
    ("spoke",),
    ("rooms",),
    ("rooms", "extend"),
    ("choose",),
    ("choose", "p01"),
]


@pytest.mark.parametrize("words", MISSING, ids=" ".join)
def test_a_missing_argument_is_wrong_usage(running: CommandLine, words: tuple[str, ...]) -> None:
    before = running.log()
    running.misused("do", *words, at=berlin("09:05"))
    assert running.log() == before


TOO_MANY = [("next", "b"), ("pause", "now"), ("resume", "now"), ("finish", "it"), ("undo", "2")]


@pytest.mark.parametrize("words", TOO_MANY, ids=" ".join)
def test_a_word_too_many_is_wrong_usage(running: CommandLine, words: tuple[str, ...]) -> None:
    before = running.log()
    running.misused("do", *words, at=berlin("09:05"))
    assert running.log() == before


def test_an_unknown_action_is_wrong_usage_and_names_the_nearest(x: CommandLine) -> None:
    assert "start" in x.misused("do", "strat")


# ---------------------------------------------------------------- the breakout clock

BREAKOUT = """
[programme]
tz = "Europe/Berlin"
[[session]]
id = "s"
date = 2026-03-10
start = "09:00"
agenda = [
  { id = "hello", minutes = 5, title = "Hello" },
  { id = "groups", kind = "breakout", minutes = 20, size = 4, rounds = 2, title = "Groups" },
  { id = "bye", minutes = 5, title = "Bye" },
]
"""


@pytest.fixture
def breakout(empty: CommandLine) -> CommandLine:
    empty.plan(BREAKOUT)
    empty.ok("do", "start", at=berlin("09:00"))
    empty.ok("do", "next", at=berlin("09:05"))
    return empty


def test_the_breakout_clock_counts_its_rounds_and_closes(breakout: CommandLine) -> None:
    breakout.ok("do", "rooms", "start", at=berlin("09:05"))
    rooms = lambda clock: breakout.status(at=berlin(clock))["rooms"]  # noqa: E731
    assert rooms("09:05") == {"item": "groups", "round": 1, "rounds": 2, "remaining": 600, "phase": "running"}
    assert (rooms("09:10")["round"], rooms("09:10")["remaining"]) == (1, 300)
    seen = [rooms(clock) for clock in ("09:12", "09:14:30", "09:15:30", "09:16:30")]
    order = ["running", "closing", "closed"]
    phases = [order.index(one["phase"]) for one in seen if one and one["round"] == 1]
    assert phases == sorted(phases)
    assert phases[0] == 0


def test_the_breakout_clock_of_one_round_ends_closed(breakout: CommandLine) -> None:
    breakout.plan(BREAKOUT.replace("rounds = 2", "rounds = 1"))
    breakout.ok("do", "rooms", "start", at=berlin("09:05"))
    phases = []
    for clock in ("09:05", "09:15", "09:24:30", "09:25:30", "09:27"):
        rooms = breakout.status(at=berlin(clock))["rooms"]
        phases.append(rooms["phase"] if rooms else "closed")
    assert phases[0] == phases[1] == "running"
    assert "closing" in phases
    assert phases[-1] == "closed"


def test_the_breakout_clock_does_not_stop_with_the_item(breakout: CommandLine) -> None:
    breakout.ok("do", "rooms", "start", at=berlin("09:05"))
    breakout.ok("do", "pause", at=berlin("09:06"))
    assert breakout.status(at=berlin("09:10"))["rooms"]["remaining"] == 300


def test_extending_the_rooms_gives_them_longer(breakout: CommandLine) -> None:
    breakout.ok("do", "rooms", "start", at=berlin("09:05"))
    breakout.ok("do", "rooms", "extend", "+3", at=berlin("09:06"))
    assert breakout.status(at=berlin("09:06"))["rooms"]["remaining"] == 540 + 180


def test_recalling_the_rooms_closes_them_after_a_grace_minute(breakout: CommandLine) -> None:
    breakout.ok("do", "rooms", "start", at=berlin("09:05"))
    breakout.ok("do", "rooms", "recall", at=berlin("09:08"))
    assert breakout.status(at=berlin("09:08:30"))["rooms"]["phase"] == "closing"
    rooms = breakout.status(at=berlin("09:09:30"))["rooms"]
    assert rooms is None or rooms["phase"] == "closed"


def test_rooms_can_be_undone(breakout: CommandLine) -> None:
    breakout.ok("do", "rooms", "start", at=berlin("09:05"))
    breakout.ok("do", "undo", at=berlin("09:06"))
    assert breakout.status(at=berlin("09:07"))["rooms"] is None


# ---------------------------------------------------------------- people


def test_here_away_and_spoke_take_an_id_or_a_name(week: CommandLine) -> None:
    at = "2020-09-29T13:00:00Z"
    for action in ("here", "away", "spoke"):
        for name in ("p05", "Participant 06", "stibbe", "Stella"):
            week.ok("do", action, name, "--session", "tue", at=at)
    assert len(week.log("--session", "tue")) >= 12


def test_a_name_of_several_words_needs_no_quotes(week: CommandLine) -> None:
    week.ok("do", "here", "Participant", "06", "--session", "tue", at="2020-09-29T13:00:00Z")
    assert week.log("--session", "tue")[-1]["person"] == "p06"


def test_somebody_nobody_knows_is_refused_and_can_be_added(week: CommandLine) -> None:
    at = "2020-09-29T13:00:00Z"
    week.refused("do", "here", "Nobody Known", "--session", "tue", at=at)
    week.ok("do", "here", "+Nobody Known", "--session", "tue", at=at)
    week.ok("do", "spoke", "nobody-known", "--session", "tue", at=at)


def test_a_name_that_two_people_share_is_refused(week: CommandLine) -> None:
    week.refused("do", "here", "Participant", "--session", "tue", at="2020-09-29T13:00:00Z")


def test_somebody_away_is_not_seated(week: CommandLine) -> None:
    at = "2020-09-29T13:00:00Z"
    week.ok("do", "away", "p05", "--session", "tue", at=at)
    rounds = week.ok("rooms", "--item", "groups", "--session", "tue", "--seconds", "0.2", "--json", at=at).json[
        "rounds"
    ]
    seated = {name for room in rounds[0]["rooms"] for name in room["people"]}
    assert "p05" not in seated
    assert "p06" in seated


# ---------------------------------------------------------------- which plan, session, records, instant

THREE = """
[programme]
tz = "Europe/Berlin"
[[session]]
id = "one"
date = 2026-03-10
start = "09:00"
agenda = [ { id = "a", minutes = 30, title = "A" } ]
[[session]]
id = "two"
date = 2026-03-11
start = "09:00"
agenda = [ { id = "a", minutes = 30, title = "A" } ]
[[session]]
id = "three"
date = 2026-03-13
start = "09:00"
agenda = [ { id = "a", minutes = 30, title = "A" } ]
"""


@pytest.mark.parametrize(
    ("at", "session"),
    [
        ("2026-03-01T12:00:00Z", "one"),
        ("2026-03-10T06:00:00Z", "one"),
        ("2026-03-11T12:00:00Z", "two"),
        ("2026-03-10T23:30:00Z", "two"),
        ("2026-03-12T12:00:00Z", "three"),
    ],
)
def test_the_session_is_todays_by_the_plans_clock_else_the_next(
    anywhere: str, empty: CommandLine, at: str, session: str
) -> None:
    empty.plan(THREE)
    assert empty.status(at=at)["session"] == session


def test_the_session_that_runs_comes_before_todays(empty: CommandLine) -> None:
    empty.plan(THREE)
    empty.ok("do", "start", "--session", "three", at="2026-03-11T08:00:00Z")
    assert empty.status(at="2026-03-11T08:10:00Z")["session"] == "three"
    empty.ok("do", "finish", at="2026-03-11T08:20:00Z")
    assert empty.status(at="2026-03-11T08:30:00Z")["session"] == "two"


def test_a_session_that_is_over_is_still_meant_on_its_day_and_can_be_reopened(empty: CommandLine) -> None:
    empty.plan(THREE)
    empty.ok("do", "start", at="2026-03-10T08:00:00Z")
    empty.ok("do", "finish", at="2026-03-10T09:00:00Z")
    assert empty.status(at="2026-03-10T12:00:00Z")["session"] == "one"
    empty.ok("do", "undo", at="2026-03-10T12:00:00Z")
    empty.ok("do", "finish", at="2026-03-10T12:00:00Z")
    assert empty.status(at="2026-03-11T06:00:00Z")["session"] == "two"


def test_when_all_is_over_the_session_that_ran_last_is_meant(empty: CommandLine) -> None:
    empty.plan(THREE)
    empty.ok("do", "start", "--session", "two", at="2026-03-11T08:00:00Z")
    assert empty.status(at="2027-01-01T00:00:00Z")["session"] == "two"


def test_after_the_last_session_status_still_answers(empty: CommandLine) -> None:
    empty.plan(THREE)
    assert empty.status(at="2027-01-01T00:00:00Z")["session"] in ("one", "two", "three")


def test_an_unknown_session_is_refused_with_the_nearest(week: CommandLine) -> None:
    assert "tue" in week.refused("status", "--session", "teu", code=None)


def test_options_stand_before_or_after_the_command(x: CommandLine, tmp_path: Path) -> None:
    at = berlin("09:00")
    other = tmp_path / "elsewhere"
    before = x.ok("--plan", "sessions.toml", "--session", "x", "--at", at, "--json", "status").json
    after = x.ok("status", "--plan", "sessions.toml", "--session", "x", "--at", at, "--json").json
    assert before == after
    x.ok("--records", str(other), "--at", at, "do", "start")
    x.ok("do", "--records", str(other), "extend", "+5", "--at", at)
    x.ok("do", "extend", "--at", at, "--records", str(other), "-2")
    status = x.ok("--json", "status", "--at", at, "--records", str(other)).json
    assert item(status, "a")["length"] == 13 * 60


def test_the_plan_can_be_a_file_or_its_folder(x: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    at = berlin("09:00")
    by_folder = x.status("--plan", str(x.folder), at=at)
    assert by_folder == x.status("--plan", str(x.folder / "sessions.toml"), at=at)
    renamed = x.plan(PLAN_X, "spring.toml")
    assert x.status("--plan", str(renamed), at=at)["session"] == "x"


def test_records_live_beside_the_plan_unless_told_otherwise(
    x: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = berlin("09:00")
    monkeypatch.setenv("FACILITATOR_RECORDS", str(tmp_path / "by-environment"))
    x.ok("do", "start", at=at)
    assert list((tmp_path / "by-environment").glob("x/log/*.toml"))
    x.ok("do", "start", "--records", str(tmp_path / "by-option"), at=at)
    assert list((tmp_path / "by-option").glob("x/log/*.toml"))
    assert not (x.folder / "records").exists()
    monkeypatch.delenv("FACILITATOR_RECORDS")
    x.ok("do", "start", at=at)
    assert list(x.folder.glob("records/x/log/*.toml"))


def test_only_the_owner_can_read_the_records(x: CommandLine) -> None:
    x.ok("do", "start", at=berlin("09:00"))
    for path in (x.folder / "records").rglob("*"):
        assert path.stat().st_mode & 0o077 == 0, path


def test_reading_makes_no_records(week: CommandLine) -> None:
    for words in (
        ["status"],
        ["captures"],
        ["log"],
        ["doctor"],
        ["check"],
        ["rooms", "--item", "groups", "--seconds", "0.2"],
    ):
        week(*words, "--session", "tue") if words != ["check"] else week(*words)
    assert sorted(path.name for path in week.folder.iterdir()) == ["sessions.toml"]


@pytest.mark.parametrize(
    "form",
    [
        "2026-03-10T08:05:00Z",
        "2026-03-10T09:05:00+01:00",
        "2026-03-10T09:05+01:00",
        "2026-03-10 08:05:00Z",
        "2026-03-10T03:05:00-05:00",
        "2026-03-10T08:05:00.700Z",
        "20260310T080500Z",
    ],
)
def test_an_instant_is_any_iso_form_with_its_offset(anywhere: str, x: CommandLine, form: str) -> None:
    assert x.status(at=form)["now"] == berlin("09:05")


@pytest.mark.parametrize("form", ["2026-03-10T09:05", "2026-03-10 09:05:00", "20260310T0905"])
def test_an_instant_without_an_offset_is_what_the_clocks_of_the_plan_show(
    anywhere: str, x: CommandLine, form: str
) -> None:
    assert x.status(at=form)["now"] == berlin("09:05")


def test_an_instant_without_an_offset_that_exists_twice_is_the_first(anywhere: str, x: CommandLine) -> None:
    assert x.status(at="2026-10-25T02:30")["now"] == "2026-10-25T00:30:00Z"


def test_an_instant_without_an_offset_is_refused_where_no_plan_tells_its_zone(empty: CommandLine) -> None:
    assert "sessions.toml" in empty.refused("status", "--at", "2026-03-10T09:05")


@pytest.mark.parametrize("form", ["yesterday", "2026-13-45T00:00:00Z", "", "12", "2026-03-10T99:00Z", "٢٠٢٦"])
def test_an_instant_that_is_none_is_wrong_usage(x: CommandLine, form: str) -> None:
    x.misused("status", "--at", form)


@pytest.mark.parametrize("form", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "0001-01-01T00:00:00Z"])
def test_an_instant_at_the_end_of_the_calendar_is_answered(x: CommandLine, form: str) -> None:
    for words in (["status"], ["status", "--json"], ["do", "start"], ["captures"]):
        answer = x(*words, at=form)
        assert answer.code == 0 or len(answer.err.strip().splitlines()) == 1


@pytest.mark.parametrize("form", ["1900-01-01T00:00:00Z", "8999-12-31T23:59:59Z"])
def test_an_instant_centuries_away_is_an_instant(x: CommandLine, form: str) -> None:
    for words in (["status"], ["do", "start"], ["status", "--json"], ["do", "next"], ["do", "undo"], ["captures"]):
        answer = x(*words, at=form)
        assert answer.code == 0 or len(answer.err.strip().splitlines()) == 1


# ---------------------------------------------------------------- the smallest plan

SMALLEST = """[[session]]
agenda = [
  { minutes = 5,  title = "Welcome" },
  { minutes = 20, title = "Our question" },
  { minutes = 25, kind = "breakout", size = 4, rounds = 2 },
  { minutes = 5,  title = "Goodbye" },
]
"""


def test_the_smallest_plan_runs_a_whole_call(empty: CommandLine) -> None:
    empty.plan(SMALLEST)
    assert empty.ok("check").code == 0
    status = empty.status()
    ids = [row["id"] for row in status["items"]]
    assert ids[:2] == ["welcome", "our-question"]
    assert ids[3] == "goodbye"
    assert [row["kind"] for row in status["items"]] == ["plenary", "plenary", "breakout", "plenary"]
    assert status["items"][0]["planned_start"][14:16] in {f"{five:02}" for five in range(0, 60, 5)}
    assert status["items"][0]["planned_start"] >= status["now"]
    empty.ok("do", "start", at="2026-03-10T08:00:00Z")
    empty.ok("capture", "= it runs #first", at="2026-03-10T08:01:00Z")
    empty.ok("do", "next", at="2026-03-10T08:05:00Z")
    empty.ok("do", "next", at="2026-03-10T08:25:00Z")
    empty.ok("do", "rooms", "start", at="2026-03-10T08:25:00Z")
    rooms = empty.status(at="2026-03-10T08:26:00Z")["rooms"]
    assert (rooms["rounds"], rooms["remaining"]) == (2, 750 - 60)
    empty.ok("do", "next", at="2026-03-10T08:50:00Z")
    empty.ok("do", "next", at="2026-03-10T08:55:00Z")
    done = empty.status(at="2026-03-10T08:56:00Z")
    assert done["state"] == "finished"
    assert [row["drift_end"] for row in done["items"]] == [0, 0, 0, 0]
    assert [one["kind"] for one in empty.captures()] == ["takeaway"]


def test_a_breakout_without_people_asks_for_the_head_count_or_shows_empty_rooms(empty: CommandLine) -> None:
    empty.plan(SMALLEST)
    breakout = empty.status()["items"][2]["id"]
    answer = empty("rooms", "--item", breakout)
    assert answer.code == 0 or "--people" in answer.err


# ---------------------------------------------------------------- what is written for people


def test_status_in_words_names_the_session_the_item_and_the_end(running: CommandLine) -> None:
    said = running.ok("status", at=berlin("09:04")).out
    assert "A" in said
    assert "6:00" in said
    assert "11:00" in said


def test_an_action_says_what_it_did(x: CommandLine) -> None:
    assert x.ok("do", "start", at=berlin("09:00")).out.strip()


@pytest.mark.parametrize(
    "words", [("skip", "b"), ("extend", "+5"), ("undo",), ("rooms", "start"), ("rooms", "recall")], ids=" ".join
)
def test_a_preview_of_what_has_none_changes_nothing(x: CommandLine, words: tuple[str, ...]) -> None:
    x.ok("do", "start", at="2026-03-10T09:00")
    assert "--preview" in x.misused("do", *words, "--preview", at="2026-03-10T09:05")
    assert len(x.log()) == 2


def test_a_pause_that_stops_the_rooms_too_belongs_to_opening_them(x: CommandLine) -> None:
    assert "rooms start" in x.misused("do", "pause", "--with-item")

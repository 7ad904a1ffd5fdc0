"""`captures --json`: exactly the keys of the command page, with values of the same kinds every time."""

from __future__ import annotations

import re
from typing import Any

from cli.commandline import INSTANT, CommandLine, berlin

TEXTS = ["id", "kind", "text", "raw"]
LISTS = ["owner", "tags", "flags", "unsure"]
KEYS = [*TEXTS, *LISTS, "at", "item", "by", "room", "question", "count", "due"]


def assert_whole(one: dict[str, Any]) -> None:
    assert sorted(one) == sorted(KEYS)
    assert INSTANT.fullmatch(one["at"])
    for name in TEXTS:
        assert isinstance(one[name], str), name
    for name in LISTS:
        assert isinstance(one[name], list), name
        assert all(isinstance(entry, str) for entry in one[name])
    assert one["item"] is None or isinstance(one["item"], str)
    assert one["room"] is None or isinstance(one["room"], str)
    assert one["question"] is None or type(one["question"]) is int
    assert type(one["count"]) is int
    assert one["due"] is None or re.fullmatch(r"\d{4}-\d\d-\d\d", one["due"])


def test_every_capture_has_every_key(x: CommandLine) -> None:
    assert x.captures() == []
    lines = [
        "before the start",
        "= takeaway #tag",
        "! action due:+7d",
        "> quote /ok",
        "r:2 q:1 n:3 with everything",
        "? due:someday",
        "/undo",
        "/off",
    ]
    x.ok("capture", lines[0], at=berlin("08:50"))
    x.ok("do", "start", at=berlin("09:00"))
    for line in lines[1:]:
        x.ok("capture", line, at=berlin("09:01"))
    found = x.captures()
    assert len(found) == 5
    for one in found:
        assert_whole(one)
    assert found[0]["item"] is None
    assert found[1]["item"] == "a"


def test_captures_come_in_the_order_they_were_said(x: CommandLine) -> None:
    for n in range(12):
        x.ok("capture", f"line {n}", at=berlin("09:00"))
    assert [one["text"] for one in x.captures()] == [f"line {n}" for n in range(12)]


def test_the_list_for_people_shows_each_line(x: CommandLine) -> None:
    x.ok("capture", "= evidence is needed", at=berlin("09:00"))
    x.ok("capture", "! send slides [/] due:2026-03-12", at=berlin("09:00"))
    said = x.ok("captures").out
    assert "evidence is needed" in said
    assert "send slides [/]" in said


def test_the_captures_of_another_session_stay_there(week: CommandLine) -> None:
    week.ok("capture", "monday's", "--session", "mon")
    week.ok("capture", "tuesday's", "--session", "tue")
    assert [one["text"] for one in week.captures("--session", "mon")] == ["monday's"]
    assert [one["text"] for one in week.captures("--session", "tue")] == ["tuesday's"]

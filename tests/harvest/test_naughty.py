"""Text from outside in every field of a plan and a run: every file of every edition is still what it should be."""

from __future__ import annotations

import csv
import io
import time
from dataclasses import replace

import icalendar
import pytest
from markdown_it import MarkdownIt

from core.calls import Call, item, plan_of
from facilitator_tui.core.events import CaptureAdded, ItemRenamed, PersonAdded, PersonArrived, RoomsPlanned, TurnTaken
from facilitator_tui.core.plan import Consent, Idea, KindWording, Organisation, Participant, Roster
from facilitator_tui.harvest.export import files
from harvest.test_html import Reader

NASTY = [
    "[/] [b]x[/b] {% raw %} {{ 7 * 7 }} {#",
    "\x1b[31m\x9b2J\x00\x07 bell",
    "# not a heading\n---\n> no quote",
    "| a | b |\n|---|---|",
    "<script>alert(1)</script><!-- ![x](javascript:alert(1))",
    "=cmd|' /C calc'!A0",
    "\u202eevil\u2066\ufeff\ud800 Z\u0351\u036b\u0343",
    "BEGIN:VEVENT\r\nSUMMARY:second\r\nEND:VEVENT",
    '", "edition": "team"\n---\nx: &a [*a]',
    "👩‍👩‍👧 ¡Ñandú! 日本語 עברית",
    "w" * 20_000,
]
KINDS = ("note", "takeaway", "message", "action", "quote", "question", "decision", "idea", "park", "resource", "own")


def nasty_call(text: str) -> Call:
    plan = plan_of([item("A", 10, "input", speakers=("p1",), asks=(1,)), item("B", 10, "breakout")])
    session = replace(plan.sessions[0], title=text, questions=(text,), tags=(text,))
    orgs = tuple(Organisation(f"o{n}", text, sector=text) for n in range(2))
    people = tuple(Participant(f"p{n}", text, f"o{n % 2}", sector=text, email=f"p{n}@x.org") for n in range(4))
    plan = replace(
        plan,
        programme=replace(plan.programme, title=text, purpose=text, theme="t", host="o1"),
        sessions=(session,),
        roster=Roster(people, orgs),
        consent=Consent("open", participants="name"),
        voice=replace(plan.voice, groups=("sector",)),
        ideas=(Idea("i", text, 2, "x"), Idea("j", text, 1)),
        kinds={"own": KindWording(text, "own"), "takeaway": KindWording(text)},
        links={"call": text},
    )
    call = Call(plan)
    call.do("09:00", "start")
    happened = [PersonAdded("new", text), *(PersonArrived(f"p{n}") for n in range(4)), TurnTaken("p1", "A")]
    call.happen(call.instant("09:01"), *happened, ItemRenamed("B", text))
    call.happen(call.instant("09:01"), RoomsPlanned("B", 1, ("1",), (text,), ("p1 p2",)))
    for number, kind in enumerate(KINDS):
        line = CaptureAdded(
            text, text, kind, item="AB"[number % 2], room="1", by=("p1",), tags=(text, "t"), flags=("ok",)
        )
        call.happen(call.instant("09:02"), line)
    return call


@pytest.mark.parametrize("text", NASTY, ids=lambda text: ascii(text[:20]))
@pytest.mark.parametrize("edition", ["team", "participants", "public"])
def test_text_stays_text_in_every_file(text: str, edition: str) -> None:
    call = nasty_call(text)
    codes = [f"x-{number:03}" for number in range(1, 40)]
    made = files([call.fold.run], call.plan, call.instant("09:05"), edition, week=True, html=True, confirmed=codes)  # type: ignore[arg-type]
    texts = {path: content.decode() for path, content in made.files.items()}
    for path, written in texts.items():
        assert not any(ord(sign) < 32 and sign not in "\r\n" for sign in written), path
        assert not any(0x7F <= ord(sign) <= 0x9F or sign in "\u202e\u2066" for sign in written), path
    for path in ("x/notes.md", "x/actions.md", "week/digest.md", "week/article.md"):
        tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(_without_head(texts[path]))
        inline = {child.type for token in tokens for child in token.children or []}
        assert not {"html_block", "fence", "code_block"} & {token.type for token in tokens}, path
        assert not {"html_inline", "image", "link_open", "s_open", "code_inline"} & inline, path
    for path in ("x/actions.csv", "week/actions.csv"):
        cells = [cell for row in csv.reader(io.StringIO(texts[path], newline="")) for cell in row]
        assert not any(cell.startswith(("=", "+", "-", "@")) for cell in cells)
    for path in ("x/notes.html", "week/digest.html"):
        page = Reader(texts[path])
        assert page.open == [], path
        assert not {"script", "img", "b", "s", "code", "hr", "blockquote"} & {tag for tag, _ in page.tags}, path
        assert "javascript:" not in "".join(str(attrs.get("href")) for _, attrs in page.tags), path
    assert len(icalendar.Calendar.from_ical(texts["week/week.ics"]).walk("VEVENT")) == 1


@pytest.mark.parametrize("edition", ["team", "public"])
def test_lines_of_200_kilobytes_are_written_within_seconds(edition: str) -> None:
    call = nasty_call("Ann Núñez")
    text = "a word [of] *many* " * 11_000
    for kind in ("takeaway", "action"):
        call.happen(call.instant("09:03"), CaptureAdded(text, text, kind, item="A", flags=("ok",)))
    began = time.process_time()
    made = files([call.fold.run], call.plan, call.instant("09:05"), edition, week=True, html=True)  # type: ignore[arg-type]
    assert time.process_time() - began < 45
    assert len(made.files["x/notes.html"]) > 400_000


def _without_head(text: str) -> str:
    return text.split("\n---\n", 1)[1] if text.startswith("---\n") else text

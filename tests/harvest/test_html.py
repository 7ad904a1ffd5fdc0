"""The page: one file that needs nothing but itself, that says what the Markdown says, in a real browser too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.calls import Call, item, plan_of
from facilitator_tui.core.events import CaptureAdded, ItemInserted, RoomsPlanned
from facilitator_tui.core.plan import Organisation, Participant, Roster
from facilitator_tui.harvest.export import files
from facilitator_tui.harvest.met import met_table
from facilitator_tui.harvest.sorting import sheet
from harvest.browser import Browser, found
from harvest.tuesday import other_day, real_week, tuesday

EDITIONS = ("team", "participants", "public")
REACHES_OUT = re.compile(
    r"""\b(?:src|srcset|action|data|poster|background|ping)=|@import|url\(|<(?:script|iframe|object|img)"""
)


class Reader(HTMLParser):
    """Takes a page apart: tags with their attributes, the text, and whether every tag is closed."""

    VOID = frozenset(("meta", "link", "br", "hr", "line", "rect"))

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.open: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in self.VOID or (tag == "rect" and self.rawdata[self.rawdata.index(">", self._at()) - 1] != "/"):
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"nothing is open where {tag} is closed"
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data if self.open[-1:] != ["style"] else ""

    def _at(self) -> int:
        line, column = self.getpos()
        lines = self.rawdata.split("\n")
        return sum(len(one) + 1 for one in lines[: line - 1]) + column


@lru_cache(maxsize=4)
def pages(edition: str = "team") -> dict[str, str]:
    calls = [other_day("mon"), tuesday(), *(other_day(day) for day in ("wed", "thu", "fri"))]
    runs = [call.fold.run for call in calls]
    made = files(runs, real_week(), calls[-1].instant("17:05"), edition, week=True, html=True)  # type: ignore[arg-type]
    return {name: text.decode() for name, text in made.files.items() if name.endswith(".html")}


def page_of(call: Call, edition: str = "team") -> str:
    made = files([call.fold.run], call.plan, call.instant("18:00"), edition, html=True)  # type: ignore[arg-type]
    return made.files[f"{call.fold.run.session.id}/notes.html"].decode()


def test_each_session_and_the_week_has_a_page() -> None:
    assert sorted(pages()) == [f"{day}/notes.html" for day in ("fri", "mon", "thu", "tue", "wed")] + [
        "week/digest.html"
    ]


def test_pages_are_written_only_where_they_are_asked_for() -> None:
    call = tuesday()
    assert not [name for name in files([call.fold.run], call.plan, call.instant("18:00")).files if "html" in name]


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_page_has_no_script_no_style_on_an_element_and_nothing_from_outside(edition: str) -> None:
    for page in pages(edition).values():
        read = Reader(page)
        assert read.open == []
        assert not {"script", "iframe", "img", "object", "embed", "base", "form"} & {tag for tag, _ in read.tags}
        assert not [attrs for _, attrs in read.tags if {"style", "src", "onload", "onclick"} & set(attrs)]
        linked = [attrs["href"] for tag, attrs in read.tags if tag == "link"]
        assert linked == ["data:,"]
        assert not REACHES_OUT.search(page)


def test_a_page_forbids_everything_but_its_own_style() -> None:
    [policy] = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', pages()["tue/notes.html"])
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_page_says_which_edition_it_is(edition: str) -> None:
    words = {"team": "Team's edition:", "participants": "Participants' edition:", "public": "Public edition:"}
    for page in pages(edition).values():
        assert [name for name, said in words.items() if f"<strong>{said}</strong>" in page] == [edition]


def test_the_page_holds_every_line_of_the_notes() -> None:
    call = tuesday()
    text = " ".join(Reader(pages()["tue/notes.html"]).text.split())
    lines = [capture.content.text for capture in call.fold.run.captures]
    assert [line for line in lines if " ".join(line.split()) not in text] == []


def test_boxes_of_actions_are_boxes_and_a_typed_box_stays_text() -> None:
    page = pages()["tue/notes.html"]
    assert page.count('aria-label="open">☐') == 3
    assert page.count('aria-label="done">☑') == 1
    call = tuesday()
    call.happen(call.instant("17:01"), CaptureAdded("", "[x] this was typed", "takeaway"))
    assert "[x] this was typed" in page_of(call)


def test_addresses_of_pages_are_links_and_other_schemes_are_text() -> None:
    call = tuesday()
    for text in ("see https://example.org/a?b=1&c=2.", "javascript:alert(1) [x](javascript:alert(2))"):
        call.happen(call.instant("17:01"), CaptureAdded("", text, "takeaway"))
    read = Reader(page_of(call))
    links = [str(attrs["href"]) for tag, attrs in read.tags if tag == "a"]
    assert "https://example.org/a?b=1&c=2" in links
    assert [link for link in links if not link.startswith(("https://", "#s"))] == []
    assert "javascript:alert(1) [x](javascript:alert(2))" in read.text


@settings(deadline=None, max_examples=60)
@given(st.text(st.sampled_from("ab<>&\"'`*_[]()#|!\\\n/:;=-{}% é日\u202e\x1b"), min_size=1, max_size=40))
def test_any_text_is_text_on_the_page(text: str) -> None:
    plan = plan_of([item(f"T {text}", 10), item("B", 10)])
    call = Call(replace(plan, sessions=(replace(plan.sessions[0], title=f"S {text}"),)))
    call.do("09:00", "start")
    call.happen(call.instant("09:01"), CaptureAdded("", f"L {text}", "takeaway", tags=("t",)))
    call.do("09:05", "next_item")
    plain, page = Call(plan), page_of(call)
    plain.do("09:00", "start")
    read = Reader(page)
    assert read.open == []
    assert {tag for tag, _ in read.tags} <= {
        *("html", "head", "meta", "link", "title", "style", "body", "p", "strong", "main", "header", "nav", "ul", "li"),
        *("a", "section", "h1", "h2", "h3", "h4", "div", "table", "thead", "tbody", "tr", "th", "td", "figure"),
        *("figcaption", "span", "svg", "g", "rect", "text", "line"),
    }
    assert [attrs for tag, attrs in read.tags if tag == "a" and not str(attrs["href"]).startswith("#s")] == []


def test_a_communitys_own_template_is_what_the_page_shows_with_both_drawings_behind() -> None:
    call = tuesday()
    own = {
        "notes.md.j2": "# Mine\n\n{% for e in s.of('takeaway') %}- {{ e.text }}\n{% endfor %}![x](https://x.org/y.png)\n"
    }
    made = files([call.fold.run], call.plan, call.instant("18:00"), html=True, templates=own)
    page = made.files["tue/notes.html"].decode()
    assert "<h1>Mine</h1>" in page
    assert "<img" not in page
    assert page.index('class="met person"') and page.index('class="times"')


# ---------------------------------------------------------------- the drawings


def test_planned_and_actual_have_a_bar_each_and_a_pause_is_drawn() -> None:
    page = pages()["tue/notes.html"]
    assert page.count('<rect class="planned"') == 9
    assert page.count('<rect class="held"') == 10
    assert page.count('<rect class="paused"') == 1
    assert "20 → 18 min" in page


def test_what_was_inserted_live_has_no_planned_bar_and_no_planned_minutes() -> None:
    call = Call(plan_of([item("A", 10), item("B", 20)]))
    call.do("09:00", "start")
    call.happen(call.instant("09:01"), ItemInserted("extra", "A", "Energizer", "break", 300))
    call.do("09:10", "next_item")
    call.do("09:15", "next_item")
    call.do("09:35", "finish")
    made = sheet(call.fold.run, call.instant("10:00"), "team")
    assert (made.planned_minutes, made.actual_minutes, made.timing.difference) == (30, 35, "+5")
    page = page_of(call)
    assert page.count('<rect class="planned"') == 2
    assert "added, 5 min" in page
    assert "<td>Energizer (added)</td>" in page


def test_a_session_without_a_date_has_a_page_without_the_drawing_of_its_time() -> None:
    call = Call(plan_of([item("A", 10)], day=None, start=None))
    assert "<svg" not in page_of(call)


def rooms_call(people: int = 9, orgs: int = 3, participants: str = "group") -> Call:
    sectors = ("platform", "academia")
    roster = Roster(
        tuple(
            Participant(f"p{n}", f"Given{n} Family{n}", f"o{n % orgs}", sector=sectors[n % 2]) for n in range(people)
        ),
        tuple(Organisation(f"o{n}", f"Org{n}") for n in range(orgs)),
    )
    plan = plan_of([item("groups", 20, "breakout"), item("end", 5)])
    call = Call(replace(plan, roster=roster, consent=replace(plan.consent, participants=participants)))  # type: ignore[arg-type]
    call.do("09:00", "start")
    ids = [person.id for person in roster.people]
    seats = (" ".join(ids[: people // 2]), " ".join(ids[people // 2 :]))
    call.happen(call.instant("09:01"), RoomsPlanned("groups", 1, ("a", "b"), ("Alpha", "Beta"), seats))
    call.do("09:20", "next_item")
    call.do("09:25", "finish")
    return call


def test_the_team_sees_by_name_who_met() -> None:
    table = met_table([rooms_call().fold.run], rooms_call().instant("10:00"), "team")
    assert table is not None
    assert (table.by, table.rounds, table.pairs_met, table.pairs_possible) == ("person", 1, 16, 36)
    assert sum(table.met.values()) == 16
    assert "Given0 Family0 and Given1 Family1: once" in page_of(rooms_call())


@pytest.mark.parametrize("edition", ["participants", "public"])
def test_others_see_groups_and_never_a_name_or_a_room(edition: str) -> None:
    page = page_of(rooms_call(), edition)
    assert 'class="met group"' in page
    assert "platform and platform" in page
    assert "Given" not in page
    assert not re.search(r"\bOrg\d|Alpha|Beta", page)


def test_where_people_may_not_be_grouped_only_numbers_are_told() -> None:
    page = page_of(rooms_call(participants="none"), "public")
    assert "16 of 36 pairs met; nobody met twice" in page
    assert 'class="met' not in page


def test_groups_too_small_to_hide_in_are_not_drawn() -> None:
    assert 'class="met' not in page_of(rooms_call(people=5, orgs=2), "public")
    assert "Who met whom" not in page_of(rooms_call(people=2, orgs=2), "public")


# ---------------------------------------------------------------- in a real browser


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    program = found()
    if program is None:
        pytest.skip("no chromium here: Debian's package of that name brings it")
    with Browser(program, tmp_path_factory.mktemp("browser")) as running:
        if not running.answers():
            pytest.skip(f"{program} does not start here")
        yield running


@pytest.mark.parametrize("name", ["tue/notes.html", "week/digest.html"])
@pytest.mark.parametrize("width", [360, 1200])
def test_a_browser_shows_a_page_whole_and_asks_nobody_for_anything(
    browser: Browser, tmp_path: Path, name: str, width: int
) -> None:
    path = tmp_path / "page.html"
    path.write_text(pages()[name], encoding="utf-8")
    seen = browser.shown(path, width)
    assert seen.complaints == []
    assert seen.requests == [path.as_uri()]
    assert len(seen.drawings) == 2
    assert all(box_width > 200 and box_height > 100 for box_width, box_height in seen.drawings)
    assert seen.width <= width


def test_a_browser_would_tell_of_a_page_that_reaches_out(browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    reaching = '<img src="http://127.0.0.1:9/x.png"><p style="color: red">'
    path.write_text(pages()["tue/notes.html"].replace("<main>", f"<main>{reaching}"), encoding="utf-8")
    assert len(browser.shown(path, 800).complaints) == 2


def test_on_paper_the_page_has_no_contents_and_is_dark_on_white(browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(pages()["tue/notes.html"], encoding="utf-8")
    seen = browser.shown(path, 800, media="print", dark=True)
    assert seen.paper == "rgb(255, 255, 255)"
    assert not seen.contents_shown
    assert browser.shown(path, 800, dark=True).paper == "rgb(21, 25, 27)"
    assert browser.shown(path, 800).contents_shown

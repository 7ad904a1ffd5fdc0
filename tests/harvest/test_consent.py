"""Nothing leaves the room that was not agreed to leave it: tried with rosters of every kind."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import count

from hypothesis import given, settings
from hypothesis import strategies as st

from core.calls import Call, item, plan_of
from facilitator_tui.core.events import CaptureAdded, PersonArrived, RoomsPlanned, TurnTaken
from facilitator_tui.core.plan import Consent, Organisation, Participant, Plan, Roster
from facilitator_tui.harvest.consent import Disclosure, gathered, labels_of
from facilitator_tui.harvest.export import files

LEVELS = ("name", "org", "group", "none")
KINDS = (
    "note",
    "takeaway",
    "message",
    "action",
    "question",
    "quote",
    "decision",
    "idea",
    "park",
    "resource",
    "enabler",
)
SECTORS = ("", "Sectorone", "Sectortwo", "Sectorthree", "Sectorfour")
REGIONS = ("", "Regionone", "Regiontwo", "Regionthree")


LABELS = re.compile(r"(?:(?:Sector|Region)[a-z]+|not said)(?: or (?:(?:Sector|Region)[a-z]+|not said))*")
"""A group as it is printed, joined ones with all their parts."""


@st.composite
def rosters(draw: st.DrawFn) -> Roster:
    numbers = count(1)
    orgs, people = [], []
    for place in range(draw(st.integers(0, 5))):
        org = Organisation(
            f"o{place}",
            f"Orgname{place}x",
            sector=draw(st.sampled_from(SECTORS)),
            region=draw(st.sampled_from(REGIONS)),
        )
        orgs.append(org)
        for _ in range(draw(st.integers(0, 3))):
            number = next(numbers)
            people.append(
                Participant(
                    f"p{number}",
                    f"Given{number}q Family{number}q",
                    org.id,
                    draw(st.sampled_from(("participant", "participant", "guest", "lead"))),
                    email=f"mail{number}@example.org",
                    sector=org.sector,
                    region=org.region,
                )
            )
    people.append(Participant("p0", "Given0q Family0q", "", sector=draw(st.sampled_from(SECTORS))))
    return Roster(tuple(people), tuple(orgs))


@st.composite
def calls(draw: st.DrawFn) -> Call:
    plan = plan_of([item("talk", 10, "input", speakers=("p1",)), item("groups", 20, "breakout"), item("end", 5)])
    consent = Consent(
        draw(st.sampled_from(("chatham", "ask", "open"))),
        draw(st.sampled_from(LEVELS)),
        draw(st.sampled_from(LEVELS)),
        draw(st.sampled_from(("ask", "open"))),
    )
    roster = draw(rosters())
    call = Call(replace(plan, roster=roster, consent=consent, voice=replace(plan.voice, groups=("sector", "region"))))
    ids = [person.id for person in roster.people]
    call.do("09:00", "start")
    for id in draw(st.lists(st.sampled_from(ids), unique=True)):
        call.happen(call.instant("09:01"), PersonArrived(id), TurnTaken(id, "groups"))
    half = draw(st.integers(0, len(ids)))
    seats = (" ".join(ids[:half]), " ".join(ids[half:]))
    call.happen(
        call.instant("09:02"), RoomsPlanned("groups", 1, ("a", "b"), ("Roomname Alpha", "Roomname Beta"), seats)
    )
    for number in range(draw(st.integers(1, 12))):
        who = tuple(draw(st.lists(st.sampled_from([*ids, *(org.id for org in roster.orgs)]), max_size=2)))
        kind = draw(st.sampled_from(KINDS))
        # A line with a name in it is mostly kept back as a whole, so few have one.
        names = [""] * 6 + [word for one in draw(st.permutations(roster.people))[:1] for word in one.name.split()]
        mentions, tag, unsure = (draw(st.sampled_from(names)) for _ in range(3))
        line = CaptureAdded(
            "",
            f"line {number} of it {mentions}".strip(),
            kind,
            item=draw(st.sampled_from(("talk", "groups", "end", "gone"))),
            room=draw(st.sampled_from(("", "a", "7"))),
            by=() if kind == "action" else who,
            owner=who if kind == "action" else (),
            flags=tuple(draw(st.sets(st.sampled_from(("ok", "anon", "off"))))),
            tags=(tag,) if tag else ("tag",),
            unsure=(f"@{unsure}",) if unsure else (),
        )
        call.happen(call.instant("09:10"), line)
    if draw(st.booleans()):
        call.do("09:11", "next_item")
        call.do("09:12", "next_item")
    return call


EVERY_FILE = {
    *("x/notes.md", "x/notes.html", "x/actions.md", "x/actions.csv", "x/actions.todo.txt", "x/mail.txt"),
    *("x/mail-missed.txt", "week/digest.md", "week/digest.html", "week/article.md", "week/week.ics"),
    *("week/actions.md", "week/actions.csv", "week/actions.todo.txt"),
}


def printed(call: Call, edition: str) -> str:
    """All that an edition writes, and nothing but texts of which every one is looked at."""
    made = files([call.fold.run], call.plan, call.instant("10:00"), edition, week=True, html=True)  # type: ignore[arg-type]
    assert set(made.files) == EVERY_FILE
    return "\n".join(text.decode() for text in made.files.values())


def named_by_rule(call: Call) -> set[str]:
    """People whose names consent lets out: speakers by `speakers`, others by an open or a given yes."""
    consent, run = call.plan.consent, call.fold.run
    if consent.rule == "open" and consent.participants == "name":
        return {person.id for person in run.roster.people}
    speakers = set(run.session.agenda[0].speakers)
    named = set(speakers) if consent.speakers == "name" else set()
    for capture in run.captures:
        content = capture.content
        agreed = consent.rule == "open" or (consent.rule == "ask" and "ok" in content.flags)
        if consent.participants == "name" and agreed and not {"anon", "off"} & set(content.flags):
            named.update((*content.by, *content.owner))
    return named


@settings(deadline=None, max_examples=50)
@given(calls(), st.sampled_from(("participants", "public")))
def test_no_name_that_was_held_back_is_printed(call: Call, edition: str) -> None:
    text = printed(call, edition)
    hidden = [one for one in call.plan.roster.people if one.id not in named_by_rule(call)]
    assert [one.name for one in hidden if one.name.split()[0] in text or one.name.split()[1] in text] == []
    assert "@example.org" not in text


@settings(deadline=None, max_examples=50)
@given(calls(), st.sampled_from(("participants", "public")))
def test_no_organisation_is_named_unless_consent_names_people_or_organisations(call: Call, edition: str) -> None:
    consent = call.plan.consent
    if {consent.speakers, consent.participants} <= {"group", "none"}:
        assert re.findall(r"(?i)orgname\dx", printed(call, edition)) == []


@settings(deadline=None, max_examples=50)
@given(calls(), st.sampled_from(("participants", "public")))
def test_every_group_that_is_printed_is_of_three_people_of_two_organisations(call: Call, edition: str) -> None:
    people = gathered(call.fold.run)
    words = {word for word in (*SECTORS, *REGIONS) if word}
    for label in set(LABELS.findall(printed(call, edition))):
        values = set(label.split(" or "))
        members = [one for one in people if {one.sector or "not said", one.region or "not said"} & values]
        assert values & words or values == {"not said"}
        assert len(members) >= 3, label
        assert len({one.org for one in members}) >= 2, label


@settings(deadline=None, max_examples=50)
@given(calls(), st.sampled_from(("participants", "public")))
def test_a_line_off_the_record_is_in_the_teams_files_only(call: Call, edition: str) -> None:
    text = printed(call, edition)
    off = [c.content.text for c in call.fold.run.captures if "off" in c.content.flags]
    assert [line for line in off if line in text] == []


@settings(deadline=None, max_examples=50)
@given(calls(), st.sampled_from(("participants", "public")))
def test_a_quote_needs_a_yes_where_the_plan_asks_for_one(call: Call, edition: str) -> None:
    text = printed(call, edition)
    if call.plan.consent.quotes == "ask":
        contents = (capture.content for capture in call.fold.run.captures)
        silent = [one.text for one in contents if one.type == "quote" and "ok" not in one.flags]
        assert [line for line in silent if line in text] == []


@settings(deadline=None, max_examples=50)
@given(calls())
def test_a_group_label_is_shared_by_three_people_of_two_organisations(call: Call) -> None:
    people = gathered(call.fold.run)
    labels = labels_of(people)
    for label in set(labels.values()):
        members = [one for one in people if labels.get(one.id) == label]
        values = set(label.split(" or "))
        assert len(members) >= 3
        assert len({one.org for one in members}) >= 2
        assert all({one.sector, one.region} & values for one in members)


@settings(deadline=None, max_examples=50)
@given(calls(), st.sampled_from(("participants", "public")))
def test_group_and_room_are_never_printed_together(call: Call, edition: str) -> None:
    labels = {label for label in labels_of(gathered(call.fold.run)).values() if label}
    for line in printed(call, edition).splitlines():
        has_room = "Alpha" in line or "Beta" in line or re.search(r"[Rr]oom 7", line)
        assert not (has_room and any(label in line for label in labels))


@settings(deadline=None, max_examples=50)
@given(calls())
def test_under_chatham_house_rule_nobody_is_more_than_a_group(call: Call) -> None:
    plan: Plan = replace(call.plan, consent=replace(call.plan.consent, rule="chatham"))
    run = replace(call.fold.run, plan=plan)
    allowed = Disclosure(run, "participants")
    assert {allowed.level(capture.content) for capture in run.captures} <= {"group", "none"}


def test_a_text_that_names_its_room_is_printed_without_its_group() -> None:
    roster = Roster(tuple(Participant(f"p{n}", f"Given{n}", f"o{n % 2}", sector="Sectorone") for n in range(4)))
    plan = replace(plan_of([item("A", 10)]), roster=roster, consent=Consent("chatham", participants="group"))
    call = Call(plan)
    call.do("09:00", "start")
    for text in ("heard in room 3", "heard elsewhere"):
        call.happen(call.instant("09:01"), CaptureAdded("", text, "takeaway", by=("p1",)))
    text = printed(call, "public")
    assert "- heard in room 3" in text
    assert "- heard in room 3 – Sectorone" not in text
    assert "- heard elsewhere – Sectorone\n" in text

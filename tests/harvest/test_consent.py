"""Nothing leaves the room that was not agreed to leave it: tried with rosters of every kind."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import fields, replace
from itertools import count, product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.calls import Call, item, plan_of
from facilitator_tui.core.capture import Capture
from facilitator_tui.core.events import (
    CaptureAdded,
    CaptureContent,
    CaptureEdited,
    CaptureRemoved,
    IdeaPlaced,
    PersonAdded,
    PersonArrived,
    RoomsPlanned,
    TurnTaken,
    VoteCast,
)
from facilitator_tui.core.line_actions import merge
from facilitator_tui.core.plan import Consent, Idea, Organisation, Participant, Plan, Roster, SessionRoom
from facilitator_tui.harvest.consent import EDITIONS, Disclosure, Edition, gathered, labels_of, strictest
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


FLAGS = ((), (), (), ("ok",), ("ok",), ("anon",), ("off",), ("ok", "anon"), ("ok", "off"))
LABELS = re.compile(r"(?:(?:Sector|Region)[a-z]+|not said)(?: or (?:(?:Sector|Region)[a-z]+|not said))*")
"""A group as it is printed, joined ones with all their parts."""


@st.composite
def rosters(draw: st.DrawFn) -> Roster:
    numbers = count(1)
    orgs, people = [], []
    # Few values for many people, or hardly any group would be large enough to be printed.
    sectors, regions = (
        draw(st.lists(st.sampled_from(words), min_size=1, max_size=3, unique=True)) for words in (SECTORS, REGIONS)
    )
    for place in range(draw(st.integers(0, 5))):
        org = Organisation(
            f"o{place}",
            f"Orgname{place}x",
            sector=draw(st.sampled_from(sectors)),
            region=draw(st.sampled_from(regions)),
        )
        orgs.append(org)
        for _ in range(draw(st.integers(0, 4))):
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
    people.append(Participant("p0", "Given0q Family0q", "", sector=draw(st.sampled_from(sectors))))
    return Roster(tuple(people), tuple(orgs))


def decided(call: Call) -> None:
    """Dots for every line and every idea of the plan, as one hears them: with the person who gave them in its text."""
    run, now = call.fold.run, call.instant("09:10")
    lines = [(one.id, one.content.text) for one in run.captures]
    ideas = [(one.id, one.text) for one in call.plan.ideas]
    for option, text in (*lines, *ideas):
        call.happen(now, VoteCast("market", option, text))
        if len(text) % 2:
            call.happen(now, IdeaPlaced(option, "x", text))


def edited_elsewhere(call: Call, place: int, flags: tuple[str, ...], kind: str = "") -> None:
    """A second version of a line, by somebody who did not see the one that stands."""
    capture = call.fold.run.captures[place]
    values: dict[str, Any] = {part.name: getattr(capture.content, part.name) for part in fields(CaptureContent)}
    values |= {"flags": flags, "text": f"{capture.content.text} again"}
    values |= {"type": kind} if kind else {}
    for over in (capture.versions, ()):
        call.happen(call.instant("09:10"), CaptureEdited(**values, capture=capture.id, over=over))
        values |= {"flags": capture.content.flags, "text": capture.content.text, "type": capture.content.type}


def joined(call: Call, *places: int) -> None:
    run = call.fold.run
    call.happen(call.instant("09:10"), *merge(run, run.last, [run.captures[at].id for at in places]).payloads)


AGENDA = [
    item("talk", 10, "input", speakers=("p1",)),
    item("groups", 20, "breakout"),
    item("market", 5, "vote"),
    item("end", 5),
]
IDEAS = (
    Idea("i1", "idea 1 of the plan", 3),
    Idea("i2", "idea 2 of the plan, proposed by Given2q Family2q"),
    Idea("i3", "idea 3 of the plan of Orgname1x", 2, "x"),
    Idea("i4", "idea 4 of the plan: write to mail4@example.org"),
)


@st.composite
def calls(draw: st.DrawFn) -> Call:
    plan = replace(plan_of(AGENDA), ideas=IDEAS)
    consent = Consent(
        draw(st.sampled_from(("chatham", "ask", "open"))),
        draw(st.sampled_from(LEVELS)),
        draw(st.sampled_from(LEVELS)),
        draw(st.sampled_from(("ask", "open"))),
    )
    roster = draw(rosters())
    call = Call(replace(plan, roster=roster, consent=consent, voice=replace(plan.voice, groups=("sector", "region"))))
    ids = [person.id for person in roster.people]
    if not roster.org("o1"):
        # Its name is that of nobody then.
        call.plan = replace(call.plan, ideas=IDEAS[:2])
        call.fold.replan(call.plan, call.session)
    call.do("09:00", "start")
    for id in ids if draw(st.booleans()) else draw(st.lists(st.sampled_from(ids), unique=True)):
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
            flags=draw(st.sampled_from(FLAGS)),
            tags=(tag,) if tag else ("tag",),
            unsure=(f"@{unsure}",) if unsure else (),
        )
        call.happen(call.instant("09:10"), line)
    lines = st.integers(0, len(call.fold.run.captures) - 1)
    for _ in range(draw(st.integers(0, 2))):
        edited_elsewhere(call, draw(lines), draw(st.sampled_from(FLAGS)), draw(st.sampled_from(("", "quote", "note"))))
    decided(call)
    places = draw(st.lists(lines, max_size=3, unique=True))
    if len(places) > 1:
        joined(call, *places)
    if draw(st.booleans()):
        call.do("09:11", "next_item")
        call.do("09:12", "next_item")
    return call


def full_call(consent: Consent) -> Call:
    """Twelve people of four organisations, and a line of each kind with each set of flags in a room of its own."""
    orgs = tuple(Organisation(f"o{n}", f"Orgname{n}x") for n in range(4))
    sectors, regions = ("Sectorone", "Sectortwo", "Sectorone", "Sectorthree"), ("Regionone", "", "Regionone", "")
    people = tuple(
        Participant(
            f"p{n}",
            f"Given{n}q Family{n}q",
            f"o{n % 4}",
            email=f"mail{n}@example.org",
            sector=sectors[n % 4],
            region=regions[n % 4],
        )
        for n in range(1, 13)
    )
    plan = replace(plan_of(AGENDA), ideas=IDEAS)
    voice = replace(plan.voice, groups=("sector", "region"))
    call = Call(replace(plan, roster=Roster(people, orgs), consent=consent, voice=voice))
    call.do("09:00", "start")
    for person in people:
        call.happen(call.instant("09:01"), PersonArrived(person.id), TurnTaken(person.id, "groups"))
    seats = (" ".join(f"p{n}" for n in range(1, 7)), " ".join(f"p{n}" for n in range(7, 13)))
    call.happen(
        call.instant("09:02"), RoomsPlanned("groups", 1, ("a", "b"), ("Roomname Alpha", "Roomname Beta"), seats)
    )
    for number, (kind, flags) in enumerate(product(KINDS, sorted(set(FLAGS))), 1):
        where, room = (("talk", ""), ("groups", "a"), ("groups", "b"), ("end", "7"))[number % 4]
        who = (f"p{number % 12 + 1}", "o1") if number % 5 == 0 else (f"p{number % 12 + 1}",)
        names = {"by": ()} | ({"owner": who} if kind == "action" else {"by": who})
        text = f"line {number} of it" + (" by Given3q" if number % 17 == 0 else "")
        tags = ("Family4q",) if number % 19 == 0 else ("tag",)
        unsure = ("@Given5q",) if number % 23 == 0 else ()
        line = CaptureAdded("", text, kind, item=where, room=room, flags=flags, tags=tags, unsure=unsure, **names)
        call.happen(call.instant("09:10"), line)
    for number, (before, after) in enumerate(product(sorted(set(FLAGS)), repeat=2)):
        who = (f"p{number % 12 + 1}",)
        line = CaptureAdded("", f"version {number} of it", KINDS[number % 11], item="groups", by=who, flags=before)
        call.happen(call.instant("09:10"), line)
        edited_elsewhere(call, -1, after)
    first = len(call.fold.run.captures)
    for number, flags in enumerate(flag for pair in product(sorted(set(FLAGS)), repeat=2) for flag in pair):
        who = (f"p{number % 12 + 1}",)
        line = CaptureAdded("", f"half {number} of it", "takeaway", item="groups", by=who, flags=flags)
        call.happen(call.instant("09:10"), line)
    decided(call)
    for place in range(first, len(call.fold.run.captures), 2):
        joined(call, place, place + 1)
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
        versions = versions_of(capture)
        agreed = consent.rule == "open" or (consent.rule == "ask" and all("ok" in one.flags for one in versions))
        if consent.participants == "name" and agreed and not any({"anon", "off"} & set(one.flags) for one in versions):
            named.update((*capture.content.by, *capture.content.owner))
    return named


def versions_of(capture: Capture) -> tuple[CaptureContent, ...]:
    return (capture.content, *capture.others)


def kept_back(call: Call) -> dict[str, list[str]]:
    """Texts that may not leave, by the reason: what one version of a line forbids holds for all of them."""
    quotes, off = [], []
    for capture in call.fold.run.captures:
        versions = versions_of(capture)
        texts = [one.text for one in versions]
        agreed = all("ok" in one.flags for one in versions) or call.plan.consent.quotes == "open"
        off += texts if any("off" in one.flags for one in versions) else []
        quotes += texts if not agreed and any(one.type == "quote" for one in versions) else []
    return {"a line off the record": off, "a quote without a yes": quotes}


def halves_kept_back(call: Call) -> list[str]:
    """The halves of lines that were joined with one that is off the record."""
    first = {event.id: event.payload for event in call.fold.events if isinstance(event.payload, CaptureAdded)}
    merges = [event for event in call.fold.events if isinstance(event.payload, CaptureRemoved)]
    off = {event.action for event in merges if "off" in first[event.payload.capture].flags}
    stands = {event.action: event.payload for event in call.fold.events if isinstance(event.payload, CaptureEdited)}
    return [stands[action].text for action in off if action in stands]


def told_too_much(call: Call, edition: str) -> dict[str, list[str]]:
    """What an edition prints against the rules, by the rule it breaks; empty when it keeps them all."""
    consent, run, text = call.plan.consent, call.fold.run, printed(call, edition)
    people, lines = gathered(run), text.splitlines()
    hidden = [one.name for one in run.roster.people if one.id not in named_by_rule(call)]
    may_name = {consent.speakers, consent.participants} & {"name", "org"}
    labels = {label for label in labels_of(people).values() if label}
    in_room = [line for line in lines if re.search(r"Alpha|Beta|[Rr]oom 7", line)]
    found = {
        "a held-back name": [word for name in hidden for word in name.split() if word in text],
        "a mail address": re.findall(r"\S+@example\.org", text),
        "an organisation": [] if may_name else re.findall(r"(?i)orgname\dx", text),
        "a half of a line off the record": [one for one in halves_kept_back(call) if stands_in(one, text)],
        "a group that is too small": [one for one in set(LABELS.findall(text)) if not is_safe(one, people)],
        "a group with its room": [line for line in in_room if any(label in line for label in labels)],
    }
    found |= {why: [one for one in texts if stands_in(one, text)] for why, texts in kept_back(call).items()}
    return {rule: broken for rule, broken in found.items() if broken}


def stands_in(said: str, text: str) -> bool:
    """Whether a line stands in a text, and not only as the beginning of a longer one."""
    return re.search(rf"{re.escape(said)}(?! again)\b", text) is not None


def is_safe(label: str, people: Sequence[Participant]) -> bool:
    """Whether three people of two organisations stand behind a label; who said nothing is nobody in particular."""
    values = set(label.split(" or "))
    members = [one for one in people if {one.sector or "not said", one.region or "not said"} & values]
    return values == {"not said"} or (len(members) >= 3 and len({one.org for one in members}) >= 2)


@pytest.mark.parametrize("participants", LEVELS)
@pytest.mark.parametrize("rule", ["chatham", "ask", "open"])
def test_no_edition_of_the_whole_matrix_tells_too_much(rule: str, participants: str) -> None:
    for speakers, quotes, edition in product(LEVELS, ("ask", "open"), ("participants", "public")):
        call = full_call(Consent(rule, speakers, participants, quotes))  # type: ignore[arg-type]
        assert told_too_much(call, edition) == {}, (speakers, quotes, edition)


@settings(deadline=None, max_examples=60)
@given(calls(), st.sampled_from(("participants", "public")))
def test_no_edition_of_any_roster_tells_too_much(call: Call, edition: str) -> None:
    assert told_too_much(call, edition) == {}


def test_what_consent_allows_is_told() -> None:
    text = printed(full_call(Consent("open", "name", "name", "open")), "public")
    assert "Given2q Family2q" in text
    text = printed(full_call(Consent("chatham", "group", "group", "ask")), "public")
    assert "Sectorone" in text


def small_call(*flags: tuple[str, ...], ideas: tuple[Idea, ...] = ()) -> Call:
    """A line for each set of flags, each by somebody else than the speaker, in a call that names whoever agreed."""
    people = tuple(Participant(f"p{n}", f"Given{n}q Family{n}q", f"o{n % 2}") for n in range(1, 6))
    consent = Consent("ask", participants="name")
    call = Call(replace(plan_of(AGENDA), ideas=ideas, roster=Roster(people, ()), consent=consent))
    call.do("09:00", "start")
    for number, marks in enumerate(flags, 1):
        line = CaptureAdded("", f"line {number} of it", "takeaway", by=(f"p{number + 1}",), flags=marks)
        call.happen(call.instant("09:05"), line)
    return call


def test_a_line_that_one_of_its_versions_keeps_off_the_record_stays_in_the_room() -> None:
    call = small_call((), ())
    edited_elsewhere(call, 0, ("off",))
    assert call.fold.run.captures[0].others
    text = printed(call, "participants")
    assert "line 1 of it" not in text
    assert "line 2 of it" in text


def test_a_yes_that_stands_in_one_of_two_versions_only_names_nobody() -> None:
    call = small_call(("ok",), ("ok",))
    edited_elsewhere(call, 0, ())
    text = printed(call, "participants")
    assert "Given2q" not in text
    assert "line 2 of it – Given3q Family3q" in text


def test_joining_two_lines_gives_nobody_the_yes_of_the_other() -> None:
    call = small_call(("ok",), (), ("ok",), ("ok",))
    joined(call, 2, 3)
    joined(call, 0, 1)
    text = printed(call, "participants")
    assert "Given2q" not in text and "Given3q" not in text
    assert "line 3 of it (2×) – Given4q Family4q, Given5q Family5q" in text


def test_a_line_joined_with_one_off_the_record_stays_in_the_room() -> None:
    call = small_call((), ("off",))
    joined(call, 0, 1)
    assert "of it" not in printed(call, "participants")


def test_an_idea_of_the_plan_with_a_name_in_it_waits_until_somebody_confirms_it() -> None:
    call = small_call((), ideas=(Idea("i1", "a garden, says Given2q"), Idea("i2", "a garden")))
    decided(call)

    def exported(edition: Edition, *confirmed: str) -> tuple[str, list[str]]:
        made = files([call.fold.run], call.plan, call.instant("10:00"), edition, week=True, confirmed=confirmed)
        return "\n".join(text.decode() for text in made.files.values()), [one.code for one in made.unconfirmed]

    text, waiting = exported("public")
    assert "says Given2q" not in text and "| a garden | 1 |" in text
    assert waiting == ["i1"]
    text, waiting = exported("public", "i1")
    assert "| a garden, says Given2q | 1 |" in text
    assert waiting == []
    assert "| a garden, says Given2q | 1 |" in exported("team")[0]


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
@given(calls())
def test_under_chatham_house_rule_nobody_is_more_than_a_group(call: Call) -> None:
    plan: Plan = replace(call.plan, consent=replace(call.plan.consent, rule="chatham"))
    run = replace(call.fold.run, plan=plan)
    allowed = Disclosure(run, "participants")
    assert {allowed.level(strictest(capture)) for capture in run.captures} <= {"group", "none"}


SECTOR = Roster(tuple(Participant(f"p{n}", f"Given{n}", f"o{n % 2}", sector="Sectorone") for n in range(4)))


@pytest.mark.parametrize("told", ["room 3", "Raum zwei", "breakout two", "la sala 2", "Gruppe #4", "Rooms 1 and 2"])
def test_a_text_that_names_its_room_is_printed_without_its_group(told: str) -> None:
    plan = replace(plan_of([item("A", 10)]), roster=SECTOR, consent=Consent("chatham", participants="group"))
    call = Call(plan)
    call.do("09:00", "start")
    for text in (f"heard in {told}", "heard elsewhere"):
        call.happen(call.instant("09:01"), CaptureAdded("", text, "takeaway", by=("p1",)))
    call.happen(call.instant("09:01"), CaptureAdded("", "heard by tag", "takeaway", by=("p1",), tags=("room3",)))
    text = printed(call, "public")
    assert f"- heard in {told}\n" in text
    assert "- heard by tag #room3\n" in text
    assert "- heard elsewhere – Sectorone\n" in text


def test_an_answer_to_a_question_of_one_room_alone_is_printed_without_its_group() -> None:
    rooms = tuple(SessionRoom(f"r{n}", f"Table {n}", ask=ask) for n, ask in enumerate((1, 1, 2)))
    plan = plan_of([item("A", 10, "breakout")])
    session = replace(plan.sessions[0], rooms=rooms, questions=("asked in two rooms", "asked in one room"))
    plan = replace(plan, sessions=(session,), roster=SECTOR, consent=Consent("chatham", participants="group"))
    call = Call(plan)
    call.do("09:00", "start")
    for question in (1, 2):
        line = CaptureAdded("", f"answer {question}", "takeaway", item="a", question=question, by=("p1",))
        call.happen(call.instant("09:01"), line)
    text = printed(call, "public")
    assert "- answer 1 – Sectorone\n" in text
    assert "- answer 2\n" in text


def test_outside_the_team_the_clock_of_a_few_is_not_told() -> None:
    where = {"Asia/Tbilisi": ("o1",), "Asia/Kolkata": ("o1", "o1", "o1"), "Asia/Tokyo": ("o1", "o1", "o2")}
    seats = enumerate((zone, org) for zone, orgs in where.items() for org in orgs)
    people = tuple(Participant(f"p{n}", f"Given{n}", org, tz=zone) for n, (zone, org) in seats)
    call = Call(replace(plan_of([item("A", 10)]), roster=Roster(people)))
    call.do("09:00", "start")
    made = {edition: files([call.fold.run], call.plan, call.instant("10:00"), edition) for edition in EDITIONS}
    told = {edition: one.files["x/notes.md"].decode() for edition, one in made.items()}
    assert all(city in told["team"] for city in ("Tbilisi", "Kolkata", "Tokyo"))
    assert "Tokyo" in told["participants"] and "Tbilisi" not in told["participants"]
    assert "Kolkata" not in told["participants"]
    assert "Tokyo" not in told["public"]


def test_turns_by_group_stay_with_the_facilitators() -> None:
    """Four of a sector and three of a region in it: the two shares together would tell of the fourth."""
    call = full_call(Consent("open", "name", "name", "open"))
    made = {edition: files([call.fold.run], call.plan, call.instant("10:00"), edition) for edition in EDITIONS}
    voices = {edition: "## Voices" in one.files["x/notes.md"].decode() for edition, one in made.items()}
    assert voices == {"team": True, "participants": False, "public": False}


def test_somebody_who_came_to_another_session_only_is_found_in_every_line() -> None:
    plan = plan_of([item("A", 10)])
    plan = replace(plan, sessions=(plan.sessions[0], replace(plan.sessions[0], id="y")))
    met, missed = Call(plan), Call(replace(plan, sessions=plan.sessions[1:]))
    met.happen(met.instant("09:01"), PersonAdded("zora", "Zora Quill"))
    missed.happen(missed.instant("09:01"), CaptureAdded("", "Zora should have been here", "takeaway"))
    runs, now = [met.fold.run, missed.fold.run], met.instant("10:00")
    assert [leak.text for leak in files(runs, plan, now, "public", week=True).unconfirmed] == [
        "Zora should have been here"
    ]
    alone = files(runs[1:], plan, now, "public", elsewhere=met.fold.run.added)
    assert [leak.code for leak in alone.unconfirmed] == ["y-001"]

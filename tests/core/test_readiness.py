"""Every contradiction has a plan that shows it, and the real week shows none."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from facilitator_tui.core.methods import SHIPPED, total_length
from facilitator_tui.core.plan import (
    Idea,
    Item,
    MessageTemplate,
    Organisation,
    Participant,
    Plan,
    Programme,
    RoomRules,
    Roster,
    Session,
    SessionRoom,
    default_least,
)
from facilitator_tui.core.problems import Finding
from facilitator_tui.core.readiness import clock_text, length_text, readiness
from facilitator_tui.store.plan_file import load_plan

BERLIN = ZoneInfo("Europe/Berlin")
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
NINE = 9 * HOUR
OF_SESSION = ("date", "start", "hard_stop", "team", "questions")


def item(id: str, minutes: float = 10, **fields: object) -> Item:
    length = minutes * MINUTE
    kind = str(fields.get("kind", "plenary"))
    given: dict[str, object] = {"least": default_least(kind, length), **fields}
    return Item(id=id, title=id.title(), length=length, **given)  # type: ignore[arg-type]


def people(count: int, **fields: object) -> tuple[Participant, ...]:
    return tuple(
        Participant(f"p{number}", f"Person {number}", **fields)  # type: ignore[arg-type]
        for number in range(1, count + 1)
    )


def plan_of(*agenda: Item, roster: Roster | None = None, **fields: object) -> Plan:
    """A plan of one session `s`; fields that a session has go there, the others into the plan."""
    rooms = fields.pop("session_rooms", ())
    of_session = {name: fields.pop(name) for name in tuple(fields) if name in OF_SESSION}
    of_session = {"start": NINE, "rooms": rooms, **of_session}
    session = Session("s", "Session", agenda, **of_session)  # type: ignore[arg-type]
    base = Plan(Programme("p", "Programme", BERLIN), (session,), roster or Roster(people(24)), methods=SHIPPED)
    return replace(base, **fields)  # type: ignore[arg-type]


def found(plan: Plan) -> dict[str, Finding]:
    return {finding.path: finding for finding in readiness(plan)}


def only(plan: Plan) -> tuple[str, str]:
    (finding,) = readiness(plan)
    return finding.path, f"{finding.message} {finding.hint}"


def test_the_real_week_contradicts_nothing() -> None:
    loaded = load_plan(Path(__file__).parents[2] / "sessions.toml")
    assert loaded.plan is not None
    assert readiness(loaded.plan) == ()


# ---------------------------------------------------------------- times


def test_an_agenda_longer_than_the_session() -> None:
    path, words = only(plan_of(item("a", 60), item("b", 10), hard_stop=10 * HOUR))
    assert path == "session.s.hard_stop"
    assert "ends at 10:10, 10 min after the hard stop" in words
    assert "shortest" not in words


def test_an_agenda_that_does_not_fit_even_at_its_shortest() -> None:
    _, words = only(plan_of(item("a", 60), item("b", 40, kind="input"), hard_stop=10 * HOUR))
    assert "even with every item at its shortest" in words


def test_an_agenda_that_fits_to_the_minute_is_fine() -> None:
    assert readiness(plan_of(item("a", 60), hard_stop=10 * HOUR)) == ()


def test_an_overlap_with_a_hard_start() -> None:
    path, words = only(plan_of(item("a", 30), item("b", at=NINE + 20 * MINUTE)))
    assert path == "session.s.agenda.b.at"
    assert "10 min before the item before it ends as planned" in words


def test_a_hard_start_before_the_previous_item_can_end() -> None:
    path, words = only(plan_of(item("a", 30, kind="input"), item("b", at=NINE + 20 * MINUTE)))
    assert path == "session.s.agenda.b.at"
    assert "cannot end before 09:30" in words


def test_a_hard_start_before_the_session_begins() -> None:
    _, words = only(plan_of(item("a"), item("b", at=8 * HOUR)))
    assert "before the session begins" in words


def test_a_hard_start_after_midnight_belongs_to_the_next_day() -> None:
    agenda = (item("a", 60), item("b", at=30 * MINUTE))
    assert readiness(plan_of(*agenda, start=23 * HOUR, hard_stop=HOUR)) == ()


def test_a_gap_before_a_hard_start_is_no_contradiction() -> None:
    assert readiness(plan_of(item("a", 5), item("b", at=10 * HOUR))) == ()


def test_a_hard_start_in_a_session_without_start_is_measured_from_the_first_known_time() -> None:
    agenda = (item("a"), item("b", 30, at=10 * HOUR), item("c", at=10 * HOUR + 20 * MINUTE))
    assert list(found(plan_of(*agenda, start=None))) == ["session.s.agenda.c.at"]


def test_a_fixed_end_before_the_start_or_with_too_little_time() -> None:
    early = plan_of(item("a", 30), item("b", until=NINE + 20 * MINUTE))
    assert "before it starts" in only(early)[1]
    short = plan_of(item("a", 30, kind="input", until=NINE + 20 * MINUTE))
    assert "leaves 20 min where 30 min is the least" in only(short)[1]


@pytest.mark.parametrize(
    ("day", "clock", "words"),
    [(date(2026, 3, 29), "02:30", "does not exist"), (date(2026, 10, 25), "02:30", "comes twice")],
)
def test_a_local_time_in_a_clock_change(day: date, clock: str, words: str) -> None:
    start = timedelta(hours=2, minutes=30)
    path, said = only(plan_of(item("a"), date=day, start=start))
    assert path == "session.s.start"
    assert words in said
    assert clock in said


def test_a_time_beside_the_clock_change_is_fine() -> None:
    assert readiness(plan_of(item("a"), date=date(2026, 3, 29), start=3 * HOUR)) == ()


@pytest.mark.parametrize(
    ("start", "zone", "night"),
    [
        (15 * HOUR, "America/Los_Angeles", True),
        (16 * HOUR, "America/Los_Angeles", False),
        (15 * HOUR, "Asia/Kolkata", False),
        (18 * HOUR, "Asia/Kolkata", True),
        (1 * HOUR, "Europe/Berlin", True),
    ],
)
def test_a_session_in_the_middle_of_somebodys_night(start: timedelta, zone: str, night: bool) -> None:
    roster = Roster((*people(3), Participant("far", "Far Away", tz=zone)))
    findings = found(plan_of(item("a", 60), roster=roster, date=date(2026, 1, 20), start=start))
    assert list(findings) == (["session.s.start"] if night else [])
    assert all("Far Away" in finding.message for finding in findings.values())


def test_a_fixed_end_late_in_the_evening_makes_the_session_a_night() -> None:
    late = plan_of(item("a", until=23 * HOUR), date=date(2026, 3, 10), start=20 * HOUR)
    path, words = only(replace(late, roster=Roster(people(1, tz="Europe/Berlin"))))
    assert (path, "20:00 to 23:00 in Europe/Berlin" in words) == ("session.s.start", True)


def test_a_person_in_an_unknown_zone_is_taken_to_be_where_the_programme_is() -> None:
    plan = plan_of(item("a"), date=date(2026, 3, 10), roster=Roster(people(1, tz="Nowhere/Land")))
    assert readiness(plan) == ()


def test_a_fixed_end_in_a_session_without_a_start_contradicts_nothing() -> None:
    assert readiness(plan_of(item("a", until=NINE), start=None)) == ()


def test_the_night_of_a_speaker_of_another_day_does_not_count() -> None:
    roster = Roster((Participant("ana", "Ana", role="speaker", tz="America/Los_Angeles"),))
    plan = plan_of(item("a", 60), roster=roster, date=date(2026, 1, 20))
    assert readiness(plan) == ()
    today = replace(plan.sessions[0], agenda=(item("a", speakers=("ana",)),))
    assert "night" in only(replace(plan, sessions=(today,)))[1]


# ---------------------------------------------------------------- rooms


def test_a_breakout_without_people() -> None:
    path, words = only(plan_of(item("g", kind="breakout", size=4), roster=Roster()))
    assert path == "session.s.agenda.g.kind"
    assert "no participants" in words


def test_rooms_that_cannot_hold_the_people() -> None:
    assert "hold 20 people, but 24" in only(plan_of(item("g", kind="breakout", rooms=4, size=5)))[1]
    rooms = (SessionRoom("a", "A", size=10), SessionRoom("b", "B", size=10))
    named = plan_of(item("g", kind="breakout", rooms=("a", "b")), session_rooms=rooms)
    assert "hold 20 people" in only(named)[1]


def test_a_room_without_a_size_holds_anybody() -> None:
    rooms = (SessionRoom("a", "A", size=10), SessionRoom("b", "B"))
    assert readiness(plan_of(item("g", kind="breakout", rooms=("a", "b")), session_rooms=rooms)) == ()


def test_a_smallest_room_that_cannot_be_had() -> None:
    rules = RoomRules(min_size=3)
    assert "size" in only(plan_of(item("g", kind="breakout", size=2), rooms=rules))[0]
    path, words = only(plan_of(item("g", kind="breakout", rooms=10), rooms=rules))
    assert path == "session.s.agenda.g.rooms"
    assert "leave some with 2" in words


@pytest.mark.parametrize("count", [5, 7, 8, 13])
def test_rooms_given_by_their_size_are_made_fewer_so_that_each_has_enough(count: int) -> None:
    crowd = Roster(people(count))
    assert readiness(plan_of(item("g", kind="breakout", size=3), roster=crowd, rooms=RoomRules(min_size=3))) == ()


def test_people_who_are_too_few_for_one_room_are_told() -> None:
    plan = plan_of(item("g", kind="breakout", size=4), roster=Roster(people(2)), rooms=RoomRules(min_size=3))
    assert "2 people in 1 room" in only(plan)[1]


@pytest.mark.parametrize("mode", ["keep", "swap"])
def test_looking_back_at_a_breakout_that_is_not_before(mode: str) -> None:
    assert only(plan_of(item("g", kind="breakout", size=4, mode=mode)))[0] == "session.s.agenda.g.mode"
    later = plan_of(item("g", kind="breakout", size=4, mode=mode, after="h"), item("h", kind="breakout", size=4))
    assert only(later)[0] == "session.s.agenda.g.after"


# ---------------------------------------------------------------- people


def with_people(*persons: Participant, **rules: object) -> Plan:
    breakout = item("g", kind="breakout", size=3)
    return plan_of(breakout, roster=Roster(persons), rooms=RoomRules(**rules))  # type: ignore[arg-type]


def test_a_buddy_of_the_same_organisation_while_organisations_are_kept_apart() -> None:
    pair = (Participant("a", "A", org="o", buddy="b"), Participant("b", "B", org="o"), Participant("c", "C", org="x"))
    path, words = only(with_people(*pair, apart=("org",)))
    assert path == "roster.people.a.buddy"
    assert "same org" in words
    assert readiness(with_people(*pair)) == ()


def test_in_rooms_of_two_a_buddy_of_the_same_organisation_is_fine() -> None:
    pair = (Participant("a", "A", org="o", buddy="b"), Participant("b", "B", org="o"))
    pairs = item("g", kind="breakout", size=2)
    assert readiness(plan_of(pairs, roster=Roster(pair), rooms=RoomRules(apart=("org",)))) == ()


def test_nobody_is_their_own_buddy() -> None:
    plan = plan_of(item("a"), roster=Roster((Participant("p1", "Person 1", new=True, buddy="p1"),)))
    path, words = only(plan)
    assert (path, "their own buddy" in words) == ("roster.people.p1.buddy", True)


def test_a_newcomer_without_a_buddy() -> None:
    persons = (Participant("a", "A", new=True), *people(2))
    assert only(with_people(*persons, new_people="with-buddy"))[0] == "roster.people.a.buddy"
    assert readiness(with_people(*persons, new_people="never-alone")) == ()


def test_somebody_who_shares_a_language_with_nobody() -> None:
    persons = (Participant("a", "A", langs=("fi",)), *people(3, langs=("en",)))
    path, words = only(with_people(*persons))
    assert path == "roster.people.a.langs"
    assert "A (fi)" in words


def test_nothing_is_said_of_languages_while_somebody_registered_none() -> None:
    persons = (Participant("a", "A", langs=("fi",)), *people(1), Participant("b", "B", langs=("en",)))
    assert readiness(with_people(*persons)) == ()


def test_a_speaker_a_buddy_a_guest_or_an_owner_who_is_not_on_the_roster() -> None:
    roster = Roster((Participant("stibbe", "Darian Stibbe"), Participant("ana", "Ana", buddy="stibe")))
    plan = plan_of(
        item("a", speakers=("stibbee",)),
        roster=roster,
        session_rooms=(SessionRoom("r", "R", guest="nobody"),),
        team={"lead": "stibb"},
    )
    plan = replace(plan, programme=replace(plan.programme, host="o1", team={"tech": "anna"}))
    findings = found(plan)
    assert list(findings) == [
        "programme.team.tech",
        "programme.host",
        "roster.people.ana.buddy",
        "session.s.agenda.a.speaker",
        "session.s.rooms.r.guest",
        "session.s.team.lead",
    ]
    assert findings["session.s.agenda.a.speaker"].hint == 'did you mean "stibbe"?'


def test_a_person_written_by_name_is_answered_with_the_id() -> None:
    roster = Roster((Participant("p1", "Darian Stibbe"),))
    assert 'did you mean "p1"?' in only(plan_of(item("a", speakers=("Darian Stibbe",)), roster=roster))[1]


def test_an_organisation_may_be_the_host() -> None:
    plan = plan_of(item("a"), roster=Roster(people(2), (Organisation("o1", "One"),)))
    assert readiness(replace(plan, programme=replace(plan.programme, host="o1"))) == ()


# ---------------------------------------------------------------- questions, messages, ideas, methods


def test_a_question_no_item_asks() -> None:
    plan = plan_of(item("a", asks=(1,)), questions=("One?", "Two?"))
    path, words = only(plan)
    assert path == "session.s.questions"
    assert "question 2: Two?" in words


def test_a_question_that_a_room_works_on_is_asked() -> None:
    assert readiness(plan_of(item("a"), questions=("One?",), session_rooms=(SessionRoom("r", "R", ask=1),))) == ()


def test_a_message_nobody_sends() -> None:
    messages = tuple(MessageTemplate(id, "Hello") for id in ("used", "own", "lost"))
    plan = plan_of(item("a", kind="welcome"), item("b", send=("own",)), messages=messages, send={"welcome": ("used",)})
    assert only(plan)[0] == "message.lost"


def test_a_message_of_a_kind_that_no_item_has_is_not_sent() -> None:
    plan = plan_of(item("a"), messages=(MessageTemplate("m", "Hi"),), send={"close": ("m",)})
    assert only(plan)[0] == "message.m"


def test_mail_need_not_belong_to_an_item() -> None:
    assert readiness(plan_of(item("a"), messages=(MessageTemplate("m", "Hi", "mail"),))) == ()


def test_an_idea_with_votes_that_no_session_takes_up() -> None:
    ideas = (Idea("i1", "One", 3), Idea("i2", "Two", 3, "s"), Idea("i3", "Three"))
    assert only(plan_of(item("a"), ideas=ideas))[0] == "ideas.list.i1"
    assert readiness(plan_of(item("a", kind="vote", draws_from=("ideas",)), ideas=ideas)) == ()


def test_a_method_that_takes_longer_than_its_item() -> None:
    path, words = only(plan_of(item("a", 20, method="troika")))
    assert path == "session.s.agenda.a.method"
    assert "needs 30 min, the item has 20 min" in words


# ---------------------------------------------------------------- words, and what is shipped


@pytest.mark.parametrize(
    ("clock", "text"),
    [(NINE, "09:00"), (24 * HOUR, "24:00"), (24 * HOUR + 5 * MINUTE, "00:05 +1d"), (timedelta(0), "00:00")],
)
def test_clock_times_are_shown_as_a_clock_shows_them(clock: timedelta, text: str) -> None:
    assert clock_text(clock) == text


def test_lengths_are_shown_in_hours_minutes_and_seconds() -> None:
    assert length_text(timedelta(seconds=5445)) == "1 h 30 min 45 s"
    assert length_text(timedelta(0)) == "0 min"


def test_shipped_methods_have_steps_with_time_and_known_captures() -> None:
    assert {"impromptu", "1-2-4-all", "troika", "w3", "world-cafe", "peer-consultation", "check-in"} <= set(SHIPPED)
    for id, method in SHIPPED.items():
        assert method.id == id
        assert method.steps
        assert all(step.length > timedelta(0) and step.group >= 0 for step in method.steps)
        assert timedelta(minutes=5) <= total_length(method) <= timedelta(hours=1)


def test_the_time_of_a_cue_is_no_hard_start_of_what_follows() -> None:
    plan = plan_of(item("talk", 30), item("water", 0, kind="cue", at=NINE + 10 * MINUTE), item("end"))
    assert not readiness(replace(plan, sessions=(replace(plan.sessions[0], hard_stop=NINE + 40 * MINUTE),)))


def test_a_night_that_begins_behind_a_buffer_is_named() -> None:
    evening = item("late", 30, at=timedelta(hours=21, minutes=50))
    plan = plan_of(
        item("early"),
        evening,
        start=timedelta(hours=20),
        date=date(2026, 3, 10),
        roster=Roster((replace(people(1)[0], tz="Europe/Berlin"),)),
    )
    assert ["20:00 to 22:20" in finding.message for finding in readiness(plan)] == [True]

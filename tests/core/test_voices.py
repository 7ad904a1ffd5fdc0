"""Who has been heard, whose hand is next, and shares that give nobody away."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from facilitator_tui.core.plan import Participant
from facilitator_tui.core.run import Turn
from facilitator_tui.core.voices import (
    NOT_SAID,
    counts,
    dominant,
    queue,
    safe_groups,
    shares,
    silent,
    unheard,
)

NOON = datetime(2020, 9, 29, 12, 0, tzinfo=UTC)


def minutes(number: int) -> datetime:
    return NOON + timedelta(minutes=number)


def turn(person: str, item: str = "input", minute: int = 0) -> Turn:
    return Turn(person, item, minutes(minute))


def people(*rows: str) -> list[Participant]:
    """`id org region` each."""
    parts = [row.split() for row in rows]
    return [Participant(id, id, org=org, region=region) for id, org, region in parts]


# ---------------------------------------------------------------- heard


def test_unheard_in_the_item_and_in_the_session_are_two_lists() -> None:
    found = unheard(["a", "b", "c"], [turn("a", "hello"), turn("b", "input")], "input")
    assert found.in_item == ("a", "c")
    assert found.in_session == ("c",)


def test_somebody_who_is_not_present_is_never_listed() -> None:
    assert unheard([], [turn("a")], "input").in_session == ()


def test_silence_is_counted_from_arrival_or_the_last_turn() -> None:
    arrived = {"a": NOON, "b": NOON, "late": minutes(20)}
    turns = [turn("a", minute=25), turn("a", minute=5), turn("gone", minute=1)]
    assert silent(arrived, turns, minutes(30), timedelta(minutes=30)) == ("b",)
    assert silent(arrived, turns, minutes(55), timedelta(minutes=30)) == ("b", "late", "a")


def test_turns_are_counted_the_most_first() -> None:
    assert list(counts([turn("a"), turn("b"), turn("b")]).items()) == [("b", 2), ("a", 1)]


def test_one_voice_over_the_alert_is_named_once_there_are_enough_turns() -> None:
    turns = [turn("a")] * 3 + [turn(name) for name in "bcdef"]
    assert dominant(turns, 25) == ("a",)
    assert dominant(turns[:5], 25) == ()
    assert dominant(turns, 40) == ()
    assert dominant(turns, 0) == ()


# ---------------------------------------------------------------- hands


def test_hands_are_called_by_not_heard_then_newcomers_then_time() -> None:
    hands = {
        "heard": minutes(0),
        "early": minutes(1),
        "new": minutes(3),
        "late": minutes(4),
        "heard-new": minutes(2),
    }
    turns = [turn("heard"), turn("heard-new")]
    assert queue(hands, turns, {"new", "heard-new"}) == ("new", "early", "late", "heard-new", "heard")


def test_no_hands_is_an_empty_queue() -> None:
    assert queue({}, []) == ()


# ---------------------------------------------------------------- shares


def test_shares_count_people_and_turns_by_what_was_declared() -> None:
    present = people("a o1 Africa", "b o2 Africa", "c o1 Africa", "d o3 Asia", "e o4 Asia", "f o3 Asia")
    found = shares(present, [turn("a"), turn("a"), turn("f"), turn("gone")], "region")
    assert [(share.label, share.people, share.turns) for share in found] == [("Africa", 3, 2), ("Asia", 3, 1)]


def test_a_small_group_is_joined_with_the_smallest_other() -> None:
    present = people(
        "a o1 Africa", "b o2 Africa", "c o1 Africa", "d o3 Asia", "e o4 Asia", "f o5 Europe", "g o6 Africa"
    )
    assert [share.label for share in shares(present, [], "region")] == ["Africa", "Asia or Europe"]


def test_a_single_small_group_takes_another_with_it() -> None:
    present = people("a o1 Africa", "b o2 Africa", "c o1 Africa", "d o3 Asia")
    assert [share.label for share in shares(present, [], "region")] == ["Africa or Asia"]


def test_a_group_of_one_organisation_is_joined() -> None:
    present = people("a o1 Africa", "b o1 Africa", "c o1 Africa", "d o3 Asia", "e o4 Asia", "f o5 Asia")
    assert [share.label for share in shares(present, [], "region")] == ["Africa or Asia"]


def test_too_few_people_altogether_give_no_figures() -> None:
    assert shares(people("a o1 Africa", "b o2 Asia"), [turn("a")], "region") == ()
    assert shares([], [], "region") == ()


def test_a_community_without_organisations_needs_only_three_people() -> None:
    present = [Participant(name, name, region="Africa") for name in "abc"]
    assert [share.people for share in shares(present, [], "region")] == [3]


def test_what_nobody_declared_is_a_group_of_its_own() -> None:
    present = [Participant(name, name, org=f"o{name}") for name in "abc"]
    assert shares(present, [], "sector")[0].label == NOT_SAID
    assert shares(present, [], "no-such-field")[0].label == NOT_SAID


def test_newcomers_and_languages_can_be_groups() -> None:
    present = [Participant(str(n), str(n), org=f"o{n}", new=n < 3, langs=("es", "en")) for n in range(6)]
    assert {share.label for share in shares(present, [], "new")} == {"new", "here before"}
    assert shares(present, [], "langs")[0].label == "es, en"


PRESENT = st.lists(
    st.tuples(st.sampled_from(["", "o1", "o2", "o3"]), st.sampled_from(["", "Africa", "Asia", "Europe", "Oceania"])),
    max_size=16,
).map(lambda rows: [Participant(f"p{n}", f"P{n}", org=org, region=region) for n, (org, region) in enumerate(rows)])


@settings(deadline=None, max_examples=200)
@given(PRESENT)
def test_nobody_can_be_worked_out_from_a_group(present: list[Participant]) -> None:
    needed = 2 if any(person.org for person in present) else 1
    for _, members in safe_groups(present, "region"):
        assert len(members) >= 3
        assert len({person.org for person in members}) >= needed


@settings(deadline=None, max_examples=200)
@given(PRESENT)
def test_nobody_can_be_worked_out_from_what_is_left_over(present: list[Participant]) -> None:
    """Either everybody is in a group shown, or no group is shown: no remainder can be subtracted."""
    shown = [person.id for _, members in safe_groups(present, "region") for person in members]
    assert sorted(shown) in ([], sorted(person.id for person in present))


@settings(deadline=None, max_examples=100)
@given(PRESENT, st.lists(st.integers(0, 20), max_size=30))
def test_shares_add_up(present: list[Participant], spoke: list[int]) -> None:
    turns = [turn(f"p{number}") for number in spoke]
    found = shares(present, turns, "region")
    if found:
        assert sum(share.people for share in found) == len(present)
        assert sum(share.turns for share in found) == sum(number < len(present) for number in spoke)


@settings(deadline=None, max_examples=100)
@given(PRESENT, st.randoms(use_true_random=False))
def test_the_order_of_people_does_not_matter(present: list[Participant], random: object) -> None:
    turned = list(present)
    random.shuffle(turned)  # type: ignore[attr-defined]
    assert shares(turned, [], "region") == shares(present, [], "region")


# ---------------------------------------------------------------- the facilitator's order


def raised(*people: str) -> dict[str, datetime]:
    """Hands that went up one minute after the other."""
    return {person: NOON + timedelta(minutes=number) for number, person in enumerate(people)}


def test_a_hand_moved_before_another_is_called_just_before_it() -> None:
    assert queue(raised("a", "b", "c"), [], moves=[("c", "b")]) == ("a", "c", "b")


def test_a_hand_moved_to_the_end_is_called_last() -> None:
    assert queue(raised("a", "b", "c"), [], moves=[("a", "")]) == ("b", "c", "a")


def test_later_moves_come_after_earlier_ones() -> None:
    assert queue(raised("a", "b", "c"), [], moves=[("c", "a"), ("b", "c")]) == ("b", "c", "a")


def test_a_move_says_nothing_any_more_when_its_neighbour_has_gone() -> None:
    assert queue(raised("a", "c"), [], moves=[("c", "b")]) == ("a", "c")


def test_a_hand_that_goes_up_later_still_stands_where_the_rule_says() -> None:
    hands = raised("a", "b", "new")
    assert queue(hands, [], {"new"}, moves=[("b", "a")]) == ("new", "b", "a")


@settings(deadline=None, max_examples=80)
@given(
    st.lists(st.sampled_from("abcdef"), unique=True),
    st.lists(st.tuples(st.sampled_from("abcdefg"), st.sampled_from(["", *"abcdefg"]))),
)
def test_no_move_loses_or_doubles_a_hand(people: list[str], moves: list[tuple[str, str]]) -> None:
    assert sorted(queue(raised(*people), [], moves=moves)) == sorted(people)

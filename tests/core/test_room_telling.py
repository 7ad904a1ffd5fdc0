"""How a plan of rooms is told: names for ids, the people a broken rule is about, and how near the best it is."""

from __future__ import annotations

import pytest

from core.rooms import person
from facilitator_tui.core.plan import Organisation, Roster
from facilitator_tui.core.room_words import MOST_NAMED, broken_rule, tier_lines, with_names
from facilitator_tui.rotation import Broken, Tier

ROSTER = Roster(
    tuple(person(number) for number in range(1, 13)),
    (Organisation("o1", "Long name", short="LN"), Organisation("o2", "Ours")),
)
EVERYBODY = tuple(one.id for one in ROSTER.people)


def test_ids_in_a_sentence_become_names_and_other_words_stay() -> None:
    assert with_names(ROSTER, "p01 and p12 of o1, o2 and p99") == "Person 01 and Person 12 of LN, Ours and p99"


def test_a_rule_that_does_not_say_whom_it_is_about_is_told_with_their_names() -> None:
    assert broken_rule(ROSTER, Broken("apart", ("p01", "p02"), 1, "1", "too few rooms")) == (
        "too few rooms (Person 01, Person 02)"
    )


def test_many_people_are_told_by_the_first_and_a_number() -> None:
    told = broken_rule(ROSTER, Broken("size", EVERYBODY, 1, "1", "too small"))
    assert told.count("Person") == MOST_NAMED and told.endswith(f" and {len(EVERYBODY) - MOST_NAMED} more)")


@pytest.mark.parametrize(
    "broken",
    [
        Broken("apart", ("p01",), 1, "1", "p01 has no room"),
        Broken("language", ("p01",), 1, "1", "no common language"),
    ],
)
def test_nobody_is_named_twice_nor_where_the_rule_is_about_the_room(broken: Broken) -> None:
    assert "(" not in broken_rule(ROSTER, broken)


def test_every_level_that_says_something_is_told_with_how_near_the_best_it_is() -> None:
    tiers = (Tier("pairs", 0, 0), Tier("met again", 12, 12), Tier("moves", 1500, 3), Tier("spread", 4, None))
    assert tier_lines(tiers) == ["met again     12  can't be better", "moves      1,500  bound 3", "spread         4"]

"""With rules and a past, the bound and `proven` hold against everything that could have been done instead."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, product

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from facilitator_tui.rotation import Person, Problem, RoomSpec, Rotation, RoundSpec, even_rooms, judged, solve
from rotation.counting import Groups, coincidences, meetings, seatings

Breach = tuple[str, tuple[str, ...]]


@st.composite
def ruled(draw: st.DrawFn) -> Problem:
    """Few people in up to three rounds whose rooms hold two, three or more, with one or several rules."""
    names = [f"p{number}" for number in range(draw(st.integers(4, 6)))]
    name = st.sampled_from(names)
    pairs = st.frozensets(name, min_size=2, max_size=2)
    some = st.just(()) | st.lists(pairs, max_size=2).map(tuple)
    polyglot = draw(st.booleans())
    people = tuple(
        Person(
            one,
            {"org": draw(st.sampled_from("abc"))},
            frozenset(draw(st.sampled_from(["", "en", "es"])).split()) if polyglot else frozenset(),
            draw(st.booleans()),
            draw(name),
        )
        for one in names
    )
    rounds = []
    for _ in range(draw(st.integers(1, 3))):
        present = draw(st.frozensets(name, min_size=3))
        rooms = even_rooms(len(present), rooms=draw(st.integers(1, max(1, len(present) // 2))))
        barred = draw(st.dictionaries(name, st.just(frozenset(("1",))), max_size=1))
        rounds.append(RoundSpec(rooms, present, barred=barred))
    return Problem(
        people,
        tuple(rounds),
        draw(st.dictionaries(pairs, st.integers(1, 2), max_size=5)),
        together=draw(some),
        separate=draw(some),
        apart=draw(st.sampled_from([(), ("org",)])),
        new_people=draw(st.sampled_from(("with-buddy", "with-buddy", "never-alone", "free"))),
        share_lang=polyglot,
    )


def breaches(problem: Problem, number: int, seats: Groups) -> set[Breach]:
    """The rules that these seats of a round break."""
    people = {person.id: person for person in problem.people}
    spec = problem.rounds[number]
    at = {name: room for room, group in enumerate(seats) for name in group}
    found: set[Breach] = {
        ("barred", (one,)) for one, rooms in spec.barred.items() if one in at and spec.rooms[at[one]].id in rooms
    }
    for rule, groups, same in (("separate", problem.separate, True), ("together", problem.together, False)):
        for pair in groups:
            one, other = sorted(pair)
            if one in at and other in at and (at[one] == at[other]) is same:
                found.add((rule, (one, other)))
    for group in seats:
        members = sorted(group)
        tongues = [people[one].langs for one in members if people[one].langs]
        if problem.share_lang and tongues and not frozenset.intersection(*tongues):
            found.add(("language", tuple(members)))
        new = [one for one in members if people[one].new]
        if len(members) < 3:
            continue
        if problem.new_people == "never-alone" and len(new) == 1:
            found.add(("newcomer", (new[0],)))
        if problem.new_people == "with-buddy":
            found |= {("buddy", (one,)) for one in new if people[one].buddy not in members}
    return found


def shared_marks(problem: Problem, seats: Groups) -> int:
    """Pairs in one room that should be apart by their organisation."""
    org = {person.id: person.marks["org"] for person in problem.people}
    return sum(org[one] == org[other] for group in seats for one, other in combinations(group, 2) if problem.apart)


def no_worse(problem: Problem, rotation: Rotation, number: int) -> Iterator[tuple[int, Groups]]:
    """Every way to seat a round that breaks no rule which the rotation keeps, with its pairs to be apart."""
    spec = problem.rounds[number]
    allowed = breaches(problem, number, rotation.rounds[number])
    for sizes in sorted(_sizes(spec.rooms, len(spec.present))):
        for seats in seatings(tuple(sorted(spec.present)), sizes):
            if breaches(problem, number, seats) <= allowed:
                yield shared_marks(problem, seats), seats


def _sizes(rooms: tuple[RoomSpec, ...], people: int) -> Iterator[tuple[int, ...]]:
    spans = [range(room.smallest, room.largest + 1) for room in rooms]
    return (sizes for sizes in product(*spans) if sum(sizes) == people)


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(ruled())
def test_nothing_that_keeps_the_same_rules_is_below_the_bound(problem: Problem) -> None:
    rotation = solve(problem, seconds=0.04)
    ways = [list(no_worse(problem, rotation, number)) for number in range(len(problem.rounds))]
    fewest = [min(apart for apart, _ in round_ways) for round_ways in ways]
    if sum(fewest) < sum(shared_marks(problem, seats) for seats in rotation.rounds):
        return  # The bound speaks of seats that share as many marks, of which these are none.
    equal = [
        [seats for apart, seats in round_ways if apart == least] for round_ways, least in zip(ways, fewest, strict=True)
    ]
    optimum = min(coincidences(meetings(rounds, problem.history)) for rounds in product(*equal))
    assert rotation.bound <= optimum
    assert not rotation.proven or rotation.coincidences == optimum


def test_in_pairs_with_one_group_of_three_only_the_three_ties_a_newcomer_to_the_buddy() -> None:
    people = tuple(Person(f"p{n}", new=n < 3, buddy=f"p{n + 3}") for n in range(7))
    spec = RoundSpec(even_rooms(7, rooms=3), frozenset(person.id for person in people))
    rotation = solve(Problem(people, (spec, spec, spec), new_people="with-buddy"), seconds=0.5)
    assert (rotation.coincidences, rotation.proven, rotation.broken) == (0, True, ())


def test_people_who_share_a_room_are_not_told_that_they_cannot_be_kept_together() -> None:
    people = tuple(Person(f"p{n}") for n in range(3))
    everybody = frozenset(person.id for person in people)
    two = (frozenset(("p0", "p1")),)
    rotation = solve(Problem(people, (RoundSpec(even_rooms(3, rooms=1), everybody),), together=two, separate=two))
    assert [item.rule for item in rotation.broken] == ["separate"]


def test_the_bound_holds_where_people_kept_together_make_rooms_more_even_than_planned() -> None:
    people = tuple(Person(f"p{n}") for n in range(4))
    everybody = frozenset(person.id for person in people)
    uneven = (RoomSpec("1", "Room 1", 1, 1, 1), RoomSpec("2", "Room 2", 3, 3, 3))
    couples = (frozenset(("p1", "p3")), frozenset(("p0", "p2")))
    rounds = (RoundSpec(even_rooms(4, rooms=1), everybody), RoundSpec(uneven, everybody, {"p1": "1"}))
    rotation = solve(Problem(people, rounds, together=couples))
    assert (rotation.coincidences, rotation.bound) == (2, 2)


def test_people_kept_together_get_a_room_of_their_size_although_a_host_sits_in_the_first() -> None:
    people = tuple(Person(f"p{n}") for n in range(7))
    everybody = frozenset(person.id for person in people)
    spec = RoundSpec(even_rooms(7, rooms=3), everybody, {"p5": "1"})
    rotation = solve(Problem(people, (spec,), together=(frozenset(("p1", "p3", "p4")),)))
    assert rotation.broken == ()


def test_a_room_in_a_language_nobody_is_known_to_speak_takes_those_of_unknown_languages() -> None:
    people = tuple(Person(f"p{n}", langs=frozenset(("fr",)) if n < 2 else frozenset()) for n in range(4))
    rooms = (RoomSpec("1", "Room 1", 2, 2, 2, frozenset(("en",))), RoomSpec("2", "Room 2", 2, 2, 2))
    rotation = solve(Problem(people, (RoundSpec(rooms, frozenset(("p0", "p1", "p2", "p3"))),), share_lang=True))
    assert rotation.broken == ()


def test_rooms_less_even_than_planned_may_have_fewer_coincidences_than_the_planned_ones_can() -> None:
    people = tuple(Person(f"p{n}") for n in range(4))
    everybody = frozenset(person.id for person in people)
    rooms = tuple(RoomSpec(name, name, 1, 2, 3) for name in "ab")
    past = {frozenset((f"p{n}", "p3")): 1 for n in range(3)}
    problem = Problem(people, (RoundSpec(rooms, everybody),), past)
    uneven = judged(problem, [(everybody - {"p3"}, frozenset(("p3",)))])
    assert (solve(problem).bound, uneven.bound, uneven.coincidences) == (1, 0, 0)

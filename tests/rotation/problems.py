"""Random problems for the property tests."""

from __future__ import annotations

from hypothesis import strategies as st

from facilitator_tui.rotation import Person, Problem, RoomSpec, RoundSpec

LANGUAGES = ("en", "es", "sw")


@st.composite
def problems(draw: st.DrawFn, *, rules: bool = True, most: int = 14) -> Problem:
    """A few people with marks, languages and buddies; rounds with changing presence, fixed seats and rooms."""
    count = draw(st.integers(1, most))
    names = [f"p{number}" for number in range(count)]
    name = st.sampled_from(names)
    people = tuple(
        Person(
            one,
            {"org": f"o{draw(st.integers(0, 3))}"} if rules and draw(st.booleans()) else {},
            draw(st.frozensets(st.sampled_from(LANGUAGES), max_size=2)) if rules else frozenset(),
            rules and draw(st.integers(0, 3)) == 0,
            draw(name) if rules and draw(st.booleans()) else None,
        )
        for one in names
    )
    rounds = []
    for _ in range(draw(st.integers(1, 3))):
        rooms = tuple(
            RoomSpec(str(number), f"Room {number}", 1, draw(st.integers(2, 4)), 5)
            for number in range(draw(st.integers(1, 4)))
        )
        present = draw(st.frozensets(name, min_size=0))
        pinned = draw(st.dictionaries(name, st.sampled_from([room.id for room in rooms]), max_size=2)) if rules else {}
        frozen = None
        if draw(st.integers(0, 4)) == 0:
            groups: list[set[str]] = [set() for _ in rooms]
            for one in sorted(present):
                groups[draw(st.integers(0, len(rooms) - 1))].add(one)
            frozen = tuple(frozenset(group) for group in groups)
        rounds.append(RoundSpec(rooms, present, pinned, frozen))
    pairs = st.frozensets(name, min_size=2, max_size=2) if count > 1 else st.nothing()
    some = st.lists(pairs, max_size=3).map(tuple) if count > 1 else st.just(())
    return Problem(
        people,
        tuple(rounds),
        draw(st.dictionaries(pairs, st.integers(1, 3), max_size=4)) if count > 1 else {},
        together=draw(some) if rules else (),
        separate=draw(some) if rules else (),
        apart=("org",) if rules and draw(st.booleans()) else (),
        spread=("org", "new") if rules and draw(st.booleans()) else (),
        new_people=draw(st.sampled_from(("with-buddy", "never-alone", "free"))) if rules else "free",
        no_repeat=draw(st.booleans()),
        share_lang=rules and draw(st.booleans()),
    )

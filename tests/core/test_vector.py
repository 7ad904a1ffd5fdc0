"""The vector behaves as a tuple does, and shares what it can."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilitator_tui.core.vector import CHUNK, Vector

_lists = st.integers(0, 3 * CHUNK).map(lambda size: list(range(size)))
"""Lists of every length up to three chunks; a strategy for lists itself hardly ever fills one."""


@given(_lists, st.integers())
def test_appending_leaves_the_older_version_as_it_was(items: list[int], more: int) -> None:
    before = Vector(items)
    assert list(before.appended(more)) == [*items, more]
    assert list(before) == items


@given(_lists)
def test_a_vector_grown_one_by_one_equals_one_made_at_once(items: list[int]) -> None:
    grown: Vector[int] = Vector()
    for one in items:
        grown = grown.appended(one)
    assert grown == Vector(items)
    assert (len(grown), list(grown[:]), list(reversed(grown))) == (len(items), items, items[::-1])
    assert [grown[place] for place in range(-len(items), len(items))] == items + items


@given(_lists.filter(bool), st.data())
def test_replacing_changes_one_place(items: list[int], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(items) - 1))
    assert list(Vector(items).replaced(place, -1)) == [*items[:place], -1, *items[place + 1 :]]


@given(_lists.filter(bool))
def test_popping_takes_the_last_and_appending_brings_it_back(items: list[int]) -> None:
    popped = Vector(items).popped()
    assert list(popped) == items[:-1]
    assert popped.appended(items[-1]) == Vector(items)


def test_a_vector_is_told_apart_from_another_in_a_failed_comparison() -> None:
    assert repr(Vector([1, 2])) == "Vector([1, 2])"
    assert Vector([1, 2]) != Vector([2, 1])


def test_full_chunks_are_shared_between_versions() -> None:
    before = Vector(range(10 * CHUNK + 5))
    after = before.appended(1)
    assert all(a is b for a, b in zip(before._chunks, after._chunks, strict=True))


@pytest.mark.parametrize("place", [-1, 3])
def test_a_place_outside_is_an_index_error(place: int) -> None:
    with pytest.raises(IndexError):
        Vector([1, 2, 3]).replaced(place, 0)
    with pytest.raises(IndexError):
        Vector([1, 2, 3])[3]
    with pytest.raises(IndexError):
        Vector().popped()

"""The short way of writing a block gives what the long way gives, or nothing."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facilitator_tui.core.events import CaptureAdded, Event, Payload, SessionStarted, Unknown
from facilitator_tui.store import block
from facilitator_tui.store.plain_block import plain_block
from store.test_block import event, moments, payloads

AT = datetime(2026, 5, 12, 19, 3, 10, tzinfo=UTC)
plain = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=30)
plain_notes = st.builds(
    CaptureAdded,
    raw=plain,
    text=plain,
    type=plain,
    item=plain,
    by=st.lists(plain, max_size=3).map(tuple),
    question=st.integers(-(2**40), 2**40),
)


def the_long_way(one: Event) -> bytes:
    return block._block_of(one, block.values_of(one.payload))


@given(payloads | plain_notes, moments, st.sampled_from(["", "id-0001", "é"]))
@settings(deadline=None, max_examples=300)
def test_both_ways_give_the_same_bytes(payload: Payload, at: datetime, group: str) -> None:
    one = event(payload, 7, at, group)
    assert plain_block(one) in (None, the_long_way(one))


@given(plain_notes, moments)
@settings(deadline=None, max_examples=100)
def test_a_printable_note_without_quotes_goes_the_short_way(payload: CaptureAdded, at: datetime) -> None:
    strange = any(
        sign in "".join((payload.raw, payload.text, payload.type, payload.item, *payload.by)) for sign in '"\\'
    )
    assert (plain_block(event(payload, 1, at)) is None) == strange


@pytest.mark.parametrize("text", ['say "yes"', "a\\b", "two\nlines", "\x1b[31m", "\x7f", "naïve", "\ud800", "\u202e"])
def test_a_text_that_needs_care_goes_the_long_way(text: str) -> None:
    assert plain_block(event(CaptureAdded(raw="x", text=text))) is None
    assert plain_block(event(CaptureAdded(raw="x", text="x", tags=("fine", text)))) is None


@pytest.mark.parametrize("payload", [SessionStarted(laid=AT), Unknown("later.kind", {"x": "y"})])
def test_a_payload_that_reading_may_change_goes_the_long_way(payload: Payload) -> None:
    assert plain_block(event(payload)) is None

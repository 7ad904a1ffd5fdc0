"""Every kind of event can be stored, read again, named when it is undone, and means something."""

from __future__ import annotations

import re
from dataclasses import fields
from datetime import UTC, datetime
from typing import Any

import pytest

from core.calls import Call
from facilitator_tui.core import events as ev
from facilitator_tui.core import fold
from facilitator_tui.core.envelope import ENVELOPE_KEYS, PAYLOADS, Payload, Unknown, payload_of, unknown_keys, values_of
from facilitator_tui.core.undo import deed_text

FOLDED_APART = {ev.ActionUndone, ev.ActionRedone, ev.CaptureAdded, ev.CaptureEdited, ev.CaptureRemoved}
"""Undo and captures, which need to know more than one run."""

SAMPLES: dict[str, Any] = {
    "str": "said",
    "int": 3,
    "bool": True,
    "tuple[str, ...]": ("one", "two"),
    "datetime": datetime(2026, 3, 10, 8, 5, tzinfo=UTC),
    "datetime | None": datetime(2026, 3, 10, 8, 5, tzinfo=UTC),
}


def sample(cls: type[Payload]) -> Payload:
    """An event of this kind with something in every field."""
    return cls(**{part.name: SAMPLES[str(part.type)] for part in fields(cls)})


every_kind = pytest.mark.parametrize("cls", PAYLOADS.values(), ids=list(PAYLOADS))


@every_kind
def test_an_event_comes_back_from_its_plain_form_as_it_was(cls: type[Payload]) -> None:
    assert payload_of(cls.kind, values_of(sample(cls))) == sample(cls)


@every_kind
def test_an_event_with_a_field_of_another_shape_is_kept_as_unknown(cls: type[Payload]) -> None:
    for part in fields(cls):
        assert isinstance(payload_of(cls.kind, {**values_of(sample(cls)), part.name: 1.5}), Unknown)


@every_kind
def test_a_kind_is_two_words_and_its_fields_can_stand_beside_those_of_the_envelope(cls: type[Payload]) -> None:
    assert re.fullmatch(r"[a-z]+\.[a-z]+", cls.kind)
    names = [part.name for part in fields(cls)]
    assert not set(names) & set(ENVELOPE_KEYS)
    assert [name for name in names if not re.fullmatch(r"[a-z][a-z0-9_]{0,31}", name)] == []


@every_kind
def test_what_can_be_undone_is_called_by_words(cls: type[Payload]) -> None:
    if cls.undoable:
        words = deed_text(Call().fold.run, sample(cls))
        assert cls.kind not in words
        assert not re.search(r"[{}]", words)


def test_every_kind_means_something() -> None:
    assert [cls.kind for cls in PAYLOADS.values() if cls not in {*fold._STEPS, *FOLDED_APART}] == []


def test_an_event_of_a_kind_from_the_future_keeps_all_it_says() -> None:
    said = {"person": "p1", "mood": "good"}
    kept = payload_of("mood.noted", said)
    assert (kept, values_of(kept)) == (Unknown("mood.noted", said), said)
    assert unknown_keys("mood.noted", said) == ()


@pytest.mark.parametrize(
    "values", [{}, {"item": "a", "started": "yesterday"}, {"item": "a", "started": "2026-03-10T09:00"}]
)
def test_a_known_kind_without_a_field_or_with_an_instant_that_is_none_is_kept_as_unknown(
    values: dict[str, Any],
) -> None:
    assert payload_of("item.backdated", values) == Unknown("item.backdated", values)


def test_a_key_that_a_known_kind_does_not_read_is_named() -> None:
    assert unknown_keys("person.arrived", {"person": "p1", "mood": "good"}) == ("mood",)

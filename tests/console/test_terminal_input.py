"""What a terminal sends is cut into keys and pastes, however it is torn."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from textual import events
from textual._xterm_parser import XTermParser

from facilitator_tui.console.terminal import END, LONGEST_PASTE, START, Pastes, keys_in


def fed(*pieces: str) -> list[tuple[str, bool]]:
    pastes = Pastes()
    return [one for piece in pieces for one in pastes.feed(piece)]


def test_a_paste_is_one_piece_with_everything_in_it() -> None:
    assert fed(f"a{START}one\nq\x1b[A\x1btwo{END}b") == [("a", False), ("one\nq\x1b[A\x1btwo", True), ("b", False)]


def test_the_beginning_of_a_mark_is_released_when_nothing_follows() -> None:
    for beginning in ("\x1b", "\x1b[2"):
        pastes = Pastes()
        assert list(pastes.feed(beginning)) == []
        assert pastes.release() == beginning and pastes.release() == ""


def test_a_paste_that_never_ends_is_bounded() -> None:
    pastes = Pastes()
    for _ in range(6):
        assert list(pastes.feed((START if _ == 0 else "") + "x" * (1 << 20))) == []
    (text, pasted), *_ = list(pastes.feed(END))
    assert pasted and len(text) == LONGEST_PASTE


@given(st.lists(st.tuples(st.text("ab\x1b[0~;2\n", max_size=8), st.booleans()), max_size=6), st.data())
@settings(deadline=None, max_examples=200)
def test_tearing_the_stream_anywhere_changes_nothing(parts: list[tuple[str, bool]], data: st.DataObject) -> None:
    clean = [(text.replace("\x1b", "^"), pasted) for text, pasted in parts]
    stream = "".join(f"{START}{text}{END}" if pasted else text for text, pasted in clean)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(stream)), max_size=5)))
    pieces = [stream[a:b] for a, b in zip([0, *cuts], [*cuts, len(stream)], strict=True)]
    pastes = Pastes()
    got = [one for piece in pieces for one in pastes.feed(piece)]
    assert [text for text, pasted in got if pasted] == [text for text, pasted in clean if pasted]
    assert "".join(text for text, pasted in got if not pasted) + pastes.release() == "".join(
        text for text, pasted in clean if not pasted
    )


@pytest.mark.parametrize(
    ("typed", "keys"),
    [
        ("\x1b4", ["escape", "4"]),
        ("\x1bI", ["escape", "I"]),
        ("\x1b:", ["escape", "colon"]),
        ("\x1b\r", ["escape", "enter"]),
        ("\x1b\x1bh", ["escape", "escape", "h"]),
        ("\x1b[A\x1b1", ["up", "escape", "1"]),
        ("\x1b\x1b[A", ["escape", "up"]),
        ("\x1bOP", ["f1"]),
    ],
)
def test_esc_and_a_key_at_once_are_both_pressed(typed: str, keys: list[str]) -> None:
    told = [event.key for event in keys_in(XTermParser(), typed) if isinstance(event, events.Key)]
    assert told == keys

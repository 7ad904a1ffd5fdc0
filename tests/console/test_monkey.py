"""Whatever keys are pressed, in whatever order, while others act and slow work is under way."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from console.monkey import KEYS, OTHERS, SIZES, TEXTS, Monkey
from facilitator_tui.core import undo
from facilitator_tui.core.run import Run

EVERYWHERE = ("enter", "escape", "up", "down", "tab")
QUIET_KEYS = tuple(key for key in KEYS if key not in {"P", "Z", "X", "E", "q"})
"""Without searches and files: these have tests of their own, and are slow."""

STEPS = st.one_of(
    st.sampled_from(QUIET_KEYS),
    st.sampled_from(EVERYWHERE),
    st.sampled_from([f"type {text}" for text in TEXTS]),
    st.sampled_from([f"other {deed}" for deed in OTHERS]),
    st.sampled_from(["settle", "tick", "wait 3", "wait 20"]),
)
SESSIONS = st.sampled_from(["mon", "tue", "wed", "thu", "fri"])

quickly = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


STATES = (
    (),
    ("s", "i", "type = said", "enter", "escape"),
    ("s", "space"),
    ("s", "other finish", "escape"),
)
"""Not started, running with a line, paused, finished."""


def played(steps: Sequence[str], session: str) -> Monkey:
    with tempfile.TemporaryDirectory() as folder:
        monkey = Monkey(Path(folder), session=session)
        for step in steps:
            monkey.do(step)
        monkey.stage.settle()
    return monkey


def what_happened(run: Run) -> dict[str, object]:
    """All of a run that undo brings back: not what was only copied, the clock's jumps, and the deeds themselves."""
    kept = {one.name: getattr(run, one.name) for one in fields(run)}
    for name in ("copied", "undone", "last", "step"):
        del kept[name]
    return {name: list(value) if name in ("captures", "turns", "done") else value for name, value in kept.items()}


@given(st.lists(STEPS, max_size=30), SESSIONS, st.sampled_from(SIZES))
@quickly
def test_no_keys_end_the_console_and_all_is_drawn_within_the_window(
    steps: list[str], session: str, size: tuple[int, int]
) -> None:
    monkey = played(steps, session)
    monkey.conductor.draw()
    monkey.look(size)


@given(st.lists(STEPS, max_size=25), SESSIONS)
@quickly
def test_esc_leaves_the_log_as_it_is_wherever_it_is_pressed(steps: list[str], session: str) -> None:
    monkey = played(steps, session)
    for _ in range(6):
        before = monkey.store.run
        monkey.do("escape")
        assert monkey.store.run is before


@given(st.lists(STEPS, max_size=25), SESSIONS)
@quickly
def test_esc_often_enough_leads_back_to_the_agenda(steps: list[str], session: str) -> None:
    monkey = played(steps, session)
    for _ in range(8):
        monkey.do("escape")
    assert (monkey.conductor.page, monkey.stage.focus, monkey.conductor.asking) == ("agenda", "", False)


@given(st.lists(STEPS, max_size=25), SESSIONS)
@quickly
def test_undo_until_it_refuses_leads_back_to_the_beginning(steps: list[str], session: str) -> None:
    monkey = played([], session)
    at_first = what_happened(monkey.store.run)
    monkey = played(steps, session)
    while len(monkey.store.run.done):
        monkey.store.perform(undo.undo(monkey.store.run, monkey.clock()), monkey.clock())
    assert what_happened(monkey.store.run) == at_first


PAGE_KEYS = ("1", "r", "w", "full_stop", "4", "5", "6", "m", "h", "I", "Y", "question_mark", "colon")


@pytest.mark.parametrize("page", PAGE_KEYS)
def test_every_key_can_be_pressed_on_every_page(page: str, tmp_path: Path) -> None:
    for turn, key in enumerate((*QUIET_KEYS, *EVERYWHERE), PAGE_KEYS.index(page)):
        monkey = Monkey(tmp_path)
        for step in (*STATES[turn % len(STATES)], page, "settle", key, "settle"):
            monkey.do(step)
        monkey.look((80, 24))

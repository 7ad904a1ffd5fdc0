"""A call in one line: what each part means, and what is told when it can't be read."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facilitator_tui.core.actions import Refused
from facilitator_tui.core.plan import KINDS
from facilitator_tui.core.quick import MINUTES, Step, fitted, read_steps

MINUTE = timedelta(minutes=1)


def only(line: str) -> Step:
    (step,) = read_steps(line)
    return step


def minutes(line: str) -> list[float]:
    return [step.minutes / MINUTE for step in read_steps(line)]


def test_the_line_of_the_readme_is_read() -> None:
    steps = read_steps("Welcome 5, Input 20, Breakout 30 x4, Harvest 15")
    assert [step.title for step in steps] == ["Welcome", "Input", "Breakout", "Harvest"]
    assert [step.kind for step in steps] == ["welcome", "input", "breakout", "harvest"]
    assert [step.minutes / MINUTE for step in steps] == [5, 20, 30, 15]
    assert steps[2].size == 4 and steps[2].rounds == 1


@pytest.mark.parametrize(
    "line",
    ["Welcome 5; Input 20", "Welcome 5 | Input 20", "Welcome 5\nInput 20", "Welcome 5 → Input 20",
     "Welcome 5 — Input 20", "Welcome, 5, Input, 20", " , Welcome 5,, Input 20,",
     "5 Welcome, 20 Input", "Welcome – 5, Input – 20"],
)  # fmt: skip
def test_steps_stand_between_whatever_people_write_between_them(line: str) -> None:
    assert [(step.title, step.minutes / MINUTE) for step in read_steps(line)] == [("Welcome", 5), ("Input", 20)]


@pytest.mark.parametrize(
    ("written", "length"),
    [("20", 20), ("20m", 20), ("20min", 20), ("20 min", 20), ("(20)", 20), ("20'", 20), ("20 minutes", 20),
     ("1h30", 90), ("1h", 60), ("2 hours", 120), ("90s", 1.5), ("1:30", 1.5)],
)  # fmt: skip
def test_minutes_may_be_written_in_many_ways(written: str, length: float) -> None:
    step = only(f"Talk {written}")
    assert step.title == "Talk" and step.minutes == length * MINUTE


@pytest.mark.parametrize(
    ("line", "size", "rounds"),
    [("Breakout x4", 4, 1), ("Breakout ×4", 4, 1), ("Breakout x 4", 4, 1), ("Breakout 30 x4x2", 4, 2),
     ("Breakout x4 2 rounds", 4, 2), ("Breakout 2 rounds of 4", 4, 2), ("Groups of 3", 3, 1), ("Pairs", 2, 1)],
)  # fmt: skip
def test_rooms_are_told_by_their_size_and_rounds(line: str, size: int, rounds: int) -> None:
    step = only(line)
    assert (step.kind, step.size, step.rounds) == ("breakout", size, rounds)


def test_without_minutes_a_step_takes_what_its_kind_usually_takes() -> None:
    assert minutes("Welcome, Lunch, Our question") == [MINUTES["welcome"], MINUTES["break"], MINUTES["plenary"]]


def test_the_last_number_is_the_length_and_quotes_keep_all_others() -> None:
    assert only("Top 10 20") == Step("Top 10", "plenary", 20 * MINUTE)
    assert only('"Round 2, finals" 20').title == "Round 2, finals"


def test_an_at_sign_is_a_hard_start() -> None:
    assert [step.at for step in read_steps("A 5, Lunch 30 @12:30, B @ 3pm")] == [
        None,
        timedelta(hours=12, minutes=30),
        timedelta(hours=15),
    ]


@pytest.mark.parametrize(
    ("line", "kind"),
    [("Coffee break", "break"), ("Lightning talks", "input"), ("Check in", "checkin"), ("Wrap up", "close"),
     ("One-word check-in", "checkin"), ("Our question", "plenary"), ("Goodbye", "close"), ("Q&A", "qa")],
)  # fmt: skip
def test_the_kind_is_guessed_by_the_first_words_or_the_last(line: str, kind: str) -> None:
    assert only(line).kind == kind


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Welcome 5, Talk x0", "part 2, “Talk x0”: 0 people in a room can't be; write 2 to 200"),
        ("Welcome 5, Talk x4x99", "part 2, “Talk x4x99”: 99 rounds can't be; write 1 to 30"),
        ("Talk 0", "part 1, “Talk 0”: a step takes more than 0 minutes and at most a day"),
        ("Talk 99999", "part 1, “Talk 99999”: a step takes more than 0 minutes and at most a day"),
        ("Talk @25:00", "part 1, “Talk @25:00”: @25:00 is no time of day; write it like @10:00"),
        ("5, Talk", "part 1, “5”: it has no title; write one before the minutes, like: Welcome 5"),
        ("Talk 5, 10", "part 2, “10”: it has no title; write one before the minutes, like: Welcome 5"),
        ("Breakout 2 x4x5", "part 1, “Breakout 2 x4x5”: 5 rounds do not fit into 2 min; give it more"),
        (" , ", "say the steps of the call, like: Welcome 5, Input 20, Breakout 30 x4, Harvest 15"),
    ],
)
def test_what_can_not_be_read_is_told_in_a_sentence_that_names_its_part(line: str, said: str) -> None:
    with pytest.raises(Refused) as refused:
        read_steps(line)
    assert str(refused.value) == said


@settings(deadline=None, max_examples=200)
@given(st.text(max_size=80))
def test_any_text_is_read_or_refused_and_nothing_else(line: str) -> None:
    try:
        steps = read_steps(line)
    except Refused:
        return
    assert all(step.title and step.kind in KINDS and step.minutes > timedelta(0) for step in steps)


steps = st.lists(
    st.builds(
        Step,
        title=st.just("A"),
        kind=st.sampled_from(sorted(MINUTES)),
        length=st.none() | st.integers(1, 30).map(lambda number: number * MINUTE),
    ),
    min_size=1,
    max_size=8,
)


@settings(deadline=None, max_examples=200)
@given(steps, st.integers(1, 300), st.sampled_from([1, 5]))
def test_steps_without_minutes_share_all_that_is_left(told: list[Step], total: int, unit: int) -> None:
    made = fitted(told, total * MINUTE, unit * MINUTE)
    fixed = sum((step.length for step in told if step.length is not None), timedelta(0))
    open_steps = [after for before, after in zip(told, made, strict=True) if before.length is None]
    assert all(after.length == before.length for before, after in zip(told, made, strict=True) if before.length)
    assert all(step.length is not None and step.length >= MINUTE for step in open_steps)
    if open_steps and total * MINUTE - fixed >= len(open_steps) * 5 * MINUTE:
        assert sum((step.minutes for step in made), timedelta(0)) == total * MINUTE

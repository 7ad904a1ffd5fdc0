"""Presence, turns, hands and dots, typed by letters."""

from __future__ import annotations

from pathlib import Path

from console.played import Play, console, opened
from facilitator_tui.core.voices import queue_of


def page_text(play: Play) -> str:
    page = play.stage.page
    assert page is not None
    head = [(one(100) if callable(one) else one).plain for one in page.head]
    return "\n".join([*head, *(line.draw(100).plain.rstrip() for line in page.lines)])


def test_several_marks_typed_in_one_breath_act_one_after_the_other(tmp_path: Path) -> None:
    play = Play(tmp_path)
    play.press("page.people")
    play.conductor.fields.typed("070812")
    assert set(play.store.run.here) == {"p07", "p08", "p12"} and play.stage.field == ""


def test_what_is_left_of_a_burst_stays_to_be_completed(tmp_path: Path) -> None:
    play = Play(tmp_path)
    play.press("page.people")
    play.conductor.fields.typed("070")
    assert play.stage.field == "0" and set(play.store.run.here) == {"p07"}


def test_marks_and_enter_in_one_breath_are_marks_too(tmp_path: Path) -> None:
    play = Play(tmp_path)
    play.press("page.people")
    play.conductor.fields.enter("0708")
    assert set(play.store.run.here) == {"p07", "p08"}


def test_enter_out_of_habit_behind_two_letters_does_nothing_more(tmp_path: Path) -> None:
    play = Play(tmp_path)
    play.press("page.people")
    play.fill("07")
    play.conductor.fields.enter("")
    assert set(play.store.run.here) == {"p07"}
    play.conductor.fields.enter("")
    assert len(play.store.run.here) == 2


async def test_marks_typed_very_fast_never_stay_in_the_field(tmp_path: Path) -> None:
    store = opened(tmp_path)
    async with console(tmp_path, store=store) as (app, pilot, _):
        await pilot.press("w")
        await pilot.pause()
        field = app.live.entry.field
        for letter in "0708120304":
            field.insert_text_at_cursor(letter)
        await pilot.pause()
        assert field.value == "" and set(store.run.here) == {"p07", "p08", "p12", "p03", "p04"}


# ---------------------------------------------------------------- voices


def voices(folder: Path) -> Play:
    play = Play(folder)
    play.press("item.start", "page.voices")
    return play


def test_the_page_lists_who_was_not_heard_in_this_item_and_today(tmp_path: Path) -> None:
    play = voices(tmp_path)
    play.conductor.fields.typed("01")
    play.clock.on(minutes=5)
    play.press("page.agenda", "item.next", "page.voices")
    play.conductor.fields.typed("02")
    text = page_text(play)
    assert "22 of 24 not heard today · 23 not in this item" in text
    assert "Heard today, not in this item  1\n   01  Participant 01" in text
    assert "Heard in this item  1\n   02  Participant 02" in text


def test_hands_stand_first_and_newcomers_before_others(tmp_path: Path) -> None:
    play = voices(tmp_path)
    for mark in ("01", "02", "03"):
        play.conductor.fields.typed(f"!{mark}")
    assert queue_of(play.store.run) == ("p02", "p01", "p03")
    assert "Hands up, in the order to call them  3\n✋ 02" in page_text(play)


def test_several_hands_and_turns_in_one_breath(tmp_path: Path) -> None:
    play = voices(tmp_path)
    play.conductor.fields.typed("!01!0204")
    assert set(play.store.run.hands) == {"p01", "p02"} and [one.person for one in play.store.run.turns] == ["p04"]


def test_the_facilitator_moves_a_hand_and_undo_puts_it_back(tmp_path: Path) -> None:
    play = voices(tmp_path)
    play.conductor.fields.typed("!01!03!04")
    play.conductor.place = 2
    play.conductor.fields.typed("+")
    assert queue_of(play.store.run) == ("p01", "p04", "p03") and "moved by you" in page_text(play)
    play.press("undo")
    assert queue_of(play.store.run) == ("p01", "p03", "p04")


def test_enter_gives_the_floor_to_the_next_hand(tmp_path: Path) -> None:
    play = voices(tmp_path)
    play.conductor.fields.typed("!03!02")
    play.conductor.fields.enter("")
    assert [one.person for one in play.store.run.turns] == ["p02"] and set(play.store.run.hands) == {"p03"}


def test_all_hands_go_down_at_once(tmp_path: Path) -> None:
    play = voices(tmp_path)
    play.conductor.fields.typed("!03!02")
    play.conductor.fields.typed("!!")
    assert play.store.run.hands == {}


def test_shares_are_told_by_declared_group_only_once_there_are_turns(tmp_path: Path) -> None:
    play = voices(tmp_path)
    assert "turns/people" not in page_text(play)
    play.conductor.fields.typed("01")
    assert "turns/people by region: " in page_text(play)


# ---------------------------------------------------------------- ideas and dots


def market(folder: Path) -> Play:
    play = Play(folder, "2020-10-02 15:00", opened(folder, "fri"))
    play.press("item.start")
    play.note("idea: a fund")
    play.note("park: insurance")
    play.go("market")
    play.press("page.ideas")
    return play


def dots(play: Play) -> dict[str, int]:
    run = play.store.run
    return {run.voted_on[option]: number for (_, option), number in run.votes.items() if number}


def test_a_letter_gives_a_dot_and_a_number_before_it_more(tmp_path: Path) -> None:
    play = market(tmp_path)
    play.conductor.fields.typed("b")
    play.conductor.fields.typed("3c")
    play.conductor.fields.typed("bb-c")
    assert dots(play) == {"a fund": 3, "insurance": 2}


def test_a_comma_takes_the_last_dot_back(tmp_path: Path) -> None:
    play = market(tmp_path)
    play.conductor.fields.typed("ab")
    play.conductor.fields.typed(",")
    assert dots(play) == {"Funding models of support platforms": 1}


def test_enter_sorts_by_dots_while_the_letters_stay(tmp_path: Path) -> None:
    play = market(tmp_path)
    play.conductor.fields.typed("2c")
    play.conductor.fields.enter("")
    play.conductor.draw()
    assert page_text(play).splitlines()[0].startswith(" c  insurance")


def test_a_letter_without_an_option_is_told(tmp_path: Path) -> None:
    play = market(tmp_path)
    play.conductor.fields.typed("z")
    assert "no option 'z'" in play.said and dots(play) == {}


def test_the_result_stands_in_the_harvest_with_the_most_dots_first(tmp_path: Path) -> None:
    play = market(tmp_path)
    play.conductor.fields.typed("a3b")
    play.press("page.harvest")
    lines = page_text(play).splitlines()
    assert lines[0].startswith("Vote: Marketplace") and lines[1].split() == ["3", "a", "fund"]


def test_an_idea_is_given_to_a_session(tmp_path: Path) -> None:
    play = Play(tmp_path)
    play.press("page.ideas", "cursor.choose")
    play.fill("wed")
    assert play.store.run.placed == {"i5": "wed"}
    assert "Ideas · 5, 0 open" in play.stage.page.title  # type: ignore[union-attr]

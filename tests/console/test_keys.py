"""Real key presses in the real program: what the pilot types is what happens."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual import events

from console.played import WEEK, console, opened, shown
from facilitator_tui.core.actions import Outcome
from facilitator_tui.core.events import CaptureAdded


async def test_a_session_is_run_with_single_keys(tmp_path: Path) -> None:
    async with console(tmp_path) as (app, pilot, clock):
        await pilot.press("s")
        clock.on(minutes=5)
        await pilot.press("n", "space", "plus")
        await pilot.pause()
        assert app.store and app.store.run.live and app.store.run.live.item == "word"
        assert "PAUSED" in shown(app) and "One word from your week +1:00, now 11:00" in shown(app)


async def test_single_keys_are_letters_while_a_text_field_has_the_focus(tmp_path: Path) -> None:
    async with console(tmp_path) as (app, pilot, _):
        await pilot.press("i", *"snq u", "enter")
        await pilot.pause()
        assert app.store
        assert [event.payload.kind for event in app.store.events] == ["capture.added"]
        assert "snq u" in shown(app) and app.is_running


async def test_a_saved_line_has_its_check_mark(tmp_path: Path) -> None:
    async with console(tmp_path) as (app, pilot, _):
        await pilot.press("i", *"= evidence", "enter")
        await pilot.pause()
        row = next(row for row in shown(app).splitlines() if " evidence " in row)
        assert row.endswith("✓")


async def test_a_line_that_is_not_safe_yet_has_three_dots(tmp_path: Path) -> None:
    store = opened(tmp_path)
    async with console(tmp_path, store=store) as (app, pilot, clock):
        store.perform(Outcome((CaptureAdded("evidence", "evidence"),), ""), clock())
        store.journal.unsaved = lambda: store.events  # type: ignore[method-assign]
        assert app.conductor
        app.conductor.draw()
        await pilot.pause()
        row = next(row for row in shown(app).splitlines() if " evidence " in row)
        assert row.endswith("…")
        store.journal.unsaved = tuple  # type: ignore[method-assign]


async def test_a_paste_of_several_lines_makes_one_capture_a_line(tmp_path: Path) -> None:
    async with console(tmp_path) as (app, pilot, _):
        await pilot.press("i")
        app.post_message(events.Paste("first\nsecond \x1b[2Jline\r\nthird"))
        await pilot.pause()
        await pilot.pause()
        assert app.store
        texts = [capture.content.text for capture in app.store.run.shown_captures()]
        assert texts == ["first", "second ␛[2Jline", "third"]


async def test_a_paste_of_one_line_goes_in_at_the_cursor(tmp_path: Path) -> None:
    async with console(tmp_path) as (app, pilot, _):
        await pilot.press("i", *"a b", "left")
        app.post_message(events.Paste("pasted\n"))
        await pilot.pause()
        await pilot.pause()
        assert app.live.capture.field.value == "a pastedb"


async def test_escape_leaves_the_line_and_the_draft_is_shown(tmp_path: Path) -> None:
    async with console(tmp_path) as (app, pilot, _):
        await pilot.press("i", *"half a thought", "escape")
        await pilot.pause()
        assert "half a thought   draft, i goes on" in shown(app)
        await pilot.press("i", "!")
        assert app.live.capture.field.value == "half a thought!"


async def test_presence_is_taken_by_two_letters_without_enter(tmp_path: Path) -> None:
    async with console(tmp_path) as (app, pilot, _):
        await pilot.press("w", "0", "7", "0", "8")
        await pilot.pause()
        assert app.store and set(app.store.run.here) == {"p07", "p08"}


async def test_plus_is_an_answer_while_the_rooms_are_asked_about(tmp_path: Path) -> None:
    async with console(tmp_path, "2020-09-29 15:45") as (app, pilot, _):
        await pilot.press("down", "down", "down", "down", "down", "s", "t")
        await pilot.pause()
        assert app.store and app.store.run.live and app.store.run.live.item == "groups"
        await pilot.press("t", "plus")
        await pilot.pause()
        assert "36:00 left" in shown(app)


async def test_ctrl_c_leaves_and_the_run_stays_open(tmp_path: Path) -> None:
    async with console(tmp_path) as (app, pilot, _):
        await pilot.press("s", "ctrl+c")
        await pilot.pause()
        assert app.store and app.store.run.live and app.return_code == 0


@pytest.mark.parametrize("hostile", ["[/]", "[x] [bold]", "\x1b[31mred", "日本語の長い題名です", "a\u202eb", "é" * 60])
async def test_no_text_of_a_user_breaks_the_screen(hostile: str, tmp_path: Path) -> None:
    plan = tmp_path / "sessions.toml"
    quoted = hostile.replace("\x1b", "\\u001b")
    plan.write_text(
        f'[programme]\ntitle = "{quoted}"\n[[session]]\nid = "x"\ntitle = "{quoted}"\nquestions = ["{quoted}"]\n'
        f'agenda = [{{ minutes = 5, title = "{quoted}", ask = [1], note = "{quoted}" }}]\n'
        f'[[message]]\nid = "m"\ntext = "{quoted}"\n[roster]\npeople = [{{ id = "a", name = "{quoted}" }}]\n',
        encoding="utf-8",
    )
    store = opened(tmp_path, "x", plan)
    async with console(tmp_path, store=store, plan=plan) as (app, pilot, clock):
        store.perform(Outcome((CaptureAdded(hostile, hostile, tags=(hostile,)),), ""), clock())
        for key in ("s", "w", "escape", ".", "escape", "m", "h", "4", "5", "question_mark", "1", "r", "c"):
            await pilot.press(key)
            await pilot.pause()
            assert app._exception is None
            assert "\x1b" not in shown(app) and "\u202e" not in shown(app)


async def test_a_terminal_that_is_too_small_says_so_and_still_takes_notes(tmp_path: Path) -> None:
    async with console(tmp_path, size=(60, 15)) as (app, pilot, _):
        assert "Please make this window at least 80 × 24" in shown(app)
        await pilot.press("i", *"kept", "enter")
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert "kept" in shown(app) and "Please" not in shown(app)


async def test_a_users_key_acts_and_is_the_one_that_is_shown(tmp_path: Path) -> None:
    async with console(tmp_path, keymap={"item.start": "f8"}) as (app, pilot, _):
        assert "f8 start" in shown(app)
        await pilot.press("s")
        assert app.store and app.store.run.live is None
        await pilot.press("f8")
        assert app.store.run.live


async def test_a_rehearsal_can_not_be_missed(tmp_path: Path) -> None:
    async with console(tmp_path, banner="REHEARSAL ×60") as (app, pilot, _):
        for key in ("s", "w", "escape", "question_mark"):
            await pilot.press(key)
            await pilot.pause()
            assert "REHEARSAL ×60" in shown(app)


async def test_without_a_session_the_week_is_offered_and_enter_opens_one(tmp_path: Path) -> None:
    async with console(tmp_path, choose=True) as (app, pilot, _):
        await pilot.pause()
        assert "Learning the lessons from crisis partnering" in shown(app)
        await pilot.press("down", "enter")
        await pilot.pause()
        await pilot.pause()
        assert app.store and app.store.session_id == "wed"
        assert "Impact and impact assessment" in shown(app)


async def test_another_session_is_opened_from_the_week(tmp_path: Path) -> None:
    async with console(tmp_path) as (app, pilot, _):
        await pilot.press("5")
        await app.workers.wait_for_complete()
        await pilot.press("enter")
        await pilot.pause()
        assert app.store and app.store.session_id == "mon"


def test_the_plan_of_these_tests_is_the_real_week() -> None:
    assert WEEK.is_file()


async def test_equal_lines_are_not_painted_again(tmp_path: Path) -> None:
    async with console(tmp_path) as (app, _pilot, _):
        assert app.conductor
        painted: list[str] = []
        for canvas in app.live.canvases.values():
            canvas.refresh = lambda *regions, who=canvas.id, **more: painted.append(who)  # type: ignore
        app.conductor.draw()
        assert painted == []


async def test_what_is_typed_in_one_breath_with_the_key_that_opens_the_line_is_text(tmp_path: Path) -> None:
    async with console(tmp_path) as (app, pilot, _):
        for key in ("i", "n", "s", "enter", "q", "u", "escape", "s"):
            app.post_message(events.Key(key, key if len(key) == 1 else None))
        await pilot.pause()
        await pilot.pause()
        assert app.store and app.conductor
        assert [capture.content.text for capture in app.store.run.shown_captures()] == ["ns"]
        assert app.conductor.writing.draft == "qu" and app.store.run.live


async def test_a_text_that_is_refused_comes_back_to_be_mended(tmp_path: Path) -> None:
    async with console(tmp_path) as (app, pilot, _):
        await pilot.press("s", "e", *"soon", "enter")
        await pilot.pause()
        assert app.live.entry.field.value == "soon"


async def test_a_plan_with_one_session_asks_nothing(tmp_path: Path) -> None:
    plan = tmp_path / "sessions.toml"
    plan.write_text('[[session]]\nagenda = [{ minutes = 5, title = "Welcome" }]\n')
    async with console(tmp_path, choose=True, plan=plan) as (app, _pilot, _):
        assert app.screen is app.live and "Welcome" in shown(app)


async def test_a_letter_is_in_the_draft_before_it_can_be_seen(tmp_path: Path) -> None:
    async with console(tmp_path) as (app, pilot, _):
        await pilot.press("i")
        app.live.capture.field.insert_text_at_cursor("half a line")
        assert app.store is not None
        assert app.store.drafts.load().text == "half a line"

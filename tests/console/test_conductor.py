"""What keys do to a call, on a stage without a terminal."""

from __future__ import annotations

from pathlib import Path

from console.played import Play, opened
from facilitator_tui.core.events import CaptureAdded, SessionFinished
from facilitator_tui.core.rundown import rundown


def test_start_begins_the_first_item_and_says_how_to_undo_it(tmp_path: Path) -> None:
    play = Play(tmp_path)
    play.press("item.start")
    assert play.live == "hello"
    assert play.said == "Welcome and yesterday in one minute started 15:00"
    assert play.scene.said and play.scene.said.undo == "u"


def test_the_sentence_goes_after_ten_seconds_and_not_before_a_newer_one_has_had_them(tmp_path: Path) -> None:
    play = Play(tmp_path)
    play.press("item.start")
    first = play.stage.timers[-1]
    play.clock.on(minutes=1)
    play.press("time.pause")
    assert first[0] == 10.0
    first[1]()
    assert play.said == "paused at 15:01"
    play.stage.timers[-1][1]()
    assert play.said == ""


def test_next_pressed_twice_within_four_tenths_of_a_second_is_one(tmp_path: Path) -> None:
    play = Play(tmp_path)
    play.press("item.start")
    play.clock.on(minutes=5)
    play.press("item.next")
    play.seconds += 0.3
    play.conductor.do("item.next")
    assert play.live == "word" and not play.conductor.asking


def test_leaving_a_young_item_asks_and_escape_leaves_everything_as_it_was(tmp_path: Path) -> None:
    play = Play(tmp_path)
    play.press("item.start")
    play.clock.on(seconds=10)
    play.press("item.next")
    assert play.scene.asking == "Leave “Welcome and yesterday in one minute” after 0:10?"
    before = play.store.run
    assert play.conductor.answer("escape")
    assert play.store.run is before and not play.conductor.asking


def test_while_something_is_asked_no_other_key_acts(tmp_path: Path) -> None:
    play = Play(tmp_path)
    play.press("item.start")
    play.press("item.finish", "time.pause", "time.more")
    assert play.scene.asking == "Finish the session?"
    assert len(play.store.run.done) == 1
    play.conductor.answer("y")
    assert play.store.run.finished


def test_a_refused_action_says_why_and_changes_nothing(tmp_path: Path) -> None:
    play = Play(tmp_path)
    play.press("time.pause")
    assert play.scene.said and play.scene.said.tone == "refused"
    assert "start an item first" in play.said
    assert play.store.events == ()


def test_escape_closes_what_is_open_and_never_changes_the_session(tmp_path: Path) -> None:
    play = Play(tmp_path)
    play.press("item.start")
    before = play.store.run
    for id in ("page.people", "help", "page.notes", "page.week", "cursor.down", "palette"):
        play.press(id)
        play.conductor.fields.leave()
        play.press("back")
        assert play.conductor.page == "agenda"
    assert play.store.run is before


def test_the_cursor_goes_to_an_item_only_after_a_yes(tmp_path: Path) -> None:
    play = Play(tmp_path)
    play.press("item.start")
    play.clock.on(minutes=5)
    play.press("cursor.down", "cursor.down", "cursor.down", "cursor.choose")
    assert play.scene.asking == (
        "Go to “Learning the lessons from crisis partnering: what can we do to speed up the process of partnering "
        "in the future?” now?"
    )
    play.conductor.answer("enter")
    assert play.live == "input"


def test_space_pauses_and_lets_go_on(tmp_path: Path) -> None:
    play = Play(tmp_path)
    play.press("item.start", "time.pause")
    assert play.scene.view.state == "paused"
    play.press("time.pause")
    assert play.scene.view.state == "running"


def test_undo_takes_back_the_last_action_and_redo_does_it_again(tmp_path: Path) -> None:
    play = Play(tmp_path)
    play.press("item.start", "time.more", "undo")
    row = play.scene.view.row("hello")
    assert row and row.length == row.item.length
    play.press("redo")
    row = play.scene.view.row("hello")
    assert row and row.length > row.item.length


def test_an_exact_time_is_typed_and_a_mistake_leaves_the_field_open(tmp_path: Path) -> None:
    play = Play(tmp_path)
    play.press("item.start", "time.exact")
    play.fill("soon")
    assert play.conductor.fields.open and "no length" in play.said
    play.fill("until 15:20")
    assert not play.conductor.fields.open
    assert play.scene.view.live and play.scene.view.live.remaining.total_seconds() == 20 * 60


def test_backdating_moves_the_start_and_not_the_length(tmp_path: Path) -> None:
    play = Play(tmp_path)
    play.press("item.start")
    play.clock.on(minutes=3)
    play.press("time.backdate")
    play.fill("5")
    live = play.scene.view.live
    assert live and (live.elapsed.total_seconds(), live.row.length) == (5 * 60, live.row.item.length)


def test_an_inserted_item_stands_behind_the_cursor(tmp_path: Path) -> None:
    play = Play(tmp_path)
    play.conductor.cursor = "qa"
    play.press("item.insert")
    play.fill("break 5")
    ids = [row.item.id for row in play.scene.view.rows]
    assert ids[ids.index("qa") + 1] == "break"


def test_compress_is_shown_before_it_is_done(tmp_path: Path) -> None:
    play = Play(tmp_path, "2020-09-29 15:06")
    play.press("item.start", "time.compress")
    assert play.scene.compression and play.scene.page == "compress"
    assert play.scene.view.end_over.total_seconds() == 6 * 60
    play.press("cursor.choose")
    assert play.scene.view.end_over.total_seconds() == 0
    assert play.scene.page == "agenda"


def test_two_letters_mark_somebody_as_here_and_once_more_as_away(tmp_path: Path) -> None:
    play = Play(tmp_path)
    play.press("page.people")
    play.conductor.fields.typed("07")
    assert "p07" in play.store.run.here and play.stage.field == ""
    play.conductor.fields.typed("07")
    assert "p07" in play.store.run.left


def test_two_letters_count_a_turn_and_with_a_mark_in_front_raise_a_hand(tmp_path: Path) -> None:
    play = Play(tmp_path)
    play.press("item.start", "page.voices")
    play.conductor.fields.typed("!09")
    assert "p09" in play.store.run.hands
    play.conductor.fields.typed("09")
    assert [turn.person for turn in play.store.run.turns] == ["p09"] and "p09" not in play.store.run.hands


def test_opening_the_rooms_plans_them_first_and_one_undo_takes_both_back(tmp_path: Path) -> None:
    play = Play(tmp_path, "2020-09-29 15:46")
    play.go("groups")
    play.press("rooms.clock")
    assert play.scene.view.rooms and play.store.run.seating("groups", 1)
    play.press("undo")
    assert play.scene.view.rooms is None and not play.store.run.seating("groups", 1)


def test_open_rooms_are_extended_and_called_back_by_the_same_key(tmp_path: Path) -> None:
    play = Play(tmp_path, "2020-09-29 15:46")
    play.go("groups")
    play.press("rooms.clock", "rooms.clock")
    play.conductor.answer("plus")
    assert play.scene.view.rooms and play.scene.view.rooms.remaining.total_seconds() == 36 * 60
    play.press("rooms.clock")
    play.conductor.answer("enter")
    assert play.scene.view.rooms and play.scene.view.rooms.phase == "closing"


def test_a_message_is_copied_with_its_fields_filled(tmp_path: Path) -> None:
    play = Play(tmp_path)
    play.press("item.start", "page.messages", "cursor.choose")
    text = play.stage.copied[0]
    assert text.startswith("Welcome! Today: Learning the lessons from crisis partnering. We close at 17:00")


def test_messages_change_their_language(tmp_path: Path) -> None:
    play = Play(tmp_path)
    play.press("page.messages", "message.language", "copy")
    assert play.stage.copied[0].startswith("¡Bienvenidas")


def test_the_palette_finds_a_command_by_its_name_and_does_it(tmp_path: Path) -> None:
    play = Play(tmp_path)
    play.press("item.start", "palette")
    play.conductor.fields.typed("pause")
    assert play.stage.page and play.stage.page.ids()[0] == "time.pause"
    play.conductor.fields.enter("pause")
    assert play.scene.view.state == "paused" and play.conductor.page == "agenda"


def test_an_alert_is_said_once(tmp_path: Path) -> None:
    play = Play(tmp_path)
    play.press("item.start")
    for _ in range(3 * 60 + 1):
        play.clock.on(seconds=1)
        play.conductor.tick()
    assert [alert.words for alert in play.scene.alerts] == ["2:00 left: Welcome and yesterday in one minute"]
    play.stage.timers[-1][1]()
    play.clock.on(seconds=1)
    play.conductor.tick()
    assert play.scene.alerts == ()


def test_a_console_opened_again_says_how_long_it_was_away(tmp_path: Path) -> None:
    play = Play(tmp_path)
    play.press("item.start")
    real = play.store.heartbeat.last_alive
    play.clock.on(minutes=4)
    began = play.store.run.began
    play.store.heartbeat.last_alive = lambda: began  # type: ignore[method-assign]
    again = Play(tmp_path, "2020-09-29 15:04", play.store)
    play.store.heartbeat.last_alive = real  # type: ignore[method-assign]
    assert again.said == "away 4:00; the clock has counted on"
    assert again.scene.view.live and again.scene.view.live.elapsed.total_seconds() == 240


def test_a_session_left_open_yesterday_is_asked_about_and_never_counts_on_the_screen(tmp_path: Path) -> None:
    play = Play(tmp_path)
    play.press("item.start")
    again = Play(tmp_path, "2020-09-30 09:00", play.store)
    assert again.scene.stale and again.scene.asking == "Unfinished session of 29 September."
    again.conductor.answer("escape")
    assert again.conductor.asking
    again.conductor.answer("enter")
    assert isinstance(play.store.events[-1].payload, SessionFinished)
    assert not again.scene.stale


def test_a_session_left_open_can_be_resumed(tmp_path: Path) -> None:
    play = Play(tmp_path)
    play.press("item.start")
    again = Play(tmp_path, "2020-09-30 09:00", play.store)
    again.conductor.answer("R")
    assert not again.scene.stale and again.live == "hello"


def test_leaving_leaves_the_run_in_the_log(tmp_path: Path) -> None:
    play = Play(tmp_path)
    play.press("item.start", "quit")
    assert play.stage.left and play.store.run.finished is None


def test_a_broken_plan_keeps_the_last_good_one_and_names_the_line(tmp_path: Path) -> None:
    plan = tmp_path / "sessions.toml"
    plan.write_text('[[session]]\nid = "x"\nagenda = [{ minutes = 5, title = "One" }]\n')
    play = Play(tmp_path, store=opened(tmp_path, "x", plan))
    play.store._watch.poll = lambda: _broken(play)  # type: ignore[method-assign]
    play.conductor.tick()
    assert "line" in play.scene.notice and "last good plan" in play.scene.notice
    assert [row.item.title for row in rundown(play.store.run, play.clock()).rows] == ["One"]


def _broken(play: Play):  # type: ignore[no-untyped-def]
    from facilitator_tui.store.plan_file import load_plan

    play.store.plan_path.write_text('[[session]\nid = "x"\n')
    return load_plan(play.store.plan_path)


def test_notes_are_rewritten_as_the_call_goes_and_at_most_every_two_seconds(tmp_path: Path) -> None:
    play = Play(tmp_path)
    play.press("item.start")
    play.note("= evidence is needed")
    due = [call for seconds, call in play.stage.timers if seconds == 2.0]
    assert len(due) == 1
    due[0]()
    assert "evidence is needed" in (play.store.folder / "notes.md").read_text()


def test_every_capture_is_one_event(tmp_path: Path) -> None:
    play = Play(tmp_path)
    play.note("one")
    play.note("++ two")
    assert [type(event.payload) for event in play.store.events] == [CaptureAdded, CaptureAdded]

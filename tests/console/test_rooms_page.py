"""The rooms page: seats, moves with their effect first, locks, re-planning with a preview, copies and lists."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest

from console.played import Play, console, opened, shown
from facilitator_tui.console import rooms_planner
from facilitator_tui.console.drawing.page import lines
from facilitator_tui.core import events as ev

T = TypeVar("T")


@pytest.fixture(autouse=True)
def short_searches(monkeypatch: pytest.MonkeyPatch) -> None:
    """How good rooms become is tested elsewhere."""
    monkeypatch.setattr(rooms_planner, "SEARCH_S", 0.05)
    monkeypatch.setattr(rooms_planner, "REPLAN_S", 0.05)


def roomed(folder: Path, session: str = "mon", at: str = "2020-09-28 15:00") -> Play:
    """Monday before the call, the rooms page open and its breakout planned."""
    play = Play(folder, at, opened(folder, session))
    play.press("page.rooms", "rooms.plan")
    return play


def page_text(play: Play, width: int = 78, height: int = 200) -> str:
    assert play.stage.page
    return "\n".join(line.plain.rstrip() for line in lines(play.stage.page, play.scene.place, width, height))


def locked_rooms(play: Play) -> list[str]:
    """The locked rooms of the page, however many people the plan put into them."""
    return re.findall(r"(Room \d+)  \d+ people  · locked", page_text(play))


def point(play: Play, id: str) -> None:
    """Move the cursor to a line."""
    assert play.stage.page
    while play.conductor.chosen() != id:
        play.press("cursor.down" if play.stage.page.ids().index(id) > play.scene.place else "cursor.up")


def seats(play: Play, number: int = 1, item: str = "groups") -> dict[str, str]:
    found = play.store.run.seating(item, number)
    assert found
    return {one: room for room, seat in zip(found.rooms, found.seats, strict=True) for one in seat}


def moved_person(play: Play) -> tuple[str, str]:
    """Somebody in the first room, and somebody in another."""
    where = seats(play)
    first = min(where)
    return first, min(one for one in where if where[one] != where[first])


def away(play: Play, *people: str) -> None:
    run = play.store.run
    marked = tuple(ev.PersonArrived(one.id) for one in run.roster.people if one.id not in people)
    play.store.perform(_outcome(*marked, *(ev.PersonLeft(one) for one in people)), play.clock())
    play.conductor.draw()


def _outcome(*payloads: ev.Payload):  # type: ignore[no-untyped-def]
    from facilitator_tui.core.actions import Outcome

    return Outcome(payloads, "")


# ---------------------------------------------------------------- planning


def test_planning_publishes_every_round_and_says_how_good_it_is(tmp_path: Path) -> None:
    play = roomed(tmp_path)
    assert len(seats(play, 1)) == len(seats(play, 2)) == 24
    assert "of 276 pairs have met" in play.said
    assert "Room 1" in page_text(play) and "Participant 05" in page_text(play)


def test_a_seat_shows_marks_organisation_newcomer_languages_and_needs(tmp_path: Path) -> None:
    play = roomed(tmp_path)
    line = next(line for line in page_text(play).splitlines() if "Participant 08" in line)
    assert line.split() == ["08", "Participant", "08", "O0", "new", "·", "es", "·", "Spanish", "summary", "in", "chat"]
    wide = next(line for line in page_text(play, 98).splitlines() if "Participant 08" in line)
    assert "O0 Organisation 10" in wide


def test_every_organisation_has_a_mark_of_its_own_in_the_legend(tmp_path: Path) -> None:
    text = page_text(roomed(tmp_path))
    found = re.findall(r"\b([A-Z][A-Z0-9]) (Organisation \d\d)", text)
    assert len(found) == 12 and len({mark for mark, _ in found}) == len({name for _, name in found}) == 12


def test_the_rounds_of_all_breakouts_are_turned_through(tmp_path: Path) -> None:
    play = roomed(tmp_path)
    assert "round 1 of 2" in page_text(play)
    play.press("rooms.later")
    assert "round 2 of 2" in page_text(play)
    play.press("rooms.earlier", "rooms.earlier")
    assert "Connect and reconnect" in page_text(play) and "round 3 of 3" in page_text(play)


def test_guests_are_shown_with_their_room_and_not_counted(tmp_path: Path) -> None:
    play = roomed(tmp_path, "thu", "2020-10-01 15:00")
    assert "Leadership 1  6 people · with Herman Brouwer" in page_text(play)


def test_a_session_without_a_breakout_says_so(tmp_path: Path) -> None:
    plan = tmp_path / "sessions.toml"
    plan.write_text('[[session]]\nid = "a"\nagenda = [{ title = "Talk", minutes = 5 }]\n')
    play = Play(tmp_path, store=opened(tmp_path, "a", plan))
    play.press("page.rooms")
    assert "No breakout is running or still to come." in page_text(play)
    play.press("rooms.plan")
    assert play.said == "no breakout is running or still to come; name an item"


def test_nobody_to_seat_is_said_with_what_to_do(tmp_path: Path) -> None:
    plan = tmp_path / "sessions.toml"
    rows = '{ id = "g", kind = "breakout", title = "Groups", minutes = 5, size = 3 }'
    plan.write_text(f'[[session]]\nid = "a"\nagenda = [{rows}]\n')
    play = Play(tmp_path, store=opened(tmp_path, "a", plan))
    play.press("page.rooms", "rooms.plan")
    assert "Nobody is here to be seated" in page_text(play) and play.said.startswith("nobody to seat")


# ---------------------------------------------------------------- behind the screen


class Held(Play):
    """A play whose slow work waits until it is let go."""

    def hold(self) -> None:
        self.waiting: list[Callable[[], None]] = []

        def behind(work: Callable[[], T], then: Callable[[T], None]) -> None:
            self.waiting.append(lambda: then(work()))

        self.stage.behind = behind  # type: ignore[method-assign]

    def let_go(self) -> None:
        for one in self.waiting:
            one()
        self.waiting.clear()


def test_keys_act_while_rooms_are_searched_for(tmp_path: Path) -> None:
    play = Held(tmp_path, "2020-09-28 15:00", opened(tmp_path, "mon"))
    play.hold()
    play.press("rooms.plan")
    assert "planning rooms for Deep dive in groups" in play.scene.busy
    play.press("item.start")
    assert play.live == "hello"
    play.let_go()
    assert play.store.run.seating("groups", 1) and not play.scene.busy


def test_a_search_that_is_dropped_changes_nothing(tmp_path: Path) -> None:
    play = Held(tmp_path, "2020-09-28 15:00", opened(tmp_path, "mon"))
    play.hold()
    play.press("page.rooms", "rooms.plan", "back")
    assert play.scene.page == "rooms"
    play.let_go()
    assert play.said == "nothing was changed" and not play.store.run.seatings


def test_a_search_that_is_enough_is_taken_at_once(tmp_path: Path) -> None:
    play = Held(tmp_path, "2020-10-01 15:00", opened(tmp_path, "thu"))
    play.hold()
    play.press("page.rooms", "rooms.plan", "rooms.plan")
    play.let_go()
    assert play.store.run.seating("topic1", 1)


def test_what_was_found_for_rooms_that_changed_meanwhile_is_not_used(tmp_path: Path) -> None:
    play = Held(tmp_path, "2020-09-28 15:00", opened(tmp_path, "mon"))
    play.hold()
    play.press("rooms.plan")
    other = ev.RoomsPlanned("groups", 1, ("1",), ("Room 1",), ("p01 p02",))
    play.store.perform(_outcome(other), play.clock())
    play.let_go()
    assert play.said == "the rooms were changed meanwhile; plan again" and len(seats(play)) == 2


# ---------------------------------------------------------------- moving by hand


def test_a_swap_shows_its_effect_before_enter_does_it(tmp_path: Path) -> None:
    play = roomed(tmp_path)
    one, other = moved_person(play)
    before = seats(play)
    point(play, one)
    play.press("cursor.choose")
    point(play, other)
    assert "change places: " in page_text(play) and "repeats" in page_text(play)
    assert seats(play) == before
    play.press("cursor.choose")
    assert seats(play) == {**before, one: before[other], other: before[one]}
    play.press("undo")
    assert seats(play) == before


def test_a_person_goes_to_a_room_by_its_line(tmp_path: Path) -> None:
    play = roomed(tmp_path)
    one, other = moved_person(play)
    room = seats(play)[other]
    point(play, one)
    play.press("cursor.choose")
    point(play, f"room {room}")
    assert f"goes to Room {room}" in page_text(play)
    play.press("cursor.choose")
    assert seats(play)[one] == room


def test_esc_puts_a_person_down_and_moves_nobody(tmp_path: Path) -> None:
    play = roomed(tmp_path)
    one, other = moved_person(play)
    before = seats(play)
    point(play, one)
    play.press("cursor.choose")
    point(play, other)
    play.press("back")
    assert play.scene.page == "rooms" and play.scene.rooms and not play.scene.rooms.carried and seats(play) == before


def test_two_of_one_room_can_not_change_places(tmp_path: Path) -> None:
    play = roomed(tmp_path)
    where = seats(play)
    one, other = sorted(name for name in where if where[name] == "1")[:2]
    point(play, one)
    play.press("cursor.choose")
    point(play, other)
    play.press("cursor.choose")
    assert "choose somebody in another room" in play.said and seats(play) == where


def test_a_locked_room_is_marked_and_kept_when_all_is_planned_anew(tmp_path: Path) -> None:
    play = roomed(tmp_path)
    kept = {name for name, room in seats(play).items() if room == "2"}
    point(play, "room 2")
    play.press("rooms.lock")
    assert locked_rooms(play) == ["Room 2"]
    play.press("rooms.plan")
    play.conductor.answer("3")
    play.conductor.answer("enter")
    assert {name for name, room in seats(play).items() if room == "2"} == kept


def test_a_lock_is_undone_by_the_undo_key(tmp_path: Path) -> None:
    play = roomed(tmp_path)
    point(play, "room 2")
    play.press("rooms.lock")
    assert play.scene.said and play.scene.said.undo
    play.press("undo")
    assert "locked" not in page_text(play)


def test_a_lock_is_seen_by_whoever_opens_the_session_later(tmp_path: Path) -> None:
    play = roomed(tmp_path)
    point(play, "room 2")
    play.press("rooms.lock")
    again = Play(tmp_path, "2020-09-28 15:01", play.store)
    again.press("page.rooms")
    assert locked_rooms(again) == ["Room 2"]


def test_somebody_sits_out_by_a_key_and_takes_part_again_by_the_same(tmp_path: Path) -> None:
    play = roomed(tmp_path)
    point(play, "p05")
    play.press("rooms.sit-out")
    assert "p05" not in seats(play) and "sitting out" in page_text(play)
    point(play, "p05")
    play.press("rooms.sit-out")
    assert "no seat yet" in page_text(play) and "sitting out" not in page_text(play)
    play.press("undo", "undo")
    assert "p05" in seats(play)


def test_a_room_can_not_sit_out(tmp_path: Path) -> None:
    play = roomed(tmp_path)
    point(play, "room 2")
    play.press("rooms.sit-out")
    assert play.said == "choose the person who sits out"


def test_sitting_out_is_typed_as_a_dash_behind_the_mark(tmp_path: Path) -> None:
    play = roomed(tmp_path)
    play.press("rooms.choose")
    play.fill("05 -")
    assert "p05" not in seats(play) and play.said.startswith("Participant 05 sits out")


def test_rooms_of_hosts_who_are_away_have_no_host(tmp_path: Path) -> None:
    play = roomed(tmp_path)
    point(play, "p01")
    room = seats(play)["p01"]
    play.press("rooms.host")
    away(play, "p01")
    assert f"Room {room}" in re.findall("no host yet.*", page_text(play))[0]


def test_rooms_without_a_host_are_named_once_another_has_one(tmp_path: Path) -> None:
    play = roomed(tmp_path)
    assert "no host yet" not in page_text(play)
    point(play, "p01")
    play.press("rooms.host")
    text = page_text(play)
    assert text.count("no host yet: ") == 1 and f"Room {seats(play)['p01']}" not in re.findall("no host yet.*", text)[0]


def test_rounds_of_unequal_length_open_by_the_key(tmp_path: Path) -> None:
    play = Play(tmp_path, "2020-09-30 16:00", opened(tmp_path, "wed"))
    play.press("item.start")
    play.go("evid")
    play.press("rooms.clock")
    assert play.store.run.breakout
    assert [length.total_seconds() for length in play.store.run.breakout.lengths] == [225, 300]
    play.clock.on(minutes=4)
    play.press("page.rooms")
    assert "round 2 of 2 · 4:45 left" in page_text(play)


def test_a_newcomer_whose_buddy_is_away_is_named(tmp_path: Path) -> None:
    play = roomed(tmp_path)
    away(play, "p19")
    assert "Participant 02 is new and the buddy Participant 19 is away" in page_text(play)


def test_a_host_is_marked_and_stays_in_every_round(tmp_path: Path) -> None:
    play = roomed(tmp_path)
    point(play, "p01")
    room = seats(play)["p01"]
    play.press("rooms.host")
    assert next(line for line in page_text(play).splitlines() if "Participant 01" in line).count("host") == 1
    play.press("rooms.plan")
    play.conductor.answer("enter")
    assert seats(play, 1)["p01"] == seats(play, 2)["p01"] == room


def test_choices_are_typed_one_after_the_other_by_mark_or_name(tmp_path: Path) -> None:
    play = Play(tmp_path, "2020-10-01 15:00", opened(tmp_path, "thu"))
    play.press("page.rooms", "rooms.choose")
    for text in ("05 lead2", "Participant 06 agile1"):
        play.fill(text)
    assert play.store.run.choices["topic1"] == {"p05": "lead2", "p06": "agile1"}
    play.fill("07 nowhere")
    assert "no room 'nowhere'" in play.said
    play.fill("")
    assert not play.scene.entering


# ---------------------------------------------------------------- presence


def test_a_changed_presence_is_said_and_offers_the_re_plan(tmp_path: Path) -> None:
    play = roomed(tmp_path)
    away(play, "p03", "p09")
    assert "2 of those seated are away: P shows who would move" in page_text(play)
    before = seats(play)
    play.press("rooms.plan")
    assert play.conductor.asking and "a preview, nothing has changed" in play.stage.page.title  # type: ignore[union-attr]
    assert "Participant 03" in page_text(play) and "→ away" in page_text(play)
    assert seats(play) == before
    play.conductor.answer("enter")
    assert set(seats(play)) == set(before) - {"p03", "p09"}


def test_a_preview_that_is_left_changes_nothing(tmp_path: Path) -> None:
    play = roomed(tmp_path)
    away(play, "p03")
    before = seats(play)
    play.press("rooms.plan")
    play.conductor.answer("escape")
    assert seats(play) == before and play.scene.rooms and play.scene.rooms.change is None


def test_a_preview_of_rooms_that_were_changed_meanwhile_is_never_applied(tmp_path: Path) -> None:
    play = roomed(tmp_path)
    away(play, "p03")
    play.press("rooms.plan")
    play.store.perform(_outcome(ev.RoomLocked("groups", 1, "1")), play.clock())
    before = seats(play)
    play.conductor.answer("j")
    play.conductor.answer("enter")
    assert play.said == "the rooms were changed meanwhile; plan again" and seats(play) == before


@pytest.mark.parametrize(("key", "way"), [("1", "patch"), ("2", "few"), ("3", "fresh")])
def test_three_ways_are_a_key_away_each_with_its_own_moves(tmp_path: Path, key: str, way: str) -> None:
    play = roomed(tmp_path)
    away(play, "p03")
    play.press("rooms.plan")
    play.conductor.answer(key)
    assert play.scene.rooms and play.scene.rooms.change and play.scene.rooms.change.way == way
    assert way != "patch" or play.scene.rooms.change.moved == ()


def test_a_breakout_that_begins_with_changed_presence_says_so(tmp_path: Path) -> None:
    play = roomed(tmp_path)
    away(play, "p03")
    play.press("back", "item.start")
    play.go("groups")
    assert play.said.startswith("1 away: P shows who would move · Deep dive in groups started")


def test_opening_rooms_with_changed_presence_shows_first_who_would_move(tmp_path: Path) -> None:
    play = roomed(tmp_path)
    away(play, "p03")
    play.press("back", "item.start")
    play.go("groups")
    play.press("rooms.clock")
    assert play.conductor.asking and play.scene.view.rooms is None
    play.conductor.answer("enter")
    assert play.scene.page == "rooms" and play.scene.view.rooms is None
    play.conductor.answer("enter")
    assert play.scene.view.rooms and "p03" not in seats(play)


def test_rooms_can_be_opened_as_they_are(tmp_path: Path) -> None:
    play = roomed(tmp_path)
    away(play, "p03")
    play.press("back", "item.start")
    play.go("groups")
    play.press("rooms.clock")
    play.conductor.answer("t")
    assert play.scene.view.rooms and "p03" in seats(play)


def test_the_strip_of_running_rooms_says_who_is_gone_and_who_has_no_seat(tmp_path: Path) -> None:
    from facilitator_tui.console.drawing import strip

    play = roomed(tmp_path)
    play.press("back", "item.start")
    play.go("groups")
    play.press("rooms.clock")
    assert strip.heading(play.scene).plain.endswith("change rooms in 15:00")
    away(play, "p03")
    play.store.perform(_outcome(ev.PersonAdded("dana", "Dana"), ev.PersonArrived("dana")), play.clock())
    play.conductor.draw()
    assert strip.heading(play.scene).plain.endswith("change rooms in 15:00 · 1 away, 1 without a seat: P")
    play.press("rooms.plan")
    play.conductor.answer("enter")
    assert strip.heading(play.scene).plain.endswith("change rooms in 15:00")


# ---------------------------------------------------------------- who met whom, copies, lists


def test_the_table_of_meetings_has_everybody_in_eighty_cells(tmp_path: Path) -> None:
    play = roomed(tmp_path)
    play.press("rooms.look")
    text = page_text(play, 78)
    header = next(line for line in text.splitlines() if "01 02 03" in line)
    assert header.split() == [f"{number:02}" for number in range(1, 25)]
    rows = [line for line in text.splitlines() if line[1:3].isdecimal()]
    assert len(rows) == 24 and all("o" in row for row in rows)


def test_the_table_counts_rounds_that_happened(tmp_path: Path) -> None:
    play = roomed(tmp_path)
    play.press("back", "item.start")
    play.go("groups")
    play.press("rooms.clock")
    play.clock.on(minutes=1)
    play.press("page.rooms", "rooms.look")
    assert "46 of 276 pairs have met" in page_text(play)


def test_a_wide_screen_shows_seats_and_table_side_by_side(tmp_path: Path) -> None:
    text = page_text(roomed(tmp_path), 198)
    assert any(re.search(r"Room 1  \d+ people .* 01 02 03", line) for line in text.splitlines())


def test_the_room_list_is_copied_alone_and_in_each_language_of_its_message(tmp_path: Path) -> None:
    play = roomed(tmp_path)
    play.press("copy")
    assert [line.split(":")[0] for line in play.stage.copied[-1].splitlines()] == [f"Room {n}" for n in range(1, 6)]
    for words in ("Breakout rooms, ", "Salas de grupo, "):
        play.press("message.language", "copy")
        assert play.stage.copied[-1].startswith(words) and "Room 5: Participant" in play.stage.copied[-1]
    play.press("message.language", "copy")
    assert play.stage.copied[-1].startswith("Room 1: ")


def test_the_moves_between_rounds_are_copied_where_they_are_shown(tmp_path: Path) -> None:
    play = roomed(tmp_path)
    play.press("rooms.later", "rooms.look", "rooms.look", "copy")
    first, second = seats(play, 1), seats(play, 2)
    listed = play.stage.copied[-1].splitlines()
    assert len(listed) == sum(1 for name in first if first[name] != second[name])
    assert all(": Room " in line and " → Room " in line for line in listed)


def test_the_lists_for_zoom_name_those_without_an_address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from facilitator_tui import paths

    monkeypatch.setattr(paths, "export_folder", lambda plan: tmp_path / "export")
    play = roomed(tmp_path)
    play.press("rooms.export")
    written = sorted(path.name for path in (tmp_path / "export" / "mon").glob("rooms-*.csv"))
    assert written == ["rooms-groups-1.csv", "rooms-groups-2.csv"]
    assert "without a mail address, to be moved by hand: Participant" in play.said


async def test_the_page_plans_and_moves_in_the_real_program(tmp_path: Path) -> None:
    async with console(tmp_path, "2020-09-28 15:00", store=opened(tmp_path, "mon")) as (app, pilot, _):
        await pilot.press("r", "P")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert re.search(r"Room 1  \d+ people", shown(app))
        await pilot.press("M")
        await pilot.pause()
        assert "Rooms · who met whom" in shown(app)

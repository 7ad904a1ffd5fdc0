"""One registry feeds bindings, footer, help, palette, documentation and the check of a keymap."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from console.played import Play
from facilitator_tui.console import plain
from facilitator_tui.console.commands import BY_ID, COMMANDS, GROUPS
from facilitator_tui.console.drawing.page import Page, fixed, lines
from facilitator_tui.console.hints import footer
from facilitator_tui.console.keymap import check_keymap, key_name, keys_in_force
from facilitator_tui.console.palette import help_page, keys_document, matching, palette_page

DOCS = Path(__file__).parents[2] / "docs" / "keys.md"

DEFAULTS = {
    "s": "item.start", "n": "item.next", "→": "item.next", "p": "item.previous", "←": "item.previous",
    "space": "time.pause", "↑": "cursor.up", "↓": "cursor.down", "j": "cursor.down", "k": "cursor.up",
    "enter": "cursor.choose", "+": "time.more", "-": "time.less", "]": "time.more5", "[": "time.less5",
    "e": "time.exact", "b": "time.backdate", "x": "item.skip", "c": "time.compress", "o": "item.insert",
    "i": "capture.open", "h": "page.harvest", "m": "page.messages", "r": "page.rooms", "w": "page.people",
    ".": "page.voices", "t": "rooms.clock", "/": "page.find", "u": "undo", "U": "redo", "v": "clock.mode",
    "g": "cursor.live", "1": "page.agenda", "2": "page.rooms", "3": "page.people", "4": "page.notes",
    "5": "page.week", "q": "quit", "?": "help", ":": "palette", "ctrl+p": "palette",
}  # fmt: skip


@pytest.mark.parametrize(("key", "id"), DEFAULTS.items())
def test_the_default_keys_are_those_of_the_design(key: str, id: str) -> None:
    assert key_name(key) in BY_ID[id].keys


def test_no_two_commands_share_a_key() -> None:
    keys = Counter(key for command in COMMANDS for key in command.keys)
    assert [key for key, number in keys.items() if number > 1] == []


def test_no_command_needs_ctrl_or_alt() -> None:
    assert all(any("+" not in key for key in command.keys) for command in COMMANDS if command.keys)


def test_every_default_key_is_a_key_that_a_terminal_can_send() -> None:
    assert all(key_name(key) == key for command in COMMANDS for key in command.keys)


def test_every_command_stands_in_a_group_and_says_what_it_does_in_a_sentence() -> None:
    for command in COMMANDS:
        assert command.group in GROUPS and command.label and command.help.endswith(".")


def test_every_key_of_the_registry_does_its_command_and_no_other_key_does_anything(tmp_path: Path) -> None:
    play = Play(tmp_path)
    done: list[str] = []
    play.conductor.do = done.append  # type: ignore[method-assign]
    for command in COMMANDS:
        for key in command.keys:
            assert play.conductor.press(key) and done[-1] == command.id
    assert not play.conductor.press("z")


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.id)
def test_a_command_that_refuses_has_said_why_before(command, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    play = Play(tmp_path)
    why_not = command.why_not(play.scene)
    play.press(command.id)
    refused = play.scene.said is not None and play.scene.said.tone == "refused"
    if why_not:
        assert play.store.events == ()
    assert not refused or why_not or command.id in ("cursor.choose",)


def test_the_documentation_of_the_keys_is_fresh() -> None:
    assert DOCS.read_text() == keys_document(), "python -m facilitator_tui.console.palette > docs/keys.md"


def test_the_palette_finds_by_name_and_puts_names_that_begin_so_first(tmp_path: Path) -> None:
    scene = Play(tmp_path).scene
    assert matching("com", scene)[0].id == "time.compress"
    assert {command.id for command in matching("rooms plan", scene)} == {"rooms.plan"}
    assert matching("no such thing", scene) == []


def test_in_the_palette_what_can_act_comes_before_its_like_that_cannot(tmp_path: Path) -> None:
    play = Play(tmp_path)
    play.press("item.start")
    found = matching("roo", play.scene)
    assert found[0].id == "page.rooms"
    begun_so = [bool(one.why_not(play.scene)) for one in found if one.label.startswith("roo")]
    assert begun_so == sorted(begun_so) and any(begun_so)
    assert matching("rooms clock", play.scene)[0].id == "rooms.clock"


def test_where_lines_are_too_short_the_help_of_the_one_under_the_cursor_stands_below_in_full(tmp_path: Path) -> None:
    scene = Play(tmp_path).scene
    page = help_page(scene, keys_in_force({}))
    able = (command for command in COMMANDS if command.id in page.ids() and not command.why_not(scene))
    longest = max(able, key=lambda command: len(command.help))
    place = page.ids().index(longest.id)
    drawn = [" ".join(" ".join(line.plain.split()) for line in lines(page, place, width, 24)) for width in (78, 198)]
    assert all(longest.help in words for words in drawn)


@pytest.mark.parametrize("state", ["not-started", "running", "paused", "waiting", "finished"])
def test_the_footer_names_only_commands_that_have_a_key(state: str) -> None:
    assert all(BY_ID[id].keys for id, _ in footer(state, "agenda", False, False))


# ---------------------------------------------------------------- a user's keys


def test_a_users_key_replaces_the_default_and_takes_it_from_its_owner() -> None:
    taken, problems = check_keymap({"item.next": "f8, s"})
    keys = keys_in_force(taken)
    assert problems == () and keys["item.next"] == ("f8", "s") and keys["item.start"] == ()


@pytest.mark.parametrize(
    ("id", "keys", "sentence"),
    [
        ("item.nxt", "n", "keymap: there is no command 'item.nxt': did you mean 'item.next'?"),
        ("item.next", "ctrl+m", "terminals send ctrl+m as enter"),
        ("item.next", "cmd+n", "'cmd+n' is no key"),
        ("item.next", "spcae", "'spcae' is no key"),
        ("item.next", "escape", "esc must stay with 'back'"),
        ("item.next", "", "'' is no key"),
    ],
)
def test_a_key_that_can_not_work_is_told_in_a_sentence(id: str, keys: str, sentence: str) -> None:
    taken, problems = check_keymap({id: keys})
    assert taken == {} and sentence in problems[0]


def test_a_key_given_twice_stays_with_the_first() -> None:
    taken, problems = check_keymap({"item.next": "z", "item.start": "z"})
    assert taken == {"item.next": ("z",)} and "given to 'item.next' already" in problems[0]


# ---------------------------------------------------------------- help, palette and footer


def names(page: Page, width: int = 118) -> list[str]:
    return [line.draw(width).plain for line in page.lines if line.id]


def test_the_help_names_every_command_once(tmp_path: Path) -> None:
    play = Play(tmp_path)
    assert Counter(help_page(play.scene, play.conductor.keys).ids()) == Counter(command.id for command in COMMANDS)


def test_the_palette_names_every_command_but_those_of_its_own_keys(tmp_path: Path) -> None:
    play = Play(tmp_path)
    left_out = {command.id for command in COMMANDS} - set(palette_page(play.scene, play.conductor.keys).ids())
    assert left_out == {"palette", "back", "cursor.up", "cursor.down", "cursor.choose"}


def test_help_and_palette_say_why_a_command_can_not_act_now(tmp_path: Path) -> None:
    play = Play(tmp_path)
    for page in (help_page(play.scene, play.conductor.keys), palette_page(play.scene, play.conductor.keys)):
        told = dict(zip(page.ids(), names(page), strict=True))
        for id, line in told.items():
            reason = BY_ID[id].why_not(play.scene)
            assert (f"not now: {reason}"[:40] in line) if reason else ("not now:" not in line), line


@pytest.mark.parametrize("width", [78, 118])
def test_no_name_of_a_command_runs_into_its_help(width: int, tmp_path: Path) -> None:
    play = Play(tmp_path)
    page = help_page(play.scene, play.conductor.keys)
    for id, line in zip(page.ids(), names(page, width), strict=True):
        assert f"{BY_ID[id].label}  " in line and plain.width(line) <= width


@pytest.mark.parametrize("height", [14, 24, 44])
def test_the_end_of_the_help_can_be_reached(height: int, tmp_path: Path) -> None:
    play = Play(tmp_path)
    page = help_page(play.scene, play.conductor.keys)
    shown = [line.plain for line in lines(page, len(page.ids()) - 1, 78, height)]
    assert any("saves, and closes when empty" in row for row in shown) and any(row.startswith("›") for row in shown)


def test_many_keys_of_a_page_take_a_second_line_and_break_between_two(tmp_path: Path) -> None:
    page = Page("A page", (), keys="a does this · b does that · c does something else", empty="Nothing.")
    assert [line.plain for line in lines(page, 0, 30, 6)][-2:] == [
        " a does this · b does that",
        " c does something else",
    ]


def test_a_page_that_is_scrolled_counts_the_lines_above_and_below() -> None:
    page = Page("A page", [fixed(f"line {number}", id=str(number)) for number in range(30)])
    shown = [line.plain.strip() for line in lines(page, 15, 30, 10)]
    first, last = (int(row.split()[1]) for row in (shown[0], shown[-1]))
    seen = sum(1 for row in shown if "line" in row)
    assert shown[0].startswith("▲") and shown[-1].startswith("▼") and first + seen + last == 30

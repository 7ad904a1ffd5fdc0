"""The user's settings: everything has a default, every mistake a sentence."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from console.played import opened
from facilitator_tui.config import EXAMPLE, Config, document, load_config, read_config
from facilitator_tui.console.app import Console
from facilitator_tui.console.keymap import check_keymap


def test_without_a_file_everything_has_its_default(tmp_path: Path) -> None:
    assert load_config(tmp_path / "none.toml") == Config()
    assert Config().mouse is False and Config().bell is False


def test_settings_are_read(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text('mouse = true\ntheme = "light"\n[keymap]\n"item.next" = "f8"\nitem.start = "z"\n')
    config = load_config(path)
    assert config == Config(keymap={"item.next": "f8", "item.start": "z"}, mouse=True, theme="light")


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"mose": True}, "config: there is no setting 'mose': did you mean 'mouse'?"),
        ({"bell": "yes"}, "config: bell must be true or false, not 'yes'"),
        ({"theme": 3}, "config: theme must be a name"),
        ({"keymap": "n"}, "config: keymap must be a table"),
        ({"keymap": {"item.next": 3}}, "config: keymap.item.next must be keys in quotes"),
    ],
)
def test_a_mistake_keeps_the_default_and_is_told(values: dict[str, object], sentence: str) -> None:
    config = read_config(values)
    assert sentence in config.problems[0]
    assert (config.mouse, config.bell, config.theme, dict(config.keymap)) == (False, False, "dark", {})


@pytest.mark.parametrize("content", [b"mouse = ", b"\xff\xfe", b"[" * 5000])
def test_a_broken_file_is_one_sentence_and_all_defaults(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes(content)
    config = load_config(path)
    assert len(config.problems) == 1 and config.theme == "dark"


def test_the_page_of_the_settings_is_fresh() -> None:
    page = Path(__file__).parents[2] / "docs" / "config.md"
    assert page.read_text(encoding="utf-8") == document(), "python -m facilitator_tui.config > docs/config.md"


def test_the_example_of_the_page_has_no_mistake() -> None:
    config = read_config(tomllib.loads(EXAMPLE))
    assert config.problems == () and check_keymap(config.keymap)[1] == ()


async def test_a_theme_that_is_unknown_is_told_and_the_dark_one_taken(tmp_path: Path) -> None:
    app = Console(
        lambda: opened(tmp_path), lambda session: opened(tmp_path, session), config=Config(theme="nope", mouse=True)
    )
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        while app.conductor is None:
            await pilot.pause()
        assert app.conductor.scene().said is not None
        assert "there is no theme 'nope'" in app.conductor.scene().said.text and app.theme == "facilitator-dark"
        app.exit(0)
    app.close_store()

"""The user's settings: everything has a default, every mistake a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from facilitator_tui.config import Config, load_config, read_config
from facilitator_tui.console.themes import THEMES


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


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_every_text_colour_can_be_read_on_every_ground(theme) -> None:  # type: ignore[no-untyped-def]
    grounds = [theme.background, theme.surface, theme.boost]
    texts = [theme.foreground, *(value for name, value in theme.variables.items() if name.startswith("text-"))]
    for text in texts:
        for ground in grounds:
            assert contrast(text, ground) >= 4.5, (text, ground)


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2.1."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

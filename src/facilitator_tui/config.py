"""The user's own settings, from `config.toml`: keys, mouse, bell, theme.

Owns what can be set and how a mistake is told. It must not know which commands there are: keys are checked by
the console. A mistake never keeps the console from opening.
"""

from __future__ import annotations

import difflib
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from facilitator_tui import paths

CONFIG_VARIABLE = "FACILITATOR_CONFIG"
LARGEST = 1 << 20


@dataclass(frozen=True, slots=True)
class Config:
    """What the user set, with defaults for the rest; `problems` has a sentence for each mistake."""

    keymap: Mapping[str, str] = field(default_factory=dict)
    """Command ids to keys, commas between: `"item.next" = "n,f8"`."""
    mouse: bool = False
    """With the mouse the console can be clicked, but the terminal's own selection of text is gone."""
    bell: bool = False
    """Ring at warnings and ends. Off by default: microphones hear it."""
    theme: str = "dark"
    """dark, light, contrast, ansi, or the name of one of Textual's themes."""
    problems: tuple[str, ...] = ()


_SWITCHES = ("mouse", "bell")
_KEYS = ("keymap", "theme", *_SWITCHES)


def load_config(path: Path | None = None) -> Config:
    """Read the settings; a missing file is all defaults. Nothing raises."""
    path = path or _path()
    try:
        with path.open("rb") as file:
            text = file.read(LARGEST).decode("utf-8-sig")
    except FileNotFoundError:
        return Config()
    except (OSError, ValueError) as problem:
        reason = getattr(problem, "strerror", None) or "it is no UTF-8 text"
        return Config(problems=(f"{path} can't be read: {reason}",))
    try:
        values = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as problem:
        return Config(problems=(f"{path} is no TOML: {problem}",))
    return read_config(values)


def _path() -> Path:
    asked = os.environ.get(CONFIG_VARIABLE)
    return Path(asked) if asked else paths.config_file()


def read_config(values: Mapping[str, Any]) -> Config:
    """Settings from a mapping. What is wrong keeps its default and gets a sentence."""
    problems = [_unknown(name) for name in values if name not in _KEYS]
    taken: dict[str, Any] = {}
    for name in _SWITCHES:
        if name in values:
            taken[name] = values[name] is True
            if not isinstance(values[name], bool):
                problems.append(f"config: {name} must be true or false, not {values[name]!r}")
    theme = values.get("theme", "dark")
    if isinstance(theme, str):
        taken["theme"] = theme
    else:
        problems.append(f"config: theme must be a name like dark, light, contrast or ansi, not {theme!r}")
    keymap = values.get("keymap", {})
    if isinstance(keymap, Mapping):
        taken["keymap"] = _keys(keymap, problems)
    else:
        problems.append('config: keymap must be a table: [keymap], then lines like "item.next" = "n"')
    return Config(problems=tuple(problems), **taken)


def _keys(keymap: Mapping[str, Any], problems: list[str]) -> dict[str, str]:
    """`item.next = "n"` without quotes around its name is a table in TOML: it is read as it was meant."""
    flat: dict[str, str] = {}
    for name, value in keymap.items():
        if isinstance(value, str):
            flat[name] = value
        elif isinstance(value, Mapping):
            flat |= {f"{name}.{inner}": keys for inner, keys in _keys(value, problems).items()}
        else:
            problems.append(f'config: keymap.{name} must be keys in quotes, like "n", not {value!r}')
    return flat


def _unknown(name: str) -> str:
    near = difflib.get_close_matches(name, _KEYS, n=1)
    hint = f"did you mean {near[0]!r}?" if near else f"it can hold {', '.join(_KEYS)}"
    return f"config: there is no setting {name!r}: {hint}"

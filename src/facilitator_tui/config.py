"""The user's own settings, from `config.toml`: keys, mouse, bell, theme.

Owns what can be set and how a mistake is told. It must not know which commands there are: keys are checked by
the console. A mistake never keeps the console from opening.
"""

from __future__ import annotations

import difflib
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from facilitator_tui import paths

CONFIG_VARIABLE = "FACILITATOR_CONFIG"
LARGEST = 1 << 20


def _setting(default: Any, values: str, about: str) -> Any:
    """A field with what can stand there and what it is for, in the words of `docs/config.md`."""
    return field(default=default, metadata={"values": values, "about": about})


@dataclass(frozen=True, slots=True)
class Config:
    """What the user set, with defaults for the rest; `problems` has a sentence for each mistake."""

    theme: str = _setting(
        "dark",
        "`dark`, `light`, `contrast`, `ansi`, or the name of one of Textual's themes",
        "The colours. `contrast` is white on black; `ansi` takes the sixteen colours of your terminal. "
        "With `NO_COLOR` set in the environment no colours are used, whatever stands here.",
    )
    mouse: bool = _setting(
        False,
        "`true` or `false`",
        "With the mouse the console can be clicked, but your terminal's own way to select text is gone (most "
        "terminals still select with Shift held down).",
    )
    bell: bool = _setting(
        False,
        "`true` or `false`",
        "Ring the terminal's bell when time is nearly up and when it is over. Off, since microphones hear it.",
    )
    keymap: Mapping[str, str] = field(
        default_factory=dict,
        metadata={
            "values": "a table of commands and keys",
            "about": "Keys of your own; see below.",
        },
    )
    problems: tuple[str, ...] = ()


_SWITCHES = ("mouse", "bell")
_KEYS = tuple(one.name for one in fields(Config) if one.metadata)


def load_config(path: Path | None = None) -> Config:
    """Read the settings; a missing file is all defaults. Nothing raises."""
    path = path or config_path()
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


def config_path() -> Path:
    """The settings' file: `FACILITATOR_CONFIG`, or the system's place for it. It need not exist."""
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


# ---------------------------------------------------------------- in words


EXAMPLE = """\
theme = "light"
bell  = true

[keymap]
"item.next"  = "n,f8"     # two keys for one command
"time.pause" = "p"        # p is taken from "previous", which keeps its other key
"""

_DOCUMENT = """\
# Settings

The console reads `config.toml`; without it everything has its default. `facilitator config` says where it is looked
for on your system, what is set, and what is wrong with it. `FACILITATOR_CONFIG` names another file.

A mistake never keeps the console from opening: the setting keeps its default, and a sentence says so.

| Setting | What it can be | Default |
|---|---|---|
{rows}

{about}

## Keys of your own

`[keymap]` gives commands other keys. On the left stands the command's id, on the right its keys with commas between;
[keys.md](keys.md) lists every id. A key that you give away is taken from the command that had it. Write keys as `n`,
`N`, `+`, `space`, `f5`, `left`, `ctrl+n`.

Told in a sentence, and left out: an id that no command has, a key that no terminal can send, a key given to two
commands, `ctrl+i`, `ctrl+m`, `ctrl+h` and `ctrl+j` (terminals send them as tab, enter, backspace and enter), `alt`
with a letter (it can't be told from Esc and that letter), and another use of `enter` and `esc`, which every page needs.

```toml config.toml
{example}```

<!-- Made from src/facilitator_tui/config.py; a test keeps this page fresh: python -m facilitator_tui.config -->
"""


def document() -> str:
    """`docs/config.md`, made of the settings."""
    settings = [one for one in fields(Config) if one.metadata]
    rows = [f"| `{one.name}` | {one.metadata['values']} | {_default(one.default)} |" for one in settings]
    about = [f"**{one.name}.** {one.metadata['about']}" for one in settings]
    return _DOCUMENT.format(rows="\n".join(rows), about="\n\n".join(about), example=EXAMPLE)


def _default(value: object) -> str:
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    return f'`"{value}"`' if isinstance(value, str) else "none"


if __name__ == "__main__":
    print(document(), end="")

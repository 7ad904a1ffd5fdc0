"""Keys: how they are written, which are in force, and the check of a user's own.

Owns which key names can arrive from a terminal: Textual takes unknown commands and impossible keys without a
word, we say so. It must not know where the keymap was written.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping

from facilitator_tui.console.commands import BY_ID, COMMANDS

_NAMED = frozenset(
    {
        *("space", "enter", "escape", "tab", "backspace", "delete", "insert"),
        *("up", "down", "left", "right", "home", "end", "pageup", "pagedown"),
    }
)
_NEVER = {
    "ctrl+h": "backspace",
    "ctrl+i": "tab",
    "ctrl+j": "enter",
    "ctrl+m": "enter",
    "ctrl+left_square_bracket": "escape",
}
_KEPT = ("escape", "enter")
"""Keys that every page needs; giving one away would lock somebody in."""

_SIGNS = {
    "+": "plus", "-": "minus", "]": "right_square_bracket", "[": "left_square_bracket", "/": "slash",
    ".": "full_stop", "?": "question_mark", ":": "colon", ",": "comma", ";": "semicolon", " ": "space",
    "␣": "space", "←": "left", "→": "right", "↑": "up", "↓": "down", "esc": "escape", "!": "exclamation_mark",
    "*": "asterisk", "=": "equals_sign", "#": "number_sign", "@": "at", "&": "ampersand", "_": "underscore",
    "<": "less_than_sign", ">": "greater_than_sign", "(": "left_parenthesis", ")": "right_parenthesis",
    "'": "apostrophe", '"': "quotation_mark", "$": "dollar_sign", "%": "percent_sign", "~": "tilde",
    "\\": "backslash", "|": "vertical_line", "{": "left_curly_bracket", "}": "right_curly_bracket",
    "^": "circumflex_accent", "`": "grave_accent",
}  # fmt: skip
_FUNCTION = re.compile(r"f([1-9]|1[0-9]|2[0-4])")
_WITH = re.compile(r"(?:(?:ctrl|shift|alt)\+)+(.+)")


def key_name(key: str) -> str:
    """Textual's name of a key as people write it; empty when no terminal can send it."""
    key = key if len(key) == 1 else key.strip()
    if key in _SIGNS:
        return _SIGNS[key]
    if len(key) == 1 and key.isprintable():
        return key
    key = key.lower() if "+" in key or len(key) > 1 else key
    if key in _NAMED or key in _SIGNS.values() or _FUNCTION.fullmatch(key):
        return key
    combined = _WITH.fullmatch(key)
    if combined and (len(combined[1]) == 1 or combined[1] in _NAMED or _FUNCTION.fullmatch(combined[1])):
        return key
    return ""


def check_keymap(wanted: Mapping[str, str]) -> tuple[dict[str, tuple[str, ...]], tuple[str, ...]]:
    """The keys that can be used, and a sentence for each entry that can't. Several keys: commas between."""
    taken: dict[str, tuple[str, ...]] = {}
    problems: list[str] = []
    owners: dict[str, str] = {}
    for id, text in wanted.items():
        if id not in BY_ID:
            problems.append(_unknown(id))
            continue
        keys = []
        for part in [","] if text.strip() == "," else text.split(","):
            key, problem = _checked(id, part, owners)
            if problem:
                problems.append(problem)
            else:
                owners[key] = id
                keys.append(key)
        if keys:
            taken[id] = tuple(keys)
    return taken, tuple(problems)


def _unknown(id: str) -> str:
    near = difflib.get_close_matches(id, BY_ID, n=1)
    hint = f"did you mean {near[0]!r}?" if near else "docs/keys.md lists them all"
    return f"keymap: there is no command {id!r}: {hint}"


def _checked(id: str, part: str, owners: Mapping[str, str]) -> tuple[str, str]:
    key = key_name(part)
    if not key:
        return "", f"keymap.{id}: {part.strip()!r} is no key: write one like n, space, f5 or ctrl+n"
    if key.startswith("alt+") and len(key) == 5:
        return "", f"keymap.{id}: {key} can't be told from Esc and {key[-1]}: choose another key"
    if key in _NEVER:
        return "", f"keymap.{id}: terminals send {part.strip()} as {_NEVER[key]}: choose another key"
    if key in _KEPT and key not in BY_ID[id].keys:
        return "", f"keymap.{id}: {written(key)} must stay with {_owner(key)!r}: choose another key"
    if key in owners:
        return "", f"keymap.{id}: {written(key)} is given to {owners[key]!r} already: choose another key"
    return key, ""


def _owner(key: str) -> str:
    return next(command.id for command in COMMANDS if key in command.keys)


# ---------------------------------------------------------------- keys as they are written

_WRITTEN = {
    "space": "␣", "plus": "+", "minus": "-", "right_square_bracket": "]", "left_square_bracket": "[",
    "slash": "/", "full_stop": ".", "question_mark": "?", "colon": ":", "up": "↑", "down": "↓",
    "left": "←", "right": "→", "escape": "esc", "comma": ",", "semicolon": ";",
    "less_than_sign": "<", "greater_than_sign": ">",
}  # fmt: skip


def written(key: str) -> str:
    """A key as the screen and the docs write it."""
    return _WRITTEN.get(key, key)


def keys_in_force(keymap: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """The keys of every command: the user's where there are any, without keys that another took over."""
    taken = {key for keys in keymap.values() for key in keys}
    return {
        command.id: keymap.get(command.id, tuple(key for key in command.keys if key not in taken))
        for command in COMMANDS
    }

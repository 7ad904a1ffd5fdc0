"""The looks of the console: a dark, a light, a high-contrast and an ansi one.

Owns every colour; everywhere else only their names stand. Names of text (`$text-muted`) are colours, names of
looks (`$cursor`, `$band-warning`) are whole styles, for where a theme has no colours it must still show a line
or a band: by reversing it. Every text keeps 4.5:1 and every mark 3:1 against the ground it is drawn on, as WCAG
2.2 asks at level AA; a test measures the cells of the drawn screens.

The ansi look draws with the terminal's own colours, which nobody knows here. So it leaves all text in the
terminal's foreground, says with words and weights what others say with colour, and uses colours only as grounds
with black letters on them. `NO_COLOR` takes those too: its bands are reversed.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace

from textual.theme import Theme

DARK, LIGHT, CONTRAST, ANSI = "facilitator-dark", "facilitator-light", "facilitator-contrast", "facilitator-ansi"
COLOURLESS = "facilitator-colourless"
NAMES = {"dark": DARK, "light": LIGHT, "contrast": CONTRAST, "ansi": ANSI}


def _looks(ground: str, cursor: str, accent: str, warning: str, danger: str) -> dict[str, str]:
    """The whole styles of a theme with colours of its own; bands carry letters in the colour of the ground."""
    return {
        "cursor": f"on {cursor}",
        "band-note": f"bold {accent} on {cursor}",
        "band-warning": f"bold {ground} on {warning}",
        "band-danger": f"bold {ground} on {danger}",
        "frame-warning": warning,
        "frame-danger": danger,
    }


_ANSI = Theme(
    name=ANSI,
    ansi=True,
    primary="ansi_default",
    secondary="ansi_default",
    accent="ansi_default",
    foreground="ansi_default",
    background="ansi_default",
    surface="ansi_default",
    panel="ansi_default",
    boost="ansi_default",
    success="ansi_default",
    warning="ansi_default",
    error="ansi_default",
    variables={
        "text-muted": "ansi_default",
        "text-disabled": "ansi_default",
        "text-accent": "ansi_default",
        "text-success": "ansi_default",
        "text-warning": "ansi_default",
        "text-error": "ansi_default",
        "frame": "ansi_bright_black",
        "ansi-background": "ansi_default",
        "ansi-foreground": "ansi_default",
        "input-cursor-background": "ansi_default",
        "input-cursor-foreground": "ansi_default",
        "input-cursor-text-style": "reverse",
        "input-selection-background": "ansi_bright_blue",
        "input-selection-foreground": "ansi_black",
        "cursor": "reverse",
        "band-note": "bold reverse",
        "band-warning": "ansi_black on ansi_yellow",
        "band-danger": "ansi_black on ansi_bright_red",
        "frame-warning": "ansi_default",
        "frame-danger": "ansi_default",
    },
)

THEMES = (
    Theme(
        name=DARK,
        primary="#5e81ac",
        secondary="#81a1c1",
        accent="#88c0d0",
        foreground="#e5e9f0",
        background="#12161d",
        surface="#1a202a",
        panel="#222935",
        boost="#2b3443",
        success="#a3be8c",
        warning="#ebcb8b",
        error="#ff8a80",
        dark=True,
        variables={
            "text-muted": "#a8b2c4",
            "text-disabled": "#96a1b3",
            "text-accent": "#88c0d0",
            "text-success": "#a3be8c",
            "text-warning": "#ebcb8b",
            "text-error": "#ff8a80",
            "frame": "#5f6b7f",
            "input-cursor-background": "#e5e9f0",
            "input-cursor-foreground": "#12161d",
            "input-selection-background": "#3f5673",
            **_looks("#12161d", "#2b3443", "#88c0d0", "#ebcb8b", "#ff8a80"),
        },
    ),
    Theme(
        name=LIGHT,
        primary="#2b5d8a",
        secondary="#3c6e9b",
        accent="#005f73",
        foreground="#1b2430",
        background="#fbfaf7",
        surface="#efece5",
        panel="#e6e2d8",
        boost="#dfdacd",
        success="#2f6b34",
        warning="#7a4d00",
        error="#a3211b",
        dark=False,
        variables={
            "text-muted": "#47525f",
            "text-disabled": "#545d69",
            "text-accent": "#005564",
            "text-success": "#2a5f2f",
            "text-warning": "#6d4500",
            "text-error": "#9b1f19",
            "frame": "#8a8474",
            "input-cursor-background": "#1b2430",
            "input-cursor-foreground": "#fbfaf7",
            "input-selection-background": "#b9cfe0",
            **_looks("#fbfaf7", "#dfdacd", "#005564", "#7a4d00", "#a3211b"),
        },
    ),
    Theme(
        name=CONTRAST,
        primary="#ffffff",
        secondary="#ffffff",
        accent="#00e5ff",
        foreground="#ffffff",
        background="#000000",
        surface="#000000",
        panel="#1a1a1a",
        boost="#333333",
        success="#7dff7d",
        warning="#ffd800",
        error="#ff9a9a",
        dark=True,
        variables={
            "text-muted": "#e0e0e0",
            "text-disabled": "#c4c4c4",
            "text-accent": "#00e5ff",
            "text-success": "#7dff7d",
            "text-warning": "#ffd800",
            "text-error": "#ff9a9a",
            "frame": "#ffffff",
            "input-cursor-background": "#ffffff",
            "input-cursor-foreground": "#000000",
            "input-selection-background": "#005a80",
            **_looks("#000000", "#333333", "#00e5ff", "#ffd800", "#ff9a9a"),
        },
    ),
    _ANSI,
    replace(
        _ANSI,
        name=COLOURLESS,
        variables={**_ANSI.variables, "band-warning": "bold reverse", "band-danger": "bold reverse"},
    ),
)

ELSEWHERE = {
    "frame": "ansi_bright_black",
    "frame-warning": "ansi_yellow",
    "frame-danger": "ansi_red",
    "cursor": "reverse",
    "band-note": "bold reverse",
    "band-warning": "ansi_black on ansi_yellow",
    "band-danger": "ansi_black on ansi_bright_red",
}
"""The names that themes of others do not have."""


def colourless() -> bool:
    """Whether no colours are wanted (https://no-color.org). Ask before an app is made: Textual takes the word away."""
    return bool(os.environ.get("NO_COLOR"))


def chosen(wanted: str, available: Mapping[str, Theme], *, colours: bool = True) -> str:
    """The name of the look to begin with: one of ours by its short name, one of Textual's, else the dark one."""
    name = NAMES.get(wanted, wanted) if colours else COLOURLESS
    return name if name in available else DARK

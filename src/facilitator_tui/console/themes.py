"""The looks of the console: a dark, a light, a high-contrast and an ansi one.

Owns the colours; everywhere else only their names stand. Every text colour keeps at least 4.5:1 against the
grounds it is drawn on.
"""

from __future__ import annotations

from textual.theme import Theme

DARK, LIGHT, CONTRAST, ANSI = "facilitator-dark", "facilitator-light", "facilitator-contrast", "textual-ansi"
NAMES = {"dark": DARK, "light": LIGHT, "contrast": CONTRAST, "ansi": ANSI}

THEMES = (
    Theme(
        name=DARK,
        primary="#5e81ac",
        secondary="#81a1c1",
        accent="#88c0d0",
        foreground="#e5e9f0",
        background="#12161d",
        surface="#171c25",
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
            "frame": "#3b4557",
        },
    ),
    Theme(
        name=LIGHT,
        primary="#2b5d8a",
        secondary="#3c6e9b",
        accent="#005f73",
        foreground="#1b2430",
        background="#fbfaf7",
        surface="#f4f2ed",
        panel="#e6e2d8",
        boost="#dcd7ca",
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
            "frame": "#b5ae9e",
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
        },
    ),
)
FRAME_ELSEWHERE = {"frame": "ansi_bright_black"}
"""The one name that themes of others do not have."""

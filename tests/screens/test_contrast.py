"""Every cell of the drawn screens keeps the contrasts of WCAG 2.2, level AA, in every look of the console.

The figures follow https://www.w3.org/TR/WCAG22/#dfn-relative-luminance and #dfn-contrast-ratio. Text needs 4.5:1,
marks and the large digits, which are made of them, 3:1. The ansi look draws with colours that only the terminal
knows, so it is measured with the palettes of xterm on a black and on a white ground.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.color import Color
from rich.style import Style
from rich.terminal_theme import TerminalTheme
from textual.strip import Strip
from textual.theme import Theme

from facilitator_tui.console import themes
from facilitator_tui.console.app import Console
from screens.scenes import MOMENTS, shown_moment

SIZE = (120, 36)
TEXT, MARKS = 4.5, 3.0
INKS = frozenset("█▓▒░▀▄▌▐▁▂▃▄▅▆▇━╌┄─│╭╮╰╯┃┏┓┗┛╍╏┊┋╎║═■▪·")

XTERM = [(0, 0, 0), (205, 0, 0), (0, 205, 0), (205, 205, 0), (0, 0, 238), (205, 0, 205), (0, 205, 205), (229, 229, 229)]
BRIGHT = [
    (127, 127, 127),
    (255, 0, 0),
    (0, 255, 0),
    (255, 255, 0),
    (92, 92, 255),
    (255, 0, 255),
    (0, 255, 255),
    (255, 255, 255),
]
ON_BLACK = TerminalTheme((0, 0, 0), (229, 229, 229), XTERM, BRIGHT)
ON_WHITE = TerminalTheme((255, 255, 255), (0, 0, 0), XTERM, BRIGHT)

Cell = tuple[str, Style]


def luminance(red: int, green: int, blue: int) -> float:
    def linear(channel: int) -> float:
        share = channel / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)


def contrast(style: Style, terminal: TerminalTheme) -> float:
    """Between the letters and the ground of a style; a dim style is taken as if its letters were half as strong."""
    letters = (style.color or Color.default()).get_truecolor(terminal, foreground=True)
    ground = (style.bgcolor or Color.default()).get_truecolor(terminal, foreground=False)
    if style.dim:
        letters = type(letters)(*((one + other) // 2 for one, other in zip(letters, ground, strict=True)))
    light, dark = sorted((luminance(*letters), luminance(*ground)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def cells(rows: list[Strip]) -> Iterator[Cell]:
    for row in rows:
        for segment in row:
            if segment.style is not None:
                yield from ((sign, segment.style) for sign in set(segment.text) if not sign.isspace())


def drawn(app: Console) -> set[Cell]:
    return set(cells(app.screen._compositor.render_strips(app.size)))


def too_weak(found: set[Cell], terminal: TerminalTheme) -> list[str]:
    return sorted(
        f"{sign!r} in {style}: {contrast(style, terminal):.2f}"
        for sign, style in found
        if contrast(style, terminal) < (MARKS if sign in INKS else TEXT)
    )


@pytest.mark.parametrize("name", MOMENTS)
async def test_everything_drawn_can_be_read_in_every_look(name: str, tmp_path: Path) -> None:
    async with shown_moment(MOMENTS[name], tmp_path, SIZE) as (app, pilot, _):
        for look, theme in themes.NAMES.items():
            app.theme = theme
            await pilot.pause()
            await pilot.pause()
            found = drawn(app)
            for terminal in (ON_BLACK, ON_WHITE) if look == "ansi" else (ON_BLACK,):
                assert too_weak(found, terminal) == [], look


async def test_the_ansi_look_uses_the_terminals_own_colours_only(tmp_path: Path) -> None:
    async with shown_moment(MOMENTS["alert"], tmp_path, SIZE) as (app, pilot, _):
        app.theme = themes.ANSI
        await pilot.pause()
        await pilot.pause()
        colours = {colour for _, style in drawn(app) for colour in (style.color, style.bgcolor) if colour}
        assert colours and all(colour.triplet is None for colour in colours)


async def test_without_colour_no_cell_has_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with shown_moment(MOMENTS["alert"], tmp_path, SIZE) as (app, _, _):
        ground = app.screen.styles.background
        rows = [row.apply_filter(app._filters[-1], ground) for row in app.screen._compositor.render_strips(app.size)]
        found = {style for _, style in cells(rows)}
    assert found and all(colour is None or colour.is_default for one in found for colour in (one.color, one.bgcolor))


@pytest.mark.parametrize("name", ["alert", "asking", "banner", "not-saved", "plan-problem"])
async def test_without_colour_what_must_be_seen_is_still_a_band(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with shown_moment(MOMENTS[name], tmp_path, SIZE) as (app, _, _):
        assert any(style.reverse for _, style in drawn(app))


@pytest.mark.parametrize("theme", themes.THEMES, ids=lambda theme: theme.name)
def test_every_look_has_the_names_that_the_screens_use(theme: Theme) -> None:
    assert set(themes.ELSEWHERE) <= set(theme.variables)

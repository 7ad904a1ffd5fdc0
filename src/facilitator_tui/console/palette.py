"""Finding a command by its name, and the help: both are pages made of the registry."""

from __future__ import annotations

from dataclasses import replace

from textual.content import Content

from facilitator_tui.console import plain
from facilitator_tui.console.commands import BY_ID, COMMANDS, GROUPS, Command
from facilitator_tui.console.drawing.page import Page, PageLine, fixed
from facilitator_tui.console.keymap import written
from facilitator_tui.console.scene import Scene
from facilitator_tui.core.text import fold_case

Keys = dict[str, tuple[str, ...]]

KEY_CELLS = 9
LABEL_CELLS = 2 + max(len(command.label) for command in COMMANDS)
"""Cells of a command's keys and of its name, so that no name runs into its help."""

_HIDDEN = frozenset({"palette", "back", "cursor.up", "cursor.down", "cursor.choose"})


def matching(words: str, scene: Scene) -> list[Command]:
    """The commands whose name or help holds every typed word: the one of that name, then those whose name begins so,
    the shortest first, then the others; what can't act now comes behind its like."""
    shown = [command for command in COMMANDS if command.id not in _HIDDEN]
    typed = fold_case(words).split()
    if not typed:
        return shown

    def rank(command: Command) -> tuple[bool, bool, bool, int]:
        label = fold_case(command.label)
        begins_so = label.startswith(typed[0])
        return label != " ".join(typed), not begins_so, bool(command.why_not(scene)), len(label) if begins_so else 0

    found = [one for one in shown if all(word in fold_case(f"{one.label} {one.help} {one.id}") for word in typed)]
    return sorted(found, key=rank)


def palette_page(scene: Scene, keys: Keys) -> Page:
    return Page(
        "Commands",
        [_line(command, scene, keys) for command in matching(scene.filter, scene)],
        keys="type to narrow down · ↑ ↓ choose · enter does it · esc leaves",
        empty="No command is called so; try another word.",
        told=_told,
    )


def help_page(scene: Scene, keys: Keys) -> Page:
    """Every command with its keys, as it stands on the page that the help was opened on."""
    scene = replace(scene, page=scene.behind)
    lines: list[PageLine] = []
    for group in GROUPS:
        lines.append(fixed((group, "$text-accent bold")))
        lines += [_line(command, scene, keys) for command in COMMANDS if command.group == group]
        lines.append(fixed(""))
    lines += [
        fixed((title, "$text-accent bold")) if not text else fixed((plain.fit(title, LABEL_CELLS), "bold"), text)
        for title, text in _GRAMMAR
    ]
    return Page("Keys", lines, keys="↑ ↓ move · enter does it · esc back", told=_told)


_GRAMMAR = (
    ("The capture line", ""),
    ("text", "a note; a pasted chat becomes one line a message"),
    ("= == ++ --", "takeaway, key message, enabler, inhibitor"),
    ("! ? > &", "action, question, quote, resource"),
    ("@name #tag", "who said it, or who does it in an action; a tag"),
    ("r:3 q:1 n:5", "room, question, count"),
    ("due:fri", "when an action is due; also 9oct, tomorrow, +7d"),
    ("/room 3 /q 2", "stick until the item ends; /undo /edit /kind /by /off /purge /find"),
    ("tab  up  enter", "completes; edits the last line; saves, and closes when empty"),
)


def _told(id: str, width: int) -> list[str]:
    """The whole help of a command, where lines are too short for some."""
    longest = max(plain.width(command.help) for command in COMMANDS)
    if KEY_CELLS + LABEL_CELLS + longest <= width:
        return []
    most = max(len(plain.wrap(command.help, width)) for command in COMMANDS)
    rows = plain.wrap(BY_ID[id].help, width)
    return [*rows, *[""] * (most - len(rows))]


def _line(command: Command, scene: Scene, keys: Keys) -> PageLine:
    def draw(width: int) -> Content:
        why_not = command.why_not(scene)
        mine = " ".join(written(key) for key in keys.get(command.id, ()) or command.page_keys)
        look = "$text-disabled" if why_not else ""
        text = f"not now: {why_not}" if why_not else command.help
        return plain.line(
            (plain.fit(mine, KEY_CELLS), "$text-disabled" if why_not else "$text-accent bold"),
            (plain.fit(command.label, LABEL_CELLS), look or "bold"),
            (plain.cut(text, max(8, width - KEY_CELLS - LABEL_CELLS)), look or "$text-muted"),
        )

    return PageLine(draw, command.id)


def keys_document() -> str:
    """`docs/keys.md`, made of the registry."""
    lines = [
        "# Keys",
        "",
        "Single keys act while no text field is open. `esc` never changes the session. Every key can be changed in",
        "the configuration: `[keymap]`, a command's id and its keys with commas between, such as",
        '`"item.next" = "n,f8"`.',
        "",
        "This page is made from the registry of commands; a test keeps it fresh.",
        "",
    ]
    for group in GROUPS:
        lines += [f"## {group}", "", "| Key | Command | Does | Id |", "|---|---|---|---|"]
        for command in (one for one in COMMANDS if one.group == group):
            keys = " ".join((*(f"`{_in_docs(key)}`" for key in command.keys), *_on_pages(command))) or "–"
            lines.append(f"| {keys} | {command.label} | {command.help} | `{command.id}` |")
        lines.append("")
    return "\n".join(lines)


def _on_pages(command: Command) -> tuple[str, ...]:
    """`p` on harvest: a key with the pages on which it means this command."""
    pages: dict[str, list[str]] = {}
    for page, keys in command.on_page.items():
        for key in keys:
            pages.setdefault(key, []).append(page)
    return tuple(f"`{_in_docs(key)}` on {', '.join(names)}" for key, names in pages.items())


def _in_docs(key: str) -> str:
    return "space" if key == "space" else written(key)


if __name__ == "__main__":
    print(keys_document(), end="")

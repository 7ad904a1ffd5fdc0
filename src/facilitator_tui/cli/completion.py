"""`facilitator completion`, and what a shell is offered at the tab key: commands, actions, sessions, items, people.

Owns what can stand where. It must not do anything to a call, and a plan that can't be read costs nothing but its
offers. People are offered by their ids, since a shell would break a name at its blanks.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path

import click
from click.shell_completion import CompletionItem, get_completion_class, shell_complete

from facilitator_tui import paths
from facilitator_tui.cli import COMMANDS, COMPLETE_VARIABLE
from facilitator_tui.core.plan import Plan, Session
from facilitator_tui.errors import FacilitatorError, UsageError

SHELLS = ("bash", "zsh", "fish")

Offers = Iterable[tuple[str, str]]
"""What can stand there, each with a word about it."""


@click.command("completion")
@click.argument("shell", required=False, type=click.Choice(SHELLS))
def completion_command(shell: str | None) -> None:
    """Print the script that teaches a shell to complete, for its profile: eval "$(facilitator completion bash)"."""
    shell = shell or Path(os.environ.get("SHELL", "")).name
    found = get_completion_class(shell) if shell in SHELLS else None
    if found is None:
        raise UsageError(f"say for which shell: facilitator completion {', '.join(SHELLS[:-1])} or {SHELLS[-1]}")
    made = found(click.Group(), {}, "facilitator", COMPLETE_VARIABLE)
    click.echo(made.source_template % made.source_vars())


def answer(group: click.Group) -> int:
    """Answer a shell that asks; the exit code. Nothing is ever said but offers."""
    teach(group)
    try:
        return shell_complete(group, {}, "facilitator", COMPLETE_VARIABLE, os.environ[COMPLETE_VARIABLE])
    except (FacilitatorError, click.ClickException, OSError, KeyError):
        return 1


def commands(incomplete: str) -> list[CompletionItem]:
    """The commands that begin so, without importing any; else files, since a plan can stand there."""
    found = [(name, help) for name, (_, help) in COMMANDS.items()]
    return _begin_so(found, incomplete) or [CompletionItem(incomplete, type="file")]


def teach(command: click.Command) -> None:
    """Let the options and arguments of a command offer what fits."""
    for parameter in command.params:
        offers = _OFFERS.get((command.name or "", parameter.name or "")) or _OFFERS.get(("", parameter.name or ""))
        if offers is not None:
            parameter._custom_shell_complete = _offered(offers)


def _offered(
    offers: Callable[[click.Context], Offers],
) -> Callable[[click.Context, click.Parameter, str], list[CompletionItem]]:
    def complete(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[CompletionItem]:
        if offers is _files:
            return [CompletionItem(incomplete, type="file")]
        try:
            return _begin_so(offers(ctx), incomplete)
        except (FacilitatorError, OSError):
            return []

    return complete


def _begin_so(offers: Offers, incomplete: str) -> list[CompletionItem]:
    return [CompletionItem(value, help=about) for value, about in offers if value.startswith(incomplete)]


# ---------------------------------------------------------------- what can stand where


def _plan(ctx: click.Context) -> tuple[Plan, Path]:
    from facilitator_tui.store.plan_places import find_plan
    from facilitator_tui.store.session_store import usable_plan

    path = find_plan(_option(ctx, "plan") or None)
    return usable_plan(path)[0], path


def _session(ctx: click.Context) -> tuple[Plan, Session]:
    from facilitator_tui.store.session_store import choose_session

    plan, path = _plan(ctx)
    records = _option(ctx, "records")
    folder = paths.records_folder(path, Path(records) if records else None)
    return plan, choose_session(plan, folder, datetime.now(UTC), _option(ctx, "session"))


def _option(ctx: click.Context, name: str) -> str:
    """What was typed for an option of this command, or of the one in front of it."""
    here: click.Context | None = ctx
    while here is not None:
        if here.params.get(name):
            return str(here.params[name])
        here = here.parent
    return ""


def _sessions(ctx: click.Context) -> Offers:
    return [(one.id, one.title) for one in _plan(ctx)[0].sessions]


def _items(ctx: click.Context) -> Offers:
    return [(one.id, one.title) for one in _session(ctx)[1].agenda]


def _breakouts(ctx: click.Context) -> Offers:
    return [(one.id, one.title) for one in _session(ctx)[1].agenda if one.kind == "breakout"]


def _people(ctx: click.Context) -> Offers:
    return [(one.id, one.name) for one in _plan(ctx)[0].roster.people]


def _rooms(ctx: click.Context) -> Offers:
    return [(one.id, one.name) for one in _session(ctx)[1].rooms]


def _messages(ctx: click.Context) -> Offers:
    return [(one.id, one.text.partition("\n")[0]) for one in _plan(ctx)[0].messages]


def _languages(ctx: click.Context) -> Offers:
    codes = {code for one in _plan(ctx)[0].messages for code in one.translations}
    return [(code, "") for code in sorted(codes)]


def _actions(_: click.Context) -> Offers:
    from facilitator_tui.cli.live import ACTIONS

    return [(name, "") for name in ("compress", *ACTIONS)]


def _files(_: click.Context) -> Offers:
    return ()


def _words_of_action(ctx: click.Context) -> Offers:
    """What can stand behind an action, by the number of words that stand there already."""
    typed = ctx.params.get("words") or ()
    wanted = _BEHIND.get(ctx.params.get("action", ""), ())
    place = len(typed)
    return wanted[place](ctx) if place < len(wanted) else ()


def _fixed(*words: str) -> Callable[[click.Context], Offers]:
    return lambda _: [(word, "") for word in words]


_BEHIND: dict[str, tuple[Callable[[click.Context], Offers], ...]] = {
    **dict.fromkeys(("start", "goto", "skip", "unskip", "rename"), (_items,)),
    **dict.fromkeys(("here", "away", "spoke"), (_people,)),
    "move": (_items, _fixed("up", "down")),
    "choose": (_people, _rooms),
    "rooms": (_fixed("start", "extend", "recall", "plan", "replan", "lock"), _breakouts),
    "extend": (_fixed("+1", "+5", "-1", "-5", "until"),),
}

_OFFERS: dict[tuple[str, str], Callable[[click.Context], Offers]] = {
    ("", "session"): _sessions,
    **{("", name): _files for name in ("plan", "records", "path", "file", "folder")},
    ("do", "action"): _actions,
    ("do", "words"): _words_of_action,
    ("rooms", "item"): _breakouts,
    ("messages", "id"): _messages,
    ("messages", "lang"): _languages,
    ("forget", "words"): _people,
}

"""The command line: everything a key does can be scripted, through the same actions.

Owns the entry point: which command is meant, and how an error becomes one line and an exit code. The commands
themselves stand in the modules beside it and are imported only when they are called, so that `status` never
pays for the console.
"""

from __future__ import annotations

import codecs
import difflib
import importlib
import io
import os
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from facilitator_tui import __version__
from facilitator_tui.cli.place import Place, place_options
from facilitator_tui.errors import FacilitatorError

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

COMMANDS = {
    "new": ("plans", "Write a plan to start from."),
    "quick": ("quick", "Start a call from one line: Welcome 5, Breakout 30 x4 …"),
    "plain": ("plain", "Run a call by lines, for a screen reader or a pipe; also --plain."),
    "check": ("plans", "Name all problems and contradictions of a plan."),
    "schema": ("plans", "Print the JSON Schema of sessions.toml for editors."),
    "status": ("standing", "Say where the session stands."),
    "do": ("live", "Do one action: start, next, pause, extend +5, undo …"),
    "capture": ("notes", "Write down a line, or every line of standard input."),
    "captures": ("notes", "List what was captured."),
    "export": ("harvest", "Write the harvest to files."),
    "rooms": ("rooms", "Make a rotation of breakout rooms and print it."),
    "messages": ("messages", "Print the chat messages, filled for this moment."),
    "import": ("imports", "Take people, presence, a chat or an agenda from a file."),
    "rehearse": ("rehearse", "Run a session on a fast clock, in a folder that is thrown away."),
    "stage": ("stage", "Show the call on a shared screen: no notes, no names but the speakers'."),
    "paths": ("paths", "Say where everything lies, and what of it exists."),
    "config": ("config", "Say which settings are in force, and what is wrong with them."),
    "completion": ("completion", "Print what teaches bash, zsh or fish to complete."),
    "log": ("records", "Print the merged events of a session."),
    "doctor": ("records", "Say what is damaged, skipped or unknown in a log."),
    "forget": ("forget", "Take a person out of records, drafts and exports."),
}
"""Each command with the module that holds it and its line of help; both are known without importing it."""


COMPLETE_VARIABLE = "_FACILITATOR_COMPLETE"
"""Set by a shell that asks what could stand at the cursor."""

PLAIN = "facilitator.plain"
"""The key of `--plain` among what a command line remembers."""


class Commands(click.Group):
    """Imports a command's module only when the command is called; a path opens the console."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"facilitator_tui.cli.{COMMANDS[cmd_name][0]}")
        found = getattr(module, f"{cmd_name}_command")
        assert isinstance(found, click.Command)
        if COMPLETE_VARIABLE in os.environ:
            from facilitator_tui.cli.completion import teach

            teach(found)
        return found

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        from facilitator_tui.cli.completion import commands

        return commands(incomplete) if not incomplete.startswith("-") else super().shell_complete(ctx, incomplete)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, help) for name, (_, help) in COMMANDS.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        if name in COMMANDS:
            return super().resolve_command(ctx, args)
        if Path(name).exists() or os.sep in name or name.endswith(".toml"):
            ctx.obj = (ctx.obj or Place()).over(plan=name)
            return "open", _open_command, args[1:]
        near = difflib.get_close_matches(name, COMMANDS, n=1)
        hint = f"did you mean {near[0]!r}?" if near else "see facilitator --help"
        raise click.UsageError(f"no command or plan {name!r}: {hint}")


@click.group(cls=Commands, invoke_without_command=True, context_settings={"help_option_names": ["--help"]})
@click.version_option(__version__, prog_name="facilitator")
@click.option("--plain", is_flag=True, help="By lines instead of a screen: for a screen reader or a pipe.")
@place_options
@click.pass_context
def _facilitator(ctx: click.Context, place: Place, plain: bool) -> int:
    """Run online calls from one terminal window.

    Without a command this opens the console on the plan in this folder, or on the plan named. Everything that a
    key does there can also be done with a command.
    """
    ctx.obj = place
    ctx.meta[PLAIN] = plain
    return _open(place, plain) if ctx.invoked_subcommand is None else 0


@click.command("open", hidden=True)
@click.option("--plain", is_flag=True)
@place_options
@click.pass_context
def _open_command(ctx: click.Context, place: Place, plain: bool) -> int:
    return _open(place, plain or ctx.meta.get(PLAIN, False))


def _open(place: Place, plain: bool) -> int:
    if plain:
        from facilitator_tui.cli.plain import run_lines

        return run_lines(place)
    from facilitator_tui.cli.open import open_console

    return open_console(place)


ESCAPED = "facilitator.escaped"
"""The name by which Python knows `_escaped`."""


def _escaped(error: UnicodeError) -> tuple[str, int]:
    """What an output's encoding lacks, as JSON writes it: a text stays readable and a document stays valid."""
    assert isinstance(error, UnicodeEncodeError)
    units = error.object[error.start : error.end].encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at : at + 2].hex()}" for at in range(0, len(units), 2)), error.end


def _print_in_any_encoding() -> None:
    codecs.register_error(ESCAPED, _escaped)
    if isinstance(sys.stdout, io.TextIOWrapper) and sys.stdout.errors == "strict":
        sys.stdout.reconfigure(errors=ESCAPED)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command line; the exit code: 0 done, 1 refused or problems found, 2 wrong usage."""
    _print_in_any_encoding()
    if COMPLETE_VARIABLE in os.environ and arguments is None:
        from facilitator_tui.cli.completion import answer

        return answer(_facilitator)
    try:
        code: Any = _facilitator.main(args=arguments, prog_name="facilitator", standalone_mode=False)
        if sys.stdout:
            sys.stdout.flush()
    except click.exceptions.Exit as left:
        return left.exit_code
    except click.exceptions.Abort:
        return 130
    except click.ClickException as wrong:
        return _say(wrong.format_message(), 2)
    except FacilitatorError as error:
        return _say(str(error), error.exit_code)
    except BrokenPipeError:
        # Whoever read our output has seen enough; the interpreter must not complain about it at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        return _say(f"{where}{error.strerror or error}", 1)
    except Exception as error:
        return _say_fault(error)
    return code if isinstance(code, int) else 0


def _say(sentence: str, code: int) -> int:
    from facilitator_tui.core.text import clean

    print(f"facilitator: {' '.join(clean(sentence).split())}", file=sys.stderr)
    return code


def _say_fault(error: Exception) -> int:
    """Three lines without any values: those of a call may hold what people said."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{Path(frame.filename).name}, line {frame.lineno}"
    print(
        f"facilitator: a fault of the program: {type(error).__name__} in {where}.\n"
        "Everything acknowledged is in the log; nothing of it is lost.\n"
        "Please report these lines; `facilitator doctor` says how the log is.",
        file=sys.stderr,
    )
    return 1

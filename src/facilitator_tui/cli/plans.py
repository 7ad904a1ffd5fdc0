"""`facilitator new`, `check`, `schema`: the plan as a file."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click

from facilitator_tui.cli.place import Place, place_options
from facilitator_tui.core.problems import Problem


@click.command("new")
@click.argument("folder", default=".")
@click.option("--example", is_flag=True, help="The real week of 2020 instead of a short plan.")
@place_options
def new_command(place: Place, folder: str, example: bool) -> None:
    """Write a plan to start from. Nothing is ever overwritten."""
    from facilitator_tui.store.plan_file import write_new

    path = write_new(Path(folder), example)
    if place.json:
        click.echo(json.dumps({"path": str(path)}))
    else:
        click.echo(f"{path} written. Edit it, then: facilitator check {path}; facilitator {path}")


@click.command("check")
@click.argument("path", required=False)
@place_options
def check_command(place: Place, path: str | None) -> int:
    """Name all problems and contradictions of a plan; exit code 1 on errors."""
    from facilitator_tui.store.plan_file import load_plan

    plan_path = place.over(plan=path).plan_path()
    loaded = load_plan(plan_path)
    if place.json:
        problems = [asdict(problem) for problem in loaded.problems]
        click.echo(json.dumps({"ok": not loaded.errors, "problems": problems}, ensure_ascii=False, indent=2))
    else:
        for problem in loaded.problems:
            click.echo(problem_line(problem))
        click.echo(_verdict(plan_path, len(loaded.errors), len(loaded.warnings)))
    return 1 if loaded.errors else 0


def problem_line(problem: Problem) -> str:
    """A problem as one line that editors can jump to."""
    where = f"{problem.file}:{problem.line}:{problem.column}"
    hint = f" ({problem.hint})" if problem.hint else ""
    path = f" {problem.path}:" if problem.path else ""
    return f"{where}: {problem.severity}:{path} {problem.message}{hint}"


def _verdict(path: Path, errors: int, warnings: int) -> str:
    counts = f"{errors} error{'s' * (errors != 1)}, {warnings} warning{'s' * (warnings != 1)}"
    return f"{path}: {counts}" + ("" if errors else "; sessions can be opened")


@click.command("schema")
@place_options
def schema_command(place: Place) -> None:
    """Print the JSON Schema of sessions.toml for editors."""
    from facilitator_tui.store.plan_file import schema_json

    click.echo(json.dumps(schema_json(), ensure_ascii=False, indent=2))

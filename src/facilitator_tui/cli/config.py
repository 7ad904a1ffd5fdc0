"""`facilitator config`: which settings are in force, and what is wrong with them."""

from __future__ import annotations

import json
from dataclasses import fields

import click

from facilitator_tui.cli.place import Place, place_options
from facilitator_tui.config import Config, config_path, load_config


@click.command("config")
@place_options
def config_command(place: Place) -> int:
    """Say which settings are in force, where they are read, and what is wrong with them; exit code 1 on mistakes."""
    from facilitator_tui.console.keymap import check_keymap, keys_in_force

    path, config = config_path(), load_config()
    keymap, wrong = check_keymap(config.keymap)
    problems = (*config.problems, *wrong)
    usual, in_force = keys_in_force({}), keys_in_force(keymap)
    without = [id for id, keys in usual.items() if keys and not in_force[id]]
    values = {one.name: getattr(config, one.name) for one in fields(Config) if one.metadata}
    if place.json:
        told = {
            "path": str(path),
            "exists": path.exists(),
            **values,
            "problems": list(problems),
            "without_keys": without,
        }
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return 1 if problems else 0
    click.echo(f"{path}{'' if path.exists() else ': not there, so everything has its default'}")
    for name, value in values.items():
        if name != "keymap":
            click.echo(f"{name} = {json.dumps(value)}")
    for id, keys in keymap.items():
        click.echo(f'keymap: {id} = "{",".join(keys)}"')
    for id in without:
        click.echo(f"keymap: {id} has no key left; the palette (:) still finds it")
    for problem in problems:
        click.echo(problem)
    return 1 if problems else 0

"""`facilitator paths`: where everything lies, and what of it is there."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import click

from facilitator_tui import config, paths
from facilitator_tui.cli.place import Place, place_options
from facilitator_tui.store.plan_places import PLAN_NAME, PlanMissing


@dataclass(frozen=True, slots=True)
class Spot:
    """A place with what lies there."""

    name: str
    path: Path
    about: str

    @property
    def exists(self) -> bool:
        try:
            return self.path.exists()
        except OSError:
            return False


@click.command("paths")
@place_options
def paths_command(place: Place) -> None:
    """Say where plan, records, exports, state, drafts and settings lie, and which of them exist. Creates nothing."""
    every = spots(place)
    if place.json:
        listed = {one.name: {"path": str(one.path), "exists": one.exists} for one in every}
        click.echo(json.dumps(listed, ensure_ascii=False, indent=2))
        return
    for one in every:
        click.echo(f"{one.name:<13}{'' if one.exists else 'not there yet: '}{one.path}")
        click.echo(f"{'':<13}{one.about}")


def spots(place: Place) -> tuple[Spot, ...]:
    """Every place, absolute, whether or not there is a plan."""
    plan = _plan(place)
    records, state = place.records_folder(plan), paths.state_folder()
    return (
        Spot("plan", plan, "what is meant to happen; you write it (--plan)"),
        Spot("records", records, f"what happened, a folder a session (--records, {paths.RECORDS_VARIABLE})"),
        Spot("export", paths.export_folder(plan), "the harvest as files (export --to)"),
        Spot("templates", plan.parent / "templates", "your own shapes for notes and mails"),
        Spot("state", state, f"of this computer alone ({paths.STATE_VARIABLE})"),
        Spot("drafts", state / paths.DRAFTS, "the line that is being typed, a file a session"),
        Spot("second-place", state / paths.SECOND_PLACE, "lines whose records folder could not be written"),
        Spot("config", config.config_path(), f"your settings; docs/config.md explains them ({config.CONFIG_VARIABLE})"),
    )


def _plan(place: Place) -> Path:
    """The plan meant, or where one would be looked for."""
    try:
        return place.plan_path().absolute()
    except PlanMissing:
        asked = Path(place.plan) if place.plan else Path(PLAN_NAME)
        return (asked / PLAN_NAME if asked.is_dir() else asked).absolute()

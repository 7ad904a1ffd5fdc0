"""Where things lie: state, records, exports, configuration.

Owns the choice between what the user asked for, the plan's folder, and the user's own folders. It must not
know what is kept there; it looks but never creates anything.
"""

from __future__ import annotations

import os
import zlib
from pathlib import Path

from facilitator_tui.core.text import slug

APP = "facilitator"
STATE_VARIABLE = "FACILITATOR_STATE"
RECORDS_VARIABLE = "FACILITATOR_RECORDS"
DRAFTS, SECOND_PLACE = "drafts", "second-place"


def state_folder() -> Path:
    """Device id, drafts, heartbeats, the second place; `FACILITATOR_STATE` overrides the system's choice."""
    asked = os.environ.get(STATE_VARIABLE)
    if asked:
        return Path(asked).expanduser().absolute()
    from platformdirs import user_state_path

    return user_state_path(APP, appauthor=False)


def config_file() -> Path:
    """The user's settings; it need not exist."""
    from platformdirs import user_config_path

    return user_config_path(APP, appauthor=False) / "config.toml"


def records_folder(plan_path: Path, option: Path | None = None) -> Path:
    """All sessions' records: `--records`, FACILITATOR_RECORDS, beside the plan, or in the state folder.

    Records that exist beside the plan are used even where they can only be read; a journal's second place
    takes what is new.
    """
    asked = option or _path_of(RECORDS_VARIABLE)
    if asked is not None:
        return asked.expanduser().absolute()
    return _beside(plan_path, "records")


def export_folder(plan_path: Path, option: Path | None = None) -> Path:
    """The folder of all exports: `--to`, beside the plan, or in the state folder."""
    if option is not None:
        return option.expanduser().absolute()
    return _beside(plan_path, "export")


def second_place(records: Path, session: str) -> Path:
    """Where a session's events go when its records folder can't be written."""
    return state_folder() / SECOND_PLACE / f"{_key(records)}" / slug(session)


def draft_file(records: Path, session: str) -> Path:
    """The unfinished line of a session."""
    return state_folder() / DRAFTS / f"{_key(records)}-{slug(session)}"


def heartbeat_file(records: Path, session: str) -> Path:
    """The file whose time says when a console with this session was last alive."""
    return state_folder() / "alive" / f"{_key(records)}-{slug(session)}"


def greeted_file() -> Path:
    """Its being there says that the hint of the first time was shown."""
    return state_folder() / "greeted"


def _path_of(variable: str) -> Path | None:
    value = os.environ.get(variable)
    return Path(value) if value else None


def _beside(plan_path: Path, name: str) -> Path:
    home = _home_of(plan_path)
    beside = home / name
    elsewhere = state_folder() / name / f"{slug(home.name)}-{_key(home)}"
    if beside.is_dir():
        return beside
    if elsewhere.is_dir() or not os.access(home, os.W_OK | os.X_OK):
        return elsewhere
    return beside


def _home_of(plan_path: Path) -> Path:
    path = plan_path.expanduser().absolute()
    return path if path.is_dir() else path.parent


def _key(folder: Path) -> str:
    """Tells folders of the same name apart."""
    return f"{zlib.crc32(os.fsencode(folder.expanduser().absolute().resolve())):08x}"

"""From a plan's path to a running console and back to the shell.

Owns the order of these steps and the exit code. It must not know what happens between them.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from facilitator_tui.config import Config, load_config
from facilitator_tui.console.app import Console, real_now

if TYPE_CHECKING:
    from textual.screen import Screen

    from facilitator_tui.console.app import Opened
    from facilitator_tui.store.session_store import SessionStore

    Begin = Callable[[Callable[[], datetime], Callable[[Path, Path], Opened]], Screen[Any]]


def run_console(
    store: SessionStore | None = None,
    *,
    plan_path: Path,
    session_id: str = "",
    records: Path,
    config: Config | None = None,
    clock: Callable[[], datetime] | None = None,
    speed: float = 1.0,
    banner: str | None = None,
    afterwards: Callable[[], object] = lambda: None,
    begin: Begin | None = None,
) -> int:
    """Run the console until it is left; the exit code. Without a store or a session id, one is chosen first.

    Where there is no plan yet, `begin` makes the screen that leads to one; it is given the clock, and what opens a
    plan with its records.

    `clock` is the clock of the call where it is not the real one, `speed` how fast it runs, and `banner` says so
    and can't be missed. `afterwards` is done when a signal ends the program, after everything is saved.
    Raises FacilitatorError when the session can't be opened.
    """
    config = config or load_config()
    now = clock or real_now

    def reopen(session: str) -> SessionStore:
        from facilitator_tui.store.session_store import SessionStore

        return SessionStore.open(plan_path, records, now(), session)

    def open_plan(path: Path, its_records: Path) -> Opened:
        from facilitator_tui.console.screens.choose import choose_from

        nonlocal plan_path, records
        plan_path, records = path, its_records
        return reopen(session_id) if session_id else choose_from(path, its_records, now, reopen)

    def first() -> Opened:
        from facilitator_tui.console.leaving import save_on_signals

        def end() -> None:
            app.end()
            afterwards()

        save_on_signals(end, app.attributes)
        if store is not None:
            return store
        return begin(now, open_plan) if begin else open_plan(plan_path, records)

    app = Console(
        first,
        reopen,
        config=config,
        now=now,
        speed=speed,
        banner=banner or "",
    )
    app.greets = not banner
    code = app.run(mouse=config.mouse)
    safe = app.close_store()
    if app.failure is not None:
        raise app.failure
    from facilitator_tui.console.leaving import farewell

    return farewell(app.store, safe, app.return_code or code or 0)

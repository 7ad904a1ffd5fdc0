"""The end of the console: what is saved, what is printed, and a terminal left as it was found.

Owns signals and farewells. Textual ends without unmount, finally or atexit on most signals, so nothing here
relies on a clean exit.
"""

from __future__ import annotations

import os
import signal
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import Any

from facilitator_tui.store.session_store import SessionStore

SIGNALS = ("SIGTERM", "SIGHUP", "SIGQUIT", "SIGINT")
_SEQUENCES = b"\x1b[?2004l\x1b[?7h\x1b[<u\x1b[?1000l\x1b[?1003l\x1b[?1006l\x1b[?1004l\x1b[?1049l\x1b[?25h"
"""Paste, wrapping, keyboard, mouse and focus reports as they were; then the normal screen and its cursor."""


def save_on_signals(save: Callable[[], object], attributes: Callable[[], list[Any] | None]) -> None:
    """A signal that ends the console saves first, gives the terminal back, and exits with 128 + its number.

    `save` is called in a thread of its own: the signal may have interrupted a line of the main thread that holds a
    lock which saving needs, and that line has to go on.
    """
    arrived: SimpleQueue[int] = SimpleQueue()

    def end() -> None:
        number = arrived.get()
        try:
            save()
        finally:
            give_back_terminal(attributes())
            os._exit(128 + number)

    Thread(target=end, name="leaving", daemon=True).start()
    for name in SIGNALS:
        number = getattr(signal, name, None)
        if number is not None:
            # This `put` may be called amid anything, another `put` of the same queue included.
            signal.signal(number, lambda number, frame: arrived.put(number))


def give_back_terminal(attributes: list[Any] | None) -> None:
    """Leave the alternate screen and set the terminal's attributes as they were; a terminal that is gone is fine."""
    try:
        os.write(2, _SEQUENCES)
    except OSError:
        return
    if attributes is None:
        return
    import termios

    try:
        termios.tcsetattr(0, termios.TCSANOW, attributes)
    except (OSError, termios.error):
        return


def fault_lines(error: BaseException) -> tuple[str, str, str]:
    """What is printed of a fault: where it happened and what kind it is, never its text or the values around it."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if "facilitator_tui" in frame.filename] or frames
    place = f"{Path(ours[-1].filename).name}:{ours[-1].lineno}" if ours else "unknown place"
    return (
        f"facilitator had to stop: {type(error).__name__} in {place}.",
        "Every line that had its ✓ is safe, and the clock goes on: open it again to continue.",
        "Please report the first line.",
    )


def farewell(store: SessionStore | None, safe: bool, code: int) -> int:
    """After the screen is gone: print what could not be saved. The exit code."""
    if safe or store is None:
        return code
    print("NOT SAVED, please copy these lines:", file=sys.stderr)
    for event in store.journal.unsaved():
        text = getattr(event.payload, "raw", "")
        print(f"  {event.at:%H:%M} {text or event.payload.kind}", file=sys.stderr)
    return 1

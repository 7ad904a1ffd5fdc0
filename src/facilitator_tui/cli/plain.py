"""`facilitator --plain`: the call by lines, for a screen reader, a dumb terminal or a pipe.

Owns reading lines while the clock goes on, and printing. It must not know what a line means (`line_mode`). There are
no colours, no cursor moves, and nothing that was printed is ever changed.
"""

from __future__ import annotations

import os
import queue
import sys
import threading
import time
from collections.abc import Callable
from functools import partial

import click

from facilitator_tui.cli.line_mode import LineMode
from facilitator_tui.cli.place import Place, place_options

CHUNK = 1 << 16
LONGEST_LINE = 1 << 20
"""Bytes of a line that are kept; a stream without line breaks must not fill the memory."""


class LineReader:
    """Lines as they come, read behind the clock's back. A read straight from the system leaves no lock behind that
    could hold up the end of the program."""

    def __init__(self, more: Callable[[], bytes]) -> None:
        """`more` waits for bytes and gives them; none at the end."""
        self._more = more
        self._lines: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        threading.Thread(target=self._read, daemon=True).start()

    def next(self, patience_s: float) -> str | None:
        """The next line, or None when none came in time. Raises EOFError behind the last one."""
        try:
            line = self._lines.get(timeout=patience_s)
        except queue.Empty:
            return None
        if line is None:
            raise EOFError
        return line

    def _read(self) -> None:
        rest = b""
        while data := self._more():
            *lines, rest = (rest + data).split(b"\n")
            for line in lines:
                self._lines.put(line[:LONGEST_LINE].decode("utf-8", "replace").rstrip("\r").removeprefix("\ufeff"))
            rest = rest[:LONGEST_LINE]
        if rest:
            self._lines.put(rest.decode("utf-8", "replace"))
        self._lines.put(None)


def standard_input() -> Callable[[], bytes]:
    """What reads standard input, also where it was closed or is no file of the system."""
    if not sys.stdin:
        return bytes
    try:
        descriptor = sys.stdin.fileno()
    except (OSError, ValueError):
        return partial(sys.stdin.buffer.read, CHUNK)

    def read() -> bytes:
        try:
            return os.read(descriptor, CHUNK)
        except OSError:
            return b""

    return read


@click.command("plain")
@click.argument("path", required=False)
@place_options
def plain_command(place: Place, path: str | None) -> int:
    """Run a call by lines: one command or one note a line, and everything is told in sentences. `help` tells how.

    It reads standard input, so it works in a pipe too; there, nothing is asked and a refused line is exit code 1.
    """
    return run_lines(place.over(plan=path))


def run_lines(place: Place) -> int:
    """Play the call until the lines end or it is left; the exit code. Raises FacilitatorError."""
    asks = bool(sys.stdin and sys.stdin.isatty())
    mode = LineMode(place.open(), place, asks=asks)
    _say(mode.opening())
    reader = LineReader(standard_input())
    looked = time.monotonic()
    while not mode.left:
        try:
            line = reader.next(1.0 - time.time() % 1.0)
        except EOFError:
            break
        if line is None or time.monotonic() - looked > 1.0:
            looked = time.monotonic()
            _say(mode.look())
        if line is not None:
            _say(mode.take(line))
    return 1 if mode.refused and not asks else 0


def _say(lines: list[str]) -> None:
    for line in lines:
        click.echo(line)
    sys.stdout.flush()

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

import click

from facilitator_tui.cli.line_mode import LineMode
from facilitator_tui.cli.place import Place, place_options

LONGEST_LINE = 1 << 20
"""Bytes of a line that are kept; a stream without line breaks must not fill the memory."""


class LineReader:
    """Lines of a file descriptor, read behind the clock's back. A read straight from the system leaves no lock behind
    that could hold up the end of the program."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
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

    def _more(self) -> bytes:
        try:
            return os.read(self._descriptor, 1 << 16)
        except OSError:
            return b""


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
    reader = LineReader(sys.stdin.fileno() if sys.stdin else os.open(os.devnull, os.O_RDONLY))
    while not mode.left:
        try:
            line = reader.next(1.0 - time.time() % 1.0)
        except EOFError:
            break
        _say(mode.look() if line is None else mode.take(line))
    return 1 if mode.refused and not asks else 0


def _say(lines: list[str]) -> None:
    for line in lines:
        click.echo(line)
    sys.stdout.flush()

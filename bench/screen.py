"""Programs in a pseudo-terminal, measured from outside: when a text is first painted, how long a key takes.

Shared by the benchmarks of the console; nothing of the program itself is imported here.
"""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time
from collections.abc import Mapping, Sequence

BARE = """
from textual.app import App
from textual.widgets import Footer, Header, Input


class Bare(App):
    BINDINGS = [("ctrl+t", "nothing", "painted")]

    def compose(self):
        yield Header()
        yield Input()
        yield Footer()


Bare().run()
"""
"""The app everything is held against: Header, Input, Footer."""


class Watched:
    """A program in a pseudo-terminal of 120 × 36 cells."""

    def __init__(self, argv: Sequence[str], env: Mapping[str, str] | None = None, cwd: str | None = None) -> None:
        self.started = time.perf_counter()
        self._seen = b""
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            if cwd:
                os.chdir(cwd)
            full = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor", **(env or {})}
            full.pop("NO_COLOR", None)
            os.execvpe(argv[0], list(argv), full)
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", 36, 120, 0, 0))

    def until(self, text: str, timeout: float = 20.0) -> float:
        """Seconds of this call until a text was written to the terminal. TimeoutError when it never was."""
        began, wanted = time.perf_counter(), text.encode()
        while (left := timeout - (time.perf_counter() - began)) > 0:
            if wanted in self._seen:
                self._seen = self._seen.partition(wanted)[2]
                return time.perf_counter() - began
            if not select.select([self.fd], [], [], left)[0]:
                break
            data = os.read(self.fd, 65536)
            self._answer(data)
            self._seen = self._seen[-4096:] + data
        raise TimeoutError(f"{text!r} was not painted within {timeout} s")

    def drain(self, quiet: float = 0.3) -> None:
        """Read until nothing came for a while, at most ten times that long."""
        end = time.perf_counter() + 10 * quiet
        while time.perf_counter() < end and select.select([self.fd], [], [], quiet)[0]:
            self._answer(os.read(self.fd, 65536))
        self._seen = b""

    def _answer(self, data: bytes) -> None:
        """What a terminal says when it is asked for its position or its kind."""
        if b"\x1b[6n" in data:
            os.write(self.fd, b"\x1b[1;1R")
        if b"\x1b[c" in data:
            os.write(self.fd, b"\x1b[?62;c")

    def type(self, keys: str) -> None:
        os.write(self.fd, keys.encode())

    def answer_to(self, key: str, timeout: float = 5.0) -> float:
        """Seconds from a key to the first output that holds it as a text of its own."""
        began = time.perf_counter()
        self.type(key)
        self.until(key, timeout)
        return time.perf_counter() - began

    def cpu(self) -> float:
        """Seconds of processor time used so far."""
        with open(f"/proc/{self.pid}/stat") as file:
            fields = file.read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def memory(self) -> int:
        """Bytes of memory in use, pages shared with others by their share."""
        with open(f"/proc/{self.pid}/smaps_rollup") as file:
            return next(int(line.split()[1]) * 1024 for line in file if line.startswith("Pss:"))

    def close(self) -> None:
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.fd)

    def __enter__(self) -> Watched:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def first_paint(argv: Sequence[str], texts: Sequence[str], env: Mapping[str, str] | None = None) -> list[float]:
    """Seconds from the start of a program until each of the texts, in order, was painted."""
    with Watched(argv, env) as program:
        times = []
        for text in texts:
            program.until(text)
            times.append(time.perf_counter() - program.started)
        return times

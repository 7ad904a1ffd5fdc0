"""A person in front of the real program: a pseudo-terminal, real key bytes, and eyes that read the screen.

Waiting is always for something to be seen, never for a time to pass.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import time
from pathlib import Path
from types import TracebackType

import pyte

PATIENCE_S = 30.0

KEYS = {
    "enter": "\r",
    "escape": "\x1b",
    "tab": "\t",
    "space": " ",
    "backspace": "\x7f",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
}

UNKNOWN_TO_PYTE = re.compile(
    rb"\x1b\[[<>=][\d;:]*[A-Za-z]|\x1b\[\?[\d;]*\$[a-z]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[P_^][^\x1b]*\x1b\\"
)


class Person:
    """Runs `facilitator` with arguments in a folder and looks at it; or another `program` of the same Python."""

    def __init__(
        self,
        *arguments: str,
        folder: Path,
        size: tuple[int, int] = (120, 36),
        env: dict[str, str] | None = None,
        program: tuple[str, ...] = ("-m", "facilitator_tui"),
    ) -> None:
        columns, rows = size
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self._held = b""
        self.raw = bytearray()
        self.exit_code: int | None = None
        command = [sys.executable, *program, *arguments]
        surroundings = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor", **(env or {})}
        # Under these two names a size in the environment would win over that of the window.
        surroundings = {name: value for name, value in surroundings.items() if name not in {"COLUMNS", "LINES"}}
        self.pid, self._fd = pty.fork()
        if self.pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
            os.chdir(folder)
            os.execvpe(command[0], command, surroundings)

    # ------------------------------------------------------------ doing

    def press(self, *keys: str) -> None:
        for key in keys:
            self._send(KEYS.get(key, key))

    def type(self, text: str) -> None:
        self._send(text)

    def paste(self, text: str) -> None:
        self._send(f"\x1b[200~{text}\x1b[201~")

    def send_bytes(self, data: bytes) -> None:
        os.write(self._fd, data)

    def resize(self, columns: int, rows: int) -> None:
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self._screen.resize(rows, columns)

    def kill(self, number: int = signal.SIGKILL) -> None:
        os.kill(self.pid, number)

    def _send(self, text: str) -> None:
        os.write(self._fd, text.encode())

    # ------------------------------------------------------------ seeing

    def text(self) -> str:
        return "\n".join(line.rstrip() for line in self._screen.display)

    def sees(self, pattern: str, patience_s: float = PATIENCE_S) -> re.Match[str]:
        """Wait until the screen matches. AssertionError shows the screen."""
        return self._wait(lambda: re.search(pattern, self.text()), f"never saw {pattern!r}", patience_s)

    def sees_no_more(self, pattern: str, patience_s: float = PATIENCE_S) -> None:
        self._wait(lambda: not re.search(pattern, self.text()), f"still sees {pattern!r}", patience_s)

    def sees_bytes(self, pattern: re.Pattern[bytes], times: int = 1, patience_s: float = PATIENCE_S) -> None:
        """Wait until the program has written something that is not shown, so many times."""
        failure = f"never wrote {pattern.pattern!r}"
        self._wait(lambda: len(pattern.findall(bytes(self.raw))) >= times, failure, patience_s)

    def leaves(self, patience_s: float = PATIENCE_S) -> int:
        """Wait until the program has ended; its exit code (negative: the signal that ended it)."""
        self._wait(lambda: self._ended(), "the program goes on", patience_s)
        assert self.exit_code is not None
        return self.exit_code

    def _wait(self, condition, failure, patience_s):  # type: ignore[no-untyped-def]
        deadline = time.monotonic() + patience_s
        while True:
            self._read()
            found = condition()
            if found:
                return found
            if self._ended():
                found = condition()
                if found:
                    return found
                raise AssertionError(f"{failure}; the program ended with {self.exit_code}:\n{self.text()}")
            if time.monotonic() > deadline:
                raise AssertionError(f"{failure}:\n{self.text()}")

    def _read(self) -> bool:
        """Read what is there, or wait a moment for it; whether anything came."""
        ready, _, _ = select.select([self._fd], [], [], 0.02)
        if not ready:
            return False
        with contextlib.suppress(OSError):
            data = os.read(self._fd, 1 << 16)
            self.raw += data
            if b"\x1b[6n" in data:
                self._send("\x1b[1;1R")
            data = self._held + data
            cut = data.rfind(b"\x1b", max(0, len(data) - 32))
            whole = cut < 0 or re.match(rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|[^\[\]P_^])", data[cut:])
            data, self._held = (data, b"") if whole else (data[:cut], data[cut:])
            self._stream.feed(UNKNOWN_TO_PYTE.sub(b"", data))
            return bool(data)
        return False

    def _ended(self) -> bool:
        """Whether the program has ended; everything that it wrote is read by then."""
        if self.exit_code is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.exit_code = os.waitstatus_to_exitcode(status)
                while self._read():
                    pass
        return self.exit_code is not None

    def __enter__(self) -> Person:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if not self._ended():
            self.kill()
            os.waitpid(self.pid, 0)
        os.close(self._fd)

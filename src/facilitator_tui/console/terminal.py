"""The terminal's input made safe: odd bytes do not end the console, and a paste never runs as keys.

Owns the reading of standard input on Linux and macOS, and what a stop of the process does to it. It must not know
what the keys mean. Textual's own driver decodes strictly, lets an ESC inside a bracketed paste end it, spins when its
terminal is gone, begins a second reader after a stop that came without warning, and may wait for itself forever
when it goes on.
"""

from __future__ import annotations

import os
import re
import selectors
import signal
from codecs import getincrementaldecoder
from collections.abc import Callable, Iterator

from textual import events
from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message

START, END = "\x1b[200~", "\x1b[201~"
AFTER_A_KEY_S, IDLE_S = 0.1, 0.25
"""How long to wait for more: briefly after a key, since an ESC alone is only known by what does not follow."""
ESC_AS_KEY = re.compile(r"(\x1b)(?=[^\x1b\[\]OPX^_\\]|\x1b+(?:[^\x1b\[\]OPX^_\\]|$)|$)")
"""An ESC that begins no sequence of the terminal: somebody pressed it right before another key, or several times."""
LONGEST_PASTE = 4 << 20
"""Characters of a paste that are kept; a terminal that never ends a paste must not fill the memory."""


class Pastes:
    """Cuts what was read into typed text and whole pastes, whatever a paste holds and however it is torn."""

    def __init__(self) -> None:
        self._pasting = False
        self._paste: list[str] = []
        self._size = 0
        self._rest = ""

    def feed(self, text: str) -> Iterator[tuple[str, bool]]:
        """Pieces in order, each with whether it is a whole paste."""
        text = self._rest + text
        self._rest = ""
        while text:
            mark = END if self._pasting else START
            before, found, after = text.partition(mark)
            if not found:
                before, self._rest = _torn(text, mark)
            if self._pasting:
                self._keep(before)
            elif before:
                yield before, False
            if not found:
                return
            if self._pasting:
                yield "".join(self._paste), True
                self._paste, self._size = [], 0
            self._pasting = not self._pasting
            text = after

    def release(self) -> str:
        """What was held back as the possible beginning of a mark, when nothing follows it."""
        rest, self._rest = self._rest, ""
        if self._pasting:
            self._rest = rest
            return ""
        return rest

    def _keep(self, text: str) -> None:
        text = text[: max(0, LONGEST_PASTE - self._size)]
        self._size += len(text)
        self._paste.append(text)


def _torn(text: str, mark: str) -> tuple[str, str]:
    """The text without the beginning of a mark at its end, and that beginning."""
    for length in range(len(mark) - 1, 0, -1):
        if text.endswith(mark[:length]):
            return text[:-length], text[-length:]
    return text, ""


def keys_in(parser: XTermParser, text: str) -> Iterator[Message]:
    """What typed text holds. Esc and a key in quick succession are these two keys: nothing here needs Alt."""
    for part in ESC_AS_KEY.split(text):
        if part == "\x1b":
            yield events.Key("escape", part)
        elif part:
            for event in parser.feed(part):
                yield from _as_pressed(event)


def _as_pressed(event: Message) -> tuple[Message, ...]:
    """A letter with Alt, from a terminal that tells so in a sequence or late, as Esc and that letter."""
    if isinstance(event, events.Key) and event.key.startswith("alt+") and event.character and len(event.character) == 1:
        letter = event.character if event.character.isalnum() else event.key.removeprefix("alt+")
        return events.Key("escape", "\x1b"), events.Key(letter, event.character)
    return (event,)


class SafeDriver(LinuxDriver):
    """Textual's driver with the faults of its input mended."""

    def _sigtstp_application(self, *signalled: object) -> None:
        """Stand still when told to (SIGTSTP). While the terminal is an editor's, there is nothing to put away first."""
        if self._auto_restart:
            self._between_steps(super()._sigtstp_application)
        else:
            super()._sigtstp_application(*signalled)

    def _sigcont_application(self, *signalled: object) -> None:
        """Go on after a stop."""
        if self._auto_restart:
            self._between_steps(self._go_on)

    def _between_steps(self, step: Callable[[], None]) -> None:
        """Let the loop do it: a signal's handler runs amid whatever was interrupted.

        If that was a write on its way to the terminal, it holds the very lock that leaving the application mode needs.
        """
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(step)

    def _go_on(self) -> None:
        """One without warning (SIGSTOP) has left the application mode on: it is left first.

        Textual would begin it a second time, with two readers of one terminal and its own settings forgotten.
        """
        if not self._must_signal_resume:
            if self._key_thread is None or not self._in_front():
                return
            self.suspend_application_mode()
            self._must_signal_resume = True
        super()._sigcont_application()

    def _in_front(self) -> bool:
        """Whether the terminal is ours to change; in the background it is the shell's until `fg`."""
        try:
            return os.tcgetpgrp(self.fileno) == os.getpgrp()
        except OSError:
            return False

    def run_input_thread(self) -> None:
        parser, pastes = XTermParser(self._debug), Pastes()
        decode = getincrementaldecoder("utf-8")("replace").decode
        selector = selectors.DefaultSelector()
        selector.register(self.fileno, selectors.EVENT_READ)
        try:
            wait_s, leaving = IDLE_S, False
            while not leaving:
                # What has come by then is read once more: the driver throws away what still waits.
                leaving = self.exit_event.is_set()
                ready = selector.select(0 if leaving else wait_s)
                wait_s = AFTER_A_KEY_S if ready else IDLE_S
                if ready:
                    data = self._read()
                    if not data:
                        # The terminal is gone. The signal's handler saves everything and leaves.
                        signal.raise_signal(signal.SIGHUP)
                        return
                    for text, pasted in pastes.feed(decode(data)):
                        self._tell(parser, text, pasted)
                elif held := pastes.release():
                    self._tell_held(parser, held)
                for event in parser.tick():
                    for key in _as_pressed(event):
                        self.process_message(key)
        finally:
            selector.close()

    def _tell_held(self, parser: XTermParser, held: str) -> None:
        """Nothing followed in time: an ESC alone is the key."""
        if held == "\x1b":
            self.process_message(events.Key("escape", held))
        else:
            self._tell(parser, held, False)

    def _read(self) -> bytes:
        try:
            return os.read(self.fileno, 4096)
        except OSError:
            return b""

    def _tell(self, parser: XTermParser, text: str, pasted: bool) -> None:
        if pasted:
            self.process_message(events.Paste(text.replace("\r\n", "\n").replace("\r", "\n")))
            return
        for event in keys_in(parser, text):
            self.process_message(event)

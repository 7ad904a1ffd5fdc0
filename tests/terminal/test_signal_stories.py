"""Signals that come at the worst moment: amid a line of the program that holds a lock."""

from __future__ import annotations

import os
import re
import signal
from pathlib import Path

import pytest

from terminal.person import Person

pytestmark = [pytest.mark.terminal, pytest.mark.skipif(os.name != "posix", reason="a pseudo-terminal is needed")]

LEFT = re.compile(rb"\x1b\[\?1049l")
"""The program has left the alternate screen."""

DRAWING = """
import os, signal
from textual.app import App
from textual.widgets import Label
from facilitator_tui.console.terminal import SafeDriver

class Drawing(App):
    def compose(self):
        yield Label("before")

    def on_mount(self):
        self.call_after_refresh(self.be_stopped)

    def be_stopped(self):
        with self._driver._writer_thread._queue.mutex:
            os.kill(os.getpid(), signal.{signal})
        self.query_one(Label).update("drawn behind it")

Drawing(driver_class=SafeDriver).run()
"""

SAVING = """
import os, signal, threading
from facilitator_tui.console.leaving import save_on_signals

lock = threading.Lock()

def save():
    with lock:
        print("saved", flush=True)

save_on_signals(save, lambda: None)
with lock:
    os.kill(os.getpid(), signal.{signal})
threading.Event().wait()
"""


def test_a_stop_amid_a_write_to_the_terminal_goes_on(tmp_path: Path) -> None:
    with Person(DRAWING.format(signal="SIGCONT"), folder=tmp_path, program=("-c",)) as person:
        person.sees("drawn behind it")
        person.send_bytes(b"\x11")
        assert person.leaves() == 0


def test_a_process_that_is_told_to_stop_amid_a_write_stops_and_goes_on(tmp_path: Path) -> None:
    with Person(DRAWING.format(signal="SIGTSTP"), folder=tmp_path, program=("-c",)) as person:
        person.sees_bytes(LEFT)
        _, status = os.waitpid(person.pid, os.WUNTRACED)
        assert os.WIFSTOPPED(status)
        person.kill(signal.SIGCONT)
        person.sees("drawn behind it")
        person.send_bytes(b"\x11")
        assert person.leaves() == 0


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP", "SIGQUIT", "SIGINT"])
def test_an_end_amid_a_line_that_holds_a_lock_still_saves(tmp_path: Path, name: str) -> None:
    with Person(SAVING.format(signal=name), folder=tmp_path, program=("-c",)) as person:
        person.sees("saved")
        assert person.leaves() == 128 + getattr(signal, name)

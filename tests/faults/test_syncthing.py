"""Two facilitators, two computers' folders, and the real Syncthing between them: `make check-sync`.

Two instances on 127.0.0.1, each with a home of its own; discovery, relays, NAT and usage reports are off. Everything
that is waited for is waited for a bounded time, and both processes are ended by their ids.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from facilitator_tui.core.events import CaptureEdited
from facilitator_tui.store.journal import Journal
from facilitator_tui.store.presence import Presence
from faults.measure import LONG, figure, needs

pytestmark = [
    needs("syncthing"),
    pytest.mark.skipif(
        not (LONG or os.environ.get("FACILITATOR_SYNC")), reason="two Syncthings take half a minute: make check-sync"
    ),
]
WEEK = Path(__file__).parents[2] / "sessions.toml"
PATIENCE_S = 90.0
KEY = "only-on-127-0-0-1"
AT = "2020-09-29T15:20:00+02:00"

CONFIG = """<configuration version="35">
  <folder id="programme" label="programme" path="{folder}" type="sendreceive" rescanIntervalS="10"
          fsWatcherEnabled="true" fsWatcherDelayS="1" ignorePerms="false" autoNormalize="true">
    {shared}
    <minDiskFree unit="%">0</minDiskFree>
  </folder>
  {devices}
  <gui enabled="true" tls="false"><address>127.0.0.1:{gui}</address><apikey>{key}</apikey></gui>
  <options>
    <listenAddress>tcp://127.0.0.1:{port}</listenAddress>
    <globalAnnounceEnabled>false</globalAnnounceEnabled>
    <localAnnounceEnabled>false</localAnnounceEnabled>
    <relaysEnabled>false</relaysEnabled>
    <natEnabled>false</natEnabled>
    <stunKeepaliveStartS>0</stunKeepaliveStartS>
    <urAccepted>-1</urAccepted>
    <crashReportingEnabled>false</crashReportingEnabled>
    <autoUpgradeIntervalH>0</autoUpgradeIntervalH>
    <startBrowser>false</startBrowser>
    <reconnectionIntervalS>2</reconnectionIntervalS>
    <setLowPriority>false</setLowPriority>
  </options>
</configuration>
"""


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


class Computer:
    """One facilitator's computer: a folder, a state folder, a Syncthing."""

    def __init__(self, home: Path, name: str) -> None:
        self.folder, self.state, self._sync = (home / name / part for part in ("programme", "state", "syncthing"))
        for place in (self.folder, self.state, self._sync):
            place.mkdir(parents=True)
        self.port, self.gui = free_port(), free_port()
        self._environment = {**os.environ, "STNOUPGRADE": "1", "STNODEFAULTFOLDER": "1", "HOME": str(home / name)}
        self._run("generate", "--no-default-folder")
        self.id = self._run("--device-id").strip()
        self._process: subprocess.Popen[bytes] | None = None

    def _run(self, *words: str) -> str:
        command = ["syncthing", words[0], f"--home={self._sync}", *words[1:]]
        done = subprocess.run(
            command, env=self._environment, capture_output=True, text=True, timeout=PATIENCE_S, check=True
        )
        return done.stdout

    def start(self, everybody: list[Computer]) -> None:
        shared = "".join(f'<device id="{one.id}"></device>' for one in everybody)
        devices = "".join(
            f'<device id="{one.id}"><address>tcp://127.0.0.1:{one.port}</address></device>' for one in everybody
        )
        config = CONFIG.format(
            folder=self.folder, shared=shared, devices=devices, gui=self.gui, port=self.port, key=KEY
        )
        (self._sync / "config.xml").write_text(config)
        with open(self._sync / "out.log", "wb") as out:
            self._process = subprocess.Popen(
                ["syncthing", "serve", f"--home={self._sync}", "--no-browser", "--no-restart"],
                env=self._environment,
                stdout=out,
                stderr=out,
                start_new_session=True,
            )

    def stop(self) -> None:
        if self._process is not None:
            os.killpg(self._process.pid, signal.SIGTERM)
            try:
                self._process.wait(20)
            except subprocess.TimeoutExpired:
                os.killpg(self._process.pid, signal.SIGKILL)
                self._process.wait(20)

    def connected(self) -> bool:
        """Whether the other one is reached."""
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.gui}/rest/system/connections", headers={"X-API-Key": KEY}
        )
        try:
            with urllib.request.urlopen(request, timeout=5) as answer:
                told = json.load(answer)
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            return False
        return any(one["connected"] for one in told["connections"].values())

    def facilitator(self, *words: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "facilitator_tui", *words, "--session", "tue"],
            cwd=self.folder,
            env={**os.environ, "FACILITATOR_STATE": str(self.state)},
            capture_output=True,
            text=True,
            timeout=PATIENCE_S,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def log(self) -> list[dict[str, Any]]:
        events: list[dict[str, Any]] = json.loads(self.facilitator("log", "--json"))
        return events

    def presence(self) -> Presence:
        return Presence(self.folder / "records" / "tue", (self.state / "device").read_text().strip())

    def journal(self) -> Journal:
        journal = Journal(self.folder / "records" / "tue", device=(self.state / "device").read_text().strip())
        journal.load()
        return journal


@pytest.fixture
def computers(tmp_path: Path) -> Iterator[tuple[Computer, Computer]]:
    ana, ben = Computer(tmp_path, "ana"), Computer(tmp_path, "ben")
    shutil.copy(WEEK, ana.folder / "sessions.toml")
    try:
        for one in (ana, ben):
            one.start([ana, ben])
        yield ana, ben
    finally:
        for one in (ana, ben):
            one.stop()


def until(condition: Callable[[], object], what: str) -> float:
    """Wait for something to hold; after how many seconds it did."""
    began = time.monotonic()
    while not condition():
        assert time.monotonic() - began < PATIENCE_S, f"not within {PATIENCE_S:.0f} s: {what}"
        time.sleep(0.1)
    return time.monotonic() - began


def segments(computer: Computer) -> int:
    return len(list((computer.folder / "records" / "tue" / "log").glob("*.toml")))


def at_once(*works: Callable[[], object]) -> None:
    threads = [threading.Thread(target=work) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE_S)
        assert not thread.is_alive()


def edit(computer: Computer, capture: str, text: str) -> None:
    journal = computer.journal()
    journal.append([CaptureEdited(text, text, capture=capture, over=(capture,))], datetime.now(UTC))
    assert journal.close(30)


def test_two_command_lines_on_two_folders_that_syncthing_keeps_alike_end_with_equal_folds(
    computers: tuple[Computer, Computer],
) -> None:
    ana, ben = computers
    until(lambda: ana.connected() and ben.connected(), "the two reach each other")
    until(lambda: (ben.folder / "sessions.toml").exists(), "the plan arrives")
    ana.facilitator("do", "start")
    said = ana.facilitator("capture", "= trust first").strip()
    arrival = until(lambda: segments(ben) == segments(ana), "the first events arrive")
    assert said in {event["id"] for event in ben.log()}

    at_once(
        lambda: [ana.facilitator("capture", f"ana {number}") for number in range(3)],
        lambda: [ben.facilitator("capture", f"ben {number}") for number in range(3)],
    )
    at_once(lambda: ana.facilitator("do", "extend", "+5"), lambda: ben.facilitator("do", "next"))
    at_once(lambda: edit(ana, said, "trust comes first"), lambda: edit(ben, said, "trust, then targets"))

    made = segments(ana) + segments(ben)
    until(lambda: segments(ana) == segments(ben) and ana.log() == ben.log(), "equal logs")
    logs = ana.log(), ben.log()
    assert logs[0] == logs[1]
    assert {event["text"] for event in logs[0] if event["kind"] == "capture.added"} == {
        "trust first",
        *(f"{who} {number}" for who in ("ana", "ben") for number in range(3)),
    }
    for command in (("status", "--json", "--at", AT), ("captures", "--json")):
        assert ana.facilitator(*command) == ben.facilitator(*command)
    edits = {event["text"] for event in logs[0] if event["kind"] == "capture.edited"}
    assert edits == {"trust comes first", "trust, then targets"}
    assert made > 0
    seen = signs_travel(ana, ben)
    assert list((ben.folder / "records" / "tue").glob("notes*")) == [ben.folder / "records" / "tue" / "notes.md"]
    conflicts = list(ana.folder.rglob("*.sync-conflict-*"))
    assert conflicts == []
    figure(8, f"Syncthing: {len(logs[0])} events of two computers, equal folds; first arrival after {arrival:.1f} s")
    figure(8, f"Syncthing: the sign of a console is seen elsewhere after {seen:.1f} s")


def signs_travel(ana: Computer, ben: Computer) -> float:
    """A console's sign comes and goes on the other computer too; how many seconds it took to come."""
    here, there = (one.presence() for one in (ana, ben))
    here.show()
    seen = until(lambda: [sign.device for sign in there.others()] == [here.device], "the sign arrives")
    here.leave()
    until(lambda: not there.others(), "the sign goes")
    return seen

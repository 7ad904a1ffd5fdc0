"""A headless Chromium, asked through its pipe: what it shows, what it complains of, and whom it would ask.

The protocol is the DevTools protocol over `--remote-debugging-pipe`: JSON messages, each with a NUL behind it.
"""

from __future__ import annotations

import json
import os
import select
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PATIENCE_S = 60.0

# The browser reads from 3 and writes to 4; the copies in between keep one from being the other.
_LAUNCH = """
import os, sys
reads, writes = os.dup(int(sys.argv[1])), os.dup(int(sys.argv[2]))
for fd, place in ((reads, 3), (writes, 4)):
    os.dup2(fd, place)
    os.set_inheritable(place, True)
os.execv(sys.argv[3], sys.argv[3:])
"""

_LOOK = """JSON.stringify({
  drawings: [...document.querySelectorAll("figure > svg")].map(one => {
    const box = one.getBoundingClientRect();
    return [Math.round(box.width), Math.round(box.height)];
  }),
  width: document.documentElement.scrollWidth,
  paper: getComputedStyle(document.body).backgroundColor,
  contents_shown: getComputedStyle(document.querySelector("nav")).display !== "none",
})"""


def found() -> str | None:
    """The browser, where there is one that can be driven through a pipe."""
    if sys.platform == "win32":
        return None
    return next((path for name in ("chromium", "chromium-browser") if (path := shutil.which(name))), None)


@dataclass(frozen=True, slots=True)
class Seen:
    """A page as the browser shows it. Sizes are in CSS pixels."""

    drawings: list[list[int]]
    width: int
    paper: str
    contents_shown: bool
    complaints: list[str]
    requests: list[str]


class Browser:
    """One browser for several pages; each is shown in a tab of its own."""

    def __init__(self, program: str, folder: Path) -> None:
        ours, theirs = os.pipe(), os.pipe()
        words = [
            *("--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run"),
            *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
            *("--remote-debugging-pipe", f"--user-data-dir={folder / 'profile'}", "about:blank"),
        ]
        self._process = subprocess.Popen(
            [sys.executable, "-c", _LAUNCH, str(ours[0]), str(theirs[1]), program, *words],
            pass_fds=(ours[0], theirs[1]),
            env={**os.environ, "HOME": str(folder)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(ours[0])
        os.close(theirs[1])
        self._out, self._in = ours[1], theirs[0]
        self._last = 0
        self._bytes = b""
        self._told: list[dict[str, Any]] = []

    def __enter__(self) -> Browser:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait()
        os.close(self._out)
        os.close(self._in)

    def answers(self) -> bool:
        """Whether the browser has started and speaks."""
        try:
            return bool(self._ask("Browser.getVersion"))
        except (OSError, TimeoutError):
            return False

    def shown(self, page: Path, width: int, *, media: str = "", dark: bool = False) -> Seen:
        target = self._ask("Target.createTarget", url="about:blank")["targetId"]
        tab = self._ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for part in ("Network", "Log", "Runtime", "Page"):
            self._ask(f"{part}.enable", tab)
        size = {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": width < 500}
        self._ask("Emulation.setDeviceMetricsOverride", tab, **size)
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self._ask("Emulation.setEmulatedMedia", tab, media=media, features=[scheme])
        self._told.clear()
        self._ask("Page.navigate", tab, url=page.as_uri())
        while not any(one["method"] == "Page.loadEventFired" for one in self._told):
            self._told.append(self._next())
        looked = json.loads(self._ask("Runtime.evaluate", tab, expression=_LOOK)["result"]["value"])
        self._ask("Target.closeTarget", targetId=target)
        complaints = [one["params"]["entry"]["text"] for one in self._told if one["method"] == "Log.entryAdded"]
        complaints += [str(one["params"]) for one in self._told if one["method"] == "Runtime.exceptionThrown"]
        asked = [one["params"] for one in self._told if one["method"] == "Network.requestWillBeSent"]
        requests = [one["request"]["url"] for one in asked if not one["request"]["url"].startswith("data:")]
        return Seen(**looked, complaints=complaints, requests=requests)

    def _ask(self, method: str, tab: str = "", **words: Any) -> dict[str, Any]:
        self._last += 1
        message = {"id": self._last, "method": method, "params": words, **({"sessionId": tab} if tab else {})}
        os.write(self._out, json.dumps(message).encode() + b"\0")
        while (answer := self._next()).get("id") != self._last:
            self._told.append(answer)
        assert "error" not in answer, answer
        result: dict[str, Any] = answer["result"]
        return result

    def _next(self) -> dict[str, Any]:
        until = time.monotonic() + PATIENCE_S
        while b"\0" not in self._bytes:
            ready = select.select([self._in], [], [], max(0.0, until - time.monotonic()))[0]
            part = os.read(self._in, 1 << 20) if ready else b""
            if not part:
                raise TimeoutError("the browser says nothing")
            self._bytes += part
        message, _, self._bytes = self._bytes.partition(b"\0")
        told: dict[str, Any] = json.loads(message)
        return told

"""Putting a text where it can be pasted from: a local tool if there is one, then the terminal itself.

Owns the choice of the way and its name for the screen. It must not know what is copied.
"""

from __future__ import annotations

import os
import shutil
import subprocess

TIMEOUT_S = 2.0


def tools() -> list[list[str]]:
    """The clipboard programs that fit this desktop, best first."""
    found = []
    if os.environ.get("WAYLAND_DISPLAY"):
        found.append(["wl-copy"])
    if os.environ.get("DISPLAY"):
        found += [["xclip", "-selection", "clipboard"], ["xsel", "--clipboard", "--input"]]
    found += [["pbcopy"], ["clip.exe"]]
    return [tool for tool in found if shutil.which(tool[0])]


def by_tool(text: str) -> str:
    """Copy with a local program. Its name, or empty when there is none that works. Slow."""
    for tool in tools():
        encoding = "utf-16-le" if tool[0] == "clip.exe" else "utf-8"
        try:
            done = subprocess.run(
                tool, input=text.encode(encoding, "replace"), timeout=TIMEOUT_S, check=False,
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            )  # fmt: skip
        except (OSError, subprocess.TimeoutExpired):
            continue
        if done.returncode == 0:
            return tool[0]
    return ""

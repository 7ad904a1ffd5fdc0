"""Alerts: bands over the latest captures, just above the line one types in, each in words and a colour."""

from __future__ import annotations

from textual.content import Content

from facilitator_tui.console import plain
from facilitator_tui.console.drawing import latest
from facilitator_tui.console.scene import Scene
from facilitator_tui.core.alerts import Alert

_BANDS = {
    "note": "$band-note",
    "warning": "$band-warning",
    "danger": "$band-danger",
}
_SIGNS = {"note": "•", "warning": "!", "danger": "‼"}
_ORDER = ("danger", "warning", "note")


def lines(scene: Scene, width: int, height: int) -> list[Content]:
    """The latest captures, and over the last of them what is being told. The heights stay as they are."""
    below = latest.lines(scene, width, height)
    told = bands(scene.alerts, width, height)
    return [*below[: height - len(told)], *told]


def bands(alerts: tuple[Alert, ...], width: int, height: int) -> list[Content]:
    """A line an alert; when there are more than lines, those of one severity share one, the worst come first."""
    if len(alerts) <= height:
        return [_band([alert], width) for alert in alerts]
    shared = [[alert for alert in alerts if alert.severity == severity] for severity in _ORDER]
    groups = [group for group in shared if group]
    if len(groups) > height:
        groups = [*groups[: height - 1], [alert for group in groups[height - 1 :] for alert in group]]
    return [_band(group, width) for group in groups]


def _band(alerts: list[Alert], width: int) -> Content:
    worst = next(severity for severity in _ORDER if any(alert.severity == severity for alert in alerts))
    words = " · ".join(alert.words for alert in alerts)
    text = plain.text(plain.cut(f" {_SIGNS[worst]} {words}", width))
    return plain.padded(text, width, _BANDS[worst])

"""Proof 8: three devices whose files reach each other in any order, in part and twice, with clocks a day apart.

Each device appends through a real journal in its own folder. A schedule carries files between the folders the way
sync tools do: whole, cut short, doubled under another name, late. When everything has arrived at last, the three
have the same run, and every version of a line that nobody replaced knowingly can be seen.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from facilitator_tui.core import events as ev
from facilitator_tui.core.events import Event, Payload
from facilitator_tui.core.fold import Fold
from facilitator_tui.core.plan import Plan
from facilitator_tui.core.run import Run
from facilitator_tui.core.rundown import rundown
from facilitator_tui.core.status import status
from facilitator_tui.store.journal import Journal
from facilitator_tui.store.session_store import usable_plan
from faults.measure import figure, many

DAY = datetime(2020, 9, 29, 13, 0, tzinfo=UTC)
PLAN = usable_plan(Path(__file__).parents[2] / "sessions.toml")[0]
DEVICES = ("aaaaa", "bbbbb", "ccccc")
SESSION = "tue"


class Device:
    """One facilitator: a folder, a journal, and what was seen so far."""

    def __init__(self, home: Path, name: str, ahead: timedelta) -> None:
        self.home = home / name
        self._ahead = ahead
        self._ticks = 0
        self.journal = Journal(self.home / SESSION, device=name, wall=self.wall)
        self.journal.load()
        self.fold = Fold(PLAN, session(PLAN), ())
        self.edits: list[Event] = []

    def wall(self) -> datetime:
        self._ticks += 1
        return DAY + self._ahead + timedelta(milliseconds=7 * self._ticks)

    @property
    def log(self) -> Path:
        return self.home / SESSION / "log"

    def act(self, choice: int) -> None:
        run = self.fold.run
        made = self.journal.append([payload(run, choice)], self.wall())
        self.edits += made
        self.fold.add(made)

    def look(self) -> None:
        self.fold.add(self.journal.poll())

    def anew(self) -> tuple[tuple[Event, ...], Run]:
        events = Journal(self.home / SESSION, device="reads").load().events
        return events, Fold(PLAN, session(PLAN), events).run


def session(plan: Plan):  # type: ignore[no-untyped-def]
    found = plan.session(SESSION)
    assert found
    return found


def payload(run: Run, choice: int) -> Payload:
    """Something a facilitator does, about what can be seen now."""
    lines = [one for one in run.captures if not one.removed]
    items = [item.id for item in session(PLAN).agenda]
    kind, which = choice % 8, choice // 8
    if kind in {0, 1} or (kind in {2, 3, 4} and not lines):
        return ev.CaptureAdded(f"line {choice}", f"line {choice}")
    if kind in {2, 3, 4}:
        line = lines[which % len(lines)]
        if kind == 4:
            return ev.CaptureRemoved(line.id, line.versions)
        return ev.CaptureEdited(f"edit {choice}", f"edit {choice}", capture=line.id, over=line.versions)
    if kind == 5:
        return ev.ItemStarted(items[which % len(items)], "", "plenary", 300)
    if kind == 6:
        return ev.ItemExtended(items[which % len(items)], 60)
    if run.done:
        return ev.ActionUndone(run.done[-1].action)
    return ev.PersonArrived("p08")


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["act", "act", "act", "whole", "part", "twice", "look"]),
        st.integers(0, 2),
        st.integers(0, 2),
        st.integers(0, 999),
    ),
    min_size=12,
    max_size=40,
)
AHEAD = st.lists(st.sampled_from([-86400, -60, 0, 0, 3, 200, 86400]), min_size=3, max_size=3)


def carry(way: str, source: Device, target: Device, number: int) -> None:
    """Bring one of the source's files, as sync tools do it."""
    files = sorted(source.log.glob("*.toml")) if source.log.is_dir() else []
    if not files or source is target:
        return
    file = files[number % len(files)]
    content = file.read_bytes()
    target.log.mkdir(parents=True, exist_ok=True)
    copy = target.log / file.name
    if way == "twice":
        copy = target.log / f"{file.stem}.sync-conflict-20200929-150000-ABCDEFG.toml"
    elif copy in own_files(target) or (copy.exists() and copy.stat().st_size > len(content)):
        return  # a sync tool that takes from a file what its only writer wrote is a matter of `test_writer`
    if way == "part":
        content = content[: number * len(content) // 999]
    copy.write_bytes(content)


def own_files(device: Device) -> list[Path]:
    return [path for path in device.log.glob("*.toml") if device.journal._device in path.name]


def play(home: Path, ahead: Sequence[int], steps: Sequence[tuple[str, int, int, int]]) -> int:
    devices = [Device(home, name, timedelta(seconds=behind)) for name, behind in zip(DEVICES, ahead, strict=True)]
    for way, one, other, number in steps:
        device = devices[one]
        if way == "act":
            device.act(number)
        elif way == "look":
            device.look()
        else:
            device.journal.wait_saved(20)
            carry(way, device, devices[other], number)
    for device in devices:
        assert device.journal.close(20)
    for _ in range(2):
        for source in devices:
            for target in devices:
                for file in own_files(source) if source is not target else ():
                    target.log.mkdir(parents=True, exist_ok=True)
                    shutil.copyfile(file, target.log / file.name)
    for device in devices:
        device.look()
    folded = [device.anew() for device in devices]
    everything = [event for device in devices for event in device.edits]
    now = DAY + timedelta(days=2)
    for device, (events, run) in zip(devices, folded, strict=True):
        assert {event.id for event in events} == {event.id for event in everything}
        assert run == folded[0][1]
        assert device.fold.run == run
        assert status(run, rundown(run, now)) == status(folded[0][1], rundown(folded[0][1], now))
    seen_versions(folded[0][1], everything)
    return len(everything)


def seen_versions(run: Run, events: Sequence[Event]) -> None:
    """Every version that no later event saw and no undo took back can be read."""
    last: dict[str, bool] = {}
    for event in sorted(events, key=lambda one: one.order):
        if isinstance(event.payload, ev.ActionUndone | ev.ActionRedone):
            last[event.payload.action] = isinstance(event.payload, ev.ActionRedone)
    alive = [event for event in events if last.get(event.action, True)]
    replaced = {
        version
        for event in alive
        if isinstance(event.payload, ev.CaptureEdited | ev.CaptureRemoved)
        for version in event.payload.over
    }
    visible = {
        content.text
        for capture in run.captures
        if not capture.removed
        for content in (capture.content, *capture.others)
    }
    for event in alive:
        if isinstance(event.payload, ev.CaptureAdded | ev.CaptureEdited) and event.id not in replaced:
            assert event.payload.text in visible, event.payload


TRIED = [0, 0]


@settings(
    deadline=None,
    max_examples=many(25, 1000),
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(AHEAD, STEPS)
def schedules(ahead: list[int], steps: list[tuple[str, int, int, int]]) -> None:
    with tempfile.TemporaryDirectory() as home:
        TRIED[1] += play(Path(home), ahead, steps)
    TRIED[0] += 1


def test_whatever_arrives_in_whatever_order_three_devices_end_with_the_same_run() -> None:
    schedules()
    figure(8, f"{TRIED[0]} schedules of three devices, {TRIED[1]} events: equal runs, every unseen version visible")


def test_two_edits_of_a_line_at_the_same_time_are_both_seen(tmp_path: Path) -> None:
    ana, ben = (Device(tmp_path, name, timedelta()) for name in DEVICES[:2])
    ana.act(0)
    ana.journal.wait_saved(20)
    carry("whole", ana, ben, 0)
    ben.look()
    ana.act(2)
    ben.act(10)
    for device in (ana, ben):
        assert device.journal.close(20)
    for source, target in ((ana, ben), (ben, ana)):
        for file in own_files(source):
            shutil.copyfile(file, target.log / file.name)
        target.look()
    (line,) = ana.fold.run.captures
    assert {content.text for content in (line.content, *line.others)} == {"edit 2", "edit 10"}
    assert ana.fold.run == ben.fold.run

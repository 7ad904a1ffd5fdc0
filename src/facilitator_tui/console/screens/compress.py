"""What a compress would do, before it does it: old, new and the difference of every item."""

from __future__ import annotations

from facilitator_tui.console import plain
from facilitator_tui.console.drawing.page import Page, fixed
from facilitator_tui.console.scene import Scene
from facilitator_tui.core.calendar import hours_minutes
from facilitator_tui.core.durations import ZERO, clock, signed


def compress_page(scene: Scene) -> Page:
    plan = scene.compression
    if plan is None:
        return Page("Compress", (), empty="Nothing has to be shortened any more.")
    lines = [
        fixed(
            (plain.fit(clock(change.old), 9, right=True), "$text-muted"),
            "  →",
            (plain.fit(clock(change.new), 9, right=True), "bold"),
            (plain.fit(signed(change.difference), 10, right=True), "$text-success"),
            f"   {change.title}",
        )
        for change in plan.changes
    ]
    zone = scene.run.plan.programme.tz
    day = scene.view.layout.start.astimezone(zone).date()
    before = hours_minutes(scene.view.expected_end, zone, day)
    ends = f"Ends at {hours_minutes(plan.ends, zone, day)} instead of {before}."
    head = [plain.text(ends, "bold")]
    if plan.still_over > ZERO:
        head.append(plain.text(f"Still over by {clock(plan.still_over)}: skip an item with x.", "$text-warning bold"))
    head += [plain.text(""), plain.text("      old         new   difference", "$text-muted")]
    return Page("Compress · a preview, nothing has changed", lines, head=head, keys="enter applies it · esc leaves it")

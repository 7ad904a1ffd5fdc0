"""From the plan's clock times to instants, and back to what a clock on the wall shows.

Owns the laying out of a session on a day: which instant `at = "16:10"` means, and when a session that is dated
another day is laid from the moment it was really started. All instants are UTC; arithmetic is done in UTC only,
since two local datetimes of one zone subtract as wall time.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo

from facilitator_tui.core.plan import Session

DAY = timedelta(days=1)
HALF_A_DAY = DAY / 2
FIVE_MINUTES = timedelta(minutes=5)

ANOTHER_DAY = timedelta(hours=6)
"""A start this far from the planned one, on another date, is another day's session started now."""


def floor_second(moment: datetime) -> datetime:
    """The instant without its fraction of a second, in UTC."""
    return moment.astimezone(UTC).replace(microsecond=0)


def at_local(day: date, clock: timedelta, zone: tzinfo) -> datetime:
    """The instant at which clocks in `zone` show `clock` (since midnight) on `day`.

    A time that exists twice is its first occurrence; one that a clock change skips is taken as if the clock
    had not been changed yet (02:30 on the spring night is 03:30).
    """
    return _at_local(day, clock, zone, 0)


def _at_local(day: date, clock: timedelta, zone: tzinfo, fold: int) -> datetime:
    midnight = datetime(day.year, day.month, day.day)
    return (midnight + clock).replace(tzinfo=zone, fold=fold).astimezone(UTC)


def local_clock(moment: datetime, zone: tzinfo) -> timedelta:
    """What a clock in `zone` shows at an instant, as time since midnight."""
    local = moment.astimezone(zone)
    return timedelta(hours=local.hour, minutes=local.minute, seconds=local.second)


def hours_minutes(moment: datetime, zone: tzinfo, since: date | None = None) -> str:
    """`16:21` in `zone`; with `+1d` when that is a later day than `since`."""
    local = moment.astimezone(zone)
    days = (local.date() - since).days if since else 0
    return f"{local:%H:%M}" + (f" {days:+d}d" if days else "")


def past_midnight(clock: timedelta, start: timedelta) -> timedelta:
    """A clock time of a session, counted from the midnight before its start.

    One more than half a day before the start is meant for the next day; a shorter way back is a time that was
    over before the session began.
    """
    return clock + DAY if start - clock > HALF_A_DAY else clock


@dataclass(frozen=True, slots=True)
class Layout:
    """A session laid out on a day. `shift` moves every clock time when another day's plan is run."""

    start: datetime
    day: date
    first_clock: timedelta
    zone: tzinfo
    shift: timedelta = timedelta(0)

    def instant(self, clock: timedelta) -> datetime:
        """The instant of a clock time of the plan, on the session's day or in the night behind it."""
        clock = past_midnight(clock, self.first_clock)
        moment = at_local(self.day, clock, self.zone) + self.shift
        # A session that begins in the second of two equal hours means the second one's clock times.
        return moment if moment >= self.start else _at_local(self.day, clock, self.zone, 1) + self.shift


def lay_out(session: Session, zone: tzinfo, now: datetime, laid: datetime | None = None) -> Layout:
    """Lay a session out: on its own day, or from `laid`, the planned start that its run recorded.

    Without a date it is today's, without a start it begins at the next full five minutes after `now`. A start
    that was changed in the plan while the call runs is the one in force.
    """
    if session.start is None:
        start = laid or _next_five(now)
        return Layout(start, start.astimezone(zone).date(), local_clock(start, zone), zone)
    day = session.date or _todays(session.start, zone, laid or now)
    nominal = at_local(day, session.start, zone)
    if laid is None or not _is_another_day(nominal, laid, zone):
        return Layout(nominal, day, session.start, zone)
    return Layout(laid, day, session.start, zone, laid - nominal)


def planned_start_for(session: Session, zone: tzinfo, started: datetime) -> datetime:
    """The planned start in force when a session is started at an instant.

    It is the plan's own start, unless the plan names none or is dated another day: then it is `started`.
    """
    if session.start is None:
        return started
    nominal = lay_out(session, zone, started).start
    return started if _is_another_day(nominal, started, zone) else nominal


def _is_another_day(nominal: datetime, started: datetime, zone: tzinfo) -> bool:
    other_date = nominal.astimezone(zone).date() != started.astimezone(zone).date()
    return other_date and abs(started - nominal) >= ANOTHER_DAY


def _todays(start: timedelta, zone: tzinfo, moment: datetime) -> date:
    """The day of a session without a date: today, or yesterday when a late evening's begins after midnight."""
    today = moment.astimezone(zone).date()
    early = at_local(today, start, zone) - moment
    return today - DAY if early > DAY - ANOTHER_DAY else today


def _next_five(now: datetime) -> datetime:
    floored = floor_second(now).replace(second=0)
    floored -= timedelta(minutes=floored.minute % 5)
    return floored if floored == floor_second(now) else floored + FIVE_MINUTES

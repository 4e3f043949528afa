"""From times on a sign-in sheet to how a duty was kept: late or not, and the minutes served."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from scheduler.domain.attendance import Presence
from scheduler.domain.shift import Shift
from scheduler.io.attendance_marks import Mark, Wrong
from scheduler.text import Text

EARLIEST = dt.timedelta(hours=3)
"""How long before a shift somebody may sign in, and after it sign out; beyond that the time is an error."""


@dataclass(frozen=True, slots=True)
class Kept:
    """How a duty was kept, and the minutes served; None: the whole shift, or not known."""

    presence: Presence
    minutes: int | None


def kept(mark: Mark, shift: Shift, grace: int) -> Kept | Wrong:
    """What a mark of somebody who came means for a shift; or the meaning of the cell that cannot be."""
    start, end = _near(mark.arrived, shift.start), _near(mark.left, shift.end)
    if start is not None and not shift.start - EARLIEST <= start < shift.end:
        return ("arrived", _apart(shift), _HINT)
    if end is not None and not shift.start < end <= shift.end + EARLIEST:
        return ("left", _apart(shift), _HINT)
    if start and end and end <= start:
        text = Text("signed out before signing in", "签退时间早于签到时间")
        return ("left", text, Text("correct the times", "请更正时间"))
    missed = _missed(mark, start, shift)
    late = mark.late or (missed or 0) > grace
    return Kept(Presence.LATE if late else Presence.ATTENDED, _minutes(mark, shift, missed, end))


def _missed(mark: Mark, start: dt.datetime | None, shift: Shift) -> int | None:
    """Minutes missed at the start: by the time signed, else as said; None if not known."""
    if start is not None:
        return max(0, round((start.timestamp() - shift.start.timestamp()) / 60))
    return mark.missed


def _minutes(mark: Mark, shift: Shift, missed: int | None, end: dt.datetime | None) -> int | None:
    if mark.minutes is not None:
        return mark.minutes
    early = max(0, round((shift.end.timestamp() - end.timestamp()) / 60)) if end else mark.early
    lost = (missed or 0) + (early or 0)
    return max(0, shift.minutes - lost) if lost else None


def _near(time: dt.time | None, moment: dt.datetime) -> dt.datetime | None:
    """The moment nearest to another at which clocks show a time."""
    if time is None:
        return None
    days = (moment.date() + dt.timedelta(days=n) for n in (-1, 0, 1))
    likely = (dt.datetime.combine(day, time, tzinfo=moment.tzinfo) for day in days)
    return min(likely, key=lambda one: abs(one.timestamp() - moment.timestamp()))


def _apart(shift: Shift) -> Text:
    hours = f"{shift.start:%H:%M}–{shift.end:%H:%M}"
    return Text(f"this time does not go with the shift {hours}", f"该时间与班次 {hours} 不符")


_HINT = Text("correct the time or the shift", "请更正时间或班次")

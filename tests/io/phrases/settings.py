"""The days and shift types the phrases of these tests speak of: March 2020, four shifts a day."""

from __future__ import annotations

import datetime as dt

from scheduler.domain.calendar import Horizon
from scheduler.domain.request import TimeWindow
from scheduler.domain.shift import ShiftType
from scheduler.io.phrases.reading import Setting

TYPES = tuple(
    ShiftType.model_validate({"id": id_, "name": {"en": id_.title(), "zh": zh}, "start": start, "end": end})
    for id_, zh, start, end in (
        ("morning", "早班", "06:30", "11:30"),
        ("afternoon", "午班", "11:30", "17:30"),
        ("evening", "晚班", "17:30", "01:00"),
        ("dawn", "凌晨班", "01:00", "06:30"),
    )
)
HORIZON = Horizon(first=dt.date(2020, 3, 2), last=dt.date(2020, 3, 29), day_starts=dt.time(6, 30))
MARCH = Setting(HORIZON, TYPES)
PLAIN = Setting(HORIZON)


def windows(*short: str) -> tuple[TimeWindow, ...]:
    """Windows in their short form."""
    return tuple(TimeWindow.model_validate(one) for one in short)

"""Wall times: dates and times as written, before anybody asks where the clock hangs."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

_TIME = re.compile(r"(\d{4})(\d\d)(\d\d)(?:[Tt](\d\d)(\d\d)(\d\d)?([Zz])?)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Wall:
    """A naive time, whether it is a date only (midnight then), whether it ends in Z."""

    wall: dt.datetime
    day: bool
    utc: bool


def wall_time(word: str) -> Wall | None:
    """``20260907``, ``20260907T080000`` or ``20260907T000000Z``; None if it is no time that exists."""
    found = _TIME.fullmatch(word.strip())
    if found is None:
        return None
    year, month, day, hour, minute, second = (int(part or 0) for part in found.groups()[:6])
    midnight = hour == 24 and not (minute or second)
    try:
        wall = dt.datetime(year, month, day, hour % 24 if midnight else hour, minute, min(second, 59))  # noqa: DTZ001
        return Wall(wall + dt.timedelta(days=int(midnight)), found[4] is None, found[7] is not None)
    except (ValueError, OverflowError):
        return None

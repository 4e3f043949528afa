"""What a volunteer carries into this horizon."""

from __future__ import annotations

from pydantic import Field

from scheduler.domain.entity import Burden, Entity, ShiftTypeId
from scheduler.domain.moment import Day


class PastShift(Entity):
    """A shift served before the horizon; the last days matter for rest and runs."""

    day: Day
    shift_type: ShiftTypeId


class History(Entity):
    """Shifts and burden carried over; ``recent`` lists the last days one by one."""

    shifts: int = Field(
        default=0, ge=0, le=100_000, description="shifts served in earlier horizons, those in recent included"
    )
    burden: Burden = Field(
        default=0, ge=0, le=1_000_000, description="burden points of those shifts, in tenths"
    )
    recent: tuple[PastShift, ...] = ()

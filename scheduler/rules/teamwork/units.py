"""Units: the shifts, times or days in which people are together or apart."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np

from scheduler.domain.grouping import Bools, Ints
from scheduler.domain.instance import Instance
from scheduler.domain.shift import Shift
from scheduler.text import Text, day_text

Same = Literal["shift", "time", "day"]
"""One shift; one start and end, whatever the posts; one duty day."""


@dataclass(frozen=True, slots=True, eq=False)
class Units:
    """``of`` each shift its unit, -1 where filtered out; ``able`` [volunteer, unit]: could serve in it."""

    of: Ints
    able: Bools

    @property
    def count(self) -> int:
        """How many units there are."""
        return int(self.able.shape[1])


def units(instance: Instance, same: Same, shifts: Bools) -> Units:
    """The units made of the shifts of a mask."""
    numbers, count = {
        "shift": (np.arange(len(shifts), dtype=np.int64), len(shifts)),
        "time": (instance.timing_of, len(instance.timings)),
        "day": (instance.day_of, len(instance.days)),
    }[same]
    could = instance.could_serve & shifts
    if same != "shift":
        could = _in_units(could, numbers, count)
    return Units(np.where(shifts, numbers, -1), could)


def _in_units(could: Bools, numbers: Ints, count: int) -> Bools:
    order = np.argsort(numbers, kind="stable")
    cuts = np.searchsorted(numbers[order], np.arange(count + 1))
    able = np.zeros((len(could), count), dtype=np.bool_)
    for unit, (first, past) in enumerate(pairwise(cuts)):
        able[:, unit] = could[:, order[first:past]].any(axis=1)
    return able


def unit_text(same: Same, shift: Shift) -> Text:
    """The unit of a shift as people read it."""
    if same == "shift":
        return shift.label
    day = day_text(shift.day)
    hours = f" {shift.start:%H:%M}–{shift.end:%H:%M}" if same == "time" else ""
    return Text(en=day.en + hours, zh=day.zh + hours)

"""Counters: rows over the whole horizon, grouped by what they count."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scheduler.domain.entity import LEVELS
from scheduler.domain.grouping import Ints
from scheduler.model.linear_model import Floats


@dataclass(frozen=True, eq=False)
class Counter:
    """A whole number that grows from 0 by ``step[choice]``; it must end between ``least`` and ``most``.

    It lies between ``low`` and ``high`` all the time; its end ``k`` costs ``fee[:, k - floor]`` by level, where
    ``floor`` is the smallest end there can be. ``fee`` is None if it costs nothing.
    """

    step: Ints
    low: int
    high: int
    floor: int
    least: int
    most: int
    fee: Floats | None

    @property
    def size(self) -> int:
        """How many values it can have."""
        return max(1, min(self.high, self.most if (self.step >= 0).all() else self.high) - self.low + 1)

    def ends(self, steps: Ints) -> tuple[bool, Floats]:
        """Whether the end after some choices is allowed, and what it costs by level."""
        end = int(self.step[steps].sum())
        if not self.least <= end <= self.most:
            return False, np.zeros(len(LEVELS))
        return True, np.zeros(len(LEVELS)) if self.fee is None else self.fee[:, end - self.floor]


FAR = 1 << 40


def counter(step: Ints, span: tuple[int, int, int, int], rows: list[tuple[int, int, int, float]]) -> Counter:
    """A counter for rows ``sign * sum <= bound``, each (sign, bound, level, price).

    ``span``: the least and most it can be on the way, and at the end.
    """
    unit = max(1, int(np.gcd.reduce(np.abs(step))))
    low, high, floor, top = (value // unit for value in span)
    least, most = -FAR, FAR
    ends = np.arange(floor, top + 1) * unit
    fee = np.zeros((len(LEVELS), len(ends)))
    for sign, bound, level, price in rows:
        if level == 0 and sign > 0:
            most = min(most, bound // unit)
        elif level == 0:
            least = max(least, -(bound // unit))
        else:
            fee[level] += price * np.maximum(0, sign * ends - bound)
    return Counter(step // unit, low, high, floor, least, most, fee if fee.any() else None)

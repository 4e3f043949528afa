"""Prices: what it saves to serve where heads are missing, sharply at a bound or softly around it.

Softly, breaches are smoothed and their prices learn from one pass to the next what the last left over: an augmented
Lagrangian, minimised volunteer by volunteer (D. P. Bertsekas, "Constrained Optimization and Lagrange Multiplier
Methods", 1982, chapter 2). A volunteer then serves where demand is greatest, not where the first gap is.
"""

from __future__ import annotations

import numpy as np

from scheduler.domain.grouping import Ints
from scheduler.engine.columns.linking import Linking
from scheduler.model.linear_model import Floats

SOFT = 2.0
"""How wide soft prices reach, in typical bounds."""
LEARNING = 0.3
"""How much of a breach, or of the room up to one, moves the prices of the next pass."""
FARTHEST = 3.0
"""How far prices move at most, in widths."""


class Prices:
    """Prices of the linking rows by row: ``price`` a unit; soft from the start, until ``sharpen`` is called."""

    def __init__(self, linking: Linking, price: Floats) -> None:
        rows = linking.rows
        self._lower, self._upper, self._price = rows.lower, rows.upper, price
        bounds = np.abs(np.where(np.isfinite(rows.lower), rows.lower, rows.upper))
        bounds = bounds[np.isfinite(bounds) & (bounds > 0)]
        self._width = SOFT * float(np.median(bounds)) if len(bounds) else 0.0
        self._shift = np.zeros(len(linking))

    def sharpen(self) -> None:
        """Count breaches as they are from now on."""
        self._width = 0.0

    def soften(self, width: float) -> None:
        """Smooth breaches over so many units from now on."""
        self._width = width

    def saved(self, row: Ints, now: Floats, more: Floats) -> Floats:
        """What ``more`` on some rows saves where their activity is ``now``."""
        return (self._breach(row, now) - self._breach(row, now + more)) * self._price[row]

    def forget(self) -> None:
        """Unlearn."""
        self._shift = np.zeros(len(self._shift))

    def learn(self, activity: Floats, share: float = LEARNING) -> None:
        """Make dearer what an activity of all rows lacks, and cheaper what it has too much of, by a share of that."""
        short = np.where(np.isfinite(self._lower), self._lower, self._upper) - activity
        short[~np.isfinite(short)] = 0.0
        step = share * np.clip(short, -self._width, self._width)
        most = FARTHEST * self._width
        self._shift = np.clip(self._shift + step, -most, most)

    def _breach(self, row: Ints, activity: Floats) -> Floats:
        if self._width == 0.0:
            return np.asarray(
                np.maximum(0.0, np.maximum(self._lower[row] - activity, activity - self._upper[row]))
            )
        under = self._smooth(self._lower[row] - activity + self._shift[row])
        return under + self._smooth(activity - self._upper[row] - self._shift[row])

    def _smooth(self, breach: Floats) -> Floats:
        """Nothing far inside, the breach far outside, a parabola between."""
        half = 0.5 * self._width
        inside = np.clip(breach + half, 0.0, self._width)
        return np.asarray(inside**2 / (2 * self._width) + np.maximum(0.0, breach - half))

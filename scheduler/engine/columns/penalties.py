"""Penalties: counters too many for a table are priced, so that the relaxation comes close to what they allow.

Lagrangian relaxation by cutting planes in a box around the best penalties known, after J. E. Kelley, "The
cutting-plane method for solving convex programs", SIAM 8(4), 1960, and R. E. Marsten, W. W. Hogan and J. W.
Blankenship, "The Boxstep method for large-scale optimization", Operations Research 23(3), 1975. A penalty is paid
beyond a bound and earned below it: a roster within the bounds never costs more than without, so the least value
stays a lower bound.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy import sparse

from scheduler.domain.grouping import Ints
from scheduler.engine import highs
from scheduler.engine.columns.counters import FAR, Counter
from scheduler.engine.columns.layout import Layout, Ways
from scheduler.engine.stop import Deadline
from scheduler.model.linear_model import Floats
from scheduler.model.matrix import Matrix

CUTS = 24
"""Ways that are remembered; each bounds what penalties can be worth."""
WIDER, NARROWER = 1.5, 0.5
"""Change of the box after a better and a worse value."""

EASED = 0.98
"""Change of penalties that have led to a legal way."""


@dataclass(frozen=True, eq=False)
class Cut:
    """A way found before: its choices, what it costs beside them, and by how much it is over each bound."""

    way: Ints
    extra: float
    over: Floats


Like = tuple[int, int, int, int]
Hints = dict[Like, tuple[float, float]]
"""Penalties that served one block, by the bounds of a counter: a first guess for others."""


class Penalties:
    """A penalty, never negative, for each hard bound of the counters that are not in the table.

    Bounds come in this order: what each counter may be at most, then at least.
    """

    def __init__(self, counters: tuple[Counter, ...], choices: int) -> None:
        self._counters = counters
        self._steps = np.array([one.step for one in counters], dtype=np.int64).reshape(len(counters), choices)
        self._least = np.array([one.least for one in counters], dtype=np.int64)
        self._most = np.array([one.most for one in counters], dtype=np.int64)
        self._given = np.concatenate((self._most < FAR, self._least > -FAR))
        self._penalty = self._best = np.zeros(2 * len(counters))
        self._best_value = -np.inf
        self._cuts: list[Cut] = []
        self._box = 0.0

    def begin(self) -> None:
        """Start from the best penalties of the last pricing; what they are worth now is not known."""
        self._penalty, self._best_value = self._best, -np.inf

    def guess(self, hints: Hints) -> None:
        """Start from what served other blocks, for counters that cannot be mistaken for another of the block's."""
        pairs = [hints[like] if alone and like in hints else (0.0, 0.0) for like, alone in self._likes]
        self._best = np.where(self._given, np.array(pairs).T.ravel(), 0.0)

    def serve(self, hints: Hints) -> None:
        """Those in use have led to a legal way: begin a little below them next time, also in other blocks."""
        self._best = EASED * self._penalty
        high, low = np.split(self._best, 2)
        hints.update(zip((like for like, _ in self._likes), zip(high.tolist(), low.tolist())))

    @cached_property
    def _likes(self) -> list[tuple[Like, bool]]:
        """By counter its bounds, and whether no other counter of the block has the same."""
        likes = [(one.least, one.most, one.low, one.high) for one in self._counters]
        return [(like, likes.count(like) == 1) for like in likes]

    def applied(self, costs: Floats, constant: float, active: tuple[int, ...]) -> tuple[Floats, float]:
        """Costs by choice with the penalties of the counters not in the table, and the constant that goes with it."""
        penalty = self._outside(active)
        if not penalty.any():
            return costs, constant
        high, low = np.split(penalty, 2)
        limit = float(high @ np.where(high > 0, self._most, 0) - low @ np.where(low > 0, self._least, 0))
        return costs + (high - low) @ self._steps, constant - limit

    def paid(self, way: Ints, active: tuple[int, ...]) -> float:
        """What a way is charged in penalties, the constant included."""
        penalty = self._outside(active)
        return float(penalty @ self._over(way)) if penalty.any() else 0.0

    def adjust(self, ways: Ways, value: float, costs: Floats, active: tuple[int, ...]) -> bool:
        """Change the penalties by what is known of ways; ``value`` is what those tried are worth.

        ``costs`` are the choices' own. Whether there was anything to change.
        """
        way = ways.choices[0]
        own = value - self.paid(way, active)
        self.learn(way, own, costs)
        if value > self._best_value:
            self._box *= 1.0 if np.isinf(self._best_value) else WIDER
            self._best, self._best_value = self._outside(active), value
        else:
            self._box *= NARROWER
        scale = max(1.0, float(np.abs(costs[way]).max()))
        self._box = min(max(self._box, 0.02 * scale), 2 * scale)
        free = np.flatnonzero(self._given & ~self._in_table(active))
        if not len(free):
            return False
        before = self._penalty
        self._penalty = self._better(costs, free)
        return not np.array_equal(before, self._penalty)

    def insist(self, way: Ints, costs: Floats, active: tuple[int, ...]) -> bool:
        """Raise the penalties of the bounds a way breaks, for rosters within them; whether it breaks any."""
        broken = (self._over(way) > 0) & ~self._in_table(active)
        scale = max(1.0, float(np.abs(costs[way]).max()))
        self._penalty = np.where(broken, 1.1 * self._penalty + 0.01 * scale, self._penalty)
        return bool(broken.any())

    def learn(self, way: Ints, value: float, costs: Floats) -> None:
        """Remember a way and its value without penalties."""
        cut = Cut(way, value - float(costs[way].sum()), self._over(way))
        self._cuts = [*[one for one in self._cuts if not np.array_equal(one.way, way)][-CUTS:], cut]

    def _better(self, costs: Floats, free: Ints) -> Floats:
        """The penalties of some bounds, in the box, whose least value over the known ways is greatest."""
        values = np.array([float(costs[cut.way].sum()) + cut.extra for cut in self._cuts])
        known = np.flatnonzero(values < 1e20)
        over = np.stack([self._cuts[n].over[free] for n in known])
        count = len(free)
        best = self._best[free]
        outcome = highs.solve(
            Matrix(
                cost=np.append(np.zeros(count), -1.0),
                rows=sparse.csr_array(np.column_stack((over, -np.ones(len(known))))),
                row_lower=-values[known],
                row_upper=np.full(len(known), np.inf),
                lower=np.append(np.maximum(0.0, best - self._box), -np.inf),
                upper=np.append(best + self._box, np.inf),
                integer=np.zeros(count + 1, dtype=np.bool_),
            ),
            Deadline(),
        )
        after = np.zeros(len(self._best))
        after[free] = best if outcome.x is None else np.maximum(0.0, outcome.x[:count])
        return after

    def mended(self, ways: Ways, layout: Layout, costs: Floats, active: tuple[int, ...]) -> Ints | None:
        """The best way with other choices for the same arcs, all counters within bounds; None if in vain."""
        from scheduler.engine.columns import kernel

        outside = np.setdiff1d(np.arange(len(self._most)), active)
        way = ways.choices[0].copy()
        arcs = (layout.arcs[5], layout.arcs[6])
        done = kernel.mend(
            way, ways.arcs[0], *arcs, costs, self._steps[outside], self._least[outside], self._most[outside]
        )
        return way if done else None

    def _over(self, way: Ints) -> Floats:
        """By how much a way is over each bound (under it: negative); 0 where there is none."""
        end = self._steps[:, way].sum(axis=1)
        return np.where(self._given, np.concatenate((end - self._most, self._least - end)), 0).astype(
            np.float64
        )

    def _in_table(self, active: tuple[int, ...]) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        inside = np.isin(np.arange(len(self._counters)), active)
        return np.concatenate((inside, inside))

    def _outside(self, active: tuple[int, ...]) -> Floats:
        if not self._penalty.any():
            return self._penalty
        return np.where(self._in_table(active), 0.0, self._penalty)

"""Alone: the roster of one volunteer that is best against what all the others cover."""

from __future__ import annotations

import numpy as np
from scipy import sparse

from scheduler.domain.grouping import Ints
from scheduler.engine.columns.core import Core
from scheduler.engine.columns.prices import Prices
from scheduler.engine.columns.scope import Scope
from scheduler.engine.result import Values
from scheduler.engine.stop import Stop
from scheduler.model.linear_model import Floats

RATIO = 30.0
"""How much more a level weighs than the next where one roster is chosen for all levels at once."""


class Alone:
    """Prices rosters of one volunteer at a time; ``prices`` say what it is worth to serve."""

    def __init__(self, core: Core) -> None:
        self._core = core
        linking = core.linking
        depth = np.arange(linking.levels)
        self._weights = np.where(depth > 0, RATIO ** (len(depth) - 1.0 - depth), 0.0)
        prices = linking.rows.price * self._weights[linking.rows.level]
        most = max(
            1.0,
            float(prices.max(initial=1.0)),
            float(np.abs(self._weights @ core.model.linear).max(initial=1.0)),
        )
        prices = np.where(linking.rows.hard, 10.0 * most, prices)
        prices[linking.definition] = 0.0
        self.dearest = float(prices[~linking.rows.hard].max(initial=0.0))
        self.prices = Prices(linking, prices)
        self._entries = [
            sparse.csc_array(linking.rows.by_column[:, block.columns]).tocoo() for block in core.blocks.blocks
        ]
        scope = Scope.everything(core.model, core.blocks)
        self._fixed = [(scope.lower[one.columns], scope.upper[one.columns]) for one in core.blocks.blocks]

    def best(
        self,
        block: int,
        reward: Floats,
        stop: Stop,
        *,
        cutoff: float = np.inf,
        slack: float = np.inf,
        near: bool = False,
    ) -> Ints | None:
        """The model columns of a roster of the block that is better than ``cutoff`` under a reward, if there is one.

        It costs no more than ``slack`` above the best wherever that can be shown in a few passes; above the best of
        those ``near`` the last one found, if that is enough.
        """
        offer = self._core.pricing.single(
            block, self._weights, reward, cutoff - 1e-6, self._fixed[block], slack=slack, near=near, stop=stop
        )
        return offer.rosters[0] if offer.rosters else None

    def cost(self, block: int, number: int, reward: Floats) -> float:
        """What a roster of a block costs under a reward."""
        pool = self._core.pool
        columns = self._core.blocks.blocks[block].columns
        paid = reward[np.searchsorted(columns, pool.columns(number))].sum()
        return float(pool.cost_of(number) @ self._weights - paid)

    def reward(
        self, block: int, others: Floats, *, blur: float = 0.0, rng: np.random.Generator | None = None
    ) -> Floats:
        """By column of the block: what it saves in breaches of the linking rows.

        Less by up to a share of ``blur``, at random.
        """
        entries = self._entries[block]
        saved = self.prices.saved(entries.row, others[entries.row], entries.data)
        if rng is not None:
            saved *= 1.0 - blur * rng.random(len(saved))
        paid = np.bincount(entries.col, weights=saved, minlength=entries.shape[1])
        return np.asarray(paid, dtype=np.float64)

    def any_legal(self, block: int, stop: Stop) -> Ints | None:
        """Some roster of a block, whatever it costs; None if there is none or no time."""
        offer = self._core.pricing.any_legal(block, self._fixed[block], stop)
        return offer.rosters[0] if offer.rosters else None

    def weighted(self, values: Values) -> float:
        """Values by level as one cost, the hard level left out."""
        return float(self._weights @ np.array(values))

    def activity(self, numbers: Ints) -> Floats:
        """What some rosters together add to each linking row."""
        return np.asarray(self._core.pool.matrix[:, numbers].sum(axis=1)).ravel()

    def added(self, number: int) -> Floats:
        """What one roster adds to each linking row."""
        return self._core.linking.activity(self._core.pool.columns(number))

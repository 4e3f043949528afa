"""Start: a roster of each volunteer against what the others already cover, again and again."""

from __future__ import annotations

import numpy as np
from scipy import sparse

from scheduler.domain.grouping import Ints
from scheduler.engine.columns.core import Core
from scheduler.engine.columns.prices import Prices
from scheduler.engine.columns.scope import Scope
from scheduler.engine.stop import Stop
from scheduler.model.linear_model import Floats

RATIO = 30.0
"""How much more a level weighs than the next where one roster is chosen for all levels at once."""
EAGERNESS = (1.0, 1.0, 0.5, 0.1, 0.0)
"""How much of the reward for cover counts, where a block's first roster is hard to find."""

BLUR = 0.2
"""By how much prices differ at random for the first rosters, which so spread over shifts that pay the same."""
BARGAINS = 30
"""Passes of all volunteers under soft prices, at most."""
PATIENCE = 5
"""Such passes in a row without a better roster after which they end."""


class Sweeps:
    """One-volunteer re-optimisation: a roster that pays best where heads are missing, volunteer by volunteer."""

    def __init__(self, core: Core, rng: np.random.Generator) -> None:
        self._core = core
        self._rng = rng
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
        self._prices = Prices(linking, prices)
        self._activity = np.zeros(len(linking))
        self._blur = 0.0
        self._entries = [
            sparse.csc_array(linking.rows.by_column[:, block.columns]).tocoo() for block in core.blocks.blocks
        ]
        self._scope = Scope.everything(core.model, core.blocks)

    def build(self, stop: Stop) -> bool:
        """Make a first roster for every block; False without time or if some block has no legal roster."""
        core = self._core
        self._activity = np.zeros(len(core.linking))
        numbers = np.zeros(len(core.blocks.blocks), dtype=np.int64)
        self._blur = BLUR
        for block in self._rng.permutation(len(numbers)).tolist():
            found = self._any(block, self._activity, stop)
            if found is None:
                return False
            numbers[block] = found
            self._activity += self._added(found)
        self._blur = 0.0
        core.offer(numbers, "start")
        self._bargain(numbers, stop)
        self._prices.sharpen()
        return True

    def _bargain(self, numbers: Ints, stop: Stop) -> None:
        """Give every volunteer the best roster under soft prices, better or not, and let the prices learn.

        Goes on while passes find better rosters once in a while.
        """
        core, idle = self._core, 0
        for _ in range(BARGAINS):
            self._prices.learn(self._activity)
            for block in self._rng.permutation(len(numbers)).tolist():
                if stop.reached():
                    break
                others = self._activity - self._added(int(numbers[block]))
                found = self._best(block, others, np.inf, stop)
                numbers[block] = numbers[block] if found is None else found
                self._activity = others + self._added(int(numbers[block]))
            idle = 0 if core.offer(numbers, "bargain") else idle + 1
            if idle == PATIENCE or stop.reached():
                return

    def _any(self, block: int, others: Floats, stop: Stop) -> int | None:
        """A good roster of a block, or one at least: pricing may have a bound but no roster at the first look."""
        for eagerness in EAGERNESS:
            found = self._best(block, others, np.inf, stop, eagerness)
            if found is not None or stop.reached():
                return found
        offer = self._core.pricing.any_legal(block, self._scope.lower, self._scope.upper, stop)
        return self._core.pool.add(block, offer.rosters)[0] if offer.rosters else None

    def improve(self, stop: Stop, sweeps: int) -> bool:
        """Give each volunteer a better roster where there is one, up to so many times; whether there was any."""
        self._prices.sharpen()
        better = False
        for _ in range(sweeps):
            if stop.reached() or not self._sweep(stop):
                break
            better = True
        return better

    def _sweep(self, stop: Stop) -> bool:
        core = self._core
        assert core.numbers is not None
        numbers, values = core.numbers.copy(), core.values
        activity = np.asarray(core.pool.matrix[:, numbers].sum(axis=1)).ravel()
        improved = False
        for block in self._rng.permutation(len(numbers)).tolist():
            if stop.reached():
                break
            mine = int(numbers[block])
            others = activity - self._added(mine)
            found = self._best(block, others, self._cost(mine, others), stop)
            if found is None or found == mine:
                continue
            numbers[block] = found
            now = core.judge(numbers)
            if now < values:
                values, activity, improved = now, others + self._added(found), True
            else:
                numbers[block] = mine
        return core.offer(numbers, "sweep") and improved

    def _cost(self, number: int, others: Floats) -> float:
        """What a roster costs under the rewards beside the others' activity."""
        core = self._core
        block = int(core.pool.block[number])
        reward = self._reward(block, others)
        return float(core.pool.cost[number] @ self._weights - reward[core.pool.columns(number)].sum())

    def _best(
        self, block: int, others: Floats, cutoff: float, stop: Stop, eagerness: float = 1.0
    ) -> int | None:
        core = self._core
        limit = np.full(len(core.blocks.blocks), np.inf)
        limit[block] = cutoff - 1e-6
        (offer,) = core.pricing.price(
            self._weights,
            eagerness * self._reward(block, others),
            cutoff=limit,
            lower=self._scope.lower,
            upper=self._scope.upper,
            which=np.array([block]),
            rough=True,
            stop=stop,
        )
        return core.pool.add(block, offer.rosters[:1])[0] if offer.rosters else None

    def _reward(self, block: int, others: Floats) -> Floats:
        """By model column: what a column of the block saves in breaches of the linking rows."""
        core, entries = self._core, self._entries[block]
        saved = self._prices.saved(entries.row, others[entries.row], entries.data)
        if self._blur:
            saved *= 1.0 - self._blur * self._rng.random(len(saved))
        reward = np.zeros(core.model.columns)
        np.add.at(reward, core.blocks.blocks[block].columns[entries.col], saved)
        return reward

    def _added(self, number: int) -> Floats:
        core = self._core
        return core.linking.activity(core.pool.columns(number))

"""Start: a roster of each volunteer against what the others already cover, again and again."""

from __future__ import annotations

import numpy as np

from scheduler.domain.grouping import Ints
from scheduler.engine.columns.alone import Alone
from scheduler.engine.columns.core import Core
from scheduler.engine.stop import Stop
from scheduler.model.linear_model import Floats

EAGERNESS = (1.0, 1.0, 0.5, 0.1, 0.0)
"""How much of the reward for cover counts, where a block's first roster is hard to find."""

BLUR = 0.2
"""By how much prices differ at random for the first rosters, which so spread over shifts that pay the same."""
BARGAINS = 30
"""Passes of all volunteers under soft prices, at most."""
PATIENCE = 5
"""Such passes in a row without a better roster after which they end."""
SLACK = 0.05
"""How far from the best a volunteer's roster may be in a sweep, in the price of a missing head."""


class Sweeps:
    """One-volunteer re-optimisation: a roster that pays best where heads are missing, volunteer by volunteer."""

    def __init__(self, core: Core, alone: Alone, rng: np.random.Generator) -> None:
        self._core, self._alone, self._rng = core, alone, rng

    def build(self, stop: Stop, bargains: int = BARGAINS) -> bool:
        """Make a first roster for every block, then up to so many passes under soft prices.

        False without time or if some block has no legal roster.
        """
        core, alone = self._core, self._alone
        activity = np.zeros(len(core.linking))
        numbers = np.zeros(len(core.blocks.blocks), dtype=np.int64)
        for block in self._rng.permutation(len(numbers)).tolist():
            found = self._any(block, activity, stop)
            if found is None:
                return False
            (numbers[block],) = core.pool.add(block, [found])
            activity += alone.added(int(numbers[block]))
        core.offer(numbers, "start")
        self._bargain(numbers, activity, stop, bargains)
        return True

    def _bargain(self, numbers: Ints, activity: Floats, stop: Stop, bargains: int) -> None:
        """Give every volunteer the best roster under soft prices, better or not, and let the prices learn.

        Goes on while passes find better rosters once in a while.
        """
        core, alone, idle = self._core, self._alone, 0
        for _ in range(bargains):
            alone.prices.learn(activity)
            for block in self._rng.permutation(len(numbers)).tolist():
                if stop.reached():
                    break
                others = activity - alone.added(int(numbers[block]))
                found = alone.best(block, alone.reward(block, others), stop)
                if found is not None:
                    (numbers[block],) = core.pool.add(block, [found])
                activity = others + alone.added(int(numbers[block]))
            idle = 0 if core.offer(numbers, "bargain") else idle + 1
            if idle == PATIENCE or stop.reached():
                return

    def _any(self, block: int, others: Floats, stop: Stop) -> Ints | None:
        """A good roster of a block, or one at least: pricing may have a bound but no roster at the first look."""
        alone = self._alone
        for eagerness in EAGERNESS:
            reward = eagerness * alone.reward(block, others, blur=BLUR, rng=self._rng)
            found = alone.best(block, reward, stop)
            if found is not None or stop.reached():
                return found
        return alone.any_legal(block, stop)

    def improve(self, stop: Stop, sweeps: int, *, near: bool = False) -> bool:
        """Give each volunteer a better roster where there is one, up to so many times; whether there was any.

        If ``near``, first one near the last, then any.
        """
        self._alone.prices.sharpen()
        better = False
        for _ in range(sweeps):
            if stop.reached():
                break
            if self._sweep(stop, near):
                better = True
            elif near:
                near = False
            else:
                break
        return better

    def _sweep(self, stop: Stop, near: bool) -> bool:
        core, alone = self._core, self._alone
        assert core.numbers is not None
        numbers, values = core.numbers.copy(), core.values
        activity, personal = alone.activity(numbers), core.pool.cost[numbers].sum(axis=0)
        improved = False
        for block in self._rng.permutation(len(numbers)).tolist():
            if stop.reached():
                break
            mine = int(numbers[block])
            others, rest = activity - alone.added(mine), personal - core.pool.cost_of(mine)
            reward = alone.reward(block, others)
            slack = SLACK * alone.dearest
            cutoff = alone.cost(block, mine, reward)
            roster = alone.best(block, reward, stop, cutoff=cutoff, slack=slack, near=near)
            if roster is None:
                continue
            (found,) = core.pool.add(block, [roster])
            numbers[block] = found
            more, cost = others + alone.added(found), rest + core.pool.cost_of(found)
            now = core.total(numbers, more, cost)
            if now < values:
                values, activity, personal, improved = now, more, cost, True
            else:
                numbers[block] = mine
        return core.offer(numbers, "sweep") and improved

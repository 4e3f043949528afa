"""Bargain: all volunteers' rosters of a long plan, one after the other, under prices that slowly sharpen.

An augmented Lagrangian (D. P. Bertsekas, "Constrained Optimization and Lagrange Multiplier Methods", 1982, chapter 2)
whose penalty grows as its multipliers settle: first a volunteer serves where demand is greatest, at the end where
heads are missing. Nobody's roster ever changes for one that is worse under the prices of the moment.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np

from scheduler.domain.grouping import Ints
from scheduler.engine.columns.alone import Alone
from scheduler.engine.columns.core import Core
from scheduler.engine.stop import Stop
from scheduler.model.linear_model import Floats

PASSES = 400
"""Passes of all volunteers, or fewer where the time does not reach so far."""
WIDEST, NARROWEST = 3.0, 0.9
"""How wide prices reach in the first pass and in the last, in units of the rows' activity."""
LEARNING = 1.8
"""How far the prices' learning reaches, all passes together; see ``Prices.learn``."""
SLACK = 0.02
"""How far from the best a roster may be, in the price of a missing head."""
HALF, WIDENED = 0.5, 1.2
"""From where on the bargain is broken off when its rosters become so much worse than the best."""


class Bargain:
    """One bargain from the best rosters of a core; with ``threads``, so many volunteers choose at the same time."""

    def __init__(self, core: Core, alone: Alone, rng: np.random.Generator, threads: int) -> None:
        self._core, self._alone, self._rng = core, alone, rng
        self._threads = threads
        assert core.numbers is not None
        self._numbers = core.numbers.copy()
        self._activity = alone.activity(self._numbers)
        alone.prices.forget()

    def run(self, stop: Stop, *, passes: int | None) -> None:
        """Bargain for so many passes, or as long as the time allows; better rosters are offered to the core."""
        whole, done = stop.left(), 0.0
        number, gone = 0, 0.0
        while done < 1.0 and not stop.reached():
            self._alone.prices.soften(WIDEST * (NARROWEST / WIDEST) ** done)
            self._alone.prices.learn(self._activity, LEARNING * (done - gone))
            self._pass(stop)
            number += 1
            gone, done = done, number / (passes or PASSES)
            if passes is None:
                done = max(done, 1.0 - stop.left() / whole)
            self._core.offer(self._numbers, "bargain")
            if done > HALF and self._lost():
                return

    def _lost(self) -> bool:
        core, alone = self._core, self._alone
        return alone.weighted(core.judge(self._numbers)) > WIDENED * alone.weighted(core.values)

    def _pass(self, stop: Stop) -> None:
        order = self._rng.permutation(len(self._numbers))
        with ThreadPoolExecutor(self._threads) as pool:
            for first in range(0, len(order), self._threads):
                if stop.reached():
                    return
                some = order[first : first + self._threads].tolist()
                found = list(pool.map(lambda block: self._found(block, stop), some))
                for block, roster in zip(some, found):
                    if roster is not None:
                        self._change(block, self._core.pool.add(block, [roster])[0])

    def _found(self, block: int, stop: Stop) -> Ints | None:
        """A better roster of a block beside the others as they are; of some at the same time."""
        mine = int(self._numbers[block])
        reward = self._reward(block)
        cutoff = self._alone.cost(block, mine, reward)
        slack = SLACK * self._alone.dearest
        return self._alone.best(block, reward, stop, cutoff=cutoff, slack=slack, near=True)

    def _change(self, block: int, number: int) -> None:
        """Take a roster over if it is still better, whatever changed at the same time."""
        mine, reward = int(self._numbers[block]), self._reward(block)
        if self._alone.cost(block, number, reward) < self._alone.cost(block, mine, reward):
            self._numbers[block] = number
            self._activity += self._alone.added(number) - self._alone.added(mine)

    def _reward(self, block: int) -> Floats:
        return self._alone.reward(block, self._activity - self._alone.added(int(self._numbers[block])))

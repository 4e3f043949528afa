"""Pool: all personal rosters found so far, what they cost and what they add to the linking rows."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy import sparse

from scheduler.domain.grouping import Bools, Ints
from scheduler.engine.columns.linking import Linking
from scheduler.engine.columns.pricing import Pricing
from scheduler.model.linear_model import Floats


class Pool:
    """Personal rosters by number; each is kept once."""

    def __init__(self, linking: Linking, pricing: Pricing) -> None:
        self._linking = linking
        self._pricing = pricing
        self._known: dict[bytes, int] = {}
        self._fresh: list[tuple[int, Ints, Floats]] = []
        self._block: Ints = np.zeros(0, dtype=np.int64)
        self._cost: Floats = np.zeros((0, linking.levels))
        self._matrix = sparse.csc_array((len(linking), 0))
        self._entries: Ints = np.zeros(0, dtype=np.int64)
        self._pointer: Ints = np.zeros(1, dtype=np.int64)

    def __len__(self) -> int:
        return len(self._block) + len(self._fresh)

    def add(self, block: int, rosters: Sequence[Ints]) -> list[int]:
        """The numbers of a block's rosters, new or known."""
        numbers = []
        for roster in rosters:
            key = np.int32(block).tobytes() + roster.astype(np.int32).tobytes()
            number = self._known.setdefault(key, len(self))
            if number == len(self):
                self._fresh.append((block, roster, self._pricing.personal_cost(block, roster)))
            numbers.append(number)
        return numbers

    @property
    def block(self) -> Ints:
        """By roster: its block."""
        self._settle()
        return self._block

    @property
    def cost(self) -> Floats:
        """By roster and level: its personal cost."""
        self._settle()
        return self._cost

    @property
    def matrix(self) -> sparse.csc_array:
        """What each roster adds to each linking row [row, roster]."""
        self._settle()
        return self._matrix

    def columns(self, number: int) -> Ints:
        """The model columns of a roster."""
        if number >= len(self._block):
            return self._fresh[number - len(self._block)][1]
        return self._entries[self._pointer[number] : self._pointer[number + 1]]

    def cost_of(self, number: int) -> Floats:
        """The personal cost of a roster by level."""
        if number >= len(self._block):
            return self._fresh[number - len(self._block)][2]
        return np.asarray(self._cost[number])

    def chosen(self, numbers: Ints) -> Ints:
        """The model columns of several rosters of different blocks, unsorted."""
        return np.concatenate([np.zeros(0, dtype=np.int64), *(self.columns(n) for n in numbers.tolist())])

    def spread(self, numbers: Ints, share: Floats) -> Floats:
        """By model column: the sum of the shares of the rosters that have it."""
        self._settle()
        counts = (self._pointer[1:] - self._pointer[:-1])[numbers]
        total = np.bincount(
            self.chosen(numbers), weights=np.repeat(share, counts), minlength=self._linking.model.columns
        )
        return np.asarray(total, dtype=np.float64)

    def allowed(self, lower: Bools, upper: Bools) -> Bools:
        """By roster: whether it has all of its block's columns in ``lower`` and none that is not in ``upper``."""
        self._settle()
        banned = self._counted(~upper)
        needed = np.bincount(
            self._linking.blocks.block_of[np.flatnonzero(lower)], minlength=len(self._linking.blocks.blocks)
        )
        return np.asarray((banned == 0) & (self._counted(lower) == needed[self._block]))

    def _counted(self, which: Bools) -> Ints:
        total = np.concatenate(([0], np.cumsum(which[self._entries])))
        return np.asarray(total[self._pointer[1:]] - total[self._pointer[:-1]])

    def _settle(self) -> None:
        """Turn what was added since into arrays."""
        if not self._fresh:
            return
        blocks, rosters, costs = zip(*self._fresh)
        self._fresh = []
        self._block = np.concatenate((self._block, np.array(blocks, dtype=np.int64)))
        self._cost = np.concatenate((self._cost, np.array(costs)))
        added = self._linking.contribution(rosters)
        self._matrix = sparse.csc_array(sparse.hstack([self._matrix, added], format="csc"))
        self._entries = np.concatenate((self._entries, *rosters))
        ends = self._pointer[-1] + np.cumsum([len(one) for one in rosters])
        self._pointer = np.concatenate((self._pointer, ends))


def latest(pool: Pool, each: int) -> Ints:
    """The numbers of the last rosters found of each block, up to ``each``."""
    order = np.lexsort((-np.arange(len(pool)), pool.block))
    block = pool.block[order]
    first = np.searchsorted(block, block)
    return np.sort(order[np.arange(len(order)) - first < each])

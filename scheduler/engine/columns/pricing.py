"""Pricing: for each volunteer the personal roster that pays best, by compiled automaton or by a small MIP."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from scheduler.domain.grouping import Bools, Ints
from scheduler.engine.columns.block import Blocks
from scheduler.engine.columns.fallback import MipPricer
from scheduler.engine.columns.offer import UNPRICED, Offer
from scheduler.engine.columns.personal import Personal
from scheduler.engine.stop import Stop
from scheduler.model.linear_model import Floats, LinearModel


class Pricing:
    """The pricing problems of all blocks of a model; ``compiled`` of them are automata."""

    def __init__(self, model: LinearModel, blocks: Blocks, *, threads: int = 1) -> None:
        self._blocks = blocks
        self._threads = threads
        self._personal = tuple(Personal(model, block) for block in blocks.blocks)
        self._mip = tuple(MipPricer(one) for one in self._personal)
        self.compiled = 0

    def price(
        self,
        weights: Floats,
        reward: Floats,
        *,
        cutoff: Floats,
        lower: Bools,
        upper: Bools,
        which: Ints,
        many: int = 1,  # noqa: ARG002
        stop: Stop,
    ) -> list[Offer]:
        """For each block in ``which``: minimise ``weights . personal cost - reward . roster``.

        ``weights`` is by level, ``reward`` by model column, ``cutoff`` by block: only rosters under it are
        wanted, up to ``many`` different ones a block (one where the block is not compiled). Columns in
        ``lower`` must be 1, those not in ``upper`` 0.
        """

        def one(number: int) -> Offer:
            if stop.reached():
                return UNPRICED
            columns = self._blocks.blocks[number].columns
            return self._mip[number].price(
                weights, reward[columns], float(cutoff[number]), lower[columns], upper[columns], stop
            )

        return self._each(one, which)

    def _each(self, one: Callable[[int], Offer], which: Ints) -> list[Offer]:
        if self._threads == 1 or len(which) == 1:
            return [one(int(number)) for number in which]
        with ThreadPoolExecutor(self._threads) as pool:
            return list(pool.map(one, which.tolist()))

    def personal_cost(self, block: int, roster: Ints) -> Floats:
        """What a roster of a block costs by level, from the block's rows."""
        return self._personal[block].cost(roster)

    def legal(self, block: int, roster: Ints) -> bool:
        """Whether a roster of a block keeps all hard personal rows."""
        return self._personal[block].legal(roster)

    def complete(self, block: int, assignments: Ints) -> Ints:
        """Assignments of a block with the personal auxiliary columns they imply, sorted."""
        return self._personal[block].complete(assignments)


__all__ = ["Offer", "Pricing"]

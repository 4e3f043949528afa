"""Pricing: for each volunteer the personal roster that pays best, by compiled automaton or by a small MIP."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import numpy as np

from scheduler.domain.grouping import Bools, Ints
from scheduler.engine.columns.automaton import Automaton, compile_block
from scheduler.engine.columns.block import Blocks
from scheduler.engine.columns.compiled import Compiled
from scheduler.engine.columns.fallback import MipPricer
from scheduler.engine.columns.layout import Layout
from scheduler.engine.columns.offer import UNPRICED, Offer
from scheduler.engine.columns.penalties import Hints
from scheduler.engine.columns.personal import Personal
from scheduler.engine.columns.sided import UnfitError
from scheduler.engine.stop import Deadline, Stop
from scheduler.model.linear_model import DEFINITION, Floats, LinearModel

T = TypeVar("T")


class Pricing:
    """The pricing problems of all blocks of a model; ``compiled`` of them are automata, the others small MIPs.

    Blocks of one pattern share an automaton. Blocks that are not compiled when ``stop`` is reached stay MIPs.
    """

    def __init__(
        self, model: LinearModel, blocks: Blocks, *, threads: int = 1, stop: Stop | None = None
    ) -> None:
        self._blocks = blocks
        self._threads = threads
        self._linear = model.linear
        self._personal = tuple(Personal(model, block) for block in blocks.blocks)
        self._mip = tuple(MipPricer(one) for one in self._personal)
        self._automata = self._compile(stop or Deadline())
        self.compiled = sum(one is not None for one in self._automata)

    def _compile(self, stop: Stop) -> list[Compiled | None]:
        keys = [_pattern(one) for one in self._personal]
        distinct = {key: n for n, key in reversed(list(enumerate(keys)))}

        def one(number: int) -> Automaton | None:
            try:
                return None if stop.reached() else compile_block(self._personal[number].model)
            except UnfitError:
                return None

        made = dict(zip(distinct, self._each(one, list(distinct.values()))))
        layouts: dict[bytes, dict[tuple[int, ...], Layout]] = {key: {} for key in distinct}
        hints: Hints = {}
        return [
            None if (automaton := made[key]) is None else Compiled(automaton, layouts[key], hints)
            for key in keys
        ]

    def price(
        self,
        weights: Floats,
        reward: Floats,
        *,
        cutoff: Floats,
        lower: Bools,
        upper: Bools,
        which: Ints,
        many: int = 1,
        stop: Stop,
    ) -> list[Offer]:
        """For each block in ``which``: minimise ``weights . personal cost - reward . roster``.

        ``weights`` is by level, ``reward`` by model column, ``cutoff`` by block: only rosters under it are
        wanted, up to ``many`` different ones a block (one where the block is not compiled). Columns
        in ``lower`` must be 1, those not in ``upper`` 0.
        """

        def one(number: int) -> Offer:
            columns = self._blocks.blocks[number].columns
            fixed = (lower[columns], upper[columns])
            limit = float(cutoff[number])
            return self.single(number, weights, reward[columns], limit, fixed, many=many, stop=stop)

        return self._each(one, which.tolist())

    def single(
        self,
        number: int,
        weights: Floats,
        reward: Floats,
        cutoff: float,
        fixed: tuple[Bools, Bools],
        *,
        many: int = 1,
        slack: float = 0.0,
        near: bool = False,
        stop: Stop,
    ) -> Offer:
        """The same for one block, ``reward`` and ``fixed`` (lower and upper) by the block's columns.

        So far above the bound as ``slack`` the best roster is good enough. ``near``: one not far from the last one
        found, in how hours are used up over time; the bound is only that of those.
        """
        if stop.reached():
            return UNPRICED
        columns, automaton = self._blocks.blocks[number].columns, self._automata[number]
        if automaton is None:
            return self._mip[number].price(weights, reward, cutoff, *fixed, stop)
        values = weights @ self._linear[:, columns] - reward
        found = automaton.price(weights, values, fixed, cutoff, many, slack=slack, near=near)
        return Offer(found.bound, tuple(columns[one] for one in found.rosters), found.values)

    def _each(self, one: Callable[[int], T], which: list[int]) -> list[T]:
        if self._threads == 1 or len(which) <= 1:
            return [one(number) for number in which]
        with ThreadPoolExecutor(self._threads) as pool:
            return list(pool.map(one, which))

    def any_legal(self, block: int, fixed: tuple[Bools, Bools], stop: Stop) -> Offer:
        """Some legal roster of a block, whatever it costs, by the small MIP: where the automaton finds none."""
        nothing = np.zeros(len(self._linear))
        columns = len(self._blocks.blocks[block].columns)
        return self._mip[block].price(nothing, np.zeros(columns), np.inf, *fixed, stop)

    def personal_cost(self, block: int, roster: Ints) -> Floats:
        """What a roster of a block costs by level, from the block's rows."""
        return self._personal[block].cost(roster)

    def legal(self, block: int, roster: Ints) -> bool:
        """Whether a roster of a block keeps all hard personal rows."""
        return self._personal[block].legal(roster)

    def complete(self, block: int, assignments: Ints) -> Ints:
        """Assignments of a block with the personal auxiliary columns they imply, sorted."""
        return self._personal[block].complete(assignments)


def _pattern(personal: Personal) -> bytes:
    """A digest of all that decides a block's automaton: days, rows, bounds; not linear costs."""
    model, rows = personal.model, personal.model.rows
    digest = hashlib.blake2b(digest_size=16)
    parts = (
        model.instance.day_of[model.shift],
        model.upper,
        rows.matrix.indptr.astype(np.int64),
        rows.matrix.indices.astype(np.int64),
        rows.matrix.data,
        rows.lower,
        rows.upper,
        rows.level,
        rows.price,
        rows.rule == DEFINITION,
    )
    for part in parts:
        digest.update(part.tobytes() + b"|")
    return digest.digest()


__all__ = ["Offer", "Pricing"]

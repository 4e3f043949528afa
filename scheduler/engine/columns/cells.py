"""Cells: what a volunteer does on a day, the choices that dives and neighbourhoods fix."""

from __future__ import annotations

import numpy as np

from scheduler.domain.grouping import Bools, Ints
from scheduler.engine.columns.block import Blocks
from scheduler.model.linear_model import Floats, LinearModel


class Cells:
    """The cells of a model: every volunteer on every day with a column of theirs.

    ``of`` is by assignment column; ``block`` and ``day`` by cell.
    """

    def __init__(self, model: LinearModel, blocks: Blocks) -> None:
        days = len(model.instance.days)
        block = blocks.block_of[: model.pairs]
        day = model.instance.day_of[model.shift]
        distinct, self.of = np.unique(block * days + day, return_inverse=True)
        self.block: Ints = distinct // days
        self.day: Ints = distinct % days
        self.columns = model.columns

    def __len__(self) -> int:
        return len(self.block)

    def any_of(self, columns: Bools) -> Bools:
        """By cell: whether any of its columns is marked."""
        return np.bincount(self.of[columns[: len(self.of)]], minlength=len(self)) > 0

    def off(self, x: Floats) -> Floats:
        """By cell: how far the volunteer is off that day in a fractional solution."""
        served = np.bincount(self.of, weights=x[: len(self.of)], minlength=len(self))
        return np.asarray(np.clip(1.0 - served, 0.0, 1.0))

    def open(self, lower: Bools, upper: Bools) -> Bools:
        """By cell: whether nothing is fixed there yet."""
        return np.asarray(~self.any_of(lower) & self.any_of(upper))

    def held(self, closed: Bools, roster: Ints, lower: Bools, upper: Bools) -> tuple[Bools, Bools]:
        """Fixings that hold closed cells (a mask) as in a roster (model columns), besides those given."""
        mine = np.zeros(self.columns, dtype=np.bool_)
        mine[roster] = True
        there = closed[self.of]
        lower, upper = lower.copy(), upper.copy()
        lower[: len(self.of)] |= there & mine[: len(self.of)]
        upper[: len(self.of)] &= ~there | mine[: len(self.of)]
        return lower, upper

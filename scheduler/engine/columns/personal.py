"""One volunteer's part of the matrix: what a personal roster costs, whether it is legal, what it implies."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property

import numpy as np
from scipy import sparse

from scheduler.domain.entity import LEVELS
from scheduler.domain.grouping import Bools, Ints
from scheduler.engine.columns.block import Block, definitions
from scheduler.model.linear_model import Floats, LinearModel

EPSILON = 1e-6


class Personal:
    """A block's own model: the block's columns, in its order, and the rows that touch only these."""

    def __init__(self, model: LinearModel, block: Block) -> None:
        self.block = block
        self.pairs = int((block.columns < model.pairs).sum())
        rows = model.rows.take(block.rows)
        mine = block.columns[: self.pairs]
        self.model = replace(
            model,
            volunteer=model.volunteer[mine],
            shift=model.shift[mine],
            lower=model.lower[block.columns],
            upper=model.upper[block.columns],
            linear=model.linear[:, block.columns],
            constant=np.zeros(len(LEVELS)),
            rows=replace(rows, matrix=sparse.csr_array(rows.matrix[:, block.columns])),
        )

    def local(self, columns: Ints) -> Ints:
        """Positions in the block of some of its model columns."""
        return np.searchsorted(self.block.columns, columns)

    def indicator(self, roster: Ints) -> Floats:
        """The block's columns as a vector: 1 where the roster has it."""
        x: Floats = np.zeros(len(self.block.columns))
        x[self.local(roster)] = 1.0
        return x

    def cost(self, roster: Ints) -> Floats:
        """What a roster costs by level: its columns' linear costs and the breaches of soft rows."""
        x = self.indicator(roster)
        rows = self.model.rows
        breach = self._breach(x) * rows.price
        breach[rows.hard] = 0.0
        return np.asarray(
            self.model.linear @ x + np.bincount(rows.level, weights=breach, minlength=len(LEVELS))
        )

    def legal(self, roster: Ints) -> bool:
        """Whether all hard rows and definitions hold, and every column lies within its bounds."""
        x = self.indicator(roster)
        within = (x >= self.model.lower - EPSILON).all() and (x <= self.model.upper + EPSILON).all()
        return bool(within and (self._breach(x)[self.model.rows.hard] <= EPSILON).all())

    def complete(self, assignments: Ints) -> Ints:
        """Assignments with the auxiliary columns that the definitions turn to 1, as model columns."""
        x = self.indicator(assignments)
        for step in self._steps:
            x[step[self._needed(x)[step]]] = 1.0
        return self.block.columns[np.flatnonzero(x)]

    def _breach(self, x: Floats) -> Floats:
        rows = self.model.rows
        activity = rows.matrix @ x
        return np.asarray(np.maximum(0.0, np.maximum(rows.lower - activity, activity - rows.upper)))

    def _needed(self, x: Floats) -> Bools:
        """Which columns, now 0, must be 1 for their definitions to hold, the others being as in ``x``."""
        rows, defined, weight = self._definitions
        activity = self._definition_matrix @ x
        low, high = self.model.rows.lower[rows] - activity, self.model.rows.upper[rows] - activity
        one = np.zeros(len(x), dtype=np.bool_)
        one[defined[np.where(weight > 0, low > EPSILON, high < -EPSILON)]] = True
        return one

    @cached_property
    def _definition_matrix(self) -> sparse.csr_array:
        return sparse.csr_array(self.model.rows.matrix[self._definitions[0]])

    @cached_property
    def _definitions(self) -> tuple[Ints, Ints, Floats]:
        """Rows that define a column, that column, and its weight in the row."""
        rows, defined = definitions(self.model)
        weight = np.asarray(self.model.rows.matrix[rows, defined]).ravel() if len(rows) else np.zeros(0)
        return rows, defined, weight

    @cached_property
    def _steps(self) -> list[Ints]:
        """Auxiliary columns in the order of their definition: each step is made of earlier ones only."""
        rows, defined, _ = self._definitions
        depth = np.zeros(len(self.block.columns), dtype=np.int64)
        matrix = self.model.rows.matrix
        counts = np.diff(matrix.indptr)
        for row, column in zip(rows[np.argsort(defined, kind="stable")], np.sort(defined)):
            parts = matrix.indices[matrix.indptr[row] : matrix.indptr[row] + counts[row]]
            before = depth[parts[parts < column]]
            depth[column] = max(depth[column], 1 + int(before.max(initial=0)))
        return [np.flatnonzero(depth == n) for n in range(1, int(depth.max(initial=0)) + 1)]

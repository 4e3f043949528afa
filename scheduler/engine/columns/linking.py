"""Linking: the rows and columns that join the volunteers, and what rosters of all volunteers cost together."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from scipy import sparse

from scheduler.domain.grouping import Ints
from scheduler.engine.columns.block import Block, Blocks
from scheduler.engine.columns.personal import Personal
from scheduler.model.linear_model import DEFINITION, Floats, LinearModel

EPSILON = 1e-6


class Linking:
    """The rows that belong to no single volunteer, in the order of ``blocks.linking``, and the common columns."""

    def __init__(self, model: LinearModel, blocks: Blocks) -> None:
        self.model = model
        self.blocks = blocks
        self.rows = model.rows.take(blocks.linking)
        self.common = blocks.common
        self.definition = self.rows.rule == DEFINITION
        self.common_matrix = sparse.csc_array(self.rows.by_column[:, self.common])
        self.common_cost = model.linear[:, self.common]

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def levels(self) -> int:
        """How many levels there are."""
        return len(self.model.linear)

    def contribution(self, rosters: Sequence[Ints]) -> sparse.csc_array:
        """What each roster adds to each linking row [row, roster]."""
        parts = [self._entries(one) for one in rosters]
        pointer = np.concatenate(([0], np.cumsum([len(rows) for rows, _ in parts]))).astype(np.int64)
        row = np.concatenate([np.zeros(0, dtype=np.int64), *(rows for rows, _ in parts)])
        value = np.concatenate([np.zeros(0), *(values for _, values in parts)])
        added = sparse.csc_array((value, row, pointer), shape=(len(self), len(rosters)))
        added.sum_duplicates()
        return added

    def activity(self, roster: Ints) -> Floats:
        """What one roster adds to each row."""
        rows, values = self._entries(roster)
        return np.asarray(np.bincount(rows, weights=values, minlength=len(self)), dtype=np.float64)

    def _entries(self, roster: Ints) -> tuple[Ints, Floats]:
        """The entries of a roster's columns in the rows: row and value."""
        matrix = self.rows.by_column
        first = matrix.indptr[roster].astype(np.int64)
        counts = matrix.indptr[roster + 1] - first
        within = np.arange(int(counts.sum())) - np.repeat(np.cumsum(counts) - counts, counts)
        at = np.repeat(first, counts) + within
        return matrix.indices[at].astype(np.int64), matrix.data[at]

    def breach(self, activity: Floats) -> Floats:
        """How far each row is outside its bounds."""
        return np.asarray(np.maximum(0.0, np.maximum(self.rows.lower - activity, activity - self.rows.upper)))

    def penalties(self, activity: Floats) -> Floats:
        """What the rows' breaches cost by level; on the hard level, by how much hard rows are broken."""
        amount = self.breach(activity)
        price = np.where(self.rows.hard, 1.0, self.rows.price)
        amount[amount < EPSILON] = 0.0
        return np.asarray(
            np.bincount(self.rows.level, weights=amount * price, minlength=self.levels), dtype=np.float64
        )

    def common_values(self, chosen: Ints) -> Floats:
        """The common columns that rosters imply; ``chosen`` are all the rosters' model columns."""
        x = self._definitions.indicator(self._definitions.complete(np.sort(chosen)))
        return np.asarray(x[self.common])

    def reward(self, dual: Floats) -> Floats:
        """What the duals of the rows pay for each model column."""
        return np.asarray(self.rows.matrix.T @ dual)

    @cached_property
    def _definitions(self) -> Personal:
        everything = np.arange(self.model.columns, dtype=np.int64)
        return Personal(self.model, Block(-1, everything, self.blocks.linking))

    @cached_property
    def step(self) -> Floats:
        """By level: what two rosters' costs differ by at least, if they differ; 0 where costs are not whole."""
        rows = self.model.rows
        whole = _whole(rows.matrix.data) and _whole(rows.lower) and _whole(rows.upper)
        steps = np.zeros(self.levels)
        for level in range(self.levels):
            prices = np.concatenate((self.model.linear[level], rows.price[rows.level == level]))
            if whole and _whole(prices):
                steps[level] = max(1, int(np.gcd.reduce(np.abs(prices).astype(np.int64), initial=0)))
        return steps

    def raised(self, level: int, bound: float) -> float:
        """A bound on a level rounded up to the next value a roster can have (``bound`` with the constant)."""
        step, constant = self.step[level], self.model.constant[level]
        if step == 0 or not np.isfinite(bound):
            return bound
        room = min(0.02, max(1e-4, 1e-7 * abs(bound)))
        return float(np.ceil((bound - constant - room) / step) * step + constant)


def _whole(numbers: Floats) -> bool:
    finite = numbers[np.isfinite(numbers)]
    return bool((finite == np.round(finite)).all())

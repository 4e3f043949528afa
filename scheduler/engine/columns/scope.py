"""What a step of the search optimises, and what it may change."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scheduler.domain.grouping import Bools, Ints
from scheduler.engine.columns.block import Blocks
from scheduler.model.linear_model import Floats, LinearModel


@dataclass(frozen=True, slots=True, eq=False)
class Goal:
    """The level to optimise: ``weights`` by level make the objective, ``keep`` by level what must not be exceeded.

    Levels that need not be kept have an infinite ``keep``.
    """

    level: int
    weights: Floats
    keep: Floats

    @classmethod
    def of(cls, level: int, values: tuple[float, ...]) -> Goal:
        """One level, the soft levels above it kept at their values."""
        number = np.arange(len(values))
        kept = (number > 0) & (number < level)
        return cls(level, np.where(number == level, 1.0, 0.0), np.where(kept, np.array(values), np.inf))


@dataclass(frozen=True, slots=True, eq=False)
class Scope:
    """What may change: the rosters of ``blocks``, each with all its columns of ``lower`` and only those of ``upper``.

    ``held`` are the pool numbers of the rosters that the other blocks keep.
    """

    blocks: Ints
    lower: Bools
    upper: Bools
    held: Ints

    @classmethod
    def everything(cls, model: LinearModel, blocks: Blocks) -> Scope:
        """All blocks, with nothing fixed but what the model fixes."""
        return cls(
            np.arange(len(blocks.blocks), dtype=np.int64),
            np.asarray((model.lower > 0.5) & (np.arange(model.columns) < model.pairs)),
            np.asarray(model.upper > 0.5),
            np.zeros(0, dtype=np.int64),
        )

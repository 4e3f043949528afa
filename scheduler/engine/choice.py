"""Choosing: which way a part is solved, from its size and structure alone."""

from __future__ import annotations

from enum import StrEnum

import numpy as np

from scheduler.engine.columns.block import Blocks, split
from scheduler.engine.settings import Settings
from scheduler.model.linear_model import DEFINITION, LinearModel

SMALL = 30_000
"""Up to this many assignment columns a part is solved exactly without a search."""
SEQUENCES = 0.5
"""Share of the volunteers whose own rows must be of the kind that column generation is for."""


class Way(StrEnum):
    """How a part is solved."""

    EXACT = "exact"
    COLUMNS = "columns"
    SEARCH = "search"


def way_of(model: LinearModel, settings: Settings) -> Way:
    """The way for a part; ``settings.engine`` may demand one."""
    if settings.engine != "auto":
        return Way(settings.engine)
    if in_sequences(model, split(model)):
        return Way.COLUMNS
    return Way.EXACT if model.pairs <= SMALL else Way.SEARCH


def in_sequences(model: LinearModel, blocks: Blocks) -> bool:
    """Whether most volunteers have rows of their own that the linear relaxation is weak on.

    Those are rows with weights of both signs, as on runs of days, and hard lower bounds; rows that only pack
    shifts under a limit are not. What lies between the volunteers must be rows alone, without columns; and there
    must be one level of goals, as a master that holds higher levels by rows of their own is slower than a search.
    """
    rows = model.rows
    levels = {*rows.level[~rows.hard].tolist(), *np.flatnonzero(model.linear.any(axis=1)).tolist()}
    if len(levels) > 1 or len(blocks.common):
        return False
    entry_row = np.repeat(np.arange(len(rows)), np.diff(rows.matrix.indptr))
    negative = np.bincount(entry_row[rows.matrix.data < 0], minlength=len(rows)) > 0
    positive = np.bincount(entry_row[rows.matrix.data > 0], minlength=len(rows)) > 0
    demanding = rows.hard & np.isfinite(rows.lower) & (rows.lower > 0)
    weak = ((negative & positive) | demanding) & (rows.rule != DEFINITION)
    having = sum(bool(weak[block.rows].any()) for block in blocks.blocks)
    return having >= max(2, SEQUENCES * len(blocks.blocks))

"""Independent parts of a model, the small ones bundled."""

from __future__ import annotations

import numpy as np

from scheduler.domain.grouping import Ints
from scheduler.model.linear_model import LinearModel
from scheduler.model.transform import components, slice_of

BUNDLE = 2_000
"""Parts smaller than this many columns are solved together."""


def parts_of(model: LinearModel) -> list[tuple[LinearModel, Ints]]:
    """The parts of a model that share no row, and the columns of each; every part has the model's constant."""
    whole = components(model)
    if len(whole) == 1:
        return [(model, whole[0])]
    bundles: list[list[Ints]] = []
    for columns in whole:
        if bundles and sum(map(len, bundles[-1])) + len(columns) <= BUNDLE:
            bundles[-1].append(columns)
        else:
            bundles.append([columns])
    nothing = np.zeros(model.columns)
    parts = []
    for bundle in bundles:
        free = np.zeros(model.columns, dtype=np.bool_)
        free[np.concatenate(bundle)] = True
        parts.append(slice_of(model, free, nothing))
    return parts

"""The whole matrix at once: level by level to proven optimality, with HiGHS."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from scheduler.domain.entity import LEVELS
from scheduler.engine import highs
from scheduler.engine.result import Solution
from scheduler.engine.stop import Stop
from scheduler.model.levels import Ladder, raised
from scheduler.model.linear_model import Floats, LinearModel
from scheduler.model.matrix import Proof

GAP = 0.999
"""Levels are integral: a gap under one proves the optimum."""

Found = Callable[[Floats], None]


def solve_exact(
    model: LinearModel,
    stop: Stop,
    *,
    start: Floats | None = None,
    seed: int = 0,
    nodes: int | None = None,
    found: Found | None = None,
) -> Solution | None:
    """The optimum by level, as far as the time reaches; None if no solution was found.

    Raises nothing: a model without a solution gives None with ``stop`` not reached.
    """
    ladder = Ladder(model)
    x = start
    bounds = list(model.constant) if not ladder.active else [0.0] * len(LEVELS)
    for level in ladder.active or [0]:
        begin = None if x is None else ladder.complete(x)
        outcome = highs.solve(ladder.objective(level), stop, start=begin, gap=GAP, seed=seed, nodes=nodes)
        if outcome.proof is Proof.INFEASIBLE and x is None:
            return None
        if outcome.x is not None:
            better = rounded(model, outcome.x[: model.columns])
            if x is None or ladder.values(better)[: level + 1] <= ladder.values(x)[: level + 1]:
                x = better
                if found is not None:
                    found(x)
        if x is None:
            return None
        bounds[level] = raised(outcome.bound, model.constant[level])
        ladder.keep(level, ladder.values(x)[level])
        if stop.reached():
            break
    assert x is not None, "there is always a level"
    values = ladder.values(x)
    limit = [min(max(bound, float(model.constant[n])), values[n]) for n, bound in enumerate(bounds)]
    return Solution(x, values, tuple(limit))


def rounded(model: LinearModel, x: Floats) -> Floats:
    """A solution with its assignments exactly 0 or 1; auxiliary columns follow from them."""
    result = np.array(x, dtype=np.float64)
    result[: model.pairs] = np.round(result[: model.pairs])
    result[model.pairs :] = np.round(result[model.pairs :])
    return result

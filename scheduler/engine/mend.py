"""Mending a solution: from one that is nearly good to the best with few changes, and the proof of how few.

Independent parts of the model are mended apart from each other. In each, those who could fill what is missing are
asked first, in a small slice. Then cover, people disturbed and duties changed are settled one after the other. What is
left free between equals is used for the levels below.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np

from scheduler.domain.entity import Level
from scheduler.engine import highs
from scheduler.engine.exact import GAP, rounded
from scheduler.engine.fewest import FewestPart
from scheduler.engine.parts import parts_of
from scheduler.engine.result import Solution
from scheduler.engine.settings import Settings
from scheduler.engine.stop import Stop
from scheduler.model.levels import Ladder
from scheduler.model.linear_model import Floats, LinearModel
from scheduler.model.tighten import by_indicator

SHARE = 0.4
"""Share of the time left for the first slices."""
LEAST = 0.25
"""Share of a stage's time left that a small part may have, too."""
REST = 0.2
"""Share of the time left that is kept for the levels below."""


def legal_part(model: LinearModel, wanted: Floats, worth: Floats, stop: Stop) -> Floats | None:
    """The solution that keeps the most worth of the wanted assignments and adds none; None if none is legal.

    ``wanted`` and ``worth`` are by assignment column; the solution has all columns of the model.
    """
    ladder = Ladder(model)
    upper = ladder.matrix.upper.copy()
    upper[: model.pairs] = np.minimum(upper[: model.pairs], wanted)
    cost = np.zeros(len(ladder.matrix.cost))
    cost[: model.pairs] = -worth * wanted
    outcome = highs.solve(replace(ladder.matrix, cost=cost, upper=upper), stop, gap=GAP)
    return None if outcome.x is None else rounded(outcome.x[: model.columns])


def any_legal(model: LinearModel, stop: Stop) -> Floats | None:
    """A legal solution whatever it costs; None if there is none or no time."""
    ladder = Ladder(model)
    outcome = highs.solve(ladder.weighted(np.zeros(len(model.linear))), stop)
    return None if outcome.x is None else rounded(outcome.x[: model.columns])


def mend(model: LinearModel, start: Floats, stop: Stop, settings: Settings) -> Solution:
    """The best solution near a start.

    The bound of cover holds for all solutions; that of a level below for all that are no worse above.
    """
    model = by_indicator(model, Level.STABILITY, start)
    cut = parts_of(model)
    if len(cut) > 1:
        cut = [(replace(part, constant=np.zeros(len(part.linear))), columns) for part, columns in cut]
    parts = [FewestPart(part, start[columns], settings) for part, columns in cut]
    stages: tuple[tuple[Callable[[FewestPart, Stop], None], float], ...] = (
        (FewestPart.ask, SHARE),
        (FewestPart.settle, 1.0 - REST),
        (FewestPart.finish, 1.0 - REST),
        (FewestPart.polish, 1.0),
    )
    with ThreadPoolExecutor(settings.jobs) as pool:
        for stage, share in stages:
            _run(stage, parts, stop if settings.rounds is not None else stop.part(share), settings, pool)
    x = start.copy()
    for part, (_, columns) in zip(parts, cut):
        x[columns] = part.x
    values = Ladder(model).values(x)
    known = np.array([part.values for part in parts]).sum(axis=0)
    bounds = np.array([part.bounds for part in parts]).sum(axis=0) + values - known
    return Solution(x, values, tuple(float(min(bound, value)) for bound, value in zip(bounds, values)))


def _run(
    stage: Callable[[FewestPart, Stop], None],
    parts: list[FewestPart],
    stop: Stop,
    settings: Settings,
    pool: ThreadPoolExecutor,
) -> None:
    """A stage for every part, the small ones first, each with its share of the time."""
    turn = sorted(parts, key=lambda part: part.model.pairs)
    left = [sum(part.model.pairs for part in turn[n:]) or 1 for n in range(len(turn))]

    def one(n: int) -> None:
        share = min(1.0, max(LEAST, settings.jobs * max(1, turn[n].model.pairs) / left[n]))
        if settings.rounds is not None:
            stage(turn[n], stop)
        elif not stop.reached():
            stage(turn[n], stop.part(share))

    list(pool.map(one, range(len(turn))))

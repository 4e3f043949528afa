"""A first legal roster: what hard rules force, then stretches of days, the scarcest first."""

from __future__ import annotations

import numpy as np

from scheduler.engine import highs
from scheduler.engine.exact import rounded
from scheduler.engine.lns import Search
from scheduler.engine.stop import Stop
from scheduler.model.levels import Ladder
from scheduler.model.linear_model import Floats, LinearModel

STRETCH = 1200
"""Columns of one stretch of days."""


def nobody_if_legal(model: LinearModel) -> Floats | None:
    """The roster with nobody in it; None if hard rules force somebody."""
    rows = model.rows
    legal = ((rows.lower <= 1e-9) & (rows.upper >= -1e-9))[rows.hard].all()
    return np.zeros(model.columns) if legal else None


def forced(model: LinearModel, stop: Stop) -> Floats | None:
    """The first legal roster branch and bound finds; None if there is none, or none was found in time."""
    ladder = Ladder(model)
    outcome = highs.solve(ladder.weighted(np.zeros(len(model.linear))), stop)
    return None if outcome.x is None else rounded(outcome.x[: model.columns])


def construct(search: Search, stop: Stop) -> None:
    """Fill a search's roster stretch by stretch, beginning where there are fewest people for the demand."""
    model = search.model
    day = model.instance.day_of[model.shift]
    for days in _stretches(model, day):
        if stop.reached():
            return
        search.improve(np.isin(day, days), stop)


def _stretches(model: LinearModel, day: np.ndarray[tuple[int], np.dtype[np.int64]]) -> list[list[int]]:
    instance = model.instance
    columns = np.bincount(day, minlength=len(instance.days))
    stretches: list[list[int]] = [[]]
    for number in np.flatnonzero(columns).tolist():
        if stretches[-1] and columns[stretches[-1]].sum() + columns[number] > STRETCH:
            stretches.append([])
        stretches[-1].append(number)
    heads = np.zeros(len(instance.days))
    np.add.at(heads, instance.day_of, [shift.wanted for shift in instance.shifts])
    return sorted(
        (one for one in stretches if one), key=lambda days: -heads[days].sum() / max(1, columns[days].sum())
    )

"""Slices never make a roster worse or illegal, and find what there is to find."""

from __future__ import annotations

import itertools

import numpy as np

from scheduler.engine.columns.block import split
from scheduler.engine.columns.generate import ColumnSearch
from scheduler.engine.columns.slices import Slices
from scheduler.engine.result import Solution
from scheduler.engine.stop import Deadline, Stop
from scheduler.model.linear_model import Floats, LinearModel
from tests.engine.columns.scenes import model_of, plan


def by_columns(part: LinearModel, x: Floats, stop: Stop) -> Solution | None:
    search = ColumnSearch(part, x, rounds=4)
    search.run(stop)
    return search.solution


def world() -> tuple[LinearModel, Slices]:
    model = model_of(plan(2, names="abc", days=10, cover="wish"))
    return model, Slices(model, split(model).linking, np.random.default_rng(0), by_columns)


def test_slices_only_ever_improve_a_legal_roster_until_nobody_is_missed() -> None:
    model, slices = world()
    x = np.zeros(model.columns)
    values = [model.values(x)]
    for _ in range(12):
        better = slices.step(x, Deadline())
        if better is not None:
            x = better
            values.append(model.values(x))
            assert model.allows(x)
    assert len(values) > 1
    assert all(after < before for before, after in itertools.pairwise(values))


def test_what_a_search_does_not_find_leaves_the_roster_as_it_is() -> None:
    model, _ = world()
    slices = Slices(model, split(model).linking, np.random.default_rng(0), lambda part, x, stop: None)
    assert slices.step(np.zeros(model.columns), Deadline()) is None

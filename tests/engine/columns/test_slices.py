"""Slices never make a roster worse or illegal, find what there is to find, and go together when searched at once."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from scheduler.engine.columns import slices as module
from scheduler.engine.columns.block import split
from scheduler.engine.columns.generate import ColumnSearch
from scheduler.engine.columns.slices import Arm, Searcher, Slices
from scheduler.engine.result import Solution
from scheduler.engine.stop import Deadline, Stop
from scheduler.model.linear_model import Floats, LinearModel
from tests.engine.columns.scenes import model_of, plan

LIMITED = {"rule": "max-load", "per": "horizon", "most": 4}


def by_columns(part: LinearModel, x: Floats, seed: int, stop: Stop) -> Solution | None:
    search = ColumnSearch(part, x, seed=seed, rounds=4, sliced=False)
    search.run(stop)
    return search.solution


def world(*more: object, days: int = 10) -> LinearModel:
    return model_of(plan(2, names="abc", days=days, cover="wish", more=more))


def slices_of(model: LinearModel, search: Searcher = by_columns) -> Slices:
    return Slices(model, split(model).linking, np.random.default_rng(0), search, by_clock=False)


def days_of(part: LinearModel) -> set[int]:
    return set(np.unique(part.instance.day_of[part.shift]).tolist())


@pytest.mark.parametrize("at_once", [1, 2])
def test_slices_improve_a_legal_roster_until_nobody_is_missed(at_once: int) -> None:
    model = world()
    slices = slices_of(model)
    x = np.zeros(model.columns)
    values = [model.values(x)]
    for _ in range(12):
        better = min(
            (one for one in slices.step(x, Deadline(), at_once) if model.allows(one)),
            key=model.values,
            default=x,
        )
        if model.values(better) < values[-1]:
            x = better
            values.append(model.values(x))
    assert len(values) > 1
    assert all(after < before for before, after in itertools.pairwise(values))


def test_what_a_search_does_not_find_leaves_the_roster_as_it_is() -> None:
    model = world()
    slices = slices_of(model, lambda part, x, seed, stop: None)
    assert slices.step(np.zeros(model.columns), Deadline()) == []


def test_every_day_has_its_turn_in_one_stretch_before_any_has_a_second(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, value in (("FIRST_SHARE", 0.34), ("SMALLEST", 1.0), ("SHRUNK", 1.0)):
        monkeypatch.setattr(module, name, value)
    searched: list[set[int]] = []

    def search(part: LinearModel, x: Floats, seed: int, stop: Stop) -> None:
        searched.append(days_of(part))

    model = world(days=12)
    slices = slices_of(model, search)
    for _ in range(4):
        slices.step(np.zeros(model.columns), Deadline())
    assert searched[:3] == [set(range(first, first + 4)) for first in (0, 4, 8)]
    assert len(searched) == 4


def test_slices_searched_at_once_have_no_day_in_common_and_divide_the_room_they_share(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "FIRST_SHARE", 0.3)
    model = world(LIMITED, days=12)
    parts: list[LinearModel] = []

    def search(part: LinearModel, x: Floats, seed: int, stop: Stop) -> Solution | None:
        parts.append(part)
        return by_columns(part, x, seed, stop)

    together, *alone = slices_of(model, search).step(np.zeros(model.columns), Deadline(), 2)
    assert days_of(parts[0]).isdisjoint(days_of(parts[1]))
    assert len(alone) == 2
    assert all(model.allows(one) for one in (together, *alone))
    assert model.values(together) < min(model.values(one) for one in alone)
    for part in parts:
        assert part.rows.upper[part.rows.hard & np.isfinite(part.rows.upper)].max() == 2


@pytest.mark.parametrize(
    ("proven", "soon", "size"), [(True, True, 480), (True, False, 400), (False, False, 320)]
)
def test_slices_grow_where_they_are_soon_proven_and_shrink_where_they_are_not(
    proven: bool, soon: bool, size: float
) -> None:
    arm = Arm(1, 400.0)
    values = (0.0, 5.0)
    arm.learn(Solution(np.zeros(1), values, values if proven else (0.0, 4.0)), 9.0, soon=soon)
    assert arm.size == size

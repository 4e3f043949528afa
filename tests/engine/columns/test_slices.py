"""Slices never make a roster worse or illegal, find what there is to find, and go together when searched at once."""

from __future__ import annotations

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
def test_slices_make_a_legal_roster_better_until_it_is_the_best(at_once: int) -> None:
    model = world(LIMITED, days=12)
    slices = slices_of(model)
    x, best = np.zeros(model.columns), by_columns(model, np.zeros(model.columns), 0, Deadline())
    assert best is not None
    assert best.optimal
    for _ in range(40):
        rosters = slices.step(x, Deadline(), at_once)
        assert all(model.allows(one) and model.values(one) < model.values(x) for one in rosters[-at_once:])
        x = min([x, *(one for one in rosters if model.allows(one))], key=model.values)
    assert model.values(x) == pytest.approx(best.values)


@pytest.mark.parametrize("days", [1, 2, 3])
def test_the_shortest_plans_have_slices_too(days: int) -> None:
    model = world(days=days)
    slices = slices_of(model)
    for at_once in (1, 2, 4):
        for one in slices.step(np.zeros(model.columns), Deadline(), at_once)[-1:]:
            assert model.allows(one)


def test_a_slice_that_fails_ends_the_other() -> None:
    model = world(days=12)

    def search(part: LinearModel, x: Floats, seed: int, stop: Stop) -> None:
        if 0 in days_of(part):
            raise RuntimeError("broken")
        while not stop.reached():
            pass

    with pytest.raises(RuntimeError, match="broken"):
        slices_of(model, search).step(np.zeros(model.columns), Deadline(60.0), 2)


def test_what_a_search_does_not_find_leaves_the_roster_as_it_is() -> None:
    model = world()
    slices = slices_of(model, lambda part, x, seed, stop: None)
    assert slices.step(np.zeros(model.columns), Deadline()) == []


def test_every_day_has_its_turn_in_one_stretch_before_any_has_a_second(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, value in (("HALF", 0.34), ("SMALLEST", 1.0), ("SHRUNK", 1.0)):
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


def test_slices_searched_at_once_have_no_day_in_common_and_deal_out_the_room_they_share() -> None:
    model = world({**LIMITED, "most": 3}, days=12)
    parts: list[LinearModel] = []

    def search(part: LinearModel, x: Floats, seed: int, stop: Stop) -> Solution | None:
        parts.append(part)
        return by_columns(part, x, seed, stop)

    together, *alone = slices_of(model, search).step(np.zeros(model.columns), Deadline(), 2)
    assert days_of(parts[0]).isdisjoint(days_of(parts[1]))
    assert len(alone) == 2
    assert all(model.allows(one) for one in (together, *alone))
    assert model.values(together) < min(model.values(one) for one in alone)
    rule = int(parts[0].rows.rule.max())
    limits = [part.rows.upper[part.rows.rule == rule] for part in parts]
    assert {tuple(sorted(pair)) for pair in zip(*limits)} == {(1.0, 2.0)}


@pytest.mark.parametrize(
    ("proven", "soon", "size"), [(True, True, 480), (True, False, 400), (False, False, 320)]
)
def test_slices_grow_where_they_are_soon_proven_and_shrink_where_they_are_not(
    proven: bool, soon: bool, size: float
) -> None:
    arm = Arm(1, 400.0)
    arm.learn(0.1, proven=proven, soon=soon)
    assert arm.size == size


class Racing:
    """A stop whose time runs away at every look at it."""

    def __init__(self) -> None:
        self.seconds = 1_000.0

    def reached(self) -> bool:
        return False

    def left(self) -> float:
        self.seconds *= 0.9
        return self.seconds

    def part(self, share: float) -> Stop:
        return self


def test_with_rounds_the_clock_says_nothing_about_which_slices_are_searched() -> None:
    model = world(days=12)

    def searched_by(stop: Stop) -> list[set[int]]:
        searched: list[set[int]] = []

        def search(part: LinearModel, x: Floats, seed: int, stop: Stop) -> Solution | None:
            searched.append(days_of(part))
            return by_columns(part, x, seed, Deadline())

        slices = slices_of(model, search)
        for _ in range(8):
            slices.step(np.zeros(model.columns), stop)
        return searched

    assert searched_by(Racing()) == searched_by(Deadline())

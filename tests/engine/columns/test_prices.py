"""Prices against breaches counted one by one: sharp ones exactly, soft ones between."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from scheduler.engine.columns.block import split
from scheduler.engine.columns.linking import Linking
from scheduler.engine.columns.prices import LEARNING, Prices
from tests.engine.columns.scenes import model_of, plan


def priced() -> tuple[Linking, Prices]:
    model = model_of(plan(0, names="abc", days=7, cover="wish"))
    linking = Linking(model, split(model))
    return linking, Prices(linking, linking.rows.price)


def all_saved(
    linking: Linking, prices: Prices, activity: float
) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    every = np.arange(len(linking))
    return prices.saved(every, np.full(len(linking), activity), np.ones(len(linking)))


@pytest.mark.parametrize("activity", [0.0, 1.0, 2.0, 5.0])
def test_sharp_prices_pay_the_difference_of_the_breaches(activity: float) -> None:
    linking, prices = priced()
    prices.sharpen()
    now = np.full(len(linking), activity)
    difference = (linking.breach(now) - linking.breach(now + 1)) * linking.rows.price
    assert np.allclose(all_saved(linking, prices, activity), difference)


def test_soft_prices_fall_with_what_is_there_and_never_pay_more_than_a_breach_costs() -> None:
    linking, prices = priced()
    paid = [all_saved(linking, prices, activity) for activity in range(6)]
    assert all((after <= before + 1e-9).all() for before, after in itertools.pairwise(paid))
    assert (np.abs(np.array(paid)) <= linking.rows.price + 1e-9).all()
    assert (paid[0] > paid[1] + 1e-6).any()


@pytest.mark.parametrize(("activity", "sign"), [(0.0, 1), (9.0, -1)])
def test_prices_rise_where_something_is_missing_and_fall_where_there_is_too_much(
    activity: float, sign: int
) -> None:
    linking, prices = priced()
    before = all_saved(linking, prices, 1.0)
    prices.learn(np.full(len(linking), activity))
    change = sign * (all_saved(linking, prices, 1.0) - before)
    assert (change >= -1e-9).all()
    assert (change > 1e-6).any()


def test_one_pass_moves_prices_by_a_part_of_the_breach() -> None:
    linking, prices = priced()
    single = linking.rows.lower == 1
    before = all_saved(linking, prices, 1.0 - LEARNING)
    prices.learn(np.zeros(len(linking)))
    after = all_saved(linking, prices, 1.0)
    assert single.any()
    assert np.allclose(after[single], before[single])
    assert not np.allclose(after[single], all_saved(linking, priced()[1], 1.0)[single])

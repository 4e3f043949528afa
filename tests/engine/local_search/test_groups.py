"""Rows as groups: whole weights, shared activities, price tables, what defines an auxiliary column."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy import sparse

from scheduler.engine.local_search import LocalSearch, Unsuitable, warm
from scheduler.engine.local_search.groups import FAR, groups_of
from scheduler.engine.local_search.state import FORMULA, HIGH, KIND, LEVEL, LOW, OFFSET, TABLE
from scheduler.engine.local_search.tables import tables
from scheduler.engine.local_search.whole import in_whole_numbers
from scheduler.model.build import build
from scheduler.model.linear_model import DEFINITION, Floats, LinearModel, Rows
from tests.builders import world

PEOPLE = ("a", "b", "c", "d")


def model_of(*rows: tuple[list[float], float, float, int, float], auxiliary: int = 0) -> LinearModel:
    """A model of four assignments with rows (weights, lower, upper, level, price); level -1 is a definition."""
    base = build(world(PEOPLE, days=1, shift_types=[{"id": "day", "start": "08:00", "end": "16:00"}]), [])
    assert base.pairs == 4
    width = 4 + auxiliary
    level = np.array([max(0, row[3]) for row in rows], dtype=np.int64)
    rule = np.array([DEFINITION if row[3] < 0 else 0 for row in rows], dtype=np.int64)
    lower, upper, price = (np.array([row[n] for row in rows], dtype=np.float64) for n in (1, 2, 4))
    matrix = sparse.csr_array(np.array([row[0] for row in rows]).reshape(len(rows), width))
    return replace(
        base,
        lower=np.zeros(width),
        upper=np.ones(width),
        linear=np.zeros((len(base.linear), width)),
        rows=Rows(matrix, lower, upper, level, price, rule, np.zeros(len(rows), dtype=np.int64)),
    )


ALL = [1.0, 1.0, 1.0, 1.0]
INF = np.inf


def price_at(model: LinearModel, group: int, activity: int) -> float:
    groups = groups_of(model)
    assert groups.group[group, KIND] == TABLE
    return float(groups.price[groups.group[group, OFFSET] + activity])


def test_rows_over_the_same_columns_share_a_group() -> None:
    model = model_of((ALL, 2, INF, 5, 10), (ALL, -INF, 1, 5, 3), (ALL, -INF, 3, 0, 0))
    groups = groups_of(model)
    assert len(groups.group) == 1
    assert groups.group[0, HIGH] == 3
    assert groups.group[0, LOW] == -FAR
    assert groups.group[0, LEVEL] == 5
    assert [price_at(model, 0, activity) for activity in range(4)] == [20, 10, 3, 6]


def test_rows_of_two_levels_do_not() -> None:
    assert len(groups_of(model_of((ALL, 2, INF, 1, 10), (ALL, -INF, 1, 5, 3))).group) == 2


@pytest.mark.parametrize(("upper", "kept"), [(3, 1), (4, 0)])
def test_a_row_nothing_can_break_is_left_out(upper: float, kept: int) -> None:
    assert len(groups_of(model_of((ALL, -INF, upper, 0, 0))).group) == kept


@pytest.mark.parametrize(("upper", "bound"), [(959, 1), (960, 2), (961, 2), (1439, 2)])
def test_weights_are_divided_by_what_they_have_in_common(upper: float, bound: int) -> None:
    groups = groups_of(model_of(([480.0] * 4, -INF, upper, 0, 0)))
    assert groups.matrix.data.tolist() == [1, 1, 1, 1]
    assert groups.group[0, HIGH] == bound


@pytest.mark.parametrize(("lower", "bound"), [(960, 2), (961, 3)])
def test_lower_bounds_are_rounded_up(lower: float, bound: int) -> None:
    assert groups_of(model_of(([480.0] * 4, lower, INF, 0, 0))).group[0, LOW] == bound


def test_fractions_become_whole() -> None:
    matrix, scale = in_whole_numbers(sparse.csr_array(np.array([[1.5, 0.5, 0.0], [0.1, 0.0, 0.3]])))
    assert matrix.toarray().tolist() == [[3, 1, 0], [1, 0, 3]]
    assert scale == pytest.approx([0.5, 0.1])


@pytest.mark.parametrize("weight", [1 / 3e7, np.pi, 2.0**31])
def test_weights_without_a_measure_are_refused(weight: float) -> None:
    with pytest.raises(Unsuitable):
        in_whole_numbers(sparse.csr_array(np.array([[1.0, weight]])))


def test_wide_rows_are_priced_by_formula() -> None:
    model = model_of(([1.0, 1000.0, 2000.0, 3000.0], 10, 4000, 5, 2))
    groups = groups_of(model)
    assert groups.group[0, KIND] == FORMULA
    at = groups.group[0, OFFSET]
    assert groups.price[at : at + 4].tolist() == [10, 4000, 2, 2]
    search = LocalSearch(model, np.zeros(4))
    search.run(500, (0.0, 0.0))
    assert search.best_values[5] == 0


def test_groups_priced_alike_share_a_table() -> None:
    terms: Floats = np.array([[1.0, INF, 5.0, 5.0], [1.0, INF, 5.0, 5.0], [2.0, INF, 5.0, 5.0]])
    made = tables(np.arange(3), terms, np.ones(3), np.zeros(3, dtype=np.int64), np.array([2, 3, 2]))
    assert made.offset[0] == made.offset[1] != made.offset[2]
    assert made.price[made.offset[0] :][:4].tolist() == [5, 0, 0, 0]
    assert made.price[made.offset[2] :][:3].tolist() == [10, 5, 0]


ANY = ([-1.0, -1.0, 0.0, 0.0, 1.0], -INF, 0.0, -1, 0.0)
BOTH = ([1.0, 1.0, 0.0, 0.0, -1.0], -INF, 1.0, -1, 0.0)


@pytest.mark.parametrize(("row", "served", "value"), [(ANY, 0, 0), (ANY, 1, 1), (BOTH, 1, 0), (BOTH, 2, 1)])
def test_a_definition_says_what_an_auxiliary_column_is(
    row: tuple[list[float], float, float, int, float], served: int, value: int
) -> None:
    search = LocalSearch(model_of(row, auxiliary=1), np.array([1.0] * served + [0.0] * (5 - served)))
    assert search.best[4] == value


def test_an_auxiliary_column_may_be_made_of_others() -> None:
    inner, outer = ([*ANY[0], 0.0], *ANY[1:]), ([0.0, 0.0, -1.0, 0.0, -1.0, 1.0], -INF, 0.0, -1, 0.0)
    model = model_of(inner, outer, auxiliary=2)
    assert LocalSearch(model, np.zeros(6)).best[4:].tolist() == [0, 0]
    assert LocalSearch(model, np.array([0, 1.0, 0, 0, 0, 0])).best[4:].tolist() == [1, 1]
    assert LocalSearch(model, np.array([0, 0, 1.0, 0, 0, 0])).best[4:].tolist() == [0, 1]


def test_an_auxiliary_column_that_nothing_defines_is_refused() -> None:
    with pytest.raises(Unsuitable):
        LocalSearch(model_of(([*ALL, 1.0], -INF, 2, 0, 0), auxiliary=1), np.zeros(5))


def test_a_definition_left_without_its_column_still_binds() -> None:
    groups = groups_of(model_of(([1.0, 1.0, 0.0, 0.0], -INF, 0.0, -1, 0.0)))
    assert groups.group[0, HIGH] == 0


def test_the_kernel_can_be_warmed() -> None:
    warm()
    warm(model_of((ALL, 2, INF, 5, 10)))

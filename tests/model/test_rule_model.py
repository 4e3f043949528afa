"""The words rules write rows with."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from scheduler.model.build import Builder
from scheduler.model.rule_model import RuleModel
from scheduler.model.sums import Sums
from scheduler.rules import Cover, NoOverlap
from tests.builders import world


def words(*people: str, promise: bool, posts: tuple[str, ...] = ("one", "two")) -> tuple[Builder, RuleModel]:
    instance = world(people, days=2, posts=posts)
    rules = [Cover(), *([NoOverlap()] if promise else [])]
    builder = Builder(instance, rules, elastic=False)
    return builder, RuleModel(builder, rules[0], 0)


def determined(builder: Builder, chosen: set[int]) -> np.ndarray:
    """All columns, with the auxiliary ones as their defining rows leave them: lower and upper bound agree."""
    linear = builder.finish()
    x = np.array([float(n in chosen) for n in range(linear.columns)])
    for n in range(linear.pairs, linear.columns):
        held = []
        for value in (0.0, 1.0):
            x[n] = value
            rows = linear.rows.matrix[:, [n]].toarray().ravel() != 0
            held += [value] * bool((linear.rows.matrix @ x <= linear.rows.upper + 1e-9)[rows].all())
        assert len(held) == 1
        x[n] = held[0]
    return x


@pytest.mark.parametrize("promise", [True, False])
def test_presence_is_one_if_any_column_is_set(promise: bool) -> None:
    builder, model = words("a", promise=promise)
    there = model.presence(model.instance.timing_of)
    assert len(there.volunteer) == 8
    assert builder.finish().columns - len(builder.volunteer) == (0 if promise else 8)
    for first, second in product([False, True], repeat=2):
        if promise and first and second:
            continue
        x = determined(builder, {c for c, on in ((0, first), (1, second)) if on})
        counts, columns, weights = there.served.packed()
        assert (x[columns[: counts[0]]] * weights[: counts[0]]).sum() == float(first or second)


def test_presence_leaves_out_shifts_of_no_unit_and_strangers() -> None:
    _, model = words("a", "b", promise=True, posts=("one",))
    unit = np.where(model.instance.day_of == 0, -1, 0)
    there = model.presence(unit, np.array([1]))
    assert (there.volunteer.tolist(), there.unit.tolist()) == ([1], [0])


def test_presence_shares_its_columns_with_serves() -> None:
    builder, model = words("a", promise=False)
    model.presence(model.instance.timing_of)
    before = builder.finish().columns
    model.serves(model.instance.volunteers[0], model.instance.shifts_at[0])
    assert builder.finish().columns == before


def test_any_in_tells_sums_of_two_columns_from_two_sums() -> None:
    builder, model = words("a", promise=True)
    apart = Sums.of(np.array([0, 1]), np.array([0, 1]), 2)
    together = Sums.of(np.array([0, 0, 1]), np.array([0, 1, 2]), 2)
    for parts in (apart, together):
        model.any_in(parts, np.array([0, 0]), 1)
    assert builder.finish().columns - len(builder.volunteer) == 2
    for chosen in ({0}, {1}, {2}, set[int]()):
        x = determined(builder, chosen)
        assert x[len(builder.volunteer)] == float(bool(chosen & {0, 1}))
        assert x[len(builder.volunteer) + 1] == float(bool(chosen))


def test_at_most_each_writes_only_what_can_be_broken() -> None:
    builder, model = words("a", promise=True)
    sums = Sums.of(np.array([0, 0, 1]), np.array([0, 1, 2]), 3)
    model.at_most_each(np.array([1.0, 1.0, -1.0]), sums, price=2.0, subjects=np.array([7, 8, 9]))
    rows = builder.rows.rows(len(builder.volunteer))
    assert rows.subject.tolist() == [7, 9]
    assert rows.price.tolist() == [2.0, 2.0]


def test_columns_of_members_are_only_theirs() -> None:
    builder, model = words("a", "b", "c", promise=True)
    columns, shifts = model.columns_of_members(np.array([0, 2]))
    assert sorted(set(builder.volunteer[columns].tolist())) == [0, 2]
    assert len(columns) == len(shifts) == 2 * len(model.instance.shifts)
    assert not len(model.columns_of_members(np.array([], dtype=np.int64))[0])

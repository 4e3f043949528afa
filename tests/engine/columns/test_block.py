"""A model cut by volunteer: what is personal, what links, and what cuts away nothing."""

from __future__ import annotations

import random

import numpy as np
import pytest

from scheduler.engine.columns.block import split
from scheduler.engine.columns.personal import Personal
from scheduler.model.build import build
from scheduler.model.levels import Ladder
from scheduler.model.linear_model import DEFINITION
from scheduler.rules.coverage.cover import Cover
from scheduler.rules.eligibility.availability import Availability
from scheduler.rules.teamwork.together import Together
from scheduler.rules.workload.max_load import MaxLoad
from scheduler.rules.workload.one_per_day import OnePerDay
from scheduler.rules.workload.weekends import Weekends
from tests.builders import world
from tests.engine.columns.worlds import small_world, some_rules


def test_rows_of_one_volunteer_are_personal_and_cover_links() -> None:
    instance = world(["anna", "bo"], days=2)
    model = build(instance, [Cover(), OnePerDay(), MaxLoad(per="horizon", most=1)])
    blocks = split(model)
    assert [block.volunteer for block in blocks.blocks] == [0, 1]
    assert set(model.rows.rule[blocks.linking].tolist()) == {0}
    for block in blocks.blocks:
        assert set(model.rows.rule[block.rows].tolist()) == {1, 2}
        assert set(model.volunteer[block.columns].tolist()) == {block.volunteer}
    assert not len(blocks.common)


def test_who_has_no_column_has_no_block() -> None:
    nobody = {"id": "anna", "availability": {"only": [{"dates": ["2024-01-01"]}]}}
    blocks = split(build(world([nobody, "bo"], days=1), [Cover(), Availability()]))
    assert [block.volunteer for block in blocks.blocks] == [1]


def test_a_weekend_served_is_a_personal_column() -> None:
    model = build(world(["anna", "bo"], days=14), [OnePerDay(), Weekends(most=1)])
    blocks = split(model)
    assert not len(blocks.common)
    for number, block in enumerate(blocks.blocks):
        extra = block.columns[block.columns >= model.pairs]
        assert len(extra) == 2
        assert (blocks.block_of[extra] == number).all()
        assert (model.rows.rule[block.rows] == DEFINITION).any()


def test_what_several_volunteers_decide_stays_common() -> None:
    teams = [{"id": "pair", "kind": "household"}]
    people = [{"id": name, "teams": ["pair"]} for name in ("anna", "bo")]
    instance = world([*people, "cleo"], days=2, teams=teams, posts=["gate", "hall"])
    model = build(instance, [Together(), OnePerDay(), Weekends(most=1)])
    blocks = split(model)
    for row in blocks.linking:
        columns = model.rows.matrix[[row]].indices
        owners = set(blocks.block_of[columns].tolist())
        assert len(owners) > 1 or owners == {-1}


@pytest.mark.parametrize("seed", range(10))
def test_blocks_and_linking_rows_are_a_partition(seed: int) -> None:
    rng = random.Random(seed)
    instance = small_world(rng, days=8)
    model = build(instance, [Cover(), *some_rules(rng, instance)])
    blocks = split(model)
    rows = np.concatenate([blocks.linking, *(block.rows for block in blocks.blocks)])
    columns = np.concatenate([blocks.common, *(block.columns for block in blocks.blocks)])
    assert sorted(rows.tolist()) == list(range(len(model.rows)))
    assert sorted(columns.tolist()) == list(range(model.columns))
    for block in blocks.blocks:
        touched = model.rows.matrix[block.rows].indices
        assert set(touched.tolist()) <= set(block.columns.tolist())
        assert (np.diff(block.columns) > 0).all()


@pytest.mark.parametrize("seed", range(10))
def test_completed_rosters_cost_what_the_whole_matrix_says(seed: int) -> None:
    rng = random.Random(seed)
    instance = small_world(rng, days=8)
    model = build(instance, some_rules(rng, instance))
    blocks = split(model)
    x, total = np.zeros(model.columns), model.constant.copy()
    for block in blocks.blocks:
        personal = Personal(model, block)
        mine = block.columns[block.columns < model.pairs]
        roster = personal.complete(mine[[rng.random() < 0.3 for _ in mine]])
        x[roster] = 1.0
        total += personal.cost(roster)
        rows = model.rows.take(block.rows)
        breach = np.maximum(rows.lower - rows.matrix @ x, rows.matrix @ x - rows.upper)
        assert personal.legal(roster) == bool((breach[rows.hard] <= 1e-9).all())
    assert not len(blocks.common)
    bare = model.rows.take(blocks.linking)
    total += np.bincount(bare.level, np.maximum(0, bare.lower) * bare.price, minlength=len(total))
    assert Ladder(model).values(x)[1:] == pytest.approx(total[1:])

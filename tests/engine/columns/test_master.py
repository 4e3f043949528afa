"""The master's relaxation and Lagrangian bound against the relaxation over every legal personal roster."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from scipy import sparse

from scheduler.domain.grouping import Ints
from scheduler.engine.columns.alone import Alone
from scheduler.engine.columns.block import split
from scheduler.engine.columns.cells import Cells
from scheduler.engine.columns.core import Core
from scheduler.engine.columns.dive import Dive, Manner
from scheduler.engine.columns.generation import cheapest, generate, purged
from scheduler.engine.columns.master import Master, Relaxation
from scheduler.engine.columns.pricing import Pricing
from scheduler.engine.columns.scope import Goal, Scope
from scheduler.engine.columns.start import Sweeps
from scheduler.engine.highs import LinearProgram
from scheduler.engine.stop import Deadline
from scheduler.model.matrix import Matrix
from scheduler.model.transform import dual_bound
from scheduler.model.transform import relaxed as relaxed_matrix
from tests.engine.columns.scenes import model_of, plan

COVER, WISH = 1, 5


def core_of(seed: int = 0, bargains: int = 30, **world: Any) -> Core:
    model = model_of(plan(seed, **world))
    blocks = split(model)
    core = Core(model, blocks, Pricing(model, blocks), None)
    assert Sweeps(core, Alone(core), np.random.default_rng(0)).build(Deadline(), bargains)
    return core


def every_roster(core: Core) -> Ints:
    """All legal personal rosters, put into the pool."""
    numbers = []
    for number, block in enumerate(core.blocks.blocks):
        mine = block.columns[block.columns < core.model.pairs]
        for size in range(len(mine) + 1):
            for some in itertools.combinations(mine.tolist(), size):
                roster = core.pricing.complete(number, np.array(some, dtype=np.int64))
                if core.pricing.legal(number, roster):
                    numbers += core.pool.add(number, [roster])
    return np.unique(np.array(numbers, dtype=np.int64))


def root(core: Core, level: int) -> Master:
    scope = Scope.everything(core.model, core.blocks)
    return Master(core.linking, core.pool, Goal.of(level, core.values), scope, 1000.0)


def relaxed(master: Master, numbers: Ints) -> Relaxation:
    found = master.relaxed(numbers, Deadline())
    assert found is not None
    return found


@pytest.mark.parametrize("level", [COVER, WISH])
@pytest.mark.parametrize("seed", range(3))
def test_generated_rosters_reach_the_relaxation_over_all_of_them(seed: int, level: int) -> None:
    core = core_of(seed, names="abc", days=4)
    master = root(core, level)
    begin = np.arange(len(core.pool), dtype=np.int64)
    found = generate(core, master, begin, Deadline(), rounds=100)
    assert found is not None
    whole = relaxed(master, every_roster(core)).objective
    assert found.bound <= whole + 1e-4
    if core.promising(level, found.bound):
        assert core.linking.raised(level, found.bound) == core.linking.raised(level, whole)


@pytest.mark.parametrize("cover", ["cover", "hard"])
def test_any_duals_give_a_bound_on_every_choice_of_rosters(cover: str) -> None:
    core = core_of(1, names="ab", days=2, cover=cover)
    level = COVER if cover == "cover" else WISH
    numbers = every_roster(core)
    by_block = [numbers[core.pool.block[numbers] == n] for n in range(2)]
    master, scope = root(core, level), Scope.everything(core.model, core.blocks)
    costs = [core.judge(np.array(choice)) for choice in itertools.product(*by_block)]
    best = min(values[level] for values in costs if values[0] == 0)
    rng = np.random.default_rng(3)
    for _ in range(5):
        few = np.concatenate([rng.choice(one, 4, replace=False) for one in by_block])
        now = relaxed(master, few)
        offers = core.pricing.price(
            now.weights,
            core.linking.reward(now.dual),
            cutoff=np.full(2, np.inf),
            lower=scope.lower,
            upper=scope.upper,
            which=scope.blocks,
            stop=Deadline(),
        )
        assert master.bound(now, sum(offer.bound for offer in offers)) <= best + 1e-6


def test_a_kept_level_is_not_exceeded() -> None:
    core = core_of(2, names="abc", days=3)
    everything = every_roster(core)
    best = root(core, COVER).whole(everything, None, Deadline(), nodes=1000, checks=10_000)
    assert best.numbers is not None
    core.offer(best.numbers, "test")
    lower = root(core, WISH).whole(everything, core.numbers, Deadline(), nodes=1000, checks=10_000)
    assert best.closed
    assert lower.closed
    assert lower.numbers is not None
    assert core.judge(lower.numbers)[COVER] == core.judge(best.numbers)[COVER]
    assert core.judge(lower.numbers) <= core.judge(best.numbers)


def test_a_purge_keeps_what_is_used_and_the_best_of_each_block() -> None:
    core = core_of(0, names="abc", days=4)
    now = relaxed(root(core, COVER), every_roster(core))
    kept = purged(core, now, 5)
    assert set(now.numbers[now.share > 1e-6].tolist()) <= set(kept.tolist())
    assert core.numbers is not None
    assert set(core.numbers.tolist()) & set(now.numbers.tolist()) <= set(kept.tolist())
    few = cheapest(core, now, now.numbers, 5)
    assert (np.bincount(core.pool.block[few]) == 5).all()


def test_the_pool_knows_rosters_again_and_what_fixings_allow() -> None:
    core = core_of(0, names="ab", days=2)
    numbers = every_roster(core)
    count = len(core.pool)
    assert len(every_roster(core)) == len(numbers)
    assert len(core.pool) == count
    scope = Scope.everything(core.model, core.blocks)
    lower, upper = scope.lower.copy(), scope.upper.copy()
    lower[0], upper[2] = True, False
    allowed = core.pool.allowed(lower, upper)
    for number in range(count):
        columns = core.pool.columns(number).tolist()
        wanted = core.pool.block[number] != core.blocks.block_of[0] or 0 in columns
        assert allowed[number] == (wanted and 2 not in columns)


def test_a_dive_finds_rosters_and_leaves_the_pool_sound() -> None:
    core = core_of(4, bargains=0, names="abcde", days=7, cover="wish")
    master = root(core, WISH)
    begin = np.arange(len(core.pool), dtype=np.int64)
    found = generate(core, master, begin, Deadline(), rounds=100)
    assert found is not None
    before = core.values
    cells = Cells(core.model, core.blocks)
    Dive(core, cells, master, Manner(), np.random.default_rng(0)).run(found, Deadline())
    assert core.values < before
    assert core.values[WISH] >= core.linking.raised(WISH, found.bound)


def test_cells_hold_a_roster_outside_a_window() -> None:
    core = core_of(0, names="ab", days=3)
    cells = Cells(core.model, core.blocks)
    scope = Scope.everything(core.model, core.blocks)
    closed = cells.day > 0
    roster = np.array([0, len(cells.of) - 1])
    lower, upper = cells.held(closed, roster, scope.lower, scope.upper)
    free = cells.day[cells.of] == 0
    pairs = np.arange(len(cells.of))
    assert not lower[pairs[free]].any()
    assert upper[pairs[free]].all()
    held = np.isin(pairs, roster) & ~free
    assert (lower[pairs] == held).all()
    assert (upper[pairs] == (held | free)).all()


def knapsacks() -> Matrix:
    rng = np.random.default_rng(0)
    rows = sparse.csr_array(rng.integers(1, 30, (20, 60)).astype(float))
    cost = -rng.integers(5, 30, 60).astype(float)
    return Matrix(
        cost,
        rows,
        row_lower=np.full(20, -np.inf),
        row_upper=np.full(20, 200.0),
        lower=np.zeros(60),
        upper=np.ones(60),
        integer=np.ones(60, dtype=np.bool_),
    )


def test_a_linear_programme_gives_the_duals_that_prove_its_optimum() -> None:
    matrix = knapsacks()
    found = LinearProgram(matrix).solve(Deadline())
    assert found is not None
    assert dual_bound(relaxed_matrix(matrix), found.dual) == pytest.approx(found.objective, abs=1e-3)
    impossible = replace(matrix, row_lower=np.full(20, 201.0))
    assert LinearProgram(impossible).solve(Deadline()) is None


def test_branching_ends_after_so_many_checks_the_same_every_time() -> None:
    few, again, more = (
        LinearProgram(knapsacks()).branch(Deadline(), start=None, gap=0.9, nodes=50, checks=checks)
        for checks in (20, 20, 60)
    )
    assert (few.work, few.objective) == (again.work, again.objective)
    assert few.work < more.work
    assert few.objective >= more.objective

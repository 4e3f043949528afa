"""A bargain keeps every roster legal, adds up rightly and finds what the others leave open."""

from __future__ import annotations

import numpy as np
import pytest

from scheduler.engine.columns.alone import Alone
from scheduler.engine.columns.bargain import Bargain
from scheduler.engine.columns.block import split
from scheduler.engine.columns.core import Core
from scheduler.engine.columns.pricing import Pricing
from scheduler.engine.columns.start import Sweeps
from scheduler.engine.result import Values
from scheduler.engine.stop import Deadline
from tests.engine.columns.scenes import model_of, plan


def nobody_serves(seed: int, *, days: int = 8, threads: int = 1) -> tuple[Core, Alone]:
    """A core whose best rosters are empty."""
    model = model_of(plan(seed, names="abcd", days=days, cover="wish"))
    blocks = split(model)
    core = Core(model, blocks, Pricing(model, blocks, threads=threads), None)
    nothing = np.zeros(0, dtype=np.int64)
    numbers = [core.pool.add(number, [nothing])[0] for number in range(len(blocks.blocks))]
    core.offer(np.array(numbers), "nobody")
    return core, Alone(core)


def bargained(seed: int, *, threads: int = 1, passes: int = 8) -> tuple[Core, Values]:
    core, alone = nobody_serves(seed, threads=threads)
    before = core.values
    Bargain(core, alone, np.random.default_rng(seed), threads).run(Deadline(), passes=passes)
    return core, before


@pytest.mark.parametrize("threads", [1, 2, 3])
@pytest.mark.parametrize("seed", range(3))
def test_a_bargain_finds_better_rosters_that_are_all_legal(seed: int, threads: int) -> None:
    core, before = bargained(seed, threads=threads)
    assert core.values < before
    assert core.solution is not None
    assert core.model.allows(core.solution.x)
    assert core.model.values(core.solution.x) == pytest.approx(core.values)


def test_the_same_seed_and_passes_come_to_the_same_rosters() -> None:
    one, other = bargained(1)[0].solution, bargained(1)[0].solution
    assert one is not None
    assert other is not None
    assert np.array_equal(one.x, other.x)


def test_no_time_changes_nothing() -> None:
    core, alone = nobody_serves(0)
    before = core.values
    Bargain(core, alone, np.random.default_rng(0), 2).run(Deadline(0.0), passes=5)
    assert core.values == before


def test_sweeps_after_a_bargain_end_where_nobody_alone_can_do_better() -> None:
    core, _ = bargained(2)
    alone = Alone(core)
    sweeps = Sweeps(core, alone, np.random.default_rng(0))
    sweeps.improve(Deadline(), 50)
    assert core.numbers is not None
    activity = alone.activity(core.numbers)
    for block, mine in enumerate(core.numbers.tolist()):
        reward = alone.reward(block, activity - alone.added(mine))
        cost = alone.cost(block, mine, reward)
        found = alone.best(block, reward, Deadline(), cutoff=cost - 1e-3, slack=0.0)
        assert found is None, "a better roster was left"
    assert not sweeps.improve(Deadline(), 5)

"""Column generation: solve the master, let pricing find rosters that its duals pay for, until there are none."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from scheduler.domain.grouping import Ints
from scheduler.engine.columns.core import Core
from scheduler.engine.columns.master import Master, Relaxation
from scheduler.engine.stop import Stop
from scheduler.model.linear_model import Floats

KEPT, LEAST, EVERY = 12, 4, 10
"""How many rosters a block a purge keeps, and at least, if there are; and in how many rounds there is one."""
DEARER = 10.0
"""How much more broken hard rows cost where the relaxation prefers to break them."""
BETWEEN = (0.5, 0.8)
"""Where between the relaxation's duals (0) and the best so far (1) is priced as well."""
PATIENCE = 3
"""Rounds without a new roster after which there is none: pricing may have a bound first and a roster later."""
SMALL = 1e-6
"""A share of a roster below this is none."""


@dataclass(frozen=True, slots=True, eq=False)
class Generated:
    """How column generation ended: the last relaxation, the best bound on the goal, and whether nothing was left.

    ``centre`` has the duals and weights of that bound.
    """

    relaxation: Relaxation
    bound: float
    settled: bool
    centre: Relaxation


def generate(
    core: Core,
    master: Master,
    numbers: Ints,
    stop: Stop,
    *,
    rounds: int,
    many: int = 2,
    tolerance: float = 2e-5,
    told: bool = False,
    centre: Relaxation | None = None,
    between: tuple[float, ...] = BETWEEN,
) -> Generated | None:
    """Rounds of column generation from the rosters ``numbers``; None without time for the first relaxation.

    Ends when no roster pays, when relaxation and bound are within ``tolerance`` (relative) or round up to the same
    value, or when the bound says that the scope holds nothing better than the best roster (also at the root
    if ``told``: there each bound is made known). ``centre`` has good duals to begin with;
    ``between``: where else between the relaxation's duals and the best ones pricing looks.
    """
    level = master.goal.level
    done: Generated | None = None
    bound, stalled = -np.inf, 0
    for number in range(rounds):
        relaxation = master.relaxed(numbers, stop)
        if relaxation is None:
            break
        fresh, centre, bound = _looked(core, master, relaxation, (centre, bound), between, many, stop)
        if told:
            core.bounded(level, bound, "columns")
        fresh = np.setdiff1d(fresh, numbers)
        stalled = 0 if len(fresh) else stalled + 1
        met = _met(core, level, relaxation, bound, tolerance)
        done = Generated(relaxation, bound, met or stalled > PATIENCE, centre)
        if done.settled or stop.reached() or not core.promising(level, bound):
            break
        if stalled and relaxation.broken:
            master.penalty *= DEARER
        if number % EVERY == EVERY - 1:
            numbers = purged(core, relaxation, KEPT)
        numbers = np.union1d(numbers, fresh)
    return done


def _looked(
    core: Core,
    master: Master,
    relaxation: Relaxation,
    best: tuple[Relaxation | None, float],
    shares: tuple[float, ...],
    many: int,
    stop: Stop,
) -> tuple[Ints, Relaxation, float]:
    """Rosters that pay under the relaxation's duals or between them and the best; the duals now best, their bound."""
    fresh, cheapest = _priced(core, master, relaxation, many, stop)
    centre, bound = relaxation, master.bound(relaxation, cheapest)
    last, reached = best
    if last is None:
        return fresh, centre, bound
    if reached > bound:
        centre, bound = last, reached
    for share in shares:
        halfway = _between(relaxation, last, share)
        more, cheapest = _priced(core, master, halfway, 1, stop, np.inf)
        fresh = np.union1d(fresh, more)
        reached = master.bound(halfway, cheapest)
        if reached > bound:
            centre, bound = halfway, reached
    return fresh, centre, bound


def enrich(core: Core, master: Master, found: Generated, stop: Stop, *, many: int) -> None:
    """Add rosters to the pool that pay little too little: by no more than what the scope may still gain."""
    gain = float(master.goal.weights @ np.array(core.values)) - found.bound
    if np.isfinite(gain) and gain > 0:
        _priced(core, master, found.relaxation, many, stop, gain)


def _priced(
    core: Core, master: Master, relaxation: Relaxation, many: int, stop: Stop, room: float = 0.0
) -> tuple[Ints, float]:
    """Rosters that pay, or fail to by less than ``room``; and the sum of the least reduced costs of all blocks."""
    scope, weights = master.scope, relaxation.weights
    reward = core.linking.reward(relaxation.dual)
    convex = np.where(np.isfinite(relaxation.convex), relaxation.convex, 0.0)
    cutoff = convex + room - 1e-7 * (1.0 + np.abs(convex))
    offers = core.pricing.price(
        weights,
        reward,
        cutoff=cutoff,
        lower=scope.lower,
        upper=scope.upper,
        which=scope.blocks,
        many=many,
        stop=stop,
    )
    fresh: list[int] = []
    cheapest = 0.0
    for block, offer in zip(scope.blocks.tolist(), offers):
        fresh += core.pool.add(block, offer.rosters)
        cheapest += min(offer.bound, float(cutoff[block])) if not offer.rosters else offer.bound
    return np.unique(np.array(fresh, dtype=np.int64)), cheapest


def _between(one: Relaxation, other: Relaxation, share: float) -> Relaxation:
    """A relaxation with duals between two, which are as valid (Wentges 1997)."""
    return replace(
        one,
        dual=share * other.dual + (1 - share) * one.dual,
        weights=share * other.weights + (1 - share) * one.weights,
    )


def _met(core: Core, level: int, relaxation: Relaxation, bound: float, tolerance: float) -> bool:
    if relaxation.broken or not np.isfinite(bound):
        return False
    objective = relaxation.objective
    if core.linking.step[level] and core.linking.raised(level, bound) >= core.linking.raised(
        level, objective
    ):
        return True
    return objective - bound <= tolerance * (1.0 + abs(objective))


def reduced_costs(core: Core, relaxation: Relaxation, numbers: Ints) -> Floats:
    """What each roster costs beyond what its block must pay under the relaxation's duals."""
    pool = core.pool
    paid = pool.matrix[:, numbers].T @ relaxation.dual
    return np.asarray(pool.cost[numbers] @ relaxation.weights - paid - relaxation.convex[pool.block[numbers]])


def purged(core: Core, relaxation: Relaxation, kept: int) -> Ints:
    """The rosters of a relaxation without those that cost most: those in use stay, and ``kept`` of each block."""
    numbers = relaxation.numbers
    best = cheapest(core, relaxation, numbers, max(kept, LEAST))
    used = numbers[relaxation.share > SMALL]
    mine = numbers[np.isin(numbers, core.numbers)] if core.numbers is not None else numbers[:0]
    return np.unique(np.concatenate((best, used, mine)))


def cheapest(core: Core, relaxation: Relaxation, numbers: Ints, kept: int) -> Ints:
    """Up to ``kept`` rosters of each block, those of least reduced cost."""
    block = core.pool.block[numbers]
    order = np.lexsort((reduced_costs(core, relaxation, numbers), block))
    sorted_block = block[order]
    first = np.searchsorted(sorted_block, sorted_block)
    return numbers[order[np.arange(len(order)) - first < kept]]

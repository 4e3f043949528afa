"""Shifts of one volunteer that exclude each other: cliques where it must hold, pairs where it is priced."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from scheduler.domain.clashes import Clashes
from scheduler.domain.grouping import Bools, Ints
from scheduler.model.linear_model import Floats
from scheduler.model.sums import Sums

if TYPE_CHECKING:
    from scheduler.model.build import Builder
    from scheduler.model.rule_model import RuleModel


def post_clashes(model: RuleModel, builder: Builder, clashes: Clashes) -> None:
    """Write the clashes for every volunteer of the rule."""
    if not clashes.count:
        return
    if model.hard:
        _post_cliques(model, builder, clashes)
        return
    if builder.one_at_a_time.any():
        _post_blocks(model, builder, clashes)
    if not builder.one_at_a_time.all():
        _post_pairs(model, builder, clashes)


def _post_cliques(model: RuleModel, builder: Builder, clashes: Clashes) -> None:
    """One row for each clique and volunteer who can serve on its head."""
    cliques = [np.array(sorted(clique.nodes), dtype=np.int64) for clique in clashes.cliques]
    heads = [np.array(sorted(clique.head), dtype=np.int64) for clique in clashes.cliques]
    bound = _needed(model, clashes, heads)
    bound[np.ix_(builder.one_a_day, _within_a_day(builder, clashes, cliques))] = np.inf
    model.at_most_in(clashes.groups(cliques), bound, distinct=True)


def _post_blocks(model: RuleModel, builder: Builder, clashes: Clashes) -> None:
    """For who serves on one shift at a time: the clashes of two timings are products of two 0-1 sums."""
    apart = [block for block in clashes.blocks if not np.array_equal(block.earlier, block.later)]
    both = [np.concatenate((block.earlier, block.later)) for block in apart]
    bound = np.fmax(
        _needed(model, clashes, [block.earlier for block in apart]),
        _needed(model, clashes, [block.later for block in apart]),
    )
    bound[~builder.one_at_a_time] = np.inf
    bound[np.ix_(builder.one_a_day, _within_a_day(builder, clashes, both))] = np.inf
    model.at_most_in(clashes.groups(both), bound)


def _post_pairs(model: RuleModel, builder: Builder, clashes: Clashes) -> None:
    """For all others: a row for every pair of columns."""
    columns, volunteer, shift = model.pairs
    clash = _matrix(clashes)
    first, second, who = [], [], []
    for v in np.flatnonzero(~builder.one_at_a_time):
        a, b = np.searchsorted(volunteer, [v, v + 1])
        nodes = clashes.node[shift[a:b]]
        one, other = sparse.triu(clash[nodes][:, nodes], 1).nonzero()
        first.append(columns[a:b][one])
        second.append(columns[a:b][other])
        who.append(np.full(len(one), v, dtype=np.int64))
    subjects = np.concatenate(who)
    row = np.arange(len(subjects), dtype=np.int64)
    sums = Sums.of(np.tile(row, 2), np.concatenate((*first, *second)), len(row))
    model.at_most_each(1.0, sums, subjects=subjects)


def _matrix(clashes: Clashes) -> sparse.csr_array:
    earlier = [np.repeat(block.earlier, len(block.later)) for block in clashes.blocks]
    later = [np.tile(block.later, len(block.earlier)) for block in clashes.blocks]
    rows, columns = np.concatenate((*earlier, *later)), np.concatenate((*later, *earlier))
    shape = (clashes.count, clashes.count)
    return sparse.csr_array((np.ones(len(rows), dtype=np.bool_), (rows, columns)), shape=shape)


def _needed(model: RuleModel, clashes: Clashes, sets: list[Ints]) -> Floats:
    """Bounds by volunteer and set of nodes: one where the volunteer can serve in the set, else none."""
    _, volunteer, shift = model.pairs
    able = np.zeros((len(model.instance.volunteers), clashes.count), dtype=np.bool_)
    able[volunteer, clashes.node[shift]] = True
    where = np.concatenate([np.zeros(0, dtype=np.int64), *sets])
    group = np.repeat(np.arange(len(sets)), [len(one) for one in sets])
    within = sparse.csr_array((np.ones(len(where)), (where, group)), shape=(clashes.count, len(sets)))
    reached = (sparse.csr_array(able, dtype=np.float64) @ within).toarray()
    return np.where(reached > 0, 1.0, np.inf)


def _within_a_day(builder: Builder, clashes: Clashes, sets: list[Ints]) -> Bools:
    """Which sets of nodes lie in one duty day."""
    day = np.zeros(clashes.count, dtype=np.int64)
    day[clashes.node] = builder.instance.day_of
    return np.array([bool((day[one] == day[one[0]]).all()) for one in sets], dtype=np.bool_)

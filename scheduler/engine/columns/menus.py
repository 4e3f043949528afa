"""Menus: what a volunteer may choose on each day, and which columns are the same to every personal row."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from scipy import sparse

from scheduler.domain.grouping import Bools, Ints
from scheduler.engine.columns.sided import Sided, UnfitError

MOST_CHOICES = 4000
"""A day with more ways to serve than this is left to another engine."""
FEW_EXTRAS = 2
"""Auxiliary columns that end on a day of one shift at most, up to which all combinations are tried."""


@dataclass(frozen=True, eq=False)
class Menus:
    """Choices by stage (a day with columns), each a set of column types of which one member each is 1.

    ``member_ptr``/``members``: the columns of each type; ``choice_ptr``/``choice_types``: the types of each
    choice; ``stage_ptr``: the choices of each stage. Members of a type have the same weights in all rows.
    """

    stage_ptr: Ints
    choice_ptr: Ints
    choice_types: Ints
    member_ptr: Ints
    members: Ints

    @property
    def stages(self) -> int:
        """How many stages there are."""
        return len(self.stage_ptr) - 1

    def possible(self, columns: int) -> Bools:
        """Which columns some choice can turn to 1."""
        found = np.zeros(columns, dtype=np.bool_)
        for kind in np.unique(self.choice_types):
            found[self.members[self.member_ptr[kind] : self.member_ptr[kind + 1]]] = True
        return found


def menus(rows: Sided, stage: Ints, banned: Bools, pairs: int) -> Menus:
    """All choices that the rows of single days allow; ``stage`` is by column, the first ``pairs`` are assignments."""
    apart = np.zeros(int(stage.max()) + 1, dtype=np.bool_)
    found = _menus(rows, stage, banned, pairs, apart)
    if isinstance(found, Menus):
        return found
    apart[found] = True
    again = _menus(rows, stage, banned, pairs, apart)
    assert isinstance(again, Menus), "a column alone in its type has no mate to be chosen with"
    return again


def _menus(rows: Sided, stage: Ints, banned: Bools, pairs: int, apart: Bools) -> Menus | list[int]:
    """The menus with every column its own type on stages set ``apart``; or stages where that must be done."""
    by_column = rows.matrix.tocsc()
    member_ptr, members = _types(rows, stage, banned, pairs, apart)
    first_member, size = members[member_ptr[:-1]], np.diff(member_ptr)
    cuts = np.searchsorted(stage[first_member], np.arange(len(apart) + 1))
    single = _single_stages(rows, stage, banned, pairs, len(apart))
    sizes: list[Ints] = []
    kinds: list[Ints] = []
    mated: list[int] = []
    for t, (a, b) in enumerate(pairwise(cuts.tolist())):
        extra = int((first_member[a:b] >= pairs).sum())
        chosen: Bools | None
        if single[t] and extra <= FEW_EXTRAS:
            chosen = _one_and_extras(b - a - extra, extra)
        else:
            chosen = _combinations(rows, by_column, first_member[a:b], size[a:b])
        if chosen is None:
            mated.append(t)
        else:
            sizes.append(chosen.sum(axis=1).astype(np.int64))
            kinds.append(np.nonzero(chosen)[1].astype(np.int64) + a)
    if mated:
        return mated
    counts = np.array([len(one) for one in sizes])
    return Menus(_ptr(counts), _ptr(np.concatenate(sizes)), np.concatenate(kinds), member_ptr, members)


def _ptr(counts: Ints) -> Ints:
    return np.concatenate(([0], np.cumsum(counts))).astype(np.int64)


def _types(rows: Sided, stage: Ints, banned: Bools, pairs: int, apart: Bools) -> tuple[Ints, Ints]:
    """Ptr and columns of the members of each type, by stage; auxiliary columns come last, alone."""
    salt = np.random.default_rng(0).integers(1, 2**62, len(rows.bound), dtype=np.int64)
    mixed = np.asarray(rows.matrix.T @ salt)
    free = np.flatnonzero(~banned)
    alone = np.where((free < pairs) & ~apart[stage[free]], -1, free)
    order = np.lexsort((free, mixed[free], alone, stage[free]))
    columns = free[order]
    key = np.stack((stage[columns], alone[order], mixed[columns]))
    start = np.flatnonzero(np.append(True, (key[:, 1:] != key[:, :-1]).any(axis=0))[: len(columns)])
    return np.append(start, len(columns)).astype(np.int64), columns.astype(np.int64)


def _single_stages(rows: Sided, stage: Ints, banned: Bools, pairs: int, stages: int) -> Bools:
    """On which stages a hard row of that stage alone lets at most one assignment be 1."""
    matrix = rows.matrix
    counts = np.diff(matrix.indptr)
    some = np.flatnonzero(counts)
    at = stage[matrix.indices]
    early, late = np.minimum.reduceat(at, matrix.indptr[some]), np.maximum.reduceat(at, matrix.indptr[some])
    least = np.minimum.reduceat(matrix.data, matrix.indptr[some])
    fits = (early == late) & rows.hard[some] & (least > 0) & (2 * least > rows.bound[some])
    free = ~banned & (np.arange(len(stage)) < pairs)
    need = np.bincount(stage[free], minlength=stages)
    single = need <= 1
    for r, t in zip(some[fits], early[fits]):
        inside = matrix.indices[matrix.indptr[r] : matrix.indptr[r + 1]]
        single[t] |= int(free[inside].sum()) == need[t]
    return single


def _one_and_extras(types: int, extra: int) -> Bools:
    """No or one assignment with any auxiliary columns, by [set, type]; what cannot be the automaton leaves out."""
    one = np.concatenate((np.zeros((1, types), dtype=np.bool_), np.eye(types, dtype=np.bool_)))
    bits = (np.arange(2**extra)[:, None] >> np.arange(extra)) & 1 == 1
    return np.hstack((np.repeat(one, len(bits), axis=0), np.tile(bits, (len(one), 1))))


def _combinations(rows: Sided, by_column: sparse.csc_array, columns: Ints, sizes: Ints) -> Bools | None:
    """All sets of some types of one stage, by [set, type], that hard rows allow whatever the other days do.

    None if two of one type could be chosen together.
    """
    part = by_column[:, columns].tocsr()
    touched = np.flatnonzero((np.diff(part.indptr) > 0) & rows.hard)
    weight = part[touched].toarray().T
    whole = rows.matrix[touched]
    depth = np.bincount(
        np.repeat(np.arange(len(touched)), np.diff(whole.indptr)),
        weights=np.minimum(whole.data, 0),
        minlength=len(touched),
    ).astype(np.int64)
    room = rows.bound[touched] - depth + np.minimum(weight, 0).sum(axis=0)
    later = np.minimum(weight, 0)[::-1].cumsum(axis=0)[::-1]
    chosen = np.zeros((1, len(columns)), dtype=np.bool_)
    added = np.zeros((1, len(touched)), dtype=np.int64)
    for n in range(len(columns)):
        rest = later[n + 1] if n + 1 < len(columns) else np.zeros(len(touched), dtype=np.int64)
        with_it = added + weight[n]
        if sizes[n] > 1 and (with_it + weight[n] + rest <= room).all(axis=1).any():
            return None
        more = chosen.copy()
        more[:, n] = True
        without = (added + rest <= room).all(axis=1)
        fits = (with_it + rest <= room).all(axis=1)
        chosen = np.concatenate((chosen[without], more[fits]))
        added = np.concatenate((added[without], with_it[fits]))
        if len(chosen) > MOST_CHOICES:
            raise UnfitError
    return chosen

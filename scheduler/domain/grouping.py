"""Groups of shifts as arrays: days, weeks, rolling windows, cliques of shifts that exclude each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Groups:
    """Which shifts belong to which groups; a shift may belong to several or none.

    For shift ``s`` the groups are ``group[offset[s]:offset[s + 1]]``; ``count`` is the number of groups.
    """

    offset: Ints
    group: Ints
    count: int

    @classmethod
    def by_key(cls, key: Ints, count: int) -> Groups:
        """One group a shift: ``key[s]``, or none where the key is negative."""
        inside = key >= 0
        return cls(np.concatenate(([0], np.cumsum(inside))), key[inside].astype(np.int64), count)

    @classmethod
    def of(cls, members: Sequence[Ints], shifts: int) -> Groups:
        """From the shift indices of each group."""
        if not members:
            return cls(np.zeros(shifts + 1, dtype=np.int64), np.zeros(0, dtype=np.int64), 0)
        shift = np.concatenate([np.asarray(one, dtype=np.int64) for one in members])
        group = np.repeat(np.arange(len(members), dtype=np.int64), [len(one) for one in members])
        order = np.argsort(shift, kind="stable")
        counts = np.bincount(shift, minlength=shifts)
        return cls(np.concatenate(([0], np.cumsum(counts))), group[order], len(members))

    def expand(self, shift: Ints) -> tuple[Ints, Ints]:
        """For each shift of an array: positions in that array, and group, one entry per membership."""
        lengths = self.offset[shift + 1] - self.offset[shift]
        position = np.repeat(np.arange(len(shift), dtype=np.int64), lengths)
        within = np.arange(len(position)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        return position, self.group[np.repeat(self.offset[shift], lengths) + within]


def maximal(sets: Sequence[frozenset[int]]) -> list[frozenset[int]]:
    """Those sets that no later or larger one contains, each once, in the order given."""
    kept: list[frozenset[int]] = []
    containing: dict[int, list[frozenset[int]]] = {}
    for one in sorted(set(sets), key=lambda s: (-len(s), sorted(s))):
        if not one or any(one <= other for other in containing.get(min(one), ())):
            continue
        kept.append(one)
        for member in one:
            containing.setdefault(member, []).append(one)
    place = {one: n for n, one in enumerate(sets)}
    return sorted(kept, key=lambda s: place[s])

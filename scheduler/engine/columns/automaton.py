"""A block compiled: menus of choices by day, an automaton for rows over few days, counters for the long ones."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scheduler.domain.entity import LEVELS
from scheduler.domain.grouping import Bools, Ints
from scheduler.engine.columns.counters import Counter, counter
from scheduler.engine.columns.menus import Menus, menus
from scheduler.engine.columns.sided import Sided, UnfitError, days_of, impossible, sided
from scheduler.model.linear_model import Floats, LinearModel

Smalls = NDArray[np.int32]
Tinies = NDArray[np.int16]

MOST_STATES = 3000
"""States on one day beyond which rows become counters, or the block is left to another engine."""
SHORT = (31, 16, 10, 7, 3)
"""Days up to which a row goes into the automaton, tried one after the other until it is small."""
NARROW = 2
"""A row over more days than a week goes into the automaton only if it can be this many ways undecided."""


@dataclass(frozen=True, eq=False)
class Automaton:
    """What all blocks of one pattern share.

    ``states`` by stage; ``target`` and ``charge`` for each state and choice of its stage, one after the other
    (next state within the next stage or -1, number of the charge); ``charges`` [number, level]; ``constant``
    by level what every roster costs. The block is without a legal roster if no state is left.
    """

    menus: Menus
    possible: Bools
    states: Ints
    target: Tinies
    charge: Tinies
    charges: Floats
    constant: Floats
    counters: tuple[Counter, ...]

    @property
    def empty(self) -> bool:
        """Whether no roster is legal."""
        return not self.states.all()


@dataclass(frozen=True, eq=False)
class _Profile:
    """Rows along the stages; see ``kernel.profile``."""

    first: Ints
    last: Ints
    offset: Ints
    low: Ints
    high: Ints
    mixed: Ints
    total: Ints


@dataclass(frozen=True, eq=False)
class _Adds:
    """What each choice adds to each row."""

    ptr: Ints
    row: Ints
    val: Ints

    def only(self, number: Ints) -> _Adds:
        """Of some rows only, renumbered; ``number`` is by row, negative for rows to leave out."""
        kept = number[self.row] >= 0
        ptr = np.concatenate(([0], np.cumsum(kept)))[self.ptr].astype(np.int64)
        return _Adds(ptr, number[self.row[kept]], self.val[kept])


def compile_block(model: LinearModel) -> Automaton:
    """The automaton of a block's model; raises UnfitError if it would not be small."""
    rows = sided(model)
    _, stage = np.unique(days_of(model), return_inverse=True)
    menu = menus(rows, stage.astype(np.int64), impossible(rows) | (model.upper < 0.5), model.pairs)
    adds, profile = _profiled(rows, menu)
    undecided = profile.total[:, 1] > rows.bound
    touched = profile.last >= 0
    broken = undecided & ~touched
    if (broken & rows.hard).any():
        return _nothing(menu, len(stage))
    breach = np.where(broken, -rows.bound * rows.price, 0.0)
    constant = np.bincount(rows.level, weights=breach, minlength=len(LEVELS)).astype(np.float64)
    open_rows = undecided & touched
    for short in _attempts(rows, profile, open_rows):
        found = _explored(rows, menu, adds, profile, short)
        if found is not None:
            long = _counters(rows, menu, adds, open_rows & ~short)
            return Automaton(menu, menu.possible(len(stage)), *found, constant, long)
    raise UnfitError


def _nothing(menu: Menus, columns: int) -> Automaton:
    none = np.zeros(0, dtype=np.int16)
    charges = np.zeros((1, len(LEVELS)))
    states = np.zeros(menu.stages + 1, dtype=np.int64)
    return Automaton(menu, menu.possible(columns), states, none, none, charges, charges[0], ())


def _profiled(rows: Sided, menu: Menus) -> tuple[_Adds, _Profile]:
    from scheduler.engine.columns import kernel

    representative = menu.members[menu.member_ptr[:-1]]
    part = rows.matrix.tocsc()[:, representative]
    arrays = (part.indptr.astype(np.int64), part.indices.astype(np.int64), part.data.astype(np.int64))
    adds = kernel.contributions(menu.choice_ptr, menu.choice_types, *arrays, len(rows.bound))
    salt = np.random.default_rng(1).integers(1, 2**62, len(menu.choice_ptr) - 1, dtype=np.int64)
    return _Adds(*adds), _Profile(*kernel.profile(menu.stage_ptr, *adds, len(rows.bound), salt))


def _attempts(rows: Sided, profile: _Profile, open_rows: Bools) -> Iterator[Bools]:
    """Sets of rows for the automaton, fewer each time; the others become counters."""
    span = profile.last - profile.first + 1
    ways = np.minimum(profile.total[:, 1] - rows.bound, rows.bound - profile.total[:, 0] + 1)
    before: Bools | None = None
    for most in SHORT:
        short = open_rows & ((span <= min(most, 7)) | ((span <= most) & (ways <= NARROW)) | (span <= 1))
        if before is None or not np.array_equal(short, before):
            yield short
        before = short


def _explored(
    rows: Sided, menu: Menus, adds: _Adds, profile: _Profile, short: Bools
) -> tuple[Ints, Tinies, Tinies, Floats] | None:
    """States by stage, targets, charges of the automaton of some rows; None if it is too large."""
    from scheduler.engine.columns import kernel

    chosen = np.flatnonzero(short)
    number = np.full(len(short), -1, dtype=np.int64)
    number[chosen] = np.arange(len(chosen))
    mine = adds.only(number)
    levels, slot = np.unique(rows.level[chosen], return_inverse=True)
    priced = levels[levels > 0]
    slot = slot.astype(np.int64) - (len(levels) - len(priced))
    overflow, states, target, charge, charges = kernel.explore(
        menu.stage_ptr, mine.ptr, mine.row, mine.val,
        profile.first[chosen], profile.last[chosen], profile.offset[chosen],
        profile.low, profile.high, profile.mixed,
        rows.bound[chosen], slot, rows.price[chosen], max(1, len(priced)), MOST_STATES,
    )  # fmt: skip
    if overflow >= 0:
        return None
    table = np.zeros((len(charges), len(LEVELS)))
    table[:, priced] = charges[:, : len(priced)]
    return (*kernel.reduce_states(menu.stage_ptr, states, target, charge), table)


def _counters(rows: Sided, menu: Menus, adds: _Adds, long: Bools) -> tuple[Counter, ...]:
    """The counters of some rows; rows that count the same, or its negative, share one."""
    which = np.flatnonzero(long)
    number = np.full(len(long), -1, dtype=np.int64)
    number[which] = np.arange(len(which))
    mine = adds.only(number)
    choices = len(mine.ptr) - 1
    step = np.zeros((len(which), choices), dtype=np.int64)
    step[mine.row, np.repeat(np.arange(choices), np.diff(mine.ptr))] = mine.val
    groups: dict[bytes, list[tuple[int, int]]] = {}
    for n in range(len(which)):
        sign = 1 if step[n][np.flatnonzero(step[n])[0]] > 0 else -1
        groups.setdefault((sign * step[n]).tobytes(), []).append((n, sign))
    found = []
    for group in groups.values():
        n, sign = group[0]
        mates = [
            (s, int(rows.bound[which[m]]), int(rows.level[which[m]]), float(rows.price[which[m]]))
            for m, s in group
        ]
        steps = sign * step[n]
        found.append(counter(steps, _span(menu, steps), mates))
    return tuple(sorted(found, key=lambda one: -one.size))


def _span(menu: Menus, step: Ints) -> tuple[int, int, int, int]:
    """The least and most a counter can be on the way, and at the end."""
    low = np.minimum.reduceat(step, menu.stage_ptr[:-1]).cumsum()
    high = np.maximum.reduceat(step, menu.stage_ptr[:-1]).cumsum()
    return min(0, int(low.min())), max(0, int(high.max())), int(low[-1]), int(high[-1])

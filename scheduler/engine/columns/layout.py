"""Layouts: an automaton with some of its counters, laid out for dynamic programming."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scheduler.domain.grouping import Ints
from scheduler.engine.columns.automaton import Automaton, Smalls
from scheduler.engine.columns.counters import FAR, Counter
from scheduler.model.linear_model import Floats


@dataclass(frozen=True, eq=False)
class Layout:
    """An automaton with some counters laid out as arcs and a table; see ``kernel.arcs_of`` and ``kernel.lay_out``.

    The first counter is the inner one, contiguous in the table; ``outers`` are the others.
    """

    inner: Counter | None
    outers: tuple[Counter, ...]
    arcs: tuple[Ints, Smalls, Smalls, Smalls, Smalls, Ints, Smalls]
    hops: Ints
    run_ptr: Ints
    runs: Ints
    origin: int
    low: Ints
    high: Ints
    base: Ints
    cells: int

    def ends(self, weights: Floats) -> Floats:
        """What the last state costs, by inner and outer values."""
        span = int(self.high[-1] - self.low[-1]) + 1
        if span <= 0:
            return np.zeros(0)
        values = np.zeros((self.hops.shape[1], span))
        if self.inner is not None and self.inner.fee is not None:
            begin = int(self.low[-1]) - self.inner.floor
            values += (weights @ self.inner.fee)[begin : begin + span]
        grid = _grid(self.outers)
        for one, at in zip(self.outers, grid):
            end = at + one.low
            out = (end < max(one.least, one.floor)) | (end > one.most) | (end > one.floor + _ends(one) - 1)
            values[out] = 1e30
            if one.fee is not None:
                values += (weights @ one.fee)[np.clip(end - one.floor, 0, one.fee.shape[1] - 1)][:, None]
        return values.T.ravel()


def _ends(one: Counter) -> int:
    return FAR if one.fee is None else one.fee.shape[1]


def _grid(outers: tuple[Counter, ...]) -> Ints:
    """Position of each outer counter (row) at each combined outer value (column)."""
    sizes = [one.size for one in outers]
    if not sizes:
        return np.zeros((0, 1), dtype=np.int64)
    return np.stack([part.ravel() for part in np.indices(sizes)])


def lay_out(automaton: Automaton, inner: Counter | None, outers: tuple[Counter, ...]) -> Layout:
    """The arcs and table of an automaton with some of its counters."""
    from scheduler.engine.columns import kernel

    choices = len(automaton.menus.choice_ptr) - 1
    nothing = np.zeros(choices, dtype=np.int64)
    steps = np.stack([one.step for one in outers]) if outers else np.zeros((0, choices), dtype=np.int64)
    distinct, hop = np.unique(steps, axis=1, return_inverse=True) if outers else (steps[:, :1], nothing)
    step = nothing if inner is None else inner.step
    arcs = kernel.arcs_of(
        automaton.menus.stage_ptr,
        automaton.states,
        automaton.target,
        automaton.charge,
        step,
        hop.ravel().astype(np.int64),
    )
    least, most = (-FAR, FAR) if inner is None else (inner.least, inner.most)
    low, high = kernel.ranges(arcs[0], arcs[1], arcs[3], int(automaton.states[-1]), least, most)
    hops, origin = _hops(outers, distinct)
    room = np.maximum(0, high - low + 1) * hops.shape[1]
    base = np.concatenate(([0], np.cumsum(room)))
    return Layout(
        inner, outers, arcs, hops, *_runs(hops), origin, low, high, base[:-1].astype(np.int64), int(base[-1])
    )


def _runs(hops: Ints) -> tuple[Ints, Ints]:
    """Stretches of outer values that each step moves together: ptr by step; from, to, how many."""
    step, start = np.nonzero(hops >= 0)
    goal = hops[step, start]
    fresh = np.ones(len(step), dtype=np.bool_)
    fresh[1:] = (np.diff(step) != 0) | (np.diff(start) != 1) | (np.diff(goal) != 1)
    begin = np.flatnonzero(fresh)
    count = np.diff(np.append(begin, len(step)))
    ptr = np.searchsorted(step[begin], np.arange(len(hops) + 1))
    return ptr.astype(np.int64), np.stack((start[begin], goal[begin], count), axis=1).astype(np.int64)


def _hops(outers: tuple[Counter, ...], distinct: Ints) -> tuple[Ints, int]:
    """By distinct step and combined outer value: the next value, -1 where it leaves its range; and where 0 is."""
    sizes = np.array([one.size for one in outers], dtype=np.int64)
    stride = np.concatenate((np.cumprod(sizes[::-1])[::-1][1:], [1])).astype(np.int64)
    grid = _grid(outers)
    if not outers:
        return np.zeros((1, 1), dtype=np.int64), 0
    after = grid[:, None, :] + distinct[:, :, None]
    inside = ((after >= 0) & (after < sizes[:, None, None])).all(axis=0)
    number = np.where(inside, (after * stride[:, None, None]).sum(axis=0), -1)
    origin = int(sum(-one.low * width for one, width in zip(outers, stride.tolist())))
    return number.astype(np.int64), origin


@dataclass(frozen=True, eq=False)
class Ways:
    """The least value there is, and the best ways under a cutoff: values, choices and arcs by (way, stage)."""

    least: float
    values: Floats
    choices: Ints
    arcs: Ints


def search(
    layout: Layout,
    weights: Floats,
    fees: Floats,
    costs: Floats,
    *,
    stages: int,
    cutoff: float,
    many: int,
    corridor: tuple[Ints, Ints] | None = None,
) -> Ways:
    """The best ways through a layout; ``fees`` by charge and ``costs`` by choice, as weighted.

    ``corridor``: between which values of the inner counter they stay, by state.
    """
    from scheduler.engine.columns import kernel

    table = np.empty(layout.cells)
    state_ptr, to, fee, step, hop, member_ptr, members = layout.arcs
    outers = layout.hops.shape[1]
    arcs, low, high, base = kernel.reached(
        state_ptr, to, fee, step, member_ptr, members, fees, costs, outers,
        layout.low, layout.high, layout.base, *(corridor or (layout.low, layout.high)),
    )  # fmt: skip
    place = (low, high, base)
    ends = layout.ends(weights)[
        (low[-1] - layout.low[-1]) * outers : (high[-1] - layout.low[-1] + 1) * outers
    ]
    if low[-1] > high[-1]:
        ends = ends[:0]
    kernel.lay_out(state_ptr, to, step, hop, arcs, layout.run_ptr, layout.runs, outers, *place, ends, table)
    found = kernel.trace(
        state_ptr, to, step, hop, member_ptr, members, costs, arcs, layout.hops, *place, table, layout.origin,
        stages, many, cutoff,
    )  # fmt: skip
    inside = low[0] <= 0 <= high[0] and low[-1] <= high[-1]
    least = float(table[base[0] - low[0] * outers + layout.origin]) if inside else kernel.BIG
    return Ways(np.inf if least >= kernel.BIG / 2 else least, *found)

"""Pricing on a compiled block: dynamic programming; counters join only when a roster found without them is wrong.

Leaving out constraints that rarely bind and adding those that a solution breaks: decremental state space
relaxation, G. Righini and M. Salani, "New dynamic programming algorithms for the resource constrained elementary
shortest path problem", Networks 51(3), 2008. What is left out only makes rosters cheaper: values stay bounds.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scheduler.domain.grouping import Bools, Ints
from scheduler.engine.columns.automaton import Automaton
from scheduler.engine.columns.counters import FAR, Counter
from scheduler.model.linear_model import Floats

MOST_CELLS = 20_000_000
"""Entries of one dynamic programming table, eight bytes each."""


@dataclass(frozen=True, eq=False)
class Layout:
    """An automaton with some counters laid out as arcs and a table; see ``kernel.arcs_of`` and ``kernel.lay_out``.

    The first counter is the inner one, contiguous in the table; ``outers`` are the others.
    """

    inner: Counter | None
    outers: tuple[Counter, ...]
    arcs: tuple[Ints, ...]
    hops: Ints
    origin: int
    low: Ints
    high: Ints
    base: Ints
    cells: int

    def ends(self, weights: Floats) -> Floats:
        """What the last state costs, by outer and inner values."""
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
        return values.ravel()


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
    return Layout(inner, outers, arcs, hops, origin, low, high, base[:-1].astype(np.int64), int(base[-1]))


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
class Found:
    """A lower bound, and rosters under the cutoff: positions of their columns in the block, and values."""

    bound: float
    rosters: tuple[Ints, ...]
    values: tuple[float, ...]


class Compiled:
    """A block that prices by its automaton; remembers which counters its rosters broke."""

    def __init__(self, automaton: Automaton) -> None:
        self._automaton = automaton
        self._layouts: dict[tuple[int, ...], Layout] = {}
        self._active: tuple[int, ...] = (0,) if automaton.counters else ()

    def price(
        self, weights: Floats, values: Floats, fixed: tuple[Bools, Bools], cutoff: float, many: int
    ) -> Found:
        """The rosters of least cost; ``values`` is what each column of the block costs as it is."""
        from scheduler.engine.columns import kernel

        automaton, menu = self._automaton, self._automaton.menus
        lower, upper = fixed
        if automaton.empty or (lower & ~automaton.possible).any():
            return Found(np.inf, (), ())
        costs, best = kernel.choice_costs(
            values,
            lower,
            upper,
            menu.member_ptr,
            menu.members,
            menu.choice_ptr,
            menu.choice_types,
            menu.stage_ptr,
        )
        constant = float(weights @ automaton.constant)
        fees = automaton.charges @ weights
        bound = -np.inf
        legal: dict[bytes, tuple[float, Ints]] = {}
        while True:
            layout = self._layout(self._active)
            least, ends, ways = _search(layout, weights, costs, fees, menu.stages, cutoff - constant, many)
            bound = max(bound, np.inf if least >= kernel.BIG / 2 else least + constant)
            first = self._judge(layout, weights, ends, ways, constant, cutoff, legal)
            broken = None if first is None else self._broken(ways[0], weights)
            if not broken or not self._join(broken):
                break
        chosen = sorted(legal.values(), key=lambda one: one[0])[:many]
        return Found(
            bound, tuple(self._columns(way, best) for _, way in chosen), tuple(value for value, _ in chosen)
        )

    def _layout(self, active: tuple[int, ...]) -> Layout:
        if active not in self._layouts:
            some = [self._automaton.counters[n] for n in active]
            self._layouts[active] = lay_out(self._automaton, some[0] if some else None, tuple(some[1:]))
        return self._layouts[active]

    def _judge(
        self,
        layout: Layout,
        weights: Floats,
        ends: Floats,
        ways: Ints,
        constant: float,
        cutoff: float,
        legal: dict[bytes, tuple[float, Ints]],
    ) -> float | None:
        """Add the ways that no counter left out forbids, with what those cost; the value of the first way."""
        left_out = [one for n, one in enumerate(self._automaton.counters) if n not in self._active]
        for value, way in zip(ends.tolist(), ways):
            fine, extra = True, 0.0
            for one in left_out:
                allowed, cost = one.ends(way)
                fine, extra = fine and allowed, extra + float(weights @ cost)
            if fine and value + extra + constant < cutoff:
                legal[way.tobytes()] = (value + extra + constant, way)
        del layout
        return float(ends[0]) if len(ends) else None

    def _broken(self, way: Ints, weights: Floats) -> list[int]:
        """The counters left out that forbid a way or make it dearer."""
        found = []
        for n, one in enumerate(self._automaton.counters):
            allowed, cost = one.ends(way)
            if n not in self._active and (not allowed or float(weights @ cost) > 1e-9):
                found.append(n)
        return found

    def _join(self, broken: list[int]) -> bool:
        """Take some counters into the table as far as there is room; whether any is new."""
        before = self._active
        cells = self._layout(self._active).cells
        for n in broken:
            size = self._automaton.counters[n].size
            if cells * size <= MOST_CELLS:
                self._active, cells = (*self._active, n), cells * size
        return self._active != before

    def _columns(self, way: Ints, best: Ints) -> Ints:
        menu = self._automaton.menus
        kinds = [menu.choice_types[menu.choice_ptr[c] : menu.choice_ptr[c + 1]] for c in way]
        return np.sort(best[np.concatenate(kinds)])


def _search(
    layout: Layout, weights: Floats, costs: Floats, fees: Floats, stages: int, cutoff: float, many: int
) -> tuple[float, Floats, Ints]:
    """The least value, and values and choices of the best ways under the cutoff."""
    from scheduler.engine.columns import kernel

    state_ptr, to, fee, step, hop, member_ptr, members = layout.arcs
    table = np.empty(layout.cells)
    arcs = kernel.lay_out(
        *layout.arcs,
        fees,
        costs,
        layout.hops,
        layout.low,
        layout.high,
        layout.base,
        layout.ends(weights),
        table,
    )
    del fee
    values, ways = kernel.trace(
        state_ptr, to, step, hop, member_ptr, members, costs, arcs, layout.hops, layout.low, layout.high,
        layout.base, table, layout.origin, stages, many, cutoff,
    )  # fmt: skip
    start = layout.base[0] + layout.origin * (layout.high[0] - layout.low[0] + 1) - layout.low[0]
    inside = layout.low[0] <= 0 <= layout.high[0]
    return (float(table[start]) if inside else kernel.BIG), values, ways

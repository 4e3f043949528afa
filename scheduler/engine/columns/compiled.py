"""Pricing on a compiled block: dynamic programming; counters join only when a roster found without them is wrong.

Leaving out constraints that rarely bind and adding those that a solution breaks: decremental state space
relaxation, G. Righini and M. Salani, "New dynamic programming algorithms for the resource constrained elementary
shortest path problem", Networks 51(3), 2008. A counter for which the table has no room is priced instead
(``penalties``). What is left out only makes rosters cheaper: values stay bounds.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scheduler.domain.grouping import Bools, Ints
from scheduler.engine.columns.automaton import Automaton
from scheduler.engine.columns.counters import Counter
from scheduler.engine.columns.layout import Layout, Ways, lay_out, search
from scheduler.engine.columns.penalties import Hints, Penalties
from scheduler.model.linear_model import Floats

MOST_CELLS = 6_000_000
"""Entries of a dynamic programming table, eight bytes each, beyond which no counter joins."""
PASSES = 4
"""How often penalties are adjusted in one pricing; they go on from there in the next."""
TRIES = 2
"""How often higher penalties are tried when no roster found is legal."""
NEAR = 3
"""How many of the largest steps of its first counter a roster may be from another that it is near to."""
FORGET = 24
"""Pricings after which the counters that joined are left out again."""


@dataclass(frozen=True, eq=False)
class Found:
    """A lower bound, and rosters under the cutoff: positions of their columns in the block, and values."""

    bound: float
    rosters: tuple[Ints, ...] = ()
    values: tuple[float, ...] = ()


@dataclass(frozen=True, eq=False)
class Question:
    """What is asked: weights by level, what each choice and charge costs, the cutoff, how many rosters.

    ``slack``: a legal roster so far above the bound will do. ``corridor``: between which values of the first counter
    rosters stay, by state.
    """

    weights: Floats
    costs: Floats
    fees: Floats
    constant: float
    cutoff: float
    many: int
    slack: float
    corridor: tuple[Ints, Ints] | None = None


class Compiled:
    """A block that prices by its automaton; remembers which counters its rosters broke, and their penalties."""

    def __init__(
        self, automaton: Automaton, layouts: dict[tuple[int, ...], Layout], hints: Hints | None = None
    ) -> None:
        self._hints = {} if hints is None else hints
        self._automaton = automaton
        self._layouts = layouts
        self._active: tuple[int, ...] = ()
        self._penalties = Penalties(automaton.counters, len(automaton.menus.choice_ptr) - 1)
        self._calls = 0
        self._last: Ints | None = None

    def price(
        self,
        weights: Floats,
        values: Floats,
        fixed: tuple[Bools, Bools],
        cutoff: float,
        many: int,
        *,
        slack: float = 0.0,
        near: bool = False,
    ) -> Found:
        """The rosters of least cost; ``values`` is what each column of the block costs as it is.

        ``near``: of those that use up their hours much as the last one found does; the bound then is theirs alone.
        """
        from scheduler.engine.columns import kernel

        automaton, menu = self._automaton, self._automaton.menus
        lower, upper = fixed
        if automaton.empty or (lower & ~automaton.possible).any():
            return Found(np.inf)
        if self._calls % FORGET == 0:
            self._active = (0,) if automaton.counters else ()
        if self._calls == 0 and automaton.counters:
            self._penalties.guess(self._hints)
        self._calls += 1
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
        corridor = self._corridor() if near else None
        asked = Question(weights, costs, automaton.charges @ weights, constant, cutoff, many, slack, corridor)
        bound, ways = self._answer(asked)
        if ways:
            self._last = ways[0][1]
        return Found(
            bound, tuple(self._columns(way, best) for _, way in ways), tuple(value for value, _ in ways)
        )

    def _answer(self, asked: Question) -> tuple[float, list[tuple[float, Ints]]]:
        """A bound, and legal ways under the cutoff by value."""
        bound, passes = -np.inf, 0
        legal: dict[bytes, tuple[float, Ints]] = {}
        self._penalties.begin()
        while True:
            ways, value = self._search(asked, legal)
            bound = max(bound, value)
            least = min((one for one, _ in legal.values()), default=np.inf)
            if not len(ways.values) or bound >= asked.cutoff or least <= bound + 1e-9 * max(1.0, abs(bound)):
                break
            enough = bool(legal) and least <= bound + asked.slack
            if self._join(self._broken(ways.choices[0], asked.weights)) and not enough:
                continue
            if enough:
                self._penalties.serve(self._hints)
                break
            changed = self._penalties.adjust(ways, value, asked.costs, self._active)
            passes += 1
            if not changed or passes == PASSES:
                break
        if not legal and bound < asked.cutoff and len(ways.values):
            self._insist(asked, ways, legal)
        return bound, sorted(legal.values(), key=lambda one: one[0])[: asked.many]

    def _insist(self, asked: Question, ways: Ways, legal: dict[bytes, tuple[float, Ints]]) -> None:
        """Look for legal ways with higher penalties on what the last ones broke, a few times."""
        tries = 0
        while tries < TRIES and not legal and len(ways.values):
            if not self._penalties.insist(ways.choices[0], asked.costs, self._active):
                break
            ways, _ = self._search(asked, legal)
            tries += 1

    def _search(self, asked: Question, legal: dict[bytes, tuple[float, Ints]]) -> tuple[Ways, float]:
        """The best ways with the counters and penalties as they are, and the bound they give; legal ones are added."""
        layout = self._layout()
        costs, offset = self._penalties.applied(asked.costs, asked.constant, self._active)
        ways = search(
            layout,
            asked.weights,
            asked.fees,
            costs,
            stages=self._automaton.menus.stages,
            cutoff=asked.cutoff - offset,
            many=asked.many,
            corridor=asked.corridor,
        )
        self._judge(asked, layout, ways, offset, legal)
        return ways, ways.least + offset

    def _corridor(self) -> tuple[Ints, Ints] | None:
        """By state, between which values the first counter stays near the last roster found."""
        if self._last is None or not self._automaton.counters:
            return None
        step = self._automaton.counters[0].step
        value = np.concatenate(([0], np.cumsum(step[self._last])))
        along = np.repeat(value, self._automaton.states)
        room = NEAR * int(np.abs(step).max(initial=0))
        return along - room, along + room

    def _layout(self) -> Layout:
        if self._active not in self._layouts:
            some = [self._automaton.counters[n] for n in self._active]
            self._layouts[self._active] = lay_out(self._automaton, some[0] if some else None, tuple(some[1:]))
        return self._layouts[self._active]

    def _judge(
        self,
        asked: Question,
        layout: Layout,
        ways: Ways,
        offset: float,
        legal: dict[bytes, tuple[float, Ints]],
    ) -> None:
        """Add what the counters left out allow, with its true cost; and what the best way is mended to."""
        for value, way in zip(ways.values.tolist(), ways.choices):
            self._admit(asked, way, value + offset - self._penalties.paid(way, self._active), legal)
        if not len(ways.values) or ways.choices[0].tobytes() in legal or not self._left_out:
            return
        way = self._penalties.mended(ways, layout, asked.costs, self._active)
        if way is not None:
            more = float((asked.costs[way] - asked.costs[ways.choices[0]]).sum())
            value = ways.values[0] + offset - self._penalties.paid(ways.choices[0], self._active) + more
            self._penalties.learn(way, value, asked.costs)
            self._admit(asked, way, value, legal)

    def _admit(
        self, asked: Question, way: Ints, value: float, legal: dict[bytes, tuple[float, Ints]]
    ) -> None:
        for one in self._left_out:
            allowed, cost = one.ends(way)
            if not allowed:
                return
            value += float(asked.weights @ cost)
        if value < asked.cutoff:
            legal[way.tobytes()] = (value, way)

    @property
    def _left_out(self) -> list[Counter]:
        return [one for n, one in enumerate(self._automaton.counters) if n not in self._active]

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
        cells = self._layout().cells
        for n in sorted(broken, key=lambda n: self._automaton.counters[n].size):
            size = self._automaton.counters[n].size
            if cells * size <= MOST_CELLS:
                self._active, cells = (*self._active, n), cells * size
        return self._active != before

    def _columns(self, way: Ints, best: Ints) -> Ints:
        menu = self._automaton.menus
        sizes = menu.choice_ptr[way + 1] - menu.choice_ptr[way]
        within = np.arange(int(sizes.sum())) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        return np.sort(best[menu.choice_types[np.repeat(menu.choice_ptr[way], sizes) + within]])

"""Dive: fix what the relaxation is sure of, person-day by person-day, price again, and branch on what is left."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from scheduler.domain.grouping import Bools, Ints
from scheduler.engine.columns.cells import Cells
from scheduler.engine.columns.core import Core
from scheduler.engine.columns.generation import Generated, cheapest, enrich, generate
from scheduler.engine.columns.master import Master, Relaxation
from scheduler.engine.columns.scope import Scope
from scheduler.engine.stop import Stop

OPENED = 12
"""How many rosters of the pool a block brings along after a fixing."""
FEW = 150
"""Open cells that are left to branching."""
LARGEST = 0.2
"""The largest share of the open cells that is fixed at once without being sure."""
TRIES = 3
"""How often a dive goes on although every next fixing costs."""
OTHERS = 4
"""How many fixings are tried where each costs."""
ENRICHED = 20
"""How many rosters a block may find for branching that the relaxation does not want."""
BRANCHED = 40
"""How many rosters a block brings along to branching."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How a dive fixes: choices surer than ``sure``, at least ``share`` of what is open; ``noise`` blurs the order."""

    sure: float = 0.85
    share: float = 0.02
    noise: float = 0.0
    rounds: int = 8
    nodes: int = 200
    checks: int = 150


@dataclass(frozen=True, slots=True, eq=False)
class Choice:
    """Fixings to make, the surest first: serve a column, or where that is -1, have a cell off."""

    column: Ints
    cell: Ints

    def first(self, count: int) -> Choice:
        """The surest of them."""
        return Choice(self.column[:count], self.cell[:count])

    def __len__(self) -> int:
        return len(self.cell)


Step = tuple[Master, Generated]
"""A master with more fixed, and its relaxation."""


class Dive:
    """One dive from a relaxation of a master's scope."""

    def __init__(
        self, core: Core, cells: Cells, master: Master, manner: Manner, rng: np.random.Generator
    ) -> None:
        self._core, self._cells, self._manner, self._rng = core, cells, manner, rng
        self._master = master
        self._level = master.goal.level
        self._most = len(cells)
        self._share = manner.share
        self._centre: Relaxation | None = None

    def run(self, root: Generated, stop: Stop) -> None:
        """Dive, and offer what is found. The last part of the time is for branching.

        Where every next fixing costs, branching over what is open is tried before the dive goes on.
        """
        self._centre = root.centre
        now, last, few, tries = root, stop.part(0.85), FEW, TRIES
        while not last.reached():
            if (left := self._open()) <= few:
                if self._branched(self._master, now, last):
                    return
                few = left // 3
            choice = self._choice(now.relaxation, self._master.scope).first(self._most)
            step = self._deeper(now.relaxation, choice, last) if len(choice) else None
            if step is None:
                break
            if self._jumped(now.relaxation, step[1].relaxation):
                tries -= 1
                if not tries or (left <= 2 * FEW and self._branched(self._master, now, last)):
                    break
            self._master, now = step
            self._centre = now.centre
            if not self._core.promising(self._level, now.bound) or self._offered(now.relaxation):
                return
        self._branched(self._master, now, stop)

    def _open(self) -> int:
        """How many cells are open."""
        scope = self._master.scope
        mine = self._cells.open(scope.lower, scope.upper) & np.isin(self._cells.block, scope.blocks)
        return int(mine.sum())

    def _offered(self, now: Relaxation) -> bool:
        whole = now.numbers[now.share > 1 - 1e-4]
        return len(whole) == len(self._master.scope.blocks) and self._offer(whole)

    def _offer(self, chosen: Ints) -> bool:
        numbers = np.concatenate((chosen, self._master.scope.held))
        return self._core.offer(numbers[np.argsort(self._core.pool.block[numbers])], "dive")

    def _choice(self, now: Relaxation, scope: Scope, least: int = 1) -> Choice:
        """What to fix next: all that is whole, all that is sure, and a share of what is open at least."""
        x = self._core.pool.spread(now.numbers, now.share)
        cells = self._cells
        open_cells = cells.open(scope.lower, scope.upper) & np.isin(cells.block, scope.blocks)
        columns = np.flatnonzero(open_cells[cells.of] & scope.upper[: len(cells.of)])
        free = np.flatnonzero(open_cells)
        column = np.concatenate((columns, np.full(len(free), -1)))
        cell = np.concatenate((cells.of[columns], free))
        value = np.concatenate((x[columns], cells.off(x)[free]))
        if self._manner.noise:
            blur = self._manner.noise * self._rng.standard_normal(len(value))
            value = np.where((value > 0.01) & (value < 0.99), np.clip(value + blur, 0.02, 0.98), value)
        order = np.argsort(-value, kind="stable")
        least = max(least, int(self._share * len(free)))
        count = max(int((value >= min(self._manner.sure, 1 - 1e-4)).sum()), least)
        whole = int((value >= 1 - 1e-4).sum())
        if whole == len(free):
            count = whole
        order = order[: min(count, len(free))]
        order = order[value[order] > 0.01]
        return Choice(column[order], cell[order])

    def _deeper(self, now: Relaxation, choice: Choice, stop: Stop) -> Step | None:
        """The relaxation after fixing; where it costs much more, only the surest part, and at last other fixings.

        The next step may fix so many more than this one as its success allows.
        """
        best: Step | None = None
        while True:
            found = self._fixed(now, self._narrowed(now, choice, self._master.scope), stop)
            if found is None or not self._jumped(now, found[1].relaxation):
                self._most = 3 * len(choice)
                self._share = min(1.4 * self._share, LARGEST)
                return found or best
            best = found
            self._most, self._share = 2, self._manner.share
            if len(choice) == 1:
                break
            choice = choice.first((len(choice) + 3) // 5)
        for scope in self._others(now, choice):
            found = self._fixed(now, scope, stop)
            if found is None:
                break
            if _rank(found) < _rank(best):
                best = found
            if not self._jumped(now, best[1].relaxation):
                break
        return best

    def _fixed(self, now: Relaxation, scope: Scope, stop: Stop) -> Step | None:
        before = self._master
        master = Master(self._core.linking, self._core.pool, before.goal, scope, before.penalty)
        numbers = allowed(self._core, scope, now, OPENED)
        found = generate(self._core, master, numbers, stop, rounds=self._manner.rounds, centre=self._centre)
        return None if found is None else (master, found)

    def _others(self, now: Relaxation, choice: Choice) -> list[Scope]:
        """What to do instead of a single fixing: forbid it, or make another."""
        scope = self._master.scope
        scopes = []
        if choice.column[0] >= 0:
            upper = scope.upper.copy()
            upper[choice.column[0]] = False
            scopes.append(replace(scope, upper=upper))
        more = self._choice(now, scope, least=OTHERS)
        for place in range(1, min(OTHERS, len(more))):
            one = Choice(more.column[place : place + 1], more.cell[place : place + 1])
            scopes.append(self._apply(one, scope))
        return scopes

    def _jumped(self, now: Relaxation, then: Relaxation) -> bool:
        least = max(0.5 * float(self._core.linking.step[self._level]), 1e-6)
        room = min(self._core.values[self._level] - now.objective, 0.02 * abs(now.objective))
        return bool(then.broken > now.broken or then.objective - now.objective > max(least, 0.25 * room))

    def _narrowed(self, now: Relaxation, choice: Choice, scope: Scope) -> Scope:
        """The scope with the choice fixed; blocks it leaves no roster for get only their surest fixing."""
        fixed = self._apply(choice, scope)
        left = self._core.pool.allowed(fixed.lower, fixed.upper)[now.numbers] & (now.share > 1e-6)
        some = np.zeros(len(self._core.blocks.blocks), dtype=np.bool_)
        some[self._core.pool.block[now.numbers[left]]] = True
        block = self._cells.block[choice.cell]
        _, first = np.unique(block, return_index=True)
        surest = np.zeros(len(choice), dtype=np.bool_)
        surest[first] = True
        kept = np.flatnonzero(some[block] | surest)
        if len(kept) == len(choice):
            return fixed
        return self._apply(Choice(choice.column[kept], choice.cell[kept]), scope)

    def _apply(self, choice: Choice, scope: Scope) -> Scope:
        lower, upper = scope.lower.copy(), scope.upper.copy()
        served = choice.column >= 0
        lower[choice.column[served]] = True
        off = np.zeros(len(self._cells), dtype=np.bool_)
        off[choice.cell[~served]] = True
        upper[: len(self._cells.of)] &= ~off[self._cells.of]
        return replace(scope, lower=lower, upper=upper)

    def _branched(self, master: Master, now: Generated, stop: Stop) -> bool:
        """Branch over what is open; whether there is nothing better in it."""
        enrich(self._core, master, now, stop, many=ENRICHED)
        numbers = allowed(self._core, master.scope, now.relaxation, BRANCHED)
        found = master.whole(numbers, None, stop, nodes=self._manner.nodes, checks=self._manner.checks)
        if found.numbers is not None:
            self._offer(found.numbers)
        return found.closed


def _rank(step: Step) -> tuple[float, float]:
    return step[1].relaxation.broken, step[1].relaxation.objective


def allowed(core: Core, scope: Scope, relaxation: Relaxation, each: int) -> Ints:
    """Up to ``each`` rosters of the pool of each block that a scope allows, the best by a relaxation's duals."""
    mine: Bools = core.pool.allowed(scope.lower, scope.upper)
    mine &= np.isin(core.pool.block, scope.blocks)
    numbers = np.flatnonzero(mine)
    used = relaxation.numbers[(relaxation.share > 1e-6) & mine[relaxation.numbers]]
    return np.union1d(cheapest(core, relaxation, numbers, each), used)

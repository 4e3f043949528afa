"""Windows: neighbourhoods of the best roster – some people, some days – searched by the same machinery."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from scheduler.domain.grouping import Bools, Ints
from scheduler.engine.columns.cells import Cells
from scheduler.engine.columns.core import Core
from scheduler.engine.columns.dive import allowed
from scheduler.engine.columns.generation import Generated, enrich, generate
from scheduler.engine.columns.master import Master
from scheduler.engine.columns.scope import Goal, Scope
from scheduler.engine.stop import Stop
from scheduler.model.linear_model import Floats

ROUNDS = 8
"""Rounds of column generation a neighbourhood gets."""
NODES = 60
"""Nodes of branch and bound a neighbourhood gets."""
CHECKS = 60
"""Checks of its limits HiGHS may make there."""
ENRICHED = 10
"""Rosters a block may find for branching that the relaxation does not want."""
EACH = 25
"""Rosters of the pool a block brings along."""
SMALLEST, FIRST = 40.0, 150.0
"""Sizes in open cells."""
WORK = 4_000
"""Simplex iterations branching in a window should take."""


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """What a neighbourhood is chosen from: the cells, the best roster's breaches by row and the price of each."""

    core: Core
    cells: Cells
    weight: Floats
    days: int


Window = Callable[[View, np.random.Generator, int], Bools]
"""Which cells to open: about so many, by cell."""


def some_days(view: View, rng: np.random.Generator, size: int) -> Bools:
    """Everybody on some days in a row, around a day with breaches."""
    per_day = np.bincount(view.cells.day, minlength=view.days)
    centre = _day(view, rng)
    first = past = centre
    while per_day[first:past].sum() < size and (first > 0 or past < view.days):
        if past < view.days and (first == 0 or rng.random() < 0.5):
            past += 1
        elif first > 0:
            first -= 1
    return np.asarray((view.cells.day >= first) & (view.cells.day < past))


def some_people(view: View, rng: np.random.Generator, size: int) -> Bools:
    """Some people on all days: those who could mend the same breaches, and some at random."""
    wanted = _by_breach(view, rng)
    return _people(view, wanted, np.ones(len(view.cells), dtype=np.bool_), size)


def any_people(view: View, rng: np.random.Generator, size: int) -> Bools:
    """Some people at random on all days."""
    wanted = rng.random(len(view.core.blocks.blocks))
    return _people(view, wanted, np.ones(len(view.cells), dtype=np.bool_), size)


def people_and_days(view: View, rng: np.random.Generator, size: int) -> Bools:
    """Half of the people on a longer stretch of days, around a breach."""
    days = some_days(view, rng, 2 * size)
    return _people(view, _by_breach(view, rng), days, size)


WINDOWS: tuple[Window, ...] = (some_days, some_people, any_people, people_and_days)


def _people(view: View, wanted: Floats, among: Bools, size: int) -> Bools:
    count = np.bincount(view.cells.block[among], minlength=len(wanted))
    order = np.argsort(-wanted, kind="stable")
    inside = np.cumsum(count[order]) - count[order] < size
    chosen = np.zeros(len(wanted), dtype=np.bool_)
    chosen[order[inside]] = True
    return np.asarray(among & chosen[view.cells.block])


def _day(view: View, rng: np.random.Generator) -> int:
    """A day, more likely one whose rows are broken."""
    row = _row(view, rng)
    if row is None or rng.random() < 0.25:
        return int(rng.integers(view.days))
    cell = view.cells.of[_assignments(view, row)]
    return (
        int(view.cells.day[cell[int(rng.integers(len(cell)))]]) if len(cell) else int(rng.integers(view.days))
    )


def _by_breach(view: View, rng: np.random.Generator) -> Floats:
    """By block: how much it may have to do with some broken rows, with chance."""
    wanted = rng.random(len(view.core.blocks.blocks))
    for _ in range(3):
        row = _row(view, rng)
        if row is not None:
            near = np.unique(view.core.blocks.block_of[_assignments(view, row)])
            wanted[near] += 0.5 * rng.random(len(near))
    return wanted


def _row(view: View, rng: np.random.Generator) -> int | None:
    total = view.weight.sum()
    return int(rng.choice(len(view.weight), p=view.weight / total)) if total > 0 else None


def _assignments(view: View, row: int) -> Ints:
    matrix = view.core.linking.rows.matrix
    columns = matrix.indices[matrix.indptr[row] : matrix.indptr[row + 1]]
    return np.asarray(columns[columns < len(view.cells.of)])


@dataclass(slots=True)
class Arm:
    """A kind of window with its own size; what pays for its work is tried more."""

    choose: Window
    size: float
    credit: float = field(default=1.0)

    def learn(self, search: Searched, *, better: bool, most: int) -> None:
        """Grow where windows are soon done, shrink where they take too much."""
        effort = max(0.2, search.work / WORK)
        self.credit = 0.85 * self.credit + 0.15 * ((3.0 if better else 0.2) / effort)
        factor = 1.25 if search.closed and effort < 1 else 0.75 if not search.closed or effort > 4 else 1.0
        if not better:
            self.size = min(max(self.size * factor, SMALLEST), most)


@dataclass(frozen=True, slots=True)
class Searched:
    """How the search of a window ended: whether nothing was left, and the work in simplex iterations of branching."""

    closed: bool
    work: int


class Windows:
    """Searches windows of the best roster, one a step."""

    def __init__(self, core: Core, cells: Cells, rng: np.random.Generator) -> None:
        self._core, self._cells, self._rng = core, cells, rng
        first = max(FIRST, 4.0 * len(core.blocks.blocks))
        self._arms = [Arm(choose, min(first, 0.5 * len(cells))) for choose in WINDOWS]
        self._everything = Scope.everything(core.model, core.blocks)

    def step(self, level: int, root: Generated, penalty: float, stop: Stop) -> bool:
        """Search one window around the best roster for a better one; whether there was one."""
        credit = np.array([arm.credit for arm in self._arms])
        arm = self._arms[int(self._rng.choice(len(self._arms), p=credit / credit.sum()))]
        opened = arm.choose(self._view(level), self._rng, int(arm.size))
        before = self._core.values
        searched = self._search(opened, level, root, penalty, stop)
        better = self._core.values < before
        if not stop.reached():
            arm.learn(searched, better=better, most=len(self._cells))
        return better

    def _view(self, level: int) -> View:
        core = self._core
        assert core.numbers is not None
        activity = np.asarray(core.pool.matrix[:, core.numbers].sum(axis=1)).ravel()
        rows = core.linking.rows
        price = np.where(
            rows.level == level, rows.price, np.where(rows.hard & ~core.linking.definition, 1e3, 0.0)
        )
        return View(core, self._cells, core.linking.breach(activity) * price, len(core.model.instance.days))

    def _search(self, opened: Bools, level: int, root: Generated, penalty: float, stop: Stop) -> Searched:
        core = self._core
        scope = self._scope(opened)
        master = Master(core.linking, core.pool, Goal.of(level, core.values), scope, penalty)
        assert core.numbers is not None
        mine = core.numbers[scope.blocks]
        numbers = np.union1d(allowed(core, scope, root.relaxation, EACH), mine)
        found = generate(core, master, numbers, stop, rounds=ROUNDS, many=3, between=())
        if found is None or not core.promising(level, found.bound):
            return Searched(found is not None, 0)
        enrich(core, master, found, stop, many=ENRICHED)
        numbers = np.union1d(allowed(core, scope, found.relaxation, EACH), mine)
        branched = master.whole(numbers, mine, stop, nodes=NODES, checks=CHECKS)
        if branched.numbers is not None:
            whole = np.concatenate((branched.numbers, scope.held))
            core.offer(whole[np.argsort(core.pool.block[whole])], "window")
        return Searched(branched.closed, branched.work)

    def _scope(self, opened: Bools) -> Scope:
        core = self._core
        assert core.numbers is not None
        blocks = np.unique(self._cells.block[opened])
        held = np.delete(core.numbers, blocks)
        lower, upper = self._cells.held(
            ~opened, core.pool.chosen(core.numbers), self._everything.lower, self._everything.upper
        )
        return Scope(blocks, lower, upper, held)

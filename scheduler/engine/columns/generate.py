"""ColumnSearch: column generation by volunteer, with proof – root, dives, branching over the pool, windows.

Dantzig and Wolfe 1960; diving and restricted masters as in Sadykov et al. 2019 and Joncour et al. 2010.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from scheduler.engine.columns.alone import Alone
from scheduler.engine.columns.aside import Aside
from scheduler.engine.columns.bargain import Bargain
from scheduler.engine.columns.block import split
from scheduler.engine.columns.cells import Cells
from scheduler.engine.columns.core import Core
from scheduler.engine.columns.dive import BRANCHED, Dive, Manner, allowed
from scheduler.engine.columns.generation import KEPT, Generated, generate
from scheduler.engine.columns.master import Master
from scheduler.engine.columns.pool import latest
from scheduler.engine.columns.pricing import Pricing
from scheduler.engine.columns.scope import Goal, Scope
from scheduler.engine.columns.slices import Slices
from scheduler.engine.columns.start import BARGAINS, Sweeps
from scheduler.engine.columns.turn import Turn
from scheduler.engine.columns.windows import Windows
from scheduler.engine.result import Solution
from scheduler.engine.stop import Stop
from scheduler.model.linear_model import Floats, LinearModel

SWEEPS = 20
"""Sweeps of the start."""
CHUNK, FEW = 10, 3
"""Rounds of column generation at the root in turn with a few windows (in a slice none); windows in turn later."""
NODES = 100
"""Nodes of branch and bound over the whole pool."""
CHECKS = 150
"""Checks of its limits HiGHS may make there."""
DIVE = 0.5
"""Share of the time left that a dive may take."""
RECENT = 30
"""Rosters of a block found before that the root begins with."""
NEAR = 0.7
"""Share of the best value that the bound of a large model's root must reach to be worth as much time as all else."""
BETWEEN = 40
"""Windows without success between two dives."""
LARGE = 12_000
"""Person-days from which slices are searched until the root is settled."""
LONG, EVERY = 1_500, 3
"""Person-days from which a slice stands in for a window now and then, and how often."""
SLICES, SLICE_WINDOWS = 4, 10
"""Steps of slices in turn with the root, and the windows each may take where rounds count."""
BARGAIN, SWEEPING = 0.6, 0.1
"""Shares of the time left that the bargain of a large model may take, and the sweeps that follow."""
MANNERS = (Manner(), Manner(sure=0.7, share=0.03, noise=0.05), Manner(sure=0.95, share=0.01, noise=0.1))
"""How one dive after the other fixes."""


class ColumnSearch:
    """The best roster of a model and its bounds by column generation; ``run`` until proven or stopped.

    A large model is ``sliced`` until its root is settled; without that, which is for slices themselves, the root comes
    before all else. With ``rounds`` (windows a level) the clock decides nothing but when to break off.
    """

    def __init__(
        self,
        model: LinearModel,
        start: Floats | None,
        *,
        seed: int = 0,
        threads: int = 1,
        rounds: int | None = None,
        sliced: bool = True,
        watch: Callable[[Solution, str], None] | None = None,
    ) -> None:
        self._model, self._start, self._rounds = model, start, rounds
        self._threads, self._watch, self._may_slice = threads, watch, sliced
        self._rng = np.random.default_rng(seed)
        self._core: Core | None = None

    @property
    def solution(self) -> Solution | None:
        """The best legal roster so far with bounds by level; None if none is known."""
        return None if self._core is None else self._core.solution

    def run(self, stop: Stop) -> None:
        """Search until every level is proven, the rounds are done or the time is up."""
        blocks = split(self._model)
        pricing = Pricing(self._model, blocks, threads=self._threads, stop=stop)
        core = self._core = Core(self._model, blocks, pricing, self._watch)
        self._cells = Cells(self._model, blocks)
        self._alone = Alone(core)
        self._sweeps = Sweeps(core, self._alone, self._rng)
        self._windows = Windows(core, self._cells, self._rng)
        if self._may_slice:
            self._slicer = Slices(
                self._model, blocks.linking, self._rng, self._slice, by_clock=self._rounds is None
            )
        if not self._begin(core, stop):
            return
        for place, level in enumerate(core.active):
            left = len(core.active) - place
            self._level(core, level, stop if left == 1 else stop.part(2 / (left + 1)))
            if stop.reached():
                return

    def _begin(self, core: Core, stop: Stop) -> bool:
        if self._start is not None:
            self._take(core, self._start)
        if core.numbers is None and not self._sweeps.build(stop, 0 if self._large else BARGAINS):
            return False
        if not self._large:
            self._sweeps.improve(stop, SWEEPS)
        return True

    @property
    def _large(self) -> bool:
        return self._may_slice and len(self._cells) >= LARGE

    def _take(self, core: Core, x: Floats, found_by: str = "given") -> None:
        """Take a roster over if every volunteer's part of it is legal."""
        chosen = np.flatnonzero(x[: self._model.pairs] > 0.5)
        block = core.blocks.block_of[chosen]
        numbers = []
        for number in range(len(core.blocks.blocks)):
            roster = core.pricing.complete(number, chosen[block == number])
            if not core.pricing.legal(number, roster):
                return
            numbers += core.pool.add(number, [roster])
        core.offer(np.array(numbers, dtype=np.int64), found_by)

    def _level(self, core: Core, level: int, stop: Stop) -> None:
        """Prove a level or make it as good as the time allows.

        The root is settled some rounds at a time, with windows of the best roster searched in between.
        """
        scope = Scope.everything(self._model, core.blocks)
        master = Master(
            core.linking, core.pool, Goal.of(level, core.values), scope, self._penalty(core, level)
        )
        root: Generated | None = None
        if self._large and core.solution is not None:
            root = self._sliced(core, level, master, stop)
        with Aside(core) as aside:
            self._search(core, level, master, root, aside if self._beside else None, stop)

    @property
    def _beside(self) -> bool:
        """Whether there is a thread to spare, and no roster that must come out the same every time."""
        return self._threads > 1 and self._rounds is None

    def _search(
        self,
        core: Core,
        level: int,
        master: Master,
        root: Generated | None,
        aside: Aside | None,
        stop: Stop,
    ) -> None:
        windows = dives = idle = 0
        while not core.proven(level) and not stop.reached():
            if root is None or not root.settled:
                root, idle = self._root(core, master, root, stop), 0
            if root is None:
                return
            if root.settled and (idle >= BETWEEN or not dives):
                self._dive(core, master, root, MANNERS[dives % len(MANNERS)], stop)
                if dives % 2:
                    self._branch(core, master, root, stop)
                dives, idle = dives + 1, 0
            for _ in range(CHUNK if root.settled else FEW if self._may_slice else 0):
                if aside is not None and root.settled:
                    aside.step(master, root, stop)
                if core.proven(level) or stop.reached():
                    break
                better = self._neighbourhood(core, level, master, root, windows, stop)
                windows, idle = windows + 1, 0 if better else idle + 1
            if self._rounds is not None and windows >= self._rounds and root.settled:
                return

    def _neighbourhood(
        self, core: Core, level: int, master: Master, root: Generated, number: int, stop: Stop
    ) -> bool:
        """A window, or on a long model every now and then a slice; whether there was a better roster in it."""
        before = core.values
        if self._may_slice and len(self._cells) >= LONG and number % EVERY == EVERY - 1:
            self._slice_some(core, stop)
        else:
            self._windows.step(level, root, master.penalty, stop)
        return core.values < before

    def _sliced(self, core: Core, level: int, master: Master, stop: Stop) -> Generated | None:
        """Slices of the best roster, and the root when it is due, until the root is settled."""
        self._bargain(core, stop)
        turn = Turn(stop, self._rounds is None)
        root: Generated | None = None
        while not core.proven(level) and not stop.reached():
            if turn.root_is_due:
                found = self._root(core, master, root, turn.share(stop))
                turn.rooted(stop, in_vain=found is root or not _near(core, level))
                root = found
            if root is not None and root.settled:
                return root
            for _ in range(SLICES):
                self._slice_some(core, stop)
            turn.went_on(stop)
        return root

    def _bargain(self, core: Core, stop: Stop) -> None:
        """A long bargain from the first rosters, then sweeps."""
        bargain = Bargain(core, self._alone, self._rng, self._threads if self._rounds is None else 1)
        bargain.run(stop if self._rounds is not None else stop.part(BARGAIN), passes=self._rounds)
        self._sweeps.improve(stop if self._rounds is not None else stop.part(SWEEPING), SWEEPS, near=True)

    def _slice_some(self, core: Core, stop: Stop) -> None:
        """Search a slice; of a large model as many as there are threads, where no rounds count."""
        if core.solution is None or stop.reached():
            return
        for x in self._slicer.step(core.solution.x, stop, self._at_once):
            self._take(core, x, "slice")

    @property
    def _at_once(self) -> int:
        return self._threads if self._large and self._rounds is None else 1

    def _slice(self, part: LinearModel, x: Floats, seed: int, stop: Stop) -> Solution | None:
        """What a search of a slice finds."""
        rounds = None if self._rounds is None else SLICE_WINDOWS
        threads = self._threads // self._at_once
        search = ColumnSearch(part, x, seed=seed, threads=threads, rounds=rounds, sliced=False)
        search.run(stop)
        return search.solution

    @staticmethod
    def _root(core: Core, master: Master, last: Generated | None, stop: Stop) -> Generated | None:
        """Some more rounds of column generation at the root."""
        if last is None:
            return generate(core, master, latest(core.pool, RECENT), stop, rounds=CHUNK, told=True)
        numbers = allowed(core, master.scope, last.relaxation, KEPT)
        found = generate(core, master, numbers, stop, rounds=CHUNK, told=True, centre=last.centre)
        return found or last

    def _dive(self, core: Core, master: Master, root: Generated, manner: Manner, stop: Stop) -> None:
        Dive(core, self._cells, master, manner, self._rng).run(root, stop.part(DIVE))
        self._sweeps.improve(stop, 2)

    @staticmethod
    def _branch(core: Core, master: Master, root: Generated, stop: Stop) -> None:
        """Branch and bound over the best of the pool, from the best roster."""
        assert core.numbers is not None
        numbers = np.union1d(allowed(core, master.scope, root.relaxation, BRANCHED), core.numbers)
        found = master.whole(numbers, core.numbers, stop, nodes=NODES, checks=CHECKS)
        if found.numbers is not None:
            core.offer(found.numbers, "branching")

    @staticmethod
    def _penalty(core: Core, level: int) -> float:
        """A first price of broken hard rows: above what the level itself pays for anything."""
        rows = core.linking.rows
        prices = rows.price[rows.level == level]
        costs = np.abs(core.model.linear[level])
        return 10.0 * max(1.0, float(prices.max(initial=0.0)), float(costs.max(initial=0.0)))


def _near(core: Core, level: int) -> bool:
    return core.bounds[level] >= NEAR * core.values[level]

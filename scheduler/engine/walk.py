"""The walk: local search in legs, a short annealing first, then longer ones from the best, reheated."""

from __future__ import annotations

from scheduler.engine.local_search.search import LocalSearch
from scheduler.engine.result import Values
from scheduler.model.linear_model import Floats, LinearModel

LEG = 250_000
"""Moves between two looks at the clock: a fraction of a second."""
FIRST = 25
"""Moves a column of the first annealing; every later one takes ``LONGER`` times as many."""
LONGER = 3
LEAST = 500_000
"""The fewest moves of an annealing."""
HOT, REHEATED = 1.0, 0.3
"""How hot the first annealing begins, and later ones."""
COLD = 0.003
"""How cold every annealing ends."""
PATIENCE = 2
"""Annealings in a row without anything better after which the walk has settled."""


class Walk:
    """Annealings of growing length from a start; the same seed and number of legs give the same solution."""

    def __init__(self, model: LinearModel, start: Floats, *, seed: int = 0) -> None:
        self._search = LocalSearch(model, start, seed=seed)
        self._pairs = model.pairs
        self.annealings = 0
        self._legs = self._legs_of(0)
        self._leg = 0
        self._better = False
        self._vain = 0

    @property
    def settled(self) -> bool:
        """Whether several annealings have found nothing better."""
        return self._vain >= PATIENCE

    @property
    def best(self) -> tuple[Floats, Values]:
        """The best legal solution so far and its value by level."""
        return self._search.best, self._search.best_values

    def leg(self) -> bool:
        """One leg; whether the best got better."""
        hot = REHEATED if self.annealings else HOT
        cooling = (COLD / hot) ** (1 / self._legs)
        begin = hot * cooling**self._leg
        better = self._search.run(LEG, (begin, begin * cooling))
        self._better |= better
        self._leg += 1
        if self._leg == self._legs:
            self._end_annealing()
        return better

    def _end_annealing(self) -> None:
        self._vain = 0 if self._better else self._vain + 1
        self.annealings += 1
        self._legs = self._legs_of(self.annealings)
        self._leg, self._better = 0, False
        self._search.restart(self._search.best)

    def _legs_of(self, number: int) -> int:
        moves: int = max(LEAST, FIRST * self._pairs) * LONGER**number
        return max(2, round(moves / LEG))

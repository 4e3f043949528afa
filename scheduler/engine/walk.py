"""The walk: local search in legs, a short annealing first, then longer ones from the best, reheated."""

from __future__ import annotations

from scheduler.engine.local_search.search import LocalSearch
from scheduler.engine.result import Values
from scheduler.engine.stop import Stop
from scheduler.model.linear_model import Floats, LinearModel

LEG = 250_000
"""Moves between two looks at the clock: a fraction of a second."""
FIRST = 25
"""Moves a column of the first annealing; every later one takes ``LONGER`` times as many."""
LONGER = 3
LEAST = 500_000
"""The fewest moves of an annealing."""
HOT, REHEATED, WARM = 1.0, 0.3, 0.1
"""How hot the first annealing begins, and later ones; and all of them from a roster that is good already."""
COLD = 0.003
"""How cold every annealing ends."""
PATIENCE = 2
"""Annealings in a row without anything better after which the walk has settled."""


class Walk:
    """Annealings of growing length from a start; the same seed and number of legs give the same solution.

    If the start is ``good``, they are warm enough to mend it, not to lose it.
    """

    def __init__(self, model: LinearModel, start: Floats, *, seed: int = 0, good: bool = False) -> None:
        self._search = LocalSearch(model, start, seed=seed)
        self._heats = (WARM, WARM) if good else (HOT, REHEATED)
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
        hot = self._heats[min(self.annealings, 1)]
        cooling = (COLD / hot) ** (1 / self._legs)
        begin = hot * cooling**self._leg
        better = self._search.run(LEG, (begin, begin * cooling))
        self._better |= better
        self._leg += 1
        if self._leg == self._legs:
            self._end_annealing()
        return better

    def anneal(self, stop: Stop) -> None:
        """The rest of an annealing, or less if the time is up."""
        number = self.annealings
        while self.annealings == number and not stop.reached():
            self.leg()

    def go_on_from(self, x: Floats) -> None:
        """Begin a new annealing at a solution found elsewhere."""
        self._search.restart(x)
        self._vain = 0
        self._leg, self._better = 0, False

    def _end_annealing(self) -> None:
        self._vain = 0 if self._better else self._vain + 1
        self.annealings += 1
        self._legs = self._legs_of(self.annealings)
        self._leg, self._better = 0, False
        self._search.restart(self._search.best)

    def _legs_of(self, number: int) -> int:
        moves: int = max(LEAST, FIRST * self._pairs) * LONGER**number
        return max(2, round(moves / LEG))

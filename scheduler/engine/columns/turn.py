"""Turn: whether the root of a large model is due, or else what makes its best roster better."""

from __future__ import annotations

from scheduler.engine.stop import Stop

SHARE = 0.05
"""Share of the time left that some rounds of the root may take."""
TURNS = 2
"""Turns of all else for some rounds of the root where the clock does not count."""
PATIENCE = 3.0
"""How many times longer the root has to wait for its turn after each turn in vain."""


class Turn:
    """Gives the root as much time as all else, which begins, as long as it gets anywhere; then less and less."""

    def __init__(self, stop: Stop, by_clock: bool) -> None:
        self._by_clock = by_clock
        self._left = stop.left()
        self._root, self._else = (stop.part(SHARE).left() if by_clock else float(TURNS)), 0.0
        self._ratio = 1.0

    @property
    def root_is_due(self) -> bool:
        """Whether all else has had its share of the time."""
        return self._else >= self._ratio * self._root

    def share(self, stop: Stop) -> Stop:
        """Until when the root may go on."""
        return stop.part(SHARE) if self._by_clock else stop

    def went_on(self, stop: Stop) -> None:
        """Something else than the root is done."""
        self._else += self._took(stop)

    def rooted(self, stop: Stop, *, in_vain: bool) -> None:
        """Some rounds of the root are done."""
        if in_vain and self._by_clock:
            self._ratio *= PATIENCE
        self._root += self._took(stop) * (1 if self._by_clock else TURNS)

    def _took(self, stop: Stop) -> float:
        before, self._left = self._left, stop.left()
        return before - self._left if self._by_clock else 1.0

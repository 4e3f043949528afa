"""What pricing says of one block."""

from __future__ import annotations

from dataclasses import dataclass

from scheduler.domain.grouping import Ints

NEVER, ALWAYS = float("inf"), float("-inf")


@dataclass(frozen=True, eq=False)
class Offer:
    """A bound on a block's reduced costs, and rosters below the cutoff.

    ``bound``: no roster of the block costs less, or, if that is at least the cutoff, none costs less than the
    cutoff; infinite if there is no legal roster, minus infinite if there was no time to look.
    ``rosters``: the model columns that are 1 (assignments and personal auxiliary columns, sorted), best first;
    ``reduced``: what each costs, exactly.
    """

    bound: float
    rosters: tuple[Ints, ...] = ()
    reduced: tuple[float, ...] = ()


UNPRICED = Offer(ALWAYS)
IMPOSSIBLE = Offer(NEVER)

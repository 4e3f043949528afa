"""Targets: everybody's fair share in whole numbers, from the facts alone; rows and checks both ask here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor

import numpy as np

from scheduler.domain.grouping import Bools, Ints
from scheduler.domain.instance import Instance

HALF = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class Claim:
    """What a share is made from: weight, the most one can take, what one took before (None: not there)."""

    weight: int
    most: int
    past: int | None = None


def fair_targets(claims: Sequence[Claim], total: int, decay: Fraction, carry: int) -> list[int]:
    """Whole shares of ``total`` pro rata to weights, with a part of the past carried over.

    Share = weight × level − carried, not under 0 and not over ``most``; the level is the one at which the
    shares add up to ``total``, so that others take what somebody cannot. Carried = decay × (past − what the
    weights would have given of everybody's past), not beyond ``carry`` either way. Halves are rounded up.

    Shares by weight and past use that counts less as it ages: J. Kay and P. Lauder, "A fair share
    scheduler", Communications of the ACM 31(1), 1988.
    """
    shares = filled(claims, carried(claims, decay, carry), total)
    return [floor(share + HALF) for share in shares]


def carried(claims: Sequence[Claim], decay: Fraction, carry: int) -> list[Fraction]:
    """What each took beyond a fair share of the past, times ``decay``, cut at ``carry`` either way."""
    whole = sum(claim.past or 0 for claim in claims)
    weights = sum(claim.weight for claim in claims if claim.past is not None)

    def one(claim: Claim) -> Fraction:
        if claim.past is None or not weights:
            return Fraction(0)
        beyond = decay * (claim.past - Fraction(whole * claim.weight, weights))
        return min(Fraction(carry), max(Fraction(-carry), beyond))

    return [one(claim) for claim in claims]


def filled(claims: Sequence[Claim], debts: Sequence[Fraction], total: int) -> list[Fraction]:
    """Shares ``weight × level − debt`` between 0 and ``most``; they add up to ``total`` if there is room."""
    level = _level(claims, debts, total)
    return [
        min(Fraction(claim.most), max(Fraction(0), claim.weight * level - debt))
        if claim.weight
        else Fraction(0)
        for claim, debt in zip(claims, debts)
    ]


def _level(claims: Sequence[Claim], debts: Sequence[Fraction], total: int) -> Fraction:
    """The level, raised from turn to turn: where a share leaves 0, where it meets its most."""
    turns: list[tuple[Fraction, int]] = []
    for claim, debt in zip(claims, debts):
        if claim.weight and claim.most:
            turns.append((debt / claim.weight, claim.weight))
            turns.append(((debt + claim.most) / claim.weight, -claim.weight))
    level, height, slope = Fraction(0), Fraction(0), 0
    for turn, change in sorted(turns):
        if slope and height + slope * (turn - level) >= total:
            return level + (total - height) / slope
        height += slope * (turn - level)
        level, slope = turn, slope + change
    return level


def apportioned(shares: Sequence[Fraction]) -> list[int]:
    """Whole numbers with the same sum, by largest remainder (Hamilton's method); the first wins a tie."""
    whole = [floor(share) for share in shares]
    rest = round(sum(shares) - sum(whole))
    order = sorted(range(len(shares)), key=lambda n: (whole[n] - shares[n], n))
    for n in order[:rest]:
        whole[n] += 1
    return whole


@dataclass(frozen=True, slots=True, eq=False)
class Reach:
    """What volunteers could do: ``able`` [volunteer, shift]; duty days, times and shifts by volunteer."""

    able: Bools
    days: Ints
    times: Ints
    most: Ints

    def demand(self, instance: Instance) -> Ints:
        """By shift: the wanted heads, or fewer where fewer could serve."""
        wanted = np.array([shift.wanted for shift in instance.shifts], dtype=np.int64)
        return np.asarray(np.minimum(wanted, self.able.sum(axis=0)), dtype=np.int64)


def reach(instance: Instance, volunteers: Bools, shifts: Bools) -> Reach:
    """What the volunteers of a mask could do on the shifts of another, and the most their contracts allow."""
    able = instance.could_serve & volunteers[:, None] & shifts
    at = np.zeros((len(instance.volunteers), len(instance.timings)), dtype=np.int64)
    for n, same_time in enumerate(instance.shifts_at):
        at[:, n] = able[:, same_time].any(axis=1)
    days = [(timing.day - instance.horizon.first).days for timing in instance.timings]
    by_day = at @ _members(days, len(instance.days))
    contracts = [volunteer.contract for volunteer in instance.volunteers]
    weeks = [instance.week_number(day) for day in instance.days]
    daily = np.minimum(by_day, _limits([one.per_day for one in contracts])[:, None])
    by_week = daily @ _members(weeks, max(weeks) + 1)
    weekly = np.minimum(by_week, _limits([one.per_week for one in contracts])[:, None])
    most = np.minimum(weekly.sum(axis=1), _limits([one.per_horizon for one in contracts]))
    return Reach(able, (by_day > 0).sum(axis=1), at.sum(axis=1), most)


def _members(group: list[int], count: int) -> Ints:
    table = np.zeros((len(group), count), dtype=np.int64)
    table[np.arange(len(group)), group] = 1
    return table


def _limits(limits: list[int | None]) -> Ints:
    return np.array([np.iinfo(np.int64).max if n is None else n for n in limits], dtype=np.int64)

"""Targets worked out on paper."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from scheduler.rules.fairness.targets import Claim, apportioned, carried, fair_targets, filled, reach
from tests.builders import SHIFT_TYPES, day, world

HALF = Fraction(1, 2)


def targets(claims: list[Claim], total: int, decay: Fraction = HALF, carry: int = 3) -> list[int]:
    return fair_targets(claims, total, decay, carry)


def equal(*most: int) -> list[Claim]:
    return [Claim(1, one) for one in most]


def test_shares_go_by_weight() -> None:
    # 12 over 10 + 20 + 30: one fifth of each weight
    assert targets([Claim(10, 99), Claim(20, 99), Claim(30, 99)], 12) == [2, 4, 6]


@pytest.mark.parametrize(
    ("most", "total", "shares"),
    [
        ((4, 9, 9), 12, [4, 4, 4]),  # nobody is cut off
        ((3, 9, 9), 12, [3, 4, 4]),  # 9 rest for two: 4½ each, written out below
        ((2, 9, 9), 12, [2, 5, 5]),  # 10 rest for two
        ((1, 2, 99), 9, [1, 2, 6]),  # one after the other
        ((1, 2, 3), 9, [1, 2, 3]),  # there is only room for 6
        ((0, 5, 5), 4, [0, 2, 2]),
        ((5, 5, 5), 0, [0, 0, 0]),
    ],
)
def test_what_a_contract_cuts_off_passes_to_the_others(
    most: tuple[int, ...], total: int, shares: list[int]
) -> None:
    exact = filled(equal(*most), [Fraction(0)] * 3, total)
    assert sum(exact) == min(total, sum(most))
    assert [int(share) for share in exact] == shares


@pytest.mark.parametrize(("total", "each"), [(4, 1), (5, 1), (6, 2), (7, 2), (8, 2), (10, 3)])
def test_halves_are_rounded_up(total: int, each: int) -> None:
    # over four people: 1, 1¼, 1½, 1¾, 2, 2½
    assert targets(equal(9, 9, 9, 9), total) == [each] * 4


def test_past_shifts_are_carried_at_half() -> None:
    # 8 past shifts, a fair share 4 each: 2 too many and 2 too few, half of it carried
    claims = [Claim(1, 99, past=6), Claim(1, 99, past=2)]
    assert carried(claims, HALF, 3) == [1, -1]
    assert targets(claims, 8) == [3, 5]
    assert targets(claims, 8, decay=Fraction(1)) == [2, 6]
    assert targets(claims, 8, decay=Fraction(0)) == [4, 4]


def test_the_share_of_the_past_goes_by_weight() -> None:
    # 9 past shifts by weights 1 and 2 would be 3 and 6: both had theirs
    assert carried([Claim(1, 9, past=3), Claim(2, 9, past=6)], HALF, 3) == [0, 0]


@pytest.mark.parametrize(("past", "shares"), [(12, [1, 7]), (20, [1, 7]), (10, [1.5, 6.5])])
def test_no_more_than_carry_is_carried(past: int, shares: list[float]) -> None:
    # half of 6 too many is 3, half of 10 is 5, half of 5 is 2½
    claims = [Claim(1, 99, past=past), Claim(1, 99, past=0)]
    assert filled(claims, carried(claims, HALF, 3), 8) == shares


def test_who_joins_now_carries_nothing() -> None:
    # the two who were there: 4 each of 8; the newcomer is neither ahead nor behind
    assert targets([Claim(1, 99, past=6), Claim(1, 99, past=2), Claim(1, 99)], 12) == [3, 5, 4]


@pytest.mark.parametrize(("total", "shares"), [(2, [0, 2]), (4, [0, 4]), (6, [0, 6]), (10, [1, 9])])
def test_nobody_owes_less_than_nothing(total: int, shares: list[int]) -> None:
    # carried 4 and -4: up to a total of 8 all goes to the second
    claims = [Claim(1, 99, past=8), Claim(1, 99, past=0)]
    assert targets(claims, total, decay=Fraction(1), carry=4) == shares


def test_who_can_never_serve_has_no_target() -> None:
    assert targets([Claim(0, 0, past=9), Claim(1, 9, past=0)], 4) == [0, 4]
    assert targets([Claim(0, 9)], 4) == [0]
    assert targets([], 4) == []


@pytest.mark.parametrize(
    ("shares", "whole"),
    [
        (["7/2", "7/2", "3"], [4, 3, 3]),  # a tie: the first
        (["3/5", "4/5", "8/5"], [1, 1, 1]),  # remainders .6 .8 .6, two heads left
        (["1/4", "9/4", "1/2"], [0, 2, 1]),
        (["2", "5"], [2, 5]),
    ],
)
def test_largest_remainder_keeps_the_sum(shares: list[str], whole: list[int]) -> None:
    assert apportioned([Fraction(share) for share in shares]) == whole


PEOPLE = [
    "anna",
    {"id": "bo", "availability": {"only": [{"weekdays": ["tue", "sun"]}]}},
    {"id": "cleo", "joined": day(5)},
    {"id": "dan", "availability": {}},
    {"id": "eva", "skills": [{"skill": "medical", "until": day(1)}]},
]


def test_days_and_times_one_could_serve() -> None:
    posts = ["gate", {"id": "tent", "skills": ["medical"]}]
    instance = world(PEOPLE, skills=[{"id": "medical"}], posts=posts, shift_types=SHIFT_TYPES[:2], heads=2)
    everybody, everything = np.ones(5, dtype=bool), np.ones(len(instance.shifts), dtype=bool)
    can = reach(instance, everybody, everything)
    assert can.days.tolist() == [7, 2, 2, 0, 7]
    assert can.times.tolist() == [14, 4, 4, 0, 14]
    assert can.able.sum(axis=1).tolist() == [14, 4, 4, 0, 14 + 4]
    # the gate: two of anna and eva always; the tent: eva alone, on two days
    assert int(can.demand(instance).sum()) == 14 * 2 + 4
    only = reach(instance, everybody & (np.arange(5) != 4), everything)
    # without eva: one at the gate, two on Tuesday, two on Saturday, two (of three) on Sunday
    assert int(only.demand(instance).sum()) == 2 * (4 * 1 + 3 * 2)


@pytest.mark.parametrize(
    ("contract", "most"),
    [
        ({}, 14),
        ({"per_day": 1}, 7),
        ({"per_week": 3}, 6),  # Thursday to Wednesday: two calendar weeks
        ({"per_day": 1, "per_week": 4}, 7),  # four of four days, three of three
        ({"per_week": 3, "per_horizon": 5}, 5),
        ({"per_horizon": 20}, 14),
    ],
)
def test_what_a_contract_allows(contract: dict[str, int], most: int) -> None:
    horizon = {"first": day(3), "last": day(9)}
    instance = world([{"id": "a", "contract": contract}], horizon=horizon, shift_types=SHIFT_TYPES[:2])
    assert reach(instance, np.ones(1, dtype=bool), np.ones(14, dtype=bool)).most.tolist() == [most]

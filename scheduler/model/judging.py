"""Judging pairs in bulk: each distinct (volunteer key, shift key) is judged once."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

import numpy as np

from scheduler.domain.grouping import Bools, Ints
from scheduler.domain.instance import Instance
from scheduler.rules.base import PairRule


def judged(rule: PairRule, instance: Instance, volunteer: Ints, shift: Ints) -> Ints:
    """The amount a pair rule says of each pair (volunteer number, shift number)."""
    if not len(volunteer):
        return np.zeros(0, dtype=np.int64)
    v_key, v_first = _keys([rule.volunteer_key(instance, v) for v in instance.volunteers])
    s_key, s_first = _keys([rule.shift_key(instance, s) for s in instance.shifts])
    combined = v_key[volunteer] * len(s_first) + s_key[shift]
    distinct, place = np.unique(combined, return_inverse=True)
    amounts = np.fromiter(
        (
            rule.judge(
                instance,
                instance.volunteers[v_first[c // len(s_first)]],
                instance.shifts[s_first[c % len(s_first)]],
            )
            for c in distinct.tolist()
        ),
        dtype=np.int64,
        count=len(distinct),
    )
    return amounts[place]


def allowed_pairs(rules: Sequence[PairRule], instance: Instance) -> Bools:
    """Mask [volunteer, shift] of the pairs that none of these (hard) rules says no to."""
    allowed = np.ones((len(instance.volunteers), len(instance.shifts)), dtype=np.bool_)
    for rule in rules:
        scope = rule.scope(instance)
        v_key, v_first = _keys([rule.volunteer_key(instance, v) for v in instance.volunteers])
        s_key, s_first = _keys([rule.shift_key(instance, s) for s in instance.shifts])
        by_key = np.zeros((len(v_first), len(s_first)), dtype=np.bool_)
        for a, v in enumerate(v_first):
            for b, s in enumerate(s_first):
                by_key[a, b] = rule.judge(instance, instance.volunteers[v], instance.shifts[s]) != 0
        for n in np.flatnonzero(scope.volunteers):
            allowed[n] &= ~(by_key[v_key[n]][s_key] & scope.shifts)
    return allowed


def _keys(values: list[Hashable]) -> tuple[Ints, list[int]]:
    numbers: dict[Hashable, int] = {}
    first: list[int] = []
    key = np.empty(len(values), dtype=np.int64)
    for n, value in enumerate(values):
        number = numbers.setdefault(value, len(numbers))
        if number == len(first):
            first.append(n)
        key[n] = number
    return key, first

"""Price tables: what a group's soft rows cost at each activity, shared by groups that are priced alike."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scheduler.domain.grouping import Ints
from scheduler.model.linear_model import Floats


@dataclass(frozen=True, slots=True, eq=False)
class Tables:
    """``price[offset[n] + activity]`` is what group ``number[n]`` costs at an activity."""

    number: Ints
    offset: Ints
    price: Floats


def tables(number: Ints, terms: Floats, scale: Floats, least: Ints, most: Ints) -> Tables:
    """Tables for soft rows: the group of each row, its (lower, upper, price under, price over), and its reach.

    ``scale`` times the activity is what the bounds are meant for; all rows of a group reach equally far.
    """
    groups, place = np.unique(number, return_inverse=True)
    kind = _kinds(place, len(groups), terms, scale, least)
    low, high = np.zeros(len(groups), dtype=np.int64), np.zeros(len(groups), dtype=np.int64)
    low[place], high[place] = least, most
    _, example, of = np.unique(kind, return_index=True, return_inverse=True)
    length = np.zeros(len(example), dtype=np.int64)
    np.maximum.at(length, of, high - low + 1)
    begin = np.cumsum(length) - length
    price = np.zeros(int(length.sum()))
    activity = np.arange(len(price)) - np.repeat(begin - low[example], length)
    for row in np.flatnonzero(np.isin(place, example)).tolist():
        at = of[place[row]]
        part = slice(int(begin[at]), int(begin[at] + length[at]))
        lower, upper, under, over = terms[row]
        reached = activity[part] * scale[row]
        price[part] += np.maximum(0.0, lower - reached) * under + np.maximum(0.0, reached - upper) * over
    return Tables(groups, begin[of] - low, price)


def _kinds(place: Ints, count: int, terms: Floats, scale: Floats, least: Ints) -> Ints:
    """The same number for groups whose rows have the same terms, scale and least activity."""
    features = np.ascontiguousarray(np.column_stack((terms, scale, least)).astype(np.float64))
    code = np.zeros(len(place), dtype=np.uint64)
    for n, bits in enumerate(features.view(np.uint64).T):
        code = (code ^ (bits + np.uint64(n))) * np.uint64(0x9E3779B97F4A7C15)
        code ^= code >> np.uint64(29)
    total = np.zeros(count, dtype=np.uint64)
    np.add.at(total, place, code)
    _, group_kind = np.unique(total, return_inverse=True)
    return np.asarray(group_kind, dtype=np.int64)

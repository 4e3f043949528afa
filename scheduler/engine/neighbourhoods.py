"""What a round of the search sets free: small functions that choose assignment columns."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scheduler.domain.grouping import Ints
from scheduler.model.linear_model import Floats, LinearModel

Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """What a neighbourhood may look at: the model, the current solution, and where each row stands."""

    model: LinearModel
    x: Floats
    breach: Floats
    """How far each row is outside its bounds."""

    @property
    def day(self) -> Ints:
        """Day number of each assignment column."""
        return self.model.instance.day_of[self.model.shift]


Neighbourhood = Callable[[View, np.random.Generator, int], Bools]
"""(view, random numbers, size in columns) -> mask over the assignment columns."""


def some_days(view: View, rng: np.random.Generator, size: int) -> Bools:
    """Everybody on a stretch of consecutive days."""
    day = view.day
    counts = np.bincount(day, minlength=len(view.model.instance.days))
    first = int(rng.choice(np.flatnonzero(counts)))
    last = first
    while counts[first : last + 1].sum() < size and last + 1 < len(counts):
        last += 1
    while counts[first : last + 1].sum() < size and first > 0:
        first -= 1
    return (day >= first) & (day <= last)


def some_people(view: View, rng: np.random.Generator, size: int) -> Bools:
    """Some volunteers on all days."""
    order = rng.permutation(len(view.model.instance.volunteers))
    return _until(view.model.volunteer, order, size)


def some_posts(view: View, rng: np.random.Generator, size: int) -> Bools:
    """All shifts of some posts, neighbours in the place tree first."""
    instance = view.model.instance
    posts = list(instance.posts.values())
    seed = posts[int(rng.integers(len(posts)))]
    line = instance.place_line(seed.place)
    distance = np.array([sum(one not in line for one in instance.place_line(post.place)) for post in posts])
    order = np.lexsort((rng.random(len(posts)), distance))
    number = {post.id: n for n, post in enumerate(posts)}
    of_shift = np.array([number[shift.post.id] for shift in instance.shifts], dtype=np.int64)
    return _until(of_shift[view.model.shift], order, size)


def one_organisation(view: View, rng: np.random.Generator, size: int) -> Bools:
    """Members of an organisation, and of others until the size is reached."""
    instance = view.model.instance
    names = sorted({volunteer.organisation or "" for volunteer in instance.volunteers})
    rank = dict(zip((names[n] for n in rng.permutation(len(names))), range(len(names))))
    keys = np.array([rank[volunteer.organisation or ""] for volunteer in instance.volunteers])
    order = np.lexsort((rng.random(len(keys)), keys))
    return _until(view.model.volunteer, order, size)


def worst_rows(view: View, rng: np.random.Generator, size: int) -> Bools:
    """The shifts and people of some broken rows, and those who could relieve them."""
    rows = view.model.rows
    broken = np.flatnonzero((view.breach > 1e-6) & (rows.level > 0))
    if not len(broken):
        return some_people(view, rng, size)
    price = rows.price[broken] * view.breach[broken]
    chosen = broken[np.argsort(-rng.random(len(broken)) * price)[: max(1, size // 400)]]
    columns = np.unique(rows.matrix[chosen].indices)
    columns = columns[columns < view.model.pairs]
    people = rng.permutation(np.unique(view.model.volunteer[columns]))
    days = np.unique(view.day[columns])
    near = _until(view.model.volunteer, people, size // 2)
    return near | (np.isin(view.day, days) & (rng.random(len(view.day)) < size / 2 / max(1, len(view.day))))


NEIGHBOURHOODS: tuple[Neighbourhood, ...] = (
    some_days,
    some_people,
    some_posts,
    one_organisation,
    worst_rows,
)
"""All neighbourhoods, in the order they are first tried."""


def _until(key: Ints, order: Ints, size: int) -> Bools:
    counts = np.bincount(key, minlength=int(order.max(initial=0)) + 1)[order]
    enough = int(np.searchsorted(np.cumsum(counts), size)) + 1
    return np.isin(key, order[:enough])

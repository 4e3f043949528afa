"""A model laid out for the kernel: its groups by column and by member, its columns by volunteer, day and shift."""

from __future__ import annotations

import numpy as np
from scipy import sparse

from scheduler.domain.grouping import Ints
from scheduler.engine.local_search.groups import Groups
from scheduler.engine.local_search.state import (
    CHANGES,
    COLUMNS,
    CREW,
    DAY,
    DAYS,
    DEFINED,
    FIRST,
    FREE,
    FREE_COUNT,
    HEAD,
    LONGEST,
    MEMBERS,
    OFFSET,
    PAIRS,
    PEOPLE,
    PERSON,
    PLAIN,
    QUEUE,
    REALS,
    RNG,
    ROOM,
    SHIFT,
    SORE,
    SORT,
    STAMP,
    VOLUNTEER,
    Board,
    Numbers,
)
from scheduler.model.linear_model import LinearModel


def board_of(model: LinearModel, groups: Groups, seed: int) -> Board:
    """The arrays of a model, with nobody assigned and nothing counted yet."""
    days = max(1, len(model.instance.days))
    day = np.clip(model.instance.day_of, 0, days - 1)
    free = np.flatnonzero(model.lower[: model.pairs] < model.upper[: model.pairs])
    by_column, members = groups.matrix.tocsc(), _changeable(groups, model)
    links = np.concatenate((_links(by_column), _links(members)))
    head = np.zeros(HEAD, dtype=np.int64)
    lists, crew = _lists(model, len(groups.group), free, day, days, head)
    head[PAIRS], head[COLUMNS] = model.pairs, model.columns
    head[DAYS], head[PEOPLE] = days, len(model.instance.volunteers)
    head[PLAIN] = groups.plain
    head[RNG] = np.random.default_rng(seed).integers(1, 2**63)
    return Board(
        x=np.zeros(model.columns + model.pairs, dtype=np.int8),
        columns=_columns(model, groups, by_column.indptr),
        groups=_groups(groups, members.indptr + by_column.nnz),
        room=np.zeros(len(groups.group), dtype=np.int32),
        links=links,
        shifts=_shifts(model, day, crew),
        lists=lists,
        head=head,
        reals=np.concatenate((np.zeros(REALS), groups.price)),
    )


def _lists(
    model: LinearModel, groups: int, free: Ints, day: Ints, days: int, head: Ints
) -> tuple[Numbers, Ints]:
    """The lists one after the other, their places noted in ``head``, and where the crew of each shift begins."""
    key = model.volunteer[free] * days + day[model.shift[free]]
    person, persons = _grouped(free, key, len(model.instance.volunteers) * days)
    crew, crews = _grouped(free, model.shift[free], len(model.instance.shifts))
    room = max(LONGEST, model.pairs // 8)
    scratch = np.zeros(2 + (model.rows.matrix.nnz if model.columns > model.pairs else 0) + room)
    parts = [np.zeros(2 * LONGEST), person, persons, crews, free, scratch, np.zeros(groups)]
    at = np.concatenate(([0], np.cumsum([len(part) for part in parts])))
    parts[1] = person + at[2]
    head[PERSON], head[FREE], head[FREE_COUNT] = at[1], at[4], len(free)
    head[CHANGES], head[QUEUE], head[ROOM], head[SORE] = at[5], at[5] + room, room, at[6]
    return np.concatenate(parts).astype(np.int32), crew + at[3]


def _grouped(items: Ints, key: Ints, count: int) -> tuple[Ints, Ints]:
    """Where each key's items begin, and the items by key."""
    start = np.concatenate(([0], np.cumsum(np.bincount(key, minlength=count))))
    return start, items[np.argsort(key, kind="stable")]


def _columns(model: LinearModel, groups: Groups, start: Ints) -> Numbers:
    columns = np.zeros((model.columns + 1, 4), dtype=np.int32)
    columns[:, FIRST] = start
    columns[: model.pairs, VOLUNTEER], columns[: model.pairs, SHIFT] = model.volunteer, model.shift
    columns[model.pairs : -1, DEFINED] = groups.definition
    columns[:, STAMP] = -1
    return columns


def _groups(groups: Groups, start: Ints) -> Numbers:
    """The groups and one more, which only says where the last one's members end."""
    fields = np.concatenate((groups.group, np.zeros((1, groups.group.shape[1]), dtype=np.int32)))
    fields[:, MEMBERS] = start
    fields[:, OFFSET] += REALS
    return fields


def _shifts(model: LinearModel, day: Ints, crew: Ints) -> Numbers:
    numbers: dict[tuple[str, str], int] = {}
    shifts = np.zeros((len(crew), 4), dtype=np.int32)
    shifts[:, CREW] = crew
    shifts[:-1, DAY] = day
    shifts[:-1, SORT] = [
        numbers.setdefault((shift.post.id, shift.type.id), len(numbers)) for shift in model.instance.shifts
    ]
    return shifts


def _changeable(groups: Groups, model: LinearModel) -> sparse.csr_array:
    """The groups' matrix with only the columns that may change."""
    fixed = model.lower >= model.upper
    if not fixed.any():
        return groups.matrix
    members = groups.matrix.copy()
    members.data = np.where(fixed[members.indices], 0, members.data)
    members.eliminate_zeros()
    return members


def _links(matrix: sparse.csr_array | sparse.csc_array) -> Numbers:
    return np.stack((matrix.indices, matrix.data), axis=1).astype(np.int32)

"""Deletion: of rows that cannot hold together, fewer and fewer, until none can be left out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from scheduler.domain.grouping import Bools, Ints
from scheduler.engine import highs
from scheduler.engine.stop import Stop
from scheduler.model.levels import Ladder
from scheduler.model.linear_model import DEFINITION, LinearModel
from scheduler.model.matrix import Matrix, Proof

LOGIC = 0.3
"""Share of the time left in which CP-SAT may look for few tags."""

Tag = tuple[int, int]
"""The rule that wrote a row, by number, and whom or what the row concerns."""


@dataclass(frozen=True, slots=True)
class Core:
    """Tags of rows that cannot hold together, empty if all can, None if the time was too short to find out.

    ``minimal``: each was left out once, and the others were shown to hold.
    """

    core: list[Tag] | None
    minimal: bool = False


def tags_of(model: LinearModel, rows: Ints | None = None) -> list[Tag]:
    """The tags of all rows, or of some."""
    which = slice(None) if rows is None else rows
    return list(zip(model.rows.rule[which].tolist(), model.rows.subject[which].tolist()))


def unavoidable(model: LinearModel, which: Bools, stop: Stop) -> list[Tag]:
    """Tags with a part in the least breach that the linear relaxation cannot avoid; none if it can avoid all.

    By Farkas' lemma rows with a dual of zero have no part in it.
    """
    kept = np.flatnonzero(which | (model.rows.rule == DEFINITION))
    breach, dual = highs.duals(elastic(replace(model, rows=model.rows.take(kept))), stop)
    if breach < 1e-6:
        return []
    part = kept[(model.rows.rule[kept] != DEFINITION) & (np.abs(dual) > 1e-7)]
    return sorted(set(tags_of(model, part)))


def elastic(model: LinearModel) -> Matrix:
    """The matrix that minimises the breach of all tagged rows."""
    tagged = model.rows.rule != DEFINITION
    rows = replace(model.rows, level=np.where(tagged, 1, 0), price=np.where(tagged, 1.0, 0.0))
    costless = replace(model, rows=rows, linear=np.zeros_like(model.linear))
    return Ladder(costless).objective(1)


def with_tags(model: LinearModel, tags: Iterable[Tag]) -> LinearModel:
    """The model with the rows of these tags only, and those that define columns."""
    wanted = set(tags)
    kept = np.array([tag[0] == DEFINITION or tag in wanted for tag in tags_of(model)], dtype=np.bool_)
    return replace(model, rows=model.rows.take(kept))


def without_tags(model: LinearModel, tags: Iterable[Tag]) -> LinearModel:
    """The model without the rows of these tags."""
    gone = set(tags)
    kept = np.array([tag not in gone for tag in tags_of(model)], dtype=np.bool_)
    return replace(model, rows=model.rows.take(kept))


def first_core(model: LinearModel, stop: Stop) -> Core:
    """Some tags that cannot hold together, not minimal: found by counting, else by branching and logic."""
    counted = unavoidable(model, model.rows.rule != DEFINITION, stop)
    if counted or stop.reached():
        return Core(counted or None)
    holds = can_hold(model, stop)
    if holds is None or holds:
        return Core([] if holds else None)
    return Core(_by_logic(model, stop.part(LOGIC)) or _all_tags(model))


def irreducible_core(model: LinearModel, stop: Stop) -> Core:
    """Tags that cannot hold together, shrunk by leaving out whole rules, then single tags."""
    found = first_core(model, stop)
    if not found.core:
        return found
    deletion = Deletion(with_tags(model, found.core), stop)
    core = found.core
    for rule in sorted({rule for rule, _ in core}):
        core = deletion.without([tag for tag in core if tag[0] == rule], core)
    for tag in list(core):
        if tag in core:
            core = deletion.without([tag], core)
    return Core(core, minimal=deletion.certain)


def can_hold(model: LinearModel, stop: Stop) -> bool | None:
    """Whether all rows can hold, by branch and bound; None if the time was too short to find out."""
    outcome = highs.solve(Ladder(replace(model, linear=np.zeros_like(model.linear))).matrix, stop)
    if outcome.x is not None:
        return True
    return False if outcome.proof is Proof.INFEASIBLE else None


@dataclass(slots=True)
class Deletion:
    """Leaves tags of a model's rows out and asks whether the others can hold.

    ``certain`` as long as every question about a single tag was answered in time.
    """

    model: LinearModel
    stop: Stop
    certain: bool = True

    def without(self, some: Sequence[Tag], core: list[Tag]) -> list[Tag]:
        """The core without some tags, or less, if that cannot hold either; else the core."""
        rest = [tag for tag in core if tag not in some]
        if not rest:
            return core
        part = with_tags(self.model, rest)
        counted = [] if self.stop.reached() else unavoidable(part, part.rows.rule != DEFINITION, self.stop)
        holds = False if counted else None if self.stop.reached() else can_hold(part, self.stop)
        if holds is None and len(some) == 1:
            self.certain = False
        return core if holds is None or holds else counted or rest


def _by_logic(model: LinearModel, stop: Stop) -> list[Tag]:
    """Some tags that cannot hold together, for clashes that only whole numbers make; none if not found in time."""
    from scheduler.engine import cp_sat

    tags = _all_tags(model)
    number = {tag: n for n, tag in enumerate(tags)}
    group = np.array([number.get(tag, -1) for tag in tags_of(model)], dtype=np.int64)
    return [tags[n] for n in cp_sat.core(Ladder(model).matrix, group, stop)]


def _all_tags(model: LinearModel) -> list[Tag]:
    return sorted({tag for tag in tags_of(model) if tag[0] != DEFINITION})

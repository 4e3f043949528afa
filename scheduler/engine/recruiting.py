"""Whom to ask for: the fewest helpers, by kind, with whom coverage reaches its share; each claim solved again."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy import sparse

from scheduler.domain.grouping import Ints
from scheduler.engine import highs
from scheduler.engine.helpers import Counts, kinds_wanted, prefix, usual, with_helpers
from scheduler.engine.openings import Openings, binding
from scheduler.engine.stop import Stop
from scheduler.model.linear_model import DEFINITION, Floats, LinearModel
from scheduler.model.matrix import Matrix, Outcome
from scheduler.model.matrix import Proof as Solved
from scheduler.model.transform import relaxed
from scheduler.problem import Problem
from scheduler.report.capacity import Kind, Need, Proof, Recruits
from scheduler.score import violations

GAP = 0.7
"""As near the optimum as proves the number of people: the prices of one mix and another differ by less than 1/4."""
TRIES = 6
"""How often people are added to what the rounded relaxation says, where it does not suffice."""


def recruits(
    problem: Problem, openings: Openings, held: Floats, allowed: Floats, stop: Stop, per_week: int | None
) -> Recruits | None:
    """The fewest people, by kind, with whom no day has more open heads than ``allowed``; None if time ran out.

    ``held`` are the limits up to the first day that breaks them.
    """
    per_week = per_week or usual(problem)
    kinds = kinds_wanted(openings, held, stop)
    proposal = _proposal(problem, kinds, per_week, allowed, stop.part(0.6))
    if proposal is None:
        return None
    trial = _Trial(problem, allowed, per_week, stop)
    counts, proven = proposal
    least = sum(counts.values()) if proven else -1
    found = _enough(trial, counts)
    if found is None:
        return Recruits(_needs(counts), per_week, Proof.NONE, fewest=False, needed=False)
    counts, needed = _trimmed(trial, found)
    proof = Proof.ROSTER if trial.has_roster(counts) else Proof.RELAXATION
    return Recruits(_needs(counts), per_week, proof, fewest=sum(counts.values()) == least, needed=needed)


def _needs(counts: Counts) -> tuple[Need, ...]:
    return tuple(Need(kind, people) for kind, people in counts.items() if people)


# -- how many ----------------------------------------------------------------------------------------------


def _proposal(
    problem: Problem, kinds: Sequence[Kind], per_week: int, allowed: Floats, stop: Stop
) -> tuple[dict[Kind, int], bool] | None:
    """The fewest people in the relaxation, all of a kind taken together, and whether fewer are proven not to do.

    None if there was no time for any.

    People of a kind are alike, so that their sums satisfy their rules times their number: one column says how many
    there are, and what limits one person limits that many.
    """
    if not kinds or stop.reached():
        return None
    more = with_helpers(problem, dict.fromkeys(kinds, 1), per_week)
    openings = Openings.of(more.instance(), more.all_rules())
    people = openings.instance.volunteers
    first = next(n for n, one in enumerate(people) if one.id == f"{prefix(problem)}{0:05}")
    numbers = np.arange(first, first + len(kinds))
    zero = np.zeros(len(openings.matrix.cost) - openings.model.columns)
    matrix = _scaled(openings.model, openings.priced(zero, allowed), numbers, _prices(kinds, openings))
    outcome = highs.solve(matrix, stop.part(0.7), gap=GAP)
    proven = outcome.proof is Solved.OPTIMAL
    x = outcome.x if outcome.x is not None else highs.solve(relaxed(matrix), stop).x
    if x is None:
        return None
    counts = np.ceil(x[-len(kinds) :] - 1e-6).astype(int)
    return {kind: int(count) for kind, count in zip(kinds, counts) if count}, proven


def _prices(kinds: Sequence[Kind], openings: Openings) -> Floats:
    """One a person; of equal numbers those of whom less is asked."""
    asked = np.array([len(kind.skills) + 2 * (kind.shift_type is None) for kind in kinds], dtype=np.float64)
    return np.asarray(1 + asked / (4 * (asked.max() + 1) * (openings.demanded.sum() + 1)))


def _scaled(model: LinearModel, matrix: Matrix, numbers: Ints, prices: Floats) -> Matrix:
    """The matrix with one more column for each of these volunteers: how many of them there are."""
    owner = _owners(model)
    kind_of = np.full(len(matrix.cost), -1)
    for n, number in enumerate(numbers):
        kind_of[: model.columns][owner == number] = n
    rows = matrix.rows
    low, high = _range(rows, kind_of)
    single = (low == high) & (low >= 0)
    plain = sparse.csr_array(rows[~single])
    parts, lower, upper = (
        [_wider(plain, len(numbers))],
        [matrix.row_lower[~single]],
        [matrix.row_upper[~single]],
    )
    for bounds, side in ((matrix.row_upper, 1), (matrix.row_lower, -1)):
        which = np.flatnonzero(single & np.isfinite(bounds))
        times = sparse.csr_array(
            (-bounds[which], (np.arange(len(which)), low[which])), shape=(len(which), len(numbers))
        )
        parts.append(sparse.csr_array(sparse.hstack([rows[which], times], format="csr")))
        lower.append(np.full(len(which), -np.inf if side > 0 else 0.0))
        upper.append(np.full(len(which), 0.0 if side > 0 else np.inf))
    alone = _alone(model, sparse.csr_array(rows[single & (matrix.row_upper == 1)]), kind_of)
    served = sparse.csr_array(
        (np.ones(len(alone)), (np.arange(len(alone)), alone)), shape=(len(alone), len(matrix.cost))
    )
    there = sparse.csr_array(
        (-np.ones(len(alone)), (np.arange(len(alone)), kind_of[alone])), shape=(len(alone), len(numbers))
    )
    parts.append(sparse.csr_array(sparse.hstack([served, there], format="csr")))
    lower.append(np.full(len(alone), -np.inf))
    upper.append(np.zeros(len(alone)))
    most = float(matrix.upper[model.columns :].sum())
    count = len(numbers)
    return Matrix(
        cost=np.concatenate((np.zeros(len(matrix.cost)), prices)),
        rows=sparse.csr_array(sparse.vstack(parts, format="csr")),
        row_lower=np.concatenate(lower),
        row_upper=np.concatenate(upper),
        lower=np.concatenate((matrix.lower, np.zeros(count))),
        upper=np.concatenate((np.where(kind_of >= 0, np.inf, matrix.upper), np.full(count, most))),
        integer=np.concatenate((np.zeros(len(matrix.cost), dtype=np.bool_), np.ones(count, dtype=np.bool_))),
    )


def _alone(model: LinearModel, cliques: sparse.csr_array, kind_of: Ints) -> Ints:
    """Assignments of helpers that no row says only one of: these need a row of their own, one a person."""
    sound = np.ones(cliques.shape[0], dtype=np.bool_)
    np.logical_and.at(sound, np.repeat(np.arange(len(sound)), np.diff(cliques.indptr)), cliques.data >= 1)
    said = np.unique(sparse.csr_array(cliques[sound]).indices)
    pairs = np.flatnonzero(kind_of[: model.pairs] >= 0)
    return np.setdiff1d(pairs, said).astype(np.int64)


def _wider(rows: sparse.csr_array, count: int) -> sparse.csr_array:
    return sparse.csr_array(
        (rows.data, rows.indices, rows.indptr), shape=(rows.shape[0], rows.shape[1] + count)
    )


def _owners(model: LinearModel) -> Ints:
    """Whose each column is; -1 where it is several people's. Auxiliary columns are of those they are defined by."""
    owner = np.full(model.columns, -1)
    owner[: model.pairs] = model.volunteer
    defining = sparse.csr_array(model.rows.matrix[model.rows.rule == DEFINITION])
    for _ in range(3):
        for row in range(defining.shape[0]):
            columns = defining.indices[defining.indptr[row] : defining.indptr[row + 1]]
            known = np.unique(owner[columns][owner[columns] >= 0])
            if len(known) == 1:
                blank = columns[(owner[columns] < 0)]
                owner[blank] = known[0]
    return owner


def _range(rows: sparse.csr_array, label: Ints) -> tuple[Ints, Ints]:
    """The least and the largest label among the columns of each row; -1 for a row without any."""
    found = label[rows.indices]
    alive = np.diff(rows.indptr) > 0
    low, high = np.full(rows.shape[0], -1), np.full(rows.shape[0], -1)
    if len(found):
        low[alive] = np.minimum.reduceat(found, rows.indptr[:-1][alive])
        high[alive] = np.maximum.reduceat(found, rows.indptr[:-1][alive])
    return low, high


# -- verified ----------------------------------------------------------------------------------------------


class _Trial:
    """Solves coverage again with people added."""

    def __init__(self, problem: Problem, allowed: Floats, per_week: int, stop: Stop) -> None:
        self.problem, self.allowed, self.per_week, self.stop = problem, allowed, per_week, stop

    def suffices(self, counts: Counts) -> bool | None:
        """Whether the relaxation covers enough with these people; None if there was no time to know."""
        if self.stop.reached():
            return None
        outcome = self._openings(counts)[1]
        if outcome.proof is Solved.INFEASIBLE:
            return False
        return True if outcome.x is not None else None

    def _openings(self, counts: Counts, *, whole: bool = False) -> tuple[Openings, Outcome]:
        more = with_helpers(self.problem, counts, self.per_week)
        openings = Openings.of(more.instance(), more.all_rules())
        zero = np.zeros(len(openings.matrix.cost) - openings.model.columns)
        return openings, openings.least(zero, self.allowed, self.stop, whole=whole)

    def has_roster(self, counts: Counts) -> bool:
        """Whether a roster was found that covers enough and that the referee finds legal."""
        if self.stop.reached():
            return False
        openings, outcome = self._openings(counts, whole=True)
        if outcome.x is None:
            return False
        roster = openings.model.roster(outcome.x)
        chosen = np.zeros(openings.model.columns)
        chosen[: openings.model.pairs] = outcome.x[: openings.model.pairs] > 0.5
        legal = not violations(roster, binding(self.problem.all_rules()))
        return legal and bool((openings.lacking(chosen) <= self.allowed + 1e-6).all())


def _enough(trial: _Trial, counts: dict[Kind, int]) -> dict[Kind, int] | None:
    """The counts, raised one by one until they suffice; None if that is not known in time."""
    for _ in range(TRIES):
        suffices = trial.suffices(counts)
        if suffices is None:
            return None
        if suffices or not counts:
            return counts or None
        kind = max(counts, key=lambda one: (counts[one], str(one)))
        counts = {**counts, kind: counts[kind] + 1}
    return None


def _trimmed(trial: _Trial, counts: dict[Kind, int]) -> tuple[dict[Kind, int], bool]:
    """The counts without people who are not needed, and whether it is known that nobody else is superfluous."""
    known = True
    for kind in list(counts):
        while counts[kind]:
            fewer = {**counts, kind: counts[kind] - 1}
            suffices = trial.suffices(fewer)
            if not suffices:
                known &= suffices is False
                break
            counts = fewer
    return {kind: people for kind, people in counts.items() if people}, known
